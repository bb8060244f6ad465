/* state.c: see state.h. */
#include "state.h"

vaxdir_state_span vaxdir_edition_state_at(const vaxdir_edition *edition, uint32_t row, uint32_t provider_index,
                                          int64_t at)
{
    (void)edition;
    (void)row;
    (void)provider_index;
    (void)at;
    return (vaxdir_state_span){VAXDIR_STATE_UNKNOWN, 0, 0};
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

static vaxdir_status make_columns(vaxdir_context *context, vaxdir_edition *edition)
{
    uint32_t count = edition->registry->count;
    edition->zones = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *edition->zones);
    edition->providers = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *edition->providers);
    if (edition->zones == NULL || edition->providers == NULL)
        return vaxdir_context_fail_memory(context);
    for (uint32_t row = 0; row < count; row++) {
        edition->zones[row] =
            vaxdir_rules_zone_number(edition->rules, vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_INSEE),
                                     vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_DEPARTMENT));
        edition->providers[row] = (uint16_t)vaxdir_rules_provider_index(
            edition->rules, vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER));
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_edition_make_states(vaxdir_context *context, vaxdir_edition *edition, const void *overrides,
                                         uint32_t count)
{
    (void)overrides;
    (void)count;
    return make_columns(context, edition);
}

void vaxdir_edition_free_states(vaxdir_edition *edition)
{
    uint32_t count = edition->registry->count;
    vaxdir_memory_free(&edition->memory, edition->zones, count, sizeof *edition->zones);
    vaxdir_memory_free(&edition->memory, edition->providers, count, sizeof *edition->providers);
}

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
