/* index_walk.c: the walks for any processor, and the choice of the form. Invariant: the arithmetic is that of
 * index_walk_avx2.c, operation by operation. */
#include "index_kernels.h"

#include "index_walk_body.h"

#include "index_few_body.h"

#include "index_see.h"

#include "index_sweep_body.h"

void vaxdir_index_few_near_any(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                               vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    few_near(query, from, count, states, ret_few);
}

void vaxdir_index_sweep_any(const vaxdir_index_sweep_query *query, vaxdir_index_found *found)
{
    sweep(query, found);
}

void vaxdir_index_near_any(const vaxdir_index *index, vaxdir_ecef from, double bound, const vaxdir_index_subset *subset,
                           vaxdir_index_visit visit, void *user)
{
    all_near(index, from, bound, subset, visit, user);
}

bool vaxdir_index_wide(void)
{
#if VAXDIR_INDEX_HAS_AVX2
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

void vaxdir_index_few_near(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                           vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (query->index->wide) {
        vaxdir_index_few_near_avx2(query, from, count, states, ret_few);
        return;
    }
#endif
    vaxdir_index_few_near_any(query, from, count, states, ret_few);
}

void vaxdir_index_near(const vaxdir_index *index, vaxdir_ecef from, double bound, const vaxdir_index_subset *subset,
                       vaxdir_index_visit visit, void *user)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (index->wide) {
        vaxdir_index_near_avx2(index, from, bound, subset, visit, user);
        return;
    }
#endif
    vaxdir_index_near_any(index, from, bound, subset, visit, user);
}

void vaxdir_index_sweep(const vaxdir_index_sweep_query *query, vaxdir_index_found *found)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (query->index->wide) {
        vaxdir_index_sweep_avx2(query, found);
        return;
    }
#endif
    vaxdir_index_sweep_any(query, found);
}

vaxdir_ecef vaxdir_index_position(const vaxdir_index *index, vaxdir_index_place place)
{
    return vaxdir_index_slot_position(&index->leaves[place / VAXDIR_INDEX_LEAF], place % VAXDIR_INDEX_LEAF);
}

void vaxdir_index_subset_fill(const vaxdir_index *index, const uint64_t *words, vaxdir_index_subset *subset)
{
    for (uint32_t leaf = 0; leaf < index->leaf_count; leaf++) {
        uint32_t slots = 0;
        for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
            uint32_t row = index->leaves[leaf].rows[i];
            if (row != VAXDIR_INDEX_NO_ROW)
                slots |= (uint32_t)(words[row / 64] >> (row % 64) & 1) << i;
        }
        subset->leaves[leaf] = (uint16_t)slots;
    }
    uint32_t end = index->node_count, width = index->leaf_count;
    for (uint32_t level = 0; level < index->levels; level++) {
        for (uint32_t node = 0; node < end - index->first[level]; node++) {
            uint32_t children = 0;
            for (uint32_t i = 0; i < VAXDIR_INDEX_FAN; i++) {
                uint32_t child = node * VAXDIR_INDEX_FAN + i;
                if (child < width &&
                    (level == 0 ? subset->leaves[child] != 0 : subset->nodes[index->first[level - 1] + child] != 0))
                    children |= 1u << i;
            }
            subset->nodes[index->first[level] + node] = (uint8_t)children;
        }
        width = end - index->first[level];
        end = index->first[level];
    }
}
