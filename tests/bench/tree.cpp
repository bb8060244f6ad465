// tree.cpp: builds the tree by its internal call, which the public ones make part of building a registry.
#include "tree.h"

extern "C" {
#include "registry/index_walk.h"
}

static size_t last_size;

void build_tree(const std::vector<place> &centres)
{
    std::vector<double> latitudes(centres.size()), longitudes(centres.size());
    for (size_t i = 0; i < centres.size(); i++) {
        latitudes[i] = centres[i].latitude;
        longitudes[i] = centres[i].longitude;
    }
    vaxdir_buffer bytes = {&vaxdir_memory_standard, nullptr, 0, 0};
    vaxdir_index_build(static_cast<uint32_t>(centres.size()), latitudes.data(), longitudes.data(), vaxdir_index_wide(),
                       &bytes);
    last_size = bytes.length;
    vaxdir_buffer_free(&bytes);
}

size_t tree_bytes()
{
    return last_size;
}
