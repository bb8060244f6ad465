/* filter_terms.c: the conditions on one field or attribute, by calls. Invariant: what a condition compares is of the
 * field's type, so that evaluating it cannot fail. */
#include "filter.h"

#include <math.h>
#include <string.h>

#include "../base/time.h"
#include "../registry/fields.h"

/* Values: a heap sort, because the C library's sort may allocate. */

static void sift_down(vaxdir_slice *values, size_t root, size_t count)
{
    vaxdir_slice moved = values[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && vaxdir_slice_compare(values[child], values[child + 1]) < 0)
            child++;
        if (vaxdir_slice_compare(moved, values[child]) >= 0)
            break;
        values[root] = values[child];
    }
    values[root] = moved;
}

/* Gives the number of different values, which then come first. */
static size_t sort_values(vaxdir_slice *values, size_t count)
{
    for (size_t root = count / 2; root-- > 0;)
        sift_down(values, root, count);
    for (size_t end = count; end > 1;) {
        vaxdir_slice greatest = values[0];
        values[0] = values[--end];
        values[end] = greatest;
        sift_down(values, 0, end);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !vaxdir_slice_equal(values[i], values[kept - 1]))
            values[kept++] = values[i];
    return kept;
}

/* --- checks ------------------------------------------------------------------------------------------------------- */

static const char *name_of(vaxdir_filter_subject subject)
{
    const char *name = subject.field == 0 ? NULL : vaxdir_field_name(subject.field);
    return name == NULL ? "the attribute" : name;
}

static vaxdir_status check_field(vaxdir_context *context, vaxdir_field field)
{
    if (vaxdir_field_type_of(field) != VAXDIR_TYPE_NONE)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "field %lu is not known: filter by one that is",
                               (unsigned long)field);
}

/* A field or an attribute whose values are texts. */
static vaxdir_status check_text_subject(vaxdir_context *context, vaxdir_filter_subject subject)
{
    if (subject.attribute.bytes != NULL || vaxdir_field_is_text(subject.field))
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                               "field %lu is not a text, list or flag: filter by one that is",
                               (unsigned long)subject.field);
}

static bool is_flag(vaxdir_filter_subject subject)
{
    return vaxdir_field_type_of(subject.field) == VAXDIR_TYPE_FLAG;
}

static vaxdir_status check_value(vaxdir_context *context, vaxdir_filter_subject subject, vaxdir_slice value)
{
    if (value.length > context->limits.cell_bytes)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "a value is longer than max_cell_bytes: no text of a centre is so long");
    if (!vaxdir_text_valid(value))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "a value is not UTF-8 without U+0000: encode it again");
    if (is_flag(subject) && !vaxdir_slice_is(value, "yes") && !vaxdir_slice_is(value, "no") &&
        !vaxdir_slice_is(value, "unknown"))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s is a flag: 'yes', 'no' or 'unknown'",
                                   name_of(subject));
    return VAXDIR_OK;
}

static vaxdir_status check_attribute_name(vaxdir_context *context, vaxdir_slice name)
{
    if (name.bytes == NULL)
        return vaxdir_context_fail_null(context, "name");
    if (name.length == 0 || name.length > context->limits.cell_bytes || !vaxdir_text_valid(name))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the name of an attribute is empty, too long or not UTF-8");
    return VAXDIR_OK;
}

static vaxdir_status check_operator(vaxdir_context *context, int32_t operator_code, int32_t greatest)
{
    if (operator_code >= VAXDIR_OPERATOR_EQUAL && operator_code <= greatest)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "operator %ld is not known here: see VAXDIR_OPERATOR_*",
                               (long)operator_code);
}

/* A backslash stands before what it escapes. */
static vaxdir_status check_pattern(vaxdir_context *context, vaxdir_slice pattern)
{
    if (pattern.length > VAXDIR_FILTER_PATTERN_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "a pattern of LIKE is longer than %d bytes: shorten it",
                                   VAXDIR_FILTER_PATTERN_MAX);
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.bytes[i] != '\\')
            continue;
        if (++i == pattern.length || strchr("%_\\", pattern.bytes[i]) == NULL)
            return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                       "a backslash in a pattern stands before %%, _ or a backslash");
    }
    return VAXDIR_OK;
}

/* --- makers ------------------------------------------------------------------------------------------------------- */

/* A condition with room for `count` values of `bytes` bytes together; *ret_at is where their bytes go. */
static vaxdir_filter *term_allocate(vaxdir_context *context, uint32_t kind, vaxdir_filter_subject subject, size_t count,
                                    size_t bytes, char **ret_at)
{
    size_t name = subject.attribute.length;
    if (bytes > SIZE_MAX / 4 || name > SIZE_MAX / 4 || count > SIZE_MAX / 4 / sizeof(vaxdir_slice))
        return NULL;
    vaxdir_filter *filter = vaxdir_filter_allocate(&context->memory, kind, count * sizeof(vaxdir_slice) + name + bytes);
    if (filter == NULL)
        return NULL;
    filter->parts.values = (vaxdir_slice *)(void *)(filter + 1);
    char *at = (char *)(filter->parts.values + count);
    filter->subject.field = subject.field;
    filter->list = vaxdir_field_type_of(subject.field) == VAXDIR_TYPE_LIST;
    if (subject.attribute.bytes != NULL) {
        memcpy(at, subject.attribute.bytes, name);
        filter->subject.attribute = (vaxdir_slice){at, name};
    }
    *ret_at = at + name;
    return filter;
}

static void term_add(vaxdir_filter *filter, vaxdir_slice value, char **at)
{
    if (value.length != 0)
        memcpy(*at, value.bytes, value.length);
    filter->parts.values[filter->count++] = (vaxdir_slice){*at, value.length};
    *at += value.length;
}

vaxdir_status vaxdir_filter_make_in(vaxdir_context *context, vaxdir_filter_subject subject, const vaxdir_slice *values,
                                    size_t count, vaxdir_filter **ret_filter)
{
    vaxdir_status status = check_text_subject(context, subject);
    size_t bytes = 0;
    for (size_t i = 0; status == VAXDIR_OK && i < count; i++) {
        status = check_value(context, subject, values[i]);
        if (status == VAXDIR_OK && values[i].length > SIZE_MAX / 4 - bytes)
            return vaxdir_context_fail_memory(context);
        bytes += values[i].length;
    }
    if (status != VAXDIR_OK)
        return status;
    char *at = NULL;
    vaxdir_filter *filter = term_allocate(context, VAXDIR_FILTER_IN, subject, count, bytes, &at);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    for (size_t i = 0; i < count; i++)
        term_add(filter, values[i], &at);
    filter->count = sort_values(filter->parts.values, count);
    return vaxdir_filter_seal(context, filter, ret_filter);
}

static vaxdir_status check_text_operator(vaxdir_context *context, vaxdir_filter_subject subject, int32_t operator_code)
{
    vaxdir_status status = check_operator(context, operator_code, VAXDIR_OPERATOR_LIKE);
    bool list = vaxdir_field_type_of(subject.field) == VAXDIR_TYPE_LIST;
    bool ordered = operator_code >= VAXDIR_OPERATOR_LESS && operator_code <= VAXDIR_OPERATOR_GREATER_OR_EQUAL;
    if (status == VAXDIR_OK && ordered && (list || is_flag(subject)))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s is a %s, which has no order: use =, <> or IN",
                                   name_of(subject), list ? "list" : "flag");
    if (status == VAXDIR_OK && operator_code == VAXDIR_OPERATOR_LIKE && is_flag(subject))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "%s is a flag, which has no pattern: use =, <> or IN", name_of(subject));
    return status;
}

vaxdir_status vaxdir_filter_make_text(vaxdir_context *context, vaxdir_filter_subject subject, int32_t operator_code,
                                      vaxdir_slice text, vaxdir_filter **ret_filter)
{
    vaxdir_status status = check_text_subject(context, subject);
    if (status == VAXDIR_OK)
        status = check_text_operator(context, subject, operator_code);
    if (status == VAXDIR_OK && operator_code == VAXDIR_OPERATOR_EQUAL)
        return vaxdir_filter_make_in(context, subject, &text, 1, ret_filter);
    if (status == VAXDIR_OK)
        status = check_value(context, subject, text);
    if (status == VAXDIR_OK && operator_code == VAXDIR_OPERATOR_LIKE)
        status = check_pattern(context, text);
    if (status != VAXDIR_OK)
        return status;
    char *at = NULL;
    vaxdir_filter *filter = term_allocate(context, VAXDIR_FILTER_TEXT, subject, 1, text.length, &at);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->operator_code = operator_code;
    term_add(filter, text, &at);
    return vaxdir_filter_seal(context, filter, ret_filter);
}

vaxdir_status vaxdir_filter_make_number(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                        double number, vaxdir_filter **ret_filter)
{
    vaxdir_status status = check_field(context, field);
    if (status == VAXDIR_OK)
        status = check_operator(context, operator_code, VAXDIR_OPERATOR_GREATER_OR_EQUAL);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_field_is_number(field))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s is not a number: compare a field that is one",
                                   vaxdir_field_name(field));
    if (!isfinite(number))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "the number is infinite or NaN: no field is");
    char *at = NULL;
    vaxdir_filter_subject subject = {field, {NULL, 0}};
    vaxdir_filter *filter = term_allocate(context, VAXDIR_FILTER_NUMBER, subject, 0, 0, &at);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->operator_code = operator_code;
    filter->number = number == 0 ? 0 : number; /* -0 is 0 */
    return vaxdir_filter_seal(context, filter, ret_filter);
}

vaxdir_status vaxdir_filter_make_integer(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                         int64_t integer, vaxdir_filter **ret_filter)
{
    vaxdir_status status = check_field(context, field);
    vaxdir_field_type type = vaxdir_field_type_of(field);
    if (status == VAXDIR_OK)
        status = check_operator(context, operator_code, VAXDIR_OPERATOR_GREATER_OR_EQUAL);
    if (status != VAXDIR_OK)
        return status;
    if (type != VAXDIR_TYPE_INSTANT && type != VAXDIR_TYPE_DATE)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "%s is neither an instant nor a date: compare a field that is one",
                                   vaxdir_field_name(field));
    if (type == VAXDIR_TYPE_DATE && (integer < 0 || integer > INT32_MAX || !vaxdir_date_valid((int32_t)integer)))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "the date does not exist: give YYYYMMDD");
    if (type == VAXDIR_TYPE_INSTANT && !vaxdir_instant_valid(integer))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the instant is not of the years 1 to 9999: give UTC seconds since 1970");
    char *at = NULL;
    vaxdir_filter_subject subject = {field, {NULL, 0}};
    vaxdir_filter *filter = term_allocate(context, VAXDIR_FILTER_INTEGER, subject, 0, 0, &at);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->operator_code = operator_code;
    filter->integer = integer;
    return vaxdir_filter_seal(context, filter, ret_filter);
}

vaxdir_status vaxdir_filter_make_has(vaxdir_context *context, vaxdir_filter_subject subject, vaxdir_filter **ret_filter)
{
    vaxdir_status status = subject.attribute.bytes == NULL ? check_field(context, subject.field) : VAXDIR_OK;
    if (status != VAXDIR_OK)
        return status;
    char *at = NULL;
    vaxdir_filter *filter = term_allocate(context, VAXDIR_FILTER_HAS, subject, 0, 0, &at);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    return vaxdir_filter_seal(context, filter, ret_filter);
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

static const vaxdir_slice no_attribute = {NULL, 0};

/* The beginning of a call about an attribute. */
static vaxdir_status begin_attribute(vaxdir_context *context, vaxdir_slice name, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    return status == VAXDIR_OK ? check_attribute_name(context, name) : status;
}

static vaxdir_status call_in(vaxdir_context *context, vaxdir_filter_subject subject, const char *const *values,
                             const size_t *lengths, size_t count, vaxdir_filter **ret_filter)
{
    if (values == NULL && count != 0)
        return vaxdir_context_fail_null(context, "values");
    if (count > context->limits.rows)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "a filter has more values than max_rows allows: give fewer");
    vaxdir_slice *slices = vaxdir_memory_allocate(&context->memory, count, sizeof *slices);
    if (slices == NULL)
        return vaxdir_context_fail_memory(context);
    vaxdir_status status = VAXDIR_OK;
    for (size_t i = 0; status == VAXDIR_OK && i < count; i++) {
        if (values[i] == NULL)
            status = vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "values[%lu] is NULL", (unsigned long)i);
        else
            slices[i] = (vaxdir_slice){values[i], lengths == NULL ? strlen(values[i]) : lengths[i]};
    }
    if (status == VAXDIR_OK)
        status = vaxdir_filter_make_in(context, subject, slices, count, ret_filter);
    vaxdir_memory_free(&context->memory, slices, count, sizeof *slices);
    return status;
}

static vaxdir_status call_text(vaxdir_context *context, vaxdir_filter_subject subject, int32_t operator_code,
                               vaxdir_slice text, vaxdir_filter **ret_filter)
{
    if (text.bytes == NULL)
        return vaxdir_context_fail_null(context, "text");
    return vaxdir_filter_make_text(context, subject, operator_code, text, ret_filter);
}

vaxdir_status vaxdir_filter_in(vaxdir_context *context, vaxdir_field field, const char *const *values,
                               const size_t *lengths, size_t count, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    vaxdir_filter_subject subject = {field, no_attribute};
    return status == VAXDIR_OK ? call_in(context, subject, values, lengths, count, ret_filter) : status;
}

vaxdir_status vaxdir_filter_attribute_in(vaxdir_context *context, const char *name, size_t name_length,
                                         const char *const *values, const size_t *lengths, size_t count,
                                         vaxdir_filter **ret_filter)
{
    vaxdir_filter_subject subject = {0, {name, name_length}};
    vaxdir_status status = begin_attribute(context, subject.attribute, ret_filter);
    return status == VAXDIR_OK ? call_in(context, subject, values, lengths, count, ret_filter) : status;
}

vaxdir_status vaxdir_filter_compare_text(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                         const char *text, size_t length, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    vaxdir_filter_subject subject = {field, no_attribute};
    vaxdir_slice value = {text, length};
    return status == VAXDIR_OK ? call_text(context, subject, operator_code, value, ret_filter) : status;
}

vaxdir_status vaxdir_filter_attribute_compare(vaxdir_context *context, const char *name, size_t name_length,
                                              int32_t operator_code, const char *text, size_t length,
                                              vaxdir_filter **ret_filter)
{
    vaxdir_filter_subject subject = {0, {name, name_length}};
    vaxdir_status status = begin_attribute(context, subject.attribute, ret_filter);
    vaxdir_slice value = {text, length};
    return status == VAXDIR_OK ? call_text(context, subject, operator_code, value, ret_filter) : status;
}

vaxdir_status vaxdir_filter_compare_number(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                           double number, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    return status == VAXDIR_OK ? vaxdir_filter_make_number(context, field, operator_code, number, ret_filter) : status;
}

vaxdir_status vaxdir_filter_compare_integer(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                            int64_t integer, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    return status == VAXDIR_OK ? vaxdir_filter_make_integer(context, field, operator_code, integer, ret_filter)
                               : status;
}

vaxdir_status vaxdir_filter_has(vaxdir_context *context, vaxdir_field field, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_filter_begin(context, ret_filter);
    vaxdir_filter_subject subject = {field, no_attribute};
    return status == VAXDIR_OK ? vaxdir_filter_make_has(context, subject, ret_filter) : status;
}

vaxdir_status vaxdir_filter_attribute_has(vaxdir_context *context, const char *name, size_t name_length,
                                          vaxdir_filter **ret_filter)
{
    vaxdir_filter_subject subject = {0, {name, name_length}};
    vaxdir_status status = begin_attribute(context, subject.attribute, ret_filter);
    return status == VAXDIR_OK ? vaxdir_filter_make_has(context, subject, ret_filter) : status;
}
