/* text.c: see text.h. Invariant: nothing here reads the locale; utf8proc knows the characters. */
#define _GNU_SOURCE /* strtod_l */
#include "text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

vaxdir_slice vaxdir_slice_of(const char *text)
{
    return (vaxdir_slice){text, text == NULL ? 0 : strlen(text)};
}

bool vaxdir_slice_equal(vaxdir_slice a, vaxdir_slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

bool vaxdir_slice_is(vaxdir_slice slice, const char *text)
{
    return vaxdir_slice_equal(slice, vaxdir_slice_of(text));
}

int vaxdir_slice_compare(vaxdir_slice a, vaxdir_slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.bytes, b.bytes, shorter);
    if (order != 0)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

/* The character at the start of a slice, and how many bytes it takes; -1 where there is none. */
static utf8proc_ssize_t next_character(vaxdir_slice text, utf8proc_int32_t *ret_character)
{
    utf8proc_ssize_t left = text.length > PTRDIFF_MAX ? PTRDIFF_MAX : (utf8proc_ssize_t)text.length;
    return utf8proc_iterate((const utf8proc_uint8_t *)text.bytes, left, ret_character);
}

bool vaxdir_text_valid(vaxdir_slice text)
{
    while (text.length > 0) {
        utf8proc_int32_t character;
        unsigned char byte = (unsigned char)text.bytes[0];
        utf8proc_ssize_t size = 1;
        if (byte == 0)
            return false;
        if (byte >= 0x80)
            size = next_character(text, &character);
        if (size <= 0)
            return false;
        text.bytes += size;
        text.length -= (size_t)size;
    }
    return true;
}

static bool is_space(utf8proc_int32_t character)
{
    if (character > ' ' && character < 0x7F)
        return false; /* most are */
    switch (character) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case 0x85:
    case 0x200B: /* zero width space */
    case 0xFEFF: /* BOM */
        return true;
    default:
        break;
    }
    utf8proc_category_t category = utf8proc_category(character);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

vaxdir_slice vaxdir_text_trim(vaxdir_slice text)
{
    utf8proc_int32_t character;
    while (text.length > 0) {
        utf8proc_ssize_t size = next_character(text, &character);
        if (size <= 0 || !is_space(character))
            break;
        text.bytes += size;
        text.length -= (size_t)size;
    }
    while (text.length > 0) {
        size_t start = text.length - 1;
        while (start > 0 && ((unsigned char)text.bytes[start] & 0xC0) == 0x80)
            start--;
        vaxdir_slice last = {text.bytes + start, text.length - start};
        if (next_character(last, &character) <= 0 || !is_space(character))
            break;
        text.length = start;
    }
    return text;
}

vaxdir_slice vaxdir_text_cut(vaxdir_slice text, size_t length)
{
    if (text.length <= length)
        return text;
    while (length > 0 && ((unsigned char)text.bytes[length] & 0xC0) == 0x80)
        length--;
    return (vaxdir_slice){text.bytes, length};
}

bool vaxdir_text_fold(vaxdir_slice text, vaxdir_buffer *folded)
{
    const int options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    while (text.length > 0) {
        utf8proc_int32_t character, parts[32];
        utf8proc_ssize_t size = next_character(text, &character);
        if (size <= 0)
            return true;
        int boundary = 0;
        utf8proc_ssize_t count = utf8proc_decompose_char(character, parts, 32, (utf8proc_option_t)options, &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
            utf8proc_uint8_t encoded[4];
            utf8proc_ssize_t length = utf8proc_encode_char(parts[i], encoded);
            if (!vaxdir_buffer_append(folded, encoded, (size_t)length))
                return false;
        }
        text.bytes += size;
        text.length -= (size_t)size;
    }
    return true;
}

static size_t count_digits(vaxdir_slice text, size_t from)
{
    size_t at = from;
    while (at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9')
        at++;
    return at - from;
}

/* The grammar is checked here, because strtod takes more than numbers; the value is strtod's, correctly rounded. */
static bool is_number(vaxdir_slice text)
{
    size_t at = 0;
    if (at < text.length && (text.bytes[at] == '+' || text.bytes[at] == '-'))
        at++;
    size_t digits = count_digits(text, at);
    at += digits;
    if (at < text.length && text.bytes[at] == '.') {
        size_t fraction = count_digits(text, at + 1);
        at += 1 + fraction;
        digits += fraction;
    }
    if (digits == 0)
        return false;
    if (at < text.length && (text.bytes[at] == 'e' || text.bytes[at] == 'E')) {
        at++;
        if (at < text.length && (text.bytes[at] == '+' || text.bytes[at] == '-'))
            at++;
        size_t exponent = count_digits(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.length;
}

bool vaxdir_text_number(vaxdir_slice text, double *ret_number)
{
    char copy[128];
    if (text.length >= sizeof copy || !is_number(text))
        return false;
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    /* newlocale("C") hands out a constant of the C library: it allocates nothing. */
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0)
        return false;
    double number = strtod_l(copy, NULL, c_locale);
    freelocale(c_locale);
    if (number - number != 0)
        return false; /* overflowed to infinity */
    *ret_number = number;
    return true;
}

bool vaxdir_text_digits(vaxdir_slice text, int64_t *ret_integer)
{
    if (text.length == 0 || text.length > 18 || count_digits(text, 0) != text.length)
        return false;
    int64_t integer = 0;
    for (size_t i = 0; i < text.length; i++)
        integer = integer * 10 + (text.bytes[i] - '0');
    *ret_integer = integer;
    return true;
}

/* The byte that Windows-1252 writes for a character, -1 if it has none. C1 controls stand for themselves, as in
 * Latin-1, because both readings occur in the same files. */
static int windows_1252_byte(utf8proc_int32_t character)
{
    static const uint16_t high[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
    };
    if (character < 0x100)
        return (int)character;
    for (int i = 0; i < 32; i++)
        if (high[i] == character)
            return 0x80 + i;
    return -1;
}

bool vaxdir_text_double_encoded(vaxdir_slice text, vaxdir_buffer *repaired, bool *ret_memory_ok)
{
    *ret_memory_ok = true;
    bool found = false;
    int continuation = 0; /* bytes still owed by a lead byte that was found encoded */
    for (vaxdir_slice rest = text; rest.length > 0;) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size = next_character(rest, &character);
        int byte = size <= 0 ? -1 : windows_1252_byte(character);
        if (byte < 0 || (continuation > 0) != ((byte & 0xC0) == 0x80))
            return false;
        if (continuation > 0)
            continuation--;
        else if (byte >= 0xC2 && byte <= 0xF4)
            continuation = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        else if (byte >= 0x80)
            return false;
        found = found || byte >= 0x80;
        rest.bytes += size;
        rest.length -= (size_t)size;
        if (repaired != NULL && !vaxdir_buffer_append_byte(repaired, (unsigned char)byte)) {
            *ret_memory_ok = false;
            return false;
        }
    }
    return found && continuation == 0;
}
