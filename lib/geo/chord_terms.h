/* chord_terms.h: the constants of the series; docs/search.md, "series". Compilers fold them with IEEE arithmetic. */
#ifndef VAXDIR_GEO_CHORD_TERMS_H
#define VAXDIR_GEO_CHORD_TERMS_H

#include "point.h"

#define SQUARED_ECCENTRICITY (VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F))
#define RATIO (1 / (1 - SQUARED_ECCENTRICITY)) /* a^2 / b^2 */
#define INVERSE_SQUARE (1 / (VAXDIR_WGS84_A * VAXDIR_WGS84_A))
#define TURN (SQUARED_ECCENTRICITY / 160 * (INVERSE_SQUARE * INVERSE_SQUARE))

/* Of the short form: what the flattening adds along the axis, the square of it by the line that is nearest to t^2 for
 * t from 0 to 1; and how the square of the normal grows with z. */
#define LEAN (2 * (RATIO - 1) + 0.8284271247461903 * ((RATIO - 1) * (RATIO - 1)))
#define TILT (RATIO * (RATIO - 1) * INVERSE_SQUARE)
#define CURVE (INVERSE_SQUARE / 24)
#define SHORT_SQUARED (VAXDIR_CHORD_SHORT_MAX_M * VAXDIR_CHORD_SHORT_MAX_M)

#endif
