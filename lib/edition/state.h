/* state.h: states in time: the calendar of the rules and the overrides of an edition, compiled into one timeline for
 * each provider and place that they name. Invariant: a timeline is complete: one state at any instant. */
#ifndef VAXDIR_EDITION_STATE_H
#define VAXDIR_EDITION_STATE_H

#include <vaxdir/state.h>

#include "edition.h"

/* 0 where there is no boundary. */
typedef struct vaxdir_state_span {
    int32_t state;
    int64_t since;
    int64_t until;
} vaxdir_state_span;

/* No checks, no allocation. Without a row: what holds everywhere; provider_index UINT32_MAX: a provider that the rules
 * do not know. */
vaxdir_state_span vaxdir_edition_state_at(const vaxdir_edition *edition, uint32_t row, uint32_t provider_index,
                                          int64_t at);

/* The provider of a row's link as its number in the rules; UINT32_MAX where there is none. */
uint32_t vaxdir_edition_provider_index(const vaxdir_edition *edition, uint32_t row);

/* The zone of a centre; without a row the default zone; NULL is UTC. */
const vaxdir_zone *vaxdir_edition_zone(const vaxdir_edition *edition, uint32_t row);

/* Makes the columns and timelines of a new edition, and releases them. */
vaxdir_status vaxdir_edition_make_states(vaxdir_context *context, vaxdir_edition *edition,
                                         const vaxdir_override *overrides, uint32_t count);
void vaxdir_edition_free_states(vaxdir_edition *edition);

#endif
