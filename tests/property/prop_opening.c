/* prop_opening.c: random weeks, dates, zones, holidays and instants against a model that asks, minute by minute, what
 * the clock on the wall shows: the C library's own reading of the zone, and docs/hours.md for the rest. Prints TAP;
 * arguments: support/property.h. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../support/made.h"
#include "../support/property.h"
#include "../support/random.h"

#include "base/time.h"
#include "edition/opening.h"
#include "provider/holidays.h"

enum { CENTRES = 40, INSTANTS = 4, ROUNDS = 8, INTERVALS_MAX = 4, DAY = 86400, HORIZON = 400 * DAY };

/* One for each département from 01 on: summer time in both hemispheres, of half an hour, at midnight, none at all. */
static const char *const zones[] = {
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "<-03>3<-02>,M3.2.0,M11.1.0",
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "<+11>-11",
    "<-10>10",
    "<-0930>9:30",
    "<-03>3<-02>,M10.3.0/0,M2.3.0/0",
    "EET-2EEST,M3.5.0/3,M10.5.0/4",
};
enum { ZONES = sizeof zones / sizeof *zones };

/* The holidays of the rules below, as the model reads them. */
typedef struct holiday {
    int month, day; /* month 0: days from Easter */
    int zone;       /* -1 everywhere */
    int from, until;
} holiday;

static const holiday holidays[] = {
    {1, 1, -1, 0, 99999999},        {0, 1, -1, 0, 99999999},  {0, 39, -1, 0, 99999999}, {10, 31, 0, 0, 99999999},
    {3, 28, 2, 20220101, 99999999}, {7, 14, -1, 0, 20211231}, {0, -2, 1, 0, 99999999},
};
static const char rules_end[] =
    "\"holidays\": [{\"date\": \"01-01\"}, {\"easter\": 1}, {\"easter\": 39, \"note\": \"Ascension\"},"
    "{\"date\": \"10-31\", \"departments\": [\"01\"]}, {\"date\": \"03-28\", \"insee\": [\"030\"], \"from\": "
    "\"2022-01-01\"}, {\"date\": \"07-14\", \"until\": \"2021-12-31\"}, {\"easter\": -2, \"departments\": [\"75\", "
    "\"02\"]}]}";

typedef struct day {
    int kind; /* as vaxdir_hours */
    int count;
    int from[INTERVALS_MAX], until[INTERVALS_MAX];
} day;

typedef struct centre {
    int zone, closed, opens_on, closes_on;
    day week[7]; /* 0 Sunday, as the C library counts */
} centre;

typedef struct known {
    int answer, reason;
} known;

static centre centres[CENTRES];
static vaxdir_context *context;

static int below(int count)
{
    return (int)random_below((uint32_t)count);
}

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* --- dates of the model ------------------------------------------------------------------------------------------- */

static int ordinal(int year, int month, int day_of_month)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int years = year - 1;
    return years * 365 + years / 4 - years / 100 + years / 400 + before[month - 1] + (leap && month > 2) + day_of_month;
}

/* J.-M. Oudin, 1940, in the Explanatory Supplement to the Astronomical Almanac. */
static int easter(int year)
{
    int c = year / 100, n = year % 19, k = (c - 17) / 25;
    int i = (c - c / 4 - (c - k) / 3 + 19 * n + 15) % 30;
    i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - n) / 11));
    int j = (year + year / 4 + i + 2 - c + c / 4) % 7;
    int l = i - j, month = 3 + (l + 40) / 44;
    return ordinal(year, month, l + 28 - 31 * (month / 4));
}

static bool is_holiday(const centre *c, int date)
{
    int year = date / 10000, month = date / 100 % 100, day_of_month = date % 100;
    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
        const holiday *h = &holidays[i];
        bool today = h->month != 0 ? h->month == month && h->day == day_of_month
                                   : ordinal(year, month, day_of_month) == easter(year) + h->day;
        if (today && (h->zone < 0 || h->zone == c->zone) && date >= h->from && date <= h->until)
            return true;
    }
    return false;
}

static int length_of(int year, int month)
{
    return month == 12 ? 31 : ordinal(year, month + 1, 1) - ordinal(year, month, 1);
}

static int day_before(int date)
{
    int year = date / 10000, month = date / 100 % 100;
    if (date % 100 > 1)
        return date - 1;
    if (month == 1)
        return (year - 1) * 10000 + 1231;
    return year * 10000 + (month - 1) * 100 + length_of(year, month - 1);
}

/* --- the model ---------------------------------------------------------------------------------------------------- */

static bool contradicts(const centre *c)
{
    return c->opens_on != 0 && c->closes_on != 0 && c->closes_on < c->opens_on;
}

static bool holds(const day *hours, int minute)
{
    for (int i = 0; i < hours->count; i++)
        if (minute >= hours->from[i] && minute < hours->until[i])
            return true;
    return false;
}

/* What a date is, kept from one minute to the next. */
static struct {
    const centre *centre;
    int date, before;
    bool holiday, holiday_before;
} calendar;

static void turn_to(const centre *c, int date)
{
    if (calendar.centre == c && calendar.date == date)
        return;
    calendar.centre = c;
    calendar.date = date;
    calendar.before = day_before(date);
    calendar.holiday = is_holiday(c, date);
    calendar.holiday_before = is_holiday(c, calendar.before);
}

static known known_at(const centre *c, int64_t at)
{
    time_t then = (time_t)at;
    struct tm now;
    localtime_r(&then, &now);
    int date = (now.tm_year + 1900) * 10000 + (now.tm_mon + 1) * 100 + now.tm_mday;
    int minute = now.tm_hour * 60 + now.tm_min;
    if (c->closed)
        return (known){VAXDIR_NO, VAXDIR_OPENING_CLOSED};
    if (contradicts(c) || (c->closes_on != 0 && date > c->closes_on))
        return (known){VAXDIR_NO, VAXDIR_OPENING_CLOSED_FOR_GOOD};
    if (date < c->opens_on)
        return (known){VAXDIR_NO, VAXDIR_OPENING_NOT_YET_OPEN};
    turn_to(c, date);
    if (calendar.before >= c->opens_on && holds(&c->week[(now.tm_wday + 6) % 7], minute + 1440))
        return calendar.holiday_before ? (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY}
                                       : (known){VAXDIR_YES, VAXDIR_OPENING_WEEKLY_HOURS};
    if (calendar.holiday)
        return (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY};
    const day *today = &c->week[now.tm_wday];
    if (today->kind == VAXDIR_HOURS_INTERVALS || today->kind == VAXDIR_HOURS_CLOSED)
        return (known){holds(today, minute) ? VAXDIR_YES : VAXDIR_NO, VAXDIR_OPENING_WEEKLY_HOURS};
    return (known){VAXDIR_UNKNOWN,
                   today->kind == VAXDIR_HOURS_TEXT ? VAXDIR_OPENING_NOT_PARSED : VAXDIR_OPENING_NOT_STATED};
}

static bool same(known a, known b)
{
    return a.answer == b.answer && a.reason == b.reason;
}

static int64_t model_since(const centre *c, int64_t at, known now)
{
    int64_t minute = at - at % 60;
    if (now.reason == VAXDIR_OPENING_CLOSED || now.reason == VAXDIR_OPENING_NOT_YET_OPEN || contradicts(c))
        return 0;
    while (at - (minute - 1) <= HORIZON || now.reason == VAXDIR_OPENING_CLOSED_FOR_GOOD) {
        if (!same(known_at(c, minute - 60), now))
            return minute;
        minute -= 60;
    }
    return 0;
}

static int64_t model_until(const centre *c, int64_t at, known now)
{
    int64_t minute = at - at % 60 + 60;
    if (now.reason == VAXDIR_OPENING_CLOSED || now.reason == VAXDIR_OPENING_CLOSED_FOR_GOOD)
        return 0;
    for (; minute - at <= HORIZON || now.reason == VAXDIR_OPENING_NOT_YET_OPEN; minute += 60)
        if (!same(known_at(c, minute), now))
            return minute;
    return 0;
}

static int64_t model_open(const centre *c, int64_t from, uint32_t *ret_flags)
{
    *ret_flags = 0;
    for (int64_t minute = from - from % 60; minute - from <= HORIZON; minute += 60) {
        known then = known_at(c, minute);
        if (then.answer == VAXDIR_YES)
            return minute > from ? minute : from;
        if (then.reason == VAXDIR_OPENING_CLOSED || then.reason == VAXDIR_OPENING_CLOSED_FOR_GOOD)
            break;
        if (then.answer == VAXDIR_UNKNOWN)
            *ret_flags = VAXDIR_OPENING_MAY_OPEN_EARLIER;
    }
    return 0;
}

static vaxdir_opening_answer model(const centre *c, int64_t at)
{
    vaxdir_opening_answer answer = VAXDIR_OPENING_ANSWER_INIT;
    known now = known_at(c, at);
    answer.answer = now.answer;
    answer.reason = now.reason;
    answer.since = model_since(c, at, now);
    answer.until = model_until(c, at, now);
    answer.next_open = model_open(c, now.reason == VAXDIR_OPENING_NOT_YET_OPEN ? answer.until : at, &answer.flags);
    return answer;
}

/* --- the world ---------------------------------------------------------------------------------------------------- */

static vaxdir_rules *make_rules(void)
{
    static char text[8192];
    size_t at = (size_t)snprintf(text, sizeof text, "{\"schema\": 1, \"providers\": [], \"zones\": {");
    for (int i = 0; i < ZONES; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\"z%d\": [{\"posix\": \"%s\"}]", i == 0 ? "" : ", ", i,
                               zones[i]);
    at += (size_t)snprintf(text + at, sizeof text - at, "}, \"default_zone\": \"z0\", \"territories\": [");
    for (int i = 0; i < ZONES; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s{\"departments\": [\"%02d\"], \"zone\": \"z%d\"}",
                               i == 0 ? "" : ", ", i + 1, i);
    (void)snprintf(text + at, sizeof text - at, "], %s", rules_end);
    return made_rules(context, text);
}

/* Intervals that ascend, each with a chance; the last may end after midnight. */
static void make_day(day *hours)
{
    static const int kinds[] = {VAXDIR_HOURS_INTERVALS,  VAXDIR_HOURS_INTERVALS, VAXDIR_HOURS_INTERVALS,
                                VAXDIR_HOURS_INTERVALS,  VAXDIR_HOURS_CLOSED,    VAXDIR_HOURS_OPEN,
                                VAXDIR_HOURS_NOT_STATED, VAXDIR_HOURS_TEXT,      VAXDIR_HOURS_ABSENT};
    *hours = (day){.kind = kinds[below((int)(sizeof kinds / sizeof *kinds))]};
    int from = below(8) == 0 ? 0 : below(below(3) == 0 ? 4 * 60 : 20 * 60);
    while (hours->kind == VAXDIR_HOURS_INTERVALS && hours->count < INTERVALS_MAX) {
        int until = from + 1 + below(600);
        until = below(3) == 0 ? until + (60 - until % 60) % 60 : until;
        if (until > 1440)
            until = from >= 1080 && below(2) == 0 ? 1440 + below(361) : 1440;
        hours->from[hours->count] = from;
        hours->until[hours->count++] = until;
        from = until + below(300);
        if (from >= 1440 || below(3) == 0)
            break;
    }
}

static void write_day(const day *hours, char *text, size_t size)
{
    static const char *const words[] = {"", "", "Ferm\xC3\xA9", "ouvert", "a preciser", "matin"};
    size_t at = (size_t)snprintf(text, size, "%s", words[hours->kind]);
    bool colons = below(2) == 0;
    for (int i = 0; i < hours->count; i++) {
        int from = hours->from[i], until = hours->until[i] > 1440 ? hours->until[i] - 1440 : hours->until[i];
        at += (size_t)snprintf(text + at, size - at, colons ? "%s%02d:%02d-%02d:%02d" : "%s%dh%02d \xC3\xA0 %dh%02d",
                               i == 0   ? ""
                               : colons ? "/"
                                        : " et de ",
                               from / 60, from % 60, until / 60, until % 60);
    }
}

static int random_date(void)
{
    return (2021 + below(2)) * 10000 + (1 + below(12)) * 100 + 1 + below(28);
}

static void add_centre(vaxdir_builder *builder, int row)
{
    centre *c = &centres[row];
    char id[16], insee[16], text[200];
    bool flat = below(40) == 0; /* every day of the week the same */
    *c = (centre){.zone = below(ZONES), .closed = below(20) == 0};
    c->opens_on = below(3) == 0 ? random_date() : 0;
    c->closes_on = below(3) == 0 ? random_date() : 0;
    int id_length = snprintf(id, sizeof id, "t:%03d", row);
    int insee_length = snprintf(insee, sizeof insee, "%02d%03d", c->zone + 1, 1 + below(99));
    check(vaxdir_builder_begin_record(context, builder, id, (size_t)id_length), "begin");
    check(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_INSEE, insee, (size_t)insee_length), "insee");
    check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSED, c->closed ? VAXDIR_YES : below(2) * 2),
          "closed");
    if (c->opens_on != 0)
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_OPENS_ON, c->opens_on), "opens_on");
    if (c->closes_on != 0)
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSES_ON, c->closes_on), "closes_on");
    for (int i = 0; i < 7; i++) {
        make_day(&c->week[i]);
        if (flat)
            c->week[i] = c->week[0];
        write_day(&c->week[i], text, sizeof text);
        vaxdir_field field = i == 0 ? VAXDIR_FIELD_HOURS_SUNDAY : VAXDIR_FIELD_HOURS_MONDAY + (vaxdir_field)(i - 1);
        if (text[0] != '\0')
            check(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), "hours");
    }
    check(vaxdir_builder_end_record(context, builder), "end");
}

static vaxdir_edition *make_edition(vaxdir_rules *rules)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    builder_options.rules = rules;
    check(vaxdir_builder_new(context, &builder_options, &builder), "builder");
    for (int row = 0; row < CENTRES; row++)
        add_centre(builder, row);
    return made_edition(context, builder, rules);
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

/* Anywhere in three years; or around a holiday, an edge of hours, a date of the centre or a change of the clocks. */
static int64_t random_instant(const centre *c)
{
    int64_t at = INT64_C(1577836800) + (int64_t)below(3 * 366) * DAY + below(DAY);
    time_t then = (time_t)at;
    struct tm local;
    localtime_r(&then, &local);
    switch (below(5)) {
    case 0:
        return at;
    case 1: { /* in the hours around the next change of the clocks */
        int summer = local.tm_isdst;
        for (int hour = 0; hour < 370 * 24 && local.tm_isdst == summer; hour++) {
            then += 3600;
            localtime_r(&then, &local);
        }
        return (int64_t)then - then % 3600 + below(7 * 3600) - 4 * 3600;
    }
    case 2: {
        int date = below(2) == 0 ? c->opens_on : c->closes_on;
        if (date != 0) {
            local.tm_year = date / 10000 - 1900;
            local.tm_mon = date / 100 % 100 - 1;
            local.tm_mday = date % 100 + below(2);
        }
        local.tm_hour = 0;
        local.tm_min = 0;
        break;
    }
    case 3: {
        int date = vaxdir_date_from_days(vaxdir_easter_days(local.tm_year + 1900));
        const holiday *h = &holidays[below((int)(sizeof holidays / sizeof *holidays))];
        local.tm_mon = h->month != 0 ? h->month - 1 : date / 100 % 100 - 1;
        local.tm_mday = (h->month != 0 ? h->day : date % 100 + h->day) + below(2);
        local.tm_hour = below(2) == 0 ? 0 : local.tm_hour;
        local.tm_min = below(2) == 0 ? 0 : local.tm_min;
        break;
    }
    default: {
        const day *hours = &c->week[local.tm_wday];
        local.tm_hour = 0;
        local.tm_min = hours->count == 0 ? 0 : hours->from[below(hours->count)];
    }
    }
    local.tm_sec = 0;
    local.tm_isdst = -1;
    return (int64_t)mktime(&local) + below(3) - 1;
}

static bool compare(const vaxdir_edition *edition, int row, int64_t at)
{
    vaxdir_opening_answer found = VAXDIR_OPENING_ANSWER_INIT, wanted = model(&centres[row], at);
    check(vaxdir_opening(context, edition, (uint32_t)row, at, &found), "opening");
    if (memcmp(&found, &wanted, sizeof found) == 0 && vaxdir_opening_at(edition, (uint32_t)row, at) == found.answer)
        return true;
    printf("# zone %s at %lld: found %d %s %u, %lld to %lld, %lld; wanted %d %s %u, %lld to %lld, %lld\n",
           zones[centres[row].zone], (long long)at, found.answer, vaxdir_opening_name(found.reason),
           (unsigned)found.flags, (long long)found.since, (long long)found.until, (long long)found.next_open,
           wanted.answer, vaxdir_opening_name(wanted.reason), (unsigned)wanted.flags, (long long)wanted.since,
           (long long)wanted.until, (long long)wanted.next_open);
    return false;
}

int main(int argc, char **argv)
{
    int times = (int)property_start(argc, argv, 1), cases = 0, wrong = 0, reasons[VAXDIR_OPENING_NOT_PARSED + 1] = {0};
    int rounds = times > 1 ? times * ROUNDS : getenv("VAXDIR_TEST_SLOW_BUILD") != NULL ? ROUNDS / 4 : ROUNDS;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    vaxdir_rules *rules = make_rules();
    for (int round = 0; round < rounds; round++) {
        vaxdir_edition *edition = make_edition(rules);
        for (int row = 0; row < CENTRES; row++) {
            setenv("TZ", zones[centres[row].zone], 1);
            tzset();
            for (int i = 0; i < INSTANTS; i++) {
                int64_t at = random_instant(&centres[row]);
                wrong += !compare(edition, row, at);
                reasons[known_at(&centres[row], at).reason]++;
                cases++;
            }
        }
        vaxdir_edition_unref(edition);
    }
    for (int reason = VAXDIR_OPENING_WEEKLY_HOURS; reason <= VAXDIR_OPENING_NOT_PARSED; reason++) {
        printf("# %s: %d\n", vaxdir_opening_name(reason), reasons[reason]);
        wrong += reasons[reason] == 0;
    }
    property_result(wrong == 0, "%d openings as minute by minute", cases);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
