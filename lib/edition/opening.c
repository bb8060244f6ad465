/* opening.c: see opening.h. Invariant: the answer at an instant depends on what the clock of the place shows then, and
 * on nothing else; since, until and next_open are the ends of stretches of equal answers. */
#include "opening.h"

#include "../provider/model.h"
#include "hours.h"

enum { DAY = 86400, HORIZON_DAYS = 400, WEEK = 7 };

/* What a centre says of itself. Cells are read when they are first needed. */
typedef struct centre {
    const vaxdir_edition *edition;
    const vaxdir_zone *zone;
    uint32_t row;
    bool closed;
    int32_t opens_on; /* 0 for none, as the next */
    int32_t closes_on;
    vaxdir_slice insee;
    vaxdir_slice department;
    bool read[WEEK + 1];
    vaxdir_hours week[WEEK + 1]; /* by day of the week, 1 Monday */
} centre;

typedef struct known {
    int32_t answer;
    int32_t reason;
} known;

/* --- the centre --------------------------------------------------------------------------------------------------- */

static int32_t date_of(const vaxdir_edition *edition, uint32_t row, vaxdir_field field)
{
    const int64_t *dates = edition->registry->integers[field];
    return dates == NULL || dates[row] == INT64_MIN ? 0 : (int32_t)dates[row];
}

static bool is_closed(const vaxdir_edition *edition, uint32_t row)
{
    return vaxdir_registry_get_integer(edition->registry, row, VAXDIR_FIELD_CLOSED) == VAXDIR_YES;
}

static void open_centre(const vaxdir_edition *edition, uint32_t row, centre *c)
{
    c->edition = edition;
    c->zone = vaxdir_edition_zone(edition, row);
    c->row = row;
    c->closed = is_closed(edition, row);
    c->opens_on = date_of(edition, row, VAXDIR_FIELD_OPENS_ON);
    c->closes_on = date_of(edition, row, VAXDIR_FIELD_CLOSES_ON);
    c->insee = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_INSEE);
    c->department = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_DEPARTMENT);
    for (int day = 0; day <= WEEK; day++)
        c->read[day] = false;
}

static const vaxdir_hours *hours_of(centre *c, int32_t weekday)
{
    if (!c->read[weekday]) {
        vaxdir_field field = VAXDIR_FIELD_HOURS_MONDAY + (vaxdir_field)(weekday - 1);
        vaxdir_hours_read(vaxdir_edition_get_text(c->edition, c->row, field), &c->week[weekday]);
        c->read[weekday] = true;
    }
    return &c->week[weekday];
}

static bool is_holiday(const centre *c, int32_t date)
{
    return vaxdir_holidays_have(&c->edition->rules->holidays, date, c->insee, c->department);
}

static bool never_open(int32_t opens_on, int32_t closes_on)
{
    return opens_on != 0 && closes_on != 0 && closes_on < opens_on;
}

/* --- a moment of a day -------------------------------------------------------------------------------------------- */

static int32_t day_before(int32_t weekday)
{
    return weekday == 1 ? WEEK : weekday - 1;
}

/* Whether an interval of the hours holds a second, counted from the midnight that they are counted from. */
static bool holds(const vaxdir_hours *hours, int32_t second)
{
    for (uint32_t i = 0; i < hours->interval_count; i++)
        if (second >= hours->intervals[i].from_minute * 60 && second < hours->intervals[i].until_minute * 60)
            return true;
    return false;
}

static known known_by_hours(centre *c, int32_t date, int32_t weekday, int32_t second)
{
    int32_t before = vaxdir_date_add(date, -1);
    if (before >= c->opens_on && before != 0 && holds(hours_of(c, day_before(weekday)), second + DAY))
        return is_holiday(c, before) ? (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY}
                                     : (known){VAXDIR_YES, VAXDIR_OPENING_WEEKLY_HOURS};
    if (is_holiday(c, date))
        return (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_HOLIDAY};
    const vaxdir_hours *hours = hours_of(c, weekday);
    switch (hours->kind) {
    case VAXDIR_HOURS_INTERVALS:
        return (known){holds(hours, second) ? VAXDIR_YES : VAXDIR_NO, VAXDIR_OPENING_WEEKLY_HOURS};
    case VAXDIR_HOURS_CLOSED:
        return (known){VAXDIR_NO, VAXDIR_OPENING_WEEKLY_HOURS};
    case VAXDIR_HOURS_TEXT:
        return (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_PARSED};
    default:
        return (known){VAXDIR_UNKNOWN, VAXDIR_OPENING_NOT_STATED};
    }
}

static known known_at(centre *c, vaxdir_civil civil)
{
    if (c->closed)
        return (known){VAXDIR_NO, VAXDIR_OPENING_CLOSED};
    if (never_open(c->opens_on, c->closes_on) || (c->closes_on != 0 && civil.date > c->closes_on))
        return (known){VAXDIR_NO, VAXDIR_OPENING_CLOSED_FOR_GOOD};
    if (civil.date < c->opens_on)
        return (known){VAXDIR_NO, VAXDIR_OPENING_NOT_YET_OPEN};
    return known_by_hours(c, civil.date, civil.weekday, civil.second);
}

/* --- stretches ---------------------------------------------------------------------------------------------------- */

/* The least edge of an interval behind a second of a day, or the greatest one not behind it; the day's ends are edges,
 * too. Between two edges nothing changes. */
static int32_t edge(centre *c, vaxdir_civil civil, bool behind)
{
    int32_t found = behind ? DAY : 0;
    for (int32_t yesterday = 0; yesterday <= 1; yesterday++) {
        const vaxdir_hours *hours = hours_of(c, yesterday != 0 ? day_before(civil.weekday) : civil.weekday);
        for (uint32_t i = 0; i < 2 * hours->interval_count; i++) {
            const vaxdir_interval *interval = &hours->intervals[i / 2];
            int32_t at = (i % 2 == 0 ? interval->from_minute : interval->until_minute) * 60 - yesterday * DAY;
            if (behind ? at > civil.second && at < found : at <= civil.second && at > found)
                found = at;
        }
    }
    return found;
}

/* The first instant of the later offset between two whose offsets differ; clocks change once at the most on a day. */
static int64_t clock_change(const vaxdir_zone *zone, int64_t before, int64_t after)
{
    int32_t offset = vaxdir_zone_offset(zone, after);
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        if (vaxdir_zone_offset(zone, middle) == offset)
            after = middle;
        else
            before = middle;
    }
    return after;
}

/* The end of the stretch around an instant in which the clock runs on and no edge is crossed. */
static int64_t stretch_end(centre *c, int64_t at, vaxdir_civil civil)
{
    int64_t end = at + (edge(c, civil, true) - civil.second);
    return vaxdir_zone_offset(c->zone, end - 1) == civil.offset ? end : clock_change(c->zone, at, end - 1);
}

static int64_t stretch_start(centre *c, int64_t at, vaxdir_civil civil)
{
    int64_t start = at - (civil.second - edge(c, civil, false));
    return vaxdir_zone_offset(c->zone, start) == civil.offset ? start : clock_change(c->zone, start, at);
}

static bool same(known a, known b)
{
    return a.answer == b.answer && a.reason == b.reason;
}

static bool in_reach(int64_t from, int64_t to)
{
    int64_t distance = to > from ? to - from : from - to;
    return distance <= (int64_t)HORIZON_DAYS * DAY && vaxdir_instant_valid(to);
}

static int64_t find_since(centre *c, int64_t at, known now)
{
    for (int64_t start = at; in_reach(at, start - 1);) {
        start = stretch_start(c, start, vaxdir_zone_civil(c->zone, start));
        if (!in_reach(at, start - 1))
            return 0;
        if (!same(known_at(c, vaxdir_zone_civil(c->zone, start - 1)), now))
            return start;
        start--;
    }
    return 0;
}

static int64_t find_until(centre *c, int64_t at, known now)
{
    for (int64_t end = at; in_reach(at, end);) {
        end = stretch_end(c, end, vaxdir_zone_civil(c->zone, end));
        if (in_reach(at, end) && !same(known_at(c, vaxdir_zone_civil(c->zone, end)), now))
            return end;
    }
    return 0;
}

/* The first instant not before one at which the centre is open, and whether unknown hours lie before it. */
static int64_t find_open(centre *c, int64_t from, uint32_t *ret_flags)
{
    *ret_flags = 0;
    for (int64_t at = from; in_reach(from, at);) {
        vaxdir_civil civil = vaxdir_zone_civil(c->zone, at);
        known then = known_at(c, civil);
        if (then.answer == VAXDIR_YES)
            return at;
        if (then.answer == VAXDIR_UNKNOWN)
            *ret_flags = VAXDIR_OPENING_MAY_OPEN_EARLIER;
        if (then.reason == VAXDIR_OPENING_CLOSED_FOR_GOOD)
            return 0;
        at = stretch_end(c, at, civil);
    }
    return 0;
}

/* --- dates -------------------------------------------------------------------------------------------------------- */

/* The first second of the day behind a date; 0 behind the last year. */
static int64_t end_of(const vaxdir_zone *zone, int32_t date)
{
    int32_t next = vaxdir_date_add(date, 1);
    return next == 0 ? 0 : vaxdir_zone_instant(zone, next, 0);
}

/* The local midnight of each centre's date, or behind it. Few dates and zones come often: what was found of one is kept
 * for the next centre that has it. */
static bool make_midnights(const vaxdir_edition *edition, vaxdir_field field, bool behind, int64_t **ret_column)
{
    struct {
        int32_t date;
        const vaxdir_zone *zone;
        int64_t at;
    } kept[64] = {{0, NULL, 0}};
    const vaxdir_registry *registry = edition->registry;
    if (registry->integers[field] == NULL)
        return true;
    int64_t *column = vaxdir_memory_allocate_zeroed(&edition->memory, registry->count, sizeof *column);
    if (column == NULL)
        return false;
    for (uint32_t row = 0; row < registry->count; row++) {
        int32_t date = date_of(edition, row, field);
        const vaxdir_zone *zone = vaxdir_edition_zone(edition, row);
        size_t slot = (size_t)date % (sizeof kept / sizeof *kept);
        if (date == 0)
            continue;
        if (kept[slot].date != date || kept[slot].zone != zone) {
            kept[slot].date = date;
            kept[slot].zone = zone;
            kept[slot].at = behind ? end_of(zone, date) : vaxdir_zone_instant(zone, date, 0);
        }
        column[row] = kept[slot].at;
    }
    *ret_column = column;
    return true;
}

vaxdir_status vaxdir_edition_make_dates(vaxdir_context *context, vaxdir_edition *edition)
{
    if (!make_midnights(edition, VAXDIR_FIELD_OPENS_ON, false, &edition->opens) ||
        !make_midnights(edition, VAXDIR_FIELD_CLOSES_ON, true, &edition->closes))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}

void vaxdir_edition_free_dates(vaxdir_edition *edition)
{
    vaxdir_memory_free(&edition->memory, edition->opens, edition->registry->count, sizeof *edition->opens);
    vaxdir_memory_free(&edition->memory, edition->closes, edition->registry->count, sizeof *edition->closes);
}

vaxdir_state_span vaxdir_opening_span(const vaxdir_edition *edition, uint32_t row, int64_t at)
{
    int64_t opens = edition->opens == NULL ? 0 : edition->opens[row];
    int64_t closes = edition->closes == NULL ? 0 : edition->closes[row];
    if (is_closed(edition, row) || (opens != 0 && closes != 0 && closes <= opens))
        return (vaxdir_state_span){VAXDIR_STATE_CLOSED, 0, 0};
    if (opens != 0 && at < opens)
        return (vaxdir_state_span){VAXDIR_STATE_NOT_YET_OPEN, 0, opens};
    if (closes != 0 && at >= closes)
        return (vaxdir_state_span){VAXDIR_STATE_CLOSED, closes, 0};
    return (vaxdir_state_span){VAXDIR_STATE_OPEN, opens, closes};
}

int32_t vaxdir_opening_at(const vaxdir_edition *edition, uint32_t row, int64_t at)
{
    centre c;
    open_centre(edition, row, &c);
    return known_at(&c, vaxdir_zone_civil(c.zone, at)).answer;
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

static void fill(centre *c, int64_t at, vaxdir_opening_answer *answer)
{
    known now = known_at(c, vaxdir_zone_civil(c->zone, at));
    vaxdir_state_span span = vaxdir_opening_span(c->edition, c->row, at);
    answer->answer = now.answer;
    answer->reason = now.reason;
    if (span.state != VAXDIR_STATE_OPEN) {
        answer->since = span.since;
        answer->until = span.until;
        if (span.state == VAXDIR_STATE_NOT_YET_OPEN)
            answer->next_open = find_open(c, span.until, &answer->flags);
        return;
    }
    answer->since = find_since(c, at, now);
    answer->until = find_until(c, at, now);
    answer->next_open = find_open(c, at, &answer->flags);
}

vaxdir_status vaxdir_opening(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row, int64_t at,
                             vaxdir_opening_answer *answer)
{
    centre c;
    vaxdir_opening_answer found = VAXDIR_OPENING_ANSWER_INIT;
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (answer == NULL)
        return vaxdir_context_fail_null(context, "answer");
    if (row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    if (at == 0 || !vaxdir_instant_valid(at))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "at is not stated, or not of the years 1 to 9999: give UTC seconds since 1970");
    open_centre(edition, row, &c);
    fill(&c, at, &found);
    return vaxdir_context_write_struct(context, "vaxdir_opening_answer", &found, sizeof found, sizeof found, answer);
}

const char *vaxdir_opening_name(int32_t reason)
{
    static const char *const names[] = {"weekly-hours",   "closed",     "not-yet-open", "closed-for-good",
                                        "public-holiday", "not-stated", "not-parsed"};
    if (reason < VAXDIR_OPENING_WEEKLY_HOURS || reason > VAXDIR_OPENING_NOT_PARSED)
        return NULL;
    return names[reason - 1];
}
