// area.cpp: an area of 10,000 vertices against centres: this library against testing each point with a prepared GEOS
// geometry. Fails if the answers differ. Prints a table of docs/benchmarks.md.
#include <cstdio>
#include <numeric>

#include <geos_c.h>

#include "library.h"
#include "measure.h"
#include "options.h"
#include "table.h"

namespace
{

constexpr size_t vertices = 10000;

// A star about the middle of France whose border wanders like a coast: sums of waves, shorter ones lower.
std::vector<place> coast(uint64_t seed)
{
    source from(seed);
    std::vector<double> radius(vertices, 3.0);
    for (int waves = 2; waves < 3000; waves = waves * 3 / 2 + 1) {
        double phase = 6.283185307179586 * from.unit(), height = 0.9 / waves;
        for (size_t i = 0; i < vertices; i++)
            radius[i] += height * std::sin(6.283185307179586 * waves * static_cast<double>(i) / vertices + phase);
    }
    std::vector<place> ring(vertices + 1);
    for (size_t i = 0; i < vertices; i++) {
        double angle = 6.283185307179586 * static_cast<double>(i) / vertices;
        ring[i] = {46.7 + radius[i] * std::sin(angle), 2.7 + 1.4 * radius[i] * std::cos(angle)};
    }
    ring[vertices] = ring[0];
    return ring;
}

// GEOS's side: the prepared area and the points, made beforehand.
class prepared
{
    GEOSContextHandle_t handle = GEOS_init_r();
    GEOSGeometry *area;
    const GEOSPreparedGeometry *ready;
    std::vector<GEOSGeometry *> points;

  public:
    prepared(const std::vector<place> &ring, const std::vector<place> &centres)
    {
        GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(handle, static_cast<unsigned>(ring.size()), 2);
        for (size_t i = 0; i < ring.size(); i++)
            GEOSCoordSeq_setXY_r(handle, sequence, static_cast<unsigned>(i), ring[i].longitude, ring[i].latitude);
        GEOSContext_setErrorMessageHandler_r(
            handle, [](const char *message, void *) { std::fprintf(stderr, "GEOS: %s\n", message); }, nullptr);
        area = GEOSGeom_createPolygon_r(handle, GEOSGeom_createLinearRing_r(handle, sequence), nullptr, 0);
        ready = GEOSPrepare_r(handle, area);
        for (const place &one : centres)
            points.push_back(GEOSGeom_createPointFromXY_r(handle, one.longitude, one.latitude));
    }
    prepared(const prepared &) = delete;
    prepared &operator=(const prepared &) = delete;
    ~prepared()
    {
        for (GEOSGeometry *point : points)
            GEOSGeom_destroy_r(handle, point);
        GEOSPreparedGeom_destroy_r(handle, ready);
        GEOSGeom_destroy_r(handle, area);
        GEOS_finish_r(handle);
    }
    void test(std::vector<uint32_t> &inside)
    {
        inside.clear();
        for (size_t row = 0; row < points.size(); row++)
            if (GEOSPreparedIntersects_r(handle, ready, points[row]) == 1)
                inside.push_back(static_cast<uint32_t>(row));
    }
    void make_and_test(const std::vector<place> &centres, std::vector<uint32_t> &inside)
    {
        inside.clear();
        for (size_t row = 0; row < centres.size(); row++) {
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(handle, centres[row].longitude, centres[row].latitude);
            if (GEOSPreparedIntersects_r(handle, ready, point) == 1)
                inside.push_back(static_cast<uint32_t>(row));
            GEOSGeom_destroy_r(handle, point);
        }
    }
};

owned<vaxdir_area> area_of(vaxdir_context *context, const std::vector<place> &ring)
{
    vaxdir_area *area = nullptr;
    uint32_t length = static_cast<uint32_t>(ring.size());
    must(context, vaxdir_area_from_rings(context, &ring[0].latitude, &ring[0].longitude, sizeof(place), &length, 1,
                                         nullptr, &area));
    return owned<vaxdir_area>(area);
}

} // namespace

int main(int argc, char **argv)
{
    bench_options options = read_options(argc, argv);
    stay_on_processor(0);
    bool same = true;
    std::vector<piece_of_work> all;
    for (size_t size : options.sizes) {
        country france(options.seed);
        std::vector<place> centres = france.centres(size), ring = coast(options.seed);
        owned<vaxdir_context> context = new_context();
        owned<vaxdir_edition> edition = edition_of(context.get(), centres);
        owned<vaxdir_matches> matches = new_matches(context.get());
        owned<vaxdir_area> area = area_of(context.get(), ring);
        prepared geos(ring, centres);
        std::vector<uint32_t> geos_inside;
        std::vector<unsigned char> flags(size);

        std::vector<piece_of_work> pieces;
        auto add = [&](const char *who, std::function<void()> run, bool base) {
            piece_of_work piece;
            piece.work = "area of 10,000 vertices";
            piece.who = who;
            piece.centres = piece.operations = size;
            piece.run = run;
            piece.base = base;
            pieces.push_back(piece);
        };
        add(
            "GEOS, points at hand", [&] { geos.test(geos_inside); }, true);
        add(
            "GEOS, points made", [&] { geos.make_and_test(centres, geos_inside); }, false);
        add(
            "vaxdir_within",
            [&] {
                must(context.get(), vaxdir_within(context.get(), edition.get(), area.get(), nullptr, matches.get()));
            },
            false);
        // A context of its own, because one keeps what a filter gave.
        add(
            "vaxdir_filter_area",
            [&] {
                owned<vaxdir_context> fresh = new_context();
                vaxdir_filter *filter = nullptr;
                uint32_t count;
                must(fresh.get(), vaxdir_filter_area(fresh.get(), area.get(), &filter));
                must(fresh.get(), vaxdir_filter_count(fresh.get(), edition.get(), filter, &count));
                vaxdir_filter_unref(filter);
            },
            false);
        add(
            "vaxdir_area_contains_many",
            [&] {
                must(context.get(),
                     vaxdir_area_contains_many(context.get(), area.get(), &centres[0].latitude, &centres[0].longitude,
                                               sizeof(place), size, flags.data(), nullptr));
            },
            false);
        run_rounds(pieces, options.rounds);
        const uint32_t *rows = vaxdir_matches_rows(matches.get());
        same = same && std::vector<uint32_t>(rows, rows + vaxdir_matches_count(matches.get())) == geos_inside &&
               std::accumulate(flags.begin(), flags.end(), size_t(0)) == geos_inside.size();
        std::fprintf(stderr, "%10zu centres, %zu inside: answers %s\n", size, geos_inside.size(),
                     same ? "are the same" : "DIFFER");
        for (piece_of_work &piece : pieces) {
            tell_progress(piece);
            piece.run = nullptr;
            all.push_back(piece);
        }
    }
    std::printf(
        "## An area of 10,000 vertices\n\nNanoseconds a centre. GEOS tests each point with a prepared geometry. "
        "The answers are %s.\n\n",
        same ? "the same" : "NOT THE SAME");
    print_pieces(all, "GEOS");
    return !same;
}
