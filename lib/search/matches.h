/* matches.h: the inside of a result. */
#ifndef VAXDIR_SEARCH_MATCHES_H
#define VAXDIR_SEARCH_MATCHES_H

#include <vaxdir/search.h>

#include "../base/memory.h"
#include "hits.h"

struct vaxdir_matches {
    vaxdir_memory memory;
    uint32_t count;
    size_t capacity;
    double *distances_m; /* one block: capacity distances, then capacity rows */
    uint32_t *rows;
};

/* Makes room, and nothing else. False when memory is out. */
bool vaxdir_matches_reserve(vaxdir_matches *matches, uint32_t count);

/* Replaces the content by hits whose values are distances. False when memory is out: the content is then as it was, and
 * so are the pointers that the caller borrowed. */
bool vaxdir_matches_fill(vaxdir_matches *matches, const vaxdir_hit *hits, uint32_t count);

#endif
