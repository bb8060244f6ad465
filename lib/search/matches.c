/* matches.c: the result handle of searches. Invariant: it changes only when a search has succeeded, all at once. */
#include "matches.h"

#include <string.h>

#include "../base/context.h"

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
    *ret_matches = matches;
    return VAXDIR_OK;
}

vaxdir_matches *vaxdir_matches_unref(vaxdir_matches *matches)
{
    if (matches == NULL)
        return NULL;
    vaxdir_memory memory = matches->memory;
    vaxdir_memory_free(&memory, matches->distances_m, matches->capacity, MATCH_SIZE);
    vaxdir_memory_free(&memory, matches, 1, sizeof *matches);
    return NULL;
}

bool vaxdir_matches_reserve(vaxdir_matches *matches, uint32_t count)
{
    if (count <= matches->capacity)
        return true;
    size_t capacity = matches->capacity < 8 ? 8 : matches->capacity;
    while (capacity < count)
        capacity *= 2;
    double *block = vaxdir_memory_allocate(&matches->memory, capacity, MATCH_SIZE);
    if (block == NULL)
        return false;
    uint32_t *rows = (uint32_t *)(void *)(block + capacity);
    if (matches->count > 0) {
        memcpy(block, matches->distances_m, matches->count * sizeof *block);
        memcpy(rows, matches->rows, matches->count * sizeof *rows);
    }
    vaxdir_memory_free(&matches->memory, matches->distances_m, matches->capacity, MATCH_SIZE);
    matches->distances_m = block;
    matches->rows = rows;
    matches->capacity = capacity;
    return true;
}

bool vaxdir_matches_fill(vaxdir_matches *matches, const vaxdir_hit *hits, uint32_t count)
{
    if (!vaxdir_matches_reserve(matches, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        matches->distances_m[i] = hits[i].value;
        matches->rows[i] = hits[i].row;
    }
    matches->count = count;
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
