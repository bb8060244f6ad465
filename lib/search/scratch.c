/* scratch.c: makes and releases the scratch of a context's searches. Invariant: all of it came from the context's
 * allocator. */
#include "scratch.h"

#include <string.h>

/* The four arrays are one block. */
enum { FOUND_SIZE = 2 * sizeof(double) + 2 * sizeof(uint32_t) };

static void free_found(const vaxdir_memory *memory, vaxdir_index_found *found)
{
    vaxdir_memory_free(memory, found->squared, found->capacity, FOUND_SIZE);
}

bool vaxdir_search_reserve_found(const vaxdir_memory *memory, vaxdir_index_found *found, size_t count)
{
    if (count <= found->capacity)
        return true;
    size_t capacity = found->capacity < 512 ? 512 : found->capacity;
    while (capacity < count)
        capacity = capacity > SIZE_MAX / 2 ? count : 2 * capacity;
    double *block = vaxdir_memory_allocate(memory, capacity, FOUND_SIZE);
    if (block == NULL)
        return false;
    vaxdir_index_found grown = *found;
    grown.capacity = capacity;
    grown.squared = block;
    grown.distances_m = block + capacity;
    grown.rows = (uint32_t *)(void *)(block + 2 * capacity);
    grown.places = grown.rows + capacity;
    if (found->count > 0) {
        memcpy(grown.squared, found->squared, found->count * sizeof *found->squared);
        memcpy(grown.distances_m, found->distances_m, found->count * sizeof *found->distances_m);
        memcpy(grown.rows, found->rows, found->count * sizeof *found->rows);
        memcpy(grown.places, found->places, found->count * sizeof *found->places);
    }
    free_found(memory, found);
    *found = grown;
    return true;
}

static void scratch_free(const vaxdir_memory *memory, void *slot)
{
    vaxdir_search_scratch *scratch = slot;
    vaxdir_memory_free(memory, scratch->candidates, scratch->candidate_capacity, sizeof *scratch->candidates);
    free_found(memory, &scratch->found);
    vaxdir_memory_free(memory, scratch->metres, scratch->metre_capacity, sizeof *scratch->metres);
    vaxdir_memory_free(memory, scratch->ends, scratch->end_capacity, sizeof *scratch->ends);
    vaxdir_memory_free(memory, scratch->best, scratch->best_capacity, sizeof *scratch->best);
    vaxdir_memory_free(memory, scratch->answer, scratch->answer_capacity, sizeof *scratch->answer);
    vaxdir_browse_free(&scratch->browse);
    vaxdir_curve_free(memory, &scratch->curve);
    vaxdir_bindings_free(memory, &scratch->bindings);
    vaxdir_memory_free(memory, scratch, 1, sizeof *scratch);
}

vaxdir_search_scratch *vaxdir_search_scratch_of(vaxdir_context *context)
{
    if (context->scratch[VAXDIR_SCRATCH_SEARCH] == NULL) {
        vaxdir_search_scratch *scratch = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *scratch);
        if (scratch == NULL)
            return NULL;
        vaxdir_geodesic_init(&scratch->geodesic);
        context->scratch_free[VAXDIR_SCRATCH_SEARCH] = scratch_free;
        context->scratch[VAXDIR_SCRATCH_SEARCH] = scratch;
    }
    return context->scratch[VAXDIR_SCRATCH_SEARCH];
}
