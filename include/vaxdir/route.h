/* route.h: how to book at a centre: a ladder of steps, best first, each with its state and its reason. */
#ifndef VAXDIR_ROUTE_H
#define VAXDIR_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/eligibility.h>
#include <vaxdir/state.h>
#include <vaxdir/visit.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a step asks a person to do. */
enum {
    VAXDIR_STEP_WEB = 1,     /* open url */
    VAXDIR_STEP_PHONE = 2,   /* call phone */
    VAXDIR_STEP_WALK_IN = 3, /* go there */
    VAXDIR_STEP_INFO = 4     /* read: at url, or just the reason */
};

/* Why the step is there. */
enum {
    VAXDIR_STEP_REASON_PROVIDER_CENTRE = 1,   /* web: the centre's own page at a known provider */
    VAXDIR_STEP_REASON_PROVIDER_LIST = 2,     /* web: a page of a known provider that lists several centres */
    VAXDIR_STEP_REASON_PROVIDER_HOME = 3,     /* web: a known provider's home page */
    VAXDIR_STEP_REASON_PROVIDER_OTHER = 4,    /* web: another page of a known provider */
    VAXDIR_STEP_REASON_UNKNOWN_SITE = 5,      /* web: a site that the rules do not know */
    VAXDIR_STEP_REASON_CENTRE_PHONE = 10,     /* phone: the centre's own */
    VAXDIR_STEP_REASON_NATIONAL_LINE = 11,    /* phone: the national line of the rules */
    VAXDIR_STEP_REASON_WITHOUT_APPOINTMENT = 20, /* walk-in: the centre takes people without an appointment */
    VAXDIR_STEP_REASON_LINK_WORD = 30,        /* info: the source holds words in place of a link */
    VAXDIR_STEP_REASON_LINK_EMAIL = 31,       /* info: the source holds an e-mail address in place of a link */
    VAXDIR_STEP_REASON_LINK_PHONE = 32,       /* info: the source holds a phone number in place of a link */
    VAXDIR_STEP_REASON_LINK_UNSAFE = 33,      /* info: the source's link is unsafe and is not shown */
    VAXDIR_STEP_REASON_LINK_INCOMPLETE = 34,  /* info: the source's link is no full address */
    VAXDIR_STEP_REASON_INFORMATION = 40,      /* info: the information page of the rules */
    VAXDIR_STEP_REASON_NOT_ELIGIBLE = 50,     /* info: the campaign does not admit the person on the day of the visit;
                                                 until: where that changes as a phase begins; else 0 */
    VAXDIR_STEP_REASON_CENTRE_CLOSED = 51,    /* info: the centre itself is closed: no link, phone or walk-in of it */
    VAXDIR_STEP_REASON_CENTRE_OPENS = 52,     /* info: the centre opens later; people book ahead for it */
    VAXDIR_STEP_REASON_PROVIDER_CLOSED = 53,  /* info: the provider takes no bookings: no web step of it */
    VAXDIR_STEP_REASON_CAMPAIGN_OPENS = 54,   /* info, without a centre: the campaign opens later */
    VAXDIR_STEP_REASON_RESERVED_WORD = 55     /* info: the centre's name has a word such as "réservé"; no verdict */
};

/* One step. Output, append-only. The texts are NULL where there is none. */
typedef struct vaxdir_step {
    uint32_t struct_size;
    int32_t kind;
    int32_t state;        /* whether it works at the instant of asking: state.h */
    int32_t reason;
    int32_t trust;        /* of a web step: a verdict of link.h */
    uint32_t reserved;
    int64_t since;        /* when the state began, UTC seconds; 0 = not stated */
    int64_t until;        /* the second of its next change, UTC; 0 = not stated */
    const char *url;      /* web; info where there is a page */
    const char *phone;    /* phone: E.164, or a short number */
    const char *provider; /* id */
    const char *detail;   /* what the source holds, for the info reasons on its link */
} vaxdir_step;

#define VAXDIR_STEP_INIT {sizeof(vaxdir_step), 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL}

/* How sentences are put; flags. */
enum {
    VAXDIR_SAY_PHONE_FIRST = 1, /* phones before everything but what is in the way; for a whole ladder */
    VAXDIR_SAY_SPOKEN = 2       /* to be read aloud: numbers in pairs as they are dialled, addresses left out */
};

/* The ladder, or one for each centre of a batch: a result handle, refilled by each call, keeping its memory. */
typedef struct vaxdir_route vaxdir_route;

/**
 * Makes an empty route.
 *
 * @param context  not NULL.
 * @param ret_route  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_route_unref().
 * @thread the thread that uses the context; the handle belongs to one thread at a time.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_route_new(vaxdir_context *context, vaxdir_route **ret_route);

/**
 * Releases a route.
 *
 * @param route  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_route *vaxdir_route_unref(vaxdir_route *route);

/**
 * Counts the steps, of all ladders together.
 *
 * @param route  NULL counts as none.
 * @return their number.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_route_count(const vaxdir_route *route);

/**
 * Gives one step.
 *
 * @param context  not NULL.
 * @param route  not NULL.
 * @param index  below vaxdir_route_count(); the first of a ladder is the best.
 * @param step  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the edition that was resolved, or the route; valid until the next fill of the
 *   handle and while the edition lives.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_route_step(vaxdir_context *context, const vaxdir_route *route, uint32_t index,
                                           vaxdir_step *step);

/**
 * Counts the ladders: 1 after vaxdir_resolve(), as many as there were rows after vaxdir_resolve_batch().
 *
 * @param route  NULL counts as none.
 * @return their number; 0 for a handle that was never filled.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_route_ladders(const vaxdir_route *route);

/**
 * Tells where the ladders begin: the steps of ladder i are those from offsets[i] up to, not with, offsets[i + 1].
 *
 * @param route  NULL or never filled gives one offset, 0.
 * @return vaxdir_route_ladders() + 1 offsets, never NULL.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const uint32_t *vaxdir_route_offsets(const vaxdir_route *route);

/**
 * Tells whether the campaign of the rules admits the person at a ladder's centre on the day of the visit.
 *
 * @param context  not NULL.
 * @param route  not NULL.
 * @param ladder  below vaxdir_route_ladders().
 * @param ret_eligibility  not NULL, with struct_size set; filled on success. Its dates may follow from the birth date:
 *   they are for the person who asked.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (ladder); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the edition that was resolved.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_route_eligibility(vaxdir_context *context, const vaxdir_route *route, uint32_t ladder,
                                                  vaxdir_eligibility *ret_eligibility);

/**
 * Says how to book at a centre, best first: what is in the way; links whose provider is open or of which nothing is
 * said; links that work badly; links that open later; the centre's phones; walk-in; links out of order; the national
 * line; what is missing, and why; the information page. docs/routes.md has the rules. Unsafe links never appear.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry, or VAXDIR_NO_ROW for the ladder without a centre.
 * @param visit  not NULL; visit->at must be stated; read during the call only.
 * @param route  not NULL; filled on success with one ladder, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, a visit that visit.h does not allow); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant, below a microsecond; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_resolve(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                        const vaxdir_visit *visit, vaxdir_route *route);

/**
 * Says how to book at each of many centres, as vaxdir_resolve() does for one.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param rows  count rows, each as for vaxdir_resolve(); NULL only with count 0.
 * @param count  how many.
 * @param visit  not NULL; as for vaxdir_resolve().
 * @param route  not NULL; filled on success with a ladder a row, in the order of the rows; as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (a row: index tells which; the visit); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT: too many rows for one call.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the rows, below a microsecond each; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_resolve_batch(vaxdir_context *context, const vaxdir_edition *edition,
                                              const uint32_t *rows, size_t count, const vaxdir_visit *visit,
                                              vaxdir_route *route);

/**
 * Says a step in words: what to do, and since when and until when in the centre's local time. Plain text of one line;
 * nothing about the person is in it.
 *
 * @param context  not NULL.
 * @param route  not NULL; the edition that was resolved must live.
 * @param index  below vaxdir_route_count().
 * @param language  "fr" or "en", NUL-terminated, not NULL; anything else is refused.
 * @param flags  of VAXDIR_SAY_*; others are refused.
 * @param buffer  room for capacity bytes, NULL only with capacity 0; NUL-terminated where capacity is not 0, cut at a
 *   character where it is too short.
 * @param capacity  its size in bytes.
 * @param ret_length  NULL if not wanted; the length of the whole text without the NUL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index, language, flags); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the text; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_route_step_text(vaxdir_context *context, const vaxdir_route *route, uint32_t index,
                                                const char *language, uint32_t flags, char *buffer, size_t capacity,
                                                size_t *ret_length);

/**
 * Says a whole ladder in words, one step a line, as vaxdir_route_step_text() does for one.
 *
 * @param context  not NULL.
 * @param route  not NULL; the edition that was resolved must live.
 * @param ladder  below vaxdir_route_ladders().
 * @param language  "fr" or "en", NUL-terminated, not NULL; anything else is refused.
 * @param flags  of VAXDIR_SAY_*; others are refused.
 * @param buffer  room for capacity bytes, NULL only with capacity 0; NUL-terminated where capacity is not 0, cut at a
 *   character where it is too short.
 * @param capacity  its size in bytes.
 * @param ret_length  NULL if not wanted; the length of the whole text without the NUL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (ladder, language, flags); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the text; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_route_say(vaxdir_context *context, const vaxdir_route *route, uint32_t ladder,
                                          const char *language, uint32_t flags, char *buffer, size_t capacity,
                                          size_t *ret_length);

/**
 * Names a step kind: "web", "phone", "walk-in", "info".
 *
 * @param kind  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_step_kind_name(int32_t kind);

/**
 * Names a step reason: "provider-centre", "national-line".
 *
 * @param reason  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_step_reason_name(int32_t reason);

#ifdef __cplusplus
}
#endif

#endif
