/* state.h: whether a booking provider works at an instant, and the caller's own word on it. */
#ifndef VAXDIR_STATE_H
#define VAXDIR_STATE_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether booking works at the instant asked for. */
enum {
    VAXDIR_STATE_UNKNOWN = 0,      /* nothing is said of it */
    VAXDIR_STATE_NOT_YET_OPEN = 1, /* until an instant, where that is known */
    VAXDIR_STATE_OPEN = 2,
    VAXDIR_STATE_DEGRADED = 3,     /* slow, or with failures */
    VAXDIR_STATE_DOWN = 4,         /* out of order, and expected back */
    VAXDIR_STATE_CLOSED = 5        /* takes no bookings */
};

/* A word on the state of a provider, a département, a centre or everything, above the calendar of the rules; it expires
 * by itself. Input, append-only. It holds where all that it names fits; one that names a centre counts before one that
 * names a département, that before one that names a provider, that before one that names nothing; of two equal ones
 * the later in the list counts. To name a département and a centre together is refused. */
typedef struct vaxdir_override {
    uint32_t struct_size;
    int32_t state;          /* one of VAXDIR_STATE_*, not unknown */
    int64_t from;           /* the first second, UTC; 0 = since ever */
    int64_t until;          /* the first second after it, UTC; 0 = without an end */
    const char *provider;   /* id that the rules know; NULL = any */
    const char *department; /* code: "57", "2A", "974"; NULL = any */
    const char *centre;     /* id, which the registry need not have yet; NULL = any */
    void *reserved;         /* NULL */
} vaxdir_override;

#define VAXDIR_OVERRIDE_INIT {sizeof(vaxdir_override), 0, 0, 0, NULL, NULL, NULL, NULL}

/* A state in time. Output, append-only. */
typedef struct vaxdir_state_answer {
    uint32_t struct_size;
    int32_t state;
    int64_t since; /* the second of the change to it, UTC; 0 = no change before is known */
    int64_t until; /* the second of the next change, UTC; 0 = none is known */
} vaxdir_state_answer;

#define VAXDIR_STATE_ANSWER_INIT {sizeof(vaxdir_state_answer), 0, 0, 0}

/**
 * Names a state: "unknown", "not-yet-open", "open", "degraded", "down", "closed".
 *
 * @param state  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_state_name(int32_t state);

#ifdef __cplusplus
}
#endif

#endif
