/* point_terms.h: the polynomials of a position, from the lowest power up, all evaluated by Estrin's scheme (1960),
 * whose steps wait for each other less than those of Horner's. Coefficients were computed to 80 digits and rounded to
 * the nearest double.
 *
 * Sine and cosine by Taylor with the degree inside, (pi/180)^n / n!: for angles up to 45 degrees the first terms left
 * out are below 6e-19 (sine) and 3e-18 (cosine). The radius of curvature in the prime vertical, a / sqrt(1 - e^2 s^2)
 * for the sine s of the latitude, by the binomial series about s^2 = 1/2: in w = s^2 - 1/2, with g = e^2 / (1 - e^2/2),
 * a / sqrt(1 - e^2/2) * sum of binomial(2k, k) / 4^k g^k w^k; the first term left out is below 1.1e-18 of the whole.
 * The errors are those of rounding, under 2 units in the last place. */
#ifndef VAXDIR_GEO_POINT_TERMS_H
#define VAXDIR_GEO_POINT_TERMS_H

#define DEGREE 0.017453292519943295

enum { POINT_TERMS = 8 };

/* Of r^3 up to r^17. */
static const double sine_terms[POINT_TERMS] = {
    -8.86096155701298e-07,   1.349601623163255e-11,  -9.788384861617728e-17, 4.1412674172573206e-22,
    -1.1468201775379016e-27, 2.2393679707751967e-33, -3.248335681954942e-39, 3.637866301611077e-45,
};

/* Of r^2 up to r^16. */
static const double cosine_terms[POINT_TERMS] = {
    -0.0001523087098933543, 3.866323851562994e-09, -3.925831985743095e-14,  2.135494303594986e-19,
    -7.227875163670209e-25, 1.667982335528525e-30, -2.7917388752665238e-36, 3.5433845537580686e-42,
};

/* Of w^0 up to w^6. */
static const double normal_terms[POINT_TERMS] = {
    6388838.290121148,    21456.47450159908,      108.09014341847778,     0.6050222019546473,
    0.003555869628305516, 2.1495858962606805e-05, 1.3235267030151442e-07, 0,
};

#endif
