/* random.h: the random numbers of the tests: the same from the same seed on every machine. One sequence a program. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

void random_seed(uint64_t seed);
uint64_t random_bits(void);

/* Less than count, 0 for 0. */
uint32_t random_below(uint32_t count);
double random_uniform(double low, double high);
double random_unit(void); /* from 0 to below 1 */

#endif
