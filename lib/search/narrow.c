/* narrow.c: of far candidates that the window of the k-th chord cannot tell apart, keeps those that the arc cannot tell
 * apart either, which are hardly ever more than the k. Invariant: nothing is taken out that geod_inverse might put
 * among the first k, or at the distance of the last of them; docs/search.md, "arc". */
#include "order.h"

#include "../geo/arc.h"

size_t vaxdir_search_narrow(const vaxdir_search *search, vaxdir_hit *candidates, double *distances_m, size_t count,
                            vaxdir_hit *best, double *least_m)
{
    size_t limit = search->limit, known = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        vaxdir_arc arc = vaxdir_arc_between(search->from, vaxdir_index_position(search->index, candidates[i].row));
        double error_m = arc.error_m + search->slack;
        least_m[i] = arc.distance_m - error_m;
        /* Who may be nearer than the least distance does not count to the k. */
        if (candidates[i].value > search->sure_inner)
            known = vaxdir_hits_offer(best, known, limit, (vaxdir_hit){arc.distance_m + error_m, candidates[i].row});
    }
    if (known < limit)
        return count;
    for (size_t i = 0; i < count; i++) {
        if (least_m[i] > best[0].value && candidates[i].value >= VAXDIR_SEARCH_FAR_M * VAXDIR_SEARCH_FAR_M)
            continue;
        candidates[kept] = candidates[i];
        if (distances_m != NULL)
            distances_m[kept] = distances_m[i];
        kept++;
    }
    return kept;
}
