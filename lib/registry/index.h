/* index.h: the static spatial tree over ECEF positions: built once into bytes that are stored and mapped as they stand.
 * It knows chords (straight lines through the Earth) and rows; geodesics are the search's business.
 *
 * The bytes, little-endian, from a start aligned to 64: a header of 64 (uint32 layout = 1, uint32 count, uint32
 * node_count, zeros), then the boxes, the positions and the rows, each padded with zeros to a multiple of 64.
 *
 * The tree is binary and implicit. Its leaves are runs of 16 positions, the last one perhaps shorter. A node over
 * n > 1 leaves has its first (n + 1) / 2 leaves to the left and the rest to the right; nodes stand in preorder, so that
 * the left child of node i is i + 1 and the right one i + 2 * ((n + 1) / 2): nothing that is stored can lead a walk out
 * of the bytes. A node is split on the widest axis of its box, positions in order of (coordinate, row). Within a leaf
 * they stand in order of rows. The same positions therefore always give the same bytes. */
#ifndef VAXDIR_REGISTRY_INDEX_H
#define VAXDIR_REGISTRY_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"
#include "../geo/point.h"

enum { VAXDIR_INDEX_LEAF = 16 };

/* A tree, borrowed from its bytes, which are aligned to 64. */
typedef struct vaxdir_index {
    uint32_t count; /* positions in it */
    uint32_t node_count;
    const double *boxes;     /* per node: minimum x y z, maximum x y z */
    const double *positions; /* per position, in the order of the leaves: x y z */
    const uint32_t *rows;    /* per position: its row */
} vaxdir_index;

/* Appends the bytes of a tree over all rows that have a position (NaN has none). False when memory is out; the buffer
 * is then as it was. */
bool vaxdir_index_build(const vaxdir_memory *memory, uint32_t rows, const double *latitudes, const double *longitudes,
                        vaxdir_buffer *bytes);

/* Reads a tree from bytes that may be hostile: false unless every row is below `rows`, stands once, and every number is
 * such that no search can leave the bytes or fail to end. False in *ret_memory_ok when memory is out. */
bool vaxdir_index_open(const unsigned char *bytes, size_t size, uint32_t rows, const vaxdir_memory *memory,
                       vaxdir_index *index, bool *ret_memory_ok);

/* Told of a position that is near enough; gives the bound on the squared chord from now on, which must not grow.
 * A negative bound ends the walk. */
typedef double (*vaxdir_index_visit)(void *user, uint32_t row, double squared_chord);

/* Visits every position whose squared chord from `from`, as computed here, is at most `bound`, nearer boxes first.
 * Where `passing` is not NULL, only rows whose bit in it is set. Allocates nothing. */
void vaxdir_index_near(const vaxdir_index *index, vaxdir_ecef from, double bound, const uint64_t *passing,
                       vaxdir_index_visit visit, void *user);

#endif
