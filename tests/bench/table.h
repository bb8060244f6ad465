/* table.h: what was measured, as Markdown. */
#ifndef VAXDIR_BENCH_TABLE_H
#define VAXDIR_BENCH_TABLE_H

#include <string>
#include <vector>

#include "measure.h"

// Medians as ratios to the base of the same work and size: a line a work and size, a column for each of `who`.
void print_ratios(const std::vector<piece_of_work> &pieces, const std::vector<std::string> &who);

// A line a piece: median, least, greatest, ratio to the base, answers that differ.
void print_pieces(const std::vector<piece_of_work> &pieces, const char *base);

// How many times faster two threads were than one: a line a work and size, a column for each of `who`.
void print_threads(const std::vector<piece_of_work> &pieces, const std::vector<std::string> &who);

// One line as it is made, for who waits.
void tell_progress(const piece_of_work &piece);

std::string with_thousands(size_t number);

#endif
