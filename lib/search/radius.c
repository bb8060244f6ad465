/* radius.c: every centre within a distance. Invariant: what is in the answer is what geod_inverse(position, centre)
 * decides; docs/search.md. */
#include <math.h>

#include "../base/context.h"
#include "ask.h"
#include "matches.h"

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
    if (!vaxdir_search_run(&search, &count) || !vaxdir_matches_fill(matches, search.scratch->answer, (uint32_t)count))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
