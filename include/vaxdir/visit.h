/* visit.h: who asks, for when, and what is known of them. Nothing of it ever enters a link, a message or a log. */
#ifndef VAXDIR_VISIT_H
#define VAXDIR_VISIT_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of a person: names of facts, each yes or no; what is not in it is unknown. Mutable, one thread at a
 * time. The names are those of the rules (vaxdir_rules_fact()); others are kept and decide nothing. */
typedef struct vaxdir_facts vaxdir_facts;

/* Who asks, for when. */
typedef struct vaxdir_visit {
    uint32_t struct_size;
    uint32_t flags;            /* none yet: 0 */
    int64_t at;                /* the instant of asking, UTC seconds; must be stated */
    int32_t birth_date;        /* YYYYMMDD, a day that exists; 0 = not stated */
    int32_t on_date;           /* the day of the visit, the centre's local date; 0 = its local date at that instant */
    uint32_t dose;             /* 1 for the first, at most 99; 0 = not stated */
    uint32_t reserved;         /* 0 */
    const vaxdir_facts *facts; /* NULL: nothing is known */
    const char *vaccine;       /* a word as the rules name it, of a-z, 0-9 and -; NULL = not stated */
} vaxdir_visit;

#define VAXDIR_VISIT_INIT {sizeof(vaxdir_visit), 0, 0, 0, 0, 0, 0, NULL, NULL}

/**
 * Makes an empty set of facts.
 *
 * @param context  not NULL.
 * @param ret_facts  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_facts_unref().
 * @thread the thread that uses the context; the facts belong to one thread at a time.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_facts_new(vaxdir_context *context, vaxdir_facts **ret_facts);

/**
 * Releases a set of facts.
 *
 * @param facts  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends; no visit may point to it any more.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_facts *vaxdir_facts_unref(vaxdir_facts *facts);

/**
 * States a fact, or takes it back. A message never repeats the name.
 *
 * @param context  not NULL.
 * @param facts  not NULL; as it was after a failure.
 * @param name  not NULL; 1 to 64 of a-z, 0-9 and -.
 * @param name_length  its length in bytes.
 * @param value  VAXDIR_YES, VAXDIR_NO, or VAXDIR_UNKNOWN to take it back.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (name, value); VAXDIR_ERROR_BUSY; VAXDIR_ERROR_LIMIT: there are 64 already.
 * @ownership the name is copied.
 * @thread the thread that uses the context; the facts belong to one thread at a time.
 * @cost linear in the facts, at most 64; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_facts_set(vaxdir_context *context, vaxdir_facts *facts, const char *name,
                                          size_t name_length, int32_t value);

#ifdef __cplusplus
}
#endif

#endif
