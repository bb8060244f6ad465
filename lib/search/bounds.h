/* bounds.h: how far the geodesic and the chord can disagree: which chords a search must look at. The proofs are in
 * docs/search.md, by the names used here. All lengths are metres, all chords squared and as the index computes them. */
#ifndef VAXDIR_SEARCH_BOUNDS_H
#define VAXDIR_SEARCH_BOUNDS_H

/* "window": of at least k positions with squared chords up to this one, none farther off than the k-th by geod_inverse
 * has a squared chord above the result. INFINITY where nothing can be said: near the antipode. */
double vaxdir_bounds_window(double squared_chord);

/* "radius": no position within this distance by geod_inverse has a squared chord above the result. */
double vaxdir_bounds_radius(double distance_m);

#endif
