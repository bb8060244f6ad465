/* point.c: range, wrapping and earth-centred coordinates of a position. Invariant: the same degrees give the same bits
 * on every build, because only IEEE + - * / and sqrt are used, which are exactly rounded, and nothing is contracted. */
#include "point.h"

#include <math.h>

bool vaxdir_point_valid(double latitude, double longitude)
{
    return latitude >= -90 && latitude <= 90 && isfinite(longitude);
}

double vaxdir_longitude_wrap(double longitude)
{
    /* IEEE 754 defines the remainder as exact, so libm's is the same everywhere. */
    if (!(longitude >= -180 && longitude <= 180))
        longitude = remainder(longitude, 360);
    return longitude + 0.0; /* -0 + 0 is +0 */
}

/* Sine and cosine of r degrees, |r| <= 45: the Taylor polynomials with the degree inside, whose coefficients
 * (pi/180)^n / n! were computed to 80 digits and rounded to the nearest double. The first terms left out are below
 * 6e-19 (sine) and 3e-18 (cosine): the error is that of rounding, under 2 units in the last place. */
static double sine_of_small(double r)
{
    double q = r * r;
    double sum = 3.637866301611077e-45;
    sum = sum * q - 3.248335681954942e-39;
    sum = sum * q + 2.2393679707751967e-33;
    sum = sum * q - 1.1468201775379016e-27;
    sum = sum * q + 4.1412674172573206e-22;
    sum = sum * q - 9.788384861617728e-17;
    sum = sum * q + 1.349601623163255e-11;
    sum = sum * q - 8.86096155701298e-07;
    return r * 0.017453292519943295 + r * q * sum;
}

static double cosine_of_small(double r)
{
    double q = r * r;
    double sum = 3.5433845537580686e-42;
    sum = sum * q - 2.7917388752665238e-36;
    sum = sum * q + 1.667982335528525e-30;
    sum = sum * q - 7.227875163670209e-25;
    sum = sum * q + 2.135494303594986e-19;
    sum = sum * q - 3.925831985743095e-14;
    sum = sum * q + 3.866323851562994e-09;
    sum = sum * q - 0.0001523087098933543;
    return 1 + q * sum;
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
    double s = sine_of_small(r), c = cosine_of_small(r);
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
    double normal = VAXDIR_WGS84_A / sqrt(1 - squared_eccentricity * (sine * sine));
    double from_axis = normal * cosine;
    /* + 0.0 so that a pole has one set of bits whatever its longitude, and the antimeridian whatever its sign. */
    return (vaxdir_ecef){
        from_axis * cosine_of_longitude + 0.0,
        from_axis * sine_of_longitude + 0.0,
        normal * (1 - squared_eccentricity) * sine + 0.0,
    };
}
