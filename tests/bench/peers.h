// peers.h: what bench.cpp measures beside nanoflann, and the build of this library's tree by itself.
#ifndef VAXDIR_BENCH_PEERS_H
#define VAXDIR_BENCH_PEERS_H

#include <functional>
#include <vector>

#include "world.h"

// The tree alone, without the rest of a registry: from degrees to the bytes of a file.
void build_tree(const std::vector<place> &centres);
size_t tree_bytes();

// The slower peers, each told how many queries are enough.
struct peer_set {
    using nearest = std::function<void(const place &, size_t)>;
    virtual ~peer_set() = default;
    virtual void add_nearest(std::function<void(const char *, nearest, size_t)> add, size_t k) = 0;
};
peer_set *make_peers(const std::vector<place> &centres);

#endif
