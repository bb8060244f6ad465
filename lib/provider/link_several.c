/* link_several.c: a text that holds more than one link, and words that name a provider without a link to it. Invariant:
 * what is left over is told, never followed. */
#include <string.h>

#include "parts.h"

/* The white space that stands at `at`; 0 if there is none. A no-break space counts: feeds have both. */
static size_t space_length(vaxdir_slice text, size_t at)
{
    if (memchr(" \t\r\n\v\f", text.bytes[at], 6) != NULL)
        return 1;
    return text.length - at >= 2 && memcmp(text.bytes + at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

vaxdir_slice vaxdir_text_first_part(vaxdir_slice text)
{
    size_t at = 0;
    while (at < text.length && space_length(text, at) == 0)
        at++;
    return (vaxdir_slice){text.bytes, at};
}

vaxdir_slice vaxdir_text_next_link(const vaxdir_rules *rules, vaxdir_slice text)
{
    for (size_t at = vaxdir_text_first_part(text).length; at < text.length;) {
        size_t space = space_length(text, at);
        if (space == 0) {
            at++;
            continue;
        }
        at += space;
        vaxdir_slice rest = {text.bytes + at, text.length - at};
        if (rest.length != 0 && vaxdir_text_begins_link(rules, rest))
            return rest;
    }
    return (vaxdir_slice){NULL, 0};
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
