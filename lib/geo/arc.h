/* arc.h: the geodesic distance of far points in closed form, with a bound on its error: what is behind and what is
 * before, without geod_inverse. */
#ifndef VAXDIR_GEO_ARC_H
#define VAXDIR_GEO_ARC_H

#include "point.h"

typedef struct vaxdir_arc {
    double distance_m;
    double error_m; /* the geodesic is no more than this away from it; INFINITY where nothing is said: far away */
} vaxdir_arc;

/* Of two points of the ellipsoid; docs/search.md, "arc". */
vaxdir_arc vaxdir_arc_between(vaxdir_ecef from, vaxdir_ecef to);

#endif
