/* area_draft.c: collects rings. Invariant: every vertex in it is a position, within the limits, and every ring that has
 * ended is closed and has at least four vertices. */
#include "area_draft.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "orientation.h"

enum {
    VERTICES_DEFAULT = 1000000,
    VERTICES_MAX = 100000000,
    RINGS_DEFAULT = 100000,
    DEPTH_DEFAULT = 8,
    DEPTH_MAX = 64
};

static vaxdir_status check_options(vaxdir_context *context, vaxdir_area_options *options)
{
    if ((options->flags & ~(uint32_t)(VAXDIR_AREA_REPAIR | VAXDIR_AREA_PLANAR)) != 0 || options->reserved != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "options.flags or reserved has unknown bits: start from the INIT macro");
    if ((options->property == NULL) != (options->value == NULL))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "options.property and options.value go together: give both, or none");
    if (options->max_vertices > VERTICES_MAX || options->max_depth > DEPTH_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "options.max_vertices is above %d or options.max_depth above %d: give less",
                                   VERTICES_MAX, DEPTH_MAX);
    options->max_bytes = options->max_bytes == 0 ? UINT64_C(256) << 20 : options->max_bytes;
    options->max_vertices = options->max_vertices == 0 ? VERTICES_DEFAULT : options->max_vertices;
    options->max_rings = options->max_rings == 0 ? RINGS_DEFAULT : options->max_rings;
    options->max_depth = options->max_depth == 0 ? DEPTH_DEFAULT : options->max_depth;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_area_draft_init(vaxdir_context *context, const vaxdir_area_options *options,
                                     vaxdir_area_draft *draft)
{
    *draft = (vaxdir_area_draft){.context = context};
    vaxdir_status status = vaxdir_context_read_struct(context, "options", options, &draft->options,
                                                      sizeof draft->options, sizeof draft->options);
    return status == VAXDIR_OK ? check_options(context, &draft->options) : status;
}

void vaxdir_area_draft_free(vaxdir_area_draft *draft)
{
    const vaxdir_memory *memory = &draft->context->memory;
    vaxdir_memory_free(memory, draft->vertices, draft->vertex_capacity, sizeof *draft->vertices);
    vaxdir_memory_free(memory, draft->rings, draft->ring_capacity, sizeof *draft->rings);
}

/* Degrees with six places, about a decimetre; not by printf of a double, which follows the locale. */
static void write_degrees(double degrees, char text[32])
{
    if (!(fabs(degrees) <= 100000)) {
        snprintf(text, 32, "%s", "out of range");
        return;
    }
    long long millionths = llround(fabs(degrees) * 1000000);
    snprintf(text, 32, "%s%lld.%06lld", degrees < 0 && millionths != 0 ? "-" : "", millionths / 1000000,
             millionths % 1000000);
}

vaxdir_status vaxdir_area_fail(vaxdir_area_draft *draft, uint32_t polygon, uint32_t ring, double longitude,
                               double latitude, const char *what)
{
    char x[32], y[32];
    write_degrees(longitude, x);
    write_degrees(latitude, y);
    return vaxdir_context_fail(draft->context, VAXDIR_ERROR_DATA,
                               "the area's polygon %lu, ring %lu, near latitude %s, longitude %s: %s",
                               (unsigned long)polygon + 1, (unsigned long)ring + 1, y, x, what);
}

static vaxdir_status fail_here(vaxdir_area_draft *draft, double longitude, double latitude, const char *what)
{
    return vaxdir_area_fail(draft, draft->polygon_count, (uint32_t)draft->ring_count - draft->polygon_first, longitude,
                            latitude, what);
}

static vaxdir_status add_vertex(vaxdir_area_draft *draft, vaxdir_area_vertex vertex)
{
    if (draft->vertex_count >= draft->options.max_vertices)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_LIMIT,
                                   "the area has more than max_vertices = %lu vertices: simplify it, or allow more",
                                   (unsigned long)draft->options.max_vertices);
    if (!vaxdir_memory_reserve(&draft->context->memory, &draft->vertices, &draft->vertex_capacity,
                               draft->vertex_count + 1, sizeof *draft->vertices))
        return vaxdir_context_fail_memory(draft->context);
    draft->vertices[draft->vertex_count++] = vertex;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_area_draft_vertex(vaxdir_area_draft *draft, double longitude, double latitude)
{
    if (!(latitude >= -90 && latitude <= 90))
        return fail_here(draft, longitude, latitude,
                         "the latitude is beyond 90 degrees: are latitude and longitude exchanged?");
    double most = (draft->options.flags & VAXDIR_AREA_PLANAR) != 0 ? 180 : 540;
    if (!(longitude >= -most && longitude <= most))
        return fail_here(draft, longitude, latitude, "the longitude is out of range: give -180 to 180 degrees");
    /* Exact: the operands of the subtraction are within a factor of two of each other (Sterbenz). */
    int32_t turn = longitude > 180 ? 1 : longitude < -180 ? -1 : 0;
    return add_vertex(draft, (vaxdir_area_vertex){vaxdir_orientation_flush(longitude - 360.0 * turn),
                                                  vaxdir_orientation_flush(latitude), turn, 0});
}

vaxdir_status vaxdir_area_draft_end_ring(vaxdir_area_draft *draft, bool close)
{
    size_t count = draft->vertex_count - draft->ring_first;
    if (draft->ring_count >= draft->options.max_rings)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_LIMIT,
                                   "the area has more than max_rings = %lu rings: simplify it, or allow more",
                                   (unsigned long)draft->options.max_rings);
    if (count == 0)
        return fail_here(draft, 0, 0, "the ring is empty: give at least three corners");
    vaxdir_area_vertex first = draft->vertices[draft->ring_first], last = draft->vertices[draft->vertex_count - 1];
    if (first.x != last.x || first.y != last.y || first.turn != last.turn) {
        if (!close && (draft->options.flags & VAXDIR_AREA_REPAIR) == 0)
            return fail_here(draft, vaxdir_area_longitude(&last), last.y,
                             "the ring does not end where it began: repeat its first position");
        vaxdir_status status = add_vertex(draft, first);
        if (status != VAXDIR_OK)
            return status;
        count++;
    }
    if (count < 4)
        return fail_here(
            draft, vaxdir_area_longitude(&first), first.y,
            "the ring has fewer than three corners: give at least four positions, the last being the first");
    if (!vaxdir_memory_reserve(&draft->context->memory, &draft->rings, &draft->ring_capacity, draft->ring_count + 1,
                               sizeof *draft->rings))
        return vaxdir_context_fail_memory(draft->context);
    draft->rings[draft->ring_count++] = (vaxdir_area_ring){
        .first = draft->ring_first,
        .end = (uint32_t)draft->vertex_count,
        .polygon = draft->polygon_count,
    };
    draft->ring_first = (uint32_t)draft->vertex_count;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_area_draft_end_polygon(vaxdir_area_draft *draft)
{
    if (draft->ring_count == draft->polygon_first)
        return fail_here(draft, 0, 0, "the polygon is empty: leave it out");
    draft->polygon_first = (uint32_t)draft->ring_count;
    draft->polygon_count++;
    return VAXDIR_OK;
}
