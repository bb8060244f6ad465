/* admit.c: see admit.h. Invariant: an unknown answer leaves nobody out unless sure ones were asked for. */
#include "admit.h"

#include "eligibility.h"
#include "opening.h"

static uint32_t object_to_opening(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                                  uint32_t flags)
{
    if ((flags & (VAXDIR_ADMIT_OPEN | VAXDIR_ADMIT_OPEN_SURE)) == 0)
        return 0;
    int32_t open = vaxdir_opening_at(edition, row, visit->at);
    if (open == VAXDIR_NO)
        return VAXDIR_OBJECTION_CLOSED;
    return open == VAXDIR_UNKNOWN && (flags & VAXDIR_ADMIT_OPEN_SURE) != 0 ? VAXDIR_OBJECTION_OPENING_UNKNOWN : 0U;
}

static uint32_t object_to_person(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                                 uint32_t flags)
{
    if ((flags & (VAXDIR_ADMIT_ELIGIBLE | VAXDIR_ADMIT_ELIGIBLE_SURE)) == 0)
        return 0;
    vaxdir_eligibility found;
    vaxdir_edition_eligible(edition, row, visit, vaxdir_visit_local_date(edition, row, visit), &found);
    if (found.answer == VAXDIR_ELIGIBILITY_NO)
        return VAXDIR_OBJECTION_NOT_ELIGIBLE;
    return found.answer == VAXDIR_ELIGIBILITY_UNKNOWN && (flags & VAXDIR_ADMIT_ELIGIBLE_SURE) != 0
               ? VAXDIR_OBJECTION_ELIGIBILITY_UNKNOWN
               : 0U;
}

bool vaxdir_edition_admits(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit, uint32_t flags)
{
    return object_to_opening(edition, row, visit, flags) == 0 && object_to_person(edition, row, visit, flags) == 0;
}

uint32_t vaxdir_edition_objections(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                                   uint32_t flags)
{
    return object_to_person(edition, row, visit, flags) | object_to_opening(edition, row, visit, flags);
}
