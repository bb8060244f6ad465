/* index.c: the shape of the spatial tree and the check of bytes from outside; index.h describes them. Invariant: a tree
 * that opens has every position once, where it is, within the boxes above it. */
#include "index.h"

#include <math.h>
#include <string.h>

#include "index_walk.h"

enum { LAYOUT = 3, HEADER_SIZE = 64, HEADER_NUMBERS = 16 };

size_t vaxdir_index_shape(uint32_t count, const unsigned char *bytes, vaxdir_index *index)
{
    uint32_t leaves = count / VAXDIR_INDEX_LEAF + (count % VAXDIR_INDEX_LEAF != 0);
    uint32_t widths[VAXDIR_INDEX_LEVELS], levels = 0, nodes = 0;
    for (uint32_t width = leaves; width > 0 && (width > 1 || levels == 0);) {
        width = width / VAXDIR_INDEX_FAN + (width % VAXDIR_INDEX_FAN != 0);
        widths[levels++] = width;
    }
    *index = (vaxdir_index){.count = count, .leaf_count = leaves, .levels = levels};
    for (uint32_t level = levels; level-- > 0;) {
        index->first[level] = nodes;
        nodes += widths[level];
    }
    index->node_count = nodes;
    uint64_t before_leaves = HEADER_SIZE + (uint64_t)nodes * sizeof(vaxdir_index_node);
    uint64_t before_splits = before_leaves + (uint64_t)leaves * sizeof(vaxdir_index_leaf);
    uint64_t end = before_splits + (uint64_t)nodes * sizeof(vaxdir_index_split);
    uint64_t size = (end + HEADER_SIZE - 1) / HEADER_SIZE * HEADER_SIZE;
    if (size > SIZE_MAX)
        return 0;
    if (bytes != NULL) {
        index->nodes = (const vaxdir_index_node *)(const void *)(bytes + HEADER_SIZE);
        index->leaves = (const vaxdir_index_leaf *)(const void *)(bytes + (size_t)before_leaves);
        index->splits = (const vaxdir_index_split *)(const void *)(bytes + (size_t)before_splits);
    }
    index->wide = vaxdir_index_wide();
    return (size_t)size;
}

float vaxdir_index_round_down(double value)
{
    float rounded = (float)value;
    return (double)rounded > value ? nextafterf(rounded, -INFINITY) : rounded;
}

float vaxdir_index_round_up(double value)
{
    float rounded = (float)value;
    return (double)rounded < value ? nextafterf(rounded, INFINITY) : rounded;
}

bool vaxdir_index_split_of(const vaxdir_index_extent *children, uint32_t count, vaxdir_index_split *ret_split)
{
    /* Each division by its first child, its first child on the right, and the child after its last. */
    static const uint8_t divisions[VAXDIR_INDEX_SPLITS][3] = {{0, 4, 8}, {0, 2, 4}, {4, 6, 8}, {0, 1, 2},
                                                              {2, 3, 4}, {4, 5, 6}, {6, 7, 8}};
    bool good = true;
    ret_split->axes = 0;
    for (int i = 0; i < VAXDIR_INDEX_SPLITS; i++) {
        uint32_t middle = divisions[i][1], end = divisions[i][2] < count ? divisions[i][2] : count;
        ret_split->planes[i] = INT32_MAX;
        if (middle >= count)
            continue;
        vaxdir_index_extent left = children[divisions[i][0]], right = children[middle], both;
        for (uint32_t child = divisions[i][0] + 1u; child < middle; child++)
            vaxdir_index_widen(&left, &children[child]);
        for (uint32_t child = middle + 1; child < end; child++)
            vaxdir_index_widen(&right, &children[child]);
        both = left;
        vaxdir_index_widen(&both, &right);
        int axis = vaxdir_index_widest(&both);
        good = good && left.greatest[axis] <= right.least[axis];
        ret_split->planes[i] = vaxdir_index_plane(left.greatest[axis], right.least[axis]);
        ret_split->axes |= (uint32_t)axis << 3 * i;
    }
    return good;
}

/* Checking. */

typedef struct check {
    const vaxdir_index *index;
    const double *latitudes, *longitudes;
    uint32_t rows;
    uint64_t *seen;
} check;

static bool row_good(const check *checking, uint32_t row)
{
    if (row >= checking->rows || (checking->seen[row / 64] >> (row % 64) & 1) != 0)
        return false;
    checking->seen[row / 64] |= UINT64_C(1) << (row % 64);
    return !isnan(checking->latitudes[row]) && !isnan(checking->longitudes[row]);
}

/* Where the positions of a leaf are; false where a row is not one with a position, or unused slots are not empty. */
static bool read_leaf(const check *checking, const vaxdir_index_leaf *stored, uint32_t used,
                      double positions[3][VAXDIR_INDEX_LEAF])
{
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        uint32_t row = stored->rows[i];
        if (i >= used) {
            if (row != VAXDIR_INDEX_NO_ROW)
                return false;
            for (int axis = 0; axis < 3; axis++)
                if (stored->offsets[axis][i] != 0 || stored->fine[axis][i] != 0)
                    return false;
            continue;
        }
        if (!row_good(checking, row))
            return false;
        vaxdir_ecef position = vaxdir_point_ecef(checking->latitudes[row], checking->longitudes[row]);
        positions[0][i] = position.x;
        positions[1][i] = position.y;
        positions[2][i] = position.z;
    }
    return true;
}

/* Whether the leaf holds rows with a position, where they are, and its box and its grid are theirs. */
static bool leaf_good(const check *checking, uint32_t leaf, vaxdir_index_extent *ret_extent)
{
    const vaxdir_index *index = checking->index;
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    const vaxdir_index_node *parent = &index->nodes[index->first[0] + leaf / VAXDIR_INDEX_FAN];
    uint32_t child = leaf % VAXDIR_INDEX_FAN, left = index->count - leaf * VAXDIR_INDEX_LEAF;
    uint32_t used = left < VAXDIR_INDEX_LEAF ? left : VAXDIR_INDEX_LEAF;
    double positions[3][VAXDIR_INDEX_LEAF], extent = 0;
    if (!read_leaf(checking, stored, used, positions))
        return false;
    for (int axis = 0; axis < 3; axis++) {
        double least = positions[axis][0], greatest = least;
        for (uint32_t i = 1; i < used; i++) {
            least = fmin(least, positions[axis][i]);
            greatest = fmax(greatest, positions[axis][i]);
        }
        float from = vaxdir_index_round_down(least), to = vaxdir_index_round_up(greatest);
        if (parent->least[axis][child] != from || parent->greatest[axis][child] != to ||
            memcmp(&stored->corner[axis], &from, sizeof from) != 0)
            return false;
        extent = fmax(extent, (double)to - (double)from);
        ret_extent->least[axis] = vaxdir_index_coordinate(least);
        ret_extent->greatest[axis] = vaxdir_index_coordinate(greatest);
    }
    double step = vaxdir_index_step(extent);
    if ((double)stored->step != step)
        return false;
    for (int axis = 0; axis < 3; axis++)
        for (uint32_t i = 0; i < used; i++)
            if (stored->offsets[axis][i] * (int64_t)256 + stored->fine[axis][i] !=
                vaxdir_index_offset(positions[axis][i], stored->corner[axis], 256 / step))
                return false;
    return true;
}

static bool node_good(const check *checking, uint32_t level, uint32_t node, vaxdir_index_extent *ret_extent);

/* Whether a child is good; one that is not there has an empty box. */
static bool child_good(const check *checking, uint32_t level, uint32_t node, uint32_t child,
                       vaxdir_index_extent *ret_extent)
{
    const vaxdir_index *index = checking->index;
    const vaxdir_index_node *parent = &index->nodes[index->first[level] + node];
    uint32_t below = node * VAXDIR_INDEX_FAN + child, width = vaxdir_index_width(index, level);
    if (below < width && level == 0)
        return leaf_good(checking, below, ret_extent);
    if (below < width && !node_good(checking, level - 1, below, ret_extent))
        return false;
    for (int axis = 0; axis < 3; axis++) {
        float least = INFINITY, greatest = -INFINITY;
        if (below < width) {
            const vaxdir_index_node *lower = &index->nodes[index->first[level - 1] + below];
            for (int i = 0; i < VAXDIR_INDEX_FAN; i++) {
                least = lower->least[axis][i] < least ? lower->least[axis][i] : least;
                greatest = lower->greatest[axis][i] > greatest ? lower->greatest[axis][i] : greatest;
            }
        }
        if (parent->least[axis][child] != least || parent->greatest[axis][child] != greatest)
            return false;
    }
    return true;
}

/* As deep as the tree has levels, which are no more than VAXDIR_INDEX_LEVELS. */
static bool node_good(const check *checking, uint32_t level, uint32_t node, vaxdir_index_extent *ret_extent)
{
    const vaxdir_index *index = checking->index;
    vaxdir_index_extent extents[VAXDIR_INDEX_FAN];
    uint32_t children = vaxdir_index_children(index, level, node);
    for (uint32_t child = 0; child < VAXDIR_INDEX_FAN; child++)
        if (!child_good(checking, level, node, child, &extents[child]))
            return false;
    vaxdir_index_split split;
    if (!vaxdir_index_split_of(extents, children, &split) ||
        memcmp(&split, &index->splits[index->first[level] + node], sizeof split) != 0)
        return false;
    *ret_extent = extents[0];
    for (uint32_t child = 1; child < children; child++)
        vaxdir_index_widen(ret_extent, &extents[child]);
    return true;
}

static bool content_good(const check *checking)
{
    const vaxdir_index *index = checking->index;
    uint32_t with_position = 0;
    for (uint32_t row = 0; row < checking->rows; row++)
        with_position += !isnan(checking->latitudes[row]) && !isnan(checking->longitudes[row]);
    vaxdir_index_extent all;
    return with_position == index->count && (index->count == 0 || node_good(checking, index->levels - 1, 0, &all));
}

/* What follows the splits. */
static bool zeros_at_end(const vaxdir_index *index, const unsigned char *bytes, size_t size)
{
    size_t end = index->node_count == 0 ? HEADER_SIZE
                                        : (size_t)((const unsigned char *)(index->splits + index->node_count) - bytes);
    for (; end < size; end++)
        if (bytes[end] != 0)
            return false;
    return true;
}

void vaxdir_index_measure(vaxdir_index *index)
{
    double step = 0;
    for (uint32_t leaf = 0; leaf < index->leaf_count; leaf++)
        step = fmax(step, (double)index->leaves[leaf].step);
    index->displacement_m = 0.8661 * step + 2e-9; /* half the diagonal of a cell, and the rounding of the offset */
}

bool vaxdir_index_open(const unsigned char *bytes, size_t size, uint32_t rows, const double *latitudes,
                       const double *longitudes, const vaxdir_memory *memory, vaxdir_index *index, bool *ret_memory_ok)
{
    *ret_memory_ok = true;
    uint32_t header[HEADER_NUMBERS];
    if (size < HEADER_SIZE || (uintptr_t)bytes % HEADER_SIZE != 0)
        return false;
    memcpy(header, bytes, sizeof header);
    for (size_t i = 4; i < HEADER_NUMBERS; i++)
        if (header[i] != 0)
            return false;
    vaxdir_index opened;
    if (header[0] != LAYOUT || header[1] > rows || size != vaxdir_index_shape(header[1], bytes, &opened) ||
        header[2] != opened.node_count || header[3] != opened.leaf_count || !zeros_at_end(&opened, bytes, size))
        return false;
    size_t words = (size_t)rows / 64 + 1;
    check checking = {&opened, latitudes, longitudes, rows,
                      vaxdir_memory_allocate_zeroed(memory, words, sizeof(uint64_t))};
    *ret_memory_ok = checking.seen != NULL;
    if (checking.seen == NULL)
        return false;
    bool good = content_good(&checking);
    vaxdir_memory_free(memory, checking.seen, words, sizeof *checking.seen);
    if (!good)
        return false;
    vaxdir_index_measure(&opened);
    *index = opened;
    return true;
}
