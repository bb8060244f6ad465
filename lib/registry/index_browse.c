/* index_browse.c: see index_browse.h. Invariant: between calls each position that counts is either behind exactly one
 * of the boxes, or one of the places, or has been taken; a box comes no later than anything in it. */
#include "index_browse.h"

#include <math.h>

/* --- the tree: all that is known here of how it is stored --------------------------------------------------------- */

typedef struct box {
    double least[3], greatest[3];
} box;

static inline uint32_t level_of(const vaxdir_index *index, uint32_t node)
{
    uint32_t level = 0;
    while (node < index->first[level])
        level++;
    return level;
}

static inline box child_box(const vaxdir_index *index, uint32_t node, uint32_t child)
{
    const vaxdir_index_node *stored = &index->nodes[node];
    box found;
    for (int axis = 0; axis < 3; axis++) {
        found.least[axis] = (double)stored->least[axis][child];
        found.greatest[axis] = (double)stored->greatest[axis][child];
    }
    return found;
}

/* The children of a node that are there, and count, as bits. */
static inline uint32_t children_of(const vaxdir_index *index, const vaxdir_index_subset *subset, uint32_t node)
{
    uint32_t level = level_of(index, node);
    uint32_t width = level == 0   ? index->leaf_count
                     : level == 1 ? index->node_count - index->first[0]
                                  : index->first[level - 2] - index->first[level - 1];
    uint32_t left = width - (node - index->first[level]) * VAXDIR_INDEX_FAN;
    uint32_t children = left < VAXDIR_INDEX_FAN ? (1u << left) - 1 : (1u << VAXDIR_INDEX_FAN) - 1;
    return subset == NULL ? children : children & subset->nodes[node];
}

/* As the items of boxes name it. */
static inline uint32_t child_at(const vaxdir_index *index, uint32_t node, uint32_t child)
{
    uint32_t level = level_of(index, node), number = (node - index->first[level]) * VAXDIR_INDEX_FAN + child;
    return level == 0 ? index->node_count + number : index->first[level - 1] + number;
}

/* The slots of a leaf that hold a position, as bits. */
static inline uint32_t slots_of(const vaxdir_index *index, uint32_t leaf)
{
    uint32_t left = index->count - leaf * VAXDIR_INDEX_LEAF;
    return left < VAXDIR_INDEX_LEAF ? (1u << left) - 1 : (1u << VAXDIR_INDEX_LEAF) - 1;
}

/* --- the heaps ---------------------------------------------------------------------------------------------------- */

static bool heap_reserve(const vaxdir_index_browse *browse, vaxdir_index_heap *heap, size_t more)
{
    return vaxdir_memory_reserve(browse->memory, &heap->items, &heap->capacity, heap->count + more,
                                 sizeof *heap->items);
}

/* Equal chords in the order of what they belong to, so that the walk is the same everywhere. */
static bool before(vaxdir_index_item a, vaxdir_index_item b)
{
    return a.squared < b.squared || (a.squared == b.squared && a.at < b.at);
}

/* Room has been reserved. */
static void heap_put(vaxdir_index_heap *heap, vaxdir_index_item item)
{
    size_t hole = heap->count++;
    for (size_t parent; hole > 0 && before(item, heap->items[parent = (hole - 1) / 2]); hole = parent)
        heap->items[hole] = heap->items[parent];
    heap->items[hole] = item;
}

static vaxdir_index_item heap_take(vaxdir_index_heap *heap)
{
    vaxdir_index_item least = heap->items[0], moved = heap->items[--heap->count];
    size_t hole = 0;
    for (size_t child; (child = 2 * hole + 1) < heap->count; hole = child) {
        if (child + 1 < heap->count && before(heap->items[child + 1], heap->items[child]))
            child++;
        if (!before(heap->items[child], moved))
            break;
        heap->items[hole] = heap->items[child];
    }
    heap->items[hole] = moved;
    return least;
}

double vaxdir_index_heap_least(const vaxdir_index_heap *heap)
{
    return heap->count == 0 ? (double)INFINITY : heap->items[0].squared;
}

/* --- the walk ----------------------------------------------------------------------------------------------------- */

bool vaxdir_index_browse_begin(vaxdir_index_browse *browse, const vaxdir_index *index)
{
    browse->boxes.count = 0;
    browse->places.count = 0;
    browse->looked_at = 0;
    if (index->count == 0)
        return true;
    if (!heap_reserve(browse, &browse->boxes, 1))
        return false;
    heap_put(&browse->boxes, (vaxdir_index_item){0, index->first[index->levels - 1]});
    return true;
}

/* Of anything in the box. */
static void box_chords(const box *of, const double *from, double *ret_least, double *ret_greatest)
{
    *ret_least = *ret_greatest = 0;
    for (int axis = 0; axis < 3; axis++) {
        double below = of->least[axis] - from[axis], above = from[axis] - of->greatest[axis];
        double outside = below > above ? below : above;
        double far = below < above ? below : above; /* negative: the way to the farther side */
        outside = outside > 0 ? outside : 0;
        *ret_least += outside * outside;
        *ret_greatest += far * far;
    }
}

static bool open_node(vaxdir_index_browse *browse, const vaxdir_index_browse_query *query, uint32_t node)
{
    const double from[3] = {query->from.x, query->from.y, query->from.z};
    if (!heap_reserve(browse, &browse->boxes, VAXDIR_INDEX_FAN))
        return false;
    (void)heap_take(&browse->boxes);
    for (uint32_t left = children_of(query->index, query->subset, node); left != 0; left &= left - 1) {
        uint32_t child = (uint32_t)__builtin_ctz(left);
        box stored = child_box(query->index, node, child);
        double least, greatest;
        box_chords(&stored, from, &least, &greatest);
        if (least <= query->bound && greatest > query->inner)
            heap_put(&browse->boxes, (vaxdir_index_item){least, child_at(query->index, node, child)});
    }
    return true;
}

static bool open_leaf(vaxdir_index_browse *browse, const vaxdir_index_browse_query *query, uint32_t leaf)
{
    uint32_t slots = slots_of(query->index, leaf);
    if (!heap_reserve(browse, &browse->places, VAXDIR_INDEX_LEAF))
        return false;
    (void)heap_take(&browse->boxes);
    browse->looked_at += (uint32_t)__builtin_popcount(slots);
    for (slots &= query->subset == NULL ? slots : query->subset->leaves[leaf]; slots != 0; slots &= slots - 1) {
        vaxdir_index_place place = leaf * VAXDIR_INDEX_LEAF + (uint32_t)__builtin_ctz(slots);
        vaxdir_ecef to = vaxdir_index_position(query->index, place);
        double x = to.x - query->from.x, y = to.y - query->from.y, z = to.z - query->from.z;
        double squared = x * x + y * y + z * z;
        if (squared <= query->bound && squared > query->inner)
            heap_put(&browse->places, (vaxdir_index_item){squared, place});
    }
    return true;
}

bool vaxdir_index_browse_open(vaxdir_index_browse *browse, const vaxdir_index_browse_query *query)
{
    uint32_t at = browse->boxes.items[0].at;
    return at < query->index->node_count ? open_node(browse, query, at)
                                         : open_leaf(browse, query, at - query->index->node_count);
}

vaxdir_index_item vaxdir_index_browse_take(vaxdir_index_browse *browse)
{
    return heap_take(&browse->places);
}

void vaxdir_index_browse_free(vaxdir_index_browse *browse)
{
    if (browse->memory == NULL)
        return;
    vaxdir_memory_free(browse->memory, browse->boxes.items, browse->boxes.capacity, sizeof *browse->boxes.items);
    vaxdir_memory_free(browse->memory, browse->places.items, browse->places.capacity, sizeof *browse->places.items);
    *browse = (vaxdir_index_browse){.memory = browse->memory};
}
