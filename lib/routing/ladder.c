/* ladder.c: see ladder.h. Puts steps in order and computes nothing else: links, states and eligibility are the
 * edition's. Invariant: a step shows only what the edition judged fit to be shown; nothing of the visit enters one. */
#include "ladder.h"

#include <string.h>

#include "../base/zone.h"
#include "../edition/opening.h"
#include "../edition/state.h"
#include "../provider/campaign.h"

/* Besides links: closed or opening later, not eligible, two phones, walk-in, national line, word on the link, reserved
 * word, information page. A link gives one step at the most. */
enum { STEPS_WITHOUT_LINKS = 9 };

/* Where a web step stands on the ladder. */
typedef enum web_class { WEB_OPEN, WEB_DEGRADED, WEB_NOT_YET_OPEN, WEB_DOWN, WEB_CLOSED } web_class;

typedef struct web {
    vaxdir_step step;
    uint32_t provider_index;
    web_class class;
} web;

typedef struct ladder {
    const vaxdir_edition *edition;
    uint32_t row;
    int64_t at;
    vaxdir_step *steps;
    uint32_t count;
    vaxdir_state_span centre; /* by the centre's own dates */
    uint32_t web_count;
    web webs[VAXDIR_LINKS_MAX + 1];
} ladder;

static vaxdir_step *add_step(ladder *to, int32_t kind, int32_t reason)
{
    vaxdir_step *step = &to->steps[to->count++];
    *step = (vaxdir_step){.struct_size = sizeof *step, .kind = kind, .state = VAXDIR_STATE_UNKNOWN, .reason = reason};
    return step;
}

static void set_state(vaxdir_step *step, vaxdir_state_span span)
{
    step->state = span.state;
    step->since = span.since;
    step->until = span.until;
}

/* --- web steps ---------------------------------------------------------------------------------------------------- */

static int32_t web_reason(vaxdir_slice provider, vaxdir_slice page)
{
    if (provider.bytes == NULL)
        return VAXDIR_STEP_REASON_UNKNOWN_SITE;
    if (vaxdir_slice_is(page, "centre"))
        return VAXDIR_STEP_REASON_PROVIDER_CENTRE;
    if (vaxdir_slice_is(page, "list"))
        return VAXDIR_STEP_REASON_PROVIDER_LIST;
    return vaxdir_slice_is(page, "home") ? VAXDIR_STEP_REASON_PROVIDER_HOME : VAXDIR_STEP_REASON_PROVIDER_OTHER;
}

static web_class class_of(int32_t state)
{
    switch (state) {
    case VAXDIR_STATE_DEGRADED:
        return WEB_DEGRADED;
    case VAXDIR_STATE_NOT_YET_OPEN:
        return WEB_NOT_YET_OPEN;
    case VAXDIR_STATE_DOWN:
        return WEB_DOWN;
    case VAXDIR_STATE_CLOSED:
        return WEB_CLOSED;
    default:
        return WEB_OPEN;
    }
}

/* Whether a stands before b: by class, trust, kind of page, then what opens first; otherwise as the text has them. The
 * numbers of trust and of the web reasons are in the order wanted. */
static bool before(const web *a, const web *b)
{
    if (a->class != b->class)
        return a->class < b->class;
    if (a->step.trust != b->step.trust)
        return a->step.trust > b->step.trust;
    if (a->step.reason != b->step.reason)
        return a->step.reason < b->step.reason;
    if (a->class != WEB_NOT_YET_OPEN || a->step.until == b->step.until)
        return false;
    return b->step.until == 0 || (a->step.until != 0 && a->step.until < b->step.until);
}

static void add_web(ladder *to, const vaxdir_strings *strings, const vaxdir_further_link *link)
{
    vaxdir_slice provider = vaxdir_strings_get(strings, link->provider);
    web made = {.step = {.struct_size = sizeof made.step,
                         .kind = VAXDIR_STEP_WEB,
                         .reason = web_reason(provider, vaxdir_strings_get(strings, link->page)),
                         .trust = link->trust,
                         .url = vaxdir_strings_get(strings, link->url).bytes,
                         .provider = provider.bytes}};
    made.provider_index = link->provider_index;
    set_state(&made.step, vaxdir_edition_state_at(to->edition, to->row, link->provider_index, to->at));
    made.class = class_of(made.step.state);
    uint32_t place = to->web_count++;
    for (; place > 0 && before(&made, &to->webs[place - 1]); place--)
        to->webs[place] = to->webs[place - 1];
    to->webs[place] = made;
}

/* The first link of the judged columns, then the further ones. */
static void find_webs(ladder *to)
{
    const vaxdir_verdicts *verdicts = to->edition->verdicts;
    const vaxdir_verdict_row *first = &verdicts->rows[to->row];
    if (first->url != 0)
        add_web(to, &verdicts->strings,
                &(vaxdir_further_link){.provider = first->provider,
                                       .page = first->page,
                                       .url = first->url,
                                       .provider_index = vaxdir_edition_provider_index(to->edition, to->row),
                                       .trust = first->trust});
    if ((first->warnings & VAXDIR_LINK_WARNING_MORE_LINKS) == 0)
        return;
    const vaxdir_further_links *links = &to->edition->further;
    vaxdir_strings strings = {links->pool.bytes.bytes, links->pool.bytes.length};
    size_t count;
    const vaxdir_further_link *further = vaxdir_further_links_find(links, to->row, &count);
    for (size_t i = 0; i < count; i++)
        add_web(to, &strings, &further[i]);
}

static void put_webs(ladder *to, web_class first, web_class last)
{
    for (uint32_t i = 0; i < to->web_count; i++)
        if (to->webs[i].class >= first && to->webs[i].class <= last)
            to->steps[to->count++] = to->webs[i].step;
}

/* Where a provider is closed its name and times are told, its link is not: once for each provider. */
static void put_closed(ladder *to)
{
    for (uint32_t i = 0; i < to->web_count; i++) {
        const vaxdir_step *closed = &to->webs[i].step;
        bool told = to->webs[i].class != WEB_CLOSED;
        for (uint32_t k = 0; k < i && !told; k++)
            told = to->webs[k].class == WEB_CLOSED && to->webs[k].provider_index == to->webs[i].provider_index;
        if (told)
            continue;
        vaxdir_step *step = add_step(to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_PROVIDER_CLOSED);
        set_state(step, (vaxdir_state_span){closed->state, closed->since, closed->until});
        step->provider = closed->provider;
    }
}

/* --- the others --------------------------------------------------------------------------------------------------- */

static void add_phones(ladder *to)
{
    static const vaxdir_field fields[] = {VAXDIR_FIELD_PHONE_NUMBER, VAXDIR_FIELD_PHONE_NUMBER_2};
    const char *national = vaxdir_rules_national_line(to->edition->rules);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *phone = vaxdir_edition_get_text(to->edition, to->row, fields[i]).bytes;
        /* Where a feed gives the national line as the centre's phone it is told as what it is, once. */
        if (phone != NULL && (national == NULL || strcmp(phone, national) != 0))
            add_step(to, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_CENTRE_PHONE)->phone = phone;
    }
}

static void add_walk_in(ladder *to)
{
    if (vaxdir_registry_get_integer(to->edition->registry, to->row, VAXDIR_FIELD_BY_APPOINTMENT) != VAXDIR_NO)
        return;
    vaxdir_step *step = add_step(to, VAXDIR_STEP_WALK_IN, VAXDIR_STEP_REASON_WITHOUT_APPOINTMENT);
    /* People book ahead for a centre that is not open yet, but they cannot walk in. */
    if (to->centre.state == VAXDIR_STATE_NOT_YET_OPEN)
        set_state(step, to->centre);
}

/* The honest reason why there is no link, where the source holds something in its place. */
static void add_missing_link(ladder *to)
{
    const vaxdir_verdict_row *verdict = &to->edition->verdicts->rows[to->row];
    int32_t reason;
    if (verdict->url != 0)
        return;
    if (verdict->trust == VAXDIR_VERDICT_UNSAFE)
        reason = VAXDIR_STEP_REASON_LINK_UNSAFE;
    else if (to->web_count != 0)
        return;
    else if (verdict->trust == VAXDIR_VERDICT_UNKNOWN)
        reason = VAXDIR_STEP_REASON_LINK_INCOMPLETE;
    else if (verdict->reason == VAXDIR_LINK_REASON_WORD)
        reason = VAXDIR_STEP_REASON_LINK_WORD;
    else if (verdict->reason == VAXDIR_LINK_REASON_EMAIL)
        reason = VAXDIR_STEP_REASON_LINK_EMAIL;
    else if (verdict->reason == VAXDIR_LINK_REASON_PHONE)
        reason = VAXDIR_STEP_REASON_LINK_PHONE;
    else
        return;
    vaxdir_step *step = add_step(to, VAXDIR_STEP_INFO, reason);
    /* An unsafe link is never repeated, not even as text. */
    if (reason != VAXDIR_STEP_REASON_LINK_UNSAFE)
        step->detail = vaxdir_edition_get_text(to->edition, to->row, VAXDIR_FIELD_BOOKING_URL).bytes;
}

/* A date is told only where a phase begins on it: that of a birthday would tell the birthday. */
static void add_not_eligible(ladder *to, const vaxdir_eligibility *eligibility)
{
    vaxdir_step *step = add_step(to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_NOT_ELIGIBLE);
    if (eligibility->yes_from == 0 || !vaxdir_edition_phase_begins(to->edition, eligibility->yes_from))
        return;
    step->state = VAXDIR_STATE_NOT_YET_OPEN;
    step->until = vaxdir_zone_instant(vaxdir_edition_zone(to->edition, to->row), eligibility->yes_from, 0);
}

/* --- the ladder --------------------------------------------------------------------------------------------------- */

/* What is in the way of everything. */
static void put_obstacles(ladder *to, const vaxdir_eligibility *eligibility)
{
    bool centre = to->row != VAXDIR_NO_ROW;
    if (to->centre.state == VAXDIR_STATE_CLOSED)
        set_state(add_step(to, VAXDIR_STEP_INFO,
                           centre ? VAXDIR_STEP_REASON_CENTRE_CLOSED : VAXDIR_STEP_REASON_PROVIDER_CLOSED),
                  to->centre);
    if (!centre && to->centre.state == VAXDIR_STATE_NOT_YET_OPEN)
        set_state(add_step(to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_CAMPAIGN_OPENS), to->centre);
    if (eligibility->answer == VAXDIR_ELIGIBILITY_NO)
        add_not_eligible(to, eligibility);
}

static void put_centre(ladder *to)
{
    find_webs(to);
    put_webs(to, WEB_OPEN, WEB_NOT_YET_OPEN);
    add_phones(to);
    add_walk_in(to);
    put_webs(to, WEB_DOWN, WEB_DOWN);
}

static void put_remarks(ladder *to, const vaxdir_eligibility *eligibility)
{
    if (to->centre.state != VAXDIR_STATE_CLOSED) {
        put_closed(to);
        add_missing_link(to);
    }
    if (to->centre.state == VAXDIR_STATE_NOT_YET_OPEN)
        set_state(add_step(to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_CENTRE_OPENS), to->centre);
    if (eligibility->hint == VAXDIR_ELIGIBILITY_HINT_RESERVED_WORD)
        add_step(to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_RESERVED_WORD);
}

/* Without a centre: what holds for every provider, or else the instant at which the campaign's bookings open. */
static vaxdir_state_span everywhere(const vaxdir_edition *edition, int64_t at)
{
    vaxdir_state_span span = vaxdir_edition_state_at(edition, VAXDIR_NO_ROW, UINT32_MAX, at);
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    if (span.state == VAXDIR_STATE_UNKNOWN && campaign != NULL && at < campaign->opens)
        return (vaxdir_state_span){VAXDIR_STATE_NOT_YET_OPEN, 0, campaign->opens};
    return span;
}

uint32_t vaxdir_ladder_bound(const vaxdir_edition *edition, uint32_t row)
{
    if (row == VAXDIR_NO_ROW)
        return STEPS_WITHOUT_LINKS;
    bool several = (edition->verdicts->rows[row].warnings & VAXDIR_LINK_WARNING_MORE_LINKS) != 0;
    return STEPS_WITHOUT_LINKS + 1 + (several ? VAXDIR_LINKS_MAX : 0);
}

uint32_t vaxdir_ladder_fill(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                            vaxdir_step *steps, vaxdir_eligibility *ret_eligibility)
{
    const char *national = vaxdir_rules_national_line(edition->rules);
    const char *information = vaxdir_rules_information_url(edition->rules);
    bool centre = row != VAXDIR_NO_ROW;
    ladder to; /* field by field: zeros in the room for nine links would cost a quarter of it all */
    to.edition = edition;
    to.row = row;
    to.at = visit->at;
    to.steps = steps;
    to.count = to.web_count = 0;
    to.centre = centre ? vaxdir_opening_span(edition, row, visit->at) : everywhere(edition, visit->at);
    vaxdir_edition_eligible(edition, row, visit, vaxdir_visit_local_date(edition, row, visit), ret_eligibility);
    put_obstacles(&to, ret_eligibility);
    if (centre && to.centre.state != VAXDIR_STATE_CLOSED)
        put_centre(&to);
    if (national != NULL)
        add_step(&to, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_NATIONAL_LINE)->phone = national;
    if (centre)
        put_remarks(&to, ret_eligibility);
    if (information != NULL)
        add_step(&to, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_INFORMATION)->url = information;
    return to.count;
}
