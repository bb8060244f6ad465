/* arguments_search.h: bad arguments of searches and cursors: a part of arguments.c, whose world they use, and included
 * by it alone. */
#ifndef ARGUMENTS_SEARCH_H
#define ARGUMENTS_SEARCH_H

static void check_search(void)
{
    vaxdir_matches *made = (vaxdir_matches *)(void *)&untouched;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    NO_CONTEXT(vaxdir_matches_new(NULL, &made));
    BAD(vaxdir_matches_new(c, NULL));
    CHECK((void *)made == &untouched);
    query.limit = 2;
    CHECK(vaxdir_nearest(c, edition, 49, 6, &query, matches) == VAXDIR_OK);
    NO_CONTEXT(vaxdir_nearest(NULL, edition, 0, 0, NULL, matches));
    BAD(vaxdir_nearest(c, NULL, 0, 0, NULL, matches));
    BAD(vaxdir_nearest(c, edition, 0, 0, NULL, NULL));
    static const double latitudes[] = {90.0000001, -91, (double)NAN, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < sizeof latitudes / sizeof *latitudes; i++)
        BAD(vaxdir_nearest(c, edition, latitudes[i], 0, NULL, matches));
    BAD(vaxdir_nearest(c, edition, 0, (double)NAN, NULL, matches));
    BAD(vaxdir_nearest(c, edition, 0, (double)INFINITY, NULL, matches));
    STRUCTS(vaxdir_query, VAXDIR_QUERY_INIT, given, vaxdir_nearest(c, edition, 0, 0, given, matches));
    query.flags = 256;
    BAD(vaxdir_nearest(c, edition, 0, 0, &query, matches));
    for (uint32_t flag = VAXDIR_QUERY_ELIGIBLE; flag <= VAXDIR_QUERY_OPEN_SURE; flag *= 2) {
        query.flags = flag;
        query.visit = NULL;
        BAD(vaxdir_nearest(c, edition, 0, 0, &query, matches));
        vaxdir_visit visit = VAXDIR_VISIT_INIT; /* without an instant */
        query.visit = &visit;
        BAD(vaxdir_nearest(c, edition, 0, 0, &query, matches));
        visit.at = 1;
        BAD(vaxdir_within(c, edition, area, &query, matches));
        BAD(vaxdir_without_position(c, edition, &query, matches));
        query.visit = NULL;
    }
    query.flags = 0;
    query.max_distance_m = -1;
    BAD(vaxdir_nearest(c, edition, 0, 0, &query, matches));
    query.max_distance_m = (double)NAN;
    BAD(vaxdir_nearest(c, edition, 0, 0, &query, matches));
    query.max_distance_m = 0;
    CHECK(vaxdir_matches_count(matches) == 2); /* as it was before all of these */
    CHECK(vaxdir_matches_count(NULL) == 0 && vaxdir_matches_rows(NULL) == NULL);
    CHECK(vaxdir_matches_distances_m(NULL) == NULL && vaxdir_matches_unref(NULL) == NULL);
    CHECK(vaxdir_nearest(c, edition, 0, 1e9, NULL, matches) == VAXDIR_OK); /* wrapped */
}

static void check_cursor(void)
{
    vaxdir_cursor *made = (vaxdir_cursor *)(void *)&untouched, *cursor = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    char token[VAXDIR_TOKEN_SIZE] = "x";
    uint32_t row = 77;
    NO_CONTEXT(vaxdir_cursor_new(NULL, edition, 0, 0, NULL, NULL, 0, &made));
    BAD(vaxdir_cursor_new(c, NULL, 0, 0, NULL, NULL, 0, &made));
    BAD(vaxdir_cursor_new(c, edition, 91, 0, NULL, NULL, 0, &made));
    BAD(vaxdir_cursor_new(c, edition, 0, (double)NAN, NULL, NULL, 0, &made));
    BAD(vaxdir_cursor_new(c, edition, 0, 0, NULL, NULL, 0, NULL));
    STRUCTS(vaxdir_query, VAXDIR_QUERY_INIT, given, vaxdir_cursor_new(c, edition, 0, 0, given, NULL, 0, &made));
    query.flags = VAXDIR_QUERY_ALL_TIES;
    BAD(vaxdir_cursor_new(c, edition, 0, 0, &query, NULL, 0, &made));
    query.flags = VAXDIR_QUERY_UNORDERED;
    BAD(vaxdir_cursor_new(c, edition, 0, 0, &query, NULL, 0, &made));
    CHECK(vaxdir_cursor_new(c, edition, 0, 0, NULL, "", 0, &made) == VAXDIR_ERROR_DATA);
    CHECK((void *)made == &untouched);
    CHECK(vaxdir_cursor_new(c, edition, 0, 0, NULL, NULL, 0, &cursor) == VAXDIR_OK);
    NO_CONTEXT(vaxdir_cursor_next(NULL, cursor, &row, NULL));
    BAD(vaxdir_cursor_next(c, NULL, &row, NULL));
    BAD(vaxdir_cursor_next(c, cursor, NULL, NULL));
    NO_CONTEXT(vaxdir_cursor_next_many(NULL, cursor, 1, matches));
    BAD(vaxdir_cursor_next_many(c, NULL, 1, matches));
    BAD(vaxdir_cursor_next_many(c, cursor, 1, NULL));
    NO_CONTEXT(vaxdir_cursor_token(NULL, cursor, token));
    BAD(vaxdir_cursor_token(c, NULL, token));
    BAD(vaxdir_cursor_token(c, cursor, NULL));
    NO_CONTEXT(vaxdir_token(NULL, edition, 0, token));
    BAD(vaxdir_token(c, NULL, 0, token));
    BAD(vaxdir_token(c, edition, SMALL_COUNT, token));
    BAD(vaxdir_token(c, edition, UINT32_MAX, token));
    BAD(vaxdir_token(c, edition, 0, NULL));
    CHECK(row == 77 && strcmp(token, "x") == 0);
    CHECK(vaxdir_cursor_unref(cursor) == NULL && vaxdir_cursor_unref(NULL) == NULL);
    query.flags = 0;
    query.work_limit = 5;
    size_t refused;
    double latitude = 0, longitude = 0;
    BAD(vaxdir_nearest_columns(c, edition, &latitude, 8, &longitude, 8, 1, &query, &row, NULL, &refused));
    BAD(vaxdir_without_position(c, edition, &query, matches));
    query.work_limit = 0;
    query.flags = VAXDIR_QUERY_BEARINGS;
    BAD(vaxdir_nearest_columns(c, edition, &latitude, 8, &longitude, 8, 1, &query, &row, NULL, &refused));
    BAD(vaxdir_without_position(c, edition, &query, matches));
    query.flags = 0;
    query.min_distance_m = 1;
    BAD(vaxdir_without_position(c, edition, &query, matches));
    NO_CONTEXT(vaxdir_without_position(NULL, edition, NULL, matches));
    BAD(vaxdir_without_position(c, NULL, NULL, matches));
    BAD(vaxdir_without_position(c, edition, NULL, NULL));
    CHECK(vaxdir_matches_bearings_deg(NULL) == NULL && isnan(vaxdir_matches_complete_to_m(NULL)));
}

#endif
