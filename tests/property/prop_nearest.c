/* prop_nearest.c: vaxdir_nearest() against measuring every centre with geod_inverse and sorting: rows, order and the
 * bits of the distances, on worlds that are hard for bounds on chords. Prints TAP. The seed is the first argument, or
 * VAXDIR_SEED, or fixed; --long asks ten times as much. */
#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

enum { ROWS_MAX = 2000, TOWNS = 5, KINDS = 3, QUERIES_PER_POSITION = 5 };

static const char *const towns[TOWNS] = {NULL, "Metz", "Paris", "Saint-Denis", "Mamoudzou"};
static const char *const kinds[KINDS] = {NULL, "centre", "pharmacie"};

typedef struct centre {
    double latitude, longitude;
    int town, kind;
} centre;

typedef struct world {
    uint32_t count;
    double home[2]; /* where queries of this world often stand */
    centre centres[ROWS_MAX];
} world;

typedef struct measured {
    double distance_m;
    uint32_t row;
} measured;

static world earth;
static measured all[ROWS_MAX];
static uint64_t state;
static vaxdir_context *context;
static vaxdir_rules *rules;
static struct geod_geodesic ellipsoid;
static unsigned long searches, failures;

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
    printf("Bail out! %s: %s\n", what, vaxdir_context_error(context)->message);
    exit(1);
}

/* Worlds. */

static void place(uint32_t row, double latitude, double longitude)
{
    latitude = latitude > 90 ? 180 - latitude : latitude < -90 ? -180 - latitude : latitude;
    longitude = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    earth.centres[row].latitude = latitude;
    earth.centres[row].longitude = longitude;
}

static void fill_france(void)
{
    double town[12][2];
    for (int i = 0; i < 12; i++) {
        town[i][0] = i == 0 ? -21.1 : i == 1 ? 16.2 : i == 2 ? -12.8 : uniform(42.5, 51);
        town[i][1] = i == 0 ? 55.5 : i == 1 ? -61.5 : i == 2 ? 45.2 : uniform(-4.5, 8);
    }
    for (uint32_t row = 0; row < earth.count; row++) {
        uint32_t i = below(12);
        double spread = uniform(0, 0.3);
        place(row, town[i][0] + spread * uniform(-1, 1), town[i][1] + spread * uniform(-1, 1));
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
        place(row, -17 + uniform(-2, 2), row % 10 == 0 ? (row % 20 == 0 ? 180 : -180) : 180 + uniform(-2, 2));
    earth.home[0] = -17 + uniform(-3, 3);
    earth.home[1] = below(2) == 0 ? uniform(177, 180) : uniform(-180, -177);
}

static void fill_poles(void)
{
    for (uint32_t row = 0; row < earth.count; row++) {
        double latitude = row % 7 == 0 ? 90 : 90 - uniform(0, 1) * uniform(0, 1) * 3;
        place(row, row % 2 == 0 ? latitude : -latitude, uniform(-180, 180));
    }
    earth.home[0] = (below(2) == 0 ? 1 : -1) * (below(4) == 0 ? 90 : uniform(88, 90));
    earth.home[1] = uniform(-180, 180);
}

/* Where the longest geodesics are, and the upper bound ends. */
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
    double latitude = uniform(-90, 90), longitude = uniform(-180, 180);
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, latitude, longitude);
    earth.home[0] = below(2) == 0 ? latitude : -latitude;
    earth.home[1] = longitude;
}

static void fill_line(void)
{
    double latitude = uniform(-60, 60), longitude = uniform(-180, 180), step = uniform(1e-7, 0.08);
    double turn = below(3) == 0 ? 0 : below(2) == 0 ? 1 : uniform(0, 1);
    for (uint32_t row = 0; row < earth.count; row++)
        place(row, latitude + step * row * (1 - turn) * 0.15, longitude + step * row * turn);
    earth.home[0] = latitude;
    earth.home[1] = longitude;
}

/* Symmetric about the equator and a meridian, where geod_inverse gives equal bits and only the row decides. */
static void fill_lattice(void)
{
    double step = below(2) == 0 ? 1 : 0.25, middle = (double)below(5) * 90 - 180;
    uint32_t side = (uint32_t)sqrt((double)earth.count);
    for (uint32_t row = 0; row < earth.count; row++) {
        uint32_t mixed = (row * 7919u) % earth.count; /* so that ties are not in the order of rows already */
        place(row, step * ((double)(mixed % (side + 1)) - side / 2),
              middle + step * ((double)(mixed / (side + 1)) - side / 2));
    }
    earth.home[0] = step * below(3) / 2;
    earth.home[1] = middle;
}

static void (*const fills[])(void) = {
    fill_france,         fill_whole_earth, fill_antimeridian, fill_poles,
    fill_near_antipodal, fill_one_point,   fill_line,         fill_lattice,
};
static const char *const fill_names[] = {
    "France", "whole Earth", "antimeridian", "both poles", "near-antipodal", "one point", "line", "lattice",
};

static void set_text(vaxdir_builder *builder, vaxdir_field field, const char *text)
{
    if (text != NULL)
        check(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), "set_text");
}

static vaxdir_edition *build(void)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_edition_options edition_options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    builder_options.rules = edition_options.rules = rules;
    check(vaxdir_builder_new(context, &builder_options, &builder), "builder_new");
    for (uint32_t row = 0; row < earth.count; row++) {
        centre *this = &earth.centres[row];
        char id[16];
        int length = snprintf(id, sizeof id, "p:%05u", (unsigned)row);
        this->town = (int)below(TOWNS);
        this->kind = (int)below(KINDS);
        check(vaxdir_builder_begin_record(context, builder, id, (size_t)length), "begin_record");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, this->latitude), "set_number");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, this->longitude), "set_number");
        set_text(builder, VAXDIR_FIELD_CITY, towns[this->town]);
        set_text(builder, VAXDIR_FIELD_KIND, kinds[this->kind]);
        check(vaxdir_builder_end_record(context, builder), "end_record");
    }
    check(vaxdir_builder_build(context, builder, &registry), "build");
    vaxdir_builder_unref(builder);
    check(vaxdir_edition_new(context, registry, &edition_options, &edition), "edition_new");
    vaxdir_registry_unref(registry);
    return edition;
}

/* Filters: a random tree, made by calls and at once as the set of (town, kind) pairs that it lets through, which is all
 * that it can see of a centre. */

typedef uint32_t pairs; /* bit town * KINDS + kind */

static vaxdir_filter *random_leaf(pairs *ret_passing)
{
    const char *values[4];
    size_t count = below(4);
    bool by_town = below(2) == 0;
    vaxdir_filter *filter = NULL;
    *ret_passing = 0;
    for (size_t i = 0; i < count; i++) {
        int choice = (int)below(by_town ? TOWNS : KINDS);
        const char *value = by_town ? towns[choice] : kinds[choice];
        values[i] = value == NULL ? "nowhere" : value;
        for (int town = 0; town < TOWNS; town++)
            for (int kind = 0; kind < KINDS; kind++)
                if (value != NULL && (by_town ? town : kind) == choice)
                    *ret_passing |= (pairs)1 << (town * KINDS + kind);
    }
    check(vaxdir_filter_in(context, by_town ? VAXDIR_FIELD_CITY : VAXDIR_FIELD_KIND, values, NULL, count, &filter),
          "filter_in");
    return filter;
}

static vaxdir_filter *random_filter(int depth, pairs *ret_passing)
{
    uint32_t form = depth == 0 ? 0 : below(4);
    vaxdir_filter *parts[3] = {NULL, NULL, NULL}, *filter = NULL;
    pairs passing = form == 1 ? ~(pairs)0 : 0;
    if (form == 0)
        return random_leaf(ret_passing);
    size_t count = form == 3 ? 1 : below(4);
    for (size_t i = 0; i < count; i++) {
        pairs part = 0;
        parts[i] = random_filter(depth - 1, &part);
        passing = form == 1 ? passing & part : form == 2 ? passing | part : ~part;
    }
    if (form == 3)
        check(vaxdir_filter_not(context, parts[0], &filter), "filter_not");
    else if (form == 1)
        check(vaxdir_filter_and(context, parts, count, &filter), "filter_and");
    else
        check(vaxdir_filter_or(context, parts, count, &filter), "filter_or");
    for (size_t i = 0; i < count; i++)
        vaxdir_filter_unref(parts[i]);
    *ret_passing = passing;
    return filter;
}

/* Queries. */

static void random_position(double *latitude, double *longitude)
{
    *latitude = earth.home[0];
    *longitude = earth.home[1];
    const centre *some = earth.count == 0 ? NULL : &earth.centres[below(earth.count)];
    switch (below(8)) {
    case 0:
        *latitude = uniform(-90, 90);
        *longitude = uniform(-180, 180);
        break;
    case 1: /* at a centre, or a nanometre to a kilometre from it */
        if (some != NULL) {
            double off = below(2) == 0 ? 0 : pow(10, uniform(-14, -2));
            *latitude = some->latitude + off * uniform(-1, 1);
            *longitude = some->longitude + off * uniform(-1, 1);
        }
        break;
    case 2: /* at or near the antipode of a centre */
        if (some != NULL) {
            double off = below(2) == 0 ? 0 : pow(10, uniform(-9, 0.5));
            *latitude = -some->latitude + off * uniform(-1, 1);
            *longitude = some->longitude + 180 + off * uniform(-1, 1);
        }
        break;
    case 3:
        *latitude = below(2) == 0 ? 90 : -90;
        break;
    case 4:
        *latitude += uniform(-1, 1);
        *longitude += uniform(-1, 1);
        break;
    case 5:
        *longitude += 360 * ((double)below(7) - 3);
        break;
    default:
        break;
    }
    *latitude = *latitude > 90 ? 90 : *latitude < -90 ? -90 : *latitude;
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

static bool equals_brute_force(const vaxdir_query *query, double farthest, pairs passing, const vaxdir_matches *matches)
{
    uint32_t limit = query->limit == 0 ? 10 : query->limit, expected = 0;
    double last_m = -1;
    for (uint32_t i = 0; i < earth.count; i++) {
        const centre *this = &earth.centres[all[i].row];
        if (expected >= limit && !((query->flags & VAXDIR_QUERY_ALL_TIES) != 0 && all[i].distance_m == last_m))
            break;
        if ((passing >> (this->town * KINDS + this->kind) & 1) == 0 || all[i].distance_m > farthest ||
            all[i].distance_m < query->min_distance_m)
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
    uint32_t width = query->limit == 0 ? WIDTH : query->limit, at = below(BESIDE - 1);
    for (int i = 0; i < BESIDE; i++) {
        positions[i][0] = i == BESIDE - 1 ? (double)NAN : uniform(-90, 90);
        positions[i][1] = uniform(-180, 180);
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
                        double farthest, pairs passing, vaxdir_matches *matches)
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
        pairs passing = ~(pairs)0;
        query.limit = limits[i];
        query.flags = below(3) == 0 ? VAXDIR_QUERY_EXACT_DISTANCES : 0;
        query.flags |= below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
        if (below(2) == 0)
            query.filter = random_filter(2, &passing);
        if (below(2) == 0 && earth.count > 0) {
            query.max_distance_m = all[below(earth.count)].distance_m;
            if (below(2) == 0)
                query.max_distance_m = nextafter(query.max_distance_m, below(2) == 0 ? 0 : INFINITY);
        }
        if (below(4) == 0 && earth.count > 0)
            query.min_distance_m = all[below(earth.count)].distance_m;
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
    return round < 5 ? ends[round] : round % 4 == 0 ? 2 + below(ROWS_MAX - 1) : 2 + below(200);
}

/* One kind of world in many sizes. */
static void try_world(size_t kind, uint32_t rounds, vaxdir_matches *matches)
{
    unsigned long before = failures, asked = searches;
    for (uint32_t round = 0; round < rounds; round++) {
        earth.count = random_count(round);
        fills[kind]();
        vaxdir_edition *edition = build();
        for (int position = 0; position < 20; position++) {
            double latitude, longitude;
            random_position(&latitude, &longitude);
            measure_all(latitude, longitude);
            ask(edition, latitude, longitude, matches);
        }
        vaxdir_edition_unref(edition);
    }
    printf("%s %lu - %s: %lu searches equal brute force\n", failures == before ? "ok" : "not ok",
           (unsigned long)kind + 1, fill_names[kind], searches - asked);
}

int main(int argc, char **argv)
{
    const char *seed = getenv("VAXDIR_SEED");
    uint32_t rounds = 26;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--long") == 0)
            rounds *= 10;
        else
            seed = argv[i];
    }
    uint64_t number = seed == NULL ? 20210118 : strtoull(seed, NULL, 10);
    state = number * UINT64_C(0x9E3779B97F4A7C15) | 1;
    printf("# seed %llu\n1..%lu\n", (unsigned long long)number, (unsigned long)(sizeof fills / sizeof *fills));
    geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    vaxdir_matches *matches = NULL;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (size_t kind = 0; kind < sizeof fills / sizeof *fills; kind++)
        try_world(kind, rounds, matches);
    printf("# %lu searches, %lu wrong\n", searches, failures);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return failures == 0 ? 0 : 1;
}
