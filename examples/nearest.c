/* The five centres nearest to a place: cc nearest.c $(pkg-config --cflags --libs vaxdir) && ./a.out FEED LAT LON */
#include <stdio.h>
#include <stdlib.h>
#include <vaxdir/vaxdir.h>

static vaxdir_context *context; /* one per thread */

static void check(vaxdir_status status)
{
    if (status != VAXDIR_OK) {
        fprintf(stderr, "%s\n", vaxdir_context_error(context)->message);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    vaxdir_builder *builder;
    vaxdir_registry *registry;
    vaxdir_edition *edition;
    vaxdir_matches *matches;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = 5;
    if (argc != 4 || vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 2;
    check(vaxdir_builder_new(context, NULL, &builder));
    check(vaxdir_builder_add_path(context, builder, argv[1], NULL));
    check(vaxdir_builder_build(context, builder, &registry));
    check(vaxdir_edition_new(context, registry, NULL, &edition));
    check(vaxdir_matches_new(context, &matches));
    check(vaxdir_nearest(context, edition, atof(argv[2]), atof(argv[3]), &query, matches));
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++) {
        const char *name;
        check(vaxdir_edition_text(context, edition, vaxdir_matches_rows(matches)[i], VAXDIR_FIELD_NAME, &name, NULL));
        printf("%8.0f m  %s\n", vaxdir_matches_distances_m(matches)[i], name);
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    vaxdir_context_unref(context);
    return 0;
}
