/* stream.h: an input as physical lines, whatever hands over its bytes. What comes out does not depend on how the bytes
 * were cut into pieces, and only the bytes since the mark are held. */
#ifndef VAXDIR_IMPORT_STREAM_H
#define VAXDIR_IMPORT_STREAM_H

#include <vaxdir/builder.h>

#include "../base/context.h"
#include "../base/memory.h"
#include "../base/text.h"

/* Gives the next bytes: up to `capacity`, 0 at the end. Where it fails with VAXDIR_ERROR_IO, *ret_error is the errno.
 */
typedef vaxdir_status (*vaxdir_piece_function)(vaxdir_context *context, void *origin, void *bytes, size_t capacity,
                                               size_t *ret_length, int *ret_error);

typedef struct vaxdir_stream {
    vaxdir_context *context;
    vaxdir_builder *builder; /* whose progress function is asked */
    vaxdir_piece_function read;
    void *origin;
    uint64_t total; /* bytes of the input, 0 where that is not known */
    uint64_t done;
    uint64_t told; /* the last progress */
    vaxdir_buffer buffer;
    size_t mark;   /* bytes from here on are held */
    size_t cursor; /* the next line begins here */
    int64_t mark_line;
    int64_t line;     /* number of the line at the cursor, from 1 */
    size_t line_most; /* a longer line is given in part */
    int error;        /* why the input cannot be read, a value of errno; 0 for nothing */
    bool ended;
    bool lines_end_in_lf; /* the first one did */
} vaxdir_stream;

void vaxdir_stream_init(vaxdir_stream *stream, vaxdir_context *context, vaxdir_builder *builder,
                        vaxdir_piece_function read, void *origin, uint64_t total);
void vaxdir_stream_free(vaxdir_stream *stream);

/* Makes at least `wanted` bytes available after the cursor, fewer only at the end of the input. */
vaxdir_status vaxdir_stream_fill(vaxdir_stream *stream, size_t wanted);
/* The bytes available after the cursor, until the next call. */
vaxdir_slice vaxdir_stream_peek(const vaxdir_stream *stream);
void vaxdir_stream_skip_bytes(vaxdir_stream *stream, size_t length);

/* Puts the mark at the cursor, and the cursor back at the mark. */
void vaxdir_stream_mark(vaxdir_stream *stream);
void vaxdir_stream_rewind(vaxdir_stream *stream);

/* The next physical line with its LF, CR LF or CR, which the last one may lack; empty at the end of the input. A line
 * above line_most gives its first bytes, *ret_whole false, and the cursor stays. The slice lives until the next call.
 */
vaxdir_status vaxdir_stream_line(vaxdir_stream *stream, vaxdir_slice *ret_line, bool *ret_whole);
/* Drops the line at the cursor, however long, and all before it. */
vaxdir_status vaxdir_stream_skip_line(vaxdir_stream *stream);

#endif
