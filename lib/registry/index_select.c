/* index_select.c: puts the least of many positions first; see index_select.h. Invariant: no input makes it quadratic.
 */
#include "index_select.h"

#include "index_walk.h"

typedef vaxdir_index_item item;

static void swap(item *a, item *b)
{
    item held = *a;
    *a = *b;
    *b = held;
}

static void sift_down(item *items, size_t root, size_t count, int axis)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && vaxdir_index_key(&items[child], axis) < vaxdir_index_key(&items[child + 1], axis))
            child++;
        if (vaxdir_index_key(&items[root], axis) >= vaxdir_index_key(&items[child], axis))
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

/* Puts the items below the pivot first and gives their number; without a branch on what is compared, which nobody could
 * foretell (Lomuto's scheme). */
static size_t divide(item *items, size_t count, int64_t pivot, int axis, bool wide)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (wide)
        return vaxdir_index_divide_avx2(items, count, pivot, axis);
#endif
    (void)wide;
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        item this = items[i];
        items[i] = items[below];
        items[below] = this;
        below += vaxdir_index_key(&this, axis) < pivot;
    }
    return below;
}

/* The key that `rank` of so many are below. */
static int64_t key_of_rank(int64_t *keys, size_t count, size_t rank, bool wide)
{
#if VAXDIR_INDEX_HAS_AVX2
    if (wide)
        return vaxdir_index_key_of_rank_avx2(keys, count, rank);
#endif
    (void)wide;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t below = 0;
        for (size_t j = 0; j < count; j++)
            below += keys[j] < keys[i];
        if (below == rank)
            return keys[i];
    }
    return keys[count - 1];
}

/* Where to divide: for few items at the wanted key itself, else at a key of a sample that lies a little above or a
 * little below the wanted one, so that most is soon done with (after Floyd and Rivest 1975). */
static int64_t choose_pivot(const item *items, size_t count, size_t wanted, bool upper, int axis, bool wide)
{
    enum { FEW = 32, MANY = 1024, SAMPLE = 64 };
    int64_t keys[SAMPLE + 3];
    size_t taken = count <= FEW ? count : count < MANY ? 16 : SAMPLE, margin = count < MANY ? 2 : 5;
    size_t stride = count / taken, rank = (size_t)((uint64_t)wanted * taken / count);
    for (size_t i = 0; i < taken; i++)
        keys[i] = vaxdir_index_key(&items[i * stride + stride / 2], axis);
    if (count > FEW && upper)
        rank = rank + margin < taken ? rank + margin : taken - 1;
    else if (count > FEW)
        rank = rank > margin ? rank - margin : 0;
    return key_of_rank(keys, taken, rank, wide);
}

/* Divides above and below the wanted key in turns; a heap sort ends what goes badly. */
void vaxdir_index_select(item *items, size_t count, size_t wanted, int axis, bool wide)
{
    size_t budget = 8 * count;
    for (bool upper = true; wanted > 0 && wanted < count; upper = !upper) {
        if (budget < count) {
            heap_sort(items, count, axis);
            return;
        }
        budget -= count;
        size_t below = divide(items, count, choose_pivot(items, count, wanted, upper, axis, wide), axis, wide);
        if (wanted <= below) {
            count = below;
        } else {
            items += below;
            count -= below;
            wanted -= below;
        }
    }
}
