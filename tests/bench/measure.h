/* measure.h: time in rounds. Invariant: in each round every piece of work runs once, in turn, so that what else the
 * machine does falls on all of them alike; the median of the rounds counts. */
#ifndef VAXDIR_BENCH_MEASURE_H
#define VAXDIR_BENCH_MEASURE_H

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

double now_ns();

// Keeps this thread on the number-th processor that the program may use, counted from the last. Does nothing where
// there are not so many.
void stay_on_processor(size_t number);

// A thread on a processor of its own that waits for work, so that no round pays for starting it.
class second_thread
{
    std::mutex guard;
    std::condition_variable changed;
    std::function<void()> work;
    bool ending = false;
    std::thread thread; // last: it uses the others

    void serve();

  public:
    second_thread();
    second_thread(const second_thread &) = delete;
    second_thread &operator=(const second_thread &) = delete;
    ~second_thread();

    void start(const std::function<void()> &what);

    void finish();
};

// What the heap holds.
size_t heap_bytes();

struct piece_of_work {
    std::string work, who;
    size_t centres = 0, threads = 1;
    size_t operations = 1;     // that a run does: nanoseconds are told for one
    std::function<void()> run; // may set `operations`
    int most_rounds = 1000;
    bool base = false; // the ratios of the same work are to this one
    // Answers that differ from this library's; -1: not compared.
    long differing = -1, compared = 0;

    std::vector<double> rounds = {}; // nanoseconds for one operation, ascending when done
    double median() const;
    double least() const;
    double greatest() const;
};

// One round to warm up, then the rounds.
void run_rounds(std::vector<piece_of_work> &pieces, int rounds);

#endif
