/* test_geo.c: positions and geodesics: exact wrapping, ECEF coordinates that are right and the same on every build, and
 * the distance's argument order. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <xxhash.h>

#include "../support/random.h"
#include "geo/chord.h"
#include "geo/geodesic.h"
#include "geo/point.h"

static void same_bits(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

static void same_point(double latitude, double longitude, double other_latitude, double other_longitude)
{
    vaxdir_ecef a = vaxdir_point_ecef(latitude, longitude), b = vaxdir_point_ecef(other_latitude, other_longitude);
    same_bits(a.x, b.x);
    same_bits(a.y, b.y);
    same_bits(a.z, b.z);
}

static void positions_out_of_range_are_refused(void **state)
{
    (void)state;
    assert_true(vaxdir_point_valid(90, 180));
    assert_true(vaxdir_point_valid(-90, -1e300));
    assert_false(vaxdir_point_valid(nextafter(90, 91), 0));
    assert_false(vaxdir_point_valid(-91, 0));
    assert_false(vaxdir_point_valid(NAN, 0));
    assert_false(vaxdir_point_valid(0, NAN));
    assert_false(vaxdir_point_valid(0, INFINITY));
    assert_false(vaxdir_point_valid(-INFINITY, 0));
}

static void wrapping_is_exact(void **state)
{
    (void)state;
    same_bits(vaxdir_longitude_wrap(-0.0), 0.0);
    same_bits(vaxdir_longitude_wrap(-360), 0.0);
    same_bits(vaxdir_longitude_wrap(180), 180);
    same_bits(vaxdir_longitude_wrap(-180), -180);
    same_bits(vaxdir_longitude_wrap(190), -170);
    same_bits(vaxdir_longitude_wrap(361.5), 1.5);
    same_bits(vaxdir_longitude_wrap(nextafter(180, 181)), nextafter(180, 181) - 360);
    same_bits(vaxdir_longitude_wrap(48.1 + 360), (48.1 + 360) - 360);
    assert_true(fabs(vaxdir_longitude_wrap(1e300)) <= 180);
    random_seed(7);
    for (int i = 0; i < 10000; i++) {
        double longitude = 1e6 * (random_unit() - 0.5), wrapped = vaxdir_longitude_wrap(longitude);
        assert_true(wrapped >= -180 && wrapped <= 180);
        assert_true(fmod(longitude - wrapped, 360) == 0);
        same_bits(vaxdir_longitude_wrap(wrapped), wrapped);
    }
}

static void special_positions_are_exact(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2)
        for (double longitude = -400; longitude <= 400; longitude += 12.5) {
            vaxdir_ecef pole = vaxdir_point_ecef(90 * sign, longitude);
            same_bits(pole.x, 0.0);
            same_bits(pole.y, 0.0);
            assert_true(fabs(pole.z - sign * 6356752.314245179) < 2e-9);
        }
    for (double latitude = -90; latitude <= 90; latitude += 3.75) {
        same_point(latitude, 180, latitude, -180);
        same_point(latitude, 180, latitude, 540);
        same_point(latitude, 0, latitude, 360);
        same_point(latitude, -0.0, latitude, 0);
    }
    same_point(-0.0, 10, 0.0, 10);
    vaxdir_ecef corner = vaxdir_point_ecef(0, 90);
    same_bits(corner.x, 0.0);
    same_bits(corner.y, VAXDIR_WGS84_A);
    same_bits(corner.z, 0.0);
}

/* docs/search.md, "slack", takes 5 nm for a position. The reference is the C library's long double. */
static void ecef_is_within_5_nm(void **state)
{
    (void)state;
    const long double pi = 3.14159265358979323846264338327950288L;
    const long double f = 1 / 298.257223563L, e2 = f * (2 - f);
    random_seed(11);
    double worst = 0;
    for (int i = 0; i < 200000; i++) {
        double latitude = 180 * random_unit() - 90, longitude = 360 * random_unit() - 180;
        if (i % 4 == 0)
            latitude = 45 * round(latitude / 45) + 1e-3 * (random_unit() - 0.5);
        if (i % 8 == 0)
            longitude = 45 * round(longitude / 45) + 1e-3 * (random_unit() - 0.5);
        latitude = fmin(90, fmax(-90, latitude));
        vaxdir_ecef point = vaxdir_point_ecef(latitude, longitude);
        long double phi = latitude * pi / 180, lambda = longitude * pi / 180;
        long double normal = 6378137 / sqrtl(1 - e2 * sinl(phi) * sinl(phi));
        long double dx = point.x - normal * cosl(phi) * cosl(lambda);
        long double dy = point.y - normal * cosl(phi) * sinl(lambda);
        long double dz = point.z - normal * (1 - e2) * sinl(phi);
        worst = fmax(worst, (double)sqrtl(dx * dx + dy * dy + dz * dz));
    }
    assert_true(worst < 5e-9);
}

/* The bits of 100,000 positions, as every compiler must give them: gcc and clang, -O0 to -O3 -march=native. */
static void ecef_is_the_same_on_every_build(void **state)
{
    (void)state;
    static vaxdir_ecef points[100000];
    random_seed(13);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        double latitude = 180 * random_unit() - 90;
        points[i] = vaxdir_point_ecef(latitude, 1000 * random_unit() - 500);
    }
    assert_int_equal(XXH3_64bits(points, sizeof points), UINT64_C(0x67238db2f5044343));
}

static void distances_are_those_of_the_geodesic(void **state)
{
    (void)state;
    vaxdir_geodesic geodesic;
    vaxdir_geodesic_init(&geodesic);
    /* The quarter meridian of WGS84 and a quarter of its equator. */
    assert_true(fabs(vaxdir_geodesic_distance_m(&geodesic, 0, 0, 90, 0) - 10001965.729) < 1e-3);
    assert_true(fabs(vaxdir_geodesic_distance_m(&geodesic, 0, 10, 0, 100) - 10018754.171) < 1e-3);
    assert_true(vaxdir_geodesic_distance_m(&geodesic, 12, 180, 12, -180) == 0);
    /* The order of the points reaches the last bit of about one distance in 10,000: it must be the documented one. */
    random_seed(17);
    for (int i = 0; i < 100000; i++) {
        double a[2] = {180 * random_unit() - 90, 360 * random_unit() - 180};
        double b[2] = {180 * random_unit() - 90, 360 * random_unit() - 180};
        double forth;
        geod_inverse(&geodesic.ellipsoid, a[0], a[1], b[0], b[1], &forth, NULL, NULL);
        same_bits(vaxdir_geodesic_distance_m(&geodesic, a[0], a[1], b[0], b[1]), forth);
    }
}

static double series_m(const double *from, const double *to, double *ret_chord)
{
    vaxdir_ecef a = vaxdir_point_ecef(from[0], from[1]), b = vaxdir_point_ecef(to[0], to[1]);
    double x = b.x - a.x, y = b.y - a.y, z = b.z - a.z, squared = x * x + y * y + z * z;
    *ret_chord = sqrt(squared);
    return vaxdir_chord_distance_m(a, b, squared);
}

/* docs/search.md, "series": the errors stated there, at all latitudes and azimuths, poles, equator and meridians more
 * often than by chance. The first rows are of the short form, the others of the long one. */
static void the_series_is_as_good_as_stated(void **state)
{
    (void)state;
    const double reach_m[] = {5e3, 10e3, 20e3, 50e3, 100e3, 200e3, 300e3, 400e3, 499.9e3};
    const double stated_m[] = {5e-9, 1.8e-8, 1.5e-7, 5e-9, 1e-8, 2.4e-7, 1.8e-6, 7.7e-6, 2.4e-5};
    vaxdir_geodesic geodesic;
    vaxdir_geodesic_init(&geodesic);
    random_seed(19);
    for (size_t k = 0; k < sizeof reach_m / sizeof *reach_m; k++)
        for (int i = 0; i < 30000; i++) {
            double from[2] = {180 * random_unit() - 90, 360 * random_unit() - 180}, to[2], chord;
            double azimuth = i % 4 == 0 ? 45 * floor(8 * random_unit()) : 360 * random_unit();
            if (i % 3 == 0)
                from[0] = fmax(-90, fmin(90, 90 * floor(3 * random_unit() - 1) + 4 * random_unit() - 2));
            geod_direct(&geodesic.ellipsoid, from[0], from[1], azimuth, reach_m[k] * (i % 2 == 0 ? 1 : random_unit()),
                        &to[0], &to[1], NULL);
            double distance = vaxdir_geodesic_distance_m(&geodesic, from[0], from[1], to[0], to[1]);
            double series = series_m(from, to, &chord);
            bool stated = reach_m[k] <= VAXDIR_CHORD_SHORT_MAX_M || chord >= VAXDIR_CHORD_SHORT_MAX_M;
            assert_true(fabs(series - distance) <= (stated ? stated_m[k] : 1.5e-7));
            assert_true(distance < 500000 || chord > VAXDIR_CHORD_SERIES_MAX_M);
        }
}

/* Four at a time as one by one, over the edges of the polynomials, too. */
static void many_points_have_the_bits_of_one(void **state)
{
    (void)state;
    enum { MANY = 4003 };
    static double latitudes[MANY], longitudes[MANY];
    static vaxdir_ecef points[MANY];
    const double edges[] = {-0.0, 0, 45, -45, 90, -90, 135, -135, 180, -180, 1e-300, -1e-300, 44.99999999999999};
    const size_t edge_count = sizeof edges / sizeof *edges;
    random_seed(29);
    for (size_t i = 0; i < MANY; i++) {
        latitudes[i] = i % 3 == 0 ? fmin(90, fmax(-90, edges[i / 3 % edge_count])) : 180 * random_unit() - 90;
        longitudes[i] = i % 5 == 0 ? edges[i / 5 % edge_count] : 360 * random_unit() - 180;
    }
    for (int wide = 0; wide < 2; wide++) {
#if VAXDIR_POINT_HAS_AVX2
        if (wide != 0 && !__builtin_cpu_supports("avx2"))
            continue;
#endif
        vaxdir_point_ecefs(latitudes, longitudes, wide != 0, MANY, points);
        for (size_t i = 0; i < MANY; i++) {
            vaxdir_ecef one = vaxdir_point_ecef(latitudes[i], longitudes[i]);
            assert_memory_equal(&points[i], &one, sizeof one);
        }
    }
}

static void lanes_give_the_bits_of_the_series(void **state)
{
    (void)state;
    vaxdir_chord_pairs pairs = {.squared = {0}};
    double found[2][VAXDIR_CHORD_LANES];
    random_seed(23);
    for (int round = 0; round < 20000; round++) {
        double latitude = 180 * random_unit() - 90, longitude = 360 * random_unit() - 180;
        vaxdir_ecef a = vaxdir_point_ecef(latitude, longitude);
        for (int i = 0; i < VAXDIR_CHORD_LANES; i++) {
            /* Short and long chords, and both in one four. */
            double reach = (round + i / 4) % 3 == 0 ? 0.1 : round % 2 == 0 ? 4 : pow(10, -2 * random_unit());
            vaxdir_ecef b =
                vaxdir_point_ecef(fmin(90, latitude + reach * random_unit()), longitude + reach * random_unit() / 4);
            b = i == round % 64 ? a : b;
            const double from[3] = {a.x, a.y, a.z}, end[3] = {b.x, b.y, b.z};
            pairs.squared[i] = 0;
            for (int axis = 0; axis < 3; axis++) {
                pairs.from[i][axis] = from[axis];
                pairs.to[i][axis] = end[axis];
                pairs.squared[i] += (end[axis] - from[axis]) * (end[axis] - from[axis]);
            }
        }
        for (int wide = 0; wide < 2; wide++) {
#if VAXDIR_CHORD_HAS_AVX2
            if (wide != 0 && !__builtin_cpu_supports("avx2"))
                continue;
#endif
            int count = round % VAXDIR_CHORD_LANES + 1;
            vaxdir_chord_pairs_m(&pairs, wide != 0, count, found[0]);
            vaxdir_chord_fan_m(a, pairs.to[0], pairs.squared, wide != 0, count, found[1]);
            for (int i = 0; i < count; i++) {
                vaxdir_ecef b = {pairs.to[i][0], pairs.to[i][1], pairs.to[i][2]};
                double one = vaxdir_chord_distance_m(a, b, pairs.squared[i]);
                for (int form = 0; form < 2; form++)
                    assert_memory_equal(&found[form][i], &one, sizeof one);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_out_of_range_are_refused),  cmocka_unit_test(wrapping_is_exact),
        cmocka_unit_test(special_positions_are_exact),         cmocka_unit_test(ecef_is_within_5_nm),
        cmocka_unit_test(ecef_is_the_same_on_every_build),     cmocka_unit_test(many_points_have_the_bits_of_one),
        cmocka_unit_test(distances_are_those_of_the_geodesic), cmocka_unit_test(the_series_is_as_good_as_stated),
        cmocka_unit_test(lanes_give_the_bits_of_the_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
