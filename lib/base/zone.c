/* zone.c: see zone.h. Invariant: only arithmetic on what was parsed; no table of the machine is read. */
#include "zone.h"

enum { DAY = 86400, HOURS_MAX = 167, OFFSET_HOURS_MAX = 24 };

/* --- reading a rule ----------------------------------------------------------------------------------------------- */

typedef struct reader {
    const char *at;
    const char *end;
} reader;

static bool take(reader *text, char byte)
{
    if (text->at == text->end || *text->at != byte)
        return false;
    text->at++;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Three letters or more, or anything of letters, digits and signs in angle brackets. */
static bool take_name(reader *text)
{
    bool quoted = take(text, '<');
    const char *start = text->at;
    while (text->at < text->end &&
           (is_letter(*text->at) || (quoted && (is_digit(*text->at) || *text->at == '+' || *text->at == '-'))))
        text->at++;
    return text->at - start >= 3 && (!quoted || take(text, '>'));
}

static bool take_number(reader *text, int32_t least, int32_t most, int32_t *ret_number)
{
    int32_t number = 0;
    const char *start = text->at;
    while (text->at < text->end && is_digit(*text->at) && text->at - start < 3)
        number = number * 10 + (*text->at++ - '0');
    *ret_number = number;
    return text->at > start && number >= least && number <= most;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool take_time(reader *text, int32_t hours_most, int32_t *ret_seconds)
{
    int32_t hours, minutes = 0, seconds = 0;
    bool negative = take(text, '-');
    if (!negative)
        (void)take(text, '+');
    if (!take_number(text, 0, hours_most, &hours))
        return false;
    if (take(text, ':')) {
        if (!take_number(text, 0, 59, &minutes) || (take(text, ':') && !take_number(text, 0, 59, &seconds)))
            return false;
    }
    *ret_seconds = hours * 3600 + minutes * 60 + seconds;
    if (negative)
        *ret_seconds = -*ret_seconds;
    return true;
}

static bool take_change(reader *text, vaxdir_zone_change *change)
{
    *change = (vaxdir_zone_change){.second = 2 * 3600};
    bool good;
    if (take(text, 'M')) {
        change->form = VAXDIR_ZONE_WEEKDAY;
        good = take_number(text, 1, 12, &change->month) && take(text, '.') && take_number(text, 1, 5, &change->week) &&
               take(text, '.') && take_number(text, 0, 6, &change->day);
    } else if (take(text, 'J')) {
        change->form = VAXDIR_ZONE_JULIAN;
        good = take_number(text, 1, 365, &change->day);
    } else {
        change->form = VAXDIR_ZONE_ZERO_BASED;
        good = take_number(text, 0, 365, &change->day);
    }
    return good && (!take(text, '/') || take_time(text, HOURS_MAX, &change->second));
}

/* A change is at most 167 hours and an offset away from its day. */
static bool well_inside(const vaxdir_zone_change *change)
{
    return change->form == VAXDIR_ZONE_WEEKDAY ? change->month > 1 && change->month < 12
                                               : change->day > 31 && change->day < 334;
}

const char *vaxdir_zone_rule_parse(vaxdir_slice slice, vaxdir_zone_rule *rule)
{
    reader text = {slice.bytes, slice.bytes + slice.length};
    int32_t west;
    if (!take_name(&text))
        return "a zone rule begins with a name: CET, or <+11>";
    if (!take_time(&text, OFFSET_HOURS_MAX, &west))
        return "after the name write the hours west of Greenwich: CET-1";
    rule->standard = rule->summer = -west;
    rule->has_summer = text.at < text.end;
    if (!rule->has_summer)
        return NULL;
    rule->summer += 3600;
    if (!take_name(&text))
        return "after the offset write nothing, or the name of summer time: CET-1CEST";
    if (text.at < text.end && *text.at != ',') {
        if (!take_time(&text, OFFSET_HOURS_MAX, &west))
            return "after the name of summer time write its offset, or a comma";
        rule->summer = -west;
    }
    if (!take(&text, ',') || !take_change(&text, &rule->begin) || !take(&text, ',') || !take_change(&text, &rule->end))
        return "summer time needs its beginning and its end: ,M3.5.0,M10.5.0/3";
    rule->inside = well_inside(&rule->begin) && well_inside(&rule->end);
    return text.at == text.end ? NULL : "the zone rule ends before this text does";
}

/* --- offsets ------------------------------------------------------------------------------------------------------ */

/* Days from 1970-01-01 to the day of a change. */
static int64_t change_day(const vaxdir_zone_change *change, int32_t year)
{
    if (change->form == VAXDIR_ZONE_ZERO_BASED)
        return vaxdir_date_days(year * 10000 + 101) + change->day;
    if (change->form == VAXDIR_ZONE_JULIAN)
        return vaxdir_date_days(year * 10000 + 101) + change->day - 1 + (vaxdir_year_leap(year) && change->day >= 60);
    int64_t first = vaxdir_date_days(year * 10000 + change->month * 100 + 1);
    int64_t next = change->month == 12 ? first + 31 : vaxdir_date_days(year * 10000 + change->month * 100 + 101);
    int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    int64_t day = first + (change->day - weekday + 7) % 7 + (change->week - 1) * 7;
    return day < next ? day : day - 7; /* week 5 is the last one, which may be the fourth */
}

static int64_t begins(const vaxdir_zone_rule *rule, int32_t year)
{
    return change_day(&rule->begin, year) * DAY + rule->begin.second - rule->standard;
}

static int64_t ends(const vaxdir_zone_rule *rule, int32_t year)
{
    return change_day(&rule->end, year) * DAY + rule->end.second - rule->summer;
}

/* The last change at or before the instant decides; one of this year, or, where clocks change at its very ends, of a
 * neighbour. */
static int32_t rule_offset(const vaxdir_zone_rule *rule, int64_t at)
{
    if (!rule->has_summer)
        return rule->standard;
    int64_t local = at + rule->standard;
    int32_t year = vaxdir_date_from_days((local - (local % DAY + DAY) % DAY) / DAY) / 10000;
    if (rule->inside) {
        int64_t begin = begins(rule, year), end = ends(rule, year);
        bool summer = begin < end ? at >= begin && at < end : at < end || at >= begin;
        return summer ? rule->summer : rule->standard;
    }
    int64_t latest = INT64_MIN;
    int32_t offset = rule->standard;
    for (int32_t near = year - 1; near <= year + 1; near++) {
        int64_t begin = begins(rule, near), end = ends(rule, near);
        if (begin <= at && begin > latest) {
            latest = begin;
            offset = rule->summer;
        }
        if (end <= at && end > latest) {
            latest = end;
            offset = rule->standard;
        }
    }
    return offset;
}

static int64_t within_years(int64_t at)
{
    if (at < VAXDIR_INSTANT_FIRST)
        return VAXDIR_INSTANT_FIRST;
    return at > VAXDIR_INSTANT_LAST ? VAXDIR_INSTANT_LAST : at;
}

int32_t vaxdir_zone_offset(const vaxdir_zone *zone, int64_t at)
{
    if (zone == NULL || zone->count == 0)
        return 0;
    at = within_years(at);
    size_t i = 0;
    while (i + 1 < zone->count && at >= zone->rules[i].until)
        i++;
    return rule_offset(&zone->rules[i], at);
}

vaxdir_civil vaxdir_zone_civil(const vaxdir_zone *zone, int64_t at)
{
    at = within_years(at);
    int32_t offset = vaxdir_zone_offset(zone, at);
    int64_t local = within_years(at + offset);
    int32_t second = (int32_t)((local % DAY + DAY) % DAY);
    int64_t days = (local - second) / DAY;
    return (vaxdir_civil){vaxdir_date_from_days(days), second, vaxdir_days_weekday(days), offset};
}

int64_t vaxdir_zone_instant(const vaxdir_zone *zone, int32_t date, int32_t second)
{
    int64_t local = vaxdir_date_days(date) * DAY + second;
    int32_t before = vaxdir_zone_offset(zone, local - DAY), after = vaxdir_zone_offset(zone, local + DAY);
    bool before_holds = vaxdir_zone_offset(zone, local - before) == before;
    bool after_holds = vaxdir_zone_offset(zone, local - after) == after;
    if (before_holds && after_holds)
        return before > after ? local - before : local - after;
    return after_holds ? local - after : local - before;
}
