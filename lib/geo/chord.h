/* chord.h: the geodesic distance of near points from their chord, without trigonometry. */
#ifndef VAXDIR_GEO_CHORD_H
#define VAXDIR_GEO_CHORD_H

#include "point.h"

/* Up to this chord the series is good; docs/search.md, "series". Every geodesic of 500 km has a longer one. */
#define VAXDIR_CHORD_SERIES_MAX_M 499870.0

/* Metres along the geodesic between two points of the ellipsoid whose squared chord is `squared`: within 0.024 mm for
 * chords up to VAXDIR_CHORD_SERIES_MAX_M; measured, see docs/search.md. 0 for 0. */
double vaxdir_chord_distance_m(vaxdir_ecef from, vaxdir_ecef to, double squared);

#endif
