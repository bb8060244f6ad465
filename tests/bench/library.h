/* library.h: this library's public calls, for the benchmarks. Invariant: a call that fails ends the program. */
#ifndef VAXDIR_BENCH_LIBRARY_H
#define VAXDIR_BENCH_LIBRARY_H

#include <functional>
#include <memory>
#include <vector>

#include <vaxdir/vaxdir.h>

#include "world.h"

struct unref {
    void operator()(vaxdir_context *context) const
    {
        vaxdir_context_unref(context);
    }
    void operator()(vaxdir_edition *edition) const
    {
        vaxdir_edition_unref(edition);
    }
    void operator()(vaxdir_matches *matches) const
    {
        vaxdir_matches_unref(matches);
    }
    void operator()(vaxdir_filter *filter) const
    {
        vaxdir_filter_unref(filter);
    }
    void operator()(vaxdir_area *area) const
    {
        vaxdir_area_unref(area);
    }
};
template <class Handle> using owned = std::unique_ptr<Handle, unref>;

void must(const vaxdir_context *context, vaxdir_status status);

owned<vaxdir_context> new_context();

owned<vaxdir_matches> new_matches(vaxdir_context *context);

// What a record has beside its position; called between begin and end of record i.
using more_of_record = std::function<void(vaxdir_context *, vaxdir_builder *, size_t)>;

// Through the builder, as any caller: ids "b:000000000" and up, so that row i is centre i.
owned<vaxdir_edition> edition_of(vaxdir_context *context, const std::vector<place> &centres,
                                 const more_of_record &more = nullptr);

#endif
