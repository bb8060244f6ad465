/* order.c: cuts what a walk has found, sorted by chord, into groups between which the order is proven, and measures
 * only inside of them. Invariant: what is in the answer, and in which order, is what geod_inverse and the row decide.
 */
#include "order.h"

#include <math.h>
#include <string.h>

static uint32_t row_at(const vaxdir_search *search, vaxdir_index_place place)
{
    return search->index->leaves[place / VAXDIR_INDEX_LEAF].rows[place % VAXDIR_INDEX_LEAF];
}

double vaxdir_search_measure(const vaxdir_search *search, uint32_t row)
{
    return vaxdir_geodesic_distance_m(&search->scratch->geodesic, search->latitude, search->longitude,
                                      search->registry->numbers[VAXDIR_FIELD_LATITUDE][row],
                                      search->registry->numbers[VAXDIR_FIELD_LONGITUDE][row]);
}

/* Whether the series is good for this chord. */
static bool is_series(const vaxdir_search *search, double squared)
{
    return !search->exact && squared < VAXDIR_CHORD_SERIES_MAX_M * VAXDIR_CHORD_SERIES_MAX_M;
}

/* The distance of a near place by the series. Very near, a centre is measured from where it is, so that the distance to
 * a centre from itself is 0. */
static double series_m(const vaxdir_search *search, vaxdir_ecef from, vaxdir_index_place place, double squared)
{
    vaxdir_ecef to;
    if (squared < 1) {
        uint32_t row = row_at(search, place);
        to = vaxdir_point_ecef(search->registry->numbers[VAXDIR_FIELD_LATITUDE][row],
                               search->registry->numbers[VAXDIR_FIELD_LONGITUDE][row]);
    } else {
        to = vaxdir_index_position(search->index, place);
    }
    double x = to.x - from.x, y = to.y - from.y, z = to.z - from.z;
    return vaxdir_chord_distance_m(from, to, x * x + y * y + z * z);
}

double vaxdir_search_distance_m(const vaxdir_search *search, vaxdir_index_place place, double squared)
{
    if (!is_series(search, squared))
        return vaxdir_search_measure(search, row_at(search, place));
    return series_m(search, search->from, place, squared);
}

/* Distances that are computed side by side, on their way to where they are wanted. */
typedef struct lanes {
    vaxdir_chord_pairs pairs;
    double *wanted_at[VAXDIR_CHORD_LANES];
    int count;
} lanes;

static void flush(lanes *open, bool wide)
{
    double distances_m[VAXDIR_CHORD_LANES];
    vaxdir_chord_pairs_m(&open->pairs, wide, open->count, distances_m);
    for (int i = 0; i < open->count; i++)
        *open->wanted_at[i] = distances_m[i];
    open->count = 0;
}

static void take_lane(lanes *open, bool wide, vaxdir_ecef from, vaxdir_index_few *few, uint32_t which)
{
    int i = open->count++;
    memcpy(open->pairs.from[i], &from, sizeof from);
    memcpy(open->pairs.to[i], few->at[which], sizeof open->pairs.to[i]);
    open->pairs.squared[i] = few->squared[which];
    open->wanted_at[i] = &few->distances_m[which];
    if (open->count == VAXDIR_CHORD_LANES)
        flush(open, wide);
}

/* Those that are too far for the series, and those that are very near. */
static void mend(const vaxdir_search *search, vaxdir_ecef from, vaxdir_index_few *few)
{
    for (uint32_t i = few->count; i-- > 0 && !is_series(search, few->squared[i]);)
        few->distances_m[i] = NAN;
    for (uint32_t i = 0; i < few->count && few->squared[i] < 1 && !search->exact; i++)
        few->distances_m[i] = series_m(search, from, few->places[i], few->squared[i]);
}

/* Those of one search: one by one where there are few, because four at a time would wait for what was just stored. */
static void metres_alone(const vaxdir_search *search, vaxdir_ecef from, vaxdir_index_few *few)
{
    if (few->full)
        return;
    if (few->count > 2)
        vaxdir_chord_fan_m(from, few->at[0], few->squared, search->registry->index.wide, (int)few->count,
                           few->distances_m);
    else
        for (uint32_t i = 0; i < few->count; i++) {
            vaxdir_ecef to = {few->at[i][0], few->at[i][1], few->at[i][2]};
            few->distances_m[i] = vaxdir_chord_distance_m(from, to, few->squared[i]);
        }
    mend(search, from, few);
}

void vaxdir_search_metres(const vaxdir_search *search, const vaxdir_ecef *from, vaxdir_index_few *few, uint32_t count)
{
    bool wide = search->registry->index.wide;
    if (count == 1) {
        metres_alone(search, *from, few);
        return;
    }
    lanes open;
    open.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (few[i].full)
            continue;
        if (few[i].count > 2)
            vaxdir_chord_fan_m(from[i], few[i].at[0], few[i].squared, wide, (int)few[i].count, few[i].distances_m);
        else
            for (uint32_t j = 0; j < few[i].count; j++)
                take_lane(&open, wide, from[i], &few[i], j);
    }
    if (open.count > 0)
        flush(&open, wide);
    for (uint32_t i = 0; i < count; i++)
        if (!few[i].full)
            mend(search, from[i], &few[i]);
}

/* What the quick window makes of a squared chord. */
static double quick_window(const vaxdir_search *search, double squared)
{
    return squared * (1 + search->window.relative + squared * search->window.square) + search->window.absolute;
}

bool vaxdir_search_is_plain(const vaxdir_search *search, const vaxdir_index_few *few, uint32_t *ret_count)
{
    if (few->full || search->limited)
        return false;
    uint32_t count = few->count < search->limit ? few->count : search->limit, good = 0;
    /* Without a branch an item: groups of several are rare. */
    for (uint32_t i = 0; i < count; i++)
        good += quick_window(search, few->squared[i]) < few->squared[i + 1] && few->distances_m[i] >= 0;
    *ret_count = count;
    return good == count && (count == 0 || few->squared[count - 1] < search->window.proven);
}

void vaxdir_search_write_plain(const vaxdir_search *search, const vaxdir_index_few *few, uint32_t count,
                               uint32_t *ret_rows, double *ret_distances_m)
{
    double last_m = 0;
    for (uint32_t i = 0; i < count; i++)
        ret_rows[i] = row_at(search, few->places[i]);
    for (uint32_t i = 0; i < count && ret_distances_m != NULL; i++) {
        last_m = few->distances_m[i] > last_m ? few->distances_m[i] : last_m;
        ret_distances_m[i] = last_m;
    }
}

/* Whether all rows of a group stand at one position, by their bits: then only the row tells them apart. */
static bool one_position(const vaxdir_search *search, const vaxdir_hit *group, size_t count)
{
    const double *latitudes = search->registry->numbers[VAXDIR_FIELD_LATITUDE];
    const double *longitudes = search->registry->numbers[VAXDIR_FIELD_LONGITUDE];
    for (size_t i = 1; i < count; i++)
        if (memcmp(&latitudes[group[i].row], &latitudes[group[0].row], sizeof *latitudes) != 0 ||
            memcmp(&longitudes[group[i].row], &longitudes[group[0].row], sizeof *longitudes) != 0)
            return false;
    return true;
}

bool vaxdir_search_in_doubt(const vaxdir_search *search, double least, double greatest)
{
    return search->limited &&
           (greatest > search->sure_bound || (greatest > search->inner && least <= search->sure_inner));
}

/* Gives a group its distances: those of geod_inverse where anything depends on them. */
static void measure_group(const vaxdir_search *search, vaxdir_hit *group, const double *distances_m, size_t count)
{
    vaxdir_hit first = group[0];
    bool doubt = vaxdir_search_in_doubt(search, first.value, group[count - 1].value);
    for (size_t i = 0; i < count; i++)
        group[i].row = row_at(search, group[i].row);
    if (count == 1 || one_position(search, group, count)) {
        double distance_m = NAN;
        if (doubt || (distances_m != NULL && isnan(distances_m[0])))
            distance_m = vaxdir_search_measure(search, group[0].row);
        else
            distance_m =
                distances_m != NULL ? distances_m[0] : vaxdir_search_distance_m(search, first.row, first.value);
        for (size_t i = 0; i < count; i++)
            group[i].value = distance_m;
    } else {
        for (size_t i = 0; i < count; i++)
            group[i].value = i > 0 && one_position(search, &group[i - 1], 2)
                                 ? group[i - 1].value
                                 : vaxdir_search_measure(search, group[i].row);
    }
    if (count > 1)
        vaxdir_hits_order(group, count);
}

/* How many of the candidates from the first on are in its group. */
static size_t group_size(const vaxdir_search *search, const vaxdir_hit *candidates, size_t count)
{
    size_t size = 1;
    while (size < count) {
        double last = candidates[size - 1].value, next = candidates[size].value;
        double quick = last < search->window.proven ? quick_window(search, last) : (double)INFINITY;
        if (quick < next || vaxdir_bounds_window(last, search->slack) < next)
            break;
        size++;
    }
    return size;
}

/* How many from the first on are alone in their group, not in doubt, and have a distance: they are put into the answer.
 */
static size_t take_plain(const vaxdir_search *search, const vaxdir_hit *candidates, const double *distances_m,
                         size_t count, vaxdir_hit *answer, double *last_m)
{
    /* The last one only if nothing follows it that may be in its group: that is for the caller to see. */
    double most =
        search->limited && search->sure_bound < search->window.proven ? search->sure_bound : search->window.proven;
    size_t made = 0;
    for (; made + 1 < count; made++) {
        double squared = candidates[made].value, distance_m = distances_m[made];
        if (!(quick_window(search, squared) < candidates[made + 1].value && squared < most &&
              squared > search->sure_inner && distance_m >= 0))
            break;
        *last_m = distance_m > *last_m ? distance_m : *last_m;
        answer[made] = (vaxdir_hit){*last_m, row_at(search, candidates[made].row)};
    }
    return made;
}

bool vaxdir_search_order_sorted(const vaxdir_search *search, vaxdir_hit *candidates, const double *distances_m,
                                size_t count, size_t *ret_count)
{
    vaxdir_search_scratch *scratch = search->scratch;
    if (!vaxdir_memory_reserve(search->memory, &scratch->answer, &scratch->answer_capacity, count,
                               sizeof *scratch->answer))
        return false;
    vaxdir_hit *answer = scratch->answer;
    size_t made = 0;
    double last_m = 0, last_true_m = -1;
    for (size_t i = 0; i < count && made < search->limit;) {
        if (distances_m != NULL && !search->all_ties) {
            size_t room = search->limit - made < count - i ? search->limit - made : count - i;
            size_t plain = take_plain(search, &candidates[i], &distances_m[i], room, &answer[made], &last_m);
            made += plain;
            i += plain;
        }
        size_t size = group_size(search, &candidates[i], count - i);
        measure_group(search, &candidates[i], distances_m == NULL ? NULL : &distances_m[i], size);
        for (size_t end = i + size; i < end; i++) {
            vaxdir_hit hit = candidates[i];
            if (hit.value < search->min_distance_m)
                continue;
            bool full = made >= search->limit && !(search->all_ties && hit.value == last_true_m);
            if (full || hit.value > search->max_distance_m)
                goto done;
            last_true_m = hit.value;
            last_m = hit.value > last_m ? hit.value : last_m;
            answer[made++] = (vaxdir_hit){last_m, hit.row};
        }
    }
done:
    *ret_count = made;
    return true;
}

bool vaxdir_search_order(const vaxdir_search *search, vaxdir_hit *candidates, size_t count, size_t *ret_count)
{
    vaxdir_hits_order(candidates, count);
    return vaxdir_search_order_sorted(search, candidates, NULL, count, ret_count);
}
