/* cql.c: a recursive-descent parser of the declared subset of CQL2-text (OGC 21-065r2). Invariant: whatever the bytes,
 * the parser ends, nests no deeper than its limit, and either hands over one filter or tells a place and what was
 * expected there. docs/filters.md has the grammar. */
#include "cql.h"

#include <string.h>

#include "../base/time.h"
#include "../registry/fields.h"

typedef struct parser {
    vaxdir_context *context;
    vaxdir_slice text;
    size_t at;
    uint32_t nesting;
    vaxdir_filter **filters; /* made and not yet part of another; each step leaves one more than it found */
    size_t count, capacity;
    vaxdir_slice *values; /* of the list being read */
    size_t value_count, value_capacity;
    char *unquoted; /* the texts of the condition being read: as many bytes as the text has, so they never move */
    size_t unquoted_length;
} parser;

/* --- places ------------------------------------------------------------------------------------------------------- */

/* Adds the place to the error that was just set: line 1, characters from 1. */
static vaxdir_status place(const parser *p, size_t at)
{
    int64_t column = 1;
    if (p->context->error.status == VAXDIR_ERROR_MEMORY)
        return VAXDIR_ERROR_MEMORY;
    for (size_t i = 0; i < at; i++)
        column += ((unsigned char)p->text.bytes[i] & 0xC0) != 0x80;
    return vaxdir_context_fail_at(p->context, NULL, 1, column);
}

static vaxdir_status expected(const parser *p, size_t at, const char *what)
{
    bool ended = at >= p->text.length;
    (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_ARGUMENT, "%sexpected %s", ended ? "the text ends here: " : "",
                              what);
    return place(p, at);
}

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static void skip_space(parser *p)
{
    while (p->at < p->text.length && strchr(" \t\r\n", p->text.bytes[p->at]) != NULL)
        p->at++;
}

static bool in_word(char byte)
{
    unsigned char b = (unsigned char)byte;
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b >= 0x80;
}

/* The word that comes next, not taken; empty where there is none. */
static vaxdir_slice peek_word(parser *p)
{
    skip_space(p);
    size_t end = p->at;
    while (end < p->text.length && in_word(p->text.bytes[end]))
        end++;
    return (vaxdir_slice){p->text.bytes + p->at, end - p->at};
}

static bool same_word(vaxdir_slice word, const char *upper)
{
    if (word.length != strlen(upper))
        return false;
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.bytes[i];
        if ((byte >= 'a' && byte <= 'z' ? byte - 32 : byte) != upper[i])
            return false;
    }
    return true;
}

static bool take_keyword(parser *p, const char *upper)
{
    vaxdir_slice word = peek_word(p);
    if (!same_word(word, upper))
        return false;
    p->at += word.length;
    return true;
}

static bool take_byte(parser *p, char byte)
{
    skip_space(p);
    if (p->at >= p->text.length || p->text.bytes[p->at] != byte)
        return false;
    p->at++;
    return true;
}

static bool take_symbol(parser *p, const char *symbol)
{
    size_t length = strlen(symbol);
    skip_space(p);
    if (p->text.length - p->at < length || memcmp(p->text.bytes + p->at, symbol, length) != 0)
        return false;
    p->at += length;
    return true;
}

/* A text in single quotes; a quote in it is doubled. */
static vaxdir_status take_text(parser *p, vaxdir_slice *ret_text)
{
    skip_space(p);
    size_t start = p->at;
    if (!take_byte(p, '\''))
        return expected(p, p->at,
                        p->at < p->text.length && p->text.bytes[p->at] == '"' ? "a text in single quotes, not in double"
                                                                              : "a text in single quotes");
    char *unquoted = p->unquoted + p->unquoted_length;
    size_t length = 0;
    for (;; p->at++) {
        if (p->at >= p->text.length) {
            (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_ARGUMENT,
                                      "the text that begins here has no closing quote: double a quote that is in it");
            return place(p, start);
        }
        if (p->text.bytes[p->at] == '\'') {
            p->at++;
            if (p->at >= p->text.length || p->text.bytes[p->at] != '\'')
                break;
        }
        unquoted[length++] = p->text.bytes[p->at];
    }
    p->unquoted_length += length;
    *ret_text = (vaxdir_slice){unquoted, length};
    return VAXDIR_OK;
}

/* --- literals ----------------------------------------------------------------------------------------------------- */

typedef enum literal_type { LITERAL_TEXT, LITERAL_NUMBER, LITERAL_DATE, LITERAL_INSTANT } literal_type;

typedef struct literal {
    literal_type type;
    size_t at; /* where it begins */
    vaxdir_slice text;
    double number;
    int64_t integer;
} literal;

static vaxdir_status take_number(parser *p, literal *ret_literal)
{
    size_t start = p->at, end = start;
    while (end < p->text.length) {
        char byte = p->text.bytes[end];
        bool sign = (byte == '+' || byte == '-') && (end == start || strchr("eE", p->text.bytes[end - 1]) != NULL);
        if (!sign && byte != '.' && !in_word(byte))
            break;
        end++;
    }
    if (!vaxdir_text_number((vaxdir_slice){p->text.bytes + start, end - start}, &ret_literal->number))
        return expected(p, start, "a number, such as 0.5");
    p->at = end;
    return VAXDIR_OK;
}

/* Such as 2021-01-18: what else a feed may write is not for filters. */
static bool read_date(vaxdir_slice text, int64_t *ret_date)
{
    int32_t date;
    if (text.length != 10 || text.bytes[4] != '-' || !vaxdir_date_parse(text, VAXDIR_DATE_ISO, &date))
        return false;
    *ret_date = date;
    return true;
}

/* Such as 2021-01-18T07:00:00Z, or with an offset; whole seconds. */
static bool read_instant(vaxdir_slice text, int64_t *ret_instant)
{
    if (text.length < 20 || text.bytes[4] != '-' || text.bytes[10] != 'T' || text.bytes[16] != ':' ||
        strchr("Z+-", text.bytes[19]) == NULL)
        return false;
    return vaxdir_instant_parse(text, VAXDIR_DATE_ISO, ret_instant);
}

static vaxdir_status take_time(parser *p, literal *ret_literal)
{
    bool date = ret_literal->type == LITERAL_DATE;
    vaxdir_slice text = {NULL, 0};
    if (!take_byte(p, '('))
        return expected(p, p->at, date ? "( as in DATE('2021-01-18')" : "( as in TIMESTAMP('2021-01-18T07:00:00Z')");
    skip_space(p);
    size_t start = p->at;
    vaxdir_status status = take_text(p, &text);
    if (status != VAXDIR_OK)
        return status;
    if (!(date ? read_date : read_instant)(text, &ret_literal->integer))
        return expected(p, start,
                        date ? "a day that exists, such as '2021-01-18'"
                             : "an instant that exists, in whole seconds, such as '2021-01-18T07:00:00Z'");
    return take_byte(p, ')') ? VAXDIR_OK : expected(p, p->at, ")");
}

static vaxdir_status take_literal(parser *p, literal *ret_literal)
{
    skip_space(p);
    *ret_literal = (literal){LITERAL_TEXT, p->at, {NULL, 0}, 0, 0};
    char byte = p->at < p->text.length ? p->text.bytes[p->at] : '\0';
    if (byte == '\'')
        return take_text(p, &ret_literal->text);
    if ((byte >= '0' && byte <= '9') || (byte != '\0' && strchr("+-.", byte) != NULL)) {
        ret_literal->type = LITERAL_NUMBER;
        return take_number(p, ret_literal);
    }
    if (take_keyword(p, "DATE")) {
        ret_literal->type = LITERAL_DATE;
        return take_time(p, ret_literal);
    }
    if (take_keyword(p, "TIMESTAMP")) {
        ret_literal->type = LITERAL_INSTANT;
        return take_time(p, ret_literal);
    }
    return expected(p, p->at,
                    byte == '"' ? "a value: text stands in single quotes"
                                : "a value: 'text', a number, DATE('2021-01-18') or TIMESTAMP('2021-01-18T07:00:00Z')");
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

static vaxdir_status push(parser *p, vaxdir_filter *filter)
{
    if (!vaxdir_memory_reserve(&p->context->memory, &p->filters, &p->capacity, p->count + 1, sizeof *p->filters)) {
        vaxdir_filter_unref(filter);
        return vaxdir_context_fail_memory(p->context);
    }
    p->filters[p->count++] = filter;
    return VAXDIR_OK;
}

/* Puts a filter that was made, or the place of what was refused. */
static vaxdir_status made(parser *p, size_t at, vaxdir_status status, vaxdir_filter *filter)
{
    return status == VAXDIR_OK ? push(p, filter) : place(p, at);
}

/* Makes one filter of all that were put since there were `before`. */
static vaxdir_status join(parser *p, uint32_t kind, size_t before, size_t at)
{
    vaxdir_filter *filter = NULL;
    vaxdir_filter *const *parts = p->count == before ? NULL : p->filters + before;
    vaxdir_status status = vaxdir_filter_make_group(p->context, kind, parts, p->count - before, &filter);
    if (status != VAXDIR_OK)
        return place(p, at);
    while (p->count > before)
        vaxdir_filter_unref(p->filters[--p->count]);
    return push(p, filter);
}

static literal_type type_of(const vaxdir_filter_subject *subject)
{
    switch (vaxdir_field_type_of(subject->field)) {
    case VAXDIR_TYPE_NUMBER:
        return LITERAL_NUMBER;
    case VAXDIR_TYPE_DATE:
        return LITERAL_DATE;
    case VAXDIR_TYPE_INSTANT:
        return LITERAL_INSTANT;
    default:
        return LITERAL_TEXT;
    }
}

static vaxdir_status take_value(parser *p, const vaxdir_filter_subject *subject, literal *ret_literal)
{
    static const char *const wanted[] = {
        "text: write it in single quotes", "a number: compare it with one, such as 0.5",
        "a date: write DATE('2021-01-18')", "an instant: write TIMESTAMP('2021-01-18T07:00:00Z')"};
    vaxdir_status status = take_literal(p, ret_literal);
    literal_type type = type_of(subject);
    if (status != VAXDIR_OK || ret_literal->type == type)
        return status;
    const char *name = subject->attribute.bytes == NULL ? vaxdir_field_name(subject->field) : "an attribute";
    (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_ARGUMENT, "%s is %s", name, wanted[type]);
    return place(p, ret_literal->at);
}

static vaxdir_status compare(parser *p, vaxdir_filter_subject subject, int32_t operator_code, const literal *value)
{
    vaxdir_filter *filter = NULL;
    vaxdir_status status;
    if (value->type == LITERAL_TEXT)
        status = vaxdir_filter_make_text(p->context, subject, operator_code, value->text, &filter);
    else if (value->type == LITERAL_NUMBER)
        status = vaxdir_filter_make_number(p->context, subject.field, operator_code, value->number, &filter);
    else
        status = vaxdir_filter_make_integer(p->context, subject.field, operator_code, value->integer, &filter);
    return made(p, value->at, status, filter);
}

/* Of texts one condition; of other values an OR of equalities. */
static vaxdir_status take_list(parser *p, vaxdir_filter_subject subject, size_t start)
{
    size_t before = p->count;
    p->value_count = 0;
    if (!take_byte(p, '('))
        return expected(p, p->at, "( and a list of values");
    do {
        literal value;
        vaxdir_status status = take_value(p, &subject, &value);
        if (status == VAXDIR_OK && value.type != LITERAL_TEXT)
            status = compare(p, subject, VAXDIR_OPERATOR_EQUAL, &value);
        else if (status == VAXDIR_OK && !vaxdir_memory_reserve(&p->context->memory, &p->values, &p->value_capacity,
                                                               p->value_count + 1, sizeof *p->values))
            status = vaxdir_context_fail_memory(p->context);
        if (status != VAXDIR_OK)
            return status;
        if (value.type == LITERAL_TEXT)
            p->values[p->value_count++] = value.text;
    } while (take_byte(p, ','));
    if (!take_byte(p, ')'))
        return expected(p, p->at, "a comma or )");
    if (type_of(&subject) != LITERAL_TEXT)
        return p->count > before + 1 ? join(p, VAXDIR_FILTER_OR, before, start) : VAXDIR_OK;
    vaxdir_filter *filter = NULL;
    vaxdir_status status = vaxdir_filter_make_in(p->context, subject, p->values, p->value_count, &filter);
    return made(p, start, status, filter);
}

static vaxdir_status take_between(parser *p, vaxdir_filter_subject subject, size_t start)
{
    size_t before = p->count;
    literal value;
    vaxdir_status status = take_value(p, &subject, &value);
    if (status == VAXDIR_OK)
        status = compare(p, subject, VAXDIR_OPERATOR_GREATER_OR_EQUAL, &value);
    if (status == VAXDIR_OK && !take_keyword(p, "AND"))
        status = expected(p, p->at, "AND and the upper bound");
    if (status == VAXDIR_OK)
        status = take_value(p, &subject, &value);
    if (status == VAXDIR_OK)
        status = compare(p, subject, VAXDIR_OPERATOR_LESS_OR_EQUAL, &value);
    return status == VAXDIR_OK ? join(p, VAXDIR_FILTER_AND, before, start) : status;
}

static vaxdir_status take_like(parser *p, vaxdir_filter_subject subject, size_t start)
{
    literal value;
    if (type_of(&subject) != LITERAL_TEXT)
        return expected(p, start, "a field that is text before LIKE");
    vaxdir_status status = take_value(p, &subject, &value);
    return status == VAXDIR_OK ? compare(p, subject, VAXDIR_OPERATOR_LIKE, &value) : status;
}

static vaxdir_status take_null(parser *p, vaxdir_filter_subject subject, size_t start)
{
    bool has = take_keyword(p, "NOT");
    if (!take_keyword(p, "NULL"))
        return expected(p, p->at, has ? "NULL" : "NULL or NOT NULL");
    vaxdir_filter *filter = NULL;
    vaxdir_status status = vaxdir_filter_make_has(p->context, subject, &filter);
    status = made(p, start, status, filter);
    return status == VAXDIR_OK && !has ? join(p, VAXDIR_FILTER_NOT, p->count - 1, start) : status;
}

/* What follows a field. */
static vaxdir_status take_predicate(parser *p, vaxdir_filter_subject subject, size_t start)
{
    static const struct {
        const char *symbol;
        int32_t operator_code;
    } comparisons[] = {
        {"<>", VAXDIR_OPERATOR_NOT_EQUAL},
        {"<=", VAXDIR_OPERATOR_LESS_OR_EQUAL},
        {">=", VAXDIR_OPERATOR_GREATER_OR_EQUAL},
        {"=", VAXDIR_OPERATOR_EQUAL},
        {"<", VAXDIR_OPERATOR_LESS},
        {">", VAXDIR_OPERATOR_GREATER},
    };
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (take_symbol(p, comparisons[i].symbol)) {
            literal value;
            vaxdir_status status = take_value(p, &subject, &value);
            return status == VAXDIR_OK ? compare(p, subject, comparisons[i].operator_code, &value) : status;
        }
    if (take_keyword(p, "IS"))
        return take_null(p, subject, start);
    bool negated = take_keyword(p, "NOT");
    vaxdir_status status;
    if (take_keyword(p, "IN"))
        status = take_list(p, subject, start);
    else if (take_keyword(p, "LIKE"))
        status = take_like(p, subject, start);
    else if (take_keyword(p, "BETWEEN"))
        status = take_between(p, subject, start);
    else
        return expected(p, p->at, negated ? "IN, LIKE or BETWEEN" : "=, <>, <, <=, >, >=, IN, LIKE, BETWEEN or IS");
    return status == VAXDIR_OK && negated ? join(p, VAXDIR_FILTER_NOT, p->count - 1, start) : status;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* A polygon that was refused: the place in the filter, where its reader knew one in the polygon. */
static vaxdir_status area_refused(const parser *p, size_t start, vaxdir_status status)
{
    char message[sizeof p->context->message];
    const vaxdir_error *error = &p->context->error;
    size_t at = start + (error->column > 0 ? (size_t)error->column - 1 : 0);
    memcpy(message, p->context->message, sizeof message);
    const char *what = error->column > 0 && strstr(message, ": ") != NULL ? strstr(message, ": ") + 2 : message;
    if (status != VAXDIR_ERROR_DATA && status != VAXDIR_ERROR_LIMIT)
        return status;
    /* What is data in a file is a mistake in a filter's text. */
    (void)vaxdir_context_fail(p->context, status == VAXDIR_ERROR_DATA ? VAXDIR_ERROR_ARGUMENT : status,
                              "the area is refused: %s", what);
    return place(p, at < p->text.length ? at : p->text.length);
}

/* The text up to the parenthesis that closes the first one in it: the reader of areas understands it. */
static vaxdir_slice take_geometry(parser *p)
{
    skip_space(p);
    size_t start = p->at, depth = 0;
    for (; p->at < p->text.length; p->at++) {
        char byte = p->text.bytes[p->at];
        if (byte == ')' && depth <= 1) {
            p->at += depth; /* one that nothing has opened is not of the geometry */
            break;
        }
        depth += byte == '(' ? 1 : 0;
        depth -= byte == ')' ? 1 : 0;
    }
    return (vaxdir_slice){p->text.bytes + start, p->at - start};
}

/* After S_INTERSECTS( comes position, POLYGON(...)). */
static vaxdir_status take_area(parser *p)
{
    if (!take_keyword(p, "POSITION"))
        return expected(p, p->at, "position: it is what lies in an area");
    if (!take_byte(p, ','))
        return expected(p, p->at, "a comma and the area");
    vaxdir_slice wkt = take_geometry(p);
    size_t start = (size_t)(wkt.bytes - p->text.bytes);
    vaxdir_area *area = NULL;
    vaxdir_filter *filter = NULL;
    if (wkt.length == 0 || wkt.bytes[wkt.length - 1] != ')')
        return expected(p, start, "an area, such as POLYGON((2 48, 3 48, 3 49, 2 48)): longitude before latitude");
    vaxdir_status status = vaxdir_area_from_wkt(p->context, wkt.bytes, wkt.length, NULL, &area);
    if (status != VAXDIR_OK)
        return area_refused(p, start, status);
    status = vaxdir_filter_make_area(p->context, area, wkt, &filter);
    vaxdir_area_unref(area);
    status = made(p, start, status, filter);
    if (status != VAXDIR_OK)
        return status;
    return take_byte(p, ')') ? VAXDIR_OK : expected(p, p->at, ")");
}

/* A date as text, or as DATE('...'). */
static vaxdir_status take_open_on(parser *p, size_t start)
{
    literal value;
    vaxdir_filter *filter = NULL;
    vaxdir_status status = take_literal(p, &value);
    if (status != VAXDIR_OK)
        return status;
    if (value.type != LITERAL_DATE && (value.type != LITERAL_TEXT || !read_date(value.text, &value.integer)))
        return expected(p, value.at, "a day that exists, such as '2021-01-18'");
    if (!take_byte(p, ')'))
        return expected(p, p->at, ")");
    status = vaxdir_filter_make_open_on(p->context, (int32_t)value.integer, &filter);
    return made(p, start, status, filter);
}

/* A name before a parenthesis that is not attribute(). */
static vaxdir_status take_function(parser *p, vaxdir_slice word, size_t start)
{
    if (same_word(word, "S_INTERSECTS"))
        return take_area(p);
    if (same_word(word, "OPEN_ON"))
        return take_open_on(p, start);
    return expected(p, start, "a field, or attribute('name'): there is no other function");
}

static vaxdir_status take_attribute(parser *p, vaxdir_slice *ret_name)
{
    skip_space(p);
    size_t start = p->at;
    vaxdir_status status = take_text(p, ret_name);
    if (status != VAXDIR_OK)
        return status;
    if (ret_name->length == 0)
        return expected(p, start, "the name of an attribute");
    return take_byte(p, ')') ? VAXDIR_OK : expected(p, p->at, ")");
}

static vaxdir_status take_condition(parser *p)
{
    vaxdir_slice word = peek_word(p);
    size_t start = p->at;
    vaxdir_filter_subject subject = {0, {NULL, 0}};
    p->unquoted_length = 0;
    if (word.length == 0)
        return expected(p, start, "a condition, such as provider = 'x'");
    p->at += word.length;
    if (take_byte(p, '(')) {
        if (!vaxdir_slice_is(word, "attribute"))
            return take_function(p, word, start);
        vaxdir_status status = take_attribute(p, &subject.attribute);
        if (status != VAXDIR_OK)
            return status;
    } else {
        subject.field = vaxdir_field_find(word.bytes, word.length);
        if (subject.field == 0) {
            vaxdir_slice shown = vaxdir_text_cut(word, 40);
            (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_ARGUMENT,
                                      "there is no field '%.*s': any other column is attribute('name')",
                                      (int)shown.length, shown.bytes);
            return place(p, start);
        }
    }
    return take_predicate(p, subject, start);
}

/* --- trees -------------------------------------------------------------------------------------------------------- */

static vaxdir_status take_expression(parser *p);

static vaxdir_status take_primary(parser *p)
{
    skip_space(p);
    size_t start = p->at;
    if (take_keyword(p, "TRUE"))
        return join(p, VAXDIR_FILTER_AND, p->count, start);
    if (take_keyword(p, "FALSE"))
        return join(p, VAXDIR_FILTER_OR, p->count, start);
    if (!take_byte(p, '('))
        return take_condition(p);
    if (++p->nesting > VAXDIR_CQL_NESTING_MAX) {
        (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_LIMIT, "parentheses are nested deeper than %d: write fewer",
                                  VAXDIR_CQL_NESTING_MAX);
        return place(p, start);
    }
    vaxdir_status status = take_expression(p);
    p->nesting--;
    if (status != VAXDIR_OK)
        return status;
    return take_byte(p, ')') ? VAXDIR_OK : expected(p, p->at, "AND, OR or )");
}

static vaxdir_status take_factor(parser *p)
{
    skip_space(p);
    size_t start = p->at;
    if (!take_keyword(p, "NOT"))
        return take_primary(p);
    vaxdir_status status = take_primary(p);
    return status == VAXDIR_OK ? join(p, VAXDIR_FILTER_NOT, p->count - 1, start) : status;
}

/* Parts joined by one keyword; a single part stays as it is. */
static vaxdir_status take_joined(parser *p, vaxdir_status (*take_part)(parser *), const char *keyword, uint32_t kind)
{
    size_t before = p->count;
    skip_space(p);
    size_t start = p->at;
    vaxdir_status status = take_part(p);
    while (status == VAXDIR_OK && take_keyword(p, keyword))
        status = take_part(p);
    return status == VAXDIR_OK && p->count > before + 1 ? join(p, kind, before, start) : status;
}

static vaxdir_status take_conjunction(parser *p)
{
    return take_joined(p, take_factor, "AND", VAXDIR_FILTER_AND);
}

static vaxdir_status take_expression(parser *p)
{
    return take_joined(p, take_conjunction, "OR", VAXDIR_FILTER_OR);
}

/* --- the call ----------------------------------------------------------------------------------------------------- */

static vaxdir_status check_text(const parser *p)
{
    if (p->text.length > VAXDIR_CQL_TEXT_MAX)
        return vaxdir_context_fail(
            p->context, VAXDIR_ERROR_LIMIT,
            "the text of a filter is longer than %d bytes: give long lists by vaxdir_filter_in()", VAXDIR_CQL_TEXT_MAX);
    for (size_t at = 0; at < p->text.length;) {
        unsigned char first = (unsigned char)p->text.bytes[at];
        size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        size = size < p->text.length - at ? size : p->text.length - at;
        if (!vaxdir_text_valid((vaxdir_slice){p->text.bytes + at, size})) {
            (void)vaxdir_context_fail(p->context, VAXDIR_ERROR_ARGUMENT,
                                      "the text is not UTF-8 without U+0000 from here on: encode it again");
            return place(p, at);
        }
        at += size;
    }
    return VAXDIR_OK;
}

static vaxdir_status parse(parser *p)
{
    vaxdir_status status = take_expression(p);
    if (status != VAXDIR_OK)
        return status;
    skip_space(p);
    return p->at == p->text.length ? VAXDIR_OK : expected(p, p->at, "AND, OR or the end");
}

vaxdir_status vaxdir_filter_parse(vaxdir_context *context, const char *text, size_t length, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    if (status != VAXDIR_OK)
        return status;
    if (text == NULL)
        return vaxdir_context_fail_null(context, "text");
    parser p = {.context = context, .text = {text, length}};
    status = check_text(&p);
    if (status != VAXDIR_OK)
        return status;
    p.unquoted = vaxdir_memory_allocate(&context->memory, length, 1);
    if (p.unquoted == NULL)
        return vaxdir_context_fail_memory(context);
    status = parse(&p);
    if (status == VAXDIR_OK)
        *ret_filter = p.filters[--p.count];
    while (p.count > 0)
        vaxdir_filter_unref(p.filters[--p.count]);
    vaxdir_memory_free(&context->memory, p.filters, p.capacity, sizeof *p.filters);
    vaxdir_memory_free(&context->memory, p.values, p.value_capacity, sizeof *p.values);
    vaxdir_memory_free(&context->memory, p.unquoted, length, 1);
    return status;
}
