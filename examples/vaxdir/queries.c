/* Queries from a CSV file: numbers only, so a line is split at its commas. Whatever the bytes, a line is a position, or
 * it is told what is wrong with it; the file is read in large pieces and looked at where it lies. */
#include "queries.h"

#include "program.h"
#include "values.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CAPACITY = 1 << 20, MAX_LINE = 65535 };

struct cell {
    const char *text;
    size_t length;
};

/* Reads more behind what is there; false at the end. */
static bool read_more(struct queries *queries)
{
    if (queries->begin > 0) {
        memmove(queries->bytes, queries->bytes + queries->begin, queries->end - queries->begin);
        queries->end -= queries->begin;
        queries->begin = 0;
    }
    ssize_t got;
    do
        got = read(queries->descriptor, queries->bytes + queries->end, CAPACITY - queries->end);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        queries->error = errno;
    if (got <= 0)
        queries->ended = true;
    else
        queries->end += (size_t)got;
    return got > 0;
}

/* The next line without its end. One that is longer than the buffer is passed over piece by piece. */
static bool next_line(struct queries *queries, struct cell *ret_line, const char **ret_problem)
{
    size_t known = 0; /* bytes that hold no line end */
    bool too_long = false;
    *ret_problem = NULL;
    for (;;) {
        const char *start = queries->bytes + queries->begin;
        size_t length = queries->end - queries->begin;
        const char *stop = memchr(start + known, '\n', length - known);
        if (stop != NULL || (queries->ended && (length > 0 || too_long))) {
            size_t line = stop != NULL ? (size_t)(stop - start) : length;
            queries->begin += line + (stop != NULL);
            if (too_long || line > MAX_LINE)
                *ret_problem = "the line is too long";
            else if (memchr(start, '\0', line) != NULL)
                *ret_problem = "the line holds a NUL";
            *ret_line = (struct cell){start, line > 0 && start[line - 1] == '\r' ? line - 1 : line};
            queries->line++;
            return queries->error == 0;
        }
        if (queries->ended)
            return false;
        known = length;
        if (length == CAPACITY) {
            too_long = true;
            queries->begin = queries->end = known = 0;
        }
        (void)read_more(queries);
    }
}

bool queries_ready(const struct queries *queries)
{
    return memchr(queries->bytes + queries->begin, '\n', queries->end - queries->begin) != NULL;
}

/* Takes the cell up to the next comma; spaces and one pair of quotes around it do not count. */
static bool next_cell(struct cell *rest, struct cell *ret_cell)
{
    if (rest->text == NULL)
        return false;
    const char *comma = memchr(rest->text, ',', rest->length);
    struct cell cell = {rest->text, comma != NULL ? (size_t)(comma - rest->text) : rest->length};
    rest->length -= comma != NULL ? cell.length + 1 : cell.length;
    rest->text = comma != NULL ? comma + 1 : NULL;
    while (cell.length > 0 && (cell.text[0] == ' ' || cell.text[0] == '\t')) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && (cell.text[cell.length - 1] == ' ' || cell.text[cell.length - 1] == '\t'))
        cell.length--;
    if (cell.length >= 2 && cell.text[0] == '"' && cell.text[cell.length - 1] == '"') {
        cell.text++;
        cell.length -= 2;
    }
    *ret_cell = cell;
    return true;
}

static bool cell_is(struct cell cell, const char *text)
{
    return cell.length == strlen(text) && memcmp(cell.text, text, cell.length) == 0;
}

static int read_names(struct queries *queries)
{
    struct cell rest, name;
    const char *problem = NULL;
    bool read = next_line(queries, &rest, &problem);
    if (queries->error != 0)
        return program_refuse("%s: cannot be read: %s", queries->path, strerror(queries->error));
    if (!read || problem != NULL)
        return program_refuse("%s: is no CSV file; its first line should be lat,lon", queries->path);
    if (rest.length >= 3 && memcmp(rest.text, "\xEF\xBB\xBF", 3) == 0) {
        rest.text += 3;
        rest.length -= 3;
    }
    queries->latitude_column = queries->longitude_column = -1;
    for (int column = 0; next_cell(&rest, &name); column++) {
        if (cell_is(name, "lat") || cell_is(name, "latitude"))
            queries->latitude_column = column;
        else if (cell_is(name, "lon") || cell_is(name, "longitude"))
            queries->longitude_column = column;
    }
    if (queries->latitude_column < 0 || queries->longitude_column < 0)
        return program_refuse("%s:1: has no columns lat and lon", queries->path);
    return STATUS_DONE;
}

int queries_open(struct queries *queries, const char *path)
{
    *queries = (struct queries){.path = path, .descriptor = -1};
    queries->bytes = malloc(CAPACITY);
    if (queries->bytes == NULL)
        return program_refuse("there is not enough memory");
    queries->descriptor = open(path, O_RDONLY);
    if (queries->descriptor < 0)
        return program_refuse("%s: cannot be read: %s", path, strerror(errno));
    return read_names(queries);
}

void queries_close(struct queries *queries)
{
    if (queries->descriptor >= 0)
        close(queries->descriptor);
    free(queries->bytes);
}

static const char *read_position(const struct queries *queries, struct cell rest, struct query_line *line)
{
    struct cell cell;
    bool has_latitude = false, has_longitude = false;
    int last =
        queries->latitude_column > queries->longitude_column ? queries->latitude_column : queries->longitude_column;
    for (int column = 0; column <= last && next_cell(&rest, &cell); column++) {
        if (column == queries->latitude_column)
            has_latitude = value_number_of(cell.text, cell.length, &line->latitude);
        if (column == queries->longitude_column)
            has_longitude = value_number_of(cell.text, cell.length, &line->longitude);
    }
    if (!has_latitude)
        return "the latitude is no number";
    if (!has_longitude)
        return "the longitude is no number";
    if (line->latitude < -90.0 || line->latitude > 90.0)
        return "the latitude is not between -90 and 90";
    return NULL;
}

static bool is_blank(struct cell line)
{
    while (line.length > 0 && (line.text[0] == ' ' || line.text[0] == '\t')) {
        line.text++;
        line.length--;
    }
    return line.length == 0;
}

bool queries_next(struct queries *queries, struct query_line *ret_line)
{
    struct cell line;
    do
        if (!next_line(queries, &line, &ret_line->problem))
            return false;
    while (ret_line->problem == NULL && is_blank(line));
    if (ret_line->problem == NULL)
        ret_line->problem = read_position(queries, line, ret_line);
    return true;
}
