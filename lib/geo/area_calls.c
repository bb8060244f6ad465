/* area_calls.c: the public calls on areas. Invariant: an area is given out only when all of it has been checked and
 * indexed; from then on it never changes. */
#include <string.h>

#include <xxhash.h>

#include "area_index.h"
#include "point.h"

static vaxdir_area *area_new(const vaxdir_memory *memory)
{
    vaxdir_area *area = vaxdir_memory_allocate_zeroed(memory, 1, sizeof *area);
    if (area == NULL)
        return NULL;
    atomic_init(&area->references, 1);
    area->memory = *memory;
    return area;
}

/* Polygons with their rings first to end - 1, framed, into the area. */
static vaxdir_status add_polygons(vaxdir_area *area, vaxdir_area_draft *draft, vaxdir_area_draft *repaired)
{
    for (size_t first = 0, end; first < draft->ring_count; first = end) {
        for (end = first + 1; end < draft->ring_count && draft->rings[end].polygon == draft->rings[first].polygon;)
            end++;
        bool replaced = false;
        vaxdir_status status = VAXDIR_OK;
        if (repaired != NULL) {
            status = vaxdir_area_frame(draft, (uint32_t)first, (uint32_t)end);
            if (status == VAXDIR_OK)
                status = vaxdir_area_check(draft, (uint32_t)first, (uint32_t)end, repaired, &replaced);
        }
        if (status != VAXDIR_OK)
            return status;
        if (!replaced && !vaxdir_area_add_edges(area, draft, (uint32_t)first, (uint32_t)end))
            return vaxdir_context_fail_memory(draft->context);
    }
    return VAXDIR_OK;
}

/* Numbers in little-endian and doubles by their bits, so that a hash is the same on every machine. */
static bool set_hash(vaxdir_area *area)
{
    XXH3_state_t *state = XXH3_createState();
    bool good = state != NULL && XXH3_128bits_reset(state) != XXH_ERROR;
    for (size_t i = 0; good && i < area->edge_count; i++) {
        const vaxdir_area_edge *edge = &area->edges[i];
        const double numbers[6] = {edge->x_low, edge->y_low, edge->x_high, edge->y_high, edge->weight, edge->seam};
        unsigned char bytes[48];
        for (int n = 0; n < 6; n++) {
            uint64_t bits;
            memcpy(&bits, &numbers[n], sizeof bits);
            for (int b = 0; b < 8; b++)
                bytes[8 * n + b] = (unsigned char)(bits >> 8 * b & 0xFF);
        }
        good = XXH3_128bits_update(state, bytes, sizeof bytes) != XXH_ERROR;
    }
    if (good) {
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
        memcpy(area->hash, canonical.digest, sizeof area->hash);
    }
    XXH3_freeState(state);
    return good;
}

/* The area of what was read. */
static vaxdir_status finish(vaxdir_area_draft *draft, vaxdir_area **ret_area)
{
    if (draft->polygon_count == 0 && draft->options.property != NULL)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_DATA,
                                   "no feature with a geometry has %.60s = '%.60s': look at the file's properties",
                                   draft->options.property, draft->options.value);
    if (draft->polygon_count == 0)
        return vaxdir_context_fail(draft->context, VAXDIR_ERROR_DATA, "the area has no polygon: give one");
    vaxdir_area_draft repaired = {.context = draft->context, .options = draft->options};
    repaired.options.flags &= ~(uint32_t)VAXDIR_AREA_PLANAR;
    vaxdir_area *area = area_new(&draft->context->memory);
    if (area == NULL)
        return vaxdir_context_fail_memory(draft->context);
    vaxdir_status status = add_polygons(area, draft, &repaired);
    if (status == VAXDIR_OK)
        status = add_polygons(area, &repaired, NULL);
    vaxdir_area_draft_free(&repaired);
    if (status == VAXDIR_OK && (!vaxdir_area_index(area) || !set_hash(area)))
        status = vaxdir_context_fail_memory(draft->context);
    if (status == VAXDIR_OK)
        *ret_area = area;
    else
        vaxdir_area_unref(area);
    return status;
}

static vaxdir_status check_length(vaxdir_area_draft *draft, size_t length)
{
    uint64_t most = draft->context->limits.input_bytes;
    bool own = draft->options.max_bytes < most;
    if (length <= (own ? draft->options.max_bytes : most))
        return VAXDIR_OK;
    return vaxdir_context_fail(draft->context, VAXDIR_ERROR_LIMIT,
                               "the area's text is longer than %s allows: simplify it, or allow more",
                               own ? "options.max_bytes" : "max_input_bytes");
}

static vaxdir_status refuse_property(const vaxdir_area_draft *draft)
{
    if (draft->options.property == NULL)
        return VAXDIR_OK;
    return vaxdir_context_fail(draft->context, VAXDIR_ERROR_ARGUMENT,
                               "options.property chooses among features of GeoJSON: leave it NULL here");
}

vaxdir_status vaxdir_area_from_geojson(vaxdir_context *context, const void *bytes, size_t length,
                                       const vaxdir_area_options *options, vaxdir_area **ret_area)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (bytes == NULL)
        return vaxdir_context_fail_null(context, "bytes");
    if (ret_area == NULL)
        return vaxdir_context_fail_null(context, "ret_area");
    vaxdir_area_draft draft;
    status = vaxdir_area_draft_init(context, options, &draft);
    if (status == VAXDIR_OK)
        status = check_length(&draft, length);
    if (status == VAXDIR_OK)
        status = vaxdir_area_read_geojson(&draft, bytes, length);
    if (status == VAXDIR_OK)
        status = finish(&draft, ret_area);
    vaxdir_area_draft_free(&draft);
    return status;
}

vaxdir_status vaxdir_area_from_wkt(vaxdir_context *context, const char *text, size_t length,
                                   const vaxdir_area_options *options, vaxdir_area **ret_area)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (text == NULL)
        return vaxdir_context_fail_null(context, "text");
    if (ret_area == NULL)
        return vaxdir_context_fail_null(context, "ret_area");
    vaxdir_area_draft draft;
    status = vaxdir_area_draft_init(context, options, &draft);
    if (status == VAXDIR_OK)
        status = refuse_property(&draft);
    if (status == VAXDIR_OK)
        status = check_length(&draft, length);
    if (status == VAXDIR_OK)
        status = vaxdir_area_read_wkt(&draft, (vaxdir_slice){text, length});
    if (status == VAXDIR_OK)
        status = finish(&draft, ret_area);
    vaxdir_area_draft_free(&draft);
    return status;
}

/* The i-th number of an array with a stride, which need not be aligned. */
static double number_at(const double *numbers, ptrdiff_t stride, size_t i)
{
    double number;
    memcpy(&number, (const char *)numbers + (ptrdiff_t)i * (stride == 0 ? (ptrdiff_t)sizeof number : stride),
           sizeof number);
    return number;
}

static vaxdir_status read_rings(vaxdir_area_draft *draft, const double *latitudes, const double *longitudes,
                                ptrdiff_t stride, const uint32_t *ring_sizes, size_t ring_count)
{
    size_t at = 0;
    for (size_t ring = 0; ring < ring_count; ring++) {
        for (uint32_t i = 0; i < ring_sizes[ring]; i++, at++) {
            vaxdir_status status =
                vaxdir_area_draft_vertex(draft, number_at(longitudes, stride, at), number_at(latitudes, stride, at));
            if (status != VAXDIR_OK)
                return status;
        }
        vaxdir_status status = vaxdir_area_draft_end_ring(draft, true);
        if (status != VAXDIR_OK)
            return status;
    }
    return vaxdir_area_draft_end_polygon(draft);
}

vaxdir_status vaxdir_area_from_rings(vaxdir_context *context, const double *latitudes, const double *longitudes,
                                     ptrdiff_t stride, const uint32_t *ring_sizes, size_t ring_count,
                                     const vaxdir_area_options *options, vaxdir_area **ret_area)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (latitudes == NULL)
        return vaxdir_context_fail_null(context, "latitudes");
    if (longitudes == NULL)
        return vaxdir_context_fail_null(context, "longitudes");
    if (ring_sizes == NULL)
        return vaxdir_context_fail_null(context, "ring_sizes");
    if (ret_area == NULL)
        return vaxdir_context_fail_null(context, "ret_area");
    if (ring_count == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "ring_count is 0: a polygon has an outer ring");
    vaxdir_area_draft draft;
    status = vaxdir_area_draft_init(context, options, &draft);
    if (status == VAXDIR_OK)
        status = refuse_property(&draft);
    if (status == VAXDIR_OK)
        status = read_rings(&draft, latitudes, longitudes, stride, ring_sizes, ring_count);
    if (status == VAXDIR_OK)
        status = finish(&draft, ret_area);
    vaxdir_area_draft_free(&draft);
    return status;
}

vaxdir_area *vaxdir_area_ref(vaxdir_area *area)
{
    if (area != NULL)
        atomic_fetch_add_explicit(&area->references, 1, memory_order_relaxed);
    return area;
}

vaxdir_area *vaxdir_area_unref(vaxdir_area *area)
{
    if (area == NULL || atomic_fetch_sub_explicit(&area->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    vaxdir_memory memory = area->memory;
    vaxdir_memory_free(&memory, area->edges, area->edge_capacity, sizeof *area->edges);
    vaxdir_memory_free(&memory, area->row_edges, area->entry_count, sizeof *area->row_edges);
    vaxdir_memory_free(&memory, area->row_starts, (size_t)area->rows + 1, sizeof *area->row_starts);
    vaxdir_memory_free(&memory, area->cells, (size_t)area->rows * area->columns + 1, 1);
    vaxdir_memory_free(&memory, area, 1, sizeof *area);
    return NULL;
}

vaxdir_status vaxdir_area_contains(vaxdir_context *context, const vaxdir_area *area, double latitude, double longitude,
                                   int32_t *ret_inside)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (area == NULL)
        return vaxdir_context_fail_null(context, "area");
    if (ret_inside == NULL)
        return vaxdir_context_fail_null(context, "ret_inside");
    if (!vaxdir_point_valid(latitude, longitude))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the position is not one: latitude is -90 to 90 degrees, longitude finite");
    *ret_inside = vaxdir_area_holds(area, latitude, longitude);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_area_contains_many(vaxdir_context *context, const vaxdir_area *area, const double *latitudes,
                                        const double *longitudes, ptrdiff_t stride, size_t count, uint8_t *inside,
                                        size_t *ret_invalid)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (area == NULL)
        return vaxdir_context_fail_null(context, "area");
    if (latitudes == NULL && count != 0)
        return vaxdir_context_fail_null(context, "latitudes");
    if (longitudes == NULL && count != 0)
        return vaxdir_context_fail_null(context, "longitudes");
    if (inside == NULL && count != 0)
        return vaxdir_context_fail_null(context, "inside");
    size_t invalid = 0;
    for (size_t i = 0; i < count; i++) {
        double latitude = number_at(latitudes, stride, i), longitude = number_at(longitudes, stride, i);
        invalid += (size_t) !((latitude >= -90) & (latitude <= 90) & (longitude - longitude == 0));
    }
    ptrdiff_t step = stride == 0 ? (ptrdiff_t)sizeof(double) : stride;
    const char *latitude = (const char *)latitudes, *longitude = (const char *)longitudes;
    for (size_t i = 0; i < count; i += VAXDIR_AREA_BATCH) {
        size_t batch = count - i < VAXDIR_AREA_BATCH ? count - i : VAXDIR_AREA_BATCH;
        uint64_t held =
            vaxdir_area_holds_many(area, latitude + (ptrdiff_t)i * step, longitude + (ptrdiff_t)i * step, step, batch);
        for (size_t j = 0; j < batch; j++)
            inside[i + j] = held >> j & 1;
    }
    if (ret_invalid != NULL)
        *ret_invalid = invalid;
    return VAXDIR_OK;
}
