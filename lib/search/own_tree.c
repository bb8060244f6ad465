/* own_tree.c: see own_tree.h. Invariant: it holds each row that passes and has a position once, at that position, and
 * rows stand in it in the order they have in the registry's. */
#include "own_tree.h"

#include <math.h>
#include <string.h>

/* It is made with the binding, which looks at every row: of so many rows one or fewer, so that it adds little to that.
 * docs/search.md, "filters". */
enum { ONE_OF = 64, ALIGNMENT = 64 };

typedef struct passing_rows {
    uint32_t count;
    uint32_t *rows;
    double *latitudes, *longitudes;
} passing_rows;

static void take_rows(const vaxdir_registry *registry, const uint64_t *words, passing_rows *taken)
{
    const double *latitudes = registry->numbers[VAXDIR_FIELD_LATITUDE];
    const double *longitudes = registry->numbers[VAXDIR_FIELD_LONGITUDE];
    for (uint32_t first = 0; first < registry->count; first += 64)
        for (uint64_t left = words[first / 64]; left != 0; left &= left - 1) {
            uint32_t row = first + (uint32_t)__builtin_ctzll(left);
            if (isnan(latitudes[row]) || isnan(longitudes[row]))
                continue;
            taken->rows[taken->count] = row;
            taken->latitudes[taken->count] = latitudes[row];
            taken->longitudes[taken->count++] = longitudes[row];
        }
}

/* The tree over the rows taken, aligned in its buffer, with their numbers instead of the registry's. */
static bool build(const vaxdir_memory *memory, const vaxdir_registry *registry, const passing_rows *taken,
                  vaxdir_own_tree *tree)
{
    vaxdir_buffer *bytes = &tree->bytes;
    bytes->memory = memory;
    bytes->length = 0;
    size_t size = vaxdir_index_shape(taken->count, NULL, &tree->index);
    tree->index.count = 0;
    if (size == 0 || !vaxdir_buffer_reserve(bytes, size + ALIGNMENT))
        return false;
    if (!vaxdir_index_build(taken->count, taken->latitudes, taken->longitudes, registry->index.wide, bytes))
        return false;
    size_t start = ALIGNMENT - (uintptr_t)bytes->bytes % ALIGNMENT;
    memmove(bytes->bytes + start, bytes->bytes, size);
    vaxdir_index_shape(taken->count, bytes->bytes + start, &tree->index);
    vaxdir_index_measure(&tree->index);
    size_t before = (size_t)((const unsigned char *)tree->index.leaves - bytes->bytes);
    vaxdir_index_leaf *leaves = (vaxdir_index_leaf *)(void *)(bytes->bytes + before);
    for (uint32_t leaf = 0; leaf < tree->index.leaf_count; leaf++)
        for (uint32_t slot = 0; slot < VAXDIR_INDEX_LEAF; slot++)
            if (leaves[leaf].rows[slot] != VAXDIR_INDEX_NO_ROW)
                leaves[leaf].rows[slot] = taken->rows[leaves[leaf].rows[slot]];
    return true;
}

bool vaxdir_own_tree_make(const vaxdir_memory *memory, const vaxdir_registry *registry, const uint64_t *words,
                          uint32_t passing, vaxdir_own_tree *tree)
{
    tree->index.count = 0;
    if (passing == 0 || passing > registry->count / ONE_OF) {
        vaxdir_own_tree_free(tree);
        return true;
    }
    passing_rows taken = {
        .rows = vaxdir_memory_allocate(memory, passing, sizeof *taken.rows),
        .latitudes = vaxdir_memory_allocate(memory, passing, sizeof *taken.latitudes),
        .longitudes = vaxdir_memory_allocate(memory, passing, sizeof *taken.longitudes),
    };
    bool good = taken.rows != NULL && taken.latitudes != NULL && taken.longitudes != NULL;
    if (good) {
        take_rows(registry, words, &taken);
        good = taken.count == 0 || build(memory, registry, &taken, tree);
    }
    vaxdir_memory_free(memory, taken.rows, passing, sizeof *taken.rows);
    vaxdir_memory_free(memory, taken.latitudes, passing, sizeof *taken.latitudes);
    vaxdir_memory_free(memory, taken.longitudes, passing, sizeof *taken.longitudes);
    return good;
}

void vaxdir_own_tree_free(vaxdir_own_tree *tree)
{
    if (tree->bytes.memory != NULL)
        vaxdir_buffer_free(&tree->bytes);
    *tree = (vaxdir_own_tree){.bytes = {.memory = NULL}};
}
