/* radius.c: every centre within a distance. Invariant: what is in the answer is what geod_inverse(position, centre)
 * decides; docs/search.md. */
#include <math.h>
#include <string.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

/* Up to so many in order the search for the nearest looks at less than a sweep. */
enum { FEW_OF_ALL = 64 };

/* A sweep that measures as it goes. */
typedef struct sweep {
    const vaxdir_search *search;
    size_t count;
    bool plain; /* the series is good for all that the sweep can meet */
    bool out_of_memory;
} sweep;

/* One by one, where something is in doubt, very near, or far. Takes out of the hits what is not in the answer. */
static uint32_t measure_leaf(const vaxdir_search *search, const vaxdir_index_seen *seen, double *distances_m)
{
    uint32_t in = 0;
    for (uint32_t hits = seen->hits; hits != 0; hits &= hits - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(hits);
        double squared = seen->squared[slot];
        if (vaxdir_search_in_doubt(search, squared, squared))
            distances_m[slot] = vaxdir_search_measure(search, search->registry->index.leaves[seen->leaf].rows[slot]);
        else
            distances_m[slot] = vaxdir_search_distance_m(search, seen->leaf * VAXDIR_INDEX_LEAF + slot, squared);
        in |= (uint32_t)(squared > search->inner && distances_m[slot] >= search->min_distance_m &&
                         distances_m[slot] <= search->max_distance_m)
              << slot;
    }
    return in;
}

/* The distances of a leaf, and which of its slots are in the answer. */
static uint32_t answer_leaf(sweep *sweeping, const vaxdir_index_seen *seen, double *distances_m)
{
    if (!sweeping->plain || (seen->hits & ~seen->sure) != 0 || (seen->hits & seen->close) != 0)
        return measure_leaf(sweeping->search, seen, distances_m);
    vaxdir_chord_distances_m(sweeping->search->from, seen->at[0], seen->squared, sweeping->search->registry->index.wide,
                             seen->hits, distances_m);
    return seen->hits;
}

static bool take_unordered(void *user, const vaxdir_index_seen *seen)
{
    sweep *sweeping = user;
    const vaxdir_search *search = sweeping->search;
    vaxdir_search_scratch *scratch = search->scratch;
    if (sweeping->count + VAXDIR_INDEX_LEAF > scratch->answer_capacity &&
        !vaxdir_memory_reserve(search->memory, &scratch->answer, &scratch->answer_capacity,
                               sweeping->count + VAXDIR_INDEX_LEAF, sizeof *scratch->answer)) {
        sweeping->out_of_memory = true;
        return false;
    }
    double distances_m[VAXDIR_INDEX_LEAF];
    uint32_t in = answer_leaf(sweeping, seen, distances_m);
    const uint32_t *rows = search->registry->index.leaves[seen->leaf].rows;
    vaxdir_hit *answer = scratch->answer + sweeping->count;
    for (; in != 0; in &= in - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(in);
        *answer++ = (vaxdir_hit){distances_m[slot], rows[slot]};
    }
    sweeping->count = (size_t)(answer - scratch->answer);
    return sweeping->count < search->limit;
}

static bool take_ordered(void *user, const vaxdir_index_seen *seen)
{
    sweep *sweeping = user;
    const vaxdir_search *search = sweeping->search;
    vaxdir_search_scratch *scratch = search->scratch;
    if (sweeping->count + VAXDIR_INDEX_LEAF > scratch->found_capacity &&
        !vaxdir_memory_reserve(search->memory, &scratch->found, &scratch->found_capacity,
                               sweeping->count + VAXDIR_INDEX_LEAF, sizeof *scratch->found)) {
        sweeping->out_of_memory = true;
        return false;
    }
    double distances_m[VAXDIR_INDEX_LEAF];
    uint32_t in = answer_leaf(sweeping, seen, distances_m);
    vaxdir_found *found = scratch->found + sweeping->count;
    for (; in != 0; in &= in - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(in);
        *found++ = (vaxdir_found){seen->squared[slot], distances_m[slot], seen->leaf * VAXDIR_INDEX_LEAF + slot};
    }
    sweeping->count = (size_t)(found - scratch->found);
    return true;
}

/* All within the distance, in any order or arranged; false when memory is out. */
static bool find_all(const vaxdir_search *search, size_t *ret_count)
{
    sweep sweeping = {.search = search};
    sweeping.plain = !search->exact && search->min_distance_m == 0 &&
                     search->bound < VAXDIR_CHORD_SERIES_MAX_M * VAXDIR_CHORD_SERIES_MAX_M;
    *ret_count = 0;
    if (search->limit == 0)
        return true;
    vaxdir_index_sweep(&search->registry->index, search->from, search->bound, search->sure_bound, search->subset,
                       search->unordered ? take_unordered : take_ordered, &sweeping);
    if (sweeping.out_of_memory)
        return false;
    if (search->unordered) {
        *ret_count = sweeping.count < search->limit ? sweeping.count : search->limit;
        return true;
    }
    return vaxdir_search_arrange(search, sweeping.count) &&
           vaxdir_search_order_sorted(search, search->scratch->candidates, search->scratch->metres, sweeping.count,
                                      ret_count);
}

vaxdir_status vaxdir_within_radius(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                   double longitude, double radius_m, const vaxdir_query *query,
                                   vaxdir_matches *matches)
{
    vaxdir_search search;
    vaxdir_status status =
        vaxdir_search_begin(context, edition, latitude, longitude, query,
                            VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_UNORDERED | VAXDIR_QUERY_BEARINGS |
                                VAXDIR_SEARCH_VISIT_FLAGS | VAXDIR_SEARCH_WORK_LIMIT,
                            UINT32_MAX, &search);
    if (status != VAXDIR_OK)
        return status;
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    if (!(radius_m >= 0))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the radius is negative or NaN: give metres, or infinity for all");
    if (query != NULL && search.max_distance_m < INFINITY)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.max_distance_m is given beside the radius: leave it at 0");
    vaxdir_search_limit(&search, search.min_distance_m, radius_m);
    size_t count;
    double complete_to_m = INFINITY;
    bool sweeps = search.unordered || search.limit > FEW_OF_ALL;
    bool browsed = search.work_limit != 0 || search.admit != 0;
    bool good = browsed  ? vaxdir_browse_run(&search, &count, &complete_to_m)
                : sweeps ? find_all(&search, &count)
                         : vaxdir_search_run(&search, &count);
    if (!good || !vaxdir_matches_answer(matches, &search, search.scratch->answer, (uint32_t)count, complete_to_m))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
