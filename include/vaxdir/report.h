/* report.h: what was wrong with the input, row by row. */
#ifndef VAXDIR_REPORT_H
#define VAXDIR_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The diagnostics of one builder so far: immutable, counted by reference, usable from any thread. */
typedef struct vaxdir_report vaxdir_report;

/* How bad a diagnostic is. */
enum {
    VAXDIR_SEVERITY_NOTE = 1,    /* nothing to do, but it should be known */
    VAXDIR_SEVERITY_WARNING = 2, /* the row is in the registry; a value is doubtful or could not be used */
    VAXDIR_SEVERITY_ERROR = 3    /* the row is not in the registry (quarantined), or the whole input is refused */
};

/* The codes. A row with a code from 1 to 19 is in quarantine; 100 and up concern a whole input. */
enum {
    VAXDIR_DIAGNOSTIC_ID_MISSING = 1,
    VAXDIR_DIAGNOSTIC_ID_DUPLICATE = 2,       /* another record of the id, that is later or greater, was kept */
    VAXDIR_DIAGNOSTIC_ROW_UNDECODABLE = 3,    /* not UTF-8, or a NUL */
    VAXDIR_DIAGNOSTIC_QUOTE_OPEN = 4,         /* a quotation mark that never closes */
    VAXDIR_DIAGNOSTIC_CELL_TOO_LONG = 5,

    VAXDIR_DIAGNOSTIC_ID_REPEATED = 20,       /* identical record seen before: one kept */
    VAXDIR_DIAGNOSTIC_ID_REPLACED = 21,       /* a later input replaced this record */
    VAXDIR_DIAGNOSTIC_ROW_SHORT = 22,         /* fewer cells than the header: perhaps a cut file */
    VAXDIR_DIAGNOSTIC_ROW_LONG = 23,          /* more cells than the header; kept as attributes */
    VAXDIR_DIAGNOSTIC_NAME_MISSING = 24,
    VAXDIR_DIAGNOSTIC_POSITION_MISSING = 30,
    VAXDIR_DIAGNOSTIC_POSITION_INVALID = 31,  /* not a number, or beyond the Earth */
    VAXDIR_DIAGNOSTIC_POSITION_ZERO = 32,     /* (0,0): kept as a position */
    VAXDIR_DIAGNOSTIC_POSITION_SUSPECT = 33,  /* within some metres of (0,0): perhaps a scale lost */
    VAXDIR_DIAGNOSTIC_NUMBER_INVALID = 40,
    VAXDIR_DIAGNOSTIC_DATE_INVALID = 41,
    VAXDIR_DIAGNOSTIC_INSTANT_INVALID = 42,
    VAXDIR_DIAGNOSTIC_FLAG_INVALID = 43,
    VAXDIR_DIAGNOSTIC_LIST_INVALID = 44,
    VAXDIR_DIAGNOSTIC_CODE_ZERO_LOST = 45,    /* a postcode or commune code without its leading zero */
    VAXDIR_DIAGNOSTIC_TEXT_DOUBLE_ENCODED = 46,
    VAXDIR_DIAGNOSTIC_DATES_REVERSED = 47,    /* closes before it opens */
    VAXDIR_DIAGNOSTIC_LINK_UNSAFE = 60,
    VAXDIR_DIAGNOSTIC_LINK_NOT_A_LINK = 61,   /* words, an e-mail address or a phone number in place of a link */
    VAXDIR_DIAGNOSTIC_LINK_UNKNOWN = 62,
    VAXDIR_DIAGNOSTIC_LINK_REPAIRED = 63,
    VAXDIR_DIAGNOSTIC_PHONE_INVALID = 70,
    VAXDIR_DIAGNOSTIC_ROUTE_NONE = 71,        /* neither a usable link nor a usable phone */

    VAXDIR_DIAGNOSTIC_INPUT_EMPTY = 100,
    VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED = 101,   /* something else: the value says what */
    VAXDIR_DIAGNOSTIC_INPUT_NO_HEADER = 102,    /* no column that this library knows */
    VAXDIR_DIAGNOSTIC_INPUT_NO_ROWS = 103,      /* a header and nothing else */
    VAXDIR_DIAGNOSTIC_INPUT_ALL_QUARANTINED = 104,
    VAXDIR_DIAGNOSTIC_INPUT_UNREADABLE = 105,
    VAXDIR_DIAGNOSTIC_COLUMN_MISSING = 110,     /* the dialect has it, this input does not */
    VAXDIR_DIAGNOSTIC_COLUMN_REPEATED = 111     /* a name that stands twice in the header */
};

/* Why a phone field, or something in it, is refused: the first thing that is. */
enum {
    VAXDIR_PHONE_REASON_NONE = 0,
    VAXDIR_PHONE_REASON_WORDS = 1,     /* words and no number */
    VAXDIR_PHONE_REASON_TOO_SHORT = 2, /* cut, or a short number that the plan does not know */
    VAXDIR_PHONE_REASON_TOO_LONG = 3,
    VAXDIR_PHONE_REASON_COUNTRY = 4,   /* a country code that the plan does not have */
    VAXDIR_PHONE_REASON_AMBIGUOUS = 5, /* digits that may be a number or something else: a day, an extension */
    VAXDIR_PHONE_REASON_TOO_MANY = 6   /* numbers beyond the two that a centre keeps */
};

/* One diagnostic. Output, append-only. line is where the row begins, 0 for none; column is the field number in a CSV
 * file, counted from 1, 0 for none; field is a vaxdir_field, 0 for none. The texts are never NULL. reason says more
 * than the code: one of VAXDIR_LINK_REASON_* where a link is none, unknown or unsafe, of VAXDIR_PHONE_REASON_* where a
 * phone is refused, 0 otherwise. */
typedef struct vaxdir_diagnostic {
    uint32_t struct_size;
    int32_t code;
    int32_t severity;
    uint32_t field;
    int64_t line;
    int64_t column;
    const char *file;
    const char *column_name; /* as the header names it */
    const char *id;          /* of the centre, where it is known */
    const char *value;       /* as it stands in the input, cut after 200 bytes at a character */
    const char *suggestion;  /* what to put there instead, where the library knows */
    const char *reserved;
    int32_t reason;
    int32_t reserved_2;
} vaxdir_diagnostic;

#define VAXDIR_DIAGNOSTIC_INIT {sizeof(vaxdir_diagnostic), 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0}

/**
 * Takes one more reference.
 *
 * @param report  NULL is allowed.
 * @return report.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_report *vaxdir_report_ref(vaxdir_report *report);

/**
 * Gives a reference back; the last one releases the report.
 *
 * @param report  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant, linear in the report for the last reference.
 * @since 0.1
 */
VAXDIR_API vaxdir_report *vaxdir_report_unref(vaxdir_report *report);

/**
 * Counts the diagnostics.
 *
 * @param report  NULL counts as none.
 * @return their number.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_report_count(const vaxdir_report *report);

/**
 * Gives one diagnostic: by input in the order they were added, then by line; those of the build come last.
 *
 * @param context  not NULL.
 * @param report  not NULL.
 * @param index  below vaxdir_report_count().
 * @param diagnostic  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the report.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_report_diagnostic(vaxdir_context *context, const vaxdir_report *report, uint32_t index,
                                                  vaxdir_diagnostic *diagnostic);

/**
 * Names a diagnostic code: "id-missing", "position-zero".
 *
 * @param code  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_diagnostic_name(int32_t code);

/**
 * Names a reason to refuse a phone: "too-short", "ambiguous".
 *
 * @param reason  any number.
 * @return the name, NULL for a number that this library does not know and for VAXDIR_PHONE_REASON_NONE.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_phone_reason_name(int32_t reason);

#ifdef __cplusplus
}
#endif

#endif
