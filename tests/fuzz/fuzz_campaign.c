/* fuzz_campaign.c: any bytes as the zones, calendar and campaign of a rules document. Invariant watched: it is refused
 * with a message, or its states are one timeline, its civil times are dates that exist, and its answers about a person
 * are never undone by a further fact and true on the day that they name. */
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "edition/eligibility.h"
#include "edition/state.h"
#include "fuzz.h"

static const char head[] =
    "{\"schema\": 1, \"providers\": [{\"id\": \"one\", \"name\": \"N\", \"declared\": true, \"hosts\": "
    "{\"one.example\":"
    " \"one.example\"}, \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}, {\"id\": \"two\", \"name\": \"N\","
    " \"declared\": true, \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}], ";

static const char *const centres[][4] = {
    {"c:0", "57463", "https://one.example/", "f"},
    {"c:1", "98731", "", "t"},
    {"c:2", "", "https://one.example/", ""},
};

static vaxdir_context *context;
static vaxdir_registry *registry;
static vaxdir_facts *facts;

static void set_up(void)
{
    static const vaxdir_field fields[] = {VAXDIR_FIELD_INSEE, VAXDIR_FIELD_BOOKING_URL, VAXDIR_FIELD_RESERVED};
    vaxdir_builder *builder = NULL;
    PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
    PROMISE(vaxdir_builder_new(context, NULL, &builder) == VAXDIR_OK);
    for (size_t i = 0; i < sizeof centres / sizeof *centres; i++) {
        PROMISE(vaxdir_builder_begin_record(context, builder, centres[i][0], 3) == VAXDIR_OK);
        for (size_t k = 0; k < 3; k++)
            PROMISE(vaxdir_builder_set_text(context, builder, fields[k], centres[i][k + 1],
                                            strlen(centres[i][k + 1])) == VAXDIR_OK);
        PROMISE(vaxdir_builder_end_record(context, builder) == VAXDIR_OK);
    }
    PROMISE(vaxdir_builder_build(context, builder, &registry) == VAXDIR_OK);
    vaxdir_builder_unref(builder);
    PROMISE(vaxdir_facts_new(context, &facts) == VAXDIR_OK);
}

static void use_times(const vaxdir_edition *edition, uint32_t row, int64_t at)
{
    vaxdir_civil civil = vaxdir_zone_civil(vaxdir_edition_zone(edition, row), at);
    PROMISE(vaxdir_date_valid(civil.date) && civil.second >= 0 && civil.second < 86400);
    PROMISE(civil.weekday == vaxdir_date_weekday(civil.date));
    (void)vaxdir_zone_instant(vaxdir_edition_zone(edition, row), civil.date, civil.second);
    for (uint32_t provider = 0; provider < 3; provider++) {
        vaxdir_state_span span = vaxdir_edition_state_at(edition, row, provider, at);
        PROMISE(vaxdir_state_name(span.state) != NULL);
        PROMISE(span.since == 0 || span.since <= at);
        PROMISE(span.until == 0 || span.until > at);
        if (span.since != 0) {
            PROMISE(vaxdir_edition_state_at(edition, row, provider, span.since).state == span.state);
            PROMISE(vaxdir_edition_state_at(edition, row, provider, span.since - 1).state != span.state);
        }
        if (span.until != 0) {
            PROMISE(vaxdir_edition_state_at(edition, row, provider, span.until - 1).state == span.state);
            PROMISE(vaxdir_edition_state_at(edition, row, provider, span.until).state != span.state);
        }
    }
}

static int32_t ask(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit *visit)
{
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    PROMISE(vaxdir_eligible(context, edition, row, visit, &answer) == VAXDIR_OK);
    PROMISE(vaxdir_eligibility_name(answer.answer) != NULL);
    for (uint32_t i = 0; i < answer.missing_count; i++) {
        const char *name = NULL;
        PROMISE(vaxdir_eligibility_missing(context, edition, row, visit, i, &name) == VAXDIR_OK && *name != '\0');
    }
    if (answer.yes_from != 0) {
        vaxdir_visit later = *visit;
        vaxdir_eligibility then = VAXDIR_ELIGIBILITY_INIT;
        later.on_date = answer.yes_from;
        PROMISE(answer.answer == VAXDIR_ELIGIBILITY_NO);
        PROMISE(vaxdir_eligible(context, edition, row, &later, &then) == VAXDIR_OK);
        PROMISE(then.answer == VAXDIR_ELIGIBILITY_YES);
    }
    return answer.answer;
}

/* Asks about a person of whom more and more is known: a decided answer stays. */
static void use_campaign(const vaxdir_edition *edition, uint32_t row, int32_t on_date, unsigned turn)
{
    const vaxdir_rules *rules = vaxdir_edition_rules(edition);
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    visit.on_date = on_date;
    visit.facts = facts;
    int32_t before = ask(edition, row, &visit);
    for (uint32_t i = 0; i < vaxdir_rules_fact_count(rules) + 3; i++) {
        const char *id = NULL;
        if (i == 0)
            visit.birth_date = turn % 2 == 0 ? 19480229 : 20040118;
        else if (i == 1)
            visit.dose = 1 + turn % 2;
        else if (i == 2)
            visit.vaccine = turn % 3 == 0 ? "a" : "other";
        else if (vaxdir_rules_fact(context, rules, i - 3, "en", &id, NULL) == VAXDIR_OK)
            (void)vaxdir_facts_set(context, facts, id, strlen(id), (i + turn) % 2 == 0 ? VAXDIR_YES : VAXDIR_NO);
        int32_t after = ask(edition, row, &visit);
        PROMISE(before == VAXDIR_ELIGIBILITY_UNKNOWN || after == before);
        before = after;
    }
    for (uint32_t i = 0; i < vaxdir_rules_fact_count(rules); i++) {
        const char *id = NULL;
        PROMISE(vaxdir_rules_fact(context, rules, i, "fr", &id, NULL) == VAXDIR_OK);
        PROMISE(vaxdir_facts_set(context, facts, id, strlen(id), VAXDIR_UNKNOWN) == VAXDIR_OK);
    }
}

static void use(vaxdir_rules *rules)
{
    static const int64_t instants[] = {1,          1610694000, 1610953200,   1616893199,  1616893200,
                                       1635642000, 1672527600, -62135596800, 253402300799};
    static const int32_t dates[] = {0, 20210118, 20210228, 99991231, 10101};
    vaxdir_edition *edition = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_override overrides[2] = {VAXDIR_OVERRIDE_INIT, VAXDIR_OVERRIDE_INIT};
    overrides[0].state = VAXDIR_STATE_DOWN;
    overrides[0].provider = "one";
    overrides[0].from = 1610694000;
    overrides[1].state = VAXDIR_STATE_OPEN;
    overrides[1].centre = "c:1";
    overrides[1].until = 1616893200;
    options.rules = rules;
    options.overrides = overrides;
    options.override_count = 2;
    vaxdir_status status = vaxdir_edition_new(context, registry, &options, &edition);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_LIMIT);
    if (edition == NULL)
        return;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t row = i == 3 ? VAXDIR_NO_ROW : i;
        for (size_t k = 0; k < sizeof instants / sizeof *instants; k++)
            use_times(edition, row, instants[k]);
        for (unsigned k = 0; k < sizeof dates / sizeof *dates; k++)
            use_campaign(edition, row, dates[k], k + i);
    }
    vaxdir_edition_unref(edition);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { SIZE_MOST = 65536 };
    static char document[sizeof head + SIZE_MOST + 2];
    vaxdir_rules *rules = NULL;
    if (size > SIZE_MOST)
        return 0;
    if (context == NULL)
        set_up();
    memcpy(document, head, sizeof head - 1);
    if (size > 0)
        memcpy(document + sizeof head - 1, data, size);
    document[sizeof head - 1 + size] = '}';
    vaxdir_status status = vaxdir_rules_open_memory(context, document, sizeof head + size, &rules);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_RULES);
    PROMISE((status == VAXDIR_OK) == (rules != NULL));
    PROMISE((status == VAXDIR_OK) == (*vaxdir_context_error(context)->message == 0));
    if (rules != NULL)
        use(rules);
    vaxdir_rules_unref(rules);
    return 0;
}
