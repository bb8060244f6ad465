/* point.c: range, wrapping and earth-centred coordinates of a position. Invariant: the same degrees give the same bits
 * on every build, because only IEEE + - * are used, which are exactly rounded, and nothing is contracted. */
#include "point.h"

#include "point_terms.h"

#include <math.h>

double vaxdir_longitude_turn(double longitude)
{
    /* IEEE 754 defines the remainder as exact, so libm's is the same everywhere. */
    return remainder(longitude, 360);
}

static double polynomial(const double *terms, double q)
{
    double q2 = q * q, q4 = q2 * q2;
    double low = (terms[0] + terms[1] * q) + (terms[2] + terms[3] * q) * q2;
    double high = (terms[4] + terms[5] * q) + (terms[6] + terms[7] * q) * q2;
    return low + high * q4;
}

/* For |degrees| <= 180. The subtractions are exact (Sterbenz: the operands are within a factor of two of each other),
 * so multiples of 90 give exact zeros and ones. */
static void sine_and_cosine(double degrees, double *ret_sine, double *ret_cosine)
{
    double size = fabs(degrees);
    /* One arithmetic for all, and then a choice: a branch would go wrong for half of the metropole, which lies about
     * 45 degrees north. */
    bool middle = size > 45 && size <= 135, far = size > 135;
    double r = size - (middle ? 90.0 : far ? 180.0 : 0.0);
    double q = r * r;
    double s = r * DEGREE + r * q * polynomial(sine_terms, q), c = 1 + q * polynomial(cosine_terms, q);
    double sine = middle ? c : far ? -s : s;
    double cosine = middle ? -s : far ? -c : c;
    *ret_sine = degrees < 0 ? -sine : sine;
    *ret_cosine = cosine;
}

vaxdir_ecef vaxdir_point_ecef(double latitude, double longitude)
{
    const double squared_eccentricity = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F);
    double sine, cosine, sine_of_longitude, cosine_of_longitude;
    sine_and_cosine(latitude, &sine, &cosine);
    sine_and_cosine(vaxdir_longitude_wrap(longitude), &sine_of_longitude, &cosine_of_longitude);
    double normal = polynomial(normal_terms, sine * sine - 0.5);
    double from_axis = normal * cosine;
    /* + 0.0 so that a pole has one set of bits whatever its longitude, and the antimeridian whatever its sign. */
    return (vaxdir_ecef){
        from_axis * cosine_of_longitude + 0.0,
        from_axis * sine_of_longitude + 0.0,
        normal * (1 - squared_eccentricity) * sine + 0.0,
    };
}

void vaxdir_point_ecefs(const double *latitudes, const double *longitudes, bool wide, size_t count,
                        vaxdir_ecef *ret_points)
{
    size_t done = 0;
#if VAXDIR_POINT_HAS_AVX2
    if (wide) {
        vaxdir_point_ecefs_avx2(latitudes, longitudes, count, ret_points);
        done = count;
    }
#endif
    (void)wide;
    for (size_t i = done; i < count; i++)
        ret_points[i] = vaxdir_point_ecef(latitudes[i], longitudes[i]);
}
