/* binding.c: evaluates a filter on every row of an edition and keeps the result. Invariant: what a slot holds depends
 * on the two hashes in it and on nothing else. */
#include "binding.h"

#include <string.h>

#include "../base/text.h"

/* Above this, the bitsets that were not asked for last give way. */
static const size_t bytes_max = (size_t)64 << 20;

static bool holds(const vaxdir_filter *filter, vaxdir_slice text)
{
    size_t low = 0, high = filter->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = vaxdir_slice_compare(filter->parts.values[middle], text);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Items of a list are joined by line feeds, which no item contains. */
static bool holds_any(const vaxdir_filter *filter, vaxdir_slice list)
{
    const char *end = list.bytes + list.length;
    for (const char *item = list.bytes;;) {
        const char *feed = memchr(item, '\n', (size_t)(end - item));
        const char *stop = feed == NULL ? end : feed;
        if (holds(filter, (vaxdir_slice){item, (size_t)(stop - item)}))
            return true;
        if (feed == NULL)
            return false;
        item = feed + 1;
    }
}

/* The depth is at most VAXDIR_FILTER_DEPTH_MAX. */
static bool passes(const vaxdir_filter *filter, const vaxdir_edition *edition, uint32_t row)
{
    switch (filter->kind) {
    case VAXDIR_FILTER_IN: {
        vaxdir_slice text = vaxdir_edition_get_text(edition, row, filter->field);
        return text.bytes != NULL && (filter->list ? holds_any(filter, text) : holds(filter, text));
    }
    case VAXDIR_FILTER_AND:
        for (size_t i = 0; i < filter->count; i++)
            if (!passes(filter->parts.filters[i], edition, row))
                return false;
        return true;
    case VAXDIR_FILTER_OR:
        for (size_t i = 0; i < filter->count; i++)
            if (passes(filter->parts.filters[i], edition, row))
                return true;
        return false;
    case VAXDIR_FILTER_AREA:
        return vaxdir_filter_area_passes(filter, edition, row);
    default:
        return !passes(filter->parts.filters[0], edition, row);
    }
}

static void evaluate(vaxdir_binding *slot, const vaxdir_edition *edition, const vaxdir_filter *filter, uint32_t rows)
{
    memset(slot->words, 0, ((size_t)rows / 64 + 1) * sizeof *slot->words);
    slot->rows = rows;
    slot->passing = 0;
    for (uint32_t row = 0; row < rows; row++)
        if (passes(filter, edition, row)) {
            slot->words[row / 64] |= UINT64_C(1) << (row % 64);
            slot->passing++;
        }
}

static void release(const vaxdir_memory *memory, vaxdir_binding *slot)
{
    vaxdir_memory_free(memory, slot->words, slot->capacity, sizeof *slot->words);
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

static void keep_within_limit(const vaxdir_memory *memory, vaxdir_bindings *bindings, const vaxdir_binding *newest)
{
    size_t bytes = 0;
    for (int i = 0; i < VAXDIR_BINDINGS; i++)
        bytes += bindings->slots[i].capacity * sizeof(uint64_t);
    for (int i = 1; i < VAXDIR_BINDINGS && bytes > bytes_max; i++) {
        vaxdir_binding *victim = NULL;
        for (int j = 0; j < VAXDIR_BINDINGS; j++) {
            vaxdir_binding *slot = &bindings->slots[j];
            if (slot != newest && slot->words != NULL && (victim == NULL || slot->used < victim->used))
                victim = slot;
        }
        if (victim == NULL)
            return;
        bytes -= victim->capacity * sizeof(uint64_t);
        release(memory, victim);
    }
}

const vaxdir_binding *vaxdir_bindings_get(const vaxdir_memory *memory, vaxdir_bindings *bindings,
                                          const vaxdir_edition *edition, const vaxdir_filter *filter)
{
    for (int i = 0; i < VAXDIR_BINDINGS; i++) {
        vaxdir_binding *slot = &bindings->slots[i];
        if (slot->used != 0 && slot->rows == edition->registry->count &&
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
    evaluate(slot, edition, filter, rows);
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
