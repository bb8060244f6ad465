/* chord_avx2.c: the series of chord.c four at a time, chosen at run time. Invariant: operation by operation what
 * chord.c does, without contraction, so that both give the same bits. */
#include "chord.h"

#if VAXDIR_CHORD_HAS_AVX2

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#include <immintrin.h>

static inline __m256d all(double number)
{
    return _mm256_set1_pd(number);
}

static inline __m256d add(__m256d a, __m256d b)
{
    return _mm256_add_pd(a, b);
}

static inline __m256d times(__m256d a, __m256d b)
{
    return _mm256_mul_pd(a, b);
}

static inline __m256d four(const __m256d *from, const __m256d *to, __m256d squared)
{
    const double squared_eccentricity = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F);
    const __m256d ratio = all(1 / (1 - squared_eccentricity));
    const double inverse_square = 1 / (VAXDIR_WGS84_A * VAXDIR_WGS84_A);
    const __m256d turn = all(squared_eccentricity / 160 * (inverse_square * inverse_square));
    __m256d d[3], u[3];
    for (int axis = 0; axis < 3; axis++) {
        d[axis] = _mm256_sub_pd(to[axis], from[axis]);
        u[axis] = add(to[axis], from[axis]);
    }
    __m256d dz2 = times(d[2], d[2]), uz2 = times(u[2], u[2]);
    __m256d level = add(times(u[0], u[0]), times(u[1], u[1])), up = times(ratio, uz2);
    __m256d stretched = add(add(times(d[0], d[0]), times(d[1], d[1])), times(ratio, dz2));
    __m256d normal = add(level, times(ratio, up));
    __m256d inverse = _mm256_div_pd(all(1), times(squared, normal));
    __m256d y = times(times(times(times(stretched, stretched), add(level, up)), inverse), all(0.25 * inverse_square));
    __m256d bend = times(_mm256_sub_pd(times(dz2, normal), times(uz2, squared)), inverse);
    __m256d sum = all(945.0 / 42240);
    sum = add(times(sum, y), all(105.0 / 3456));
    sum = add(times(sum, y), all(15.0 / 336));
    sum = add(times(sum, y), all(3.0 / 40));
    sum = add(times(sum, y), all(1.0 / 6));
    __m256d factor = _mm256_sub_pd(times(y, sum), times(times(turn, times(squared, squared)), bend));
    __m256d distances = times(_mm256_sqrt_pd(squared), add(all(1), factor));
    return _mm256_and_pd(distances, _mm256_cmp_pd(squared, _mm256_setzero_pd(), _CMP_GT_OQ));
}

void vaxdir_chord_distances_m_avx2(vaxdir_ecef from, const double *to, const double *squared, uint32_t wanted,
                                   double *ret_distances_m)
{
    const __m256d same[3] = {all(from.x), all(from.y), all(from.z)};
    for (int i = 0; i < VAXDIR_CHORD_LANES; i += 4) {
        if ((wanted >> i & 15) == 0)
            continue;
        const __m256d ends[3] = {
            _mm256_loadu_pd(to + i),
            _mm256_loadu_pd(to + VAXDIR_CHORD_LANES + i),
            _mm256_loadu_pd(to + 2 * VAXDIR_CHORD_LANES + i),
        };
        _mm256_storeu_pd(ret_distances_m + i, four(same, ends, _mm256_loadu_pd(&squared[i])));
    }
}

/* Four points, coordinate by coordinate. */
static inline void turn(const double *points, __m256d *ret_axes)
{
    __m256d a = _mm256_loadu_pd(points), b = _mm256_loadu_pd(points + 4);
    __m256d c = _mm256_loadu_pd(points + 8), d = _mm256_loadu_pd(points + 12);
    __m256d even = _mm256_unpacklo_pd(a, b), odd = _mm256_unpackhi_pd(a, b);
    __m256d even_after = _mm256_unpacklo_pd(c, d), odd_after = _mm256_unpackhi_pd(c, d);
    ret_axes[0] = _mm256_permute2f128_pd(even, even_after, 0x20);
    ret_axes[1] = _mm256_permute2f128_pd(odd, odd_after, 0x20);
    ret_axes[2] = _mm256_permute2f128_pd(even, even_after, 0x31);
}

void vaxdir_chord_pairs_m_avx2(const vaxdir_chord_pairs *pairs, int count, double *ret_distances_m)
{
    for (int i = 0; i < count; i += 4) {
        __m256d from[3], to[3];
        turn(pairs->from[i], from);
        turn(pairs->to[i], to);
        _mm256_storeu_pd(ret_distances_m + i, four(from, to, _mm256_loadu_pd(&pairs->squared[i])));
    }
}

void vaxdir_chord_fan_m_avx2(vaxdir_ecef from, const double *to, const double *squared, int count,
                             double *ret_distances_m)
{
    const __m256d same[3] = {all(from.x), all(from.y), all(from.z)};
    for (int i = 0; i < count; i += 4) {
        __m256d ends[3];
        turn(to + 4 * i, ends);
        _mm256_storeu_pd(ret_distances_m + i, four(same, ends, _mm256_loadu_pd(&squared[i])));
    }
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
