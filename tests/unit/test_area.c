/* test_area.c: what an area is: boundaries, holes, antimeridian, poles; what is refused and where; filters and within.
 * test_area_oracle.c compares it with GEOS and with exact arithmetic. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"

static vaxdir_context *c;

static vaxdir_area *wkt_with(const char *text, const vaxdir_area_options *options)
{
    vaxdir_area *area = NULL;
    vaxdir_status status = vaxdir_area_from_wkt(c, text, strlen(text), options, &area);
    if (status != VAXDIR_OK)
        fail_msg("%s: %s", text, vaxdir_context_error(c)->message);
    return area;
}

static vaxdir_area *wkt(const char *text)
{
    return wkt_with(text, NULL);
}

static vaxdir_area *json(const char *text)
{
    vaxdir_area *area = NULL;
    if (vaxdir_area_from_geojson(c, text, strlen(text), NULL, &area) != VAXDIR_OK)
        fail_msg("%s: %s", text, vaxdir_context_error(c)->message);
    return area;
}

static bool holds(const vaxdir_area *area, double latitude, double longitude)
{
    int32_t inside = 2;
    assert_int_equal(vaxdir_area_contains(c, area, latitude, longitude, &inside), VAXDIR_OK);
    assert_true(inside == 0 || inside == 1);
    return inside == 1;
}

/* Reads and refuses: the status and a part of the message. */
static void refuses(bool is_json, const char *text, const vaxdir_area_options *options, vaxdir_status expected,
                    const char *part)
{
    char untouched;
    vaxdir_area *area = (vaxdir_area *)(void *)&untouched;
    vaxdir_status status = is_json ? vaxdir_area_from_geojson(c, text, strlen(text), options, &area)
                                   : vaxdir_area_from_wkt(c, text, strlen(text), options, &area);
    assert_true((void *)area == &untouched);
    if (status != expected || strstr(vaxdir_context_error(c)->message, part) == NULL)
        fail_msg("%s: %d %s", text, (int)status, vaxdir_context_error(c)->message);
}

static void a_boundary_is_inside(void **state)
{
    (void)state;
    vaxdir_area *area = wkt("POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 8,8 8,8 2,2 2))");
    assert_true(holds(area, 1, 1));
    assert_false(holds(area, 5, 5));
    assert_true(holds(area, 0, 0));
    assert_true(holds(area, 10, 10));
    assert_true(holds(area, 10, 3));
    assert_true(holds(area, 3, 10));
    assert_true(holds(area, 0, 5));
    assert_true(holds(area, 2, 5)); /* of the hole */
    assert_true(holds(area, 8, 8));
    assert_true(holds(area, 5, 2));
    assert_false(holds(area, nextafter(10, 11), 3));
    assert_false(holds(area, 3, nextafter(10, 11)));
    assert_false(holds(area, -1e-139, 3));
    assert_true(holds(area, -1e-141, 3)); /* taken as 0: docs/areas.md */
    assert_false(holds(area, nextafter(2, 3), 5));
    assert_true(holds(area, nextafter(2, 1), 5));
    assert_true(holds(area, 1, 361));
    vaxdir_area_unref(area);
    /* The direction of rings says nothing. */
    area = wkt("POLYGON((0 0,0 10,10 10,10 0,0 0),(2 2,8 2,8 8,2 8,2 2))");
    assert_true(holds(area, 1, 1));
    assert_false(holds(area, 5, 5));
    vaxdir_area_unref(area);
}

static void polygons_are_united(void **state)
{
    (void)state;
    /* Overlapping, side by side, and one in the hole of another, touching nothing. */
    vaxdir_area *area =
        json("{\"type\":\"FeatureCollection\",\"features\":["
             "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\","
             "\"coordinates\":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[8,2],[8,8],[2,8],[2,2]]]}},"
             "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},"
             "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"GeometryCollection\","
             "\"geometries\":[{\"type\":\"MultiPolygon\",\"coordinates\":["
             "[[[4,4],[6,4],[6,6],[4,6],[4,4]]],[[[9,9,1],[20,9,2],[20,20,3],[9,20,4],[9,9,1]]]]}]}}]}");
    assert_true(holds(area, 5, 5));
    assert_false(holds(area, 3, 3));
    assert_true(holds(area, 9.5, 9.5));
    assert_true(holds(area, 15, 15));
    assert_true(holds(area, 10, 10));
    assert_false(holds(area, 5, 15));
    vaxdir_area_unref(area);
}

static void a_feature_is_chosen(void **state)
{
    (void)state;
    const char *text = "{\"type\":\"FeatureCollection\",\"features\":["
                       "{\"type\":\"Feature\",\"properties\":{\"code\":\"2A\"},\"geometry\":{\"type\":\"Polygon\","
                       "\"coordinates\":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},"
                       "{\"type\":\"Feature\",\"properties\":{\"code\":57},\"geometry\":{\"type\":\"Polygon\","
                       "\"coordinates\":[[[2,0],[3,0],[3,1],[2,1],[2,0]]]}}]}";
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    vaxdir_area *area = NULL;
    options.property = "code";
    options.value = "2A";
    assert_int_equal(vaxdir_area_from_geojson(c, text, strlen(text), &options, &area), VAXDIR_OK);
    assert_true(holds(area, 0.5, 0.5));
    assert_false(holds(area, 0.5, 2.5));
    area = vaxdir_area_unref(area);
    options.value = "57";
    assert_int_equal(vaxdir_area_from_geojson(c, text, strlen(text), &options, &area), VAXDIR_OK);
    assert_false(holds(area, 0.5, 0.5));
    assert_true(holds(area, 0.5, 2.5));
    area = vaxdir_area_unref(area);
    options.value = "2";
    refuses(true, text, &options, VAXDIR_ERROR_DATA, "no feature with a geometry has code = '2'");
    options.value = NULL;
    refuses(true, text, &options, VAXDIR_ERROR_ARGUMENT, "go together");
    options.value = "2A";
    refuses(false, "POLYGON((0 0,1 0,1 1,0 0))", &options, VAXDIR_ERROR_ARGUMENT, "GeoJSON");
    refuses(true, "{\"type\":\"Polygon\",\"coordinates\":[]}", &options, VAXDIR_ERROR_DATA, "features");
}

/* Positions in and around Fiji, the seam among them: the same for every way to write the area. */
static void the_antimeridian_may_be_crossed(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "POLYGON((177 -20,-178 -20,-178 -15,177 -15,177 -20))",
        "POLYGON((177 -20,182 -20,182 -15,177 -15,177 -20))",
        "POLYGON((-183 -20,-178 -20,-178 -15,-183 -15,-183 -20))",
        "POLYGON((177 -20,180 -20,-178 -20,-178 -15,-180 -15,177 -15,177 -20))",
        "MULTIPOLYGON(((177 -20,180 -20,180 -15,177 -15,177 -20)),((-180 -20,-178 -20,-178 -15,-180 -15,-180 -20)))",
        "POLYGON((-178 -20,177 -20,177 -15,-178 -15,-178 -20))",
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        vaxdir_area *area = wkt(ways[i]);
        for (double latitude = -21; latitude <= -14; latitude += 0.5)
            for (double longitude = 175; longitude <= 184; longitude += 0.5) {
                bool expected = latitude >= -20 && latitude <= -15 && longitude >= 177 && longitude <= 182;
                if (holds(area, latitude, longitude) != expected || holds(area, latitude, longitude - 360) != expected)
                    fail_msg("%s at %g %g", ways[i], latitude, longitude);
            }
        assert_false(holds(area, -17, 0));
        assert_false(holds(area, -17, 100));
        assert_false(holds(area, -17, -100));
        vaxdir_area_unref(area);
    }
    /* With a hole on the seam, told from the other side. */
    vaxdir_area *area = wkt("POLYGON((170 0,-170 0,-170 20,170 20,170 0),(-175 5,175 5,175 15,-175 15,-175 5))");
    assert_false(holds(area, 10, 180));
    assert_false(holds(area, 10, -180));
    assert_false(holds(area, 10, 176));
    assert_false(holds(area, 10, -176));
    assert_true(holds(area, 10, 175));
    assert_true(holds(area, 10, -172));
    assert_true(holds(area, 15, 180));
    assert_true(holds(area, 2, -180));
    assert_false(holds(area, 10, 0));
    vaxdir_area_unref(area);
    /* Corners on the seam, from either side, without crossing it. */
    area = wkt("POLYGON((180 0,170 10,170 -10,180 0))");
    assert_true(holds(area, 0, 180));
    assert_true(holds(area, 0, -180));
    assert_false(holds(area, 1, 180));
    assert_false(holds(area, 1, -180));
    assert_false(holds(area, 0, -179));
    vaxdir_area_unref(area);
    area = wkt("POLYGON((180 0,-170 10,-170 -10,180 0))");
    assert_true(holds(area, 0, 180));
    assert_true(holds(area, 0, -179));
    assert_false(holds(area, 1, -180));
    assert_false(holds(area, 0, 179));
    vaxdir_area_unref(area);
    /* A slanting edge over the seam and its other side. */
    area = wkt("POLYGON((178 0,-178 4,-178 8,178 4,178 0))");
    assert_true(holds(area, 2, 180));
    assert_true(holds(area, 6, -180));
    assert_false(holds(area, 1.999, 180));
    assert_false(holds(area, 6.001, 180));
    vaxdir_area_unref(area);
}

static void planar_edges_do_not_cross(void **state)
{
    (void)state;
    const char *text = "POLYGON((-100 0,100 0,100 10,-100 10,-100 0))";
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    vaxdir_area *area = wkt(text);
    assert_false(holds(area, 5, 0));
    assert_true(holds(area, 5, 150));
    vaxdir_area_unref(area);
    options.flags = VAXDIR_AREA_PLANAR;
    area = wkt_with(text, &options);
    assert_true(holds(area, 5, 0));
    assert_false(holds(area, 5, 150));
    vaxdir_area_unref(area);
    refuses(false, "POLYGON((170 0,181 0,181 10,170 0))", &options, VAXDIR_ERROR_DATA, "-180 to 180");
}

static void poles_may_be_enclosed(void **state)
{
    (void)state;
    static const char *const north[] = {
        "POLYGON((0 60,90 60,180 60,-90 60,0 60))", "POLYGON((0 60,-90 60,180 60,90 60,0 60))",
        "POLYGON((-170 60,-60 60,50 60,170 60,-170 60))", "POLYGON((0 60,120 60,240 60,0 60))",
        "POLYGON((-180 60,180 60,180 90,-180 90,-180 60))"};
    for (size_t i = 0; i < sizeof north / sizeof *north; i++) {
        vaxdir_area *area = wkt(north[i]);
        for (double longitude = -180; longitude <= 180; longitude += 30) {
            if (!holds(area, 90, longitude) || !holds(area, 60, longitude) || !holds(area, 89.99, longitude) ||
                holds(area, 59.99, longitude) || holds(area, -90, longitude) || holds(area, -70, longitude))
                fail_msg("%s at %g", north[i], longitude);
        }
        vaxdir_area_unref(area);
    }
    static const char *const south[] = {"POLYGON((0 -60,90 -60,180 -60,-90 -60,0 -60))",
                                        "POLYGON((0 -60,-90 -60,180 -60,90 -60,0 -60))",
                                        "POLYGON((-180 -90,-180 -60,0 -60,180 -60,180 -90,-180 -90))"};
    for (size_t i = 0; i < sizeof south / sizeof *south; i++) {
        vaxdir_area *area = wkt(south[i]);
        for (double longitude = -180; longitude <= 180; longitude += 30) {
            if (holds(area, 90, longitude) || !holds(area, -60, longitude) || !holds(area, -89.99, longitude) ||
                holds(area, -59.99, longitude) || !holds(area, -90, longitude))
                fail_msg("%s at %g", south[i], longitude);
        }
        vaxdir_area_unref(area);
    }
    /* A slanted ring with a hole; the ring turns back on itself, but does not meet itself. */
    vaxdir_area *area = wkt("POLYGON((0 60,60 70,50 75,120 62,-120 65,0 60),(-178 80,178 80,178 85,-178 85,-178 80))");
    assert_false(holds(area, 82, 180));
    assert_true(holds(area, 82, 177));
    assert_true(holds(area, 90, 5));
    assert_true(holds(area, 80, 180));
    assert_false(holds(area, 61, 50));
    vaxdir_area_unref(area);
    refuses(false, "POLYGON((0 60,60 70,50 75,10 55,120 62,-120 65,0 60))", NULL, VAXDIR_ERROR_DATA, "intersection");
    refuses(false, "POLYGON((0 60,120 -60,-120 60,0 60))", NULL, VAXDIR_ERROR_DATA, "which pole");
    refuses(false, "POLYGON((0 60,120 60,-120 60,0 60),(0 70,120 70,-120 70,0 70))", NULL, VAXDIR_ERROR_DATA,
            "a hole goes around the Earth");
    refuses(false, "POLYGON((0 60,120 60,-120 60,0 60,120 61,-120 61,0 60))", NULL, VAXDIR_ERROR_DATA,
            "more than once");
    /* Touching a pole with a corner. */
    area = wkt("POLYGON((0 80,10 80,5 90,0 80))");
    assert_true(holds(area, 90, -120));
    assert_false(holds(area, 89, -120));
    assert_false(holds(area, -90, 5));
    vaxdir_area_unref(area);
}

static void the_whole_world_is_an_area(void **state)
{
    (void)state;
    vaxdir_area *area = wkt("SRID=4326;POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))");
    for (double latitude = -90; latitude <= 90; latitude += 15)
        for (double longitude = -360; longitude <= 360; longitude += 7.5)
            if (!holds(area, latitude, longitude))
                fail_msg("not at %g %g", latitude, longitude);
    vaxdir_area_unref(area);
    area = wkt("POLYGON((0 -90,360 -90,360 90,0 90,0 -90))");
    for (double longitude = -360; longitude <= 360; longitude += 7.5)
        if (!holds(area, 12, longitude))
            fail_msg("not at 12 %g", longitude);
    vaxdir_area_unref(area);
}

static void the_invalid_is_refused_or_repaired(void **state)
{
    (void)state;
    const char *bow = "POLYGON((0 0,2 2,2 0,0 2,0 0))";
    refuses(false, bow, NULL, VAXDIR_ERROR_DATA,
            "polygon 1, ring 1, near latitude 1.000000, longitude 1.000000: Self-int");
    refuses(false, "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((0 0,9 0,9 9,0 9,0 0),(-2.5 20,-1 20,-1 21,-2.5 20)))", NULL,
            VAXDIR_ERROR_DATA,
            "polygon 2, ring 2, near latitude 20.000000, longitude -2.500000: Hole lies outside shell");
    refuses(false, "POLYGON((0 0,1 0,2 0,0 0))", NULL, VAXDIR_ERROR_DATA, "polygon 1, ring 1");
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    options.flags = VAXDIR_AREA_REPAIR;
    vaxdir_area *area = wkt_with(bow, &options);
    assert_true(holds(area, 1, 1));
    assert_true(holds(area, 1, 0.5));
    assert_true(holds(area, 1, 1.5));
    assert_false(holds(area, 0.5, 1));
    assert_false(holds(area, 1.5, 1));
    vaxdir_area_unref(area);
    area = wkt_with("POLYGON((179 0,-179 2,-179 0,179 2))", &options); /* not closed, either */
    assert_true(holds(area, 1, 180));
    assert_true(holds(area, 1, 179.5));
    assert_true(holds(area, 1, -179.5));
    assert_false(holds(area, 0.5, -180));
    vaxdir_area_unref(area);
    refuses(false, "POLYGON((0 0,1 0,2 0,0 0))", &options, VAXDIR_ERROR_DATA, "nothing with an inside");
}

static void bad_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "P",
                                        "POINT(1 2)",
                                        "POLYGON",
                                        "POLYGON EMPTY",
                                        "POLYGON Z((0 0 1,1 0 1,1 1 1,0 0 1))",
                                        "POLYGON((0 0,1 0))",
                                        "POLYGON((0 0 1,1 0 1,1 1 1,0 0 1))",
                                        "POLYGON((0 0,1 0,1 1,0 0)",
                                        "POLYGON((0 0,1 0,1 1,0 0)) x",
                                        "POLYGON((0 0,1 0,1 1,0 1))",
                                        "POLYGON(0 0,1 0,1 1,0 0)",
                                        "POLYGON((0,0 1,0 1,1 0,0))",
                                        "POLYGON()",
                                        "POLYGON(())",
                                        "POLYGON((0 0,1 0,1 1,0 0),)",
                                        "POLYGON((nan 0,1 0,1 1,nan 0))",
                                        "POLYGON((0 0,inf 0,1 1,0 0))",
                                        "POLYGON((0 0,0x1 0,1 1,0 0))",
                                        "POLYGON((0 0,1 91,1 1,0 0))",
                                        "POLYGON((0 0,541 0,1 1,0 0))",
                                        "SRID=2154;POLYGON((0 0,1 0,1 1,0 0))",
                                        "SRID=4326 POLYGON((0 0,1 0,1 1,0 0))",
                                        "SRID=4326;",
                                        "MULTIPOLYGON((0 0,1 0,1 1,0 0))",
                                        "MULTIPOLYGON(((0 0,1 0,1 1,0 0))",
                                        "POLYGONS((0 0,1 0,1 1,0 0))",
                                        "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))",
                                        "POLYGON((0 0,1 0,1 1,0 0))\x01"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuses(false, texts[i], NULL, VAXDIR_ERROR_DATA, "");
    vaxdir_area_unref(wkt(" srid=4326; multiPolygon ( ( ( 0 0 , 1 0,1 1\t,\n0 0 ) ) ) "));
    refuses(false, "POLYGON((0 0,1 0,1 1 9,0 0))", NULL, VAXDIR_ERROR_DATA, "column 22");
    assert_int_equal(vaxdir_context_error(c)->column, 22);
    static const char *const documents[] = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        "{\"type\":\"Polygon\"}",
        "{\"type\":\"Polygon\",\"coordinates\":[]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0],[1,0],[1,1],[0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,\"0\"],[1,0],[1,1],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0,0,0],[1,0],[1,1],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[0,0],[1,0],[1,1],[0,0]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,91],[1,0],[1,1],[0,91]]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":{}}",
        "{\"type\":\"FeatureCollection\"}",
        "{\"type\":\"FeatureCollection\",\"features\":[]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{}]}",
        "{\"type\":\"FeatureCollection\",\"features\":[3]}",
        "{\"type\":\"Feature\",\"geometry\":null}",
        "{\"type\":\"Feature\"}",
        "{\"type\":\"GeometryCollection\"}",
        "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[0,0]}]}",
        "{\"type\":\"Polygon\",\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}",
        ("{\"type\":\"Polygon\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:2154\"}},"
         "\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}")};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        refuses(true, documents[i], NULL, VAXDIR_ERROR_DATA, "");
    vaxdir_area_unref(
        json("{\"type\":\"Polygon\",\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},"
             "\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}"));
}

static void limits_are_named(void **state)
{
    (void)state;
    const char *square = "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1))";
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    options.max_vertices = 8;
    refuses(false, square, &options, VAXDIR_ERROR_LIMIT, "max_vertices = 8");
    options.max_vertices = 9;
    options.max_rings = 1;
    refuses(false, square, &options, VAXDIR_ERROR_LIMIT, "max_rings = 1");
    options.max_rings = 2;
    vaxdir_area_unref(wkt_with(square, &options));
    options.max_bytes = strlen(square) - 1;
    refuses(false, square, &options, VAXDIR_ERROR_LIMIT, "max_bytes");
    options.max_bytes = 0;
    options.max_depth = 1;
    refuses(true,
            "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"GeometryCollection\",\"geometries\":[]}]}",
            &options, VAXDIR_ERROR_LIMIT, "max_depth = 1");
    vaxdir_context *small = NULL, *usual = c;
    vaxdir_context_options limits = VAXDIR_CONTEXT_OPTIONS_INIT;
    limits.max_input_bytes = 20;
    assert_int_equal(vaxdir_context_new(&limits, &small), VAXDIR_OK);
    c = small;
    refuses(false, square, NULL, VAXDIR_ERROR_LIMIT, "max_input_bytes");
    c = usual;
    vaxdir_context_unref(small);
}

static void rings_and_batches_take_strides(void **state)
{
    (void)state;
    /* Longitude, latitude pairs; the second ring is closed, the first is not. */
    static const double pairs[][2] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {2, 2}, {8, 2}, {8, 8}, {2, 2}};
    const uint32_t sizes[] = {4, 4};
    vaxdir_area *area = NULL;
    assert_int_equal(vaxdir_area_from_rings(c, &pairs[0][1], &pairs[0][0], sizeof *pairs, sizes, 2, NULL, &area),
                     VAXDIR_OK);
    const double latitudes[] = {1, 3, NAN, 91, 6, 5, 10}, longitudes[] = {1, 7, 0, 0, 3, INFINITY, 370};
    uint8_t inside[7];
    size_t invalid = 0;
    memset(inside, 9, sizeof inside);
    assert_int_equal(vaxdir_area_contains_many(c, area, latitudes, longitudes, 0, 7, inside, &invalid), VAXDIR_OK);
    const uint8_t expected[] = {1, 0, 0, 0, 1, 0, 1};
    assert_memory_equal(inside, expected, sizeof inside);
    assert_int_equal(invalid, 3);
    assert_int_equal(vaxdir_area_contains_many(c, area, latitudes, longitudes, 16, 2, inside, NULL), VAXDIR_OK);
    assert_int_equal(inside[1], 0);
    assert_int_equal(vaxdir_area_contains_many(c, area, NULL, NULL, 0, 0, NULL, NULL), VAXDIR_OK);
    vaxdir_area_unref(area);
}

/* A batch goes through the grid without asking whether a position is in the box, at a pole or one at all: each answer
 * is that of the position by itself. */
static void batches_answer_as_single_positions(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    static const char *const texts[] = {
        "POLYGON((0 60,90 60,180 60,-90 60,0 60))",           "POLYGON((-170 50,-60 70,50 55,170 65,-170 50))",
        "POLYGON((0 -60,90 -60,180 -60,-90 -60,0 -60))",      "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))",
        "POLYGON((170 -10,-170 -10,-160 20,160 15,170 -10))", "POLYGON((2 48,3 48,3 49,2.5 48.5,2 49,2 48))"};
    static const double odd_latitudes[] = {90, -90, NAN, 91, 60, 0, -60, 89.9999999999, 59.99999999999999};
    static const double odd_longitudes[] = {180, -180, 0, 1e-300, NAN, INFINITY, 190, 540, -179.99999999999997};
    static double latitudes[COUNT], longitudes[COUNT];
    static uint8_t inside[COUNT];
    uint64_t random = 88172645463325252;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        vaxdir_area *area = wkt(texts[t]);
        for (size_t i = 0; i < COUNT; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            latitudes[i] = (double)(random >> 44) / 1048575 * 180 - 90;
            longitudes[i] = (double)(random >> 24 & 1048575) / 1048575 * 360 - 180;
            if (i % 3 == 1)
                latitudes[i] = odd_latitudes[i / 3 % 9];
            if (i % 3 == 1 || i % 7 == 2)
                longitudes[i] = odd_longitudes[i / 27 % 9];
        }
        size_t invalid = 0, refused = 0;
        assert_int_equal(vaxdir_area_contains_many(c, area, latitudes, longitudes, 0, COUNT, inside, &invalid),
                         VAXDIR_OK);
        for (size_t i = 0; i < COUNT; i++) {
            int32_t one = 0;
            if (vaxdir_area_contains(c, area, latitudes[i], longitudes[i], &one) != VAXDIR_OK)
                refused++;
            if (inside[i] != one)
                fail_msg("%s at %.17g, %.17g: %d", texts[t], latitudes[i], longitudes[i], inside[i]);
        }
        assert_int_equal(invalid, refused);
        vaxdir_area_unref(area);
    }
}

static void tiny_areas_are_exact(void **state)
{
    (void)state;
    /* One unit in the last place wide: every position is a corner, and nothing else is inside. */
    double x = 2.5, y = 48.5, next_x = nextafter(x, 3), next_y = nextafter(y, 49);
    const double latitudes[] = {y, y, next_y, next_y}, longitudes[] = {x, next_x, next_x, x};
    const uint32_t size = 4;
    vaxdir_area *area = NULL;
    assert_int_equal(vaxdir_area_from_rings(c, latitudes, longitudes, 0, &size, 1, NULL, &area), VAXDIR_OK);
    assert_true(holds(area, y, x) && holds(area, next_y, x) && holds(area, y, next_x) && holds(area, next_y, next_x));
    assert_false(holds(area, nextafter(y, 0), x));
    assert_false(holds(area, y, nextafter(next_x, 3)));
    vaxdir_area_unref(area);
}

static void centres_within_an_area(void **state)
{
    (void)state;
    vaxdir_rules *rules = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    vaxdir_matches *matches = NULL;
    assert_int_equal(vaxdir_rules_default(c, &rules), VAXDIR_OK);
    assert_int_equal(small_build(c, rules, 0, 1, &registry), VAXDIR_OK);
    assert_int_equal(vaxdir_edition_new(c, registry, NULL, &edition), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_new(c, &matches), VAXDIR_OK);
    /* Ids ascend by bytes: gid:1 ... gid:9, id:fidji, id:fidji-2, z:é; 7 and z have no position. */
    vaxdir_area *metz = wkt("POLYGON((6 49,6.5 49,6.5 49.5,6 49.5,6 49))");
    vaxdir_query query = VAXDIR_QUERY_INIT;
    assert_int_equal(vaxdir_within(c, edition, metz, NULL, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(vaxdir_matches_rows(matches)[i], i);
        assert_true(isnan(vaxdir_matches_distances_m(matches)[i]));
    }
    query.limit = 2;
    assert_int_equal(vaxdir_within(c, edition, metz, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 2);
    query.limit = 0;
    const char *city = "Metz";
    vaxdir_filter *in_city = NULL, *in_metz = NULL, *not_metz = NULL, *again = NULL;
    assert_int_equal(vaxdir_filter_in(c, VAXDIR_FIELD_CITY, &city, NULL, 1, &in_city), VAXDIR_OK);
    query.filter = in_city;
    assert_int_equal(vaxdir_within(c, edition, metz, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 2);
    query.max_distance_m = 1;
    assert_int_equal(vaxdir_within(c, edition, metz, &query, matches), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_matches_count(matches), 2);
    query.max_distance_m = 0;
    /* As a filter, and its contrary: centres without a position pass only the latter, and are never found. */
    assert_int_equal(vaxdir_filter_area(c, metz, &in_metz), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_not(c, in_metz, &not_metz), VAXDIR_OK);
    query.filter = in_metz;
    assert_int_equal(vaxdir_nearest(c, edition, -17, 180, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 3);
    query.filter = not_metz;
    assert_int_equal(vaxdir_nearest(c, edition, 49.1, 6.2, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 7);
    /* Equal areas are equal filters, others are not: the cache of bindings goes by content. */
    vaxdir_area *other = wkt("POLYGON((-178 -20,177 -20,177 -15,-178 -15,-178 -20))");
    vaxdir_area_unref(metz);
    assert_int_equal(vaxdir_filter_area(c, other, &again), VAXDIR_OK);
    vaxdir_area_unref(other);
    query.filter = again;
    assert_int_equal(vaxdir_nearest(c, edition, 49.1, 6.2, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 2);
    query.filter = in_metz;
    assert_int_equal(vaxdir_nearest(c, edition, 49.1, 6.2, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 3);
    vaxdir_filter_unref(again);
    vaxdir_filter_unref(not_metz);
    vaxdir_filter_unref(in_metz);
    vaxdir_filter_unref(in_city);
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_rules_unref(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_boundary_is_inside),
        cmocka_unit_test(polygons_are_united),
        cmocka_unit_test(a_feature_is_chosen),
        cmocka_unit_test(the_antimeridian_may_be_crossed),
        cmocka_unit_test(planar_edges_do_not_cross),
        cmocka_unit_test(poles_may_be_enclosed),
        cmocka_unit_test(the_whole_world_is_an_area),
        cmocka_unit_test(the_invalid_is_refused_or_repaired),
        cmocka_unit_test(bad_texts_are_refused),
        cmocka_unit_test(limits_are_named),
        cmocka_unit_test(rings_and_batches_take_strides),
        cmocka_unit_test(batches_answer_as_single_positions),
        cmocka_unit_test(tiny_areas_are_exact),
        cmocka_unit_test(centres_within_an_area),
    };
    if (vaxdir_context_new(NULL, &c) != VAXDIR_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vaxdir_context_unref(c);
    return failed;
}
