/* bounds.h: how far the geodesic and the chord can disagree: which chords a search must look at. The proofs are in
 * docs/search.md, by the names used here. All lengths are metres, all chords squared and as the index computes them. */
#ifndef VAXDIR_SEARCH_BOUNDS_H
#define VAXDIR_SEARCH_BOUNDS_H

#include "../registry/index_walk.h"

/* The slack for a tree whose positions are off by up to this: "slack". */
double vaxdir_bounds_slack(double displacement_m);

/* "window": of at least k positions with squared chords up to this one, none farther off than the k-th by geod_inverse
 * has a squared chord above the result. INFINITY where nothing can be said: near the antipode. */
double vaxdir_bounds_window(double squared_chord, double slack);

/* "quick window": never less than the window; for inner loops. */
vaxdir_index_window vaxdir_bounds_quick_window(double slack);

/* "radius": no position within this distance by geod_inverse has a squared chord above the result. */
double vaxdir_bounds_radius(double distance_m, double slack);

/* "core": every position with a squared chord up to the result is nearer than this distance by geod_inverse; negative
 * where that can be said of none. */
double vaxdir_bounds_core(double distance_m, double slack);

/* "reach": a position behind a box, with a true chord no less than that of the box, is farther than the result by
 * geod_inverse, and so is none of those that are sorted before it; 0 where the box may hold the position itself. */
double vaxdir_bounds_reach(double squared_chord, double slack);

#endif
