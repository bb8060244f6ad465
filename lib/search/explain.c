/* explain.c: explanations: the handle, and its public calls. Invariant: an explanation changes only when all of the new
 * one is there. */
#include <vaxdir/explain.h>

#include <math.h>

#include "ask.h"
#include "explaining.h"

enum { LIMIT_DEFAULT = 10 };

struct vaxdir_explanation {
    vaxdir_memory memory;
    vaxdir_matches *matches; /* to search with */
    vaxdir_explained now;
};

static void release(const vaxdir_memory *memory, vaxdir_explained *old)
{
    for (size_t i = 0; i < old->relaxation_count; i++)
        vaxdir_filter_unref(old->relaxations[i].filter);
    vaxdir_memory_free(memory, old->relaxations, old->relaxation_capacity, sizeof *old->relaxations);
    vaxdir_memory_free(memory, old->reasons, old->reason_capacity, sizeof *old->reasons);
    if (old->texts.bytes != NULL)
        vaxdir_memory_free(memory, old->texts.bytes, old->texts.capacity, 1);
    *old = (vaxdir_explained){.reasons = NULL};
}

/* --- explaining --------------------------------------------------------------------------------------------------- */

/* Takes over a query that a search has accepted, of whatever size. */
static vaxdir_status read_query(vaxdir_explaining *w, const vaxdir_query *query)
{
    vaxdir_status status = vaxdir_context_read_struct(w->context, "query", query, &w->query, sizeof w->query, 0);
    if (status != VAXDIR_OK)
        return status;
    if (w->query.work_limit != 0)
        return vaxdir_context_fail(w->context, VAXDIR_ERROR_ARGUMENT,
                                   "an explanation is of the whole answer: leave query.work_limit at 0");
    w->query.struct_size = sizeof w->query;
    w->limit = w->query.limit == 0 ? LIMIT_DEFAULT : w->query.limit;
    w->asked = (vaxdir_terms){.filter = w->query.filter,
                              .min_distance_m = w->query.min_distance_m,
                              .max_distance_m = w->query.max_distance_m == 0 ? INFINITY : w->query.max_distance_m,
                              .flags = w->query.flags & ~(uint32_t)VAXDIR_QUERY_BEARINGS};
    w->admit = vaxdir_search_admit(w->query.flags);
    return w->admit == 0 ? VAXDIR_OK : vaxdir_visit_read(w->context, w->edition, w->query.visit, &w->visit);
}

static vaxdir_status explain(vaxdir_explaining *w, uint32_t row)
{
    if (!vaxdir_explaining_collect(w))
        return vaxdir_context_fail_memory(w->context);
    vaxdir_status status = vaxdir_explaining_make_tally(w);
    if (status == VAXDIR_OK)
        status = vaxdir_explaining_make_relaxations(w);
    if (status == VAXDIR_OK && row != VAXDIR_NO_ROW)
        status = vaxdir_explaining_make_reasons(w, row);
    return status;
}

vaxdir_status vaxdir_explain(vaxdir_context *context, const vaxdir_edition *edition, double latitude, double longitude,
                             const vaxdir_query *query, uint32_t row, vaxdir_explanation *explanation)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (explanation == NULL)
        return vaxdir_context_fail_null(context, "explanation");
    if (row != VAXDIR_NO_ROW && row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    vaxdir_explaining w = {.context = context,
                           .memory = &explanation->memory,
                           .edition = edition,
                           .matches = explanation->matches,
                           .latitude = latitude,
                           .longitude = longitude};
    status = vaxdir_nearest(context, edition, latitude, longitude, query, w.matches);
    if (status == VAXDIR_OK)
        status = read_query(&w, query);
    if (status != VAXDIR_OK)
        return status;
    w.made.texts.memory = w.memory;
    status = explain(&w, row);
    if (status == VAXDIR_OK) {
        release(w.memory, &explanation->now);
        explanation->now = w.made;
    } else {
        release(w.memory, &w.made);
    }
    vaxdir_memory_free(w.memory, w.conditions, w.capacity, sizeof *w.conditions);
    return status;
}

/* --- the handle --------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_explanation_new(vaxdir_context *context, vaxdir_explanation **ret_explanation)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_explanation == NULL)
        return vaxdir_context_fail_null(context, "ret_explanation");
    vaxdir_matches *matches = NULL;
    status = vaxdir_matches_new(context, &matches);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_explanation *explanation = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *explanation);
    if (explanation == NULL) {
        vaxdir_matches_unref(matches);
        return vaxdir_context_fail_memory(context);
    }
    explanation->memory = context->memory;
    explanation->matches = matches;
    *ret_explanation = explanation;
    return VAXDIR_OK;
}

vaxdir_explanation *vaxdir_explanation_unref(vaxdir_explanation *explanation)
{
    if (explanation == NULL)
        return NULL;
    vaxdir_memory memory = explanation->memory;
    release(&memory, &explanation->now);
    vaxdir_matches_unref(explanation->matches);
    vaxdir_memory_free(&memory, explanation, 1, sizeof *explanation);
    return NULL;
}

uint32_t vaxdir_explanation_reason_count(const vaxdir_explanation *explanation)
{
    return explanation == NULL ? 0 : (uint32_t)explanation->now.reason_count;
}

uint32_t vaxdir_explanation_relaxation_count(const vaxdir_explanation *explanation)
{
    return explanation == NULL ? 0 : (uint32_t)explanation->now.relaxation_count;
}

static vaxdir_status check_index(vaxdir_context *context, const vaxdir_explanation *explanation, uint32_t index,
                                 size_t count)
{
    if (explanation == NULL)
        return vaxdir_context_fail_null(context, "explanation");
    if (index < count)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index %lu: there are %lu", (unsigned long)index,
                               (unsigned long)count);
}

vaxdir_status vaxdir_explanation_reason(vaxdir_context *context, const vaxdir_explanation *explanation, uint32_t index,
                                        vaxdir_search_reason *reason)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status == VAXDIR_OK)
        status = check_index(context, explanation, index, vaxdir_explanation_reason_count(explanation));
    if (status != VAXDIR_OK)
        return status;
    if (reason == NULL)
        return vaxdir_context_fail_null(context, "reason");
    return vaxdir_context_write_struct(context, "vaxdir_search_reason", &explanation->now.reasons[index],
                                       sizeof *reason, sizeof *reason, reason);
}

vaxdir_status vaxdir_explanation_relaxation(vaxdir_context *context, const vaxdir_explanation *explanation,
                                            uint32_t index, vaxdir_relaxation *relaxation)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status == VAXDIR_OK)
        status = check_index(context, explanation, index, vaxdir_explanation_relaxation_count(explanation));
    if (status != VAXDIR_OK)
        return status;
    if (relaxation == NULL)
        return vaxdir_context_fail_null(context, "relaxation");
    return vaxdir_context_write_struct(context, "vaxdir_relaxation", &explanation->now.relaxations[index],
                                       sizeof *relaxation, sizeof *relaxation, relaxation);
}

vaxdir_status vaxdir_explanation_tally(vaxdir_context *context, const vaxdir_explanation *explanation,
                                       vaxdir_search_tally *tally)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (explanation == NULL)
        return vaxdir_context_fail_null(context, "explanation");
    if (tally == NULL)
        return vaxdir_context_fail_null(context, "tally");
    return vaxdir_context_write_struct(context, "vaxdir_search_tally", &explanation->now.tally, sizeof *tally,
                                       sizeof *tally, tally);
}

const char *vaxdir_search_reason_name(int32_t reason)
{
    static const char *const names[] = {
        "listed",       "no-position",         "filtered", "too-far",        "beyond-limit", "too-near", "tied",
        "not-eligible", "eligibility-unknown", "closed",   "opening-unknown"};
    if (reason < VAXDIR_SEARCH_REASON_LISTED || reason > VAXDIR_SEARCH_REASON_OPENING_UNKNOWN)
        return NULL;
    return names[reason - 1];
}

const char *vaxdir_relaxation_name(int32_t relaxation)
{
    static const char *const names[] = {"max-distance",  "condition", "min-distance", "eligible",
                                        "eligible-sure", "open",      "open-sure"};
    if (relaxation < VAXDIR_RELAXATION_DISTANCE || relaxation > VAXDIR_RELAXATION_OPEN_SURE)
        return NULL;
    return names[relaxation - 1];
}
