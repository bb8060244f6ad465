/* index_build.c: builds the spatial tree that index.h describes. Invariant: what is divided where follows from the set
 * of (position, row) alone, never from the order or the method of moving.
 *
 * Nothing is allocated but the tree itself, because fresh memory costs more than what is computed in it. The items lie
 * at the end of the place of the leaves, which are made from the first on: leaf i ends 320 (i + 1) bytes from the start
 * of n leaves, and the items of leaf i + 1 begin at 320 n - 256 (n - i - 1) or later, which is not before that. */
#include <math.h>
#include <string.h>

#include "index_select.h"

enum { HEADER_SIZE = 64, LAYOUT = 3 };
_Static_assert(sizeof(vaxdir_index_leaf) >= VAXDIR_INDEX_LEAF * sizeof(vaxdir_index_item), "items lie among leaves");

typedef vaxdir_index_item item;

typedef struct building {
    const double *latitudes, *longitudes; /* by row */
    vaxdir_index shape;
    vaxdir_index_node *nodes;
    vaxdir_index_leaf *leaves;
    vaxdir_index_split *splits;
} building;

static void set_empty(vaxdir_index_node *node)
{
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
            node->least[axis][i] = INFINITY;
            node->greatest[axis][i] = -INFINITY;
        }
}

/* Puts rows in order: each goes where as many as are less than it leave off. */
static void sort_rows(const item *items, uint32_t count, uint32_t rows[VAXDIR_INDEX_LEAF])
{
    int32_t given[VAXDIR_INDEX_LEAF], below[VAXDIR_INDEX_LEAF] = {0}; /* less 2^31: processors compare what is signed */
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        given[i] = (int32_t)((int64_t)(i < count ? items[i].row : VAXDIR_INDEX_NO_ROW) + INT32_MIN);
        rows[i] = VAXDIR_INDEX_NO_ROW;
    }
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++)
        for (uint32_t j = 0; j < VAXDIR_INDEX_LEAF; j++)
            below[j] += given[i] < given[j];
    for (uint32_t i = 0; i < count; i++)
        rows[below[i]] = items[i].row;
}

/* Where rows are; in the slots of those that are not there, where the first is, which does not widen a box. */
static void locate(const building *making, const uint32_t *rows, uint32_t count, double at[3][VAXDIR_INDEX_LEAF])
{
    double latitudes[VAXDIR_INDEX_LEAF], longitudes[VAXDIR_INDEX_LEAF];
    vaxdir_ecef positions[VAXDIR_INDEX_LEAF];
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        uint32_t row = rows[i < count ? i : 0];
        latitudes[i] = making->latitudes[row];
        longitudes[i] = vaxdir_longitude_wrap(making->longitudes[row]);
    }
    vaxdir_point_ecefs(latitudes, longitudes, making->shape.wide, VAXDIR_INDEX_LEAF, positions);
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        at[0][i] = positions[i].x;
        at[1][i] = positions[i].y;
        at[2][i] = positions[i].z;
    }
}

/* Writes a leaf, and its box in the parent. */
static void make_leaf(const building *making, const item *items, uint32_t count, uint32_t leaf,
                      vaxdir_index_node *parent, vaxdir_index_extent *ret_extent)
{
    vaxdir_index_leaf made;
    uint32_t child = leaf % VAXDIR_INDEX_FAN;
    double at[3][VAXDIR_INDEX_LEAF], extent = 0;
    memset(&made, 0, sizeof made);
    sort_rows(items, count, made.rows);
    locate(making, made.rows, count, at);
    for (int axis = 0; axis < 3; axis++) {
        double least = at[axis][0], greatest = least;
        for (uint32_t i = 1; i < VAXDIR_INDEX_LEAF; i++) {
            least = at[axis][i] < least ? at[axis][i] : least;
            greatest = at[axis][i] > greatest ? at[axis][i] : greatest;
        }
        parent->least[axis][child] = made.corner[axis] = vaxdir_index_round_down(least);
        parent->greatest[axis][child] = vaxdir_index_round_up(greatest);
        double size = (double)parent->greatest[axis][child] - (double)parent->least[axis][child];
        extent = size > extent ? size : extent;
        ret_extent->least[axis] = vaxdir_index_coordinate(least);
        ret_extent->greatest[axis] = vaxdir_index_coordinate(greatest);
    }
    double step = vaxdir_index_step(extent), cells = 256 / step;
    made.step = (float)step;
    for (int axis = 0; axis < 3; axis++)
        for (uint32_t i = 0; i < count; i++) {
            int64_t offset = vaxdir_index_offset(at[axis][i], made.corner[axis], cells);
            int64_t below = offset & 255;
            made.offsets[axis][i] = (int32_t)((offset - below) / 256);
            made.fine[axis][i] = (uint8_t)below;
        }
    memcpy(&making->leaves[leaf], &made, sizeof made); /* only now: its items may have lain there */
}

/* The box of a node's children, in its parent. */
static void cover(const vaxdir_index_node *node, vaxdir_index_node *parent, uint32_t child)
{
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
            if (node->least[axis][i] < parent->least[axis][child])
                parent->least[axis][child] = node->least[axis][i];
            if (node->greatest[axis][i] > parent->greatest[axis][child])
                parent->greatest[axis][child] = node->greatest[axis][i];
        }
}

/* The degrees of a leaf's rows, which are anywhere, come while others are divided. */
static void fetch(const building *making, const item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&making->latitudes[items[i].row]);
        __builtin_prefetch(&making->longitudes[items[i].row]);
    }
}

/* Divides items among `span` children that hold `each`, but for the last ones. */
static void divide(const building *making, item *items, size_t count, size_t each, uint32_t span)
{
    if (span == 1) {
        if (each == VAXDIR_INDEX_LEAF)
            fetch(making, items, count);
        return;
    }
    size_t half = span / 2 * each, left = count < half ? count : half;
    if (left < count) {
        vaxdir_index_extent extent = vaxdir_index_extent_of(items, count, making->shape.wide);
        vaxdir_index_select(items, count, left, vaxdir_index_widest(&extent), making->shape.wide);
    }
    divide(making, items, left, each, span / 2);
    if (left < count)
        divide(making, items + left, count - left, each, span / 2);
}

/* A node and what is below it; the depth is that of the tree. */
static void make_node(const building *making, item *items, size_t count, uint32_t level, uint32_t node,
                      vaxdir_index_extent *ret_extent)
{
    vaxdir_index_extent extents[VAXDIR_INDEX_FAN];
    vaxdir_index_node *made = &making->nodes[making->shape.first[level] + node];
    size_t each = (size_t)VAXDIR_INDEX_LEAF << 3 * level;
    uint32_t child = 0;
    set_empty(made);
    divide(making, items, count, each, VAXDIR_INDEX_FAN);
    for (size_t done = 0; done < count; done += each, child++) {
        size_t some = count - done < each ? count - done : each;
        uint32_t below = node * VAXDIR_INDEX_FAN + child;
        if (level == 0) {
            make_leaf(making, items + done, (uint32_t)some, below, made, &extents[child]);
        } else {
            make_node(making, items + done, some, level - 1, below, &extents[child]);
            cover(&making->nodes[making->shape.first[level - 1] + below], made, child);
        }
    }
    vaxdir_index_split_of(extents, child, &making->splits[making->shape.first[level] + node]);
    *ret_extent = extents[0];
    for (uint32_t i = 1; i < child; i++)
        vaxdir_index_widen(ret_extent, &extents[i]);
}

/* The items of the rows that have a position. */
static void place(const building *making, uint32_t rows, item *items)
{
    enum { SOME = 64 };
    double wrapped[SOME];
    vaxdir_ecef positions[SOME];
    for (uint32_t first = 0; first < rows; first += SOME) {
        uint32_t count = rows - first < SOME ? rows - first : SOME;
        for (uint32_t i = 0; i < count; i++)
            wrapped[i] = vaxdir_longitude_wrap(making->longitudes[first + i]);
        vaxdir_point_ecefs(making->latitudes + first, wrapped, making->shape.wide, count, positions);
        for (uint32_t i = 0; i < count; i++) {
            if (isnan(making->latitudes[first + i]) || isnan(making->longitudes[first + i]))
                continue;
            *items++ = (item){{vaxdir_index_coordinate(positions[i].x), vaxdir_index_coordinate(positions[i].y),
                               vaxdir_index_coordinate(positions[i].z)},
                              first + i};
        }
    }
}

bool vaxdir_index_build(uint32_t rows, const double *latitudes, const double *longitudes, bool wide,
                        vaxdir_buffer *bytes)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < rows; row++)
        count += !isnan(latitudes[row]) && !isnan(longitudes[row]);
    building making = {.latitudes = latitudes, .longitudes = longitudes};
    size_t size = vaxdir_index_shape(count, NULL, &making.shape);
    if (size == 0 || !vaxdir_buffer_reserve(bytes, size))
        return false;
    making.shape.wide = wide;
    unsigned char *nodes = bytes->bytes + HEADER_SIZE;
    unsigned char *leaves = nodes + making.shape.node_count * sizeof *making.nodes;
    unsigned char *splits = leaves + making.shape.leaf_count * sizeof *making.leaves;
    unsigned char *end = splits + making.shape.node_count * sizeof *making.splits;
    const uint32_t header[HEADER_SIZE / 4] = {LAYOUT, count, making.shape.node_count, making.shape.leaf_count};
    memcpy(bytes->bytes, header, sizeof header);
    memset(end, 0, (size_t)(bytes->bytes + size - end));
    bytes->length = size;
    if (count == 0)
        return true;
    making.nodes = (vaxdir_index_node *)(void *)nodes;
    making.leaves = (vaxdir_index_leaf *)(void *)leaves;
    making.splits = (vaxdir_index_split *)(void *)splits;
    item *items = (item *)(void *)splits - count;
    place(&making, rows, items);
    vaxdir_index_extent all;
    make_node(&making, items, count, making.shape.levels - 1, 0, &all);
    return true;
}
