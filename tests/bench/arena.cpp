// arena.cpp: see arena.h.
#include "arena.h"

#include <algorithm>
#include <cstdio>

namespace
{

constexpr size_t most_k = 10, block = 64, least_queries = 32;
constexpr double radius_m = 10000;

bool is_ours(const std::string &name)
{
    return name.compare(0, 6, "vaxdir") == 0;
}

} // namespace

// The first so many; of sorted ones blocks from all over the curve, each as near together as the whole.
std::vector<uint32_t> question_list::some(size_t count) const
{
    std::vector<uint32_t> picked;
    size_t blocks = (queries.size() + block - 1) / block, wanted = (count + block - 1) / block;
    for (size_t i = 0; i < wanted; i++)
        for (size_t j = 0, first = (sorted ? i * blocks / wanted : i) * block; j < block; j++)
            if (first + j < queries.size() && picked.size() < count)
                picked.push_back(static_cast<uint32_t>(first + j));
    return picked;
}

arena::arena(const bench_options &asked, size_t centre_count, peer_list all)
    : options(asked), size(centre_count),
      // About two million members in all.
      most_within(std::max<size_t>(100, std::min<size_t>({20000, 1000000000 / centre_count, asked.most_queries}))),
      france(asked.seed), centres(france.centres(centre_count)), peers(std::move(all))
{
    most_within = std::min(most_within, options.most_queries);
    lists[0].name = "random";
    lists[0].queries = france.queries(options.most_queries);
    lists[1].name = "sorted";
    lists[1].sorted = true;
    lists[1].queries = lists[0].queries;
    sort_along_curve(lists[1].queries);
    rows.resize(options.most_queries * most_k);
    distances.resize(options.most_queries * most_k);
    counts.resize(options.most_queries);
}

void arena::build()
{
    competitors.reserve(peers.size());
    for (auto &one : peers) {
        size_t before = heap_bytes();
        double start = now_ns();
        one->prepare(centres);
        double prepared = now_ns();
        one->build();
        std::fprintf(stderr, "%10zu  %-18s prepared in %.2f s, built in %.2f s\n", size, one->name(),
                     (prepared - start) / 1e9, (now_ns() - prepared) / 1e9);
        size_t bytes = one->bytes() > 0 ? one->bytes() : heap_bytes() - before;
        competitors.push_back({one.get(), bytes, {one->new_asker(), one->new_asker()}});
    }
    plan();
}

void arena::plan()
{
    for (question_list &list : lists) {
        list.rows.resize(list.queries.size() * most_k, UINT32_MAX);
        competitors[0].askers[0]->nearest(list.queries.data(), list.queries.size(), most_k, list.rows.data(),
                                          distances.data());
    }
    tasks.reserve(competitors.size() * 16);
    for (question_list &list : lists)
        for (size_t k : {size_t(1), size_t(5), most_k})
            for (size_t threads : {size_t(1), size_t(2)})
                add("k = " + std::to_string(k) + ", " + list.name, list, k, true, threads);
    for (bool ordered : {false, true})
        for (size_t threads : {size_t(1), size_t(2)})
            add(ordered ? "10 km, in order" : "10 km", lists[0], 0, ordered, threads);
}

void arena::add(const std::string &work, const question_list &list, size_t k, bool ordered, size_t threads)
{
    for (competitor &one : competitors) {
        if (k > 0 ? !one.who->finds(k) : !one.who->finds_within(ordered))
            continue;
        tasks.push_back({&one, &list, k, ordered, threads, {}, {}});
        task *made = &tasks.back();
        choose_queries(*made, k > 0 ? options.most_queries : most_within);
        piece_of_work piece;
        piece.work = work;
        piece.who = one.who->name();
        piece.centres = size;
        piece.threads = threads;
        piece.operations = made->queries.size();
        piece.run = [this, made] { run(*made); };
        piece.base = piece.who == "nanoflann";
        pieces.push_back(piece);
    }
}

// A slow peer is asked as many queries as take it the budget.
void arena::choose_queries(task &on, size_t most)
{
    for (size_t count = on.by->who->fast() ? most : least_queries;; count *= 4) {
        pick(on, std::min(count, most));
        if (count >= most)
            return;
        double start = now_ns();
        run(on);
        double taken = now_ns() - start, room = static_cast<double>(count) * options.budget_ns / taken;
        if (taken * 4 > options.budget_ns)
            return pick(on, std::min(most, std::max(least_queries, static_cast<size_t>(room))));
    }
}

void arena::pick(task &on, size_t count) const
{
    on.picked = on.list->some(count);
    on.queries.clear();
    for (uint32_t i : on.picked)
        on.queries.push_back(on.list->queries[i]);
}

void arena::ask(const task &on, size_t thread, size_t first, size_t count)
{
    asker &with = *on.by->askers[thread];
    if (on.k > 0)
        with.nearest(&on.queries[first], count, on.k, &rows[first * on.k], &distances[first * on.k]);
    else
        with.radius(&on.queries[first], count, radius_m, on.ordered, &counts[first]);
}

void arena::run(const task &on)
{
    size_t count = on.queries.size(), half = count / 2;
    if (on.threads == 1)
        return ask(on, 0, 0, count);
    beside.start([&] { ask(on, 1, half, count - half); });
    ask(on, 0, 0, half);
    beside.finish();
}

void arena::measure()
{
    run_rounds(pieces, options.rounds);
    compare();
    measure_builds();
}

// At last, because those who ask do not outlive what they ask.
void arena::measure_builds()
{
    std::vector<piece_of_work> builds;
    for (competitor &one : competitors) {
        one.askers[0].reset();
        one.askers[1].reset();
        if (one.who->builds()) {
            piece_of_work piece;
            piece.work = "build";
            piece.who = one.who->name();
            piece.centres = piece.operations = size;
            piece.run = [&one] { one.who->build(); };
            piece.most_rounds = size > 1000000 ? 3 : 1000;
            piece.base = piece.who == "nanoflann";
            builds.push_back(piece);
        }
    }
    run_rounds(builds, options.rounds);
    pieces.insert(pieces.end(), builds.begin(), builds.end());
}

// How many queries were answered otherwise than by this library: other rows or another order, or, within a radius,
// another number of rows.
void arena::compare()
{
    counts_of_ours.resize(most_within);
    for (competitor &one : competitors)
        if (is_ours(one.who->name()) && one.who->finds_within(false))
            one.askers[0]->radius(lists[0].queries.data(), most_within, radius_m, false, counts_of_ours.data());
    for (size_t i = 0; i < tasks.size(); i++) {
        const task &on = tasks[i];
        run(on);
        long differing = 0;
        for (size_t q = 0; q < on.queries.size(); q++)
            if (on.k > 0)
                differing +=
                    !std::equal(&rows[q * on.k], &rows[q * on.k] + on.k, &on.list->rows[on.picked[q] * most_k]);
            else
                differing += counts[q] != counts_of_ours[on.picked[q]];
        pieces[i].differing = differing;
        pieces[i].compared = static_cast<long>(on.queries.size());
        wrong += is_ours(pieces[i].who) ? differing : 0;
    }
}

std::vector<std::pair<std::string, double>> arena::bytes_a_centre() const
{
    std::vector<std::pair<std::string, double>> all;
    for (const competitor &one : competitors)
        if (one.who->builds())
            all.push_back({one.who->name(), static_cast<double>(one.bytes) / static_cast<double>(size)});
    return all;
}
