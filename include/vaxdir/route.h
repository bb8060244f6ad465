/* route.h: how to book at a centre: a ladder of steps, best first, each with its reason. */
#ifndef VAXDIR_ROUTE_H
#define VAXDIR_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>
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
    VAXDIR_STEP_REASON_INFORMATION = 40       /* info: the information page of the rules */
};

/* One step. Output, append-only. The texts are NULL where there is none. */
typedef struct vaxdir_step {
    uint32_t struct_size;
    int32_t kind;
    int32_t state;
    int32_t reason;
    int32_t trust;        /* of a web step: a verdict of link.h */
    uint32_t reserved;
    int64_t since;        /* of the state, UTC seconds; 0 = not stated */
    int64_t until;        /* of the state, UTC seconds; 0 = not stated */
    const char *url;      /* web; info where there is a page */
    const char *phone;    /* phone: E.164, or a short number */
    const char *provider; /* id */
    const char *detail;   /* what the source holds, for the info reasons on its link */
} vaxdir_step;

#define VAXDIR_STEP_INIT {sizeof(vaxdir_step), 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL}

/* The ladder: a result handle, refilled by each call, keeping its memory. */
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
 * Counts the steps.
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
 * @param index  below vaxdir_route_count(); 0 is the best.
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
 * Says how to book at a centre: web, phone, walk-in, national line, information, best first. Unsafe links never appear.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry, or VAXDIR_NO_ROW for the ladder without a centre.
 * @param visit  not NULL; visit->at must be stated; read during the call only.
 * @param route  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, at 0, a birth date that does not exist); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_resolve(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                        const vaxdir_visit *visit, vaxdir_route *route);

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
