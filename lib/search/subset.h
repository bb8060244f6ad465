/* subset.h: the rows that a filter lets through, in the order of the tree, so that a walk passes over what has none. */
#ifndef VAXDIR_SEARCH_SUBSET_H
#define VAXDIR_SEARCH_SUBSET_H

#include "../registry/index_walk.h"

typedef struct vaxdir_subset {
    vaxdir_index_subset bits; /* one block: by leaf, then by node */
    size_t capacity;          /* in units of 2 bytes */
} vaxdir_subset;

/* Makes it from a bit a row, in the memory that it has; false when memory is out: it is then empty. */
bool vaxdir_subset_make(const vaxdir_memory *memory, const vaxdir_index *index, const uint64_t *words,
                        vaxdir_subset *subset);

/* Leaves it empty. */
void vaxdir_subset_free(const vaxdir_memory *memory, vaxdir_subset *subset);

#endif
