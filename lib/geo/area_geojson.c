/* area_geojson.c: reads the polygons of a GeoJSON document (RFC 7946). Invariant: what is not understood is refused,
 * never passed over, but for features without a geometry and members that do not change what an area is. */
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "../base/json.h"
#include "area_draft.h"

static vaxdir_status fail(vaxdir_area_draft *draft, const char *what)
{
    return vaxdir_context_fail(draft->context, VAXDIR_ERROR_DATA, "the GeoJSON is refused: %s", what);
}

static vaxdir_status read_position(vaxdir_area_draft *draft, const json_t *position)
{
    size_t count = json_array_size(position); /* 0 for what is no array */
    if (count < 2 || count > 3)
        return fail(draft, "a position is not a list of longitude, latitude and perhaps height");
    for (size_t i = 0; i < count; i++)
        if (!json_is_number(json_array_get(position, i)))
            return fail(draft, "a coordinate is not a number");
    return vaxdir_area_draft_vertex(draft, json_number_value(json_array_get(position, 0)),
                                    json_number_value(json_array_get(position, 1)));
}

static vaxdir_status read_polygon(vaxdir_area_draft *draft, const json_t *rings)
{
    if (!json_is_array(rings))
        return fail(draft, "the coordinates of a polygon are not a list of rings");
    for (size_t r = 0; r < json_array_size(rings); r++) {
        const json_t *ring = json_array_get(rings, r);
        if (!json_is_array(ring))
            return fail(draft, "a ring is not a list of positions");
        vaxdir_status status = VAXDIR_OK;
        for (size_t i = 0; status == VAXDIR_OK && i < json_array_size(ring); i++)
            status = read_position(draft, json_array_get(ring, i));
        if (status == VAXDIR_OK)
            status = vaxdir_area_draft_end_ring(draft, false);
        if (status != VAXDIR_OK)
            return status;
    }
    return vaxdir_area_draft_end_polygon(draft);
}

/* The depth is bounded by options.max_depth. */
static vaxdir_status read_geometry(vaxdir_area_draft *draft, const json_t *geometry, uint32_t depth)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    if (type == NULL)
        return fail(draft, "a geometry has no type");
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    if (strcmp(type, "Polygon") == 0)
        return read_polygon(draft, coordinates);
    bool many = strcmp(type, "MultiPolygon") == 0;
    if (!many && strcmp(type, "GeometryCollection") != 0)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_DATA,
                                   "the GeoJSON is refused: it holds a '%.40s'; only polygons make an area", type);
    const json_t *parts = many ? coordinates : json_object_get(geometry, "geometries");
    if (!json_is_array(parts))
        return fail(draft, "a MultiPolygon has no list of polygons, or a GeometryCollection no list of geometries");
    if (depth >= draft->options.max_depth)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_LIMIT,
                                   "the GeoJSON has collections nested deeper than max_depth = %lu: take them apart",
                                   (unsigned long)draft->options.max_depth);
    vaxdir_status status = VAXDIR_OK;
    for (size_t i = 0; status == VAXDIR_OK && i < json_array_size(parts); i++)
        status = many ? read_polygon(draft, json_array_get(parts, i))
                      : read_geometry(draft, json_array_get(parts, i), depth + 1);
    return status;
}

static bool is_wanted(const vaxdir_area_draft *draft, const json_t *feature)
{
    if (draft->options.property == NULL)
        return true;
    const json_t *value = json_object_get(json_object_get(feature, "properties"), draft->options.property);
    if (json_is_string(value))
        return strlen(draft->options.value) == json_string_length(value) &&
               memcmp(draft->options.value, json_string_value(value), json_string_length(value)) == 0;
    if (!json_is_integer(value))
        return false;
    char decimal[32];
    snprintf(decimal, sizeof decimal, "%lld", (long long)json_integer_value(value));
    return strcmp(decimal, draft->options.value) == 0;
}

static vaxdir_status read_feature(vaxdir_area_draft *draft, const json_t *feature)
{
    const char *type = json_string_value(json_object_get(feature, "type"));
    if (type == NULL || strcmp(type, "Feature") != 0)
        return fail(draft, "the list of features holds something else");
    const json_t *geometry = json_object_get(feature, "geometry");
    if (!is_wanted(draft, feature) || json_is_null(geometry))
        return VAXDIR_OK;
    return read_geometry(draft, geometry, 0);
}

/* "crs" of the GeoJSON of 2008: where it names WGS84 it says nothing new; anything else would be misread. */
static vaxdir_status check_crs(vaxdir_area_draft *draft, const json_t *document)
{
    const json_t *crs = json_object_get(document, "crs");
    if (crs == NULL || json_is_null(crs))
        return VAXDIR_OK;
    const char *name = json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
    static const char *const known[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84",
                                        "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"};
    for (size_t i = 0; name != NULL && i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0)
            return VAXDIR_OK;
    return fail(draft, "its crs is not WGS84 (CRS84, EPSG:4326): convert the coordinates");
}

static vaxdir_status read_document(vaxdir_area_draft *draft, const json_t *document)
{
    const char *type = json_string_value(json_object_get(document, "type"));
    vaxdir_status status = type == NULL ? fail(draft, "it has no type") : check_crs(draft, document);
    if (status != VAXDIR_OK)
        return status;
    bool collection = strcmp(type, "FeatureCollection") == 0;
    if (!collection && strcmp(type, "Feature") != 0) {
        if (draft->options.property != NULL)
            return fail(draft, "it has no features to choose from by a property");
        return read_geometry(draft, document, 0);
    }
    if (!collection)
        return read_feature(draft, document);
    const json_t *features = json_object_get(document, "features");
    if (!json_is_array(features))
        return fail(draft, "a FeatureCollection has no list of features");
    for (size_t i = 0; status == VAXDIR_OK && i < json_array_size(features); i++)
        status = read_feature(draft, json_array_get(features, i));
    return status;
}

vaxdir_status vaxdir_area_read_geojson(vaxdir_area_draft *draft, const void *bytes, size_t length)
{
    json_t *document;
    if (length == 0)
        return fail(draft, "it is empty");
    vaxdir_status status =
        vaxdir_json_read(draft->context, bytes, length, VAXDIR_ERROR_DATA, "the GeoJSON is", &document);
    if (status != VAXDIR_OK)
        return status;
    status = read_document(draft, document);
    json_decref(document);
    return status;
}
