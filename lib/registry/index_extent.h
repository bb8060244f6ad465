/* index_extent.h: the box of many positions, which is most of what building looks at. */
#ifndef VAXDIR_REGISTRY_INDEX_EXTENT_H
#define VAXDIR_REGISTRY_INDEX_EXTENT_H

#include "index.h"

/* A row, with its position in 1/256 m: what the dividing looks at, small so that it moves fast. */
typedef struct vaxdir_index_item {
    int32_t at[3];
    uint32_t row;
} vaxdir_index_item;

/* Of at least one item. `wide` says that the processor has AVX2. */
vaxdir_index_extent vaxdir_index_extent_of(const vaxdir_index_item *items, size_t count, bool wide);

vaxdir_index_extent vaxdir_index_extent_of_avx2(const vaxdir_index_item *items, size_t count);

#endif
