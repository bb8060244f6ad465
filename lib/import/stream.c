/* stream.c: see stream.h. Invariant: mark <= cursor <= length of the buffer, and whether a line is whole depends on its
 * length alone, never on what happens to be buffered. */
#include "stream.h"

#include <string.h>

#include "../registry/builder.h"

enum { PIECE_BYTES = 65536, RECORD_BYTES = 1048576 };

void vaxdir_stream_init(vaxdir_stream *stream, vaxdir_context *context, vaxdir_builder *builder,
                        vaxdir_piece_function read, void *origin, uint64_t total)
{
    memset(stream, 0, sizeof *stream);
    stream->context = context;
    stream->builder = builder;
    stream->read = read;
    stream->origin = origin;
    stream->total = total;
    stream->buffer.memory = &context->memory;
    stream->mark_line = stream->line = 1;
    size_t four_cells = (size_t)context->limits.cell_bytes * 4;
    stream->line_most = four_cells > RECORD_BYTES ? four_cells : RECORD_BYTES;
}

void vaxdir_stream_free(vaxdir_stream *stream)
{
    vaxdir_buffer_free(&stream->buffer);
}

static vaxdir_status tell_progress(vaxdir_stream *stream)
{
    if (!stream->ended && stream->done - stream->told < PIECE_BYTES)
        return VAXDIR_OK;
    stream->told = stream->done;
    return vaxdir_builder_progress(stream->context, stream->builder, stream->done, stream->total);
}

static vaxdir_status read_piece(vaxdir_stream *stream)
{
    vaxdir_context *context = stream->context;
    vaxdir_buffer *buffer = &stream->buffer;
    if (stream->mark > 0) {
        memmove(buffer->bytes, buffer->bytes + stream->mark, buffer->length - stream->mark);
        buffer->length -= stream->mark;
        stream->cursor -= stream->mark;
        stream->mark = 0;
    }
    if (!vaxdir_buffer_reserve(buffer, PIECE_BYTES))
        return vaxdir_context_fail_memory(context);
    size_t length = 0;
    vaxdir_status status =
        stream->read(context, stream->origin, buffer->bytes + buffer->length, PIECE_BYTES, &length, &stream->error);
    if (status != VAXDIR_OK)
        return status;
    buffer->length += length;
    stream->done += length;
    stream->ended = length == 0;
    if (stream->done > context->limits.input_bytes)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "the input is larger than max_input_bytes (%llu): raise it in the context options",
                                   (unsigned long long)context->limits.input_bytes);
    return tell_progress(stream);
}

vaxdir_status vaxdir_stream_fill(vaxdir_stream *stream, size_t wanted)
{
    while (!stream->ended && stream->buffer.length - stream->cursor < wanted) {
        vaxdir_status status = read_piece(stream);
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

vaxdir_slice vaxdir_stream_peek(const vaxdir_stream *stream)
{
    if (stream->buffer.bytes == NULL)
        return (vaxdir_slice){"", 0};
    return (vaxdir_slice){(const char *)stream->buffer.bytes + stream->cursor, stream->buffer.length - stream->cursor};
}

void vaxdir_stream_skip_bytes(vaxdir_stream *stream, size_t length)
{
    stream->cursor += length;
    vaxdir_stream_mark(stream);
}

void vaxdir_stream_mark(vaxdir_stream *stream)
{
    stream->mark = stream->cursor;
    stream->mark_line = stream->line;
}

void vaxdir_stream_rewind(vaxdir_stream *stream)
{
    stream->cursor = stream->mark;
    stream->line = stream->mark_line;
}

/* A lone CR ends a line only where the first line ended so: anywhere else it is part of a cell. */
static bool is_line_end(const vaxdir_stream *stream, vaxdir_slice ahead, size_t at)
{
    if (ahead.bytes[at] == '\n')
        return true;
    if (ahead.bytes[at] != '\r')
        return false;
    return !stream->lines_end_in_lf || at + 1 == ahead.length || ahead.bytes[at + 1] == '\n';
}

vaxdir_status vaxdir_stream_line(vaxdir_stream *stream, vaxdir_slice *ret_line, bool *ret_whole)
{
    size_t length = 0;
    for (;;) {
        vaxdir_slice ahead = vaxdir_stream_peek(stream);
        size_t most = ahead.length > stream->line_most ? stream->line_most + 1 : ahead.length;
        while (length < most && !is_line_end(stream, ahead, length))
            length++;
        *ret_whole = length <= stream->line_most;
        if (!*ret_whole) {
            *ret_line = (vaxdir_slice){ahead.bytes, stream->line_most};
            return VAXDIR_OK;
        }
        /* A CR at the very end of what is there may be half of a CR LF. */
        bool found = length < ahead.length && (ahead.bytes[length] == '\n' || length + 1 < ahead.length);
        if (found || stream->ended) {
            if (length < ahead.length)
                length += ahead.length - length >= 2 && memcmp(ahead.bytes + length, "\r\n", 2) == 0 ? 2 : 1;
            *ret_line = (vaxdir_slice){ahead.bytes, length};
            stream->lines_end_in_lf =
                stream->lines_end_in_lf || (stream->line == 1 && length > 0 && ahead.bytes[length - 1] == '\n');
            stream->cursor += length;
            stream->line++;
            return VAXDIR_OK;
        }
        vaxdir_status status = read_piece(stream);
        if (status != VAXDIR_OK)
            return status;
    }
}

vaxdir_status vaxdir_stream_skip_line(vaxdir_stream *stream)
{
    for (;;) {
        vaxdir_slice line;
        bool whole;
        vaxdir_stream_mark(stream);
        vaxdir_status status = vaxdir_stream_line(stream, &line, &whole);
        if (status != VAXDIR_OK)
            return status;
        if (whole) {
            vaxdir_stream_mark(stream);
            return VAXDIR_OK;
        }
        stream->cursor += line.length;
    }
}
