/* peer.h: what every searcher in the benchmark looks like. Invariant: all are asked for the same work and write the
 * same columns, so that only the searching differs; a file a peer, which alone knows the peer's library. */
#ifndef VAXDIR_BENCH_PEER_H
#define VAXDIR_BENCH_PEER_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "world.h"

// One thread's way of asking; a peer may have several at a time.
class asker
{
  public:
    virtual ~asker() = default;

    // The k nearest to each query, in order: k rows and k distances a query.
    virtual void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) = 0;

    // Finds the rows within radius_m and how far each is, and tells how many they are.
    virtual void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) = 0;
};

class peer
{
  public:
    virtual ~peer() = default;

    virtual const char *name() const = 0;

    // What it compares by, for the reader of the table.
    virtual const char *measures_by() const = 0;

    // Takes the centres in the form that it builds from; not timed. They outlive the peer.
    virtual void prepare(const std::vector<place> &centres) = 0;

    // Builds its index anew; timed.
    virtual void build() = 0;

    // Bytes of the index and what it refers to, or 0 for what the heap has grown by.
    virtual size_t bytes() const
    {
        return 0;
    }

    virtual bool builds() const
    {
        return true;
    }

    virtual bool finds(size_t /* k */) const
    {
        return true;
    }

    virtual bool finds_within(bool /* ordered */) const
    {
        return true;
    }

    // Fast enough to be asked every query in every round.
    virtual bool fast() const
    {
        return false;
    }

    virtual std::unique_ptr<asker> new_asker() = 0;
};

using peer_list = std::vector<std::unique_ptr<peer>>;

// Each file adds its own.
void add_vaxdir(peer_list &peers);
void add_nanoflann(peer_list &peers);
void add_boost(peer_list &peers);
void add_geos(peer_list &peers);
void add_s2(peer_list &peers);
void add_postgis(peer_list &peers);

#endif
