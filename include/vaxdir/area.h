/* area.h: areas on the Earth: polygons in longitude and latitude, and which positions they contain. */
#ifndef VAXDIR_AREA_H
#define VAXDIR_AREA_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A set of polygons in WGS84 and their union: immutable, counted by reference, usable from any thread. Edges are
 * straight in longitude and latitude; boundaries, those of holes too, belong to the area. docs/areas.md tells all. */
typedef struct vaxdir_area vaxdir_area;

/* Flags of vaxdir_area_options. */
enum {
    VAXDIR_AREA_REPAIR = 1, /* close open rings, and let GEOS make an invalid polygon valid, instead of refusing it */
    VAXDIR_AREA_PLANAR = 2  /* no edge crosses the antimeridian, however long: longitudes are -180 to 180 as given */
};

/* How an area is read; 0 and NULL everywhere are the defaults. */
typedef struct vaxdir_area_options {
    uint32_t struct_size;
    uint32_t flags;
    uint64_t max_bytes;    /* of the text; 0 is 256 MiB. max_input_bytes of the context holds, too */
    uint32_t max_vertices; /* of all rings together, at most 100,000,000; 0 is 1,000,000 */
    uint32_t max_rings;    /* 0 is 100,000 */
    uint32_t max_depth;    /* of collections inside collections in GeoJSON; 0 is 8 */
    uint32_t reserved;
    const char *property;  /* GeoJSON: only features whose property of this name has the value below; NULL is all */
    const char *value;     /* a text, or a whole number in decimal; not NULL where property is not */
} vaxdir_area_options;

#define VAXDIR_AREA_OPTIONS_INIT {sizeof(vaxdir_area_options), 0, 0, 0, 0, 0, 0, NULL, NULL}

/**
 * Reads an area from GeoJSON (RFC 7946: longitude before latitude): Polygon, MultiPolygon, a collection of these, a
 * Feature or a FeatureCollection, whose polygons are united. Features without geometry are passed over.
 *
 * @param context  not NULL.
 * @param bytes  the document in UTF-8, not NULL.
 * @param length  its length in bytes.
 * @param options  NULL for defaults; read during the call only.
 * @param ret_area  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_DATA (no GeoJSON, no polygon, no such feature, invalid polygon: the message says
 *   where and why); VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY;
 *   VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_INTERNAL.
 * @ownership nothing is kept of the bytes; the caller owns one reference: vaxdir_area_unref().
 * @thread the thread that uses the context.
 * @cost n log n in the vertices; the document is held as a tree meanwhile.
 * @since 0.1
 * @source RFC 7946; validity and repair: GEOS.
 */
VAXDIR_API vaxdir_status vaxdir_area_from_geojson(vaxdir_context *context, const void *bytes, size_t length,
                                                  const vaxdir_area_options *options, vaxdir_area **ret_area);

/**
 * Reads an area from WKT: POLYGON or MULTIPOLYGON with two ordinates, longitude before latitude, perhaps after
 * "SRID=4326;". Everything else is refused.
 *
 * @param context  not NULL.
 * @param text  the text, not NULL.
 * @param length  its length in bytes.
 * @param options  NULL for defaults; read during the call only; property must be NULL.
 * @param ret_area  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_DATA (with the column); VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_ARGUMENT;
 *   VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_INTERNAL.
 * @ownership nothing is kept of the text; the caller owns one reference: vaxdir_area_unref().
 * @thread the thread that uses the context.
 * @cost n log n in the vertices.
 * @since 0.1
 * @source OGC 06-103r4, section 7.
 */
VAXDIR_API vaxdir_status vaxdir_area_from_wkt(vaxdir_context *context, const char *text, size_t length,
                                              const vaxdir_area_options *options, vaxdir_area **ret_area);

/**
 * Makes an area of one polygon from coordinates: an outer ring and then its holes, each closed or not, in any
 * direction.
 *
 * @param context  not NULL.
 * @param latitudes  degrees WGS84, -90 to 90, not NULL: all rings one after another.
 * @param longitudes  degrees WGS84, not NULL.
 * @param stride  bytes from one latitude to the next, and from one longitude to the next; 0 is 8.
 * @param ring_sizes  how many positions each ring has, not NULL.
 * @param ring_count  how many rings, at least 1.
 * @param options  NULL for defaults; read during the call only; property must be NULL.
 * @param ret_area  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_DATA; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_INTERNAL.
 * @ownership the coordinates are copied; the caller owns one reference: vaxdir_area_unref().
 * @thread the thread that uses the context.
 * @cost n log n in the vertices.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_area_from_rings(vaxdir_context *context, const double *latitudes,
                                                const double *longitudes, ptrdiff_t stride, const uint32_t *ring_sizes,
                                                size_t ring_count, const vaxdir_area_options *options,
                                                vaxdir_area **ret_area);

/**
 * Takes one more reference.
 *
 * @param area  NULL is allowed.
 * @return area.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_area *vaxdir_area_ref(vaxdir_area *area);

/**
 * Gives a reference back; the last one releases the area.
 *
 * @param area  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_area *vaxdir_area_unref(vaxdir_area *area);

/**
 * Tells whether a position lies in an area. Exact for the coordinates as doubles; a position on a boundary is inside.
 *
 * @param context  not NULL.
 * @param area  not NULL.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param ret_inside  not NULL; 1 or 0, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (position); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may ask one area, each with its own context.
 * @cost constant away from the boundary, else the edges at that latitude; allocates nothing.
 * @since 0.1
 * @source Shewchuk, Adaptive precision floating-point arithmetic (1997): the sign of an orientation.
 */
VAXDIR_API vaxdir_status vaxdir_area_contains(vaxdir_context *context, const vaxdir_area *area, double latitude,
                                              double longitude, int32_t *ret_inside);

/**
 * Tells of many positions whether they lie in an area.
 *
 * @param context  not NULL.
 * @param area  not NULL.
 * @param latitudes  degrees WGS84; NULL only with count 0.
 * @param longitudes  degrees WGS84; NULL only with count 0.
 * @param stride  bytes from one latitude to the next, and from one longitude to the next; 0 is 8.
 * @param count  how many positions.
 * @param inside  room for count bytes: 1 or 0; 0 for a position that is none. NULL only with count 0.
 * @param ret_invalid  how many positions are none (NaN, infinite, latitude beyond 90); may be NULL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may ask one area, each with its own context.
 * @cost count times that of vaxdir_area_contains(); allocates nothing.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_area_contains_many(vaxdir_context *context, const vaxdir_area *area,
                                                   const double *latitudes, const double *longitudes, ptrdiff_t stride,
                                                   size_t count, uint8_t *inside, size_t *ret_invalid);

#ifdef __cplusplus
}
#endif

#endif
