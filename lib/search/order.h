/* order.h: from chords to the answer: the order, the inclusion and the metres of what a walk has found. */
#ifndef VAXDIR_SEARCH_ORDER_H
#define VAXDIR_SEARCH_ORDER_H

#include "../edition/admit.h"
#include "../geo/chord.h"
#include "bounds.h"
#include "scratch.h"

/* A search: what is asked, and the bounds that follow from it and from the tree. */
typedef struct vaxdir_search {
    const vaxdir_memory *memory;
    vaxdir_search_scratch *scratch;
    const vaxdir_edition *edition;
    const vaxdir_registry *registry;
    const vaxdir_index *index; /* the tree of the places: the registry's, unless a walk takes the filter's own */
    const vaxdir_index *own;   /* a tree of what the filter lets through; NULL for none */
    const vaxdir_index_subset *subset; /* of the registry's tree; NULL: every centre passes */
    uint32_t limit;                    /* not 0, and no more than the centres that pass */
    bool exact;                        /* distances by geod_inverse only */
    bool all_ties;
    bool unordered;
    bool bearings;       /* wanted */
    uint32_t work_limit; /* how many centres to look at; 0: as many as it takes */
    uint32_t admit;      /* VAXDIR_ADMIT_*: what `visit` asks of each centre; 0: nothing */
    vaxdir_visit_known visit;
    bool limited; /* there is a least or a greatest distance */
    double slack;
    vaxdir_index_window window;
    double min_distance_m, max_distance_m; /* 0 and INFINITY where there is none */
    double bound;                          /* squared chords above it are surely farther than max_distance_m */
    double sure_bound;                     /* up to it they are surely nearer */
    double inner;                          /* up to it they are surely nearer than min_distance_m; -1 for none */
    double sure_inner;                     /* above it they are surely not */
    double latitude, longitude;            /* of the position asked about, wrapped */
    vaxdir_ecef from;
} vaxdir_search;

/* Makes the answer of candidates, whose rows are places, among which are all that belong to it: puts distances and rows
 * in scratch->answer and gives their number in *ret_count. False when memory is out. */
bool vaxdir_search_order(const vaxdir_search *search, vaxdir_hit *candidates, size_t count, size_t *ret_count);

/* Chords from which on candidates are narrowed. Nearer than that the window is, too, and what the series may report
 * must not depend on who was taken out; 130 m of more room than the window there is wide. */
#define VAXDIR_SEARCH_FAR_M 500000.0

/* Takes out of candidates, whose rows are places, those that are surely farther than the first so many of the answer,
 * and gives how many are left, in the order they had; nothing where the k-th chord is not far. Where distances_m is not
 * NULL, it goes with them. Has room in `best` for the limit, in `least_m` for all. */
size_t vaxdir_search_narrow(const vaxdir_search *search, vaxdir_hit *candidates, double *distances_m, size_t count,
                            vaxdir_hit *best, double *least_m);

/* Puts what a sweep has found into scratch->candidates in the order of squared chords, with its distances in
 * *ret_metres, or NULL there where they did not keep with it. False when memory is out. */
bool vaxdir_search_arrange(const vaxdir_search *search, const double **ret_metres);

/* The same for candidates that are in the order of squared chords; where distances_m is not NULL it has those that
 * vaxdir_search_distance_m() gives, NaN where geod_inverse is wanted. */
bool vaxdir_search_order_sorted(const vaxdir_search *search, vaxdir_hit *candidates, const double *distances_m,
                                size_t count, size_t *ret_count);

/* Gives what walks from many positions have found its distances; NaN where geod_inverse is wanted. */
void vaxdir_search_metres(const vaxdir_search *search, const vaxdir_ecef *from, vaxdir_index_few *few, uint32_t count);

/* Whether the few, with their distances, are the answer in its order as they stand. */
bool vaxdir_search_is_plain(const vaxdir_search *search, const vaxdir_index_few *few, uint32_t *ret_count);

/* Writes such an answer. */
void vaxdir_search_write_plain(const vaxdir_search *search, const vaxdir_index_few *few, uint32_t count,
                               uint32_t *ret_rows, double *ret_distances_m);

/* The distance of a place as it is reported where the order does not depend on it. */
double vaxdir_search_distance_m(const vaxdir_search *search, vaxdir_index_place place, double squared);

/* By geod_inverse. */
double vaxdir_search_measure(const vaxdir_search *search, uint32_t row);

/* Whether one of these squared chords, from the least to the greatest, may be at the least or the greatest distance. */
bool vaxdir_search_in_doubt(const vaxdir_search *search, double least, double greatest);

#endif
