/* prop_arc.c: the arc of lib/geo/arc.h against geod_inverse: its error is everywhere less than an eighth of what it
 * says (docs/search.md, "arc"). The error is a smooth function of three numbers, the latitude and the azimuth at one
 * end and the distance: a grid over all three, uphill from the worst of each distance, and random pairs. Prints TAP;
 * arguments: support/property.h. */
#include <math.h>
#include <stdio.h>

#include "../support/property.h"
#include "../support/random.h"
#include "geo/arc.h"
#include "geo/geodesic.h"

enum { BANDS = 18 };
static const double band_m = 1e6, rounding_m = 3e-8, room = 8;

typedef struct pair {
    double latitude, azimuth, distance_m;
} pair;

static vaxdir_geodesic geodesic;
static unsigned long compared, unsaid;

/* The error as a part of what is said of it; 0 where nothing is said. */
static double part_between(const double from[2], const double to[2])
{
    double distance_m = vaxdir_geodesic_distance_m(&geodesic, from[0], from[1], to[0], to[1]);
    vaxdir_arc arc =
        vaxdir_arc_between(vaxdir_point_ecef(from[0], from[1]), vaxdir_point_ecef(to[0], vaxdir_longitude_wrap(to[1])));
    if (!(arc.error_m < INFINITY)) {
        unsaid++;
        return distance_m > 1.7e7 ? 0 : INFINITY;
    }
    compared++;
    double wrong = fabs(arc.distance_m - distance_m) - rounding_m;
    return wrong <= 0 ? 0 : wrong / arc.error_m;
}

static double part_of(pair at)
{
    const double from[2] = {at.latitude, 0};
    double to[2];
    geod_direct(&geodesic.ellipsoid, at.latitude, 0, at.azimuth, at.distance_m, &to[0], &to[1], NULL);
    return part_between(from, to);
}

/* Goes up from a pair while it can, by steps that get smaller. */
static double climb(pair *at, double part)
{
    for (double step = 1; step > 1e-3;) {
        double before = part;
        for (int direction = 0; direction < 6; direction++) {
            double by = direction % 2 == 0 ? step : -step;
            pair next = *at;
            *(direction < 2   ? &next.latitude
              : direction < 4 ? &next.azimuth
                              : &next.distance_m) += direction < 4 ? by : by * 1e4;
            if (fabs(next.latitude) > 90 || next.distance_m <= 0 || next.distance_m > 1.8e7)
                continue;
            double found = part_of(next);
            if (found > part) {
                part = found;
                *at = next;
            }
        }
        if (part == before)
            step /= 2;
    }
    return part;
}

static void try_grid(int times)
{
    const int latitudes = 30 * times, azimuths = 45 * times, distances = 120 * times;
    pair worst_at[BANDS];
    double worst[BANDS] = {0}, most = 0;
    for (int i = 0; i <= latitudes; i++)
        for (int j = 0; j <= azimuths; j++)
            for (int k = 1; k <= distances; k++) {
                pair at = {90.0 * i / latitudes, 180.0 * j / azimuths, 1.79e7 * k / distances};
                int band = (int)(at.distance_m / band_m);
                double part = part_of(at);
                if (part > worst[band]) {
                    worst[band] = part;
                    worst_at[band] = at;
                }
                most = part > most ? part : most;
            }
    property_result(most * room < 1, "grid of %lu pairs: the error is at most 1 in %.2f of what is said", compared,
                    1 / most);
    for (int band = 0; band < BANDS; band++) {
        if (worst[band] == 0)
            continue;
        double top = climb(&worst_at[band], worst[band]);
        most = top > most ? top : most;
        printf("# %d,000 km: 1 in %.2f at latitude %.3f, azimuth %.3f, %.0f m\n", band, 1 / top,
               worst_at[band].latitude, worst_at[band].azimuth, worst_at[band].distance_m);
    }
    property_result(most * room < 1, "uphill from the worst of each distance: at most 1 in %.2f", 1 / most);
}

/* Latitudes of which some are at the equator and at the poles, and near them. */
static double some_latitude(void)
{
    uint32_t kind = random_below(8);
    double near = random_uniform(-1, 1);
    near = near * near * near;
    return kind == 0 ? near : kind == 1 ? 90 - fabs(near) : kind == 2 ? fabs(near) - 90 : random_uniform(-90, 90);
}

static void try_pairs(unsigned long count)
{
    double most = 0;
    for (unsigned long i = 0; i < count; i++) {
        const double from[2] = {some_latitude(), random_uniform(-180, 180)};
        double to[2] = {some_latitude(), random_uniform(-180, 180)};
        if (i % 2 == 0) {
            /* As near as a metre, and along meridians and the equator, too. */
            double azimuth = random_below(3) == 0 ? 90.0 * random_below(4) : random_uniform(0, 360);
            geod_direct(&geodesic.ellipsoid, from[0], from[1], azimuth, pow(10, random_uniform(0, 7.25)), &to[0],
                        &to[1], NULL);
        }
        double part = part_between(from, to);
        most = part > most ? part : most;
    }
    property_result(most * room < 1, "%lu random pairs: at most 1 in %.2f", count, 1 / most);
}

int main(int argc, char **argv)
{
    uint32_t times = property_start(argc, argv, 3);
    vaxdir_geodesic_init(&geodesic);
    try_grid(times > 1 ? 3 : 1);
    try_pairs(300000ul * times);
    printf("# %lu pairs compared, of %lu nothing is said\n", compared, unsaid);
    return property_end();
}
