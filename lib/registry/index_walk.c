/* index_walk.c: the walks for any processor, and the choice of the form. Invariant: the arithmetic is that of
 * index_walk_avx2.c, operation by operation. */
#include "index_walk.h"

#include <math.h>
#include <string.h>

/* The child's number takes the place of the key's three lowest bits. */
static inline int32_t box_keys(const vaxdir_index_node *node, const vaxdir_index_state *state, uint32_t children,
                               int32_t *keys)
{
    float sums[VAXDIR_INDEX_FAN];
    for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
        float sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            float below = node->least[axis][i] - state->above[axis],
                  above = state->below[axis] - node->greatest[axis][i];
            float outside = below > above ? below : above;
            outside = outside > 0 ? outside : 0;
            sum += outside * outside;
        }
        sums[i] = sum;
    }
    memcpy(keys, sums, sizeof sums);
    int32_t least = VAXDIR_INDEX_KEY_NONE;
    for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
        keys[i] = (children >> i & 1) != 0 ? (keys[i] & ~(VAXDIR_INDEX_FAN - 1)) | i : VAXDIR_INDEX_KEY_NONE;
        least = keys[i] < least ? keys[i] : least;
    }
    return least;
}

/* Takes a key out and gives the least of the others. */
static inline int32_t take_least(int32_t *keys, int32_t key)
{
    int32_t least = VAXDIR_INDEX_KEY_NONE;
    keys[key & (VAXDIR_INDEX_FAN - 1)] = VAXDIR_INDEX_KEY_NONE;
    for (int i = 0; i < VAXDIR_INDEX_FAN; i++)
        least = keys[i] < least ? keys[i] : least;
    return least;
}

/* The squared chords to all slots of a leaf, in metres, and the slots within the bound. Everything is computed in steps
 * of the leaf's grid, which are powers of two. */
static inline uint32_t leaf_chords(const vaxdir_index *index, uint32_t leaf, const double *from, double bound,
                                   double *squared)
{
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    vaxdir_index_grid grid = vaxdir_index_grid_of(index, leaf);
    double begin[3], area = grid.step * grid.step;
    for (int axis = 0; axis < 3; axis++)
        begin[axis] = (grid.corner[axis] - from[axis]) / grid.step;
    uint32_t hits = 0;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        double x = (double)stored->offsets[0][i] + begin[0], y = (double)stored->offsets[1][i] + begin[1],
               z = (double)stored->offsets[2][i] + begin[2];
        squared[i] = (x * x + y * y + z * z) * area;
        hits |= (uint32_t)(squared[i] <= bound) << i;
    }
    return hits;
}

/* How many of sixteen are less than a value, or equal to it if asked. */
static inline uint32_t count_nearer(const double *sixteen, double value, bool or_equal)
{
    uint32_t count = 0;
    for (int i = 0; i < 16; i++)
        count += sixteen[i] < value || (or_equal && sixteen[i] == value);
    return count;
}

/* The least of the hits. */
static inline double least_hit(const double *squared, uint32_t hits)
{
    double least = INFINITY;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++)
        least = (hits >> i & 1) != 0 && squared[i] < least ? squared[i] : least;
    return least;
}

#include "index_walk_body.h"

void vaxdir_index_few_near_any(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                               vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    few_near(query, from, count, states, ret_few);
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

vaxdir_ecef vaxdir_index_position(const vaxdir_index *index, vaxdir_index_place place)
{
    uint32_t leaf = place / VAXDIR_INDEX_LEAF, slot = place % VAXDIR_INDEX_LEAF;
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    vaxdir_index_grid grid = vaxdir_index_grid_of(index, leaf);
    return (vaxdir_ecef){
        grid.corner[0] + (double)stored->offsets[0][slot] * grid.step,
        grid.corner[1] + (double)stored->offsets[1][slot] * grid.step,
        grid.corner[2] + (double)stored->offsets[2][slot] * grid.step,
    };
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
