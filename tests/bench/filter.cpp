// filter.cpp: k = 10 under filters that pass more and fewer centres, against the same without a filter and against a
// scan of the chords of those that pass, without metres and with those that only geod_inverse knows. Fails if the
// filters pass others than they should. Prints a table of docs/benchmarks.md.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include <geodesic.h>

#include "library.h"
#include "measure.h"
#include "options.h"
#include "table.h"

namespace
{

constexpr size_t k = 10;

// Beyond it the library's metres are those of geod_inverse to the last bit; a little less than 500 km.
constexpr double far_chord = 499870;

// What a filter keeps: one of so many, scattered, or the first so many in one town.
struct filter_case {
    const char *name;
    const char *value; // of the attribute
    std::vector<uint32_t> rows;
    std::vector<vector3> positions;
    std::vector<place> places;
};

struct near {
    double squared;
    uint32_t row;
    size_t at; // among those that pass
};

// The k least chords, kept in order; without order, most centres cost a comparison. With an ellipsoid, those of the k
// that are beyond 500 km are measured: what any answer with these metres costs, whatever finds it.
void scan(const filter_case &passing, const place &query, const geod_geodesic *ellipsoid, uint32_t *rows,
          double *distances)
{
    near best[k];
    size_t count = 0;
    vector3 from = ecef(query);
    double worst = HUGE_VAL;
    for (size_t i = 0; i < passing.positions.size(); i++) {
        double x = passing.positions[i].x - from.x, y = passing.positions[i].y - from.y,
               z = passing.positions[i].z - from.z, squared = x * x + y * y + z * z;
        if (squared >= worst)
            continue;
        size_t at = count < k ? count++ : k - 1;
        for (; at > 0 && best[at - 1].squared > squared; at--)
            best[at] = best[at - 1];
        best[at] = {squared, passing.rows[i], i};
        worst = count < k ? HUGE_VAL : best[k - 1].squared;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = best[i].row;
        distances[i] = std::sqrt(best[i].squared);
        const place &there = passing.places[best[i].at];
        if (ellipsoid != nullptr && distances[i] > far_chord)
            geod_inverse(ellipsoid, query.latitude, query.longitude, there.latitude, there.longitude, &distances[i],
                         nullptr, nullptr);
    }
}

struct ground {
    std::vector<filter_case> cases;
    std::vector<place> queries;
    owned<vaxdir_context> context = new_context();
    owned<vaxdir_edition> edition;
    owned<vaxdir_matches> matches = new_matches(context.get());
    std::vector<uint32_t> rows, scanned_rows;
    std::vector<double> distances, scanned_distances;
    geod_geodesic ellipsoid;

    void single(vaxdir_filter *filter)
    {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = k;
        query.filter = filter;
        for (size_t i = 0; i < queries.size(); i++) {
            must(context.get(), vaxdir_nearest(context.get(), edition.get(), queries[i].latitude, queries[i].longitude,
                                               &query, matches.get()));
            std::copy_n(vaxdir_matches_rows(matches.get()), vaxdir_matches_count(matches.get()), &rows[i * k]);
        }
    }
    void batch(vaxdir_filter *filter)
    {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = k;
        query.filter = filter;
        must(context.get(), vaxdir_nearest_columns(context.get(), edition.get(), &queries[0].latitude, sizeof(place),
                                                   &queries[0].longitude, sizeof(place), queries.size(), &query,
                                                   rows.data(), distances.data(), nullptr));
    }
    void scan_all(const filter_case &passing, const geod_geodesic *metres_by)
    {
        for (size_t i = 0; i < queries.size(); i++)
            scan(passing, queries[i], metres_by, &scanned_rows[i * k], &scanned_distances[i * k]);
    }
};

void make_centres(ground &on, size_t size, uint64_t seed)
{
    country france(seed);
    geod_init(&on.ellipsoid, 6378137, 1 / 298.257223563);
    std::vector<place> centres = france.centres(size);
    on.queries = france.queries(2000);
    on.cases = {{"1 %, scattered", "a", {}, {}, {}},
                {"0.1 %, scattered", "b", {}, {}, {}},
                {"0.01 %, scattered", "c", {}, {}, {}},
                {"0.001 %, scattered", "d", {}, {}, {}},
                {"0.1 %, in one town", "e", {}, {}, {}}};
    source chance(seed + 1);
    std::vector<char> values(size, 'z');
    for (size_t i = 0; i < size; i++) {
        double at = chance.unit();
        values[i] = at < 0.01 ? 'a' : at < 0.011 ? 'b' : at < 0.0111 ? 'c' : at < 0.01111 ? 'd' : 'z';
    }
    // The town is where the first centre is.
    std::vector<std::pair<double, size_t>> around(size);
    vector3 middle = ecef(centres[0]);
    for (size_t i = 0; i < size; i++)
        around[i] = {chord_between(ecef(centres[i]), middle), i};
    std::sort(around.begin(), around.end());
    for (size_t i = 0; i < size / 1000; i++)
        values[around[i].second] = 'e';
    for (size_t i = 0; i < size; i++)
        for (filter_case &one : on.cases)
            if (values[i] == one.value[0]) {
                one.rows.push_back(static_cast<uint32_t>(i));
                one.positions.push_back(ecef(centres[i]));
                one.places.push_back(centres[i]);
            }
    on.edition = edition_of(on.context.get(), centres, [&](vaxdir_context *context, vaxdir_builder *builder, size_t i) {
        if (values[i] != 'z')
            must(context, vaxdir_builder_set_attribute(context, builder, "group", 5, &values[i], 1));
    });
    for (auto *all : {&on.rows, &on.scanned_rows})
        all->resize(on.queries.size() * k, VAXDIR_NO_ROW);
    for (auto *all : {&on.distances, &on.scanned_distances})
        all->resize(on.queries.size() * k);
}

owned<vaxdir_filter> group_is(vaxdir_context *context, const char *value)
{
    vaxdir_filter *filter = nullptr;
    must(context, vaxdir_filter_attribute_in(context, "group", 5, &value, nullptr, 1, &filter));
    return owned<vaxdir_filter>(filter);
}

} // namespace

int main(int argc, char **argv)
{
    bench_options options = read_options(argc, argv);
    stay_on_processor(0);
    std::vector<piece_of_work> all;
    long differing = 0;
    for (size_t size : options.sizes) {
        ground on;
        make_centres(on, size, options.seed);
        std::vector<piece_of_work> pieces;
        auto add = [&](const std::string &work, const char *who, std::function<void()> run) {
            piece_of_work piece;
            piece.work = work;
            piece.who = who;
            piece.centres = size;
            piece.operations = on.queries.size();
            piece.run = run;
            piece.base = piece.who == "scan of chords";
            pieces.push_back(piece);
        };
        std::vector<owned<vaxdir_filter>> filters;
        add("k = 10, no filter", "vaxdir", [&] { on.single(nullptr); });
        add("k = 10, no filter", "vaxdir batch", [&] { on.batch(nullptr); });
        for (filter_case &one : on.cases) {
            if (one.rows.empty())
                continue;
            filters.push_back(group_is(on.context.get(), one.value));
            vaxdir_filter *filter = filters.back().get();
            uint32_t passing = 0;
            must(on.context.get(), vaxdir_filter_count(on.context.get(), on.edition.get(), filter, &passing));
            std::string work = std::string("k = 10, ") + one.name;
            add(work, "scan of chords", [&on, &one] { on.scan_all(one, nullptr); });
            add(work, "the same and metres beyond 500 km", [&on, &one] { on.scan_all(one, &on.ellipsoid); });
            add(work, "vaxdir", [&on, filter] { on.single(filter); });
            add(work, "vaxdir batch", [&on, filter] { on.batch(filter); });
            std::fill(on.rows.begin(), on.rows.end(), VAXDIR_NO_ROW);
            std::fill(on.scanned_rows.begin(), on.scanned_rows.end(), VAXDIR_NO_ROW);
            on.batch(filter);
            on.scan_all(one, nullptr);
            long others = 0;
            for (size_t i = 0; i < on.queries.size(); i++)
                others += !std::equal(&on.rows[i * k], &on.rows[i * k] + k, &on.scanned_rows[i * k]);
            std::fprintf(stderr, "%10zu  %s: %u pass, %ld answers are others than by chords\n", size, one.name, passing,
                         others);
            if (passing != one.rows.size())
                differing++;
            pieces[pieces.size() - 4].differing = others;
            pieces[pieces.size() - 4].compared = static_cast<long>(on.queries.size());
        }
        run_rounds(pieces, options.rounds);
        for (piece_of_work &piece : pieces) {
            tell_progress(piece);
            piece.run = nullptr;
            all.push_back(piece);
        }
    }
    std::printf(
        "## Filters\n\nNanoseconds a query, k = 10, random order. The scan computes the chords of the centres that "
        "pass, and no more. The row below it calls geod_inverse, too, for those of the ten that are farther than "
        "500 km, whose metres are exactly its: what every exact answer costs, however it is found.\n\n");
    print_pieces(all, "the scan");
    return differing > 0;
}
