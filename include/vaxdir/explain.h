/* explain.h: why a centre is or is not in an answer, how many are left out for which reason, and what would help. */
#ifndef VAXDIR_EXPLAIN_H
#define VAXDIR_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/filter.h>
#include <vaxdir/search.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why a centre is or is not in the answer. */
enum {
    VAXDIR_SEARCH_REASON_LISTED = 1,      /* it is, at this rank */
    VAXDIR_SEARCH_REASON_NO_POSITION = 2, /* it has no position */
    VAXDIR_SEARCH_REASON_FILTERED = 3,    /* it does not pass this condition of the filter; once for each */
    VAXDIR_SEARCH_REASON_TOO_FAR = 4,     /* it is farther than the maximum distance */
    VAXDIR_SEARCH_REASON_BEYOND_LIMIT = 5, /* others are nearer, as many as were asked for */
    VAXDIR_SEARCH_REASON_TOO_NEAR = 6,    /* it is nearer than the minimum distance */
    VAXDIR_SEARCH_REASON_TIED = 7,        /* it is, beyond the limit: as far as the last one, with all ties asked for */
    VAXDIR_SEARCH_REASON_NOT_ELIGIBLE = 8, /* the campaign says no to query.visit: vaxdir_eligible() */
    VAXDIR_SEARCH_REASON_ELIGIBILITY_UNKNOWN = 9, /* it says neither yes nor no, and a sure yes is asked for */
    VAXDIR_SEARCH_REASON_CLOSED = 10,     /* it is closed at query.visit->at: vaxdir_opening() */
    VAXDIR_SEARCH_REASON_OPENING_UNKNOWN = 11 /* whether it is open is not known, and a sure yes is asked for */
};

/* What would bring more centres into an answer that has fewer than were asked for. */
enum {
    VAXDIR_RELAXATION_DISTANCE = 1, /* the least greater maximum distance that brings one more */
    VAXDIR_RELAXATION_CONDITION = 2,    /* leaving out one condition of the filter */
    VAXDIR_RELAXATION_MIN_DISTANCE = 3, /* the greatest lesser minimum distance that brings one more */
    VAXDIR_RELAXATION_ELIGIBLE = 4,     /* not asking who may go; beside ELIGIBLE_SURE only if it brings a no */
    VAXDIR_RELAXATION_ELIGIBLE_SURE = 5, /* VAXDIR_QUERY_ELIGIBLE in place of VAXDIR_QUERY_ELIGIBLE_SURE */
    VAXDIR_RELAXATION_OPEN = 6,         /* not asking what is open; beside OPEN_SURE only if it brings a closed one */
    VAXDIR_RELAXATION_OPEN_SURE = 7     /* VAXDIR_QUERY_OPEN in place of VAXDIR_QUERY_OPEN_SURE */
};

/* One reason. Numbers that do not apply are 0, distances NaN, texts NULL. Output, append-only. */
typedef struct vaxdir_search_reason {
    uint32_t struct_size;
    int32_t code; /* one of VAXDIR_SEARCH_REASON_* */
    uint32_t rank;          /* LISTED, TIED; BEYOND_LIMIT: the rank if every other reason were removed; from 1 */
    uint32_t limit;         /* BEYOND_LIMIT, TIED: how many were asked for */
    double distance_m;      /* of the centre; NaN without a position */
    double bound_m;         /* TOO_FAR, TOO_NEAR: the maximum, the minimum; BEYOND_LIMIT: that of the last one listed */
    const char *condition;  /* FILTERED: the condition as CQL2 text */
    void *reserved;         /* NULL */
} vaxdir_search_reason;

#define VAXDIR_SEARCH_REASON_INIT {sizeof(vaxdir_search_reason), 0, 0, 0, 0.0, 0.0, NULL, NULL}

/* How many centres are in the answer and how many are left out for which reason; each is counted once, under the first
 * that applies in this order: no position, filtered, too near, too far, not eligible, eligibility unknown, closed,
 * opening unknown, beyond the limit; so that all of these sum to the centres of the registry. Those in the answer are
 * `listed` up to the limit and `tied` beyond it. Output, append-only. */
typedef struct vaxdir_search_tally {
    uint32_t struct_size;
    uint32_t no_position;
    uint32_t filtered;
    uint32_t too_far;
    uint32_t beyond_limit;
    uint32_t listed;
    uint32_t too_near;
    uint32_t tied;
    uint32_t not_eligible;
    uint32_t eligibility_unknown;
    uint32_t closed;
    uint32_t opening_unknown;
} vaxdir_search_tally;

#define VAXDIR_SEARCH_TALLY_INIT {sizeof(vaxdir_search_tally), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/* One relaxation: the query with this filter, these distances and these flags in place of its own has an answer of
 * `count` centres that begins at `first_m`. Output, append-only. */
typedef struct vaxdir_relaxation {
    uint32_t struct_size;
    int32_t code; /* one of VAXDIR_RELAXATION_* */
    uint32_t count;         /* more than are listed now */
    uint32_t flags;         /* for the query */
    double max_distance_m;  /* for the query; 0 is no bound */
    double first_m;         /* distance of the first centre of the relaxed answer */
    double gained_m;        /* distance of the first centre that is gained */
    double min_distance_m;  /* for the query; 0 is no bound */
    vaxdir_filter *filter;  /* for the query; NULL is none; borrowed from the explanation */
    const char *condition;  /* CONDITION: what is left out, as CQL2 text; NULL otherwise */
} vaxdir_relaxation;

#define VAXDIR_RELAXATION_INIT {sizeof(vaxdir_relaxation), 0, 0, 0, 0.0, 0.0, 0.0, 0.0, NULL, NULL}

/* An explanation: a result handle, refilled by each call. */
typedef struct vaxdir_explanation vaxdir_explanation;

/**
 * Makes an empty explanation.
 *
 * @param context  not NULL.
 * @param ret_explanation  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_explanation_unref().
 * @thread the thread that uses the context; the handle belongs to one thread at a time.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_explanation_new(vaxdir_context *context, vaxdir_explanation **ret_explanation);

/**
 * Releases an explanation.
 *
 * @param explanation  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread one thread at a time.
 * @cost linear in its reasons.
 * @since 0.1
 */
VAXDIR_API vaxdir_explanation *vaxdir_explanation_unref(vaxdir_explanation *explanation);

/**
 * Explains the answer that vaxdir_nearest() gives to a query: how many centres are left out for which reason, what
 * would help if it has fewer than were asked for, and every reason why one centre is or is not in it. Without all of
 * its reasons the centre is in the answer: a minimum distance is then no greater than the centre's, and a condition of
 * the filter, which is a part of its outermost AND, is asked of no centre; but what a visit says against the centre is
 * thought away for this one alone, so that ranks count only centres that the visit admits.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param query  as for vaxdir_nearest(); its work_limit must be 0, because that ends a search where the tree happens to
 *   be divided: nothing about a centre would say why it was left out.
 * @param row  the centre; VAXDIR_NO_ROW explains the answer alone, without reasons.
 * @param explanation  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; what vaxdir_nearest() refuses; VAXDIR_ERROR_ARGUMENT (row, a work limit).
 * @ownership the explanation keeps references to the filters of its relaxations.
 * @thread the thread that uses the context.
 * @cost some searches for each condition of the filter; linear in the rows, each asked about where a flag needs it.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_explain(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                        double longitude, const vaxdir_query *query, uint32_t row,
                                        vaxdir_explanation *explanation);

/**
 * Counts the reasons of the centre.
 *
 * @param explanation  NULL counts as none.
 * @return their number; 0 where no centre was asked about, else at least 1.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_explanation_reason_count(const vaxdir_explanation *explanation);

/**
 * Gives one reason of the centre.
 *
 * @param context  not NULL.
 * @param explanation  not NULL.
 * @param index  below vaxdir_explanation_reason_count().
 * @param reason  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership texts are borrowed; valid until the next fill of the handle.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_explanation_reason(vaxdir_context *context, const vaxdir_explanation *explanation,
                                                   uint32_t index, vaxdir_search_reason *reason);

/**
 * Gives the numbers of centres by reason.
 *
 * @param context  not NULL.
 * @param explanation  not NULL.
 * @param tally  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_explanation_tally(vaxdir_context *context, const vaxdir_explanation *explanation,
                                                  vaxdir_search_tally *tally);

/**
 * Counts the relaxations: each of one criterion only, and each bringing more centres.
 *
 * @param explanation  NULL counts as none.
 * @return their number; 0 where the answer has as many as were asked for, or where no single criterion helps.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_explanation_relaxation_count(const vaxdir_explanation *explanation);

/**
 * Gives one relaxation; they come in ascending distance of the centre that is gained.
 *
 * @param context  not NULL.
 * @param explanation  not NULL.
 * @param index  below vaxdir_explanation_relaxation_count().
 * @param relaxation  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership texts and filter are borrowed; valid until the next fill of the handle.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_explanation_relaxation(vaxdir_context *context, const vaxdir_explanation *explanation,
                                                       uint32_t index, vaxdir_relaxation *relaxation);

/**
 * Names a reason: `listed`, `no-position`, `filtered`, `too-far`, `beyond-limit`, `too-near`, `tied`, `not-eligible`,
 * `eligibility-unknown`, `closed`, `opening-unknown`.
 *
 * @param reason  one of VAXDIR_SEARCH_REASON_*.
 * @return the name; NULL for another value.
 * @ownership the text is the library's.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_search_reason_name(int32_t reason);

/**
 * Names a relaxation: `max-distance`, `condition`, `min-distance`, `eligible`, `eligible-sure`, `open`, `open-sure`.
 *
 * @param relaxation  one of VAXDIR_RELAXATION_*.
 * @return the name; NULL for another value.
 * @ownership the text is the library's.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_relaxation_name(int32_t relaxation);

#ifdef __cplusplus
}
#endif

#endif
