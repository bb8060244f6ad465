/* test_opening.c: when centres are open, instant by instant, where a mistake would send people to closed doors: clocks
 * that change, midnight, holidays, the centre's own dates; and the filter that asks for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"
#include "base/time.h"
#include "edition/opening.h"
#include "provider/holidays.h"
#include "search/cql.h"

static vaxdir_context *context;

/* One centre, as a line of a plain CSV feed, under the shipped rules. */
static vaxdir_edition *open_feed(const char *text)
{
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_add_memory(context, builder, text, strlen(text), NULL), VAXDIR_OK);
    return made_edition(context, builder, NULL);
}

static const char header[] = "id,name,insee,latitude,longitude,opens_on,closes_on,closed,hours_monday,hours_tuesday,"
                             "hours_wednesday,hours_thursday,hours_friday,hours_saturday,hours_sunday\n";

static vaxdir_edition *open_centre(const char *line)
{
    char feed[1000];
    snprintf(feed, sizeof feed, "%st:1,Un,%s\n", header, line);
    return open_feed(feed);
}

static int64_t instant(const char *text)
{
    int64_t at = 0;
    if (*text != '\0')
        assert_true(vaxdir_instant_parse(vaxdir_slice_of(text), VAXDIR_DATE_ISO, &at));
    return at;
}

typedef struct moment {
    const char *at;
    int32_t answer, reason;
    const char *since, *until, *next_open;
    uint32_t flags;
} moment;

static void check_moments(const char *line, const moment *moments)
{
    vaxdir_edition *edition = open_centre(line);
    for (; moments->at != NULL; moments++) {
        vaxdir_opening_answer answer = VAXDIR_OPENING_ANSWER_INIT;
        assert_int_equal(vaxdir_opening(context, edition, 0, instant(moments->at), &answer), VAXDIR_OK);
        if (answer.answer != moments->answer || answer.reason != moments->reason ||
            answer.since != instant(moments->since) || answer.until != instant(moments->until) ||
            answer.next_open != instant(moments->next_open) || answer.flags != moments->flags)
            print_error("%s: %d %s, %lld to %lld, %lld, %u\n", moments->at, answer.answer,
                        vaxdir_opening_name(answer.reason), (long long)answer.since, (long long)answer.until,
                        (long long)answer.next_open, (unsigned)answer.flags);
        assert_int_equal(answer.answer, moments->answer);
        assert_int_equal(answer.reason, moments->reason);
        assert_int_equal(answer.since, instant(moments->since));
        assert_int_equal(answer.until, instant(moments->until));
        assert_int_equal(answer.next_open, instant(moments->next_open));
        assert_int_equal(answer.flags, moments->flags);
    }
    vaxdir_edition_unref(edition);
}

enum { WEEKLY = VAXDIR_OPENING_WEEKLY_HOURS, EARLIER = VAXDIR_OPENING_MAY_OPEN_EARLIER };

/* Monday 18 January 2021 in Metz. */
static void a_week(void **state)
{
    (void)state;
    check_moments("57463,49,6,,,,9h-12h/14h-17h,9h-12h,fermé,à préciser,selon stock,ferme,",
                  (const moment[]){
                      {"2021-01-18T08:59:59+01:00", VAXDIR_NO, WEEKLY, "2021-01-18T00:00:00+01:00",
                       "2021-01-18T09:00:00+01:00", "2021-01-18T09:00:00+01:00", 0},
                      {"2021-01-18T09:00:00+01:00", VAXDIR_YES, WEEKLY, "2021-01-18T09:00:00+01:00",
                       "2021-01-18T12:00:00+01:00", "2021-01-18T09:00:00+01:00", 0},
                      {"2021-01-18T11:59:59+01:00", VAXDIR_YES, WEEKLY, "2021-01-18T09:00:00+01:00",
                       "2021-01-18T12:00:00+01:00", "2021-01-18T11:59:59+01:00", 0},
                      {"2021-01-18T12:00:00+01:00", VAXDIR_NO, WEEKLY, "2021-01-18T12:00:00+01:00",
                       "2021-01-18T14:00:00+01:00", "2021-01-18T14:00:00+01:00", 0},
                      {"2021-01-19T20:00:00+01:00", VAXDIR_NO, WEEKLY, "2021-01-19T12:00:00+01:00",
                       "2021-01-21T00:00:00+01:00", "2021-01-25T09:00:00+01:00", EARLIER},
                      {"2021-01-21T10:00:00+01:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_STATED,
                       "2021-01-21T00:00:00+01:00", "2021-01-22T00:00:00+01:00", "2021-01-25T09:00:00+01:00", EARLIER},
                      {"2021-01-22T10:00:00+01:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_PARSED,
                       "2021-01-22T00:00:00+01:00", "2021-01-23T00:00:00+01:00", "2021-01-25T09:00:00+01:00", EARLIER},
                      {"2021-01-24T10:00:00+01:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_STATED,
                       "2021-01-24T00:00:00+01:00", "2021-01-25T00:00:00+01:00", "2021-01-25T09:00:00+01:00", EARLIER},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
}

/* Sunday 28 March and 31 October 2021: from 2 to 3 and from 3 to 2. Sunday's hours are those of the clock. */
static void clocks_change(void **state)
{
    (void)state;
    check_moments("54395,49,6,,,,fermé,fermé,fermé,fermé,fermé,22h-2h30,2h30-3h30",
                  (const moment[]){
                      /* the night ends when the clock jumps over 2:30, where Sunday's hours have begun */
                      {"2021-03-28T01:59:59+01:00", VAXDIR_YES, WEEKLY, "2021-03-27T22:00:00+01:00",
                       "2021-03-28T03:30:00+02:00", "2021-03-28T01:59:59+01:00", 0},
                      {"2021-03-28T03:00:00+02:00", VAXDIR_YES, WEEKLY, "2021-03-27T22:00:00+01:00",
                       "2021-03-28T03:30:00+02:00", "2021-03-28T03:00:00+02:00", 0},
                      {"2021-03-28T03:30:00+02:00", VAXDIR_NO, WEEKLY, "2021-03-28T03:30:00+02:00",
                       "2021-04-03T22:00:00+02:00", "2021-04-03T22:00:00+02:00", 0},
                      {"2021-10-31T02:30:00+01:00", VAXDIR_YES, WEEKLY, "2021-10-30T22:00:00+02:00",
                       "2021-10-31T03:30:00+01:00", "2021-10-31T02:30:00+01:00", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    check_moments("57463,49,6,,,,fermé,fermé,fermé,fermé,fermé,fermé,1h-2h30",
                  (const moment[]){
                      /* the clock shows 2:30 to 3:00, then 2:00 to 2:30 once more */
                      {"2021-10-31T02:29:59+02:00", VAXDIR_YES, WEEKLY, "2021-10-31T01:00:00+02:00",
                       "2021-10-31T02:30:00+02:00", "2021-10-31T02:29:59+02:00", 0},
                      {"2021-10-31T02:30:00+02:00", VAXDIR_NO, WEEKLY, "2021-10-31T02:30:00+02:00",
                       "2021-10-31T02:00:00+01:00", "2021-10-31T02:00:00+01:00", 0},
                      {"2021-10-31T02:00:00+01:00", VAXDIR_YES, WEEKLY, "2021-10-31T02:00:00+01:00",
                       "2021-10-31T02:30:00+01:00", "2021-10-31T02:00:00+01:00", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
}

/* Good Friday, 2 April 2021, is a holiday in Metz and not in Nancy; Easter Monday in both. */
static void holidays(void **state)
{
    (void)state;
    check_moments("57463,49,6,,,,9h-12h,9h-12h,9h-12h,9h-12h,9h-12h,fermé,fermé",
                  (const moment[]){
                      {"2021-04-02T10:00:00+02:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY, "2021-04-02T00:00:00+02:00",
                       "2021-04-03T00:00:00+02:00", "2021-04-06T09:00:00+02:00", EARLIER},
                      {"2021-04-05T23:00:00+02:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY, "2021-04-05T00:00:00+02:00",
                       "2021-04-06T00:00:00+02:00", "2021-04-06T09:00:00+02:00", EARLIER},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    check_moments("54395,49,6,,,,9h-12h,9h-12h,9h-12h,9h-12h,9h-12h,fermé,fermé",
                  (const moment[]){
                      {"2021-04-02T10:00:00+02:00", VAXDIR_YES, WEEKLY, "2021-04-02T09:00:00+02:00",
                       "2021-04-02T12:00:00+02:00", "2021-04-02T10:00:00+02:00", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    /* Whoever is open over midnight is so by the day before, a holiday or not. */
    check_moments("57463,49,6,,,,fermé,fermé,fermé,20h-2h,20h-2h,fermé,fermé",
                  (const moment[]){
                      {"2021-04-02T01:00:00+02:00", VAXDIR_YES, WEEKLY, "2021-04-01T20:00:00+02:00",
                       "2021-04-02T02:00:00+02:00", "2021-04-02T01:00:00+02:00", 0},
                      {"2021-04-03T01:00:00+02:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY, "2021-04-02T02:00:00+02:00",
                       "2021-04-03T02:00:00+02:00", "2021-04-08T20:00:00+02:00", EARLIER},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
}

/* Dates are those of the place: Nouméa is eleven hours ahead of UTC, Papeete ten behind. */
static void dates(void **state)
{
    (void)state;
    check_moments("98818,-22,166,2021-01-18,2021-01-19,no,9h-12h,9h-12h,9h-12h,9h-12h,9h-12h,fermé,fermé",
                  (const moment[]){
                      {"2021-01-17T23:59:59+11:00", VAXDIR_NO, VAXDIR_OPENING_NOT_YET_OPEN, "",
                       "2021-01-18T00:00:00+11:00", "2021-01-18T09:00:00+11:00", 0},
                      {"2021-01-18T00:00:00+11:00", VAXDIR_NO, WEEKLY, "2021-01-18T00:00:00+11:00",
                       "2021-01-18T09:00:00+11:00", "2021-01-18T09:00:00+11:00", 0},
                      {"2021-01-19T23:59:59+11:00", VAXDIR_NO, WEEKLY, "2021-01-19T12:00:00+11:00",
                       "2021-01-20T00:00:00+11:00", "", 0},
                      {"2021-01-20T00:00:00+11:00", VAXDIR_NO, VAXDIR_OPENING_CLOSED_FOR_GOOD,
                       "2021-01-20T00:00:00+11:00", "", "", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    check_moments("98735,-17,-149,2021-01-18,,,,,,,,,",
                  (const moment[]){
                      {"2021-01-17T23:59:59-10:00", VAXDIR_NO, VAXDIR_OPENING_NOT_YET_OPEN, "",
                       "2021-01-18T00:00:00-10:00", "", EARLIER},
                      {"2021-01-18T00:00:00-10:00", VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_STATED,
                       "2021-01-18T00:00:00-10:00", "2021-03-05T00:00:00-10:00", "", EARLIER},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    check_moments("57463,49,6,,,yes,0h-24h,,,,,,",
                  (const moment[]){
                      {"2021-01-18T10:00:00+01:00", VAXDIR_NO, VAXDIR_OPENING_CLOSED, "", "", "", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
    check_moments("57463,49,6,2021-01-18,2021-01-17,,0h-24h,0h-24h,,,,,",
                  (const moment[]){
                      {"2021-01-16T10:00:00+01:00", VAXDIR_NO, VAXDIR_OPENING_CLOSED_FOR_GOOD, "", "", "", 0},
                      {"2021-01-18T10:00:00+01:00", VAXDIR_NO, VAXDIR_OPENING_CLOSED_FOR_GOOD, "", "", "", 0},
                      {NULL, 0, 0, NULL, NULL, NULL, 0},
                  });
}

static void check_span(const vaxdir_edition *edition, const char *at, int32_t state, const char *since,
                       const char *until)
{
    vaxdir_state_span span = vaxdir_opening_span(edition, 0, instant(at));
    assert_int_equal(span.state, state);
    assert_int_equal(span.since, instant(since));
    assert_int_equal(span.until, instant(until));
}

static void spans(void **state)
{
    (void)state;
    vaxdir_edition *edition = open_centre("57463,49,6,2021-01-18,2021-06-30,,,,,,,,");
    check_span(edition, "2021-01-17T23:59:59+01:00", VAXDIR_STATE_NOT_YET_OPEN, "", "2021-01-18T00:00:00+01:00");
    check_span(edition, "2021-01-18T00:00:00+01:00", VAXDIR_STATE_OPEN, "2021-01-18T00:00:00+01:00",
               "2021-07-01T00:00:00+02:00");
    check_span(edition, "2021-06-30T23:59:59+02:00", VAXDIR_STATE_OPEN, "2021-01-18T00:00:00+01:00",
               "2021-07-01T00:00:00+02:00");
    check_span(edition, "2021-07-01T00:00:00+02:00", VAXDIR_STATE_CLOSED, "2021-07-01T00:00:00+02:00", "");
    vaxdir_edition_unref(edition);
    edition = open_centre("57463,49,6,,,no,,,,,,,");
    check_span(edition, "2021-01-17T12:00:00Z", VAXDIR_STATE_OPEN, "", "");
    vaxdir_edition_unref(edition);
    edition = open_centre("57463,49,6,2021-01-18,,yes,,,,,,,");
    check_span(edition, "2021-01-19T12:00:00Z", VAXDIR_STATE_CLOSED, "", "");
    vaxdir_edition_unref(edition);
}

/* The first and the last second that there are, and refusals. */
static void limits(void **state)
{
    (void)state;
    static const int64_t ends[] = {VAXDIR_INSTANT_FIRST, VAXDIR_INSTANT_FIRST + 86399, VAXDIR_INSTANT_LAST - 86399,
                                   VAXDIR_INSTANT_LAST};
    static const char *const lines[] = {"57463,49,6,,,,0h-24h,0h-24h,0h-24h,0h-24h,0h-24h,0h-24h,0h-24h",
                                        "98735,-17,-149,0001-01-02,,,22h-2h,22h-2h,,,,,",
                                        "98818,-22,166,9999-12-31,9999-12-31,,22h-2h,22h-2h,22h-2h,22h-2h,22h-2h,,"};
    vaxdir_opening_answer answer = VAXDIR_OPENING_ANSWER_INIT;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        vaxdir_edition *edition = open_centre(lines[i]);
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            assert_int_equal(vaxdir_opening(context, edition, 0, ends[k], &answer), VAXDIR_OK);
            assert_true(answer.since <= ends[k] || answer.since == 0);
            assert_true(answer.until > ends[k] || answer.until == 0);
            (void)vaxdir_opening_span(edition, 0, ends[k]);
        }
        assert_int_equal(vaxdir_opening(context, edition, 0, VAXDIR_INSTANT_LAST + 1, &answer), VAXDIR_ERROR_ARGUMENT);
        assert_int_equal(vaxdir_opening(context, edition, 0, VAXDIR_INSTANT_FIRST - 1, &answer), VAXDIR_ERROR_ARGUMENT);
        assert_int_equal(vaxdir_opening(context, edition, 0, 0, &answer), VAXDIR_ERROR_ARGUMENT);
        assert_int_equal(vaxdir_opening(context, edition, 1, 1, &answer), VAXDIR_ERROR_ARGUMENT);
        vaxdir_edition_unref(edition);
    }
    assert_null(vaxdir_opening_name(0));
    assert_null(vaxdir_opening_name(VAXDIR_OPENING_NOT_PARSED + 1));
}

/* --- holidays of the rules ---------------------------------------------------------------------------------------- */

static void refused(const char *item, const char *message)
{
    char text[400];
    vaxdir_rules *rules = NULL;
    snprintf(text, sizeof text, "{\"schema\": 1, \"providers\": [], \"holidays\": [{\"date\": \"05-01\"}, %s]}", item);
    assert_int_equal(vaxdir_rules_open_memory(context, text, strlen(text), &rules), VAXDIR_ERROR_RULES);
    if (strstr(vaxdir_context_error(context)->message, message) == NULL)
        print_error("%s: %s\n", item, vaxdir_context_error(context)->message);
    assert_non_null(strstr(vaxdir_context_error(context)->message, message));
    assert_null(rules);
}

static void wrong_holidays_are_refused(void **state)
{
    (void)state;
    refused("5", "/holidays/1: write an object");
    refused("{}", "/holidays/1: a holiday has either");
    refused("{\"date\": \"05-01\", \"easter\": 1}", "/holidays/1: a holiday has either");
    refused("{\"date\": \"5-1\"}", "/holidays/1/date");
    refused("{\"date\": \"02-29\"}", "/holidays/1/date");
    refused("{\"date\": \"04-31\"}", "/holidays/1/date");
    refused("{\"date\": 501}", "/holidays/1/date");
    refused("{\"easter\": 81}", "/holidays/1/easter");
    refused("{\"easter\": 1.5}", "/holidays/1/easter");
    refused("{\"easter\": 1, \"name\": \"x\"}", "/holidays/1/name: this key is unknown");
    refused("{\"easter\": 1, \"from\": \"2025\"}", "/holidays/1/from");
    refused("{\"easter\": 1, \"from\": \"2025-01-02\", \"until\": \"2025-01-01\"}", "/holidays/1/until");
    refused("{\"easter\": 1, \"departments\": []}", "/holidays/1/departments: name a place");
    refused("{\"easter\": 1, \"departments\": [\"57\", \"mo\"]}", "/holidays/1/departments/1");
    refused("{\"easter\": 1, \"insee\": \"57\"}", "/holidays/1/insee: write a list");
    refused("{\"easter\": 1, \"insee\": [\"574631\"]}", "/holidays/1/insee/0");
}

/* Dates of Easter from published tables, the earliest and the latest possible ones among them. */
static void easter(void **state)
{
    (void)state;
    static const int32_t sundays[] = {17610322, 18180322, 19430425, 19540418, 19910331, 20000423, 20080323, 20110424,
                                      20190421, 20200412, 20210404, 20220417, 20240331, 20380425, 22850322};
    for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++)
        assert_int_equal(vaxdir_date_from_days(vaxdir_easter_days(sundays[i] / 10000)), sundays[i]);
}

/* --- the filter --------------------------------------------------------------------------------------------------- */

static uint32_t count_of(const vaxdir_edition *edition, const char *text)
{
    vaxdir_filter *filter = NULL;
    uint32_t count = UINT32_MAX;
    assert_int_equal(vaxdir_filter_parse(context, text, strlen(text), &filter), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_count(context, edition, filter, &count), VAXDIR_OK);
    vaxdir_filter_unref(filter);
    return count;
}

static void open_on(void **state)
{
    (void)state;
    vaxdir_edition *edition = open_feed("id,opens_on,closes_on,closed,reserved,by_appointment\n"
                                        "t:1,,,,,\n"
                                        "t:2,2021-01-18,,no,yes,no\n"
                                        "t:3,,2021-01-18,no,no,yes\n"
                                        "t:4,2021-01-18,2021-01-19,,yes,no\n"
                                        "t:5,2021-01-19,2021-01-17,,,\n"
                                        "t:6,,,yes,,no\n");
    vaxdir_filter *filter = NULL;
    uint32_t count = 0;
    /* The same filter but for its date: what is kept of one is not taken for the other. */
    assert_int_equal(count_of(edition, "open_on('2021-01-17')"), 2);
    assert_int_equal(count_of(edition, "open_on('2021-01-18')"), 4);
    assert_int_equal(count_of(edition, "open_on('2021-01-19')"), 3);
    assert_int_equal(count_of(edition, "open_on(DATE('2021-01-20'))"), 2);
    assert_int_equal(count_of(edition, "NOT open_on('2021-01-20')"), 4);
    assert_int_equal(count_of(edition, "Open_On('2021-01-18') AND reserved <> 'yes'"), 2);
    assert_int_equal(count_of(edition, "reserved = 'yes'"), 2);
    assert_int_equal(count_of(edition, "by_appointment = 'no'"), 3);
    assert_int_equal(count_of(edition, "by_appointment = 'unknown'"), 2);
    assert_int_equal(vaxdir_filter_open_on(context, 20210118, &filter), VAXDIR_OK);
    assert_int_equal(vaxdir_filter_count(context, edition, filter, &count), VAXDIR_OK);
    assert_int_equal(count, 4);
    vaxdir_buffer buffer = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_cql_write(&buffer, filter));
    assert_int_equal(buffer.length, strlen("open_on('2021-01-18')"));
    assert_memory_equal(buffer.bytes, "open_on('2021-01-18')", buffer.length);
    vaxdir_buffer_free(&buffer);
    vaxdir_filter_unref(filter);
    assert_int_equal(vaxdir_filter_open_on(context, 20210229, &filter), VAXDIR_ERROR_ARGUMENT);
    vaxdir_edition_unref(edition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week),
        cmocka_unit_test(clocks_change),
        cmocka_unit_test(holidays),
        cmocka_unit_test(dates),
        cmocka_unit_test(spans),
        cmocka_unit_test(limits),
        cmocka_unit_test(wrong_holidays_are_refused),
        cmocka_unit_test(easter),
        cmocka_unit_test(open_on),
    };
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vaxdir_context_unref(context);
    return failed;
}
