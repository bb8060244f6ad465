/* geodesic.h: distance along the WGS84 geodesic, by PROJ's geodesic.h (Karney 2013); needs no proj.db. */
#ifndef VAXDIR_GEO_GEODESIC_H
#define VAXDIR_GEO_GEODESIC_H

#include <geodesic.h>

/* The ellipsoid's series; made once per context, then read only. */
typedef struct vaxdir_geodesic {
    struct geod_geodesic ellipsoid;
} vaxdir_geodesic;

void vaxdir_geodesic_init(vaxdir_geodesic *geodesic);

/* Metres; degrees in. The order of the points is part of the result's last bits: from query to centre. */
double vaxdir_geodesic_distance_m(const vaxdir_geodesic *geodesic, double from_latitude, double from_longitude,
                                  double to_latitude, double to_longitude);

/* The azimuth at `from`, clockwise from north, at least 0 and less than 360; NAN where the distance is 0. */
double vaxdir_geodesic_bearing_deg(const vaxdir_geodesic *geodesic, double from_latitude, double from_longitude,
                                   double to_latitude, double to_longitude);

#endif
