/* nearest.c: the k nearest centres. Invariant: what is in the answer, and in which order, is what
 * geod_inverse(position, centre) and the row decide; docs/search.md. */
#include "../base/context.h"
#include "ask.h"
#include "matches.h"

enum { LIMIT_DEFAULT = 10 };

/* Finds the answer and puts it into the result; false when memory is out. */
static bool find(vaxdir_search *search, vaxdir_matches *matches)
{
    const vaxdir_index_few *few = search->scratch->few;
    bool is_few = vaxdir_search_is_few(search);
    uint32_t plain;
    size_t count;
    if (is_few)
        vaxdir_search_few(search, &search->from, 1);
    if (is_few && vaxdir_search_is_plain(search, few, &plain)) {
        if (!vaxdir_matches_reserve(matches, plain))
            return false;
        vaxdir_search_write_plain(search, few, plain, matches->rows, matches->distances_m);
        matches->count = plain;
        return true;
    }
    return (is_few ? vaxdir_search_finish(search, few, &count) : vaxdir_search_run(search, &count)) &&
           vaxdir_matches_fill(matches, search->scratch->answer, (uint32_t)count);
}

vaxdir_status vaxdir_nearest(vaxdir_context *context, const vaxdir_edition *edition, double latitude, double longitude,
                             const vaxdir_query *query, vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    vaxdir_search search;
    status = vaxdir_search_prepare(context, edition, query, VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_ALL_TIES,
                                   LIMIT_DEFAULT, &search);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_point_valid(latitude, longitude))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the position is not one: latitude is -90 to 90 degrees, longitude finite");
    vaxdir_search_from(&search, latitude, longitude);
    if (!find(&search, matches))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
