/* area_frame.c: lays rings out in a plane: the antimeridian and the poles (docs/areas.md). Invariant: afterwards two
 * consecutive vertices of a ring are joined by the straight line between them, longitudes with turns, and the
 * coordinates that were given have not changed. */
#include "area_draft.h"

#include <math.h>

/* A ring whose only long edges run from one end of the map to the other, as that of the whole world or of Antarctica
 * closed along the pole, is a ring in the plane already. */
static bool is_flat(const vaxdir_area_draft *draft, const vaxdir_area_ring *ring)
{
    if ((draft->options.flags & VAXDIR_AREA_PLANAR) != 0)
        return true;
    for (uint32_t i = ring->first; i + 1 < ring->end; i++) {
        double step = vaxdir_area_longitude(&draft->vertices[i + 1]) - vaxdir_area_longitude(&draft->vertices[i]);
        if (fabs(step) > 180 && fabs(step) != 360)
            return false;
    }
    return true;
}

static void shift_ring(vaxdir_area_draft *draft, vaxdir_area_ring *ring, int32_t turns)
{
    for (uint32_t i = ring->first; i < ring->end; i++)
        draft->vertices[i].turn += turns;
    ring->west += 360.0 * turns;
    ring->east += 360.0 * turns;
}

static vaxdir_status frame_ring(vaxdir_area_draft *draft, vaxdir_area_ring *ring, uint32_t number)
{
    vaxdir_area_vertex *vertices = draft->vertices;
    bool flat = is_flat(draft, ring);
    int32_t offset = 0;
    double before = vaxdir_area_longitude(&vertices[ring->first]);
    ring->west = ring->east = before;
    for (uint32_t i = ring->first; i < ring->end; i++) {
        double here = vaxdir_area_longitude(&vertices[i]);
        for (double step = here - before; !flat && step > 180; step -= 360)
            offset--;
        for (double step = here - before; !flat && step < -180; step += 360)
            offset++;
        before = here;
        vertices[i].turn += offset;
        double longitude = vaxdir_area_longitude(&vertices[i]);
        ring->west = longitude < ring->west ? longitude : ring->west;
        ring->east = longitude > ring->east ? longitude : ring->east;
    }
    ring->around = offset;
    const vaxdir_area_vertex *first = &vertices[ring->first];
    if (offset == 0 && ring->east - ring->west <= 360)
        return VAXDIR_OK;
    if (offset != 1 && offset != -1)
        return vaxdir_area_fail(draft, ring->polygon, number, first->x, first->y,
                                "the ring goes around the Earth more than once: cut it at the antimeridian");
    bool north = true, south = true;
    for (uint32_t i = ring->first; i < ring->end; i++) {
        north = north && vertices[i].y >= 0;
        south = south && vertices[i].y <= 0;
    }
    if (north == south)
        return vaxdir_area_fail(
            draft, ring->polygon, number, first->x, first->y,
            "the ring goes around the Earth on both sides of the equator, so which pole it encloses "
            "cannot be told: close it along longitudes -180 and 180 and the pole");
    if (number > 0)
        return vaxdir_area_fail(draft, ring->polygon, number, first->x, first->y,
                                "a hole goes around the Earth: cut the polygon at the antimeridian");
    return VAXDIR_OK;
}

vaxdir_status vaxdir_area_frame(vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring)
{
    vaxdir_area_ring *outer = &draft->rings[first_ring];
    for (uint32_t i = first_ring; i < end_ring; i++) {
        vaxdir_area_ring *ring = &draft->rings[i];
        vaxdir_status status = frame_ring(draft, ring, i - first_ring);
        if (status != VAXDIR_OK)
            return status;
        /* A hole lies where its outer ring does. */
        if (i > first_ring && !(ring->west >= outer->west && ring->east <= outer->east))
            shift_ring(draft, ring, (int32_t)ceil((outer->west - ring->west) / 360));
    }
    return VAXDIR_OK;
}

bool vaxdir_area_is_north(const vaxdir_area_draft *draft, const vaxdir_area_ring *ring)
{
    for (uint32_t i = ring->first; i < ring->end; i++)
        if (draft->vertices[i].y < 0)
            return false;
    return true;
}
