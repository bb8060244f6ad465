/* builder.c: takes records in, from importers and from calls. Invariant: a call that fails leaves the records as they
 * were, because an input is taken back to its mark. */
#include "builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

static bool keep_text(vaxdir_buffer *texts, vaxdir_slice text, size_t *ret_offset)
{
    *ret_offset = texts->length;
    return vaxdir_buffer_append(texts, text.bytes, text.length);
}

static void drop_inputs(vaxdir_builder *builder, size_t count)
{
    for (; builder->input_count > count; builder->input_count--) {
        vaxdir_input_seen *input = &builder->inputs[builder->input_count - 1];
        vaxdir_memory_free(&builder->memory, input->column_names, input->column_capacity, sizeof *input->column_names);
    }
}

/* --- life --------------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_builder_new(vaxdir_context *context, const vaxdir_builder_options *options,
                                 vaxdir_builder **ret_builder)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_builder == NULL)
        return vaxdir_context_fail_null(context, "ret_builder");
    vaxdir_builder_options known;
    status = vaxdir_context_read_struct(context, "vaxdir_builder_options", options, &known, sizeof known, sizeof known);
    if (status != VAXDIR_OK)
        return status;
    if (known.flags != 0 || known.reserved != NULL)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_builder_options.flags and reserved must be 0: no flag is known yet");
    vaxdir_rules *rules = vaxdir_rules_ref(known.rules);
    if (rules == NULL && (status = vaxdir_rules_make_default(context, &rules)) != VAXDIR_OK)
        return status;
    vaxdir_builder *builder = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *builder);
    if (builder == NULL) {
        vaxdir_rules_unref(rules);
        return vaxdir_context_fail_memory(context);
    }
    builder->memory = context->memory;
    builder->rules = rules;
    builder->progress = known.progress;
    builder->user = known.user;
    vaxdir_findings_init(&builder->added, &builder->memory);
    vaxdir_findings_init(&builder->built, &builder->memory);
    builder->bytes.memory = builder->texts.memory = builder->source_texts.memory = &builder->memory;
    builder->row.memory = builder->scratch.memory = &builder->memory;
    *ret_builder = builder;
    return VAXDIR_OK;
}

vaxdir_builder *vaxdir_builder_unref(vaxdir_builder *builder)
{
    if (builder == NULL)
        return NULL;
    vaxdir_memory memory = builder->memory;
    vaxdir_rules_unref(builder->rules);
    vaxdir_findings_free(&builder->added);
    vaxdir_findings_free(&builder->built);
    vaxdir_buffer_free(&builder->bytes);
    vaxdir_buffer_free(&builder->texts);
    vaxdir_buffer_free(&builder->source_texts);
    vaxdir_buffer_free(&builder->row);
    vaxdir_buffer_free(&builder->scratch);
    vaxdir_memory_free(&memory, builder->records, builder->record_capacity, sizeof *builder->records);
    drop_inputs(builder, 0);
    vaxdir_memory_free(&memory, builder->inputs, builder->input_capacity, sizeof *builder->inputs);
    vaxdir_memory_free(&memory, builder->cells, builder->cell_capacity, sizeof *builder->cells);
    vaxdir_memory_free(&memory, builder->kept_cells, builder->kept_capacity, sizeof *builder->kept_cells);
    vaxdir_memory_free(&memory, builder, 1, sizeof *builder);
    return NULL;
}

vaxdir_status vaxdir_builder_enter(vaxdir_context *context, const vaxdir_builder *builder)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (builder == NULL)
        return vaxdir_context_fail_null(context, "builder");
    if (builder->lent)
        return vaxdir_context_fail(context, VAXDIR_ERROR_BUSY,
                                   "the builder is in a call that waits for this callback: use it after that call");
    return VAXDIR_OK;
}

void vaxdir_builder_lend(vaxdir_context *context, vaxdir_builder *builder, bool lent)
{
    context->in_callback = lent;
    builder->lent = lent;
}

vaxdir_status vaxdir_builder_report(vaxdir_context *context, const vaxdir_builder *builder, vaxdir_report **ret_report)
{
    vaxdir_status status = vaxdir_builder_enter(context, builder);
    if (status != VAXDIR_OK)
        return status;
    if (ret_report == NULL)
        return vaxdir_context_fail_null(context, "ret_report");
    const vaxdir_findings *const lists[] = {&builder->added, &builder->built};
    return vaxdir_report_new(context, lists, 2, ret_report);
}

vaxdir_status vaxdir_builder_progress(vaxdir_context *context, vaxdir_builder *builder, uint64_t done, uint64_t total)
{
    if (builder->progress == NULL)
        return VAXDIR_OK;
    vaxdir_builder_lend(context, builder, true);
    int32_t stop = builder->progress(done, total, builder->user);
    vaxdir_builder_lend(context, builder, false);
    return stop == 0 ? VAXDIR_OK
                     : vaxdir_context_fail(context, VAXDIR_ERROR_CANCELLED, "the progress callback asked to stop");
}

/* --- inputs ------------------------------------------------------------------------------------------------------- */

void vaxdir_builder_drop_record(vaxdir_builder *builder)
{
    if (builder->in_record)
        vaxdir_findings_cut(&builder->added, builder->record_findings, builder->record_texts);
    builder->in_record = false;
}

vaxdir_status vaxdir_builder_input_begin(vaxdir_context *context, vaxdir_builder *builder, const vaxdir_source *source)
{
    vaxdir_builder_drop_record(builder);
    builder->mark = (vaxdir_mark){
        builder->record_count, builder->bytes.length, builder->added.count, builder->added.texts.length,
        builder->input_count,  builder->texts.length, builder->quarantined,
    };
    builder->in_call_input = false;
    builder->source_texts.length = 0;
    if (!vaxdir_memory_reserve(&builder->memory, &builder->inputs, &builder->input_capacity, builder->input_count + 1,
                               sizeof *builder->inputs) ||
        !vaxdir_buffer_append(&builder->source_texts, source->id_system.bytes, source->id_system.length))
        return vaxdir_context_fail_memory(context);
    vaxdir_input_seen *input = &builder->inputs[builder->input_count];
    memset(input, 0, sizeof *input);
    input->name.length = source->name.length;
    if (!keep_text(&builder->texts, source->name, &input->name.offset))
        return vaxdir_context_fail_memory(context);
    builder->input_count++;
    builder->source = *source;
    builder->source.id_system = (vaxdir_slice){(const char *)builder->source_texts.bytes, source->id_system.length};
    return VAXDIR_OK;
}

void vaxdir_builder_input_end(vaxdir_builder *builder, bool keep)
{
    builder->cell_count = 0;
    if (keep)
        return;
    const vaxdir_mark *mark = &builder->mark;
    builder->record_count = mark->records;
    builder->bytes.length = mark->bytes;
    builder->quarantined = mark->quarantined;
    drop_inputs(builder, mark->inputs);
    builder->texts.length = mark->texts;
    vaxdir_findings_cut(&builder->added, mark->findings, mark->finding_texts);
}

void vaxdir_builder_input_empty(vaxdir_builder *builder)
{
    builder->cell_count = 0;
    builder->record_count = builder->mark.records;
    builder->bytes.length = builder->mark.bytes;
}

uint32_t vaxdir_builder_input_rows(const vaxdir_builder *builder)
{
    return (uint32_t)(builder->record_count - builder->mark.records);
}

uint32_t vaxdir_builder_input_quarantined(const vaxdir_builder *builder)
{
    return builder->quarantined - builder->mark.quarantined;
}

vaxdir_input_seen *vaxdir_builder_input(const vaxdir_builder *builder)
{
    return builder->input_count == 0 ? NULL : &builder->inputs[builder->input_count - 1];
}

static vaxdir_slice kept_text(const vaxdir_builder *builder, vaxdir_kept_text text)
{
    if (text.length == 0)
        return (vaxdir_slice){NULL, 0};
    return (vaxdir_slice){(const char *)builder->texts.bytes + text.offset, text.length};
}

vaxdir_slice vaxdir_input_name(const vaxdir_builder *builder, const vaxdir_input_seen *input)
{
    return input == NULL ? (vaxdir_slice){NULL, 0} : kept_text(builder, input->name);
}

vaxdir_slice vaxdir_input_column_name(const vaxdir_builder *builder, const vaxdir_input_seen *input, int64_t column)
{
    if (column <= 0 || (uint64_t)column >= input->column_capacity)
        return (vaxdir_slice){NULL, 0};
    return kept_text(builder, input->column_names[column]);
}

/* --- diagnostics -------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_builder_diagnose(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                      vaxdir_field field, const vaxdir_place *place, vaxdir_slice id,
                                      vaxdir_slice value, vaxdir_slice suggestion)
{
    static const vaxdir_place nowhere = {0, 0, {NULL, 0}};
    if (place == NULL)
        place = &nowhere;
    return vaxdir_findings_add(context, &builder->added, code, field, place->line, place->column,
                               vaxdir_input_name(builder, vaxdir_builder_input(builder)), place->column_name, id, value,
                               suggestion);
}

vaxdir_status vaxdir_builder_diagnose_field(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                            vaxdir_field field, vaxdir_slice value, vaxdir_slice suggestion)
{
    const vaxdir_input_seen *input = vaxdir_builder_input(builder);
    vaxdir_place place = {builder->line, input->columns[field],
                          vaxdir_input_column_name(builder, input, input->columns[field])};
    const vaxdir_cell *id = vaxdir_row_find(builder, VAXDIR_FIELD_ID);
    vaxdir_slice id_text = {NULL, 0};
    if (id != NULL)
        id_text = vaxdir_row_value(builder, id);
    return vaxdir_builder_diagnose(context, builder, code, field, &place, id_text, value, suggestion);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_builder_row_begin(vaxdir_context *context, vaxdir_builder *builder, int64_t line)
{
    (void)context;
    builder->cell_count = 0;
    builder->row.length = 0;
    builder->line = line;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_row_add(vaxdir_context *context, vaxdir_builder *builder, uint32_t field, vaxdir_slice name,
                             vaxdir_slice value, vaxdir_slice raw)
{
    if (!vaxdir_memory_reserve(&builder->memory, &builder->cells, &builder->cell_capacity, builder->cell_count + 1,
                               sizeof *builder->cells))
        return vaxdir_context_fail_memory(context);
    vaxdir_cell cell = {field, (uint32_t)builder->cell_count, 0, name.length, 0, value.length, 0, raw.length, false};
    if (!keep_text(&builder->row, name, &cell.name) || !keep_text(&builder->row, value, &cell.value) ||
        !keep_text(&builder->row, raw, &cell.raw))
        return vaxdir_context_fail_memory(context);
    builder->cells[builder->cell_count++] = cell;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_row_add_number(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field, double number)
{
    static const vaxdir_slice nothing = {NULL, 0};
    double kept = number + 0.0; /* -0 becomes 0: the fingerprint has one zero */
    vaxdir_builder_input(builder)->columns[field] = 0;
    vaxdir_status status =
        vaxdir_row_add(context, builder, field, nothing, (vaxdir_slice){(const char *)&kept, sizeof kept},
                       (vaxdir_slice){(const char *)&number, sizeof number});
    if (status == VAXDIR_OK)
        builder->cells[builder->cell_count - 1].raw_is_number = true;
    return status;
}

vaxdir_slice vaxdir_row_raw(const vaxdir_builder *builder, const vaxdir_cell *cell, char room[VAXDIR_NUMBER_ROOM])
{
    const unsigned char *raw = builder->row.bytes + cell->raw;
    if (!cell->raw_is_number)
        return (vaxdir_slice){(const char *)raw, cell->raw_length};
    double number;
    memcpy(&number, raw, sizeof number);
    /* printf follows the locale in the point alone, which is put back. */
    int length = snprintf(room, VAXDIR_NUMBER_ROOM, "%.17g", number);
    for (int i = 0; i < length; i++)
        if (room[i] != '-' && room[i] != '+' && room[i] != 'e' && (room[i] < '0' || room[i] > '9'))
            room[i] = '.';
    return (vaxdir_slice){room, (size_t)length};
}

vaxdir_cell *vaxdir_row_find(vaxdir_builder *builder, vaxdir_field field)
{
    for (size_t i = builder->cell_count; i > 0; i--)
        if (builder->cells[i - 1].field == field)
            return &builder->cells[i - 1];
    return NULL;
}

vaxdir_slice vaxdir_row_value(const vaxdir_builder *builder, const vaxdir_cell *cell)
{
    return (vaxdir_slice){(const char *)builder->row.bytes + cell->value, cell->value_length};
}

vaxdir_status vaxdir_row_demote(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field)
{
    vaxdir_cell *cell = vaxdir_row_find(builder, field);
    if (cell == NULL)
        return VAXDIR_OK;
    const vaxdir_input_seen *input = vaxdir_builder_input(builder);
    vaxdir_slice name = vaxdir_input_column_name(builder, input, input->columns[field]);
    if (name.length == 0)
        name = vaxdir_slice_of(vaxdir_field_name(field));
    char room[VAXDIR_NUMBER_ROOM];
    vaxdir_slice raw = vaxdir_row_raw(builder, cell, room);
    cell->field = VAXDIR_FIELD_ATTRIBUTE;
    cell->value = cell->raw;
    cell->value_length = raw.length;
    cell->name_length = name.length;
    if (cell->raw_is_number && !keep_text(&builder->row, raw, &cell->value))
        return vaxdir_context_fail_memory(context);
    return keep_text(&builder->row, name, &cell->name) ? VAXDIR_OK : vaxdir_context_fail_memory(context);
}

/* Remembers where a field stands in this row, and the column's name the first time that it is seen. */
static bool see_place(vaxdir_builder *builder, vaxdir_field field, const vaxdir_place *place)
{
    vaxdir_input_seen *input = vaxdir_builder_input(builder);
    size_t column = (size_t)place->column, known = input->column_capacity;
    if (field == 0)
        return true;
    input->columns[field] = (int32_t)place->column;
    if (column == 0)
        return true;
    if (!vaxdir_memory_reserve(&builder->memory, &input->column_names, &input->column_capacity, column + 1,
                               sizeof *input->column_names))
        return false;
    for (size_t i = known; i < input->column_capacity; i++)
        input->column_names[i] = (vaxdir_kept_text){0, 0};
    vaxdir_kept_text *name = &input->column_names[column];
    if (name->length != 0 || place->column_name.length == 0)
        return true;
    if (!keep_text(&builder->texts, place->column_name, &name->offset))
        return false;
    name->length = place->column_name.length;
    return true;
}

vaxdir_status vaxdir_builder_cell(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                  const vaxdir_place *place, vaxdir_slice text)
{
    if (!see_place(builder, field, place))
        return vaxdir_context_fail_memory(context);
    return vaxdir_cell_type(context, builder, field, place, text);
}

vaxdir_status vaxdir_builder_row_quarantine(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                            const vaxdir_place *place, vaxdir_slice value, vaxdir_slice suggestion)
{
    builder->cell_count = 0;
    vaxdir_status status =
        vaxdir_builder_diagnose(context, builder, code, 0, place, (vaxdir_slice){NULL, 0}, value, suggestion);
    if (status == VAXDIR_OK)
        builder->quarantined++;
    return status;
}

/* The buffer that qsort's comparison needs travels with the cells: names are compared by value. */
typedef struct sort_cell {
    vaxdir_cell cell;
    const char *row;
} sort_cell;

static int compare_cells(const void *left, const void *right)
{
    const sort_cell *a = left, *b = right;
    if (a->cell.field != b->cell.field)
        return a->cell.field < b->cell.field ? -1 : 1;
    int order = vaxdir_slice_compare((vaxdir_slice){a->row + a->cell.name, a->cell.name_length},
                                     (vaxdir_slice){b->row + b->cell.name, b->cell.name_length});
    if (order != 0)
        return order;
    return a->cell.order < b->cell.order ? -1 : 1;
}

static bool same_cell(const sort_cell *a, const sort_cell *b)
{
    return a->cell.field == b->cell.field &&
           vaxdir_slice_equal((vaxdir_slice){a->row + a->cell.name, a->cell.name_length},
                              (vaxdir_slice){b->row + b->cell.name, b->cell.name_length});
}

static bool append_length(vaxdir_buffer *bytes, size_t length)
{
    uint32_t length_32 = (uint32_t)length;
    return vaxdir_buffer_append(bytes, &length_32, sizeof length_32);
}

static bool append_cell(vaxdir_buffer *bytes, const sort_cell *cell)
{
    return vaxdir_buffer_append(bytes, &cell->cell.field, sizeof cell->cell.field) &&
           append_length(bytes, cell->cell.name_length) && append_length(bytes, cell->cell.value_length) &&
           vaxdir_buffer_append(bytes, cell->row + cell->cell.name, cell->cell.name_length) &&
           vaxdir_buffer_append(bytes, cell->row + cell->cell.value, cell->cell.value_length);
}

static bool append_record(vaxdir_builder *builder, vaxdir_record *record)
{
    size_t size = builder->cell_count * sizeof(sort_cell);
    builder->scratch.length = 0;
    if (!vaxdir_buffer_reserve(&builder->scratch, size))
        return false;
    sort_cell *cells = (sort_cell *)(void *)builder->scratch.bytes; /* the allocator aligns for any type */
    for (size_t i = 0; i < builder->cell_count; i++)
        cells[i] = (sort_cell){builder->cells[i], (const char *)builder->row.bytes};
    /* Sorting is for the few rows that need it. */
    bool in_order = true;
    for (size_t i = 1; i < builder->cell_count && in_order; i++)
        in_order = compare_cells(&cells[i - 1], &cells[i]) < 0;
    if (!in_order)
        qsort(cells, builder->cell_count, sizeof *cells, compare_cells);
    for (size_t i = 0; i < builder->cell_count; i++) {
        if (i + 1 < builder->cell_count && same_cell(&cells[i], &cells[i + 1]))
            continue;
        if (!append_cell(&builder->bytes, &cells[i]))
            return false;
        if (cells[i].cell.field == VAXDIR_FIELD_ID) {
            record->id_length = cells[i].cell.value_length;
            record->id = builder->bytes.length - record->id_length;
        }
    }
    record->length = builder->bytes.length - record->bytes;
    return true;
}

bool vaxdir_record_next(vaxdir_slice record, size_t *at, vaxdir_record_cell *cell)
{
    if (*at >= record.length)
        return false;
    uint32_t numbers[3];
    memcpy(numbers, record.bytes + *at, sizeof numbers);
    *at += sizeof numbers;
    cell->field = numbers[0];
    cell->name = (vaxdir_slice){record.bytes + *at, numbers[1]};
    cell->value = (vaxdir_slice){record.bytes + *at + numbers[1], numbers[2]};
    *at += (size_t)numbers[1] + numbers[2];
    return true;
}

vaxdir_status vaxdir_builder_row_end(vaxdir_context *context, vaxdir_builder *builder)
{
    if (vaxdir_row_find(builder, VAXDIR_FIELD_ID) == NULL) {
        vaxdir_place place = {builder->line, vaxdir_builder_input(builder)->columns[VAXDIR_FIELD_ID], {NULL, 0}};
        return vaxdir_builder_row_quarantine(context, builder, VAXDIR_DIAGNOSTIC_ID_MISSING, &place,
                                             (vaxdir_slice){NULL, 0}, (vaxdir_slice){NULL, 0});
    }
    if (builder->record_count >= context->limits.rows)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "more than %lu rows (max_rows)",
                                   (unsigned long)context->limits.rows);
    vaxdir_status status = vaxdir_row_check(context, builder);
    if (status != VAXDIR_OK)
        return status;
    const vaxdir_input_seen *input = vaxdir_builder_input(builder);
    vaxdir_record record = {
        .bytes = builder->bytes.length,
        .line = builder->line,
        .updated_at = INT64_MIN,
        .input = (uint32_t)builder->input_count - 1,
        .link_column = input->columns[VAXDIR_FIELD_BOOKING_URL],
        .phone_column = input->columns[VAXDIR_FIELD_PHONE],
        .phone_2_column = input->columns[VAXDIR_FIELD_PHONE_2],
    };
    const vaxdir_cell *updated = vaxdir_row_find(builder, VAXDIR_FIELD_UPDATED_AT);
    if (updated != NULL)
        memcpy(&record.updated_at, vaxdir_row_value(builder, updated).bytes, sizeof record.updated_at);
    if (!vaxdir_memory_reserve(&builder->memory, &builder->records, &builder->record_capacity,
                               builder->record_count + 1, sizeof *builder->records) ||
        !append_record(builder, &record)) {
        builder->bytes.length = record.bytes;
        return vaxdir_context_fail_memory(context);
    }
    builder->records[builder->record_count++] = record;
    builder->cell_count = 0;
    return VAXDIR_OK;
}
