/* Reads lines. One allocation for all of them; a line beyond the bound is marked, not cut in silence. */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

bool line_init(struct line *line)
{
    *line = (struct line){malloc(LINE_MAX_BYTES), 0, false};
    return line->bytes != NULL;
}

void line_free(struct line *line)
{
    free(line->bytes);
    line->bytes = NULL;
}

void line_skip_mark(struct line *line)
{
    if (line->length < 3 || memcmp(line->bytes, "\xEF\xBB\xBF", 3) != 0)
        return;
    line->length -= 3;
    memmove(line->bytes, line->bytes + 3, line->length);
}

bool line_read(struct line *line, FILE *stream)
{
    int character = getc(stream);
    if (character == EOF)
        return false;
    line->length = 0;
    line->too_long = false;
    for (; character != EOF && character != '\n'; character = getc(stream)) {
        if (line->length < LINE_MAX_BYTES)
            line->bytes[line->length++] = (char)character;
        else
            line->too_long = true;
    }
    if (line->length > 0 && line->bytes[line->length - 1] == '\r')
        line->length--;
    return true;
}
