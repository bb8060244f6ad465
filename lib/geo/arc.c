/* arc.c: the arc of docs/search.md, "arc". Invariant: the error that is given is more than eight times the
 * greatest that was found; tests/property/prop_arc.c holds it to that. */
#include "arc.h"

#include <math.h>

/* docs/search.md, "arc": the bound's two coefficients in metres, and from where on it says nothing. */
static const double error_linear = 0.01;
static const double error_cubic = 0.8;
static const double farthest_square = 0.95;

vaxdir_arc vaxdir_arc_between(vaxdir_ecef from, vaxdir_ecef to)
{
    const double e2 = VAXDIR_WGS84_F * (2 - VAXDIR_WGS84_F), e4 = e2 * e2;
    const double scale = 1 / (2 * VAXDIR_WGS84_A), stretched = scale / (1 - VAXDIR_WGS84_F);
    double x = (to.x - from.x) * scale, y = (to.y - from.y) * scale;
    double z = (to.z - from.z) * stretched, up = (to.z + from.z) * stretched;
    double squared_sine = x * x + y * y + z * z; /* of the half angle h */
    if (!(squared_sine > 0))
        return (vaxdir_arc){0, 0};
    if (!(squared_sine < farthest_square))
        return (vaxdir_arc){0, INFINITY};
    double squared_cosine = 1 - squared_sine, inverse = 1 / (squared_sine * squared_cosine);
    double sine = sqrt(squared_sine), cosine = sqrt(squared_cosine), h = asin(sine);
    /* The squares of the middle's height and of the slope there; their sum is that of the greatest height. */
    double height = up * up * inverse * squared_sine, slope = z * z * inverse * squared_cosine;
    double sum = height + slope, lead = slope - height;
    double sine2 = 2 * sine * cosine, cosine2 = 1 - 2 * squared_sine;
    double lead2 = 2 * lead * lead - sum * sum, lead3 = lead * (4 * lead * lead - 3 * sum * sum);
    double sine4 = 2 * sine2 * cosine2, sine6 = sine2 * (4 * cosine2 * cosine2 - 1);
    /* The great ellipse: the integrals of the slope's second, fourth and sixth power. */
    double second = sum * h + lead * sine2 / 2;
    double fourth = 3.0 / 4 * sum * sum * h + lead * sum * sine2 / 2 + lead2 * sine4 / 16;
    double sixth = 5.0 / 8 * sum * sum * sum * h + 15.0 / 32 * lead * sum * sum * sine2 +
                   3.0 / 32 * lead2 * sum * sine4 + lead3 * sine6 / 96;
    /* How much shorter the geodesic is. */
    double product = sine * cosine, bow = (product - h * cosine2) / 2;
    double even = bow - h * squared_sine * product * inverse * (h + product);
    double odd = bow - h * squared_cosine * product * inverse * (h - product);
    double shorter = (1 - sum) / 4 * (height * even - slope * odd);
    return (vaxdir_arc){
        VAXDIR_WGS84_A * (2 * h - e2 / 2 * second + e4 * (shorter - fourth / 8 - e2 / 16 * sixth)),
        sine * (error_linear + error_cubic * squared_sine / squared_cosine),
    };
}
