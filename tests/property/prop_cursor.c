/* prop_cursor.c: cursors, tokens, work limits and bearings against measuring every centre with geod_inverse and
 * sorting, on worlds that are hard for bounds on chords. Prints TAP. The seed is the first argument, or VAXDIR_SEED, or
 * fixed; --long asks ten times as much. */
#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

enum { ROWS_MAX = 2000, POSITIONS = 8 };

static const char *const towns[] = {"Metz", "Paris", "Mamoudzou"};

typedef struct measured {
    double distance_m;
    uint32_t row;
} measured;

static struct {
    uint32_t count;
    double home[2], positions[ROWS_MAX][2];
    unsigned town[ROWS_MAX];
} earth;
static measured all[ROWS_MAX]; /* in order, of all centres */
static measured wanted[ROWS_MAX];
static uint32_t wanted_count;
static double asked[2];
static uint64_t state;
static vaxdir_context *context, *other_context;
static vaxdir_rules *rules;
static vaxdir_edition *edition;
static vaxdir_matches *matches;
static struct geod_geodesic ellipsoid;

/* xorshift64* (Vigna 2014). */
static uint64_t random_bits(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(0x2545F4914F6CDD1D);
}

static double uniform(double low, double high)
{
    return low + (high - low) * ((double)(random_bits() >> 11) / 9007199254740992.0);
}

static uint32_t below(uint32_t count)
{
    return (uint32_t)((random_bits() >> 32) * count >> 32);
}

static void check(vaxdir_status status, const char *what)
{
    if (status == VAXDIR_OK)
        return;
    printf("Bail out! %s: %s %s\n", what, vaxdir_context_error(context)->message,
           vaxdir_context_error(other_context)->message);
    exit(1);
}

/* Worlds. */

static void place(uint32_t row, double latitude, double longitude)
{
    latitude = latitude > 90 ? 180 - latitude : latitude < -90 ? -180 - latitude : latitude;
    longitude = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    earth.positions[row][0] = latitude;
    earth.positions[row][1] = longitude;
}

static void fill_towns(void)
{
    for (uint32_t row = 0; row < earth.count; row++) {
        double spread = uniform(0, 0.3), town = below(8);
        place(row, 43 + town + spread * uniform(-1, 1), 8 * sin(town * 7) + spread * uniform(-1, 1));
    }
    earth.home[0] = uniform(41, 52);
    earth.home[1] = uniform(-6, 10);
}

static void fill_whole_earth(void)
{
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, asin(uniform(-1, 1)) * 57.29577951308232, uniform(-180, 180));
    earth.home[0] = uniform(-90, 90);
    earth.home[1] = uniform(-180, 180);
}

static void fill_antimeridian(void)
{
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, -17 + uniform(-2, 2), row % 10 == 0 ? 180 : 180 + uniform(-2, 2));
    earth.home[0] = -17 + uniform(-3, 3);
    earth.home[1] = below(2) == 0 ? uniform(177, 180) : uniform(-180, -177);
}

static void fill_poles(void)
{
    for (uint32_t row = 0; row < earth.count; row++) {
        double latitude = row % 7 == 0 ? 90 : 90 - uniform(0, 1) * uniform(0, 1) * 3;
        place(row, row % 2 == 0 ? latitude : -latitude, uniform(-180, 180));
    }
    earth.home[0] = below(4) == 0 ? 90 : uniform(88, 90);
    earth.home[1] = uniform(-180, 180);
}

static void fill_near_antipodal(void)
{
    earth.home[0] = below(3) == 0 ? uniform(-0.5, 0.5) : uniform(-80, 80);
    earth.home[1] = uniform(-180, 180);
    double far = below(3) == 0 ? 0.6 : below(2) == 0 ? 3 : 30;
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, -earth.home[0] + uniform(-far, far),
              earth.home[1] + (earth.home[1] > 0 ? -180 : 180) + (row % 9 == 0 ? 0 : uniform(-far, far)));
}

static void fill_one_point(void)
{
    earth.home[0] = uniform(-90, 90);
    earth.home[1] = uniform(-180, 180);
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, earth.home[0], earth.home[1]);
}

/* Symmetric about the equator and a meridian, where geod_inverse gives equal bits and only the row decides. */
static void fill_lattice(void)
{
    double step = below(2) == 0 ? 1 : 0.25;
    uint32_t side = (uint32_t)sqrt((double)earth.count);
    for (uint32_t row = 0; row < earth.count; row++) {
        uint32_t mixed = (row * 7919u) % earth.count; /* so that ties are not in the order of rows already */
        place(row, step * ((double)(mixed % (side + 1)) - side / 2), step * ((double)(mixed / (side + 1)) - side / 2));
    }
    earth.home[0] = step * below(3) / 2;
    earth.home[1] = 0;
}

static const struct {
    const char *name;
    void (*fill)(void);
} worlds[] = {
    {"towns", fill_towns},       {"whole Earth", fill_whole_earth},       {"antimeridian", fill_antimeridian},
    {"both poles", fill_poles},  {"near-antipodal", fill_near_antipodal}, {"one point", fill_one_point},
    {"a lattice", fill_lattice},
};

static void build(void)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_edition_options edition_options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    builder_options.rules = edition_options.rules = rules;
    check(vaxdir_builder_new(context, &builder_options, &builder), "builder_new");
    for (uint32_t row = 0; row < earth.count; row++) {
        char id[16];
        int length = snprintf(id, sizeof id, "p:%05u", (unsigned)row);
        earth.town[row] = below(3);
        const char *town = towns[earth.town[row]];
        check(vaxdir_builder_begin_record(context, builder, id, (size_t)length), "begin_record");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, earth.positions[row][0]), "latitude");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, earth.positions[row][1]),
              "longitude");
        check(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_CITY, town, strlen(town)), "city");
        check(vaxdir_builder_end_record(context, builder), "end_record");
    }
    check(vaxdir_builder_build(context, builder, &registry), "build");
    vaxdir_builder_unref(builder);
    check(vaxdir_edition_new(context, registry, &edition_options, &edition), "edition_new");
    vaxdir_registry_unref(registry);
}

/* Queries. */

static void random_position(void)
{
    asked[0] = earth.home[0];
    asked[1] = earth.home[1];
    const double *some = earth.positions[below(earth.count)];
    double off = below(2) == 0 ? 0 : pow(10, uniform(-14, 0));
    switch (below(5)) {
    case 0:
        asked[0] = uniform(-90, 90);
        asked[1] = uniform(-180, 180);
        break;
    case 1: /* at a centre, or a nanometre to a hundred kilometres from it */
        asked[0] = some[0] + off * uniform(-1, 1);
        asked[1] = some[1] + off * uniform(-1, 1);
        break;
    case 2: /* at or near the antipode of one */
        asked[0] = -some[0] + off * uniform(-1, 1);
        asked[1] = some[1] + 180 + off * uniform(-1, 1);
        break;
    default:
        break;
    }
    asked[0] = asked[0] > 90 ? 90 : asked[0] < -90 ? -90 : asked[0];
}

static int compare(const void *left, const void *right)
{
    const measured *a = left, *b = right;
    if (a->distance_m != b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void measure_all(void)
{
    for (uint32_t row = 0; row < earth.count; row++) {
        all[row].row = row;
        geod_inverse(&ellipsoid, asked[0], asked[1], earth.positions[row][0], earth.positions[row][1],
                     &all[row].distance_m, NULL, NULL);
    }
    qsort(all, earth.count, sizeof *all, compare);
}

/* A query, and what it is to find without a limit. */
static vaxdir_query random_query(void)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    unsigned town = below(4);
    double farthest = INFINITY;
    if (town < 3)
        check(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, &towns[town], NULL, 1, &query.filter), "filter_in");
    if (below(2) == 0) {
        farthest = query.max_distance_m = all[below(earth.count)].distance_m;
        farthest = farthest == 0 ? INFINITY : farthest;
    }
    if (below(3) == 0)
        query.min_distance_m = all[below(earth.count)].distance_m;
    query.flags |= below(2) == 0 ? (uint32_t)VAXDIR_QUERY_EXACT_DISTANCES : 0;
    query.flags |= below(2) == 0 ? (uint32_t)VAXDIR_QUERY_BEARINGS : 0;
    wanted_count = 0;
    for (uint32_t i = 0; i < earth.count; i++)
        if ((town == 3 || earth.town[all[i].row] == town) && all[i].distance_m >= query.min_distance_m &&
            all[i].distance_m <= farthest)
            wanted[wanted_count++] = all[i];
    return query;
}

/* The bits of geod_inverse where the query asks for them and from 500 km on; within 0.05 mm below. */
static bool good_distance(const vaxdir_query *query, double distance_m, double true_m)
{
    if ((query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0 || true_m >= 500000)
        return distance_m == true_m;
    return fabs(distance_m - true_m) < 5e-5;
}

static bool good_bearing(uint32_t row, double bearing_deg)
{
    double distance_m, azimuth;
    geod_inverse(&ellipsoid, asked[0], remainder(asked[1], 360), earth.positions[row][0], earth.positions[row][1],
                 &distance_m, &azimuth, NULL);
    if (distance_m == 0)
        return isnan(bearing_deg);
    return bearing_deg >= 0 && bearing_deg < 360 && fabs(remainder(bearing_deg - azimuth, 360)) < 1e-9;
}

/* Whether the matches are those that are wanted from the first on. */
static bool good_matches(const vaxdir_query *query, uint32_t first, uint32_t count)
{
    const uint32_t *rows = vaxdir_matches_rows(matches);
    const double *distances_m = vaxdir_matches_distances_m(matches), *bearings = vaxdir_matches_bearings_deg(matches);
    if (vaxdir_matches_count(matches) != count || first + count > wanted_count)
        return false;
    if ((bearings != NULL) != (count > 0 && (query->flags & VAXDIR_QUERY_BEARINGS) != 0))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (rows[i] != wanted[first + i].row || !good_distance(query, distances_m[i], wanted[first + i].distance_m) ||
            (i > 0 && distances_m[i] < distances_m[i - 1]) || (bearings != NULL && !good_bearing(rows[i], bearings[i])))
            return false;
    return true;
}

static vaxdir_cursor *open_cursor(const vaxdir_query *query, const char *token)
{
    vaxdir_cursor *cursor = NULL;
    check(vaxdir_cursor_new(context, edition, asked[0], asked[1], query, token, token == NULL ? 0 : strlen(token),
                            &cursor),
          "cursor_new");
    return cursor;
}

/* Gives the cursor up, and goes on with a new one from a token. */
static vaxdir_cursor *reopen(vaxdir_cursor *cursor, const vaxdir_query *query, uint32_t given)
{
    char token[VAXDIR_TOKEN_SIZE];
    if (given > 0 && below(2) == 0)
        check(vaxdir_token(context, edition, wanted[given - 1].row, token), "token");
    else
        check(vaxdir_cursor_token(other_context, cursor, token), "cursor_token");
    vaxdir_cursor_unref(cursor);
    return open_cursor(query, token);
}

static bool good_cursor(const vaxdir_query *query)
{
    vaxdir_cursor *cursor = open_cursor(query, NULL);
    uint32_t given = 0, reopened = below(3) == 0 ? 3 : UINT32_MAX;
    double last_m = 0;
    bool good = true;
    while (good) {
        vaxdir_context *with = below(8) == 0 ? other_context : context;
        uint32_t count = below(4) == 0 ? below(60) : 1, left = wanted_count - given, row;
        if (below(2) == 0) {
            double distance_m;
            check(vaxdir_cursor_next(with, cursor, &row, &distance_m), "cursor_next");
            if (left == 0) {
                good = row == VAXDIR_NO_ROW && isnan(distance_m);
                break;
            }
            good = row == wanted[given].row && good_distance(query, distance_m, wanted[given].distance_m) &&
                   distance_m >= last_m;
            last_m = distance_m;
            given++;
        } else {
            check(vaxdir_cursor_next_many(with, cursor, count, matches), "cursor_next_many");
            count = count < left ? count : left;
            good = good_matches(query, given, count) && isinf(vaxdir_matches_complete_to_m(matches));
            last_m = count > 0 && good ? vaxdir_matches_distances_m(matches)[count - 1] : last_m;
            given += count;
        }
        if (good && below(reopened) == 0) {
            cursor = reopen(cursor, query, given);
            last_m = 0; /* a cursor does not know what another one has reported */
        }
    }
    vaxdir_cursor_unref(cursor);
    return good;
}

/* The limit of a cursor is that of all it gives. */
static bool good_limit(const vaxdir_query *query)
{
    vaxdir_query limited = *query;
    limited.limit = 1 + below(20);
    vaxdir_cursor *cursor = open_cursor(&limited, NULL);
    check(vaxdir_cursor_next_many(context, cursor, UINT32_MAX, matches), "cursor_next_many");
    bool good = good_matches(query, 0, limited.limit < wanted_count ? limited.limit : wanted_count);
    uint32_t row = 0;
    check(vaxdir_cursor_next(context, cursor, &row, NULL), "cursor_next");
    vaxdir_cursor_unref(cursor);
    return good && row == VAXDIR_NO_ROW;
}

/* With any limit of work: exactly what is within the distance that is told, and within the limit. */
static bool good_within_complete(const vaxdir_query *query, uint32_t limit)
{
    double complete_to_m = vaxdir_matches_complete_to_m(matches);
    uint32_t count = 0, tied;
    while (count < wanted_count && count < limit && wanted[count].distance_m <= complete_to_m)
        count++;
    tied = count;
    if ((query->flags & VAXDIR_QUERY_ALL_TIES) != 0 && count == limit)
        while (tied < wanted_count && wanted[tied].distance_m == wanted[count - 1].distance_m)
            tied++;
    if (complete_to_m == 0)
        return vaxdir_matches_count(matches) == 0;
    return good_matches(query, 0, tied);
}

static bool good_work_limit(const vaxdir_query *query, unsigned long *stopped)
{
    vaxdir_query worked = *query;
    worked.work_limit = 1 + below(below(2) == 0 ? 100 : 2 * ROWS_MAX);
    worked.limit = below(2) == 0 ? UINT32_MAX : 1 + below(50);
    worked.flags |= below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
    check(vaxdir_nearest(context, edition, asked[0], asked[1], &worked, matches), "nearest");
    *stopped += !isinf(vaxdir_matches_complete_to_m(matches));
    bool good = good_within_complete(&worked, worked.limit);
    worked.flags &= ~(uint32_t)VAXDIR_QUERY_ALL_TIES;
    vaxdir_cursor *cursor = open_cursor(&worked, NULL);
    check(vaxdir_cursor_next_many(context, cursor, UINT32_MAX, matches), "cursor_next_many");
    good = good && good_within_complete(&worked, worked.limit);
    vaxdir_cursor_unref(cursor);
    if (worked.max_distance_m == 0)
        return good;
    double radius_m = worked.max_distance_m;
    worked.max_distance_m = 0;
    worked.flags |= below(2) == 0 ? (uint32_t)VAXDIR_QUERY_UNORDERED : 0;
    check(vaxdir_within_radius(context, edition, asked[0], asked[1], radius_m, &worked, matches), "within_radius");
    return good && good_within_complete(&worked, worked.limit);
}

/* The bearings of the other searches, and that a search without them takes them away. */
static bool good_bearings(const vaxdir_query *query)
{
    vaxdir_query directed = *query;
    directed.limit = 1 + below(50);
    check(vaxdir_nearest(context, edition, asked[0], asked[1], &directed, matches), "nearest");
    return good_matches(&directed, 0, directed.limit < wanted_count ? directed.limit : wanted_count);
}

static void try_world(size_t which, uint32_t rounds)
{
    unsigned long wrong = 0, stopped = 0, tried = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        earth.count = round < 3 ? round + 1 : round % 4 == 0 ? 2 + below(ROWS_MAX - 1) : 2 + below(200);
        earth.count = round == 4 ? ROWS_MAX : earth.count;
        worlds[which].fill();
        build();
        for (int position = 0; position < POSITIONS; position++) {
            random_position();
            measure_all();
            vaxdir_query query = random_query();
            bool good =
                good_cursor(&query) && good_limit(&query) && good_work_limit(&query, &stopped) && good_bearings(&query);
            tried++;
            if (!good && wrong++ < 3)
                printf("# wrong: %u centres, at %.17g %.17g, maximum %.17g, minimum %.17g, flags %u\n",
                       (unsigned)earth.count, asked[0], asked[1], query.max_distance_m, query.min_distance_m,
                       (unsigned)query.flags);
            vaxdir_filter_unref(query.filter);
        }
        edition = vaxdir_edition_unref(edition);
    }
    bool limits_bite = stopped > tried / 20 || worlds[which].fill == fill_one_point;
    printf("%s %lu - %s: %lu queries equal brute force, %lu stopped by their work limit\n",
           wrong == 0 && limits_bite ? "ok" : "not ok", (unsigned long)which + 1, worlds[which].name, tried, stopped);
    if (wrong != 0 || !limits_bite)
        exit(1);
}

int main(int argc, char **argv)
{
    const char *seed = getenv("VAXDIR_SEED");
    uint32_t rounds = 40;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--long") == 0)
            rounds *= 10;
        else
            seed = argv[i];
    }
    uint64_t number = seed == NULL ? 20210118 : strtoull(seed, NULL, 10);
    size_t count = sizeof worlds / sizeof *worlds;
    state = number * UINT64_C(0x9E3779B97F4A7C15) | 1;
    printf("# seed %llu\n1..%lu\n", (unsigned long long)number, (unsigned long)count);
    geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_context_new(NULL, &other_context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (size_t which = 0; which < count; which++)
        try_world(which, rounds);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(other_context);
    vaxdir_context_unref(context);
    return 0;
}
