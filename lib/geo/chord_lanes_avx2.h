/* chord_lanes_avx2.h: the series of chord.c four at a time, between avx2_begin.h and avx2_end.h. Invariant: operation
 * by operation what chord.c does, without contraction, so that both give the same bits. */
#ifndef VAXDIR_GEO_CHORD_LANES_AVX2_H
#define VAXDIR_GEO_CHORD_LANES_AVX2_H

#include "chord.h"
#include "chord_terms.h"
#include "lanes_avx2.h"

/* What the short form has of the place alone, by z. */
static inline __m256d chord_curve(__m256d z)
{
    __m256d u = times(all(TILT), times(z, z));
    return times(all(CURVE), add(all(1), times(u, less(u, all(1)))));
}

static inline __m256d chord_short(__m256d curve, __m256d dz, __m256d squared)
{
    __m256d leaned = add(squared, times(all(LEAN), times(dz, dz)));
    return times(_mm256_sqrt_pd(squared), add(all(1), times(curve, leaned)));
}

static inline __m256d chord_long(const __m256d *from, const __m256d *to, __m256d squared)
{
    __m256d d[3], u[3];
    for (int axis = 0; axis < 3; axis++) {
        d[axis] = less(to[axis], from[axis]);
        u[axis] = add(to[axis], from[axis]);
    }
    __m256d dz2 = times(d[2], d[2]), uz2 = times(u[2], u[2]);
    __m256d level = add(times(u[0], u[0]), times(u[1], u[1])), up = times(all(RATIO), uz2);
    __m256d stretched = add(add(times(d[0], d[0]), times(d[1], d[1])), times(all(RATIO), dz2));
    __m256d normal = add(level, times(all(RATIO), up));
    __m256d inverse = _mm256_div_pd(all(1), times(squared, normal));
    __m256d y = times(times(times(times(stretched, stretched), add(level, up)), inverse), all(0.25 * INVERSE_SQUARE));
    __m256d bend = times(less(times(dz2, normal), times(uz2, squared)), inverse);
    __m256d sum = all(945.0 / 42240);
    sum = add(times(sum, y), all(105.0 / 3456));
    sum = add(times(sum, y), all(15.0 / 336));
    sum = add(times(sum, y), all(3.0 / 40));
    sum = add(times(sum, y), all(1.0 / 6));
    __m256d factor = less(times(y, sum), times(times(all(TURN), times(squared, squared)), bend));
    return times(_mm256_sqrt_pd(squared), add(all(1), factor));
}

/* The distances of the lanes whose bit is in `wanted`; what stands in others is unspecified. `curve` is that of
 * from[2]. */
static inline __m256d chord_four(const __m256d *from, __m256d curve, const __m256d *to, __m256d squared,
                                 uint32_t wanted)
{
    __m256d near = _mm256_cmp_pd(squared, all(SHORT_SQUARED), _CMP_LT_OQ);
    __m256d brief = chord_short(curve, less(to[2], from[2]), squared);
    if ((~(uint32_t)_mm256_movemask_pd(near) & wanted) == 0)
        return brief;
    return choose(near, brief, chord_long(from, to, squared));
}

#endif
