/* filter.h: the inside of a filter: a tree of conditions that share their parts. */
#ifndef VAXDIR_SEARCH_FILTER_H
#define VAXDIR_SEARCH_FILTER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <vaxdir/filter.h>

#include "../base/context.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "../geo/area_index.h"

enum {
    VAXDIR_FILTER_IN = 1,
    VAXDIR_FILTER_AND = 2,
    VAXDIR_FILTER_OR = 3,
    VAXDIR_FILTER_NOT = 4,
    VAXDIR_FILTER_TEXT = 5,    /* a text compared; never EQUAL, which is IN */
    VAXDIR_FILTER_NUMBER = 6,  /* a number compared */
    VAXDIR_FILTER_INTEGER = 7, /* an instant or a date compared */
    VAXDIR_FILTER_HAS = 8      /* not absent */
};
/* Apart from the others: its only part is an area, and its count is 0. */
enum { VAXDIR_FILTER_AREA = 64 };
/* The same: its integer is the date, and it looks at three fields. */
enum { VAXDIR_FILTER_OPEN_ON = 65 };

/* How deep filters may be nested, so that recursion over one is bounded; how many conditions one may hold, each counted
 * as often as it is used, so that sharing does not hide exponential work; how long a pattern may be, because matching
 * takes the product of the lengths in the worst case. */
enum { VAXDIR_FILTER_DEPTH_MAX = 64, VAXDIR_FILTER_TERMS_MAX = 65536, VAXDIR_FILTER_PATTERN_MAX = 1024 };

/* What a condition looks at: a field, or the attribute of a name. */
typedef struct vaxdir_filter_subject {
    vaxdir_field field;     /* 0 for an attribute */
    vaxdir_slice attribute; /* bytes NULL for a field */
} vaxdir_filter_subject;

/* One block of memory: the struct, then its parts, then the bytes of attribute and values. */
struct vaxdir_filter {
    atomic_uint references;
    vaxdir_memory memory;
    size_t size; /* of the block */
    uint32_t kind;
    uint32_t depth;
    uint32_t terms;
    int32_t operator_code; /* of TEXT, NUMBER, INTEGER; 0 otherwise */
    vaxdir_filter_subject subject;
    bool list;    /* whether the field is a list */
    size_t count; /* of parts */
    union {
        vaxdir_slice *values;    /* of IN: ascending, each once; of TEXT: one */
        vaxdir_filter **filters; /* of AND, OR, NOT; a reference each */
        vaxdir_area *area;       /* of AREA; a reference */
    } parts;
    vaxdir_slice wkt;       /* of AREA: the text that it was read from; empty where it was not */
    double number;          /* of NUMBER */
    int64_t integer;        /* of INTEGER, OPEN_ON */
    unsigned char hash[16]; /* of the meaning, not of the place in memory */
};

/* Whether the parts are filters. */
bool vaxdir_filter_is_group(const vaxdir_filter *filter);

/* A filter of a kind with room for `parts` bytes behind it, to be filled and sealed; NULL when memory is out. */
vaxdir_filter *vaxdir_filter_allocate(const vaxdir_memory *memory, uint32_t kind, size_t parts);
/* Gives a filled filter its hash and hands it over, or releases it and reports that memory is out. */
vaxdir_status vaxdir_filter_seal(vaxdir_context *context, vaxdir_filter *filter, vaxdir_filter **ret_filter);

/* The beginning of a public call that makes a filter: enters the context and checks ret_filter. */
vaxdir_status vaxdir_filter_begin(vaxdir_context *context, vaxdir_filter **ret_filter);

/* The makers behind calls and text; what they refuse is in the error record. Values may be slices of anything. */
vaxdir_status vaxdir_filter_make_group(vaxdir_context *context, uint32_t kind, vaxdir_filter *const *filters,
                                       size_t count, vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_in(vaxdir_context *context, vaxdir_filter_subject subject, const vaxdir_slice *values,
                                    size_t count, vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_text(vaxdir_context *context, vaxdir_filter_subject subject, int32_t operator_code,
                                      vaxdir_slice text, vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_number(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                        double number, vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_integer(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                         int64_t integer, vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_area(vaxdir_context *context, vaxdir_area *area, vaxdir_slice wkt,
                                      vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_has(vaxdir_context *context, vaxdir_filter_subject subject,
                                     vaxdir_filter **ret_filter);
vaxdir_status vaxdir_filter_make_open_on(vaxdir_context *context, int32_t date, vaxdir_filter **ret_filter);

#endif
