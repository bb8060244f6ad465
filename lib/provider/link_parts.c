/* link_parts.c: takes a link apart and makes its parts normal. Invariant: what comes out is ASCII that RFC 3986 allows
 * in its place, and making it normal again changes nothing. */
#include <idn2.h>
#include <string.h>
#include <utf8proc.h>

#include "parts.h"

void vaxdir_write(vaxdir_writer *writer, vaxdir_slice text)
{
    if (writer->full || text.length > writer->capacity - writer->length) {
        writer->full = true;
        return;
    }
    if (text.length != 0)
        memcpy(writer->bytes + writer->length, text.bytes, text.length);
    writer->length += text.length;
}

void vaxdir_write_byte(vaxdir_writer *writer, char byte)
{
    if (writer->full || writer->length == writer->capacity)
        writer->full = true;
    else
        writer->bytes[writer->length++] = byte;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, digits and -._~ */
static const vaxdir_charset unreserved = {{0x00000000, 0x03FF6000, 0x87FFFFFE, 0x47FFFFFE}};

/* These and !$&()*+,;=:@/ stay as they are in a path. The apostrophe is legal and escaped all the same, because
 * programs that paste links into text or markup stumble over it. */
static const vaxdir_charset path_characters = {{0x00000000, 0x2FFFFF52, 0x87FFFFFF, 0x47FFFFFE}};

/* In a query or fragment the question mark too. */
static const vaxdir_charset query_characters = {{0x00000000, 0xAFFFFF52, 0x87FFFFFF, 0x47FFFFFE}};

/* Lower-case letters, digits, the hyphen and the dot. */
static const vaxdir_charset host_characters = {{0x00000000, 0x03FF6000, 0x00000000, 0x07FFFFFE}};

/* Appends the normal form of a part; true if something had to be escaped. */
static bool normalise(vaxdir_slice part, const vaxdir_charset *allowed, vaxdir_writer *out)
{
    static const char digits[] = "0123456789ABCDEF";
    bool escaped = false;
    for (size_t i = 0; i < part.length; i++) {
        char c = part.bytes[i];
        int value = (unsigned char)c;
        size_t plain = i;
        while (plain < part.length && vaxdir_charset_has(allowed, part.bytes[plain]))
            plain++;
        if (plain > i) {
            vaxdir_write(out, (vaxdir_slice){part.bytes + i, plain - i});
            i = plain - 1;
            continue;
        }
        if (c == '%' && part.length - i > 2 && vaxdir_hex_value(part.bytes[i + 1]) >= 0 &&
            vaxdir_hex_value(part.bytes[i + 2]) >= 0) {
            value = vaxdir_hex_value(part.bytes[i + 1]) * 16 + vaxdir_hex_value(part.bytes[i + 2]);
            i += 2;
            if (value < 0x80 && vaxdir_charset_has(&unreserved, (char)value)) {
                vaxdir_write_byte(out, (char)value);
                continue;
            }
        } else {
            escaped = true;
        }
        vaxdir_write_byte(out, '%');
        vaxdir_write_byte(out, digits[value >> 4]);
        vaxdir_write_byte(out, digits[value & 15]);
    }
    return escaped;
}

/* RFC 3986, 5.2.4, in place: the path begins with a slash, and no segment is "." or ".." afterwards. */
static size_t resolve_dots(char *path, size_t length)
{
    size_t out = 0;
    if (memchr(path, '.', length) == NULL)
        return length;
    for (size_t at = 0; at < length;) {
        size_t end = at + 1;
        while (end < length && path[end] != '/')
            end++;
        size_t size = end - at - 1;
        bool one = size == 1 && path[at + 1] == '.';
        bool two = size == 2 && path[at + 1] == '.' && path[at + 2] == '.';
        if (two)
            while (out > 0 && path[--out] != '/')
                ;
        if (one || two) {
            if (end == length)
                path[out++] = '/';
        } else {
            memmove(path + out, path + at, end - at);
            out += end - at;
        }
        at = end;
    }
    if (out == 0)
        path[out++] = '/';
    return out;
}

/* Splits "path?query#fragment" and makes each part normal; false if they outgrow the room. */
static bool read_rest(vaxdir_slice rest, vaxdir_link_work *work)
{
    vaxdir_parts *parts = &work->parts;
    vaxdir_writer out = {work->normal, 0, sizeof work->normal, false};
    parts->given = rest;
    const char *hash = rest.length == 0 ? NULL : memchr(rest.bytes, '#', rest.length);
    vaxdir_slice fragment = {NULL, 0}, query = {NULL, 0};
    if (hash != NULL) {
        fragment = (vaxdir_slice){hash + 1, (size_t)(rest.bytes + rest.length - hash - 1)};
        rest.length = (size_t)(hash - rest.bytes);
    }
    const char *mark = rest.length == 0 ? NULL : memchr(rest.bytes, '?', rest.length);
    if (mark != NULL) {
        query = (vaxdir_slice){mark + 1, (size_t)(rest.bytes + rest.length - mark - 1)};
        rest.length = (size_t)(mark - rest.bytes);
    }
    bool escaped = false;
    if (rest.length == 0)
        vaxdir_write_byte(&out, '/');
    else
        escaped = normalise(rest, &path_characters, &out);
    if (out.full)
        return false;
    out.length = resolve_dots(work->normal, out.length);
    parts->path = (vaxdir_slice){work->normal, out.length};
    if (query.length != 0) {
        size_t start = out.length;
        escaped = normalise(query, &query_characters, &out) || escaped;
        parts->query = (vaxdir_slice){work->normal + start, out.length - start};
    }
    if (fragment.length != 0) {
        size_t start = out.length;
        escaped = normalise(fragment, &query_characters, &out) || escaped;
        parts->fragment = (vaxdir_slice){work->normal + start, out.length - start};
    }
    if (escaped)
        parts->warnings |= VAXDIR_LINK_WARNING_ESCAPED;
    return !out.full;
}

static bool is_numeric_label(vaxdir_slice label)
{
    size_t from = 0;
    bool hex = label.length >= 2 && label.bytes[0] == '0' && label.bytes[1] == 'x';
    if (hex)
        from = 2;
    for (size_t i = from; i < label.length; i++)
        if (hex ? vaxdir_hex_value(label.bytes[i]) < 0 : !is_digit(label.bytes[i]))
            return false;
    return label.length != 0;
}

int32_t vaxdir_host_check(vaxdir_slice host)
{
    size_t label = 0, labels = 1;
    bool bad = host.length == 0 || host.length > VAXDIR_HOST_BYTES_MAX;
    for (size_t i = 0; i <= host.length; i++) {
        bool end = i == host.length || host.bytes[i] == '.';
        if (!end) {
            char c = host.bytes[i];
            bad = bad || !((c >= 'a' && c <= 'z') || is_digit(c) || c == '-');
            continue;
        }
        size_t length = i - label;
        bad = bad || length == 0 || length > 63 || host.bytes[label] == '-' || host.bytes[i - 1] == '-';
        if (i == host.length)
            break;
        label = i + 1;
        labels++;
    }
    /* The URL Standard reads a host whose last label is a number as an IPv4 address, in any base. */
    if (is_numeric_label((vaxdir_slice){host.bytes + label, host.length - label}))
        return VAXDIR_LINK_REASON_IP_ADDRESS;
    return bad || labels < 2 ? VAXDIR_LINK_REASON_HOST : 0;
}

static bool has_ace_label(vaxdir_slice host)
{
    for (size_t i = 0; i + 4 <= host.length; i++)
        if ((i == 0 || host.bytes[i - 1] == '.') && memcmp(host.bytes + i, "xn--", 4) == 0)
            return true;
    return false;
}

static bool is_ascii(vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

/* Whether each label that is not ASCII becomes an xn-- label, one for one: no host is emitted as another one. */
static bool labels_stay_foreign(const char *given, const char *ace)
{
    for (;;) {
        size_t given_length = strcspn(given, "."), ace_length = strcspn(ace, ".");
        bool foreign = !is_ascii((vaxdir_slice){given, given_length});
        if (foreign ? strncmp(ace, "xn--", 4) != 0
                    : given_length != ace_length || memcmp(given, ace, given_length) != 0)
            return false;
        given += given_length;
        ace += ace_length;
        if (*given == '\0' || *ace == '\0')
            return *given == *ace;
        given++;
        ace++;
    }
}

/* Lower case, and nothing else: IDNA's mapping, which we leave out, turns soft hyphens, full-width dots and letters in
 * circles into plain ASCII, and libidn2 even drops signs. A capital whose lower case is ASCII is no honest letter, nor
 * is the capital sharp s, which programs read in two ways. A reason to call the host unsafe, or 0. */
static int32_t lower_foreign(vaxdir_slice host, vaxdir_writer *out)
{
    for (size_t at = 0; at < host.length;) {
        utf8proc_int32_t character;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)host.bytes + at,
                                                 (utf8proc_ssize_t)(host.length - at), &character);
        if (size <= 0)
            return VAXDIR_LINK_REASON_IDN;
        at += (size_t)size;
        utf8proc_int32_t lower = utf8proc_tolower(character);
        if (character < 0x80 && !vaxdir_charset_has(&host_characters, (char)character))
            return VAXDIR_LINK_REASON_HOST;
        if (character >= 0x80 && (lower < 0x80 || character == 0x1E9E))
            return VAXDIR_LINK_REASON_IDN;
        size = utf8proc_encode_char(lower, bytes);
        vaxdir_write(out, (vaxdir_slice){(const char *)bytes, (size_t)size});
    }
    vaxdir_write_byte(out, '\0');
    return out->full ? VAXDIR_LINK_REASON_HOST : 0;
}

/* An international host into its ASCII form, which is emitted and never compared with a rule. */
static int32_t read_foreign_host(vaxdir_parts *parts)
{
    char lower[2 * VAXDIR_HOST_BYTES_MAX];
    char *ace = NULL, *unicode = NULL, *again = NULL;
    const int flags = IDN2_NFC_INPUT | IDN2_NO_TR46 | IDN2_ALABEL_ROUNDTRIP;
    vaxdir_writer out = {lower, 0, sizeof lower, false};
    int32_t reason = lower_foreign((vaxdir_slice){parts->host, parts->host_length}, &out);
    if (reason != 0)
        return reason;
    reason = VAXDIR_LINK_REASON_IDN;
    if (idn2_lookup_u8((const uint8_t *)lower, (uint8_t **)&ace, flags) == IDN2_OK &&
        strlen(ace) <= VAXDIR_HOST_BYTES_MAX && labels_stay_foreign(lower, ace) &&
        idn2_to_unicode_8z8z(ace, &unicode, 0) == IDN2_OK && !is_ascii(vaxdir_slice_of(unicode)) &&
        idn2_lookup_u8((const uint8_t *)unicode, (uint8_t **)&again, flags) == IDN2_OK && strcmp(ace, again) == 0) {
        parts->host_length = strlen(ace);
        memcpy(parts->host, ace, parts->host_length + 1);
        reason = vaxdir_host_check((vaxdir_slice){parts->host, parts->host_length});
    }
    idn2_free(ace);
    idn2_free(unicode);
    idn2_free(again);
    return reason;
}

static int32_t read_host(vaxdir_slice host, vaxdir_parts *parts)
{
    if (host.length > 1 && host.bytes[host.length - 1] == '.') {
        host.length--;
        parts->warnings |= VAXDIR_LINK_WARNING_TRAILING_DOT;
    }
    if (host.length == 0 || host.length > VAXDIR_HOST_BYTES_MAX)
        return VAXDIR_LINK_REASON_HOST;
    for (size_t i = 0; i < host.length; i++)
        parts->host[i] = vaxdir_lower(host.bytes[i]);
    parts->host[host.length] = '\0';
    parts->host_length = host.length;
    vaxdir_slice lower = {parts->host, host.length};
    bool ascii = is_ascii(lower);
    if (ascii) {
        int32_t reason = vaxdir_host_check(lower);
        if (reason != 0)
            return reason;
    }
    parts->foreign = !ascii || has_ace_label(lower);
    return parts->foreign ? read_foreign_host(parts) : 0;
}

/* The scheme's own port is dropped. A colon with nothing behind it is no port. */
static bool is_own_port(vaxdir_slice port, bool https)
{
    return vaxdir_slice_is(port, https ? "443" : "80");
}

/* Programs that look for the last @ take "known.example#@other.example" for a user name and a host. */
static bool has_late_userinfo(vaxdir_slice rest)
{
    if (rest.length == 0 || rest.bytes[0] == '/')
        return false;
    const char *slash = memchr(rest.bytes, '/', rest.length);
    size_t length = slash == NULL ? rest.length : (size_t)(slash - rest.bytes);
    return memchr(rest.bytes, '@', length) != NULL;
}

/* What is refused as it stands is refused behind escapes too: no honest page has it, and some programs undo them. */
static int32_t check_escapes(const vaxdir_parts *parts)
{
    if (vaxdir_text_hides_escaped(parts->path) || vaxdir_text_hides_escaped(parts->fragment))
        return VAXDIR_LINK_REASON_CONTROL;
    for (size_t i = 0; i + 2 < parts->path.length; i++)
        if (parts->path.bytes[i] == '%' && memcmp(parts->path.bytes + i, "%5C", 3) == 0)
            return VAXDIR_LINK_REASON_BACKSLASH;
    return 0;
}

static int32_t read_authority(vaxdir_slice authority, vaxdir_parts *parts)
{
    if (authority.length == 0)
        return VAXDIR_LINK_REASON_HOST;
    if (memchr(authority.bytes, '@', authority.length) != NULL)
        return VAXDIR_LINK_REASON_USERINFO;
    if (authority.bytes[0] == '[')
        return VAXDIR_LINK_REASON_IP_ADDRESS;
    if (memchr(authority.bytes, '%', authority.length) != NULL)
        return VAXDIR_LINK_REASON_PERCENT_IN_HOST;
    const char *colon = memchr(authority.bytes, ':', authority.length);
    vaxdir_slice host = authority;
    if (colon != NULL) {
        host.length = (size_t)(colon - authority.bytes);
        vaxdir_slice port = {colon + 1, authority.length - host.length - 1};
        if (!is_own_port(port, parts->https))
            return VAXDIR_LINK_REASON_PORT;
    }
    return read_host(host, parts);
}

int32_t vaxdir_parts_read(vaxdir_slice text, bool https, vaxdir_link_work *work)
{
    vaxdir_parts *parts = &work->parts;
    *parts = (vaxdir_parts){.https = https};
    size_t end = 0;
    while (end < text.length && text.bytes[end] != '/' && text.bytes[end] != '?' && text.bytes[end] != '#')
        end++;
    int32_t reason = read_authority((vaxdir_slice){text.bytes, end}, parts);
    vaxdir_slice rest = {text.bytes + end, text.length - end};
    if (reason == 0 && has_late_userinfo(rest))
        reason = VAXDIR_LINK_REASON_USERINFO;
    if (reason == 0 && !read_rest(rest, work))
        reason = VAXDIR_LINK_REASON_TOO_LONG;
    return reason == 0 ? check_escapes(parts) : reason;
}
