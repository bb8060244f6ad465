/* chord.h: the geodesic distance of near points from their chord, without trigonometry. */
#ifndef VAXDIR_GEO_CHORD_H
#define VAXDIR_GEO_CHORD_H

#include <stdbool.h>
#include <stdint.h>

#include "point.h"

/* Up to this chord the series is good; docs/search.md, "series". Every geodesic of 500 km has a longer one. */
#define VAXDIR_CHORD_SERIES_MAX_M 499870.0

/* Below this chord a shorter form of it is used. */
#define VAXDIR_CHORD_SHORT_MAX_M 20000.0

/* Metres along the geodesic between two points of the ellipsoid whose squared chord is `squared`, which is not
 * negative: within 0.024 mm for chords up to VAXDIR_CHORD_SERIES_MAX_M, and 0.15 um below VAXDIR_CHORD_SHORT_MAX_M;
 * measured, see docs/search.md. 0 for 0. */
double vaxdir_chord_distance_m(vaxdir_ecef from, vaxdir_ecef to, double squared);

enum { VAXDIR_CHORD_LANES = 16 };

/* Many at once: the same bits, pair by pair, for the first so many pairs; the fourth numbers are not looked at. `wide`
 * says that the processor has AVX2. */
typedef struct vaxdir_chord_pairs {
    double from[VAXDIR_CHORD_LANES][4];
    double to[VAXDIR_CHORD_LANES][4];
    double squared[VAXDIR_CHORD_LANES];
} vaxdir_chord_pairs;

void vaxdir_chord_pairs_m(const vaxdir_chord_pairs *pairs, bool wide, int count, double *ret_distances_m);

/* The same from one point to up to VAXDIR_CHORD_LANES, four numbers each, whose arrays have room for a multiple of 4.
 */
void vaxdir_chord_fan_m(vaxdir_ecef from, const double *to, const double *squared, bool wide, int count,
                        double *ret_distances_m);

void vaxdir_chord_fan_m_avx2(vaxdir_ecef from, const double *to, const double *squared, int count,
                             double *ret_distances_m);

void vaxdir_chord_pairs_m_avx2(const vaxdir_chord_pairs *pairs, int count, double *ret_distances_m);

#if defined(__GNUC__) && defined(__x86_64__)
#define VAXDIR_CHORD_HAS_AVX2 1
#else
#define VAXDIR_CHORD_HAS_AVX2 0
#endif

#endif
