/* memory.h: every allocation of the library. The one fault point: tests make it fail at the Nth call. Sizes are checked
 * for overflow here and nowhere else. Functions answer false or NULL when memory is out; the caller reports it. */
#ifndef VAXDIR_BASE_MEMORY_H
#define VAXDIR_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

/* The allocator that an object came from; each object keeps a copy. */
typedef struct vaxdir_memory {
    vaxdir_allocate_function allocate;
    vaxdir_reallocate_function reallocate;
    vaxdir_free_function free;
    void *user;
} vaxdir_memory;

/* malloc, realloc and free. */
extern const vaxdir_memory vaxdir_memory_standard;

/* count * size bytes, or NULL. Nothing of zero size is asked of the allocator. */
void *vaxdir_memory_allocate(const vaxdir_memory *memory, size_t count, size_t size);
void *vaxdir_memory_allocate_zeroed(const vaxdir_memory *memory, size_t count, size_t size);
/* Frees count * size bytes; NULL is allowed. */
void vaxdir_memory_free(const vaxdir_memory *memory, void *pointer, size_t count, size_t size);

/* Grows *items, an array of `size`-byte items, to hold at least `needed`; capacity at least doubles. */
bool vaxdir_memory_reserve(const vaxdir_memory *memory, void *items, size_t *capacity, size_t needed, size_t size);

/* A growable run of bytes. Zero-initialise it, then set memory. */
typedef struct vaxdir_buffer {
    const vaxdir_memory *memory;
    unsigned char *bytes;
    size_t length;
    size_t capacity;
} vaxdir_buffer;

bool vaxdir_buffer_reserve(vaxdir_buffer *buffer, size_t more);
bool vaxdir_buffer_append(vaxdir_buffer *buffer, const void *bytes, size_t length);
bool vaxdir_buffer_append_byte(vaxdir_buffer *buffer, unsigned char byte);
void vaxdir_buffer_free(vaxdir_buffer *buffer);

#endif
