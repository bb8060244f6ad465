/* index_see_avx2.h: what a sweep computes, with AVX2, over index_kernels_avx2.h. Invariant: the arithmetic is that of
 * index_see.h, operation by operation, without contraction, so that both find the same bits. What is within the bound
 * is moved together by a table and not asked one by one, because nobody could foretell the answers. */
#ifndef VAXDIR_REGISTRY_INDEX_SEE_AVX2_H
#define VAXDIR_REGISTRY_INDEX_SEE_AVX2_H

#include "../geo/chord_lanes_avx2.h"
#include "index_kernels_avx2.h"

typedef struct viewer {
    __m256d from[3], curve, bound, sure_bound;
    __m256 above[3], below[3], reach;
} viewer;

static inline void set_viewer(viewer *by, const vaxdir_index_sweep_query *query, const vaxdir_index_state *state,
                              float reach)
{
    for (int axis = 0; axis < 3; axis++) {
        by->from[axis] = all(state->from[axis]);
        by->above[axis] = _mm256_set1_ps(state->above[axis]);
        by->below[axis] = _mm256_set1_ps(state->below[axis]);
    }
    by->curve = chord_curve(by->from[2]);
    by->bound = all(query->bound);
    by->sure_bound = all(query->sure_bound);
    by->reach = _mm256_set1_ps(reach);
}

static inline __m256 squared_outside(const vaxdir_index_node *node, const viewer *by, int axis)
{
    __m256 below = _mm256_sub_ps(_mm256_loadu_ps(node->least[axis]), by->above[axis]);
    __m256 above = _mm256_sub_ps(by->below[axis], _mm256_loadu_ps(node->greatest[axis]));
    __m256 outside = _mm256_max_ps(_mm256_max_ps(below, above), _mm256_setzero_ps());
    return _mm256_mul_ps(outside, outside);
}

static inline uint32_t boxes_within(const vaxdir_index_node *node, const viewer *by)
{
    __m256 sum = _mm256_add_ps(_mm256_add_ps(squared_outside(node, by, 0), squared_outside(node, by, 1)),
                               squared_outside(node, by, 2));
    return (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(sum, by->reach, _CMP_LE_OQ));
}

/* By the bits of four lanes: where each of those that are set goes, for numbers of 8 bytes and of 4. */
#define LANE(n) 2 * (n), 2 * (n) + 1
#define BYTES(n) 4 * (n), 4 * (n) + 1, 4 * (n) + 2, 4 * (n) + 3
#define FOUR(OF)                                                                                                       \
    {OF(0), OF(0), OF(0), OF(0)}, {OF(0), OF(0), OF(0), OF(0)}, {OF(1), OF(0), OF(0), OF(0)},                          \
        {OF(0), OF(1), OF(0), OF(0)}, {OF(2), OF(0), OF(0), OF(0)}, {OF(0), OF(2), OF(0), OF(0)},                      \
        {OF(1), OF(2), OF(0), OF(0)}, {OF(0), OF(1), OF(2), OF(0)}, {OF(3), OF(0), OF(0), OF(0)},                      \
        {OF(0), OF(3), OF(0), OF(0)}, {OF(1), OF(3), OF(0), OF(0)}, {OF(0), OF(1), OF(3), OF(0)},                      \
        {OF(2), OF(3), OF(0), OF(0)}, {OF(0), OF(2), OF(3), OF(0)}, {OF(1), OF(2), OF(3), OF(0)},                      \
    {                                                                                                                  \
        OF(0), OF(1), OF(2), OF(3)                                                                                     \
    }
static const int32_t together_8[16][8] __attribute__((aligned(32))) = {FOUR(LANE)};
static const uint8_t together_4[16][16] __attribute__((aligned(16))) = {FOUR(BYTES)};
#undef LANE
#undef BYTES
#undef FOUR

static inline void put_8(double *to, __m256d four, uint32_t bits)
{
    __m256 moved = _mm256_permutevar8x32_ps(_mm256_castpd_ps(four), load_integers(together_8[bits]));
    _mm256_storeu_pd(to, _mm256_castps_pd(moved));
}

static inline void put_4(uint32_t *to, __m128i four, uint32_t bits)
{
    __m128i order = _mm_load_si128((const __m128i *)(const void *)together_4[bits]);
    _mm_storeu_si128((__m128i *)(void *)to, _mm_shuffle_epi8(four, order));
}

static inline __m256d fine_offsets(const vaxdir_index_leaf *leaf, int axis, int i)
{
    int32_t four;
    memcpy(&four, &leaf->fine[axis][i], sizeof four);
    __m256d upper = _mm256_cvtepi32_pd(_mm_loadu_si128((const __m128i *)(const void *)&leaf->offsets[axis][i]));
    __m256d lower = _mm256_cvtepi32_pd(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(four)));
    return add(times(upper, all(256)), lower);
}

static inline bool see_leaf(const vaxdir_index *index, uint32_t number, uint32_t slots, const viewer *by,
                            vaxdir_index_found *found)
{
    const vaxdir_index_leaf *leaf = &index->leaves[number];
    const __m256d step = all((double)leaf->step * (1.0 / 256)), middle = times(all(VAXDIR_INDEX_FINE_MIDDLE), step);
    __m256d corner[3];
    for (int axis = 0; axis < 3; axis++)
        corner[axis] = add(all((double)leaf->corner[axis]), middle);
    __m128i places = _mm_add_epi32(_mm_set1_epi32((int32_t)(number * VAXDIR_INDEX_LEAF)), _mm_setr_epi32(0, 1, 2, 3));
    size_t count = found->count;
    uint32_t doubt = 0;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i += 4) {
        __m256d to[3], squares[3];
        for (int axis = 0; axis < 3; axis++) {
            to[axis] = add(corner[axis], times(fine_offsets(leaf, axis, i), step));
            __m256d apart = less(to[axis], by->from[axis]);
            squares[axis] = times(apart, apart);
        }
        __m256d squared = add(add(squares[0], squares[1]), squares[2]);
        uint32_t bits = bits_within(squared, by->bound) & slots >> i & 15;
        doubt |= bits & ~(bits_within(squared, by->sure_bound) & bits_within(all(1), squared));
        put_8(found->squared + count, squared, bits);
        put_8(found->distances_m + count, chord_four(by->from, by->curve, to, squared, bits), bits);
        put_4(found->rows + count, _mm_loadu_si128((const __m128i *)(const void *)&leaf->rows[i]), bits);
        put_4(found->places + count, _mm_add_epi32(places, _mm_set1_epi32(i)), bits);
        count += (uint32_t)__builtin_popcount(bits);
    }
    found->count = count;
    return doubt != 0;
}

#endif
