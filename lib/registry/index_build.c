/* index_build.c: builds the spatial tree that index.h describes. Invariant: what is divided where follows from the set
 * of (position, row) alone, never from the order or the method of moving. */
#include <math.h>
#include <string.h>

#include "index_extent.h"

enum { HEADER_SIZE = 64, LAYOUT = 3 };

typedef vaxdir_index_item item;

typedef struct building {
    const vaxdir_ecef *positions; /* by row */
    vaxdir_index shape;
    vaxdir_index_node *nodes;
    vaxdir_index_leaf *leaves;
    vaxdir_index_split *splits;
} building;

static int64_t key(const item *of, int axis)
{
    return (int64_t)of->at[axis] * ((int64_t)1 << 32) + of->row;
}

static void swap(item *a, item *b)
{
    item held = *a;
    *a = *b;
    *b = held;
}

static void sift_down(item *items, size_t root, size_t count, int axis)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && key(&items[child], axis) < key(&items[child + 1], axis))
            child++;
        if (key(&items[root], axis) >= key(&items[child], axis))
            return;
        swap(&items[root], &items[child]);
    }
}

static void heap_sort(item *items, size_t count, int axis)
{
    for (size_t root = count / 2; root-- > 0;)
        sift_down(items, root, count, axis);
    for (size_t end = count; end > 1;) {
        swap(&items[0], &items[--end]);
        sift_down(items, 0, end, axis);
    }
}

/* Moves the items below the pivot to the front and gives their number; without a branch on what is compared, which
 * nobody could foretell (Lomuto's scheme). */
static size_t divide(item *items, size_t count, int64_t pivot, int axis)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        item this = items[i];
        items[i] = items[below];
        items[below] = this;
        below += key(&this, axis) < pivot;
    }
    return below;
}

enum { SAMPLE = 64, SMALL = 24 };

/* Sorts a few keys. */
static void sort_keys(int64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        int64_t this = keys[i];
        size_t j = i;
        for (; j > 0 && keys[j - 1] > this; j--)
            keys[j] = keys[j - 1];
        keys[j] = this;
    }
}

static void sort_items(item *items, size_t count, int axis)
{
    for (size_t i = 1; i < count; i++) {
        item this = items[i];
        size_t j = i;
        for (; j > 0 && key(&items[j - 1], axis) > key(&this, axis); j--)
            items[j] = items[j - 1];
        items[j] = this;
    }
}

/* Puts the `wanted` least items first, in any order. No two keys are equal, so which they are does not depend on the
 * method: division at keys of a sample that lie a little above and a little below the wanted one (after Floyd and
 * Rivest 1975), and a heap sort where that goes badly, so that no input makes it quadratic. */
static void select_least(item *items, size_t count, size_t wanted, int axis)
{
    size_t budget = 8 * count;
    bool upper = true;
    while (wanted > 0 && wanted < count) {
        if (count <= SMALL) {
            sort_items(items, count, axis);
            return;
        }
        if (budget < count) {
            heap_sort(items, count, axis);
            return;
        }
        budget -= count;
        int64_t keys[SAMPLE];
        size_t taken = count < 1024 ? 16 : SAMPLE, margin = count < 1024 ? 2 : 5;
        size_t stride = count / taken;
        for (size_t i = 0; i < taken; i++)
            keys[i] = key(&items[i * stride + stride / 2], axis);
        sort_keys(keys, taken);
        size_t rank = (size_t)((uint64_t)wanted * taken / count);
        size_t choice =
            upper ? (rank + margin < taken ? rank + margin : taken - 1) : (rank > margin ? rank - margin : 0);
        size_t below = divide(items, count, keys[choice], axis);
        if (wanted <= below) {
            count = below;
        } else {
            items += below;
            count -= below;
            wanted -= below;
        }
        upper = !upper;
    }
}

static void set_empty(vaxdir_index_node *node)
{
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
            node->least[axis][i] = INFINITY;
            node->greatest[axis][i] = -INFINITY;
        }
}

/* Writes a leaf, and its box in the parent. */
static void make_leaf(const building *making, const item *items, uint32_t count, uint32_t leaf,
                      vaxdir_index_node *parent, vaxdir_index_extent *ret_extent)
{
    vaxdir_index_leaf *made = &making->leaves[leaf];
    uint32_t child = leaf % VAXDIR_INDEX_FAN;
    double at[3][VAXDIR_INDEX_LEAF], extent = 0;
    memset(made, 0, sizeof *made);
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++)
        made->rows[i] = VAXDIR_INDEX_NO_ROW;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = i;
        for (; j > 0 && made->rows[j - 1] > items[i].row; j--)
            made->rows[j] = made->rows[j - 1];
        made->rows[j] = items[i].row;
    }
    for (uint32_t i = 0; i < count; i++) {
        const vaxdir_ecef *position = &making->positions[made->rows[i]];
        at[0][i] = position->x;
        at[1][i] = position->y;
        at[2][i] = position->z;
    }
    for (int axis = 0; axis < 3; axis++) {
        double least = at[axis][0], greatest = least;
        for (uint32_t i = 1; i < count; i++) {
            least = at[axis][i] < least ? at[axis][i] : least;
            greatest = at[axis][i] > greatest ? at[axis][i] : greatest;
        }
        parent->least[axis][child] = made->corner[axis] = vaxdir_index_round_down(least);
        parent->greatest[axis][child] = vaxdir_index_round_up(greatest);
        double size = (double)parent->greatest[axis][child] - (double)parent->least[axis][child];
        extent = size > extent ? size : extent;
        ret_extent->least[axis] = vaxdir_index_coordinate(least);
        ret_extent->greatest[axis] = vaxdir_index_coordinate(greatest);
    }
    double step = vaxdir_index_step(extent);
    made->step = (float)step;
    for (int axis = 0; axis < 3; axis++)
        for (uint32_t i = 0; i < count; i++) {
            int64_t offset = vaxdir_index_offset(at[axis][i], made->corner[axis], step);
            int64_t below = offset & 255;
            made->offsets[axis][i] = (int32_t)((offset - below) / 256);
            made->fine[axis][i] = (uint8_t)below;
        }
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

static void make_node(const building *making, item *items, size_t count, uint32_t level, uint32_t node,
                      vaxdir_index_extent *ret_extent);

/* The children from `child` on, at most `span` of them, over these items; the depth is 4 a level. */
static void make_children(const building *making, item *items, size_t count, uint32_t level, uint32_t node,
                          uint32_t child, uint32_t span, vaxdir_index_extent *ret_extents)
{
    size_t capacity = (size_t)VAXDIR_INDEX_LEAF << 3 * level, left = span / 2 * capacity;
    if (span > 1) {
        if (count > left) {
            vaxdir_index_extent extent = vaxdir_index_extent_of(items, count, making->shape.wide);
            select_least(items, count, left, vaxdir_index_widest(&extent));
            make_children(making, items + left, count - left, level, node, child + span / 2, span / 2, ret_extents);
            count = left;
        }
        make_children(making, items, count, level, node, child, span / 2, ret_extents);
        return;
    }
    vaxdir_index_node *parent = &making->nodes[making->shape.first[level] + node];
    uint32_t below = node * VAXDIR_INDEX_FAN + child;
    if (level == 0) {
        make_leaf(making, items, (uint32_t)count, below, parent, &ret_extents[child]);
    } else {
        make_node(making, items, count, level - 1, below, &ret_extents[child]);
        cover(&making->nodes[making->shape.first[level - 1] + below], parent, child);
    }
}

static void make_node(const building *making, item *items, size_t count, uint32_t level, uint32_t node,
                      vaxdir_index_extent *ret_extent)
{
    vaxdir_index_extent extents[VAXDIR_INDEX_FAN];
    uint32_t children = vaxdir_index_children(&making->shape, level, node);
    set_empty(&making->nodes[making->shape.first[level] + node]);
    make_children(making, items, count, level, node, 0, VAXDIR_INDEX_FAN, extents);
    vaxdir_index_split_of(extents, children, &making->splits[making->shape.first[level] + node]);
    *ret_extent = extents[0];
    for (uint32_t child = 1; child < children; child++)
        vaxdir_index_widen(ret_extent, &extents[child]);
}

/* The positions by row, and the items of those that have one. */
static void place(uint32_t rows, const double *latitudes, const double *longitudes, bool wide, vaxdir_ecef *positions,
                  item *items)
{
    enum { SOME = 64 };
    double wrapped[SOME];
    size_t next = 0;
    for (uint32_t first = 0; first < rows; first += SOME) {
        uint32_t count = rows - first < SOME ? rows - first : SOME;
        for (uint32_t i = 0; i < count; i++)
            wrapped[i] = vaxdir_longitude_wrap(longitudes[first + i]);
        vaxdir_point_ecefs(latitudes + first, wrapped, wide, count, positions + first);
        for (uint32_t row = first; row < first + count; row++) {
            if (isnan(latitudes[row]) || isnan(longitudes[row]))
                continue;
            items[next++] =
                (item){{vaxdir_index_coordinate(positions[row].x), vaxdir_index_coordinate(positions[row].y),
                        vaxdir_index_coordinate(positions[row].z)},
                       row};
        }
    }
}

/* Puts the parts where they belong. */
static void store(const building *making, unsigned char *start, size_t size)
{
    size_t node_bytes = making->shape.node_count * sizeof *making->nodes;
    size_t leaf_bytes = making->shape.leaf_count * sizeof *making->leaves;
    size_t split_bytes = making->shape.node_count * sizeof *making->splits;
    size_t end = HEADER_SIZE + node_bytes + leaf_bytes + split_bytes;
    memcpy(start + HEADER_SIZE, making->nodes, node_bytes);
    memcpy(start + HEADER_SIZE + node_bytes, making->leaves, leaf_bytes);
    memcpy(start + HEADER_SIZE + node_bytes + leaf_bytes, making->splits, split_bytes);
    memset(start + end, 0, size - end);
}

bool vaxdir_index_build(const vaxdir_memory *memory, uint32_t rows, const double *latitudes, const double *longitudes,
                        vaxdir_buffer *bytes)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < rows; row++)
        count += !isnan(latitudes[row]) && !isnan(longitudes[row]);
    building making;
    size_t size = vaxdir_index_shape(count, NULL, &making.shape);
    if (size == 0 || !vaxdir_buffer_reserve(bytes, size))
        return false;
    item *items = vaxdir_memory_allocate(memory, count, sizeof *items);
    vaxdir_ecef *positions = vaxdir_memory_allocate(memory, rows, sizeof *positions);
    /* Apart, because a buffer's end is not aligned. */
    making.nodes = vaxdir_memory_allocate(memory, making.shape.node_count, sizeof *making.nodes);
    making.leaves = vaxdir_memory_allocate(memory, making.shape.leaf_count, sizeof *making.leaves);
    making.splits = vaxdir_memory_allocate(memory, making.shape.node_count, sizeof *making.splits);
    bool good = count == 0 || (items != NULL && positions != NULL && making.nodes != NULL && making.leaves != NULL &&
                               making.splits != NULL);
    if (good) {
        unsigned char *start = bytes->bytes + bytes->length;
        const uint32_t header[4] = {LAYOUT, count, making.shape.node_count, making.shape.leaf_count};
        memset(start, 0, HEADER_SIZE);
        memcpy(start, header, sizeof header);
        if (count > 0) {
            making.positions = positions;
            place(rows, latitudes, longitudes, making.shape.wide, positions, items);
            vaxdir_index_extent all;
            make_node(&making, items, count, making.shape.levels - 1, 0, &all);
            store(&making, start, size);
        }
        bytes->length += size;
    }
    vaxdir_memory_free(memory, items, count, sizeof *items);
    vaxdir_memory_free(memory, positions, rows, sizeof *positions);
    vaxdir_memory_free(memory, making.nodes, making.shape.node_count, sizeof *making.nodes);
    vaxdir_memory_free(memory, making.leaves, making.shape.leaf_count, sizeof *making.leaves);
    vaxdir_memory_free(memory, making.splits, making.shape.node_count, sizeof *making.splits);
    return good;
}
