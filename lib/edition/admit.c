/* admit.c: see admit.h. Invariant: an unknown answer leaves nobody out unless sure ones were asked for. */
#include "admit.h"

#include "eligibility.h"
#include "opening.h"

static bool eligible(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit, bool sure)
{
    vaxdir_eligibility found;
    vaxdir_edition_eligible(edition, row, visit, vaxdir_visit_local_date(edition, row, visit), &found);
    return found.answer != VAXDIR_ELIGIBILITY_NO && !(sure && found.answer == VAXDIR_ELIGIBILITY_UNKNOWN);
}

bool vaxdir_edition_admits(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit, uint32_t flags)
{
    if ((flags & (VAXDIR_ADMIT_OPEN | VAXDIR_ADMIT_OPEN_SURE)) != 0) {
        int32_t open = vaxdir_opening_at(edition, row, visit->at);
        if (open == VAXDIR_NO || (open == VAXDIR_UNKNOWN && (flags & VAXDIR_ADMIT_OPEN_SURE) != 0))
            return false;
    }
    return (flags & (VAXDIR_ADMIT_ELIGIBLE | VAXDIR_ADMIT_ELIGIBLE_SURE)) == 0 ||
           eligible(edition, row, visit, (flags & VAXDIR_ADMIT_ELIGIBLE_SURE) != 0);
}
