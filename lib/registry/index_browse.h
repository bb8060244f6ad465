/* index_browse.h: a walk over the spatial tree that hands on positions in ascending order of chords, without knowing
 * how many will be wanted, and can be left and taken up again. It knows chords and places, as the other walks.
 * Hjaltason and Samet, Distance browsing in spatial databases (1999). */
#ifndef VAXDIR_REGISTRY_INDEX_BROWSE_H
#define VAXDIR_REGISTRY_INDEX_BROWSE_H

#include "index_walk.h"

/* A place with its squared chord, or a box that has not been opened with the least that anything in it can have. */
typedef struct vaxdir_index_item {
    double squared;
    uint32_t at; /* the place; a box: the node, or node_count + the leaf */
} vaxdir_index_item;

/* Items whose least stands first. */
typedef struct vaxdir_index_heap {
    vaxdir_index_item *items;
    size_t count, capacity;
} vaxdir_index_heap;

/* Zero-initialise it, then set memory. */
typedef struct vaxdir_index_browse {
    const vaxdir_memory *memory;
    vaxdir_index_heap boxes;
    vaxdir_index_heap places;
    uint64_t looked_at; /* how many positions leaves that were opened hold */
} vaxdir_index_browse;

/* What is browsed: the same at each step of one walk. */
typedef struct vaxdir_index_browse_query {
    const vaxdir_index *index;
    const vaxdir_index_subset *subset; /* NULL: all count */
    vaxdir_ecef from;
    double inner; /* squared chords up to it do not count; negative for none */
    double bound; /* nor do those above it */
} vaxdir_index_browse_query;

/* Begins anew; false when memory is out. */
bool vaxdir_index_browse_begin(vaxdir_index_browse *browse, const vaxdir_index *index);

/* Opens the nearest box, of which there is one: its boxes and places join the others. False when memory is out: nothing
 * has then changed. */
bool vaxdir_index_browse_open(vaxdir_index_browse *browse, const vaxdir_index_browse_query *query);

/* Takes the nearest place out, of which there is one. It is the nearest of all that is left once its chord is less
 * than that of the nearest box. */
vaxdir_index_item vaxdir_index_browse_take(vaxdir_index_browse *browse);

/* The squared chord of the nearest item; INFINITY where there is none. */
double vaxdir_index_heap_least(const vaxdir_index_heap *heap);

/* Leaves it as it was before it began. */
void vaxdir_index_browse_free(vaxdir_index_browse *browse);

#endif
