/* hours.c: a recursive-descent reader of weekly hours. Invariant: a text has one reading or none: wherever the marks
 * between times leave a doubt about which two belong together, the text stays a text. */
#include "hours.h"

#include <string.h>

#include "../base/context.h"

/* The night: an interval that ends before it begins is read as one over midnight only between these. */
enum { NIGHT_FROM = 18 * 60, NIGHT_UNTIL = 6 * 60 };

/* --- whole cells -------------------------------------------------------------------------------------------------- */

static bool one_of(const vaxdir_hours_plain *plain, const char *const *texts)
{
    while (*texts != NULL)
        if (strcmp(plain->text, *texts++) == 0)
            return true;
    return false;
}

static const char *const closed[] = {"ferme", "fermee", "ferme au public", NULL};
static const char *const opened[] = {"ouvert", "ouverte", NULL};
static const char *const not_stated[] = {
    "a completer",
    "a confirmer",
    "a definir",
    "a preciser",
    "a repreciser",
    "en attente",
    "en attente d'informations",
    "en attente de precision",
    "en attente de precisions",
    "en attente precision",
    "en cours de definition",
    "en cours de finalisation",
    "en cours de precision",
    "en cours de precisions",
    "n/a",
    "nc",
    "non communique",
    "non determine",
    "non precise",
    "non precise a ce jour",
    "non renseigne",
    NULL,
};

/* --- tokens ------------------------------------------------------------------------------------------------------- */

/* What may stand between two times; flags, so that those of a text can be gathered. */
enum { MARK_DASH = 1, MARK_TO = 2, MARK_SLASH = 4, MARK_SPACE = 8, MARK_OTHER = 16 };

typedef struct moment {
    int minute; /* of the day */
    bool bare;  /* an hour without a unit */
} moment;

typedef struct reader {
    const char *at;
    vaxdir_hours *hours;
    unsigned inside;  /* marks between the two times of an interval */
    unsigned between; /* marks between intervals */
    bool bare;        /* whether the last time was */
} reader;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool take_space(reader *r)
{
    bool there = *r->at == ' ';
    r->at += there;
    return there;
}

static bool take_text(reader *r, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(r->at, text, length) != 0)
        return false;
    r->at += length;
    return true;
}

/* A word: what it is followed by is no letter. */
static bool take_word(reader *r, const char *word)
{
    const char *before = r->at;
    if (take_text(r, word) && !is_letter(*r->at))
        return true;
    r->at = before;
    return false;
}

/* One or two digits, or none are taken; three are no part of a time. */
static int take_digits(reader *r, int *ret_number)
{
    int count = 0, number = 0;
    while (is_digit(r->at[count]) && count < 3)
        number = number * 10 + (r->at[count++] - '0');
    if (count == 0 || count == 3)
        return 0;
    r->at += count;
    *ret_number = number;
    return count;
}

static bool take_unit(reader *r)
{
    const char *before = r->at;
    (void)take_space(r);
    if (take_text(r, "heures") || take_text(r, "heure") || take_text(r, "h"))
        return true;
    r->at = before;
    return false;
}

/* Two digits that stand apart from the unit before them are minutes where they can be no hour: 00, or above 24, and no
 * unit, colon or point of their own behind them. Takes them, or nothing. */
static int take_apart_minutes(reader *r)
{
    const char *before = r->at;
    int minutes = 0;
    if (take_space(r) && take_digits(r, &minutes) == 2 && (minutes == 0 || minutes > 24)) {
        const char *behind = r->at;
        if (!take_unit(r) && *r->at != ':' && *r->at != '.')
            return minutes;
        r->at = behind;
    }
    r->at = before;
    return 0;
}

/* 9h, 9h30, 9 h 30, 9 heures, 9:30, 9: 30, 9.30, or a bare 9. */
static bool take_moment(reader *r, moment *ret_moment)
{
    int hour = 0, minutes = 0;
    *ret_moment = (moment){0, false};
    if (take_digits(r, &hour) == 0)
        return false;
    if (take_text(r, ":")) {
        (void)take_space(r);
        if (take_digits(r, &minutes) != 2)
            return false;
    } else if (*r->at == '.') {
        /* Not 01 to 12, which could be a month. */
        r->at++;
        if (take_digits(r, &minutes) != 2 || (minutes >= 1 && minutes <= 12))
            return false;
    } else if (take_unit(r)) {
        if (!is_digit(*r->at))
            minutes = take_apart_minutes(r);
        else if (take_digits(r, &minutes) != 2)
            return false;
    } else {
        ret_moment->bare = true;
    }
    ret_moment->minute = hour * 60 + minutes;
    return minutes < 60 && ret_moment->minute <= VAXDIR_DAY_MINUTES;
}

/* --- intervals ---------------------------------------------------------------------------------------------------- */

/* The mark inside an interval; 0 for none. */
static unsigned take_inside(reader *r)
{
    bool spaced = take_space(r);
    unsigned mark = take_text(r, "-") ? MARK_DASH : take_text(r, "/") ? MARK_SLASH : take_word(r, "a") ? MARK_TO : 0;
    if (mark == 0)
        return spaced ? MARK_SPACE : 0;
    (void)take_space(r);
    return mark;
}

/* The mark between intervals; 0 for none. */
static unsigned take_between(reader *r)
{
    bool spaced = take_space(r);
    unsigned mark = 0;
    if (take_text(r, "-"))
        mark = MARK_DASH;
    else if (take_text(r, "/"))
        mark = MARK_SLASH;
    else if (take_text(r, ",") || take_text(r, ";") || take_text(r, "&") || take_text(r, "|") || take_word(r, "et") ||
             take_word(r, "puis"))
        mark = MARK_OTHER;
    if (mark == 0)
        return spaced ? MARK_SPACE : 0;
    (void)take_space(r);
    return mark;
}

/* Whether the two are an interval, alone or behind `previous` in the same group; over midnight, it ends beyond 24:00.
 */
static bool fits(const vaxdir_interval *previous, int from, int *until)
{
    if (previous != NULL && from < previous->until_minute)
        return false;
    if (*until <= from && from >= NIGHT_FROM && *until <= NIGHT_UNTIL)
        *until += VAXDIR_DAY_MINUTES;
    return from < VAXDIR_DAY_MINUTES && from < *until;
}

/* One interval. A bare hour leans on a unit at the other end, and on a mark that leaves no doubt. */
static bool take_interval(reader *r, uint32_t flags, const vaxdir_interval *previous, bool after_space)
{
    vaxdir_hours *hours = r->hours;
    moment from, until;
    if (take_word(r, "de"))
        (void)take_space(r);
    if (!take_moment(r, &from))
        return false;
    unsigned mark = take_inside(r);
    if (mark == 0 || !take_moment(r, &until))
        return false;
    if ((from.bare || until.bare) && (from.bare == until.bare || (mark & (MARK_DASH | MARK_TO)) == 0))
        return false;
    if (after_space && (from.bare || r->bare))
        return false;
    if (hours->interval_count == VAXDIR_HOURS_INTERVALS_MAX || !fits(previous, from.minute, &until.minute))
        return false;
    hours->intervals[hours->interval_count++] = (vaxdir_interval){(uint16_t)from.minute, (uint16_t)until.minute, flags};
    r->inside |= mark;
    r->bare = until.bare;
    return true;
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* "sans rendez-vous" and its like; 0 for none, and then nothing is taken. */
static uint32_t take_phrase(reader *r)
{
    static const struct {
        const char *word;
        uint32_t flags;
    } leads[] = {
        {"avec ou sans", VAXDIR_INTERVAL_WALK_IN | VAXDIR_INTERVAL_BY_APPOINTMENT},
        {"avec et sans", VAXDIR_INTERVAL_WALK_IN | VAXDIR_INTERVAL_BY_APPOINTMENT},
        {"sans", VAXDIR_INTERVAL_WALK_IN},
        {"avec", VAXDIR_INTERVAL_BY_APPOINTMENT},
        {"sur", VAXDIR_INTERVAL_BY_APPOINTMENT},
    };
    static const char *const nouns[] = {"rendez-vous", "rendez vous", "rdv", "rv", "reservation"};
    const char *before = r->at;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (!take_word(r, leads[i].word) || !(take_space(r) || take_text(r, "-")))
            continue;
        for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
            if (take_word(r, nouns[k]))
                return leads[i].flags;
        break;
    }
    r->at = before;
    return 0;
}

/* Intervals until the end, in groups: each begins at the start or at another phrase, and ascends. */
static bool take_groups(reader *r)
{
    const vaxdir_interval *previous = NULL;
    uint32_t flags = 0;
    unsigned mark = 0;
    for (;;) {
        uint32_t phrase = take_phrase(r);
        if (phrase != 0) {
            /* Behind a mere space it could belong to what stands before it. */
            if (mark == MARK_SPACE)
                return false;
            (void)take_space(r);
            if (take_text(r, ":"))
                (void)take_space(r);
            previous = phrase == flags ? previous : NULL;
            flags = phrase;
        }
        if (!take_interval(r, flags, previous, mark == MARK_SPACE))
            return false;
        previous = &r->hours->intervals[r->hours->interval_count - 1];
        if (*r->at == '\0')
            return true;
        const char *before = r->at;
        mark = take_between(r);
        if (r->hours->interval_count == 1 && flags == 0 && mark != 0) {
            phrase = take_phrase(r);
            if (phrase != 0 && *r->at == '\0') {
                r->hours->intervals[0].flags = phrase;
                return true;
            }
            r->at = before;
            mark = take_between(r);
        }
        if (mark == 0)
            return false;
        r->between |= mark;
    }
}

/* Times that a slash or a space joins are an interval only where that is how the whole text does it, and what stands
 * between intervals never stands inside one. */
static bool marks_fit(const reader *r)
{
    bool loose = (r->inside & (MARK_SLASH | MARK_SPACE)) != 0;
    bool one = (r->inside & (r->inside - 1)) == 0;
    return (r->inside & r->between) == 0 && (!loose || one);
}

static bool read_intervals(const vaxdir_hours_plain *plain, vaxdir_hours *hours)
{
    reader r = {plain->text, hours, 0, 0, false};
    if (take_word(&r, "ouvert") && !take_space(&r))
        return false;
    return take_groups(&r) && marks_fit(&r);
}

void vaxdir_hours_read(vaxdir_slice text, vaxdir_hours *ret_hours)
{
    vaxdir_hours_plain plain;
    *ret_hours = (vaxdir_hours){.struct_size = sizeof *ret_hours, .kind = VAXDIR_HOURS_TEXT};
    if (text.length > 0 && !vaxdir_hours_make_plain(text, &plain))
        return;
    if (text.length == 0 || plain.length == 0)
        ret_hours->kind = VAXDIR_HOURS_ABSENT;
    else if (one_of(&plain, closed))
        ret_hours->kind = VAXDIR_HOURS_CLOSED;
    else if (one_of(&plain, opened))
        ret_hours->kind = VAXDIR_HOURS_OPEN;
    else if (one_of(&plain, not_stated))
        ret_hours->kind = VAXDIR_HOURS_NOT_STATED;
    else if (read_intervals(&plain, ret_hours))
        ret_hours->kind = VAXDIR_HOURS_INTERVALS;
    else
        *ret_hours = (vaxdir_hours){.struct_size = sizeof *ret_hours, .kind = VAXDIR_HOURS_TEXT};
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_hours_parse(vaxdir_context *context, const char *text, size_t length, vaxdir_hours *hours)
{
    vaxdir_hours read;
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (text == NULL && length != 0)
        return vaxdir_context_fail_null(context, "text");
    if (hours == NULL)
        return vaxdir_context_fail_null(context, "hours");
    vaxdir_hours_read((vaxdir_slice){text, length}, &read);
    return vaxdir_context_write_struct(context, "vaxdir_hours", &read, sizeof read, sizeof read, hours);
}

const char *vaxdir_hours_name(int32_t kind)
{
    static const char *const names[] = {"absent", "intervals", "closed", "open", "not-stated", "text"};
    return kind < VAXDIR_HOURS_ABSENT || kind > VAXDIR_HOURS_TEXT ? NULL : names[kind];
}
