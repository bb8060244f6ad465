/* scratch.h: what a context keeps for its searches, so that a warmed search allocates nothing. */
#ifndef VAXDIR_SEARCH_SCRATCH_H
#define VAXDIR_SEARCH_SCRATCH_H

#include "../base/context.h"
#include "../geo/geodesic.h"
#include "binding.h"
#include "hits.h"

typedef struct vaxdir_search_scratch {
    vaxdir_geodesic geodesic;
    vaxdir_hit *candidates; /* what the walk kept, with squared chords */
    size_t candidate_capacity;
    vaxdir_hit *best; /* the heap: first of squared chords, then of distances */
    size_t best_capacity;
    vaxdir_bindings bindings;
} vaxdir_search_scratch;

/* The scratch of a context, made at the first call; NULL when memory is out. */
vaxdir_search_scratch *vaxdir_search_scratch_of(vaxdir_context *context);

#endif
