/* test_eligibility.c: who may book: the French campaign at the edges of its days in three zones, what is missing,
 * reserved places, hints, the first day of a later yes; and what a visit must not hold, told without repeating it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "edition/eligibility.h"

static vaxdir_context *context;
static vaxdir_registry *registry;
static vaxdir_edition *france;

/* Rows, in the order of ids. */
enum { PARIS, NOUMEA, TAHITI, RESERVED, NOWHERE, HINT, NO_HINT, ROWS };

static const struct {
    const char *id;
    const char *insee;
    const char *reserved;
    const char *name;
} centres[ROWS] = {
    {"c:0", "75056", "f", "Centre"},
    {"c:1", "98818", "", "Centre"},
    {"c:2", "98735", "", "Centre"},
    {"c:3", "57463", "t", "Centre"},
    {"c:4", "", "", "Centre"},
    {"c:5", "57463", "", "Gymnase - R\xC3\x89SERV\x45\xCC\x81 aux soignants"},
    {"c:6", "57463", "", "Salle le réservoir, réservations, préservé"},
};

static int set_up(void **state)
{
    (void)state;
    char path[1024];
    const char *root = getenv("VAXDIR_SOURCE_ROOT");
    vaxdir_builder *builder = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    snprintf(path, sizeof path, "%s/examples/rules/france-2021-01.json", root == NULL ? "." : root);
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    if (vaxdir_rules_open(context, path, &options.rules) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(vaxdir_builder_begin_record(context, builder, centres[i].id, 3), VAXDIR_OK);
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_INSEE, centres[i].insee, strlen(centres[i].insee));
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_RESERVED, centres[i].reserved,
                                strlen(centres[i].reserved));
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_NAME, centres[i].name, strlen(centres[i].name));
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    assert_int_equal(vaxdir_edition_new(context, registry, &options, &france), VAXDIR_OK);
    vaxdir_builder_unref(builder);
    vaxdir_rules_unref(options.rules);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_edition_unref(france);
    vaxdir_registry_unref(registry);
    vaxdir_context_unref(context);
    return 0;
}

/* Asks, and compares the answer as "answer phase yes_from yes_until missing...". */
static const char *ask(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit *visit)
{
    static char line[512];
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    if (vaxdir_eligible(context, edition, row, visit, &answer) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    int at = snprintf(line, sizeof line, "%s %s %d %d", vaxdir_eligibility_name(answer.answer),
                      answer.phase == NULL ? "-" : answer.phase, (int)answer.yes_from, (int)answer.yes_until);
    for (uint32_t i = 0; i < answer.missing_count; i++) {
        const char *name = NULL;
        assert_int_equal(vaxdir_eligibility_missing(context, edition, row, visit, i, &name), VAXDIR_OK);
        if (i == 0)
            assert_string_equal(name, answer.missing);
        at += snprintf(line + at, sizeof line - (size_t)at, " %s", name);
    }
    assert_true((answer.missing == NULL) == (answer.missing_count == 0));
    return line;
}

static vaxdir_visit visit_of(int64_t at, int32_t birth_date, const vaxdir_facts *facts)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = at;
    visit.birth_date = birth_date;
    visit.facts = facts;
    return visit;
}

static vaxdir_facts *facts_of(const char *const names[], int32_t value)
{
    vaxdir_facts *facts = NULL;
    assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
    for (size_t i = 0; names[i] != NULL; i++)
        assert_int_equal(vaxdir_facts_set(context, facts, names[i], strlen(names[i]), value), VAXDIR_OK);
    return facts;
}

static const char *const all_facts[] = {
    "care-home-resident",       "care-home-staff",           "comorbidity",    "health-professional",
    "home-help-or-firefighter", "pregnant-second-trimester", "very-high-risk", NULL};

/* Born 1946-01-18, asked at both sides of the local midnight that begins 2021-01-18; nothing else is true of them. */
static void test_birthday_in_three_zones(void **state)
{
    (void)state;
    const int64_t utc = 1610928000; /* 2021-01-18T00:00Z */
    static const struct {
        uint32_t row;
        int64_t offset;
    } places[] = {{PARIS, 3600}, {NOUMEA, 11 * 3600}, {TAHITI, -10 * 3600}, {VAXDIR_NO_ROW, 3600}};
    vaxdir_facts *none = facts_of(all_facts, VAXDIR_NO);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        vaxdir_visit visit = visit_of(utc - places[i].offset - 1, 19460118, none);
        assert_string_equal(ask(france, places[i].row, &visit), "no age-75 20210118 0");
        visit.at++;
        assert_string_equal(ask(france, places[i].row, &visit), "yes age-75 0 0");
        visit.birth_date = 19460119;
        assert_string_equal(ask(france, places[i].row, &visit), "no age-75 20210119 0");
        visit.on_date = 20210119;
        assert_string_equal(ask(france, places[i].row, &visit), "yes age-75 0 0");
    }
    /* Born on 29 February: 75 on 1 March 2021? No: 1946 has none; of 1948, 75 in 2023. */
    vaxdir_visit visit = visit_of(utc, 19480229, none);
    visit.on_date = 20210326;
    assert_string_equal(ask(france, PARIS, &visit), "no age-70 20210327 0");
    vaxdir_facts_unref(none);
}

/* The nurse: at 40, and at 52. */
static void test_nurse(void **state)
{
    (void)state;
    static const char *const nurse[] = {"health-professional", NULL};
    vaxdir_facts *facts = facts_of(nurse, VAXDIR_YES);
    vaxdir_visit visit = visit_of(1610953200, 19801231, facts);
    assert_string_equal(ask(france, PARIS, &visit),
                        "unknown health-professionals-at-risk 0 0 comorbidity care-home-resident care-home-staff "
                        "home-help-or-firefighter very-high-risk");
    visit.birth_date = 19681231;
    assert_string_equal(ask(france, PARIS, &visit), "yes health-professionals-at-risk 0 0");
    /* Once she has said all of it. */
    visit.birth_date = 19801231;
    for (size_t i = 0; all_facts[i] != NULL; i++)
        if (strcmp(all_facts[i], "health-professional") != 0)
            assert_int_equal(vaxdir_facts_set(context, facts, all_facts[i], strlen(all_facts[i]), VAXDIR_NO),
                             VAXDIR_OK);
    assert_string_equal(ask(france, PARIS, &visit), "no health-professionals 20210206 0");
    vaxdir_facts_set(context, facts, "comorbidity", strlen("comorbidity"), VAXDIR_YES);
    assert_string_equal(ask(france, PARIS, &visit), "yes health-professionals-at-risk 0 0");
    vaxdir_facts_unref(facts);
}

/* Nobody said anything; then a birth date decides alone. */
static void test_what_is_asked_first(void **state)
{
    (void)state;
    vaxdir_visit visit = visit_of(1610953200, 0, NULL);
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    assert_int_equal(vaxdir_eligible(context, france, PARIS, &visit, &answer), VAXDIR_OK);
    assert_int_equal(answer.answer, VAXDIR_ELIGIBILITY_UNKNOWN);
    assert_string_equal(answer.missing, "birth-date");
    visit.birth_date = 19400101;
    assert_string_equal(ask(france, PARIS, &visit), "yes age-75 0 0");
    vaxdir_facts *none = facts_of(all_facts, VAXDIR_NO);
    visit = visit_of(1618300000, 19640101, none); /* April 2021: 57, and which vaccine? */
    assert_string_equal(ask(france, PARIS, &visit), "unknown age-55-astrazeneca 0 0 vaccine");
    visit.vaccine = "janssen";
    assert_string_equal(ask(france, PARIS, &visit), "yes age-55-astrazeneca 0 0");
    visit.vaccine = "another";
    assert_string_equal(ask(france, PARIS, &visit), "no age-50 20210510 0");
    vaxdir_facts_unref(none);
}

static void test_reserved_and_hints(void **state)
{
    (void)state;
    static const char *const work[] = {"health-professional", NULL};
    vaxdir_facts *facts = facts_of(work, VAXDIR_NO);
    vaxdir_visit visit = visit_of(1610953200, 19400101, NULL);
    assert_string_equal(ask(france, RESERVED, &visit), "unknown age-75 0 0 health-professional");
    visit.facts = facts;
    assert_string_equal(ask(france, RESERVED, &visit), "no - 0 0");
    vaxdir_facts_set(context, facts, work[0], strlen(work[0]), VAXDIR_YES);
    assert_string_equal(ask(france, RESERVED, &visit), "yes health-professionals-at-risk 0 0");
    for (uint32_t row = 0; row < ROWS; row++) {
        vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
        assert_int_equal(vaxdir_eligible(context, france, row, &visit, &answer), VAXDIR_OK);
        assert_int_equal(answer.hint, row == HINT ? VAXDIR_ELIGIBILITY_HINT_RESERVED_WORD : 0);
        assert_int_equal(answer.answer, VAXDIR_ELIGIBILITY_YES); /* a hint is no verdict */
    }
    vaxdir_facts_unref(facts);
}

static vaxdir_edition *edition_of(const char *campaign)
{
    char text[4096];
    vaxdir_edition *edition = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    snprintf(text, sizeof text, "{\"schema\": 1, \"extends\": \"shipped\", \"campaign\": %s}", campaign);
    if (vaxdir_rules_open_memory(context, text, strlen(text), &options.rules) != VAXDIR_OK ||
        vaxdir_edition_new(context, registry, &options, &edition) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    vaxdir_rules_unref(options.rules);
    return edition;
}

/* 29 February, ends of phases, départements, a reserved place without a fact, and no campaign at all. */
static void test_edges(void **state)
{
    (void)state;
    vaxdir_edition *edition = edition_of(
        "{\"phases\": ["
        "{\"id\": \"a\", \"from\": \"2021-01-01\", \"until\": \"2021-06-30\", \"who\": {\"age_from\": 17}},"
        "{\"id\": \"b\", \"from\": \"2021-02-01\", \"until\": \"2021-12-31\", \"departments\": [\"75\", \"987\"],"
        " \"who\": {\"not\": {\"age_from\": 18}}}]}");
    vaxdir_visit visit = visit_of(1610953200, 20040229, NULL);
    visit.on_date = 20210228;
    assert_string_equal(ask(edition, RESERVED, &visit), "no - 0 0"); /* 57: and nothing says who may go there */
    assert_string_equal(ask(edition, HINT, &visit), "no a 20210301 0");
    assert_string_equal(ask(edition, NOWHERE, &visit), "unknown b 0 0 department");
    assert_string_equal(ask(edition, VAXDIR_NO_ROW, &visit), "unknown b 0 0 department");
    assert_string_equal(ask(edition, TAHITI, &visit), "yes b 0 20211231");
    visit.on_date = 20210301;
    assert_string_equal(ask(edition, TAHITI, &visit), "yes b 0 20211231"); /* of two the one that lasts longer */
    assert_string_equal(ask(edition, HINT, &visit), "yes a 0 20210630");
    assert_string_equal(ask(edition, RESERVED, &visit), "unknown a 0 0"); /* nothing that a visit can say settles it */
    visit.on_date = 20210701;
    assert_string_equal(ask(edition, HINT, &visit), "no - 0 0");
    visit.on_date = 20220101;
    assert_string_equal(ask(edition, TAHITI, &visit), "no - 0 0");
    vaxdir_edition_unref(edition);
    edition = NULL;
    assert_int_equal(vaxdir_edition_new(context, registry, NULL, &edition), VAXDIR_OK);
    assert_string_equal(ask(edition, PARIS, &visit), "not-stated - 0 0");
    assert_true(!vaxdir_edition_phase_begins(edition, 20210118) && vaxdir_edition_phase_begins(france, 20210118) &&
                !vaxdir_edition_phase_begins(france, 20210119));
    vaxdir_edition_unref(edition);
}

/* Everything that a visit may not hold; no message repeats it. */
static void test_refusals_tell_nothing(void **state)
{
    (void)state;
    vaxdir_facts *facts = NULL;
    assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
    static const char *const bad[] = {"", "Marker77", "marker77 ", "mark\xC3\xA9r77", "marker_77"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(vaxdir_facts_set(context, facts, bad[i], strlen(bad[i]), VAXDIR_YES), VAXDIR_ERROR_ARGUMENT);
        assert_null(strstr(vaxdir_context_error(context)->message, "ark"));
    }
    assert_int_equal(vaxdir_facts_set(context, facts, "a", 1, 3), VAXDIR_ERROR_ARGUMENT);
    char name[65];
    memset(name, 'a', sizeof name);
    assert_int_equal(vaxdir_facts_set(context, facts, name, 65, VAXDIR_YES), VAXDIR_ERROR_ARGUMENT);
    for (int i = 0; i < 64; i++) {
        name[0] = (char)('a' + i % 26);
        name[1] = (char)('a' + i / 26);
        assert_int_equal(vaxdir_facts_set(context, facts, name, 64, VAXDIR_YES), VAXDIR_OK);
    }
    assert_int_equal(vaxdir_facts_set(context, facts, name, 64, VAXDIR_NO), VAXDIR_OK);
    assert_int_equal(vaxdir_facts_set(context, facts, "a", 1, VAXDIR_YES), VAXDIR_ERROR_LIMIT);
    assert_int_equal(vaxdir_facts_set(context, facts, name, 64, VAXDIR_UNKNOWN), VAXDIR_OK);
    assert_int_equal(vaxdir_facts_set(context, facts, "a", 1, VAXDIR_YES), VAXDIR_OK);
    static const int32_t dates[] = {20210230, 7, -19460118, 19461318, 100000101};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        for (int which = 0; which < 2; which++) {
            vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
            vaxdir_visit visit = visit_of(1610953200, 0, facts);
            *(which == 0 ? &visit.birth_date : &visit.on_date) = dates[i];
            assert_int_equal(vaxdir_eligible(context, france, 0, &visit, &answer), VAXDIR_ERROR_ARGUMENT);
            char digits[16];
            snprintf(digits, sizeof digits, "%d", (int)dates[i]);
            assert_null(strstr(vaxdir_context_error(context)->message, digits));
        }
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    vaxdir_visit visit = visit_of(1610953200, 0, facts);
    visit.vaccine = "Marker 77";
    assert_int_equal(vaxdir_eligible(context, france, 0, &visit, &answer), VAXDIR_ERROR_ARGUMENT);
    assert_null(strstr(vaxdir_context_error(context)->message, "77"));
    visit.vaccine = NULL;
    visit.dose = 100;
    assert_int_equal(vaxdir_eligible(context, france, 0, &visit, &answer), VAXDIR_ERROR_ARGUMENT);
    visit.dose = 0;
    visit.at = INT64_MAX;
    assert_int_equal(vaxdir_eligible(context, france, 0, &visit, &answer), VAXDIR_ERROR_ARGUMENT);
    visit.at = 0;
    assert_int_equal(vaxdir_eligible(context, france, 0, &visit, &answer), VAXDIR_ERROR_ARGUMENT);
    vaxdir_facts_unref(facts);
}

static void test_facts_are_listed(void **state)
{
    (void)state;
    const vaxdir_rules *rules = vaxdir_edition_rules(france);
    uint32_t count = vaxdir_rules_fact_count(rules);
    const char *id = NULL, *label = NULL;
    assert_int_equal(count, sizeof all_facts / sizeof *all_facts - 1);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(vaxdir_rules_fact(context, rules, i, "fr", &id, &label), VAXDIR_OK);
        assert_string_equal(id, all_facts[i]);
        assert_true(strlen(label) > 0);
    }
    assert_int_equal(vaxdir_rules_fact(context, rules, 2, "en", NULL, &label), VAXDIR_OK);
    assert_string_equal(label, "has a condition that raises the risk of a severe form");
    assert_int_equal(vaxdir_rules_fact(context, rules, count, "en", &id, &label), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_fact(context, rules, 0, "de", &id, &label), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_fact_count(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_birthday_in_three_zones),
        cmocka_unit_test(test_nurse),
        cmocka_unit_test(test_what_is_asked_first),
        cmocka_unit_test(test_reserved_and_hints),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_refusals_tell_nothing),
        cmocka_unit_test(test_facts_are_listed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
