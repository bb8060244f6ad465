/* arrange.c: puts what a sweep has found in the order of chords: into buckets of equal width in the square of the
 * chord, in which places of equal density fall evenly, and then by insertion (Isaac and Singleton 1956); by a heap
 * where that goes badly, so that no world makes it quadratic. Invariant: the order is that of squared chords, and each
 * keeps its distance. */
#include "order.h"

#include <string.h>

enum { BUCKETS_LEAST = 32, BUCKETS_MOST = 1 << 20, MOVES_EACH = 16 };

static void sink(vaxdir_found *heap, size_t count, vaxdir_found item)
{
    size_t hole = 0;
    for (size_t child; (child = 2 * hole + 1) < count; hole = child) {
        if (child + 1 < count && heap[child].squared < heap[child + 1].squared)
            child++;
        if (!(item.squared < heap[child].squared))
            break;
        heap[hole] = heap[child];
    }
    heap[hole] = item;
}

static void heap_sort(vaxdir_found *items, size_t count)
{
    for (size_t made = 1; made < count; made++) {
        vaxdir_found item = items[made];
        size_t hole = made;
        for (size_t parent; hole > 0 && items[parent = (hole - 1) / 2].squared < item.squared; hole = parent)
            items[hole] = items[parent];
        items[hole] = item;
    }
    while (count > 1) {
        vaxdir_found worst = items[0];
        count--;
        sink(items, count, items[count]);
        items[count] = worst;
    }
}

/* Finishes what is nearly in order; false where it was too far from it, and everything is then still there. */
static bool insert_all(vaxdir_hit *candidates, double *metres, size_t count)
{
    size_t moves = MOVES_EACH * count + MOVES_EACH;
    for (size_t i = 1; i < count; i++) {
        if (candidates[i - 1].value <= candidates[i].value)
            continue;
        vaxdir_hit hit = candidates[i];
        double distance_m = metres[i];
        size_t j = i;
        for (; j > 0 && candidates[j - 1].value > hit.value && moves > 0; j--, moves--) {
            candidates[j] = candidates[j - 1];
            metres[j] = metres[j - 1];
        }
        candidates[j] = hit;
        metres[j] = distance_m;
        if (moves == 0)
            return false;
    }
    return true;
}

/* Puts the items where the buckets say. */
static void distribute(vaxdir_search_scratch *scratch, size_t count, size_t buckets)
{
    const vaxdir_found *found = scratch->found;
    uint32_t *ends = scratch->ends;
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = found[i].squared > most ? found[i].squared : most;
    /* A product of two roundings: the greatest stays below the number of buckets. */
    double scale = most > 0 ? (double)buckets / most * (1 - 1e-9) : 0;
    memset(ends, 0, buckets * sizeof *ends);
    for (size_t i = 0; i < count; i++)
        ends[(size_t)(found[i].squared * scale)]++;
    uint32_t sum = 0;
    for (size_t i = 0; i < buckets; i++) {
        uint32_t size = ends[i];
        ends[i] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t to = ends[(size_t)(found[i].squared * scale)]++;
        scratch->candidates[to] = (vaxdir_hit){found[i].squared, found[i].place};
        scratch->metres[to] = found[i].distance_m;
    }
}

bool vaxdir_search_arrange(const vaxdir_search *search, size_t count)
{
    vaxdir_search_scratch *scratch = search->scratch;
    size_t buckets = BUCKETS_LEAST;
    while (buckets < count && buckets < BUCKETS_MOST)
        buckets *= 2;
    if (!vaxdir_memory_reserve(search->memory, &scratch->candidates, &scratch->candidate_capacity, count,
                               sizeof *scratch->candidates) ||
        !vaxdir_memory_reserve(search->memory, &scratch->metres, &scratch->metre_capacity, count,
                               sizeof *scratch->metres) ||
        !vaxdir_memory_reserve(search->memory, &scratch->ends, &scratch->end_capacity, buckets, sizeof *scratch->ends))
        return false;
    distribute(scratch, count, buckets);
    if (insert_all(scratch->candidates, scratch->metres, count))
        return true;
    heap_sort(scratch->found, count);
    for (size_t i = 0; i < count; i++) {
        scratch->candidates[i] = (vaxdir_hit){scratch->found[i].squared, scratch->found[i].place};
        scratch->metres[i] = scratch->found[i].distance_m;
    }
    return true;
}
