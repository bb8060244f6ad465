/* chord.c: the series of docs/search.md, "series". Invariant: + - * / and sqrt only, in one order, so that every build
 * gives the same bits. */
#include "chord.h"

#include <math.h>

double vaxdir_chord_distance_m(vaxdir_ecef from, vaxdir_ecef to, double squared)
{
    const double squared_eccentricity = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F);
    const double ratio = 1 / (1 - squared_eccentricity); /* a^2 / b^2 */
    const double inverse_square = 1 / (VAXDIR_WGS84_A * VAXDIR_WGS84_A);
    const double turn = squared_eccentricity / 160 * (inverse_square * inverse_square);
    if (!(squared > 0))
        return 0;
    double dx = to.x - from.x, dy = to.y - from.y, dz = to.z - from.z;
    double ux = to.x + from.x, uy = to.y + from.y, uz = to.z + from.z;
    double level = ux * ux + uy * uy, up = ratio * (uz * uz);
    double stretched = dx * dx + dy * dy + ratio * (dz * dz);
    double normal = level + ratio * up;
    /* One division for all three. */
    double inverse = 1 / (squared * normal);
    double y = stretched * stretched * (level + up) * inverse * (0.25 * inverse_square);
    double bend = (dz * dz * normal - uz * uz * squared) * inverse;
    double sum = 945.0 / 42240;
    sum = sum * y + 105.0 / 3456;
    sum = sum * y + 15.0 / 336;
    sum = sum * y + 3.0 / 40;
    sum = sum * y + 1.0 / 6;
    return sqrt(squared) * (1 + (y * sum - turn * (squared * squared) * bend));
}

void vaxdir_chord_distances_m(vaxdir_ecef from, const double *to, const double *squared, bool wide, uint32_t wanted,
                              double *ret_distances_m)
{
#if VAXDIR_CHORD_HAS_AVX2
    if (wide) {
        vaxdir_chord_distances_m_avx2(from, to, squared, wanted, ret_distances_m);
        return;
    }
#endif
    (void)wide;
    for (uint32_t i = 0; i < VAXDIR_CHORD_LANES; i++)
        if ((wanted >> i & 1) != 0)
            ret_distances_m[i] = vaxdir_chord_distance_m(
                from, (vaxdir_ecef){to[i], to[VAXDIR_CHORD_LANES + i], to[2 * VAXDIR_CHORD_LANES + i]}, squared[i]);
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
