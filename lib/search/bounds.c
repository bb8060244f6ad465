/* bounds.c: the two bounds and their constants, each proven in docs/search.md under the name in its comment.
 * Invariant: every constant is rounded to the safe side, and rounding here is covered by the slack. */
#include "bounds.h"

#include <math.h>

#include "../geo/point.h"

/* docs/search.md, "radii": the greatest radius of curvature, a^2 / b, at the poles. */
static const double greatest_radius = VAXDIR_WGS84_A / (1 - VAXDIR_WGS84_F);

/* docs/search.md, "radii": the least radius of curvature, b^2 / a, north-south at the equator. */
static const double least_radius = VAXDIR_WGS84_A * (1 - VAXDIR_WGS84_F) * (1 - VAXDIR_WGS84_F);

/* docs/search.md, "window": (1 / Rmin^2 - 1 / Rmax^2) / 12 and (1 / Rmin^2 - 1 / Rmax^2) / (24 Rmin^2), rounded up. */
static const double window_linear = 4.1418e-17;
static const double window_square = 5.1595e-31;

/* docs/search.md, "antipode": with a shorter chord the geodesic is no longer than pi * Rmin. */
static const double proven_chord = 12570000.0;

/* docs/search.md, "slack": what geod_inverse, the coordinates and the arithmetic can be wrong by together, with room.
 */
static const double least_slack = 1e-7;

/* docs/search.md, "quick window": the greatest coefficient of the fourth power of a proven chord, with room; and the
 * chord at which the slack is taken in proportion. */
static const double quick_square = 1.3e-16;
static const double quick_length = 1000.0;

/* docs/search.md, "farthest": pi * a, rounded up; no geodesic is longer. */
static const double farthest = 20037509.0;

/* A little less than pi / 2. */
static const double quarter_turn = 1.57;

double vaxdir_bounds_slack(double displacement_m)
{
    return least_slack + 2 * displacement_m;
}

double vaxdir_bounds_window(double squared_chord, double slack)
{
    double chord = sqrt(squared_chord) + slack;
    if (!(chord < proven_chord))
        return INFINITY;
    double square = chord * chord;
    return square / (1 - square * (window_linear + window_square * square));
}

vaxdir_index_window vaxdir_bounds_quick_window(double slack)
{
    return (vaxdir_index_window){
        .relative = slack * (1 / quick_length) + 1e-14,
        .square = quick_square,
        .absolute = slack * quick_length + slack * slack + 1e-9,
        .proven = (proven_chord - 1) * (proven_chord - 1),
    };
}

double vaxdir_bounds_radius(double distance_m, double slack)
{
    if (!(distance_m < farthest))
        return INFINITY;
    double chord = 2 * greatest_radius * sin(distance_m / (2 * greatest_radius)) + slack;
    return chord * chord;
}

double vaxdir_bounds_core(double distance_m, double slack)
{
    if (!(distance_m < INFINITY))
        return INFINITY;
    double angle = distance_m / (2 * least_radius);
    double chord = angle < quarter_turn ? 2 * least_radius * sin(angle) - slack : proven_chord;
    chord = chord < proven_chord ? chord : proven_chord;
    return chord < 0 ? -1 : chord * chord;
}

double vaxdir_bounds_reach(double squared_chord, double slack)
{
    double sine = (sqrt(squared_chord) - slack / 2) / (2 * greatest_radius);
    if (!(sine > 0))
        return 0;
    return 2 * greatest_radius * asin(sine < 1 ? sine : 1);
}
