// measure.cpp: see measure.h.
#include "measure.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#ifdef __linux__
#include <malloc.h>
#include <sched.h>
#endif

double now_ns()
{
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

#ifdef __linux__
void stay_on_processor(size_t number)
{
    static const cpu_set_t allowed = [] {
        cpu_set_t set;
        CPU_ZERO(&set);
        sched_getaffinity(0, sizeof set, &set);
        return set;
    }();
    for (int processor = CPU_SETSIZE - 1; processor >= 0; processor--)
        if (CPU_ISSET(processor, &allowed) && number-- == 0) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(processor, &one);
            sched_setaffinity(0, sizeof one, &one);
            return;
        }
}
#else
void stay_on_processor(size_t)
{
}
#endif

second_thread::second_thread() : thread([this] { serve(); })
{
}

second_thread::~second_thread()
{
    {
        std::lock_guard<std::mutex> lock(guard);
        ending = true;
    }
    changed.notify_all();
    thread.join();
}

void second_thread::serve()
{
    stay_on_processor(1);
    std::unique_lock<std::mutex> lock(guard);
    for (;;) {
        changed.wait(lock, [this] { return ending || work; });
        if (!work)
            return;
        lock.unlock();
        work();
        lock.lock();
        work = nullptr;
        changed.notify_all();
    }
}

void second_thread::start(const std::function<void()> &what)
{
    {
        std::lock_guard<std::mutex> lock(guard);
        work = what;
    }
    changed.notify_all();
}

void second_thread::finish()
{
    std::unique_lock<std::mutex> lock(guard);
    changed.wait(lock, [this] { return !work; });
}

size_t heap_bytes()
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    struct mallinfo2 now = mallinfo2();
    return now.uordblks + now.hblkhd;
#else
    return 0;
#endif
}

double piece_of_work::median() const
{
    return rounds.empty() ? 0 : rounds[rounds.size() / 2];
}

double piece_of_work::least() const
{
    return rounds.empty() ? 0 : rounds.front();
}

double piece_of_work::greatest() const
{
    return rounds.empty() ? 0 : rounds.back();
}

void run_rounds(std::vector<piece_of_work> &pieces, int rounds)
{
    for (int round = -1; round < rounds; round++)
        for (piece_of_work &piece : pieces) {
            if (round >= piece.most_rounds || (round < 0 && piece.most_rounds < rounds))
                continue;
            double start = now_ns();
            piece.run();
            if (round >= 0)
                piece.rounds.push_back((now_ns() - start) / static_cast<double>(piece.operations));
        }
    for (piece_of_work &piece : pieces)
        std::sort(piece.rounds.begin(), piece.rounds.end());
}
