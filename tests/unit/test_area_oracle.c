/* test_area_oracle.c: the point-in-area test against GEOS on generated polygons with holes, and against whole numbers
 * of 128 bits where it is hardest: on edges and within a few units of the last place of them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "../support/random.h"
#include "area_geos.h"
#include "geo/area_index.h"
#include "geo/orientation.h"

static vaxdir_context *c;

/* A star around a place, closed: every ray from the middle meets it once. */
static void make_star(double *xy, unsigned count, double x, double y, double least, double greatest)
{
    for (unsigned i = 0; i + 1 < count; i++) {
        double angle = 6.283185307179586 * i / (count - 1), radius = least + (greatest - least) * random_unit();
        xy[2 * i] = x + radius * cos(angle);
        xy[2 * i + 1] = y + radius * sin(angle);
    }
    xy[2 * (count - 1)] = xy[0];
    xy[2 * (count - 1) + 1] = xy[1];
}

/* A star with a hole around (x, y), ours and GEOS's. */
static vaxdir_area *make_both(GEOSContextHandle_t handle, unsigned count, double x, double y, oracle *ret_oracle)
{
    double *xy = malloc(sizeof(double) * 4 * count);
    const uint32_t sizes[] = {count, count};
    vaxdir_area *area = NULL;
    assert_non_null(xy);
    make_star(xy, count, x, y, 5, 8);
    make_star(xy + 2 * count, count, x, y, 1, 4);
    GEOSGeometry *hole = oracle_ring(handle, xy + 2 * count, count);
    *ret_oracle = oracle_of(handle, GEOSGeom_createPolygon_r(handle, oracle_ring(handle, xy, count), &hole, 1));
    if (vaxdir_area_from_rings(c, xy + 1, xy, 16, sizes, 2, NULL, &area) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(c)->message);
    free(xy);
    return area;
}

static void geos_agrees_on_random_positions(void **state)
{
    (void)state;
    GEOSContextHandle_t handle = GEOS_init_r();
    static const unsigned counts[] = {4, 5, 8, 30, 300, 3000, 20000};
    random_seed(20210118);
    unsigned insides = 0;
    for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
        oracle expected;
        vaxdir_area *area = make_both(handle, counts[n], 3, 47, &expected);
        for (int i = 0; i < 20000; i++) {
            double x = 3 + 18 * (random_unit() - 0.5), y = 47 + 18 * (random_unit() - 0.5);
            if (i % 4 == 0) { /* a corner, or near one */
                const vaxdir_area_edge *edge = &area->edges[(size_t)(random_unit() * (double)area->edge_count)];
                x = edge->x_low + (i % 8 == 0 ? 0 : 1e-15 * (random_unit() - 0.5));
                y = edge->y_low;
            }
            int inside = oracle_holds(&expected, x, y);
            insides += inside == 1;
            if (inside != vaxdir_area_holds(area, y, x))
                fail_msg("%u corners, %.17g %.17g: GEOS %d", counts[n], y, x, inside);
        }
        vaxdir_area_unref(area);
        oracle_free(&expected);
    }
    assert_in_range(insides, 30000, 110000);
    GEOS_finish_r(handle);
}

static void crossing_the_antimeridian_changes_nothing(void **state)
{
    (void)state;
    /* Coordinates in 1/1024 degree, so that turning them is exact: only edges that are cut may be off, by a rounding of
     * the cut's latitude, far below the grid of positions. */
    double here[2 * 400], there[2 * 400];
    const uint32_t size = 400;
    random_seed(7);
    make_star(here, size, 0, 60, 10, 25);
    for (unsigned i = 0; i < size; i++) {
        here[2 * i] = rint(here[2 * i] * 1024) / 1024;
        here[2 * i + 1] = rint(here[2 * i + 1] * 1024) / 1024;
        there[2 * i] = remainder(here[2 * i] + 180, 360);
        there[2 * i + 1] = here[2 * i + 1];
    }
    vaxdir_area *plain = NULL, *turned = NULL;
    assert_int_equal(vaxdir_area_from_rings(c, here + 1, here, 16, &size, 1, NULL, &plain), VAXDIR_OK);
    assert_int_equal(vaxdir_area_from_rings(c, there + 1, there, 16, &size, 1, NULL, &turned), VAXDIR_OK);
    for (int i = 0; i < 100000; i++) {
        double x = i % 10 == 0 ? 0 : rint(60 * (random_unit() - 0.5) * 1024) / 1024;
        double y = 30 + rint(59 * random_unit() * 1024) / 1024 + (i % 10 == 0 ? 1.0 / 4096 : 0);
        if (vaxdir_area_holds(plain, y, x) != vaxdir_area_holds(turned, y, x + 180))
            fail_msg("%.17g %.17g", y, x);
    }
    vaxdir_area_unref(plain);
    vaxdir_area_unref(turned);
}

__extension__ typedef __int128 wide;

/* Coordinates are multiples of 2^-46 below 64: 52 bits, so that the determinant fits. */
static const double GRID = 70368744177664.0;

static int exact_orientation(const double a[2], const double b[2], const double p[2])
{
    wide ax = (wide)(a[0] * GRID), ay = (wide)(a[1] * GRID), bx = (wide)(b[0] * GRID), by = (wide)(b[1] * GRID);
    wide px = (wide)(p[0] * GRID), py = (wide)(p[1] * GRID);
    wide determinant = (ax - px) * (by - py) - (ay - py) * (bx - px);
    return determinant > 0 ? 1 : determinant < 0 ? -1 : 0;
}

static double on_grid(double value)
{
    return rint(value * GRID) / GRID;
}

/* Inside or on a triangle. */
static bool exact_triangle(double corners[3][2], const double p[2])
{
    int turn = exact_orientation(corners[0], corners[1], corners[2]);
    for (int i = 0; i < 3; i++)
        if (exact_orientation(corners[i], corners[(i + 1) % 3], p) * turn < 0)
            return false;
    return true;
}

static void positions_at_edges_are_exact(void **state)
{
    (void)state;
    unsigned on_edge = 0, inside = 0, total = 0;
    random_seed(99);
    for (int t = 0; t < 400; t++) {
        double corners[3][2];
        bool coarse = t % 2 == 0; /* corners in whole degrees: many positions exactly on the edges */
        for (int i = 0; i < 6; i++)
            corners[i / 2][i % 2] = coarse ? floor(60 * random_unit()) : on_grid(1 + 60 * random_unit());
        if (exact_orientation(corners[0], corners[1], corners[2]) == 0)
            continue;
        const uint32_t size = 3;
        vaxdir_area *area = NULL;
        if (vaxdir_area_from_rings(c, &corners[0][1], &corners[0][0], 16, &size, 1, NULL, &area) != VAXDIR_OK)
            fail_msg("%s", vaxdir_context_error(c)->message);
        for (int i = 0; i < 600; i++) {
            int side = i % 3;
            const double *a = corners[side], *b = corners[(side + 1) % 3];
            double along = coarse ? floor(64 * random_unit()) / 64 : random_unit();
            double p[2] = {on_grid(a[0] + along * (b[0] - a[0])), on_grid(a[1] + along * (b[1] - a[1]))};
            if (i % 2 == 1) {
                p[0] += (floor(5 * random_unit()) - 2) / GRID;
                p[1] += (floor(5 * random_unit()) - 2) / GRID;
            }
            bool expected = exact_triangle(corners, p);
            on_edge += exact_orientation(a, b, p) == 0;
            inside += expected;
            total++;
            if (vaxdir_area_holds(area, p[1], p[0]) != expected)
                fail_msg("triangle %d, %.17g %.17g: exactly %d", t, p[1], p[0], (int)expected);
            if (vaxdir_orientation(a[0], a[1], b[0], b[1], p[0], p[1]) != exact_orientation(a, b, p))
                fail_msg("orientation of %.17g %.17g", p[1], p[0]);
        }
        vaxdir_area_unref(area);
    }
    assert_true(on_edge > total / 5 && inside > total / 3 && inside < total * 9 / 10);
}

static void the_index_stays_linear(void **state)
{
    (void)state;
    /* A comb whose every edge is as high as the area: rows must not multiply it. */
    enum { TEETH = 20000 };
    double *xy = malloc(sizeof(double) * 2 * (2 * TEETH + 2));
    const uint32_t size = 2 * TEETH + 2;
    vaxdir_area *area = NULL;
    assert_non_null(xy);
    for (unsigned i = 0; i < 2 * TEETH; i++) {
        xy[2 * i] = i / 1024.0;
        xy[2 * i + 1] = i % 2 == 0 ? 1 : 80;
    }
    xy[4 * TEETH] = (2 * TEETH - 1) / 1024.0;
    xy[4 * TEETH + 1] = 0;
    xy[4 * TEETH + 2] = 0;
    xy[4 * TEETH + 3] = 0;
    assert_int_equal(vaxdir_area_from_rings(c, xy + 1, xy, 16, &size, 1, NULL, &area), VAXDIR_OK);
    assert_true(area->entry_count <= 8 * area->edge_count + 4096);
    assert_true(vaxdir_area_holds(area, 79, 5 / 1024.0));
    assert_false(vaxdir_area_holds(area, 79, 4 / 1024.0));
    assert_true(vaxdir_area_holds(area, 0.5, 4 / 1024.0));
    vaxdir_area_unref(area);
    free(xy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geos_agrees_on_random_positions),
        cmocka_unit_test(crossing_the_antimeridian_changes_nothing),
        cmocka_unit_test(positions_at_edges_are_exact),
        cmocka_unit_test(the_index_stays_linear),
    };
    if (vaxdir_context_new(NULL, &c) != VAXDIR_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vaxdir_context_unref(c);
    return failed;
}
