/* pattern.c: compiles and matches patterns. Invariant: what matches a slug, number, hex or uuid placeholder holds no
 * slash, question mark, number sign or ampersand, so that it can be put into a path, a query or a key as it stands. */
#include "pattern.h"

#include <string.h>

#include "charset.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An escaped apostrophe or a byte of an escaped non-ASCII character: what town names have. */
static bool is_slug_escape(const char *at, size_t left)
{
    return left >= 3 && at[0] == '%' && ((at[1] == '2' && at[2] == '7') || (is_hex(at[1]) && at[1] > '7'));
}

/* Letters, digits and -_.~(),!+ */
static const vaxdir_charset slug_characters = {{0x00000000, 0x03FF7B02, 0x87FFFFFE, 0x47FFFFFE}};

static bool is_slug(vaxdir_slice text)
{
    bool named = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (vaxdir_charset_has(&slug_characters, c))
            named = named || is_letter(c) || is_digit(c);
        else if (is_slug_escape(text.bytes + i, text.length - i))
            i += 2;
        else
            return false;
    }
    return named;
}

static bool is_uuid(vaxdir_slice text)
{
    if (text.length != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.bytes[i] != '-' : !is_hex(text.bytes[i]))
            return false;
    }
    return true;
}

bool vaxdir_placeholder_match(const vaxdir_placeholder *placeholder, vaxdir_slice text)
{
    if (text.length == 0 || text.length > VAXDIR_PATTERN_TEXT_MAX)
        return false;
    if (placeholder->length != 0 && text.length != placeholder->length)
        return false;
    switch (placeholder->shape) {
    case VAXDIR_SHAPE_SLUG:
        return is_slug(text);
    case VAXDIR_SHAPE_NUMBER:
        for (size_t i = 0; i < text.length; i++)
            if (!is_digit(text.bytes[i]))
                return false;
        return text.length <= 18;
    case VAXDIR_SHAPE_HEX:
        for (size_t i = 0; i < text.length; i++)
            if (!is_hex(text.bytes[i]))
                return false;
        return true;
    case VAXDIR_SHAPE_UUID:
        return is_uuid(text);
    case VAXDIR_SHAPE_ANY:
        return true;
    }
    return false;
}

static bool starts_with(vaxdir_slice text, vaxdir_slice start)
{
    return text.length >= start.length && (start.length == 0 || memcmp(text.bytes, start.bytes, start.length) == 0);
}

static bool ends_with(vaxdir_slice text, vaxdir_slice end)
{
    if (text.length < end.length)
        return false;
    vaxdir_slice last = {text.bytes + text.length - end.length, end.length};
    return vaxdir_slice_equal(last, end);
}

static void capture(vaxdir_captures *captures, const vaxdir_placeholder *placeholder, vaxdir_slice value)
{
    if (captures == NULL || captures->count == VAXDIR_CAPTURES_MAX)
        return;
    captures->items[captures->count].name = placeholder->name;
    captures->items[captures->count].value = value;
    captures->count++;
}

/* Two placeholders with a literal between them: the first one takes as much as it can. */
static bool match_two(const vaxdir_segment *segment, vaxdir_slice inner, vaxdir_captures *captures)
{
    vaxdir_slice between = segment->literal[1];
    if (inner.length > VAXDIR_PATTERN_TEXT_MAX || inner.length < between.length)
        return false;
    for (size_t at = inner.length - between.length + 1; at-- > 0;) {
        vaxdir_slice rest = {inner.bytes + at, inner.length - at};
        if (!starts_with(rest, between))
            continue;
        vaxdir_slice left = {inner.bytes, at};
        vaxdir_slice right = {rest.bytes + between.length, rest.length - between.length};
        if (vaxdir_placeholder_match(&segment->placeholder[0], left) &&
            vaxdir_placeholder_match(&segment->placeholder[1], right)) {
            capture(captures, &segment->placeholder[0], left);
            capture(captures, &segment->placeholder[1], right);
            return true;
        }
    }
    return false;
}

bool vaxdir_segment_match(const vaxdir_segment *segment, vaxdir_slice text, vaxdir_captures *captures)
{
    if (segment->count == 0)
        return vaxdir_slice_equal(segment->literal[0], text);
    vaxdir_slice first = segment->literal[0];
    vaxdir_slice last = segment->literal[segment->count];
    if (text.length < first.length + last.length || !starts_with(text, first) || !ends_with(text, last))
        return false;
    vaxdir_slice inner = {text.bytes + first.length, text.length - first.length - last.length};
    if (segment->count == 2)
        return match_two(segment, inner, captures);
    if (!vaxdir_placeholder_match(&segment->placeholder[0], inner))
        return false;
    capture(captures, &segment->placeholder[0], inner);
    return true;
}

bool vaxdir_pattern_match(const vaxdir_pattern *pattern, const vaxdir_slice *segments, size_t count,
                          vaxdir_captures *captures)
{
    if (count < pattern->count || (count > pattern->count && !pattern->tail))
        return false;
    size_t before = captures == NULL ? 0 : captures->count;
    for (size_t i = 0; i < pattern->count; i++) {
        if (!vaxdir_segment_match(&pattern->segments[i], segments[i], captures)) {
            if (captures != NULL)
                captures->count = before;
            return false;
        }
    }
    return true;
}

vaxdir_slice vaxdir_captures_find(const vaxdir_captures *captures, vaxdir_slice name)
{
    for (size_t i = 0; i < captures->count; i++)
        if (vaxdir_slice_equal(captures->items[i].name, name))
            return captures->items[i].value;
    return (vaxdir_slice){NULL, 0};
}

static bool is_name(vaxdir_slice text)
{
    if (text.length == 0 || text.length > 32)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!is_letter(text.bytes[i]) && text.bytes[i] != '_')
            return false;
    return true;
}

/* "slug", "number", "number5", "hex24", "uuid", "any". */
static bool read_shape(vaxdir_slice text, vaxdir_placeholder *placeholder)
{
    static const struct {
        const char *word;
        vaxdir_shape shape;
        bool sized;
    } shapes[] = {
        {"slug", VAXDIR_SHAPE_SLUG, false}, {"number", VAXDIR_SHAPE_NUMBER, true}, {"hex", VAXDIR_SHAPE_HEX, true},
        {"uuid", VAXDIR_SHAPE_UUID, false}, {"any", VAXDIR_SHAPE_ANY, false},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        vaxdir_slice word = vaxdir_slice_of(shapes[i].word);
        if (!starts_with(text, word))
            continue;
        vaxdir_slice size = {text.bytes + word.length, text.length - word.length};
        int64_t length = 0;
        if (size.length != 0 &&
            (!shapes[i].sized || size.length > 3 || !vaxdir_text_digits(size, &length) || length < 1 || length > 128))
            return false;
        placeholder->shape = shapes[i].shape;
        placeholder->length = (size_t)length;
        return true;
    }
    return false;
}

/* What stands between the braces: "name" or "name:shape". */
static const char *read_placeholder(vaxdir_slice text, vaxdir_placeholder *placeholder)
{
    const char *colon = text.length == 0 ? NULL : memchr(text.bytes, ':', text.length);
    *placeholder = (vaxdir_placeholder){text, VAXDIR_SHAPE_SLUG, 0};
    if (colon != NULL) {
        placeholder->name.length = (size_t)(colon - text.bytes);
        vaxdir_slice shape = {colon + 1, text.length - placeholder->name.length - 1};
        if (!read_shape(shape, placeholder))
            return "a placeholder's shape is slug, number, number5, hex, hex24, uuid or any";
    }
    return is_name(placeholder->name) ? NULL : "a placeholder has a name of letters: write {name} or {name:number}";
}

static bool is_literal_char(char c)
{
    return is_letter(c) || is_digit(c) || memchr("-_.~!$&()*+,;=:@%", c, 17) != NULL;
}

/* Links are compared in normal form: an escape in lower case, or of what needs none, would never be met. */
static bool is_normal_escape(const char *at, size_t left)
{
    static const char digits[] = "0123456789ABCDEF";
    if (left < 3 || at[1] == '\0' || at[2] == '\0')
        return false;
    const char *high = strchr(digits, at[1]), *low = strchr(digits, at[2]);
    if (high == NULL || low == NULL)
        return false;
    char c = (char)(unsigned char)((high - digits) * 16 + (low - digits));
    return !is_letter(c) && !is_digit(c) && (c == '\0' || strchr("-._~", c) == NULL);
}

const char *vaxdir_segment_compile(vaxdir_slice text, vaxdir_segment *segment)
{
    *segment = (vaxdir_segment){0};
    size_t start = 0;
    segment->literal[0].bytes = text.bytes;
    for (size_t at = 0; at < text.length; at++) {
        char c = text.bytes[at];
        if (c != '{') {
            if (!is_literal_char(c))
                return "a character stands here that no part of a link has unescaped";
            if (c == '%' && !is_normal_escape(text.bytes + at, text.length - at))
                return "links are compared in normal form: %XX in upper case, and only where it is needed";
            segment->literal[segment->count].length++;
            continue;
        }
        const char *close = memchr(text.bytes + at, '}', text.length - at);
        if (close == NULL)
            return "a brace is not closed: write {name} or {name:number}";
        if (segment->count == 2)
            return "there are more than two placeholders between two slashes";
        if (segment->count == 1 && at == start)
            return "two placeholders need something between them";
        size_t end = (size_t)(close - text.bytes);
        const char *wrong =
            read_placeholder((vaxdir_slice){text.bytes + at + 1, end - at - 1}, &segment->placeholder[segment->count]);
        if (wrong != NULL)
            return wrong;
        segment->count++;
        at = end;
        start = end + 1;
        segment->literal[segment->count].bytes = text.bytes + start;
    }
    return text.length == 0 ? "it is empty" : NULL;
}

/* Each name once, because a name is how the identity and a redirect refer to it. */
static bool has_duplicate_name(const vaxdir_pattern *pattern)
{
    vaxdir_slice names[2 * VAXDIR_PATTERN_SEGMENTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < pattern->count; i++)
        for (size_t k = 0; k < pattern->segments[i].count; k++) {
            names[count] = pattern->segments[i].placeholder[k].name;
            for (size_t j = 0; j < count; j++)
                if (vaxdir_slice_equal(names[j], names[count]))
                    return true;
            count++;
        }
    return count > VAXDIR_CAPTURES_MAX;
}

const char *vaxdir_pattern_compile(vaxdir_slice text, vaxdir_pattern *pattern)
{
    *pattern = (vaxdir_pattern){.text = text};
    if (text.length == 0 || text.bytes[0] != '/')
        return "a path pattern begins with a slash";
    for (size_t at = 1; at < text.length;) {
        const char *slash = memchr(text.bytes + at, '/', text.length - at);
        size_t end = slash == NULL ? text.length : (size_t)(slash - text.bytes);
        vaxdir_slice part = {text.bytes + at, end - at};
        if (vaxdir_slice_is(part, "**")) {
            if (end != text.length)
                return "** stands at the end only";
            pattern->tail = true;
            break;
        }
        if (end + 1 == text.length)
            return "a path pattern ends without a slash: a slash at the end of a link is ignored";
        if (pattern->count == VAXDIR_PATTERN_SEGMENTS_MAX)
            return "there are more than 12 segments";
        if (vaxdir_slice_is(part, ".") || vaxdir_slice_is(part, ".."))
            return "links are compared in normal form: no part of a path is . or ..";
        const char *wrong = vaxdir_segment_compile(part, &pattern->segments[pattern->count]);
        if (wrong != NULL)
            return wrong;
        pattern->count++;
        at = end + 1;
    }
    return has_duplicate_name(pattern) ? "a placeholder's name occurs twice, or there are more than 16" : NULL;
}

/* Whether all that has shape b has shape a. */
static bool shape_covers(const vaxdir_placeholder *a, const vaxdir_placeholder *b)
{
    bool length = a->length == 0 || a->length == b->length;
    switch (a->shape) {
    case VAXDIR_SHAPE_ANY:
        return true;
    case VAXDIR_SHAPE_SLUG:
        return b->shape != VAXDIR_SHAPE_ANY;
    case VAXDIR_SHAPE_HEX:
        return length && (b->shape == VAXDIR_SHAPE_HEX || b->shape == VAXDIR_SHAPE_NUMBER);
    case VAXDIR_SHAPE_NUMBER:
        return length && b->shape == VAXDIR_SHAPE_NUMBER;
    case VAXDIR_SHAPE_UUID:
        return b->shape == VAXDIR_SHAPE_UUID;
    }
    return false;
}

static bool is_slug_text(vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!vaxdir_charset_has(&slug_characters, text.bytes[i]))
            return false;
    return true;
}

/* Whether a placeholder that is a whole segment takes all that another segment takes. */
static bool placeholder_covers(const vaxdir_placeholder *a, const vaxdir_segment *b)
{
    if (b->count == 0)
        return vaxdir_placeholder_match(a, b->literal[0]);
    if (b->literal[0].length != 0 || b->literal[b->count].length != 0)
        return false; /* literals beside it may make a text longer than a placeholder takes */
    if (b->count == 1)
        return shape_covers(a, &b->placeholder[0]);
    bool any = a->shape == VAXDIR_SHAPE_ANY;
    return any || (a->shape == VAXDIR_SHAPE_SLUG && is_slug_text(b->literal[1]) &&
                   shape_covers(a, &b->placeholder[0]) && shape_covers(a, &b->placeholder[1]));
}

static bool segment_covers(const vaxdir_segment *a, const vaxdir_segment *b)
{
    if (a->count == 1 && a->literal[0].length == 0 && a->literal[1].length == 0)
        return placeholder_covers(&a->placeholder[0], b);
    if (a->count != b->count || !vaxdir_slice_equal(a->literal[a->count], b->literal[b->count]))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!vaxdir_slice_equal(a->literal[i], b->literal[i]) || !shape_covers(&a->placeholder[i], &b->placeholder[i]))
            return false;
    return true;
}

bool vaxdir_pattern_covers(const vaxdir_pattern *a, const vaxdir_pattern *b)
{
    if (a->tail ? a->count > b->count : a->count != b->count || b->tail)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!segment_covers(&a->segments[i], &b->segments[i]))
            return false;
    return true;
}
