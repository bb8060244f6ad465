/* hours_plain.c: the form of a cell that the grammar of hours is written for. Invariant: two cells with one form look
 * the same to a reader but for case, accents, kinds of space and kinds of dash. */
#include "hours.h"

#include <string.h>

/* A character of more than one byte that has a plain form; "" leaves it out. */
typedef struct plain_form {
    const char *bytes;
    const char *plain;
} plain_form;

static const plain_form forms[] = {
    {"\xC2\xA0", " "},     /* no-break space */
    {"\xE2\x80\x89", " "}, /* thin space */
    {"\xE2\x80\xAF", " "}, /* narrow no-break space */
    {"\xE2\x80\x8B", ""},  /* zero width space */
    {"\xEF\xBB\xBF", ""},  /* byte order mark */
    {"\xE2\x80\x90", "-"}, /* hyphen */
    {"\xE2\x80\x91", "-"}, /* no-break hyphen */
    {"\xE2\x80\x92", "-"}, /* figure dash */
    {"\xE2\x80\x93", "-"}, /* en dash */
    {"\xE2\x80\x94", "-"}, /* em dash */
    {"\xE2\x88\x92", "-"}, /* minus sign */
    {"\xE2\x80\x99", "'"}, /* right single quotation mark */
    {"\xC3\xA0", "a"},     /* à */
    {"\xC3\x80", "a"},     /* À */
    {"\xC3\xA9", "e"},     /* é */
    {"\xC3\x89", "e"},     /* É */
    {"\xC3\xA8", "e"},     /* è */
    {"\xC3\x88", "e"},     /* È */
    {"\xC3\xAA", "e"},     /* ê */
    {"\xC3\x8A", "e"},     /* Ê */
    {"\xCC\x80", ""},      /* combining grave accent */
    {"\xCC\x81", ""},      /* combining acute accent */
};

/* The plain form of what the text begins with, and how many bytes of the text that is. */
static const char *plain_of(vaxdir_slice text, char room[2], size_t *ret_size)
{
    unsigned char byte = (unsigned char)text.bytes[0];
    *ret_size = 1;
    for (size_t i = 0; byte >= 0x80 && i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i].bytes);
        if (length <= text.length && memcmp(text.bytes, forms[i].bytes, length) == 0) {
            *ret_size = length;
            return forms[i].plain;
        }
    }
    room[0] = (char)byte;
    if (byte >= 'A' && byte <= 'Z')
        room[0] = (char)(byte + ('a' - 'A'));
    else if (byte >= '\t' && byte <= '\r')
        room[0] = ' ';
    else if (byte < ' ' || byte >= 0x7F)
        room[0] = '\x01';
    return room;
}

bool vaxdir_hours_make_plain(vaxdir_slice text, vaxdir_hours_plain *ret_plain)
{
    bool spaced = false;
    ret_plain->length = 0;
    while (text.length > 0) {
        char room[2] = "";
        size_t size;
        const char *plain = plain_of(text, room, &size);
        text.bytes += size;
        text.length -= size;
        if (*plain == '\0')
            continue;
        if (*plain == ' ') {
            spaced = ret_plain->length > 0;
            continue;
        }
        if (ret_plain->length + spaced + 1 > VAXDIR_HOURS_TEXT_MAX)
            return false;
        if (spaced)
            ret_plain->text[ret_plain->length++] = ' ';
        ret_plain->text[ret_plain->length++] = *plain;
        spaced = false;
    }
    ret_plain->text[ret_plain->length] = '\0';
    return true;
}
