/* index_kernels_avx2.h: what the walks compute, with AVX2; included where the compiler was told of it. Invariant: the
 * arithmetic is that of index_kernels.h, operation by operation, without contraction, so that both find the same bits.
 */
#ifndef VAXDIR_REGISTRY_INDEX_KERNELS_AVX2_H
#define VAXDIR_REGISTRY_INDEX_KERNELS_AVX2_H

#include "index_walk.h"

#include <math.h>
#include <string.h>

#include <immintrin.h>

#define KEY_OF_NOTHING UINT64_C(0x7FE0000000000000)

static inline __m256i load_integers(const void *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

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
    __m256i all = load_integers(keys);
    __m256i taken = _mm256_cmpeq_epi32(all, _mm256_set1_epi32(key));
    all = _mm256_blendv_epi8(all, _mm256_set1_epi32(VAXDIR_INDEX_KEY_NONE), taken);
    _mm256_storeu_si256((__m256i *)(void *)keys, all);
    return least_of(all);
}

/* By the answers to the seven questions, a bit each: the child, and the lanes of the three questions that decide. */
static inline uint32_t child_of(uint32_t answers)
{
    uint32_t first = answers & 1, second = answers >> (1 + first) & 1;
    return first * 4 + second * 2 + (answers >> (3 + first * 2 + second) & 1);
}

static inline uint32_t descend(const vaxdir_index_split *split, const int32_t *units, const uint32_t *above,
                               uint32_t *clear)
{
    /* Lanes that do not decide, by the pair of children. */
    static const int32_t others[4][VAXDIR_INDEX_FAN] __attribute__((aligned(32))) = {
        {0, 0, -1, 0, -1, -1, -1, -1},
        {0, 0, -1, -1, 0, -1, -1, -1},
        {0, -1, 0, -1, -1, 0, -1, -1},
        {0, -1, 0, -1, -1, -1, 0, -1},
    };
    const __m256i shifts = _mm256_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21);
    __m256i planes = load_integers(split->planes); /* and the axes in the eighth lane, which nothing looks at */
    __m256i axes = _mm256_srlv_epi32(_mm256_set1_epi32((int32_t)split->axes), shifts);
    __m256i at = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)units));
    at = _mm256_permutevar8x32_epi32(at, axes);
    __m256i far = _mm256_sub_epi32(_mm256_max_epi32(at, planes), _mm256_min_epi32(at, planes));
    uint32_t answers = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(at, planes)));
    uint32_t child = child_of(answers);
    far = _mm256_or_si256(far, load_integers(others[child / 2]));
    _mm256_storeu_si256((__m256i *)(void *)clear, _mm256_min_epu32(far, load_integers(above)));
    return child;
}

static inline uint32_t least_clear(const uint32_t *clear)
{
    __m256i all = load_integers(clear);
    __m128i four = _mm_min_epu32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

/* A leaf's grid, as seen from a position. */
typedef struct view {
    __m256d x, y, z, area;
} view;

static inline __m256d inverse_of_power(__m256d power)
{
    return _mm256_castsi256_pd(_mm256_sub_epi64(_mm256_set1_epi64x(INT64_C(2046) << 52), _mm256_castpd_si256(power)));
}

static inline view view_of(const vaxdir_index_leaf *leaf, const double *from)
{
    __m256d grid = _mm256_cvtps_pd(_mm_loadu_ps(leaf->corner)); /* and the step in the fourth lane */
    __m256d step = _mm256_permute4x64_pd(grid, 0xFF);
    __m256d corner = _mm256_add_pd(grid, _mm256_mul_pd(_mm256_set1_pd(VAXDIR_INDEX_MIDDLE), step));
    __m256d begin = _mm256_mul_pd(_mm256_sub_pd(corner, _mm256_loadu_pd(from)), inverse_of_power(step));
    return (view){_mm256_permute4x64_pd(begin, 0x00), _mm256_permute4x64_pd(begin, 0x55),
                  _mm256_permute4x64_pd(begin, 0xAA), _mm256_mul_pd(step, step)};
}

static inline __m256d squared_offset(const int32_t *offsets, __m256d begin)
{
    __m256d at = _mm256_add_pd(_mm256_cvtepi32_pd(_mm_loadu_si128((const __m128i *)(const void *)offsets)), begin);
    return _mm256_mul_pd(at, at);
}

static inline __m256d four_chords(const vaxdir_index_leaf *leaf, int i, const view *seen)
{
    __m256d x = squared_offset(&leaf->offsets[0][i], seen->x), y = squared_offset(&leaf->offsets[1][i], seen->y);
    __m256d z = squared_offset(&leaf->offsets[2][i], seen->z);
    return _mm256_mul_pd(_mm256_add_pd(_mm256_add_pd(x, y), z), seen->area);
}

static inline uint32_t bits_within(__m256d numbers, __m256d most)
{
    return (uint32_t)_mm256_movemask_pd(_mm256_cmp_pd(numbers, most, _CMP_LE_OQ));
}

static inline uint32_t leaf_chords(const vaxdir_index_leaf *leaf, const double *from, double bound, double *squared)
{
    view seen = view_of(leaf, from);
    __m256d most = _mm256_set1_pd(bound);
    uint32_t hits = 0;
    for (int i = 0; i < VAXDIR_INDEX_LEAF; i += 4) {
        __m256d four = four_chords(leaf, i, &seen);
        _mm256_storeu_pd(squared + i, four);
        hits |= bits_within(four, most) << i;
    }
    return hits;
}

static inline __m256d least_of_sixteen(const __m256d *v)
{
    __m256d four = _mm256_min_pd(_mm256_min_pd(v[0], v[1]), _mm256_min_pd(v[2], v[3]));
    four = _mm256_min_pd(four, _mm256_permute2f128_pd(four, four, 1));
    return _mm256_min_pd(four, _mm256_permute_pd(four, 5));
}

/* Makes the keys of slots that do not count those of nothing. */
static inline void hide_slots(__m256d *v, uint32_t slots)
{
    const __m256i asked = _mm256_setr_epi64x(1, 2, 4, 8), low = _mm256_set1_epi64x(2047);
    for (int i = 0; i < 4; i++) {
        __m256i there = _mm256_cmpeq_epi64(_mm256_and_si256(_mm256_set1_epi64x(slots >> 4 * i), asked), asked);
        __m256i nothing = _mm256_or_si256(_mm256_and_si256(_mm256_castpd_si256(v[i]), low),
                                          _mm256_set1_epi64x((int64_t)KEY_OF_NOTHING));
        v[i] = _mm256_blendv_pd(_mm256_castsi256_pd(nothing), v[i], _mm256_castsi256_pd(there));
    }
}

static inline __m256d labelled(__m256d chords, __m256i label, int64_t slot)
{
    const __m256i high = _mm256_set1_epi64x(~(int64_t)2047);
    __m256i numbers = _mm256_or_si256(label, _mm256_setr_epi64x(slot, slot + 1, slot + 2, slot + 3));
    return _mm256_castsi256_pd(_mm256_or_si256(_mm256_and_si256(_mm256_castpd_si256(chords), high), numbers));
}

static inline double leaf_keys(const vaxdir_index_leaf *leaf, const double *from, uint32_t slots, uint32_t label,
                               double *keys)
{
    view seen = view_of(leaf, from);
    __m256i numbers = _mm256_set1_epi64x(label << 4);
    __m256d v[4] = {
        labelled(four_chords(leaf, 0, &seen), numbers, 0),
        labelled(four_chords(leaf, 4, &seen), numbers, 4),
        labelled(four_chords(leaf, 8, &seen), numbers, 8),
        labelled(four_chords(leaf, 12, &seen), numbers, 12),
    };
    if (slots != 0xFFFF)
        hide_slots(v, slots);
    for (int i = 0; i < 4; i++)
        _mm256_storeu_pd(keys + 4 * i, v[i]);
    return _mm256_cvtsd_f64(least_of_sixteen(v));
}

static inline uint32_t hits_within(const double *keys, double bound)
{
    __m256d most = _mm256_set1_pd(bound);
    return bits_within(_mm256_loadu_pd(keys), most) | bits_within(_mm256_loadu_pd(keys + 4), most) << 4 |
           bits_within(_mm256_loadu_pd(keys + 8), most) << 8 | bits_within(_mm256_loadu_pd(keys + 12), most) << 12;
}

/* Sorting networks (Batcher 1968). No two keys are equal, so that what comes out does not depend on the network. */

static inline void order_two(__m256d *a, __m256d *b)
{
    __m256d less = _mm256_min_pd(*a, *b);
    *b = _mm256_max_pd(*a, *b);
    *a = less;
}

static inline __m256d reversed(__m256d numbers)
{
    return _mm256_permute4x64_pd(numbers, _MM_SHUFFLE(0, 1, 2, 3));
}

/* Sorts two vectors that are bitonic each. */
static inline void sort_bitonic_fours(__m256d *a, __m256d *b)
{
    __m256d left = _mm256_permute2f128_pd(*a, *b, 0x20), right = _mm256_permute2f128_pd(*a, *b, 0x31);
    order_two(&left, &right);
    __m256d even = _mm256_unpacklo_pd(left, right), odd = _mm256_unpackhi_pd(left, right);
    order_two(&even, &odd);
    left = _mm256_unpacklo_pd(even, odd);
    right = _mm256_unpackhi_pd(even, odd);
    *a = _mm256_permute2f128_pd(left, right, 0x20);
    *b = _mm256_permute2f128_pd(left, right, 0x31);
}

/* Sorts sixteen that are bitonic. */
static inline void sort_bitonic_sixteen(__m256d *v)
{
    order_two(&v[0], &v[2]);
    order_two(&v[1], &v[3]);
    order_two(&v[0], &v[1]);
    order_two(&v[2], &v[3]);
    sort_bitonic_fours(&v[0], &v[1]);
    sort_bitonic_fours(&v[2], &v[3]);
}

static inline void sort_sixteen(__m256d *v)
{
    order_two(&v[0], &v[1]);
    order_two(&v[2], &v[3]);
    order_two(&v[0], &v[2]);
    order_two(&v[1], &v[3]);
    order_two(&v[1], &v[2]);
    __m256d a = _mm256_unpacklo_pd(v[0], v[1]), b = _mm256_unpackhi_pd(v[0], v[1]);
    __m256d c = _mm256_unpacklo_pd(v[2], v[3]), d = _mm256_unpackhi_pd(v[2], v[3]);
    v[0] = _mm256_permute2f128_pd(a, c, 0x20); /* four runs of four */
    v[1] = reversed(_mm256_permute2f128_pd(b, d, 0x20));
    v[2] = _mm256_permute2f128_pd(a, c, 0x31);
    v[3] = reversed(_mm256_permute2f128_pd(b, d, 0x31));
    order_two(&v[0], &v[1]);
    order_two(&v[2], &v[3]);
    sort_bitonic_fours(&v[0], &v[1]); /* two runs of eight */
    sort_bitonic_fours(&v[2], &v[3]);
    __m256d third = reversed(v[3]);
    v[3] = reversed(v[2]);
    v[2] = third;
    sort_bitonic_sixteen(v);
}

static inline void merge_keys(double *list, const double *keys)
{
    __m256d v[4];
    for (int i = 0; i < 4; i++)
        v[i] = _mm256_loadu_pd(keys + 4 * i);
    sort_sixteen(v);
    if (list[0] < INFINITY) {
        /* The lesser of the one and the reverse of the other: the sixteen least, and bitonic. */
        __m256d other[4] = {reversed(v[3]), reversed(v[2]), reversed(v[1]), reversed(v[0])};
        for (int i = 0; i < 4; i++)
            v[i] = _mm256_min_pd(_mm256_loadu_pd(list + 4 * i), other[i]);
        sort_bitonic_sixteen(v);
    }
    for (int i = 0; i < 4; i++)
        _mm256_storeu_pd(list + 4 * i, v[i]);
}

static inline void set_from(vaxdir_index_state *state, vaxdir_ecef from)
{
    const __m128 half = _mm_set1_ps(0.5f);
    __m256d numbers = _mm256_setr_pd(from.x, from.y, from.z, 0);
    __m128 nearest = _mm256_cvtpd_ps(numbers);
    _mm256_storeu_pd(state->from, numbers);
    _mm_storeu_ps(state->above, _mm_add_ps(nearest, half));
    _mm_storeu_ps(state->below, _mm_sub_ps(nearest, half));
    _mm_storeu_si128((__m128i *)(void *)state->units, _mm256_cvttpd_epi32(_mm256_mul_pd(numbers, _mm256_set1_pd(256))));
}

static inline double slot_at(const vaxdir_index_leaf *leaf, uint32_t slot, const double *from, double *at)
{
    __m256d grid = _mm256_cvtps_pd(_mm_loadu_ps(leaf->corner));
    __m256d step = _mm256_mul_pd(_mm256_permute4x64_pd(grid, 0xFF), _mm256_set1_pd(1.0 / 256));
    __m256d corner = _mm256_add_pd(grid, _mm256_mul_pd(_mm256_set1_pd(VAXDIR_INDEX_FINE_MIDDLE), step));
    __m128i upper = _mm_setr_epi32(leaf->offsets[0][slot], leaf->offsets[1][slot], leaf->offsets[2][slot], 0);
    __m128i lower = _mm_setr_epi32(leaf->fine[0][slot], leaf->fine[1][slot], leaf->fine[2][slot], 0);
    __m256d offset =
        _mm256_add_pd(_mm256_mul_pd(_mm256_cvtepi32_pd(upper), _mm256_set1_pd(256)), _mm256_cvtepi32_pd(lower));
    __m256d position = _mm256_add_pd(corner, _mm256_mul_pd(offset, step));
    _mm256_storeu_pd(at, position);
    __m256d apart = _mm256_sub_pd(position, _mm256_loadu_pd(from));
    apart = _mm256_mul_pd(apart, apart);
    __m128d xy = _mm256_castpd256_pd128(apart), z = _mm256_extractf128_pd(apart, 1);
    return _mm_cvtsd_f64(_mm_add_sd(_mm_add_sd(xy, _mm_unpackhi_pd(xy, xy)), z));
}

#endif
