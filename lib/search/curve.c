/* curve.c: the Z curve (Morton 1966) over degrees, and a radix sort along it. Invariant: the keys stay a permutation;
 * an answer never depends on their order. */
#include "curve.h"

#include <string.h>

/* Every second bit. */
static uint32_t spread(uint32_t sixteen)
{
    uint32_t bits = sixteen & 0xFFFF;
    bits = (bits | bits << 8) & 0x00FF00FF;
    bits = (bits | bits << 4) & 0x0F0F0F0F;
    bits = (bits | bits << 2) & 0x33333333;
    return (bits | bits << 1) & 0x55555555;
}

uint32_t vaxdir_curve_key(double latitude, double longitude)
{
    if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180))
        return 0;
    uint32_t x = (uint32_t)((longitude + 180) * (65535.0 / 360)), y = (uint32_t)((latitude + 90) * (65535.0 / 180));
    return spread(x) | spread(y) << 1;
}

bool vaxdir_curve_reserve(const vaxdir_memory *memory, vaxdir_curve *curve, size_t count)
{
    return vaxdir_memory_reserve(memory, &curve->keys, &curve->capacity, count, sizeof *curve->keys) &&
           vaxdir_memory_reserve(memory, &curve->spare, &curve->spare_capacity, count, sizeof *curve->spare);
}

/* Whether most neighbours, of a sample, are in one cell of 1.4 by 0.7 degrees. */
static bool is_near_in_order(const uint64_t *keys, size_t count)
{
    enum { SAMPLE = 256 };
    size_t near = 0, taken = 0;
    for (size_t i = 0; i + 1 < count && taken < SAMPLE; i += count / SAMPLE + 1, taken++)
        near += keys[i] >> 48 == keys[i + 1] >> 48;
    return near * 2 > taken;
}

/* One pass: by 11 bits from `shift` on. */
static void distribute(const uint64_t *from, uint64_t *to, size_t count, int shift)
{
    enum { DIGITS = 2048 };
    uint32_t ends[DIGITS], sum = 0;
    memset(ends, 0, sizeof ends);
    for (size_t i = 0; i < count; i++)
        ends[from[i] >> shift & (DIGITS - 1)]++;
    for (int i = 0; i < DIGITS; i++) {
        uint32_t size = ends[i];
        ends[i] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++)
        to[ends[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

void vaxdir_curve_sort(vaxdir_curve *curve, size_t count)
{
    if (is_near_in_order(curve->keys, count))
        return;
    /* The lowest 10 bits, cells of 10 by 20 km at the most, are left as they come. */
    distribute(curve->keys, curve->spare, count, 42);
    distribute(curve->spare, curve->keys, count, 53);
}

void vaxdir_curve_free(const vaxdir_memory *memory, vaxdir_curve *curve)
{
    vaxdir_memory_free(memory, curve->keys, curve->capacity, sizeof *curve->keys);
    vaxdir_memory_free(memory, curve->spare, curve->spare_capacity, sizeof *curve->spare);
}
