/* route.c: the route as a handle, and filling it. Invariant: everything is checked and all memory is there before the
 * first step is written, so that a failure leaves the route as it was. */
#include "route.h"

#include "ladder.h"

vaxdir_status vaxdir_route_new(vaxdir_context *context, vaxdir_route **ret_route)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_route == NULL)
        return vaxdir_context_fail_null(context, "ret_route");
    vaxdir_route *route = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *route);
    if (route == NULL)
        return vaxdir_context_fail_memory(context);
    route->memory = context->memory;
    *ret_route = route;
    return VAXDIR_OK;
}

vaxdir_route *vaxdir_route_unref(vaxdir_route *route)
{
    if (route == NULL)
        return NULL;
    vaxdir_memory memory = route->memory;
    vaxdir_memory_free(&memory, route->steps, route->step_capacity, sizeof *route->steps);
    vaxdir_memory_free(&memory, route->offsets, route->offset_capacity, sizeof *route->offsets);
    vaxdir_memory_free(&memory, route->ladders, route->ladder_capacity, sizeof *route->ladders);
    vaxdir_memory_free(&memory, route, 1, sizeof *route);
    return NULL;
}

/* --- getters ------------------------------------------------------------------------------------------------------ */

uint32_t vaxdir_route_count(const vaxdir_route *route)
{
    return vaxdir_route_offsets(route)[vaxdir_route_ladders(route)];
}

uint32_t vaxdir_route_ladders(const vaxdir_route *route)
{
    return route == NULL ? 0 : route->ladder_count;
}

const uint32_t *vaxdir_route_offsets(const vaxdir_route *route)
{
    static const uint32_t none[1] = {0};
    return route == NULL || route->offsets == NULL ? none : route->offsets;
}

vaxdir_status vaxdir_route_step(vaxdir_context *context, const vaxdir_route *route, uint32_t index, vaxdir_step *step)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    if (step == NULL)
        return vaxdir_context_fail_null(context, "step");
    if (index >= vaxdir_route_count(route))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index %lu: the route has %lu steps",
                                   (unsigned long)index, (unsigned long)vaxdir_route_count(route));
    return vaxdir_context_write_struct(context, "vaxdir_step", &route->steps[index], sizeof(vaxdir_step),
                                       sizeof(vaxdir_step), step);
}

vaxdir_status vaxdir_route_eligibility(vaxdir_context *context, const vaxdir_route *route, uint32_t ladder,
                                       vaxdir_eligibility *ret_eligibility)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    if (ret_eligibility == NULL)
        return vaxdir_context_fail_null(context, "ret_eligibility");
    if (ladder >= route->ladder_count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "ladder %lu: the route has %lu",
                                   (unsigned long)ladder, (unsigned long)route->ladder_count);
    return vaxdir_context_write_struct(context, "vaxdir_eligibility", &route->ladders[ladder].eligibility,
                                       sizeof(vaxdir_eligibility), sizeof(vaxdir_eligibility), ret_eligibility);
}

/* --- filling ------------------------------------------------------------------------------------------------------ */

/* Checks the rows and sums up how many steps they can have at the most. */
static vaxdir_status bound_steps(vaxdir_context *context, const vaxdir_edition *edition, const uint32_t *rows,
                                 size_t count, uint64_t *ret_bound)
{
    uint64_t bound = 0;
    if (count >= UINT32_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "count: too many rows for one call; ask in parts");
    for (size_t i = 0; i < count; i++) {
        if (rows[i] != VAXDIR_NO_ROW && rows[i] >= edition->registry->count) {
            vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                (unsigned long)rows[i], (unsigned long)edition->registry->count);
            context->error.index = (int64_t)i;
            return VAXDIR_ERROR_ARGUMENT;
        }
        bound += vaxdir_ladder_bound(edition, rows[i]);
    }
    *ret_bound = bound;
    return VAXDIR_OK;
}

static vaxdir_status reserve(vaxdir_context *context, vaxdir_route *route, size_t count, uint64_t bound)
{
    if (bound > UINT32_MAX || bound > SIZE_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "count: too many rows for one call; ask in parts");
    if (!vaxdir_memory_reserve(&route->memory, &route->steps, &route->step_capacity, (size_t)bound,
                               sizeof *route->steps) ||
        !vaxdir_memory_reserve(&route->memory, &route->ladders, &route->ladder_capacity, count,
                               sizeof *route->ladders) ||
        !vaxdir_memory_reserve(&route->memory, &route->offsets, &route->offset_capacity, count + 1,
                               sizeof *route->offsets))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}

static vaxdir_status resolve(vaxdir_context *context, const vaxdir_edition *edition, const uint32_t *rows, size_t count,
                             const vaxdir_visit *visit, vaxdir_route *route)
{
    vaxdir_visit_known known;
    uint64_t bound = 0;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (visit == NULL)
        return vaxdir_context_fail_null(context, "visit");
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    vaxdir_status status = vaxdir_visit_read(context, edition, visit, &known);
    if (status == VAXDIR_OK)
        status = bound_steps(context, edition, rows, count, &bound);
    if (status == VAXDIR_OK)
        status = reserve(context, route, count, bound);
    if (status != VAXDIR_OK)
        return status;
    uint32_t steps = 0;
    for (size_t i = 0; i < count; i++) {
        route->offsets[i] = steps;
        route->ladders[i].row = rows[i];
        steps += vaxdir_ladder_fill(edition, rows[i], &known, route->steps + steps, &route->ladders[i].eligibility);
    }
    route->offsets[count] = steps;
    route->ladder_count = (uint32_t)count;
    route->edition = edition;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_resolve(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                             const vaxdir_visit *visit, vaxdir_route *route)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    status = resolve(context, edition, &row, 1, visit, route);
    context->error.index = -1; /* one row has no number */
    return status;
}

vaxdir_status vaxdir_resolve_batch(vaxdir_context *context, const vaxdir_edition *edition, const uint32_t *rows,
                                   size_t count, const vaxdir_visit *visit, vaxdir_route *route)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (rows == NULL && count != 0)
        return vaxdir_context_fail_null(context, "rows");
    return resolve(context, edition, rows, count, visit, route);
}

/* --- names -------------------------------------------------------------------------------------------------------- */

const char *vaxdir_step_kind_name(int32_t kind)
{
    switch (kind) {
    case VAXDIR_STEP_WEB:
        return "web";
    case VAXDIR_STEP_PHONE:
        return "phone";
    case VAXDIR_STEP_WALK_IN:
        return "walk-in";
    case VAXDIR_STEP_INFO:
        return "info";
    default:
        return NULL;
    }
}
