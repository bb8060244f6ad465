/* explain.c: explanations, made of searches alone: what is promised here was found by vaxdir_nearest(). Invariant: an
 * explanation changes only when all of the new one is there. */
#include <vaxdir/explain.h>

#include <math.h>
#include <string.h>

#include "ask.h"
#include "cql.h"
#include "evaluate.h"
#include "scratch.h"

enum { LIMIT_DEFAULT = 10 };

/* Relaxations are tried for so many conditions, because each takes a search of its own. */
enum { CONDITIONS_TRIED = 256 };

/* What one fill holds. */
typedef struct content {
    vaxdir_search_tally tally;
    vaxdir_search_reason *reasons;
    size_t reason_count, reason_capacity;
    vaxdir_relaxation *relaxations; /* with a reference to each filter */
    size_t relaxation_count, relaxation_capacity;
    vaxdir_buffer texts;
} content;

struct vaxdir_explanation {
    vaxdir_memory memory;
    vaxdir_matches *matches; /* to search with */
    content now;
};

/* One part of the outermost AND of the filter. */
typedef struct condition {
    vaxdir_filter *filter; /* borrowed from the query */
    size_t text;           /* offset in the texts */
    bool passes;           /* whether the centre that is asked about does */
} condition;

/* An explanation being made. */
typedef struct work {
    vaxdir_context *context;
    const vaxdir_memory *memory; /* the explanation's; what a context keeps is of the context's */
    const vaxdir_edition *edition;
    vaxdir_matches *matches;
    double latitude, longitude;
    vaxdir_query query;
    uint32_t limit;        /* of the query, never 0 */
    double max_distance_m; /* of the query, INFINITY for no bound */
    condition *conditions;
    size_t count, capacity;
    content made;
} work;

static void content_free(const vaxdir_memory *memory, content *old)
{
    for (size_t i = 0; i < old->relaxation_count; i++)
        vaxdir_filter_unref(old->relaxations[i].filter);
    vaxdir_memory_free(memory, old->relaxations, old->relaxation_capacity, sizeof *old->relaxations);
    vaxdir_memory_free(memory, old->reasons, old->reason_capacity, sizeof *old->reasons);
    if (old->texts.bytes != NULL)
        vaxdir_memory_free(memory, old->texts.bytes, old->texts.capacity, 1);
    *old = (content){.reasons = NULL};
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

/* The depth is at most VAXDIR_FILTER_DEPTH_MAX. */
static bool collect(work *w, vaxdir_filter *filter)
{
    if (filter->kind == VAXDIR_FILTER_AND) {
        for (size_t i = 0; i < filter->count; i++)
            if (!collect(w, filter->parts.filters[i]))
                return false;
        return true;
    }
    if (!vaxdir_memory_reserve(w->memory, &w->conditions, &w->capacity, w->count + 1, sizeof *w->conditions))
        return false;
    condition *added = &w->conditions[w->count++];
    *added = (condition){filter, w->made.texts.length, true};
    return vaxdir_cql_write(&w->made.texts, filter) && vaxdir_buffer_append_byte(&w->made.texts, '\0');
}

static const char *text_of(const work *w, const condition *of)
{
    return (const char *)w->made.texts.bytes + of->text;
}

/* The filter of all conditions that pass, or of all but one: NULL for none. The caller owns a reference. */
static vaxdir_status remaining(work *w, const condition *without, vaxdir_filter **ret_filter)
{
    vaxdir_filter **kept = vaxdir_memory_allocate(w->memory, w->count, sizeof *kept);
    size_t count = 0;
    if (kept == NULL)
        return vaxdir_context_fail_memory(w->context);
    for (size_t i = 0; i < w->count; i++)
        if (without == NULL ? w->conditions[i].passes : &w->conditions[i] != without)
            kept[count++] = w->conditions[i].filter;
    vaxdir_status status = VAXDIR_OK;
    *ret_filter = NULL;
    if (count == 1)
        *ret_filter = vaxdir_filter_ref(kept[0]);
    else if (count > 1)
        status = vaxdir_filter_make_group(w->context, VAXDIR_FILTER_AND, kept, count, ret_filter);
    vaxdir_memory_free(w->memory, kept, w->count, sizeof *kept);
    return status;
}

/* --- searches ----------------------------------------------------------------------------------------------------- */

/* Which distances count. A maximum of INFINITY is none, and one of 0 is nothing but the position itself. */
typedef struct range {
    double min_distance_m, max_distance_m;
} range;

static range range_of(const work *w)
{
    return (range){w->query.min_distance_m, w->max_distance_m};
}

static vaxdir_status search(work *w, vaxdir_filter *filter, range distances, uint32_t limit)
{
    vaxdir_query query = w->query;
    double max_distance_m = distances.max_distance_m;
    query.filter = filter;
    query.limit = limit;
    query.min_distance_m = distances.min_distance_m;
    query.max_distance_m = max_distance_m == 0 ? nextafter(0, 1) : max_distance_m;
    return vaxdir_nearest(w->context, w->edition, w->latitude, w->longitude, &query, w->matches);
}

static bool has_position(const work *w, uint32_t row)
{
    return !isnan(w->edition->registry->numbers[VAXDIR_FIELD_LATITUDE][row]);
}

/* By geod_inverse, as what decides what is in an answer. NaN without a position. */
static double distance_of(work *w, uint32_t row)
{
    const vaxdir_registry *registry = w->edition->registry;
    if (!has_position(w, row))
        return NAN;
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(w->context); /* there: a search has been made */
    return vaxdir_geodesic_distance_m(&scratch->geodesic, w->latitude, vaxdir_longitude_wrap(w->longitude),
                                      registry->numbers[VAXDIR_FIELD_LATITUDE][row],
                                      registry->numbers[VAXDIR_FIELD_LONGITUDE][row]);
}

/* --- the tally ---------------------------------------------------------------------------------------------------- */

/* How many centres pass the filter of the query and have a position. */
static vaxdir_status count_passing(work *w, uint32_t *ret_passing)
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
        passing -= !has_position(w, row) && (binding->words[row / 64] >> (row % 64) & 1) != 0;
    *ret_passing = passing;
    return VAXDIR_OK;
}

/* How many centres pass the filter of the query and are at these distances. */
static vaxdir_status count_within(work *w, range distances, uint32_t passing, uint32_t *ret_count)
{
    *ret_count = passing;
    if (distances.min_distance_m == 0 && isinf(distances.max_distance_m))
        return VAXDIR_OK;
    vaxdir_status status = search(w, w->query.filter, distances, UINT32_MAX);
    if (status == VAXDIR_OK)
        *ret_count = vaxdir_matches_count(w->matches);
    return status;
}

/* The greatest distance that is less than the minimum of the query, which has one. */
static double just_nearer(const work *w)
{
    return nextafter(w->query.min_distance_m, 0);
}

/* Leaves the answer itself in the matches. */
static vaxdir_status make_tally(work *w)
{
    vaxdir_search_tally *tally = &w->made.tally;
    uint32_t passing = 0, too_near = 0, within = 0;
    vaxdir_status status = count_passing(w, &passing);
    if (status == VAXDIR_OK && w->query.min_distance_m > 0)
        status = count_within(w, (range){0, just_nearer(w)}, passing, &too_near);
    if (status == VAXDIR_OK)
        status = count_within(w, range_of(w), passing, &within);
    if (status == VAXDIR_OK)
        status = search(w, w->query.filter, range_of(w), w->limit);
    if (status != VAXDIR_OK)
        return status;
    uint32_t found = vaxdir_matches_count(w->matches);
    tally->struct_size = sizeof *tally;
    tally->no_position = w->edition->registry->count - w->edition->registry->index.count;
    tally->filtered = w->edition->registry->index.count - passing;
    tally->too_near = too_near;
    tally->too_far = passing - too_near - within;
    tally->listed = found < w->limit ? found : w->limit;
    tally->tied = found - tally->listed;
    tally->beyond_limit = within - found;
    return VAXDIR_OK;
}

/* --- the reasons of one centre ------------------------------------------------------------------------------------ */

static vaxdir_status add_reason(work *w, vaxdir_search_reason reason)
{
    content *made = &w->made;
    if (!vaxdir_memory_reserve(w->memory, &made->reasons, &made->reason_capacity, made->reason_count + 1,
                               sizeof *made->reasons))
        return vaxdir_context_fail_memory(w->context);
    reason.struct_size = sizeof reason;
    made->reasons[made->reason_count++] = reason;
    return VAXDIR_OK;
}

/* The place of a centre among all that would be nearer, were every other reason gone; a minimum distance goes as far as
 * the centre itself. */
static vaxdir_status add_rank(work *w, uint32_t row, double distance_m)
{
    vaxdir_filter *filter = NULL;
    range distances = {w->query.min_distance_m < distance_m ? w->query.min_distance_m : distance_m, distance_m};
    vaxdir_status status = remaining(w, NULL, &filter);
    if (status == VAXDIR_OK)
        status = search(w, filter, distances, UINT32_MAX);
    vaxdir_filter_unref(filter);
    if (status != VAXDIR_OK)
        return status;
    const uint32_t *rows = vaxdir_matches_rows(w->matches);
    uint32_t rank = 0;
    while (rank < vaxdir_matches_count(w->matches) && rows[rank] != row)
        rank++;
    bool beyond = rank >= w->limit;
    bool tied =
        beyond && (w->query.flags & VAXDIR_QUERY_ALL_TIES) != 0 && distance_of(w, rows[w->limit - 1]) == distance_m;
    vaxdir_search_reason reason = {.rank = rank + 1, .distance_m = distance_m, .bound_m = NAN};
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

static vaxdir_status make_reasons(work *w, uint32_t row)
{
    double distance_m = distance_of(w, row);
    vaxdir_search_reason reason = {.distance_m = distance_m, .bound_m = NAN};
    vaxdir_status status = VAXDIR_OK;
    if (isnan(distance_m)) {
        reason.code = VAXDIR_SEARCH_REASON_NO_POSITION;
        status = add_reason(w, reason);
    }
    reason.code = VAXDIR_SEARCH_REASON_FILTERED;
    for (size_t i = 0; status == VAXDIR_OK && i < w->count; i++) {
        w->conditions[i].passes = vaxdir_filter_passes(w->conditions[i].filter, w->edition, row);
        reason.condition = text_of(w, &w->conditions[i]);
        if (!w->conditions[i].passes)
            status = add_reason(w, reason);
    }
    reason.condition = NULL;
    if (status == VAXDIR_OK && distance_m < w->query.min_distance_m) {
        reason.code = VAXDIR_SEARCH_REASON_TOO_NEAR;
        reason.bound_m = w->query.min_distance_m;
        status = add_reason(w, reason);
    }
    if (status == VAXDIR_OK && distance_m > w->max_distance_m) {
        reason.code = VAXDIR_SEARCH_REASON_TOO_FAR;
        reason.bound_m = w->max_distance_m;
        status = add_reason(w, reason);
    }
    return status == VAXDIR_OK && !isnan(distance_m) ? add_rank(w, row, distance_m) : status;
}

/* --- relaxations -------------------------------------------------------------------------------------------------- */

/* Adds what the last search found. The filter's reference is the explanation's from now on. */
static vaxdir_status add_relaxation(work *w, vaxdir_relaxation relaxation)
{
    content *made = &w->made;
    if (!vaxdir_memory_reserve(w->memory, &made->relaxations, &made->relaxation_capacity, made->relaxation_count + 1,
                               sizeof *made->relaxations)) {
        vaxdir_filter_unref(relaxation.filter);
        return vaxdir_context_fail_memory(w->context);
    }
    relaxation.struct_size = sizeof relaxation;
    relaxation.count = vaxdir_matches_count(w->matches);
    relaxation.first_m = vaxdir_matches_distances_m(w->matches)[0];
    size_t at = made->relaxation_count++;
    for (; at > 0 && made->relaxations[at - 1].gained_m > relaxation.gained_m; at--)
        made->relaxations[at] = made->relaxations[at - 1];
    made->relaxations[at] = relaxation;
    return VAXDIR_OK;
}

/* The least maximum that lets the nearest of those in that are too far now. */
static vaxdir_status relax_distance(work *w)
{
    uint32_t listed = w->made.tally.listed;
    range distances = {w->query.min_distance_m, INFINITY};
    vaxdir_status status = search(w, w->query.filter, distances, listed + 1);
    if (status != VAXDIR_OK || vaxdir_matches_count(w->matches) <= listed)
        return status;
    double least_m = distance_of(w, vaxdir_matches_rows(w->matches)[listed]);
    distances.max_distance_m = least_m;
    status = search(w, w->query.filter, distances, w->limit);
    if (status != VAXDIR_OK)
        return status;
    return add_relaxation(w, (vaxdir_relaxation){.code = VAXDIR_RELAXATION_DISTANCE,
                                                 .max_distance_m = least_m,
                                                 .min_distance_m = w->query.min_distance_m,
                                                 .gained_m = least_m,
                                                 .filter = vaxdir_filter_ref(w->query.filter)});
}

/* The greatest minimum that lets the farthest of those in that are too near now. */
static vaxdir_status relax_min_distance(work *w)
{
    range distances = {0, just_nearer(w) < w->max_distance_m ? just_nearer(w) : w->max_distance_m};
    vaxdir_status status = search(w, w->query.filter, distances, UINT32_MAX);
    uint32_t count = vaxdir_matches_count(w->matches);
    if (status != VAXDIR_OK || count == 0)
        return status;
    double greatest_m = distance_of(w, vaxdir_matches_rows(w->matches)[count - 1]);
    distances = (range){greatest_m, w->max_distance_m};
    status = search(w, w->query.filter, distances, w->limit);
    if (status != VAXDIR_OK)
        return status;
    return add_relaxation(w, (vaxdir_relaxation){.code = VAXDIR_RELAXATION_MIN_DISTANCE,
                                                 .max_distance_m = w->query.max_distance_m,
                                                 .min_distance_m = greatest_m,
                                                 .gained_m = greatest_m,
                                                 .filter = vaxdir_filter_ref(w->query.filter)});
}

static vaxdir_status relax_condition(work *w, const condition *without)
{
    vaxdir_filter *filter = NULL;
    vaxdir_status status = remaining(w, without, &filter);
    if (status == VAXDIR_OK)
        status = search(w, filter, range_of(w), w->limit);
    if (status != VAXDIR_OK || vaxdir_matches_count(w->matches) <= w->made.tally.listed) {
        vaxdir_filter_unref(filter);
        return status;
    }
    const uint32_t *rows = vaxdir_matches_rows(w->matches);
    uint32_t gained = 0;
    while (vaxdir_filter_passes(without->filter, w->edition, rows[gained]))
        gained++;
    return add_relaxation(w, (vaxdir_relaxation){.code = VAXDIR_RELAXATION_CONDITION,
                                                 .max_distance_m = w->query.max_distance_m,
                                                 .min_distance_m = w->query.min_distance_m,
                                                 .gained_m = vaxdir_matches_distances_m(w->matches)[gained],
                                                 .filter = filter,
                                                 .condition = text_of(w, without)});
}

static vaxdir_status make_relaxations(work *w)
{
    vaxdir_status status = VAXDIR_OK;
    if (w->made.tally.listed >= w->limit)
        return VAXDIR_OK;
    if (w->made.tally.too_far > 0)
        status = relax_distance(w);
    if (status == VAXDIR_OK && w->made.tally.too_near > 0)
        status = relax_min_distance(w);
    for (size_t i = 0; status == VAXDIR_OK && i < w->count && i < CONDITIONS_TRIED; i++)
        status = relax_condition(w, &w->conditions[i]);
    return status;
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

static vaxdir_status explain(work *w, uint32_t row)
{
    if (w->query.filter != NULL && !collect(w, w->query.filter))
        return vaxdir_context_fail_memory(w->context);
    vaxdir_status status = make_tally(w);
    if (status == VAXDIR_OK)
        status = make_relaxations(w);
    if (status == VAXDIR_OK && row != VAXDIR_NO_ROW)
        status = make_reasons(w, row);
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
    work w = {.context = context,
              .memory = &explanation->memory,
              .edition = edition,
              .matches = explanation->matches,
              .latitude = latitude,
              .longitude = longitude};
    /* Everything else about the query and the position is checked by the search. */
    status = vaxdir_nearest(context, edition, latitude, longitude, query, w.matches);
    if (status == VAXDIR_OK)
        status = vaxdir_context_read_struct(context, "query", query, &w.query, sizeof w.query, sizeof w.query);
    if (status != VAXDIR_OK)
        return status;
    if (w.query.work_limit != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "an explanation is of the whole answer: leave query.work_limit at 0");
    if ((w.query.flags & VAXDIR_SEARCH_VISIT_FLAGS) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "an explanation does not know visits: ask vaxdir_eligible() and vaxdir_opening()");
    w.query.flags &= ~(uint32_t)VAXDIR_QUERY_BEARINGS; /* which nothing is explained by */
    w.query.struct_size = sizeof w.query;
    w.limit = w.query.limit == 0 ? LIMIT_DEFAULT : w.query.limit;
    w.max_distance_m = w.query.max_distance_m == 0 ? INFINITY : w.query.max_distance_m;
    w.made.texts.memory = w.memory;
    status = explain(&w, row);
    if (status == VAXDIR_OK) {
        content_free(w.memory, &explanation->now);
        explanation->now = w.made;
    } else {
        content_free(w.memory, &w.made);
    }
    vaxdir_memory_free(w.memory, w.conditions, w.capacity, sizeof *w.conditions);
    return status;
}

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
    content_free(&memory, &explanation->now);
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
    static const char *const names[] = {"listed",       "no-position", "filtered", "too-far",
                                        "beyond-limit", "too-near",    "tied"};
    if (reason < VAXDIR_SEARCH_REASON_LISTED || reason > VAXDIR_SEARCH_REASON_TIED)
        return NULL;
    return names[reason - 1];
}

const char *vaxdir_relaxation_name(int32_t relaxation)
{
    static const char *const names[] = {"max-distance", "condition", "min-distance"};
    if (relaxation < VAXDIR_RELAXATION_DISTANCE || relaxation > VAXDIR_RELAXATION_MIN_DISTANCE)
        return NULL;
    return names[relaxation - 1];
}
