// peer_s2.cpp: S2's closest-point query over its point index; it takes the Earth for a sphere.
#include "peer.h"

#include <limits>

#include <s2/s2closest_point_query.h>
#include <s2/s2latlng.h>
#include <s2/s2point_index.h>

namespace
{

using point_index = S2PointIndex<uint32_t>;
using closest = S2ClosestPointQuery<uint32_t>;

S2Point point_of(const place &of)
{
    return S2LatLng::FromDegrees(of.latitude, of.longitude).ToPoint();
}

class s2_asker : public asker
{
    closest query;
    std::vector<closest::Result> found;

  public:
    explicit s2_asker(const point_index *index) : query(index)
    {
    }
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        query.mutable_options()->set_max_results(static_cast<int>(k));
        query.mutable_options()->set_max_distance(S1ChordAngle::Infinity());
        for (size_t i = 0; i < count; i++, rows += k, distances += k) {
            closest::PointTarget target(point_of(queries[i]));
            query.FindClosestPoints(&target, &found);
            for (size_t j = 0; j < found.size(); j++) {
                rows[j] = found[j].data();
                distances[j] = found[j].distance().radians() * earth_radius_m;
            }
        }
    }
    // It knows no other order than the distance.
    void radius(const place *queries, size_t count, double radius_m, bool, uint32_t *counts) override
    {
        query.mutable_options()->set_max_results(std::numeric_limits<int>::max());
        query.mutable_options()->set_inclusive_max_distance(S1Angle::Radians(radius_m / earth_radius_m));
        double sum = 0;
        for (size_t i = 0; i < count; i++) {
            closest::PointTarget target(point_of(queries[i]));
            query.FindClosestPoints(&target, &found);
            for (const closest::Result &one : found)
                sum += one.distance().radians() * earth_radius_m;
            counts[i] = static_cast<uint32_t>(found.size());
        }
        sink = sum;
    }

  private:
    volatile double sink = 0;
};

class s2_peer : public peer
{
    std::vector<S2Point> points;
    std::unique_ptr<point_index> index;

  public:
    const char *name() const override
    {
        return "S2";
    }
    const char *measures_by() const override
    {
        return "sphere";
    }
    void prepare(const std::vector<place> &centres) override
    {
        for (const place &one : centres)
            points.push_back(point_of(one));
    }
    void build() override
    {
        index = std::make_unique<point_index>();
        for (size_t row = 0; row < points.size(); row++)
            index->Add(points[row], static_cast<uint32_t>(row));
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<s2_asker>(index.get());
    }
};

} // namespace

void add_s2(peer_list &peers)
{
    peers.push_back(std::make_unique<s2_peer>());
}
