/* strings.c: see strings.h. Invariant: equal texts have equal names within one pool. */
#include "strings.h"

#include <string.h>
#include <xxhash.h>

static uint32_t read_length(const unsigned char *bytes)
{
    uint32_t length;
    memcpy(&length, bytes, sizeof length);
    return length;
}

static size_t entry_size(size_t length)
{
    return (4 + length + 1 + 3) & ~(size_t)3;
}

vaxdir_slice vaxdir_strings_get(const vaxdir_strings *strings, uint32_t name)
{
    if (name == 0)
        return (vaxdir_slice){NULL, 0};
    const unsigned char *entry = strings->bytes + (size_t)name * 4;
    return (vaxdir_slice){(const char *)entry + 4, read_length(entry)};
}

bool vaxdir_pool_init(vaxdir_pool *pool, const vaxdir_memory *memory, uint64_t seed)
{
    memset(pool, 0, sizeof *pool);
    pool->bytes.memory = memory;
    pool->seed = seed;
    /* Offset 0 is the absent text, so the first entry begins at 4. */
    return vaxdir_buffer_append(&pool->bytes, "\0\0\0\0", 4);
}

static vaxdir_slice pool_text(const vaxdir_pool *pool, uint32_t name)
{
    vaxdir_strings strings = {pool->bytes.bytes, pool->bytes.length};
    return vaxdir_strings_get(&strings, name);
}

static uint32_t *find_slot(const vaxdir_pool *pool, vaxdir_slice text)
{
    size_t at = (size_t)XXH3_64bits_withSeed(text.bytes, text.length, pool->seed) & (pool->slot_count - 1);
    while (pool->slots[at] != 0 && !vaxdir_slice_equal(pool_text(pool, pool->slots[at]), text))
        at = (at + 1) & (pool->slot_count - 1);
    return &pool->slots[at];
}

static bool grow_slots(vaxdir_pool *pool)
{
    if ((pool->used + 1) * 2 <= pool->slot_count)
        return true;
    const vaxdir_memory *memory = pool->bytes.memory;
    size_t grown = pool->slot_count == 0 ? 64 : pool->slot_count * 2;
    while (grown / 2 <= pool->expected)
        grown *= 2;
    uint32_t *slots = vaxdir_memory_allocate_zeroed(memory, grown, sizeof *slots);
    if (slots == NULL)
        return false;
    uint32_t *old = pool->slots;
    size_t old_count = pool->slot_count;
    pool->slots = slots;
    pool->slot_count = grown;
    for (size_t i = 0; i < old_count; i++)
        if (old[i] != 0)
            *find_slot(pool, pool_text(pool, old[i])) = old[i];
    vaxdir_memory_free(memory, old, old_count, sizeof *old);
    return true;
}

bool vaxdir_pool_add(vaxdir_pool *pool, vaxdir_slice text, uint32_t *ret_name)
{
    *ret_name = 0;
    if (text.bytes == NULL)
        return true;
    if (!grow_slots(pool))
        return false;
    uint32_t *slot = find_slot(pool, text);
    if (*slot == 0) {
        size_t start = pool->bytes.length, size = entry_size(text.length);
        if (text.length > UINT32_MAX - 8 || start / 4 > UINT32_MAX || !vaxdir_buffer_reserve(&pool->bytes, size))
            return false;
        uint32_t length = (uint32_t)text.length;
        unsigned char *entry = pool->bytes.bytes + start;
        memset(entry, 0, size);
        memcpy(entry, &length, sizeof length);
        memcpy(entry + 4, text.bytes, text.length);
        pool->bytes.length += size;
        *slot = (uint32_t)(start / 4);
        pool->used++;
    }
    *ret_name = *slot;
    return true;
}

void vaxdir_pool_free(vaxdir_pool *pool)
{
    if (pool->bytes.memory == NULL)
        return;
    vaxdir_memory_free(pool->bytes.memory, pool->slots, pool->slot_count, sizeof *pool->slots);
    pool->slots = NULL;
    pool->slot_count = 0;
    vaxdir_buffer_free(&pool->bytes);
}

size_t vaxdir_strings_bitmap_size(size_t pool_size)
{
    return pool_size / 32 + 1;
}

bool vaxdir_strings_check(const vaxdir_strings *strings, unsigned char *starts)
{
    size_t size = strings->size, at = 4;
    if (size < 4 || size % 4 != 0 || read_length(strings->bytes) != 0)
        return false;
    while (at < size) {
        if (size - at < 8)
            return false;
        size_t length = read_length(strings->bytes + at), entry = entry_size(length);
        if (length > size - at || entry > size - at)
            return false;
        const char *text = (const char *)strings->bytes + at + 4;
        for (size_t i = length; i < entry - 4; i++)
            if (text[i] != 0)
                return false;
        if (!vaxdir_text_valid((vaxdir_slice){text, length}))
            return false;
        starts[at / 32] |= (unsigned char)(1u << (at / 4 % 8));
        at += entry;
    }
    return true;
}

bool vaxdir_strings_name_good(const vaxdir_strings *strings, const unsigned char *starts, uint32_t name)
{
    if (name == 0)
        return true;
    size_t at = (size_t)name * 4;
    return at < strings->size && (starts[at / 32] >> (at / 4 % 8) & 1) != 0;
}
