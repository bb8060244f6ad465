/* fault_time.h: the scenarios of rules with zones, a calendar and a campaign, of editions with overrides, of facts and
 * eligibility: a part of fault_all.c, whose world they use, and included by it alone. */
#ifndef FAULT_TIME_H
#define FAULT_TIME_H

#define TIMED_PARTS                                                                                                    \
    "\"zones\": {\"p\": [{\"posix\": \"CET-1CEST,M3.5.0,M10.5.0/3\"}]}, \"default_zone\": \"p\","                      \
    "\"territories\": [{\"insee\": [\"98731\"], \"departments\": [\"988\"], \"zone\": \"p\"}],"                        \
    "\"calendar\": [{\"state\": \"open\", \"from\": \"2021-01-15T08:00:00+01:00\"},"                                   \
    "{\"departments\": [\"57\", \"75\"], \"state\": \"down\"}, {\"centres\": [\"a:1\"], \"state\": \"closed\"}],"      \
    "\"reserved_words\": [\"r\\u00e9serv\\u00e9\"],"                                                                   \
    "\"campaign\": {\"name\": \"N\", \"facts\": {\"b\": {\"en\": \"B\", \"fr\": \"B\"}, \"a\": {\"en\": \"A\","        \
    "\"fr\": \"A\"}}, \"reserved_fact\": \"a\", \"phases\": [{\"id\": \"p\", \"from\": \"2021-01-18\","                \
    "\"departments\": [\"57\"], \"who\": {\"age_from\": 75, \"any\": [{\"fact\": \"a\"}, {\"vaccine\": \"v\"},"        \
    "{\"departments\": [\"57\"]}, {\"not\": {\"dose\": 1}}]}}]}}"

static const char TIMED_ALONE[] = "{\"schema\": 1, \"providers\": [], " TIMED_PARTS;
static const char TIMED_EXTENDED[] = "{\"schema\": 1, \"extends\": \"shipped\", " TIMED_PARTS;

static vaxdir_status call_rules_timed(world *w)
{
    MAKES(vaxdir_rules, vaxdir_rules_unref,
          vaxdir_rules_open_memory(w->context, TIMED_ALONE, sizeof TIMED_ALONE - 1, &made));
}

static vaxdir_status call_rules_extended(world *w)
{
    MAKES(vaxdir_rules, vaxdir_rules_unref,
          vaxdir_rules_open_memory(w->context, TIMED_EXTENDED, sizeof TIMED_EXTENDED - 1, &made));
}

static vaxdir_status call_edition_new_timed(world *w)
{
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_override overrides[3] = {VAXDIR_OVERRIDE_INIT, VAXDIR_OVERRIDE_INIT, VAXDIR_OVERRIDE_INIT};
    overrides[0].state = VAXDIR_STATE_DEGRADED;
    overrides[0].provider = "doctolib";
    overrides[1].state = VAXDIR_STATE_DOWN;
    overrides[1].department = "57";
    overrides[2].state = VAXDIR_STATE_CLOSED;
    overrides[2].centre = "a:1";
    options.rules = w->timed_rules;
    options.overrides = overrides;
    options.override_count = 3;
    MAKES(vaxdir_edition, vaxdir_edition_unref, vaxdir_edition_new(w->context, w->registry, &options, &made));
}

static vaxdir_status call_facts_new(world *w)
{
    MAKES(vaxdir_facts, vaxdir_facts_unref, vaxdir_facts_new(w->context, &made));
}

/* Calls that have no need of memory. */
static vaxdir_status call_time_getters(world *w)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    vaxdir_state_answer state = VAXDIR_STATE_ANSWER_INIT;
    const char *text = NULL;
    visit.at = 1610953200;
    visit.facts = w->facts;
    vaxdir_status status = vaxdir_facts_set(w->context, w->facts, "b", 1, VAXDIR_YES);
    if (status == VAXDIR_OK)
        status = vaxdir_eligible(w->context, w->timed, 0, &visit, &answer);
    if (status == VAXDIR_OK && answer.missing_count > 0)
        status = vaxdir_eligibility_missing(w->context, w->timed, 0, &visit, 0, &text);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_state(w->context, w->timed, 0, "doctolib", 1610953200, &state);
    if (status == VAXDIR_OK)
        status = vaxdir_rules_fact(w->context, w->timed_rules, 0, "fr", &text, NULL);
    w->touched = vaxdir_rules_fact_count(w->timed_rules) != 2 || vaxdir_eligibility_name(answer.answer) == NULL;
    return status;
}

#endif
