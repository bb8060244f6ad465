/* test_geo.c: positions and geodesics: exact wrapping, ECEF coordinates that are right and the same on every build, and
 * the distance's argument order. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <xxhash.h>

#include "geo/geodesic.h"
#include "geo/point.h"

/* xorshift64* (Vigna 2014): the same positions everywhere. */
static uint64_t random_state;

static double random_unit(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (double)(random_state * UINT64_C(0x2545F4914F6CDD1D) >> 11) / 9007199254740992.0;
}

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
    random_state = 7;
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
    random_state = 11;
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
    random_state = 13;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        double latitude = 180 * random_unit() - 90;
        points[i] = vaxdir_point_ecef(latitude, 1000 * random_unit() - 500);
    }
    assert_true(XXH3_64bits(points, sizeof points) == UINT64_C(0x75c7b5dbb2f83fe8));
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
    random_state = 17;
    for (int i = 0; i < 100000; i++) {
        double a[2] = {180 * random_unit() - 90, 360 * random_unit() - 180};
        double b[2] = {180 * random_unit() - 90, 360 * random_unit() - 180};
        double forth;
        geod_inverse(&geodesic.ellipsoid, a[0], a[1], b[0], b[1], &forth, NULL, NULL);
        same_bits(vaxdir_geodesic_distance_m(&geodesic, a[0], a[1], b[0], b[1]), forth);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_out_of_range_are_refused), cmocka_unit_test(wrapping_is_exact),
        cmocka_unit_test(special_positions_are_exact),        cmocka_unit_test(ecef_is_within_5_nm),
        cmocka_unit_test(ecef_is_the_same_on_every_build),    cmocka_unit_test(distances_are_those_of_the_geodesic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
