/* test_zone.c: dates, weekdays and zones: what POSIX rules are read and refused, gaps and doubled hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/zone.h"

static vaxdir_zone zone_of(vaxdir_zone_rule *rule, const char *posix)
{
    const char *wrong = vaxdir_zone_rule_parse(vaxdir_slice_of(posix), rule);
    if (wrong != NULL)
        fail_msg("%s: %s", posix, wrong);
    rule->until = INT64_MAX;
    return (vaxdir_zone){"test", rule, 1};
}

/* Every day of the years 1 to 9999, once, against a count of our own. */
static void test_dates(void **state)
{
    (void)state;
    static const int32_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = -719162;
    int32_t weekday = 1; /* 0001-01-01 was a Monday */
    for (int32_t year = 1; year <= 9999; year++)
        for (int32_t month = 1; month <= 12; month++) {
            int32_t length = lengths[month - 1] + (month == 2 && vaxdir_year_leap(year));
            for (int32_t day = 1; day <= length; day++, days++, weekday = weekday % 7 + 1) {
                int32_t date = year * 10000 + month * 100 + day;
                if (vaxdir_date_days(date) != days || vaxdir_date_from_days(days) != date ||
                    vaxdir_date_weekday(date) != weekday)
                    fail_msg("%d", (int)date);
            }
        }
    assert_int_equal(vaxdir_date_from_days(-719163), 0);
    assert_int_equal(vaxdir_date_from_days(days), 0);
    assert_int_equal(vaxdir_date_add(20210118, -18), 20201231);
    assert_int_equal(vaxdir_date_add(20240228, 2), 20240301);
    assert_int_equal(vaxdir_date_add(99991231, 1), 0);
    assert_int_equal(vaxdir_date_add(20210118, INT64_MAX), 0);
    assert_int_equal(vaxdir_date_weekday(20210118), 1);
    assert_true(vaxdir_instant_valid(VAXDIR_INSTANT_LAST) && !vaxdir_instant_valid(VAXDIR_INSTANT_LAST + 1));
}

static void test_rules_read_and_refused(void **state)
{
    (void)state;
    static const char *const good[] = {"UTC0",        "CET-1CEST,M3.5.0,M10.5.0/3",         "<+1130>-11:30",
                                       "<-0930>9:30", "EST5EDT4,M3.2.0/2:00:00,M11.1.0/-1", "AAA3BBB,J60,300/167"};
    static const char *const bad[] = {"",
                                      "CE-1",
                                      "CET",
                                      "CET-25",
                                      "CET-1:60",
                                      "<+11-11",
                                      "<>-1",
                                      "CET-1CEST",
                                      "CET-1CEST,M3.5.0",
                                      "CET-1CEST,M13.5.0,M10.5.0",
                                      "CET-1CEST,M3.6.0,M10.5.0",
                                      "CET-1CEST,M3.5.7,M10.5.0",
                                      "CET-1CEST,J0,M10.5.0",
                                      "CET-1CEST,366,M10.5.0",
                                      "CET-1CEST,M3.5.0,M10.5.0/168",
                                      "CET-1CEST,M3.5.0,M10.5.0,",
                                      "CET-1 ",
                                      "\xC3"};
    vaxdir_zone_rule rule;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (vaxdir_zone_rule_parse(vaxdir_slice_of(good[i]), &rule) != NULL)
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (vaxdir_zone_rule_parse(vaxdir_slice_of(bad[i]), &rule) == NULL)
            fail_msg("%s", bad[i]);
}

/* The clocks of Paris in 2021: forward on 28 March at 02:00, back on 31 October at 03:00; both ends of both. */
static void test_gaps_and_doubled_hours(void **state)
{
    (void)state;
    vaxdir_zone_rule rule;
    vaxdir_zone paris = zone_of(&rule, "CET-1CEST,M3.5.0,M10.5.0/3");
    const int64_t spring = 1616893200, autumn = 1635642000;
    assert_int_equal(vaxdir_zone_offset(&paris, spring - 1), 3600);
    assert_int_equal(vaxdir_zone_offset(&paris, spring), 7200);
    assert_int_equal(vaxdir_zone_offset(&paris, autumn - 1), 7200);
    assert_int_equal(vaxdir_zone_offset(&paris, autumn), 3600);
    assert_int_equal(vaxdir_zone_instant(&paris, 20210328, 2 * 3600 - 1), spring - 1);
    assert_int_equal(vaxdir_zone_instant(&paris, 20210328, 2 * 3600 + 1800), spring + 1800); /* no such time */
    assert_int_equal(vaxdir_zone_instant(&paris, 20210328, 3 * 3600), spring);
    assert_int_equal(vaxdir_zone_instant(&paris, 20211031, 2 * 3600), autumn - 3600); /* the first of two */
    assert_int_equal(vaxdir_zone_instant(&paris, 20211031, 3 * 3600 - 1), autumn - 1);
    assert_int_equal(vaxdir_zone_instant(&paris, 20211031, 3 * 3600), autumn + 3600);
    assert_int_equal(vaxdir_zone_instant(&paris, 20210114, 26 * 3600), vaxdir_zone_instant(&paris, 20210115, 7200));
    vaxdir_civil civil = vaxdir_zone_civil(&paris, 1610697599); /* a second before 2021-01-15 09:00 */
    assert_true(civil.date == 20210115 && civil.second == 32399 && civil.weekday == 5 && civil.offset == 3600);
    civil = vaxdir_zone_civil(NULL, -1);
    assert_true(civil.date == 19691231 && civil.second == 86399 && civil.weekday == 3 && civil.offset == 0);
    /* Summer in the south; and the ends of time, which must not overflow. */
    vaxdir_zone south = zone_of(&rule, "NZST-12NZDT,M9.5.0,M4.1.0/3");
    assert_int_equal(vaxdir_zone_offset(&south, 1610953200), 13 * 3600);
    assert_int_equal(vaxdir_zone_offset(&south, 1625000000), 12 * 3600);
    assert_true(vaxdir_date_valid(vaxdir_zone_civil(&south, INT64_MAX).date));
    assert_true(vaxdir_date_valid(vaxdir_zone_civil(&south, INT64_MIN).date));
}

/* A zone that changes its mind: each rule until its instant. */
static void test_windows(void **state)
{
    (void)state;
    vaxdir_zone_rule rules[2];
    (void)zone_of(&rules[0], "AAA-2");
    (void)zone_of(&rules[1], "BBB-5");
    rules[0].until = 1610953200;
    vaxdir_zone zone = {"test", rules, 2};
    assert_int_equal(vaxdir_zone_offset(&zone, 1610953199), 7200);
    assert_int_equal(vaxdir_zone_offset(&zone, 1610953200), 18000);
}

/* The short way for rules that keep clear of new year and the long way agree; and a rule that does not keep clear. */
static void test_both_ways(void **state)
{
    (void)state;
    static const char *const rules[] = {"CET-1CEST,M3.5.0,M10.5.0/3", "NZST-12NZDT,M9.5.0,M4.1.0/3",
                                        "<-03>3<-02>,M3.2.0/-24,M11.1.0/167", "AAA3BBB,J60,300", "AAA-9BBB,59,J61/3"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        vaxdir_zone_rule quick, slow;
        vaxdir_zone one = zone_of(&quick, rules[i]), other = zone_of(&slow, rules[i]);
        assert_true(quick.inside);
        slow.inside = false;
        for (int64_t at = 1483228800; at < 1672531200; at += 1800)
            if (vaxdir_zone_offset(&one, at) != vaxdir_zone_offset(&other, at))
                fail_msg("%s at %lld", rules[i], (long long)at);
    }
    vaxdir_zone_rule rule;
    vaxdir_zone zone = zone_of(&rule, "AAA0BBB,M12.5.0/167,M1.1.1/-100"); /* from one year into the next */
    assert_false(rule.inside);
    assert_int_equal(vaxdir_zone_offset(&zone, 1609372800), 0);    /* 31 December: the end of 2021 has been */
    assert_int_equal(vaxdir_zone_offset(&zone, 1609632000), 3600); /* 3 January: the beginning of 2020, too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_rules_read_and_refused),
        cmocka_unit_test(test_gaps_and_doubled_hours),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
