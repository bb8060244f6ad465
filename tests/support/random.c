/* random.c: xorshift64* (Vigna 2014). Invariant: integer arithmetic only, but for the last step of a uniform number. */
#include "random.h"

static uint64_t state = 1;

void random_seed(uint64_t seed)
{
    state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
}

uint64_t random_bits(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t random_below(uint32_t count)
{
    return (uint32_t)((random_bits() >> 32) * count >> 32);
}

double random_unit(void)
{
    return (double)(random_bits() >> 11) / 9007199254740992.0;
}

double random_uniform(double low, double high)
{
    return low + (high - low) * random_unit();
}
