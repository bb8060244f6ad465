/* filter.c: makes, shares and releases filters. Invariant: a filter never changes once it is made, and two with the
 * same hash mean the same. */
#include "filter.h"

#include <string.h>

#include <xxhash.h>

bool vaxdir_filter_is_group(const vaxdir_filter *filter)
{
    return filter->kind == VAXDIR_FILTER_AND || filter->kind == VAXDIR_FILTER_OR || filter->kind == VAXDIR_FILTER_NOT;
}

vaxdir_filter *vaxdir_filter_allocate(const vaxdir_memory *memory, uint32_t kind, size_t parts)
{
    if (parts > SIZE_MAX - sizeof(vaxdir_filter))
        return NULL;
    size_t size = sizeof(vaxdir_filter) + parts;
    vaxdir_filter *filter = vaxdir_memory_allocate_zeroed(memory, size, 1);
    if (filter == NULL)
        return NULL;
    atomic_init(&filter->references, 1);
    filter->memory = *memory;
    filter->size = size;
    filter->kind = kind;
    filter->depth = 1;
    filter->terms = 1;
    return filter;
}

/* Hashing: numbers in little-endian, so that a hash is the same on every machine. */

static bool add_number(vaxdir_buffer *buffer, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        if (!vaxdir_buffer_append_byte(buffer, (unsigned char)(number >> shift & 0xFF)))
            return false;
    return true;
}

static bool add_text(vaxdir_buffer *buffer, vaxdir_slice text)
{
    return add_number(buffer, text.length) && vaxdir_buffer_append(buffer, text.bytes, text.length);
}

static bool add_parts(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    uint64_t number;
    memcpy(&number, &filter->number, sizeof number);
    if (!add_number(buffer, filter->kind) || !add_number(buffer, filter->subject.field) ||
        !add_text(buffer, filter->subject.attribute) || !add_number(buffer, (uint64_t)filter->operator_code) ||
        !add_number(buffer, number) || !add_number(buffer, (uint64_t)filter->integer) ||
        !add_number(buffer, filter->count))
        return false;
    for (size_t i = 0; i < filter->count; i++)
        if (vaxdir_filter_is_group(filter)
                ? !vaxdir_buffer_append(buffer, filter->parts.filters[i]->hash, sizeof filter->hash)
                : !add_text(buffer, filter->parts.values[i]))
            return false;
    return true;
}

/* False when memory is out. */
static bool set_hash(vaxdir_filter *filter)
{
    vaxdir_buffer buffer = {&filter->memory, NULL, 0, 0};
    bool good = add_parts(&buffer, filter);
    if (good) {
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical, XXH3_128bits(buffer.bytes, buffer.length));
        memcpy(filter->hash, canonical.digest, sizeof filter->hash);
    }
    vaxdir_buffer_free(&buffer);
    return good;
}

vaxdir_status vaxdir_filter_seal(vaxdir_context *context, vaxdir_filter *filter, vaxdir_filter **ret_filter)
{
    if (!set_hash(filter)) {
        vaxdir_memory_free(&context->memory, filter, filter->size, 1);
        return vaxdir_context_fail_memory(context);
    }
    *ret_filter = filter;
    return VAXDIR_OK;
}

/* A filter over others. References are taken last, when nothing can fail any more. */
vaxdir_status vaxdir_filter_make_group(vaxdir_context *context, uint32_t kind, vaxdir_filter *const *filters,
                                       size_t count, vaxdir_filter **ret_filter)
{
    uint32_t depth = 1;
    uint64_t terms = 1;
    for (size_t i = 0; i < count; i++) {
        if (filters[i] == NULL)
            return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "filters[%lu] is NULL", (unsigned long)i);
        depth = filters[i]->depth >= depth ? filters[i]->depth + 1 : depth;
        terms += filters[i]->terms;
        if (terms > VAXDIR_FILTER_TERMS_MAX)
            return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                       "a filter would hold more than %d conditions: put values of one field into "
                                       "one condition",
                                       VAXDIR_FILTER_TERMS_MAX);
    }
    if (depth > VAXDIR_FILTER_DEPTH_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "the nesting of filters would be deeper than %d: combine them side by side",
                                   VAXDIR_FILTER_DEPTH_MAX);
    vaxdir_filter *filter = vaxdir_filter_allocate(&context->memory, kind, count * sizeof(vaxdir_filter *));
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->parts.filters = (vaxdir_filter **)(void *)(filter + 1);
    for (size_t i = 0; i < count; i++)
        filter->parts.filters[i] = filters[i];
    filter->count = count;
    filter->depth = depth;
    filter->terms = (uint32_t)terms;
    vaxdir_status status = vaxdir_filter_seal(context, filter, ret_filter);
    for (size_t i = 0; status == VAXDIR_OK && i < count; i++)
        vaxdir_filter_ref(filters[i]);
    return status;
}

vaxdir_status vaxdir_filter_begin(vaxdir_context *context, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    return status == VAXDIR_OK && ret_filter == NULL ? vaxdir_context_fail_null(context, "ret_filter") : status;
}

static vaxdir_status call_group(vaxdir_context *context, uint32_t kind, vaxdir_filter *const *filters, size_t count,
                                vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    if (status != VAXDIR_OK)
        return status;
    if (filters == NULL && count != 0)
        return vaxdir_context_fail_null(context, "filters");
    return vaxdir_filter_make_group(context, kind, filters, count, ret_filter);
}

vaxdir_status vaxdir_filter_and(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                                vaxdir_filter **ret_filter)
{
    return call_group(context, VAXDIR_FILTER_AND, filters, count, ret_filter);
}

vaxdir_status vaxdir_filter_or(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                               vaxdir_filter **ret_filter)
{
    return call_group(context, VAXDIR_FILTER_OR, filters, count, ret_filter);
}

vaxdir_status vaxdir_filter_not(vaxdir_context *context, vaxdir_filter *filter, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    if (status != VAXDIR_OK)
        return status;
    if (filter == NULL)
        return vaxdir_context_fail_null(context, "filter");
    return vaxdir_filter_make_group(context, VAXDIR_FILTER_NOT, &filter, 1, ret_filter);
}

vaxdir_filter *vaxdir_filter_ref(vaxdir_filter *filter)
{
    if (filter != NULL)
        atomic_fetch_add_explicit(&filter->references, 1, memory_order_relaxed);
    return filter;
}

vaxdir_filter *vaxdir_filter_unref(vaxdir_filter *filter)
{
    if (filter == NULL || atomic_fetch_sub_explicit(&filter->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    if (vaxdir_filter_is_group(filter))
        for (size_t i = 0; i < filter->count; i++)
            vaxdir_filter_unref(filter->parts.filters[i]);
    if (filter->kind == VAXDIR_FILTER_AREA)
        vaxdir_area_unref(filter->parts.area);
    vaxdir_memory memory = filter->memory;
    vaxdir_memory_free(&memory, filter, filter->size, 1);
    return NULL;
}
