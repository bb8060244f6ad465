/* strings.h: a pool of texts in one run of bytes that can be stored and mapped as it stands, each text once.
 *
 * An entry is a uint32 length, the bytes, a NUL, and zeros up to a multiple of 4. A text is named by its offset divided
 * by 4, so that 16 GiB can be named in 32 bits; 0 names the absent text. Numbers are little-endian. */
#ifndef VAXDIR_BASE_STRINGS_H
#define VAXDIR_BASE_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"
#include "text.h"

/* A finished pool, borrowed. */
typedef struct vaxdir_strings {
    const unsigned char *bytes;
    size_t size;
} vaxdir_strings;

/* The text of a name that is known to be good: bytes NULL for the absent text; NUL-terminated otherwise. */
vaxdir_slice vaxdir_strings_get(const vaxdir_strings *strings, uint32_t name);

/* A pool being filled. Equal texts get one name. The seed keeps hostile texts from being aimed at one slot; the pool's
 * bytes do not depend on it. */
typedef struct vaxdir_pool {
    vaxdir_buffer bytes;
    uint32_t *slots;
    size_t slot_count;
    size_t used;
    size_t expected; /* texts, 0 where nobody knows; set after initialisation, it spares moving */
    uint64_t seed;
} vaxdir_pool;

bool vaxdir_pool_init(vaxdir_pool *pool, const vaxdir_memory *memory, uint64_t seed);
/* The name of a text: bytes NULL gives 0; false when memory is out or 16 GiB are reached. */
bool vaxdir_pool_add(vaxdir_pool *pool, vaxdir_slice text, uint32_t *ret_name);
void vaxdir_pool_free(vaxdir_pool *pool);

/* Checks a pool from outside: every entry inside, UTF-8, terminated. `starts` gets one bit per possible name, set where
 * a text begins; it has vaxdir_strings_bitmap_size() bytes, zeroed. */
size_t vaxdir_strings_bitmap_size(size_t pool_size);
bool vaxdir_strings_check(const vaxdir_strings *strings, unsigned char *starts);
bool vaxdir_strings_name_good(const vaxdir_strings *strings, const unsigned char *starts, uint32_t name);

#endif
