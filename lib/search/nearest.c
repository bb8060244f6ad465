/* nearest.c: the k nearest centres. Invariant: what is in the answer, and in which order, is what
 * geod_inverse(position, centre) and the row decide; docs/search.md. */
#include <math.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

enum { LIMIT_DEFAULT = 10 };

vaxdir_status vaxdir_nearest(vaxdir_context *context, const vaxdir_edition *edition, double latitude, double longitude,
                             const vaxdir_query *query, vaxdir_matches *matches)
{
    vaxdir_search search;
    vaxdir_status status = vaxdir_search_begin(context, edition, latitude, longitude, query,
                                               VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_ALL_TIES |
                                                   VAXDIR_QUERY_BEARINGS | VAXDIR_SEARCH_WORK_LIMIT,
                                               LIMIT_DEFAULT, &search);
    if (status != VAXDIR_OK)
        return status;
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    size_t count;
    double complete_to_m = INFINITY;
    bool good = search.work_limit == 0 ? vaxdir_search_run(&search, &count)
                                       : vaxdir_browse_run(&search, &count, &complete_to_m);
    if (!good || !vaxdir_matches_answer(matches, &search, search.scratch->answer, (uint32_t)count, complete_to_m))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
