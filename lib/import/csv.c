/* csv.c: see csv.h. libcsv takes the cells apart and is fed one physical line a call, so that it is open after a line
 * exactly when a quoted cell goes on; a scan of the marks beside it tells a cell that holds a line end from one that
 * swallowed the next row. libcsv's own buffer comes from malloc: its hooks have no user pointer that could carry an
 * allocator. Invariant: no cell is changed; libcsv's trimming is off. */
#include "csv.h"

#include <string.h>

/* The marks as libcsv reads them. */
enum { SCAN_CELL_START, SCAN_PLAIN, SCAN_QUOTED, SCAN_QUOTE_SEEN };

/* What is kept of a cell that is too long: more than any diagnostic shows. */
enum { LONG_CELL_KEPT = 256 };

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static int is_line_feed(unsigned char byte)
{
    return byte == '\n';
}

vaxdir_status vaxdir_csv_init(vaxdir_csv *csv, vaxdir_stream *stream)
{
    memset(csv, 0, sizeof *csv);
    csv->stream = stream;
    csv->text.memory = &stream->context->memory;
    if (csv_init(&csv->parser, 0) != 0)
        return vaxdir_context_fail(stream->context, VAXDIR_ERROR_INTERNAL, "libcsv does not start");
    csv_set_space_func(&csv->parser, no_space);
    csv_set_term_func(&csv->parser, is_line_feed);
    csv_set_blk_size(&csv->parser, 4096);
    vaxdir_csv_set_delimiter(csv, ',');
    if (!vaxdir_buffer_reserve(&csv->text, 4096)) {
        vaxdir_csv_free(csv);
        return vaxdir_context_fail_memory(stream->context);
    }
    return VAXDIR_OK;
}

void vaxdir_csv_free(vaxdir_csv *csv)
{
    csv_free(&csv->parser);
    vaxdir_buffer_free(&csv->text);
    vaxdir_memory_free(csv->text.memory, csv->cells, csv->capacity, sizeof *csv->cells);
    csv->cells = NULL;
}

void vaxdir_csv_set_delimiter(vaxdir_csv *csv, unsigned char delimiter)
{
    csv->delimiter = delimiter;
    csv_set_delim(&csv->parser, delimiter);
}

vaxdir_slice vaxdir_csv_cell(const vaxdir_csv *csv, size_t index)
{
    return (vaxdir_slice){(const char *)csv->text.bytes + csv->cells[index].offset, csv->cells[index].length};
}

static void take_cell(void *bytes, size_t length, void *user)
{
    vaxdir_csv *csv = user;
    const vaxdir_context *context = csv->stream->context;
    if (csv->count == context->limits.columns) {
        csv->too_many_columns = true;
        return;
    }
    if (length > context->limits.cell_bytes) {
        if (csv->long_cell == 0)
            csv->long_cell = csv->count + 1;
        if (length > LONG_CELL_KEPT)
            length = LONG_CELL_KEPT;
    }
    vaxdir_csv_span cell = {csv->text.length, length};
    if (!vaxdir_memory_reserve(&context->memory, &csv->cells, &csv->capacity, csv->count + 1, sizeof *csv->cells) ||
        !vaxdir_buffer_append(&csv->text, bytes, length)) {
        csv->out_of_memory = true;
        return;
    }
    csv->cells[csv->count++] = cell;
}

static void take_row(int byte, void *user)
{
    vaxdir_csv *csv = user;
    (void)byte;
    csv->closed = true;
}

static void scan_marks(vaxdir_csv *csv, vaxdir_slice line)
{
    for (size_t i = 0; i < line.length; i++) {
        unsigned char byte = (unsigned char)line.bytes[i];
        bool ends_cell = byte == csv->delimiter;
        if (csv->scan == SCAN_QUOTED) {
            if (byte == '"')
                csv->scan = SCAN_QUOTE_SEEN;
        } else if (ends_cell) {
            csv->scan = SCAN_CELL_START;
        } else if (csv->scan == SCAN_QUOTE_SEEN) {
            csv->stray = csv->stray || byte != '"';
            csv->scan = SCAN_QUOTED;
        } else {
            csv->scan = csv->scan == SCAN_CELL_START && byte == '"' ? SCAN_QUOTED : SCAN_PLAIN;
        }
    }
}

static vaxdir_status feed_bytes(vaxdir_csv *csv, const char *bytes, size_t length)
{
    size_t taken = csv_parse(&csv->parser, bytes, length, take_cell, take_row, csv);
    if (taken != length || csv->out_of_memory)
        return vaxdir_context_fail_memory(csv->stream->context);
    return VAXDIR_OK;
}

/* Where the stream ends a line, libcsv gets one LF, which is all that it takes for an end; within marks it gets the
 * line's own end, which belongs to the cell. The last line of an input may lack its end. */
static vaxdir_status feed_line(vaxdir_csv *csv, vaxdir_slice line)
{
    vaxdir_slice content = line;
    if (content.length > 0 && content.bytes[content.length - 1] == '\n')
        content.length--;
    if (content.length > 0 && content.bytes[content.length - 1] == '\r')
        content.length--;
    scan_marks(csv, content);
    if (csv->scan == SCAN_QUOTED && content.length < line.length)
        return feed_bytes(csv, line.bytes, line.length);
    vaxdir_status status = feed_bytes(csv, content.bytes, content.length);
    if (csv->scan != SCAN_QUOTED)
        csv->scan = SCAN_CELL_START;
    return status == VAXDIR_OK ? feed_bytes(csv, "\n", 1) : status;
}

static void forget_record(vaxdir_csv *csv)
{
    csv_fini(&csv->parser, NULL, NULL, NULL);
    csv->text.length = csv->count = csv->long_cell = 0;
    csv->scan = SCAN_CELL_START;
    csv->stray = csv->closed = csv->too_many_columns = csv->out_of_memory = false;
}

static vaxdir_slice record_bytes(const vaxdir_csv *csv)
{
    const vaxdir_stream *stream = csv->stream;
    vaxdir_slice raw = {(const char *)stream->buffer.bytes + stream->mark, stream->cursor - stream->mark};
    while (raw.length > 0 && (raw.bytes[raw.length - 1] == '\n' || raw.bytes[raw.length - 1] == '\r'))
        raw.length--;
    return raw;
}

/* The first line of a record, to come back to when a later one shows that a mark never closes. */
typedef struct first_line {
    size_t length;
    size_t cells;
} first_line;

static void go_back_to_second_line(vaxdir_csv *csv, first_line first)
{
    vaxdir_stream_rewind(csv->stream);
    csv->stream->cursor += first.length;
    csv->stream->line++;
    csv_fini(&csv->parser, NULL, NULL, NULL);
    csv->count = first.cells;
    if (csv->long_cell > csv->count)
        csv->long_cell = 0;
    csv->raw = record_bytes(csv);
}

/* Reads on until the record closes or shows that it will not. */
static vaxdir_status read_record(vaxdir_csv *csv, vaxdir_slice line, vaxdir_record_kind *ret_kind)
{
    vaxdir_stream *stream = csv->stream;
    first_line first = {line.length, 0};
    for (int lines = 1;; lines++) {
        vaxdir_status status = feed_line(csv, line);
        if (status != VAXDIR_OK)
            return status;
        if (lines == 1)
            first.cells = csv->count;
        if (csv->closed && (lines == 1 || !csv->stray)) {
            csv->raw = record_bytes(csv);
            *ret_kind = VAXDIR_RECORD_ROW;
            return VAXDIR_OK;
        }
        bool whole = true;
        bool give_up =
            csv->stray || lines >= VAXDIR_CSV_LINES_MOST || stream->cursor - stream->mark >= stream->line_most;
        if (!give_up) {
            status = vaxdir_stream_line(stream, &line, &whole);
            if (status != VAXDIR_OK)
                return status;
        }
        if (give_up || !whole || line.length == 0) {
            go_back_to_second_line(csv, first);
            *ret_kind = VAXDIR_RECORD_QUOTE;
            return VAXDIR_OK;
        }
    }
}

vaxdir_status vaxdir_csv_next(vaxdir_csv *csv, vaxdir_record_kind *ret_kind)
{
    vaxdir_stream *stream = csv->stream;
    vaxdir_status status = VAXDIR_OK;
    if (csv->skip_line) {
        csv->skip_line = false;
        status = vaxdir_stream_skip_line(stream);
    }
    forget_record(csv);
    while (status == VAXDIR_OK) {
        vaxdir_slice line;
        bool whole;
        vaxdir_stream_mark(stream);
        status = vaxdir_stream_line(stream, &line, &whole);
        if (status != VAXDIR_OK)
            break;
        csv->line = stream->mark_line;
        csv->raw = line;
        if (!whole) {
            csv->skip_line = true;
            *ret_kind = VAXDIR_RECORD_LINE_LONG;
            return VAXDIR_OK;
        }
        if (line.length == 0) {
            *ret_kind = VAXDIR_RECORD_END;
            return VAXDIR_OK;
        }
        if (vaxdir_text_trim(line).length > 0)
            return read_record(csv, line, ret_kind);
    }
    return status;
}

void vaxdir_csv_rewind(vaxdir_csv *csv)
{
    vaxdir_stream_rewind(csv->stream);
    csv->skip_line = false;
}
