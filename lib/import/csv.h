/* csv.h: the records of separated values, one at a time. The record's bytes and the lines that they stand on are known,
 * so that a quotation mark that never closes costs one line. */
#ifndef VAXDIR_IMPORT_CSV_H
#define VAXDIR_IMPORT_CSV_H

#include <csv.h>

#include "stream.h"

/* A record with a quoted cell may run over this many physical lines, and over the stream's line_most bytes. */
enum { VAXDIR_CSV_LINES_MOST = 2000 };

typedef enum vaxdir_record_kind {
    VAXDIR_RECORD_END, /* of the input */
    VAXDIR_RECORD_ROW,
    VAXDIR_RECORD_QUOTE, /* a quotation mark never closes: only the first line is taken, the next record follows it */
    VAXDIR_RECORD_LINE_LONG, /* a physical line too long to be a record; no cells */
} vaxdir_record_kind;

typedef struct vaxdir_csv_span {
    size_t offset;
    size_t length;
} vaxdir_csv_span;

typedef struct vaxdir_csv {
    vaxdir_stream *stream;
    struct csv_parser parser;
    unsigned char delimiter;

    /* The record that vaxdir_csv_next() gave last; until the next one. */
    int64_t line;
    vaxdir_slice raw; /* its bytes without the last line end: of RECORD_QUOTE the first line, of LINE_LONG its start */
    vaxdir_buffer text;
    vaxdir_csv_span *cells;
    size_t count;
    size_t capacity;
    size_t long_cell; /* number from 1 of the first cell above max_cell_bytes, of which the start is kept; 0 if none */
    bool too_many_columns; /* more than max_columns; those beyond are not in cells */

    /* While a record is read. */
    int scan;
    bool stray; /* a mark inside a quoted cell that neither ends it nor is doubled */
    bool closed;
    bool out_of_memory;
    bool skip_line;
} vaxdir_csv;

vaxdir_status vaxdir_csv_init(vaxdir_csv *csv, vaxdir_stream *stream);
void vaxdir_csv_free(vaxdir_csv *csv);
void vaxdir_csv_set_delimiter(vaxdir_csv *csv, unsigned char delimiter);

/* Reads one record; blank lines are passed over. */
vaxdir_status vaxdir_csv_next(vaxdir_csv *csv, vaxdir_record_kind *ret_kind);
/* Goes back to the start of the record that was just read. */
void vaxdir_csv_rewind(vaxdir_csv *csv);

/* A cell as it stands between its separators, quotation marks resolved. */
vaxdir_slice vaxdir_csv_cell(const vaxdir_csv *csv, size_t index);

#endif
