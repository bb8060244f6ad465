/* index_kernels.h: what the walks compute, for any processor. Invariant: the arithmetic is that of
 * index_kernels_avx2.h, operation by operation. */
#ifndef VAXDIR_REGISTRY_INDEX_KERNELS_H
#define VAXDIR_REGISTRY_INDEX_KERNELS_H

#include "index_walk.h"

#include <math.h>
#include <string.h>

/* The key of a slot that does not count: above every squared chord, below infinity. */
#define KEY_OF_NOTHING UINT64_C(0x7FE0000000000000)

/* The squared chord to a box. */
static inline float box_square(const vaxdir_index_node *node, const vaxdir_index_state *state, int child)
{
    float sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        float below = node->least[axis][child] - state->above[axis],
              above = state->below[axis] - node->greatest[axis][child];
        float outside = below > above ? below : above;
        outside = outside > 0 ? outside : 0;
        sum += outside * outside;
    }
    return sum;
}

/* The child's number takes the place of the key's three lowest bits. */
static inline int32_t box_keys(const vaxdir_index_node *node, const vaxdir_index_state *state, uint32_t children,
                               int32_t *keys)
{
    int32_t least = VAXDIR_INDEX_KEY_NONE;
    for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
        float sum = box_square(node, state, i);
        memcpy(&keys[i], &sum, sizeof sum);
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

/* The child in whose cell a position is. In each lane of `clear` stands how far it is from one of the three planes that
 * decide, or what stands in that lane of `above` if that is less. */
static inline uint32_t descend(const vaxdir_index_split *split, const int32_t *units, const uint32_t *above,
                               uint32_t *clear)
{
    uint32_t division = 0, child = 0;
    memcpy(clear, above, VAXDIR_INDEX_FAN * sizeof *clear);
    for (int depth = 0; depth < 3; depth++) {
        int32_t at = units[split->axes >> 3 * division & 7], plane = split->planes[division];
        uint32_t far = at > plane ? (uint32_t)at - (uint32_t)plane : (uint32_t)plane - (uint32_t)at;
        clear[division] = far < clear[division] ? far : clear[division];
        child = 2 * child + (at > plane);
        division = (2u << depth) - 1 + child;
    }
    return child;
}

static inline uint32_t least_clear(const uint32_t *clear)
{
    uint32_t least = clear[0];
    for (int i = 1; i < VAXDIR_INDEX_FAN; i++)
        least = clear[i] < least ? clear[i] : least;
    return least;
}

/* The squared chords to all slots of a leaf, in metres, by the upper 32 bits. Everything is computed in steps of the
 * leaf's grid, which are powers of two. */
static inline void all_chords(const vaxdir_index_leaf *leaf, const double *from, double *squared)
{
    double step = (double)leaf->step, begin[3], area = step * step;
    for (int axis = 0; axis < 3; axis++)
        begin[axis] = ((double)leaf->corner[axis] + VAXDIR_INDEX_MIDDLE * step - from[axis]) / step;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        double x = (double)leaf->offsets[0][i] + begin[0], y = (double)leaf->offsets[1][i] + begin[1],
               z = (double)leaf->offsets[2][i] + begin[2];
        squared[i] = (x * x + y * y + z * z) * area;
    }
}

/* The same, and which are within the bound. */
static inline uint32_t leaf_chords(const vaxdir_index_leaf *leaf, const double *from, double bound, double *squared)
{
    uint32_t hits = 0;
    all_chords(leaf, from, squared);
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++)
        hits |= (uint32_t)(squared[i] <= bound) << i;
    return hits;
}

/* The squared chords of the slots that count, with a label of 7 bits and the slot in place of their lowest 11 bits:
 * keys that tell where they come from. Gives the least of them. */
static inline double leaf_keys(const vaxdir_index_leaf *leaf, const double *from, uint32_t slots, uint32_t label,
                               double *keys)
{
    double least = INFINITY;
    all_chords(leaf, from, keys);
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        uint64_t bits;
        memcpy(&bits, &keys[i], sizeof bits);
        bits = ((slots >> i & 1) != 0 ? bits & ~(uint64_t)2047 : KEY_OF_NOTHING) | label << 4 | i;
        memcpy(&keys[i], &bits, sizeof bits);
        least = keys[i] < least ? keys[i] : least;
    }
    return least;
}

static inline uint32_t hits_within(const double *keys, double bound)
{
    uint32_t hits = 0;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++)
        hits |= (uint32_t)(keys[i] <= bound) << i;
    return hits;
}

/* Puts one more in an ascending list of sixteen, of which the greatest falls out. */
static inline void insert_key(double *list, double key)
{
    if (!(key < list[VAXDIR_INDEX_ROOM - 1]))
        return;
    int hole = VAXDIR_INDEX_ROOM - 1;
    for (; hole > 0 && list[hole - 1] > key; hole--)
        list[hole] = list[hole - 1];
    list[hole] = key;
}

/* Makes an ascending list of the sixteen least of a list and sixteen keys in any order. */
static inline void merge_keys(double *list, const double *keys)
{
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i++)
        insert_key(list, keys[i]);
}

/* Sets what the walks want to know of a position. */
static inline void set_from(vaxdir_index_state *state, vaxdir_ecef from)
{
    const double numbers[3] = {from.x, from.y, from.z};
    state->from[3] = 0;
    for (int axis = 0; axis < 3; axis++) {
        float nearest = (float)numbers[axis];
        /* A unit in the last place of anything on Earth is at most 1/2; to ask which way it was rounded would be a
         * branch that nobody could foretell. */
        state->from[axis] = numbers[axis];
        state->above[axis] = nearest + 0.5f;
        state->below[axis] = nearest - 0.5f;
        state->units[axis] = vaxdir_index_coordinate(numbers[axis]);
    }
}

/* Where a slot is, by all 40 bits, and its squared chord. */
static inline double slot_at(const vaxdir_index_leaf *leaf, uint32_t slot, const double *from, double *at)
{
    vaxdir_ecef position = vaxdir_index_slot_position(leaf, slot);
    double x = position.x - from[0], y = position.y - from[1], z = position.z - from[2];
    at[0] = position.x;
    at[1] = position.y;
    at[2] = position.z;
    at[3] = 0;
    return x * x + y * y + z * z;
}

#endif
