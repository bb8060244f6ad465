/* index_extent.c: the box of many positions. Invariant: it is the same whichever form computes it. */
#include "index_extent.h"

#include "index_walk.h"

vaxdir_index_extent vaxdir_index_extent_of(const vaxdir_index_item *items, size_t count, bool wide)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (wide)
        return vaxdir_index_extent_of_avx2(items, count);
#endif
    (void)wide;
    vaxdir_index_extent all;
    for (int axis = 0; axis < 3; axis++)
        all.least[axis] = all.greatest[axis] = items[0].at[axis];
    for (size_t i = 1; i < count; i++)
        for (int axis = 0; axis < 3; axis++) {
            int32_t at = items[i].at[axis];
            all.least[axis] = at < all.least[axis] ? at : all.least[axis];
            all.greatest[axis] = at > all.greatest[axis] ? at : all.greatest[axis];
        }
    return all;
}
