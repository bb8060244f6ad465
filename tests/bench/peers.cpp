// peers.cpp: this library beside its peers, in one process, in turns, on one made-up workload. Prints the tables of
// docs/benchmarks.md; run.sh builds and calls it. Fails if the library answers a query otherwise in one way of asking
// than in another.
#include <cstdio>

#include "arena.h"
#include "table.h"

namespace
{

peer_list new_peers(const bench_options &options)
{
    peer_list all, wanted;
    add_vaxdir(all);
#ifdef WITH_NANOFLANN
    add_nanoflann(all);
#endif
#ifdef WITH_BOOST
    add_boost(all);
#endif
#ifdef WITH_GEOS
    add_geos(all);
#endif
#ifdef WITH_S2
    add_s2(all);
#endif
#ifdef WITH_POSTGIS
    add_postgis(all);
#endif
    for (auto &one : all)
        if (options.wants(one->name()))
            wanted.push_back(std::move(one));
    return wanted;
}

} // namespace

int main(int argc, char **argv)
{
    bench_options options = read_options(argc, argv);
    stay_on_processor(0);
    std::vector<piece_of_work> all;
    std::vector<std::string> who;
    std::string measures, bytes;
    for (auto &one : new_peers(options)) {
        who.push_back(one->name());
        measures += std::string(measures.empty() ? "" : ", ") + one->name() + " by " + one->measures_by();
    }
    long wrong = 0;
    for (size_t size : options.sizes) {
        double start = now_ns();
        arena one(options, size, new_peers(options));
        one.build();
        one.measure();
        wrong += one.wrong;
        for (piece_of_work &piece : one.pieces) {
            piece.run = nullptr;
            tell_progress(piece);
            all.push_back(piece);
        }
        for (const auto &[name, value] : one.bytes_a_centre()) {
            char line[128];
            std::snprintf(line, sizeof line, "| %s | %s | %.1f |\n", with_thousands(size).c_str(), name.c_str(), value);
            bytes += line;
        }
        std::fprintf(stderr, "%10zu  %.0f s in all\n", size, (now_ns() - start) / 1e9);
    }
    std::printf("## Time, as a ratio to nanoflann\n\n");
    print_ratios(all, who);
    std::printf("\n## Bytes a centre\n\nThe index alone for this library, which needs the 16 bytes of the degrees for "
                "centres in doubt only; index and\npositions for the others.\n\n"
                "| centres | who | bytes |\n|---|---|---|\n%s",
                bytes.c_str());
    std::printf("\n## Two threads: how many times as fast as one\n\n");
    print_threads(all, who);
    std::printf(
        "\n## Nanoseconds a query, a centre for builds\n\nAnswers differ from this library's because the others "
        "order otherwise: %s.\n\n",
        measures.c_str());
    print_pieces(all, "nanoflann");
    if (wrong > 0)
        std::fprintf(stderr, "bench: %ld answers of the library differ between its ways of asking\n", wrong);
    return wrong > 0;
}
