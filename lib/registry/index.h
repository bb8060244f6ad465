/* index.h: the static spatial tree over ECEF positions: built once into bytes that are stored and mapped as they stand.
 * It knows chords (straight lines through the Earth) and rows; geodesics are the search's business.
 *
 * The bytes, little-endian, from a start aligned to 64: a header of 64 (uint32 layout = 2, uint32 count, uint32
 * node_count, uint32 leaf_count, zeros), then the nodes of 192 bytes, then the leaves of 256. Nothing points anywhere:
 * the shape follows from the count alone.
 *
 * A leaf holds 16 positions, the last one perhaps fewer (its other slots are zeros and VAXDIR_INDEX_NO_ROW). A node has
 * up to 8 children: at level 0 leaves, above it nodes of the level below; node i of a level has the children 8i to
 * 8i + 7 of it. All but the last node of a level are full. Levels stand from the top one, a single node, to level 0. A
 * node holds the boxes of its children in float32, rounded outwards from the exact positions; a child that is not there
 * has the box from +infinity to -infinity.
 *
 * A position stands in its leaf as three offsets on the leaf's grid, which follows from the leaf's box: it begins at
 * the lower corner, its step is the least power of two, and no less than 2^-20 m, of which 2^32 exceed the box on each
 * axis. Offset i, stored as i - 2^31, stands for the middle of cell i, so that a position is off by half a step on each
 * axis.
 *
 * Positions are divided on the widest axis of the set at hand, in the order of (coordinate in 1/256 m, row), at a
 * multiple of what a child holds; within a leaf they stand in order of rows. The same positions therefore always give
 * the same bytes. */
#ifndef VAXDIR_REGISTRY_INDEX_H
#define VAXDIR_REGISTRY_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../base/memory.h"
#include "../geo/point.h"

enum { VAXDIR_INDEX_LEAF = 16, VAXDIR_INDEX_FAN = 8, VAXDIR_INDEX_LEVELS = 10 };
#define VAXDIR_INDEX_NO_ROW UINT32_MAX

typedef struct vaxdir_index_node {
    float least[3][VAXDIR_INDEX_FAN];
    float greatest[3][VAXDIR_INDEX_FAN];
} vaxdir_index_node;

typedef struct vaxdir_index_leaf {
    int32_t offsets[3][VAXDIR_INDEX_LEAF];
    uint32_t rows[VAXDIR_INDEX_LEAF];
} vaxdir_index_leaf;

/* A tree, borrowed from its bytes, which are aligned to 64. */
typedef struct vaxdir_index {
    uint32_t count; /* positions in it */
    uint32_t leaf_count;
    uint32_t node_count;
    uint32_t levels;                     /* of nodes; 0 where there is no position */
    uint32_t first[VAXDIR_INDEX_LEVELS]; /* the first node of each level */
    const vaxdir_index_node *nodes;
    const vaxdir_index_leaf *leaves;
    double displacement_m; /* no position is off by more than this */
    bool wide;             /* the processor has AVX2 */
} vaxdir_index;

/* The grid of a leaf: a position is corner + offset * step, as exactly as doubles can say it. */
typedef struct vaxdir_index_grid {
    double corner[3]; /* of the position whose stored offsets are 0 */
    double step;
} vaxdir_index_grid;

/* Appends the bytes of a tree over all rows that have a position (NaN has none). False when memory is out; the buffer
 * is then as it was. */
bool vaxdir_index_build(const vaxdir_memory *memory, uint32_t rows, const double *latitudes, const double *longitudes,
                        vaxdir_buffer *bytes);

/* Reads a tree from bytes that may be hostile: false unless it holds exactly the rows that have a position, each once
 * and where it is, with the boxes that follow. False in *ret_memory_ok when memory is out. */
bool vaxdir_index_open(const unsigned char *bytes, size_t size, uint32_t rows, const double *latitudes,
                       const double *longitudes, const vaxdir_memory *memory, vaxdir_index *index, bool *ret_memory_ok);

/* The tree's shape and its place in bytes whose content is not looked at; gives the size of the bytes, 0 where that
 * does not fit a size_t. */
size_t vaxdir_index_shape(uint32_t count, const unsigned char *bytes, vaxdir_index *index);

/* The step of the grid of a box with this greatest extent: 2^32 steps exceed it. */
static inline double vaxdir_index_step(double extent)
{
    /* The power of two above the extent, by its exponent (IEEE 754), divided by 2^32. */
    uint64_t bits;
    double step;
    memcpy(&bits, &extent, sizeof bits);
    bits = (bits & UINT64_C(0x7FF0000000000000)) + (UINT64_C(1) << 52) - (UINT64_C(32) << 52);
    memcpy(&step, &bits, sizeof step);
    return extent < 4096 ? 1.0 / 1048576 : step;
}

/* The grid of a leaf. */
static inline vaxdir_index_grid vaxdir_index_grid_of(const vaxdir_index *index, uint32_t leaf)
{
    const vaxdir_index_node *parent = &index->nodes[index->first[0] + leaf / VAXDIR_INDEX_FAN];
    uint32_t child = leaf % VAXDIR_INDEX_FAN;
    double x = (double)parent->least[0][child], y = (double)parent->least[1][child],
           z = (double)parent->least[2][child];
    double wide = (double)parent->greatest[0][child] - x, deep = (double)parent->greatest[1][child] - y,
           high = (double)parent->greatest[2][child] - z;
    double extent = wide > deep ? wide : deep;
    vaxdir_index_grid grid;
    grid.step = vaxdir_index_step(extent > high ? extent : high);
    double middle = 2147483648.5 * grid.step; /* the stored offset 0 is the middle of cell 2^31 */
    grid.corner[0] = x + middle;
    grid.corner[1] = y + middle;
    grid.corner[2] = z + middle;
    return grid;
}

/* The boxes as they are stored: float32, rounded outwards. */
float vaxdir_index_round_down(double value);
float vaxdir_index_round_up(double value);

/* The stored offset of a coordinate on a grid that begins at `least`. */
int32_t vaxdir_index_offset(double coordinate, float least, double step);

#endif
