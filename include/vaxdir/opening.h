/* opening.h: when a centre is open: the hours of a cell, and what is known at an instant. */
#ifndef VAXDIR_OPENING_H
#define VAXDIR_OPENING_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a cell of weekly hours says. */
enum {
    VAXDIR_HOURS_ABSENT = 0,     /* nothing: the cell is empty */
    VAXDIR_HOURS_INTERVALS = 1,  /* open in the intervals, closed outside of them */
    VAXDIR_HOURS_CLOSED = 2,     /* closed that day */
    VAXDIR_HOURS_OPEN = 3,       /* open that day; the hours are not stated */
    VAXDIR_HOURS_NOT_STATED = 4, /* the source says that it does not know yet */
    VAXDIR_HOURS_TEXT = 5        /* something that is not read: to be shown as it stands, never guessed at */
};

/* Whom an interval is for; flags. Without any, the source does not say. */
enum {
    VAXDIR_INTERVAL_WALK_IN = 1,       /* without an appointment */
    VAXDIR_INTERVAL_BY_APPOINTMENT = 2 /* with one */
};

/* An interval of a day on the clock of the place, in minutes from midnight: from it on, and before until. */
typedef struct vaxdir_interval {
    uint16_t from_minute;  /* 0 to 1439 */
    uint16_t until_minute; /* greater; 1440 is midnight, beyond it the next morning, at most 1800 */
    uint32_t flags;
} vaxdir_interval;

/* The hours of one day of the week. Output, append-only. */
typedef struct vaxdir_hours {
    uint32_t struct_size;
    int32_t kind;
    uint32_t interval_count; /* of VAXDIR_HOURS_INTERVALS, 1 to 8; else 0 */
    uint32_t reserved;
    vaxdir_interval intervals[8]; /* in the order of the source; the same hours may stand for both kinds of people */
} vaxdir_hours;

#define VAXDIR_HOURS_INIT                                                                                              \
    {sizeof(vaxdir_hours), 0, 0, 0,                                                                                    \
     {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}}}

/**
 * Reads the text of a cell of weekly hours, such as "9h-12h et 14h-17h30" or "fermé". What is not sure is not read.
 *
 * @param context  not NULL.
 * @param text  length bytes; NULL only with length 0.
 * @param length  its length in bytes; 0 is an empty cell.
 * @param hours  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK, also for a text that is not read; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the text; allocates nothing.
 * @since 0.1
 * @source the grammar in docs/hours.md.
 */
VAXDIR_API vaxdir_status vaxdir_hours_parse(vaxdir_context *context, const char *text, size_t length,
                                            vaxdir_hours *hours);

/**
 * Names what a cell of weekly hours says.
 *
 * @param kind  one of VAXDIR_HOURS_*.
 * @return the name in lower case, such as "intervals"; NULL for a kind that this library does not know.
 * @ownership static text.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_hours_name(int32_t kind);

/* Why a centre is, or is not, open at an instant, or why that is not known. */
enum {
    VAXDIR_OPENING_WEEKLY_HOURS = 1,    /* yes or no: the hours of that day of the week say so */
    VAXDIR_OPENING_CLOSED = 2,          /* no: the source says that the centre is closed, without a date */
    VAXDIR_OPENING_NOT_YET_OPEN = 3,    /* no: the opening date lies ahead */
    VAXDIR_OPENING_CLOSED_FOR_GOOD = 4, /* no: the closing date is past, or before the opening date */
    VAXDIR_OPENING_HOLIDAY = 5,         /* unknown: on a public holiday the weekly hours say nothing certain */
    VAXDIR_OPENING_NOT_STATED = 6,      /* unknown: no hours are stated for that day */
    VAXDIR_OPENING_NOT_PARSED = 7         /* unknown: there is a text for that day that is not read */
};

/* More about an opening; flags. */
enum {
    VAXDIR_OPENING_MAY_OPEN_EARLIER = 1 /* hours that are not known lie before next_open, or ahead if that is 0 */
};

/* Whether a centre is open. Output, append-only. */
typedef struct vaxdir_opening_answer {
    uint32_t struct_size;
    int32_t answer;    /* VAXDIR_YES, VAXDIR_NO, VAXDIR_UNKNOWN */
    int32_t reason;    /* one of VAXDIR_OPENING_* */
    uint32_t flags;    /* VAXDIR_OPENING_MAY_OPEN_EARLIER */
    int64_t since;     /* the second from which answer and reason are so, UTC; 0 = not known */
    int64_t until;     /* the second of the next change of either, UTC; 0 = not known */
    int64_t next_open; /* the first second, not before the one asked for, at which the answer is yes; 0 = not known */
} vaxdir_opening_answer;

#define VAXDIR_OPENING_ANSWER_INIT {sizeof(vaxdir_opening_answer), 0, 0, 0, 0, 0, 0}

/**
 * Tells whether a centre is open at an instant, why, since when and until when, and when it is open next. Hours are
 * those of the clock of the place; changes are looked for 400 days back and ahead.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry.
 * @param at  the instant, UTC seconds, of the years 1 to 9999; 0 is not stated and refused.
 * @param answer  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, at); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost the seven cells of the week, and the days up to the changes; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_opening(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                        int64_t at, vaxdir_opening_answer *answer);

/**
 * Names why a centre is, or is not, open.
 *
 * @param reason  one of VAXDIR_OPENING_*.
 * @return the name in lower case, such as "weekly-hours"; NULL for a reason that this library does not know.
 * @ownership static text.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_opening_name(int32_t reason);

#ifdef __cplusplus
}
#endif

#endif
