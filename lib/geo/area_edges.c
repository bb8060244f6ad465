/* area_edges.c: from framed rings to edges on a map from -180 to 180. Invariant: an edge that does not cross the
 * antimeridian has the very coordinates that were given; one that does is cut there, at one latitude for both parts. */
#include "area_index.h"

#include "orientation.h"

/* Where rings cross the antimeridian, the map's east end is closed by edges along it down to the south pole. */
typedef struct crossing {
    double y;
    int32_t weight; /* of the edge from there downwards */
} crossing;

typedef struct seam {
    crossing *crossings;
    size_t count, capacity;
} seam;

/* 1 for a ring that has its inside on the left. By its lowest, then westernmost corner, which no rounding moves. */
static int direction(const vaxdir_area_draft *draft, const vaxdir_area_ring *ring)
{
    const vaxdir_area_vertex *vertices = draft->vertices + ring->first;
    uint32_t count = ring->end - ring->first - 1, corner = 0;
    for (uint32_t i = 1; i < count; i++) {
        double x = vaxdir_area_longitude(&vertices[i]), least = vaxdir_area_longitude(&vertices[corner]);
        if (vertices[i].y < vertices[corner].y || (vertices[i].y == vertices[corner].y && x < least))
            corner = i;
    }
    double x = vaxdir_area_longitude(&vertices[corner]), y = vertices[corner].y;
    uint32_t before = corner, after = corner;
    do
        before = before == 0 ? count - 1 : before - 1;
    while (before != corner && vertices[before].y == y && vaxdir_area_longitude(&vertices[before]) == x);
    do
        after = after + 1 == count ? 0 : after + 1;
    while (after != corner && vertices[after].y == y && vaxdir_area_longitude(&vertices[after]) == x);
    return vaxdir_orientation(vaxdir_area_longitude(&vertices[before]), vertices[before].y, x, y,
                              vaxdir_area_longitude(&vertices[after]), vertices[after].y) < 0
               ? -1
               : 1;
}

static bool add_edge(vaxdir_area *area, double ax, double ay, double bx, double by, int weight, bool is_seam)
{
    if (ax == bx && ay == by)
        return true;
    if (!vaxdir_memory_reserve(&area->memory, &area->edges, &area->edge_capacity, area->edge_count + 1,
                               sizeof *area->edges))
        return false;
    bool up = by > ay || (by == ay && bx > ax);
    vaxdir_area_edge *edge = &area->edges[area->edge_count++];
    *edge =
        up ? (vaxdir_area_edge){ax, ay, bx, by, weight, is_seam} : (vaxdir_area_edge){bx, by, ax, ay, -weight, is_seam};
    return true;
}

/* The map that a vertex lies on: number n is longitudes above 360 n - 180, up to 360 n + 180. */
static int32_t map_of(const vaxdir_area_vertex *vertex)
{
    return vertex->x == -180 ? vertex->turn - 1 : vertex->turn;
}

/* The edge between two vertices on different maps, cut at every end of a map. */
static bool cut_edge(vaxdir_area *area, seam *cuts, const vaxdir_area_vertex *from, const vaxdir_area_vertex *to,
                     int weight)
{
    int32_t map = map_of(from), last = map_of(to);
    int32_t way = last > map ? 1 : -1;
    double x = from->x == -180 ? 180 : from->x, y = from->y;
    double from_x = vaxdir_area_longitude(from), to_x = vaxdir_area_longitude(to);
    for (; map != last; map += way) {
        double end = 360.0 * (way > 0 ? map : map - 1) + 180;
        double cut = from->y + (to->y - from->y) * ((end - from_x) / (to_x - from_x));
        double low = from->y < to->y ? from->y : to->y, high = from->y < to->y ? to->y : from->y;
        cut = cut < low ? low : cut > high ? high : cut;
        cut = end == from_x ? from->y : end == to_x ? to->y : cut;
        if (!add_edge(area, x, y, 180.0 * way, cut, weight, false) ||
            !vaxdir_memory_reserve(&area->memory, &cuts->crossings, &cuts->capacity, cuts->count + 1,
                                   sizeof *cuts->crossings))
            return false;
        /* Leaving a map eastwards, the ring goes on down its end; coming back, it had come up there. */
        cuts->crossings[cuts->count++] = (crossing){cut, weight * way};
        x = -180.0 * way;
        y = cut;
    }
    return add_edge(area, x, y, to->x == -180 ? 180 : to->x, to->y, weight, false);
}

static bool add_ring(vaxdir_area *area, seam *cuts, const vaxdir_area_draft *draft, const vaxdir_area_ring *ring,
                     bool hole)
{
    int weight;
    if (ring->around == 0) {
        weight = direction(draft, ring) * (hole ? -1 : 1);
    } else {
        /* Eastwards about the north pole, westwards about the south pole, the inside is on the left. */
        bool north = vaxdir_area_is_north(draft, ring);
        weight = (ring->around > 0) == north ? 1 : -1;
        area->base += north;
    }
    /* A ring that stays on one map needs no cut, wherever on its ends it lies. */
    int32_t map = draft->vertices[ring->first].turn;
    bool simple = ring->around == 0;
    for (uint32_t i = ring->first; i < ring->end; i++) {
        const vaxdir_area_vertex *vertex = &draft->vertices[i];
        map = vertex->x > -180 && vertex->x < 180 ? vertex->turn : map;
    }
    simple = simple && ring->west >= 360.0 * map - 180 && ring->east <= 360.0 * map + 180;
    for (uint32_t i = ring->first; i + 1 < ring->end; i++) {
        const vaxdir_area_vertex *a = &draft->vertices[i], *b = a + 1;
        bool good;
        if (simple)
            good = add_edge(area, a->x + 360.0 * (a->turn - map), a->y, b->x + 360.0 * (b->turn - map), b->y, weight,
                            false);
        else
            good = cut_edge(area, cuts, a, b, weight);
        if (!good)
            return false;
    }
    return true;
}

/* Descending by latitude: a heap sort, because the C library's sort may allocate. */
static void sift(crossing *crossings, size_t root, size_t count)
{
    crossing moved = crossings[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && crossings[child + 1].y < crossings[child].y)
            child++;
        if (moved.y <= crossings[child].y)
            break;
        crossings[root] = crossings[child];
    }
    crossings[root] = moved;
}

static bool close_seam(vaxdir_area *area, seam *cuts)
{
    for (size_t root = cuts->count / 2; root-- > 0;)
        sift(cuts->crossings, root, cuts->count);
    for (size_t end = cuts->count; end > 1;) {
        crossing least = cuts->crossings[0];
        cuts->crossings[0] = cuts->crossings[--end];
        cuts->crossings[end] = least;
        sift(cuts->crossings, 0, end);
    }
    int32_t weight = 0;
    for (size_t i = 0; i < cuts->count; i++) {
        weight += cuts->crossings[i].weight;
        double next = i + 1 < cuts->count ? cuts->crossings[i + 1].y : -90;
        if (weight != 0 && !add_edge(area, 180, cuts->crossings[i].y, 180, next, weight, true))
            return false;
    }
    return true;
}

bool vaxdir_area_add_edges(vaxdir_area *area, const vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring)
{
    seam cuts = {NULL, 0, 0};
    bool good = true;
    for (uint32_t i = first_ring; good && i < end_ring; i++)
        good = add_ring(area, &cuts, draft, &draft->rings[i], i > first_ring);
    good = good && close_seam(area, &cuts);
    vaxdir_memory_free(&area->memory, cuts.crossings, cuts.capacity, sizeof *cuts.crossings);
    return good;
}
