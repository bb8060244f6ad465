/* area_wkt.c: reads POLYGON and MULTIPOLYGON with two ordinates. Invariant: the whole text is understood or refused,
 * with the column; no locale. GEOS's own reader sets the locale of the process. */
#include <string.h>

#include "area_draft.h"

typedef struct reader {
    vaxdir_area_draft *draft;
    const char *start, *at, *end;
} reader;

static vaxdir_status fail(reader *in, const char *what)
{
    vaxdir_context *context = in->draft->context;
    long column = (long)(in->at - in->start) + 1;
    vaxdir_context_fail(context, VAXDIR_ERROR_DATA, "the WKT is refused at column %ld: %s", column, what);
    return vaxdir_context_fail_at(context, NULL, 1, column);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void skip_space(reader *in)
{
    while (in->at < in->end && is_space(*in->at))
        in->at++;
}

static bool take(reader *in, char c)
{
    skip_space(in);
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

/* Takes a whole word, in any case. */
static bool take_word(reader *in, const char *word)
{
    size_t length = strlen(word);
    skip_space(in);
    if ((size_t)(in->end - in->at) < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((in->at[i] & ~0x20) != word[i] || !is_letter(in->at[i]))
            return false;
    if (in->at + length < in->end && is_letter(in->at[length]))
        return false;
    in->at += length;
    return true;
}

static bool take_number(reader *in, double *ret_number)
{
    skip_space(in);
    const char *stop = in->at;
    while (stop < in->end && !is_space(*stop) && *stop != ',' && *stop != ')' && *stop != '(')
        stop++;
    if (!vaxdir_text_number((vaxdir_slice){in->at, (size_t)(stop - in->at)}, ret_number))
        return false;
    in->at = stop;
    return true;
}

static vaxdir_status read_ring(reader *in)
{
    if (!take(in, '('))
        return fail(in, "a ring begins with '('");
    do {
        double longitude, latitude;
        if (!take_number(in, &longitude) || !take_number(in, &latitude))
            return fail(in, "a position is two numbers, longitude and latitude");
        vaxdir_status status = vaxdir_area_draft_vertex(in->draft, longitude, latitude);
        if (status != VAXDIR_OK)
            return status;
    } while (take(in, ','));
    if (!take(in, ')'))
        return fail(in, "',' and the next position, or ')', comes after two ordinates; Z and M are not read");
    return vaxdir_area_draft_end_ring(in->draft, false);
}

static vaxdir_status read_polygon(reader *in)
{
    if (!take(in, '('))
        return fail(in, "a polygon begins with '('");
    do {
        vaxdir_status status = read_ring(in);
        if (status != VAXDIR_OK)
            return status;
    } while (take(in, ','));
    if (!take(in, ')'))
        return fail(in, "',' and the next ring, or ')', comes after a ring");
    return vaxdir_area_draft_end_polygon(in->draft);
}

static vaxdir_status read_polygons(reader *in)
{
    if (!take(in, '('))
        return fail(in, "a multipolygon begins with '('");
    do {
        vaxdir_status status = read_polygon(in);
        if (status != VAXDIR_OK)
            return status;
    } while (take(in, ','));
    return take(in, ')') ? VAXDIR_OK : fail(in, "',' and the next polygon, or ')', comes after a polygon");
}

vaxdir_status vaxdir_area_read_wkt(vaxdir_area_draft *draft, vaxdir_slice text)
{
    reader in = {draft, text.bytes, text.bytes, text.bytes + text.length};
    if (take_word(&in, "SRID")) {
        double number;
        const char *stop = memchr(in.at, ';', (size_t)(in.end - in.at));
        if (!take(&in, '=') || stop == NULL ||
            !vaxdir_text_number((vaxdir_slice){in.at, (size_t)(stop - in.at)}, &number) || number != 4326)
            return fail(&in, "only SRID=4326; is read: convert the coordinates to WGS84");
        in.at = stop + 1;
    }
    bool multi = take_word(&in, "MULTIPOLYGON");
    if (!multi && !take_word(&in, "POLYGON"))
        return fail(&in, "only POLYGON and MULTIPOLYGON are read");
    skip_space(&in);
    if (in.at < in.end && is_letter(*in.at))
        return fail(&in, "Z, M and EMPTY are not read: give two ordinates a position");
    vaxdir_status status = multi ? read_polygons(&in) : read_polygon(&in);
    if (status != VAXDIR_OK)
        return status;
    skip_space(&in);
    return in.at == in.end ? VAXDIR_OK : fail(&in, "the text goes on after its end");
}
