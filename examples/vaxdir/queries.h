/* Positions from a CSV file with the columns lat and lon, in any order among others, as fast as they can be read. */
#ifndef FRONTEND_QUERIES_H
#define FRONTEND_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

struct queries {
    const char *path;
    int descriptor;
    char *bytes; /* what has been read and not been used, from `begin` to `end` */
    size_t begin, end;
    bool ended;
    int error; /* errno of a read that failed */
    long long line;
    int latitude_column, longitude_column;
};

/* A line that has been read. */
struct query_line {
    const char *problem; /* why it is no position; NULL for one */
    double latitude, longitude;
};

/* Opens the file and reads the line with the names; gives the exit status, what is wrong having been told. */
int queries_open(struct queries *queries, const char *path);
void queries_close(struct queries *queries);

/* Reads the next line that is not blank; false at the end, or on an error. */
bool queries_next(struct queries *queries, struct query_line *ret_line);

/* Whether the next line is there without waiting for whoever writes the file. */
bool queries_ready(const struct queries *queries);

#endif
