/* chord_avx2.c: the forms of chord.h four at a time, chosen at run time. */
#include "chord.h"

#if VAXDIR_CHORD_HAS_AVX2

#include "../base/avx2_begin.h"

#include "chord_lanes_avx2.h"

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

/* The bits of the lanes from i on that are among the first `count`. */
static inline uint32_t lanes_of(int count, int i)
{
    return count - i >= 4 ? 15 : (1u << (count - i)) - 1;
}

void vaxdir_chord_pairs_m_avx2(const vaxdir_chord_pairs *pairs, int count, double *ret_distances_m)
{
    for (int i = 0; i < count; i += 4) {
        __m256d from[3], to[3];
        turn(pairs->from[i], from);
        turn(pairs->to[i], to);
        _mm256_storeu_pd(ret_distances_m + i, chord_four(from, chord_curve(from[2]), to,
                                                         _mm256_loadu_pd(&pairs->squared[i]), lanes_of(count, i)));
    }
}

void vaxdir_chord_fan_m_avx2(vaxdir_ecef from, const double *to, const double *squared, int count,
                             double *ret_distances_m)
{
    const __m256d same[3] = {all(from.x), all(from.y), all(from.z)}, curve = chord_curve(same[2]);
    for (int i = 0; i < count; i += 4) {
        __m256d ends[3];
        turn(to + 4 * i, ends);
        _mm256_storeu_pd(ret_distances_m + i,
                         chord_four(same, curve, ends, _mm256_loadu_pd(&squared[i]), lanes_of(count, i)));
    }
}

#include "../base/avx2_end.h"

#endif
