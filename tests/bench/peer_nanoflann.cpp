// peer_nanoflann.cpp: nanoflann's tree over ECEF, the fastest peer; it gives chords.
#include "peer.h"

#include <nanoflann.hpp>

namespace
{

struct cloud {
    std::vector<vector3> points;
    size_t kdtree_get_point_count() const
    {
        return points.size();
    }
    double kdtree_get_pt(size_t i, size_t axis) const
    {
        return axis == 0 ? points[i].x : axis == 1 ? points[i].y : points[i].z;
    }
    template <class Box> bool kdtree_get_bbox(Box &) const
    {
        return false;
    }
};
using kd_tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, cloud>, cloud, 3>;

class nanoflann_asker : public asker
{
    const kd_tree &tree;
    std::vector<std::pair<uint32_t, double>> found;

  public:
    explicit nanoflann_asker(const kd_tree &to_ask) : tree(to_ask)
    {
    }
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        for (size_t i = 0; i < count; i++, rows += k, distances += k) {
            vector3 from = ecef(queries[i]);
            size_t got = tree.knnSearch(&from.x, k, rows, distances);
            for (size_t j = 0; j < got; j++)
                distances[j] = std::sqrt(distances[j]);
        }
    }
    void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) override
    {
        double chord = chord_of(radius_m);
        nanoflann::SearchParams how(32, 0, ordered);
        for (size_t i = 0; i < count; i++) {
            vector3 from = ecef(queries[i]);
            tree.radiusSearch(&from.x, chord * chord, found, how);
            for (auto &one : found)
                one.second = std::sqrt(one.second);
            counts[i] = static_cast<uint32_t>(found.size());
        }
    }
};

class nanoflann_peer : public peer
{
    cloud points;
    std::unique_ptr<kd_tree> tree;

  public:
    const char *name() const override
    {
        return "nanoflann";
    }
    const char *measures_by() const override
    {
        return "chord";
    }
    void prepare(const std::vector<place> &centres) override
    {
        points.points = ecef(centres);
    }
    void build() override
    {
        tree = std::make_unique<kd_tree>(3, points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
        tree->buildIndex();
    }
    bool fast() const override
    {
        return true;
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<nanoflann_asker>(*tree);
    }
};

} // namespace

void add_nanoflann(peer_list &peers)
{
    peers.push_back(std::make_unique<nanoflann_peer>());
}
