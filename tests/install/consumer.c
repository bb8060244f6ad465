/* consumer.c: a program as somebody else writes it, in C and in C++: built by pkg-config from the installed tree alone.
 * Invariant: it uses the public headers only, and what it links is what runs. */
#include <stdio.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

static const char feed[] = "id,name,latitude,longitude\n1,One,49.1193,6.1757\n2,Two,48.6921,6.1844\n";

static vaxdir_status use(vaxdir_context *context)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = 1;
    vaxdir_status status = vaxdir_builder_new(context, NULL, &builder);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_add_memory(context, builder, feed, strlen(feed), NULL);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_build(context, builder, &registry);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_new(context, registry, NULL, &edition);
    if (status == VAXDIR_OK)
        status = vaxdir_matches_new(context, &matches);
    if (status == VAXDIR_OK)
        status = vaxdir_nearest(context, edition, 48.7, 6.2, &query, matches);
    if (status == VAXDIR_OK && (vaxdir_matches_count(matches) != 1 || vaxdir_matches_rows(matches)[0] != 1))
        status = VAXDIR_ERROR_INTERNAL;
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    return status;
}

int main(void)
{
    vaxdir_context *context = NULL;
    if (vaxdir_version_number() != VAXDIR_VERSION_MAJOR * 1000000 + VAXDIR_VERSION_MINOR * 1000 + VAXDIR_VERSION_PATCH)
        return 1;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    vaxdir_status status = use(context);
    if (status != VAXDIR_OK)
        printf("%s: %s\n", vaxdir_status_name(status), vaxdir_context_error(context)->message);
    vaxdir_context_unref(context);
    return status == VAXDIR_OK ? 0 : 1;
}
