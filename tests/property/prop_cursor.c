/* prop_cursor.c: cursors, tokens, work limits and bearings against measuring every centre with geod_inverse and
 * sorting, on worlds that are hard for bounds on chords. Prints TAP; arguments: support/property.h. */
#include <geodesic.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../support/oracle.h"
#include "../support/property.h"
#include "../support/random.h"

enum { ROWS_MAX = 2000, ANTIPODES_IN = 5, POSITIONS = 8, ROUNDS = 40 };

static world earth;
static oracle truth; /* its answer: all that a query may find, whatever its limits */
static vaxdir_context *context, *other_context;
static vaxdir_rules *rules;
static vaxdir_edition *edition;
static vaxdir_matches *matches;

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* A query without a limit; what it is to find becomes the oracle's answer. */
static vaxdir_query random_query(void)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    oracle_query words = {.limit = UINT32_MAX, .passing = ~(world_pairs)0, .max_distance_m = INFINITY};
    if (random_below(4) != 0)
        query.filter = world_filter(context, (int)random_below(3), &words.passing);
    if (random_below(2) == 0) {
        query.max_distance_m = truth.all[random_below(earth.count)].distance_m;
        words.max_distance_m = query.max_distance_m == 0 ? INFINITY : query.max_distance_m;
    }
    if (random_below(3) == 0)
        words.min_distance_m = query.min_distance_m = truth.all[random_below(earth.count)].distance_m;
    query.flags |= random_below(2) == 0 ? (uint32_t)VAXDIR_QUERY_EXACT_DISTANCES : 0;
    query.flags |= random_below(2) == 0 ? (uint32_t)VAXDIR_QUERY_BEARINGS : 0;
    oracle_by_all_pairs(&truth, &words);
    return query;
}

static bool is_exact(const vaxdir_query *query)
{
    return (query->flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0;
}

static bool good_bearing(uint32_t row, double bearing_deg)
{
    double distance_m, azimuth;
    geod_inverse(&truth.ellipsoid, truth.latitude, remainder(truth.longitude, 360), earth.centres[row].latitude,
                 earth.centres[row].longitude, &distance_m, &azimuth, NULL);
    if (distance_m == 0)
        return isnan(bearing_deg);
    return bearing_deg >= 0 && bearing_deg < 360 && fabs(remainder(bearing_deg - azimuth, 360)) < 1e-9;
}

/* Whether the matches are so many of those that are wanted, from the first on. */
static bool good_matches(const vaxdir_query *query, uint32_t first, uint32_t count)
{
    const uint32_t *rows = vaxdir_matches_rows(matches);
    const double *bearings = vaxdir_matches_bearings_deg(matches);
    if (vaxdir_matches_count(matches) != count ||
        !oracle_agrees_from(&truth, first, is_exact(query), rows, vaxdir_matches_distances_m(matches), count))
        return false;
    if ((bearings != NULL) != (count > 0 && (query->flags & VAXDIR_QUERY_BEARINGS) != 0))
        return false;
    for (uint32_t i = 0; i < count && bearings != NULL; i++)
        if (!good_bearing(rows[i], bearings[i]))
            return false;
    return true;
}

static vaxdir_cursor *open_cursor(const vaxdir_query *query, const char *token)
{
    vaxdir_cursor *cursor = NULL;
    check(vaxdir_cursor_new(context, edition, truth.latitude, truth.longitude, query, token,
                            token == NULL ? 0 : strlen(token), &cursor),
          "cursor_new");
    return cursor;
}

/* Gives the cursor up, and goes on with a new one from a token. */
static vaxdir_cursor *reopen(vaxdir_cursor *cursor, const vaxdir_query *query, uint32_t given)
{
    char token[VAXDIR_TOKEN_SIZE];
    if (given > 0 && random_below(2) == 0)
        check(vaxdir_token(context, edition, truth.answer[given - 1].row, token), "token");
    else
        property_check(other_context, vaxdir_cursor_token(other_context, cursor, token), "cursor_token");
    vaxdir_cursor_unref(cursor);
    return open_cursor(query, token);
}

static bool good_cursor(const vaxdir_query *query)
{
    vaxdir_cursor *cursor = open_cursor(query, NULL);
    uint32_t given = 0, reopened = random_below(3) == 0 ? 3 : UINT32_MAX;
    double last_m = 0;
    bool good = true;
    while (good) {
        vaxdir_context *with = random_below(8) == 0 ? other_context : context;
        uint32_t count = random_below(4) == 0 ? random_below(60) : 1, left = truth.count - given, row;
        if (random_below(2) == 0) {
            double distance_m;
            property_check(with, vaxdir_cursor_next(with, cursor, &row, &distance_m), "cursor_next");
            if (left == 0) {
                good = row == VAXDIR_NO_ROW && isnan(distance_m);
                break;
            }
            good = row == truth.answer[given].row &&
                   oracle_same_distance(is_exact(query), distance_m, truth.answer[given].distance_m) &&
                   distance_m >= last_m;
            last_m = distance_m;
            given++;
        } else {
            property_check(with, vaxdir_cursor_next_many(with, cursor, count, matches), "cursor_next_many");
            count = count < left ? count : left;
            good = good_matches(query, given, count) && isinf(vaxdir_matches_complete_to_m(matches));
            last_m = count > 0 && good ? vaxdir_matches_distances_m(matches)[count - 1] : last_m;
            given += count;
        }
        if (good && random_below(reopened) == 0) {
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
    limited.limit = 1 + random_below(20);
    vaxdir_cursor *cursor = open_cursor(&limited, NULL);
    check(vaxdir_cursor_next_many(context, cursor, UINT32_MAX, matches), "cursor_next_many");
    bool good = good_matches(query, 0, limited.limit < truth.count ? limited.limit : truth.count);
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
    while (count < truth.count && count < limit && truth.answer[count].distance_m <= complete_to_m)
        count++;
    tied = count;
    if ((query->flags & VAXDIR_QUERY_ALL_TIES) != 0 && count == limit)
        while (tied < truth.count && truth.answer[tied].distance_m == truth.answer[count - 1].distance_m)
            tied++;
    if (complete_to_m == 0)
        return vaxdir_matches_count(matches) == 0;
    return good_matches(query, 0, tied);
}

static bool good_work_limit(const vaxdir_query *query, unsigned long *stopped)
{
    vaxdir_query worked = *query;
    worked.work_limit = 1 + random_below(random_below(2) == 0 ? 100 : 2 * ROWS_MAX);
    worked.limit = random_below(2) == 0 ? UINT32_MAX : 1 + random_below(50);
    worked.flags |= random_below(3) == 0 ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
    check(vaxdir_nearest(context, edition, truth.latitude, truth.longitude, &worked, matches), "nearest");
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
    worked.flags |= random_below(2) == 0 ? (uint32_t)VAXDIR_QUERY_UNORDERED : 0;
    check(vaxdir_within_radius(context, edition, truth.latitude, truth.longitude, radius_m, &worked, matches),
          "within_radius");
    return good && good_within_complete(&worked, worked.limit);
}

/* The bearings of the other searches, and that a search without them takes them away. */
static bool good_bearings(const vaxdir_query *query)
{
    vaxdir_query directed = *query;
    directed.limit = 1 + random_below(50);
    check(vaxdir_nearest(context, edition, truth.latitude, truth.longitude, &directed, matches), "nearest");
    return good_matches(&directed, 0, directed.limit < truth.count ? directed.limit : truth.count);
}

static uint32_t random_count(uint32_t round)
{
    if (round < 3)
        return round + 1;
    if (round == 4)
        return ROWS_MAX;
    return 2 + random_below(round % 4 == 0 ? ROWS_MAX - 1 : 200);
}

static void try_world(world_kind kind, uint32_t rounds)
{
    unsigned long wrong = 0, stopped = 0, tried = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        world_fill(&earth, kind, random_count(round));
        oracle_take(&truth, &earth);
        edition = world_build(&earth, context, rules);
        for (int position = 0; position < POSITIONS; position++) {
            double latitude, longitude;
            world_position(&earth, ANTIPODES_IN, &latitude, &longitude);
            oracle_measure(&truth, latitude, longitude);
            vaxdir_query query = random_query();
            bool good =
                good_cursor(&query) && good_limit(&query) && good_work_limit(&query, &stopped) && good_bearings(&query);
            tried++;
            if (!good && wrong++ < 3)
                printf("# wrong: %u centres, at %.17g %.17g, maximum %.17g, minimum %.17g, flags %u\n",
                       (unsigned)earth.count, latitude, longitude, query.max_distance_m, query.min_distance_m,
                       (unsigned)query.flags);
            vaxdir_filter_unref(query.filter);
        }
        edition = vaxdir_edition_unref(edition);
    }
    bool limits_bite = stopped > tried / 20 || kind == WORLD_ONE_POINT;
    property_result(wrong == 0 && limits_bite, "%s: %lu queries equal brute force, %lu stopped by their work limit",
                    world_names[kind], tried, stopped);
}

int main(int argc, char **argv)
{
    uint32_t rounds = ROUNDS * property_start(argc, argv, WORLD_COUNT);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_context_new(NULL, &other_context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    for (int kind = 0; kind < WORLD_COUNT; kind++)
        try_world((world_kind)kind, rounds);
    oracle_free(&truth);
    world_free(&earth);
    vaxdir_matches_unref(matches);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(other_context);
    vaxdir_context_unref(context);
    return property_end();
}
