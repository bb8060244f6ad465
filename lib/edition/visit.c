/* visit.c: see visit.h. Invariant: a message says which field is wrong and never what is in it. */
#include "visit.h"

#include "facts.h"
#include "state.h"

static vaxdir_status check(vaxdir_context *context, const vaxdir_visit *visit)
{
    if (visit->flags != 0 || visit->reserved != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.flags and reserved must be 0: no flag is known yet");
    if (visit->at == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.at is 0: state the instant asked for, the library reads no clock");
    if (!vaxdir_instant_valid(visit->at))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.at is no instant of the years 1 to 9999 in UTC seconds");
    if (visit->birth_date != 0 && !vaxdir_date_valid(visit->birth_date))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.birth_date is not YYYYMMDD of a day that exists");
    if (visit->on_date != 0 && !vaxdir_date_valid(visit->on_date))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.on_date is not YYYYMMDD of a day that exists");
    if (visit->dose > VAXDIR_DOSE_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "vaxdir_visit.dose is beyond 99");
    if (visit->vaccine != NULL && !vaxdir_word_good(vaxdir_slice_of(visit->vaccine)))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_visit.vaccine is a word of 1 to 64 of a-z, 0-9 and -");
    return VAXDIR_OK;
}

static void map_facts(const vaxdir_campaign *campaign, const vaxdir_facts *facts, vaxdir_visit_known *known)
{
    for (size_t i = 0; i < facts->count; i++) {
        int32_t number = vaxdir_campaign_fact(campaign, (vaxdir_slice){facts->items[i].name, facts->items[i].length});
        if (number >= 0)
            *(facts->items[i].value == VAXDIR_YES ? &known->yes : &known->no) |= UINT64_C(1) << number;
    }
}

vaxdir_status vaxdir_visit_read(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_visit *visit,
                                vaxdir_visit_known *ret_known)
{
    vaxdir_visit given;
    vaxdir_status status =
        vaxdir_context_read_struct(context, "vaxdir_visit", visit, &given, sizeof given, sizeof given);
    if (status == VAXDIR_OK)
        status = check(context, &given);
    if (status != VAXDIR_OK)
        return status;
    *ret_known = (vaxdir_visit_known){.at = given.at,
                                      .birth_date = given.birth_date,
                                      .on_date = given.on_date,
                                      .dose = (int32_t)given.dose,
                                      .vaccine = VAXDIR_VACCINE_UNKNOWN};
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    if (campaign == NULL)
        return VAXDIR_OK;
    if (given.vaccine != NULL) {
        int32_t number = vaxdir_campaign_vaccine(campaign, vaxdir_slice_of(given.vaccine));
        ret_known->vaccine = number < 0 ? VAXDIR_VACCINE_OTHER : number;
    }
    if (given.facts != NULL)
        map_facts(campaign, given.facts, ret_known);
    return VAXDIR_OK;
}

int32_t vaxdir_visit_local_date(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit)
{
    return visit->on_date != 0 ? visit->on_date : vaxdir_zone_civil(vaxdir_edition_zone(edition, row), visit->at).date;
}
