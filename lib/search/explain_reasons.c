/* explain_reasons.c: how many centres are left out for which reason, and every reason of one centre. Invariant: the
 * first reason of a centre is the one that it is counted under. */
#include <math.h>

#include "../edition/admit.h"
#include "ask.h"
#include "evaluate.h"
#include "explaining.h"
#include "scratch.h"

/* --- the tally ---------------------------------------------------------------------------------------------------- */

/* How many centres pass the filter of the query and have a position. */
static vaxdir_status count_passing(vaxdir_explaining *w, uint32_t *ret_passing)
{
    const vaxdir_registry *registry = w->edition->registry;
    *ret_passing = registry->index.count;
    if (w->query.filter == NULL)
        return VAXDIR_OK;
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(w->context);
    const vaxdir_binding *binding =
        vaxdir_bindings_get(&w->context->memory, &scratch->bindings, w->edition, w->query.filter);
    if (binding == NULL)
        return vaxdir_context_fail_memory(w->context);
    uint32_t passing = binding->passing;
    for (uint32_t row = 0; row < registry->count; row++)
        passing -=
            !vaxdir_explaining_has_position(w, row) && (binding->words[row / 64] >> (row % 64) & 1) != 0 ? 1U : 0U;
    *ret_passing = passing;
    return VAXDIR_OK;
}

/* Counts a centre that the visit leaves out. */
static void count_objections(vaxdir_search_tally *tally, uint32_t objections)
{
    if ((objections & VAXDIR_OBJECTION_NOT_ELIGIBLE) != 0)
        tally->not_eligible++;
    else if ((objections & VAXDIR_OBJECTION_ELIGIBILITY_UNKNOWN) != 0)
        tally->eligibility_unknown++;
    else if ((objections & VAXDIR_OBJECTION_CLOSED) != 0)
        tally->closed++;
    else if ((objections & VAXDIR_OBJECTION_OPENING_UNKNOWN) != 0)
        tally->opening_unknown++;
}

/* The centres within the distances, whoever may go and whatever is open; `passing` are all those that pass. */
static vaxdir_status count_within(vaxdir_explaining *w, uint32_t passing, uint32_t *ret_within)
{
    vaxdir_terms terms = w->asked;
    terms.flags &= ~(uint32_t)VAXDIR_SEARCH_VISIT_FLAGS;
    *ret_within = passing;
    if (terms.min_distance_m == 0 && isinf(terms.max_distance_m) && w->admit == 0)
        return VAXDIR_OK;
    vaxdir_status status = vaxdir_explaining_search(w, &terms, UINT32_MAX);
    if (status != VAXDIR_OK)
        return status;
    *ret_within = vaxdir_matches_count(w->matches);
    for (uint32_t i = 0; w->admit != 0 && i < *ret_within; i++)
        count_objections(&w->made.tally, vaxdir_explaining_objections(w, vaxdir_matches_rows(w->matches)[i]));
    return VAXDIR_OK;
}

static vaxdir_status count_too_near(vaxdir_explaining *w, uint32_t *ret_too_near)
{
    vaxdir_terms terms = w->asked;
    terms.flags &= ~(uint32_t)VAXDIR_SEARCH_VISIT_FLAGS;
    *ret_too_near = 0;
    if (terms.min_distance_m == 0)
        return VAXDIR_OK;
    terms.min_distance_m = 0;
    terms.max_distance_m = vaxdir_explaining_just_nearer(w);
    vaxdir_status status = vaxdir_explaining_search(w, &terms, UINT32_MAX);
    *ret_too_near = vaxdir_matches_count(w->matches);
    return status;
}

vaxdir_status vaxdir_explaining_make_tally(vaxdir_explaining *w)
{
    vaxdir_search_tally *tally = &w->made.tally;
    uint32_t passing = 0, within = 0;
    vaxdir_status status = count_passing(w, &passing);
    if (status == VAXDIR_OK)
        status = count_too_near(w, &tally->too_near);
    if (status == VAXDIR_OK)
        status = count_within(w, passing, &within);
    if (status == VAXDIR_OK)
        status = vaxdir_explaining_search(w, &w->asked, w->limit);
    if (status != VAXDIR_OK)
        return status;
    uint32_t found = vaxdir_matches_count(w->matches);
    tally->struct_size = sizeof *tally;
    tally->no_position = w->edition->registry->count - w->edition->registry->index.count;
    tally->filtered = w->edition->registry->index.count - passing;
    tally->too_far = passing - tally->too_near - within;
    tally->listed = found < w->limit ? found : w->limit;
    tally->tied = found - tally->listed;
    tally->beyond_limit =
        within - found - tally->not_eligible - tally->eligibility_unknown - tally->closed - tally->opening_unknown;
    return VAXDIR_OK;
}

/* --- the reasons of one centre ------------------------------------------------------------------------------------ */

static vaxdir_status add_reason(vaxdir_explaining *w, vaxdir_search_reason reason)
{
    vaxdir_explained *made = &w->made;
    if (!vaxdir_memory_reserve(w->memory, &made->reasons, &made->reason_capacity, made->reason_count + 1,
                               sizeof *made->reasons))
        return vaxdir_context_fail_memory(w->context);
    reason.struct_size = sizeof reason;
    made->reasons[made->reason_count++] = reason;
    return VAXDIR_OK;
}

/* How many of the last search, which ends at the centre's distance, come before it; it may be among them or not. */
static uint32_t count_before(vaxdir_explaining *w, uint32_t row, double distance_m)
{
    const uint32_t *rows = vaxdir_matches_rows(w->matches);
    uint32_t before = vaxdir_matches_count(w->matches);
    while (before > 0 && rows[before - 1] >= row && vaxdir_explaining_distance_m(w, rows[before - 1]) == distance_m)
        before--;
    return before;
}

/* The place of a centre among all that would be nearer, were every other reason gone: a minimum distance goes as far as
 * the centre itself, a condition is dropped, and the visit is as if it admitted this centre, too. */
static vaxdir_status add_rank(vaxdir_explaining *w, uint32_t row, double distance_m)
{
    vaxdir_terms terms = w->asked;
    terms.min_distance_m = terms.min_distance_m < distance_m ? terms.min_distance_m : distance_m;
    terms.max_distance_m = distance_m;
    vaxdir_status status = vaxdir_explaining_remaining(w, NULL, &terms.filter);
    if (status != VAXDIR_OK)
        return status;
    status = vaxdir_explaining_search(w, &terms, UINT32_MAX);
    vaxdir_filter_unref(terms.filter);
    if (status != VAXDIR_OK)
        return status;
    uint32_t before = count_before(w, row, distance_m);
    bool beyond = before >= w->limit;
    bool tied = beyond && (terms.flags & VAXDIR_QUERY_ALL_TIES) != 0 &&
                vaxdir_explaining_distance_m(w, vaxdir_matches_rows(w->matches)[w->limit - 1]) == distance_m;
    vaxdir_search_reason reason = {.rank = before + 1, .distance_m = distance_m, .bound_m = NAN};
    if (beyond)
        reason.limit = w->limit;
    if (beyond && !tied) {
        reason.code = VAXDIR_SEARCH_REASON_BEYOND_LIMIT;
        reason.bound_m = vaxdir_matches_distances_m(w->matches)[w->limit - 1];
    } else if (w->made.reason_count == 0) {
        reason.code = tied ? VAXDIR_SEARCH_REASON_TIED : VAXDIR_SEARCH_REASON_LISTED;
    } else {
        return VAXDIR_OK;
    }
    return add_reason(w, reason);
}

static vaxdir_status add_conditions(vaxdir_explaining *w, uint32_t row, double distance_m)
{
    vaxdir_search_reason reason = {.code = VAXDIR_SEARCH_REASON_FILTERED, .distance_m = distance_m, .bound_m = NAN};
    vaxdir_status status = VAXDIR_OK;
    for (size_t i = 0; status == VAXDIR_OK && i < w->count; i++) {
        w->conditions[i].passes = vaxdir_filter_passes(w->conditions[i].filter, w->edition, row);
        reason.condition = vaxdir_explaining_text(w, &w->conditions[i]);
        if (!w->conditions[i].passes)
            status = add_reason(w, reason);
    }
    return status;
}

static vaxdir_status add_objections(vaxdir_explaining *w, uint32_t row, double distance_m)
{
    static const struct {
        uint32_t objection;
        int32_t code;
    } codes[] = {{VAXDIR_OBJECTION_NOT_ELIGIBLE, VAXDIR_SEARCH_REASON_NOT_ELIGIBLE},
                 {VAXDIR_OBJECTION_ELIGIBILITY_UNKNOWN, VAXDIR_SEARCH_REASON_ELIGIBILITY_UNKNOWN},
                 {VAXDIR_OBJECTION_CLOSED, VAXDIR_SEARCH_REASON_CLOSED},
                 {VAXDIR_OBJECTION_OPENING_UNKNOWN, VAXDIR_SEARCH_REASON_OPENING_UNKNOWN}};
    uint32_t objections = vaxdir_explaining_objections(w, row);
    vaxdir_status status = VAXDIR_OK;
    for (size_t i = 0; status == VAXDIR_OK && i < sizeof codes / sizeof *codes; i++)
        if ((objections & codes[i].objection) != 0)
            status =
                add_reason(w, (vaxdir_search_reason){.code = codes[i].code, .distance_m = distance_m, .bound_m = NAN});
    return status;
}

/* The reasons stand in the order in which the tally counts. */
vaxdir_status vaxdir_explaining_make_reasons(vaxdir_explaining *w, uint32_t row)
{
    double distance_m = vaxdir_explaining_distance_m(w, row);
    vaxdir_search_reason reason = {.distance_m = distance_m, .bound_m = NAN};
    vaxdir_status status = VAXDIR_OK;
    if (isnan(distance_m)) {
        reason.code = VAXDIR_SEARCH_REASON_NO_POSITION;
        status = add_reason(w, reason);
    }
    if (status == VAXDIR_OK)
        status = add_conditions(w, row, distance_m);
    if (status == VAXDIR_OK && distance_m < w->asked.min_distance_m) {
        reason.code = VAXDIR_SEARCH_REASON_TOO_NEAR;
        reason.bound_m = w->asked.min_distance_m;
        status = add_reason(w, reason);
    }
    if (status == VAXDIR_OK && distance_m > w->asked.max_distance_m) {
        reason.code = VAXDIR_SEARCH_REASON_TOO_FAR;
        reason.bound_m = w->asked.max_distance_m;
        status = add_reason(w, reason);
    }
    if (status == VAXDIR_OK)
        status = add_objections(w, row, distance_m);
    return status == VAXDIR_OK && !isnan(distance_m) ? add_rank(w, row, distance_m) : status;
}
