/* link_wrapper.c: takes a link out of a mail gateway's wrapper. Invariant: what comes out is only bytes, shorter than
 * what went in, to be judged from the beginning like anything else. */
#include <string.h>

#include "parts.h"

/* Undoes %XX, once. */
static void write_unescaped(vaxdir_writer *out, vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c == '%' && text.length - i > 2) {
            int high = vaxdir_hex_value(text.bytes[i + 1]), low = vaxdir_hex_value(text.bytes[i + 2]);
            if (high >= 0 && low >= 0) {
                c = (char)(unsigned char)(high * 16 + low);
                i += 2;
            }
        }
        vaxdir_write_byte(out, c);
    }
}

/* A dash stands for a percent sign and an underscore for a slash. */
static void write_dashed(vaxdir_writer *out, vaxdir_slice text)
{
    size_t start = out->length;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        vaxdir_write_byte(out, (char)(c == '-' ? '%' : c == '_' ? '/' : c));
    }
    if (out->full)
        return;
    /* In place: unescaping never writes ahead of what it reads. */
    vaxdir_slice escaped = {out->bytes + start, out->length - start};
    out->length = start;
    write_unescaped(out, escaped);
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' || c == '+' ? 62 : c == '_' || c == '/' ? 63 : -1;
}

/* Reads the bytes of URL-safe base64 one after another. */
typedef struct base64_reader {
    vaxdir_slice text;
    size_t at;
    unsigned bits;
    int count;
} base64_reader;

static int next_byte(base64_reader *reader)
{
    while (reader->count < 8) {
        int value = reader->at < reader->text.length ? base64_value(reader->text.bytes[reader->at]) : -1;
        if (value < 0)
            return -1;
        reader->at++;
        reader->bits = (reader->bits << 6 | (unsigned)value) & 0xFFFFFF;
        reader->count += 6;
    }
    reader->count -= 8;
    return (int)(reader->bits >> reader->count & 0xFF);
}

/* Copies `count` UTF-8 characters out of the base64 text; false when they are not there. */
static bool write_characters(vaxdir_writer *out, base64_reader *reader, int count)
{
    for (int i = 0; i < count; i++) {
        int byte = next_byte(reader);
        int more = byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        if (byte < 0)
            return false;
        vaxdir_write_byte(out, (char)(unsigned char)byte);
        for (; more > 0; more--) {
            byte = next_byte(reader);
            if (byte < 0)
                return false;
            vaxdir_write_byte(out, (char)(unsigned char)byte);
        }
    }
    return true;
}

static vaxdir_slice find_text(vaxdir_slice text, const char *wanted)
{
    size_t length = strlen(wanted);
    for (size_t i = 0; i + length <= text.length; i++)
        if (memcmp(text.bytes + i, wanted, length) == 0)
            return (vaxdir_slice){text.bytes + i, text.length - i};
    return (vaxdir_slice){NULL, 0};
}

/* This form shows the link as it was, so its escapes are its own; where the whole was escaped on the way, even the
 * colon of the scheme is. */
static bool is_escaped_on_the_way(vaxdir_slice link)
{
    size_t at = 0;
    while (at < link.length && link.bytes[at] != ':' && link.bytes[at] != '%')
        at++;
    return at < link.length && link.bytes[at] == '%';
}

/* "__LINK__;BASE64!": a star in LINK stands for the next character of BASE64, two stars and a letter for a run of them
 * (A is 2, B is 3, and so on in the base64 alphabet). */
static bool write_starred(vaxdir_writer *out, vaxdir_slice text)
{
    vaxdir_slice end = find_text(text, "__;");
    if (text.length < 2 || memcmp(text.bytes, "__", 2) != 0 || end.bytes == NULL || end.bytes < text.bytes + 2)
        return false;
    vaxdir_slice link = {text.bytes + 2, (size_t)(end.bytes - text.bytes) - 2};
    base64_reader reader = {{end.bytes + 3, end.length - 3}, 0, 0, 0};
    bool escaped = is_escaped_on_the_way(link);
    for (size_t i = 0; i < link.length && !out->full; i++) {
        int run = 1;
        if (link.bytes[i] != '*') {
            size_t plain = i;
            while (plain < link.length && link.bytes[plain] != '*')
                plain++;
            vaxdir_slice part = {link.bytes + i, plain - i};
            if (escaped)
                write_unescaped(out, part);
            else
                vaxdir_write(out, part);
            i = plain - 1;
            continue;
        }
        if (link.length - i > 2 && link.bytes[i + 1] == '*') {
            int value = base64_value(link.bytes[i + 2]);
            if (value < 0)
                return false;
            run = value + 2;
            i += 2;
        }
        if (!write_characters(out, &reader, run))
            return false;
    }
    return true;
}

/* Gateways and programs in between fold "https://" into "https:/". */
static void restore_slashes(vaxdir_writer *out)
{
    vaxdir_slice text = {out->bytes, out->length};
    vaxdir_slice colon = find_text(text, ":/");
    size_t at = colon.bytes == NULL ? 0 : (size_t)(colon.bytes - text.bytes) + 1;
    bool web = (at == 5 || at == 6) && vaxdir_equal_case((vaxdir_slice){text.bytes, 4}, vaxdir_slice_of("http"));
    if (!web || (at + 1 < text.length && text.bytes[at + 1] == '/'))
        return;
    vaxdir_write_byte(out, '/');
    if (!out->full)
        memmove(out->bytes + at + 1, out->bytes + at, out->length - at - 1);
}

/* The link's own query and fragment look like the wrapper's: they follow the path in one run. It is read as it was
 * given: making it normal would undo escapes that the link itself has. */
static bool write_starred_rest(vaxdir_writer *out, const vaxdir_parts *parts, vaxdir_slice path)
{
    vaxdir_slice given = parts->given;
    if (given.length < path.length || memcmp(given.bytes, path.bytes, path.length) != 0 ||
        !write_starred(out, (vaxdir_slice){given.bytes + path.length, given.length - path.length}))
        return false;
    restore_slashes(out);
    return true;
}

/* The one value of a parameter; bytes NULL if it is not there or has two: nobody knows which the gateway takes. */
static vaxdir_slice find_only(vaxdir_slice query, vaxdir_slice name)
{
    vaxdir_slice value = vaxdir_query_find(query, name), other = value;
    while (other.bytes != NULL && vaxdir_slice_equal(other, value)) {
        const char *from = other.bytes + other.length;
        other = vaxdir_query_find((vaxdir_slice){from, (size_t)(query.bytes + query.length - from)}, name);
    }
    return other.bytes == NULL ? value : (vaxdir_slice){NULL, 0};
}

/* No gateway escapes letters and digits; who does has something to hide. */
static bool has_escaped_letter(vaxdir_slice text)
{
    for (size_t i = 0; i + 2 < text.length; i++) {
        int high = vaxdir_hex_value(text.bytes[i + 1]), low = vaxdir_hex_value(text.bytes[i + 2]);
        int c = high * 16 + low;
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (text.bytes[i] == '%' && high >= 0 && low >= 0 && letter)
            return true;
    }
    return false;
}

static bool open_form(const vaxdir_wrapper_form *form, const vaxdir_parts *parts, vaxdir_writer *out)
{
    if (parts->path.length < form->path.length || memcmp(parts->path.bytes, form->path.bytes, form->path.length) != 0)
        return false;
    if (form->decoding == VAXDIR_DECODING_STAR)
        return write_starred_rest(out, parts, form->path);
    vaxdir_slice value = find_only(parts->query, form->parameter);
    if (value.bytes == NULL || has_escaped_letter(parts->given))
        return false;
    if (form->decoding == VAXDIR_DECODING_DASH)
        write_dashed(out, value);
    else
        write_unescaped(out, value);
    return true;
}

vaxdir_slice vaxdir_wrapper_open(const vaxdir_wrapper *wrapper, const vaxdir_parts *parts, char *room, size_t size)
{
    for (size_t i = 0; i < wrapper->form_count; i++) {
        vaxdir_writer out = {room, 0, size, false};
        if (open_form(&wrapper->forms[i], parts, &out) && !out.full && out.length != 0)
            return (vaxdir_slice){room, out.length};
    }
    return (vaxdir_slice){NULL, 0};
}
