/* visit.h: what a visit says, checked and turned into numbers once, so that each centre costs integers only. */
#ifndef VAXDIR_EDITION_VISIT_H
#define VAXDIR_EDITION_VISIT_H

#include <vaxdir/visit.h>

#include "conditions.h"
#include "edition.h"

typedef struct vaxdir_visit_known {
    int64_t at;
    int32_t birth_date; /* 0 unknown */
    int32_t on_date;    /* 0: the local date at that instant */
    int32_t dose;       /* 0 unknown */
    int32_t vaccine;    /* number in the campaign, or VAXDIR_VACCINE_* */
    uint64_t yes;       /* facts of the campaign, by number */
    uint64_t no;
} vaxdir_visit_known;

/* Checks a visit; `visit` must not be NULL. Nothing of it enters a message. */
vaxdir_status vaxdir_visit_read(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_visit *visit,
                                vaxdir_visit_known *ret_known);

/* The centre's local date of the visit. */
int32_t vaxdir_visit_local_date(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit);

#endif
