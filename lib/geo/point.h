/* point.h: positions on the WGS84 ellipsoid: range, wrapping, earth-centred coordinates. */
#ifndef VAXDIR_GEO_POINT_H
#define VAXDIR_GEO_POINT_H

#include <stdbool.h>

/* WGS84: equatorial radius in metres, flattening (NIMA TR8350.2, table 3.1). */
#define VAXDIR_WGS84_A 6378137.0
#define VAXDIR_WGS84_F (1 / 298.257223563)

/* Earth-centred, earth-fixed metres. */
typedef struct vaxdir_ecef {
    double x, y, z;
} vaxdir_ecef;

/* Finite, latitude within 90 degrees. */
bool vaxdir_point_valid(double latitude, double longitude);

/* The same meridian from -180 to 180; exact: no rounding. Positive zero for both zeros. */
double vaxdir_longitude_wrap(double longitude);

/* By sine and cosine of our own in plain IEEE arithmetic, so that every build gives the same bits. */
vaxdir_ecef vaxdir_point_ecef(double latitude, double longitude);

#endif
