/* test_karney.c: Karney's test set of WGS84 geodesics, which is no part of the project: the exact path within 15 nm,
 * the chord series within 0.05 mm. Skipped, with a message, where the set is absent. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "geo/chord.h"
#include "geo/geodesic.h"
#include "geo/point.h"

enum { LINES = 10000 };

static char command[1024];

/* Latitudes, longitudes and azimuths of both ends, then the distance; read without the locale. */
static bool read_numbers(const char *line, double number[7])
{
    for (int i = 0; i < 7; i++) {
        size_t length = strcspn(line, " \n");
        if (!vaxdir_text_number((vaxdir_slice){line, length}, &number[i]))
            return false;
        line += length + (line[length] != '\0');
    }
    return true;
}

static double series_m(const double *from, const double *to, double *ret_chord)
{
    vaxdir_ecef a = vaxdir_point_ecef(from[0], from[1]), b = vaxdir_point_ecef(to[0], to[1]);
    double x = b.x - a.x, y = b.y - a.y, z = b.z - a.z, squared = x * x + y * y + z * z;
    *ret_chord = sqrt(squared);
    return vaxdir_chord_distance_m(a, b, squared);
}

static void the_test_set_holds(void **state)
{
    (void)state;
    char line[512];
    FILE *lines = popen(command, "r");
    assert_non_null(lines);
    vaxdir_geodesic geodesic;
    vaxdir_geodesic_init(&geodesic);
    int count = 0, short_ones = 0;
    while (fgets(line, sizeof line, lines) != NULL) {
        double number[7], chord;
        assert_true(read_numbers(line, number));
        double distance = vaxdir_geodesic_distance_m(&geodesic, number[0], number[1], number[3], number[4]);
        /* The file is rounded: distances to 0.1 um, angles to what moves a point by as much. */
        assert_true(fabs(distance - number[6]) < 15e-9 + 5e-8);
        double series = series_m(&number[0], &number[3], &chord);
        if (chord < VAXDIR_CHORD_SERIES_MAX_M) {
            assert_true(fabs(series - number[6]) < 5e-5);
            short_ones++;
        }
        count++;
    }
    assert_int_equal(pclose(lines), 0);
    assert_int_equal(count, LINES);
    assert_true(short_ones > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_test_set_holds)};
    const char *folder = getenv("VAXDIR_SHARED_DATA");
    char path[900];
    if (folder != NULL && snprintf(path, sizeof path, "%s/geodesic/GeodTest-short.dat.gz", folder) < (int)sizeof path) {
        FILE *set = fopen(path, "rb");
        if (set != NULL) {
            fclose(set);
            snprintf(command, sizeof command, "gzip -dc '%s'", path);
            return cmocka_run_group_tests(tests, NULL, NULL);
        }
    }
    printf("1..0 # SKIP the test set of geodesics is not there\n");
    return 0; /* meson takes the plan for the skip, and any other status for a failure */
}
