/* area.c: the only file that knows GEOS: validity and repair of polygons. Invariant: GEOS gets coordinates in one plane
 * and never text; every answer is checked, and its handle belongs to one context. GEOS_init_r() and the C++ library
 * end the process when memory is out at that moment, which no caller in C can prevent (docs/areas.md). */
#include "area_draft.h"

#include <stdio.h>
#include <string.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

/* What a context keeps: GEOS's handle and what its error handler was told last. */
typedef struct geos_scratch {
    GEOSContextHandle_t handle;
    char message[200];
} geos_scratch;

/* A polygon on its way through GEOS. */
typedef struct check {
    vaxdir_area_draft *draft;
    geos_scratch *scratch;
    GEOSContextHandle_t handle;
    uint32_t first_ring, end_ring;
} check;

static void remember_error(const char *message, void *user)
{
    geos_scratch *scratch = user;
    snprintf(scratch->message, sizeof scratch->message, "%s", message);
}

static void scratch_free(const vaxdir_memory *memory, void *slot)
{
    geos_scratch *scratch = slot;
    GEOS_finish_r(scratch->handle);
    vaxdir_memory_free(memory, scratch, 1, sizeof *scratch);
}

static geos_scratch *scratch_of(vaxdir_context *context)
{
    if (context->scratch[VAXDIR_SCRATCH_GEOS] == NULL) {
        geos_scratch *scratch = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *scratch);
        if (scratch == NULL)
            return NULL;
        scratch->handle = GEOS_init_r();
        if (scratch->handle == NULL) {
            vaxdir_memory_free(&context->memory, scratch, 1, sizeof *scratch);
            return NULL;
        }
        GEOSContext_setErrorMessageHandler_r(scratch->handle, remember_error, scratch);
        context->scratch_free[VAXDIR_SCRATCH_GEOS] = scratch_free;
        context->scratch[VAXDIR_SCRATCH_GEOS] = scratch;
    }
    return context->scratch[VAXDIR_SCRATCH_GEOS];
}

/* GEOS answered with its sentinel: memory ("std::bad_alloc", "Failed to allocate ..."), or what should not happen. */
static vaxdir_status fail_geos(const check *work)
{
    vaxdir_context *context = work->draft->context;
    if (work->scratch->message[0] == '\0' || strstr(work->scratch->message, "alloc") != NULL)
        return vaxdir_context_fail_memory(context);
    return vaxdir_context_fail(context, VAXDIR_ERROR_INTERNAL, "GEOS failed on an area: %s", work->scratch->message);
}

/* Vertices with longitudes in the plane. */
static GEOSCoordSequence *plain_sequence(const check *work, const vaxdir_area_ring *ring)
{
    uint32_t count = ring->end - ring->first;
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(work->handle, count, 2);
    for (uint32_t i = 0; sequence != NULL && i < count; i++) {
        const vaxdir_area_vertex *vertex = &work->draft->vertices[ring->first + i];
        if (!GEOSCoordSeq_setXY_r(work->handle, sequence, i, vaxdir_area_longitude(vertex), vertex->y)) {
            GEOSCoordSeq_destroy_r(work->handle, sequence);
            return NULL;
        }
    }
    return sequence;
}

/* A ring around the Earth as a polygon in the plane: three times around, from the vertex nearest to the pole, so that
 * every place where the ring meets itself is seen, then over a line beyond the pole, which nothing touches, back. */
static GEOSCoordSequence *polar_sequence(const check *work, const vaxdir_area_ring *ring)
{
    const vaxdir_area_vertex *vertices = work->draft->vertices + ring->first;
    uint32_t count = ring->end - ring->first - 1, start = 0;
    double side = vaxdir_area_is_north(work->draft, ring) ? 1 : -1;
    for (uint32_t i = 1; i < count; i++)
        if (vertices[i].y * side > vertices[start].y * side)
            start = i;
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(work->handle, 3 * count + 4, 2);
    int good = sequence != NULL;
    double begin = 0, longitude = 0;
    for (uint32_t i = 0; good && i <= 3 * count; i++) {
        uint32_t along = start + i;
        int32_t laps = (int32_t)(along / count);
        const vaxdir_area_vertex *vertex = &vertices[along % count];
        /* Eastwards from one turn below where it lies, westwards from two above. */
        longitude = vertex->x + 360.0 * (vertex->turn + laps * ring->around + (ring->around > 0 ? -1 : 2));
        begin = i == 0 ? longitude : begin;
        good = GEOSCoordSeq_setXY_r(work->handle, sequence, i, longitude, vertex->y);
    }
    good = good && GEOSCoordSeq_setXY_r(work->handle, sequence, 3 * count + 1, longitude, 100 * side);
    good = good && GEOSCoordSeq_setXY_r(work->handle, sequence, 3 * count + 2, begin, 100 * side);
    good = good && GEOSCoordSeq_setXY_r(work->handle, sequence, 3 * count + 3, begin, vertices[start].y);
    if (!good && sequence != NULL) {
        GEOSCoordSeq_destroy_r(work->handle, sequence);
        return NULL;
    }
    return sequence;
}

static GEOSGeometry *make_ring(const check *work, uint32_t number)
{
    const vaxdir_area_ring *ring = &work->draft->rings[number];
    GEOSCoordSequence *sequence = ring->around == 0 ? plain_sequence(work, ring) : polar_sequence(work, ring);
    return sequence == NULL ? NULL : GEOSGeom_createLinearRing_r(work->handle, sequence); /* which takes it */
}

/* NULL when GEOS failed. */
static GEOSGeometry *make_polygon(const check *work)
{
    const vaxdir_memory *memory = &work->draft->context->memory;
    uint32_t count = work->end_ring - work->first_ring, made = 0;
    GEOSGeometry **rings = vaxdir_memory_allocate(memory, count, sizeof(GEOSGeometry *));
    GEOSGeometry *polygon = NULL;
    if (rings == NULL)
        return NULL;
    while (made < count && (rings[made] = make_ring(work, work->first_ring + made)) != NULL)
        made++;
    if (made == count)
        polygon = GEOSGeom_createPolygon_r(work->handle, rings[0], rings + 1, count - 1); /* which takes them */
    else
        for (uint32_t i = 0; i < made; i++)
            GEOSGeom_destroy_r(work->handle, rings[i]);
    vaxdir_memory_free(memory, rings, count, sizeof(GEOSGeometry *));
    return polygon;
}

/* The ring that comes nearest to a place, for people: GEOS tells the place only. */
static uint32_t ring_at(const check *work, double x, double y)
{
    double least = -1;
    uint32_t found = work->first_ring;
    for (uint32_t r = work->first_ring; r < work->end_ring; r++) {
        const vaxdir_area_ring *ring = &work->draft->rings[r];
        for (uint32_t i = ring->first; i + 1 < ring->end; i++) {
            const vaxdir_area_vertex *a = &work->draft->vertices[i], *b = a + 1;
            double ax = vaxdir_area_longitude(a) - x, ay = a->y - y;
            double dx = vaxdir_area_longitude(b) - x - ax, dy = b->y - y - ay;
            double along = dx * dx + dy * dy;
            along = along > 0 ? -(ax * dx + ay * dy) / along : 0;
            along = along < 0 ? 0 : along > 1 ? 1 : along;
            double px = ax + along * dx, py = ay + along * dy, distance = px * px + py * py;
            if (least < 0 || distance < least) {
                least = distance;
                found = r;
            }
        }
    }
    return found;
}

static vaxdir_status fail_invalid(const check *work, const char *reason, const GEOSGeometry *place)
{
    double x = 0, y = 0;
    uint32_t polygon = work->draft->rings[work->first_ring].polygon, ring = 0;
    char what[300];
    if (place != NULL && GEOSGeomGetX_r(work->handle, place, &x) == 1 && GEOSGeomGetY_r(work->handle, place, &y) == 1)
        ring = ring_at(work, x, y) - work->first_ring;
    x -= x > 180 ? 360 : x < -180 ? -360 : 0;
    snprintf(what, sizeof what, "%.200s: mend it, or ask for repair", reason == NULL ? "it is not valid" : reason);
    return vaxdir_area_fail(work->draft, polygon, ring, x, y, what);
}

static vaxdir_status add_ring(const check *work, vaxdir_area_draft *repaired, const GEOSGeometry *ring)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(work->handle, ring);
    unsigned int count = 0;
    if (sequence == NULL || !GEOSCoordSeq_getSize_r(work->handle, sequence, &count))
        return fail_geos(work);
    for (unsigned int i = 0; i < count; i++) {
        double x, y;
        if (!GEOSCoordSeq_getXY_r(work->handle, sequence, i, &x, &y))
            return fail_geos(work);
        vaxdir_status status = vaxdir_area_draft_vertex(repaired, x, y);
        if (status != VAXDIR_OK)
            return status;
    }
    return vaxdir_area_draft_end_ring(repaired, false);
}

static vaxdir_status add_polygon(const check *work, vaxdir_area_draft *repaired, const GEOSGeometry *polygon)
{
    const GEOSGeometry *outer = GEOSGetExteriorRing_r(work->handle, polygon);
    int holes = GEOSGetNumInteriorRings_r(work->handle, polygon);
    uint32_t first = (uint32_t)repaired->ring_count;
    if (outer == NULL || holes < 0)
        return fail_geos(work);
    vaxdir_status status = add_ring(work, repaired, outer);
    for (int i = 0; status == VAXDIR_OK && i < holes; i++) {
        const GEOSGeometry *hole = GEOSGetInteriorRingN_r(work->handle, polygon, i);
        status = hole == NULL ? fail_geos(work) : add_ring(work, repaired, hole);
    }
    if (status == VAXDIR_OK)
        status = vaxdir_area_draft_end_polygon(repaired);
    /* They lie in the plane already, so that their turns are right as they are. */
    uint32_t flags = repaired->options.flags;
    repaired->options.flags |= VAXDIR_AREA_PLANAR;
    if (status == VAXDIR_OK)
        status = vaxdir_area_frame(repaired, first, (uint32_t)repaired->ring_count);
    repaired->options.flags = flags;
    return status;
}

/* What is left of points and lines is dropped. GEOS nests its answer one deep at the most; deeper is not followed. */
static vaxdir_status add_polygons(const check *work, vaxdir_area_draft *repaired, const GEOSGeometry *geometry,
                                  int depth)
{
    int type = GEOSGeomTypeId_r(work->handle, geometry);
    int empty = GEOSisEmpty_r(work->handle, geometry);
    if (type < 0 || empty == 2)
        return fail_geos(work);
    if (empty == 1)
        return VAXDIR_OK;
    if (type == GEOS_POLYGON)
        return add_polygon(work, repaired, geometry);
    if ((type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) || depth > 3)
        return VAXDIR_OK;
    int count = GEOSGetNumGeometries_r(work->handle, geometry);
    vaxdir_status status = count < 0 ? fail_geos(work) : VAXDIR_OK;
    for (int i = 0; status == VAXDIR_OK && i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(work->handle, geometry, i);
        status = part == NULL ? fail_geos(work) : add_polygons(work, repaired, part, depth + 1);
    }
    return status;
}

static vaxdir_status repair(const check *work, const GEOSGeometry *polygon, vaxdir_area_draft *repaired)
{
    GEOSGeometry *valid = GEOSMakeValid_r(work->handle, polygon);
    if (valid == NULL)
        return fail_geos(work);
    size_t before = repaired->ring_count;
    vaxdir_status status = add_polygons(work, repaired, valid, 0);
    GEOSGeom_destroy_r(work->handle, valid);
    if (status == VAXDIR_OK && repaired->ring_count == before)
        return fail_invalid(work, "nothing with an inside is left of it after repair", NULL);
    return status;
}

vaxdir_status vaxdir_area_check(vaxdir_area_draft *draft, uint32_t first_ring, uint32_t end_ring,
                                vaxdir_area_draft *repaired, bool *ret_replaced)
{
    geos_scratch *scratch = scratch_of(draft->context);
    if (scratch == NULL)
        return vaxdir_context_fail_memory(draft->context);
    check work = {draft, scratch, scratch->handle, first_ring, end_ring};
    scratch->message[0] = '\0';
    GEOSGeometry *polygon = make_polygon(&work);
    if (polygon == NULL)
        return fail_geos(&work);
    char *reason = NULL;
    GEOSGeometry *place = NULL;
    vaxdir_status status = VAXDIR_OK;
    char valid = GEOSisValidDetail_r(work.handle, polygon, 0, &reason, &place);
    bool wanted = (draft->options.flags & VAXDIR_AREA_REPAIR) != 0 && draft->rings[first_ring].around == 0;
    *ret_replaced = valid == 0 && wanted;
    if (valid != 0 && valid != 1)
        status = fail_geos(&work);
    else if (*ret_replaced)
        status = repair(&work, polygon, repaired);
    else if (valid == 0)
        status = fail_invalid(&work, reason, place);
    if (reason != NULL)
        GEOSFree_r(work.handle, reason);
    if (place != NULL)
        GEOSGeom_destroy_r(work.handle, place);
    GEOSGeom_destroy_r(work.handle, polygon);
    return status;
}
