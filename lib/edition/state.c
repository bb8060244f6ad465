/* state.c: see state.h. Invariant: what an edition was given is checked before a timeline is made of it. */
#include "state.h"

#include <string.h>

#include "conditions.h"
#include "timelines.h"

vaxdir_state_span vaxdir_edition_state_at(const vaxdir_edition *edition, uint32_t row, uint32_t provider_index,
                                          int64_t at)
{
    const vaxdir_timelines *states = &edition->states;
    if (states->count == 0)
        return (vaxdir_state_span){VAXDIR_STATE_UNKNOWN, 0, 0};
    uint32_t place = states->places == NULL || row >= edition->registry->count ? 0 : states->places[row];
    uint32_t slot =
        provider_index >= vaxdir_rules_provider_count(edition->rules) ? 0 : states->provider_slots[provider_index];
    size_t found = vaxdir_timelines_find(states, place, slot, at);
    size_t end = states->offsets[(size_t)place * states->slot_count + slot + 1];
    return (vaxdir_state_span){states->states[found], states->from[found] == INT64_MIN ? 0 : states->from[found],
                               found + 1 < end ? states->from[found + 1] : 0};
}

uint32_t vaxdir_edition_provider_index(const vaxdir_edition *edition, uint32_t row)
{
    uint16_t number =
        edition->providers == NULL || row >= edition->registry->count ? UINT16_MAX : edition->providers[row];
    return number == UINT16_MAX ? UINT32_MAX : number;
}

const vaxdir_zone *vaxdir_edition_zone(const vaxdir_edition *edition, uint32_t row)
{
    if (edition->zones == NULL || row >= edition->registry->count)
        return vaxdir_rules_zone(edition->rules, (vaxdir_slice){NULL, 0}, (vaxdir_slice){NULL, 0});
    return vaxdir_rules_zone_numbered(edition->rules, edition->zones[row]);
}

/* Providers of rows, by the names of their ids in the columns: few names stand in many rows. */
typedef struct seen {
    uint32_t name;
    uint16_t number;
} seen;

static uint16_t number_of(const vaxdir_edition *edition, uint32_t row, seen cache[64])
{
    uint32_t name = edition->verdicts->rows[row].provider;
    seen *known = &cache[name % 64];
    if (known->name != name) { /* 0 is the absent name, and the empty cache */
        vaxdir_slice id = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER);
        *known = (seen){name, (uint16_t)vaxdir_rules_provider_index(edition->rules, id)};
    }
    return name == 0 ? UINT16_MAX : known->number;
}

static vaxdir_status make_columns(vaxdir_context *context, vaxdir_edition *edition)
{
    uint32_t count = edition->registry->count;
    seen cache[64] = {{0, 0}};
    edition->zones = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *edition->zones);
    edition->providers = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *edition->providers);
    edition->hints = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *edition->hints);
    if (edition->zones == NULL || edition->providers == NULL || edition->hints == NULL)
        return vaxdir_context_fail_memory(context);
    for (uint32_t row = 0; row < count; row++) {
        edition->zones[row] =
            vaxdir_rules_zone_number(edition->rules, vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_INSEE),
                                     vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_DEPARTMENT));
        edition->providers[row] = number_of(edition, row, cache);
        edition->hints[row] =
            vaxdir_name_hints(edition->rules, vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_NAME));
    }
    return VAXDIR_OK;
}

/* --- claims ------------------------------------------------------------------------------------------------------- */

static vaxdir_status add_claim(vaxdir_context *context, const vaxdir_edition *edition, vaxdir_claims *claims,
                               vaxdir_claim claim)
{
    if (!vaxdir_memory_reserve(&edition->memory, &claims->items, &claims->capacity, claims->count + 1,
                               sizeof *claims->items))
        return vaxdir_context_fail_memory(context);
    claims->items[claims->count++] = claim;
    return VAXDIR_OK;
}

static vaxdir_status add_window(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_window *window,
                                vaxdir_claims *claims)
{
    vaxdir_claim claim = {.row = VAXDIR_NO_ROW,
                          .provider = window->provider,
                          .state = window->state,
                          .from = window->from,
                          .until = window->until};
    vaxdir_status status = VAXDIR_OK;
    if (window->from >= window->until)
        return VAXDIR_OK;
    if (window->departments.count == 0 && window->centre_count == 0)
        return add_claim(context, edition, claims, claim);
    for (size_t i = 0; status == VAXDIR_OK && i < window->departments.count; i++) {
        claim.department = window->departments.items[i];
        status = add_claim(context, edition, claims, claim);
    }
    for (size_t i = 0; status == VAXDIR_OK && i < window->centre_count; i++) {
        claim.row = vaxdir_registry_row_of(edition->registry, window->centres[i]);
        if (claim.row != VAXDIR_NO_ROW) /* a calendar may know more centres than a registry */
            status = add_claim(context, edition, claims, claim);
    }
    return status;
}

static vaxdir_status fail_override(vaxdir_context *context, uint32_t index, const char *what)
{
    vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "override %lu: %s", (unsigned long)index, what);
    context->error.index = index;
    return context->error.status;
}

static const char *wrong_with(const vaxdir_override *given)
{
    if (given->reserved != NULL)
        return "reserved must be NULL";
    if (given->state < VAXDIR_STATE_NOT_YET_OPEN || given->state > VAXDIR_STATE_CLOSED)
        return "its state must be one of VAXDIR_STATE_*, not unknown";
    if (!vaxdir_instant_valid(given->from) || !vaxdir_instant_valid(given->until))
        return "its instants must lie in the years 1 to 9999, in UTC seconds";
    if (given->until != 0 && given->from != 0 && given->until <= given->from)
        return "it ends before it begins";
    if (given->department != NULL && given->centre != NULL)
        return "name a department or a centre, not both";
    if (given->department != NULL && vaxdir_department_code(vaxdir_slice_of(given->department)) == 0)
        return "its department is no code such as 57, 2A or 974";
    return NULL;
}

static vaxdir_status add_override(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_override *given,
                                  uint32_t index, vaxdir_claims *claims)
{
    const char *wrong = wrong_with(given);
    if (wrong != NULL)
        return fail_override(context, index, wrong);
    vaxdir_claim claim = {.row = VAXDIR_NO_ROW,
                          .provider = VAXDIR_NO_PROVIDER,
                          .state = given->state,
                          .override = true,
                          .order = index,
                          .from = given->from == 0 ? INT64_MIN : given->from,
                          .until = given->until == 0 ? INT64_MAX : given->until};
    if (given->provider != NULL) {
        uint32_t number = vaxdir_rules_provider_index(edition->rules, vaxdir_slice_of(given->provider));
        if (number == UINT32_MAX)
            return fail_override(context, index, "the rules know no provider with this id");
        claim.provider = (int32_t)number;
    }
    if (given->department != NULL)
        claim.department = vaxdir_department_code(vaxdir_slice_of(given->department));
    if (given->centre != NULL) {
        claim.row = vaxdir_registry_row_of(edition->registry, vaxdir_slice_of(given->centre));
        if (claim.row == VAXDIR_NO_ROW) /* it may come with a later registry */
            return VAXDIR_OK;
    }
    return add_claim(context, edition, claims, claim);
}

/* Each override is as large as the first says. */
static vaxdir_status add_overrides(vaxdir_context *context, const vaxdir_edition *edition,
                                   const vaxdir_override *overrides, uint32_t count, vaxdir_claims *claims)
{
    enum { OVERRIDES_MAX = 65000 };
    if (count == 0)
        return VAXDIR_OK;
    if (overrides == NULL)
        return vaxdir_context_fail_null(context, "vaxdir_edition_options.overrides");
    if (count > OVERRIDES_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "an edition takes at most 65000 overrides");
    uint32_t stride = overrides->struct_size;
    const unsigned char *at = (const unsigned char *)overrides;
    for (uint32_t i = 0; i < count; i++, at += stride) {
        vaxdir_override given;
        uint32_t size;
        memcpy(&size, at, sizeof size);
        if (size != stride) /* before anything behind it is read */
            return fail_override(context, i, "its struct_size is not that of the first");
        vaxdir_status status =
            vaxdir_context_read_struct(context, "vaxdir_override", at, &given, sizeof given, sizeof given);
        if (status == VAXDIR_OK)
            status = add_override(context, edition, &given, i, claims);
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_edition_make_states(vaxdir_context *context, vaxdir_edition *edition,
                                         const vaxdir_override *overrides, uint32_t count)
{
    const vaxdir_calendar *calendar = vaxdir_rules_calendar(edition->rules);
    vaxdir_claims claims = {NULL, 0, 0};
    vaxdir_status status = make_columns(context, edition);
    for (size_t i = 0; status == VAXDIR_OK && i < calendar->count; i++)
        status = add_window(context, edition, &calendar->windows[i], &claims);
    if (status == VAXDIR_OK)
        status = add_overrides(context, edition, overrides, count, &claims);
    if (status == VAXDIR_OK)
        status = vaxdir_timelines_make(context, edition, &claims);
    vaxdir_memory_free(&edition->memory, claims.items, claims.capacity, sizeof *claims.items);
    return status;
}

void vaxdir_edition_free_states(vaxdir_edition *edition)
{
    uint32_t count = edition->registry->count;
    vaxdir_memory_free(&edition->memory, edition->zones, count, sizeof *edition->zones);
    vaxdir_memory_free(&edition->memory, edition->providers, count, sizeof *edition->providers);
    vaxdir_memory_free(&edition->memory, edition->hints, count, sizeof *edition->hints);
    vaxdir_timelines_free(edition);
}

/* --- public call -------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_edition_state(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                   const char *provider, int64_t at, vaxdir_state_answer *ret_answer)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (ret_answer == NULL)
        return vaxdir_context_fail_null(context, "ret_answer");
    if (row != VAXDIR_NO_ROW && row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    if (at == 0 || !vaxdir_instant_valid(at))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "at must be an instant of the years 1 to 9999 in UTC seconds, not 0");
    uint32_t number = vaxdir_edition_provider_index(edition, row);
    if (provider != NULL) {
        number = vaxdir_rules_provider_index(edition->rules, vaxdir_slice_of(provider));
        if (number == UINT32_MAX)
            return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "the rules know no provider with this id");
    }
    vaxdir_state_span span = vaxdir_edition_state_at(edition, row, number, at);
    vaxdir_state_answer answer = {sizeof answer, span.state, span.since, span.until};
    return vaxdir_context_write_struct(context, "vaxdir_state_answer", &answer, sizeof answer, sizeof answer,
                                       ret_answer);
}
