/* build.c: from records to a registry: settles duplicate ids, lays records out as columns, judges links and phones,
 * indexes positions. Invariant: the same records in any order, under the same rules, give the same bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "../provider/link.h"
#include "image.h"
#include "index_walk.h"
#include "records.h"
#include "registry_new.h"
#include "settle.h"
#include "territory.h"

/* Everything that one build makes and lets go of. */
typedef struct build {
    vaxdir_context *context;
    vaxdir_builder *builder;
    vaxdir_settled settled; /* the records that stay, in ascending id */
    uint32_t rows;
    vaxdir_pool pool;
    uint32_t *texts[VAXDIR_FIELD_SLOTS];
    double *numbers[VAXDIR_FIELD_SLOTS];
    int64_t *integers[VAXDIR_FIELD_SLOTS];
    vaxdir_slice *names; /* of attributes, ascending */
    size_t name_count, name_capacity;
    uint32_t *attribute_names, *attributes;
    vaxdir_verdict_row *verdicts;
    vaxdir_buffer index;
    uint64_t *diagnostics;
    size_t diagnostic_count;
    vaxdir_image_header header;
} build;

static vaxdir_slice record_bytes(const build *making, uint32_t row)
{
    const vaxdir_record *record = &making->builder->records[making->settled.records[row]];
    return (vaxdir_slice){(const char *)making->builder->bytes.bytes + record->bytes, record->length};
}

/* The same, row after row: rows in ascending id are records anywhere in memory, so those of later rows come meanwhile,
 * first where a record is, then its bytes. */
static vaxdir_slice next_record_bytes(const build *making, uint32_t row)
{
    enum { FAR = 24, NEAR = 12 };
    const vaxdir_builder *builder = making->builder;
    if (making->rows - row > FAR) {
        __builtin_prefetch(&builder->records[making->settled.records[row + FAR]]);
        __builtin_prefetch(builder->bytes.bytes + builder->records[making->settled.records[row + NEAR]].bytes);
    }
    return record_bytes(making, row);
}

/* --- fingerprint -------------------------------------------------------------------------------------------------- */

/* XXH3-128 over the canonical records in ascending id, each behind its length. */
static vaxdir_status take_fingerprint(build *making)
{
    XXH3_state_t *state = XXH3_createState();
    if (state == NULL)
        return vaxdir_context_fail_memory(making->context);
    XXH3_128bits_reset(state);
    for (uint32_t row = 0; row < making->rows; row++) {
        vaxdir_slice record = next_record_bytes(making, row);
        uint64_t length = record.length;
        XXH3_128bits_update(state, &length, sizeof length);
        XXH3_128bits_update(state, record.bytes, record.length);
    }
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
    memcpy(making->header.fingerprint, canonical.digest, sizeof making->header.fingerprint);
    XXH3_freeState(state);
    return VAXDIR_OK;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static size_t find_name(const build *making, vaxdir_slice name, bool *ret_found)
{
    size_t low = 0, high = making->name_count;
    *ret_found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = vaxdir_slice_compare(making->names[middle], name);
        if (order == 0) {
            *ret_found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static vaxdir_status collect_name(build *making, vaxdir_slice name)
{
    bool found;
    size_t at = find_name(making, name, &found);
    if (found)
        return VAXDIR_OK;
    if (making->name_count >= making->context->limits.columns)
        return vaxdir_context_fail(making->context, VAXDIR_ERROR_LIMIT,
                                   "more than %lu different attributes (max_columns)",
                                   (unsigned long)making->context->limits.columns);
    if (!vaxdir_memory_reserve(&making->context->memory, &making->names, &making->name_capacity, making->name_count + 1,
                               sizeof *making->names))
        return vaxdir_context_fail_memory(making->context);
    memmove(making->names + at + 1, making->names + at, (making->name_count - at) * sizeof *making->names);
    making->names[at] = name;
    making->name_count++;
    return VAXDIR_OK;
}

static vaxdir_status collect_names(build *making)
{
    /* In the order of the input, which is that of memory. */
    for (uint32_t i = 0; i < making->rows; i++) {
        vaxdir_slice record = record_bytes(making, making->settled.order[i]);
        vaxdir_record_cell cell;
        for (size_t at = 0; vaxdir_record_next(record, &at, &cell);) {
            vaxdir_status status = VAXDIR_OK;
            if (cell.field == VAXDIR_FIELD_ATTRIBUTE)
                status = collect_name(making, cell.name);
            if (status != VAXDIR_OK)
                return status;
        }
    }
    return VAXDIR_OK;
}

static uint32_t *text_column(build *making, vaxdir_field field)
{
    if (making->texts[field] == NULL)
        making->texts[field] = vaxdir_memory_allocate_zeroed(&making->context->memory, making->rows, sizeof(uint32_t));
    return making->texts[field];
}

static int64_t *integer_column(build *making, vaxdir_field field)
{
    if (making->integers[field] != NULL)
        return making->integers[field];
    int64_t *column = vaxdir_memory_allocate(&making->context->memory, making->rows, sizeof *column);
    int64_t absent = vaxdir_field_type_of(field) == VAXDIR_TYPE_FLAG ? VAXDIR_UNKNOWN : INT64_MIN;
    for (uint32_t row = 0; column != NULL && row < making->rows; row++)
        column[row] = absent;
    return making->integers[field] = column;
}

static bool make_number_columns(build *making)
{
    /* One bit pattern for all absent numbers: NaNs differ between machines, files must not. */
    static const uint64_t absent_bits = UINT64_C(0x7ff8000000000000);
    double absent;
    memcpy(&absent, &absent_bits, sizeof absent);
    for (vaxdir_field field = 1; field < VAXDIR_FIELD_SLOTS; field++) {
        if (!vaxdir_field_is_number(field))
            continue;
        double *column = vaxdir_memory_allocate(&making->context->memory, making->rows, sizeof *column);
        if (column == NULL)
            return false;
        for (uint32_t row = 0; row < making->rows; row++)
            column[row] = absent;
        making->numbers[field] = column;
    }
    return true;
}

static bool place_attribute(build *making, uint32_t row, const vaxdir_record_cell *cell)
{
    bool found;
    size_t attribute = find_name(making, cell->name, &found);
    return vaxdir_pool_add(&making->pool, cell->value, &making->attributes[attribute * making->rows + row]);
}

static bool place_cell(build *making, uint32_t row, const vaxdir_record_cell *cell)
{
    if (cell->field == VAXDIR_FIELD_ATTRIBUTE)
        return place_attribute(making, row, cell);
    if (vaxdir_field_is_number(cell->field)) {
        memcpy(&making->numbers[cell->field][row], cell->value.bytes, sizeof(double));
        return true;
    }
    if (vaxdir_field_is_integer(cell->field)) {
        int64_t *column = integer_column(making, cell->field);
        if (column != NULL)
            memcpy(&column[row], cell->value.bytes, sizeof *column);
        return column != NULL;
    }
    uint32_t *column = text_column(making, cell->field);
    return column != NULL && vaxdir_pool_add(&making->pool, cell->value, &column[row]);
}

static vaxdir_slice placed_text(const build *making, uint32_t row, vaxdir_field field)
{
    vaxdir_strings strings = {making->pool.bytes.bytes, making->pool.bytes.length};
    if (making->texts[field] == NULL)
        return (vaxdir_slice){NULL, 0};
    return vaxdir_strings_get(&strings, making->texts[field][row]);
}

/* Département and region, where the feed does not state them itself. */
static bool derive_territory(build *making, uint32_t row)
{
    char room[4];
    vaxdir_slice department = placed_text(making, row, VAXDIR_FIELD_DEPARTMENT);
    if (department.bytes == NULL) {
        department = vaxdir_territory_department(placed_text(making, row, VAXDIR_FIELD_INSEE),
                                                 placed_text(making, row, VAXDIR_FIELD_POSTCODE), room);
        if (department.bytes == NULL)
            return true;
        uint32_t *column = text_column(making, VAXDIR_FIELD_DEPARTMENT);
        if (column == NULL || !vaxdir_pool_add(&making->pool, department, &column[row]))
            return false;
        department = placed_text(making, row, VAXDIR_FIELD_DEPARTMENT);
    }
    vaxdir_slice region = vaxdir_territory_region(department);
    if (region.bytes == NULL || placed_text(making, row, VAXDIR_FIELD_REGION).bytes != NULL)
        return true;
    uint32_t *column = text_column(making, VAXDIR_FIELD_REGION);
    return column != NULL && vaxdir_pool_add(&making->pool, region, &column[row]);
}

static vaxdir_status make_columns(build *making)
{
    const vaxdir_memory *memory = &making->context->memory;
    uint64_t seed;
    memcpy(&seed, making->header.fingerprint, sizeof seed);
    vaxdir_status status = collect_names(making);
    if (status != VAXDIR_OK)
        return status;
    making->attribute_names = vaxdir_memory_allocate_zeroed(memory, making->name_count, sizeof(uint32_t));
    making->attributes =
        vaxdir_memory_allocate_zeroed(memory, making->name_count * (size_t)making->rows, sizeof(uint32_t));
    if (making->attribute_names == NULL || making->attributes == NULL || !make_number_columns(making) ||
        !vaxdir_pool_init(&making->pool, memory, seed) || text_column(making, VAXDIR_FIELD_ID) == NULL)
        return vaxdir_context_fail_memory(making->context);
    making->pool.expected = making->rows; /* ids */
    for (uint32_t row = 0; row < making->rows; row++) {
        vaxdir_slice record = next_record_bytes(making, row);
        vaxdir_record_cell cell;
        for (size_t at = 0; vaxdir_record_next(record, &at, &cell);)
            if (!place_cell(making, row, &cell))
                return vaxdir_context_fail_memory(making->context);
        if (!derive_territory(making, row))
            return vaxdir_context_fail_memory(making->context);
    }
    for (size_t i = 0; i < making->name_count; i++)
        if (!vaxdir_pool_add(&making->pool, making->names[i], &making->attribute_names[i]))
            return vaxdir_context_fail_memory(making->context);
    return VAXDIR_OK;
}

/* --- verdicts ----------------------------------------------------------------------------------------------------- */

enum { PROGRESS_ROWS = 4096 };

static vaxdir_status judge_rows(build *making, vaxdir_link *link)
{
    for (uint32_t row = 0; row < making->rows; row++) {
        vaxdir_status status = VAXDIR_OK;
        if (row % PROGRESS_ROWS == 0)
            status = vaxdir_builder_progress(making->context, making->builder, row, making->rows);
        if (status == VAXDIR_OK)
            status = vaxdir_verdict_judge(
                making->context, making->builder->rules, link, placed_text(making, row, VAXDIR_FIELD_BOOKING_URL),
                placed_text(making, row, VAXDIR_FIELD_DECLARED_PROVIDER), placed_text(making, row, VAXDIR_FIELD_PHONE),
                placed_text(making, row, VAXDIR_FIELD_PHONE_2), &making->pool, &making->verdicts[row]);
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

static vaxdir_status make_verdicts(build *making)
{
    making->verdicts = vaxdir_memory_allocate_zeroed(&making->context->memory, making->rows, sizeof *making->verdicts);
    if (making->verdicts == NULL)
        return vaxdir_context_fail_memory(making->context);
    vaxdir_link *link;
    vaxdir_status status = vaxdir_link_make(making->context, &link);
    if (status != VAXDIR_OK)
        return status;
    status = judge_rows(making, link);
    vaxdir_link_unref(link);
    vaxdir_rules_hash hash = vaxdir_rules_judging_hash(making->builder->rules);
    memcpy(making->header.rules_hash, hash.bytes, sizeof making->header.rules_hash);
    return status;
}

static int32_t link_code(const vaxdir_verdict_row *verdict)
{
    switch (verdict->trust) {
    case VAXDIR_VERDICT_UNSAFE:
        return VAXDIR_DIAGNOSTIC_LINK_UNSAFE;
    case VAXDIR_VERDICT_UNKNOWN:
        return VAXDIR_DIAGNOSTIC_LINK_UNKNOWN;
    case VAXDIR_VERDICT_NONE:
        return verdict->reason == VAXDIR_LINK_REASON_EMPTY ? 0 : VAXDIR_DIAGNOSTIC_LINK_NOT_A_LINK;
    default:
        return (verdict->warnings & ~(uint32_t)VAXDIR_LINK_WARNING_SCHEME_RAISED) == 0
                   ? 0
                   : VAXDIR_DIAGNOSTIC_LINK_REPAIRED;
    }
}

static vaxdir_status tell(build *making, uint32_t row, int32_t code, vaxdir_field field, int64_t column,
                          vaxdir_slice suggestion, int32_t reason)
{
    vaxdir_builder *builder = making->builder;
    const vaxdir_record *record = &builder->records[making->settled.records[row]];
    const vaxdir_input_seen *input = &builder->inputs[record->input];
    vaxdir_status status =
        vaxdir_findings_add(making->context, &builder->built, code, field, record->line, column,
                            vaxdir_input_name(builder, input), vaxdir_input_column_name(builder, input, column),
                            placed_text(making, row, VAXDIR_FIELD_ID), placed_text(making, row, field), suggestion);
    if (status == VAXDIR_OK)
        builder->built.items[builder->built.count - 1].reason = reason;
    return status;
}

static vaxdir_status diagnose_row(build *making, uint32_t row)
{
    const vaxdir_verdict_row *verdict = &making->verdicts[row];
    const vaxdir_record *record = &making->builder->records[making->settled.records[row]];
    vaxdir_strings strings = {making->pool.bytes.bytes, making->pool.bytes.length};
    vaxdir_slice none = {NULL, 0};
    vaxdir_status status = VAXDIR_OK;
    int32_t code = link_code(verdict);
    if (code != 0)
        status = tell(making, row, code, VAXDIR_FIELD_BOOKING_URL, record->link_column,
                      vaxdir_strings_get(&strings, verdict->url), verdict->reason);
    if (status == VAXDIR_OK && verdict->phone_reason != VAXDIR_PHONE_REASON_NONE)
        status = tell(making, row, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_FIELD_PHONE, record->phone_column, none,
                      verdict->phone_reason);
    if (status == VAXDIR_OK && verdict->phone_2_reason != VAXDIR_PHONE_REASON_NONE)
        status = tell(making, row, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_FIELD_PHONE_2, record->phone_2_column, none,
                      verdict->phone_2_reason);
    if (status == VAXDIR_OK && verdict->url == 0 && verdict->phone == 0)
        status = tell(making, row, VAXDIR_DIAGNOSTIC_ROUTE_NONE, 0, 0, none, 0);
    return status;
}

/* Findings come in the order of the input, rows in the order of ids: `order` leads from one to the other. */
static vaxdir_status diagnose_rows(build *making)
{
    enum { AHEAD = 16 };
    for (uint32_t i = 0; i < making->rows; i++) {
        if (making->rows - i > AHEAD)
            __builtin_prefetch(&making->verdicts[making->settled.order[i + AHEAD]]);
        vaxdir_status status = diagnose_row(making, making->settled.order[i]);
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

/* --- image -------------------------------------------------------------------------------------------------------- */

/* Counts findings by code: pairs of a code and how many have it. One look at each: there may be millions. */
static void count_findings(const vaxdir_findings *findings, uint64_t *pairs, size_t codes)
{
    for (size_t i = 0; i < findings->count; i++) {
        uint64_t code = (uint64_t)findings->items[i].code;
        for (size_t j = 0; j < codes; j++)
            pairs[2 * j + 1] += pairs[2 * j] == code;
    }
}

static vaxdir_status count_diagnostics(build *making)
{
    size_t codes = 0;
    while (vaxdir_diagnostic_at(codes) != 0)
        codes++;
    making->diagnostics = vaxdir_memory_allocate(&making->context->memory, codes, 2 * sizeof(uint64_t));
    if (making->diagnostics == NULL)
        return vaxdir_context_fail_memory(making->context);
    uint64_t *pairs = making->diagnostics;
    for (size_t i = 0; i < codes; i++) {
        pairs[2 * i] = (uint64_t)vaxdir_diagnostic_at(i);
        pairs[2 * i + 1] = 0;
    }
    count_findings(&making->builder->added, pairs, codes);
    count_findings(&making->builder->built, pairs, codes);
    for (size_t i = 0; i < codes; i++)
        if (pairs[2 * i + 1] != 0) {
            memmove(&pairs[2 * making->diagnostic_count], &pairs[2 * i], 2 * sizeof *pairs);
            making->diagnostic_count++;
        }
    return VAXDIR_OK;
}

static size_t list_parts(const build *making, vaxdir_image_part *parts)
{
    size_t count = 0, rows = making->rows;
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_STRINGS, making->pool.bytes.bytes, making->pool.bytes.length};
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_ATTRIBUTE_NAMES, making->attribute_names,
                                         making->name_count * sizeof(uint32_t)};
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_ATTRIBUTES, making->attributes,
                                         making->name_count * rows * sizeof(uint32_t)};
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_DIAGNOSTICS, making->diagnostics,
                                         making->diagnostic_count * 2 * sizeof(uint64_t)};
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_VERDICTS, making->verdicts, rows * sizeof *making->verdicts};
    parts[count++] = (vaxdir_image_part){VAXDIR_SECTION_INDEX, making->index.bytes, making->index.length};
    for (vaxdir_field field = 1; field < VAXDIR_FIELD_SLOTS; field++) {
        uint32_t kind = VAXDIR_SECTION_FIELD + field;
        if (making->texts[field] != NULL)
            parts[count++] = (vaxdir_image_part){kind, making->texts[field], rows * sizeof(uint32_t)};
        else if (making->numbers[field] != NULL)
            parts[count++] = (vaxdir_image_part){kind, making->numbers[field], rows * sizeof(double)};
        else if (making->integers[field] != NULL)
            parts[count++] = (vaxdir_image_part){kind, making->integers[field], rows * sizeof(int64_t)};
    }
    return count;
}

static vaxdir_status make_image(build *making, vaxdir_registry **ret_registry)
{
    vaxdir_image_part parts[VAXDIR_SECTION_INDEX + VAXDIR_FIELD_SLOTS];
    const double *latitudes = making->numbers[VAXDIR_FIELD_LATITUDE];
    if (!vaxdir_index_build(making->rows, latitudes, making->numbers[VAXDIR_FIELD_LONGITUDE], vaxdir_index_wide(),
                            &making->index))
        return vaxdir_context_fail_memory(making->context);
    vaxdir_status status = count_diagnostics(making);
    if (status != VAXDIR_OK)
        return status;
    making->header.rows = making->rows;
    making->header.attributes = (uint32_t)making->name_count;
    making->header.quarantined = making->builder->quarantined + making->settled.quarantined;
    for (uint32_t row = 0; row < making->rows; row++)
        making->header.without_position += isnan(latitudes[row]) != 0;
    size_t size;
    unsigned char *bytes =
        vaxdir_image_assemble(&making->context->memory, &making->header, parts, list_parts(making, parts), &size);
    if (bytes == NULL)
        return vaxdir_context_fail_memory(making->context);
    return vaxdir_registry_new(making->context, bytes, size, false, ret_registry);
}

static void free_build(build *making)
{
    const vaxdir_memory *memory = &making->context->memory;
    size_t rows = making->rows, names = making->name_count;
    for (vaxdir_field field = 0; field < VAXDIR_FIELD_SLOTS; field++) {
        vaxdir_memory_free(memory, making->texts[field], rows, sizeof(uint32_t));
        vaxdir_memory_free(memory, making->numbers[field], rows, sizeof(double));
        vaxdir_memory_free(memory, making->integers[field], rows, sizeof(int64_t));
    }
    vaxdir_memory_free(memory, making->names, making->name_capacity, sizeof *making->names);
    vaxdir_memory_free(memory, making->attribute_names, names, sizeof(uint32_t));
    vaxdir_memory_free(memory, making->attributes, names * rows, sizeof(uint32_t));
    vaxdir_memory_free(memory, making->verdicts, rows, sizeof *making->verdicts);
    size_t codes = 0;
    while (vaxdir_diagnostic_at(codes) != 0)
        codes++;
    vaxdir_memory_free(memory, making->diagnostics, codes, 2 * sizeof(uint64_t));
    vaxdir_pool_free(&making->pool);
    vaxdir_buffer_free(&making->index);
    vaxdir_settled_free(memory, &making->settled);
}

vaxdir_status vaxdir_builder_build(vaxdir_context *context, vaxdir_builder *builder, vaxdir_registry **ret_registry)
{
    vaxdir_status status = vaxdir_builder_enter(context, builder);
    if (status != VAXDIR_OK)
        return status;
    if (ret_registry == NULL)
        return vaxdir_context_fail_null(context, "ret_registry");
    vaxdir_findings_cut(&builder->built, 0, 0);
    if (builder->record_count == 0 && builder->quarantined > 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_DATA,
                                   "every row is in quarantine: read vaxdir_builder_report() for the reasons");
    build making = {.context = context, .builder = builder, .index = {&context->memory, NULL, 0, 0}};
    status = vaxdir_settle(context, builder, &making.settled);
    making.rows = making.settled.count;
    if (status == VAXDIR_OK)
        status = take_fingerprint(&making);
    if (status == VAXDIR_OK)
        status = make_columns(&making);
    if (status == VAXDIR_OK)
        status = make_verdicts(&making);
    if (status == VAXDIR_OK)
        status = diagnose_rows(&making);
    if (status == VAXDIR_OK)
        status = make_image(&making, ret_registry);
    free_build(&making);
    return status;
}
