/* index_walk_avx2.c: the walks for processors with AVX2, chosen at run time. Invariant: the arithmetic is that of
 * index_walk.c, operation by operation, without contraction, so that both find the same bits. */
#include "index_walk.h"

#if VAXDIR_INDEX_HAS_AVX2

#include <math.h>
#include <string.h>

/* Before the intrinsics, so that everything after may use them; the build has no -mavx2. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,popcnt")
#endif

#include "index_kernels_avx2.h"

#include "index_walk_body.h"

#include "index_few_body.h"

#include "index_sweep_body.h"

void vaxdir_index_few_near_avx2(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                                vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    (query->k == 1 ? one_near : several_near)(query, from, count, states, ret_few);
}

void vaxdir_index_sweep_avx2(const vaxdir_index *index, vaxdir_ecef from, double bound, double sure_bound,
                             const vaxdir_index_subset *subset, vaxdir_index_take take, void *user)
{
    sweep(index, from, bound, sure_bound, subset, take, user);
}

void vaxdir_index_near_avx2(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user)
{
    all_near(index, from, bound, subset, visit, user);
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
