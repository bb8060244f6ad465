/* own_tree.h: a tree of the rows that a filter lets through and of no others, where these are few: a walk over the
 * registry's tree opens a leaf of its own for each of them. docs/search.md, "filters". */
#ifndef VAXDIR_SEARCH_OWN_TREE_H
#define VAXDIR_SEARCH_OWN_TREE_H

#include "../registry/registry.h"

/* Zero-initialise it. */
typedef struct vaxdir_own_tree {
    vaxdir_index index; /* its rows are those of the registry; a count of 0: there is no such tree */
    vaxdir_buffer bytes;
} vaxdir_own_tree;

/* Makes it anew from a bit a row, of which `passing` are set, where that pays. False when memory is out: there is then
 * none. */
bool vaxdir_own_tree_make(const vaxdir_memory *memory, const vaxdir_registry *registry, const uint64_t *words,
                          uint32_t passing, vaxdir_own_tree *tree);

void vaxdir_own_tree_free(vaxdir_own_tree *tree);

#endif
