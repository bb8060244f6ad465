/* index_walk_avx2.c: the walks for processors with AVX2, chosen at run time. Invariant: the arithmetic is that of
 * index_walk.c, operation by operation, without contraction, so that both find the same bits. */
#include "index_walk.h"

#if VAXDIR_INDEX_HAS_AVX2

#include <math.h>
#include <string.h>

#include "../base/avx2_begin.h"

#include "index_kernels_avx2.h"

#include "index_walk_body.h"

#include "index_few_body.h"

#include "index_see_avx2.h"

#include "index_sweep_body.h"

void vaxdir_index_few_near_avx2(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                                vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    few_near(query, from, count, states, ret_few);
}

void vaxdir_index_sweep_avx2(const vaxdir_index_sweep_query *query, vaxdir_index_found *found)
{
    sweep(query, found);
}

void vaxdir_index_near_avx2(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user)
{
    all_near(index, from, bound, subset, visit, user);
}

#include "../base/avx2_end.h"

#endif
