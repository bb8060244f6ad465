/* eligibility.h: who may book by the campaign of the rules: yes, no or unknown, from when, and what would settle it. */
#ifndef VAXDIR_ELIGIBILITY_H
#define VAXDIR_ELIGIBILITY_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/visit.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    VAXDIR_ELIGIBILITY_NOT_STATED = 0, /* the rules hold no campaign */
    VAXDIR_ELIGIBILITY_YES = 1,
    VAXDIR_ELIGIBILITY_NO = 2,
    VAXDIR_ELIGIBILITY_UNKNOWN = 3 /* what is known of the person does not decide it */
};

/* Signs of low confidence: shown beside an answer, never part of one. */
enum {
    VAXDIR_ELIGIBILITY_HINT_NONE = 0,
    VAXDIR_ELIGIBILITY_HINT_RESERVED_WORD = 1 /* the centre's name has a word such as "réservé" */
};

/* Whether a person may book. Output, append-only. */
typedef struct vaxdir_eligibility {
    uint32_t struct_size;
    int32_t answer;
    int32_t yes_from;       /* of a no: the local date, YYYYMMDD, from which it is yes as far as is known; 0 = none */
    int32_t yes_until;      /* of a yes: the last local date of the phase that says it; 0 = open */
    uint32_t missing_count; /* of an unknown: vaxdir_eligibility_missing() */
    int32_t hint;
    const char *phase;   /* id of the phase that says yes, that will, or the first that is undecided; NULL = none */
    const char *missing; /* of an unknown: ask this first: a fact, or "birth-date", "vaccine", "dose", "department" */
} vaxdir_eligibility;

#define VAXDIR_ELIGIBILITY_INIT {sizeof(vaxdir_eligibility), 0, 0, 0, 0, 0, NULL, NULL}

/**
 * Says whether a person may book at a centre: yes where a phase of the campaign that holds on the day says so, unknown
 * where one is undecided (Kleene's three-valued logic: more facts never undo a yes or a no), else no. A centre that is
 * reserved for professionals needs the fact that the rules name for it, too.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry, or VAXDIR_NO_ROW: no département is known then.
 * @param visit  not NULL; visit->at must be stated; read during the call only.
 * @param ret_eligibility  not NULL, with struct_size set; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row; a date, an instant, a dose or a vaccine that cannot be);
 *   VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the edition.
 * @thread the thread that uses the context.
 * @cost linear in the campaign; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_eligible(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                         const vaxdir_visit *visit, vaxdir_eligibility *ret_eligibility);

/**
 * Names one thing that is missing for an answer that is unknown; index 0 is what to ask first.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  as for vaxdir_eligible().
 * @param visit  not NULL; as for vaxdir_eligible().
 * @param index  below missing_count of its answer.
 * @param ret_name  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index, and as for vaxdir_eligible()); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY.
 * @ownership the name is borrowed from the edition.
 * @thread the thread that uses the context.
 * @cost linear in the campaign; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_eligibility_missing(vaxdir_context *context, const vaxdir_edition *edition,
                                                    uint32_t row, const vaxdir_visit *visit, uint32_t index,
                                                    const char **ret_name);

/**
 * Names an answer: "not-stated", "yes", "no", "unknown".
 *
 * @param answer  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_eligibility_name(int32_t answer);

#ifdef __cplusplus
}
#endif

#endif
