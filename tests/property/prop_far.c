/* prop_far.c: what a search does where the chord's window is wide, and where few pass a filter, against measuring every
 * centre with geod_inverse: a town from afar, with and without places that several share, and rare filters, which get a
 * tree of their own, on every world. Counts the calls of geod_inverse from afar: it is hardly called for more than it
 * is asked to report. Prints TAP; arguments: support/property.h. */
#include <math.h>
#include <stdio.h>

#include "../support/oracle.h"
#include "../support/property.h"
#include "../support/random.h"

enum { ROWS_MAX = 2000, ONE_OF = 64, LIMITS = 5, RARE_TOWN = 4, ROUNDS = 12, POSITIONS = 12 };
static const uint32_t limits[LIMITS] = {1, 3, 10, 12, 100};

static world earth;
static oracle truth;
static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_matches *matches;
static unsigned long searches, differ, calls;

/* Instead of the library's; the same function by its longer name. */
void geod_inverse(const struct geod_geodesic *ellipsoid, double latitude_1, double longitude_1, double latitude_2,
                  double longitude_2, double *distance, double *azimuth_1, double *azimuth_2)
{
    calls++;
    (void)geod_geninverse(ellipsoid, latitude_1, longitude_1, latitude_2, longitude_2, distance, azimuth_1, azimuth_2,
                          NULL, NULL, NULL, NULL);
}

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* One query of all shapes, and in columns; gives how often geod_inverse was called for vaxdir_nearest(). */
static unsigned long ask(const vaxdir_edition *edition, double latitude, double longitude, const vaxdir_query *query,
                         world_pairs passing)
{
    const oracle_query words = {
        .limit = query->limit,
        .all_ties = (query->flags & VAXDIR_QUERY_ALL_TIES) != 0,
        .passing = passing,
        .min_distance_m = query->min_distance_m,
        .max_distance_m = query->max_distance_m == 0 ? INFINITY : query->max_distance_m,
    };
    static uint32_t rows[ROWS_MAX];
    static double distances_m[ROWS_MAX];
    bool exact = (query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0;
    unsigned long before = calls;
    check(vaxdir_nearest(context, edition, latitude, longitude, query, matches), "nearest");
    unsigned long called = calls - before;
    oracle_by_all_pairs(&truth, &words);
    bool good = oracle_agrees(&truth, exact, vaxdir_matches_rows(matches), vaxdir_matches_distances_m(matches),
                              vaxdir_matches_count(matches));
    if (!words.all_ties && query->limit <= ROWS_MAX) {
        check(vaxdir_nearest_columns(context, edition, &latitude, 0, &longitude, 0, 1, query, rows, distances_m, NULL),
              "nearest_columns");
        good = good && oracle_agrees(&truth, exact, rows, distances_m, vaxdir_matches_count(matches));
    }
    searches++;
    if (!good && differ++ < 10)
        printf("# wrong: %u centres, at %.17g %.17g, limit %u, from %.17g to %.17g\n", (unsigned)earth.count, latitude,
               longitude, (unsigned)query->limit, query->min_distance_m, query->max_distance_m);
    return called;
}

/* A distance of the world from the position that was measured last, or the next double on either side. */
static double some_distance(void)
{
    double distance_m = truth.all[random_below(earth.count)].distance_m;
    uint32_t side = random_below(3);
    return side == 0 ? distance_m : nextafter(distance_m, side == 1 ? 0 : INFINITY);
}

static vaxdir_query some_query(uint32_t limit)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = limit;
    query.flags = random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_EXACT_DISTANCES : 0;
    query.flags |= random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
    if (random_below(3) == 0)
        query.max_distance_m = some_distance();
    if (random_below(3) == 0)
        query.min_distance_m = some_distance();
    return query;
}

/* --- a town from afar --------------------------------------------------------------------------------------------- */

/* Every third centre mirrors the one before in the town's meridian, and every fifth stands where the one before does,
 * where places are shared. */
static void build_town(double latitude, double longitude, bool shared)
{
    double spread = random_uniform(0.001, 0.2);
    world_fill(&earth, WORLD_FRANCE, ROWS_MAX);
    for (uint32_t row = 0; row < earth.count; row++) {
        world_centre *centre = &earth.centres[row];
        const world_centre *before = row == 0 ? centre : centre - 1;
        centre->latitude = latitude + spread * random_uniform(-1, 1);
        centre->longitude = longitude + spread * random_uniform(-1, 1);
        if (shared && row > 0 && row % 3 == 0) {
            centre->latitude = before->latitude;
            centre->longitude = longitude - (before->longitude - longitude);
        } else if (shared && row > 0 && row % 5 == 0) {
            centre->latitude = before->latitude;
            centre->longitude = before->longitude;
        }
    }
}

static void try_town(bool shared, uint32_t rounds)
{
    unsigned long before = searches, differ_before = differ, asked = 0, called = 0, wanted = 0, most = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        double town[2] = {random_uniform(-89, 89), shared ? random_below(300) - 150.0 : random_uniform(-150, 150)};
        build_town(town[0], town[1], shared);
        oracle_take(&truth, &earth);
        vaxdir_edition *edition = world_build(&earth, context, rules);
        for (int position = 0; position < POSITIONS; position++) {
            double latitude, longitude, away = random_uniform(550e3, shared ? 20e6 : 16.9e6);
            double azimuth = shared ? 180.0 * random_below(2) : random_uniform(0, 360);
            geod_direct(&truth.ellipsoid, town[0], town[1], azimuth, away, &latitude, &longitude, NULL);
            oracle_measure(&truth, latitude, longitude);
            for (int i = 0; i < LIMITS; i++) {
                vaxdir_query query = VAXDIR_QUERY_INIT;
                query.limit = limits[i];
                unsigned long once = ask(edition, latitude, longitude, &query, ~(world_pairs)0);
                asked++;
                called += once;
                wanted += limits[i];
                most = once - limits[i] > most ? once - limits[i] : most;
                query = some_query(limits[i]);
                ask(edition, latitude, longitude, &query, ~(world_pairs)0);
            }
        }
        vaxdir_edition_unref(edition);
    }
    property_result(differ == differ_before, "a town from afar%s: %lu queries, %lu differ",
                    shared ? ", shared places" : "", searches - before, differ - differ_before);
    if (!shared)
        property_result(called <= wanted + wanted / 10,
                        "geod_inverse is called %lu times by %lu queries that report %lu, at most %lu more in one",
                        called, asked, wanted, most);
}

/* --- rare filters ------------------------------------------------------------------------------------------------- */

static void try_rare(world_kind kind, uint32_t rounds)
{
    const char *const towns[] = {"Mamoudzou"};
    const world_pairs rare = ((world_pairs)(1 << WORLD_KINDS) - 1) << (RARE_TOWN * WORLD_KINDS);
    unsigned long before = searches, differ_before = differ, passed = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        world_fill(&earth, kind, ONE_OF + random_below(ROWS_MAX - ONE_OF + 1));
        uint32_t some = 1 + random_below(earth.count / ONE_OF);
        for (uint32_t row = 0; row < earth.count; row++)
            earth.centres[row].town %= RARE_TOWN;
        for (uint32_t i = 0; i < some; i++)
            earth.centres[random_below(earth.count)].town = RARE_TOWN;
        oracle_take(&truth, &earth);
        vaxdir_edition *edition = world_build(&earth, context, rules);
        vaxdir_filter *filter = NULL;
        uint32_t count = 0;
        check(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, towns, NULL, 1, &filter), "filter_in");
        check(vaxdir_filter_count(context, edition, filter, &count), "filter_count");
        passed += count;
        for (int position = 0; position < POSITIONS; position++) {
            double latitude, longitude;
            world_position(&earth, 8, &latitude, &longitude);
            oracle_measure(&truth, latitude, longitude);
            for (int i = 0; i < LIMITS; i++) {
                vaxdir_query query = some_query(limits[i]);
                query.filter = filter;
                ask(edition, latitude, longitude, &query, rare);
            }
        }
        vaxdir_filter_unref(filter);
        vaxdir_edition_unref(edition);
    }
    property_result(differ == differ_before, "%s: %lu queries among %lu of one in %d or fewer, %lu differ",
                    world_names[kind], searches - before, passed, ONE_OF, differ - differ_before);
}

int main(int argc, char **argv)
{
    uint32_t rounds = ROUNDS * property_start(argc, argv, WORLD_COUNT + 3);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    try_town(false, rounds);
    try_town(true, rounds);
    for (int kind = 0; kind < WORLD_COUNT; kind++)
        try_rare((world_kind)kind, rounds);
    printf("# %lu queries, %lu differ\n", searches, differ);
    oracle_free(&truth);
    world_free(&earth);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
