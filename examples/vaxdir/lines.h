/* Lines of a stream, of any bytes, in bounded memory. */
#ifndef FRONTEND_LINES_H
#define FRONTEND_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { LINE_MAX_BYTES = 1048576 };

struct line {
    char *bytes; /* not NUL-terminated, may hold NULs */
    size_t length;
    bool too_long; /* bytes are the first LINE_MAX_BYTES; the rest was skipped */
};

bool line_init(struct line *line);
void line_free(struct line *line);

/* Reads the next line without its end; false at the end of the input. The last line needs no end. */
bool line_read(struct line *line, FILE *stream);

/* Drops the UTF-8 mark that some programs put before the first line. */
void line_skip_mark(struct line *line);

#endif
