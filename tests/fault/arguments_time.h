/* arguments_time.h: bad arguments of overrides, states, facts and eligibility: a part of arguments.c, whose world they
 * use, and included by it alone. */
#ifndef ARGUMENTS_TIME_H
#define ARGUMENTS_TIME_H

static void check_override(vaxdir_override given)
{
    vaxdir_edition *made = (vaxdir_edition *)(void *)&untouched;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.overrides = &given;
    options.override_count = 1;
    BAD(vaxdir_edition_new(c, registry, &options, &made));
    CHECK(vaxdir_context_error(c)->index == 0 && (void *)made == &untouched);
}

static void check_overrides(void)
{
    vaxdir_edition *made = (vaxdir_edition *)(void *)&untouched;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_override good = VAXDIR_OVERRIDE_INIT, bad;
    good.state = VAXDIR_STATE_DOWN;
    options.override_count = 1;
    BAD(vaxdir_edition_new(c, registry, &options, &made));
    options.overrides = &good;
    options.override_count = UINT32_MAX;
    CHECK(vaxdir_edition_new(c, registry, &options, &made) == VAXDIR_ERROR_LIMIT);
    options.override_count = 1;
    bad = good;
    bad.state = VAXDIR_STATE_UNKNOWN;
    check_override(bad);
    bad.state = 99;
    check_override(bad);
    bad = good;
    bad.from = 2;
    bad.until = 1;
    check_override(bad);
    bad = good;
    bad.until = INT64_MAX;
    check_override(bad);
    bad = good;
    bad.provider = "nobody";
    check_override(bad);
    bad = good;
    bad.department = "Moselle";
    check_override(bad);
    bad.department = "57";
    bad.centre = "a:1";
    check_override(bad);
    bad = good;
    bad.reserved = &untouched;
    check_override(bad);
    bad = good;
    bad.struct_size = 8;
    options.overrides = &bad;
    BAD_STRUCT(vaxdir_edition_new(c, registry, &options, &made));
    CHECK((void *)made == &untouched);
}

static void check_state(void)
{
    vaxdir_state_answer answer = VAXDIR_STATE_ANSWER_INIT;
    NO_CONTEXT(vaxdir_edition_state(NULL, edition, 0, NULL, 1, &answer));
    BAD(vaxdir_edition_state(c, NULL, 0, NULL, 1, &answer));
    BAD(vaxdir_edition_state(c, edition, SMALL_COUNT, NULL, 1, &answer));
    BAD(vaxdir_edition_state(c, edition, 0, "nobody", 1, &answer));
    BAD(vaxdir_edition_state(c, edition, 0, NULL, 0, &answer));
    BAD(vaxdir_edition_state(c, edition, 0, NULL, INT64_MIN, &answer));
    BAD(vaxdir_edition_state(c, edition, 0, NULL, 1, NULL));
    answer.struct_size = 8;
    answer.state = 42;
    BAD_STRUCT(vaxdir_edition_state(c, edition, 0, NULL, 1, &answer));
    CHECK(answer.state == 42 && vaxdir_state_name(-1) == NULL && vaxdir_state_name(6) == NULL);
    check_overrides();
}

static void check_facts(void)
{
    vaxdir_facts *made = (vaxdir_facts *)(void *)&untouched, *facts = NULL;
    NO_CONTEXT(vaxdir_facts_new(NULL, &made));
    BAD(vaxdir_facts_new(c, NULL));
    CHECK((void *)made == &untouched && vaxdir_facts_unref(NULL) == NULL);
    if (vaxdir_facts_new(c, &facts) != VAXDIR_OK)
        return;
    NO_CONTEXT(vaxdir_facts_set(NULL, facts, "a", 1, VAXDIR_YES));
    BAD(vaxdir_facts_set(c, NULL, "a", 1, VAXDIR_YES));
    BAD(vaxdir_facts_set(c, facts, NULL, 1, VAXDIR_YES));
    BAD(vaxdir_facts_set(c, facts, "", 0, VAXDIR_YES));
    BAD(vaxdir_facts_set(c, facts, "A", 1, VAXDIR_YES));
    BAD(vaxdir_facts_set(c, facts, "a", 1, 3));
    BAD(vaxdir_facts_set(c, facts, "a", 1, -1));
    vaxdir_facts_unref(facts);
}

static void check_eligibility(void)
{
    const char *name = &untouched;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    answer.answer = 42;
    BAD(vaxdir_eligible(c, edition, 0, &visit, &answer)); /* at is not stated */
    visit.at = 1610953200;
    NO_CONTEXT(vaxdir_eligible(NULL, edition, 0, &visit, &answer));
    BAD(vaxdir_eligible(c, NULL, 0, &visit, &answer));
    BAD(vaxdir_eligible(c, edition, SMALL_COUNT, &visit, &answer));
    BAD(vaxdir_eligible(c, edition, 0, NULL, &answer));
    BAD(vaxdir_eligible(c, edition, 0, &visit, NULL));
    STRUCTS(vaxdir_visit, VAXDIR_VISIT_INIT, given, vaxdir_eligible(c, edition, 0, given, &answer));
    visit.on_date = 20210229;
    BAD(vaxdir_eligible(c, edition, 0, &visit, &answer));
    visit.on_date = 0;
    visit.dose = 100;
    BAD(vaxdir_eligible(c, edition, 0, &visit, &answer));
    visit.dose = 0;
    visit.vaccine = "A B";
    BAD(vaxdir_eligible(c, edition, 0, &visit, &answer));
    visit.vaccine = NULL;
    visit.reserved = 1;
    BAD(vaxdir_eligible(c, edition, 0, &visit, &answer));
    visit.reserved = 0;
    CHECK(answer.answer == 42);
    answer.struct_size = 4;
    BAD_STRUCT(vaxdir_eligible(c, edition, 0, &visit, &answer));
    NO_CONTEXT(vaxdir_eligibility_missing(NULL, edition, 0, &visit, 0, &name));
    BAD(vaxdir_eligibility_missing(c, NULL, 0, &visit, 0, &name));
    BAD(vaxdir_eligibility_missing(c, edition, SMALL_COUNT, &visit, 0, &name));
    BAD(vaxdir_eligibility_missing(c, edition, 0, NULL, 0, &name));
    BAD(vaxdir_eligibility_missing(c, edition, 0, &visit, 0, &name)); /* nothing is missing */
    BAD(vaxdir_eligibility_missing(c, edition, 0, &visit, 0, NULL));
    CHECK(name == &untouched && vaxdir_eligibility_name(-1) == NULL && vaxdir_eligibility_name(4) == NULL);
    NO_CONTEXT(vaxdir_rules_fact(NULL, rules, 0, "fr", &name, NULL));
    BAD(vaxdir_rules_fact(c, NULL, 0, "fr", &name, NULL));
    BAD(vaxdir_rules_fact(c, rules, 0, "fr", &name, NULL)); /* the shipped rules ask for none */
    BAD(vaxdir_rules_fact(c, rules, 0, NULL, &name, NULL));
    CHECK(name == &untouched && vaxdir_rules_fact_count(NULL) == 0);
}

#endif
