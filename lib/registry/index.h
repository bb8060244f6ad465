/* index.h: the static spatial tree over ECEF positions: built once into bytes that are stored and mapped as they stand.
 * It knows chords (straight lines through the Earth) and rows; geodesics are the search's business.
 *
 * The bytes, little-endian, from a start aligned to 64: a header of 64 (uint32 layout = 3, uint32 count, uint32
 * node_count, uint32 leaf_count, zeros), then the nodes of 192 bytes, then the leaves of 320, then the splits of 32,
 * then zeros up to a multiple of 64. Nothing points anywhere: the shape follows from the count alone.
 *
 * A leaf holds 16 positions, the last one perhaps fewer (its other slots are zeros and VAXDIR_INDEX_NO_ROW). A node has
 * up to 8 children: at level 0 leaves, above it nodes of the level below; node i of a level has the children 8i to
 * 8i + 7 of it. All but the last node of a level are full. Levels stand from the top one, a single node, to level 0. A
 * node holds the boxes of its children in float32, rounded outwards from the exact positions; a child that is not there
 * has the box from +infinity to -infinity.
 *
 * A position stands in its leaf as three offsets of 40 bits on the leaf's grid: it begins at the lower corner of the
 * leaf's box, its step is the least power of two, and no less than 2^-20 m, of which 2^32 exceed the box on each axis.
 * The upper 32 bits, stored less 2^31, number the step; the lower 8 divide it. An offset stands for the middle of its
 * cell: with 32 bits a position is off by half a step on each axis, with 40 by half a step / 256.
 *
 * Positions are divided in two, three times in a node, on the widest axis of the set at hand, in the order of
 * (coordinate in 1/256 m, row), as one divides 8 into 4 and 4: full children stand left of a partial one. Within a leaf
 * they stand in order of rows. A node's split holds the seven divisions, in the order of breadth: division 0 between
 * the children 0-3 and 4-7, 1 between 0-1 and 2-3, 2 between 4-5 and 6-7, 3 to 6 between two children. Its plane, in
 * 1/256 m, is midway (rounded down) between the greatest coordinate on its left and the least on its right; its axis is
 * in the three bits 3i of `axes`. Where nothing is on the right, the plane is INT32_MAX and the axis 0. The same
 * positions therefore always give the same bytes. */
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
    int32_t offsets[3][VAXDIR_INDEX_LEAF]; /* upper 32 bits, less 2^31 */
    float corner[3];
    float step;
    uint8_t fine[3][VAXDIR_INDEX_LEAF]; /* lower 8 bits */
    uint32_t rows[VAXDIR_INDEX_LEAF];
} vaxdir_index_leaf;

/* How a node is divided. */
enum { VAXDIR_INDEX_SPLITS = VAXDIR_INDEX_FAN - 1 };
typedef struct vaxdir_index_split {
    int32_t planes[VAXDIR_INDEX_SPLITS];
    uint32_t axes;
} vaxdir_index_split;

/* A tree, borrowed from its bytes, which are aligned to 64. */
typedef struct vaxdir_index {
    uint32_t count; /* positions in it */
    uint32_t leaf_count;
    uint32_t node_count;
    uint32_t levels;                     /* of nodes; 0 where there is no position */
    uint32_t first[VAXDIR_INDEX_LEVELS]; /* the first node of each level */
    const vaxdir_index_node *nodes;
    const vaxdir_index_leaf *leaves;
    const vaxdir_index_split *splits; /* by node */
    double displacement_m;            /* no position is off by more than this, by its upper 32 bits */
    bool wide;                        /* the processor has AVX2 */
} vaxdir_index;

/* The grid of a leaf: a position is corner + offset * step by the upper 32 bits. */
typedef struct vaxdir_index_grid {
    double corner[3]; /* of the position whose stored offsets are 0 */
    double step;
} vaxdir_index_grid;

/* Puts the bytes of a tree over all rows that have a position (NaN has none) into an empty buffer. `wide` says that the
 * processor has AVX2; the bytes are the same. False when memory is out; the buffer is then as it was. */
bool vaxdir_index_build(uint32_t rows, const double *latitudes, const double *longitudes, bool wide,
                        vaxdir_buffer *bytes);

/* Reads a tree from bytes that may be hostile: false unless it holds exactly the rows that have a position, each once
 * and where it is, with the boxes that follow. False in *ret_memory_ok when memory is out. */
bool vaxdir_index_open(const unsigned char *bytes, size_t size, uint32_t rows, const double *latitudes,
                       const double *longitudes, const vaxdir_memory *memory, vaxdir_index *index, bool *ret_memory_ok);

/* The tree's shape and its place in bytes whose content is not looked at; gives the size of the bytes, 0 where that
 * does not fit a size_t. */
size_t vaxdir_index_shape(uint32_t count, const unsigned char *bytes, vaxdir_index *index);

/* Sets displacement_m by the steps of the leaves. */
void vaxdir_index_measure(vaxdir_index *index);

/* How many children the nodes of a level have together. */
static inline uint32_t vaxdir_index_width(const vaxdir_index *index, uint32_t level)
{
    if (level == 0)
        return index->leaf_count;
    /* Levels stand from the top one, so the one below ends where its lower neighbour begins. */
    return (level == 1 ? index->node_count : index->first[level - 2]) - index->first[level - 1];
}

/* How many children a node has. */
static inline uint32_t vaxdir_index_children(const vaxdir_index *index, uint32_t level, uint32_t node)
{
    uint32_t left = vaxdir_index_width(index, level) - node * VAXDIR_INDEX_FAN;
    return left < VAXDIR_INDEX_FAN ? left : (uint32_t)VAXDIR_INDEX_FAN;
}

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

/* The middle of cell 2^31, whose stored offset is 0; and of cell 2^39 of the finer ones. */
#define VAXDIR_INDEX_MIDDLE 2147483648.5
#define VAXDIR_INDEX_FINE_MIDDLE 549755813888.5

static inline vaxdir_index_grid vaxdir_index_grid_of(const vaxdir_index *index, uint32_t leaf)
{
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    vaxdir_index_grid grid;
    grid.step = (double)stored->step;
    for (int axis = 0; axis < 3; axis++)
        grid.corner[axis] = (double)stored->corner[axis] + VAXDIR_INDEX_MIDDLE * grid.step;
    return grid;
}

/* Where a slot's position is, by all 40 bits: off by 0.0133 mm in a leaf as wide as the Earth, and by less than 4 nm in
 * one of 4 km. */
static inline vaxdir_ecef vaxdir_index_slot_position(const vaxdir_index_leaf *leaf, uint32_t slot)
{
    double step = (double)leaf->step * (1.0 / 256), middle = VAXDIR_INDEX_FINE_MIDDLE * step, at[3];
    for (int axis = 0; axis < 3; axis++) {
        double offset = (double)leaf->offsets[axis][slot] * 256 + (double)leaf->fine[axis][slot];
        at[axis] = ((double)leaf->corner[axis] + middle) + offset * step;
    }
    vaxdir_ecef position = {at[0], at[1], at[2]};
    return position;
}

/* The boxes as they are stored: float32, rounded outwards. */
float vaxdir_index_round_down(double value);
float vaxdir_index_round_up(double value);

/* The offset of a coordinate on the grid of a leaf, upper and lower bits together, less 2^39; of so many cells a metre,
 * a power of two. Both the difference, of a double and a float below it, and the product may be rounded: by less than
 * 1e-9 m. */
static inline int64_t vaxdir_index_offset(double coordinate, float corner, double cells)
{
    return (int64_t)((coordinate - (double)corner) * cells) - INT64_C(549755813888);
}

/* A coordinate in 1/256 m, rounded towards 0: what positions are divided by. */
static inline int32_t vaxdir_index_coordinate(double metres)
{
    return (int32_t)(metres * 256);
}

/* The plane midway between two coordinates, rounded down. */
static inline int32_t vaxdir_index_plane(int32_t left, int32_t right)
{
    int64_t sum = (int64_t)left + right;
    return (int32_t)((sum - (sum & 1)) / 2);
}

/* The box of some positions in 1/256 m. */
typedef struct vaxdir_index_extent {
    int32_t least[3], greatest[3];
} vaxdir_index_extent;

/* The split of a node of so many children, from theirs; false where a division's left exceeds its right. */
bool vaxdir_index_split_of(const vaxdir_index_extent *children, uint32_t count, vaxdir_index_split *ret_split);

/* Makes the first extent hold the second. */
static inline void vaxdir_index_widen(vaxdir_index_extent *extent, const vaxdir_index_extent *by)
{
    for (int axis = 0; axis < 3; axis++) {
        extent->least[axis] = by->least[axis] < extent->least[axis] ? by->least[axis] : extent->least[axis];
        extent->greatest[axis] =
            by->greatest[axis] > extent->greatest[axis] ? by->greatest[axis] : extent->greatest[axis];
    }
}

/* The axis on which coordinates extend most, the first of equals. */
static inline int vaxdir_index_widest(const vaxdir_index_extent *of)
{
    int widest = 0;
    for (int axis = 1; axis < 3; axis++)
        if ((int64_t)of->greatest[axis] - of->least[axis] > (int64_t)of->greatest[widest] - of->least[widest])
            widest = axis;
    return widest;
}

#endif
