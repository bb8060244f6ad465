/* test_search.c: what nearest search and filters promise beside exactness, which tests/property/prop_nearest.c checks:
 * arguments, limits, ties, the filter algebra, the cache of bound filters, allocation, and the bounds' constants. */
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

#include "../support/made.h"
#include "edition/edition.h"
#include "geo/point.h"
#include "search/bounds.h"
#include "search/filter.h"

/* An allocator that counts, and fails from a given call on. */
typedef struct counter {
    long calls;
    long allowed;
    long bytes; /* not yet given back */
} counter;

static void *counted_allocate(size_t size, void *user)
{
    counter *count = user;
    if (++count->calls > count->allowed)
        return NULL;
    count->bytes += (long)size;
    return malloc(size);
}

static void *counted_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    counter *count = user;
    if (++count->calls > count->allowed)
        return NULL;
    count->bytes += (long)new_size - (long)old_size;
    return realloc(memory, new_size);
}

static void counted_free(void *memory, size_t size, void *user)
{
    counter *count = user;
    count->bytes -= (long)size;
    free(memory);
}

static vaxdir_context *counted_context(counter *count)
{
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    options.allocate = counted_allocate;
    options.reallocate = counted_reallocate;
    options.free = counted_free;
    options.user = count;
    *count = (counter){0, 1000000000, 0};
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_OK);
    return context;
}

static vaxdir_context *context;

/* A centre of a test world; NULL and NaN are absent. Its id is `t:` and its number. */
typedef struct centre {
    double latitude, longitude;
    const char *city;
    const char *kind;
} centre;

static vaxdir_edition *edition_of(const centre *centres, uint32_t count)
{
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (uint32_t i = 0; i < count; i++) {
        char id[16];
        int length = snprintf(id, sizeof id, "t:%06u", (unsigned)i);
        assert_int_equal(vaxdir_builder_begin_record(context, builder, id, (size_t)length), VAXDIR_OK);
        if (!isnan(centres[i].latitude)) {
            assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, centres[i].latitude),
                             VAXDIR_OK);
            assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, centres[i].longitude),
                             VAXDIR_OK);
        }
        if (centres[i].city != NULL)
            assert_int_equal(
                vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_CITY, centres[i].city, strlen(centres[i].city)),
                VAXDIR_OK);
        if (centres[i].kind != NULL)
            assert_int_equal(
                vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_KIND, centres[i].kind, strlen(centres[i].kind)),
                VAXDIR_OK);
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    return made_edition(context, builder, NULL);
}

/* Centres on a meridian, a degree apart; every fifth without a position. */
static vaxdir_edition *meridian(uint32_t count)
{
    static centre centres[64];
    for (uint32_t i = 0; i < count; i++)
        centres[i] = (centre){i % 5 == 4 ? (double)NAN : i, 3, NULL, NULL};
    return edition_of(centres, count);
}

static vaxdir_matches *new_matches(void)
{
    vaxdir_matches *matches = NULL;
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    return matches;
}

static vaxdir_filter *in(vaxdir_field field, const char *value)
{
    vaxdir_filter *filter = NULL;
    assert_int_equal(vaxdir_filter_in(context, field, &value, NULL, 1, &filter), VAXDIR_OK);
    return filter;
}

/* The rows that a filter lets through, as bits; gives the caller's reference back. */
static uint64_t passing(const vaxdir_edition *edition, vaxdir_filter *filter)
{
    vaxdir_matches *matches = new_matches();
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = UINT32_MAX;
    query.filter = filter;
    assert_int_equal(vaxdir_nearest(context, edition, 10, 20, &query, matches), VAXDIR_OK);
    uint64_t rows = 0;
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++)
        rows |= UINT64_C(1) << vaxdir_matches_rows(matches)[i];
    vaxdir_matches_unref(matches);
    vaxdir_filter_unref(filter);
    return rows;
}

static void bad_arguments_are_refused_and_change_nothing(void **state)
{
    (void)state;
    vaxdir_edition *edition = meridian(20);
    vaxdir_matches *matches = new_matches();
    vaxdir_query query = VAXDIR_QUERY_INIT;
    assert_null(vaxdir_matches_rows(matches));
    assert_null(vaxdir_matches_distances_m(matches));
    assert_int_equal(vaxdir_nearest(context, edition, 0, 3, NULL, matches), VAXDIR_OK);
    const uint32_t *rows = vaxdir_matches_rows(matches);
    const struct {
        double latitude, longitude, distance;
    } bad[] = {{NAN, 0, 0}, {0, NAN, 0}, {0, INFINITY, 0}, {-INFINITY, 0, 0}, {90.0000001, 0, 0},
               {-91, 0, 0}, {0, 0, -1},  {0, 0, NAN},      {0, 0, -INFINITY}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        query.max_distance_m = bad[i].distance;
        assert_int_equal(vaxdir_nearest(context, edition, bad[i].latitude, bad[i].longitude, &query, matches),
                         VAXDIR_ERROR_ARGUMENT);
        assert_true(vaxdir_context_error(context)->message[0] != '\0');
    }
    query.max_distance_m = 0;
    query.flags = VAXDIR_QUERY_UNORDERED;
    assert_int_equal(vaxdir_nearest(context, edition, 0, 0, &query, matches), VAXDIR_ERROR_ARGUMENT);
    query.flags = 0;
    query.struct_size = 4;
    assert_int_equal(vaxdir_nearest(context, edition, 0, 0, &query, matches), VAXDIR_ERROR_STRUCT);
    assert_int_equal(vaxdir_nearest(context, NULL, 0, 0, NULL, matches), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_nearest(context, edition, 0, 0, NULL, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_nearest(NULL, edition, 0, 0, NULL, matches), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_matches_count(matches), 10);
    assert_ptr_equal(vaxdir_matches_rows(matches), rows);
    assert_int_equal(rows[4], 5);
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
}

static uint32_t found(const vaxdir_edition *edition, uint32_t limit, double max_distance_m)
{
    vaxdir_matches *matches = new_matches();
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = limit;
    query.max_distance_m = max_distance_m;
    assert_int_equal(vaxdir_nearest(context, edition, 0, 3, &query, matches), VAXDIR_OK);
    uint32_t count = vaxdir_matches_count(matches);
    vaxdir_matches_unref(matches);
    return count;
}

static void limits_count_as_documented(void **state)
{
    (void)state;
    vaxdir_edition *edition = meridian(50); /* 40 with a position */
    assert_int_equal(found(edition, 0, 0), 10);
    assert_int_equal(found(edition, 1, 0), 1);
    assert_int_equal(found(edition, 39, 0), 39);
    assert_int_equal(found(edition, 40, 0), 40);
    assert_int_equal(found(edition, 41, 0), 40);
    assert_int_equal(found(edition, UINT32_MAX, 0), 40);
    assert_int_equal(found(edition, UINT32_MAX, INFINITY), 40);
    assert_int_equal(found(edition, UINT32_MAX, 1e-300), 1);
    vaxdir_edition_unref(edition);
    edition = edition_of(NULL, 0);
    assert_int_equal(found(edition, 0, 0), 0);
    assert_int_equal(found(edition, UINT32_MAX, 1000), 0);
    vaxdir_edition_unref(edition);
}

static void the_maximum_distance_is_inclusive_to_the_last_bit(void **state)
{
    (void)state;
    vaxdir_edition *edition = meridian(50);
    vaxdir_matches *matches = new_matches();
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = UINT32_MAX;
    query.flags = VAXDIR_QUERY_EXACT_DISTANCES;
    assert_int_equal(vaxdir_nearest(context, edition, 0, 3, &query, matches), VAXDIR_OK);
    for (uint32_t i = 1; i < vaxdir_matches_count(matches); i++) {
        double distance = vaxdir_matches_distances_m(matches)[i];
        assert_int_equal(found(edition, UINT32_MAX, distance), i + 1);
        assert_int_equal(found(edition, UINT32_MAX, nextafter(distance, 0)), i);
        assert_int_equal(found(edition, i, distance), i);
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
}

static void longitudes_are_wrapped(void **state)
{
    (void)state;
    const centre centres[] = {{-17.5, 180, NULL, NULL}, {-17.5, -180, NULL, NULL}, {-17.6, -179.9, NULL, NULL}};
    vaxdir_edition *edition = edition_of(centres, 3);
    vaxdir_matches *matches = new_matches();
    const double longitudes[] = {180, -180, 540, -900};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(vaxdir_nearest(context, edition, -17.5, longitudes[i], NULL, matches), VAXDIR_OK);
        assert_int_equal(vaxdir_matches_rows(matches)[0], 0);
        assert_int_equal(vaxdir_matches_rows(matches)[1], 1);
        assert_true(vaxdir_matches_distances_m(matches)[0] == 0);
        assert_true(vaxdir_matches_distances_m(matches)[1] == 0);
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
}

/* Quadratic work would take minutes here. */
static void many_centres_at_one_point_come_in_order_of_id(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    static centre centres[COUNT];
    for (uint32_t i = 0; i < COUNT; i++)
        centres[i] = (centre){48.85, 2.35, NULL, NULL};
    vaxdir_edition *edition = edition_of(centres, COUNT);
    vaxdir_matches *matches = new_matches();
    vaxdir_query query = VAXDIR_QUERY_INIT;
    const uint32_t limits[] = {1, 10, 100, COUNT - 1, UINT32_MAX};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (int repeat = 0; repeat < 20; repeat++) {
            query.limit = limits[i];
            assert_int_equal(vaxdir_nearest(context, edition, 49 - repeat, 2, &query, matches), VAXDIR_OK);
            uint32_t count = vaxdir_matches_count(matches);
            assert_int_equal(count, limits[i] < COUNT ? limits[i] : COUNT);
            for (uint32_t j = 0; j < count; j++)
                assert_int_equal(vaxdir_matches_rows(matches)[j], j);
        }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
}

static vaxdir_edition *towns(void)
{
    const centre centres[] = {
        {49, 6, "Metz", "{centre,pharmacie}"},
        {48, 2, "Paris", "centre"},
        {43, 5, "Marseille", NULL},
        {45, 4, NULL, "pharmacie"},
        {NAN, 0, "Metz", "centre"},
        {49, 6, "metz", "centre pharmacie"},
    };
    return edition_of(centres, 6);
}

static void filters_follow_their_algebra(void **state)
{
    (void)state;
    vaxdir_edition *edition = towns();
    const char *cities[] = {"Paris", "Metz", "Metz", "Nancy"};
    vaxdir_filter *filter = NULL, *parts[2];
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_CITY, "Metz")), 1);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_KIND, "pharmacie")), 8 + 1);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_KIND, "centre\npharmacie")), 0);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_KIND, "")), 0);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_ID, "t:000003")), 8);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_CLOSED, "unknown")), 47);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, cities, NULL, 4, &filter), VAXDIR_OK);
    assert_int_equal(passing(edition, vaxdir_filter_ref(filter)), 3);
    const size_t lengths[] = {5, 3};
    parts[0] = filter;
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, cities, lengths, 2, &parts[1]), VAXDIR_OK);
    vaxdir_filter *made = NULL;
    assert_int_equal(vaxdir_filter_and(context, parts, 2, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 2);
    assert_int_equal(vaxdir_filter_or(context, parts, 2, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 3);
    assert_int_equal(vaxdir_filter_not(context, filter, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 4 + 8 + 32); /* NOT keeps the centre without a city */
    vaxdir_filter_unref(parts[0]);
    vaxdir_filter_unref(parts[1]);
    assert_int_equal(vaxdir_filter_and(context, NULL, 0, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 47);
    assert_int_equal(vaxdir_filter_or(context, NULL, 0, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 0);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, NULL, NULL, 0, &made), VAXDIR_OK);
    assert_int_equal(passing(edition, made), 0);
    vaxdir_edition_unref(edition);
}

static void bad_filters_are_refused(void **state)
{
    (void)state;
    vaxdir_filter *made = NULL;
    const char *good = "a", *latin = "\xE9", *values[] = {"a", NULL};
    const size_t one = 1, two = 2;
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_LATITUDE, &good, NULL, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, 0, &good, NULL, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, 4000000000u, &good, NULL, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, &latin, &one, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, &good, &two, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, values, NULL, 2, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, NULL, NULL, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, &good, NULL, 1, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_not(context, NULL, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_and(context, &made, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_filter_or(context, NULL, 1, &made), VAXDIR_ERROR_ARGUMENT);
    assert_null(made);
}

static void nesting_and_terms_are_limited(void **state)
{
    (void)state;
    vaxdir_edition *edition = towns();
    vaxdir_filter *filter = in(VAXDIR_FIELD_CITY, "Metz"), *deeper = NULL;
    for (int depth = 2; depth <= VAXDIR_FILTER_DEPTH_MAX; depth++) {
        assert_int_equal(vaxdir_filter_not(context, filter, &deeper), VAXDIR_OK);
        vaxdir_filter_unref(filter);
        filter = deeper;
    }
    deeper = NULL;
    assert_int_equal(vaxdir_filter_not(context, filter, &deeper), VAXDIR_ERROR_LIMIT);
    assert_non_null(strstr(vaxdir_context_error(context)->message, "nesting of filters"));
    assert_null(deeper);
    assert_int_equal(passing(edition, filter), 46); /* 63 times NOT */
    /* The same filter twice, again and again: 2^n conditions in n filters. */
    filter = in(VAXDIR_FIELD_CITY, "Metz");
    int rounds = 0;
    for (;; rounds++) {
        vaxdir_filter *both[2] = {filter, filter};
        vaxdir_status status = vaxdir_filter_and(context, both, 2, &deeper);
        if (status != VAXDIR_OK) {
            assert_int_equal(status, VAXDIR_ERROR_LIMIT);
            break;
        }
        vaxdir_filter_unref(filter);
        filter = deeper;
    }
    assert_int_equal(rounds, 15);
    assert_int_equal(passing(edition, filter), 1);
    vaxdir_edition_unref(edition);
}

/* A bound filter is known by what it says: an equal one shares it, another at the same address does not. */
static void bound_filters_are_kept_by_content(void **state)
{
    (void)state;
    vaxdir_edition *edition = towns();
    const centre other[] = {{1, 2, "Paris", NULL}, {3, 4, "Metz", NULL}, {5, 6, NULL, NULL},
                            {1, 2, NULL, NULL},    {3, 4, NULL, NULL},   {5, 6, NULL, NULL}};
    const char *cities[] = {"Metz", "Paris", "Marseille", "metz", "Lille", "Brest", "Nancy"};
    const uint64_t expected[] = {1, 2, 4, 32, 0, 0, 0};
    for (int round = 0; round < 100; round++) {
        int city = round * 5 % 7;
        assert_int_equal(passing(edition, in(VAXDIR_FIELD_CITY, cities[city])), expected[city]);
        if (round % 10 == 0) {
            vaxdir_edition *second = edition_of(other, round % 20 == 0 ? 2 : 6);
            assert_int_equal(passing(second, in(VAXDIR_FIELD_CITY, "Metz")), 2);
            vaxdir_edition_unref(second);
            assert_int_equal(passing(edition, in(VAXDIR_FIELD_CITY, "Metz")), 1);
        }
    }
    /* A damaged file may claim the fingerprint of another: a bitset for fewer rows must not be read beyond its end. */
    vaxdir_edition *impostor = edition_of(other, 2);
    memcpy(impostor->key, edition->key, sizeof impostor->key);
    assert_int_equal(passing(edition, in(VAXDIR_FIELD_CITY, "Metz")), 1);
    assert_int_equal(passing(impostor, in(VAXDIR_FIELD_CITY, "Metz")), 2);
    vaxdir_edition_unref(impostor);
    const char *forth[] = {"a", "b"}, *back[] = {"b", "a", "b"};
    vaxdir_filter *one = NULL, *same = NULL;
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, forth, NULL, 2, &one), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_CITY, back, NULL, 3, &same), VAXDIR_OK);
    assert_memory_equal(one->hash, same->hash, sizeof one->hash);
    vaxdir_filter_unref(same);
    assert_int_equal(vaxdir_filter_in(context, VAXDIR_FIELD_NAME, forth, NULL, 2, &same), VAXDIR_OK);
    assert_memory_not_equal(one->hash, same->hash, sizeof one->hash);
    vaxdir_filter_unref(same);
    vaxdir_filter_unref(one);
    vaxdir_edition_unref(edition);
}

static void a_warm_search_allocates_nothing(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static centre centres[COUNT];
    for (uint32_t i = 0; i < COUNT; i++)
        centres[i] = (centre){i * 37 % 180 - 90.0, i * 61 % 360 - 180.0, i % 3 == 0 ? "Metz" : "Paris", NULL};
    vaxdir_edition *edition = edition_of(centres, COUNT);
    counter count;
    vaxdir_context *shared = context;
    context = counted_context(&count);
    vaxdir_matches *matches = new_matches();
    vaxdir_filter *filter = in(VAXDIR_FIELD_CITY, "Metz");
    long before = 0;
    for (int round = 0; round < 2; round++) {
        before = count.calls;
        for (int i = 0; i < 600; i++) {
            vaxdir_query query = VAXDIR_QUERY_INIT;
            query.limit = i % 3 == 0 ? UINT32_MAX : (uint32_t)i % 20;
            query.filter = i % 2 == 0 ? filter : NULL;
            query.max_distance_m = i % 5 == 0 ? 1e6 : 0;
            assert_int_equal(vaxdir_nearest(context, edition, i % 180 - 90, i * 7, &query, matches), VAXDIR_OK);
        }
    }
    assert_int_equal(count.calls, before);
    vaxdir_filter_unref(filter);
    vaxdir_matches_unref(matches);
    vaxdir_context_unref(context);
    assert_int_equal(count.bytes, 0);
    context = shared;
    vaxdir_edition_unref(edition);
}

/* Nor does the first repetition: what the walk drops, and when, is the same whatever memory it finds. */
static void the_same_search_needs_no_more_memory(void **state)
{
    (void)state;
    enum { COUNT = 2500, QUERIES = 1000 };
    static centre centres[COUNT];
    uint32_t number = 1;
    for (uint32_t i = 0; i < COUNT; i++) {
        number = number * 1664525 + 1013904223; /* Numerical Recipes */
        double latitude = asin(number / 2147483648.0 - 1) * 57.29577951308232;
        number = number * 1664525 + 1013904223;
        centres[i] = (centre){latitude, number / 4294967296.0 * 360 - 180, NULL, NULL};
    }
    vaxdir_edition *edition = edition_of(centres, COUNT);
    vaxdir_context *shared = context;
    for (int i = 0; i < QUERIES; i++) {
        counter count;
        context = counted_context(&count);
        vaxdir_matches *matches = new_matches();
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = 17 + (uint32_t)i % 104;
        long before = 0;
        for (int time = 0; time < 2; time++) {
            before = count.calls;
            assert_int_equal(vaxdir_nearest(context, edition, i * 7 % 180 - 90.0, i * 13 % 360, &query, matches),
                             VAXDIR_OK);
        }
        assert_int_equal(count.calls, before);
        vaxdir_matches_unref(matches);
        vaxdir_context_unref(context);
        assert_int_equal(count.bytes, 0);
    }
    context = shared;
    vaxdir_edition_unref(edition);
}

/* Every allocation fails in turn; the result of an earlier search stays, and nothing leaks. */
static void memory_failures_leave_the_matches(void **state)
{
    (void)state;
    vaxdir_edition *edition = meridian(60);
    vaxdir_context *shared = context;
    bool done = false;
    for (long allowed = 0; !done; allowed++) {
        counter count;
        context = counted_context(&count);
        vaxdir_matches *matches = new_matches();
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = 2;
        assert_int_equal(vaxdir_nearest(context, edition, 0, 3, &query, matches), VAXDIR_OK);
        const uint32_t *rows = vaxdir_matches_rows(matches);
        query.limit = UINT32_MAX;
        const char *values[] = {"b", "a"};
        vaxdir_filter *filters[2] = {NULL, NULL}, *both = NULL;
        count.allowed = count.calls + allowed;
        vaxdir_status status = vaxdir_filter_in(context, VAXDIR_FIELD_CITY, values, NULL, 2, &filters[0]);
        if (status == VAXDIR_OK)
            status = vaxdir_filter_not(context, filters[0], &filters[1]);
        if (status == VAXDIR_OK)
            status = vaxdir_filter_or(context, filters, 2, &both);
        query.filter = both;
        if (status == VAXDIR_OK)
            status = vaxdir_nearest(context, edition, 30, 3, &query, matches);
        done = status == VAXDIR_OK;
        if (!done) {
            assert_int_equal(status, VAXDIR_ERROR_MEMORY);
            assert_int_equal(vaxdir_matches_count(matches), 2);
            assert_ptr_equal(vaxdir_matches_rows(matches), rows);
            assert_int_equal(rows[1], 1);
        } else {
            assert_int_equal(vaxdir_matches_count(matches), 48);
            assert_true(allowed > 6);
        }
        vaxdir_filter_unref(both);
        vaxdir_filter_unref(filters[0]);
        vaxdir_filter_unref(filters[1]);
        vaxdir_matches_unref(matches);
        vaxdir_context_unref(context);
        assert_int_equal(count.bytes, 0);
    }
    context = shared;
    vaxdir_edition_unref(edition);
}

/* The window and the radius against the formulas of docs/search.md, in long double: never inside, and not far outside.
 */
static void the_bounds_are_those_that_are_proven(void **state)
{
    (void)state;
    const long double a = VAXDIR_WGS84_A, b = a * (1 - 1 / 298.257223563L);
    const long double least = b * b / a, greatest = a * a / b, epsilon = 28e-9L;
    for (long double chord = 1e-3L; chord < 12569999; chord *= 1.01L) {
        long double distance = 2 * least * asinl((chord + epsilon) / (2 * least));
        long double reach = 2 * greatest * sinl((distance + epsilon) / (2 * greatest)) + epsilon / 2;
        double window = vaxdir_bounds_window((double)(chord * chord), vaxdir_bounds_slack(0));
        assert_true(window > reach * reach);
        long double width = chord * chord * chord * (chord < 1e6L ? 2.2e-17L : 7e-17L);
        assert_true(sqrtl(window) < chord + width + 1.1e-7L);
        /* What the walk uses is never narrower, whatever the slack. */
        for (double slack = 1e-7; slack < 0.1; slack *= 10) {
            double squared = (double)(chord * chord);
            vaxdir_index_window quick = vaxdir_bounds_quick_window(slack);
            double wide = squared * (1 + quick.relative + squared * quick.square) + quick.absolute;
            assert_true(squared >= quick.proven || wide >= vaxdir_bounds_window(squared, slack));
        }
    }
    assert_true(isinf(vaxdir_bounds_window(12570000.0 * 12570000.0, 1e-7)));
    assert_true(isinf(vaxdir_bounds_window(INFINITY, 1e-7)));
    for (long double distance = 1e-3L; distance < 20037508; distance *= 1.01L) {
        long double chord = 2 * greatest * sinl((distance + 15e-9L) / (2 * greatest)) + 13e-9L;
        double radius = vaxdir_bounds_radius((double)distance, vaxdir_bounds_slack(0));
        assert_true(radius > chord * chord);
        assert_true(sqrtl(radius) < chord + 1.1e-7L);
        long double core = 2 * least * sinl(fminl(distance / (2 * least), 1.5707963L));
        double sure = vaxdir_bounds_core((double)distance, vaxdir_bounds_slack(0));
        assert_true(sure < (core - 28e-9L) * (core - 28e-9L));
        assert_true(sure > 1.58e14 || distance > 19e6L || sqrtl(sure) > core - 1.1e-7L);
    }
    assert_true(isinf(vaxdir_bounds_radius(20037509, 1e-7)));
    assert_true(isinf(vaxdir_bounds_radius(INFINITY, 1e-7)));
}

static int make_context(void **state)
{
    (void)state;
    return vaxdir_context_new(NULL, &context);
}

static int release_context(void **state)
{
    (void)state;
    context = vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_arguments_are_refused_and_change_nothing),
        cmocka_unit_test(limits_count_as_documented),
        cmocka_unit_test(the_maximum_distance_is_inclusive_to_the_last_bit),
        cmocka_unit_test(longitudes_are_wrapped),
        cmocka_unit_test(many_centres_at_one_point_come_in_order_of_id),
        cmocka_unit_test(filters_follow_their_algebra),
        cmocka_unit_test(bad_filters_are_refused),
        cmocka_unit_test(nesting_and_terms_are_limited),
        cmocka_unit_test(bound_filters_are_kept_by_content),
        cmocka_unit_test(a_warm_search_allocates_nothing),
        cmocka_unit_test(the_same_search_needs_no_more_memory),
        cmocka_unit_test(memory_failures_leave_the_matches),
        cmocka_unit_test(the_bounds_are_those_that_are_proven),
    };
    return cmocka_run_group_tests(tests, make_context, release_context);
}
