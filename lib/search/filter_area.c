/* filter_area.c: the condition that a centre lies in an area. Invariant: its hash depends on the area's edges alone, so
 * that areas read twice are one condition. */
#include <string.h>

#include <xxhash.h>

#include "../base/context.h"
#include "evaluate.h"

vaxdir_status vaxdir_filter_area(vaxdir_context *context, vaxdir_area *area, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (area == NULL)
        return vaxdir_context_fail_null(context, "area");
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    vaxdir_filter *filter = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *filter);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    atomic_init(&filter->references, 1);
    filter->memory = context->memory;
    filter->size = sizeof *filter;
    filter->kind = VAXDIR_FILTER_AREA;
    filter->depth = 1;
    filter->terms = 1;
    filter->parts.area = vaxdir_area_ref(area);
    unsigned char meaning[8 + sizeof area->hash] = {VAXDIR_FILTER_AREA};
    memcpy(meaning + 8, area->hash, sizeof area->hash);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(meaning, sizeof meaning));
    memcpy(filter->hash, canonical.digest, sizeof filter->hash);
    *ret_filter = filter;
    return VAXDIR_OK;
}
