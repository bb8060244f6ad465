/* fault_filter.h: the scenarios of filters and explanations: a part of fault_all.c, whose world they use, and included
 * by it alone. */
#ifndef FAULT_FILTER_H
#define FAULT_FILTER_H

static vaxdir_status call_filter_in(world *w)
{
    const char *const values[] = {"b", "a", "Metz", "a"};
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_in(w->context, VAXDIR_FIELD_CITY, values, NULL, 4, &made));
}

static vaxdir_status call_filter_and(world *w)
{
    vaxdir_filter *const both[] = {w->filter, w->filter};
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_and(w->context, both, 2, &made));
}

static vaxdir_status call_filter_or(world *w)
{
    vaxdir_filter *const both[] = {w->filter, w->filter};
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_or(w->context, both, 2, &made));
}

static vaxdir_status call_filter_not(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_not(w->context, w->filter, &made));
}

static vaxdir_status parse(world *w, const char *text)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_parse(w->context, text, strlen(text), &made));
}

static vaxdir_status call_filter_parse(world *w)
{
    return parse(w, "NOT (city IN ('b', 'a') OR latitude IN (1, 2)) AND opens_on BETWEEN DATE('2021-01-18') AND "
                    "DATE('2021-01-19') AND attribute('remark') LIKE '%' AND link_url IS NULL");
}

static vaxdir_status call_filter_parse_area(world *w)
{
    return parse(w, "city = 'a' OR S_INTERSECTS(position, POLYGON((6 49, 7 49, 6 50, 6 49)))");
}

static vaxdir_status call_filter_text(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref,
          vaxdir_filter_compare_text(w->context, VAXDIR_FIELD_CITY, VAXDIR_OPERATOR_LIKE, "a%", 2, &made));
}

static vaxdir_status call_filter_number(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref,
          vaxdir_filter_compare_number(w->context, VAXDIR_FIELD_LATITUDE, VAXDIR_OPERATOR_LESS, 1, &made));
}

static vaxdir_status call_filter_integer(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref,
          vaxdir_filter_compare_integer(w->context, VAXDIR_FIELD_OPENS_ON, VAXDIR_OPERATOR_LESS, 20210118, &made));
}

static vaxdir_status call_filter_open_on(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_open_on(w->context, 20210118, &made));
}

static vaxdir_status call_opening(world *w)
{
    vaxdir_opening_answer answer = VAXDIR_OPENING_ANSWER_INIT;
    vaxdir_status status = vaxdir_opening(w->context, w->edition, 3, 1610953200, &answer);
    w->touched = w->touched || (status != VAXDIR_OK && answer.reason != 0);
    return status;
}

static vaxdir_status call_hours_parse(world *w)
{
    vaxdir_hours hours = VAXDIR_HOURS_INIT;
    vaxdir_status status = vaxdir_hours_parse(w->context, "9h-12h et 14h-17h", 17, &hours);
    w->touched = w->touched || (status != VAXDIR_OK && hours.kind != 0);
    return status;
}

static vaxdir_status call_filter_has(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_has(w->context, VAXDIR_FIELD_LINK_URL, &made));
}

static vaxdir_status call_attribute_in(world *w)
{
    const char *const values[] = {"b", "a"};
    MAKES(vaxdir_filter, vaxdir_filter_unref,
          vaxdir_filter_attribute_in(w->context, "remark", 6, values, NULL, 2, &made));
}

static vaxdir_status call_attribute_compare(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref,
          vaxdir_filter_attribute_compare(w->context, "remark", 6, VAXDIR_OPERATOR_LESS, "b", 1, &made));
}

static vaxdir_status call_attribute_has(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_attribute_has(w->context, "remark", 6, &made));
}

static vaxdir_status call_filter_count(world *w)
{
    uint32_t count = 1000;
    vaxdir_status status = vaxdir_filter_count(w->context, w->edition, w->filter, &count);
    w->touched = w->touched || (status != VAXDIR_OK && count != 1000);
    return status;
}

static vaxdir_status call_explanation_new(world *w)
{
    MAKES(vaxdir_explanation, vaxdir_explanation_unref, vaxdir_explanation_new(w->context, &made));
}

/* Conditions, a relaxation of each kind, and reasons; filled with another explanation before. */
static vaxdir_status call_explain(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.max_distance_m = 7000;
    query.filter = w->conditions;
    vaxdir_status status = vaxdir_explain(w->context, w->edition, 49.1, 6.1, &query, 3, w->explanation);
    if (status != VAXDIR_OK)
        w->touched = w->touched || vaxdir_explanation_reason_count(w->explanation) != 1 ||
                     vaxdir_explanation_relaxation_count(w->explanation) != 0;
    return status;
}

/* The same with what a visit holds against centres. */
static vaxdir_status call_explain_visit(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    visit.facts = w->facts;
    query.flags = VAXDIR_QUERY_ELIGIBLE_SURE | VAXDIR_QUERY_OPEN;
    query.visit = &visit;
    query.filter = w->conditions;
    vaxdir_status status = vaxdir_explain(w->context, w->timed, 49.1, 6.1, &query, 0, w->explanation);
    if (status != VAXDIR_OK)
        w->touched = w->touched || vaxdir_explanation_reason_count(w->explanation) != 1 ||
                     vaxdir_explanation_relaxation_count(w->explanation) != 0;
    else if (vaxdir_explanation_reason_count(w->explanation) < 2 ||
             vaxdir_explanation_relaxation_count(w->explanation) == 0)
        return VAXDIR_ERROR_INTERNAL;
    return status;
}

static vaxdir_status call_explanation_getters(world *w)
{
    vaxdir_search_reason reason = VAXDIR_SEARCH_REASON_INIT;
    vaxdir_search_tally tally = VAXDIR_SEARCH_TALLY_INIT;
    vaxdir_relaxation relaxation = VAXDIR_RELAXATION_INIT;
    vaxdir_status status = vaxdir_explanation_reason(w->context, w->explanation, 0, &reason);
    if (status == VAXDIR_OK)
        status = vaxdir_explanation_tally(w->context, w->explanation, &tally);
    (void)vaxdir_explanation_reason_count(w->explanation);
    if (vaxdir_explanation_relaxation_count(w->explanation) > 0 && status == VAXDIR_OK)
        status = vaxdir_explanation_relaxation(w->context, w->explanation, 0, &relaxation);
    else
        (void)vaxdir_explanation_relaxation(w->context, w->explanation, 0, &relaxation);
    return status;
}

#endif
