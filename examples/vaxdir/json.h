/* A small JSON writer: one value after another to a stream, UTF-8 kept as it is, numbers with full precision. */
#ifndef FRONTEND_JSON_H
#define FRONTEND_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct json {
    FILE *stream;
    bool comma; /* something stands before the next value on this level */
};

/* A key is NULL for an item of a list and for a value of its own. A NULL text and a NaN are written as null. */
void emit_open(struct json *json, const char *key, char bracket); /* '{' or '[' */
void emit_close(struct json *json, char bracket);                 /* '}' or ']' */
void emit_text(struct json *json, const char *key, const char *text);
void emit_bytes(struct json *json, const char *key, const char *bytes, size_t length);
void emit_number(struct json *json, const char *key, double number);
void emit_integer(struct json *json, const char *key, int64_t integer);

/* UTC seconds as RFC 3339; one that is not stated, 0, is left out. */
void emit_instant(struct json *json, const char *key, int64_t instant);

/* Ends a line of output; the next value begins afresh. */
void emit_end_line(struct json *json);

#endif
