/* geodesic.c: the one place that calls PROJ's geodesic.h. Invariant: a distance is never asked for together with
 * an azimuth, and the order of the arguments is the caller's, because both reach the last bits of the distance. */
#include "geodesic.h"

#include <math.h>
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

double vaxdir_geodesic_bearing_deg(const vaxdir_geodesic *geodesic, double from_latitude, double from_longitude,
                                   double to_latitude, double to_longitude)
{
    double distance, azimuth;
    geod_inverse(&geodesic->ellipsoid, from_latitude, from_longitude, to_latitude, to_longitude, &distance, &azimuth,
                 NULL);
    if (distance == 0)
        return NAN;
    if (azimuth < 0)
        azimuth += 360;
    return azimuth > 0 && azimuth < 360 ? azimuth : 0; /* -0 is 0, and so is what is less than 360 by too little */
}
