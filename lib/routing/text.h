/* text.h: sentences written into a caller's buffer, as vaxdir_text() and the route's own words share it. */
#ifndef VAXDIR_ROUTING_TEXT_H
#define VAXDIR_ROUTING_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/context.h"

/* Writes what fits and counts everything. */
typedef struct vaxdir_writer {
    char *buffer;
    size_t capacity;
    size_t length;
    bool plain; /* parameters go on one line: control characters and marks of direction become spaces */
} vaxdir_writer;

void vaxdir_writer_add(vaxdir_writer *to, const char *text);
/* Ends the text, at a character where the room is short. */
void vaxdir_writer_end(const vaxdir_writer *to);

/* Checks "fr" or "en" and a buffer. */
vaxdir_status vaxdir_text_check(vaxdir_context *context, const char *language, const char *buffer, size_t capacity,
                                bool *ret_french);

/* Writes the sentence of a code; false if there is none. */
bool vaxdir_text_write(vaxdir_writer *to, uint32_t kind, int32_t code, bool french, const char *const *parameters,
                       size_t count);

#endif
