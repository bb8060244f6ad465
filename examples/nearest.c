/* The five centres nearest to a place: cc nearest.c $(pkg-config --cflags --libs vaxdir) && ./a.out FEED LAT LON */
#include <stdio.h>
#include <stdlib.h>
#include <vaxdir/vaxdir.h>

int main(int argc, char **argv)
{
    vaxdir_context *context = NULL; /* one per thread; it holds the last error */
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = 5;
    if (argc != 4 || vaxdir_context_new(NULL, &context))
        return 2;
    int failed = vaxdir_builder_new(context, NULL, &builder) ||
                 vaxdir_builder_add_path(context, builder, argv[1], NULL) ||
                 vaxdir_builder_build(context, builder, &registry) ||
                 vaxdir_edition_new(context, registry, NULL, &edition) || vaxdir_matches_new(context, &matches) ||
                 vaxdir_nearest(context, edition, atof(argv[2]), atof(argv[3]), &query, matches);
    if (failed)
        fprintf(stderr, "%s\n", vaxdir_context_error(context)->message);
    for (uint32_t i = 0; i < vaxdir_matches_count(matches); i++) {
        const char *name = NULL;
        vaxdir_edition_text(context, edition, vaxdir_matches_rows(matches)[i], VAXDIR_FIELD_NAME, &name, NULL);
        printf("%8.0f m  %s\n", vaxdir_matches_distances_m(matches)[i], name != NULL ? name : "");
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    vaxdir_context_unref(context);
    return failed;
}
