/* allocator.h: an allocator that counts, checks the sizes that it is told, and fails at the Nth call. The dependencies'
 * own allocations go through the same counter: every malloc of the process where the C library lets it be replaced,
 * else jansson's. */
#ifndef FAULT_ALLOCATOR_H
#define FAULT_ALLOCATOR_H

#include <stdbool.h>

#include <vaxdir/vaxdir.h>

/* Options of a context that allocates here. */
vaxdir_context_options fault_options(void);
/* Puts the dependencies' allocations under the counter; call it first. */
void fault_start(void);

/* From now on the nth allocation fails, and for good all after it. */
void fault_arm(long nth, bool for_good);
/* Stops it; tells whether one failed. */
bool fault_disarm(void);
/* How many allocations were asked for from fault_arm() to fault_disarm(); arm with 0 to count only. */
long fault_count(void);

/* Blocks not yet freed, all and those of the context's allocator alone; sets the former, after a dependency has leaked;
 * how often a block was given back with a wrong size or twice. */
long fault_live(void);
long fault_own(void);
void fault_forgive(long live);
long fault_mistakes(void);

#endif
