/* hits.c: a binary heap with the worst hit on top (Williams 1964). Invariant: a parent never stands before its children
 * in the order (value, row). */
#include "hits.h"

#include <stdbool.h>

static bool before(vaxdir_hit a, vaxdir_hit b)
{
    return a.value < b.value || (a.value == b.value && a.row < b.row);
}

/* Puts a hit where the empty root is. */
static void sink(vaxdir_hit *heap, size_t count, vaxdir_hit hit)
{
    size_t hole = 0;
    for (size_t child; (child = 2 * hole + 1) < count; hole = child) {
        if (child + 1 < count && before(heap[child], heap[child + 1]))
            child++;
        if (!before(hit, heap[child]))
            break;
        heap[hole] = heap[child];
    }
    heap[hole] = hit;
}

size_t vaxdir_hits_offer(vaxdir_hit *heap, size_t count, size_t limit, vaxdir_hit hit)
{
    if (count == limit) {
        if (before(hit, heap[0]))
            sink(heap, count, hit);
        return count;
    }
    size_t hole = count;
    for (size_t parent; hole > 0 && before(heap[parent = (hole - 1) / 2], hit); hole = parent)
        heap[hole] = heap[parent];
    heap[hole] = hit;
    return count + 1;
}

void vaxdir_hits_sort(vaxdir_hit *heap, size_t count)
{
    while (count > 1) {
        vaxdir_hit worst = heap[0];
        count--;
        sink(heap, count, heap[count]);
        heap[count] = worst;
    }
}

void vaxdir_hits_order(vaxdir_hit *hits, size_t count)
{
    if (count <= 32) {
        for (size_t i = 1; i < count; i++) {
            vaxdir_hit hit = hits[i];
            size_t j = i;
            for (; j > 0 && before(hit, hits[j - 1]); j--)
                hits[j] = hits[j - 1];
            hits[j] = hit;
        }
        return;
    }
    for (size_t i = 1; i < count; i++)
        vaxdir_hits_offer(hits, i, i + 1, hits[i]);
    vaxdir_hits_sort(hits, count);
}
