/* sniff.c: see sniff.h. Invariant: only what a feed of separated values never begins with is recognised; doubtful bytes
 * are left to the header. */
#include "sniff.h"

#include <string.h>

#define ADVICE_FETCH "get the CSV file of the feed and keep the last good registry until then"
#define ADVICE_UNPACK "unpack it and give the CSV file inside"
#define ADVICE_EXPORT "save it as CSV in UTF-8"

typedef struct signature {
    const char *bytes;
    size_t length;
    const char *what;
    const char *advice;
} signature;

#define SIGNATURE(bytes, what, advice)                                                                                 \
    {                                                                                                                  \
        bytes, sizeof(bytes) - 1, what, advice                                                                         \
    }

/* The longer of two that begin alike stands first. */
static const signature signatures[] = {
    SIGNATURE("VAXDIR\r\n", "a registry file of this library", "open it as the registry that it is"),
    SIGNATURE("\x1F\x8B", "gzip data", ADVICE_UNPACK),
    SIGNATURE("PK\x03\x04", "a zip archive or a spreadsheet", "unpack it, or save it as CSV in UTF-8"),
    SIGNATURE("PK\x05\x06", "an empty zip archive", ADVICE_FETCH),
    SIGNATURE("\xFD\x37zXZ", "xz data", ADVICE_UNPACK),
    SIGNATURE("\x28\xB5\x2F\xFD", "zstd data", ADVICE_UNPACK),
    SIGNATURE("BZh", "bzip2 data", ADVICE_UNPACK),
    SIGNATURE("7z\xBC\xAF\x27\x1C", "a 7z archive", ADVICE_UNPACK),
    SIGNATURE("Rar!\x1A\x07", "a rar archive", ADVICE_UNPACK),
    SIGNATURE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old spreadsheet or text document", ADVICE_EXPORT),
    SIGNATURE("%PDF-", "a PDF document", ADVICE_FETCH),
    SIGNATURE("{\\rtf", "an RTF document", ADVICE_FETCH),
    SIGNATURE("\x89PNG", "a PNG picture", ADVICE_FETCH),
    SIGNATURE("\xFF\xD8\xFF", "a JPEG picture", ADVICE_FETCH),
    SIGNATURE("GIF8", "a GIF picture", ADVICE_FETCH),
    SIGNATURE("SQLite format 3", "an SQLite database", ADVICE_EXPORT),
    SIGNATURE("PAR1", "a Parquet file", ADVICE_EXPORT),
    SIGNATURE("\x7F\x45LF", "a program", ADVICE_FETCH),
    SIGNATURE("\xFF\xFE\x00\x00", "UTF-32 text", ADVICE_EXPORT),
    SIGNATURE("\x00\x00\xFE\xFF", "UTF-32 text", ADVICE_EXPORT),
    SIGNATURE("\xFF\xFE", "UTF-16 text", ADVICE_EXPORT),
    SIGNATURE("\xFE\xFF", "UTF-16 text", ADVICE_EXPORT),
};

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Where `needle`, in lower case, begins in the text, whatever the text's case; the length of the text if nowhere. */
static size_t find_any_case(vaxdir_slice text, const char *needle)
{
    size_t length = strlen(needle);
    for (size_t at = 0; at + length <= text.length; at++) {
        size_t same = 0;
        while (same < length && lower(text.bytes[at + same]) == needle[same])
            same++;
        if (same == length)
            return at;
    }
    return text.length;
}

static vaxdir_slice after(vaxdir_slice text, size_t from)
{
    return (vaxdir_slice){text.bytes + from, text.length - from};
}

static vaxdir_slice find_title(vaxdir_slice page)
{
    vaxdir_slice rest = after(page, find_any_case(page, "<title"));
    size_t open = 0;
    while (open < rest.length && rest.bytes[open] != '>')
        open++;
    if (open == rest.length)
        return (vaxdir_slice){"", 0};
    rest = after(rest, open + 1);
    size_t close = 0;
    while (close < rest.length && rest.bytes[close] != '<')
        close++;
    rest.length = close < rest.length && close <= 150 ? close : 0;
    return rest;
}

static vaxdir_sniffed nothing_else(void)
{
    return (vaxdir_sniffed){NULL, NULL, {"", 0}};
}

static vaxdir_sniffed sniff_text(vaxdir_slice text)
{
    while (text.length > 0 && memchr(" \t\r\n", text.bytes[0], 4) != NULL)
        text = after(text, 1);
    if (text.length == 0)
        return nothing_else();
    if (text.bytes[0] == '<') {
        static const char *const marks[] = {"<!doctype html", "<html", "<head", "<body"};
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (find_any_case(text, marks[i]) < text.length)
                return (vaxdir_sniffed){"an HTML page", ADVICE_FETCH, find_title(text)};
        return (vaxdir_sniffed){"an XML document", ADVICE_FETCH, {"", 0}};
    }
    if (text.bytes[0] == '{' || text.bytes[0] == '[')
        return (vaxdir_sniffed){"JSON", "get the CSV form of the feed, which is the form that is read", {"", 0}};
    return nothing_else();
}

/* Text without a mark whose every other byte is NUL is UTF-16; many control bytes are no text at all. A few of either
 * cost only the rows that they stand in. */
static vaxdir_sniffed sniff_binary(vaxdir_slice head)
{
    size_t nuls[2] = {0, 0}, controls = 0;
    for (size_t at = 0; at < head.length; at++) {
        unsigned char byte = (unsigned char)head.bytes[at];
        nuls[at % 2] += byte == 0;
        controls += byte < 0x20 && memchr("\t\n\v\f\r", byte, 5) == NULL;
    }
    size_t most = nuls[0] > nuls[1] ? nuls[0] : nuls[1];
    size_t least = nuls[0] + nuls[1] - most;
    if (most >= 4 && most >= head.length / 4 && least <= most / 8)
        return (vaxdir_sniffed){"UTF-16 text", ADVICE_EXPORT, {"", 0}};
    if (controls >= 8 && controls >= head.length / 10)
        return (vaxdir_sniffed){"binary data", ADVICE_FETCH, {"", 0}};
    return nothing_else();
}

vaxdir_sniffed vaxdir_sniff(vaxdir_slice head)
{
    if (head.length > VAXDIR_SNIFF_BYTES)
        head.length = VAXDIR_SNIFF_BYTES;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (head.length >= signatures[i].length && memcmp(head.bytes, signatures[i].bytes, signatures[i].length) == 0)
            return (vaxdir_sniffed){signatures[i].what, signatures[i].advice, {"", 0}};
    if (head.length >= 262 && memcmp(head.bytes + 257, "ustar", 5) == 0)
        return (vaxdir_sniffed){"a tar archive", ADVICE_UNPACK, {"", 0}};
    if (head.length >= 3 && memcmp(head.bytes, "\xEF\xBB\xBF", 3) == 0)
        head = after(head, 3);
    vaxdir_sniffed sniffed = sniff_text(head);
    return sniffed.what != NULL ? sniffed : sniff_binary(head);
}
