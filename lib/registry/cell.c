/* cell.c: gives every cell the type of its field, and looks at the finished row. Invariant: nothing is lost: what does
 * not parse is told and kept as an attribute. */
#include <math.h>
#include <string.h>

#include "../geo/point.h"
#include "records.h"

static const vaxdir_slice nothing = {NULL, 0};

/* Tells a bad cell and keeps its text under the name that the input gives it. */
static vaxdir_status keep_unparsed(vaxdir_context *context, vaxdir_builder *builder, int32_t code, vaxdir_field field,
                                   const vaxdir_place *place, vaxdir_slice text, const char *suggestion)
{
    vaxdir_status status =
        vaxdir_builder_diagnose_field(context, builder, code, field, text, vaxdir_slice_of(suggestion));
    if (status != VAXDIR_OK)
        return status;
    vaxdir_slice name = place->column_name;
    if (name.length == 0)
        name = vaxdir_slice_of(vaxdir_field_name(field));
    return vaxdir_row_add(context, builder, VAXDIR_FIELD_ATTRIBUTE, name, text, nothing);
}

static vaxdir_status add_typed(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field, const void *value,
                               vaxdir_slice raw)
{
    return vaxdir_row_add(context, builder, field, nothing, (vaxdir_slice){value, 8}, raw);
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static bool has_high_byte(vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return true;
    return false;
}

static vaxdir_status check_encoding(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                    vaxdir_slice text)
{
    if (!has_high_byte(text))
        return VAXDIR_OK;
    bool memory_ok;
    builder->scratch.length = 0;
    bool twice = vaxdir_text_double_encoded(text, &builder->scratch, &memory_ok);
    if (!memory_ok)
        return vaxdir_context_fail_memory(context);
    vaxdir_slice repaired = {(const char *)builder->scratch.bytes, builder->scratch.length};
    if (!twice || !vaxdir_text_valid(repaired))
        return VAXDIR_OK;
    return vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_TEXT_DOUBLE_ENCODED, field, text,
                                         repaired);
}

static vaxdir_status add_text(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field, vaxdir_slice text)
{
    if (text.length == 0)
        return VAXDIR_OK;
    vaxdir_status status = check_encoding(context, builder, field, text);
    return status != VAXDIR_OK ? status : vaxdir_row_add(context, builder, field, nothing, text, nothing);
}

static bool has_system(vaxdir_slice text)
{
    const char *colon = memchr(text.bytes, ':', text.length);
    return colon != NULL && colon != text.bytes && colon != text.bytes + text.length - 1;
}

/* Ids are `system:value`; the first colon splits. */
static vaxdir_status add_id(vaxdir_context *context, vaxdir_builder *builder, vaxdir_slice text)
{
    if (text.length == 0)
        return VAXDIR_OK;
    if (!builder->source.id_always_prefixed && has_system(text))
        return vaxdir_row_add(context, builder, VAXDIR_FIELD_ID, nothing, text, nothing);
    vaxdir_buffer *id = &builder->scratch;
    vaxdir_slice system = builder->source.id_system;
    id->length = 0;
    if (!vaxdir_buffer_append(id, system.bytes, system.length) || !vaxdir_buffer_append_byte(id, ':') ||
        !vaxdir_buffer_append(id, text.bytes, text.length))
        return vaxdir_context_fail_memory(context);
    return vaxdir_row_add(context, builder, VAXDIR_FIELD_ID, nothing, (vaxdir_slice){(char *)id->bytes, id->length},
                          nothing);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

/* Adds one item to the list being made, unless it is empty or there already. A line feed in it becomes a space, because
 * it separates the items. */
static bool add_item(vaxdir_buffer *list, vaxdir_slice item)
{
    item = vaxdir_text_trim(item);
    size_t start = list->length;
    if (item.length == 0)
        return true;
    if (start > 0 && !vaxdir_buffer_append_byte(list, '\n'))
        return false;
    size_t from = list->length;
    if (!vaxdir_buffer_append(list, item.bytes, item.length))
        return false;
    for (size_t i = from; i < list->length; i++)
        if (list->bytes[i] == '\n')
            list->bytes[i] = ' ';
    vaxdir_slice added = {(const char *)list->bytes + from, item.length};
    for (size_t at = 0; at < start;) {
        const unsigned char *end = memchr(list->bytes + at, '\n', start - at);
        size_t length = end == NULL ? start - at : (size_t)(end - list->bytes) - at;
        if (vaxdir_slice_equal(added, (vaxdir_slice){(const char *)list->bytes + at, length})) {
            list->length = start;
            break;
        }
        at += length + 1;
    }
    return true;
}

/* A PostgreSQL array literal, one level deep: {a,"b c","d \"e\""} (PostgreSQL manual, section 8.15.2). The item being
 * read is unescaped into `item`. False where it is no such thing; *ret_memory_ok tells the other failure. */
static bool parse_array(vaxdir_slice text, vaxdir_buffer *item, vaxdir_buffer *list, bool *ret_memory_ok)
{
    bool quoted = false, good = true;
    item->length = 0;
    for (size_t i = 1; i < text.length && good; i++) {
        char byte = text.bytes[i];
        bool last = i == text.length - 1;
        if (last && (quoted || byte != '}'))
            return false;
        if (byte == '"') {
            quoted = !quoted;
        } else if (!quoted && (byte == ',' || byte == '}')) {
            if (byte == '}' && !last)
                return false;
            good = add_item(list, (vaxdir_slice){(const char *)item->bytes, item->length});
            item->length = 0;
        } else if (!quoted && byte == '{') {
            return false;
        } else {
            if (byte == '\\' && i + 2 < text.length)
                byte = text.bytes[++i];
            good = vaxdir_buffer_append_byte(item, (unsigned char)byte);
        }
    }
    *ret_memory_ok = good;
    return good && text.length > 1;
}

static vaxdir_status add_list(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                              const vaxdir_place *place, vaxdir_slice text)
{
    if (text.length == 0)
        return VAXDIR_OK;
    vaxdir_buffer item = {&builder->memory, NULL, 0, 0}, list = {&builder->memory, NULL, 0, 0};
    bool memory_ok = true, array = true;
    if (text.bytes[0] == '{')
        array = parse_array(text, &item, &list, &memory_ok);
    else
        memory_ok = add_item(&list, text);
    vaxdir_status status = VAXDIR_OK;
    if (!memory_ok)
        status = vaxdir_context_fail_memory(context);
    else if (!array)
        status = keep_unparsed(context, builder, VAXDIR_DIAGNOSTIC_LIST_INVALID, field, place, text,
                               "{first,\"second item\"}");
    else if (list.length > 0)
        status =
            vaxdir_row_add(context, builder, field, nothing, (vaxdir_slice){(char *)list.bytes, list.length}, nothing);
    vaxdir_buffer_free(&item);
    vaxdir_buffer_free(&list);
    return status;
}

/* --- numbers, dates, flags ---------------------------------------------------------------------------------------- */

static bool parse_flag(vaxdir_slice folded, int64_t *ret_flag)
{
    static const char *const yes[] = {"t", "true", "oui", "yes", "1", "vrai", "o", "y"};
    static const char *const no[] = {"f", "false", "non", "no", "0", "faux", "n"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (vaxdir_slice_is(folded, yes[i])) {
            *ret_flag = VAXDIR_YES;
            return true;
        }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (vaxdir_slice_is(folded, no[i])) {
            *ret_flag = VAXDIR_NO;
            return true;
        }
    *ret_flag = VAXDIR_UNKNOWN;
    return vaxdir_slice_is(folded, "unknown") || vaxdir_slice_is(folded, "inconnu");
}

static vaxdir_status add_flag(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                              const vaxdir_place *place, vaxdir_slice text)
{
    int64_t flag;
    builder->scratch.length = 0;
    if (!vaxdir_text_fold(text, &builder->scratch))
        return vaxdir_context_fail_memory(context);
    if (!parse_flag((vaxdir_slice){(char *)builder->scratch.bytes, builder->scratch.length}, &flag))
        return keep_unparsed(context, builder, VAXDIR_DIAGNOSTIC_FLAG_INVALID, field, place, text, "yes, no, or empty");
    return flag == VAXDIR_UNKNOWN ? VAXDIR_OK : add_typed(context, builder, field, &flag, text);
}

static bool is_coordinate(vaxdir_field field)
{
    return field == VAXDIR_FIELD_LATITUDE || field == VAXDIR_FIELD_LONGITUDE;
}

static vaxdir_status add_number(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                const vaxdir_place *place, vaxdir_slice text)
{
    double number;
    if (!vaxdir_text_number(text, &number))
        return keep_unparsed(context, builder,
                             is_coordinate(field) ? VAXDIR_DIAGNOSTIC_POSITION_INVALID
                                                  : VAXDIR_DIAGNOSTIC_NUMBER_INVALID,
                             field, place, text, "a decimal number with a point, such as 48.8566");
    number += 0.0; /* -0 becomes 0: the fingerprint has one zero */
    return add_typed(context, builder, field, &number, text);
}

static vaxdir_status add_time(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                              const vaxdir_place *place, vaxdir_slice text)
{
    int64_t integer;
    int32_t date;
    if (vaxdir_field_type_of(field) == VAXDIR_TYPE_INSTANT) {
        if (!vaxdir_instant_parse(text, builder->source.dates, &integer))
            return keep_unparsed(context, builder, VAXDIR_DIAGNOSTIC_INSTANT_INVALID, field, place, text,
                                 "such as 2021-01-18T08:00:00Z");
    } else {
        if (!vaxdir_date_parse(text, builder->source.dates, &date))
            return keep_unparsed(context, builder, VAXDIR_DIAGNOSTIC_DATE_INVALID, field, place, text,
                                 "a day that exists, such as 2021-01-18");
        integer = date;
    }
    return add_typed(context, builder, field, &integer, text);
}

vaxdir_status vaxdir_cell_type(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                               const vaxdir_place *place, vaxdir_slice text)
{
    vaxdir_slice trimmed = vaxdir_text_trim(text);
    if (trimmed.length == 0)
        return VAXDIR_OK;
    if (field == 0)
        return vaxdir_row_add(context, builder, VAXDIR_FIELD_ATTRIBUTE, place->column_name, text, nothing);
    if (field == VAXDIR_FIELD_ID)
        return add_id(context, builder, trimmed);
    switch (vaxdir_field_type_of(field)) {
    case VAXDIR_TYPE_TEXT:
        return add_text(context, builder, field, trimmed);
    case VAXDIR_TYPE_RAW:
        return add_text(context, builder, field, text);
    case VAXDIR_TYPE_LIST:
        return add_list(context, builder, field, place, trimmed);
    case VAXDIR_TYPE_FLAG:
        return add_flag(context, builder, field, place, trimmed);
    case VAXDIR_TYPE_NUMBER:
        return add_number(context, builder, field, place, trimmed);
    case VAXDIR_TYPE_INSTANT:
    case VAXDIR_TYPE_DATE:
        return add_time(context, builder, field, place, trimmed);
    default:
        return vaxdir_context_fail(context, VAXDIR_ERROR_INTERNAL, "field %lu cannot be set", (unsigned long)field);
    }
}

/* --- the row as a whole ------------------------------------------------------------------------------------------- */

static bool number_of(const vaxdir_builder *builder, const vaxdir_cell *cell, double *ret_number)
{
    if (cell == NULL)
        return false;
    memcpy(ret_number, vaxdir_row_value(builder, cell).bytes, sizeof *ret_number);
    return true;
}

/* Both coordinates give way: a position is whole or it is none. */
static vaxdir_status refuse_position(vaxdir_context *context, vaxdir_builder *builder, const vaxdir_cell *blamed,
                                     const char *suggestion)
{
    char room[VAXDIR_NUMBER_ROOM];
    vaxdir_status status =
        vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_POSITION_INVALID, blamed->field,
                                      vaxdir_row_raw(builder, blamed, room), vaxdir_slice_of(suggestion));
    if (status == VAXDIR_OK)
        status = vaxdir_row_demote(context, builder, VAXDIR_FIELD_LATITUDE);
    return status == VAXDIR_OK ? vaxdir_row_demote(context, builder, VAXDIR_FIELD_LONGITUDE) : status;
}

/* A position this near to (0,0) is more likely a lost scale than a place: the sea is there. */
static const double suspect_degrees = 0.01;

static vaxdir_status check_position(vaxdir_context *context, vaxdir_builder *builder)
{
    double latitude = 0, longitude = 0;
    vaxdir_cell *latitude_cell = vaxdir_row_find(builder, VAXDIR_FIELD_LATITUDE);
    vaxdir_cell *longitude_cell = vaxdir_row_find(builder, VAXDIR_FIELD_LONGITUDE);
    bool has_latitude = number_of(builder, latitude_cell, &latitude);
    bool has_longitude = number_of(builder, longitude_cell, &longitude);
    if (!has_latitude && !has_longitude)
        return vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_POSITION_MISSING,
                                             VAXDIR_FIELD_LATITUDE, nothing, nothing);
    if (!has_latitude || !has_longitude)
        return refuse_position(context, builder, has_latitude ? latitude_cell : longitude_cell,
                               "latitude and longitude, both");
    if (!vaxdir_point_valid(latitude, longitude))
        return refuse_position(context, builder, latitude_cell, "a latitude from -90 to 90 degrees");
    /* More than one turn is no longitude but a lost decimal point. */
    if (fabs(longitude) > 360)
        return refuse_position(context, builder, longitude_cell, "a longitude from -180 to 180 degrees");
    longitude = vaxdir_longitude_wrap(longitude);
    memcpy(builder->row.bytes + longitude_cell->value, &longitude, sizeof longitude);
    if (fabs(latitude) > suspect_degrees || fabs(longitude) > suspect_degrees)
        return VAXDIR_OK;
    char room[VAXDIR_NUMBER_ROOM];
    bool zero = latitude == 0 && longitude == 0;
    return vaxdir_builder_diagnose_field(context, builder,
                                         zero ? VAXDIR_DIAGNOSTIC_POSITION_ZERO : VAXDIR_DIAGNOSTIC_POSITION_SUSPECT,
                                         VAXDIR_FIELD_LATITUDE, vaxdir_row_raw(builder, latitude_cell, room),
                                         vaxdir_slice_of("the centre's own position, or none"));
}

static vaxdir_status check_dates(vaxdir_context *context, vaxdir_builder *builder)
{
    const vaxdir_cell *opens = vaxdir_row_find(builder, VAXDIR_FIELD_OPENS_ON);
    const vaxdir_cell *closes = vaxdir_row_find(builder, VAXDIR_FIELD_CLOSES_ON);
    if (opens == NULL || closes == NULL)
        return VAXDIR_OK;
    int64_t first, last;
    memcpy(&first, vaxdir_row_value(builder, opens).bytes, sizeof first);
    memcpy(&last, vaxdir_row_value(builder, closes).bytes, sizeof last);
    if (first <= last)
        return VAXDIR_OK;
    char room[VAXDIR_NUMBER_ROOM];
    return vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_DATES_REVERSED, VAXDIR_FIELD_CLOSES_ON,
                                         vaxdir_row_raw(builder, closes, room), nothing);
}

/* Spreadsheets eat the zero before 01 to 09; the value stays as given, the territory is derived from what it was. */
static vaxdir_status check_code(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field)
{
    const vaxdir_cell *cell = vaxdir_row_find(builder, field);
    int64_t digits;
    if (cell == NULL || cell->value_length != 4 || !vaxdir_text_digits(vaxdir_row_value(builder, cell), &digits))
        return VAXDIR_OK;
    char repaired[5] = "0";
    memcpy(repaired + 1, vaxdir_row_value(builder, cell).bytes, 4);
    return vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_CODE_ZERO_LOST, field,
                                         vaxdir_row_value(builder, cell), (vaxdir_slice){repaired, 5});
}

vaxdir_status vaxdir_row_check(vaxdir_context *context, vaxdir_builder *builder)
{
    vaxdir_status status = VAXDIR_OK;
    if (vaxdir_row_find(builder, VAXDIR_FIELD_NAME) == NULL)
        status = vaxdir_builder_diagnose_field(context, builder, VAXDIR_DIAGNOSTIC_NAME_MISSING, VAXDIR_FIELD_NAME,
                                               nothing, nothing);
    if (status == VAXDIR_OK)
        status = check_position(context, builder);
    if (status == VAXDIR_OK)
        status = check_dates(context, builder);
    /* Only the French commune code tells that the postcode beside it is French, where five digits are the rule. */
    if (status == VAXDIR_OK && vaxdir_row_find(builder, VAXDIR_FIELD_INSEE) != NULL) {
        status = check_code(context, builder, VAXDIR_FIELD_INSEE);
        if (status == VAXDIR_OK)
            status = check_code(context, builder, VAXDIR_FIELD_POSTCODE);
    }
    return status;
}
