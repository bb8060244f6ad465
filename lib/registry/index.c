/* index.c: builds, checks and walks the spatial tree; index.h describes its bytes. Invariant: the shape of the tree
 * follows from the number of positions alone, and a node's box is exactly the smallest one around its positions. */
#include "index.h"

#include <math.h>
#include <string.h>

enum { LAYOUT = 1, HEADER_SIZE = 64, ALIGNMENT = 64, BOX_NUMBERS = 6 };

/* No position on the ellipsoid has a greater coordinate; keeps squared chords of hostile bytes finite. */
#define COORDINATE_MAX 6.4e6

/* Where the sections begin, from the start of the header. */
typedef struct layout {
    uint32_t leaf_count;
    uint32_t node_count;
    size_t positions;
    size_t rows;
    size_t size;
} layout;

static size_t align(size_t size)
{
    return (size + (ALIGNMENT - 1)) / ALIGNMENT * ALIGNMENT;
}

/* False where the sizes do not fit a size_t. */
static bool layout_of(uint32_t count, layout *ret_layout)
{
    uint32_t leaves = count / VAXDIR_INDEX_LEAF + (count % VAXDIR_INDEX_LEAF != 0);
    uint32_t nodes = leaves == 0 ? 0 : 2 * leaves - 1;
    uint64_t total = (uint64_t)nodes * BOX_NUMBERS * sizeof(double) + (uint64_t)count * (3 * sizeof(double)) +
                     (uint64_t)count * sizeof(uint32_t) + HEADER_SIZE + 3 * ALIGNMENT;
    if (total > SIZE_MAX)
        return false;
    ret_layout->leaf_count = leaves;
    ret_layout->node_count = nodes;
    ret_layout->positions = HEADER_SIZE + align(nodes * (BOX_NUMBERS * sizeof(double)));
    ret_layout->rows = ret_layout->positions + align(count * (3 * sizeof(double)));
    ret_layout->size = ret_layout->rows + align(count * sizeof(uint32_t));
    return true;
}

static uint32_t left_leaves(uint32_t leaves)
{
    return leaves - leaves / 2;
}

/* Building. */

typedef struct item {
    double position[3];
    uint32_t row;
} item;

static bool before(const item *a, const item *b, int axis)
{
    if (a->position[axis] != b->position[axis])
        return a->position[axis] < b->position[axis];
    return a->row < b->row;
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
        if (child + 1 < count && before(&items[child], &items[child + 1], axis))
            child++;
        if (!before(&items[root], &items[child], axis))
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

/* Moves the median of the first, middle and last item to the front, as the pivot. */
static void choose_pivot(item *items, size_t count, int axis)
{
    item *first = &items[0], *middle = &items[count / 2], *last = &items[count - 1];
    if (before(middle, last, axis) ? before(last, first, axis) : before(first, last, axis))
        swap(first, last);
    else if (before(middle, last, axis) ? before(first, middle, axis) : before(middle, first, axis))
        swap(first, middle);
}

/* Puts the `wanted` least items first, in any order. No two items are equal, so which they are does not depend on the
 * method: quickselect (Hoare), and a heap sort where its pivots are bad, so that no input makes it quadratic. */
static void select_least(item *items, size_t count, size_t wanted, int axis)
{
    size_t budget = 4 * count;
    while (count > 1 && wanted > 0 && wanted < count) {
        if (budget < count) {
            heap_sort(items, count, axis);
            return;
        }
        budget -= count;
        choose_pivot(items, count, axis);
        size_t i = 0, j = count;
        for (;;) {
            while (++i < count && before(&items[i], &items[0], axis))
                ;
            while (before(&items[0], &items[--j], axis))
                ;
            if (i >= j)
                break;
            swap(&items[i], &items[j]);
        }
        swap(&items[0], &items[j]);
        if (wanted <= j) {
            count = j;
        } else {
            items += j + 1;
            count -= j + 1;
            wanted -= j + 1;
        }
    }
}

static void sort_by_row(item *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && items[j].row < items[j - 1].row; j--)
            swap(&items[j], &items[j - 1]);
}

static void box_of(const item *items, size_t count, double *box)
{
    for (int axis = 0; axis < 3; axis++)
        box[axis] = box[axis + 3] = items[0].position[axis];
    for (size_t i = 1; i < count; i++)
        for (int axis = 0; axis < 3; axis++) {
            box[axis] = items[i].position[axis] < box[axis] ? items[i].position[axis] : box[axis];
            box[axis + 3] = items[i].position[axis] > box[axis + 3] ? items[i].position[axis] : box[axis + 3];
        }
}

/* The depth is the logarithm of the number of leaves: 28 at most. */
static void split(item *items, size_t count, uint32_t leaves, double *boxes)
{
    box_of(items, count, boxes);
    if (leaves == 1) {
        sort_by_row(items, count);
        return;
    }
    int axis = 0;
    for (int other = 1; other < 3; other++)
        if (boxes[other + 3] - boxes[other] > boxes[axis + 3] - boxes[axis])
            axis = other;
    uint32_t left = left_leaves(leaves);
    size_t first = (size_t)left * VAXDIR_INDEX_LEAF;
    select_least(items, count, first, axis);
    split(items, first, left, boxes + BOX_NUMBERS);
    split(items + first, count - first, leaves - left, boxes + (size_t)2 * left * BOX_NUMBERS);
}

static void write_tree(unsigned char *bytes, const layout *shape, uint32_t count, const item *items,
                       const double *boxes)
{
    const uint32_t header[3] = {LAYOUT, count, shape->node_count};
    memset(bytes, 0, shape->size);
    memcpy(bytes, header, sizeof header);
    if (count == 0)
        return;
    memcpy(bytes + HEADER_SIZE, boxes, (size_t)shape->node_count * (BOX_NUMBERS * sizeof(double)));
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + shape->positions + i * sizeof items[i].position, items[i].position, sizeof items[i].position);
        memcpy(bytes + shape->rows + i * sizeof items[i].row, &items[i].row, sizeof items[i].row);
    }
}

bool vaxdir_index_build(const vaxdir_memory *memory, uint32_t rows, const double *latitudes, const double *longitudes,
                        vaxdir_buffer *bytes)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < rows; row++)
        count += !isnan(latitudes[row]) && !isnan(longitudes[row]);
    layout shape;
    if (!layout_of(count, &shape) || !vaxdir_buffer_reserve(bytes, shape.size))
        return false;
    size_t box_numbers = (size_t)shape.node_count * BOX_NUMBERS;
    item *items = vaxdir_memory_allocate(memory, count, sizeof *items);
    double *boxes = vaxdir_memory_allocate(memory, box_numbers, sizeof *boxes);
    bool good = items != NULL && boxes != NULL;
    if (good) {
        size_t next = 0;
        for (uint32_t row = 0; row < rows; row++) {
            if (isnan(latitudes[row]) || isnan(longitudes[row]))
                continue;
            vaxdir_ecef position = vaxdir_point_ecef(latitudes[row], longitudes[row]);
            items[next++] = (item){{position.x, position.y, position.z}, row};
        }
        if (count > 0)
            split(items, count, shape.leaf_count, boxes);
        write_tree(bytes->bytes + bytes->length, &shape, count, items, boxes);
        bytes->length += shape.size;
    }
    vaxdir_memory_free(memory, items, count, sizeof *items);
    vaxdir_memory_free(memory, boxes, box_numbers, sizeof *boxes);
    return good;
}

/* Checking. */

static bool positions_good(const vaxdir_index *index)
{
    for (size_t i = 0; i < (size_t)index->count * 3; i++)
        if (!(fabs(index->positions[i]) <= COORDINATE_MAX))
            return false;
    return true;
}

static bool rows_good(const vaxdir_index *index, uint32_t rows, const vaxdir_memory *memory, bool *ret_memory_ok)
{
    size_t words = (size_t)rows / 64 + 1;
    uint64_t *seen = vaxdir_memory_allocate_zeroed(memory, words, sizeof *seen);
    *ret_memory_ok = seen != NULL;
    if (seen == NULL)
        return false;
    bool good = true;
    for (uint32_t i = 0; i < index->count && good; i++) {
        uint32_t row = index->rows[i];
        good = row < rows && (seen[row / 64] >> (row % 64) & 1) == 0;
        if (good)
            seen[row / 64] |= UINT64_C(1) << (row % 64);
    }
    vaxdir_memory_free(memory, seen, words, sizeof *seen);
    return good;
}

/* Whether the boxes from this node down are the smallest ones. */
static bool boxes_good(const vaxdir_index *index, size_t node, uint32_t leaf, uint32_t leaves)
{
    const double *box = index->boxes + node * BOX_NUMBERS;
    double least[3], greatest[3];
    if (leaves == 1) {
        size_t first = (size_t)leaf * VAXDIR_INDEX_LEAF;
        size_t end = first + VAXDIR_INDEX_LEAF < index->count ? first + VAXDIR_INDEX_LEAF : index->count;
        memcpy(least, index->positions + 3 * first, sizeof least);
        memcpy(greatest, least, sizeof greatest);
        for (size_t i = first + 1; i < end; i++)
            for (int axis = 0; axis < 3; axis++) {
                least[axis] = fmin(least[axis], index->positions[3 * i + (size_t)axis]);
                greatest[axis] = fmax(greatest[axis], index->positions[3 * i + (size_t)axis]);
            }
    } else {
        uint32_t left = left_leaves(leaves);
        size_t right_node = node + (size_t)2 * left;
        if (!boxes_good(index, node + 1, leaf, left) || !boxes_good(index, right_node, leaf + left, leaves - left))
            return false;
        const double *a = box + BOX_NUMBERS, *b = index->boxes + right_node * BOX_NUMBERS;
        for (int axis = 0; axis < 3; axis++) {
            least[axis] = fmin(a[axis], b[axis]);
            greatest[axis] = fmax(a[axis + 3], b[axis + 3]);
        }
    }
    for (int axis = 0; axis < 3; axis++)
        if (!(box[axis] == least[axis] && box[axis + 3] == greatest[axis]))
            return false;
    return true;
}

bool vaxdir_index_open(const unsigned char *bytes, size_t size, uint32_t rows, const vaxdir_memory *memory,
                       vaxdir_index *index, bool *ret_memory_ok)
{
    *ret_memory_ok = true;
    uint32_t header[HEADER_SIZE / sizeof(uint32_t)];
    if (size < HEADER_SIZE || (uintptr_t)bytes % sizeof(double) != 0)
        return false;
    memcpy(header, bytes, sizeof header);
    for (size_t i = 3; i < HEADER_SIZE / sizeof(uint32_t); i++)
        if (header[i] != 0)
            return false;
    layout shape;
    if (header[0] != LAYOUT || header[1] > rows || !layout_of(header[1], &shape) || header[2] != shape.node_count ||
        size != shape.size)
        return false;
    const void *boxes = bytes + HEADER_SIZE, *positions = bytes + shape.positions, *row_list = bytes + shape.rows;
    vaxdir_index opened = {header[1], shape.node_count, boxes, positions, row_list};
    if (!positions_good(&opened) || !rows_good(&opened, rows, memory, ret_memory_ok) ||
        (opened.count > 0 && !boxes_good(&opened, 0, 0, shape.leaf_count)))
        return false;
    *index = opened;
    return true;
}

/* Walking. */

typedef struct pending {
    double least; /* squared chord to the box */
    uint32_t node, leaf, leaves;
} pending;

/* Rounding is monotonic and both sums are formed alike, so this never exceeds the squared chord that
 * squared_chord_to() computes for a position in the box: pruning by it is exact. */
static double squared_chord_to_box(const vaxdir_index *index, uint32_t node, const double *from)
{
    const double *box = index->boxes + (size_t)node * BOX_NUMBERS;
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double below = box[axis] - from[axis], above = from[axis] - box[axis + 3];
        double outside = below > above ? below : above;
        outside = outside > 0 ? outside : 0;
        sum += outside * outside;
    }
    return sum;
}

static double squared_chord_to(const double *position, const double *from)
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double difference = position[axis] - from[axis];
        sum += difference * difference;
    }
    return sum;
}

static double visit_leaf(const vaxdir_index *index, uint32_t leaf, const double *from, double bound,
                         const uint64_t *passing, vaxdir_index_visit visit, void *user)
{
    size_t first = (size_t)leaf * VAXDIR_INDEX_LEAF;
    size_t end = first + VAXDIR_INDEX_LEAF < index->count ? first + VAXDIR_INDEX_LEAF : index->count;
    for (size_t i = first; i < end; i++) {
        uint32_t row = index->rows[i];
        if (passing != NULL && (passing[row / 64] >> (row % 64) & 1) == 0)
            continue;
        double squared_chord = squared_chord_to(index->positions + 3 * i, from);
        if (squared_chord <= bound)
            bound = visit(user, row, squared_chord);
    }
    return bound;
}

void vaxdir_index_near(const vaxdir_index *index, vaxdir_ecef from, double bound, const uint64_t *passing,
                       vaxdir_index_visit visit, void *user)
{
    pending stack[32]; /* one far child a level; there are 28 levels at most */
    size_t height = 0;
    const double point[3] = {from.x, from.y, from.z};
    if (index->count == 0)
        return;
    pending here = {squared_chord_to_box(index, 0, point), 0, 0, (index->node_count + 1) / 2};
    for (;;) {
        if (here.least <= bound && here.leaves > 1) {
            uint32_t left = left_leaves(here.leaves);
            pending near = {squared_chord_to_box(index, here.node + 1, point), here.node + 1, here.leaf, left};
            uint32_t right_node = here.node + 2 * left;
            pending far = {squared_chord_to_box(index, right_node, point), right_node, here.leaf + left,
                           here.leaves - left};
            bool swapped = far.least < near.least;
            stack[height++] = swapped ? near : far;
            here = swapped ? far : near;
            continue;
        }
        if (here.least <= bound)
            bound = visit_leaf(index, here.leaf, point, bound, passing, visit, user);
        if (height == 0)
            return;
        here = stack[--height];
    }
}
