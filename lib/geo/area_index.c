/* area_index.c: builds the rows and the grid, and asks them. Invariant: a position and an edge are put into rows and
 * columns by the same monotone functions, so that rounding there can never hide an edge; cells only say what holds of
 * all of them, and everything else is decided by exact orientations. */
#include "area_index.h"

#include <math.h>
#include <string.h>

#include "orientation.h"
#include "point.h"

enum { OUTSIDE = 0, INSIDE = 1, NEAR_EDGE = 2, SIDE_MAX = 2048, BATCH = VAXDIR_AREA_BATCH };

/* The least and greatest of two, without libm. */
static double least(double a, double b)
{
    return a < b ? a : b;
}

static double greatest(double a, double b)
{
    return a > b ? a : b;
}

/* Subtraction and multiplication by a positive number round monotonically, and so does the conversion. Without
 * branches, which positions in no order would make the processor guess. */
static inline uint32_t cell_of(double value, double origin, double scale, uint32_t count)
{
    double cell = (value - origin) * scale, last = count - 1;
    cell = cell > 0 ? cell : 0;
    cell = cell < last ? cell : last;
    return (uint32_t)cell;
}

static uint32_t row_of(const vaxdir_area *area, double y)
{
    return cell_of(y, area->south, area->row_scale, area->rows);
}

/* How often the area covers a place in the row's band of latitude, or whether it lies on an edge. */
static int32_t cover(const vaxdir_area *area, uint32_t row, double x, double y, bool *ret_boundary)
{
    int32_t covered = area->base;
    const uint32_t *at = area->row_edges + area->row_starts[row], *end = area->row_edges + area->row_starts[row + 1];
    for (; at < end; at++) {
        const vaxdir_area_edge *edge = &area->edges[*at];
        if (y < edge->y_low || y > edge->y_high)
            continue;
        bool spans = y < edge->y_high; /* the upper end belongs to the edge above, so that each corner counts once */
        if (x < edge->x_low && x < edge->x_high) {
            covered += spans ? edge->weight : 0;
            continue;
        }
        if ((x > edge->x_low && x > edge->x_high) || edge->seam)
            continue;
        int side = vaxdir_orientation(edge->x_low, edge->y_low, edge->x_high, edge->y_high, x, y);
        if (side == 0) {
            *ret_boundary = true;
            return covered;
        }
        covered += spans && side > 0 ? edge->weight : 0;
    }
    return covered;
}

static bool holds_near(const vaxdir_area *area, double x, double y)
{
    bool boundary = false;
    int32_t covered = cover(area, row_of(area, y), x, y, &boundary);
    return boundary || covered > 0;
}

static inline bool holds_at(const vaxdir_area *area, double x, double y)
{
    uint32_t row = row_of(area, y), column = cell_of(x, area->west, area->column_scale, area->columns);
    size_t in_box =
        (size_t)(x >= area->west) & (size_t)(x <= area->east) & (size_t)(y >= area->south) & (size_t)(y <= area->north);
    /* The first cell of all is outside, for whatever lies outside the box. */
    unsigned char state = area->cells[in_box * (1 + (size_t)row * area->columns + column)];
    return state == NEAR_EDGE ? holds_near(area, x, y) : state == INSIDE;
}

/* Both ends of the map are one meridian: it is inside where it is on a boundary at either end, or where the map's west
 * end is covered. Cells tell of the one end or the other only, so it is asked exactly. */
static bool holds_on_seam(const vaxdir_area *area, double y)
{
    if (!(y >= area->south && y <= area->north))
        return false;
    bool boundary = false;
    uint32_t row = row_of(area, y);
    (void)cover(area, row, 180, y, &boundary);
    if (boundary)
        return true;
    int32_t covered = cover(area, row, -180, y, &boundary);
    return boundary || covered > 0;
}

bool vaxdir_area_holds(const vaxdir_area *area, double latitude, double longitude)
{
    if (longitude < -180 || longitude > 180)
        longitude = vaxdir_longitude_wrap(longitude);
    double x = vaxdir_orientation_flush(longitude), y = vaxdir_orientation_flush(latitude);
    if (fabs(y) >= 90)
        return area->pole[y > 0];
    if (fabs(x) >= 180)
        return holds_on_seam(area, y);
    return holds_at(area, x, y);
}

static inline double number_at(const void *numbers, ptrdiff_t stride, size_t i)
{
    double number;
    memcpy(&number, (const char *)numbers + (ptrdiff_t)i * stride, sizeof number);
    return number;
}

/* What the grid says of each position, those outside the box included: at its border no cell is INSIDE. Without
 * branches and in steps that a compiler turns into vectors. */
static void find_states(const vaxdir_area *area, const double *x, const double *y, unsigned char *states)
{
    const double last_column = area->columns - 1, last_row = area->rows - 1;
    int32_t columns[BATCH], rows[BATCH];
    for (size_t i = 0; i < BATCH; i++) {
        double column = (x[i] - area->west) * area->column_scale, row = (y[i] - area->south) * area->row_scale;
        column = column > 0 ? column : 0;
        row = row > 0 ? row : 0;
        columns[i] = (int32_t)(column < last_column ? column : last_column);
        rows[i] = (int32_t)(row < last_row ? row : last_row);
    }
    for (size_t i = 0; i < BATCH; i++)
        states[i] = area->cells[1 + (uint32_t)rows[i] * area->columns + (uint32_t)columns[i]];
}

/* The lowest bits of eight bytes, as one. */
static uint64_t lowest_bits(uint64_t bytes)
{
    return ((bytes & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080)) >> 56;
}

uint64_t vaxdir_area_holds_many(const vaxdir_area *area, const void *latitudes, const void *longitudes,
                                ptrdiff_t stride, size_t count)
{
    double x[BATCH], y[BATCH];
    unsigned char states[BATCH];
    unsigned plain = 1; /* no poles, no ends of the map, nothing that is no position */
    for (size_t i = 0; i < count; i++) {
        x[i] = vaxdir_orientation_flush(number_at(longitudes, stride, i));
        y[i] = vaxdir_orientation_flush(number_at(latitudes, stride, i));
        plain &= (unsigned)(fabs(x[i]) < 180) & (unsigned)(fabs(y[i]) < 90);
    }
    for (size_t i = count; i < BATCH; i++)
        x[i] = y[i] = 0;
    find_states(area, x, y, states);
    uint64_t inside = 0, near = 0;
    for (size_t i = 0; i < BATCH; i += 8) {
        uint64_t eight = 0;
        for (unsigned j = 0; j < 8; j++)
            eight |= (uint64_t)states[i + j] << (8 * j);
        inside |= lowest_bits(eight) << i;
        near |= lowest_bits(eight >> 1) << i;
    }
    uint64_t wanted = UINT64_MAX >> (BATCH - count), asked = 0;
    for (size_t i = 0; i < count && !plain; i++)
        asked |= (uint64_t) !((fabs(x[i]) < 180) & (fabs(y[i]) < 90)) << i;
    inside &= wanted & ~asked;
    for (near &= wanted & ~asked; near != 0; near &= near - 1) {
        unsigned i = (unsigned)__builtin_ctzll(near);
        inside |= (uint64_t)holds_at(area, x[i], y[i]) << i;
    }
    for (; asked != 0; asked &= asked - 1) {
        unsigned i = (unsigned)__builtin_ctzll(asked);
        inside |= (uint64_t)(vaxdir_point_valid(y[i], x[i]) && vaxdir_area_holds(area, y[i], x[i])) << i;
    }
    return inside;
}

/* Building. */

static void set_box(vaxdir_area *area, const bool around[2])
{
    area->west = area->south = INFINITY;
    area->east = area->north = -INFINITY;
    for (size_t i = 0; i < area->edge_count; i++) {
        const vaxdir_area_edge *edge = &area->edges[i];
        if (edge->seam)
            continue;
        area->west = least(area->west, least(edge->x_low, edge->x_high));
        area->east = greatest(area->east, greatest(edge->x_low, edge->x_high));
        area->south = least(area->south, edge->y_low);
        area->north = greatest(area->north, edge->y_high);
    }
    area->pole[0] = around[0] || area->south == -90;
    area->pole[1] = around[1] || area->north == 90;
    area->south = around[0] ? -90 : area->south;
    area->north = around[1] ? 90 : area->north;
}

static void set_grid(vaxdir_area *area, uint32_t rows, uint32_t columns)
{
    double height = area->north - area->south, width = area->east - area->west;
    area->rows = rows;
    area->columns = columns;
    area->row_scale = height > 0 ? rows / height : 0;
    area->column_scale = width > 0 ? columns / width : 0;
    area->row_scale = area->row_scale < 1e300 ? area->row_scale : 1e300;
    area->column_scale = area->column_scale < 1e300 ? area->column_scale : 1e300;
}

/* How many entries the rows have; how many each, if row_starts is there. */
static size_t count_entries(vaxdir_area *area, uint32_t *starts)
{
    size_t entries = 0;
    for (size_t i = 0; i < area->edge_count; i++) {
        uint32_t low = row_of(area, area->edges[i].y_low), high = row_of(area, area->edges[i].y_high);
        entries += high - low + 1;
        for (uint32_t row = low; starts != NULL && row <= high; row++)
            starts[row + 1]++;
    }
    return entries;
}

static bool fill_rows(vaxdir_area *area)
{
    /* Long edges stand in many rows: fewer rows keep the whole linear in the edges, whatever their shape. */
    size_t entries;
    while ((entries = count_entries(area, NULL)) > 8 * area->edge_count + 4096 && area->rows > 1)
        set_grid(area, area->rows / 2, area->columns);
    area->row_starts = vaxdir_memory_allocate_zeroed(&area->memory, (size_t)area->rows + 1, sizeof *area->row_starts);
    area->row_edges = vaxdir_memory_allocate(&area->memory, entries, sizeof *area->row_edges);
    area->entry_count = entries;
    if (area->row_starts == NULL || area->row_edges == NULL)
        return false;
    count_entries(area, area->row_starts);
    for (uint32_t row = 0; row < area->rows; row++)
        area->row_starts[row + 1] += area->row_starts[row];
    /* Backwards from each row's end, which thereby becomes its start. */
    for (size_t i = area->edge_count; i-- > 0;) {
        uint32_t low = row_of(area, area->edges[i].y_low), high = row_of(area, area->edges[i].y_high);
        for (uint32_t row = low; row <= high; row++)
            area->row_edges[--area->row_starts[row + 1]] = (uint32_t)i;
    }
    for (uint32_t row = 0; row < area->rows; row++)
        area->row_starts[row] = area->row_starts[row + 1];
    area->row_starts[area->rows] = (uint32_t)entries;
    return true;
}

/* Marks the cells of a row that an edge may touch, generously: rounding here is below 1e-12 degrees and 1e-9 cells. */
static void mark(vaxdir_area *area, uint32_t row, const vaxdir_area_edge *edge)
{
    const double slack = 1e-12;
    double bottom = area->south, top = area->north;
    if (area->row_scale > 0) {
        bottom = area->south + (row - 1e-6) / area->row_scale - slack;
        top = area->south + (row + 1 + 1e-6) / area->row_scale + slack;
    }
    double x_bottom = edge->x_low, x_top = edge->x_high, height = edge->y_high - edge->y_low;
    if (edge->y_low < bottom && height > slack)
        x_bottom += (edge->x_high - edge->x_low) * least((bottom - edge->y_low) / height, 1);
    if (edge->y_high > top && height > slack)
        x_top -= (edge->x_high - edge->x_low) * least((edge->y_high - top) / height, 1);
    double slack_x = slack + (area->column_scale > 0 ? 1e-6 / area->column_scale : 0);
    uint32_t first = cell_of(least(x_bottom, x_top) - slack_x, area->west, area->column_scale, area->columns);
    uint32_t last = cell_of(greatest(x_bottom, x_top) + slack_x, area->west, area->column_scale, area->columns);
    memset(area->cells + 1 + (size_t)row * area->columns + first, NEAR_EDGE, last - first + 1);
}

/* Cells side by side that no edge touches are alike: one position tells of all of them. */
static void settle(vaxdir_area *area, uint32_t row)
{
    unsigned char *cells = area->cells + 1 + (size_t)row * area->columns;
    double y = area->row_scale > 0 ? area->south + (row + 0.5) / area->row_scale : area->south;
    bool known = false;
    unsigned char state = OUTSIDE;
    for (uint32_t column = 0; column < area->columns; column++) {
        if (cells[column] == NEAR_EDGE) {
            known = false;
            continue;
        }
        if (!known) {
            double x = area->column_scale > 0 ? area->west + (column + 0.5) / area->column_scale : area->west;
            bool boundary = false;
            if (row_of(area, y) != row || cell_of(x, area->west, area->column_scale, area->columns) != column) {
                cells[column] = NEAR_EDGE; /* too small for doubles: every position is decided by itself */
                continue;
            }
            state = cover(area, row, x, y, &boundary) > 0 ? INSIDE : OUTSIDE;
            known = true;
        }
        cells[column] = state;
    }
}

static bool fill_cells(vaxdir_area *area)
{
    area->cells = vaxdir_memory_allocate_zeroed(&area->memory, (size_t)area->rows * area->columns + 1, 1);
    if (area->cells == NULL)
        return false;
    for (uint32_t row = 0; row < area->rows; row++) {
        for (uint32_t i = area->row_starts[row]; i < area->row_starts[row + 1]; i++)
            if (!area->edges[area->row_edges[i]].seam)
                mark(area, row, &area->edges[area->row_edges[i]]);
        settle(area, row);
    }
    return true;
}

bool vaxdir_area_index(vaxdir_area *area)
{
    /* A ring about the north pole makes the base; one about the south pole an edge of the seam that ends at the pole.
     */
    bool around[2] = {false, area->base > 0};
    for (size_t i = 0; i < area->edge_count; i++)
        around[0] = around[0] || (area->edges[i].seam && area->edges[i].y_low == -90 && area->edges[i].weight > 0);
    set_box(area, around);
    uint32_t side = 16;
    while (side < SIDE_MAX && (uint64_t)side * side < 16 * (uint64_t)area->edge_count)
        side *= 2;
    set_grid(area, side, side);
    return fill_rows(area) && fill_cells(area);
}
