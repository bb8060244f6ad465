/* arrange.c: puts what a sweep has found in the order of chords: into buckets of equal width in the square of the
 * chord, in which places of equal density fall evenly, and then by insertion (Isaac and Singleton 1956); by a heap
 * where that goes badly, so that no world makes it quadratic. Invariant: the order is that of squared chords, and each
 * keeps its distance. */
#include "order.h"

#include <string.h>

enum { BUCKETS_LEAST = 32, BUCKETS_MOST = 1 << 20, MOVES_EACH = 16 };

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
static void distribute(vaxdir_search_scratch *scratch, size_t buckets)
{
    const double *squared = scratch->found.squared, *distances_m = scratch->found.distances_m;
    const size_t count = scratch->found.count;
    uint32_t *ends = scratch->ends;
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = squared[i] > most ? squared[i] : most;
    /* A product of two roundings: the greatest stays below the number of buckets. */
    double scale = most > 0 ? (double)buckets / most * (1 - 1e-9) : 0;
    memset(ends, 0, buckets * sizeof *ends);
    for (size_t i = 0; i < count; i++)
        ends[(size_t)(squared[i] * scale)]++;
    uint32_t sum = 0;
    for (size_t i = 0; i < buckets; i++) {
        uint32_t size = ends[i];
        ends[i] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t to = ends[(size_t)(squared[i] * scale)]++;
        scratch->candidates[to] = (vaxdir_hit){squared[i], scratch->found.places[i]};
        scratch->metres[to] = distances_m[i];
    }
}

bool vaxdir_search_arrange(const vaxdir_search *search, const double **ret_metres)
{
    vaxdir_search_scratch *scratch = search->scratch;
    size_t count = scratch->found.count, buckets = BUCKETS_LEAST;
    while (buckets < count && buckets < BUCKETS_MOST)
        buckets *= 2;
    if (!vaxdir_memory_reserve(search->memory, &scratch->candidates, &scratch->candidate_capacity, count,
                               sizeof *scratch->candidates) ||
        !vaxdir_memory_reserve(search->memory, &scratch->metres, &scratch->metre_capacity, count,
                               sizeof *scratch->metres) ||
        !vaxdir_memory_reserve(search->memory, &scratch->ends, &scratch->end_capacity, buckets, sizeof *scratch->ends))
        return false;
    distribute(scratch, buckets);
    *ret_metres = scratch->metres;
    if (!insert_all(scratch->candidates, scratch->metres, count)) {
        vaxdir_hits_order(scratch->candidates, count);
        *ret_metres = NULL;
    }
    return true;
}
