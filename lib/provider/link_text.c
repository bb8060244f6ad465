/* link_text.c: what a text is before it is taken apart: a link, an address without a scheme, an e-mail address, a phone
 * number, words. Invariant: a scheme is supplied only where the text begins with a host that the rules name. */
#include <string.h>
#include <utf8proc.h>

#include "parts.h"
#include "phone.h"

bool vaxdir_equal_case(vaxdir_slice a, vaxdir_slice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (vaxdir_lower(a.bytes[i]) != vaxdir_lower(b.bytes[i]))
            return false;
    return true;
}

int vaxdir_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = vaxdir_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_letter(char c)
{
    c = vaxdir_lower(c);
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Characters that nobody sees, beside those of the category Cf. */
static bool is_blank_letter(utf8proc_int32_t c)
{
    return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F) ||
           c == 0x2800 || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool is_hidden(utf8proc_int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || is_blank_letter(character);
}

/* Whether each of eight bytes is a printable ASCII character. */
static bool are_printable(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    uint64_t below_space = (word | tops) - ones * 0x20; /* the top bit stays where the byte is 0x20 or more */
    uint64_t delete_or_more = (word & ~tops) + ones;    /* the top bit is set where the byte is 0x7F */
    return ((word | ~below_space | delete_or_more) & tops) == 0;
}

bool vaxdir_text_printable(vaxdir_slice text)
{
    size_t at = 0;
    for (; text.length - at >= 8; at += 8)
        if (!are_printable(text.bytes + at))
            return false;
    for (; at < text.length; at++)
        if (text.bytes[at] < ' ' || text.bytes[at] > '~')
            return false;
    return true;
}

bool vaxdir_text_hides(vaxdir_slice text)
{
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.bytes[at];
        if (byte < 0x80) {
            if (byte < 0x20 || byte == 0x7F)
                return true;
            at++;
            continue;
        }
        utf8proc_int32_t character;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + at,
                                                 (utf8proc_ssize_t)(text.length - at), &character);
        if (size <= 0 || is_hidden(character))
            return true;
        at += (size_t)size;
    }
    return false;
}

bool vaxdir_text_hides_escaped(vaxdir_slice part)
{
    for (size_t at = 0; at + 2 < part.length; at++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_int32_t character;
        utf8proc_ssize_t size = 0;
        const char *escape = memchr(part.bytes + at, '%', part.length - at);
        if (escape == NULL)
            return false;
        at = (size_t)(escape - part.bytes);
        for (size_t i = at; size < 4 && i + 2 < part.length && part.bytes[i] == '%'; i += 3)
            bytes[size++] =
                (utf8proc_uint8_t)(vaxdir_hex_value(part.bytes[i + 1]) * 16 + vaxdir_hex_value(part.bytes[i + 2]));
        if (size > 0 && utf8proc_iterate(bytes, size, &character) > 0 && is_hidden(character))
            return true;
    }
    return false;
}

/* The length of a scheme with its colon, 0 if there is none. */
static size_t scheme_length(vaxdir_slice text)
{
    if (text.length == 0 || !is_letter(text.bytes[0]))
        return 0;
    for (size_t i = 1; i < text.length; i++) {
        char c = text.bytes[i];
        if (c == ':')
            return i + 1;
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
            return 0;
    }
    return 0;
}

/* Schemes that programs act on though no slash follows; any other word before a colon is a word. */
static bool is_acting_scheme(vaxdir_slice scheme)
{
    static const char *const schemes[] = {
        "about", "blob",       "data",        "file",     "filesystem", "ftp",         "intent",
        "jar",   "javascript", "livescript",  "mhtml",    "mocha",      "ms-settings", "resource",
        "sms",   "vbscript",   "view-source", "whatsapp", "ws",         "wss",
    };
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (vaxdir_equal_case(scheme, vaxdir_slice_of(schemes[i])))
            return true;
    return false;
}

/* What stands before the first slash, question mark, number sign or white space. */
static vaxdir_slice first_token(vaxdir_slice text)
{
    size_t length = 0;
    while (length < text.length && memchr("/?# \t\r\n\v\f", text.bytes[length], 9) == NULL)
        length++;
    return (vaxdir_slice){text.bytes, length};
}

static bool begins_with_known_host(const vaxdir_rules *rules, vaxdir_slice text)
{
    char lower[VAXDIR_HOST_BYTES_MAX];
    vaxdir_slice token = first_token(text);
    if (token.length == 0 || token.length > sizeof lower)
        return false;
    if (token.length < text.length && memchr("/?#", text.bytes[token.length], 3) == NULL)
        return false;
    for (size_t i = 0; i < token.length; i++)
        lower[i] = vaxdir_lower(token.bytes[i]);
    const vaxdir_host *host = vaxdir_rules_find_host(rules, (vaxdir_slice){lower, token.length});
    return host != NULL && host->provider != NULL;
}

bool vaxdir_text_begins_link(const vaxdir_rules *rules, vaxdir_slice text)
{
    text = vaxdir_text_first_part(text);
    size_t length = scheme_length(text);
    vaxdir_slice scheme = {text.bytes, length == 0 ? 0 : length - 1};
    bool web =
        vaxdir_equal_case(scheme, vaxdir_slice_of("https")) || vaxdir_equal_case(scheme, vaxdir_slice_of("http"));
    return web ? length < text.length && text.bytes[length] == '/' : begins_with_known_host(rules, text);
}

/* Labels of letters, digits, hyphens and anything that is not ASCII; the last one has letters only; perhaps a port. */
static bool is_host_shaped(vaxdir_slice token)
{
    size_t labels = 1, label = 0, letters = 0;
    const char *colon = token.length == 0 ? NULL : memchr(token.bytes, ':', token.length);
    if (colon != NULL) {
        for (const char *at = colon + 1; at < token.bytes + token.length; at++)
            if (!is_digit(*at))
                return false;
        token.length = (size_t)(colon - token.bytes);
    }
    for (size_t i = 0; i < token.length; i++) {
        char c = token.bytes[i];
        if (c == '.') {
            if (label == 0)
                return false;
            labels++;
            label = letters = 0;
            continue;
        }
        bool letter = is_letter(c) || (unsigned char)c >= 0x80;
        if (!letter && !is_digit(c) && c != '-')
            return false;
        label++;
        letters += letter;
    }
    return labels >= 2 && label >= 2 && letters == label;
}

static bool is_email(vaxdir_slice text)
{
    const char *at = text.length == 0 ? NULL : memchr(text.bytes, '@', text.length);
    if (at == NULL || at == text.bytes)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (memchr(" \t\r\n\v\f/\\:?#<>()[],;\"", text.bytes[i], 20) != NULL)
            return false;
    size_t local = (size_t)(at - text.bytes);
    return is_host_shaped((vaxdir_slice){at + 1, text.length - local - 1});
}

static bool is_phone(const vaxdir_rules *rules, vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.bytes[i]) && memchr(" +.-/()", text.bytes[i], 7) == NULL)
            return false;
    vaxdir_phones phones;
    vaxdir_phones_read(rules, text, &phones);
    return phones.count > 0;
}

static bool has_space(vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] == ' ' || (unsigned char)text.bytes[i] < 0x20)
            return true;
    return false;
}

vaxdir_text_kind vaxdir_text_kind_of(const vaxdir_rules *rules, vaxdir_slice text)
{
    size_t length = scheme_length(text);
    vaxdir_slice scheme = {text.bytes, length == 0 ? 0 : length - 1};
    if (vaxdir_equal_case(scheme, vaxdir_slice_of("https")))
        return VAXDIR_TEXT_HTTPS;
    if (vaxdir_equal_case(scheme, vaxdir_slice_of("http")))
        return VAXDIR_TEXT_HTTP;
    if (vaxdir_equal_case(scheme, vaxdir_slice_of("mailto")))
        return VAXDIR_TEXT_EMAIL;
    if (vaxdir_equal_case(scheme, vaxdir_slice_of("tel")))
        return VAXDIR_TEXT_PHONE;
    if (begins_with_known_host(rules, text))
        return VAXDIR_TEXT_KNOWN_HOST;
    bool www = text.length > 4 && vaxdir_equal_case((vaxdir_slice){text.bytes, 4}, vaxdir_slice_of("www."));
    if (is_host_shaped(first_token(text)) && (www || !has_space(text)))
        return VAXDIR_TEXT_HOST;
    if (length != 0 && (is_acting_scheme(scheme) || (length < text.length && text.bytes[length] == '/')))
        return VAXDIR_TEXT_OTHER_SCHEME;
    if (is_email(text))
        return VAXDIR_TEXT_EMAIL;
    return is_phone(rules, text) ? VAXDIR_TEXT_PHONE : VAXDIR_TEXT_WORD;
}
