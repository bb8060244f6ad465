/* tree.h: the build of this library's tree by itself, from degrees to the bytes of a file. */
#ifndef VAXDIR_BENCH_TREE_H
#define VAXDIR_BENCH_TREE_H

#include <cstddef>
#include <vector>

#include "world.h"

void build_tree(const std::vector<place> &centres);

// Of the last one built.
size_t tree_bytes();

#endif
