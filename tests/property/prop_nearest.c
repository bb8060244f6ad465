/* prop_nearest.c: vaxdir_nearest() against measuring every centre with geod_inverse and sorting: rows, order and the
 * bits of the distances, on worlds that are hard for bounds on chords. Prints TAP; arguments:
 * support/property.h. */
#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/property.h"
#include "../support/random.h"
#include "../support/world.h"

enum { ROWS_MAX = 2000, QUERIES_PER_POSITION = 5, ANTIPODES_IN = 8 };

typedef struct measured {
    double distance_m;
    uint32_t row;
} measured;

static world earth;
static measured all[ROWS_MAX];
static vaxdir_context *context;
static vaxdir_rules *rules;
static struct geod_geodesic ellipsoid;
static unsigned long searches, failures;

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

static int compare(const void *left, const void *right)
{
    const measured *a = left, *b = right;
    if (a->distance_m != b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void measure_all(double latitude, double longitude)
{
    for (uint32_t row = 0; row < earth.count; row++) {
        all[row].row = row;
        geod_inverse(&ellipsoid, latitude, longitude, earth.centres[row].latitude, earth.centres[row].longitude,
                     &all[row].distance_m, NULL, NULL);
    }
    qsort(all, earth.count, sizeof *all, compare);
}

/* The bits of geod_inverse where the query asks for them and from 500 km on; within 0.05 mm below; never decreasing. */
static bool good_distance(const vaxdir_query *query, const double *distances_m, uint32_t i, double true_m)
{
    if ((query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0 || true_m >= 500000)
        return distances_m[i] == true_m;
    return fabs(distances_m[i] - true_m) < 5e-5 && (i == 0 || distances_m[i] >= distances_m[i - 1]);
}

static bool equals_brute_force(const vaxdir_query *query, double farthest, world_pairs passing,
                               const vaxdir_matches *matches)
{
    uint32_t limit = query->limit == 0 ? 10 : query->limit, expected = 0;
    double last_m = -1;
    for (uint32_t i = 0; i < earth.count; i++) {
        const world_centre *this = &earth.centres[all[i].row];
        if (expected >= limit && !((query->flags & VAXDIR_QUERY_ALL_TIES) != 0 && all[i].distance_m == last_m))
            break;
        if (!world_passes(passing, this) || all[i].distance_m > farthest || all[i].distance_m < query->min_distance_m)
            continue;
        last_m = all[i].distance_m;
        if (expected >= vaxdir_matches_count(matches) || vaxdir_matches_rows(matches)[expected] != all[i].row ||
            !good_distance(query, vaxdir_matches_distances_m(matches), expected, all[i].distance_m))
            return false;
        expected++;
    }
    return expected == vaxdir_matches_count(matches);
}

/* The batch gives the cells of the single call; beside it stand other positions, one of them none. */
static bool same_in_columns(const vaxdir_edition *edition, double latitude, double longitude, const vaxdir_query *query,
                            const vaxdir_matches *matches)
{
    enum { BESIDE = 20, WIDTH = 10 };
    static uint32_t rows[BESIDE * WIDTH];
    static double distances_m[BESIDE * WIDTH], positions[BESIDE][2];
    vaxdir_query narrow = *query;
    size_t refused = 0;
    if ((query->flags & VAXDIR_QUERY_ALL_TIES) != 0 || query->limit > WIDTH)
        return true;
    uint32_t width = query->limit == 0 ? WIDTH : query->limit, at = random_below(BESIDE - 1);
    for (int i = 0; i < BESIDE; i++) {
        positions[i][0] = i == BESIDE - 1 ? (double)NAN : random_uniform(-90, 90);
        positions[i][1] = random_uniform(-180, 180);
    }
    positions[at][0] = latitude;
    positions[at][1] = longitude;
    check(vaxdir_nearest_columns(context, edition, &positions[0][0], sizeof *positions, &positions[0][1],
                                 sizeof *positions, BESIDE, &narrow, rows, distances_m, &refused),
          "nearest_columns");
    uint32_t count = vaxdir_matches_count(matches);
    for (uint32_t i = 0; i < width; i++) {
        const uint32_t row = i < count ? vaxdir_matches_rows(matches)[i] : VAXDIR_NO_ROW;
        if (rows[at * width + i] != row || rows[(BESIDE - 1) * width + i] != VAXDIR_NO_ROW)
            return false;
        if (i < count ? distances_m[at * width + i] != vaxdir_matches_distances_m(matches)[i]
                      : !isnan(distances_m[at * width + i]))
            return false;
    }
    return refused == 1;
}

static int compare_rows(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* Everything within the distance, in order, and the same rows without order. */
static bool same_within(const vaxdir_edition *edition, double latitude, double longitude, const vaxdir_query *query,
                        double farthest, world_pairs passing, vaxdir_matches *matches)
{
    static uint32_t ordered[ROWS_MAX], unordered[ROWS_MAX];
    vaxdir_query within = *query;
    within.max_distance_m = 0;
    within.limit = UINT32_MAX;
    within.flags &= VAXDIR_QUERY_EXACT_DISTANCES;
    check(vaxdir_within_radius(context, edition, latitude, longitude, farthest, &within, matches), "within_radius");
    if (!equals_brute_force(&within, farthest, passing, matches))
        return false;
    uint32_t count = vaxdir_matches_count(matches);
    if (count > 0)
        memcpy(ordered, vaxdir_matches_rows(matches), count * sizeof *ordered);
    within.flags |= VAXDIR_QUERY_UNORDERED;
    check(vaxdir_within_radius(context, edition, latitude, longitude, farthest, &within, matches), "within_radius");
    if (vaxdir_matches_count(matches) != count)
        return false;
    if (count == 0)
        return true;
    memcpy(unordered, vaxdir_matches_rows(matches), count * sizeof *unordered);
    qsort(ordered, count, sizeof *ordered, compare_rows);
    qsort(unordered, count, sizeof *unordered, compare_rows);
    return memcmp(ordered, unordered, count * sizeof *ordered) == 0;
}

static void ask(const vaxdir_edition *edition, double latitude, double longitude, vaxdir_matches *matches)
{
    static const uint32_t limits[] = {1, 3, 0, 100, UINT32_MAX};
    for (int i = 0; i < QUERIES_PER_POSITION; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        world_pairs passing = ~(world_pairs)0;
        query.limit = limits[i];
        query.flags = random_below(3) == 0 ? VAXDIR_QUERY_EXACT_DISTANCES : 0;
        query.flags |= random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
        if (random_below(2) == 0)
            query.filter = world_filter(context, 2, &passing);
        if (random_below(2) == 0 && earth.count > 0) {
            query.max_distance_m = all[random_below(earth.count)].distance_m;
            if (random_below(2) == 0)
                query.max_distance_m = nextafter(query.max_distance_m, random_below(2) == 0 ? 0 : INFINITY);
        }
        if (random_below(4) == 0 && earth.count > 0)
            query.min_distance_m = all[random_below(earth.count)].distance_m;
        double farthest = query.max_distance_m == 0 ? INFINITY : query.max_distance_m;
        check(vaxdir_nearest(context, edition, latitude, longitude, &query, matches), "nearest");
        searches++;
        bool good = equals_brute_force(&query, farthest, passing, matches);
        good = good && same_in_columns(edition, latitude, longitude, &query, matches);
        good = good && same_within(edition, latitude, longitude, &query, farthest, passing, matches);
        if (!good && failures++ < 10)
            printf("# wrong: %u centres, at %.17g %.17g, limit %u, maximum %.17g, filter %d\n", (unsigned)earth.count,
                   latitude, longitude, (unsigned)query.limit, query.max_distance_m, query.filter != NULL);
        vaxdir_filter_unref(query.filter);
    }
}

static uint32_t random_count(uint32_t round)
{
    static const uint32_t ends[] = {0, 1, 2, 17, ROWS_MAX};
    return round < 5 ? ends[round] : round % 4 == 0 ? 2 + random_below(ROWS_MAX - 1) : 2 + random_below(200);
}

/* One kind of world in many sizes. */
static void try_world(world_kind kind, uint32_t rounds, vaxdir_matches *matches)
{
    unsigned long before = failures, asked = searches;
    for (uint32_t round = 0; round < rounds; round++) {
        world_fill(&earth, kind, random_count(round));
        vaxdir_edition *edition = world_build(&earth, context, rules);
        for (int position = 0; position < 20; position++) {
            double latitude, longitude;
            world_position(&earth, ANTIPODES_IN, &latitude, &longitude);
            measure_all(latitude, longitude);
            ask(edition, latitude, longitude, matches);
        }
        vaxdir_edition_unref(edition);
    }
    property_result(failures == before, "%s: %lu searches equal brute force", world_names[kind], searches - asked);
}

int main(int argc, char **argv)
{
    uint32_t rounds = 26 * property_start(argc, argv, WORLD_COUNT);
    geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    vaxdir_matches *matches = NULL;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (int kind = 0; kind < WORLD_COUNT; kind++)
        try_world((world_kind)kind, rounds, matches);
    printf("# %lu searches, %lu wrong\n", searches, failures);
    world_free(&earth);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
