/* point.h: positions on the WGS84 ellipsoid: range, wrapping, earth-centred coordinates. */
#ifndef VAXDIR_GEO_POINT_H
#define VAXDIR_GEO_POINT_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* WGS84: equatorial radius in metres, flattening (NIMA TR8350.2, table 3.1). */
#define VAXDIR_WGS84_A 6378137.0
#define VAXDIR_WGS84_F (1 / 298.257223563)

/* Earth-centred, earth-fixed metres. */
typedef struct vaxdir_ecef {
    double x, y, z;
} vaxdir_ecef;

/* Finite, latitude within 90 degrees. */
static inline bool vaxdir_point_valid(double latitude, double longitude)
{
    return latitude >= -90 && latitude <= 90 && isfinite(longitude);
}

/* What vaxdir_longitude_wrap() gives for a longitude that is not from -180 to 180. */
double vaxdir_longitude_turn(double longitude);

/* The same meridian from -180 to 180; exact: no rounding. Positive zero for both zeros. */
static inline double vaxdir_longitude_wrap(double longitude)
{
    bool within = longitude >= -180 && longitude <= 180;
    return (within ? longitude : vaxdir_longitude_turn(longitude)) + 0.0; /* -0 + 0 is +0 */
}

/* By sine and cosine of our own in plain IEEE arithmetic, so that every build gives the same bits. */
vaxdir_ecef vaxdir_point_ecef(double latitude, double longitude);

/* The same bits for many positions, whose longitudes are wrapped. `wide` says that the processor has AVX2. */
void vaxdir_point_ecefs(const double *latitudes, const double *longitudes, bool wide, size_t count,
                        vaxdir_ecef *ret_points);

void vaxdir_point_ecefs_avx2(const double *latitudes, const double *longitudes, size_t count, vaxdir_ecef *ret_points);

#if defined(__GNUC__) && defined(__x86_64__)
#define VAXDIR_POINT_HAS_AVX2 1
#else
#define VAXDIR_POINT_HAS_AVX2 0
#endif

#endif
