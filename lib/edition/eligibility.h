/* eligibility.h: the campaign asked about one person and one centre. Invariant: no allocation, no checks, nothing kept.
 */
#ifndef VAXDIR_EDITION_ELIGIBILITY_H
#define VAXDIR_EDITION_ELIGIBILITY_H

#include <vaxdir/eligibility.h>

#include "visit.h"

/* `local_date` is the centre's: vaxdir_visit_local_date(). */
void vaxdir_edition_eligible(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                             int32_t local_date, vaxdir_eligibility *ret_eligibility);

/* Whether a phase begins on the date: only then it may be told without telling of the person who asks. */
bool vaxdir_edition_phase_begins(const vaxdir_edition *edition, int32_t date);

#endif
