/* prop_scan.c: every kind of search on larger worlds against a linear scan of chords with geod_inverse inside the
 * proven window, after that oracle itself has been held against all pairs. Prints TAP; arguments: support/property.h,
 * and
 * --full for two million queries on worlds of up to a million centres, which takes many minutes (docs/testing.md). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/oracle.h"
#include "../support/property.h"
#include "../support/random.h"

enum { FILTERS = 12, BATCH = 32, WIDTH_MAX = 100 };

/* Worlds of one size: how many, and how many positions in each. About `antipodes_in`: a query from the antipode has to
 * measure every centre, here and in the library. */
typedef struct plan {
    world_kind kind;
    uint32_t points, worlds, positions, antipodes_in;
} plan;

static const plan small_plan[] = {
    {WORLD_FRANCE, 20000, 1, 400, 100},       {WORLD_WHOLE_EARTH, 20000, 1, 400, 100},
    {WORLD_ANTIMERIDIAN, 20000, 1, 300, 100}, {WORLD_BOTH_POLES, 20000, 1, 300, 100},
    {WORLD_NEAR_ANTIPODAL, 3000, 1, 40, 8},   {WORLD_ONE_POINT, 3000, 1, 40, 100},
    {WORLD_LINE, 20000, 1, 300, 100},         {WORLD_LATTICE, 20000, 1, 300, 100},
};

/* Where a query from afar finds every centre within the window there are fewer: each is measured, here and there. */
static const plan full_plan[] = {
    {WORLD_FRANCE, 20000, 20, 4000, 500},       {WORLD_WHOLE_EARTH, 20000, 24, 4000, 500},
    {WORLD_ANTIMERIDIAN, 10000, 20, 2000, 500}, {WORLD_BOTH_POLES, 10000, 20, 2500, 500},
    {WORLD_NEAR_ANTIPODAL, 2000, 20, 200, 8},   {WORLD_ONE_POINT, 10000, 4, 200, 500},
    {WORLD_LINE, 10000, 20, 300, 500},          {WORLD_LATTICE, 10000, 20, 1000, 500},
    {WORLD_FRANCE, 1000000, 1, 400, 1000},      {WORLD_WHOLE_EARTH, 1000000, 1, 400, 1000},
    {WORLD_LATTICE, 1000000, 1, 400, 1000},
};

enum { NEAREST, FILTERED, LEAST, GREATEST, TIES, ALL, RADIUS, UNORDERED, COLUMNS, SHAPES };
static const char *const shapes[SHAPES] = {
    "k nearest",     "filtered",   "with a least distance", "with a greatest distance",
    "with all ties", "all at all", "in a radius",           "in a radius unordered",
    "in columns",
};

static world earth;
static oracle truth;
static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_edition *edition;
static vaxdir_matches *matches;
static vaxdir_filter *filters[FILTERS];
static world_pairs passing[FILTERS];
static unsigned long asked[SHAPES], queries, wrong;

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

static void tell_wrong(double latitude, double longitude, const vaxdir_query *query, double radius_m, const char *how)
{
    if (wrong++ < 10)
        printf(
            "# wrong, %s: %u centres, at %.17g %.17g, limit %u, flags %u, least %.17g, greatest %.17g, radius %.17g, "
            "filter %d\n",
            how, (unsigned)earth.count, latitude, longitude, (unsigned)query->limit, (unsigned)query->flags,
            query->min_distance_m, query->max_distance_m, radius_m, query->filter != NULL);
}

/* The query in the oracle's words. */
static oracle_query in_words(const vaxdir_query *query, world_pairs pairs, uint32_t limit_of_0)
{
    return (oracle_query){
        .limit = query->limit == 0 ? limit_of_0 : query->limit,
        .all_ties = (query->flags & VAXDIR_QUERY_ALL_TIES) != 0,
        .passing = pairs,
        .min_distance_m = query->min_distance_m,
        .max_distance_m = query->max_distance_m == 0 ? INFINITY : query->max_distance_m,
    };
}

static world_pairs take_filter(vaxdir_query *query)
{
    if (random_below(2) == 0)
        return ~(world_pairs)0;
    uint32_t which = random_below(FILTERS);
    query->filter = filters[which];
    return passing[which];
}

/* One of the distances of the last answer, or the next double on either side. */
static double known_distance(void)
{
    if (truth.count == 0)
        return 1000;
    double distance_m = truth.answer[random_below(truth.count)].distance_m;
    uint32_t side = random_below(3);
    return side == 0 ? distance_m : nextafter(distance_m, side == 1 ? 0 : INFINITY);
}

static void count_shapes(const vaxdir_query *query)
{
    queries++;
    asked[NEAREST]++;
    asked[FILTERED] += query->filter != NULL;
    asked[LEAST] += query->min_distance_m > 0;
    asked[GREATEST] += query->max_distance_m > 0;
    asked[TIES] += (query->flags & VAXDIR_QUERY_ALL_TIES) != 0;
    asked[ALL] += query->limit == UINT32_MAX;
}

static void ask_nearest(double latitude, double longitude, const vaxdir_query *query, world_pairs pairs)
{
    const oracle_query words = in_words(query, pairs, 10);
    oracle_by_scan(&truth, latitude, longitude, &words);
    check(vaxdir_nearest(context, edition, latitude, longitude, query, matches), "nearest");
    count_shapes(query);
    if (!oracle_agrees(&truth, (query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0, vaxdir_matches_rows(matches),
                       vaxdir_matches_distances_m(matches), vaxdir_matches_count(matches)))
        tell_wrong(latitude, longitude, query, 0, "nearest");
}

static int compare_rows(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static bool same_set(void)
{
    uint32_t count = vaxdir_matches_count(matches);
    if (count != truth.count)
        return false;
    uint32_t *rows = malloc((2 * (size_t)count + 1) * sizeof *rows);
    if (rows == NULL)
        exit(1);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = truth.answer[i].row;
        rows[count + i] = vaxdir_matches_rows(matches)[i];
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    qsort(rows + count, count, sizeof *rows, compare_rows);
    bool same = memcmp(rows, rows + count, count * sizeof *rows) == 0;
    free(rows);
    return same;
}

static void ask_radius(double latitude, double longitude, vaxdir_query *query, double radius_m, world_pairs pairs)
{
    query->limit = random_below(4) == 0 ? 1 + random_below(100) : 0;
    query->flags &= VAXDIR_QUERY_EXACT_DISTANCES;
    oracle_query words = in_words(query, pairs, UINT32_MAX);
    words.max_distance_m = radius_m;
    oracle_by_scan(&truth, latitude, longitude, &words);
    check(vaxdir_within_radius(context, edition, latitude, longitude, radius_m, query, matches), "within_radius");
    queries++;
    asked[RADIUS]++;
    if (!oracle_agrees(&truth, query->flags != 0, vaxdir_matches_rows(matches), vaxdir_matches_distances_m(matches),
                       vaxdir_matches_count(matches)))
        tell_wrong(latitude, longitude, query, radius_m, "radius");
    if (query->limit != 0)
        return;
    query->flags |= VAXDIR_QUERY_UNORDERED;
    check(vaxdir_within_radius(context, edition, latitude, longitude, radius_m, query, matches), "within_radius");
    queries++;
    asked[UNORDERED]++;
    if (!same_set())
        tell_wrong(latitude, longitude, query, radius_m, "unordered");
}

static uint32_t random_flags(void)
{
    return (random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_EXACT_DISTANCES : 0) |
           (random_below(4) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0);
}

static void try_position(const plan *of, double latitude, double longitude)
{
    static const uint32_t limits[] = {1, 3, 0, 10, 100};
    vaxdir_query query = VAXDIR_QUERY_INIT;
    world_pairs pairs = take_filter(&query);
    query.limit = limits[random_below(5)];
    query.flags = random_flags();
    ask_nearest(latitude, longitude, &query, pairs);
    query.limit = limits[random_below(5)];
    if (random_below(2) == 0)
        query.max_distance_m = known_distance();
    if (random_below(2) == 0)
        query.min_distance_m = known_distance();
    ask_nearest(latitude, longitude, &query, pairs);
    query.max_distance_m = 0;
    ask_radius(latitude, longitude, &query, known_distance(), pairs);
    if (of->points <= 20000 && random_below(200) == 0) {
        query.limit = UINT32_MAX;
        query.flags = random_flags();
        ask_nearest(latitude, longitude, &query, pairs);
    }
}

/* The same query from many positions, one of which is none. */
static void try_batch(const plan *of)
{
    static const uint32_t limits[] = {1, 3, 10, 100};
    static uint32_t rows[BATCH * WIDTH_MAX];
    static double distances_m[BATCH * WIDTH_MAX], positions[BATCH][2];
    vaxdir_query query = VAXDIR_QUERY_INIT;
    size_t refused = 0;
    world_pairs pairs = take_filter(&query);
    query.limit = limits[random_below(4)];
    query.flags = random_below(3) == 0 ? VAXDIR_QUERY_EXACT_DISTANCES : 0;
    query.max_distance_m = random_below(4) == 0 ? known_distance() : 0;
    query.min_distance_m = random_below(8) == 0 ? known_distance() : 0;
    for (int i = 0; i < BATCH; i++)
        world_position(&earth, of->antipodes_in, &positions[i][0], &positions[i][1]);
    uint32_t none = random_below(BATCH);
    positions[none][random_below(2)] = NAN;
    check(vaxdir_nearest_columns(context, edition, &positions[0][0], sizeof *positions, &positions[0][1],
                                 sizeof *positions, BATCH, &query, rows, distances_m, &refused),
          "nearest_columns");
    const oracle_query words = in_words(&query, pairs, 10);
    for (uint32_t i = 0; i < BATCH; i++) {
        const uint32_t *cells = rows + i * query.limit;
        uint32_t count = 0;
        while (count < query.limit && cells[count] != VAXDIR_NO_ROW)
            count++;
        bool good = refused == 1;
        for (uint32_t j = count; j < query.limit; j++)
            good = good && cells[j] == VAXDIR_NO_ROW && isnan(distances_m[i * query.limit + j]);
        if (i == none) {
            good = good && count == 0;
        } else {
            oracle_by_scan(&truth, positions[i][0], positions[i][1], &words);
            good = good && oracle_agrees(&truth, query.flags != 0, cells, distances_m + i * query.limit, count);
            queries++;
            asked[COLUMNS]++;
        }
        if (!good)
            tell_wrong(positions[i][0], positions[i][1], &query, 0, "columns");
    }
}

static void try_plan(const plan *of)
{
    unsigned long before = wrong, queries_before = queries;
    for (uint32_t number = 0; number < of->worlds; number++) {
        world_fill(&earth, of->kind, of->points);
        oracle_take(&truth, &earth);
        edition = world_build(&earth, context, rules);
        for (int i = 0; i < FILTERS; i++)
            filters[i] = world_filter(context, 2, &passing[i]);
        for (uint32_t position = 0; position < of->positions; position++) {
            double latitude, longitude;
            world_position(&earth, of->antipodes_in, &latitude, &longitude);
            try_position(of, latitude, longitude);
            if (position % 10 == 0)
                try_batch(of);
        }
        for (int i = 0; i < FILTERS; i++)
            vaxdir_filter_unref(filters[i]);
        vaxdir_edition_unref(edition);
    }
    property_result(wrong == before, "%s: %lu queries on %lu worlds of %lu centres", world_names[of->kind],
                    queries - queries_before, (unsigned long)of->worlds, (unsigned long)of->points);
}

/* The oracle by a scan, held against all pairs. */
static void try_oracle(world_kind kind, uint32_t worlds)
{
    unsigned long compared = 0, differ = 0;
    for (uint32_t number = 0; number < worlds; number++) {
        world_fill(&earth, kind, number < 3 ? number : 1 + random_below(number % 5 == 0 ? 2000 : 200));
        oracle_take(&truth, &earth);
        oracle_hit *expected = calloc(earth.count + 1, sizeof *expected);
        for (int i = 0; i < 40 && expected != NULL; i++) {
            static const uint32_t limits[] = {1, 3, 10, 100, 128, 129, UINT32_MAX};
            double latitude, longitude;
            world_position(&earth, 8, &latitude, &longitude);
            oracle_query query = {.limit = limits[random_below(7)], .all_ties = random_below(2) == 0};
            query.passing = random_below(2) == 0 ? ~(world_pairs)0 : (world_pairs)random_bits();
            oracle_measure(&truth, latitude, longitude);
            double some_m = earth.count == 0 ? 0 : truth.all[random_below(earth.count)].distance_m;
            double other_m = earth.count == 0 ? 0 : truth.all[random_below(earth.count)].distance_m;
            query.max_distance_m = random_below(2) == 0 ? INFINITY : some_m;
            query.min_distance_m = random_below(2) == 0 ? 0 : nextafter(other_m, random_below(2) == 0 ? 0 : INFINITY);
            oracle_by_all_pairs(&truth, &query);
            uint32_t count = truth.count;
            memcpy(expected, truth.answer, count * sizeof *expected);
            oracle_by_scan(&truth, latitude, longitude, &query);
            bool same = truth.count == count;
            for (uint32_t j = 0; same && j < count; j++)
                same = truth.answer[j].row == expected[j].row && truth.answer[j].distance_m == expected[j].distance_m;
            compared++;
            differ += !same;
        }
        free(expected);
    }
    property_result(differ == 0, "the oracle's scan against all pairs, %s: %lu answers, %lu differ", world_names[kind],
                    compared, differ);
}

int main(int argc, char **argv)
{
    bool full = argc > 1 && strcmp(argv[argc - 1], "--full") == 0;
    const plan *plans = full ? full_plan : small_plan;
    size_t count = full ? sizeof full_plan / sizeof *full_plan : sizeof small_plan / sizeof *small_plan;
    uint32_t times = property_start(argc - full, argv, (uint32_t)(WORLD_COUNT + count));
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (int kind = 0; kind < WORLD_COUNT; kind++)
        try_oracle((world_kind)kind, (full ? 100 : 20) * times);
    for (size_t i = 0; i < count; i++)
        try_plan(&plans[i]);
    printf("# %lu queries, %lu wrong:", queries, wrong);
    for (int shape = 0; shape < SHAPES; shape++)
        printf(" %lu %s%s", asked[shape], shapes[shape], shape < SHAPES - 1 ? "," : "\n");
    oracle_free(&truth);
    world_free(&earth);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
