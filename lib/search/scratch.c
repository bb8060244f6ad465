/* scratch.c: makes and releases the scratch of a context's searches. Invariant: all of it came from the context's
 * allocator. */
#include "scratch.h"

static void scratch_free(const vaxdir_memory *memory, void *slot)
{
    vaxdir_search_scratch *scratch = slot;
    vaxdir_memory_free(memory, scratch->candidates, scratch->candidate_capacity, sizeof *scratch->candidates);
    vaxdir_memory_free(memory, scratch->found, scratch->found_capacity, sizeof *scratch->found);
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
