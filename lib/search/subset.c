/* subset.c: see subset.h. Invariant: it says of each place what the bitset says of its row. */
#include "subset.h"

bool vaxdir_subset_make(const vaxdir_memory *memory, const vaxdir_index *index, const uint64_t *words,
                        vaxdir_subset *subset)
{
    size_t needed = (size_t)index->leaf_count + (index->node_count + 1) / 2;
    if (subset->capacity < needed || subset->capacity / 2 > needed) {
        vaxdir_subset_free(memory, subset);
        subset->bits.leaves = vaxdir_memory_allocate(memory, needed, sizeof *subset->bits.leaves);
        if (subset->bits.leaves == NULL)
            return false;
        subset->capacity = needed;
    }
    subset->bits.nodes = (uint8_t *)(subset->bits.leaves + index->leaf_count);
    vaxdir_index_subset_fill(index, words, &subset->bits);
    return true;
}

void vaxdir_subset_free(const vaxdir_memory *memory, vaxdir_subset *subset)
{
    vaxdir_memory_free(memory, subset->bits.leaves, subset->capacity, sizeof *subset->bits.leaves);
    *subset = (vaxdir_subset){{NULL, NULL}, 0};
}
