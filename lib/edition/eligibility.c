/* eligibility.c: see eligibility.h. */
#include "eligibility.h"

void vaxdir_edition_eligible(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                             int32_t local_date, vaxdir_eligibility *ret_eligibility)
{
    (void)edition;
    (void)row;
    (void)visit;
    (void)local_date;
    *ret_eligibility = (vaxdir_eligibility)VAXDIR_ELIGIBILITY_INIT;
}

bool vaxdir_edition_phase_begins(const vaxdir_edition *edition, int32_t date)
{
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    for (size_t i = 0; campaign != NULL && i < campaign->phase_count; i++)
        if (campaign->phases[i].from == date)
            return true;
    return false;
}

/* --- public calls ------------------------------------------------------------------------------------------------- */

static vaxdir_status ask(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                         const vaxdir_visit *visit, vaxdir_visit_known *known)
{
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (visit == NULL)
        return vaxdir_context_fail_null(context, "visit");
    if (row != VAXDIR_NO_ROW && row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    return vaxdir_visit_read(context, edition, visit, known);
}

vaxdir_status vaxdir_eligible(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                              const vaxdir_visit *visit, vaxdir_eligibility *ret_eligibility)
{
    vaxdir_visit_known known;
    vaxdir_eligibility answer;
    vaxdir_status status = vaxdir_context_enter(context);
    if (status == VAXDIR_OK)
        status = ask(context, edition, row, visit, &known);
    if (status != VAXDIR_OK)
        return status;
    if (ret_eligibility == NULL)
        return vaxdir_context_fail_null(context, "ret_eligibility");
    vaxdir_edition_eligible(edition, row, &known, vaxdir_visit_local_date(edition, row, &known), &answer);
    return vaxdir_context_write_struct(context, "vaxdir_eligibility", &answer, sizeof answer, sizeof answer,
                                       ret_eligibility);
}

vaxdir_status vaxdir_eligibility_missing(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                         const vaxdir_visit *visit, uint32_t index, const char **ret_name)
{
    vaxdir_visit_known known;
    vaxdir_status status = vaxdir_context_enter(context);
    if (status == VAXDIR_OK)
        status = ask(context, edition, row, visit, &known);
    if (status != VAXDIR_OK)
        return status;
    if (ret_name == NULL)
        return vaxdir_context_fail_null(context, "ret_name");
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index is %lu: give one below missing_count",
                               (unsigned long)index);
}

const char *vaxdir_eligibility_name(int32_t answer)
{
    static const char *const names[] = {"not-stated", "yes", "no", "unknown"};
    return answer < 0 || answer > VAXDIR_ELIGIBILITY_UNKNOWN ? NULL : names[answer];
}
