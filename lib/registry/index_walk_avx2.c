/* index_walk_avx2.c: the walks for processors with AVX2, chosen at run time. Invariant: the arithmetic is that of
 * index_walk.c, operation by operation, without contraction, so that both find the same bits. */
#include "index_walk.h"

#if VAXDIR_INDEX_HAS_AVX2

#include <math.h>
#include <string.h>

/* Before the intrinsics, so that everything after may use them; the build has no -mavx2. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,popcnt")
#endif

#include <immintrin.h>

static inline __m256 outside(const vaxdir_index_node *node, const vaxdir_index_state *state, int axis)
{
    __m256 below = _mm256_sub_ps(_mm256_loadu_ps(node->least[axis]), _mm256_set1_ps(state->above[axis]));
    __m256 above = _mm256_sub_ps(_mm256_set1_ps(state->below[axis]), _mm256_loadu_ps(node->greatest[axis]));
    return _mm256_max_ps(_mm256_max_ps(below, above), _mm256_setzero_ps());
}

static inline int32_t least_of(__m256i keys)
{
    __m128i four = _mm_min_epi32(_mm256_castsi256_si128(keys), _mm256_extracti128_si256(keys, 1));
    four = _mm_min_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_min_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(four);
}

static inline int32_t box_keys(const vaxdir_index_node *node, const vaxdir_index_state *state, uint32_t children,
                               int32_t *keys)
{
    __m256 x = outside(node, state, 0), y = outside(node, state, 1), z = outside(node, state, 2);
    __m256 sum = _mm256_add_ps(_mm256_add_ps(_mm256_mul_ps(x, x), _mm256_mul_ps(y, y)), _mm256_mul_ps(z, z));
    const __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    __m256i key =
        _mm256_or_si256(_mm256_and_si256(_mm256_castps_si256(sum), _mm256_set1_epi32(-VAXDIR_INDEX_FAN)), numbers);
    __m256i missing =
        _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int32_t)children), bits), _mm256_setzero_si256());
    key = _mm256_blendv_epi8(key, _mm256_set1_epi32(VAXDIR_INDEX_KEY_NONE), missing);
    _mm256_storeu_si256((__m256i *)(void *)keys, key);
    return least_of(key);
}

static inline int32_t take_least(int32_t *keys, int32_t key)
{
    __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)keys);
    __m256i taken = _mm256_cmpeq_epi32(all, _mm256_set1_epi32(key));
    all = _mm256_blendv_epi8(all, _mm256_set1_epi32(VAXDIR_INDEX_KEY_NONE), taken);
    _mm256_storeu_si256((__m256i *)(void *)keys, all);
    return least_of(all);
}

static inline __m256d squared_offset(const int32_t *offsets, __m256d begin)
{
    __m256d at = _mm256_add_pd(_mm256_cvtepi32_pd(_mm_loadu_si128((const __m128i *)(const void *)offsets)), begin);
    return _mm256_mul_pd(at, at);
}

static inline uint32_t four_chords(const vaxdir_index_leaf *stored, int i, __m256d begin_x, __m256d begin_y,
                                   __m256d begin_z, __m256d area, __m256d most, double *squared)
{
    __m256d x = squared_offset(&stored->offsets[0][i], begin_x), y = squared_offset(&stored->offsets[1][i], begin_y);
    __m256d z = squared_offset(&stored->offsets[2][i], begin_z);
    __m256d sum = _mm256_mul_pd(_mm256_add_pd(_mm256_add_pd(x, y), z), area);
    _mm256_storeu_pd(squared + i, sum);
    return (uint32_t)_mm256_movemask_pd(_mm256_cmp_pd(sum, most, _CMP_LE_OQ)) << i;
}

static inline uint32_t leaf_chords(const vaxdir_index *index, uint32_t leaf, const double *from, double bound,
                                   double *squared)
{
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    vaxdir_index_grid grid = vaxdir_index_grid_of(index, leaf);
    double inverse = 1 / grid.step; /* of a power of two: exact */
    __m256d area = _mm256_set1_pd(grid.step * grid.step), most = _mm256_set1_pd(bound);
    __m256d begin_x = _mm256_set1_pd((grid.corner[0] - from[0]) * inverse);
    __m256d begin_y = _mm256_set1_pd((grid.corner[1] - from[1]) * inverse);
    __m256d begin_z = _mm256_set1_pd((grid.corner[2] - from[2]) * inverse);
    uint32_t hits = four_chords(stored, 0, begin_x, begin_y, begin_z, area, most, squared);
    hits |= four_chords(stored, 4, begin_x, begin_y, begin_z, area, most, squared);
    hits |= four_chords(stored, 8, begin_x, begin_y, begin_z, area, most, squared);
    hits |= four_chords(stored, 12, begin_x, begin_y, begin_z, area, most, squared);
    return hits;
}

static inline uint32_t nearer_bits(const double *four, __m256d most, bool or_equal)
{
    __m256d numbers = _mm256_loadu_pd(four);
    return (uint32_t)_mm256_movemask_pd(or_equal ? _mm256_cmp_pd(numbers, most, _CMP_LE_OQ)
                                                 : _mm256_cmp_pd(numbers, most, _CMP_LT_OQ));
}

static inline uint32_t count_nearer(const double *sixteen, double value, bool or_equal)
{
    __m256d most = _mm256_set1_pd(value);
    uint32_t bits = nearer_bits(sixteen, most, or_equal) | nearer_bits(sixteen + 4, most, or_equal) << 4 |
                    nearer_bits(sixteen + 8, most, or_equal) << 8 | nearer_bits(sixteen + 12, most, or_equal) << 12;
    return (uint32_t)__builtin_popcount(bits);
}

static inline double least_hit(const double *squared, uint32_t hits)
{
    double least = INFINITY;
    if (hits == 0xFFFF) {
        __m256d four = _mm256_min_pd(_mm256_min_pd(_mm256_loadu_pd(squared), _mm256_loadu_pd(squared + 4)),
                                     _mm256_min_pd(_mm256_loadu_pd(squared + 8), _mm256_loadu_pd(squared + 12)));
        __m128d two = _mm_min_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
        return _mm_cvtsd_f64(_mm_min_sd(two, _mm_unpackhi_pd(two, two)));
    }
    for (; hits != 0; hits &= hits - 1) {
        double one = squared[__builtin_ctz(hits)];
        least = one < least ? one : least;
    }
    return least;
}

#include "index_walk_body.h"

void vaxdir_index_few_near_avx2(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                                vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    few_near(query, from, count, states, ret_few);
}

void vaxdir_index_near_avx2(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user)
{
    all_near(index, from, bound, subset, visit, user);
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
