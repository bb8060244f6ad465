/* prop_ladder.c: ladders against a naive making and sorting of their steps, on random cells and states; and that
 * nothing of a person is in any byte that leaves the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"
#include "../support/random.h"

enum { ROWS = 400, PROVIDERS = 3, OVERRIDES = 40, LINKS_MOST = 6, STEPS_MOST = 32, PERSONS = 10000 };

static vaxdir_context *context;
static vaxdir_rules *rules;

#define PROVIDER(id)                                                                                                   \
    "{\"id\":\"" id "\",\"name\":\"" id "\",\"hosts\":{\"" id ".example\":\"" id ".example\"},\"pages\":["             \
    "{\"kind\":\"home\",\"path\":\"/\"},{\"kind\":\"other\",\"path\":\"/help\"},"                                      \
    "{\"kind\":\"list\",\"path\":\"/list/{town}\"},{\"kind\":\"centre\",\"path\":\"/centre/{slug}\"}],"                \
    "\"identity\":[[\"path.slug\"]],\"examples\":{\"accept\":["                                                        \
    "{\"url\":\"https://" id ".example/centre/a\"},{\"url\":\"https://" id ".example/help\"},"                         \
    "{\"url\":\"https://" id ".example/list/a\"},{\"url\":\"https://" id ".example/\"}],"                              \
    "\"reject\":[\"https://" id ".example.evil.example/\",\"https://x." id ".example/\",\"" id "\"]}}"

static const char rules_text[] =
    "{\"schema\":1,\"providers\":[" PROVIDER("pa") "," PROVIDER("pb") "," PROVIDER("pc") "," PROVIDER(
        "pz") "],"
              "\"phone\":{\"country\":\"33\",\"trunk\":\"0\",\"international\":\"00\",\"length\":9},"
              "\"national_line\":\"0800009110\",\"information_url\":\"https://info.example/centres\","
              "\"reserved_words\":[\"reserve\"],"
              "\"campaign\":{\"name\":\"c\",\"facts\":{\"nurse\":{\"en\":\"nurse\",\"fr\":\"soin\"},"
              "\"ill\":{\"en\":\"ill\",\"fr\":\"malade\"}},\"phases\":["
              "{\"id\":\"one\",\"from\":\"2021-01-18\",\"who\":{\"age_from\":75}},"
              "{\"id\":\"two\",\"from\":\"2021-02-06\",\"who\":{\"fact\":\"nurse\"}},"
              "{\"id\":\"three\",\"from\":\"2021-03-27\",\"who\":{\"any\":[{\"age_from\":60},{\"vaccine\":\"vx\"}]}},"
              "{\"id\":\"four\",\"from\":\"2021-06-15\",\"who\":{\"age_from\":18}}]}}";

/* --- random centres ----------------------------------------------------------------------------------------------- */

typedef struct link {
    char url[80];
    int provider, page; /* -1: a site that the rules do not know */
} link;

typedef struct centre {
    char id[16];
    link links[LINKS_MOST];
    uint32_t link_count;
    bool words; /* the cell begins with words */
    int phones, national, by_appointment, closed, reserved;
    int32_t opens_on;
} centre;

static centre centres[ROWS];
static vaxdir_edition *edition;
static vaxdir_override overrides[OVERRIDES];
static char override_ids[OVERRIDES][16];

/* In the order of the ladder: centre, list, home, other. */
static const char *const paths[] = {"centre/%s", "list/%s", "", "help"};
static const char *const ids[PROVIDERS] = {"pa", "pb", "pc"};

static void make_link(link *made, uint32_t row, uint32_t number)
{
    char slug[24], path[48];
    snprintf(slug, sizeof slug, "s%lux%lu", (unsigned long)row, (unsigned long)number);
    made->provider = (int)random_below(PROVIDERS + 1) - 1;
    made->page = (int)random_below(4);
    switch (made->page) {
    case 0:
        snprintf(path, sizeof path, "centre/%s", slug);
        break;
    case 1:
        snprintf(path, sizeof path, "list/%s", slug);
        break;
    default:
        snprintf(path, sizeof path, "%s", paths[made->page]);
    }
    if (made->provider < 0)
        snprintf(made->url, sizeof made->url, "https://u.example/%s", slug);
    else
        snprintf(made->url, sizeof made->url, "https://%s.example/%s", ids[made->provider], path);
}

static bool has_link(const centre *c, const char *url)
{
    for (uint32_t i = 0; i < c->link_count; i++)
        if (strcmp(c->links[i].url, url) == 0)
            return true;
    return false;
}

static void make_centre(centre *c, uint32_t row)
{
    memset(c, 0, sizeof *c);
    snprintf(c->id, sizeof c->id, "t:%04lu", (unsigned long)row);
    uint32_t wanted = random_below(3) == 0 ? random_below(LINKS_MOST + 1) : random_below(2);
    for (uint32_t i = 0; i < wanted; i++) {
        link made;
        make_link(&made, row, i);
        if (!has_link(c, made.url))
            c->links[c->link_count++] = made;
    }
    c->words = random_below(4) == 0;
    c->phones = (int)random_below(3);
    c->national = random_below(5) == 0;
    c->by_appointment = (int)random_below(3);
    c->closed = random_below(10) == 0;
    c->reserved = random_below(8) == 0;
    c->opens_on = random_below(3) == 0 ? 20210110 + (int32_t)random_below(20) : 0;
}

static void set_text(vaxdir_builder *builder, vaxdir_field field, const char *text)
{
    assert_int_equal(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), VAXDIR_OK);
}

static void add_centre(vaxdir_builder *builder, const centre *c)
{
    char cell[1024] = "", phone[64] = "";
    size_t length = (size_t)snprintf(cell, sizeof cell, "%s", c->words ? "Prendre contact" : "");
    for (uint32_t i = 0; i < c->link_count; i++)
        length +=
            (size_t)snprintf(cell + length, sizeof cell - length, "%s%s", length == 0 ? "" : " ", c->links[i].url);
    snprintf(phone, sizeof phone, "%s%s%s", c->national ? "0800009110" : "", c->national && c->phones > 0 ? " / " : "",
             c->phones > 0 ? "0353010001" : "");
    assert_int_equal(vaxdir_builder_begin_record(context, builder, c->id, strlen(c->id)), VAXDIR_OK);
    set_text(builder, VAXDIR_FIELD_NAME,
             c->reserved ? "Salle r\xC3\xA9serv\xC3\xA9"
                           "e, reserve"
                         : "Salle");
    set_text(builder, VAXDIR_FIELD_BOOKING_URL, cell);
    set_text(builder, VAXDIR_FIELD_PHONE, phone);
    if (c->phones == 2 && !c->national)
        set_text(builder, VAXDIR_FIELD_PHONE_2, "0353010002");
    set_text(builder, VAXDIR_FIELD_BY_APPOINTMENT, c->by_appointment == 0 ? "" : c->by_appointment == 1 ? "t" : "f");
    set_text(builder, VAXDIR_FIELD_CLOSED, c->closed ? "t" : "");
    if (c->opens_on != 0)
        assert_int_equal(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_OPENS_ON, c->opens_on), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
}

static void make_overrides(void)
{
    for (uint32_t i = 0; i < OVERRIDES; i++) {
        overrides[i] = (vaxdir_override)VAXDIR_OVERRIDE_INIT;
        overrides[i].state = 1 + (int32_t)random_below(5);
        overrides[i].from = random_below(4) == 0 ? 0 : 1610000000 + (int64_t)random_below(2000000);
        overrides[i].until = random_below(4) == 0 ? 0 : 1612000000 + (int64_t)random_below(2000000);
        if (i < 3 || random_below(2) == 0)
            overrides[i].provider = ids[i % PROVIDERS];
        if (i >= 6) {
            snprintf(override_ids[i], sizeof override_ids[i], "t:%04lu", (unsigned long)random_below(ROWS));
            overrides[i].centre = override_ids[i];
        }
    }
}

static void make_world(void)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_edition_unref(edition);
    edition = NULL;
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (uint32_t row = 0; row < ROWS; row++) {
        make_centre(&centres[row], row);
        add_centre(builder, &centres[row]);
    }
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    make_overrides();
    options.rules = rules;
    options.overrides = overrides;
    options.override_count = OVERRIDES;
    vaxdir_status status = vaxdir_edition_new(context, registry, &options, &edition);
    if (status != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
}

/* --- the naive ladder --------------------------------------------------------------------------------------------- */

/* A step with what it is sorted by: class, trust, kind of page, time of opening, then the order it was made in. */
typedef struct naive {
    int class, trust, page;
    int64_t opening;
    uint32_t made;
    int kind, reason, state;
    int64_t since, until;
    const char *target;
} naive;

static naive steps[STEPS_MOST];
static uint32_t step_count, made_count;

static naive *make_step(int class, int kind, int reason, const char *target)
{
    naive *step = &steps[step_count];
    *step = (naive){.class = class, .made = made_count++, .kind = kind, .reason = reason, .target = target};
    step_count++;
    return step;
}

static int by_ladder(const void *a, const void *b)
{
    const naive *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->trust != y->trust)
        return x->trust > y->trust ? -1 : 1;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    if (x->opening != y->opening)
        return x->opening < y->opening ? -1 : 1;
    return x->made < y->made ? -1 : x->made > y->made;
}

enum { CLOSED_CLASS = 80, MISSING_CLASS, OPENS_CLASS, RESERVED_CLASS, LAST_CLASS };

/* No override names pz, so its state is that of a site which the rules do not know. */
static vaxdir_state_answer state_of(uint32_t row, const char *provider, int64_t at)
{
    vaxdir_state_answer answer = VAXDIR_STATE_ANSWER_INIT;
    assert_int_equal(vaxdir_edition_state(context, edition, row, provider, at, &answer), VAXDIR_OK);
    return answer;
}

static naive *closed_step(const char *provider)
{
    for (uint32_t i = 0; i < step_count; i++)
        if (steps[i].class == CLOSED_CLASS && strcmp(steps[i].target, provider) == 0)
            return &steps[i];
    return NULL;
}

static void make_web(uint32_t row, const link *l, int64_t at)
{
    static const int classes[] = {1, 3, 1, 2, 6, CLOSED_CLASS};
    static const int reasons[] = {VAXDIR_STEP_REASON_PROVIDER_CENTRE, VAXDIR_STEP_REASON_PROVIDER_LIST,
                                  VAXDIR_STEP_REASON_PROVIDER_HOME, VAXDIR_STEP_REASON_PROVIDER_OTHER};
    const char *provider = l->provider < 0 ? "" : ids[l->provider];
    vaxdir_state_answer state = state_of(row, l->provider < 0 ? "pz" : provider, at);
    int trust = l->provider < 0 ? VAXDIR_VERDICT_UNKNOWN : VAXDIR_VERDICT_EXACT;
    int reason = l->provider < 0 ? VAXDIR_STEP_REASON_UNKNOWN_SITE : reasons[l->page];
    bool closed = state.state == VAXDIR_STATE_CLOSED;
    naive *step = closed ? closed_step(provider) : NULL;
    if (step == NULL)
        step = closed ? make_step(CLOSED_CLASS, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_PROVIDER_CLOSED, provider)
                      : make_step(classes[state.state], VAXDIR_STEP_WEB, reason, l->url);
    else if (step->page <= reason)
        return; /* a better link of the same provider stands for it already */
    step->made = made_count++;
    step->trust = trust;
    step->page = reason;
    step->state = state.state;
    step->since = state.since;
    step->until = state.until;
    if (state.state == VAXDIR_STATE_NOT_YET_OPEN)
        step->opening = state.until == 0 ? INT64_MAX : state.until;
}

static int64_t midnight(int32_t date)
{
    return 1609459200 + (int64_t)(date - 20210101) * 86400; /* of January 2021, UTC */
}

static void make_steps(uint32_t row, int64_t at)
{
    const centre *c = &centres[row];
    bool later = c->opens_on != 0 && at < midnight(c->opens_on);
    step_count = 0;
    if (c->closed) {
        make_step(0, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_CENTRE_CLOSED, NULL)->state = VAXDIR_STATE_CLOSED;
    } else {
        for (uint32_t i = 0; i < c->link_count; i++)
            make_web(row, &c->links[i], at);
        if (c->phones > 0)
            make_step(4, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_CENTRE_PHONE, "+33353010001");
        if (c->phones == 2 && !c->national)
            make_step(4, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_CENTRE_PHONE, "+33353010002");
        if (c->by_appointment == 2) {
            naive *step = make_step(5, VAXDIR_STEP_WALK_IN, VAXDIR_STEP_REASON_WITHOUT_APPOINTMENT, NULL);
            step->state = later ? VAXDIR_STATE_NOT_YET_OPEN : VAXDIR_STATE_UNKNOWN;
            step->until = later ? midnight(c->opens_on) : 0;
        }
        if (c->words && c->link_count == 0)
            make_step(MISSING_CLASS, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_LINK_WORD, "Prendre contact");
        if (later) {
            naive *step = make_step(OPENS_CLASS, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_CENTRE_OPENS, NULL);
            step->state = VAXDIR_STATE_NOT_YET_OPEN;
            step->until = midnight(c->opens_on);
        }
    }
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
    visit.at = at;
    assert_int_equal(vaxdir_eligible(context, edition, row, &visit, &eligibility), VAXDIR_OK);
    if (eligibility.answer == VAXDIR_ELIGIBILITY_NO) {
        naive *step = make_step(0, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_NOT_ELIGIBLE, NULL);
        step->state = eligibility.yes_from == 20210118 ? VAXDIR_STATE_NOT_YET_OPEN : VAXDIR_STATE_UNKNOWN;
        step->until = eligibility.yes_from == 20210118 ? midnight(20210118) : 0;
    }
    if (c->reserved)
        make_step(RESERVED_CLASS, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_RESERVED_WORD, NULL);
    make_step(7, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_NATIONAL_LINE, "+33800009110");
    make_step(LAST_CLASS, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_INFORMATION, "https://info.example/centres");
    qsort(steps, step_count, sizeof *steps, by_ladder);
}

static void compare(uint32_t row, const vaxdir_route *route, uint32_t first, uint32_t end)
{
    for (uint32_t i = 0; end - first != step_count && (i < end - first || i < step_count); i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        if (i < end - first)
            assert_int_equal(vaxdir_route_step(context, route, first + i, &step), VAXDIR_OK);
        print_message("# %s, expected %s\n", vaxdir_step_reason_name(step.reason),
                      i < step_count ? vaxdir_step_reason_name(steps[i].reason) : "nothing");
    }
    if (end - first != step_count)
        fail_msg("row %lu has %lu steps, expected %lu", (unsigned long)row, (unsigned long)(end - first),
                 (unsigned long)step_count);
    for (uint32_t i = 0; i < step_count; i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        assert_int_equal(vaxdir_route_step(context, route, first + i, &step), VAXDIR_OK);
        const char *target = step.url != NULL      ? step.url
                             : step.phone != NULL  ? step.phone
                             : step.detail != NULL ? step.detail
                                                   : step.provider;
        const char *wanted = steps[i].target == NULL || *steps[i].target == '\0' ? NULL : steps[i].target;
        bool same = (target == NULL) == (wanted == NULL) && (target == NULL || strcmp(target, wanted) == 0);
        if (!same || step.kind != steps[i].kind || step.reason != steps[i].reason || step.state != steps[i].state ||
            step.since != steps[i].since || step.until != steps[i].until)
            fail_msg("row %lu, step %lu: %s, expected %s %s", (unsigned long)row, (unsigned long)i,
                     vaxdir_step_reason_name(step.reason), vaxdir_step_reason_name(steps[i].reason),
                     wanted == NULL ? "" : wanted);
    }
}

static void test_order(void **state)
{
    (void)state;
    vaxdir_route *route = NULL;
    uint32_t rows[ROWS];
    assert_int_equal(vaxdir_route_new(context, &route), VAXDIR_OK);
    for (uint32_t row = 0; row < ROWS; row++)
        rows[row] = row;
    for (int world = 0; world < 12; world++) {
        make_world();
        for (int instant = 0; instant < 20; instant++) {
            vaxdir_visit visit = VAXDIR_VISIT_INIT;
            visit.at = 1609900000 + (int64_t)random_below(5000000);
            assert_int_equal(vaxdir_resolve_batch(context, edition, rows, ROWS, &visit, route), VAXDIR_OK);
            const uint32_t *offsets = vaxdir_route_offsets(route);
            for (uint32_t row = 0; row < ROWS; row++) {
                make_steps(row, visit.at);
                compare(row, route, offsets[row], offsets[row + 1]);
            }
        }
    }
    vaxdir_route_unref(route);
}

/* --- nothing of a person ------------------------------------------------------------------------------------------ */

typedef struct person {
    char markers[12][48]; /* what must not be seen */
    size_t count;
    char fact[32], vaccine[32];
    int32_t birth_date, on_date;
} person;

/* All the ways in which a date is written: none of these years is in any text of the world. */
static void mark_date(person *p, int32_t date)
{
    int year = (int)(date / 10000), month = (int)(date / 100 % 100), day = (int)(date % 100);
    const size_t size = sizeof p->markers[0];
    snprintf(p->markers[p->count++], size, "%04d", year);
    snprintf(p->markers[p->count++], size, "%04d%02d%02d", year, month, day);
    snprintf(p->markers[p->count++], size, "%02d/%02d/%02d", day, month, year % 100);
}

static void make_person(person *p)
{
    memset(p, 0, sizeof *p);
    snprintf(p->fact, sizeof p->fact, "zqfact-%08lx", (unsigned long)random_below(UINT32_MAX));
    snprintf(p->vaccine, sizeof p->vaccine, "zqvac-%08lx", (unsigned long)random_below(UINT32_MAX));
    snprintf(p->markers[p->count++], sizeof p->markers[0], "%s", p->fact);
    snprintf(p->markers[p->count++], sizeof p->markers[0], "%s", p->vaccine);
    p->birth_date = (1925 + (int32_t)random_below(74)) * 10000 + (1 + (int32_t)random_below(12)) * 100 + 1 +
                    (int32_t)random_below(28);
    mark_date(p, p->birth_date);
    if (random_below(2) == 0) {
        p->on_date = (2051 + (int32_t)random_below(40)) * 10000 + (1 + (int32_t)random_below(12)) * 100 + 1 +
                     (int32_t)random_below(28);
        mark_date(p, p->on_date);
    }
}

static void must_not_show(const person *p, const char *text)
{
    for (size_t i = 0; text != NULL && i < p->count; i++)
        if (strstr(text, p->markers[i]) != NULL)
            fail_msg("'%s' is seen in: %s", p->markers[i], text);
}

/* A day on which a phase begins may be told to anybody; the day of a birthday may not. */
static bool is_phase(int64_t at)
{
    return at == 1610928000 || at == 1612569600 || at == 1616803200 || at == 1623715200;
}

static void check_bytes(const person *p, const vaxdir_route *route)
{
    static char text[1 << 16];
    static const char *const languages[] = {"fr", "en"};
    for (uint32_t i = 0; i < vaxdir_route_count(route); i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        assert_int_equal(vaxdir_route_step(context, route, i, &step), VAXDIR_OK);
        must_not_show(p, step.url);
        must_not_show(p, step.phone);
        must_not_show(p, step.provider);
        must_not_show(p, step.detail);
        if (step.reason == VAXDIR_STEP_REASON_NOT_ELIGIBLE)
            assert_true(step.since == 0 && (step.until == 0 || is_phase(step.until)));
        assert_int_equal(vaxdir_route_step_text(context, route, i, languages[i % 2], i % 4, text, sizeof text, NULL),
                         VAXDIR_OK);
        must_not_show(p, text);
    }
    for (uint32_t flags = 0; flags < 4; flags++) {
        assert_int_equal(vaxdir_route_say(context, route, 0, languages[flags % 2], flags, text, sizeof text, NULL),
                         VAXDIR_OK);
        must_not_show(p, text);
    }
}

/* The same visit made wrong in every way: no message repeats it. */
static void check_messages(const person *p, vaxdir_visit visit, vaxdir_facts *facts, vaxdir_route *route)
{
    char name[64];
    vaxdir_visit wrong[5] = {visit, visit, visit, visit, visit};
    wrong[0].birth_date = p->birth_date / 100 * 100 + 99;
    wrong[1].on_date = p->birth_date * 10;
    wrong[2].at = 0;
    wrong[3].dose = 100000;
    snprintf(name, sizeof name, "%s !", p->vaccine);
    wrong[4].vaccine = name;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(vaxdir_resolve(context, edition, 0, &wrong[i], route), VAXDIR_ERROR_ARGUMENT);
        must_not_show(p, vaxdir_context_error(context)->message);
    }
    snprintf(name, sizeof name, "%s!", p->fact);
    assert_int_equal(vaxdir_facts_set(context, facts, name, strlen(name), VAXDIR_YES), VAXDIR_ERROR_ARGUMENT);
    must_not_show(p, vaxdir_context_error(context)->message);
    assert_int_equal(vaxdir_facts_set(context, facts, p->fact, strlen(p->fact), 77), VAXDIR_ERROR_ARGUMENT);
    must_not_show(p, vaxdir_context_error(context)->message);
}

static void test_nothing_of_a_person(void **state)
{
    (void)state;
    vaxdir_route *route = NULL;
    unsigned refused = 0;
    assert_int_equal(vaxdir_route_new(context, &route), VAXDIR_OK);
    make_world();
    for (int i = 0; i < PERSONS; i++) {
        person p;
        vaxdir_facts *facts = NULL;
        vaxdir_visit visit = VAXDIR_VISIT_INIT;
        make_person(&p);
        assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
        assert_int_equal(vaxdir_facts_set(context, facts, p.fact, strlen(p.fact), VAXDIR_YES), VAXDIR_OK);
        assert_int_equal(vaxdir_facts_set(context, facts, "nurse", 5, (int32_t)random_below(3)), VAXDIR_OK);
        visit.at = 1609900000 + (int64_t)random_below(5000000);
        visit.birth_date = p.birth_date;
        visit.on_date = p.on_date;
        visit.dose = 1 + random_below(3);
        visit.facts = facts;
        visit.vaccine = p.vaccine;
        uint32_t row = random_below(ROWS + 1);
        assert_int_equal(vaxdir_resolve(context, edition, row == ROWS ? VAXDIR_NO_ROW : row, &visit, route), VAXDIR_OK);
        check_bytes(&p, route);
        vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
        assert_int_equal(vaxdir_route_eligibility(context, route, 0, &eligibility), VAXDIR_OK);
        refused += eligibility.answer == VAXDIR_ELIGIBILITY_NO;
        check_messages(&p, visit, facts, route);
        vaxdir_facts_unref(facts);
    }
    assert_true(refused > PERSONS / 20); /* the answers that have something to hide occur */
    vaxdir_route_unref(route);
}

static int set_up(void **state)
{
    (void)state;
    random_seed(20210118);
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    rules = made_rules(context, rules_text);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_nothing_of_a_person),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
