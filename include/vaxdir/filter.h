/* filter.h: a condition on centres, made by calls or from text, free of any registry. The rules: docs/filters.md. */
#ifndef VAXDIR_FILTER_H
#define VAXDIR_FILTER_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/area.h>
#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A condition on centres: immutable, counted by reference, usable from any thread. */
typedef struct vaxdir_filter vaxdir_filter;

/* How a value is compared. Texts are ordered by their bytes. A centre without the field passes no comparison. */
enum {
    VAXDIR_OPERATOR_EQUAL = 1,
    VAXDIR_OPERATOR_NOT_EQUAL = 2,
    VAXDIR_OPERATOR_LESS = 3,
    VAXDIR_OPERATOR_LESS_OR_EQUAL = 4,
    VAXDIR_OPERATOR_GREATER = 5,
    VAXDIR_OPERATOR_GREATER_OR_EQUAL = 6,
    VAXDIR_OPERATOR_LIKE = 7 /* texts: % is any run of characters, _ is one; a backslash before %, _ or itself */
};

/**
 * Makes a condition from text in the subset of OGC CQL2-text that docs/filters.md describes, such as
 * `department IN ('54','57') AND closed = 'no'`. Anything else is refused with its place: line 1, and the
 * column in characters from 1, in the error record. Text of strangers is safe here; values are better given by calls.
 *
 * @param context  not NULL.
 * @param text  length bytes of UTF-8, not NULL; at most 1 MiB.
 * @param length  its length in bytes.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (not in the subset, unknown field, wrong type); VAXDIR_ERROR_LIMIT (length,
 *   nesting, conditions); VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the text is copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost linear in the text, n log n in the values of a list.
 * @since 0.1
 * @source OGC 21-065r2, Common Query Language (CQL2), CQL2 Text.
 */
VAXDIR_API vaxdir_status vaxdir_filter_parse(vaxdir_context *context, const char *text, size_t length,
                                             vaxdir_filter **ret_filter);

/**
 * Makes the condition that a field is one of some values: equal by bytes; for a list, any item of it.
 *
 * @param context  not NULL.
 * @param field  a field of type text, list or flag; VAXDIR_FIELD_ID for a set of centres. A centre without the field
 *   does not pass.
 * @param values  count texts in UTF-8, none NULL; NULL only with count 0, which lets nothing pass.
 *   Of a flag only "yes", "no" and "unknown".
 * @param lengths  their lengths in bytes; NULL if all are NUL-terminated.
 * @param count  how many values.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership the values are copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost n log n in the values.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_in(vaxdir_context *context, vaxdir_field field, const char *const *values,
                                          const size_t *lengths, size_t count, vaxdir_filter **ret_filter);

/**
 * Compares a field that is text.
 *
 * @param context  not NULL.
 * @param field  a field of type text, list or flag. A list passes EQUAL and LIKE if any item does, NOT_EQUAL if none is
 *   equal; lists and flags have no order, a flag is not LIKE anything.
 * @param operator_code  one of VAXDIR_OPERATOR_*.
 * @param text  length bytes of UTF-8, not NULL: the value, or the pattern of LIKE, of at most 1,024 bytes.
 * @param length  its length in bytes.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the text is copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost linear in the text.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_compare_text(vaxdir_context *context, vaxdir_field field, int32_t operator_code,
                                                    const char *text, size_t length, vaxdir_filter **ret_filter);

/**
 * Compares a field that is a number.
 *
 * @param context  not NULL.
 * @param field  a field of type number.
 * @param operator_code  one of VAXDIR_OPERATOR_*, not LIKE.
 * @param number  the value, finite, in the unit of the field.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_compare_number(vaxdir_context *context, vaxdir_field field,
                                                      int32_t operator_code, double number,
                                                      vaxdir_filter **ret_filter);

/**
 * Compares a field that is an instant or a civil date.
 *
 * @param context  not NULL.
 * @param field  a field of type instant or date.
 * @param operator_code  one of VAXDIR_OPERATOR_*, not LIKE.
 * @param integer  UTC seconds of the years 1 to 9999, or a date YYYYMMDD that exists.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_compare_integer(vaxdir_context *context, vaxdir_field field,
                                                       int32_t operator_code, int64_t integer,
                                                       vaxdir_filter **ret_filter);

/**
 * Makes the condition that a centre has a field: VAXDIR_FIELD_LINK_URL for a link that may be shown,
 * VAXDIR_FIELD_PHONE_NUMBER for a phone. Flags are never absent.
 *
 * @param context  not NULL.
 * @param field  any field.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_has(vaxdir_context *context, vaxdir_field field, vaxdir_filter **ret_filter);

/**
 * Makes the condition that an attribute is one of some values, as vaxdir_filter_in(). An attribute that a registry does
 * not know is absent from all its centres.
 *
 * @param context  not NULL.
 * @param name  the attribute, name_length bytes of UTF-8, not NULL.
 * @param name_length  its length in bytes, not 0.
 * @param values  count texts in UTF-8, none NULL; NULL only with count 0, which lets nothing pass.
 * @param lengths  their lengths in bytes; NULL if all are NUL-terminated.
 * @param count  how many values.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership name and values are copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost n log n in the values.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_attribute_in(vaxdir_context *context, const char *name, size_t name_length,
                                                    const char *const *values, const size_t *lengths, size_t count,
                                                    vaxdir_filter **ret_filter);

/**
 * Compares an attribute, as vaxdir_filter_compare_text(): attributes are texts.
 *
 * @param context  not NULL.
 * @param name  the attribute, name_length bytes of UTF-8, not NULL.
 * @param name_length  its length in bytes, not 0.
 * @param operator_code  one of VAXDIR_OPERATOR_*.
 * @param text  length bytes of UTF-8, not NULL.
 * @param length  its length in bytes.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership name and text are copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost linear in the text.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_attribute_compare(vaxdir_context *context, const char *name, size_t name_length,
                                                         int32_t operator_code, const char *text, size_t length,
                                                         vaxdir_filter **ret_filter);

/**
 * Makes the condition that a centre has an attribute.
 *
 * @param context  not NULL.
 * @param name  the attribute, name_length bytes of UTF-8, not NULL.
 * @param name_length  its length in bytes, not 0.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the name is copied; the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_attribute_has(vaxdir_context *context, const char *name, size_t name_length,
                                                     vaxdir_filter **ret_filter);

/**
 * Makes the condition that all of some conditions hold; of none, it lets everything pass.
 *
 * @param context  not NULL.
 * @param filters  count filters, none NULL; NULL only with count 0; a reference to each is taken.
 * @param count  how many.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT (nesting).
 * @ownership the caller owns one reference to the result.
 * @thread the thread that uses the context.
 * @cost linear in count.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_and(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                                           vaxdir_filter **ret_filter);

/**
 * Makes the condition that any of some conditions holds; of none, it lets nothing pass.
 *
 * @param context  not NULL.
 * @param filters  count filters, none NULL; NULL only with count 0; a reference to each is taken.
 * @param count  how many.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT (nesting).
 * @ownership the caller owns one reference to the result.
 * @thread the thread that uses the context.
 * @cost linear in count.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_or(vaxdir_context *context, vaxdir_filter *const *filters, size_t count,
                                          vaxdir_filter **ret_filter);

/**
 * Makes the condition that another does not hold: so NOT of a comparison keeps the centres without the field.
 *
 * @param context  not NULL.
 * @param filter  not NULL; a reference is taken.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT (nesting).
 * @ownership the caller owns one reference to the result.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_not(vaxdir_context *context, vaxdir_filter *filter, vaxdir_filter **ret_filter);

/**
 * Counts the centres of an edition that pass, those without a position among them.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param filter  not NULL.
 * @param ret_count  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the rows the first time; constant while the context keeps the result, as a search does, too.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_count(vaxdir_context *context, const vaxdir_edition *edition,
                                             const vaxdir_filter *filter, uint32_t *ret_count);

/**
 * Makes the condition that a centre lies in an area. A centre without a position does not pass.
 *
 * @param context  not NULL.
 * @param area  not NULL; a reference is taken.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference to the result.
 * @thread the thread that uses the context.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_area(vaxdir_context *context, vaxdir_area *area, vaxdir_filter **ret_filter);

/**
 * Makes the condition that a centre is open on a date by its own word: it is not closed, its opening date is not after
 * the date, and its closing date not before it. A date that a centre does not state stands in nobody's way; weekly
 * hours and holidays are not looked at: vaxdir_opening() is for them.
 *
 * @param context  not NULL.
 * @param date  YYYYMMDD, a day that exists, in the centre's own calendar.
 * @param ret_filter  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (date); VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference: vaxdir_filter_unref().
 * @thread the thread that uses the context.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_filter_open_on(vaxdir_context *context, int32_t date, vaxdir_filter **ret_filter);

/**
 * Takes one more reference.
 *
 * @param filter  NULL is allowed.
 * @return filter.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_filter *vaxdir_filter_ref(vaxdir_filter *filter);

/**
 * Gives a reference back; the last one releases the filter.
 *
 * @param filter  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant, linear in the filter for the last reference.
 * @since 0.1
 */
VAXDIR_API vaxdir_filter *vaxdir_filter_unref(vaxdir_filter *filter);

#ifdef __cplusplus
}
#endif

#endif
