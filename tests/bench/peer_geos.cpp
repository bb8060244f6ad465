// peer_geos.cpp: GEOS's STRtree over degrees: the nearest one (GEOS 3.11 knows no more) by distance in degrees, and
// within a radius by a box whose members are measured by their chords.
#include "peer.h"

#include <algorithm>
#include <cstdint>

#include <geos_c.h>

namespace
{

struct hits {
    GEOSContextHandle_t handle;
    const std::vector<vector3> *positions;
    vector3 from;
    double chord;
    std::vector<std::pair<double, uint32_t>> found;
};

uint32_t row_of(GEOSContextHandle_t handle, const GEOSGeometry *geometry)
{
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(GEOSGeom_getUserData_r(handle, geometry)));
}

class geos_asker : public asker
{
    GEOSContextHandle_t handle = GEOS_init_r();
    GEOSSTRtree *tree;
    hits within;

  public:
    geos_asker(GEOSSTRtree *to_ask, const std::vector<vector3> &positions)
        : tree(to_ask), within{handle, &positions, {}, 0, {}}
    {
    }
    geos_asker(const geos_asker &) = delete;
    geos_asker &operator=(const geos_asker &) = delete;
    ~geos_asker() override
    {
        GEOS_finish_r(handle);
    }
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        for (size_t i = 0; i < count; i++) {
            GEOSGeometry *from = GEOSGeom_createPointFromXY_r(handle, queries[i].longitude, queries[i].latitude);
            const GEOSGeometry *nearest = GEOSSTRtree_nearest_r(handle, tree, from);
            rows[i * k] = row_of(handle, nearest);
            GEOSDistance_r(handle, nearest, from, &distances[i * k]);
            GEOSGeom_destroy_r(handle, from);
        }
    }
    void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) override
    {
        within.chord = chord_of(radius_m);
        for (size_t i = 0; i < count; i++) {
            degree_box box = box_around(queries[i], radius_m);
            GEOSGeometry *around = GEOSGeom_createRectangle_r(handle, box.west, box.south, box.east, box.north);
            within.from = ecef(queries[i]);
            within.found.clear();
            GEOSSTRtree_query_r(handle, tree, around, take, &within);
            GEOSGeom_destroy_r(handle, around);
            if (ordered)
                std::sort(within.found.begin(), within.found.end());
            counts[i] = static_cast<uint32_t>(within.found.size());
        }
    }

  private:
    static void take(void *item, void *user)
    {
        hits *within = static_cast<hits *>(user);
        uint32_t row = row_of(within->handle, static_cast<GEOSGeometry *>(item));
        double chord = chord_between((*within->positions)[row], within->from);
        if (chord <= within->chord)
            within->found.push_back({chord, row});
    }
};

class geos_peer : public peer
{
    GEOSContextHandle_t handle = GEOS_init_r();
    std::vector<vector3> positions;
    std::vector<GEOSGeometry *> points;
    GEOSSTRtree *tree = nullptr;

    void clear()
    {
        if (tree != nullptr)
            GEOSSTRtree_destroy_r(handle, tree);
        tree = nullptr;
    }

  public:
    geos_peer() = default;
    geos_peer(const geos_peer &) = delete;
    geos_peer &operator=(const geos_peer &) = delete;
    ~geos_peer() override
    {
        clear();
        for (GEOSGeometry *point : points)
            GEOSGeom_destroy_r(handle, point);
        GEOS_finish_r(handle);
    }
    const char *name() const override
    {
        return "GEOS STRtree";
    }
    const char *measures_by() const override
    {
        return "degrees";
    }
    void prepare(const std::vector<place> &centres) override
    {
        positions = ecef(centres);
        for (size_t row = 0; row < centres.size(); row++) {
            points.push_back(GEOSGeom_createPointFromXY_r(handle, centres[row].longitude, centres[row].latitude));
            GEOSGeom_setUserData_r(handle, points.back(), reinterpret_cast<void *>(static_cast<uintptr_t>(row)));
        }
    }
    void build() override
    {
        clear();
        tree = GEOSSTRtree_create_r(handle, 10);
        for (GEOSGeometry *point : points)
            GEOSSTRtree_insert_r(handle, tree, point, point);
        GEOSSTRtree_nearest_r(handle, tree, points[0]); // the first question makes it build
    }
    bool finds(size_t k) const override
    {
        return k == 1;
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<geos_asker>(tree, positions);
    }
};

} // namespace

void add_geos(peer_list &peers)
{
    peers.push_back(std::make_unique<geos_peer>());
}
