/* feed.c: see feed.h. Invariant: every row of the input is handed to the builder as a record or as a diagnostic with
 * its line, and an input that is refused leaves one diagnostic and nothing else. */
#include "feed.h"

#include <stdio.h>
#include <string.h>

#include "../base/io.h"
#include "../registry/builder.h"
#include "../registry/fields.h"
#include "decode.h"
#include "header.h"
#include "sniff.h"

/* More quotation marks that never close than this are no accident, and each costs a second look at what follows. */
enum { OPEN_QUOTES_MOST = 100 };

/* More than any diagnostic shows of a value. */
enum { VALUE_BYTES = 400 };

typedef struct feed_state {
    vaxdir_context *context;
    vaxdir_builder *builder;
    vaxdir_stream *stream;
    vaxdir_source source;
    vaxdir_csv csv;
    vaxdir_header header;
    vaxdir_buffer value; /* a value made showable */
    int64_t header_line;
    uint32_t open_quotes;
    bool begun; /* the builder's input is begun and not ended */
} feed_state;

static const vaxdir_slice nothing = {"", 0};

/* --- refusals ----------------------------------------------------------------------------------------------------- */

static vaxdir_status begin_input(feed_state *feed)
{
    feed->begun = true; /* also when it fails half way: the end takes it back */
    return vaxdir_builder_input_begin(feed->context, feed->builder, &feed->source);
}

static void drop_input(feed_state *feed)
{
    if (feed->begun)
        vaxdir_builder_input_end(feed->builder, false);
    feed->begun = false;
}

/* The input, emptied, with one diagnostic. The record of an error that was set before is kept. */
static vaxdir_status leave_diagnostic(feed_state *feed, int32_t code, int64_t line, vaxdir_slice value,
                                      vaxdir_slice suggestion)
{
    vaxdir_place place = {line, 0, nothing};
    drop_input(feed);
    vaxdir_status status = begin_input(feed);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_diagnose(feed->context, feed->builder, code, 0, &place, nothing, value, suggestion);
    vaxdir_builder_input_end(feed->builder, status == VAXDIR_OK);
    feed->begun = false;
    return status;
}

static bool decode_value(feed_state *feed, vaxdir_slice bytes)
{
    feed->value.length = 0;
    if (bytes.length > VALUE_BYTES)
        bytes.length = VALUE_BYTES;
    return vaxdir_buffer_reserve(&feed->value, 1) && vaxdir_decode_lossy(bytes, &feed->value);
}

static vaxdir_slice decoded_value(const feed_state *feed)
{
    return (vaxdir_slice){(const char *)feed->value.bytes, feed->value.length};
}

static vaxdir_status refused_at(feed_state *feed, int64_t line)
{
    /* The name is UTF-8 of any length and not terminated; the record cuts it anyway. */
    char file[sizeof feed->context->file];
    vaxdir_slice name = vaxdir_text_cut(feed->source.name, sizeof file - 1);
    if (name.length > 0)
        memcpy(file, name.bytes, name.length);
    file[name.length] = '\0';
    return vaxdir_context_fail_at(feed->context, file, line, -1);
}

static vaxdir_status refuse_empty(feed_state *feed)
{
    vaxdir_slice suggestion = vaxdir_slice_of("get the feed again");
    vaxdir_status status = leave_diagnostic(feed, VAXDIR_DIAGNOSTIC_INPUT_EMPTY, 0, nothing, suggestion);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_context_fail(feed->context, VAXDIR_ERROR_DATA,
                        "the input is empty: get the feed again and keep the last good registry until then");
    return refused_at(feed, -1);
}

static vaxdir_status refuse_other(feed_state *feed, const vaxdir_sniffed *other)
{
    vaxdir_buffer *value = &feed->value;
    value->length = 0;
    if (!vaxdir_buffer_append(value, other->what, strlen(other->what)))
        return vaxdir_context_fail_memory(feed->context);
    if (other->title.length > 0 && (!vaxdir_buffer_append(value, ": ", 2) || !vaxdir_decode_lossy(other->title, value)))
        return vaxdir_context_fail_memory(feed->context);
    vaxdir_status status = leave_diagnostic(feed, VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED, 1, decoded_value(feed),
                                            vaxdir_slice_of(other->advice));
    if (status != VAXDIR_OK)
        return status;
    vaxdir_context_fail(feed->context, VAXDIR_ERROR_DATA, "the input is %s and not a feed of centres: %s", other->what,
                        other->advice);
    return refused_at(feed, 1);
}

static vaxdir_status refuse_header(feed_state *feed)
{
    vaxdir_slice suggestion = vaxdir_slice_of(VAXDIR_DIALECT_HINT);
    if (!decode_value(feed, feed->csv.raw))
        return vaxdir_context_fail_memory(feed->context);
    int64_t line = feed->csv.line;
    vaxdir_status status =
        leave_diagnostic(feed, VAXDIR_DIAGNOSTIC_INPUT_NO_HEADER, line, decoded_value(feed), suggestion);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_context_fail(feed->context, VAXDIR_ERROR_DATA,
                        "the input has no header that is known, so nothing tells what its columns mean: %s",
                        VAXDIR_DIALECT_HINT);
    return refused_at(feed, line);
}

/* The diagnostics of the rows stay: each names a mark to close. */
static vaxdir_status refuse_quotes(feed_state *feed)
{
    static const char what[] = "text with too many quotation marks that never close";
    static const char advice[] = "close each of them, or double it inside a cell";
    vaxdir_place place = {1, 0, nothing};
    vaxdir_builder_input_empty(feed->builder);
    vaxdir_status status = vaxdir_builder_diagnose(feed->context, feed->builder, VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED, 0,
                                                   &place, nothing, vaxdir_slice_of(what), vaxdir_slice_of(advice));
    if (status != VAXDIR_OK)
        return status;
    vaxdir_builder_input_end(feed->builder, true);
    feed->begun = false;
    vaxdir_context_fail(feed->context, VAXDIR_ERROR_DATA, "the input is %s: %s", what, advice);
    return refused_at(feed, 1);
}

static vaxdir_status refuse_all_quarantined(feed_state *feed)
{
    vaxdir_place place = {feed->header_line, 0, nothing};
    unsigned long rows = vaxdir_builder_input_quarantined(feed->builder);
    /* The rows' own diagnostics stay: they say what to do. There are no records to take back. */
    vaxdir_status status =
        vaxdir_builder_diagnose(feed->context, feed->builder, VAXDIR_DIAGNOSTIC_INPUT_ALL_QUARANTINED, 0, &place,
                                nothing, nothing, vaxdir_slice_of("correct what is told of the rows before"));
    if (status != VAXDIR_OK)
        return status;
    vaxdir_builder_input_end(feed->builder, true);
    feed->begun = false;
    vaxdir_context_fail(feed->context, VAXDIR_ERROR_DATA,
                        "none of the %lu rows of the input can be used: the report says why, row by row", rows);
    return refused_at(feed, feed->header_line);
}

/* --- the header --------------------------------------------------------------------------------------------------- */

/* The separator whose reading of the first line is best understood; the record read is then the header's. */
static vaxdir_status read_header(feed_state *feed)
{
    static const unsigned char delimiters[] = {';', ',', '\t', '|'};
    size_t most = 0;
    unsigned char best = 0;
    vaxdir_record_kind kind;
    vaxdir_status status;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        vaxdir_csv_set_delimiter(&feed->csv, delimiters[i]);
        status = vaxdir_csv_next(&feed->csv, &kind);
        if (status != VAXDIR_OK)
            return status;
        if (kind == VAXDIR_RECORD_END)
            return refuse_empty(feed);
        if (kind == VAXDIR_RECORD_ROW && !vaxdir_header_read(&feed->header, &feed->csv))
            return vaxdir_context_fail_memory(feed->context);
        if (kind == VAXDIR_RECORD_ROW && feed->header.known > most) {
            most = feed->header.known;
            best = delimiters[i];
        }
        vaxdir_csv_rewind(&feed->csv);
    }
    if (best == 0)
        return refuse_header(feed);
    vaxdir_csv_set_delimiter(&feed->csv, best);
    status = vaxdir_csv_next(&feed->csv, &kind);
    if (status == VAXDIR_OK && !vaxdir_header_read(&feed->header, &feed->csv))
        status = vaxdir_context_fail_memory(feed->context);
    feed->header_line = feed->csv.line;
    return status;
}

static bool header_has(const vaxdir_header *header, vaxdir_field field)
{
    for (size_t i = 0; i < header->count; i++)
        if (header->columns[i].meaning.field == field)
            return true;
    return false;
}

static vaxdir_status diagnose_header(feed_state *feed)
{
    static const vaxdir_field principal[] = {VAXDIR_FIELD_NAME, VAXDIR_FIELD_LATITUDE, VAXDIR_FIELD_LONGITUDE};
    const vaxdir_header *header = &feed->header;
    vaxdir_status status = VAXDIR_OK;
    for (size_t i = 0; i < header->count && status == VAXDIR_OK; i++) {
        const vaxdir_column *column = &header->columns[i];
        if (column->repeats == 0)
            continue;
        vaxdir_slice name = vaxdir_header_name(header, column->repeats - 1);
        vaxdir_place place = {feed->header_line, (int64_t)i + 1, name};
        status = vaxdir_builder_diagnose(feed->context, feed->builder, VAXDIR_DIAGNOSTIC_COLUMN_REPEATED, 0, &place,
                                         nothing, name, vaxdir_header_name(header, i));
    }
    for (size_t i = 0; i < sizeof principal / sizeof *principal && status == VAXDIR_OK; i++) {
        if (header_has(header, principal[i]))
            continue;
        vaxdir_slice name = vaxdir_slice_of(vaxdir_dialect_name(header->dialect, principal[i]));
        vaxdir_place place = {feed->header_line, 0, name};
        status = vaxdir_builder_diagnose(feed->context, feed->builder, VAXDIR_DIAGNOSTIC_COLUMN_MISSING, principal[i],
                                         &place, nothing, nothing, name);
    }
    return status;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Where a cell of the record stands; beyond the header nothing has a name. */
static vaxdir_place place_of(const feed_state *feed, size_t index)
{
    vaxdir_place place = {feed->csv.line, (int64_t)index + 1, nothing};
    if (index < feed->header.count)
        place.column_name = vaxdir_header_name(&feed->header, index);
    return place;
}

static vaxdir_status quarantine(feed_state *feed, int32_t code, const vaxdir_place *place, vaxdir_slice value,
                                const char *suggestion)
{
    if (!decode_value(feed, value))
        return vaxdir_context_fail_memory(feed->context);
    vaxdir_status status = vaxdir_builder_row_begin(feed->context, feed->builder, place->line);
    if (status != VAXDIR_OK)
        return status;
    return vaxdir_builder_row_quarantine(feed->context, feed->builder, code, place, decoded_value(feed),
                                         vaxdir_slice_of(suggestion));
}

static vaxdir_status quarantine_long_cell(feed_state *feed)
{
    vaxdir_place place = {feed->csv.line, 0, nothing};
    vaxdir_slice value = feed->csv.raw;
    if (feed->csv.long_cell != 0) {
        place = place_of(feed, feed->csv.long_cell - 1);
        value = vaxdir_csv_cell(&feed->csv, feed->csv.long_cell - 1);
    }
    return quarantine(
        feed, VAXDIR_DIAGNOSTIC_CELL_TOO_LONG, &place, value,
        "a shorter text: max_cell_bytes is the limit; perhaps a separator or a quotation mark is missing");
}

static vaxdir_status quarantine_undecodable(feed_state *feed)
{
    vaxdir_place place = {feed->csv.line, 0, nothing};
    vaxdir_slice value = feed->csv.raw;
    for (size_t i = 0; i < feed->csv.count; i++) {
        if (vaxdir_text_valid(vaxdir_csv_cell(&feed->csv, i)))
            continue;
        place = place_of(feed, i);
        value = vaxdir_csv_cell(&feed->csv, i);
        break;
    }
    return quarantine(feed, VAXDIR_DIAGNOSTIC_ROW_UNDECODABLE, &place, value, "save the file as UTF-8");
}

/* The first line of the record that never closed: the cell that goes on is the last one that it begins. */
static vaxdir_status quarantine_quote(feed_state *feed)
{
    if (++feed->open_quotes > OPEN_QUOTES_MOST)
        return refuse_quotes(feed);
    vaxdir_place place = place_of(feed, feed->csv.count);
    return quarantine(feed, VAXDIR_DIAGNOSTIC_QUOTE_OPEN, &place, feed->csv.raw,
                      "close the quotation mark, or double it where it belongs to the text");
}

static vaxdir_slice cell_at(const feed_state *feed, size_t index)
{
    return index < feed->csv.count ? vaxdir_csv_cell(&feed->csv, index) : nothing;
}

static bool is_blank(vaxdir_slice text)
{
    return text.length == 0 || vaxdir_text_trim(text).length == 0;
}

/* Tells a row of another length than the header; cells beyond it are attributes of columns that get a name here. */
static vaxdir_status check_shape(feed_state *feed)
{
    const vaxdir_csv *csv = &feed->csv;
    vaxdir_header *header = &feed->header;
    if (csv->count < header->named_count) {
        vaxdir_place place = place_of(feed, csv->count);
        return vaxdir_builder_diagnose(
            feed->context, feed->builder, VAXDIR_DIAGNOSTIC_ROW_SHORT, 0, &place, nothing, csv->raw,
            vaxdir_slice_of("as many cells as the header has: perhaps the file is cut, or a separator is missing"));
    }
    size_t extra = header->line_count;
    while (extra < csv->count && is_blank(vaxdir_csv_cell(csv, extra)))
        extra++;
    if (extra >= csv->count)
        return VAXDIR_OK;
    if (!vaxdir_header_grow(header, csv->count))
        return vaxdir_context_fail_memory(feed->context);
    vaxdir_place place = place_of(feed, extra);
    return vaxdir_builder_diagnose(
        feed->context, feed->builder, VAXDIR_DIAGNOSTIC_ROW_LONG, 0, &place, nothing, vaxdir_csv_cell(csv, extra),
        vaxdir_slice_of("as many cells as the header has: put a cell that holds the separator into quotation marks"));
}

/* Of the columns of each field the one that this row uses: number from 1, 0 for none. The best ranked with a value;
 * without a value the best ranked, so that what is missing is told at its place. */
static void choose_columns(const feed_state *feed, size_t *chosen)
{
    memset(chosen, 0, VAXDIR_FIELD_SLOTS * sizeof *chosen);
    for (size_t i = 0; i < feed->header.line_count; i++) {
        vaxdir_meaning meaning = feed->header.columns[i].meaning;
        size_t *choice = &chosen[meaning.field];
        if (meaning.field == 0)
            continue;
        if (*choice == 0) {
            *choice = i + 1;
            continue;
        }
        bool blank = is_blank(cell_at(feed, i)), other_blank = is_blank(cell_at(feed, *choice - 1));
        bool better = meaning.rank < feed->header.columns[*choice - 1].meaning.rank;
        if (blank == other_blank ? better : other_blank)
            *choice = i + 1;
    }
}

static vaxdir_status push_cell(feed_state *feed, size_t index, vaxdir_field field)
{
    vaxdir_place place = place_of(feed, index);
    return vaxdir_builder_cell(feed->context, feed->builder, field, &place, cell_at(feed, index));
}

static vaxdir_status push_record(feed_state *feed)
{
    size_t chosen[VAXDIR_FIELD_SLOTS];
    vaxdir_status status = vaxdir_builder_row_begin(feed->context, feed->builder, feed->csv.line);
    if (status == VAXDIR_OK)
        status = check_shape(feed);
    choose_columns(feed, chosen);
    /* The id first, so that what is told of the other cells can name it. */
    size_t id = chosen[VAXDIR_FIELD_ID];
    if (status == VAXDIR_OK && id != 0)
        status = push_cell(feed, id - 1, VAXDIR_FIELD_ID);
    for (size_t i = 0; i < feed->header.count && status == VAXDIR_OK; i++) {
        vaxdir_field field = feed->header.columns[i].meaning.field;
        if (i + 1 == id)
            continue;
        if (field != 0 && chosen[field] == i + 1)
            status = push_cell(feed, i, field);
        else if (!is_blank(cell_at(feed, i)))
            status = push_cell(feed, i, 0);
    }
    return status == VAXDIR_OK ? vaxdir_builder_row_end(feed->context, feed->builder) : status;
}

static vaxdir_status push_row(feed_state *feed)
{
    if (feed->csv.too_many_columns) {
        vaxdir_context_fail(feed->context, VAXDIR_ERROR_LIMIT,
                            "a row has more cells than max_columns (%lu): raise it in the context options",
                            (unsigned long)feed->context->limits.columns);
        return refused_at(feed, feed->csv.line);
    }
    if (feed->csv.long_cell != 0)
        return quarantine_long_cell(feed);
    if (!vaxdir_text_valid(feed->csv.raw))
        return quarantine_undecodable(feed);
    return push_record(feed);
}

static vaxdir_status read_rows(feed_state *feed)
{
    for (;;) {
        vaxdir_record_kind kind;
        vaxdir_status status = vaxdir_csv_next(&feed->csv, &kind);
        if (status != VAXDIR_OK)
            return status;
        if (kind == VAXDIR_RECORD_END)
            return VAXDIR_OK;
        if (kind == VAXDIR_RECORD_ROW)
            status = push_row(feed);
        else if (kind == VAXDIR_RECORD_QUOTE)
            status = quarantine_quote(feed);
        else
            status = quarantine_long_cell(feed);
        if (status != VAXDIR_OK)
            return status;
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static vaxdir_status sniff(feed_state *feed)
{
    vaxdir_status status = vaxdir_stream_fill(feed->stream, VAXDIR_SNIFF_BYTES);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_slice head = vaxdir_stream_peek(feed->stream);
    vaxdir_sniffed sniffed = vaxdir_sniff(head);
    if (sniffed.what != NULL)
        return refuse_other(feed, &sniffed);
    if (head.length >= 3 && memcmp(head.bytes, "\xEF\xBB\xBF", 3) == 0)
        vaxdir_stream_skip_bytes(feed->stream, 3);
    return VAXDIR_OK;
}

static vaxdir_status finish(feed_state *feed)
{
    if (vaxdir_builder_input_rows(feed->builder) == 0) {
        if (vaxdir_builder_input_quarantined(feed->builder) > 0)
            return refuse_all_quarantined(feed);
        vaxdir_place place = {feed->header_line, 0, nothing};
        vaxdir_status status =
            vaxdir_builder_diagnose(feed->context, feed->builder, VAXDIR_DIAGNOSTIC_INPUT_NO_ROWS, 0, &place, nothing,
                                    nothing, vaxdir_slice_of("get the feed again if it should have rows"));
        if (status != VAXDIR_OK)
            return status;
    }
    vaxdir_builder_input_end(feed->builder, true);
    feed->begun = false;
    return VAXDIR_OK;
}

static vaxdir_status read_feed(feed_state *feed)
{
    vaxdir_status status = sniff(feed);
    if (status == VAXDIR_OK)
        status = read_header(feed);
    if (status != VAXDIR_OK)
        return status;
    if (feed->source.id_system.length == 0)
        feed->source.id_system = vaxdir_slice_of(feed->header.dialect->id_system);
    feed->source.id_always_prefixed = feed->header.dialect->id_always_prefixed;
    feed->source.dates = feed->header.dialect->dates;
    status = begin_input(feed);
    if (status == VAXDIR_OK && feed->csv.too_many_columns)
        status = push_row(feed); /* which says so */
    if (status == VAXDIR_OK)
        status = diagnose_header(feed);
    if (status == VAXDIR_OK)
        status = read_rows(feed);
    return status == VAXDIR_OK ? finish(feed) : status;
}

vaxdir_status vaxdir_feed_read(vaxdir_stream *stream, vaxdir_slice name, vaxdir_slice id_system)
{
    feed_state feed = {.context = stream->context, .builder = stream->builder, .stream = stream};
    feed.source.name = name;
    feed.source.id_system = id_system;
    feed.value.memory = &stream->context->memory;
    vaxdir_header_init(&feed.header, &stream->context->memory);
    vaxdir_status status = vaxdir_csv_init(&feed.csv, stream);
    if (status != VAXDIR_OK)
        return status;
    status = read_feed(&feed);
    if (status == VAXDIR_ERROR_IO) {
        char reason[VAXDIR_IO_REASON_SIZE];
        vaxdir_io_reason(stream->error, reason);
        vaxdir_status left =
            leave_diagnostic(&feed, VAXDIR_DIAGNOSTIC_INPUT_UNREADABLE, 0, vaxdir_slice_of(reason), nothing);
        status = left == VAXDIR_OK ? refused_at(&feed, -1) : left;
    }
    if (status != VAXDIR_OK)
        drop_input(&feed);
    vaxdir_csv_free(&feed.csv);
    vaxdir_header_free(&feed.header);
    vaxdir_buffer_free(&feed.value);
    return status;
}
