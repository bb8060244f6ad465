/* nearest.c: the k nearest centres. Invariant: what is in the answer, and in which order, is what
 * geod_inverse(position, centre) and the row decide; docs/search.md. */
#include <math.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

enum { LIMIT_DEFAULT = 10 };

/* The walk for a few: its answer as it stands where it is plain, or else as it is ordered. False when memory is out. */
static bool find_few(vaxdir_search *search, vaxdir_matches *matches)
{
    const vaxdir_index_few *few = search->scratch->few;
    uint32_t plain;
    size_t count;
    vaxdir_search_few(search, &search->from, 1);
    if (!search->bearings && vaxdir_search_is_plain(search, few, &plain)) {
        if (!vaxdir_matches_resize(matches, plain))
            return false;
        vaxdir_search_write_plain(search, few, plain, matches->rows, matches->distances_m);
        return true;
    }
    return vaxdir_search_finish(search, few, &count) &&
           vaxdir_matches_answer(matches, search, search->scratch->answer, (uint32_t)count, INFINITY);
}

/* Finds the answer and puts it into the result; false when memory is out. */
static bool find(vaxdir_search *search, vaxdir_matches *matches)
{
    size_t count;
    double complete_to_m = INFINITY;
    bool browsed = search->work_limit != 0 || search->admit != 0;
    if (!browsed && vaxdir_search_is_few(search))
        return find_few(search, matches);
    bool good = browsed ? vaxdir_browse_run(search, &count, &complete_to_m) : vaxdir_search_run(search, &count);
    return good && vaxdir_matches_answer(matches, search, search->scratch->answer, (uint32_t)count, complete_to_m);
}

vaxdir_status vaxdir_nearest(vaxdir_context *context, const vaxdir_edition *edition, double latitude, double longitude,
                             const vaxdir_query *query, vaxdir_matches *matches)
{
    vaxdir_search search;
    vaxdir_status status =
        vaxdir_search_begin(context, edition, latitude, longitude, query,
                            VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_ALL_TIES | VAXDIR_QUERY_BEARINGS |
                                VAXDIR_SEARCH_VISIT_FLAGS | VAXDIR_SEARCH_WORK_LIMIT,
                            LIMIT_DEFAULT, &search);
    if (status != VAXDIR_OK)
        return status;
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    return find(&search, matches) ? VAXDIR_OK : vaxdir_context_fail_memory(context);
}
