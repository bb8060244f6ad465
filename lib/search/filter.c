/* filter.c: makes, shares and releases filters. Invariant: a filter never changes once it is made, and two with the
 * same hash mean the same. */
#include "filter.h"

#include <string.h>

#include <xxhash.h>

#include "../base/context.h"
#include "../registry/fields.h"

static const char *const kind_names[] = {"", "in", "and", "or", "not"};

/* Room for a filter and `parts` bytes behind it; NULL when memory is out. */
static vaxdir_filter *filter_allocate(const vaxdir_memory *memory, uint32_t kind, size_t parts)
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

static bool add_parts(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    if (!add_number(buffer, filter->kind) || !add_number(buffer, filter->field) || !add_number(buffer, filter->count))
        return false;
    for (size_t i = 0; i < filter->count; i++) {
        if (filter->kind != VAXDIR_FILTER_IN) {
            if (!vaxdir_buffer_append(buffer, filter->parts.filters[i]->hash, sizeof filter->hash))
                return false;
            continue;
        }
        vaxdir_slice value = filter->parts.values[i];
        if (!add_number(buffer, value.length) || !vaxdir_buffer_append(buffer, value.bytes, value.length))
            return false;
    }
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

/* Values: a heap sort, because the C library's sort may allocate. */

static void sift_down(vaxdir_slice *values, size_t root, size_t count)
{
    vaxdir_slice moved = values[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && vaxdir_slice_compare(values[child], values[child + 1]) < 0)
            child++;
        if (vaxdir_slice_compare(moved, values[child]) >= 0)
            break;
        values[root] = values[child];
    }
    values[root] = moved;
}

/* Gives the number of different values, which then come first. */
static size_t sort_values(vaxdir_slice *values, size_t count)
{
    for (size_t root = count / 2; root-- > 0;)
        sift_down(values, root, count);
    for (size_t end = count; end > 1;) {
        vaxdir_slice greatest = values[0];
        values[0] = values[--end];
        values[end] = greatest;
        sift_down(values, 0, end);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !vaxdir_slice_equal(values[i], values[kept - 1]))
            values[kept++] = values[i];
    return kept;
}

/* Checks the values of IN and adds up their bytes. */
static vaxdir_status check_values(vaxdir_context *context, const char *const *values, const size_t *lengths,
                                  size_t count, size_t *ret_bytes)
{
    size_t bytes = 0;
    if (count > context->limits.rows)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "a filter has more values than max_rows allows: give fewer");
    for (size_t i = 0; i < count; i++) {
        if (values[i] == NULL)
            return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "values[%lu] is NULL", (unsigned long)i);
        vaxdir_slice value = {values[i], lengths == NULL ? strlen(values[i]) : lengths[i]};
        if (value.length > context->limits.cell_bytes)
            return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                       "values[%lu] is longer than max_cell_bytes: no text of a centre is so long",
                                       (unsigned long)i);
        if (!vaxdir_text_valid(value))
            return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                       "values[%lu] is not UTF-8 without U+0000: encode it again", (unsigned long)i);
        if (bytes > SIZE_MAX / 2 - value.length)
            return vaxdir_context_fail_memory(context);
        bytes += value.length;
    }
    *ret_bytes = bytes;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_filter_in(vaxdir_context *context, vaxdir_field field, const char *const *values,
                               const size_t *lengths, size_t count, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (values == NULL && count != 0)
        return vaxdir_context_fail_null(context, "values");
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    if (!vaxdir_field_is_text(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "field %lu is not a text, list or flag: filter by one that is",
                                   (unsigned long)field);
    size_t bytes = 0;
    status = check_values(context, values, lengths, count, &bytes);
    if (status != VAXDIR_OK)
        return status;
    if (count > (SIZE_MAX / 2 - bytes) / sizeof(vaxdir_slice))
        return vaxdir_context_fail_memory(context);
    vaxdir_filter *filter = filter_allocate(&context->memory, VAXDIR_FILTER_IN, count * sizeof(vaxdir_slice) + bytes);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->field = field;
    filter->list = vaxdir_field_type_of(field) == VAXDIR_TYPE_LIST;
    filter->parts.values = (vaxdir_slice *)(void *)(filter + 1);
    char *copy = (char *)(filter->parts.values + count);
    for (size_t i = 0; i < count; i++) {
        size_t length = lengths == NULL ? strlen(values[i]) : lengths[i];
        memcpy(copy, values[i], length);
        filter->parts.values[i] = (vaxdir_slice){copy, length};
        copy += length;
    }
    filter->count = sort_values(filter->parts.values, count);
    if (!set_hash(filter)) {
        filter->count = 0;
        vaxdir_filter_unref(filter);
        return vaxdir_context_fail_memory(context);
    }
    *ret_filter = filter;
    return VAXDIR_OK;
}

/* A filter over others. References are taken last, when nothing can fail any more. */
static vaxdir_status make_group(vaxdir_context *context, uint32_t kind, vaxdir_filter *const *filters, size_t count,
                                vaxdir_filter **ret_filter)
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
                                       "the filter '%s' would hold more than %d conditions: put values of one field "
                                       "into one condition",
                                       kind_names[kind], VAXDIR_FILTER_TERMS_MAX);
    }
    if (depth > VAXDIR_FILTER_DEPTH_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "the nesting of filters would be deeper than %d: combine them side by side",
                                   VAXDIR_FILTER_DEPTH_MAX);
    vaxdir_filter *filter = filter_allocate(&context->memory, kind, count * sizeof(vaxdir_filter *));
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->parts.filters = (vaxdir_filter **)(void *)(filter + 1);
    for (size_t i = 0; i < count; i++)
        filter->parts.filters[i] = filters[i];
    filter->count = count;
    filter->depth = depth;
    filter->terms = (uint32_t)terms;
    if (!set_hash(filter)) {
        filter->count = 0;
        vaxdir_filter_unref(filter);
        return vaxdir_context_fail_memory(context);
    }
    for (size_t i = 0; i < count; i++)
        vaxdir_filter_ref(filters[i]);
    *ret_filter = filter;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_filter_and(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                                vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (filters == NULL && count != 0)
        return vaxdir_context_fail_null(context, "filters");
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    return make_group(context, VAXDIR_FILTER_AND, filters, count, ret_filter);
}

vaxdir_status vaxdir_filter_or(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                               vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (filters == NULL && count != 0)
        return vaxdir_context_fail_null(context, "filters");
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    return make_group(context, VAXDIR_FILTER_OR, filters, count, ret_filter);
}

vaxdir_status vaxdir_filter_not(vaxdir_context *context, vaxdir_filter *filter, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (filter == NULL)
        return vaxdir_context_fail_null(context, "filter");
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    return make_group(context, VAXDIR_FILTER_NOT, &filter, 1, ret_filter);
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
    if (filter->kind != VAXDIR_FILTER_IN)
        for (size_t i = 0; i < filter->count; i++)
            vaxdir_filter_unref(filter->parts.filters[i]);
    if (filter->kind == VAXDIR_FILTER_AREA)
        vaxdir_area_unref(filter->parts.area);
    vaxdir_memory memory = filter->memory;
    vaxdir_memory_free(&memory, filter, filter->size, 1);
    return NULL;
}
