/* binding.h: a filter on the rows of one edition, as a bitset; the last ones asked for are kept in the context. */
#ifndef VAXDIR_SEARCH_BINDING_H
#define VAXDIR_SEARCH_BINDING_H

#include "../base/context.h"
#include "../edition/edition.h"
#include "filter.h"
#include "own_tree.h"
#include "subset.h"

/* Known by content, never by address: it holds no reference, and an equal filter on an equal edition is the same. */
typedef struct vaxdir_binding {
    unsigned char filter[16];
    unsigned char edition[16];
    uint64_t *words; /* bit r % 64 of word r / 64 is row r */
    size_t capacity;
    vaxdir_subset subset; /* the same in the order of the tree */
    vaxdir_own_tree tree; /* and the same where few pass */
    uint32_t rows;        /* of the edition, and how many are in its tree: a file may claim another's fingerprint, so */
    uint32_t positions;   /* the sizes are a part of the key */
    uint32_t passing;     /* how many bits are set */
    uint64_t used;        /* when it was last asked for; 0 while it holds nothing */
} vaxdir_binding;

enum { VAXDIR_BINDINGS = 32 };

typedef struct vaxdir_bindings {
    vaxdir_binding slots[VAXDIR_BINDINGS];
    uint64_t clock;
} vaxdir_bindings;

/* The binding of a filter to an edition, from the cache or made now; NULL when memory is out, which loses nothing but
 * cached bindings. Valid until the next call. */
const vaxdir_binding *vaxdir_bindings_get(const vaxdir_memory *memory, vaxdir_bindings *bindings,
                                          const vaxdir_edition *edition, const vaxdir_filter *filter);

void vaxdir_bindings_free(const vaxdir_memory *memory, vaxdir_bindings *bindings);

#endif
