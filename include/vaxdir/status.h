/* status.h: what a call answers, and the error record that explains it. */
#ifndef VAXDIR_STATUS_H
#define VAXDIR_STATUS_H

#include <stdint.h>

#include <vaxdir/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The answer of every call that can fail: 0 is good, everything else is negative. A number, once released, is never
 * reused; a program must expect numbers that it does not know. */
typedef int32_t vaxdir_status;

enum {
    VAXDIR_OK = 0,
    VAXDIR_ERROR_ARGUMENT = -1,  /* an argument is NULL, out of range, or an unknown flag: the caller's mistake */
    VAXDIR_ERROR_STRUCT = -2,    /* struct_size is impossible, or its unknown tail is not zero */
    VAXDIR_ERROR_MEMORY = -3,    /* an allocation failed; every object is as it was */
    VAXDIR_ERROR_IO = -4,        /* a file could not be read or written; the message holds the system's reason */
    VAXDIR_ERROR_LIMIT = -5,     /* a limit of the context was reached; the message names it */
    VAXDIR_ERROR_CANCELLED = -6, /* a callback of the caller asked to stop */
    VAXDIR_ERROR_BUSY = -7,      /* called from a callback with the context that is running it */
    VAXDIR_ERROR_DATA = -8,      /* input that is not what it should be, refused whole */
    VAXDIR_ERROR_RULES = -9,     /* a rules document is refused; the message says where and why */
    VAXDIR_ERROR_FILE = -10,     /* a registry file is damaged or is none */
    VAXDIR_ERROR_NEWER = -11,    /* a registry file of a format that only a newer library reads */
    VAXDIR_ERROR_INTERNAL = -12, /* a dependency failed in a way that should not happen; please report it */
    VAXDIR_ERROR_STALE = -13     /* a token of other records than those of the registry: begin again without it */
};

/* Classes of error, for a caller that reacts by kind. */
enum {
    VAXDIR_CLASS_NONE = 0,
    VAXDIR_CLASS_ARGUMENT = 1,
    VAXDIR_CLASS_MEMORY = 2,
    VAXDIR_CLASS_IO = 3,
    VAXDIR_CLASS_LIMIT = 4,
    VAXDIR_CLASS_CANCELLED = 5,
    VAXDIR_CLASS_DATA = 6,
    VAXDIR_CLASS_INTERNAL = 7
};

/* The error record of a context. Output, append-only: read struct_size before a field that a later release added.
 * index, line and column are -1 where they have no meaning; line and column count from 1, column is the field number
 * in a CSV file. message and file are never NULL, and empty where there is nothing to say. */
typedef struct vaxdir_error {
    uint32_t struct_size;
    vaxdir_status status;
    int32_t error_class;
    uint32_t reserved;
    int64_t index;
    int64_t line;
    int64_t column;
    const char *message;
    const char *file;
} vaxdir_error;

/**
 * Names a status, for logs: "ok", "argument", "limit".
 *
 * @param status  any number.
 * @return a short ASCII name, "unknown" for a number that this library does not know; never NULL.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread, at any time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_status_name(vaxdir_status status);

#ifdef __cplusplus
}
#endif

#endif
