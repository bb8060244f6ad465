/* index_see.h: what a sweep computes, for any processor, over index_kernels.h. Invariant: the arithmetic is that of
 * index_see_avx2.h, operation by operation. */
#ifndef VAXDIR_REGISTRY_INDEX_SEE_H
#define VAXDIR_REGISTRY_INDEX_SEE_H

#include "../geo/chord.h"
#include "index_kernels.h"

/* From where, and how far: squared chords, `reach` those of boxes. */
typedef struct viewer {
    const vaxdir_index_state *state;
    vaxdir_ecef from;
    float reach;
    double bound, sure_bound;
} viewer;

static inline void set_viewer(viewer *by, const vaxdir_index_sweep_query *query, const vaxdir_index_state *state,
                              float reach)
{
    *by = (viewer){state, query->from, reach, query->bound, query->sure_bound};
}

/* The children that have something within reach, as bits; one that is not there is infinitely far. */
static inline uint32_t boxes_within(const vaxdir_index_node *node, const viewer *by)
{
    uint32_t within = 0;
    for (int i = 0; i < VAXDIR_INDEX_FAN; i++)
        within |= (uint32_t)(box_square(node, by->state, i) <= by->reach) << i;
    return within;
}

/* Adds what of a leaf's slots is within the bound; gives whether one of these is above the lesser bound or within a
 * metre. */
static inline bool see_leaf(const vaxdir_index *index, uint32_t leaf, uint32_t slots, const viewer *by,
                            vaxdir_index_found *found)
{
    bool doubt = false;
    for (uint32_t slot = 0; slot < VAXDIR_INDEX_LEAF; slot++) {
        double at[4], squared = slot_at(&index->leaves[leaf], slot, by->state->from, at);
        if ((slots >> slot & 1) == 0 || !(squared <= by->bound))
            continue;
        doubt = doubt || !(squared <= by->sure_bound && squared >= 1);
        found->squared[found->count] = squared;
        found->distances_m[found->count] =
            vaxdir_chord_distance_m(by->from, (vaxdir_ecef){at[0], at[1], at[2]}, squared);
        found->rows[found->count] = index->leaves[leaf].rows[slot];
        found->places[found->count++] = leaf * VAXDIR_INDEX_LEAF + slot;
    }
    return doubt;
}

#endif
