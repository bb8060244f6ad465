/* area_draft.h: an area on its way: rings as they are read, then framed, checked, and turned into edges. */
#ifndef VAXDIR_GEO_AREA_DRAFT_H
#define VAXDIR_GEO_AREA_DRAFT_H

#include <vaxdir/area.h>

#include "../base/context.h"
#include "../base/text.h"

/* A vertex at longitude x + 360 * turn, x being from -180 to 180. What was given stays as it was, bit for bit; turns
 * make a ring that crosses the antimeridian one curve in the plane. */
typedef struct vaxdir_area_vertex {
    double x, y;
    int32_t turn;
    int32_t reserved;
} vaxdir_area_vertex;

/* Vertices first to end - 1, the last one being the first again. */
typedef struct vaxdir_area_ring {
    uint32_t first;
    uint32_t end;
    uint32_t polygon;
    int32_t around; /* how often it goes around the Earth eastwards: 0, or 1 or -1 around a pole */
    double west;    /* least and greatest longitude with turns */
    double east;
} vaxdir_area_ring;

typedef struct vaxdir_area_draft {
    vaxdir_context *context;
    vaxdir_area_options options; /* with defaults filled in */
    vaxdir_area_vertex *vertices;
    size_t vertex_count, vertex_capacity;
    vaxdir_area_ring *rings; /* those of a polygon together, the outer one first */
    size_t ring_count, ring_capacity;
    uint32_t polygon_count;
    uint32_t ring_first;    /* first vertex of the ring being read */
    uint32_t polygon_first; /* first ring of the polygon being read */
} vaxdir_area_draft;

/* Checks the options and begins. */
vaxdir_status vaxdir_area_draft_init(vaxdir_context *context, const vaxdir_area_options *options,
                                     vaxdir_area_draft *draft);
void vaxdir_area_draft_free(vaxdir_area_draft *draft);

/* A position of the ring being read; the ring's end, which must be where it began unless `close` is set or repair is
 * asked for; the polygon's. */
vaxdir_status vaxdir_area_draft_vertex(vaxdir_area_draft *draft, double longitude, double latitude);
vaxdir_status vaxdir_area_draft_end_ring(vaxdir_area_draft *draft, bool close);
vaxdir_status vaxdir_area_draft_end_polygon(vaxdir_area_draft *draft);

/* Fails with DATA and a place: "polygon 1, ring 2, latitude 48.1, longitude 2.3: what". Counted from 1; the outer ring
 * is ring 1. */
vaxdir_status vaxdir_area_fail(vaxdir_area_draft *draft, uint32_t polygon, uint32_t ring, double longitude,
                               double latitude, const char *what);

/* area_frame.c: gives the turns to the rings of a polygon, and their way around the Earth. */
vaxdir_status vaxdir_area_frame(vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring);
/* Whether a ring around the Earth encloses the north pole; the south pole otherwise. */
bool vaxdir_area_is_north(const vaxdir_area_draft *draft, const vaxdir_area_ring *ring);

static inline double vaxdir_area_longitude(const vaxdir_area_vertex *vertex)
{
    return vertex->x + 360.0 * vertex->turn;
}

/* area.c: asks GEOS whether a framed polygon is valid. Where it is not, it fails; with repair it appends the polygons
 * that GEOS makes of it to `repaired`, framed, and answers true in *ret_replaced. */
vaxdir_status vaxdir_area_check(vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring,
                                vaxdir_area_draft *repaired, bool *ret_replaced);

/* Readers. */
vaxdir_status vaxdir_area_read_geojson(vaxdir_area_draft *draft, const void *bytes, size_t length);
vaxdir_status vaxdir_area_read_wkt(vaxdir_area_draft *draft, vaxdir_slice text);

#endif
