/* cql.h: filters as text, in the subset of OGC CQL2-text that docs/filters.md describes. */
#ifndef VAXDIR_SEARCH_CQL_H
#define VAXDIR_SEARCH_CQL_H

#include "filter.h"

/* The longest text that is parsed; how deep its parentheses may be, so that recursion is bounded: deeper than any
 * filter is written. */
enum { VAXDIR_CQL_TEXT_MAX = 1 << 20, VAXDIR_CQL_NESTING_MAX = 128 };

/* Appends a filter as text that vaxdir_filter_parse() reads as one of the same meaning; false when memory is out. */
bool vaxdir_cql_write(vaxdir_buffer *buffer, const vaxdir_filter *filter);

#endif
