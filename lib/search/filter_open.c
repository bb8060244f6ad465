/* filter_open.c: the condition that a centre is open on a date by its own word: not closed, not before its opening
 * date, not after its closing date. Invariant: it depends on the three fields alone, so that it can be bound and kept.
 */
#include "../base/time.h"
#include "filter.h"

vaxdir_status vaxdir_filter_make_open_on(vaxdir_context *context, int32_t date, vaxdir_filter **ret_filter)
{
    if (!vaxdir_date_valid(date))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "the date does not exist: give YYYYMMDD");
    vaxdir_filter *filter = vaxdir_filter_allocate(&context->memory, VAXDIR_FILTER_OPEN_ON, 0);
    if (filter == NULL)
        return vaxdir_context_fail_memory(context);
    filter->integer = date;
    return vaxdir_filter_seal(context, filter, ret_filter);
}

vaxdir_status vaxdir_filter_open_on(vaxdir_context *context, int32_t date, vaxdir_filter **ret_filter)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_filter == NULL)
        return vaxdir_context_fail_null(context, "ret_filter");
    return vaxdir_filter_make_open_on(context, date, ret_filter);
}
