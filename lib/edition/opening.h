/* opening.h: whether a centre is open at an instant: its dates, its closed flag, its weekly hours, public holidays. */
#ifndef VAXDIR_EDITION_OPENING_H
#define VAXDIR_EDITION_OPENING_H

#include <vaxdir/opening.h>

#include "state.h"

/* The centre's own dates and closed flag as a state: not yet open until the midnight of its opening date, closed from
 * the midnight behind its closing date, open between them and where it has neither. No checks, no allocation. */
vaxdir_state_span vaxdir_opening_span(const vaxdir_edition *edition, uint32_t row, int64_t at);

/* Makes the columns of a new edition that spans are read from, and releases them. */
vaxdir_status vaxdir_edition_make_dates(vaxdir_context *context, vaxdir_edition *edition);
void vaxdir_edition_free_dates(vaxdir_edition *edition);

/* VAXDIR_YES, VAXDIR_NO or VAXDIR_UNKNOWN, as vaxdir_opening() has it; reads two cells at the most. */
int32_t vaxdir_opening_at(const vaxdir_edition *edition, uint32_t row, int64_t at);

#endif
