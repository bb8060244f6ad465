/* prop_explain.c: explanations are true when they are tried: the reasons of all centres sum to the registry and put
 * each centre in exactly one place; each relaxation, run, gives the count and the distances that it promised; without
 * the stated reasons of a centre it is in the answer. What a visit says of each centre is asked by vaxdir_eligible()
 * and vaxdir_opening(). 1,000 random queries. Prints TAP; arguments: support/property.h. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/made.h"
#include "../support/property.h"
#include "../support/random.h"

enum { ROWS_MAX = 120, CONDITIONS_MAX = 4 };

static const char *const conditions[] = {
    "city = 'Metz'", "city <> 'Metz'", "kind = 'centre'", "NOT kind = 'centre'", "closed = 'no'",
    "city IS NULL",  "id LIKE '%3'",   "FALSE",           "id < 'p:00100'",      "latitude > 48.5",
};
enum { CONDITIONS = sizeof conditions / sizeof *conditions };
static const char *const towns[] = {NULL, "Metz", "Paris"}, *const kinds[] = {NULL, "centre", "pharmacie"};
static const char *const postcodes[] = {"57000", "54000", "75001"};
static const char *const hours[] = {"9h-12h", "14h-17h", "ouvert"};

/* Who may go depends on the département, and on what is not said; elsewhere nobody may. */
static const char rules_text[] =
    "{\"schema\":1,\"providers\":[],\"campaign\":{\"name\":\"c\",\"facts\":{\"nurse\":{\"en\":\"n\",\"fr\":\"n\"}},"
    "\"phases\":[{\"id\":\"old\",\"from\":\"2021-01-18\",\"departments\":[\"57\"],\"who\":{\"age_from\":75}},"
    "{\"id\":\"nurses\",\"from\":\"2021-01-18\",\"departments\":[\"54\"],\"who\":{\"fact\":\"nurse\"}}]}}";

enum {
    VISIT_FLAGS = VAXDIR_QUERY_ELIGIBLE | VAXDIR_QUERY_ELIGIBLE_SURE | VAXDIR_QUERY_OPEN | VAXDIR_QUERY_OPEN_SURE,
    ELIGIBLE_FLAGS = VAXDIR_QUERY_ELIGIBLE | VAXDIR_QUERY_ELIGIBLE_SURE,
    OPEN_FLAGS = VAXDIR_QUERY_OPEN | VAXDIR_QUERY_OPEN_SURE
};

typedef struct question {
    double latitude, longitude;
    uint32_t limit;
    double max_distance_m, min_distance_m;
    uint32_t flags;
    vaxdir_visit visit;
    const char *parts[CONDITIONS_MAX];
    size_t part_count;
} question;

/* What stands against each centre, by the public answers about it: reasons, 0 for none. */
typedef struct verdict {
    int32_t person, opening;
} verdict;

static uint32_t row_count;
static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_edition *edition;
static vaxdir_explanation *explanation;
static vaxdir_matches *matches;
static vaxdir_facts *facts;
static verdict verdicts[ROWS_MAX];
static unsigned long explained, relaxed, wrong;

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

static void expect(bool holds, const char *what, const question *asked)
{
    if (holds || wrong++ >= 10)
        return;
    printf("# %s: at %.17g %.17g, limit %u, maximum %.17g, flags %u", what, asked->latitude, asked->longitude,
           (unsigned)asked->limit, asked->max_distance_m, (unsigned)asked->flags);
    for (size_t i = 0; i < asked->part_count; i++)
        printf(", %s", asked->parts[i]);
    printf("\n");
}

static void set_text(vaxdir_builder *builder, vaxdir_field field, const char *text)
{
    if (text != NULL)
        check(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), "set_text");
}

/* Half of the worlds stand on a lattice, so that there are ties. */
static void build(void)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    bool lattice = random_below(2) == 0;
    row_count = random_below(8) == 0 ? random_below(3) : random_below(ROWS_MAX);
    builder_options.rules = rules;
    check(vaxdir_builder_new(context, &builder_options, &builder), "builder_new");
    for (uint32_t row = 0; row < row_count; row++) {
        char id[16];
        int length = snprintf(id, sizeof id, "p:%05u", (unsigned)row);
        check(vaxdir_builder_begin_record(context, builder, id, (size_t)length), "begin_record");
        if (random_below(6) != 0) {
            double latitude = lattice ? 48 + random_below(4) * 0.25 : random_uniform(48, 49);
            double longitude = lattice ? 6 + random_below(4) * 0.25 : random_uniform(6, 7);
            check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, latitude), "set_number");
            check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, longitude), "set_number");
        }
        set_text(builder, VAXDIR_FIELD_CITY, towns[random_below(3)]);
        set_text(builder, VAXDIR_FIELD_KIND, kinds[random_below(3)]);
        set_text(builder, VAXDIR_FIELD_POSTCODE, postcodes[random_below(3)]);
        set_text(builder, VAXDIR_FIELD_HOURS_MONDAY, hours[random_below(3)]);
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSED, random_below(3)), "set_integer");
        check(vaxdir_builder_end_record(context, builder), "end_record");
    }
    edition = made_edition(context, builder, rules);
}

/* The AND of some conditions, as text; NULL for none. `left_out` may be NULL, else true where one is not wanted. */
static vaxdir_filter *filter_of(const question *asked, const bool *left_out)
{
    char text[512] = "";
    size_t length = 0, count = 0;
    for (size_t i = 0; i < asked->part_count; i++)
        if (left_out == NULL || !left_out[i])
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", count++ > 0 ? " AND " : "",
                                       asked->parts[i]);
    vaxdir_filter *filter = NULL;
    if (count > 0)
        check(vaxdir_filter_parse(context, text, length, &filter), "filter_parse");
    return filter;
}

/* Every centre whose turn it is: those that the visit does not leave out, and one more. As a filter of ids. */
static vaxdir_filter *filter_of_turn(uint32_t row)
{
    static char ids[ROWS_MAX][16];
    const char *turn[ROWS_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < row_count; i++)
        if (i == row || (verdicts[i].person == 0 && verdicts[i].opening == 0)) {
            snprintf(ids[i], sizeof ids[i], "p:%05u", (unsigned)i);
            turn[count++] = ids[i];
        }
    vaxdir_filter *filter = NULL;
    check(vaxdir_filter_in(context, VAXDIR_FIELD_ID, turn, NULL, count, &filter), "filter_in");
    return filter;
}

static void judge(const question *asked)
{
    for (uint32_t row = 0; row < row_count; row++) {
        vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
        vaxdir_opening_answer opening = VAXDIR_OPENING_ANSWER_INIT;
        check(vaxdir_eligible(context, edition, row, &asked->visit, &eligibility), "eligible");
        check(vaxdir_opening(context, edition, row, asked->visit.at, &opening), "opening");
        verdicts[row] = (verdict){0, 0};
        if ((asked->flags & ELIGIBLE_FLAGS) != 0 && eligibility.answer == VAXDIR_ELIGIBILITY_NO)
            verdicts[row].person = VAXDIR_SEARCH_REASON_NOT_ELIGIBLE;
        if ((asked->flags & VAXDIR_QUERY_ELIGIBLE_SURE) != 0 && eligibility.answer == VAXDIR_ELIGIBILITY_UNKNOWN)
            verdicts[row].person = VAXDIR_SEARCH_REASON_ELIGIBILITY_UNKNOWN;
        if ((asked->flags & OPEN_FLAGS) != 0 && opening.answer == VAXDIR_NO)
            verdicts[row].opening = VAXDIR_SEARCH_REASON_CLOSED;
        if ((asked->flags & VAXDIR_QUERY_OPEN_SURE) != 0 && opening.answer == VAXDIR_UNKNOWN)
            verdicts[row].opening = VAXDIR_SEARCH_REASON_OPENING_UNKNOWN;
    }
}

static vaxdir_visit random_visit(void)
{
    static const int32_t births[] = {19440302, 19800302, 0};
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    check(vaxdir_facts_set(context, facts, "nurse", 5, (int32_t)random_below(3)), "facts_set");
    visit.at = 1610964000; /* Monday 18 January 2021, 10:00 UTC, which is local time without zones */
    visit.birth_date = births[random_below(3)];
    visit.facts = facts;
    return visit;
}

static question random_question(void)
{
    question asked = {.latitude = random_uniform(47.9, 49.1),
                      .longitude = random_uniform(5.9, 7.1),
                      .limit = random_below(12),
                      .part_count = random_below(CONDITIONS_MAX)};
    if (random_below(3) == 0) {
        asked.latitude = 48 + random_below(4) * 0.25;
        asked.longitude = 6 + random_below(4) * 0.25;
    }
    asked.limit = random_below(10) == 0 ? UINT32_MAX : asked.limit;
    asked.max_distance_m = random_below(3) == 0 ? 0 : random_uniform(0, random_below(2) == 0 ? 20e3 : 150e3);
    asked.min_distance_m = random_below(3) != 0 ? 0 : random_uniform(0, random_below(2) == 0 ? 20e3 : 80e3);
    asked.flags = random_below(2) == 0 ? VAXDIR_QUERY_ALL_TIES : 0;
    asked.flags |= random_below(4) == 0 ? VAXDIR_QUERY_BEARINGS : 0U;
    asked.flags |= random_below(4) == 0 ? random_below(16) * VAXDIR_QUERY_ELIGIBLE : 0U; /* they cost the most */
    asked.visit = random_visit();
    for (size_t i = 0; i < asked.part_count;) {
        asked.parts[i] = conditions[random_below(CONDITIONS)];
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || asked.parts[j] == asked.parts[i];
        i += !again;
    }
    return asked;
}

static vaxdir_query query_of(const question *asked, vaxdir_filter *filter)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = asked->limit;
    query.max_distance_m = asked->max_distance_m;
    query.min_distance_m = asked->min_distance_m;
    query.flags = asked->flags;
    query.visit = (asked->flags & VISIT_FLAGS) == 0 ? NULL : &asked->visit;
    query.filter = filter;
    return query;
}

static uint32_t run(const question *asked, const vaxdir_query *query)
{
    check(vaxdir_nearest(context, edition, asked->latitude, asked->longitude, query, matches), "nearest");
    return vaxdir_matches_count(matches);
}

static void explain(const question *asked, const vaxdir_query *query, uint32_t row)
{
    check(vaxdir_explain(context, edition, asked->latitude, asked->longitude, query, row, explanation), "explain");
    explained++;
}

/* Takes the stated reasons of a centre away, then looks for it. What a visit holds against it is taken away by asking
 * the others only. */
static void try_reasons(const question *asked, const vaxdir_query *query, uint32_t row, int32_t *ret_first)
{
    bool left_out[CONDITIONS_MAX] = {false};
    vaxdir_query without = *query;
    explain(asked, query, row);
    *ret_first = 0;
    bool no_position = false;
    verdict stated = {0, 0};
    for (uint32_t i = 0; i < vaxdir_explanation_reason_count(explanation); i++) {
        vaxdir_search_reason reason = VAXDIR_SEARCH_REASON_INIT;
        check(vaxdir_explanation_reason(context, explanation, i, &reason), "reason");
        *ret_first = i == 0 ? reason.code : *ret_first;
        no_position = no_position || reason.code == VAXDIR_SEARCH_REASON_NO_POSITION;
        if (reason.code == VAXDIR_SEARCH_REASON_FILTERED) {
            size_t part = 0;
            while (part < asked->part_count && strcmp(asked->parts[part], reason.condition) != 0)
                part++;
            expect(part < asked->part_count, "a condition that was not asked for", asked);
            left_out[part < CONDITIONS_MAX ? part : 0] = true;
        } else if (reason.code == VAXDIR_SEARCH_REASON_TOO_FAR) {
            expect(reason.distance_m > asked->max_distance_m && reason.bound_m == asked->max_distance_m,
                   "too far, but it is not", asked);
            without.max_distance_m = reason.distance_m;
        } else if (reason.code == VAXDIR_SEARCH_REASON_TOO_NEAR) {
            expect(reason.distance_m < asked->min_distance_m && reason.bound_m == asked->min_distance_m,
                   "too near, but it is not", asked);
            without.min_distance_m = reason.distance_m;
        } else if (reason.code == VAXDIR_SEARCH_REASON_BEYOND_LIMIT) {
            expect(reason.rank > reason.limit && reason.bound_m <= reason.distance_m, "beyond the limit, but it is not",
                   asked);
            without.limit = reason.rank;
            without.flags &= VISIT_FLAGS; /* then it is the last one of the answer */
        } else if (reason.code == VAXDIR_SEARCH_REASON_TIED) {
            expect(vaxdir_explanation_reason_count(explanation) == 1 && reason.rank > reason.limit &&
                       (asked->flags & VAXDIR_QUERY_ALL_TIES) != 0,
                   "tied, but it is not", asked);
            without.limit = reason.rank;
            without.flags &= VISIT_FLAGS;
            expect(run(asked, query) >= reason.rank && vaxdir_matches_rows(matches)[reason.rank - 1] == row,
                   "tied, and not in the answer", asked);
        } else if (reason.code == VAXDIR_SEARCH_REASON_LISTED) {
            without.flags &= VISIT_FLAGS;
            expect(vaxdir_explanation_reason_count(explanation) == 1, "listed, and another reason", asked);
            without.limit = reason.rank;
        } else if (reason.code >= VAXDIR_SEARCH_REASON_CLOSED) {
            stated.opening = reason.code;
        } else if (reason.code >= VAXDIR_SEARCH_REASON_NOT_ELIGIBLE) {
            stated.person = reason.code;
        }
    }
    expect(stated.person == verdicts[row].person && stated.opening == verdicts[row].opening,
           "the visit says something else of the centre", asked);
    if (no_position)
        return;
    without.filter = filter_of(asked, left_out);
    if (stated.person != 0 || stated.opening != 0) {
        vaxdir_filter *both[] = {filter_of_turn(row), without.filter};
        without.flags &= ~(uint32_t)VISIT_FLAGS;
        check(vaxdir_filter_and(context, both, without.filter == NULL ? 1 : 2, &without.filter), "filter_and");
        vaxdir_filter_unref(both[0]);
        vaxdir_filter_unref(both[1]);
    }
    uint32_t count = run(asked, &without);
    bool last = without.limit != asked->limit;
    bool found = false;
    for (uint32_t i = last && count > 0 ? count - 1 : 0; i < count; i++)
        found = found || vaxdir_matches_rows(matches)[i] == row;
    expect(found, "without its reasons the centre is still not there", asked);
    vaxdir_filter_unref(without.filter);
}

/* The flags that a relaxation of this code has. */
static uint32_t eased_flags(uint32_t flags, int32_t code)
{
    if (code == VAXDIR_RELAXATION_ELIGIBLE)
        return flags & ~(uint32_t)ELIGIBLE_FLAGS;
    if (code == VAXDIR_RELAXATION_OPEN)
        return flags & ~(uint32_t)OPEN_FLAGS;
    if (code == VAXDIR_RELAXATION_ELIGIBLE_SURE)
        return (flags & ~(uint32_t)VAXDIR_QUERY_ELIGIBLE_SURE) | VAXDIR_QUERY_ELIGIBLE;
    if (code == VAXDIR_RELAXATION_OPEN_SURE)
        return (flags & ~(uint32_t)VAXDIR_QUERY_OPEN_SURE) | VAXDIR_QUERY_OPEN;
    return flags;
}

/* Whether a relaxation of this code helps: of those that ask nothing any more, only where they bring a no. */
static bool flags_help(const question *asked, const vaxdir_query *query, int32_t code, uint32_t listed)
{
    vaxdir_query eased = *query;
    bool keeps = code == VAXDIR_RELAXATION_ELIGIBLE_SURE || code == VAXDIR_RELAXATION_OPEN_SURE;
    bool sure = (asked->flags &
                 (code == VAXDIR_RELAXATION_ELIGIBLE_SURE ? VAXDIR_QUERY_ELIGIBLE_SURE : VAXDIR_QUERY_OPEN_SURE)) != 0;
    eased.flags = eased_flags(query->flags, code);
    if ((keeps && !sure) || eased.flags == query->flags || run(asked, &eased) <= listed)
        return false;
    if (keeps)
        return true;
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++) {
        verdict of = verdicts[vaxdir_matches_rows(matches)[i]];
        if (code == VAXDIR_RELAXATION_ELIGIBLE ? of.person == VAXDIR_SEARCH_REASON_NOT_ELIGIBLE
                                               : of.opening == VAXDIR_SEARCH_REASON_CLOSED)
            return true;
    }
    return false;
}

/* The distance of the first of the matches that is not in the answer, whose rows are marked; NAN for none. */
static double first_gained_m(const bool *in_answer)
{
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++)
        if (!in_answer[vaxdir_matches_rows(matches)[i]])
            return vaxdir_matches_distances_m(matches)[i];
    return (double)NAN;
}

static void try_relaxations(const question *asked, const vaxdir_query *query, uint32_t listed)
{
    double before_m = 0;
    bool in_answer[ROWS_MAX] = {false};
    run(asked, query);
    for (uint32_t i = 0; i < listed; i++)
        in_answer[vaxdir_matches_rows(matches)[i]] = true;
    explain(asked, query, VAXDIR_NO_ROW);
    uint32_t limit = asked->limit == 0 ? 10 : asked->limit;
    uint32_t count = vaxdir_explanation_relaxation_count(explanation);
    expect(listed < limit || count == 0, "a relaxation of a full answer", asked);
    expect(vaxdir_explanation_reason_count(explanation) == 0, "reasons of no centre", asked);
    for (uint32_t i = 0; i < count; i++) {
        vaxdir_relaxation hint = VAXDIR_RELAXATION_INIT;
        check(vaxdir_explanation_relaxation(context, explanation, i, &hint), "relaxation");
        vaxdir_query eased = *query;
        eased.filter = hint.filter;
        eased.max_distance_m = hint.max_distance_m;
        eased.min_distance_m = hint.min_distance_m;
        eased.flags = hint.flags;
        expect(hint.flags == eased_flags(query->flags, hint.code), "a relaxation has other flags", asked);
        uint32_t found = run(asked, &eased);
        relaxed++;
        expect(found == hint.count && found > listed, "a relaxation promises another count", asked);
        expect(found > 0 && vaxdir_matches_distances_m(matches)[0] == hint.first_m,
               "a relaxation promises another first distance", asked);
        expect(fabs(first_gained_m(in_answer) - hint.gained_m) < 1e-4, "a relaxation gains another centre", asked);
        expect(hint.gained_m >= before_m, "relaxations are out of order", asked);
        before_m = hint.gained_m;
        if (hint.code == VAXDIR_RELAXATION_MIN_DISTANCE) {
            eased.min_distance_m = nextafter(hint.min_distance_m, INFINITY);
            expect(run(asked, &eased) == listed, "a greater minimum would do", asked);
        }
        if (hint.code != VAXDIR_RELAXATION_DISTANCE)
            continue;
        eased.max_distance_m = nextafter(hint.max_distance_m, 0);
        expect(run(asked, &eased) == listed, "a shorter maximum would do", asked);
    }
    /* None is forgotten. */
    uint32_t helpful = 0;
    for (size_t i = 0; listed < limit && i < asked->part_count; i++) {
        bool left_out[CONDITIONS_MAX] = {false};
        left_out[i] = true;
        vaxdir_query eased = *query;
        eased.filter = filter_of(asked, left_out);
        helpful += run(asked, &eased) > listed;
        vaxdir_filter_unref(eased.filter);
    }
    vaxdir_query unbounded = *query;
    unbounded.max_distance_m = 0;
    helpful += listed < limit && run(asked, &unbounded) > listed;
    vaxdir_query nearer = *query;
    nearer.min_distance_m = 0;
    helpful += asked->min_distance_m > 0 && listed < limit && run(asked, &nearer) > listed;
    for (int32_t code = VAXDIR_RELAXATION_ELIGIBLE; listed < limit && code <= VAXDIR_RELAXATION_OPEN_SURE; code++)
        helpful += flags_help(asked, query, code, listed);
    expect(count == helpful, "a relaxation is missing", asked);
}

static void try_question(void)
{
    question asked = random_question();
    vaxdir_filter *filter = filter_of(&asked, NULL);
    vaxdir_query query = query_of(&asked, filter);
    uint32_t listed = run(&asked, &query);
    uint32_t counted[VAXDIR_SEARCH_REASON_OPENING_UNKNOWN + 1] = {0};
    judge(&asked);
    for (uint32_t row = 0; row < row_count; row++) {
        int32_t first = 0;
        try_reasons(&asked, &query, row, &first);
        counted[first >= 1 && first <= VAXDIR_SEARCH_REASON_OPENING_UNKNOWN ? first : 0]++;
    }
    try_relaxations(&asked, &query, listed);
    explain(&asked, &query, VAXDIR_NO_ROW);
    vaxdir_search_tally tally = VAXDIR_SEARCH_TALLY_INIT;
    check(vaxdir_explanation_tally(context, explanation, &tally), "tally");
    expect(counted[0] == 0, "a centre without a reason", &asked);
    expect(tally.listed + tally.tied == listed && tally.listed == counted[VAXDIR_SEARCH_REASON_LISTED], "listed",
           &asked);
    expect(tally.tied == counted[VAXDIR_SEARCH_REASON_TIED], "tied", &asked);
    expect(tally.too_near == counted[VAXDIR_SEARCH_REASON_TOO_NEAR], "too near", &asked);
    expect(tally.no_position == counted[VAXDIR_SEARCH_REASON_NO_POSITION], "no position", &asked);
    expect(tally.filtered == counted[VAXDIR_SEARCH_REASON_FILTERED], "filtered", &asked);
    expect(tally.too_far == counted[VAXDIR_SEARCH_REASON_TOO_FAR], "too far", &asked);
    expect(tally.beyond_limit == counted[VAXDIR_SEARCH_REASON_BEYOND_LIMIT], "beyond the limit", &asked);
    expect(tally.not_eligible == counted[VAXDIR_SEARCH_REASON_NOT_ELIGIBLE], "not eligible", &asked);
    expect(tally.eligibility_unknown == counted[VAXDIR_SEARCH_REASON_ELIGIBILITY_UNKNOWN], "eligibility unknown",
           &asked);
    expect(tally.closed == counted[VAXDIR_SEARCH_REASON_CLOSED], "closed", &asked);
    expect(tally.opening_unknown == counted[VAXDIR_SEARCH_REASON_OPENING_UNKNOWN], "opening unknown", &asked);
    expect(listed + tally.no_position + tally.filtered + tally.too_near + tally.too_far + tally.not_eligible +
                   tally.eligibility_unknown + tally.closed + tally.opening_unknown + tally.beyond_limit ==
               row_count,
           "the sum is not the registry", &asked);
    vaxdir_filter_unref(filter);
}

int main(int argc, char **argv)
{
    uint32_t worlds = 50 * property_start(argc, argv, 1);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_open_memory(context, rules_text, sizeof rules_text - 1, &rules), "rules_open_memory");
    check(vaxdir_facts_new(context, &facts), "facts_new");
    check(vaxdir_matches_new(context, &matches), "matches_new");
    check(vaxdir_explanation_new(context, &explanation), "explanation_new");
    for (uint32_t world = 0; world < worlds; world++) {
        build();
        for (int i = 0; i < 20; i++)
            try_question();
        vaxdir_edition_unref(edition);
    }
    property_result(wrong == 0, "%lu explanations, %lu relaxations tried", explained, relaxed);
    vaxdir_explanation_unref(explanation);
    vaxdir_matches_unref(matches);
    vaxdir_facts_unref(facts);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
