/* lanes_avx2.h: arithmetic of four doubles under short names, between avx2_begin.h and avx2_end.h. Invariant: nothing
 * is contracted, so that each lane has the bits of the same operations on one double. */
#ifndef VAXDIR_GEO_LANES_AVX2_H
#define VAXDIR_GEO_LANES_AVX2_H

static inline __m256d all(double number)
{
    return _mm256_set1_pd(number);
}

static inline __m256d add(__m256d a, __m256d b)
{
    return _mm256_add_pd(a, b);
}

static inline __m256d less(__m256d a, __m256d b)
{
    return _mm256_sub_pd(a, b);
}

static inline __m256d times(__m256d a, __m256d b)
{
    return _mm256_mul_pd(a, b);
}

static inline __m256d choose(__m256d which, __m256d yes, __m256d no)
{
    return _mm256_blendv_pd(no, yes, which);
}

#endif
