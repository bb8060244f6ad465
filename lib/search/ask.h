/* ask.h: the checks and the bounds that all forms of search share. */
#ifndef VAXDIR_SEARCH_ASK_H
#define VAXDIR_SEARCH_ASK_H

#include <vaxdir/search.h>

#include "order.h"

/* Beside the query's flags, what a search knows: to stop at a number of centres. */
#define VAXDIR_SEARCH_WORK_LIMIT (UINT32_C(1) << 31)

/* The flags that ask something of each centre for the query's visit. */
#define VAXDIR_SEARCH_VISIT_FLAGS                                                                                      \
    (VAXDIR_QUERY_ELIGIBLE | VAXDIR_QUERY_ELIGIBLE_SURE | VAXDIR_QUERY_OPEN | VAXDIR_QUERY_OPEN_SURE)

/* What a query's flags ask of each centre: VAXDIR_ADMIT_*. */
uint32_t vaxdir_search_admit(uint32_t flags);

/* Reads and checks a query, of which only `flags` are known; takes the filter's binding and the context's scratch.
 * Fills all of the search but what follows from the position. */
vaxdir_status vaxdir_search_prepare(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_query *query,
                                    uint32_t flags, uint32_t limit_of_0, vaxdir_search *search);

/* The beginning of a public call about one position: enters the context, checks edition and position, prepares. */
vaxdir_status vaxdir_search_begin(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                  double longitude, const vaxdir_query *query, uint32_t flags, uint32_t limit_of_0,
                                  vaxdir_search *search);

/* Sets the least and the greatest distance, with the bounds that follow; 0 and INFINITY are none. */
void vaxdir_search_limit(vaxdir_search *search, double min_distance_m, double max_distance_m);

/* Sets the position, which is valid. */
void vaxdir_search_from(vaxdir_search *search, double latitude, double longitude);

/* Finds the answer for the position: in scratch->answer, its length in *ret_count. False when memory is out. */
bool vaxdir_search_run(vaxdir_search *search, size_t *ret_count);

/* The walks for a few from many positions, and the distances of what they find, in scratch->few. */
void vaxdir_search_few(vaxdir_search *search, const vaxdir_ecef *from, uint32_t count);

/* The answer, as vaxdir_search_run() gives it, of what the walk for a few has found from the search's position. */
bool vaxdir_search_finish(const vaxdir_search *search, const vaxdir_index_few *few, size_t *ret_count);

/* Whether the walk for a few can answer this search. */
bool vaxdir_search_is_few(const vaxdir_search *search);

#endif
