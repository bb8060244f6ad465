// bench.cpp: this library beside its fastest peer, in one process, in turns: rounds of each work are interleaved, the
// median of the rounds counts, and only the ratio of two medians of one run says anything. Prints tab-separated lines:
// work, size, peer, median, least and greatest nanoseconds a query, ratio to nanoflann. See run.sh.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <nanoflann.hpp>

#include "world.h"

extern "C" {
#include <vaxdir/vaxdir.h>
}
#include "tree.h"

namespace
{

double now_ns()
{
    return static_cast<double>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count());
}

volatile double sink;

// nanoflann over ECEF: the fastest peer; it gives chords.
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

struct measure {
    std::string work, peer;
    size_t queries;
    std::function<void()> run;
    std::vector<double> rounds;
};

vaxdir_context *context;

void must(vaxdir_status status)
{
    if (status == VAXDIR_OK)
        return;
    std::fprintf(stderr, "bench: %s\n", vaxdir_context_error(context)->message);
    std::exit(1);
}

vaxdir_edition *edition_of(const std::vector<place> &centres)
{
    vaxdir_builder *builder = nullptr;
    vaxdir_registry *registry = nullptr;
    vaxdir_edition *edition = nullptr;
    must(vaxdir_builder_new(context, nullptr, &builder));
    for (size_t i = 0; i < centres.size(); i++) {
        char id[32];
        int length = std::snprintf(id, sizeof id, "b:%09zu", i);
        must(vaxdir_builder_begin_record(context, builder, id, static_cast<size_t>(length)));
        must(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, centres[i].latitude));
        must(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, centres[i].longitude));
        must(vaxdir_builder_end_record(context, builder));
    }
    must(vaxdir_builder_build(context, builder, &registry));
    vaxdir_builder_unref(builder);
    must(vaxdir_edition_new(context, registry, nullptr, &edition));
    vaxdir_registry_unref(registry);
    return edition;
}

struct side {
    std::vector<place> centres;
    cloud points;
    std::unique_ptr<kd_tree> tree;
    vaxdir_edition *edition;
};

void flann_nearest(const side &on, const std::vector<place> &queries, size_t k)
{
    std::vector<uint32_t> found(k);
    std::vector<double> squared(k);
    double sum = 0;
    for (const place &query : queries) {
        vector3 from = ecef(query);
        size_t count = on.tree->knnSearch(&from.x, k, found.data(), squared.data());
        for (size_t i = 0; i < count; i++)
            squared[i] = std::sqrt(squared[i]);
        sum += squared[count - 1];
    }
    sink = sum;
}

void flann_radius(const side &on, const std::vector<place> &queries, bool sorted)
{
    std::vector<std::pair<uint32_t, double>> found;
    nanoflann::SearchParams how(32, 0, sorted);
    double sum = 0;
    for (const place &query : queries) {
        vector3 from = ecef(query);
        on.tree->radiusSearch(&from.x, 1e8, found, how);
        for (auto &one : found)
            one.second = std::sqrt(one.second);
        sum += static_cast<double>(found.size());
    }
    sink = sum;
}

void ours_single(const side &on, const std::vector<place> &queries, uint32_t k, vaxdir_context *with,
                 vaxdir_matches *matches)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = k;
    double sum = 0;
    for (const place &from : queries) {
        must(vaxdir_nearest(with, on.edition, from.latitude, from.longitude, &query, matches));
        sum += vaxdir_matches_distances_m(matches)[0];
    }
    sink = sum;
}

void ours_batch(const side &on, const place *queries, size_t count, uint32_t k, vaxdir_context *with,
                std::vector<uint32_t> &rows, std::vector<double> &distances_m)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = k;
    rows.resize(count * k);
    distances_m.resize(count * k);
    must(vaxdir_nearest_columns(with, on.edition, &queries[0].latitude, sizeof(place), &queries[0].longitude,
                                sizeof(place), count, &query, rows.data(), distances_m.data(), nullptr));
    sink = distances_m[0];
}

void ours_radius(const side &on, const std::vector<place> &queries, bool sorted, vaxdir_matches *matches)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.flags = sorted ? 0 : VAXDIR_QUERY_UNORDERED;
    double sum = 0;
    for (const place &from : queries) {
        must(vaxdir_within_radius(context, on.edition, from.latitude, from.longitude, 10000, &query, matches));
        sum += vaxdir_matches_count(matches);
    }
    sink = sum;
}

} // namespace

int main(int argc, char **argv)
{
    size_t size = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20000;
    int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
    std::string only = argc > 3 ? argv[3] : "";
    uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 20210118;
    must(vaxdir_context_new(nullptr, &context));
    country france(seed);
    side on;
    on.centres = france.centres(size);
    for (const place &one : on.centres)
        on.points.points.push_back(ecef(one));
    on.tree = std::make_unique<kd_tree>(3, on.points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
    on.tree->buildIndex();
    on.edition = edition_of(on.centres);
    size_t count = size <= 20000 ? 200000 : 100000, few = size <= 20000 ? 20000 : 1000;
    std::vector<place> random = france.queries(count), sorted = random;
    sort_along_curve(sorted);
    std::vector<place> wide(random.begin(), random.begin() + static_cast<ptrdiff_t>(few));
    std::vector<uint32_t> rows;
    std::vector<double> distances_m;
    vaxdir_matches *matches = nullptr;
    must(vaxdir_matches_new(context, &matches));

    std::vector<measure> all;
    auto add = [&](const std::string &work, const char *peer, size_t queries, std::function<void()> run) {
        if (only.empty() || work.find(only) != std::string::npos)
            all.push_back({work, peer, queries, run, {}});
    };
    for (const char *order : {"random", "sorted"}) {
        const std::vector<place> &queries = order[0] == 'r' ? random : sorted;
        for (size_t k : {size_t(1), size_t(5), size_t(10)}) {
            std::string work = "k=" + std::to_string(k) + " " + order;
            add(work, "nanoflann", count, [&, k] { flann_nearest(on, queries, k); });
            add(work, "vaxdir single", count,
                [&, k] { ours_single(on, queries, static_cast<uint32_t>(k), context, matches); });
            add(work, "vaxdir batch", count, [&, k] {
                ours_batch(on, queries.data(), count, static_cast<uint32_t>(k), context, rows, distances_m);
            });
        }
    }
    for (bool ordered : {false, true}) {
        std::string work = ordered ? "radius 10 km, in order" : "radius 10 km";
        add(work, "nanoflann", few, [&, ordered] { flann_radius(on, wide, ordered); });
        add(work, "vaxdir", few, [&, ordered] { ours_radius(on, wide, ordered, matches); });
    }
    std::vector<place> first_half(random.begin(), random.begin() + static_cast<ptrdiff_t>(count / 2));
    std::vector<place> second_half(random.begin() + static_cast<ptrdiff_t>(count / 2), random.end());
    // Two threads, each with half of the queries.
    vaxdir_context *second = nullptr;
    must(vaxdir_context_new(nullptr, &second));
    std::vector<uint32_t> second_rows;
    std::vector<double> second_distances_m;
    add("k=1 random, 2 threads", "nanoflann", count, [&] {
        std::thread beside([&] { flann_nearest(on, second_half, 1); });
        flann_nearest(on, first_half, 1);
        beside.join();
    });
    add("k=1 random, 2 threads", "vaxdir batch", count, [&] {
        std::thread beside([&] {
            ours_batch(on, random.data() + count / 2, count - count / 2, 1, second, second_rows, second_distances_m);
        });
        ours_batch(on, random.data(), count / 2, 1, context, rows, distances_m);
        beside.join();
    });
    add("build", "nanoflann", size, [&] {
        kd_tree tree(3, on.points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
        tree.buildIndex();
    });
    add("build", "vaxdir", size, [&] { build_tree(on.centres); });

    for (int round = -1; round < rounds; round++)
        for (measure &one : all) {
            double start = now_ns();
            one.run();
            if (round >= 0)
                one.rounds.push_back((now_ns() - start) / static_cast<double>(one.queries));
        }
    double base = 0;
    for (measure &one : all) {
        std::sort(one.rounds.begin(), one.rounds.end());
        double median = one.rounds[one.rounds.size() / 2];
        if (one.peer == "nanoflann")
            base = median;
        std::printf("%s\t%zu\t%s\t%.1f\t%.1f\t%.1f\t%.3f\n", one.work.c_str(), size, one.peer.c_str(), median,
                    one.rounds.front(), one.rounds.back(), median / base);
    }
    std::printf("index bytes a point\t%zu\tvaxdir\t%.1f\t0\t0\t%.3f\n", size,
                static_cast<double>(tree_bytes()) / static_cast<double>(size),
                static_cast<double>(tree_bytes()) /
                    static_cast<double>(on.tree->usedMemory(*on.tree) + size * sizeof(vector3)));
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(on.edition);
    vaxdir_context_unref(second);
    vaxdir_context_unref(context);
}
