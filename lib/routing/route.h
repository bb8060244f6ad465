/* route.h: the inside of a route: ladders one after another in one array of steps. */
#ifndef VAXDIR_ROUTING_ROUTE_H
#define VAXDIR_ROUTING_ROUTE_H

#include <vaxdir/route.h>

#include "../base/context.h"
#include "../edition/edition.h"

typedef struct vaxdir_ladder {
    uint32_t row;
    vaxdir_eligibility eligibility;
} vaxdir_ladder;

struct vaxdir_route {
    vaxdir_memory memory;
    const vaxdir_edition *edition; /* of the last fill; borrowed, as the texts of the steps are */
    uint32_t ladder_count;
    vaxdir_step *steps;
    size_t step_capacity;
    uint32_t *offsets; /* ladder_count + 1; NULL before the first fill */
    size_t offset_capacity;
    vaxdir_ladder *ladders;
    size_t ladder_capacity;
};

#endif
