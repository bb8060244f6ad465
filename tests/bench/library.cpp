// library.cpp: see library.h.
#include "library.h"

#include <cstdio>
#include <cstdlib>

void must(const vaxdir_context *context, vaxdir_status status)
{
    if (status == VAXDIR_OK)
        return;
    std::fprintf(stderr, "bench: %s\n", context == nullptr ? "out of memory" : vaxdir_context_error(context)->message);
    std::exit(1);
}

owned<vaxdir_context> new_context()
{
    vaxdir_context *context = nullptr;
    must(nullptr, vaxdir_context_new(nullptr, &context));
    return owned<vaxdir_context>(context);
}

owned<vaxdir_matches> new_matches(vaxdir_context *context)
{
    vaxdir_matches *matches = nullptr;
    must(context, vaxdir_matches_new(context, &matches));
    return owned<vaxdir_matches>(matches);
}

owned<vaxdir_edition> edition_of(vaxdir_context *context, const std::vector<place> &centres, const more_of_record &more)
{
    vaxdir_builder *builder = nullptr;
    vaxdir_registry *registry = nullptr;
    vaxdir_edition *edition = nullptr;
    must(context, vaxdir_builder_new(context, nullptr, &builder));
    for (size_t i = 0; i < centres.size(); i++) {
        char id[32];
        int length = std::snprintf(id, sizeof id, "b:%09zu", i);
        must(context, vaxdir_builder_begin_record(context, builder, id, static_cast<size_t>(length)));
        must(context, vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, centres[i].latitude));
        must(context, vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, centres[i].longitude));
        if (more)
            more(context, builder, i);
        must(context, vaxdir_builder_end_record(context, builder));
    }
    must(context, vaxdir_builder_build(context, builder, &registry));
    vaxdir_builder_unref(builder);
    must(context, vaxdir_edition_new(context, registry, nullptr, &edition));
    vaxdir_registry_unref(registry);
    return owned<vaxdir_edition>(edition);
}
