/* record_calls.c: records that a program hands over call by call. Invariant: they go through the same door as the cells
 * of a feed; a record that is not ended leaves nothing behind. */
#include <math.h>
#include <string.h>

#include "records.h"

static vaxdir_status check_text(vaxdir_context *context, const char *name, const char *text, size_t length)
{
    if (text == NULL && length != 0)
        return vaxdir_context_fail_null(context, name);
    if (length > context->limits.cell_bytes)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "%s has %lu bytes, more than max_cell_bytes", name,
                                   (unsigned long)length);
    if (!vaxdir_text_valid((vaxdir_slice){text, length}))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s is not UTF-8 without U+0000", name);
    return VAXDIR_OK;
}

static vaxdir_status enter(vaxdir_context *context, const vaxdir_builder *builder, bool begun)
{
    vaxdir_status status = vaxdir_builder_enter(context, builder);
    if (status != VAXDIR_OK)
        return status;
    if (begun && !builder->in_record)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "no record is begun: call vaxdir_builder_begin_record() first");
    return VAXDIR_OK;
}

vaxdir_status vaxdir_builder_begin_record(vaxdir_context *context, vaxdir_builder *builder, const char *id,
                                          size_t length)
{
    vaxdir_status status = enter(context, builder, false);
    if (status != VAXDIR_OK)
        return status;
    if (id == NULL)
        return vaxdir_context_fail_null(context, "id");
    status = check_text(context, "id", id, length);
    if (status != VAXDIR_OK)
        return status;
    if (vaxdir_text_trim((vaxdir_slice){id, length}).length == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "id is empty");
    if (!builder->in_call_input) {
        static const vaxdir_source calls = {{"calls", 5}, {"id", 2}, false, VAXDIR_DATE_ANY};
        status = vaxdir_builder_input_begin(context, builder, &calls);
        if (status != VAXDIR_OK) {
            vaxdir_builder_input_end(builder, false);
            return status;
        }
        builder->in_call_input = true;
    }
    vaxdir_builder_drop_record(builder);
    builder->record_findings = builder->added.count;
    builder->record_texts = builder->added.texts.length;
    vaxdir_place place = {0, 0, {NULL, 0}};
    status = vaxdir_builder_row_begin(context, builder, 0);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_cell(context, builder, VAXDIR_FIELD_ID, &place, (vaxdir_slice){id, length});
    builder->in_record = status == VAXDIR_OK;
    return status;
}

/* A cell that a call hands over. What it told and added is taken back where it fails. */
static vaxdir_status set_cell(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field, vaxdir_slice name,
                              vaxdir_slice text)
{
    vaxdir_place place = {0, 0, name};
    size_t cells = builder->cell_count, findings = builder->added.count, texts = builder->added.texts.length;
    vaxdir_status status = vaxdir_builder_cell(context, builder, field, &place, text);
    if (status != VAXDIR_OK) {
        builder->cell_count = cells;
        vaxdir_findings_cut(&builder->added, findings, texts);
    }
    return status;
}

vaxdir_status vaxdir_builder_set_text(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                      const char *text, size_t length)
{
    vaxdir_status status = enter(context, builder, true);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_field_type type = vaxdir_field_type_of(field);
    if (field == VAXDIR_FIELD_ID || type == VAXDIR_TYPE_NONE || type == VAXDIR_TYPE_JUDGED)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu cannot be set", (unsigned long)field);
    status = check_text(context, "text", text, length);
    if (status != VAXDIR_OK || length == 0)
        return status;
    return set_cell(context, builder, field, (vaxdir_slice){NULL, 0}, (vaxdir_slice){text, length});
}

vaxdir_status vaxdir_builder_set_number(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                        double number)
{
    vaxdir_status status = enter(context, builder, true);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_number(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not a number", (unsigned long)field);
    if (isnan(number))
        return VAXDIR_OK;
    if (isinf(number))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "number is infinite");
    return vaxdir_row_add_number(context, builder, field, number);
}

vaxdir_status vaxdir_builder_set_integer(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                         int64_t integer)
{
    vaxdir_status status = enter(context, builder, true);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_integer(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not an instant, date or flag",
                                   (unsigned long)field);
    vaxdir_field_type type = vaxdir_field_type_of(field);
    if (integer == INT64_MIN || (type == VAXDIR_TYPE_FLAG && integer == VAXDIR_UNKNOWN))
        return VAXDIR_OK;
    if (type == VAXDIR_TYPE_FLAG && integer != VAXDIR_YES && integer != VAXDIR_NO)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "a flag is VAXDIR_YES, VAXDIR_NO or VAXDIR_UNKNOWN");
    if (type == VAXDIR_TYPE_DATE && (integer < 0 || integer > INT32_MAX || !vaxdir_date_valid((int32_t)integer)))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "a date is YYYYMMDD of a day that exists");
    return vaxdir_row_add(context, builder, field, (vaxdir_slice){NULL, 0}, (vaxdir_slice){(const char *)&integer, 8},
                          (vaxdir_slice){NULL, 0});
}

vaxdir_status vaxdir_builder_set_attribute(vaxdir_context *context, vaxdir_builder *builder, const char *name,
                                           size_t name_length, const char *text, size_t length)
{
    vaxdir_status status = enter(context, builder, true);
    if (status != VAXDIR_OK)
        return status;
    if (name == NULL)
        return vaxdir_context_fail_null(context, "name");
    status = check_text(context, "name", name, name_length);
    if (status == VAXDIR_OK)
        status = check_text(context, "text", text, length);
    if (status != VAXDIR_OK)
        return status;
    if (name_length == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "name is empty");
    if (length == 0)
        return VAXDIR_OK;
    return set_cell(context, builder, 0, (vaxdir_slice){name, name_length}, (vaxdir_slice){text, length});
}

vaxdir_status vaxdir_builder_end_record(vaxdir_context *context, vaxdir_builder *builder)
{
    vaxdir_status status = enter(context, builder, true);
    if (status != VAXDIR_OK)
        return status;
    /* After a failure the record is still begun, as it was: checking it may have turned a refused position's cells into
     * attributes. */
    size_t cells = builder->cell_count, findings = builder->added.count, texts = builder->added.texts.length;
    if (!vaxdir_memory_reserve(&builder->memory, &builder->kept_cells, &builder->kept_capacity, cells,
                               sizeof *builder->kept_cells))
        return vaxdir_context_fail_memory(context);
    memcpy(builder->kept_cells, builder->cells, cells * sizeof *builder->cells);
    status = vaxdir_builder_row_end(context, builder);
    if (status == VAXDIR_OK) {
        builder->in_record = false;
    } else {
        memcpy(builder->cells, builder->kept_cells, cells * sizeof *builder->cells);
        builder->cell_count = cells;
        vaxdir_findings_cut(&builder->added, findings, texts);
    }
    return status;
}
