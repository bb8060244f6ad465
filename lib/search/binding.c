/* binding.c: binds a filter to every row of an edition and keeps the result. Invariant: what a slot holds depends
 * on the two hashes in it and on nothing else. */
#include "binding.h"

#include <string.h>

#include "evaluate.h"
#include "scratch.h"

/* Of one context; above it, the bitsets that were not asked for the longest give way. docs/filters.md says so. */
static const size_t bytes_max = (size_t)64 << 20;

static void release(const vaxdir_memory *memory, vaxdir_binding *slot)
{
    vaxdir_memory_free(memory, slot->words, slot->capacity, sizeof *slot->words);
    vaxdir_subset_free(memory, &slot->subset);
    vaxdir_own_tree_free(&slot->tree);
    *slot = (vaxdir_binding){.words = NULL};
}

/* The slot that was not asked for the longest. */
static vaxdir_binding *oldest(vaxdir_bindings *bindings)
{
    vaxdir_binding *found = &bindings->slots[0];
    for (int i = 1; i < VAXDIR_BINDINGS; i++)
        if (bindings->slots[i].used < found->used)
            found = &bindings->slots[i];
    return found;
}

static size_t bytes_of(const vaxdir_binding *slot)
{
    return slot->capacity * sizeof *slot->words + slot->subset.capacity * sizeof *slot->subset.bits.leaves +
           slot->tree.bytes.capacity;
}

static void keep_within_limit(const vaxdir_memory *memory, vaxdir_bindings *bindings, const vaxdir_binding *newest)
{
    size_t bytes = 0;
    for (int i = 0; i < VAXDIR_BINDINGS; i++)
        bytes += bytes_of(&bindings->slots[i]);
    for (int i = 1; i < VAXDIR_BINDINGS && bytes > bytes_max; i++) {
        vaxdir_binding *victim = NULL;
        for (int j = 0; j < VAXDIR_BINDINGS; j++) {
            vaxdir_binding *slot = &bindings->slots[j];
            if (slot != newest && slot->words != NULL && (victim == NULL || slot->used < victim->used))
                victim = slot;
        }
        if (victim == NULL)
            return;
        bytes -= bytes_of(victim);
        release(memory, victim);
    }
}

const vaxdir_binding *vaxdir_bindings_get(const vaxdir_memory *memory, vaxdir_bindings *bindings,
                                          const vaxdir_edition *edition, const vaxdir_filter *filter)
{
    for (int i = 0; i < VAXDIR_BINDINGS; i++) {
        vaxdir_binding *slot = &bindings->slots[i];
        if (slot->used != 0 && slot->rows == edition->registry->count &&
            slot->positions == edition->registry->index.count &&
            memcmp(slot->filter, filter->hash, sizeof slot->filter) == 0 &&
            memcmp(slot->edition, edition->key, sizeof slot->edition) == 0) {
            slot->used = ++bindings->clock;
            return slot;
        }
    }
    vaxdir_binding *slot = oldest(bindings);
    uint32_t rows = edition->registry->count;
    size_t words = (size_t)rows / 64 + 1;
    slot->used = 0;
    if (slot->capacity < words || slot->capacity / 2 > words) {
        release(memory, slot);
        slot->words = vaxdir_memory_allocate(memory, words, sizeof *slot->words);
        if (slot->words == NULL)
            return NULL;
        slot->capacity = words;
    }
    if (!vaxdir_filter_evaluate(memory, filter, edition, slot->words, &slot->passing) ||
        !vaxdir_subset_make(memory, &edition->registry->index, slot->words, &slot->subset) ||
        !vaxdir_own_tree_make(memory, edition->registry, slot->words, slot->passing, &slot->tree))
        return NULL;
    slot->rows = rows;
    slot->positions = edition->registry->index.count;
    memcpy(slot->filter, filter->hash, sizeof slot->filter);
    memcpy(slot->edition, edition->key, sizeof slot->edition);
    slot->used = ++bindings->clock;
    keep_within_limit(memory, bindings, slot);
    return slot;
}

void vaxdir_bindings_free(const vaxdir_memory *memory, vaxdir_bindings *bindings)
{
    for (int i = 0; i < VAXDIR_BINDINGS; i++)
        release(memory, &bindings->slots[i]);
}

vaxdir_status vaxdir_filter_count(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_filter *filter,
                                  uint32_t *ret_count)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (filter == NULL)
        return vaxdir_context_fail_null(context, "filter");
    if (ret_count == NULL)
        return vaxdir_context_fail_null(context, "ret_count");
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(context);
    if (scratch == NULL)
        return vaxdir_context_fail_memory(context);
    const vaxdir_binding *binding = vaxdir_bindings_get(&context->memory, &scratch->bindings, edition, filter);
    if (binding == NULL)
        return vaxdir_context_fail_memory(context);
    *ret_count = binding->passing;
    return VAXDIR_OK;
}
