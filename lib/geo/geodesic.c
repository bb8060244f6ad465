/* geodesic.c: the one place that calls PROJ's geodesic.h. Invariant: the azimuths are never asked for, and the order of
 * the arguments is the caller's, because both reach the last bits of the distance. */
#include "geodesic.h"

#include <stddef.h>

#include "point.h"

void vaxdir_geodesic_init(vaxdir_geodesic *geodesic)
{
    geod_init(&geodesic->ellipsoid, VAXDIR_WGS84_A, VAXDIR_WGS84_F);
}

double vaxdir_geodesic_distance_m(const vaxdir_geodesic *geodesic, double from_latitude, double from_longitude,
                                  double to_latitude, double to_longitude)
{
    double distance;
    geod_inverse(&geodesic->ellipsoid, from_latitude, from_longitude, to_latitude, to_longitude, &distance, NULL, NULL);
    return distance;
}
