/* chord.c: the series of docs/search.md, "series". Invariant: + - * / and sqrt only, in one order, so that every build
 * gives the same bits. */
#include "chord.h"

#include "chord_terms.h"

#include <math.h>

/* Where the chord is short the curvature is that at the one end, and the series ends after its first term: no division.
 */
static double short_m(double z, double dz, double squared)
{
    double u = TILT * (z * z), curve = CURVE * (1 + u * (u - 1));
    return sqrt(squared) * (1 + curve * (squared + LEAN * (dz * dz)));
}

double vaxdir_chord_distance_m(vaxdir_ecef from, vaxdir_ecef to, double squared)
{
    double dx = to.x - from.x, dy = to.y - from.y, dz = to.z - from.z;
    if (squared < SHORT_SQUARED)
        return short_m(from.z, dz, squared);
    double ux = to.x + from.x, uy = to.y + from.y, uz = to.z + from.z;
    double level = ux * ux + uy * uy, up = RATIO * (uz * uz);
    double stretched = dx * dx + dy * dy + RATIO * (dz * dz);
    double normal = level + RATIO * up;
    /* One division for all three. */
    double inverse = 1 / (squared * normal);
    double y = stretched * stretched * (level + up) * inverse * (0.25 * INVERSE_SQUARE);
    double bend = (dz * dz * normal - uz * uz * squared) * inverse;
    double sum = 945.0 / 42240;
    sum = sum * y + 105.0 / 3456;
    sum = sum * y + 15.0 / 336;
    sum = sum * y + 3.0 / 40;
    sum = sum * y + 1.0 / 6;
    return sqrt(squared) * (1 + (y * sum - TURN * (squared * squared) * bend));
}

void vaxdir_chord_pairs_m(const vaxdir_chord_pairs *pairs, bool wide, int count, double *ret_distances_m)
{
#if VAXDIR_CHORD_HAS_AVX2
    if (wide) {
        vaxdir_chord_pairs_m_avx2(pairs, count, ret_distances_m);
        return;
    }
#endif
    (void)wide;
    for (int i = 0; i < count; i++) {
        const double *from = pairs->from[i], *to = pairs->to[i];
        ret_distances_m[i] = vaxdir_chord_distance_m((vaxdir_ecef){from[0], from[1], from[2]},
                                                     (vaxdir_ecef){to[0], to[1], to[2]}, pairs->squared[i]);
    }
}

void vaxdir_chord_fan_m(vaxdir_ecef from, const double *to, const double *squared, bool wide, int count,
                        double *ret_distances_m)
{
#if VAXDIR_CHORD_HAS_AVX2
    if (wide) {
        vaxdir_chord_fan_m_avx2(from, to, squared, count, ret_distances_m);
        return;
    }
#endif
    (void)wide;
    for (int i = 0; i < count; i++)
        ret_distances_m[i] =
            vaxdir_chord_distance_m(from, (vaxdir_ecef){to[4 * i], to[4 * i + 1], to[4 * i + 2]}, squared[i]);
}
