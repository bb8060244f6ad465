/* radius.c: every centre within a distance. Invariant: what is in the answer is what geod_inverse(position, centre)
 * decides; docs/search.md. */
#include <math.h>
#include <string.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

/* A walk that answers as it goes. */
typedef struct sweep {
    const vaxdir_search *search;
    vaxdir_chords chords; /* of the leaf at hand */
    size_t count;
    bool out_of_memory;
} sweep;

/* The distances of a leaf's slots by the series; NaN where geod_inverse is wanted. */
static void leaf_distances(sweep *sweeping, uint32_t leaf, const double *squared, double *ret_distances_m)
{
    const vaxdir_search *search = sweeping->search;
    const vaxdir_index *index = &search->registry->index;
    vaxdir_chords *chords = &sweeping->chords;
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        vaxdir_ecef at = vaxdir_index_slot_position(&index->leaves[leaf], i);
        chords->to[0][i] = at.x;
        chords->to[1][i] = at.y;
        chords->to[2][i] = at.z;
    }
    memcpy(chords->squared, squared, sizeof chords->squared);
    vaxdir_chord_distances_m(chords, index->wide, VAXDIR_INDEX_LEAF, ret_distances_m);
}

static double answer_leaf(void *user, uint32_t leaf, uint32_t hits, const double *squared)
{
    sweep *sweeping = user;
    const vaxdir_search *search = sweeping->search;
    vaxdir_search_scratch *scratch = search->scratch;
    if (!vaxdir_memory_reserve(search->memory, &scratch->answer, &scratch->answer_capacity,
                               sweeping->count + VAXDIR_INDEX_LEAF, sizeof *scratch->answer)) {
        sweeping->out_of_memory = true;
        return -1;
    }
    bool series = !search->exact;
    double distances_m[VAXDIR_INDEX_LEAF];
    if (series)
        leaf_distances(sweeping, leaf, squared, distances_m);
    const uint32_t *rows = search->registry->index.leaves[leaf].rows;
    vaxdir_hit *answer = scratch->answer + sweeping->count;
    for (; hits != 0; hits &= hits - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(hits);
        double distance_m = distances_m[slot];
        bool doubt = vaxdir_search_in_doubt(search, squared[slot], squared[slot]);
        if (doubt)
            distance_m = vaxdir_search_measure(search, rows[slot]);
        else if (!series || squared[slot] < 1 || squared[slot] >= VAXDIR_CHORD_SERIES_MAX_M * VAXDIR_CHORD_SERIES_MAX_M)
            distance_m = vaxdir_search_distance_m(search, leaf * VAXDIR_INDEX_LEAF + slot, squared[slot]);
        if (squared[slot] > search->inner && distance_m >= search->min_distance_m &&
            distance_m <= search->max_distance_m)
            *answer++ = (vaxdir_hit){distance_m, rows[slot]};
    }
    sweeping->count = (size_t)(answer - scratch->answer);
    return sweeping->count >= search->limit ? -1 : search->bound;
}

static bool find_unordered(const vaxdir_search *search, size_t *ret_count)
{
    sweep sweeping = {.search = search};
    for (int i = 0; i < VAXDIR_CHORD_LANES; i++) {
        sweeping.chords.from[0][i] = search->from.x;
        sweeping.chords.from[1][i] = search->from.y;
        sweeping.chords.from[2][i] = search->from.z;
    }
    if (search->limit > 0)
        vaxdir_index_near(&search->registry->index, search->from, search->bound, search->subset, answer_leaf,
                          &sweeping);
    *ret_count = sweeping.count < search->limit ? sweeping.count : search->limit;
    return !sweeping.out_of_memory;
}

vaxdir_status vaxdir_within_radius(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                   double longitude, double radius_m, const vaxdir_query *query,
                                   vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    vaxdir_search search;
    status = vaxdir_search_prepare(context, edition, query, VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_UNORDERED,
                                   UINT32_MAX, &search);
    if (status != VAXDIR_OK)
        return status;
    if (!(radius_m >= 0))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the radius is negative or NaN: give metres, or infinity for all");
    if (!vaxdir_point_valid(latitude, longitude))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the position is not one: latitude is -90 to 90 degrees, longitude finite");
    if (query != NULL && search.max_distance_m < INFINITY)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.max_distance_m is given beside the radius: leave it at 0");
    vaxdir_search_limit(&search, search.min_distance_m, radius_m);
    vaxdir_search_from(&search, latitude, longitude);
    size_t count;
    bool good = search.unordered ? find_unordered(&search, &count) : vaxdir_search_run(&search, &count);
    if (!good || !vaxdir_matches_fill(matches, search.scratch->answer, (uint32_t)count))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
