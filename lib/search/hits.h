/* hits.h: the best so many of what a walk finds, in the order (value, row). */
#ifndef VAXDIR_SEARCH_HITS_H
#define VAXDIR_SEARCH_HITS_H

#include <stddef.h>
#include <stdint.h>

/* A row with its squared chord or its distance. */
typedef struct vaxdir_hit {
    double value;
    uint32_t row;
} vaxdir_hit;

/* Offers a hit to a heap of the `limit` least, whose worst one stands first; limit is not 0. Gives the new count. */
size_t vaxdir_hits_offer(vaxdir_hit *heap, size_t count, size_t limit, vaxdir_hit hit);

/* Makes a heap an ascending list. */
void vaxdir_hits_sort(vaxdir_hit *heap, size_t count);

/* Sorts any hits ascending. */
void vaxdir_hits_order(vaxdir_hit *hits, size_t count);

#endif
