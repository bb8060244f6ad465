/* oracle.h: what a search must answer, worked out without the library: by measuring every centre with geod_inverse, or,
 * for large worlds, by a linear scan of chords with geod_inverse inside the window that docs/search.md proves. */
#ifndef ORACLE_H
#define ORACLE_H

#include <geodesic.h>

#include "world.h"

typedef struct oracle_query {
    uint32_t limit; /* UINT32_MAX is all */
    bool all_ties;
    world_pairs passing;
    double min_distance_m, max_distance_m; /* 0 and INFINITY for none */
} oracle_query;

typedef struct oracle_hit {
    double distance_m; /* as geod_inverse gives it */
    uint32_t row;
} oracle_hit;

typedef struct oracle {
    const world *of;
    struct geod_geodesic ellipsoid;
    uint32_t capacity;
    double *x, *y, *z; /* of the centres, earth-centred */
    double *squared;   /* chords to the position of the last scan */
    oracle_hit *all;   /* every centre in order, from the position of oracle_measure() */
    oracle_hit *answer;
    uint32_t count; /* of the answer */
    double latitude, longitude;
} oracle;

/* Takes a world that has been filled; begins with zeros, ends with oracle_free(). */
void oracle_take(oracle *asked, const world *of);
void oracle_free(oracle *asked);

/* Measures every centre from a position; then any number of answers from there. */
void oracle_measure(oracle *asked, double latitude, double longitude);
void oracle_by_all_pairs(oracle *asked, const oracle_query *query);

/* The same answer by a scan. */
void oracle_by_scan(oracle *asked, double latitude, double longitude, const oracle_query *query);

/* Whether a distance is the true one: the bits of geod_inverse where the query asks for them and from 500 km on; within
 * 0.05 mm below. */
bool oracle_same_distance(bool exact, double distance_m, double true_m);

/* Whether rows, order and distances, which never decrease, are those of the last answer; or some of it, from hit
 * `first` on. */
bool oracle_agrees(const oracle *asked, bool exact, const uint32_t *rows, const double *distances_m, uint32_t count);
bool oracle_agrees_from(const oracle *asked, uint32_t first, bool exact, const uint32_t *rows,
                        const double *distances_m, uint32_t count);

#endif
