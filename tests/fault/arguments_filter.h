/* arguments_filter.h: bad arguments of filters, explanations and areas: a part of arguments.c, whose world they use,
 * and included by it alone. */
#ifndef ARGUMENTS_FILTER_H
#define ARGUMENTS_FILTER_H

static void check_filter_terms(void)
{
    vaxdir_filter *made = (vaxdir_filter *)(void *)&untouched;
    const char *const values[] = {"a", NULL};
    uint32_t count = 1000;
    NO_CONTEXT(vaxdir_filter_parse(NULL, "TRUE", 4, &made));
    BAD(vaxdir_filter_parse(c, NULL, 0, &made));
    BAD(vaxdir_filter_parse(c, "TRUE", 4, NULL));
    BAD(vaxdir_filter_parse(c, "", 0, &made));
    BAD(vaxdir_filter_parse(c, "\xC3", 1, &made));
    NO_CONTEXT(vaxdir_filter_compare_text(NULL, VAXDIR_FIELD_CITY, 1, "a", 1, &made));
    BAD(vaxdir_filter_compare_text(c, 0, 1, "a", 1, &made));
    BAD(vaxdir_filter_compare_text(c, VAXDIR_FIELD_CITY, 0, "a", 1, &made));
    BAD(vaxdir_filter_compare_text(c, VAXDIR_FIELD_CITY, 1, NULL, 0, &made));
    BAD(vaxdir_filter_compare_text(c, VAXDIR_FIELD_CITY, 1, "\xC3", 1, &made));
    BAD(vaxdir_filter_compare_text(c, VAXDIR_FIELD_CITY, 1, "a", 1, NULL));
    NO_CONTEXT(vaxdir_filter_compare_number(NULL, VAXDIR_FIELD_LATITUDE, 1, 0, &made));
    BAD(vaxdir_filter_compare_number(c, UINT32_MAX, 1, 0, &made));
    BAD(vaxdir_filter_compare_number(c, VAXDIR_FIELD_LATITUDE, -1, 0, &made));
    BAD(vaxdir_filter_compare_number(c, VAXDIR_FIELD_LATITUDE, 1, NAN, &made));
    BAD(vaxdir_filter_compare_number(c, VAXDIR_FIELD_LATITUDE, 1, 0, NULL));
    NO_CONTEXT(vaxdir_filter_compare_integer(NULL, VAXDIR_FIELD_OPENS_ON, 1, 20210118, &made));
    BAD(vaxdir_filter_compare_integer(c, VAXDIR_FIELD_CITY, 1, 20210118, &made));
    BAD(vaxdir_filter_compare_integer(c, VAXDIR_FIELD_OPENS_ON, 7, 20210118, &made));
    BAD(vaxdir_filter_compare_integer(c, VAXDIR_FIELD_OPENS_ON, 1, 20210230, &made));
    BAD(vaxdir_filter_compare_integer(c, VAXDIR_FIELD_OPENS_ON, 1, 20210118, NULL));
    NO_CONTEXT(vaxdir_filter_has(NULL, VAXDIR_FIELD_CITY, &made));
    BAD(vaxdir_filter_has(c, 0, &made));
    BAD(vaxdir_filter_has(c, VAXDIR_FIELD_CITY, NULL));
    NO_CONTEXT(vaxdir_filter_attribute_in(NULL, "a", 1, values, NULL, 1, &made));
    BAD(vaxdir_filter_attribute_in(c, NULL, 0, values, NULL, 1, &made));
    BAD(vaxdir_filter_attribute_in(c, "", 0, values, NULL, 1, &made));
    BAD(vaxdir_filter_attribute_in(c, "a", 1, NULL, NULL, 1, &made));
    BAD(vaxdir_filter_attribute_in(c, "a", 1, values, NULL, 2, &made));
    BAD(vaxdir_filter_attribute_in(c, "a", 1, values, NULL, 1, NULL));
    NO_CONTEXT(vaxdir_filter_attribute_compare(NULL, "a", 1, 1, "a", 1, &made));
    BAD(vaxdir_filter_attribute_compare(c, "\xC3", 1, 1, "a", 1, &made));
    BAD(vaxdir_filter_attribute_compare(c, "a", 1, 8, "a", 1, &made));
    BAD(vaxdir_filter_attribute_compare(c, "a", 1, 1, NULL, 0, &made));
    BAD(vaxdir_filter_attribute_compare(c, "a", 1, 1, "a", 1, NULL));
    NO_CONTEXT(vaxdir_filter_attribute_has(NULL, "a", 1, &made));
    BAD(vaxdir_filter_attribute_has(c, NULL, 1, &made));
    BAD(vaxdir_filter_attribute_has(c, "a", 1, NULL));
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_filter_count(NULL, edition, filter, &count));
    BAD(vaxdir_filter_count(c, NULL, filter, &count));
    BAD(vaxdir_filter_count(c, edition, NULL, &count));
    BAD(vaxdir_filter_count(c, edition, filter, NULL));
    CHECK(count == 1000);
}

static void check_opening(void)
{
    vaxdir_filter *made = (vaxdir_filter *)(void *)&untouched;
    vaxdir_opening_answer answer = VAXDIR_OPENING_ANSWER_INIT;
    vaxdir_hours hours = VAXDIR_HOURS_INIT;
    NO_CONTEXT(vaxdir_filter_open_on(NULL, 20210118, &made));
    BAD(vaxdir_filter_open_on(c, 20210118, NULL));
    BAD(vaxdir_filter_open_on(c, 0, &made));
    BAD(vaxdir_filter_open_on(c, 20210229, &made));
    BAD(vaxdir_filter_open_on(c, -1, &made));
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_opening(NULL, edition, 0, 1, &answer));
    BAD(vaxdir_opening(c, NULL, 0, 1, &answer));
    BAD(vaxdir_opening(c, edition, SMALL_COUNT, 1, &answer));
    BAD(vaxdir_opening(c, edition, VAXDIR_NO_ROW, 1, &answer));
    BAD(vaxdir_opening(c, edition, 0, 0, &answer));
    BAD(vaxdir_opening(c, edition, 0, INT64_MIN, &answer));
    BAD(vaxdir_opening(c, edition, 0, INT64_MAX, &answer));
    BAD(vaxdir_opening(c, edition, 0, 1, NULL));
    CHECK(answer.reason == 0 && answer.struct_size == sizeof answer);
    answer.struct_size = 4;
    BAD_STRUCT(vaxdir_opening(c, edition, 0, 1, &answer));
    NO_CONTEXT(vaxdir_hours_parse(NULL, "9h-12h", 6, &hours));
    BAD(vaxdir_hours_parse(c, NULL, 6, &hours));
    BAD(vaxdir_hours_parse(c, "9h-12h", 6, NULL));
    CHECK(hours.kind == 0 && hours.struct_size == sizeof hours);
    hours.struct_size = 4;
    BAD_STRUCT(vaxdir_hours_parse(c, "9h-12h", 6, &hours));
    CHECK(vaxdir_opening_name(0) == NULL && vaxdir_opening_name(8) == NULL);
    CHECK(vaxdir_hours_name(-1) == NULL && vaxdir_hours_name(6) == NULL);
}

/* What no answer is explained for; and the shortest query that there is, which is good. */
static void check_explain_query(vaxdir_explanation *explanation)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    query.work_limit = 1;
    BAD(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    query.work_limit = 0;
    query.flags = VAXDIR_QUERY_UNORDERED;
    BAD(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    query.flags = VAXDIR_QUERY_ELIGIBLE_SURE | VAXDIR_QUERY_OPEN;
    BAD(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    query.visit = &visit; /* without an instant */
    BAD(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    visit.at = 1610953200;
    visit.reserved = 1;
    BAD(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    visit.reserved = 0;
    visit.struct_size = 4;
    BAD_STRUCT(vaxdir_explain(c, edition, 0, 0, &query, 0, explanation));
    query.flags = 0;
    query.struct_size = (uint32_t)offsetof(vaxdir_query, min_distance_m);
    CHECK(vaxdir_explain(c, edition, 0, 0, &query, VAXDIR_NO_ROW, explanation) == VAXDIR_OK);
}

static void check_explain(void)
{
    vaxdir_explanation *made = (vaxdir_explanation *)(void *)&untouched, *explanation = NULL;
    vaxdir_search_reason reason = VAXDIR_SEARCH_REASON_INIT;
    vaxdir_search_tally tally = VAXDIR_SEARCH_TALLY_INIT;
    vaxdir_relaxation relaxation = VAXDIR_RELAXATION_INIT;
    NO_CONTEXT(vaxdir_explanation_new(NULL, &made));
    BAD(vaxdir_explanation_new(c, NULL));
    CHECK((void *)made == &untouched && vaxdir_explanation_unref(NULL) == NULL);
    CHECK(vaxdir_explanation_reason_count(NULL) == 0 && vaxdir_explanation_relaxation_count(NULL) == 0);
    if (vaxdir_explanation_new(c, &explanation) != VAXDIR_OK)
        return;
    NO_CONTEXT(vaxdir_explain(NULL, edition, 0, 0, NULL, 0, explanation));
    BAD(vaxdir_explain(c, NULL, 0, 0, NULL, 0, explanation));
    BAD(vaxdir_explain(c, edition, 0, 0, NULL, 0, NULL));
    BAD(vaxdir_explain(c, edition, 91, 0, NULL, 0, explanation));
    BAD(vaxdir_explain(c, edition, 0, NAN, NULL, 0, explanation));
    BAD(vaxdir_explain(c, edition, 0, 0, NULL, SMALL_COUNT, explanation));
    STRUCTS(vaxdir_query, VAXDIR_QUERY_INIT, query, vaxdir_explain(c, edition, 0, 0, query, 0, explanation));
    check_explain_query(explanation);
    CHECK(vaxdir_explanation_reason_count(explanation) == 0);
    BAD(vaxdir_explanation_reason(c, explanation, 0, &reason));
    CHECK(vaxdir_explain(c, edition, 0, 0, NULL, 0, explanation) == VAXDIR_OK);
    CHECK(vaxdir_explanation_reason_count(explanation) == 1);
    NO_CONTEXT(vaxdir_explanation_reason(NULL, explanation, 0, &reason));
    BAD(vaxdir_explanation_reason(c, NULL, 0, &reason));
    BAD(vaxdir_explanation_reason(c, explanation, 1, &reason));
    BAD(vaxdir_explanation_reason(c, explanation, 0, NULL));
    reason.struct_size = 4;
    BAD_STRUCT(vaxdir_explanation_reason(c, explanation, 0, &reason));
    NO_CONTEXT(vaxdir_explanation_tally(NULL, explanation, &tally));
    BAD(vaxdir_explanation_tally(c, NULL, &tally));
    BAD(vaxdir_explanation_tally(c, explanation, NULL));
    tally.struct_size = 4;
    BAD_STRUCT(vaxdir_explanation_tally(c, explanation, &tally));
    NO_CONTEXT(vaxdir_explanation_relaxation(NULL, explanation, 0, &relaxation));
    BAD(vaxdir_explanation_relaxation(c, NULL, 0, &relaxation));
    BAD(vaxdir_explanation_relaxation(c, explanation, 0, &relaxation));
    CHECK(vaxdir_search_reason_name(0) == NULL && vaxdir_search_reason_name(12) == NULL);
    CHECK(vaxdir_relaxation_name(0) == NULL && vaxdir_relaxation_name(8) == NULL);
    vaxdir_explanation_unref(explanation);
}

static void check_area(void)
{
    static const char text[] = "POLYGON((0 0,1 0,1 1,0 0))";
    static const double numbers[] = {0, 1, 1, 0};
    static const uint32_t sizes[] = {4};
    vaxdir_area *made = (vaxdir_area *)(void *)&untouched;
    vaxdir_filter *kept = (vaxdir_filter *)(void *)&untouched;
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    int32_t inside = 7;
    uint8_t insides[1];
    NO_CONTEXT(vaxdir_area_from_wkt(NULL, text, sizeof text - 1, NULL, &made));
    BAD(vaxdir_area_from_wkt(c, NULL, 1, NULL, &made));
    BAD(vaxdir_area_from_wkt(c, text, sizeof text - 1, NULL, NULL));
    NO_CONTEXT(vaxdir_area_from_geojson(NULL, "{}", 2, NULL, &made));
    BAD(vaxdir_area_from_geojson(c, NULL, 2, NULL, &made));
    BAD(vaxdir_area_from_geojson(c, "{}", 2, NULL, NULL));
    NO_CONTEXT(vaxdir_area_from_rings(NULL, numbers, numbers, 0, sizes, 1, NULL, &made));
    BAD(vaxdir_area_from_rings(c, NULL, numbers, 0, sizes, 1, NULL, &made));
    BAD(vaxdir_area_from_rings(c, numbers, NULL, 0, sizes, 1, NULL, &made));
    BAD(vaxdir_area_from_rings(c, numbers, numbers, 0, NULL, 1, NULL, &made));
    BAD(vaxdir_area_from_rings(c, numbers, numbers, 0, sizes, 0, NULL, &made));
    BAD(vaxdir_area_from_rings(c, numbers, numbers, 0, sizes, 1, NULL, NULL));
    STRUCTS(vaxdir_area_options, VAXDIR_AREA_OPTIONS_INIT, given,
            vaxdir_area_from_wkt(c, text, sizeof text - 1, given, &made));
    STRUCTS(vaxdir_area_options, VAXDIR_AREA_OPTIONS_INIT, given, vaxdir_area_from_geojson(c, "{}", 2, given, &made));
    STRUCTS(vaxdir_area_options, VAXDIR_AREA_OPTIONS_INIT, given,
            vaxdir_area_from_rings(c, numbers, numbers, 0, sizes, 1, given, &made));
    options.flags = 4;
    BAD(vaxdir_area_from_wkt(c, text, sizeof text - 1, &options, &made));
    options.flags = 0;
    options.max_vertices = UINT32_MAX;
    BAD(vaxdir_area_from_wkt(c, text, sizeof text - 1, &options, &made));
    options.max_vertices = 0;
    options.value = "57";
    BAD(vaxdir_area_from_geojson(c, "{}", 2, &options, &made));
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_area_contains(NULL, area, 0, 0, &inside));
    BAD(vaxdir_area_contains(c, NULL, 0, 0, &inside));
    BAD(vaxdir_area_contains(c, area, 91, 0, &inside));
    BAD(vaxdir_area_contains(c, area, NAN, 0, &inside));
    BAD(vaxdir_area_contains(c, area, 0, INFINITY, &inside));
    BAD(vaxdir_area_contains(c, area, 0, 0, NULL));
    CHECK(inside == 7);
    NO_CONTEXT(vaxdir_area_contains_many(NULL, area, numbers, numbers, 0, 1, insides, NULL));
    BAD(vaxdir_area_contains_many(c, NULL, numbers, numbers, 0, 1, insides, NULL));
    BAD(vaxdir_area_contains_many(c, area, NULL, numbers, 0, 1, insides, NULL));
    BAD(vaxdir_area_contains_many(c, area, numbers, NULL, 0, 1, insides, NULL));
    BAD(vaxdir_area_contains_many(c, area, numbers, numbers, 0, 1, NULL, NULL));
    NO_CONTEXT(vaxdir_filter_area(NULL, area, &kept));
    BAD(vaxdir_filter_area(c, NULL, &kept));
    BAD(vaxdir_filter_area(c, area, NULL));
    CHECK((void *)kept == &untouched);
    NO_CONTEXT(vaxdir_within(NULL, edition, area, NULL, matches));
    BAD(vaxdir_within(c, NULL, area, NULL, matches));
    BAD(vaxdir_within(c, edition, NULL, NULL, matches));
    BAD(vaxdir_within(c, edition, area, NULL, NULL));
    STRUCTS(vaxdir_query, VAXDIR_QUERY_INIT, given, vaxdir_within(c, edition, area, given, matches));
    query.max_distance_m = 1;
    BAD(vaxdir_within(c, edition, area, &query, matches));
    query.max_distance_m = 0;
    query.flags = 0x40000000u;
    BAD(vaxdir_within(c, edition, area, &query, matches));
    CHECK(vaxdir_area_ref(NULL) == NULL && vaxdir_area_unref(NULL) == NULL);
}

#endif
