/* evaluate.h: which rows of an edition pass a filter. */
#ifndef VAXDIR_SEARCH_EVALUATE_H
#define VAXDIR_SEARCH_EVALUATE_H

#include "../edition/edition.h"
#include "filter.h"

/* Sets bit r % 64 of word r / 64 for each row r that passes, clears the others, to the end of the last word; gives the
 * number of rows that pass in *ret_passing. False when memory is out. */
bool vaxdir_filter_evaluate(const vaxdir_memory *memory, const vaxdir_filter *filter, const vaxdir_edition *edition,
                            uint64_t *words, uint32_t *ret_passing);

/* The same for one row; it allocates nothing. */
bool vaxdir_filter_passes(const vaxdir_filter *filter, const vaxdir_edition *edition, uint32_t row);

#endif
