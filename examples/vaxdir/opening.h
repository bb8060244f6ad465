/* Whether a centre is open: the library's answer in JSON and in words. */
#ifndef FRONTEND_OPENING_H
#define FRONTEND_OPENING_H

#include "json.h"
#include "program.h"

/* The object `opening`. */
void opening_json(struct json *json, const vaxdir_opening_answer *answer);

/* A line of words; instants in UTC, as everywhere in this program. */
void opening_text(const struct program *program, const vaxdir_opening_answer *answer, char *text, size_t capacity);

#endif
