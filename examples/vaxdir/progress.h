/* A progress bar on a terminal; nothing elsewhere. */
#ifndef FRONTEND_PROGRESS_H
#define FRONTEND_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *stream;
    const char *name;
    bool shown; /* the stream is a terminal */
    int last;   /* percent that the bar shows, -1 before the first */
    size_t width;
};

void progress_init(struct progress *progress, FILE *stream);
void progress_begin(struct progress *progress, const char *name);
int32_t progress_show(uint64_t done, uint64_t total, void *user); /* a vaxdir_progress_function */
void progress_end(struct progress *progress);

#endif
