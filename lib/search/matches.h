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
    double *bearings_deg; /* NULL until they were wanted once */
    size_t bearing_capacity;
    bool has_bearings;
    double complete_to_m; /* INFINITY: the answer is all of it */
};

struct vaxdir_search;

/* Makes it a complete answer of so many, without bearings, for the caller to fill. False when memory is out: the
 * content is then as it was, and so are the pointers that the caller borrowed. */
bool vaxdir_matches_resize(vaxdir_matches *matches, uint32_t count);

/* Replaces the content by hits whose values are distances: a complete answer without bearings. False as above. */
bool vaxdir_matches_fill(vaxdir_matches *matches, const vaxdir_hit *hits, uint32_t count);

/* The same for the answer to a search: with bearings where they are wanted, and with what it is complete to. */
bool vaxdir_matches_answer(vaxdir_matches *matches, const struct vaxdir_search *search, const vaxdir_hit *hits,
                           uint32_t count, double complete_to_m);

/* The same of a whole answer in columns. */
bool vaxdir_matches_columns(vaxdir_matches *matches, const struct vaxdir_search *search, const uint32_t *rows,
                            const double *distances_m, uint32_t count);

#endif
