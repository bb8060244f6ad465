/* explaining.h: an explanation being made, of searches alone: what it promises was found by vaxdir_nearest(). The parts
 * are the tally and the reasons of a centre (explain_reasons.c), and what would help (explain_relax.c). */
#ifndef VAXDIR_SEARCH_EXPLAINING_H
#define VAXDIR_SEARCH_EXPLAINING_H

#include <vaxdir/explain.h>

#include "../edition/visit.h"
#include "filter.h"

/* What one fill holds. */
typedef struct vaxdir_explained {
    vaxdir_search_tally tally;
    vaxdir_search_reason *reasons;
    size_t reason_count, reason_capacity;
    vaxdir_relaxation *relaxations; /* with a reference to each filter */
    size_t relaxation_count, relaxation_capacity;
    vaxdir_buffer texts;
} vaxdir_explained;

/* One part of the outermost AND of the filter. */
typedef struct vaxdir_explained_condition {
    vaxdir_filter *filter; /* borrowed from the query */
    size_t text;           /* offset in the texts */
    bool passes;           /* whether the centre that is asked about does */
} vaxdir_explained_condition;

/* What an explanation changes of a query. */
typedef struct vaxdir_terms {
    vaxdir_filter *filter;
    double min_distance_m, max_distance_m; /* a maximum of INFINITY is none, and one of 0 only the position itself */
    uint32_t flags;
} vaxdir_terms;

typedef struct vaxdir_explaining {
    vaxdir_context *context;
    const vaxdir_memory *memory; /* the explanation's; what a context keeps is of the context's */
    const vaxdir_edition *edition;
    vaxdir_matches *matches; /* what the last search found */
    double latitude, longitude;
    vaxdir_query query;
    vaxdir_terms asked; /* of the query, without VAXDIR_QUERY_BEARINGS, by which nothing is explained */
    uint32_t limit;     /* of the query, never 0 */
    uint32_t admit;     /* VAXDIR_ADMIT_*: what the flags ask of each centre for the visit */
    vaxdir_visit_known visit;
    vaxdir_explained_condition *conditions;
    size_t count, capacity;
    vaxdir_explained made;
} vaxdir_explaining;

/* Collects the conditions of the query's filter, and their texts. False when memory is out. */
bool vaxdir_explaining_collect(vaxdir_explaining *explaining);

/* The text of a condition, which moves no more once all are collected. */
const char *vaxdir_explaining_text(const vaxdir_explaining *explaining, const vaxdir_explained_condition *of);

/* The filter of all conditions that pass, or of all but one: NULL for none. Written on success only; the
 * caller then owns a reference. */
vaxdir_status vaxdir_explaining_remaining(vaxdir_explaining *explaining, const vaxdir_explained_condition *without,
                                          vaxdir_filter **ret_filter);

/* The query on other terms. */
vaxdir_status vaxdir_explaining_search(vaxdir_explaining *explaining, const vaxdir_terms *terms, uint32_t limit);

bool vaxdir_explaining_has_position(const vaxdir_explaining *explaining, uint32_t row);

/* By geod_inverse, as what decides what is in an answer; after a search. NaN without a position. */
double vaxdir_explaining_distance_m(vaxdir_explaining *explaining, uint32_t row);

/* What the query holds against a centre for its visit: VAXDIR_OBJECTION_*. */
uint32_t vaxdir_explaining_objections(const vaxdir_explaining *explaining, uint32_t row);

/* The greatest distance that is less than the minimum of the query, which has one. */
double vaxdir_explaining_just_nearer(const vaxdir_explaining *explaining);

/* The parts. */
vaxdir_status vaxdir_explaining_make_tally(vaxdir_explaining *explaining);
vaxdir_status vaxdir_explaining_make_reasons(vaxdir_explaining *explaining, uint32_t row);
vaxdir_status vaxdir_explaining_make_relaxations(vaxdir_explaining *explaining); /* after the tally */

#endif
