/* bench_route.c: resolves a second, on one core, over the centres of a feed: one by one and in a batch, the best of the
 * rounds, because others use the machine too. Invariant: every round resolves every centre, and every ladder has steps.
 *
 *     bench_route FEED [RULES [ROUNDS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <vaxdir/vaxdir.h>

enum { PASSES = 200 };

static vaxdir_context *context;
static vaxdir_edition *edition;
static vaxdir_route *route;
static uint32_t *rows, count;
static uint64_t steps;

static int fail(const char *what)
{
    fprintf(stderr, "bench_route: %s: %s\n", what, vaxdir_context_error(context)->message);
    return 0;
}

static int open_world(const char *feed, const char *rules_path)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_rules *rules = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 0;
    if (rules_path != NULL && vaxdir_rules_open(context, rules_path, &rules) != VAXDIR_OK)
        return fail(rules_path);
    options.rules = rules;
    if (vaxdir_builder_new(context, NULL, &builder) != VAXDIR_OK ||
        vaxdir_builder_add_path(context, builder, feed, NULL) != VAXDIR_OK ||
        vaxdir_builder_build(context, builder, &registry) != VAXDIR_OK ||
        vaxdir_edition_new(context, registry, &options, &edition) != VAXDIR_OK ||
        vaxdir_route_new(context, &route) != VAXDIR_OK)
        return fail(feed);
    count = vaxdir_registry_count(registry);
    rows = malloc((count + 1) * sizeof *rows);
    for (uint32_t row = 0; rows != NULL && row < count; row++)
        rows[row] = row;
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    vaxdir_rules_unref(rules);
    return rows != NULL && count != 0;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int resolve_one_by_one(const vaxdir_visit *visit)
{
    for (uint32_t row = 0; row < count; row++) {
        if (vaxdir_resolve(context, edition, row, visit, route) != VAXDIR_OK)
            return 0;
        steps += vaxdir_route_count(route);
    }
    return 1;
}

static int resolve_batch(const vaxdir_visit *visit)
{
    if (vaxdir_resolve_batch(context, edition, rows, count, visit, route) != VAXDIR_OK)
        return 0;
    steps += vaxdir_route_count(route);
    return 1;
}

/* Resolves a second, 0 after a failure. */
static double measure(int (*resolve)(const vaxdir_visit *visit), int64_t at, int rounds)
{
    double best = 0;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.birth_date = 19440302;
    for (int round = 0; round < rounds; round++) {
        double start = seconds();
        steps = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            visit.at = at + 60 * pass;
            if (!resolve(&visit))
                return 0;
        }
        double rate = (double)count * PASSES / (seconds() - start);
        best = rate > best ? rate : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    if (argc < 2 || !open_world(argv[1], argc > 2 ? argv[2] : NULL)) {
        fprintf(stderr, "usage: bench_route FEED [RULES [ROUNDS]]\n");
        return 2;
    }
    int rounds = argc > 3 ? atoi(argv[3]) : 10;
    /* An hour of which a campaign says yes to the old, and one at which it would ask them for more. */
    static const struct {
        const char *name;
        int64_t at;
    } days[] = {{"18 January 2021", 1610953200}, {"15 January 2021", 1610694000}};
    int good = 1;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        double single = measure(resolve_one_by_one, days[i].at, rounds);
        double mean = (double)steps / count / PASSES;
        double batch = measure(resolve_batch, days[i].at, rounds);
        good = good && single > 0 && batch > 0 && mean > 0;
        printf("%lu centres, %s, %.1f steps each: %.0f resolves a second one by one, %.0f in a batch, on one core\n",
               (unsigned long)count, days[i].name, mean, single, batch);
    }
    vaxdir_route_unref(route);
    vaxdir_edition_unref(edition);
    vaxdir_context_unref(context);
    free(rows);
    return good ? 0 : 1;
}
