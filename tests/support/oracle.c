/* oracle.c: see oracle.h. Invariant: no bound here is the library's own: they are those of docs/search.md, "theorem",
 * in sines, with a thousand times the slack. */
#include "oracle.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double equatorial_radius = 6378137, flattening = 1 / 298.257223563;

/* "Antipode": up to this chord the upper bound holds. */
static const double proven_chord = 12570000;

/* "Farthest". */
static const double farthest = 20037509;

/* Metres; what coordinates, chords and geod_inverse may be wrong by together is below 100 nm. */
static const double slack = 1e-4;

static double least_radius(void)
{
    return equatorial_radius * (1 - flattening) * (1 - flattening);
}

static double greatest_radius(void)
{
    return equatorial_radius / (1 - flattening);
}

/* --- a world ------------------------------------------------------------------------------------------------------ */

static void *room_for(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory == NULL) {
        printf("Bail out! no memory for the oracle\n");
        exit(1);
    }
    return memory;
}

static void release(oracle *asked)
{
    free(asked->x);
    free(asked->y);
    free(asked->z);
    free(asked->squared);
    free(asked->all);
    free(asked->answer);
}

void oracle_free(oracle *asked)
{
    release(asked);
    *asked = (oracle){0};
}

static void earth_centred(double latitude, double longitude, double *x, double *y, double *z)
{
    const double degree = 0.017453292519943295, squared_eccentricity = flattening * (2 - flattening);
    double sine = sin(latitude * degree), cosine = cos(latitude * degree);
    double normal = equatorial_radius / sqrt(1 - squared_eccentricity * sine * sine);
    longitude = remainder(longitude, 360);
    *x = normal * cosine * cos(longitude * degree);
    *y = normal * cosine * sin(longitude * degree);
    *z = normal * (1 - squared_eccentricity) * sine;
}

void oracle_take(oracle *asked, const world *of)
{
    if (asked->x == NULL || of->count > asked->capacity) {
        release(asked);
        asked->capacity = of->count;
        asked->x = room_for(of->count, sizeof *asked->x);
        asked->y = room_for(of->count, sizeof *asked->y);
        asked->z = room_for(of->count, sizeof *asked->z);
        asked->squared = room_for(of->count, sizeof *asked->squared);
        asked->all = room_for(of->count, sizeof *asked->all);
        asked->answer = room_for(of->count, sizeof *asked->answer);
        geod_init(&asked->ellipsoid, equatorial_radius, flattening);
    }
    asked->of = of;
    asked->count = 0;
    for (uint32_t row = 0; row < of->count; row++)
        earth_centred(of->centres[row].latitude, of->centres[row].longitude, &asked->x[row], &asked->y[row],
                      &asked->z[row]);
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

static oracle_hit measure(const oracle *asked, uint32_t row)
{
    oracle_hit hit = {0, row};
    const world_centre *centre = &asked->of->centres[row];
    geod_inverse(&asked->ellipsoid, asked->latitude, asked->longitude, centre->latitude, centre->longitude,
                 &hit.distance_m, NULL, NULL);
    return hit;
}

static int compare(const void *left, const void *right)
{
    const oracle_hit *a = left, *b = right;
    if (a->distance_m != b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

void oracle_measure(oracle *asked, double latitude, double longitude)
{
    asked->latitude = latitude;
    asked->longitude = longitude;
    for (uint32_t row = 0; row < asked->of->count; row++)
        asked->all[row] = measure(asked, row);
    qsort(asked->all, asked->of->count, sizeof *asked->all, compare);
}

/* Of hits in order, those that are asked for become the answer. */
static void answer_from(oracle *asked, const oracle_hit *hits, uint32_t count, const oracle_query *query)
{
    asked->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        oracle_hit hit = hits[i];
        bool tie = query->all_ties && asked->count > 0 && hit.distance_m == asked->answer[asked->count - 1].distance_m;
        if ((asked->count >= query->limit && !tie) || hit.distance_m > query->max_distance_m)
            break;
        if (hit.distance_m >= query->min_distance_m && world_passes(query->passing, &asked->of->centres[hit.row]))
            asked->answer[asked->count++] = hit;
    }
}

void oracle_by_all_pairs(oracle *asked, const oracle_query *query)
{
    answer_from(asked, asked->all, asked->of->count, query);
}

/* --- scanning ----------------------------------------------------------------------------------------------------- */

static double squared_or_none(double chord)
{
    return chord <= 0 ? -1 : chord * chord;
}

/* Squared chords above it are farther than the distance. */
static double reach(double distance_m)
{
    if (!(distance_m < farthest))
        return INFINITY;
    return squared_or_none(2 * greatest_radius() * sin(distance_m / (2 * greatest_radius())) + slack);
}

/* Squared chords below it are nearer than the distance; never more than can be proven. */
static double core(double distance_m)
{
    double angle = distance_m / (2 * least_radius());
    double chord = angle < 1.5 ? 2 * least_radius() * sin(angle) - slack : proven_chord;
    return squared_or_none(chord < proven_chord ? chord : proven_chord);
}

/* No centre that may be as near as one of this squared chord has a squared chord above it. */
static double window(double squared)
{
    double chord = sqrt(squared) + slack;
    if (!(chord < proven_chord))
        return INFINITY;
    return reach(2 * least_radius() * asin(chord / (2 * least_radius())) + slack);
}

static void scan_chords(oracle *asked)
{
    const uint32_t count = asked->of->count;
    const double *restrict x = asked->x, *restrict y = asked->y, *restrict z = asked->z;
    double *restrict squared = asked->squared;
    double from_x, from_y, from_z;
    earth_centred(asked->latitude, asked->longitude, &from_x, &from_y, &from_z);
    for (uint32_t row = 0; row < count; row++) {
        double dx = x[row] - from_x, dy = y[row] - from_y, dz = z[row] - from_z;
        squared[row] = dx * dx + dy * dy + dz * dz;
    }
}

/* The limit-th least squared chord of the centres that surely count; INFINITY where there are not so many, or where
 * asking for so many would cost more than it saves. */
static double nth_least(const oracle *asked, const oracle_query *query, double from)
{
    enum { MOST = 128 };
    double least[MOST];
    uint32_t known = 0;
    if (query->limit == 0 || query->limit > MOST)
        return INFINITY;
    for (uint32_t row = 0; row < asked->of->count; row++) {
        double squared = asked->squared[row];
        if (known == query->limit && !(squared < least[known - 1]))
            continue;
        if (squared < from || !world_passes(query->passing, &asked->of->centres[row]))
            continue;
        uint32_t hole = known < query->limit ? known++ : known - 1;
        for (; hole > 0 && least[hole - 1] > squared; hole--)
            least[hole] = least[hole - 1];
        least[hole] = squared;
    }
    return known < query->limit ? INFINITY : least[known - 1];
}

void oracle_by_scan(oracle *asked, double latitude, double longitude, const oracle_query *query)
{
    asked->latitude = latitude;
    asked->longitude = longitude;
    scan_chords(asked);
    bool from_zero = !(query->min_distance_m > 0);
    double low = from_zero ? -1 : core(query->min_distance_m - slack);
    double sure_low = from_zero ? -1 : reach(query->min_distance_m + slack);
    double high = reach(query->max_distance_m + slack);
    double nth = nth_least(asked, query, sure_low);
    double near = window(nth);
    high = near < high ? near : high;
    uint32_t count = 0;
    for (uint32_t row = 0; row < asked->of->count; row++)
        if (asked->squared[row] <= high && asked->squared[row] >= low &&
            world_passes(query->passing, &asked->of->centres[row]))
            asked->all[count++] = measure(asked, row);
    qsort(asked->all, count, sizeof *asked->all, compare);
    answer_from(asked, asked->all, count, query);
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

bool oracle_same_distance(bool exact, double distance_m, double true_m)
{
    return exact || true_m >= 500000 ? distance_m == true_m : fabs(distance_m - true_m) < 5e-5;
}

bool oracle_agrees_from(const oracle *asked, uint32_t first, bool exact, const uint32_t *rows,
                        const double *distances_m, uint32_t count)
{
    if (first > asked->count || count > asked->count - first)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const oracle_hit *hit = &asked->answer[first + i];
        if (rows[i] != hit->row || !oracle_same_distance(exact, distances_m[i], hit->distance_m))
            return false;
        if (i > 0 && !(distances_m[i] >= distances_m[i - 1]))
            return false;
    }
    return true;
}

bool oracle_agrees(const oracle *asked, bool exact, const uint32_t *rows, const double *distances_m, uint32_t count)
{
    return count == asked->count && oracle_agrees_from(asked, 0, exact, rows, distances_m, count);
}
