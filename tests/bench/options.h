/* options.h: what a benchmark is asked for on its command line: --sizes 600,20000 --rounds 9 --peers S2,nanoflann
 * --seed 1 --budget 50 (milliseconds that a slow peer may take for a round). */
#ifndef VAXDIR_BENCH_OPTIONS_H
#define VAXDIR_BENCH_OPTIONS_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

struct bench_options {
    std::vector<size_t> sizes = {600, 20000, 1000000};
    std::vector<std::string> peers; // parts of names; empty: all
    int rounds = 9;
    uint64_t seed = 20210118;
    double budget_ns = 5e7;
    size_t most_queries = 200000;

    bool wants(const std::string &name) const
    {
        if (peers.empty() || name.compare(0, 6, "vaxdir") == 0)
            return true;
        for (const std::string &part : peers)
            if (name.find(part) != std::string::npos)
                return true;
        return false;
    }
};

inline std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> parts(1);
    for (char one : text)
        if (one == ',')
            parts.emplace_back();
        else
            parts.back() += one;
    return parts;
}

inline bench_options read_options(int argc, char **argv)
{
    bench_options options;
    for (int i = 1; i < argc; i += 2) {
        std::string name = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
        unsigned long long number = std::strtoull(value.c_str(), nullptr, 10);
        if (name == "--sizes") {
            options.sizes.clear();
            for (const std::string &part : split(value))
                options.sizes.push_back(std::strtoull(part.c_str(), nullptr, 10));
        } else if (name == "--peers")
            options.peers = split(value);
        else if (name == "--rounds")
            options.rounds = static_cast<int>(number);
        else if (name == "--seed")
            options.seed = number;
        else if (name == "--budget")
            options.budget_ns = static_cast<double>(number) * 1e6;
        else if (name == "--queries")
            options.most_queries = number;
        else
            number = 0;
        if (value.empty() || (number == 0 && name != "--sizes" && name != "--peers")) {
            std::fprintf(stderr, "%s: --sizes N,N --rounds N --peers NAME,NAME --seed N --budget MS --queries N\n",
                         argv[0]);
            std::exit(2);
        }
    }
    return options;
}

#endif
