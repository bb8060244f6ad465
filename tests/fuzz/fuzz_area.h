/* fuzz_area.h: what the targets of areas have in common. The first byte of an input chooses options. Invariant watched:
 * a document is refused with a message, or gives an area whose boundary is inside, which is the same when it is read
 * again or with repair, and answers many positions as it answers each. */
#ifndef FUZZ_AREA_H
#define FUZZ_AREA_H

#include <stdbool.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "fuzz.h"
#include "geo/area_index.h"

typedef vaxdir_status (*read_area)(vaxdir_context *context, const char *text, size_t length,
                                   const vaxdir_area_options *options, vaxdir_area **ret_area);

static vaxdir_context *area_context;

static vaxdir_area *read_with(read_area read, const char *text, size_t length, const vaxdir_area_options *options)
{
    vaxdir_area *area = NULL;
    vaxdir_status status = read(area_context, text, length, options, &area);
    const vaxdir_error *error = vaxdir_context_error(area_context);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_DATA || status == VAXDIR_ERROR_LIMIT);
    PROMISE((status == VAXDIR_OK) == (area != NULL));
    PROMISE((status == VAXDIR_OK) == (error->message[0] == '\0') && error->status == status);
    return area;
}

static bool holds(const vaxdir_area *area, double latitude, double longitude)
{
    int32_t inside = 2;
    PROMISE(vaxdir_area_contains(area_context, area, latitude, longitude, &inside) == VAXDIR_OK);
    PROMISE(inside == 0 || inside == 1);
    return inside == 1;
}

static void check_boundary(const vaxdir_area *area)
{
    for (size_t i = 0; i < area->edge_count; i++) {
        const vaxdir_area_edge *edge = &area->edges[i];
        if (edge->seam)
            continue;
        PROMISE(holds(area, edge->y_low, edge->x_low) && holds(area, edge->y_high, edge->x_high));
        PROMISE(edge->y_low != edge->y_high || edge->y_low == 90 || edge->y_low == -90 ||
                holds(area, edge->y_low, edge->x_low + (edge->x_high - edge->x_low) / 2));
    }
}

static void check_many(const vaxdir_area *area)
{
    enum { SIDE = 11, COUNT = SIDE * SIDE };
    double positions[COUNT][2];
    uint8_t inside[COUNT];
    size_t invalid = 1;
    for (int i = 0; i < COUNT; i++) {
        positions[i][0] = -90 + 18.0 * (i / SIDE);
        positions[i][1] = -180 + 36.0 * (i % SIDE);
    }
    PROMISE(vaxdir_area_contains_many(area_context, area, &positions[0][0], &positions[0][1], sizeof *positions, COUNT,
                                      inside, &invalid) == VAXDIR_OK);
    PROMISE(invalid == 0);
    for (int i = 0; i < COUNT; i++) {
        PROMISE(inside[i] == holds(area, positions[i][0], positions[i][1]));
        PROMISE(inside[i] == holds(area, positions[i][0], positions[i][1] - 360));
        /* One meridian, one pole. */
        PROMISE(i % SIDE != 0 || inside[i] == inside[i + SIDE - 1]);
        PROMISE((i >= SIDE && i < COUNT - SIDE) || inside[i] == inside[i / SIDE * SIDE]);
    }
}

static int try_area(read_area read, bool features, const uint8_t *data, size_t size)
{
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    if (area_context == NULL)
        PROMISE(vaxdir_context_new(NULL, &area_context) == VAXDIR_OK);
    if (size == 0)
        return 0;
    /* '0' to '7' in the corpora. */
    options.flags = data[0] & 3;
    options.property = features && (data[0] & 4) != 0 ? "code" : NULL;
    options.value = options.property == NULL ? NULL : "57";
    options.max_vertices = 500;
    options.max_rings = 50;
    const char *text = (const char *)data + 1;
    vaxdir_area *area = read_with(read, text, size - 1, &options);
    if (area == NULL)
        return 0;
    check_boundary(area);
    check_many(area);
    options.flags |= VAXDIR_AREA_REPAIR;
    vaxdir_area *again = read_with(read, text, size - 1, &options);
    PROMISE(again != NULL && memcmp(area->hash, again->hash, sizeof area->hash) == 0);
    vaxdir_area_unref(again);
    vaxdir_area_unref(area);
    return 0;
}

#endif
