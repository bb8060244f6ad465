/* Centres in JSON. A batch names the same centres again and again, so their text is made once: what changes from query
 * to query is the distance alone. */
#include "record.h"

#include "steps.h"

#include <stdlib.h>

int record_begin(const struct program *program, const vaxdir_edition *edition, struct json *json, uint32_t row)
{
    const vaxdir_registry *registry = vaxdir_edition_registry(edition);
    double latitude = 0.0;
    double longitude = 0.0;
    if (vaxdir_registry_number(program->context, registry, row, VAXDIR_FIELD_LATITUDE, &latitude) != VAXDIR_OK ||
        vaxdir_registry_number(program->context, registry, row, VAXDIR_FIELD_LONGITUDE, &longitude) != VAXDIR_OK)
        return program_fail(program, NULL);
    emit_text(json, "id", program_text(program, edition, row, VAXDIR_FIELD_ID));
    emit_text(json, "name", program_text(program, edition, row, VAXDIR_FIELD_NAME));
    emit_number(json, "latitude", latitude);
    emit_number(json, "longitude", longitude);
    return STATUS_DONE;
}

void record_contact(const struct program *program, const vaxdir_edition *edition, struct json *json, uint32_t row)
{
    emit_text(json, "city", program_text(program, edition, row, VAXDIR_FIELD_CITY));
    emit_text(json, "postcode", program_text(program, edition, row, VAXDIR_FIELD_POSTCODE));
    emit_text(json, "provider", program_text(program, edition, row, VAXDIR_FIELD_PROVIDER));
    emit_text(json, "url", program_text(program, edition, row, VAXDIR_FIELD_LINK_URL));
    emit_text(json, "phone", program_text(program, edition, row, VAXDIR_FIELD_PHONE_NUMBER));
}

int record_end(const struct search *search, struct json *json, uint32_t row)
{
    if (vaxdir_resolve(search->program->context, search->edition, row, &search->visit, search->route) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    record_contact(search->program, search->edition, json, row);
    int result = steps_json(search->program, json, "route", search->route);
    emit_close(json, '}');
    emit_end_line(json);
    return result;
}

/* Above it a centre's text is made anew each time. */
static const size_t kept_max = (size_t)256 << 20;

bool records_init(struct records *records, const struct search *search)
{
    *records = (struct records){.search = search};
    records->count = vaxdir_registry_count(vaxdir_edition_registry(search->edition));
    records->rows = calloc((size_t)records->count + 1, sizeof *records->rows);
    return records->rows != NULL;
}

void records_free(struct records *records)
{
    for (uint32_t row = 0; records->rows != NULL && row < records->count; row++)
        free(records->rows[row].text);
    free(records->rows);
    free(records->last.text);
}

static int make_record(const struct search *search, uint32_t row, struct record *record)
{
    FILE *stream = open_memstream(&record->text, &record->length);
    if (stream == NULL)
        return program_refuse("there is not enough memory");
    struct json json = {stream, true};
    int result = record_begin(search->program, search->edition, &json, row);
    fflush(stream);
    record->begin_length = record->length;
    json.comma = true;
    if (result == STATUS_DONE)
        result = record_end(search, &json, row);
    bool whole = ferror(stream) == 0;
    if ((fclose(stream) != 0 || !whole) && result == STATUS_DONE)
        result = program_refuse("there is not enough memory");
    return result;
}

const struct record *records_get(struct records *records, uint32_t row)
{
    struct record *kept = &records->rows[row];
    if (kept->text != NULL)
        return kept;
    struct record made = {NULL, 0, 0};
    if (make_record(records->search, row, &made) != STATUS_DONE) {
        free(made.text);
        return NULL;
    }
    if (records->kept + made.length > kept_max) {
        free(records->last.text);
        records->last = made;
        return &records->last;
    }
    records->kept += made.length;
    *kept = made;
    return kept;
}
