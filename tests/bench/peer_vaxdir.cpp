// peer_vaxdir.cpp: this library through its public calls, a query a call and in batches; and its index alone, which is
// what the peers build, through the internal call.
#include "peer.h"

#include "library.h"
#include "tree.h"

namespace
{

class vaxdir_asker : public asker
{
    const vaxdir_edition *edition;
    bool batch;
    owned<vaxdir_context> context = new_context();
    owned<vaxdir_matches> matches = new_matches(context.get());

    void one_by_one(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances)
    {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = static_cast<uint32_t>(k);
        for (size_t i = 0; i < count; i++, rows += k, distances += k) {
            must(context.get(), vaxdir_nearest(context.get(), edition, queries[i].latitude, queries[i].longitude,
                                               &query, matches.get()));
            size_t got = vaxdir_matches_count(matches.get());
            std::copy_n(vaxdir_matches_rows(matches.get()), got, rows);
            std::copy_n(vaxdir_matches_distances_m(matches.get()), got, distances);
        }
    }

  public:
    vaxdir_asker(const vaxdir_edition *to_ask, bool in_batches) : edition(to_ask), batch(in_batches)
    {
    }
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        if (!batch)
            return one_by_one(queries, count, k, rows, distances);
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = static_cast<uint32_t>(k);
        must(context.get(),
             vaxdir_nearest_columns(context.get(), edition, &queries->latitude, sizeof(place), &queries->longitude,
                                    sizeof(place), count, &query, rows, distances, nullptr));
    }
    void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) override
    {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.flags = ordered ? 0 : VAXDIR_QUERY_UNORDERED;
        for (size_t i = 0; i < count; i++) {
            must(context.get(), vaxdir_within_radius(context.get(), edition, queries[i].latitude, queries[i].longitude,
                                                     radius_m, &query, matches.get()));
            counts[i] = vaxdir_matches_count(matches.get());
        }
    }
};

// Both ways ask the same edition.
struct shared_edition {
    const std::vector<place> *centres = nullptr;
    owned<vaxdir_context> context = new_context();
    owned<vaxdir_edition> edition;
};

class vaxdir_peer : public peer
{
    std::shared_ptr<shared_edition> shared;
    bool batch;

  public:
    vaxdir_peer(std::shared_ptr<shared_edition> with, bool in_batches) : shared(std::move(with)), batch(in_batches)
    {
    }
    const char *name() const override
    {
        return batch ? "vaxdir batch" : "vaxdir";
    }
    const char *measures_by() const override
    {
        return "geodesic";
    }
    void prepare(const std::vector<place> &centres) override
    {
        if (shared->centres == &centres)
            return;
        shared->centres = &centres;
        shared->edition = edition_of(shared->context.get(), centres);
    }
    void build() override
    {
        build_tree(*shared->centres);
    }
    bool builds() const override
    {
        return !batch;
    }
    size_t bytes() const override
    {
        return tree_bytes();
    }
    bool finds_within(bool) const override
    {
        return !batch;
    }
    bool fast() const override
    {
        return true;
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<vaxdir_asker>(shared->edition.get(), batch);
    }
};

} // namespace

void add_vaxdir(peer_list &peers)
{
    auto shared = std::make_shared<shared_edition>();
    peers.push_back(std::make_unique<vaxdir_peer>(shared, true));
    peers.push_back(std::make_unique<vaxdir_peer>(shared, false));
}
