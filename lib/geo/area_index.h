/* area_index.h: the inside of an area: edges in rows of latitude under a grid of cells that are wholly inside, wholly
 * outside, or near an edge. Immutable, so that any thread may read it. */
#ifndef VAXDIR_GEO_AREA_INDEX_H
#define VAXDIR_GEO_AREA_INDEX_H

#include <stdatomic.h>

#include "area_draft.h"

/* From its lower end to its upper one; longitudes from -180 to 180. Going east along a parallel and crossing it lowers
 * the number of times that the area covers the place by `weight`. */
typedef struct vaxdir_area_edge {
    double x_low, y_low, x_high, y_high;
    int32_t weight;
    int32_t seam; /* not a boundary: only where the map ends, at longitude 180 */
} vaxdir_area_edge;

struct vaxdir_area {
    atomic_uint references;
    vaxdir_memory memory;
    vaxdir_area_edge *edges;
    size_t edge_count, edge_capacity;
    uint32_t *row_starts; /* rows + 1 places in row_edges */
    uint32_t *row_edges;
    size_t entry_count;
    unsigned char *cells; /* one that is outside, then row by row */
    uint32_t rows, columns;
    double west, east, south, north; /* of the boundary */
    double row_scale, column_scale;  /* rows and columns a degree */
    int32_t base;                    /* how often the area covers what lies east of all edges: rings about the pole */
    bool pole[2];                    /* whether the south and the north pole are inside */
    unsigned char hash[16];          /* of the edges: equal areas read from equal polygons have equal ones */
};

/* Appends the edges of a framed polygon. False when memory is out. */
bool vaxdir_area_add_edges(vaxdir_area *area, const vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring);

/* Builds what is asked from the edges. False when memory is out. */
bool vaxdir_area_index(vaxdir_area *area);

/* Whether a position is inside; that it is one has been checked. */
bool vaxdir_area_holds(const vaxdir_area *area, double latitude, double longitude);

enum { VAXDIR_AREA_BATCH = 64 };

/* The same for 1 to VAXDIR_AREA_BATCH positions, any doubles, which need not be aligned; what is no position is not
 * inside. Bit i stands for position i. */
uint64_t vaxdir_area_holds_many(const vaxdir_area *area, const void *latitudes, const void *longitudes,
                                ptrdiff_t stride, size_t count);

#endif
