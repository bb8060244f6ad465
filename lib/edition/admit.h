/* admit.h: whether a centre is one that a person may go to, as a condition of a search. */
#ifndef VAXDIR_EDITION_ADMIT_H
#define VAXDIR_EDITION_ADMIT_H

#include "edition.h"
#include "visit.h"

/* What is asked of a centre; flags. What is unknown passes unless it must be sure. */
enum {
    VAXDIR_ADMIT_ELIGIBLE = 1,      /* the campaign does not say no; rules without one say nothing */
    VAXDIR_ADMIT_ELIGIBLE_SURE = 2, /* the campaign says yes, or there is none */
    VAXDIR_ADMIT_OPEN = 4,          /* the centre is not closed at the instant of asking */
    VAXDIR_ADMIT_OPEN_SURE = 8      /* it is open */
};

/* What stands against a centre, of what was asked; flags. One of the first two at the most, and one of the others. */
enum {
    VAXDIR_OBJECTION_NOT_ELIGIBLE = 1,
    VAXDIR_OBJECTION_ELIGIBILITY_UNKNOWN = 2,
    VAXDIR_OBJECTION_CLOSED = 4,
    VAXDIR_OBJECTION_OPENING_UNKNOWN = 8
};

/* Whether nothing does. No checks, no allocation; costs what it asks. */
bool vaxdir_edition_admits(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                           uint32_t flags);

/* All that does: VAXDIR_OBJECTION_*. */
uint32_t vaxdir_edition_objections(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                                   uint32_t flags);

#endif
