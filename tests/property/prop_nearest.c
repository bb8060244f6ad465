/* prop_nearest.c: vaxdir_nearest() against measuring every centre with geod_inverse and sorting: rows, order and the
 * bits of the distances, on worlds that are hard for bounds on chords, of at most 2,000 centres; the same answers in
 * columns and within a radius. Prints TAP; arguments: support/property.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/oracle.h"
#include "../support/property.h"
#include "../support/random.h"

enum { ROWS_MAX = 2000, ANTIPODES_IN = 8, POSITIONS = 20, ROUNDS = 22 };

/* The k of k nearest; 0 is 10. */
enum { LIMITS = 5 };
static const uint32_t limits[LIMITS] = {1, 3, 0, 100, UINT32_MAX};

static world earth;
static oracle truth;
static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_matches *matches;
static unsigned long searches, filtered, differ;

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* The query in the oracle's words. */
static oracle_query in_words(const vaxdir_query *query, double farthest, world_pairs passing)
{
    return (oracle_query){
        .limit = query->limit == 0 ? 10 : query->limit,
        .all_ties = (query->flags & VAXDIR_QUERY_ALL_TIES) != 0,
        .passing = passing,
        .min_distance_m = query->min_distance_m,
        .max_distance_m = farthest,
    };
}

static bool equals_brute_force(const vaxdir_query *query, double farthest, world_pairs passing)
{
    const oracle_query words = in_words(query, farthest, passing);
    oracle_by_all_pairs(&truth, &words);
    return oracle_agrees(&truth, (query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0, vaxdir_matches_rows(matches),
                         vaxdir_matches_distances_m(matches), vaxdir_matches_count(matches));
}

/* The batch gives the cells of the single call; beside it stand other positions, one of them none. */
static bool same_in_columns(const vaxdir_edition *edition, double latitude, double longitude, const vaxdir_query *query)
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
                        double farthest, world_pairs passing)
{
    static uint32_t ordered[ROWS_MAX], unordered[ROWS_MAX];
    vaxdir_query within = *query;
    within.max_distance_m = 0;
    within.limit = UINT32_MAX;
    within.flags &= VAXDIR_QUERY_EXACT_DISTANCES;
    check(vaxdir_within_radius(context, edition, latitude, longitude, farthest, &within, matches), "within_radius");
    if (!equals_brute_force(&within, farthest, passing))
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

static double random_distance(void)
{
    return earth.count == 0 ? 1000 : truth.all[random_below(earth.count)].distance_m;
}

/* Each k once. */
static void ask(const vaxdir_edition *edition, double latitude, double longitude)
{
    for (int i = 0; i < LIMITS; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        world_pairs passing = ~(world_pairs)0;
        query.limit = limits[i];
        query.flags = random_below(3) == 0 ? VAXDIR_QUERY_EXACT_DISTANCES : 0;
        query.flags |= random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
        if (random_below(2) == 0)
            query.filter = world_filter(context, 2, &passing);
        if (random_below(2) == 0) {
            query.max_distance_m = random_distance();
            if (random_below(2) == 0)
                query.max_distance_m = nextafter(query.max_distance_m, random_below(2) == 0 ? 0 : INFINITY);
        }
        if (random_below(4) == 0)
            query.min_distance_m = random_distance();
        double farthest = query.max_distance_m == 0 ? INFINITY : query.max_distance_m;
        check(vaxdir_nearest(context, edition, latitude, longitude, &query, matches), "nearest");
        searches++;
        filtered += query.filter != NULL;
        bool good = equals_brute_force(&query, farthest, passing);
        good = good && same_in_columns(edition, latitude, longitude, &query);
        good = good && same_within(edition, latitude, longitude, &query, farthest, passing);
        if (!good && differ++ < 10)
            printf("# wrong: %u centres, at %.17g %.17g, limit %u, maximum %.17g, filter %d\n", (unsigned)earth.count,
                   latitude, longitude, (unsigned)query.limit, query.max_distance_m, query.filter != NULL);
        vaxdir_filter_unref(query.filter);
    }
}

static void try_world(world_kind kind, uint32_t count)
{
    world_fill(&earth, kind, count);
    oracle_take(&truth, &earth);
    vaxdir_edition *edition = world_build(&earth, context, rules);
    for (int position = 0; position < POSITIONS; position++) {
        double latitude, longitude;
        world_position(&earth, ANTIPODES_IN, &latitude, &longitude);
        oracle_measure(&truth, latitude, longitude);
        ask(edition, latitude, longitude);
    }
    vaxdir_edition_unref(edition);
}

static uint32_t random_count(uint32_t round)
{
    static const uint32_t ends[] = {2, 17, ROWS_MAX};
    return round < 3 ? ends[round] : round % 4 == 0 ? 2 + random_below(ROWS_MAX - 1) : 2 + random_below(200);
}

/* Worlds of one sort: of a kind in many sizes, the greatest among them, or of every kind with so many centres. */
static void try_sort(const char *name, int kind, uint32_t fixed_count, uint32_t rounds)
{
    unsigned long searches_before = searches, filtered_before = filtered, differ_before = differ;
    for (uint32_t round = 0; round < rounds; round++)
        try_world(kind < 0 ? (world_kind)(round % WORLD_COUNT) : (world_kind)kind,
                  kind < 0 ? fixed_count : random_count(round));
    unsigned long asked = searches - searches_before;
    property_result(differ == differ_before,
                    "%s: %lu queries, %lu for each k of 1, 3, 10, 100 and all, %lu filtered, on %lu worlds: %lu differ",
                    name, asked, asked / LIMITS, filtered - filtered_before, (unsigned long)rounds,
                    differ - differ_before);
}

int main(int argc, char **argv)
{
    uint32_t rounds = ROUNDS * property_start(argc, argv, WORLD_COUNT + 2);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (int kind = 0; kind < WORLD_COUNT; kind++)
        try_sort(world_names[kind], kind, 0, rounds);
    try_sort("empty", -1, 0, rounds);
    try_sort("one centre", -1, 1, rounds);
    printf("# %lu queries, %lu filtered, %lu differ\n", searches, filtered, differ);
    oracle_free(&truth);
    world_free(&earth);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
