/* link_several.c: a text that holds more than one link, and words that name a provider without a link to it. Invariant:
 * what is left over is told, never followed. */
#include <string.h>
#include <utf8proc.h>

#include "parts.h"

/* The white space that stands at `at`; 0 if there is none. Every space of Unicode counts: feeds have several. */
static size_t space_length(vaxdir_slice text, size_t at)
{
    if (memchr(" \t\r\n\v\f", text.bytes[at], 6) != NULL)
        return 1;
    utf8proc_int32_t character;
    if ((unsigned char)text.bytes[at] < 0x80)
        return 0;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + at, (utf8proc_ssize_t)(text.length - at), &character);
    return size > 0 && utf8proc_category(character) == UTF8PROC_CATEGORY_ZS ? (size_t)size : 0;
}

vaxdir_slice vaxdir_text_first_part(vaxdir_slice text)
{
    size_t at = 0;
    while (at < text.length && space_length(text, at) == 0)
        at++;
    return (vaxdir_slice){text.bytes, at};
}

vaxdir_slice vaxdir_text_first_link(vaxdir_slice text)
{
    vaxdir_slice first = vaxdir_text_first_part(text);
    bool opens = memchr(first.bytes, '(', first.length) != NULL;
    while (first.length > 0 && first.length < text.length) {
        char last = first.bytes[first.length - 1];
        if (memchr(",;:.!", last, 5) == NULL && (opens || last != ')'))
            break;
        first.length--;
    }
    return first;
}

static bool begins_address(const vaxdir_rules *rules, vaxdir_slice text)
{
    vaxdir_text_kind kind = vaxdir_text_kind_of(rules, text);
    return kind == VAXDIR_TEXT_HOST || kind == VAXDIR_TEXT_OTHER_SCHEME;
}

/* The rest of a text from the first part on that `begins` takes; marks that open a bracket or quotation are passed. */
static vaxdir_slice find_next(const vaxdir_rules *rules, vaxdir_slice text,
                              bool (*begins)(const vaxdir_rules *, vaxdir_slice))
{
    for (size_t at = vaxdir_text_first_part(text).length; at < text.length;) {
        size_t space = space_length(text, at);
        if (space == 0) {
            at++;
            continue;
        }
        at += space;
        size_t from = at;
        while (from < text.length && memchr("(<[\"'", text.bytes[from], 5) != NULL)
            from++;
        vaxdir_slice rest = {text.bytes + from, text.length - from};
        if (rest.length != 0 && begins(rules, rest))
            return rest;
    }
    return (vaxdir_slice){NULL, 0};
}

vaxdir_slice vaxdir_text_next_link(const vaxdir_rules *rules, vaxdir_slice text)
{
    return find_next(rules, text, vaxdir_text_begins_link);
}

vaxdir_slice vaxdir_text_next_address(const vaxdir_rules *rules, vaxdir_slice text)
{
    return find_next(rules, text, begins_address);
}

bool vaxdir_text_ends_at_space(vaxdir_slice text)
{
    vaxdir_slice first = vaxdir_text_first_part(text);
    size_t at = 0;
    for (size_t i = 0; i + 2 < first.length && at == 0; i++)
        if (memcmp(first.bytes + i, "://", 3) == 0)
            at = i + 3;
    const char *end = memchr(first.bytes + at, '/', first.length - at);
    return end != NULL && first.length < text.length &&
           memchr(first.bytes + at, '?', (size_t)(end - first.bytes) - at) == NULL &&
           memchr(first.bytes + at, '#', (size_t)(end - first.bytes) - at) == NULL;
}

static bool is_edge(vaxdir_slice text, size_t at)
{
    return at >= text.length || memchr(" \t\r\n\v\f\xC2\xA0", text.bytes[at], 8) != NULL;
}

static bool is_mark(char c)
{
    return memchr(",;:.!?()\"'/-", c, 12) != NULL;
}

/* A word stands between spaces, with nothing but marks on either side: a part of an address is no word. */
static bool has_word(vaxdir_slice text, vaxdir_slice word)
{
    for (size_t at = 0; at + word.length <= text.length; at++) {
        size_t left = at, right = at + word.length;
        if (!vaxdir_equal_case((vaxdir_slice){text.bytes + at, word.length}, word))
            continue;
        while (left > 0 && is_mark(text.bytes[left - 1]))
            left--;
        while (right < text.length && is_mark(text.bytes[right]))
            right++;
        if ((left == 0 || is_edge(text, left - 1)) && is_edge(text, right))
            return true;
    }
    return false;
}

vaxdir_slice vaxdir_text_named(const vaxdir_rules *rules, vaxdir_slice text)
{
    for (size_t i = 0; i < rules->provider_count; i++) {
        const vaxdir_provider *provider = &rules->providers[i];
        if (has_word(text, provider->name) || has_word(text, provider->id))
            return provider->id;
    }
    return (vaxdir_slice){NULL, 0};
}
