/* test_visit.c: searches that ask who may go and what is open: the answer is that of asking every centre by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"

enum { ROWS = 80, LIMIT = 7 };

static vaxdir_context *context;
static vaxdir_edition *edition;
static vaxdir_matches *matches, *all;

/* Who may go depends on the département, and on what is not said; what is open on the hours and the closed flag. */
static const char rules_text[] =
    "{\"schema\":1,\"providers\":[],\"campaign\":{\"name\":\"c\",\"facts\":{\"nurse\":{\"en\":\"n\",\"fr\":\"n\"}},"
    "\"phases\":[{\"id\":\"old\",\"from\":\"2021-01-18\",\"departments\":[\"57\"],\"who\":{\"age_from\":75}},"
    "{\"id\":\"nurses\",\"from\":\"2021-01-18\",\"departments\":[\"54\"],\"who\":{\"fact\":\"nurse\"}}]}}";

static void add_number(vaxdir_builder *builder, uint32_t i)
{
    static const char *const postcodes[] = {"57000", "54000", "75001"};
    static const char *const hours[] = {"9h-12h", "14h-17h", "ouvert"};
    char id[8] = {'t', ':', (char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10)};
    assert_int_equal(vaxdir_builder_begin_record(context, builder, id, 5), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_POSTCODE, postcodes[i % 3], 5), VAXDIR_OK);
    const char *cell = hours[i / 3 % 3];
    assert_int_equal(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_HOURS_MONDAY, cell, strlen(cell)),
                     VAXDIR_OK);
    assert_int_equal(
        vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSED, i % 7 == 0 ? VAXDIR_YES : VAXDIR_NO),
        VAXDIR_OK);
    assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, 48 + i % 20 * 0.05), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, 6 + i / 20 * 0.05), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
}

static int set_up(void **state)
{
    (void)state;
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    vaxdir_rules *rules = made_rules(context, rules_text);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (uint32_t i = 0; i < ROWS; i++)
        add_number(builder, i);
    edition = made_edition(context, builder, rules);
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_new(context, &all), VAXDIR_OK);
    vaxdir_rules_unref(rules);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_matches_unref(matches);
    vaxdir_matches_unref(all);
    vaxdir_edition_unref(edition);
    vaxdir_context_unref(context);
    return 0;
}

/* By the public answers about one centre. */
static int by_hand(uint32_t row, const vaxdir_visit *visit, uint32_t flags)
{
    vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
    vaxdir_opening_answer opening = VAXDIR_OPENING_ANSWER_INIT;
    assert_int_equal(vaxdir_eligible(context, edition, row, visit, &eligibility), VAXDIR_OK);
    assert_int_equal(vaxdir_opening(context, edition, row, visit->at, &opening), VAXDIR_OK);
    if ((flags & VAXDIR_QUERY_ELIGIBLE) != 0 && eligibility.answer == VAXDIR_ELIGIBILITY_NO)
        return 0;
    if ((flags & VAXDIR_QUERY_ELIGIBLE_SURE) != 0 && eligibility.answer != VAXDIR_ELIGIBILITY_YES)
        return 0;
    if ((flags & VAXDIR_QUERY_OPEN) != 0 && opening.answer == VAXDIR_NO)
        return 0;
    return (flags & VAXDIR_QUERY_OPEN_SURE) == 0 || opening.answer == VAXDIR_YES;
}

/* The next that should be found, from `at` on in the order of all. */
static uint32_t next_by_hand(uint32_t *at, const vaxdir_visit *visit, uint32_t flags)
{
    while (*at < vaxdir_matches_count(all)) {
        uint32_t row = vaxdir_matches_rows(all)[(*at)++];
        if (by_hand(row, visit, flags))
            return row;
    }
    return VAXDIR_NO_ROW;
}

static void check_nearest(const vaxdir_query *query)
{
    uint32_t at = 0;
    assert_int_equal(vaxdir_nearest(context, edition, 48.4, 6.4, query, matches), VAXDIR_OK);
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++)
        assert_int_equal(vaxdir_matches_rows(matches)[i], next_by_hand(&at, query->visit, query->flags));
    if (vaxdir_matches_count(matches) < LIMIT)
        assert_int_equal(next_by_hand(&at, query->visit, query->flags), VAXDIR_NO_ROW);
}

static void check_radius(const vaxdir_query *asked)
{
    uint32_t at = 0, found = 0;
    vaxdir_query query = *asked;
    query.limit = 0;
    assert_int_equal(vaxdir_within_radius(context, edition, 48.4, 6.4, 20e3, &query, matches), VAXDIR_OK);
    uint32_t row = next_by_hand(&at, query.visit, query.flags);
    while (row != VAXDIR_NO_ROW && vaxdir_matches_distances_m(all)[at - 1] <= 20e3) {
        assert_true(found < vaxdir_matches_count(matches));
        assert_int_equal(vaxdir_matches_rows(matches)[found++], row);
        row = next_by_hand(&at, query.visit, query.flags);
    }
    assert_int_equal(found, vaxdir_matches_count(matches));
}

/* The visit may go once the cursor is there. */
static void check_cursor(const vaxdir_query *asked)
{
    uint32_t at = 0, row = 0;
    vaxdir_cursor *cursor = NULL;
    vaxdir_query query = *asked;
    vaxdir_visit gone = *asked->visit;
    query.limit = 0;
    query.visit = &gone;
    assert_int_equal(vaxdir_cursor_new(context, edition, 48.4, 6.4, &query, NULL, 0, &cursor), VAXDIR_OK);
    memset(&gone, 0xFF, sizeof gone);
    do {
        assert_int_equal(vaxdir_cursor_next(context, cursor, &row, NULL), VAXDIR_OK);
        assert_int_equal(row, next_by_hand(&at, asked->visit, asked->flags));
    } while (row != VAXDIR_NO_ROW);
    vaxdir_cursor_unref(cursor);
}

static void test_every_wish(void **state)
{
    (void)state;
    static const int32_t births[] = {19440302, 19800302, 0};
    vaxdir_facts *facts = NULL;
    vaxdir_query everything = VAXDIR_QUERY_INIT;
    everything.limit = UINT32_MAX;
    assert_int_equal(vaxdir_nearest(context, edition, 48.4, 6.4, &everything, all), VAXDIR_OK);
    assert_int_equal(vaxdir_matches_count(all), ROWS);
    assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
    for (int32_t nurse = VAXDIR_UNKNOWN; nurse <= VAXDIR_NO; nurse++)
        for (int who = 0; who < 3; who++)
            for (uint32_t wish = 0; wish < 16; wish++) {
                vaxdir_visit visit = VAXDIR_VISIT_INIT;
                vaxdir_query query = VAXDIR_QUERY_INIT;
                assert_int_equal(vaxdir_facts_set(context, facts, "nurse", 5, nurse), VAXDIR_OK);
                visit.at = 1610964000; /* Monday 18 January 2021, 10:00 UTC, which is local time without zones */
                visit.birth_date = births[who];
                visit.facts = facts;
                query.visit = &visit;
                query.flags = wish * VAXDIR_QUERY_ELIGIBLE;
                query.limit = LIMIT;
                check_nearest(&query);
                check_radius(&query);
                check_cursor(&query);
            }
    vaxdir_facts_unref(facts);
}

static void check_reason(vaxdir_explanation *explanation, const vaxdir_query *query, uint32_t row, uint32_t place,
                         double last_m)
{
    vaxdir_search_reason first = VAXDIR_SEARCH_REASON_INIT, last = VAXDIR_SEARCH_REASON_INIT;
    assert_int_equal(vaxdir_explain(context, edition, 48.4, 6.4, query, row, explanation), VAXDIR_OK);
    uint32_t count = vaxdir_explanation_reason_count(explanation);
    assert_true(count > 0);
    assert_int_equal(vaxdir_explanation_reason(context, explanation, 0, &first), VAXDIR_OK);
    assert_int_equal(vaxdir_explanation_reason(context, explanation, count - 1, &last), VAXDIR_OK);
    assert_int_equal(first.code >= VAXDIR_SEARCH_REASON_NOT_ELIGIBLE, !by_hand(row, query->visit, query->flags));
    if (place < LIMIT && first.code < VAXDIR_SEARCH_REASON_NOT_ELIGIBLE)
        assert_int_equal(first.code, VAXDIR_SEARCH_REASON_LISTED);
    if (place >= LIMIT) {
        assert_int_equal(last.code, VAXDIR_SEARCH_REASON_BEYOND_LIMIT);
        assert_true(last.bound_m == last_m);
    } else {
        assert_int_not_equal(last.code, VAXDIR_SEARCH_REASON_BEYOND_LIMIT);
    }
    if (last.rank != 0)
        assert_int_equal(last.rank, place + 1);
}

/* A centre that is nearer than the last one found stands behind those only that may be gone to. */
static void test_explained(void **state)
{
    (void)state;
    vaxdir_explanation *explanation = NULL;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = UINT32_MAX;
    assert_int_equal(vaxdir_nearest(context, edition, 48.4, 6.4, &query, all), VAXDIR_OK);
    assert_int_equal(vaxdir_explanation_new(context, &explanation), VAXDIR_OK);
    visit.at = 1610964000;
    query.visit = &visit;
    query.limit = LIMIT;
    for (uint32_t wish = 0; wish < 16; wish++) {
        double last_m = 0;
        uint32_t place = 0;
        query.flags = wish * VAXDIR_QUERY_ELIGIBLE;
        assert_int_equal(vaxdir_nearest(context, edition, 48.4, 6.4, &query, matches), VAXDIR_OK);
        if (vaxdir_matches_count(matches) == LIMIT)
            last_m = vaxdir_matches_distances_m(matches)[LIMIT - 1];
        for (uint32_t i = 0; i < ROWS; i++) {
            uint32_t row = vaxdir_matches_rows(all)[i];
            check_reason(explanation, &query, row, place, last_m);
            place += (uint32_t)by_hand(row, &visit, query.flags);
        }
    }
    vaxdir_explanation_unref(explanation);
}

/* What does not know visits says so. */
static void test_refusals(void **state)
{
    (void)state;
    double latitude = 48, longitude = 6;
    uint32_t row = 0;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    visit.at = 1610964000;
    query.flags = VAXDIR_QUERY_OPEN;
    assert_int_equal(vaxdir_nearest(context, edition, 48, 6, &query, matches), VAXDIR_ERROR_ARGUMENT);
    query.visit = &visit;
    query.limit = 1;
    assert_int_equal(vaxdir_nearest(context, edition, 48, 6, &query, matches), VAXDIR_OK);
    assert_int_equal(vaxdir_nearest_columns(context, edition, &latitude, 8, &longitude, 8, 1, &query, &row, NULL, NULL),
                     VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_without_position(context, edition, &query, matches), VAXDIR_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_wish), cmocka_unit_test(test_explained),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
