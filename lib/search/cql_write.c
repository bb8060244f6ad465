/* cql_write.c: a filter as CQL2 text. Invariant: what is written is parsed to the same meaning, whatever the locale. */
#include "cql.h"

#include <stdio.h>
#include <string.h>

#include "../base/zone.h"
#include "../registry/fields.h"

static bool add(vaxdir_buffer *buffer, const char *text)
{
    return vaxdir_buffer_append(buffer, text, strlen(text));
}

static bool add_quoted(vaxdir_buffer *buffer, vaxdir_slice text)
{
    if (!add(buffer, "'"))
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!vaxdir_buffer_append_byte(buffer, (unsigned char)text.bytes[i]) ||
            (text.bytes[i] == '\'' && !add(buffer, "'")))
            return false;
    return add(buffer, "'");
}

/* --- numbers and times -------------------------------------------------------------------------------------------- */

enum { DIGITS_MAX = 17 };

/* A number as sign, digits and the power of ten of the first digit. Of what printf writes only digits, sign and
 * exponent are read, because the point between them is the locale's. */
typedef struct decimal {
    bool negative;
    char digits[DIGITS_MAX + 1];
    int count;
    int exponent;
} decimal;

static decimal decimal_of(double number, int precision)
{
    char text[64];
    decimal parts = {number < 0, "", 0, 0};
    int length = snprintf(text, sizeof text, "%.*e", precision - 1, number);
    int at = 0;
    for (; at < length && text[at] != 'e'; at++)
        if (text[at] >= '0' && text[at] <= '9' && parts.count < DIGITS_MAX)
            parts.digits[parts.count++] = text[at];
    bool below_one = at + 1 < length && text[at + 1] == '-';
    for (; at < length; at++)
        if (text[at] >= '0' && text[at] <= '9')
            parts.exponent = parts.exponent * 10 + (text[at] - '0');
    parts.exponent = below_one ? -parts.exponent : parts.exponent;
    while (parts.count > 1 && parts.digits[parts.count - 1] == '0')
        parts.count--;
    return parts;
}

/* Plain where that is short, else with an exponent. `text` has room for 64 bytes. */
static size_t write_decimal(const decimal *parts, char *text)
{
    size_t at = 0;
    int exponent = parts->exponent;
    bool plain = exponent >= -6 && exponent < 15;
    int whole = plain ? exponent + 1 : 1; /* how many digits stand before the point */
    if (parts->negative)
        text[at++] = '-';
    if (whole <= 0)
        text[at++] = '0';
    for (int i = 0; i < whole; i++)
        text[at++] = i < parts->count ? parts->digits[i] : '0';
    if (whole < parts->count)
        text[at++] = '.';
    for (int i = whole; i < parts->count; i++)
        text[at++] = i < 0 ? '0' : parts->digits[i];
    if (!plain)
        at += (size_t)snprintf(text + at, 8, "e%d", exponent);
    return at;
}

/* With as few digits as give the number back. */
static bool add_number(vaxdir_buffer *buffer, double number)
{
    char text[64];
    size_t length = 0;
    for (int precision = 1; precision <= DIGITS_MAX; precision++) {
        decimal parts = decimal_of(number, precision);
        double again = 0;
        length = write_decimal(&parts, text);
        if (vaxdir_text_number((vaxdir_slice){text, length}, &again) && again == number)
            break;
    }
    return vaxdir_buffer_append(buffer, text, length);
}

static bool add_date(vaxdir_buffer *buffer, const char *function, int64_t date)
{
    char text[32];
    snprintf(text, sizeof text, "%.8s('%04d-%02d-%02d')", function, (int)(date / 10000), (int)(date / 100 % 100),
             (int)(date % 100));
    return add(buffer, text);
}

static bool add_instant(vaxdir_buffer *buffer, int64_t instant)
{
    vaxdir_civil utc = vaxdir_zone_civil(NULL, instant);
    char text[64];
    snprintf(text, sizeof text, "TIMESTAMP('%04d-%02d-%02dT%02d:%02d:%02dZ')", (int)(utc.date / 10000),
             (int)(utc.date / 100 % 100), (int)(utc.date % 100), (int)(utc.second / 3600), (int)(utc.second / 60 % 60),
             (int)(utc.second % 60));
    return add(buffer, text);
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

static const char *const operators[] = {"", " = ", " <> ", " < ", " <= ", " > ", " >= ", " LIKE "};

static bool add_subject(vaxdir_buffer *buffer, const vaxdir_filter_subject *subject)
{
    if (subject->attribute.bytes == NULL)
        return add(buffer, vaxdir_field_name(subject->field));
    return add(buffer, "attribute(") && add_quoted(buffer, subject->attribute) && add(buffer, ")");
}

static bool add_in(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    if (filter->count == 0)
        return add(buffer, "FALSE");
    if (!add_subject(buffer, &filter->subject))
        return false;
    if (filter->count == 1)
        return add(buffer, " = ") && add_quoted(buffer, filter->parts.values[0]);
    for (size_t i = 0; i < filter->count; i++)
        if (!add(buffer, i == 0 ? " IN (" : ", ") || !add_quoted(buffer, filter->parts.values[i]))
            return false;
    return add(buffer, ")");
}

static bool add_comparison(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    if (!add_subject(buffer, &filter->subject) || !add(buffer, operators[filter->operator_code]))
        return false;
    if (filter->kind == VAXDIR_FILTER_TEXT)
        return add_quoted(buffer, filter->parts.values[0]);
    if (filter->kind == VAXDIR_FILTER_NUMBER)
        return add_number(buffer, filter->number);
    if (vaxdir_field_type_of(filter->subject.field) == VAXDIR_TYPE_DATE)
        return add_date(buffer, "DATE", filter->integer);
    return add_instant(buffer, filter->integer);
}

/* As it was read, with single spaces; for people only where it was not read from a filter's text. */
static bool add_area(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    if (!add(buffer, "S_INTERSECTS(position, "))
        return false;
    for (size_t i = 0; i < filter->wkt.length; i++) {
        bool space = strchr(" \t\r\n", filter->wkt.bytes[i]) != NULL;
        if (space && i > 0 && strchr(" \t\r\n", filter->wkt.bytes[i - 1]) != NULL)
            continue;
        if (!vaxdir_buffer_append_byte(buffer, space ? ' ' : (unsigned char)filter->wkt.bytes[i]))
            return false;
    }
    return add(buffer, filter->wkt.length > 0 ? ")" : "area)");
}

static bool add_filter(vaxdir_buffer *buffer, const vaxdir_filter *filter, bool alone);

/* AND and OR of one are that one; of none, what they let pass. */
static bool add_joined(vaxdir_buffer *buffer, const vaxdir_filter *filter, bool alone)
{
    bool every = filter->kind == VAXDIR_FILTER_AND;
    if (filter->count == 0)
        return add(buffer, every ? "TRUE" : "FALSE");
    if (filter->count == 1)
        return add_filter(buffer, filter->parts.filters[0], alone);
    if (!alone && !add(buffer, "("))
        return false;
    for (size_t i = 0; i < filter->count; i++)
        if ((i > 0 && !add(buffer, every ? " AND " : " OR ")) || !add_filter(buffer, filter->parts.filters[i], false))
            return false;
    return alone || add(buffer, ")");
}

/* NOT binds closer than AND and OR, and the grammar has no NOT right behind another. */
static bool add_not(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    const vaxdir_filter *part = filter->parts.filters[0];
    if (part->kind == VAXDIR_FILTER_HAS)
        return add_subject(buffer, &part->subject) && add(buffer, " IS NULL");
    bool nested = part->kind == VAXDIR_FILTER_NOT || (vaxdir_filter_is_group(part) && part->count == 1);
    return add(buffer, nested ? "NOT (" : "NOT ") && add_filter(buffer, part, nested) && add(buffer, nested ? ")" : "");
}

/* Alone: nothing stands beside it that could bind closer than its AND or OR. */
static bool add_filter(vaxdir_buffer *buffer, const vaxdir_filter *filter, bool alone)
{
    switch (filter->kind) {
    case VAXDIR_FILTER_IN:
        return add_in(buffer, filter);
    case VAXDIR_FILTER_AND:
    case VAXDIR_FILTER_OR:
        return add_joined(buffer, filter, alone);
    case VAXDIR_FILTER_NOT:
        return add_not(buffer, filter);
    case VAXDIR_FILTER_HAS:
        return add_subject(buffer, &filter->subject) && add(buffer, " IS NOT NULL");
    case VAXDIR_FILTER_AREA:
        return add_area(buffer, filter);
    case VAXDIR_FILTER_OPEN_ON:
        return add_date(buffer, "open_on", filter->integer);
    default:
        return add_comparison(buffer, filter);
    }
}

bool vaxdir_cql_write(vaxdir_buffer *buffer, const vaxdir_filter *filter)
{
    return add_filter(buffer, filter, true);
}
