/* browse.h: the nearest, one group after another, without knowing how many will be wanted, or how much work may be
 * done: what cursors and work limits are made of. docs/search.md, "browsing". */
#ifndef VAXDIR_SEARCH_BROWSE_H
#define VAXDIR_SEARCH_BROWSE_H

#include "../registry/index_browse.h"
#include "hits.h"

struct vaxdir_search;

/* Zero-initialise it. */
typedef struct vaxdir_browse {
    vaxdir_index_browse tree;
    vaxdir_hit *group; /* of the group under way: squared chords and places, ascending */
    size_t group_count, group_capacity;
    vaxdir_hit *ready; /* what has been found and not been taken: distances, not raised, and rows, in order */
    size_t ready_first, ready_end, ready_capacity;
    double min_distance_m, max_distance_m;
    double after_m; /* with after_row, the hit that the walk begins behind; NAN where it begins at the beginning */
    uint32_t after_row;
    double last_m;        /* of what has been taken, as reported */
    double complete_to_m; /* INFINITY unless the work limit ended the walk */
    bool ended;           /* what is ready is all that is left */
} vaxdir_browse;

/* Begins anew: at the beginning, or behind a row that has a position; VAXDIR_NO_ROW for none. False when memory is out.
 */
bool vaxdir_browse_begin(vaxdir_browse *browse, const struct vaxdir_search *search, const vaxdir_memory *memory,
                         uint32_t after_row);

/* Goes on until `wanted` hits are ready, or all that are left. The search is that of the beginning. False when memory
 * is out: what comes next is then the same as before. */
bool vaxdir_browse_fill(vaxdir_browse *browse, const struct vaxdir_search *search, size_t wanted);

/* How many hits are ready. */
static inline size_t vaxdir_browse_ready(const vaxdir_browse *browse)
{
    return browse->ready_end - browse->ready_first;
}

/* Gives the first `count` of what is ready, as reported: a distance that would decrease is raised. They are taken by
 * the call after it. */
const vaxdir_hit *vaxdir_browse_peek(vaxdir_browse *browse, size_t count);
void vaxdir_browse_take(vaxdir_browse *browse, size_t count);

/* The answer to a search that may stop early: in scratch->answer, its length in *ret_count, and how far it is complete.
 * False when memory is out. */
bool vaxdir_browse_run(const struct vaxdir_search *search, size_t *ret_count, double *ret_complete_to_m);

void vaxdir_browse_free(vaxdir_browse *browse);

#endif
