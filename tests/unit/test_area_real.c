/* test_area_real.c: the real départements, where the shared data is: GEOS agrees on every one of them, and the centres
 * of the feed of 2021-01-15 lie in the département of their commune, but for a handful that is counted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>

#include <vaxdir/vaxdir.h>

#include "../support/random.h"
#include "area_geos.h"
#include "geo/area_index.h"

static vaxdir_context *c;
static char areas[4096], feed[4096];
static char *text;
static size_t text_length;
static json_t *document;

enum { OUTSIDE = 0 }; /* centres whose position is not where their commune is */

/* By the option for the first, which reads the whole file; the others from their feature alone, which is quicker. */
static vaxdir_area *department(const char *code)
{
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    vaxdir_area *area = NULL;
    options.property = "code";
    options.value = code;
    size_t i = 0;
    json_t *feature, *all = json_object_get(document, "features");
    json_array_foreach(all, i, feature)
    {
        const char *known = json_string_value(json_object_get(json_object_get(feature, "properties"), "code"));
        if (known == NULL || strcmp(known, code) != 0)
            continue;
        char *one = json_dumps(feature, JSON_REAL_PRECISION(17));
        assert_non_null(one);
        if (vaxdir_area_from_geojson(c, one, strlen(one), &options, &area) != VAXDIR_OK)
            fail_msg("%s", vaxdir_context_error(c)->message);
        free(one);
        return area;
    }
    fail_msg("no department %s", code);
    return NULL;
}

static void a_department_is_chosen_by_its_code(void **state)
{
    (void)state;
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    vaxdir_area *area = NULL, *alone = department("57");
    options.property = "code";
    options.value = "57";
    assert_int_equal(vaxdir_area_from_geojson(c, text, text_length, &options, &area), VAXDIR_OK);
    assert_memory_equal(area->hash, alone->hash, sizeof area->hash);
    vaxdir_area_unref(alone);
    vaxdir_area_unref(area);
}

static void geos_agrees_on_the_departments(void **state)
{
    (void)state;
    GEOSContextHandle_t handle = GEOS_init_r();
    GEOSGeoJSONReader *reader = GEOSGeoJSONReader_create_r(handle);
    GEOSGeometry *all = GEOSGeoJSONReader_readGeometry_r(handle, reader, text);
    assert_non_null(all);
    int count = GEOSGetNumGeometries_r(handle, all);
    vaxdir_area *together = NULL;
    assert_int_equal(vaxdir_area_from_geojson(c, text, text_length, NULL, &together), VAXDIR_OK);
    oracle *expected = malloc((size_t)count * sizeof *expected);
    double box[4];
    assert_non_null(expected);
    for (int i = 0; i < count; i++)
        expected[i] = oracle_of(handle, GEOSGeom_clone_r(handle, GEOSGetGeometryN_r(handle, all, i)));
    /* Around each: its box, and corners of the area of all, which neighbours share. */
    unsigned insides = 0, checked = 0;
    int positions = getenv("VAXDIR_TEST_SLOW_BUILD") == NULL ? 1000 : 100;
    for (int i = 0; i < count; i++) {
        GEOSGeom_getXMin_r(handle, expected[i].geometry, &box[0]);
        GEOSGeom_getYMin_r(handle, expected[i].geometry, &box[1]);
        GEOSGeom_getXMax_r(handle, expected[i].geometry, &box[2]);
        GEOSGeom_getYMax_r(handle, expected[i].geometry, &box[3]);
        for (int n = 0; n < positions; n++) {
            double x = box[0] + (box[2] - box[0]) * random_unit(), y = box[1] + (box[3] - box[1]) * random_unit();
            if (n % 10 == 0) {
                const vaxdir_area_edge *edge = &together->edges[(size_t)(random_unit() * (double)together->edge_count)];
                x = edge->x_high;
                y = edge->y_high;
            }
            int inside = 0;
            for (int k = 0; k < count && inside == 0; k++)
                inside = oracle_holds(&expected[k], x, y);
            insides += inside == 1;
            checked++;
            if (inside != vaxdir_area_holds(together, y, x))
                fail_msg("%.17g %.17g: GEOS %d", y, x, inside);
        }
    }
    assert_in_range(insides, checked / 2, checked - checked / 20);
    printf("# %u positions, %u inside, %lu edges\n", checked, insides, (unsigned long)together->edge_count);
    for (int i = 0; i < count; i++)
        oracle_free(&expected[i]);
    free(expected);
    vaxdir_area_unref(together);
    GEOSGeom_destroy_r(handle, all);
    GEOSGeoJSONReader_destroy_r(handle, reader);
    GEOS_finish_r(handle);
}

static void centres_lie_in_their_department(void **state)
{
    (void)state;
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    vaxdir_matches *matches = NULL;
    assert_int_equal(vaxdir_builder_new(c, NULL, &builder), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_add_path(c, builder, feed, NULL), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_build(c, builder, &registry), VAXDIR_OK);
    assert_int_equal(vaxdir_edition_new(c, registry, NULL, &edition), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_new(c, &matches), VAXDIR_OK);
    uint32_t rows = vaxdir_registry_count(registry), with = 0, found = 0, strangers = 0;
    char done[128][4] = {{0}};
    size_t codes = 0;
    for (uint32_t row = 0; row < rows; row++) {
        const char *insee = NULL;
        double latitude = NAN;
        char code[4] = "";
        assert_int_equal(vaxdir_registry_text(c, registry, row, VAXDIR_FIELD_INSEE, &insee, NULL), VAXDIR_OK);
        assert_int_equal(vaxdir_registry_number(c, registry, row, VAXDIR_FIELD_LATITUDE, &latitude), VAXDIR_OK);
        if (insee == NULL || strlen(insee) != 5 || isnan(latitude))
            continue;
        snprintf(code, sizeof code, "%.*s", memcmp(insee, "97", 2) == 0 ? 3 : 2, insee);
        with++;
        bool known = false;
        for (size_t i = 0; i < codes && !known; i++)
            known = strcmp(done[i], code) == 0;
        if (known)
            continue;
        /* All centres within that département, and those of its communes among them. */
        memcpy(done[codes++], code, sizeof code);
        assert_in_range(codes, 1, 127);
        vaxdir_area *area = department(code);
        assert_int_equal(vaxdir_within(c, edition, area, NULL, matches), VAXDIR_OK);
        for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++) {
            const char *other = NULL;
            assert_int_equal(
                vaxdir_registry_text(c, registry, vaxdir_matches_rows(matches)[i], VAXDIR_FIELD_INSEE, &other, NULL),
                VAXDIR_OK);
            if (other != NULL && strncmp(other, code, strlen(code)) == 0)
                found++;
            else
                strangers++;
        }
        vaxdir_area_unref(area);
    }
    printf(
        "# %lu centres, %lu with commune and position in %lu departments: %lu inside, %lu outside; %lu others inside\n",
        (unsigned long)rows, (unsigned long)with, (unsigned long)codes, (unsigned long)found,
        (unsigned long)(with - found), (unsigned long)strangers);
    assert_int_equal(with - found, OUTSIDE);
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
}

static bool read_text(void)
{
    FILE *file = fopen(areas, "rb");
    if (file == NULL)
        return false;
    size_t capacity = (size_t)16 << 20;
    text = malloc(capacity);
    text_length = text == NULL ? 0 : fread(text, 1, capacity - 1, file);
    fclose(file);
    if (text != NULL)
        text[text_length] = '\0';
    return text_length > 0;
}

int main(void)
{
    random_seed(20210115);
    const char *data = getenv("VAXDIR_SHARED_DATA");
    snprintf(areas, sizeof areas, "%s/areas/departements-avec-outre-mer.geojson",
             data == NULL ? "../shared/data" : data);
    snprintf(feed, sizeof feed, "%s/centres/centres-vaccination_2021-01-15.csv",
             data == NULL ? "../shared/data" : data);
    if (!read_text()) {
        printf("1..0 # SKIP no real areas at %s: set VAXDIR_SHARED_DATA\n", areas);
        return 0; /* meson takes the plan for the skip, and any other status for a failure */
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_department_is_chosen_by_its_code),
        cmocka_unit_test(geos_agrees_on_the_departments),
        cmocka_unit_test(centres_lie_in_their_department),
    };
    document = json_loadb(text, text_length, 0, NULL);
    if (document == NULL || vaxdir_context_new(NULL, &c) != VAXDIR_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vaxdir_context_unref(c);
    json_decref(document);
    free(text);
    return failed;
}
