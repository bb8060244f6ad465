/* point_terms.h: the Taylor polynomials of sine and cosine with the degree inside, whose coefficients (pi/180)^n / n!
 * were computed to 80 digits and rounded to the nearest double. For angles up to 45 degrees the first terms left out
 * are below 6e-19 (sine) and 3e-18 (cosine): the error is that of rounding, under 2 units in the last place. */
#ifndef VAXDIR_GEO_POINT_TERMS_H
#define VAXDIR_GEO_POINT_TERMS_H

#define DEGREE 0.017453292519943295

enum { POINT_TERMS = 8 };

/* Of r^17 down to r^3. */
static const double sine_terms[POINT_TERMS] = {
    3.637866301611077e-45,  -3.248335681954942e-39, 2.2393679707751967e-33, -1.1468201775379016e-27,
    4.1412674172573206e-22, -9.788384861617728e-17, 1.349601623163255e-11,  -8.86096155701298e-07,
};

/* Of r^16 down to r^2. */
static const double cosine_terms[POINT_TERMS] = {
    3.5433845537580686e-42, -2.7917388752665238e-36, 1.667982335528525e-30, -7.227875163670209e-25,
    2.135494303594986e-19,  -3.925831985743095e-14,  3.866323851562994e-09, -0.0001523087098933543,
};

#endif
