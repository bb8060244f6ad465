/* within.c: what is found without measuring: all centres inside an area, and those that have no position. Invariant:
 * rows ascend, which is the order of ids, and nothing is left out before the limit. */
#include <math.h>

#include "../base/context.h"
#include "../geo/area_index.h"
#include "matches.h"
#include "scratch.h"

static vaxdir_status check_query(vaxdir_context *context, const vaxdir_query *query)
{
    if (query->flags != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.flags has bits that mean nothing without a distance: leave it at 0");
    if (query->work_limit != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.work_limit means nothing without a distance: leave it at 0");
    if (query->max_distance_m != 0 || query->min_distance_m != 0)
        return vaxdir_context_fail(
            context, VAXDIR_ERROR_ARGUMENT,
            "query.max_distance_m and min_distance_m have no position to begin at: use vaxdir_nearest() with "
            "vaxdir_filter_area()");
    return VAXDIR_OK;
}

/* Of the `rows` rows from `first` those inside the area; without one, those that have no position. */
static uint64_t belong(const vaxdir_registry *registry, const vaxdir_area *area, uint32_t first, uint32_t rows)
{
    const double *latitudes = registry->numbers[VAXDIR_FIELD_LATITUDE] + first;
    const double *longitudes = registry->numbers[VAXDIR_FIELD_LONGITUDE] + first;
    if (area != NULL)
        return vaxdir_area_holds_many(area, latitudes, longitudes, sizeof(double), rows);
    uint64_t bits = 0;
    for (uint32_t i = 0; i < rows; i++)
        bits |= (uint64_t)(isnan(latitudes[i]) || isnan(longitudes[i])) << i;
    return bits;
}

static vaxdir_status find(vaxdir_context *context, vaxdir_search_scratch *scratch, const vaxdir_registry *registry,
                          const vaxdir_area *area, uint32_t limit, const uint64_t *passing, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (uint32_t first = 0; first < registry->count && count < limit; first += 64) {
        uint32_t rows = registry->count - first < 64 ? registry->count - first : 64;
        uint64_t found = passing == NULL ? UINT64_MAX : passing[first / 64];
        if (found != 0)
            found &= belong(registry, area, first, rows);
        if (found == 0)
            continue;
        if (!vaxdir_memory_reserve(&context->memory, &scratch->best, &scratch->best_capacity, (size_t)count + 64,
                                   sizeof *scratch->best))
            return vaxdir_context_fail_memory(context);
        for (; found != 0 && count < limit; found &= found - 1)
            scratch->best[count++] = (vaxdir_hit){NAN, first + (uint32_t)__builtin_ctzll(found)};
    }
    *ret_count = count;
    return VAXDIR_OK;
}

/* What is left of the calls once their context is entered. */
static vaxdir_status list(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_area *area,
                          const vaxdir_query *query, vaxdir_matches *matches)
{
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    vaxdir_query known;
    vaxdir_status status = vaxdir_context_read_struct(context, "query", query, &known, sizeof known, sizeof known);
    if (status == VAXDIR_OK)
        status = check_query(context, &known);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(context);
    if (scratch == NULL)
        return vaxdir_context_fail_memory(context);
    const vaxdir_binding *binding = NULL;
    if (known.filter != NULL) {
        binding = vaxdir_bindings_get(&context->memory, &scratch->bindings, edition, known.filter);
        if (binding == NULL)
            return vaxdir_context_fail_memory(context);
    }
    uint32_t count = 0;
    status = find(context, scratch, edition->registry, area, known.limit == 0 ? UINT32_MAX : known.limit,
                  binding == NULL ? NULL : binding->words, &count);
    if (status == VAXDIR_OK && !vaxdir_matches_fill(matches, scratch->best, count))
        status = vaxdir_context_fail_memory(context);
    return status;
}

vaxdir_status vaxdir_within(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_area *area,
                            const vaxdir_query *query, vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (area == NULL)
        return vaxdir_context_fail_null(context, "area");
    return list(context, edition, area, query, matches);
}

vaxdir_status vaxdir_without_position(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_query *query,
                                      vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    return status == VAXDIR_OK ? list(context, edition, NULL, query, matches) : status;
}
