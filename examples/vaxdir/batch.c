/* Answers many positions. They are asked in blocks, by one call of the library where it can answer all of a block, and
 * written in their order; a row that is no position is told, and the others are still answered. */
#include "answers.h"
#include "queries.h"
#include "record.h"
#include "values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096, CELLS_MAX = 1 << 20, OUTPUT = 1 << 18 };

struct batch {
    struct search *search;
    bool wide;       /* whether one call answers a block */
    uint32_t width;  /* how many centres a query of a block has room for */
    size_t capacity; /* of a block */
    size_t count;    /* in it */
    double latitudes[BLOCK], longitudes[BLOCK];
    int64_t first; /* number of the first query in the block; the others follow it */
    uint32_t *rows;
    double *distances_m;
    struct records records; /* of JSON */
    char output[OUTPUT];
    size_t length; /* of what is in output */
};

/* --- output ------------------------------------------------------------------------------------------------------- */

static void flush_output(struct batch *batch)
{
    fwrite(batch->output, 1, batch->length, stdout);
    batch->length = 0;
}

static void put(struct batch *batch, const char *text, size_t length)
{
    if (length > sizeof batch->output - batch->length)
        flush_output(batch);
    if (length > sizeof batch->output) {
        fwrite(text, 1, length, stdout);
        return;
    }
    memcpy(batch->output + batch->length, text, length);
    batch->length += length;
}

static void put_text(struct batch *batch, const char *text)
{
    put(batch, text, strlen(text));
}

static void put_integer(struct batch *batch, int64_t integer)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + integer % 10);
    while ((integer /= 10) > 0);
    put(batch, digits + at, sizeof digits - at);
}

static void put_number(struct batch *batch, double number, const char *absent)
{
    char text[32];
    if (isfinite(number))
        value_write_number(number, text, sizeof text);
    put_text(batch, isfinite(number) ? text : absent);
}

/* A cell of CSV (RFC 4180): in quotes where it has to be. */
static void put_cell(struct batch *batch, const char *text, size_t length)
{
    if (strcspn(text, ",\"\r\n") == length) {
        put(batch, text, length);
        return;
    }
    put_text(batch, "\"");
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            put_text(batch, "\"");
        put(batch, text + i, 1);
    }
    put_text(batch, "\"");
}

static int put_json(struct batch *batch, const struct answer *answer, int64_t number)
{
    for (uint32_t i = 0; i < answer->count; i++) {
        const struct record *record = records_get(&batch->records, answer->rows[i]);
        if (record == NULL)
            return STATUS_REFUSED;
        put_text(batch, "{\"query\": ");
        put_integer(batch, number);
        put(batch, record->text, record->begin_length);
        put_text(batch, ", \"distance_m\": ");
        put_number(batch, answer->distances_m[i], "null");
        if (answer->bearings_deg != NULL) {
            put_text(batch, ", \"bearing_deg\": ");
            put_number(batch, answer->bearings_deg[i], "null");
        }
        put(batch, record->text + record->begin_length, record->length - record->begin_length);
    }
    return STATUS_DONE;
}

static int put_csv(struct batch *batch, const struct answer *answer, int64_t number)
{
    const struct search *search = batch->search;
    for (uint32_t i = 0; i < answer->count; i++) {
        const char *id;
        size_t length;
        if (vaxdir_edition_text(search->program->context, search->edition, answer->rows[i], VAXDIR_FIELD_ID, &id,
                                &length) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        put_integer(batch, number);
        put_text(batch, ",");
        put_integer(batch, (int64_t)i + 1);
        put_text(batch, ",");
        put_cell(batch, id, length);
        put_text(batch, ",");
        put_number(batch, answer->distances_m[i], "");
        if (answer->bearings_deg != NULL) {
            put_text(batch, ",");
            put_number(batch, answer->bearings_deg[i], "");
        }
        put_text(batch, "\n");
    }
    return STATUS_DONE;
}

static int put_answer(struct batch *batch, const struct answer *answer, size_t which)
{
    int64_t number = batch->first + (int64_t)which;
    if (batch->search->format == FORMAT_JSON)
        return put_json(batch, answer, number);
    if (batch->search->format == FORMAT_CSV)
        return put_csv(batch, answer, number);
    return answer_print_text(batch->search, answer, batch->latitudes[which], batch->longitudes[which], number);
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static int answer_wide(struct batch *batch)
{
    struct search *search = batch->search;
    vaxdir_query query = search->query;
    query.limit = batch->width;
    if (vaxdir_nearest_columns(search->program->context, search->edition, batch->latitudes, sizeof(double),
                               batch->longitudes, sizeof(double), batch->count, &query, batch->rows, batch->distances_m,
                               NULL) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    for (size_t which = 0; which < batch->count; which++) {
        struct answer answer = {0, batch->rows + which * batch->width, batch->distances_m + which * batch->width, NULL};
        while (answer.count < batch->width && answer.rows[answer.count] != VAXDIR_NO_ROW)
            answer.count++;
        if (put_answer(batch, &answer, which) != STATUS_DONE)
            return STATUS_REFUSED;
    }
    return STATUS_DONE;
}

static int answer_single(struct batch *batch)
{
    struct search *search = batch->search;
    for (size_t which = 0; which < batch->count; which++) {
        int result = search_find(search, batch->latitudes[which], batch->longitudes[which]);
        if (result != STATUS_DONE)
            return result;
        struct answer answer = answer_of(search->matches);
        if (put_answer(batch, &answer, which) != STATUS_DONE)
            return STATUS_REFUSED;
        flush_output(batch);
        answer_print_complete(search, vaxdir_matches_complete_to_m(search->matches), batch->first + (int64_t)which);
    }
    return STATUS_DONE;
}

static int answer_block(struct batch *batch)
{
    int result = batch->count == 0 ? STATUS_DONE : batch->wide ? answer_wide(batch) : answer_single(batch);
    flush_output(batch);
    batch->first += (int64_t)batch->count;
    batch->count = 0;
    return result;
}

static int answer_all(struct batch *batch, struct queries *queries)
{
    struct query_line line;
    int result = STATUS_DONE;
    while (queries_next(queries, &line)) {
        if (line.problem == NULL) {
            batch->latitudes[batch->count] = line.latitude;
            batch->longitudes[batch->count++] = line.longitude;
        }
        /* What is asked through a pipe is answered before more is waited for. */
        if ((line.problem != NULL || batch->count == batch->capacity || !queries_ready(queries)) &&
            answer_block(batch) != STATUS_DONE)
            return STATUS_REFUSED;
        if (line.problem != NULL)
            result = program_refuse("%s:%lld: query %lld: %s", queries->path, queries->line, (long long)batch->first++,
                                    line.problem);
    }
    if (answer_block(batch) != STATUS_DONE)
        return STATUS_REFUSED;
    if (queries->error != 0)
        return program_refuse("%s: cannot be read: %s", queries->path, strerror(queries->error));
    return result;
}

/* --- the call ----------------------------------------------------------------------------------------------------- */

/* The columns know no radius, ties, bearings or limit of work: these are asked one by one. */
static bool make_batch(struct batch *batch, struct search *search)
{
    enum { LIMIT_DEFAULT = 10 };
    uint32_t centres = vaxdir_registry_count(vaxdir_edition_registry(search->edition));
    batch->search = search;
    batch->wide = search->radius_m < 0 && search->query.flags == 0 && search->query.work_limit == 0;
    batch->width = search->query.limit == 0 ? LIMIT_DEFAULT : search->query.limit;
    batch->width = batch->width < centres ? batch->width : centres;
    batch->width = batch->width == 0 ? 1 : batch->width;
    batch->capacity = CELLS_MAX / batch->width < BLOCK ? CELLS_MAX / batch->width : BLOCK;
    batch->capacity = batch->capacity == 0 ? 1 : batch->capacity;
    if (batch->wide) {
        batch->rows = malloc(batch->capacity * batch->width * sizeof *batch->rows);
        batch->distances_m = malloc(batch->capacity * batch->width * sizeof *batch->distances_m);
        if (batch->rows == NULL || batch->distances_m == NULL)
            return false;
    }
    return search->format != FORMAT_JSON || records_init(&batch->records, search);
}

int search_batch(struct search *search, const char *path)
{
    struct batch *batch = calloc(1, sizeof *batch);
    struct queries queries = {.descriptor = -1};
    int result;
    if (batch == NULL || !make_batch(batch, search))
        result = program_refuse("there is not enough memory");
    else
        result = queries_open(&queries, path);
    if (result == STATUS_DONE) {
        if (search->format == FORMAT_CSV)
            put_text(batch, (search->query.flags & VAXDIR_QUERY_BEARINGS) != 0
                                ? "query,rank,id,distance_m,bearing_deg\n"
                                : "query,rank,id,distance_m\n");
        result = answer_all(batch, &queries);
    }
    queries_close(&queries);
    if (batch != NULL) {
        records_free(&batch->records);
        free(batch->rows);
        free(batch->distances_m);
    }
    free(batch);
    return result;
}
