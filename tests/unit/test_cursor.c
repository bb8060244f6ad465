/* test_cursor.c: what cursors, tokens and work limits promise beside the right order, which
 * tests/property/prop_cursor.c checks: what a token holds and which tokens are refused, what a cursor keeps,
 * allocation, and the constant of the bound. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <geodesic.h>
#include <xxhash.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"
#include "../support/small.h"
#include "geo/point.h"
#include "search/bounds.h"

static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_edition *edition;

static vaxdir_edition *edition_of(vaxdir_registry *registry)
{
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_edition *made = NULL;
    options.rules = rules;
    assert_int_equal(vaxdir_edition_new(context, registry, &options, &made), VAXDIR_OK);
    vaxdir_registry_unref(registry);
    return made;
}

/* The first `count` centres of the small registry. */
static vaxdir_edition *small(unsigned count)
{
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    options.rules = rules;
    assert_int_equal(vaxdir_builder_new(context, &options, &builder), VAXDIR_OK);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(small_add(context, builder, i), VAXDIR_OK);
    return made_edition(context, builder, rules);
}

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    edition = small(SMALL_COUNT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}

static vaxdir_status open_with(vaxdir_edition *in, const char *token, size_t length)
{
    vaxdir_cursor *cursor = NULL;
    vaxdir_status status = vaxdir_cursor_new(context, in, 49, 6, NULL, token, length, &cursor);
    assert_true((status == VAXDIR_OK) == (cursor != NULL));
    assert_true(status == VAXDIR_OK || vaxdir_context_error(context)->message[0] != '\0');
    vaxdir_cursor_unref(cursor);
    return status;
}

/* Makes the check right again, as somebody would who forges a token. */
static void forge(char token[VAXDIR_TOKEN_SIZE])
{
    size_t end = strlen(token) - 16;
    snprintf(token + end, 17, "%016llx", (unsigned long long)XXH3_64bits(token, end));
}

static void damaged_tokens_are_refused(void **state)
{
    (void)state;
    char token[VAXDIR_TOKEN_SIZE], damaged[VAXDIR_TOKEN_SIZE + 8];
    assert_int_equal(vaxdir_token(context, edition, 1, token), VAXDIR_OK);
    size_t length = strlen(token);
    assert_int_equal(open_with(edition, token, length), VAXDIR_OK);
    for (size_t i = 0; i < length; i++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(damaged, token, length);
            damaged[i] = (char)byte;
            if (damaged[i] == token[i])
                continue;
            bool version = i == 1 && byte >= '2' && byte <= '9';
            assert_int_equal(open_with(edition, damaged, length), version ? VAXDIR_ERROR_NEWER : VAXDIR_ERROR_DATA);
        }
    memset(damaged, '0', sizeof damaged);
    memcpy(damaged, token, length);
    for (size_t cut = 0; cut < sizeof damaged; cut++)
        if (cut != length)
            assert_int_equal(open_with(edition, damaged, cut), VAXDIR_ERROR_DATA);
}

static void forged_tokens_do_no_harm(void **state)
{
    (void)state;
    static const char *const rows[] = {"0000000c", "ffffffff", "80000000", "7ffffffe", "0000000A", "0000000g"};
    char token[VAXDIR_TOKEN_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(vaxdir_token(context, edition, 1, token), VAXDIR_OK);
        memcpy(token + 34, rows[i], 8);
        forge(token);
        vaxdir_status status = open_with(edition, token, strlen(token));
        assert_true(status == VAXDIR_ERROR_DATA || (i == 4 && status == VAXDIR_ERROR_STALE));
    }
    /* A row that is there and has no position. */
    uint32_t without = 0;
    assert_int_equal(vaxdir_registry_find(context, vaxdir_edition_registry(edition), "gid:7", 5, &without), VAXDIR_OK);
    assert_int_equal(vaxdir_token(context, edition, without, token), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_token(context, edition, 1, token), VAXDIR_OK);
    char row[9];
    snprintf(row, sizeof row, "%08lx", (unsigned long)without);
    memcpy(token + 34, row, 8);
    forge(token);
    assert_int_equal(open_with(edition, token, strlen(token)), VAXDIR_ERROR_DATA);
}

/* Another fingerprint has a status of its own; the same records built again are the same. */
static void other_records_make_a_token_stale(void **state)
{
    (void)state;
    char token[VAXDIR_TOKEN_SIZE], again[VAXDIR_TOKEN_SIZE];
    vaxdir_edition *fewer = small(SMALL_COUNT - 1);
    vaxdir_registry *shuffled = NULL;
    assert_int_equal(small_build(context, rules, 3, 5, &shuffled), VAXDIR_OK);
    vaxdir_edition *same = edition_of(shuffled);
    assert_int_equal(vaxdir_token(context, edition, 1, token), VAXDIR_OK);
    assert_int_equal(vaxdir_token(context, same, 1, again), VAXDIR_OK);
    assert_string_equal(token, again);
    assert_int_equal(open_with(same, token, strlen(token)), VAXDIR_OK);
    assert_int_equal(open_with(fewer, token, strlen(token)), VAXDIR_ERROR_STALE);
    assert_int_equal(vaxdir_context_error(context)->error_class, VAXDIR_CLASS_DATA);
    assert_string_equal(vaxdir_status_name(VAXDIR_ERROR_STALE), "stale");
    vaxdir_edition_unref(fewer);
    vaxdir_edition_unref(same);
}

/* Who reads a token learns which registry and which row, and nothing of where somebody is or what he asks. */
static void a_token_holds_nothing_of_the_question(void **state)
{
    (void)state;
    char tokens[3][VAXDIR_TOKEN_SIZE];
    vaxdir_query query = VAXDIR_QUERY_INIT;
    const char *const town[] = {"Metz"};
    static const double places[2][2] = {{49.1193, 6.1757}, {49.1194, 6.17569}};
    for (int i = 0; i < 2; i++) {
        vaxdir_cursor *cursor = NULL;
        uint32_t row = VAXDIR_NO_ROW;
        if (i == 1) {
            assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, town, NULL, 1, &query.filter), VAXDIR_OK);
            query.limit = 3;
            query.max_distance_m = 1e5;
        }
        assert_int_equal(vaxdir_cursor_new(context, edition, places[i][0], places[i][1], &query, NULL, 0, &cursor),
                         VAXDIR_OK);
        assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
        assert_int_equal(vaxdir_cursor_token(context, cursor, tokens[i]), VAXDIR_OK);
        assert_int_equal(vaxdir_token(context, edition, row, tokens[2]), VAXDIR_OK);
        assert_string_equal(tokens[i], tokens[2]);
        vaxdir_cursor_unref(cursor);
    }
    assert_string_equal(tokens[0], tokens[1]);
    vaxdir_filter_unref(query.filter);
}

/* A cursor outlives everything that it was opened with, the context among it. */
static void a_cursor_keeps_what_it_needs(void **state)
{
    (void)state;
    vaxdir_context *first = NULL;
    vaxdir_edition *short_lived = small(SMALL_COUNT);
    vaxdir_query query = VAXDIR_QUERY_INIT;
    vaxdir_cursor *cursor = NULL;
    uint32_t count = 0, row = 0;
    assert_int_equal(vaxdir_context_new(NULL, &first), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_has(first, VAXDIR_FIELD_NAME, &query.filter), VAXDIR_OK);
    assert_int_equal(vaxdir_cursor_new(first, short_lived, 49, 6, &query, NULL, 0, &cursor), VAXDIR_OK);
    vaxdir_filter_unref(query.filter);
    vaxdir_edition_unref(short_lived);
    vaxdir_context_unref(first);
    for (;; count++) {
        assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
        if (row == VAXDIR_NO_ROW)
            break;
    }
    assert_int_equal(count, 10); /* of twelve two have no position */
    assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
    assert_int_equal(row, VAXDIR_NO_ROW); /* and stays ended */
    char token[VAXDIR_TOKEN_SIZE];
    assert_int_equal(vaxdir_cursor_token(context, cursor, token), VAXDIR_OK);
    vaxdir_cursor_unref(cursor);
    assert_int_equal(vaxdir_cursor_new(context, edition, 49, 6, NULL, token, strlen(token), &cursor), VAXDIR_OK);
    assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
    assert_int_equal(row, VAXDIR_NO_ROW);
    vaxdir_cursor_unref(cursor);
}

static void of_no_centres_nothing_comes(void **state)
{
    (void)state;
    vaxdir_edition *empty = small(0);
    vaxdir_cursor *cursor = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.work_limit = 1;
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    assert_true(isinf(vaxdir_matches_complete_to_m(matches)));
    assert_int_equal(vaxdir_cursor_new(context, empty, 90, 0, &query, NULL, 0, &cursor), VAXDIR_OK);
    assert_int_equal(vaxdir_cursor_next_many(context, cursor, UINT32_MAX, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 0);
    assert_true(isinf(vaxdir_matches_complete_to_m(matches)));
    assert_int_equal(vaxdir_nearest(context, empty, 90, 0, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 0);
    vaxdir_matches_unref(matches);
    vaxdir_cursor_unref(cursor);
    vaxdir_edition_unref(empty);
}

/* The reach of a chord is below every geodesic that has such a chord, and not by much where chords are short. */
static void the_reach_is_below_every_geodesic(void **state)
{
    (void)state;
    struct geod_geodesic ellipsoid;
    uint64_t bits = 88172645463325252u;
    double slack = vaxdir_bounds_slack(0), greatest = 0;
    geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
    assert_true(vaxdir_bounds_reach(0, slack) == 0);
    assert_true(vaxdir_bounds_reach(slack * slack / 16, slack) == 0);
    for (int i = 0; i < 200000; i++) {
        double numbers[4];
        for (int j = 0; j < 4; j++) {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            numbers[j] = (double)(bits >> 11) / 9007199254740992.0;
        }
        double latitude = i % 5 == 0 ? 90 : 180 * numbers[0] - 90, longitude = 360 * numbers[1] - 180;
        double spread = i % 2 == 0 ? pow(10, -8 * numbers[2]) : 1, metres;
        double other_latitude = i % 7 == 0 ? latitude : latitude + (180 * numbers[2] - 90 - latitude) * spread;
        double other_longitude = i % 7 == 1 ? longitude : longitude + (360 * numbers[3] - 180 - longitude) * spread;
        vaxdir_ecef from = vaxdir_point_ecef(latitude, longitude),
                    to = vaxdir_point_ecef(other_latitude, other_longitude);
        double x = to.x - from.x, y = to.y - from.y, z = to.z - from.z;
        geod_inverse(&ellipsoid, latitude, longitude, other_latitude, other_longitude, &metres, NULL, NULL);
        double reach = vaxdir_bounds_reach(x * x + y * y + z * z, slack);
        if (metres > 1e-6 && reach >= metres)
            fail_msg("%.17g %.17g to %.17g %.17g", latitude, longitude, other_latitude, other_longitude);
        if (metres < 100000 && metres - reach > greatest)
            greatest = metres - reach;
    }
    assert_true(greatest < 0.03);
}

/* An allocator that counts. */
static long calls;

static void *count_allocate(size_t size, void *user)
{
    (void)user;
    calls++;
    return malloc(size);
}

static void *count_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    (void)old_size;
    (void)user;
    calls++;
    return realloc(memory, new_size);
}

static void count_free(void *memory, size_t size, void *user)
{
    (void)size;
    (void)user;
    free(memory);
}

static void warm_work_limits_and_bearings_allocate_nothing(void **state)
{
    (void)state;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    vaxdir_context *counted = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    options.allocate = count_allocate;
    options.reallocate = count_reallocate;
    options.free = count_free;
    assert_int_equal(vaxdir_context_new(&options, &counted), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_new(counted, &matches), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_has(counted, VAXDIR_FIELD_NAME, &query.filter), VAXDIR_OK);
    query.flags = VAXDIR_QUERY_BEARINGS;
    query.work_limit = 1000;
    query.limit = UINT32_MAX;
    long before = 0;
    for (int i = 0; i < 100; i++) {
        assert_int_equal(vaxdir_nearest(counted, edition, 49 + i * 0.01, 6, &query, matches), VAXDIR_OK);
        assert_int_equal(vaxdir_within_radius(counted, edition, 49 + i * 0.01, 6, 1e7, &query, matches), VAXDIR_OK);
        before = i == 0 ? calls : before;
    }
    assert_int_equal(calls, before);
    vaxdir_filter_unref(query.filter);
    vaxdir_matches_unref(matches);
    vaxdir_context_unref(counted);
}

/* The two ends of a cursor that gives centre by centre. */
static void one_call_more_tells_the_work_limit_from_the_end(void **state)
{
    (void)state;
    const struct {
        uint32_t work_limit, limit;
        bool cut;
    } cases[] = {{0, 0, false}, {20, 0, true}, {0, 3, false}, {1000000, 0, false}, {20, 1, false}};
    enum { CENTRES = 500 };
    vaxdir_builder *builder = NULL;
    vaxdir_matches *matches = NULL;
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (unsigned i = 0; i < CENTRES; i++) {
        char id[16];
        int length = snprintf(id, sizeof id, "t:%03u", i);
        assert_int_equal(vaxdir_builder_begin_record(context, builder, id, (size_t)length), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, 44 + i * 0.01), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, 6), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    vaxdir_edition *line = made_edition(context, builder, NULL);
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        vaxdir_cursor *cursor = NULL;
        uint32_t row = 0, given = 0;
        query.work_limit = cases[i].work_limit;
        query.limit = cases[i].limit;
        assert_int_equal(vaxdir_cursor_new(context, line, 49, 6, &query, NULL, 0, &cursor), VAXDIR_OK);
        while (row != VAXDIR_NO_ROW) {
            assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
            given += row != VAXDIR_NO_ROW;
        }
        assert_true(cases[i].cut ? given > 0 && given < CENTRES
                                 : given == (cases[i].limit == 0 ? CENTRES : cases[i].limit));
        assert_int_equal(vaxdir_cursor_next_many(context, cursor, 1, matches), VAXDIR_OK);
        assert_int_equal(vaxdir_matches_count(matches), 0);
        assert_int_equal(isinf(vaxdir_matches_complete_to_m(matches)) == 0, cases[i].cut);
        vaxdir_cursor_unref(cursor);
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(line);
}

/* Those that pass, in the order of ids, and no others. */
static void without_a_position_means_filtered_too(void **state)
{
    (void)state;
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    assert_int_equal(vaxdir_without_position(context, edition, NULL, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 2);
    assert_true(vaxdir_matches_rows(matches)[0] < vaxdir_matches_rows(matches)[1]);
    assert_true(isnan(vaxdir_matches_distances_m(matches)[0]));
    query.limit = 1;
    uint32_t first = vaxdir_matches_rows(matches)[0];
    assert_int_equal(vaxdir_without_position(context, edition, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 1);
    assert_int_equal(vaxdir_matches_rows(matches)[0], first);
    query.limit = 0;
    assert_int_equal(vaxdir_filter_has(context, VAXDIR_FIELD_NAME, &query.filter), VAXDIR_OK);
    assert_int_equal(vaxdir_without_position(context, edition, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(matches), 1);
    vaxdir_filter_unref(query.filter);
    vaxdir_matches_unref(matches);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_tokens_are_refused),
        cmocka_unit_test(forged_tokens_do_no_harm),
        cmocka_unit_test(other_records_make_a_token_stale),
        cmocka_unit_test(a_token_holds_nothing_of_the_question),
        cmocka_unit_test(a_cursor_keeps_what_it_needs),
        cmocka_unit_test(of_no_centres_nothing_comes),
        cmocka_unit_test(the_reach_is_below_every_geodesic),
        cmocka_unit_test(warm_work_limits_and_bearings_allocate_nothing),
        cmocka_unit_test(one_call_more_tells_the_work_limit_from_the_end),
        cmocka_unit_test(without_a_position_means_filtered_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
