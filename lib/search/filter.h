/* filter.h: the inside of a filter: a tree of conditions that share their parts. */
#ifndef VAXDIR_SEARCH_FILTER_H
#define VAXDIR_SEARCH_FILTER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <vaxdir/filter.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../geo/area_index.h"

enum { VAXDIR_FILTER_IN = 1, VAXDIR_FILTER_AND = 2, VAXDIR_FILTER_OR = 3, VAXDIR_FILTER_NOT = 4 };
/* Apart from the others: its only part is an area, and its count is 0. */
enum { VAXDIR_FILTER_AREA = 64 };

/* How deep filters may be nested, so that recursion over one is bounded; how many conditions one may hold, each counted
 * as often as it is used, so that sharing does not hide exponential work. */
enum { VAXDIR_FILTER_DEPTH_MAX = 64, VAXDIR_FILTER_TERMS_MAX = 65536 };

/* One block of memory: the struct, then its parts, then the bytes of the values. */
struct vaxdir_filter {
    atomic_uint references;
    vaxdir_memory memory;
    size_t size; /* of the block */
    uint32_t kind;
    uint32_t depth;
    uint32_t terms;
    vaxdir_field field; /* of IN */
    bool list;          /* whether the field is a list */
    size_t count;
    union {
        vaxdir_slice *values;    /* of IN: ascending, each once */
        vaxdir_filter **filters; /* of the others; a reference each */
        vaxdir_area *area;       /* of AREA; a reference */
    } parts;
    unsigned char hash[16]; /* of the meaning, not of the place in memory */
};

#endif
