/* scratch.h: what a context keeps for its searches, so that a warmed search allocates nothing. */
#ifndef VAXDIR_SEARCH_SCRATCH_H
#define VAXDIR_SEARCH_SCRATCH_H

#include "../base/context.h"
#include "../geo/geodesic.h"
#include "../registry/index_walk.h"
#include "binding.h"
#include "browse.h"
#include "curve.h"
#include "hits.h"

/* The bounds of the last least and greatest distance that were asked for, which take sines. */
typedef struct vaxdir_search_edges {
    double slack, min_distance_m, max_distance_m; /* what they follow from; slack is 0 while there are none */
    double bound, sure_bound, inner, sure_inner;
} vaxdir_search_edges;

typedef struct vaxdir_search_scratch {
    vaxdir_geodesic geodesic;
    vaxdir_hit *candidates; /* what the walk kept: squared chords and places, which stand for rows until measured */
    size_t candidate_capacity;
    vaxdir_index_found found; /* by a sweep */
    double *metres;           /* the distances of the candidates, where they are known */
    size_t metre_capacity;
    uint32_t *ends; /* of the buckets in which candidates are put in order */
    size_t end_capacity;
    vaxdir_hit *best; /* the heap of the k least chords */
    size_t best_capacity;
    vaxdir_hit *answer; /* distances and rows, in order */
    size_t answer_capacity;
    vaxdir_index_state states[VAXDIR_INDEX_GROUP];
    vaxdir_index_few few[VAXDIR_INDEX_GROUP];
    vaxdir_browse browse; /* of searches with a work limit */
    vaxdir_curve curve;   /* the order of a large batch */
    vaxdir_search_edges edges;
    vaxdir_bindings bindings;
} vaxdir_search_scratch;

/* Room for so many in scratch->found; false when memory is out, and what is there stays. */
bool vaxdir_search_reserve_found(const vaxdir_memory *memory, vaxdir_index_found *found, size_t count);

/* The scratch of a context, made at the first call; NULL when memory is out. */
vaxdir_search_scratch *vaxdir_search_scratch_of(vaxdir_context *context);

#endif
