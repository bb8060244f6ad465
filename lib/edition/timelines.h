/* timelines.h: the windows of a calendar and of overrides, and the timelines that are made of them. */
#ifndef VAXDIR_EDITION_TIMELINES_H
#define VAXDIR_EDITION_TIMELINES_H

#include "edition.h"

/* A window for one place and one provider, or any; from inclusive, until exclusive. */
typedef struct vaxdir_claim {
    uint32_t place; /* 0 everywhere; else a number that vaxdir_claims_settle() gives its département or row */
    uint32_t department;
    uint32_t row; /* VAXDIR_NO_ROW where it names no centre */
    int32_t provider;
    int32_t state;
    bool override;
    uint32_t order; /* of two equal ones the later counts */
    int64_t from;
    int64_t until;
} vaxdir_claim;

typedef struct vaxdir_claims {
    vaxdir_claim *items;
    size_t count;
    size_t capacity;
} vaxdir_claims;

/* Fills edition->states from the claims, which are put in order. */
vaxdir_status vaxdir_timelines_make(vaxdir_context *context, vaxdir_edition *edition, vaxdir_claims *claims);
void vaxdir_timelines_free(vaxdir_edition *edition);

/* The number of a timeline, and the switch that holds in it at an instant. */
size_t vaxdir_timelines_find(const vaxdir_timelines *timelines, uint32_t place, uint32_t slot, int64_t at);

#endif
