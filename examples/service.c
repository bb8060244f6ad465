/* What a server does: one edition shared by all threads, and for each thread its own context and result handles. Each
 * request searches and says how to book; nothing is locked, and once warm nothing is allocated.
 *
 *   service FILE [THREADS] [REQUESTS]      FILE is a feed; requests are per thread. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <vaxdir/vaxdir.h>

enum { MAX_THREADS = 64, OPENING_DAY = 1610953200 /* 2021-01-18T07:00:00Z */ };

struct worker {
    pthread_t thread;
    vaxdir_edition *edition; /* a reference of its own */
    uint64_t seed;
    uint32_t requests;
    uint64_t centres;  /* found */
    uint64_t web;      /* of them with a web step first */
    uint64_t distance; /* sum of metres, so that two runs can be compared */
    char problem[256];
};

/* SplitMix64 (Steele, Lea, Flood 2014): the same requests in every run. */
static double next_random(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static vaxdir_status answer(struct worker *worker, vaxdir_context *context, vaxdir_matches *matches,
                            vaxdir_route *route)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    query.limit = 3;
    visit.at = OPENING_DAY;
    double latitude = 42.5 + 8.5 * next_random(&worker->seed);
    double longitude = -4.5 + 12.0 * next_random(&worker->seed);
    vaxdir_status status = vaxdir_nearest(context, worker->edition, latitude, longitude, &query, matches);
    for (uint32_t i = 0; status == VAXDIR_OK && i < vaxdir_matches_count(matches); i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        status = vaxdir_resolve(context, worker->edition, vaxdir_matches_rows(matches)[i], &visit, route);
        if (status == VAXDIR_OK && vaxdir_route_count(route) > 0)
            status = vaxdir_route_step(context, route, 0, &step);
        worker->centres++;
        worker->web += step.kind == VAXDIR_STEP_WEB;
        worker->distance += (uint64_t)vaxdir_matches_distances_m(matches)[i];
    }
    return status;
}

static void *serve(void *user)
{
    struct worker *worker = user;
    vaxdir_context *context = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_route *route = NULL;
    vaxdir_status status = vaxdir_context_new(NULL, &context);
    if (status == VAXDIR_OK)
        status = vaxdir_matches_new(context, &matches);
    if (status == VAXDIR_OK)
        status = vaxdir_route_new(context, &route);
    for (uint32_t i = 0; status == VAXDIR_OK && i < worker->requests; i++)
        status = answer(worker, context, matches, route);
    if (status != VAXDIR_OK)
        snprintf(worker->problem, sizeof worker->problem, "%s", vaxdir_context_error(context)->message);
    vaxdir_route_unref(route);
    vaxdir_matches_unref(matches);
    vaxdir_context_unref(context);
    worker->edition = vaxdir_edition_unref(worker->edition);
    return NULL;
}

static vaxdir_status load(vaxdir_context *context, const char *path, vaxdir_edition **ret_edition)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_status status = vaxdir_builder_new(context, NULL, &builder);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_add_path(context, builder, path, NULL);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_build(context, builder, &registry);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_new(context, registry, NULL, ret_edition);
    if (status != VAXDIR_OK)
        fprintf(stderr, "service: %s\n", vaxdir_context_error(context)->message);
    vaxdir_registry_unref(registry); /* the edition has its own reference */
    vaxdir_builder_unref(builder);
    return status;
}

/* Starts the threads, waits for them and adds up; false if any failed. */
static int run(vaxdir_edition *edition, uint32_t threads, uint32_t requests)
{
    struct worker workers[MAX_THREADS] = {0};
    struct worker sum = {0};
    uint32_t started = 0;
    int good = 1;
    for (; started < threads; started++) {
        struct worker *worker = &workers[started];
        worker->edition = vaxdir_edition_ref(edition);
        worker->seed = started;
        worker->requests = requests;
        if (pthread_create(&worker->thread, NULL, serve, worker) != 0) {
            fprintf(stderr, "service: thread %" PRIu32 " could not be started\n", started);
            vaxdir_edition_unref(worker->edition);
            good = 0;
            break;
        }
    }
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        sum.centres += workers[i].centres;
        sum.web += workers[i].web;
        sum.distance += workers[i].distance;
        if (workers[i].problem[0] != '\0') {
            fprintf(stderr, "service: %s\n", workers[i].problem);
            good = 0;
        }
    }
    printf("%" PRIu32 " threads, %" PRIu64 " requests: %" PRIu64 " centres found, %" PRIu64
           " to book on the web first, %" PRIu64 " km in all\n",
           started, (uint64_t)started * requests, sum.centres, sum.web, sum.distance / 1000);
    return good;
}

int main(int argc, char **argv)
{
    vaxdir_context *context = NULL;
    vaxdir_edition *edition = NULL;
    long threads = argc > 2 ? strtol(argv[2], NULL, 10) : 4;
    long requests = argc > 3 ? strtol(argv[3], NULL, 10) : 1000;
    if (argc < 2 || argc > 4 || threads < 1 || threads > MAX_THREADS || requests < 1 || requests > 1000000) {
        fprintf(stderr, "usage: service FILE [THREADS, 1 to %d] [REQUESTS, 1 to 1000000]\n", (int)MAX_THREADS);
        return 2;
    }
    int good = 0;
    if (vaxdir_context_new(NULL, &context) == VAXDIR_OK && load(context, argv[1], &edition) == VAXDIR_OK)
        good = run(edition, (uint32_t)threads, (uint32_t)requests);
    vaxdir_edition_unref(edition);
    vaxdir_context_unref(context);
    return good ? 0 : 1;
}
