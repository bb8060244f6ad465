/* filter_area.c: the condition that a centre lies in an area. Invariant: its hash depends on the area's edges alone, so
 * that areas read twice are one condition. */
#include <string.h>

#include <xxhash.h>

#include "../base/context.h"
#include "evaluate.h"

vaxdir_status vaxdir_filter_make_area(vaxdir_context *context, vaxdir_area *area, vaxdir_slice wkt,
                                      vaxdir_filter **ret_filter)
{
    vaxdir_filter *filter = vaxdir_filter_allocate(&context->memory, VAXDIR_FILTER_AREA, wkt.length);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->parts.area = vaxdir_area_ref(area);
    if (wkt.length > 0)
        filter->wkt = (vaxdir_slice){memcpy(filter + 1, wkt.bytes, wkt.length), wkt.length};
    unsigned char meaning[8 + sizeof area->hash] = {VAXDIR_FILTER_AREA};
    memcpy(meaning + 8, area->hash, sizeof area->hash);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(meaning, sizeof meaning));
    memcpy(filter->hash, canonical.digest, sizeof filter->hash);
    *ret_filter = filter;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_filter_area(vaxdir_context *context, vaxdir_area *area, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    if (status != VAXDIR_OK)
        return status;
    if (area == NULL)
        return vaxdir_context_fail_null(context, "area");
    return vaxdir_filter_make_area(context, area, (vaxdir_slice){NULL, 0}, ret_filter);
}
