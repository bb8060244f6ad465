/* radius.c: every centre within a distance. Invariant: what is in the answer is what geod_inverse(position, centre)
 * decides; docs/search.md. */
#include <math.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

/* Up to so many in order the search for the nearest looks at less than a sweep. */
enum { FEW_OF_ALL = 64 };

/* A sweep that is tended. */
typedef struct sweep {
    const vaxdir_search *search;
    bool plain; /* the series is good for all that the sweep can meet */
    bool out_of_memory;
} sweep;

/* One by one, where something is in doubt, very near, or far: takes out what is not in the answer. */
static void measure_from(const vaxdir_search *search, vaxdir_index_found *found, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < found->count; i++) {
        double squared = found->squared[i];
        double distance_m = vaxdir_search_in_doubt(search, squared, squared)
                                ? vaxdir_search_measure(search, found->rows[i])
                                : vaxdir_search_distance_m(search, found->places[i], squared);
        if (!(squared > search->inner && distance_m >= search->min_distance_m && distance_m <= search->max_distance_m))
            continue;
        found->squared[kept] = squared;
        found->distances_m[kept] = distance_m;
        found->rows[kept] = found->rows[i];
        found->places[kept++] = found->places[i];
    }
    found->count = kept;
}

static bool tend(void *user, vaxdir_index_found *found, size_t first)
{
    sweep *sweeping = user;
    measure_from(sweeping->search, found, first);
    sweeping->out_of_memory =
        !vaxdir_search_reserve_found(sweeping->search->memory, found, found->count + VAXDIR_INDEX_LEAF);
    return !sweeping->out_of_memory;
}

/* All within the distance, in scratch->found; false when memory is out. */
static bool find_all(const vaxdir_search *search)
{
    vaxdir_index_found *found = &search->scratch->found;
    found->count = 0;
    found->enough = search->unordered ? search->limit : SIZE_MAX;
    if (search->limit == 0)
        return true;
    if (!vaxdir_search_reserve_found(search->memory, found, VAXDIR_INDEX_LEAF))
        return false;
    sweep sweeping = {.search = search};
    bool plain = !search->exact && search->min_distance_m == 0 &&
                 search->bound < VAXDIR_CHORD_SERIES_MAX_M * VAXDIR_CHORD_SERIES_MAX_M;
    vaxdir_index_sweep_query query = {
        .index = &search->registry->index,
        .subset = search->subset,
        .from = search->from,
        .bound = search->bound,
        /* Where the series is not good for all, everything is tended. */
        .sure_bound = plain ? search->sure_bound : -1,
        .tend = tend,
        .user = &sweeping,
    };
    vaxdir_index_sweep(&query, found);
    return !sweeping.out_of_memory;
}

/* Finds all and puts it into the result, in order or as it was found; false when memory is out. */
static bool answer_all(const vaxdir_search *search, vaxdir_matches *matches)
{
    vaxdir_search_scratch *scratch = search->scratch;
    const vaxdir_index_found *found = &scratch->found;
    if (!find_all(search))
        return false;
    if (search->unordered) {
        size_t count = found->count < search->limit ? found->count : search->limit;
        return vaxdir_matches_columns(matches, search, found->rows, found->distances_m, (uint32_t)count);
    }
    const double *metres;
    size_t count;
    return vaxdir_search_arrange(search, &metres) &&
           vaxdir_search_order_sorted(search, scratch->candidates, metres, found->count, &count) &&
           vaxdir_matches_answer(matches, search, scratch->answer, (uint32_t)count, INFINITY);
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
    bool browsed = search.work_limit != 0 || search.admit != 0;
    bool good;
    if (!browsed && (search.unordered || search.limit > FEW_OF_ALL)) {
        good = answer_all(&search, matches);
    } else {
        size_t count;
        double complete_to_m = INFINITY;
        good = (browsed ? vaxdir_browse_run(&search, &count, &complete_to_m) : vaxdir_search_run(&search, &count)) &&
               vaxdir_matches_answer(matches, &search, search.scratch->answer, (uint32_t)count, complete_to_m);
    }
    return good ? VAXDIR_OK : vaxdir_context_fail_memory(context);
}
