/* point_avx2.c: earth-centred coordinates of point.c four at a time, chosen at run time. Invariant: operation by
 * operation what point.c does, without contraction, so that both give the same bits. */
#include "point.h"

#if VAXDIR_POINT_HAS_AVX2

#include "point_terms.h"

#include "../base/avx2_begin.h"

#include "lanes_avx2.h"

static inline __m256d negated(__m256d a)
{
    return _mm256_xor_pd(a, all(-0.0));
}

static inline __m256d polynomial(const double *terms, __m256d q)
{
    __m256d q2 = times(q, q), q4 = times(q2, q2), pairs[4];
    for (int i = 0; i < 4; i++)
        pairs[i] = add(all(terms[2 * i]), times(all(terms[2 * i + 1]), q));
    __m256d low = add(pairs[0], times(pairs[1], q2)), high = add(pairs[2], times(pairs[3], q2));
    return add(low, times(high, q4));
}

static inline void sine_and_cosine(__m256d degrees, __m256d *ret_sine, __m256d *ret_cosine)
{
    __m256d size = _mm256_andnot_pd(all(-0.0), degrees);
    __m256d above = _mm256_cmp_pd(size, all(45), _CMP_GT_OQ), far = _mm256_cmp_pd(size, all(135), _CMP_GT_OQ);
    __m256d middle = _mm256_andnot_pd(far, above);
    __m256d r = less(size, choose(middle, all(90), _mm256_and_pd(far, all(180))));
    __m256d q = times(r, r), s = polynomial(sine_terms, q), c = polynomial(cosine_terms, q);
    s = add(times(r, all(DEGREE)), times(times(r, q), s));
    c = add(all(1), times(q, c));
    __m256d sine = choose(middle, c, choose(far, negated(s), s));
    *ret_cosine = choose(middle, negated(s), choose(far, negated(c), c));
    *ret_sine = choose(_mm256_cmp_pd(degrees, _mm256_setzero_pd(), _CMP_LT_OQ), negated(sine), sine);
}

/* One position: its latitude and its longitude side by side. */
static inline vaxdir_ecef one_point(double latitude, double longitude)
{
    const double squared_eccentricity = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F);
    __m256d sines, cosines;
    sine_and_cosine(_mm256_setr_pd(latitude, longitude, 0, 0), &sines, &cosines);
    double sine = _mm256_cvtsd_f64(sines), cosine = _mm256_cvtsd_f64(cosines);
    double sine_of_longitude = _mm256_cvtsd_f64(_mm256_permute_pd(sines, 1));
    double cosine_of_longitude = _mm256_cvtsd_f64(_mm256_permute_pd(cosines, 1));
    double normal = _mm256_cvtsd_f64(polynomial(normal_terms, less(times(sines, sines), all(0.5))));
    double from_axis = normal * cosine;
    return (vaxdir_ecef){
        from_axis * cosine_of_longitude + 0.0,
        from_axis * sine_of_longitude + 0.0,
        normal * (1 - squared_eccentricity) * sine + 0.0,
    };
}

void vaxdir_point_ecefs_avx2(const double *latitudes, const double *longitudes, size_t count, vaxdir_ecef *ret_points)
{
    const double squared_eccentricity = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F);
    const __m256d zero = _mm256_setzero_pd();
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m256d sine, cosine, sine_of_longitude, cosine_of_longitude;
        sine_and_cosine(_mm256_loadu_pd(latitudes + i), &sine, &cosine);
        sine_and_cosine(_mm256_loadu_pd(longitudes + i), &sine_of_longitude, &cosine_of_longitude);
        __m256d normal = polynomial(normal_terms, less(times(sine, sine), all(0.5)));
        __m256d from_axis = times(normal, cosine);
        double x[4], y[4], z[4];
        _mm256_storeu_pd(x, add(times(from_axis, cosine_of_longitude), zero));
        _mm256_storeu_pd(y, add(times(from_axis, sine_of_longitude), zero));
        _mm256_storeu_pd(z, add(times(times(normal, all(1 - squared_eccentricity)), sine), zero));
        for (int j = 0; j < 4; j++)
            ret_points[i + (size_t)j] = (vaxdir_ecef){x[j], y[j], z[j]};
    }
    for (; i < count; i++)
        ret_points[i] = one_point(latitudes[i], longitudes[i]);
}

#include "../base/avx2_end.h"

#endif
