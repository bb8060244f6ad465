/* Queries from a CSV file with the columns lat and lon, in any order among others. Numbers only, so a line is split at
 * its commas; a row that is no position is told, and the others are still answered. */
#include "answers.h"
#include "values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 65536 };

struct batch {
    const char *path;
    FILE *file;
    int latitude_column;
    int longitude_column;
    long long line;
    char text[MAX_LINE];
};

/* Reads a line without its end; one that is too long or holds a NUL is read to its end and its problem told. */
static bool read_line(struct batch *batch, const char **ret_problem)
{
    size_t length = 0;
    int character = getc(batch->file);
    *ret_problem = NULL;
    if (character == EOF)
        return false;
    for (; character != EOF && character != '\n'; character = getc(batch->file)) {
        if (character == '\0')
            *ret_problem = "the line holds a NUL";
        if (length < sizeof batch->text - 1)
            batch->text[length++] = (char)character;
        else
            *ret_problem = "the line is too long";
    }
    batch->line++;
    batch->text[length] = '\0';
    if (length > 0 && batch->text[length - 1] == '\r')
        batch->text[length - 1] = '\0';
    return true;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t")] == '\0';
}

/* Cuts the cell off at *rest and steps over its comma; spaces and one pair of quotes around it do not count. */
static char *next_cell(char **rest)
{
    char *cell = *rest;
    char *comma = strchr(cell, ',');
    if (comma != NULL)
        *comma = '\0';
    *rest = comma != NULL ? comma + 1 : NULL;
    cell += strspn(cell, " \t");
    size_t length = strlen(cell);
    while (length > 0 && (cell[length - 1] == ' ' || cell[length - 1] == '\t'))
        cell[--length] = '\0';
    if (length >= 2 && cell[0] == '"' && cell[length - 1] == '"') {
        cell[length - 1] = '\0';
        cell++;
    }
    return cell;
}

static int read_header(struct batch *batch)
{
    const char *problem;
    bool read = read_line(batch, &problem);
    if (!read && ferror(batch->file))
        return program_refuse("%s: cannot be read: %s", batch->path, strerror(errno));
    if (!read || problem != NULL)
        return program_refuse("%s: is no CSV file; its first line should be lat,lon", batch->path);
    char *rest = batch->text;
    if (strncmp(rest, "\xEF\xBB\xBF", 3) == 0)
        rest += 3;
    batch->latitude_column = batch->longitude_column = -1;
    for (int column = 0; rest != NULL; column++) {
        const char *name = next_cell(&rest);
        if (strcmp(name, "lat") == 0 || strcmp(name, "latitude") == 0)
            batch->latitude_column = column;
        else if (strcmp(name, "lon") == 0 || strcmp(name, "longitude") == 0)
            batch->longitude_column = column;
    }
    if (batch->latitude_column < 0 || batch->longitude_column < 0)
        return program_refuse("%s:1: has no columns lat and lon", batch->path);
    return STATUS_DONE;
}

static const char *read_position(struct batch *batch, double *ret_latitude, double *ret_longitude)
{
    bool has_latitude = false;
    bool has_longitude = false;
    char *rest = batch->text;
    for (int column = 0; rest != NULL; column++) {
        const char *cell = next_cell(&rest);
        if (column == batch->latitude_column)
            has_latitude = value_number(cell, ret_latitude);
        if (column == batch->longitude_column)
            has_longitude = value_number(cell, ret_longitude);
    }
    if (!has_latitude)
        return "the latitude is no number";
    if (!has_longitude)
        return "the longitude is no number";
    if (*ret_latitude < -90.0 || *ret_latitude > 90.0)
        return "the latitude is not between -90 and 90";
    return NULL;
}

static int answer_rows(struct search *search, struct batch *batch)
{
    int result = STATUS_DONE;
    int64_t number = 0;
    const char *problem;
    while (read_line(batch, &problem)) {
        double latitude = 0.0;
        double longitude = 0.0;
        if (problem == NULL && is_blank(batch->text))
            continue;
        if (problem == NULL)
            problem = read_position(batch, &latitude, &longitude);
        if (problem != NULL)
            result = program_refuse("%s:%lld: query %lld: %s", batch->path, batch->line, (long long)number, problem);
        else if (search_answer(search, latitude, longitude, number) != STATUS_DONE)
            return STATUS_REFUSED;
        number++;
    }
    if (ferror(batch->file))
        return program_refuse("%s: cannot be read: %s", batch->path, strerror(errno));
    return result;
}

int search_batch(struct search *search, const char *path)
{
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return program_refuse("there is not enough memory");
    batch->path = path;
    batch->file = fopen(path, "rb");
    int result = STATUS_DONE;
    if (batch->file == NULL) {
        result = program_refuse("%s: cannot be read: %s", path, strerror(errno));
    } else {
        result = read_header(batch);
        if (result == STATUS_DONE)
            result = answer_rows(search, batch);
        fclose(batch->file);
    }
    free(batch);
    return result;
}
