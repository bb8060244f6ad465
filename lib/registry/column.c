/* column.c: whole columns copied into the caller's arrays. Invariant: nothing is written beyond what the caller said.
 */
#include <string.h>

#include "registry.h"

static vaxdir_status enter(vaxdir_context *context, const vaxdir_registry *registry, const void *array,
                           const char *name)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (registry == NULL)
        return vaxdir_context_fail_null(context, "registry");
    if (array == NULL && registry->count != 0)
        return vaxdir_context_fail_null(context, name);
    return VAXDIR_OK;
}

static vaxdir_slice text_at(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    return vaxdir_registry_get_text(registry, &registry->verdicts, row, field);
}

static void write_text_column(const vaxdir_registry *registry, vaxdir_field field, int64_t *offsets, uint8_t *validity,
                              char *bytes)
{
    uint64_t at = 0;
    if (validity != NULL)
        memset(validity, 0, ((size_t)registry->count + 7) / 8);
    for (uint32_t row = 0; row < registry->count; row++) {
        vaxdir_slice text = text_at(registry, row, field);
        if (offsets != NULL)
            offsets[row] = (int64_t)at;
        if (validity != NULL && text.bytes != NULL)
            validity[row / 8] |= (uint8_t)(1u << row % 8);
        if (bytes != NULL && text.length != 0)
            memcpy(bytes + at, text.bytes, text.length);
        at += text.length;
    }
    if (offsets != NULL)
        offsets[registry->count] = (int64_t)at;
}

vaxdir_status vaxdir_registry_text_column(vaxdir_context *context, const vaxdir_registry *registry, vaxdir_field field,
                                          int64_t *offsets, uint8_t *validity, char *bytes, uint64_t capacity,
                                          uint64_t *ret_bytes)
{
    vaxdir_status status = enter(context, registry, registry, "registry");
    if (status != VAXDIR_OK)
        return status;
    if (bytes == NULL && capacity != 0)
        return vaxdir_context_fail_null(context, "bytes");
    if (ret_bytes == NULL)
        return vaxdir_context_fail_null(context, "ret_bytes");
    if (!vaxdir_field_is_text(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not a text, list or flag",
                                   (unsigned long)field);
    uint64_t needed = 0;
    for (uint32_t row = 0; row < registry->count; row++)
        needed += text_at(registry, row, field).length;
    write_text_column(registry, field, offsets, validity, needed <= capacity ? bytes : NULL);
    *ret_bytes = needed;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_number_column(vaxdir_context *context, const vaxdir_registry *registry,
                                            vaxdir_field field, double *numbers)
{
    vaxdir_status status = enter(context, registry, numbers, "numbers");
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_number(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not a number", (unsigned long)field);
    if (registry->count != 0)
        memcpy(numbers, registry->numbers[field], registry->count * sizeof *numbers);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_integer_column(vaxdir_context *context, const vaxdir_registry *registry,
                                             vaxdir_field field, int64_t *integers)
{
    vaxdir_status status = enter(context, registry, integers, "integers");
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_integer(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not an instant, date or flag",
                                   (unsigned long)field);
    for (uint32_t row = 0; row < registry->count; row++)
        integers[row] = vaxdir_registry_get_integer(registry, row, field);
    return VAXDIR_OK;
}
