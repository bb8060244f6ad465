/* index_select.h: puts the least of many positions first, which is most of what building does. Invariant: no two keys
 * are equal, so which positions come first follows from the set alone, whatever the method and the processor. */
#ifndef VAXDIR_REGISTRY_INDEX_SELECT_H
#define VAXDIR_REGISTRY_INDEX_SELECT_H

#include "index_extent.h"

/* The order of division: by coordinate, then by row. */
static inline int64_t vaxdir_index_key(const vaxdir_index_item *of, int axis)
{
    return (int64_t)of->at[axis] * ((int64_t)1 << 32) + of->row;
}

/* Puts the `wanted` least items first, in any order. `wide` says that the processor has AVX2. */
void vaxdir_index_select(vaxdir_index_item *items, size_t count, size_t wanted, int axis, bool wide);

/* For the above. Puts the items below the pivot first, in any order, and gives their number. */
size_t vaxdir_index_divide_avx2(vaxdir_index_item *items, size_t count, int64_t pivot, int axis);

/* For the above. The key that `rank` of so many are below; changes the three keys after the last. */
int64_t vaxdir_index_key_of_rank_avx2(int64_t *keys, size_t count, size_t rank);

#endif
