/* matches.c: the result handle of searches. Invariant: it changes only when a search has succeeded, all at once. */
#include "matches.h"

#include <math.h>
#include <string.h>

#include "../base/context.h"
#include "order.h"

enum { MATCH_SIZE = sizeof(double) + sizeof(uint32_t) };

vaxdir_status vaxdir_matches_new(vaxdir_context *context, vaxdir_matches **ret_matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_matches == NULL)
        return vaxdir_context_fail_null(context, "ret_matches");
    vaxdir_matches *matches = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *matches);
    if (matches == NULL)
        return vaxdir_context_fail_memory(context);
    matches->memory = context->memory;
    matches->complete_to_m = INFINITY;
    *ret_matches = matches;
    return VAXDIR_OK;
}

vaxdir_matches *vaxdir_matches_unref(vaxdir_matches *matches)
{
    if (matches == NULL)
        return NULL;
    vaxdir_memory memory = matches->memory;
    vaxdir_memory_free(&memory, matches->distances_m, matches->capacity, MATCH_SIZE);
    vaxdir_memory_free(&memory, matches->bearings_deg, matches->bearing_capacity, sizeof *matches->bearings_deg);
    vaxdir_memory_free(&memory, matches, 1, sizeof *matches);
    return NULL;
}

bool vaxdir_matches_resize(vaxdir_matches *matches, uint32_t count)
{
    if (count > matches->capacity) {
        size_t capacity = matches->capacity < 8 ? 8 : matches->capacity;
        while (capacity < count)
            capacity *= 2;
        double *block = vaxdir_memory_allocate(&matches->memory, capacity, MATCH_SIZE);
        if (block == NULL)
            return false;
        vaxdir_memory_free(&matches->memory, matches->distances_m, matches->capacity, MATCH_SIZE);
        matches->distances_m = block;
        matches->rows = (uint32_t *)(void *)(block + capacity);
        matches->capacity = capacity;
    }
    matches->count = count;
    matches->has_bearings = false;
    matches->complete_to_m = INFINITY;
    return true;
}

bool vaxdir_matches_fill(vaxdir_matches *matches, const vaxdir_hit *hits, uint32_t count)
{
    if (!vaxdir_matches_resize(matches, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        matches->distances_m[i] = hits[i].value;
        matches->rows[i] = hits[i].row;
    }
    return true;
}

static bool reserve_bearings(vaxdir_matches *matches, const vaxdir_search *search, uint32_t count)
{
    return !search->bearings || vaxdir_memory_reserve(&matches->memory, &matches->bearings_deg,
                                                      &matches->bearing_capacity, count, sizeof(double));
}

static void find_bearings(vaxdir_matches *matches, const vaxdir_search *search)
{
    for (uint32_t i = 0; search->bearings && i < matches->count; i++)
        matches->bearings_deg[i] =
            vaxdir_geodesic_bearing_deg(&search->scratch->geodesic, search->latitude, search->longitude,
                                        search->registry->numbers[VAXDIR_FIELD_LATITUDE][matches->rows[i]],
                                        search->registry->numbers[VAXDIR_FIELD_LONGITUDE][matches->rows[i]]);
    matches->has_bearings = search->bearings;
}

bool vaxdir_matches_answer(vaxdir_matches *matches, const vaxdir_search *search, const vaxdir_hit *hits, uint32_t count,
                           double complete_to_m)
{
    if (!reserve_bearings(matches, search, count) || !vaxdir_matches_fill(matches, hits, count))
        return false;
    find_bearings(matches, search);
    matches->complete_to_m = complete_to_m;
    return true;
}

bool vaxdir_matches_columns(vaxdir_matches *matches, const vaxdir_search *search, const uint32_t *rows,
                            const double *distances_m, uint32_t count)
{
    if (!reserve_bearings(matches, search, count) || !vaxdir_matches_resize(matches, count))
        return false;
    if (count > 0) {
        memcpy(matches->distances_m, distances_m, count * sizeof *distances_m);
        memcpy(matches->rows, rows, count * sizeof *rows);
    }
    find_bearings(matches, search);
    return true;
}

uint32_t vaxdir_matches_count(const vaxdir_matches *matches)
{
    return matches == NULL ? 0 : matches->count;
}

const uint32_t *vaxdir_matches_rows(const vaxdir_matches *matches)
{
    return matches == NULL || matches->count == 0 ? NULL : matches->rows;
}

const double *vaxdir_matches_distances_m(const vaxdir_matches *matches)
{
    return matches == NULL || matches->count == 0 ? NULL : matches->distances_m;
}

const double *vaxdir_matches_bearings_deg(const vaxdir_matches *matches)
{
    return matches == NULL || matches->count == 0 || !matches->has_bearings ? NULL : matches->bearings_deg;
}

double vaxdir_matches_complete_to_m(const vaxdir_matches *matches)
{
    return matches == NULL ? (double)NAN : matches->complete_to_m;
}
