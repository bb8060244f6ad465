/* bounds.c: the two bounds and their constants, each proven in docs/search.md under the name in its comment.
 * Invariant: every constant is rounded to the safe side, and rounding here is covered by the slack. */
#include "bounds.h"

#include <math.h>

#include "../geo/point.h"

/* docs/search.md, "radii": the greatest radius of curvature, a^2 / b, at the poles. */
static const double greatest_radius = VAXDIR_WGS84_A / (1 - VAXDIR_WGS84_F);

/* docs/search.md, "window": (1 / Rmin^2 - 1 / Rmax^2) / 12 and (1 / Rmin^2 - 1 / Rmax^2) / (24 Rmin^2), rounded up. */
static const double window_linear = 4.1418e-17;
static const double window_square = 5.1595e-31;

/* docs/search.md, "antipode": with a shorter chord the geodesic is no longer than pi * Rmin. */
static const double proven_chord = 12570000.0;

/* docs/search.md, "slack": twice what geod_inverse, the coordinates and the arithmetic can be wrong by together. */
static const double slack = 1e-7;

/* docs/search.md, "farthest": pi * a, rounded up; no geodesic is longer. */
static const double farthest = 20037509.0;

double vaxdir_bounds_window(double squared_chord)
{
    double chord = sqrt(squared_chord) + slack;
    if (!(chord < proven_chord))
        return INFINITY;
    double square = chord * chord;
    return square / (1 - square * (window_linear + window_square * square));
}

double vaxdir_bounds_radius(double distance_m)
{
    if (!(distance_m < farthest))
        return INFINITY;
    double chord = 2 * greatest_radius * sin(distance_m / (2 * greatest_radius)) + slack;
    return chord * chord;
}
