/* curve.h: the order in which a large batch is answered: along a curve, so that one search finds in the caches what the
 * one before it has read. */
#ifndef VAXDIR_SEARCH_CURVE_H
#define VAXDIR_SEARCH_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

enum { VAXDIR_CURVE_MOST = 1 << 17 };

/* Room for the order of a block of positions. */
typedef struct vaxdir_curve {
    uint64_t *keys; /* a key in the upper half, the position's number in the lower */
    size_t capacity;
    uint64_t *spare;
    size_t spare_capacity;
} vaxdir_curve;

/* A position's place on the curve; whatever is not a position has one, too. */
uint32_t vaxdir_curve_key(double latitude, double longitude);

/* Makes room for so many keys; false when memory is out. */
bool vaxdir_curve_reserve(const vaxdir_memory *memory, vaxdir_curve *curve, size_t count);

/* Sorts the keys, unless most of them stand near their neighbours as they are. */
void vaxdir_curve_sort(vaxdir_curve *curve, size_t count);

void vaxdir_curve_free(const vaxdir_memory *memory, vaxdir_curve *curve);

#endif
