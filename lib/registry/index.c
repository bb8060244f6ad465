/* index.c: the shape of the spatial tree and the check of bytes from outside; index.h describes them. Invariant: a tree
 * that opens has every position once, where it is, within the boxes above it. */
#include "index.h"

#include <math.h>
#include <string.h>

#include "index_walk.h"

enum { LAYOUT = 2, HEADER_SIZE = 64, HEADER_NUMBERS = 16 };

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
    uint64_t size = before_leaves + (uint64_t)leaves * sizeof(vaxdir_index_leaf);
    if (size > SIZE_MAX)
        return 0;
    if (bytes != NULL) {
        index->nodes = (const vaxdir_index_node *)(const void *)(bytes + HEADER_SIZE);
        index->leaves = (const vaxdir_index_leaf *)(const void *)(bytes + (size_t)before_leaves);
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

int32_t vaxdir_index_offset(double coordinate, float least, double step)
{
    /* Both the difference, of a double and a float below it, and the quotient may be rounded: by less than 1e-9 m. */
    double cell = floor((coordinate - (double)least) / step);
    return (int32_t)(cell - 2147483648.0);
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

/* Whether the leaf holds rows with a position, in order, where they are, and its box is theirs. */
static bool leaf_good(const check *checking, uint32_t leaf)
{
    const vaxdir_index *index = checking->index;
    const vaxdir_index_leaf *stored = &index->leaves[leaf];
    const vaxdir_index_node *parent = &index->nodes[index->first[0] + leaf / VAXDIR_INDEX_FAN];
    uint32_t child = leaf % VAXDIR_INDEX_FAN, left = index->count - leaf * VAXDIR_INDEX_LEAF;
    uint32_t used = left < VAXDIR_INDEX_LEAF ? left : VAXDIR_INDEX_LEAF;
    double positions[3][VAXDIR_INDEX_LEAF], step = vaxdir_index_grid_of(index, leaf).step;
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++) {
        uint32_t row = stored->rows[i];
        if (i >= used) {
            if (row != VAXDIR_INDEX_NO_ROW || stored->offsets[0][i] != 0 || stored->offsets[1][i] != 0 ||
                stored->offsets[2][i] != 0)
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
    for (int axis = 0; axis < 3; axis++) {
        double least = positions[axis][0], greatest = least;
        for (uint32_t i = 1; i < used; i++) {
            least = fmin(least, positions[axis][i]);
            greatest = fmax(greatest, positions[axis][i]);
        }
        if (parent->least[axis][child] != vaxdir_index_round_down(least) ||
            parent->greatest[axis][child] != vaxdir_index_round_up(greatest))
            return false;
    }
    /* The box is right, so the offsets fit their type. */
    for (int axis = 0; axis < 3; axis++)
        for (uint32_t i = 0; i < used; i++)
            if (stored->offsets[axis][i] != vaxdir_index_offset(positions[axis][i], parent->least[axis][child], step))
                return false;
    return true;
}

/* Whether the box that a node gives a child is the smallest around the boxes in it. */
static bool child_good(const vaxdir_index *index, uint32_t level, uint32_t node, uint32_t child)
{
    const vaxdir_index_node *parent = &index->nodes[index->first[level] + node];
    uint64_t below = (uint64_t)node * VAXDIR_INDEX_FAN + child;
    uint64_t width = level == 0 ? index->leaf_count : index->first[level - 1];
    if (level > 0) /* levels stand from the top, so the one below ends where its lower neighbour begins */
        width = (level == 1 ? index->node_count : index->first[level - 2]) - index->first[level - 1];
    for (int axis = 0; axis < 3; axis++) {
        float least = INFINITY, greatest = -INFINITY;
        if (below < width && level == 0)
            continue; /* leaf_good() */
        if (below < width) {
            const vaxdir_index_node *lower = &index->nodes[index->first[level - 1] + (uint32_t)below];
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

static bool nodes_good(const vaxdir_index *index)
{
    uint32_t end = index->node_count;
    for (uint32_t level = 0; level < index->levels; level++) {
        for (uint32_t node = 0; node < end - index->first[level]; node++)
            for (uint32_t child = 0; child < VAXDIR_INDEX_FAN; child++)
                if (!child_good(index, level, node, child))
                    return false;
        end = index->first[level];
    }
    return true;
}

static bool content_good(const check *checking)
{
    uint32_t with_position = 0;
    for (uint32_t row = 0; row < checking->rows; row++)
        with_position += !isnan(checking->latitudes[row]) && !isnan(checking->longitudes[row]);
    if (with_position != checking->index->count)
        return false;
    for (uint32_t leaf = 0; leaf < checking->index->leaf_count; leaf++)
        if (!leaf_good(checking, leaf))
            return false;
    return nodes_good(checking->index);
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
        header[2] != opened.node_count || header[3] != opened.leaf_count)
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
    double step = 0;
    for (uint32_t leaf = 0; leaf < opened.leaf_count; leaf++)
        step = fmax(step, vaxdir_index_grid_of(&opened, leaf).step);
    opened.displacement_m = 0.8661 * step + 2e-9; /* half the diagonal of a cell, and the rounding of the offset */
    *index = opened;
    return true;
}
