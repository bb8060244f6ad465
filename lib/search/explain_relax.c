/* explain_relax.c: what would bring more centres into an answer that has fewer than were asked for. Invariant: each
 * relaxation changes one thing, as little as helps, and has been searched. */
#include <math.h>

#include "../edition/admit.h"
#include "ask.h"
#include "evaluate.h"
#include "explaining.h"

/* Relaxations are tried for so many conditions, because each takes a search of its own. */
enum { CONDITIONS_TRIED = 256 };

/* Adds what the last search, which was on these terms, has found, in its place. */
static vaxdir_status add_relaxation(vaxdir_explaining *w, int32_t code, const vaxdir_terms *terms, double gained_m,
                                    const char *condition)
{
    vaxdir_explained *made = &w->made;
    if (!vaxdir_memory_reserve(w->memory, &made->relaxations, &made->relaxation_capacity, made->relaxation_count + 1,
                               sizeof *made->relaxations))
        return vaxdir_context_fail_memory(w->context);
    size_t at = made->relaxation_count++;
    for (; at > 0 && made->relaxations[at - 1].gained_m > gained_m; at--)
        made->relaxations[at] = made->relaxations[at - 1];
    made->relaxations[at] = (vaxdir_relaxation){
        .struct_size = sizeof *made->relaxations,
        .code = code,
        .count = vaxdir_matches_count(w->matches),
        .flags = terms->flags | (w->query.flags & VAXDIR_QUERY_BEARINGS),
        .max_distance_m = isinf(terms->max_distance_m) ? 0 : terms->max_distance_m,
        .first_m = vaxdir_matches_distances_m(w->matches)[0],
        .gained_m = gained_m,
        .min_distance_m = terms->min_distance_m,
        .filter = vaxdir_filter_ref(terms->filter),
        .condition = condition,
    };
    return VAXDIR_OK;
}

/* Whether the last search has found more than is listed now. */
static bool found_more(const vaxdir_explaining *w)
{
    return vaxdir_matches_count(w->matches) > w->made.tally.listed;
}

/* The least maximum that lets the nearest of those in that are too far now. */
static vaxdir_status relax_distance(vaxdir_explaining *w)
{
    uint32_t listed = w->made.tally.listed;
    vaxdir_terms terms = w->asked;
    terms.max_distance_m = INFINITY;
    vaxdir_status status = vaxdir_explaining_search(w, &terms, listed + 1);
    if (status != VAXDIR_OK || !found_more(w))
        return status;
    terms.max_distance_m = vaxdir_explaining_distance_m(w, vaxdir_matches_rows(w->matches)[listed]);
    status = vaxdir_explaining_search(w, &terms, w->limit);
    if (status != VAXDIR_OK)
        return status;
    return add_relaxation(w, VAXDIR_RELAXATION_DISTANCE, &terms, terms.max_distance_m, NULL);
}

/* The greatest minimum that lets the farthest of those in that are too near now. */
static vaxdir_status relax_min_distance(vaxdir_explaining *w)
{
    double just_nearer_m = vaxdir_explaining_just_nearer(w);
    vaxdir_terms terms = w->asked;
    terms.min_distance_m = 0;
    terms.max_distance_m = just_nearer_m < terms.max_distance_m ? just_nearer_m : terms.max_distance_m;
    vaxdir_status status = vaxdir_explaining_search(w, &terms, UINT32_MAX);
    uint32_t count = vaxdir_matches_count(w->matches);
    if (status != VAXDIR_OK || count == 0)
        return status;
    terms.min_distance_m = vaxdir_explaining_distance_m(w, vaxdir_matches_rows(w->matches)[count - 1]);
    terms.max_distance_m = w->asked.max_distance_m;
    status = vaxdir_explaining_search(w, &terms, w->limit);
    if (status != VAXDIR_OK)
        return status;
    return add_relaxation(w, VAXDIR_RELAXATION_MIN_DISTANCE, &terms, terms.min_distance_m, NULL);
}

/* Without a condition. */
static vaxdir_status relax_condition(vaxdir_explaining *w, const vaxdir_explained_condition *without)
{
    vaxdir_terms terms = w->asked;
    vaxdir_status status = vaxdir_explaining_remaining(w, without, &terms.filter);
    if (status != VAXDIR_OK)
        return status;
    status = vaxdir_explaining_search(w, &terms, w->limit);
    if (status == VAXDIR_OK && found_more(w)) {
        const uint32_t *rows = vaxdir_matches_rows(w->matches);
        uint32_t gained = 0;
        while (vaxdir_filter_passes(without->filter, w->edition, rows[gained]))
            gained++;
        status = add_relaxation(w, VAXDIR_RELAXATION_CONDITION, &terms, vaxdir_matches_distances_m(w->matches)[gained],
                                vaxdir_explaining_text(w, without));
    }
    vaxdir_filter_unref(terms.filter);
    return status;
}

/* One of the things that a visit's flags ask, as it may be eased. */
typedef struct wish {
    uint32_t flag, sure;           /* VAXDIR_QUERY_*: not no, and surely yes */
    int32_t without, without_sure; /* VAXDIR_RELAXATION_* */
    uint32_t objection;            /* what only asking nothing takes away */
} wish;

/* With flags that ask less; with `objection` only if a centre is gained that it stood against. */
static vaxdir_status relax_flags(vaxdir_explaining *w, int32_t code, uint32_t flags, uint32_t objection)
{
    vaxdir_terms terms = w->asked;
    terms.flags = flags;
    vaxdir_status status = vaxdir_explaining_search(w, &terms, w->limit);
    if (status != VAXDIR_OK || !found_more(w))
        return status;
    const uint32_t *rows = vaxdir_matches_rows(w->matches);
    uint32_t first = vaxdir_matches_count(w->matches), all = 0;
    for (uint32_t i = vaxdir_matches_count(w->matches); i-- > 0;) {
        uint32_t objections = vaxdir_explaining_objections(w, rows[i]);
        first = objections != 0 ? i : first;
        all |= objections;
    }
    if ((all & objection) != objection)
        return VAXDIR_OK;
    return add_relaxation(w, code, &terms, vaxdir_matches_distances_m(w->matches)[first], NULL);
}

/* What is not known is let in first, and a no only where that gains somebody. */
static vaxdir_status relax_wish(vaxdir_explaining *w, const wish *of)
{
    uint32_t flags = w->asked.flags;
    vaxdir_status status = VAXDIR_OK;
    if ((flags & of->sure) != 0)
        status = relax_flags(w, of->without_sure, (flags & ~of->sure) | of->flag, 0);
    if (status == VAXDIR_OK && (flags & (of->sure | of->flag)) != 0)
        status = relax_flags(w, of->without, flags & ~(of->sure | of->flag), of->objection);
    return status;
}

vaxdir_status vaxdir_explaining_make_relaxations(vaxdir_explaining *w)
{
    static const wish eligible = {VAXDIR_QUERY_ELIGIBLE, VAXDIR_QUERY_ELIGIBLE_SURE, VAXDIR_RELAXATION_ELIGIBLE,
                                  VAXDIR_RELAXATION_ELIGIBLE_SURE, VAXDIR_OBJECTION_NOT_ELIGIBLE};
    static const wish open = {VAXDIR_QUERY_OPEN, VAXDIR_QUERY_OPEN_SURE, VAXDIR_RELAXATION_OPEN,
                              VAXDIR_RELAXATION_OPEN_SURE, VAXDIR_OBJECTION_CLOSED};
    vaxdir_status status = VAXDIR_OK;
    if (w->made.tally.listed >= w->limit)
        return VAXDIR_OK;
    if (w->made.tally.too_far > 0)
        status = relax_distance(w);
    if (status == VAXDIR_OK && w->made.tally.too_near > 0)
        status = relax_min_distance(w);
    for (size_t i = 0; status == VAXDIR_OK && i < w->count && i < CONDITIONS_TRIED; i++)
        status = relax_condition(w, &w->conditions[i]);
    if (status == VAXDIR_OK)
        status = relax_wish(w, &eligible);
    if (status == VAXDIR_OK)
        status = relax_wish(w, &open);
    return status;
}
