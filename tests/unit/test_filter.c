/* test_filter.c: filters from text and by calls: what the parser takes and where it refuses, that a filter written as
 * text means the same, patterns, null rules on the small registry, hostile bytes, and memory that ends.
 * tests/property/prop_filter.c compares filters with a naive evaluation. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "../support/small.h"
#include "search/cql.h"
#include "search/like.h"

static vaxdir_context *context;
static vaxdir_edition *edition;

static vaxdir_filter *parse(const char *text)
{
    vaxdir_filter *filter = NULL;
    vaxdir_status status = vaxdir_filter_parse(context, text, strlen(text), &filter);
    if (status != VAXDIR_OK)
        print_error("%s\n  column %ld: %s\n", text, (long)vaxdir_context_error(context)->column,
                    vaxdir_context_error(context)->message);
    assert_int_equal(status, VAXDIR_OK);
    return filter;
}

/* A filter as text, to be freed. */
static char *written(const vaxdir_filter *filter)
{
    vaxdir_buffer buffer = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_cql_write(&buffer, filter));
    assert_true(vaxdir_buffer_append_byte(&buffer, '\0'));
    return (char *)buffer.bytes;
}

static uint32_t count_of(vaxdir_filter *filter)
{
    uint32_t count = UINT32_MAX;
    assert_int_equal(vaxdir_filter_count(context, edition, filter, &count), VAXDIR_OK);
    vaxdir_filter_unref(filter);
    return count;
}

static void what_the_subset_holds_is_taken(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"provider = 'doctolib'", NULL},
        {"provider='doctolib'", "provider = 'doctolib'"},
        {"provider IN ('maiia','doctolib','maiia')", "provider IN ('doctolib', 'maiia')"},
        {"provider in('x')", "provider = 'x'"},
        {"city <> 'L''Isle'", NULL},
        {"city < 'b'", NULL},
        {"city <= 'b'", NULL},
        {"city > 'b'", NULL},
        {"city >= '\xC3\x89'", NULL},
        {"city = ''", NULL},
        {"postcode LIKE '57%'", NULL},
        {"name like 'a\\%\\_\\\\_'", "name LIKE 'a\\%\\_\\\\_'"},
        {"name NOT LIKE '%x'", "NOT name LIKE '%x'"},
        {"postcode BETWEEN '57000' AND '57999'", "postcode >= '57000' AND postcode <= '57999'"},
        {"latitude between -90 and +.5e1", "latitude >= -90 AND latitude <= 5"},
        {"position_score NOT BETWEEN 0.1 AND 0.3", "NOT (position_score >= 0.1 AND position_score <= 0.3)"},
        {"position_score = 0.30000000000000004", NULL},
        {"longitude > 1e-300", NULL},
        {"longitude < 123456789012345680000", "longitude < 1.2345678901234568e20"},
        {"latitude = -0.000001", NULL},
        {"latitude = -0", "latitude = 0"},
        {"latitude IN (1, 2.5)", "latitude = 1 OR latitude = 2.5"},
        {"opens_on >= DATE('2021-01-18')", NULL},
        {"opens_on in (date('2021-01-18'))", "opens_on = DATE('2021-01-18')"},
        {"opens_on = DATE ( '2020-02-29' )", "opens_on = DATE('2020-02-29')"},
        {"updated_at < TIMESTAMP('2021-01-18T08:00:00+01:00')", "updated_at < TIMESTAMP('2021-01-18T07:00:00Z')"},
        {"updated_at > TIMESTAMP('0001-01-01T00:00:00Z')", NULL},
        {"updated_at > TIMESTAMP('9999-12-31T23:59:59Z')", NULL},
        {"updated_at > TIMESTAMP('1969-12-31T23:59:59Z')", NULL},
        {"link_url IS NOT NULL", NULL},
        {"phone_number is null", "phone_number IS NULL"},
        {"closed IS NULL", NULL},
        {"attribute('x y') = 'z'", NULL},
        {"attribute('it''s') IN ('b','a')", "attribute('it''s') IN ('a', 'b')"},
        {"attribute( 'a' ) LIKE '_'", "attribute('a') LIKE '_'"},
        {"attribute('a') IS NULL", NULL},
        {"closed = 'no' AND kind = 'CDV'", NULL},
        {"trust IN ('exact', 'suffix+shape')", NULL},
        {"not city = 'a' and city = 'b'", "NOT city = 'a' AND city = 'b'"},
        {"NOT (city = 'a' AND city = 'b')", NULL},
        {"city = 'a' OR city = 'b' AND city = 'c'", "city = 'a' OR (city = 'b' AND city = 'c')"},
        {"(city = 'a' OR city = 'b') AND city = 'c'", NULL},
        {"((city = 'a'))", "city = 'a'"},
        {"NOT (NOT (city = 'a'))", "NOT (NOT city = 'a')"},
        {"TRUE", NULL},
        {"false OR true", "FALSE OR TRUE"},
        {"\t\r\n city\n=\r'a' ", "city = 'a'"},
        {"id IN ('gid:1')", "id = 'gid:1'"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        vaxdir_filter *filter = parse(table[i][0]), *again;
        char *text = written(filter);
        assert_string_equal(text, table[i][1] == NULL ? table[i][0] : table[i][1]);
        again = parse(text);
        assert_memory_equal(filter->hash, again->hash, sizeof filter->hash);
        vaxdir_filter_unref(again);
        vaxdir_filter_unref(filter);
        free(text);
    }
}

static void everything_else_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        long column;
        const char *message;
    } table[] = {
        {"", 1, "the text ends here: expected a condition"},
        {"   ", 4, "expected a condition"},
        {"provder = 'x'", 1, "no field 'provder'"},
        {"Provider = 'x'", 1, "no field 'Provider'"},
        {"provider", 9, "the text ends here: expected =, <>"},
        {"provider == 'x'", 11, "expected a value"},
        {"provider != 'x'", 10, "expected =, <>"},
        {"provider = \"x\"", 12, "single quotes"},
        {"provider = x", 12, "expected a value"},
        {"provider = 'x", 12, "no closing quote"},
        {"provider = 'x''", 12, "no closing quote"},
        {"provider = 5", 12, "provider is text"},
        {"provider = 'x' 'y'", 16, "expected AND, OR or the end"},
        {"provider = 'x')", 15, "expected AND, OR or the end"},
        {"(provider = 'x'", 16, "expected AND, OR or )"},
        {"provider = 'x' AND", 19, "expected a condition"},
        {"provider = 'x' AND AND", 20, "no field 'AND'"},
        {"AND", 1, "no field 'AND'"},
        {"NOT NOT city = 'a'", 5, "no field 'NOT'"},
        {"'x' = provider", 1, "expected a condition"},
        {"provider IN", 12, "expected ( and a list"},
        {"provider IN ()", 14, "expected a value"},
        {"provider IN ('a',)", 18, "expected a value"},
        {"provider IN ('a' 'b')", 18, "expected a comma or )"},
        {"provider IN ('a', 5)", 19, "provider is text"},
        {"provider NOT 'x'", 14, "expected IN, LIKE or BETWEEN"},
        {"provider IS 'x'", 13, "expected NULL or NOT NULL"},
        {"provider IS NOT 'x'", 17, "expected NULL"},
        {"provider = NULL", 12, "expected a value"},
        {"position_score = '0.5'", 18, "position_score is a number"},
        {"position_score LIKE '0'", 1, "a field that is text before LIKE"},
        {"position_score = 0,5", 19, "expected AND, OR or the end"},
        {"position_score = 0x1", 18, "expected a number"},
        {"position_score = 1e999", 18, "expected a number"},
        {"position_score = -", 18, "expected a number"},
        {"position_score = inf", 18, "expected a value"},
        {"position_score BETWEEN 1", 25, "expected AND and the upper bound"},
        {"position_score BETWEEN 1 AND 'b'", 30, "position_score is a number"},
        {"opens_on = '2021-01-18'", 12, "opens_on is a date: write DATE('2021-01-18')"},
        {"opens_on = 20210118", 12, "opens_on is a date"},
        {"opens_on = DATE('2021-02-30')", 17, "a day that exists"},
        {"opens_on = DATE('18/01/2021')", 17, "a day that exists"},
        {"opens_on = DATE('2021/01/18')", 17, "a day that exists"},
        {"opens_on = DATE '2021-01-18'", 17, "( as in DATE"},
        {"opens_on = DATE('2021-01-18'", 29, "expected )"},
        {"updated_at = DATE('2021-01-18')", 14, "updated_at is an instant"},
        {"updated_at = TIMESTAMP('2021-01-18')", 24, "an instant that exists"},
        {"updated_at = TIMESTAMP('2021-01-18T07:00:00')", 24, "an instant that exists"},
        {"updated_at = TIMESTAMP('2021-01-18T07:00:00.5Z')", 24, "an instant that exists"},
        {"updated_at = TIMESTAMP('2021-01-18T24:00:00Z')", 24, "an instant that exists"},
        {"updated_at = TIMESTAMP('0001-01-01T00:00:00+01:00')", 14, "years 1 to 9999"},
        {"closed = 'oui'", 10, "closed is a flag: 'yes', 'no' or 'unknown'"},
        {"closed IN ('yes', 'oui')", 1, "closed is a flag"},
        {"closed = TRUE", 10, "expected a value"},
        {"closed < 'yes'", 10, "closed is a flag, which has no order"},
        {"closed LIKE 'y%'", 13, "closed is a flag, which has no pattern"},
        {"kind >= 'a'", 9, "kind is a list, which has no order"},
        {"kind BETWEEN 'a' AND 'b'", 14, "kind is a list, which has no order"},
        {"name LIKE 'a\\b'", 11, "a backslash in a pattern"},
        {"name LIKE 'a\\'", 11, "a backslash in a pattern"},
        {"name LIKE 5", 11, "name is text"},
        {"attribute('x') = 5", 18, "an attribute is text"},
        {"attribute('') = 'x'", 11, "the name of an attribute"},
        {"attribute(x) = 'x'", 11, "a text in single quotes"},
        {"attribute('x' = 'x'", 15, "expected )"},
        {"attribute = 'x'", 1, "no field 'attribute'"},
        {"S_INTERSECTS(position, POINT(1 2))", 24, "only POLYGON and MULTIPOLYGON are read"},
        {"city = '\xC3\xA9' OR S_INTERSECTS(position, POLYGON((0 0, 1 x, 1 1, 0 0)))", 54, "a position is two numbers"},
        {"S_INTERSECTS(position, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", 24, "polygon 1"},
        {"S_INTERSECTS(position, POLYGON((0 0, 1 0, 1 1)))", 24, "polygon 1, ring 1"},
        {"S_INTERSECTS(position, POLYGON EMPTY)", 24, "expected an area"},
        {"S_INTERSECTS(position, POLYGON((0 0, 1 0, 1 1, 0 0))", 53, "expected )"},
        {"S_INTERSECTS(position, POLYGON((0 0, 1 0, 1 1, 0 0)), 1)", 53, "expected )"},
        {"S_INTERSECTS(position, POLYGON((0 0, 1 0, 1 1, 0 0)", 52, "the next ring"},
        {"S_INTERSECTS(position, area)", 24, "expected an area"},
        {"S_INTERSECTS(position)", 22, "expected a comma and the area"},
        {"S_INTERSECTS(city, POLYGON((0 0, 1 0, 1 1, 0 0)))", 14, "expected position"},
        {"S_INTERSECTS(", 14, "expected position"},
        {"city = 'a' AND open_on()", 24, "a value"},
        {"open_on('2021-02-30')", 9, "a day that exists"},
        {"open_on('18/01/2021')", 9, "a day that exists"},
        {"open_on(20210118)", 9, "a day that exists"},
        {"open_on('2021-01-18'", 21, "expected )"},
        {"open_on('2021-01-18') = TRUE", 23, "expected AND, OR or the end"},
        {"CASEI(city) = 'metz'", 1, "there is no other function"},
        {"\xC3\xA9t\xC3\xA9 = 'a'", 1, "no field '\xC3\xA9t\xC3\xA9'"},
        {"city = '\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80' x", 14, "expected AND, OR or the end"},
        {"city = 'a'\xC2\xA0", 11, "expected AND, OR or the end"},
        {"city = 'a' ; DROP", 12, "expected AND, OR or the end"},
        {"city = 'a' -- x", 12, "expected AND, OR or the end"},
        {"city = '\xE9'", 9, "not UTF-8"},
        {"city = '\xED\xA0\x80'", 9, "not UTF-8"},
        {"city = 'a\xF0\x9F'", 10, "not UTF-8"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        vaxdir_filter *filter = NULL;
        vaxdir_status status = vaxdir_filter_parse(context, table[i].text, strlen(table[i].text), &filter);
        const vaxdir_error *error = vaxdir_context_error(context);
        if (status == VAXDIR_OK || error->column != table[i].column || strstr(error->message, table[i].message) == NULL)
            print_error("%s\n  column %ld: %s\n", table[i].text, (long)error->column, error->message);
        assert_int_equal(status, VAXDIR_ERROR_ARGUMENT);
        assert_null(filter);
        assert_int_equal(error->line, 1);
        assert_int_equal(error->column, table[i].column);
        assert_non_null(strstr(error->message, table[i].message));
    }
    vaxdir_filter *filter = NULL;
    assert_int_equal(vaxdir_filter_parse(context, "city = 'a\0'", 11, &filter), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_context_error(context)->column, 10);
    assert_int_equal(vaxdir_filter_parse(context, NULL, 0, &filter), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_parse(context, "TRUE", 4, NULL), VAXDIR_ERROR_ARGUMENT);
}

/* The same as by calls, written back as it was read, and of any spelling. */
static void areas_are_read_from_text(void **state)
{
    (void)state;
    static const char wkt[] = "POLYGON((6 49, 6.3 49, 6.3 49.3, 6 49.3, 6 49))";
    static const struct {
        const char *text;
        uint32_t count;
    } table[] = {
        {"S_INTERSECTS(position, POLYGON((6 49, 6.3 49, 6.3 49.3, 6 49.3, 6 49)))", 2},
        {"s_intersects ( Position ,polygon\t( (6 49,\n6.3 49, 6.3 49.3, 6 49.3, 6 49) ) )", 2},
        {"NOT S_INTERSECTS(position, POLYGON((6 49, 6.3 49, 6.3 49.3, 6 49.3, 6 49)))", SMALL_COUNT - 2},
        {"S_INTERSECTS(position, MULTIPOLYGON(((6 49, 6.3 49, 6.3 49.3, 6 49)), ((179 -18, -179 -18, 180 -16, 179 "
         "-18)))) "
         "AND link_url IS NULL",
         1},
        {"S_INTERSECTS(position, POLYGON((6 49, 6.3 49, 6.3 49.3, 6 49.3, 6 49), (6.19 49.1, 6.21 49.1, 6.2 49.2, 6.19 "
         "49.1))) OR city = 'Paris'",
         2},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        vaxdir_filter *filter = parse(table[i].text);
        char *text = written(filter);
        vaxdir_filter *again = parse(text);
        assert_memory_equal(filter->hash, again->hash, sizeof filter->hash);
        assert_int_equal(count_of(filter), table[i].count);
        assert_int_equal(count_of(again), table[i].count);
        free(text);
    }
    vaxdir_area *area = NULL;
    vaxdir_filter *called = NULL, *parsed = parse(table[0].text);
    assert_int_equal(vaxdir_area_from_wkt(context, wkt, strlen(wkt), NULL, &area), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_area(context, area, &called), VAXDIR_OK);
    assert_memory_equal(called->hash, parsed->hash, sizeof called->hash);
    vaxdir_area_unref(area);
    vaxdir_filter_unref(called);
    vaxdir_filter_unref(parsed);
}

static char *repeated(const char *before, const char *part, size_t times, const char *after)
{
    size_t length = strlen(part);
    char *text = malloc(strlen(before) + length * times + strlen(after) + 1);
    assert_non_null(text);
    char *at = text + strlen(strcpy(text, before));
    for (size_t i = 0; i < times; i++, at += length)
        memcpy(at, part, length);
    strcpy(at, after);
    return text;
}

static void refused_for_a_limit(char *text, const char *message)
{
    vaxdir_filter *filter = NULL;
    assert_int_equal(vaxdir_filter_parse(context, text, strlen(text), &filter), VAXDIR_ERROR_LIMIT);
    assert_non_null(strstr(vaxdir_context_error(context)->message, message));
    assert_null(filter);
    free(text);
}

static void sizes_and_nesting_are_limited(void **state)
{
    (void)state;
    refused_for_a_limit(repeated("", "(", 100000, "city = 'a'"), "nested deeper than 128");
    assert_int_equal(vaxdir_context_error(context)->column, 129);
    char *text = repeated("", "(", 128, "city = 'a'");
    char *closed = repeated(text, ")", 128, "");
    vaxdir_filter_unref(parse(closed));
    free(text);
    free(closed);
    text = repeated("", "NOT (", 64, "TRUE");
    refused_for_a_limit(repeated(text, ")", 64, ""), "nesting of filters");
    free(text);
    refused_for_a_limit(repeated("TRUE", " OR TRUE", 65536, ""), "more than 65536 conditions");
    refused_for_a_limit(repeated("city = 'a'", " ", 1 << 20, ""), "longer than 1048576 bytes");
    refused_for_a_limit(repeated("name LIKE '", "a", 1025, "'"), "a pattern of LIKE");
    refused_for_a_limit(repeated("name = '", "a", 65537, "'"), "max_cell_bytes");
    text = repeated("id IN ('a'", ",'b'", 100000, ")");
    vaxdir_filter_unref(parse(text));
    free(text);
    /* As deep as calls can make one, it can be written and read again. */
    vaxdir_filter *filter = parse("city = 'a' OR city = 'b'"), *deeper = NULL;
    for (int depth = 3; depth <= 64; depth++) {
        vaxdir_filter *both[2] = {filter, filter};
        if (depth % 2 == 0)
            assert_int_equal(vaxdir_filter_not(context, filter, &deeper), VAXDIR_OK);
        else
            assert_int_equal(vaxdir_filter_and(context, both, 1, &deeper), VAXDIR_OK);
        vaxdir_filter_unref(filter);
        filter = deeper;
    }
    text = written(filter);
    assert_int_equal(count_of(filter), count_of(parse(text)));
    free(text);
}

static void patterns_match_as_documented(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        int likes;
    } table[] = {
        {"", "", 1},
        {"", "a", 0},
        {"%", "", 1},
        {"%", "abc", 1},
        {"_", "", 0},
        {"_", "a", 1},
        {"_", "\xC3\xA9", 1},
        {"__", "\xC3\xA9", 0},
        {"_", "\xF0\x9F\x98\x80", 1},
        {"a%", "a", 1},
        {"a%", "A", 0},
        {"%a", "banana", 1},
        {"%an", "banana", 0},
        {"%an%", "banana", 1},
        {"b%n_", "banana", 1},
        {"b%n__", "banana", 0},
        {"\\%", "%", 1},
        {"\\%", "a", 0},
        {"\\_", "a", 0},
        {"\\\\", "\\", 1},
        {"%\\%", "100%", 1},
        {"%%%a%%%", "bab", 1},
        {"a_%_c", "abc", 0},
        {"a_%_c", "abbc", 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (vaxdir_like(vaxdir_slice_of(table[i].pattern), vaxdir_slice_of(table[i].text)) != (table[i].likes != 0))
            fail_msg("'%s' LIKE '%s'", table[i].text, table[i].pattern);
    /* The worst case ends soon. */
    char *text = repeated("", "a", 65536, "");
    char *pattern = repeated("", "%a", 500, "%b");
    assert_false(vaxdir_like(vaxdir_slice_of(pattern), vaxdir_slice_of(text)));
    free(pattern);
    free(text);
}

/* The small registry: absent is neither equal nor different, and only IS NULL and NOT see it. */
static void absent_values_follow_the_null_rules(void **state)
{
    (void)state;
    int wrong = 0;
    static const struct {
        const char *text;
        uint32_t count;
    } table[] = {
        {"TRUE", 12},
        {"city = 'Metz'", 2},
        {"city <> 'Metz'", 4},
        {"NOT city = 'Metz'", 10},
        {"city NOT IN ('Metz')", 10},
        {"city IS NULL", 6},
        {"city IS NOT NULL AND NOT city = 'Metz'", 4},
        {"city LIKE 'N%' OR city LIKE '_etz'", 4},
        {"city < 'Nancy'", 2},
        {"city BETWEEN 'Nancy' AND 'Paris'", 3},
        {"closed = 'unknown'", 8},
        {"closed <> 'unknown'", 4},
        {"closed IS NULL", 0},
        {"closed IS NOT NULL", 12},
        {"kind = 'CDV CAV'", 1},
        {"kind <> 'CDV CAV'", 2},
        {"kind LIKE 'C%'", 3},
        {"kind = 'CDV'", 2},
        {"kind IS NULL", 9},
        {"latitude > 49", 4},
        {"latitude <> 90", 9},
        {"NOT latitude <> 90", 3},
        {"latitude IS NULL", 2},
        {"opens_on <= DATE('2021-01-18')", 1},
        {"opens_on > DATE('2021-01-18')", 2},
        {"opens_on IS NULL", 9},
        {"updated_at < TIMESTAMP('1970-01-01T00:00:00Z')", 1},
        {"updated_at = TIMESTAMP('2021-01-18T07:00:01Z')", 1},
        {"link_url IS NOT NULL", 6},
        {"phone_number IS NOT NULL", 5},
        {"trust = 'unsafe'", 2},
        {"trust <> 'unsafe'", 10},
        {"provider = 'doctolib' AND department = '57'", 1},
        {"provider IN ('doctolib','maiia') AND region = 'Grand Est'", 2},
        {"postcode LIKE '57%'", 3},
        {"attribute('remark') = 'un'", 1},
        {"attribute('remark') <> 'un'", 3},
        {"attribute('remark') IS NULL", 8},
        {"attribute('nowhere') IS NULL", 12},
        {"attribute('nowhere') <> 'x'", 0},
        {"attribute('\xC3\xA9tage') = '2'", 3},
        {"id IN ('gid:9', 'gid:1', 'a', 'z:\xC3\xA9', 'gid:10')", 3},
        {"NOT id = 'gid:1'", 11},
        {"id LIKE 'gid:%'", 9},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        uint32_t count = count_of(parse(table[i].text));
        if (count != table[i].count)
            print_error("%s: %u, not %u\n", table[i].text, (unsigned)count, (unsigned)table[i].count);
        wrong += count != table[i].count;
    }
    assert_int_equal(wrong, 0);
}

static void calls_make_what_text_makes(void **state)
{
    (void)state;
    const char *values[] = {"b", "a"};
    vaxdir_filter *filter = NULL;
#define SAME(text, call)                                                                                               \
    do {                                                                                                               \
        vaxdir_filter *parsed = parse(text);                                                                           \
        assert_int_equal((call), VAXDIR_OK);                                                                           \
        assert_memory_equal(parsed->hash, filter->hash, sizeof filter->hash);                                          \
        vaxdir_filter_unref(parsed);                                                                                   \
        vaxdir_filter_unref(filter);                                                                                   \
    } while (0)
    SAME("city IN ('a', 'b')", vaxdir_filter_in(context, VAXDIR_FIELD_CITY, values, NULL, 2, &filter));
    SAME("city = 'a'", vaxdir_filter_compare_text(context, VAXDIR_FIELD_CITY, VAXDIR_OPERATOR_EQUAL, "a", 1, &filter));
    SAME("city LIKE 'a%'",
         vaxdir_filter_compare_text(context, VAXDIR_FIELD_CITY, VAXDIR_OPERATOR_LIKE, "a%", 2, &filter));
    SAME("latitude >= 5",
         vaxdir_filter_compare_number(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_GREATER_OR_EQUAL, 5, &filter));
    SAME("latitude = 0",
         vaxdir_filter_compare_number(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_EQUAL, -0.0, &filter));
    SAME("opens_on <> DATE('2021-01-18')",
         vaxdir_filter_compare_integer(context, VAXDIR_FIELD_OPENS_ON, VAXDIR_OPERATOR_NOT_EQUAL, 20210118, &filter));
    SAME("updated_at < TIMESTAMP('2021-01-18T07:00:00Z')",
         vaxdir_filter_compare_integer(context, VAXDIR_FIELD_UPDATED_AT, VAXDIR_OPERATOR_LESS, 1610953200, &filter));
    SAME("link_url IS NOT NULL", vaxdir_filter_has(context, VAXDIR_FIELD_LINK_URL, &filter));
    SAME("attribute('x') IN ('a', 'b')", vaxdir_filter_attribute_in(context, "x", 1, values, NULL, 2, &filter));
    SAME("attribute('x') < 'b'",
         vaxdir_filter_attribute_compare(context, "x", 1, VAXDIR_OPERATOR_LESS, "b", 1, &filter));
    SAME("attribute('x') IS NOT NULL", vaxdir_filter_attribute_has(context, "x", 1, &filter));
#undef SAME
    vaxdir_filter *field = parse("city = 'a'"), *attribute = parse("attribute('city') = 'a'");
    assert_memory_not_equal(field->hash, attribute->hash, sizeof field->hash);
    vaxdir_filter_unref(field);
    vaxdir_filter_unref(attribute);
}

static void calls_of_the_wrong_type_are_refused(void **state)
{
    (void)state;
    vaxdir_filter *made = NULL;
    const char *oui = "oui";
#define BAD(call) assert_int_equal((call), VAXDIR_ERROR_ARGUMENT)
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_EQUAL, "1", 1, &made));
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_OPENS_ON, VAXDIR_OPERATOR_EQUAL, "1", 1, &made));
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_CITY, 0, "1", 1, &made));
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_CITY, VAXDIR_OPERATOR_LIKE + 1, "1", 1, &made));
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_KIND, VAXDIR_OPERATOR_LESS, "1", 1, &made));
    BAD(vaxdir_filter_compare_text(context, VAXDIR_FIELD_CLOSED, VAXDIR_OPERATOR_EQUAL, "oui", 3, &made));
    BAD(vaxdir_filter_in(context, VAXDIR_FIELD_CLOSED, &oui, NULL, 1, &made));
    BAD(vaxdir_filter_compare_number(context, VAXDIR_FIELD_CITY, VAXDIR_OPERATOR_EQUAL, 1, &made));
    BAD(vaxdir_filter_compare_number(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_LIKE, 1, &made));
    BAD(vaxdir_filter_compare_number(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_EQUAL, NAN, &made));
    BAD(vaxdir_filter_compare_number(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_EQUAL, INFINITY, &made));
    BAD(vaxdir_filter_compare_integer(context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_EQUAL, 1, &made));
    BAD(vaxdir_filter_compare_integer(context, VAXDIR_FIELD_CLOSED, VAXDIR_OPERATOR_EQUAL, 1, &made));
    BAD(vaxdir_filter_compare_integer(context, VAXDIR_FIELD_OPENS_ON, VAXDIR_OPERATOR_EQUAL, 20210230, &made));
    BAD(vaxdir_filter_compare_integer(context, VAXDIR_FIELD_OPENS_ON, VAXDIR_OPERATOR_EQUAL, INT64_MIN, &made));
    BAD(vaxdir_filter_compare_integer(context, VAXDIR_FIELD_UPDATED_AT, VAXDIR_OPERATOR_EQUAL, INT64_MIN, &made));
    BAD(vaxdir_filter_has(context, 0, &made));
    BAD(vaxdir_filter_has(context, 4000000000u, &made));
    BAD(vaxdir_filter_attribute_has(context, "", 0, &made));
    BAD(vaxdir_filter_attribute_has(context, "\xE9", 1, &made));
#undef BAD
    assert_null(made);
}

/* Any bytes: refused or taken, and what is taken can be written and means the same again. */
static void mutated_texts_do_no_harm(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "provider IN ('doctolib','maiia') AND department = '57'",
        "NOT (city LIKE 'a\\%_' OR attribute('x') IS NOT NULL) AND closed = 'no'",
        "opens_on BETWEEN DATE('2021-01-18') AND DATE('2021-02-18') AND latitude > -1.5e1",
        "updated_at >= TIMESTAMP('2021-01-18T07:00:00Z') OR kind <> 'caf\xC3\xA9'",
        "S_INTERSECTS(position, MULTIPOLYGON(((6 49, 7 49, 6 50, 6 49)), ((1 1, 2 1, 1 2, 1 1)))) OR closed = 'no'",
    };
    static const char pieces[] = "'\"()%_\\,.=<>+-09azAZ\t\xC3\xA9\xFF\x01 NOT";
    uint64_t random = 20210118;
    for (int round = 0; round < 60000; round++) {
        char text[256];
        const char *seed = seeds[round % 5];
        size_t length = strlen(seed);
        memcpy(text, seed, length);
        int changes = 1 + round % 5;
        for (int i = 0; i < changes; i++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t at = (size_t)(random >> 33) % length;
            char piece = pieces[(size_t)(random >> 20) % (sizeof pieces - 1)];
            if (random % 3 == 0 && length > 1)
                memmove(text + at, text + at + 1, --length - at);
            else if (random % 3 == 1 && length < sizeof text)
                memmove(text + at + 1, text + at, length++ - at), text[at] = piece;
            else
                text[at] = piece;
        }
        char *exact = malloc(length); /* so that reading behind it is seen */
        assert_non_null(exact);
        memcpy(exact, text, length);
        vaxdir_filter *filter = NULL;
        if (vaxdir_filter_parse(context, exact, length, &filter) == VAXDIR_OK) {
            char *again = written(filter);
            assert_int_equal(count_of(filter), count_of(parse(again)));
            free(again);
        } else {
            const vaxdir_error *error = vaxdir_context_error(context);
            assert_true(error->line == 1 && error->column >= 1 && error->column <= (long)length + 1);
        }
        free(exact);
    }
}

static int open_world(void **state)
{
    (void)state;
    vaxdir_rules *rules = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_rules_default(context, &rules) != VAXDIR_OK ||
        small_build(context, rules, 0, 1, &registry) != VAXDIR_OK)
        return -1;
    options.rules = rules;
    vaxdir_status status = vaxdir_edition_new(context, registry, &options, &edition);
    vaxdir_registry_unref(registry);
    vaxdir_rules_unref(rules);
    return status;
}

static int close_world(void **state)
{
    (void)state;
    edition = vaxdir_edition_unref(edition);
    context = vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_subset_holds_is_taken), cmocka_unit_test(everything_else_is_refused_with_its_place),
        cmocka_unit_test(areas_are_read_from_text),       cmocka_unit_test(sizes_and_nesting_are_limited),
        cmocka_unit_test(patterns_match_as_documented),   cmocka_unit_test(absent_values_follow_the_null_rules),
        cmocka_unit_test(calls_make_what_text_makes),     cmocka_unit_test(calls_of_the_wrong_type_are_refused),
        cmocka_unit_test(mutated_texts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
