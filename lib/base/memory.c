/* memory.c: see memory.h. Invariant: no size is computed without an overflow check. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static void *standard_allocate(size_t size, void *user)
{
    (void)user;
    return malloc(size);
}

static void *standard_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    (void)old_size;
    (void)user;
    return realloc(memory, new_size);
}

static void standard_free(void *memory, size_t size, void *user)
{
    (void)size;
    (void)user;
    free(memory);
}

const vaxdir_memory vaxdir_memory_standard = {standard_allocate, standard_reallocate, standard_free, NULL};

void *vaxdir_memory_allocate(const vaxdir_memory *memory, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    size_t bytes = count * size;
    return memory->allocate(bytes == 0 ? 1 : bytes, memory->user);
}

void *vaxdir_memory_allocate_zeroed(const vaxdir_memory *memory, size_t count, size_t size)
{
    void *pointer = vaxdir_memory_allocate(memory, count, size);
    if (pointer != NULL)
        memset(pointer, 0, count * size);
    return pointer;
}

void vaxdir_memory_free(const vaxdir_memory *memory, void *pointer, size_t count, size_t size)
{
    if (pointer == NULL)
        return;
    size_t bytes = count * size;
    memory->free(pointer, bytes == 0 ? 1 : bytes, memory->user);
}

bool vaxdir_memory_reserve(const vaxdir_memory *memory, void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return true;
    size_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed)
        grown = grown > SIZE_MAX / 2 ? needed : grown * 2;
    if (grown > SIZE_MAX / size)
        return false;
    void *old, *moved;
    memcpy(&old, items, sizeof old);
    if (old == NULL)
        moved = memory->allocate(grown * size, memory->user);
    else
        moved = memory->reallocate(old, *capacity * size, grown * size, memory->user);
    if (moved == NULL)
        return false;
    memcpy(items, &moved, sizeof moved);
    *capacity = grown;
    return true;
}

bool vaxdir_buffer_reserve(vaxdir_buffer *buffer, size_t more)
{
    if (more > SIZE_MAX - buffer->length)
        return false;
    return vaxdir_memory_reserve(buffer->memory, &buffer->bytes, &buffer->capacity, buffer->length + more, 1);
}

bool vaxdir_buffer_append(vaxdir_buffer *buffer, const void *bytes, size_t length)
{
    if (!vaxdir_buffer_reserve(buffer, length))
        return false;
    if (length != 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    return true;
}

bool vaxdir_buffer_append_byte(vaxdir_buffer *buffer, unsigned char byte)
{
    return vaxdir_buffer_append(buffer, &byte, 1);
}

void vaxdir_buffer_free(vaxdir_buffer *buffer)
{
    vaxdir_memory_free(buffer->memory, buffer->bytes, buffer->capacity, 1);
    buffer->bytes = NULL;
    buffer->length = buffer->capacity = 0;
}
