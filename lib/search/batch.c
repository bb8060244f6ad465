/* batch.c: the nearest centres of many positions, into the caller's columns. Invariant: each position has the answer
 * that vaxdir_nearest() gives it. */
#include <math.h>
#include <string.h>

#include "../base/context.h"
#include "ask.h"

enum { LIMIT_DEFAULT = 10 };

typedef struct columns {
    const double *latitudes, *longitudes;
    ptrdiff_t latitude_stride, longitude_stride;
    size_t width;
    uint32_t *rows;
    double *distances_m;
} columns;

static double number_at(const double *numbers, ptrdiff_t stride, size_t i)
{
    double number;
    memcpy(&number, (const char *)numbers + (ptrdiff_t)i * stride, sizeof number);
    return number;
}

/* Empties the cells of a position from `count` on. */
static void clear_cells(const columns *out, size_t which, size_t count)
{
    for (size_t i = which * out->width + count; i < (which + 1) * out->width; i++) {
        out->rows[i] = VAXDIR_NO_ROW;
        if (out->distances_m != NULL)
            out->distances_m[i] = (double)NAN;
    }
}

/* Writes the cells of a position. */
static void write_cells(const columns *out, size_t which, const vaxdir_hit *hits, size_t count)
{
    uint32_t *rows = out->rows + which * out->width;
    double *distances_m = out->distances_m == NULL ? NULL : out->distances_m + which * out->width;
    for (size_t i = 0; i < count; i++) {
        rows[i] = hits[i].row;
        if (distances_m != NULL)
            distances_m[i] = hits[i].value;
    }
    clear_cells(out, which, count);
}

/* A group of positions whose walks are interleaved. */
typedef struct group {
    uint32_t count;
    size_t which[VAXDIR_INDEX_GROUP];
    double latitudes[VAXDIR_INDEX_GROUP], longitudes[VAXDIR_INDEX_GROUP];
    vaxdir_ecef from[VAXDIR_INDEX_GROUP];
} group;

/* Answers one position by the long way, or by what the walk for a few has found. */
static bool answer_one(vaxdir_search *search, const columns *out, const group *asked, uint32_t i,
                       const vaxdir_index_few *few)
{
    size_t count;
    search->latitude = asked->latitudes[i];
    search->longitude = asked->longitudes[i];
    search->from = asked->from[i];
    if (!(few != NULL ? vaxdir_search_finish(search, few, &count) : vaxdir_search_run(search, &count)))
        return false;
    write_cells(out, asked->which[i], search->scratch->answer, count);
    return true;
}

static bool answer_group(vaxdir_search *search, const columns *out, group *asked)
{
    vaxdir_index_few *few = vaxdir_search_is_few(search) ? search->scratch->few : NULL;
    vaxdir_point_ecefs(asked->latitudes, asked->longitudes, search->registry->index.wide, asked->count, asked->from);
    if (few != NULL)
        vaxdir_search_few(search, asked->from, asked->count);
    for (uint32_t i = 0; i < asked->count; i++) {
        uint32_t count;
        if (few == NULL || !vaxdir_search_is_plain(search, &few[i], &count)) {
            if (!answer_one(search, out, asked, i, few == NULL ? NULL : &few[i]))
                return false;
            continue;
        }
        size_t first = asked->which[i] * out->width;
        vaxdir_search_write_plain(search, &few[i], count, out->rows + first,
                                  out->distances_m == NULL ? NULL : out->distances_m + first);
        clear_cells(out, asked->which[i], count);
    }
    return true;
}

/* Positions on their way to their answers. */
typedef struct batch {
    vaxdir_search *search;
    const columns *out;
    group asked;
    size_t refused;
} batch;

static bool ask(batch *asking, size_t i)
{
    const columns *out = asking->out;
    group *asked = &asking->asked;
    double latitude = number_at(out->latitudes, out->latitude_stride, i);
    double longitude = number_at(out->longitudes, out->longitude_stride, i);
    if (!vaxdir_point_valid(latitude, longitude)) {
        clear_cells(out, i, 0);
        asking->refused++;
        return true;
    }
    asked->which[asked->count] = i;
    asked->latitudes[asked->count] = latitude;
    asked->longitudes[asked->count] = vaxdir_longitude_wrap(longitude);
    if (++asked->count < VAXDIR_INDEX_GROUP)
        return true;
    bool good = answer_group(asking->search, out, asked);
    asked->count = 0;
    return good;
}

/* From so many centres on a tree leaves the nearer caches, and from so many positions on it pays to put them in order:
 * docs/search.md, "batches". */
enum { CENTRES_FAR = 1 << 18, POSITIONS_MANY = 1 << 12 };

/* Asks a block of positions along a curve. */
static bool ask_along_curve(batch *asking, size_t first, size_t count)
{
    const columns *out = asking->out;
    vaxdir_curve *curve = &asking->search->scratch->curve;
    if (!vaxdir_curve_reserve(asking->search->memory, curve, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        double latitude = number_at(out->latitudes, out->latitude_stride, first + i);
        double longitude = number_at(out->longitudes, out->longitude_stride, first + i);
        curve->keys[i] = (uint64_t)vaxdir_curve_key(latitude, longitude) << 32 | i;
    }
    vaxdir_curve_sort(curve, count);
    for (size_t i = 0; i < count; i++)
        if (!ask(asking, first + (uint32_t)curve->keys[i]))
            return false;
    return true;
}

static bool answer_all(vaxdir_search *search, const columns *out, size_t count, size_t *ret_refused)
{
    batch asking = {.search = search, .out = out, .refused = 0};
    bool far = search->registry->index.count >= CENTRES_FAR, good = true;
    for (size_t first = 0; first < count && good;) {
        size_t block = count - first < VAXDIR_CURVE_MOST ? count - first : VAXDIR_CURVE_MOST;
        if (far && block >= POSITIONS_MANY)
            good = ask_along_curve(&asking, first, block);
        else
            for (size_t i = first; i < first + block && good; i++)
                good = ask(&asking, i);
        first += block;
    }
    *ret_refused = asking.refused;
    return good && answer_group(search, out, &asking.asked);
}

vaxdir_status vaxdir_nearest_columns(vaxdir_context *context, const vaxdir_edition *edition, const double *latitudes,
                                     ptrdiff_t latitude_stride, const double *longitudes, ptrdiff_t longitude_stride,
                                     size_t count, const vaxdir_query *query, uint32_t *ret_rows,
                                     double *ret_distances_m, size_t *ret_refused)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (count > 0 && (latitudes == NULL || longitudes == NULL))
        return vaxdir_context_fail_null(context, latitudes == NULL ? "latitudes" : "longitudes");
    if (count > 0 && ret_rows == NULL)
        return vaxdir_context_fail_null(context, "ret_rows");
    vaxdir_search search;
    status = vaxdir_search_prepare(context, edition, query, VAXDIR_QUERY_EXACT_DISTANCES, LIMIT_DEFAULT, &search);
    if (status != VAXDIR_OK)
        return status;
    size_t width = query == NULL || query->limit == 0 ? LIMIT_DEFAULT : query->limit;
    if (count > SIZE_MAX / sizeof(double) / width)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "count times query.limit cells do not fit in memory: ask for fewer at a time");
    columns out = {latitudes, longitudes, latitude_stride, longitude_stride, width, ret_rows, ret_distances_m};
    size_t refused = 0;
    if (!answer_all(&search, &out, count, &refused))
        return vaxdir_context_fail_memory(context);
    if (ret_refused != NULL)
        *ret_refused = refused;
    return VAXDIR_OK;
}
