// peer_boost.cpp: Boost.Geometry's R-tree three times: over ECEF (chords), over a sphere, and over the ellipsoid
// (Andoyer's formula, Boost's own choice). Within a radius: a box, whose members are measured.
#include "peer.h"

#include <algorithm>
#include <iterator>

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

namespace
{

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

// What is particular to one kind of coordinates: a point, a box about it, metres between two points.
struct earth_centred {
    using point = bg::model::point<double, 3, bg::cs::cartesian>;
    static constexpr const char *name = "Boost ECEF", *measures_by = "chord";
    static point point_of(const place &of)
    {
        vector3 at = ecef(of);
        return {at.x, at.y, at.z};
    }
    static bg::model::box<point> box_of(const place &of, double radius_m)
    {
        vector3 at = ecef(of);
        return {{at.x - radius_m, at.y - radius_m, at.z - radius_m},
                {at.x + radius_m, at.y + radius_m, at.z + radius_m}};
    }
    static double radius_in(double radius_m)
    {
        return chord_of(radius_m);
    }
    static double metres(const point &a, const point &b)
    {
        return bg::distance(a, b);
    }
};

template <class System> struct by_degrees {
    using point = bg::model::point<double, 2, System>;
    static point point_of(const place &of)
    {
        return {of.longitude, of.latitude};
    }
    static bg::model::box<point> box_of(const place &of, double radius_m)
    {
        degree_box box = box_around(of, radius_m);
        return {{box.west, box.south}, {box.east, box.north}};
    }
    static double radius_in(double radius_m)
    {
        return radius_m;
    }
};

struct spherical : by_degrees<bg::cs::spherical_equatorial<bg::degree>> {
    static constexpr const char *name = "Boost spherical", *measures_by = "sphere";
    static double metres(const point &a, const point &b)
    {
        return bg::distance(a, b) * earth_radius_m;
    }
};

struct geographic : by_degrees<bg::cs::geographic<bg::degree>> {
    static constexpr const char *name = "Boost geographic", *measures_by = "Andoyer";
    static double metres(const point &a, const point &b)
    {
        return bg::distance(a, b);
    }
};

template <class Kind> using entry = std::pair<typename Kind::point, uint32_t>;
template <class Kind> using tree_of = bgi::rtree<entry<Kind>, bgi::rstar<16>>;

template <class Kind> class boost_asker : public asker
{
    const tree_of<Kind> &tree;
    std::vector<entry<Kind>> got;
    std::vector<std::pair<double, uint32_t>> found;

    // A query gives its members in no order and without distances.
    void measure(const typename Kind::point &from, double most)
    {
        found.clear();
        for (const entry<Kind> &one : got) {
            double metres = Kind::metres(from, one.first);
            if (metres <= most)
                found.push_back({metres, one.second});
        }
    }

  public:
    explicit boost_asker(const tree_of<Kind> &to_ask) : tree(to_ask)
    {
    }
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        for (size_t i = 0; i < count; i++, rows += k, distances += k) {
            typename Kind::point from = Kind::point_of(queries[i]);
            got.clear();
            tree.query(bgi::nearest(from, static_cast<unsigned>(k)), std::back_inserter(got));
            measure(from, HUGE_VAL);
            std::sort(found.begin(), found.end());
            for (size_t j = 0; j < found.size(); j++) {
                distances[j] = found[j].first;
                rows[j] = found[j].second;
            }
        }
    }
    void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) override
    {
        for (size_t i = 0; i < count; i++) {
            got.clear();
            tree.query(bgi::intersects(Kind::box_of(queries[i], radius_m)), std::back_inserter(got));
            measure(Kind::point_of(queries[i]), Kind::radius_in(radius_m));
            if (ordered)
                std::sort(found.begin(), found.end());
            counts[i] = static_cast<uint32_t>(found.size());
        }
    }
};

template <class Kind> class boost_peer : public peer
{
    std::vector<entry<Kind>> entries;
    std::unique_ptr<tree_of<Kind>> tree;

  public:
    const char *name() const override
    {
        return Kind::name;
    }
    const char *measures_by() const override
    {
        return Kind::measures_by;
    }
    void prepare(const std::vector<place> &centres) override
    {
        for (size_t row = 0; row < centres.size(); row++)
            entries.push_back({Kind::point_of(centres[row]), static_cast<uint32_t>(row)});
    }
    void build() override
    {
        tree = std::make_unique<tree_of<Kind>>(entries.begin(), entries.end());
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<boost_asker<Kind>>(*tree);
    }
};

} // namespace

void add_boost(peer_list &peers)
{
    peers.push_back(std::make_unique<boost_peer<earth_centred>>());
    peers.push_back(std::make_unique<boost_peer<spherical>>());
    peers.push_back(std::make_unique<boost_peer<geographic>>());
}
