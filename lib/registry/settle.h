/* settle.h: which records stay where several have one id. */
#ifndef VAXDIR_REGISTRY_SETTLE_H
#define VAXDIR_REGISTRY_SETTLE_H

#include "records.h"

typedef struct vaxdir_settled {
    uint32_t count;       /* rows */
    uint32_t *records;    /* per row, in ascending id: the record's index in the builder */
    uint32_t *order;      /* the rows in the order in which their records came */
    size_t capacity;      /* of both */
    uint32_t quarantined; /* records that lost against another of their id in the same input */
} vaxdir_settled;

/* Identical records: one stays. Within one input the later update date, then the greater canonical bytes, stays and the
 * others are quarantined. Across inputs the later input stays. Each case is told among the build's findings. */
vaxdir_status vaxdir_settle(vaxdir_context *context, vaxdir_builder *builder, vaxdir_settled *settled);
void vaxdir_settled_free(const vaxdir_memory *memory, vaxdir_settled *settled);

#endif
