/* filter.h: a condition on centres, made by calls, free of any registry. */
#ifndef VAXDIR_FILTER_H
#define VAXDIR_FILTER_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/area.h>
#include <vaxdir/context.h>
#include <vaxdir/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A condition on centres: immutable, counted by reference, usable from any thread. */
typedef struct vaxdir_filter vaxdir_filter;

/**
 * Makes the condition that a field is one of some values: equal by bytes; for a list, any item of it.
 *
 * @param context  not NULL.
 * @param field  a field of type text, list or flag. A centre without the field does not pass.
 * @param values  count texts in UTF-8, none NULL; NULL only with count 0, which lets nothing pass.
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
