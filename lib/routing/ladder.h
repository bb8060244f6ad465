/* ladder.h: the steps of one centre in their order. */
#ifndef VAXDIR_ROUTING_LADDER_H
#define VAXDIR_ROUTING_LADDER_H

#include <vaxdir/route.h>

#include "../edition/edition.h"
#include "../edition/eligibility.h"
#include "../edition/visit.h"

/* More than any row's ladder has: what its links may give, and everything else. */
uint32_t vaxdir_ladder_bound(const vaxdir_edition *edition, uint32_t row);

/* Fills `steps` (room for the bound) and the eligibility; tells how many steps there are. No checks, no allocation. */
uint32_t vaxdir_ladder_fill(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                            vaxdir_step *steps, vaxdir_eligibility *ret_eligibility);

#endif
