/* arena.h: all peers over the centres of one size, the work that they are given, and the comparison of their answers.
 * Invariant: a peer is asked the same queries in every round. */
#ifndef VAXDIR_BENCH_ARENA_H
#define VAXDIR_BENCH_ARENA_H

#include "measure.h"
#include "options.h"
#include "peer.h"

// Queries of one order, and which of them a slow peer is asked.
struct question_list {
    const char *name = "";
    bool sorted = false;
    std::vector<place> queries = {};
    std::vector<uint32_t> rows = {}; // this library's answers, most_k a query

    std::vector<uint32_t> some(size_t count) const;
};

class arena
{
  public:
    arena(const bench_options &asked, size_t centre_count, peer_list all);

    void build();

    void measure();

    std::vector<piece_of_work> pieces;
    long wrong = 0; // answers that this library gave otherwise in another way of asking

    // Of the index and what it refers to, by peer that builds one.
    std::vector<std::pair<std::string, double>> bytes_a_centre() const;

  private:
    struct competitor {
        peer *who;
        size_t bytes;
        std::unique_ptr<asker> askers[2]; // one a thread
    };
    struct task {
        competitor *by;
        const question_list *list;
        size_t k; // 0: within the radius
        bool ordered;
        size_t threads;
        std::vector<uint32_t> picked;
        std::vector<place> queries;
    };

    void plan();
    void add(const std::string &work, const question_list &list, size_t k, bool ordered, size_t threads);
    void choose_queries(task &on, size_t most);
    void pick(task &on, size_t count) const;
    void ask(const task &on, size_t thread, size_t first, size_t count);
    void run(const task &on);
    void compare();
    void measure_builds();

    const bench_options &options;
    size_t size, most_within;
    country france;
    std::vector<place> centres;
    question_list lists[2];
    peer_list peers;
    std::vector<competitor> competitors;
    std::vector<task> tasks; // one a piece of work that asks
    // Where the answers go.
    std::vector<uint32_t> rows, counts, counts_of_ours;
    std::vector<double> distances;
    second_thread beside;
};

#endif
