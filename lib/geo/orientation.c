/* orientation.c: the orientation determinant as a sum of exact products. Invariant: no step rounds, so the sign is that
 * of real arithmetic on the doubles. */
#include "orientation.h"

#include <stddef.h>

/* a + b as sum and error (Knuth; Shewchuk theorem 7). */
static double two_sum(double a, double b, double *ret_error)
{
    double sum = a + b;
    double b_part = sum - a, a_part = sum - b_part;
    *ret_error = (a - a_part) + (b - b_part);
    return sum;
}

/* A double as two halves of 26 bits (Dekker; theorem 17). */
static void split(double a, double *ret_high, double *ret_low)
{
    double c = 134217729.0 * a; /* 2^27 + 1 */
    *ret_high = c - (c - a);
    *ret_low = a - *ret_high;
}

/* a * b as product and error (theorem 18). */
static double two_product(double a, double b, double *ret_error)
{
    double product = a * b, a_high, a_low, b_high, b_low;
    split(a, &a_high, &a_low);
    split(b, &b_high, &b_low);
    double error = product - a_high * b_high;
    error -= a_low * b_high;
    error -= a_high * b_low;
    *ret_error = a_low * b_low - error;
    return product;
}

/* Adds one double to an expansion whose parts do not overlap, least first (theorem 10); zeros are left out. */
static size_t grow(double *parts, size_t count, double added)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        double error;
        added = two_sum(added, parts[i], &error);
        if (error != 0)
            parts[kept++] = error;
    }
    if (added != 0)
        parts[kept++] = added;
    return kept;
}

int vaxdir_orientation_exact(double ax, double ay, double bx, double by, double cx, double cy)
{
    const double products[6][2] = {{ax, by}, {-ay, bx}, {bx, cy}, {-by, cx}, {cx, ay}, {-cy, ax}};
    double parts[12];
    size_t count = 0;
    for (int i = 0; i < 6; i++) {
        double error, product = two_product(products[i][0], products[i][1], &error);
        count = grow(parts, count, error);
        count = grow(parts, count, product);
    }
    if (count == 0)
        return 0;
    return parts[count - 1] > 0 ? 1 : -1;
}
