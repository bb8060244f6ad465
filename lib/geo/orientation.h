/* orientation.h: on which side of a line a point lies, exactly, for coordinates that vaxdir_orientation_flush() has
 * seen. Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates" (1997). */
#ifndef VAXDIR_GEO_ORIENTATION_H
#define VAXDIR_GEO_ORIENTATION_H

#include <math.h>

/* Coordinates below this are taken as 0, so that no product of two underflows and every one is exact as two doubles. */
static inline double vaxdir_orientation_flush(double coordinate)
{
    return fabs(coordinate) < 1e-140 ? 0.0 : coordinate;
}

/* The sign of the determinant, computed without rounding. */
int vaxdir_orientation_exact(double ax, double ay, double bx, double by, double cx, double cy);

/* 1 where c is to the left of the line from a to b, -1 to the right, 0 on it. */
static inline int vaxdir_orientation(double ax, double ay, double bx, double by, double cx, double cy)
{
    double left = (ax - cx) * (by - cy), right = (ay - cy) * (bx - cx);
    double determinant = left - right;
    /* Shewchuk's bound A, (3 + 16 e) e with e = 2^-53, and more than what underflow can add. */
    double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + 1e-300;
    if (determinant > bound)
        return 1;
    if (determinant < -bound)
        return -1;
    return vaxdir_orientation_exact(ax, ay, bx, by, cx, cy);
}

#endif
