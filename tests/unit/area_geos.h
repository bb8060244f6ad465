/* area_geos.h: GEOS's prepared geometries as the oracle of our own point-in-area test. GEOS's point-in-polygon is exact
 * for coordinates as doubles, too (it uses double-double orientation). */
#ifndef AREA_GEOS_H
#define AREA_GEOS_H

#include <stdlib.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

typedef struct oracle {
    GEOSContextHandle_t handle;
    GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared;
} oracle;

static inline GEOSGeometry *oracle_ring(GEOSContextHandle_t handle, const double *xy, unsigned count)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(handle, count, 2);
    for (unsigned i = 0; i < count; i++)
        GEOSCoordSeq_setXY_r(handle, sequence, i, xy[2 * i], xy[2 * i + 1]);
    return GEOSGeom_createLinearRing_r(handle, sequence);
}

/* Takes the geometry. */
static inline oracle oracle_of(GEOSContextHandle_t handle, GEOSGeometry *geometry)
{
    return (oracle){handle, geometry, GEOSPrepare_r(handle, geometry)};
}

/* Closed: intersects, not contains. */
static inline int oracle_holds(const oracle *o, double x, double y)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(o->handle, x, y);
    int inside = GEOSPreparedIntersects_r(o->handle, o->prepared, point);
    GEOSGeom_destroy_r(o->handle, point);
    return inside;
}

static inline void oracle_free(oracle *o)
{
    GEOSPreparedGeom_destroy_r(o->handle, o->prepared);
    GEOSGeom_destroy_r(o->handle, o->geometry);
}

#endif
