/* Writes JSON. Whatever the bytes of a text, the output is valid UTF-8 without a control character, so that it is safe
 * to show on a terminal. */
#include "json.h"

#include "utf8.h"
#include "values.h"

#include <math.h>
#include <string.h>

static void put_character(FILE *stream, uint32_t character, const char *bytes, size_t size)
{
    switch (character) {
    case '"':
        fputs("\\\"", stream);
        return;
    case '\\':
        fputs("\\\\", stream);
        return;
    case '\n':
        fputs("\\n", stream);
        return;
    case '\r':
        fputs("\\r", stream);
        return;
    case '\t':
        fputs("\\t", stream);
        return;
    default:
        break;
    }
    if (character < 0x20 || (character >= 0x7F && character < 0xA0))
        fprintf(stream, "\\u%04x", (unsigned)character);
    else if (character == UTF8_REPLACEMENT)
        fputs("\xEF\xBF\xBD", stream);
    else
        fwrite(bytes, 1, size, stream);
}

static void put_string(FILE *stream, const char *bytes, size_t length)
{
    putc('"', stream);
    while (length > 0) {
        size_t size;
        uint32_t character = utf8_next(bytes, length, &size);
        put_character(stream, character, bytes, size);
        bytes += size;
        length -= size;
    }
    putc('"', stream);
}

static void begin_value(struct json *json, const char *key)
{
    if (json->comma)
        fputs(", ", json->stream);
    json->comma = true;
    if (key != NULL) {
        put_string(json->stream, key, strlen(key));
        fputs(": ", json->stream);
    }
}

void emit_open(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    putc(bracket, json->stream);
    json->comma = false;
}

void emit_close(struct json *json, char bracket)
{
    putc(bracket, json->stream);
    json->comma = true;
}

void emit_text(struct json *json, const char *key, const char *text)
{
    if (text != NULL) {
        emit_bytes(json, key, text, strlen(text));
        return;
    }
    begin_value(json, key);
    fputs("null", json->stream);
}

void emit_bytes(struct json *json, const char *key, const char *bytes, size_t length)
{
    begin_value(json, key);
    put_string(json->stream, bytes, length);
}

void emit_number(struct json *json, const char *key, double number)
{
    char text[32] = "null";
    if (isfinite(number))
        value_write_number(number, text, sizeof text);
    begin_value(json, key);
    fputs(text, json->stream);
}

void emit_integer(struct json *json, const char *key, int64_t integer)
{
    begin_value(json, key);
    fprintf(json->stream, "%lld", (long long)integer);
}

void emit_instant(struct json *json, const char *key, int64_t instant)
{
    char text[32];
    if (instant == 0)
        return;
    value_write_instant(instant, text, sizeof text);
    emit_text(json, key, text);
}

void emit_end_line(struct json *json)
{
    putc('\n', json->stream);
    json->comma = false;
}
