/* registry.c: a registry's life and its getters by row. Invariant: a registry never changes once it is made. */
#include "registry.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "image.h"
#include "registry_new.h"

static void free_bytes(const vaxdir_memory *memory, unsigned char *bytes, size_t size, bool mapped)
{
    if (mapped)
        (void)munmap(bytes, size);
    else
        vaxdir_image_free(memory, bytes, size);
}

vaxdir_status vaxdir_registry_new(vaxdir_context *context, unsigned char *bytes, size_t size, bool mapped,
                                  vaxdir_registry **ret_registry)
{
    vaxdir_registry *registry = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *registry);
    if (registry == NULL) {
        free_bytes(&context->memory, bytes, size, mapped);
        return vaxdir_context_fail_memory(context);
    }
    atomic_init(&registry->references, 1);
    registry->memory = context->memory;
    registry->bytes = bytes;
    registry->size = size;
    registry->mapped = mapped;
    vaxdir_status status = vaxdir_image_open(context, registry);
    if (status == VAXDIR_OK)
        *ret_registry = registry;
    else
        vaxdir_registry_unref(registry);
    return status;
}

vaxdir_registry *vaxdir_registry_ref(vaxdir_registry *registry)
{
    if (registry != NULL)
        atomic_fetch_add_explicit(&registry->references, 1, memory_order_relaxed);
    return registry;
}

vaxdir_registry *vaxdir_registry_unref(vaxdir_registry *registry)
{
    if (registry == NULL || atomic_fetch_sub_explicit(&registry->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    vaxdir_memory memory = registry->memory;
    free_bytes(&memory, registry->bytes, registry->size, registry->mapped);
    vaxdir_memory_free(&memory, registry, 1, sizeof *registry);
    return NULL;
}

/* --- inside ------------------------------------------------------------------------------------------------------- */

static vaxdir_slice judged_text(const vaxdir_verdicts *verdicts, uint32_t row, vaxdir_field field)
{
    const vaxdir_verdict_row *verdict = &verdicts->rows[row];
    switch (field) {
    case VAXDIR_FIELD_PROVIDER:
        return vaxdir_strings_get(&verdicts->strings, verdict->provider);
    case VAXDIR_FIELD_TRUST:
        return vaxdir_slice_of(vaxdir_verdict_name(verdict->trust));
    case VAXDIR_FIELD_PAGE:
        return vaxdir_strings_get(&verdicts->strings, verdict->page);
    case VAXDIR_FIELD_LINK_KEY:
        return vaxdir_strings_get(&verdicts->strings, verdict->key);
    case VAXDIR_FIELD_LINK_URL:
        return vaxdir_strings_get(&verdicts->strings, verdict->url);
    case VAXDIR_FIELD_PHONE_NUMBER:
        return vaxdir_strings_get(&verdicts->strings, verdict->phone);
    case VAXDIR_FIELD_PHONE_NUMBER_2:
        return vaxdir_strings_get(&verdicts->strings, verdict->phone_2);
    default:
        return (vaxdir_slice){NULL, 0};
    }
}

int64_t vaxdir_registry_get_integer(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    if (registry->integers[field] != NULL)
        return registry->integers[field][row];
    return vaxdir_field_type_of(field) == VAXDIR_TYPE_FLAG ? VAXDIR_UNKNOWN : INT64_MIN;
}

vaxdir_slice vaxdir_registry_get_text(const vaxdir_registry *registry, const vaxdir_verdicts *verdicts, uint32_t row,
                                      vaxdir_field field)
{
    switch (vaxdir_field_type_of(field)) {
    case VAXDIR_TYPE_JUDGED:
        return judged_text(verdicts, row, field);
    case VAXDIR_TYPE_FLAG:
        return vaxdir_slice_of(vaxdir_flag_text(vaxdir_registry_get_integer(registry, row, field)));
    default:
        if (registry->texts[field] == NULL)
            return (vaxdir_slice){NULL, 0};
        return vaxdir_strings_get(&registry->strings, registry->texts[field][row]);
    }
}

/* --- checks that getters share ------------------------------------------------------------------------------------ */

static vaxdir_status enter(vaxdir_context *context, const vaxdir_registry *registry)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status == VAXDIR_OK && registry == NULL)
        return vaxdir_context_fail_null(context, "registry");
    return status;
}

static vaxdir_status check_row(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row)
{
    if (row < registry->count)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows", (unsigned long)row,
                               (unsigned long)registry->count);
}

vaxdir_status vaxdir_registry_give_text(vaxdir_context *context, const vaxdir_registry *registry,
                                        const vaxdir_verdicts *verdicts, uint32_t row, vaxdir_field field,
                                        const char **ret_text, size_t *ret_length)
{
    if (ret_text == NULL)
        return vaxdir_context_fail_null(context, "ret_text");
    vaxdir_status status = check_row(context, registry, row);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_text(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not a text, list or flag",
                                   (unsigned long)field);
    vaxdir_slice text = vaxdir_registry_get_text(registry, verdicts, row, field);
    *ret_text = text.bytes;
    if (ret_length != NULL)
        *ret_length = text.length;
    return VAXDIR_OK;
}

/* --- getters ------------------------------------------------------------------------------------------------------ */

uint32_t vaxdir_registry_count(const vaxdir_registry *registry)
{
    return registry == NULL ? 0 : registry->count;
}

vaxdir_status vaxdir_registry_counts(vaxdir_context *context, const vaxdir_registry *registry, vaxdir_counts *counts)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    if (counts == NULL)
        return vaxdir_context_fail_null(context, "counts");
    return vaxdir_context_write_struct(context, "vaxdir_counts", &registry->counts, sizeof registry->counts,
                                       sizeof registry->counts, counts);
}

uint32_t vaxdir_registry_diagnostic_count(const vaxdir_registry *registry)
{
    return registry == NULL ? 0 : registry->diagnostic_count;
}

vaxdir_status vaxdir_registry_diagnostics(vaxdir_context *context, const vaxdir_registry *registry, uint32_t index,
                                          int32_t *ret_code, uint64_t *ret_count)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    if (index >= registry->diagnostic_count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index %lu: the build met %lu codes",
                                   (unsigned long)index, (unsigned long)registry->diagnostic_count);
    if (ret_code != NULL)
        *ret_code = (int32_t)registry->diagnostics[2 * (size_t)index];
    if (ret_count != NULL)
        *ret_count = registry->diagnostics[2 * (size_t)index + 1];
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_fingerprint(vaxdir_context *context, const vaxdir_registry *registry, char *fingerprint)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    if (fingerprint == NULL)
        return vaxdir_context_fail_null(context, "fingerprint");
    for (size_t i = 0; i < sizeof registry->fingerprint; i++) {
        fingerprint[2 * i] = "0123456789abcdef"[registry->fingerprint[i] >> 4];
        fingerprint[2 * i + 1] = "0123456789abcdef"[registry->fingerprint[i] & 15];
    }
    fingerprint[2 * sizeof registry->fingerprint] = '\0';
    return VAXDIR_OK;
}

uint32_t vaxdir_registry_row_of(const vaxdir_registry *registry, vaxdir_slice id)
{
    uint32_t low = 0, high = registry->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        vaxdir_slice found = vaxdir_strings_get(&registry->strings, registry->texts[VAXDIR_FIELD_ID][middle]);
        int order = vaxdir_slice_compare(found, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return VAXDIR_NO_ROW;
}

vaxdir_status vaxdir_registry_find(vaxdir_context *context, const vaxdir_registry *registry, const char *id,
                                   size_t length, uint32_t *ret_row)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    if (id == NULL)
        return vaxdir_context_fail_null(context, "id");
    if (ret_row == NULL)
        return vaxdir_context_fail_null(context, "ret_row");
    *ret_row = vaxdir_registry_row_of(registry, (vaxdir_slice){id, length});
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_without_position(vaxdir_context *context, const vaxdir_registry *registry,
                                               uint32_t capacity, uint32_t *rows, uint32_t *ret_count)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    if (rows == NULL && capacity != 0)
        return vaxdir_context_fail_null(context, "rows");
    if (ret_count == NULL)
        return vaxdir_context_fail_null(context, "ret_count");
    uint32_t count = 0;
    for (uint32_t row = 0; row < registry->count; row++)
        if (isnan(registry->numbers[VAXDIR_FIELD_LATITUDE][row])) {
            if (count < capacity)
                rows[count] = row;
            count++;
        }
    *ret_count = count;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_text(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                   vaxdir_field field, const char **ret_text, size_t *ret_length)
{
    vaxdir_status status = enter(context, registry);
    if (status != VAXDIR_OK)
        return status;
    return vaxdir_registry_give_text(context, registry, &registry->verdicts, row, field, ret_text, ret_length);
}

vaxdir_status vaxdir_registry_number(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                     vaxdir_field field, double *ret_number)
{
    vaxdir_status status = enter(context, registry);
    if (status == VAXDIR_OK)
        status = check_row(context, registry, row);
    if (status != VAXDIR_OK)
        return status;
    if (ret_number == NULL)
        return vaxdir_context_fail_null(context, "ret_number");
    if (!vaxdir_field_is_number(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not a number", (unsigned long)field);
    *ret_number = registry->numbers[field][row];
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_integer(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                      vaxdir_field field, int64_t *ret_integer)
{
    vaxdir_status status = enter(context, registry);
    if (status == VAXDIR_OK)
        status = check_row(context, registry, row);
    if (status != VAXDIR_OK)
        return status;
    if (ret_integer == NULL)
        return vaxdir_context_fail_null(context, "ret_integer");
    if (!vaxdir_field_is_integer(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not an instant, date or flag",
                                   (unsigned long)field);
    *ret_integer = vaxdir_registry_get_integer(registry, row, field);
    return VAXDIR_OK;
}

/* --- attributes --------------------------------------------------------------------------------------------------- */

uint32_t vaxdir_registry_attribute_count(const vaxdir_registry *registry)
{
    return registry == NULL ? 0 : registry->attribute_count;
}

static vaxdir_status check_attribute(vaxdir_context *context, const vaxdir_registry *registry, uint32_t attribute)
{
    if (attribute < registry->attribute_count)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "attribute %lu: the registry has %lu",
                               (unsigned long)attribute, (unsigned long)registry->attribute_count);
}

vaxdir_status vaxdir_registry_attribute_name(vaxdir_context *context, const vaxdir_registry *registry,
                                             uint32_t attribute, const char **ret_name, size_t *ret_length)
{
    vaxdir_status status = enter(context, registry);
    if (status == VAXDIR_OK)
        status = check_attribute(context, registry, attribute);
    if (status != VAXDIR_OK)
        return status;
    if (ret_name == NULL)
        return vaxdir_context_fail_null(context, "ret_name");
    vaxdir_slice name = vaxdir_strings_get(&registry->strings, registry->attribute_names[attribute]);
    *ret_name = name.bytes;
    if (ret_length != NULL)
        *ret_length = name.length;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_attribute(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                        uint32_t attribute, const char **ret_text, size_t *ret_length)
{
    vaxdir_status status = enter(context, registry);
    if (status == VAXDIR_OK)
        status = check_attribute(context, registry, attribute);
    if (status == VAXDIR_OK)
        status = check_row(context, registry, row);
    if (status != VAXDIR_OK)
        return status;
    if (ret_text == NULL)
        return vaxdir_context_fail_null(context, "ret_text");
    vaxdir_slice text =
        vaxdir_strings_get(&registry->strings, registry->attributes[(size_t)attribute * registry->count + row]);
    *ret_text = text.bytes;
    if (ret_length != NULL)
        *ret_length = text.length;
    return VAXDIR_OK;
}
