/* fault_search.h: the scenarios of search and routing: a part of fault_all.c, whose world they use, and included by it
 * alone. */
#ifndef FAULT_SEARCH_H
#define FAULT_SEARCH_H

static vaxdir_status call_matches_new(world *w)
{
    MAKES(vaxdir_matches, vaxdir_matches_unref, vaxdir_matches_new(w->context, &made));
}

static vaxdir_status search(world *w, const vaxdir_query *query)
{
    vaxdir_status status = vaxdir_nearest(w->context, w->edition, 49.0, 6.0, query, w->matches);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_matches_count(w->matches) != 1 || vaxdir_matches_distances_m(w->matches)[0] > 0;
    return status;
}

static vaxdir_status call_nearest(world *w)
{
    return search(w, NULL);
}

static vaxdir_status call_nearest_filter(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = UINT32_MAX;
    query.filter = w->filter;
    return search(w, &query);
}

static vaxdir_status call_nearest_columns(world *w)
{
    const double latitudes[3] = {49, 48, -17}, longitudes[3] = {6, 7, 180};
    uint32_t rows[30];
    double distances_m[30];
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = w->filter;
    return vaxdir_nearest_columns(w->context, w->edition, latitudes, sizeof *latitudes, longitudes, sizeof *longitudes,
                                  3, &query, rows, distances_m, NULL);
}

static vaxdir_status within(world *w, uint32_t flags)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.flags = flags;
    vaxdir_status status = vaxdir_within_radius(w->context, w->edition, 49.0, 6.0, 1e6, &query, w->matches);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_matches_count(w->matches) != 1 || vaxdir_matches_distances_m(w->matches)[0] > 0;
    return status;
}

static vaxdir_status call_within_radius(world *w)
{
    return within(w, 0);
}

static vaxdir_status call_within_radius_unordered(world *w)
{
    return within(w, VAXDIR_QUERY_UNORDERED);
}

static vaxdir_status call_nearest_worked(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.flags = VAXDIR_QUERY_BEARINGS | VAXDIR_QUERY_ALL_TIES;
    query.work_limit = 100;
    query.filter = w->filter;
    return search(w, &query);
}

static vaxdir_status call_without_position(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = w->conditions;
    vaxdir_status status = vaxdir_without_position(w->context, w->edition, &query, w->matches);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_matches_count(w->matches) != 1 || vaxdir_matches_distances_m(w->matches)[0] > 0;
    return status;
}

static vaxdir_status call_cursor_new(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = w->filter;
    MAKES(vaxdir_cursor, vaxdir_cursor_unref,
          vaxdir_cursor_new(w->context, w->edition, 49.0, 6.0, &query, NULL, 0, &made));
}

/* Whatever failed before, the cursor begins with the centre that the matches hold. */
static vaxdir_status call_cursor_next(world *w)
{
    uint32_t row = 77;
    vaxdir_status status = vaxdir_cursor_next(w->context, w->cursor, &row, NULL);
    if (status != VAXDIR_OK)
        w->touched = row != 77;
    else if (row != vaxdir_matches_rows(w->matches)[0])
        return VAXDIR_ERROR_INTERNAL;
    return status;
}

static vaxdir_status call_cursor_next_many(world *w)
{
    uint32_t first = vaxdir_matches_rows(w->matches)[0];
    vaxdir_status status = vaxdir_cursor_next_many(w->context, w->cursor, 100, w->matches);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_matches_count(w->matches) != 1 || vaxdir_matches_distances_m(w->matches)[0] > 0;
    else if (vaxdir_matches_count(w->matches) < 2 || vaxdir_matches_rows(w->matches)[0] != first)
        return VAXDIR_ERROR_INTERNAL;
    return status;
}

static vaxdir_status call_token(world *w)
{
    char token[VAXDIR_TOKEN_SIZE];
    vaxdir_status status = vaxdir_cursor_token(w->context, w->cursor, token);
    if (status == VAXDIR_OK)
        status = vaxdir_token(w->context, w->edition, 0, token);
    (void)vaxdir_matches_bearings_deg(w->matches);
    (void)vaxdir_matches_complete_to_m(w->matches);
    return status;
}

static vaxdir_status call_route_new(world *w)
{
    MAKES(vaxdir_route, vaxdir_route_unref, vaxdir_route_new(w->context, &made));
}

static vaxdir_status call_resolve(world *w)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    uint32_t before = vaxdir_route_count(w->route);
    vaxdir_status status = vaxdir_resolve(w->context, w->edition, 0, &visit, w->route);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_route_count(w->route) != before;
    return status;
}

static vaxdir_status call_resolve_batch(world *w)
{
    enum { ROWS = 100 };
    uint32_t rows[ROWS];
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    for (uint32_t i = 0; i < ROWS; i++)
        rows[i] = i % (SMALL_COUNT + 1) == SMALL_COUNT ? VAXDIR_NO_ROW : i % (SMALL_COUNT + 1);
    uint32_t before = vaxdir_route_count(w->route);
    vaxdir_status status = vaxdir_resolve_batch(w->context, w->edition, rows, ROWS, &visit, w->route);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_route_count(w->route) != before || vaxdir_route_ladders(w->route) != 1;
    return status;
}

/* Saying a route needs no memory; nor does resolving again, once as much was resolved before. */
static vaxdir_status call_route_getters(world *w)
{
    char text[200];
    vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    vaxdir_status status = vaxdir_resolve(w->context, w->edition, VAXDIR_NO_ROW, &visit, w->route);
    if (status == VAXDIR_OK)
        status = vaxdir_route_eligibility(w->context, w->route, vaxdir_route_ladders(w->route) - 1, &eligibility);
    if (status == VAXDIR_OK)
        status = vaxdir_route_step_text(w->context, w->route, vaxdir_route_offsets(w->route)[0], "fr",
                                        VAXDIR_SAY_SPOKEN, text, sizeof text, NULL);
    if (status == VAXDIR_OK)
        status = vaxdir_route_say(w->context, w->route, 0, "en", VAXDIR_SAY_PHONE_FIRST, text, sizeof text, NULL);
    return status;
}

#endif
