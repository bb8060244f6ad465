/* thread_share.c: many threads on one edition, one area and one filter of each kind, each thread with its own context:
 * every search, positions in the area, resolve, getters, references. Invariant: what a thread gets is what one thread
 * alone gets. Under ThreadSanitizer the same run proves
 * that nothing shared is written. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/small.h"

enum { THREADS = 8, QUERIES = 60, FILTERS = 3, BATCH = 20, WIDTH = 3 };

typedef struct shared {
    vaxdir_edition *edition;
    vaxdir_rules *other_rules;
    vaxdir_area *area;
    vaxdir_filter *filters[FILTERS]; /* a flag, the area, a text of both */
    uint64_t expected[QUERIES];
} shared;

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    return text == NULL ? mix(hash, "\0", 1) : mix(hash, text, strlen(text) + 1);
}

static uint64_t mix_matches(uint64_t hash, const vaxdir_matches *matches)
{
    uint32_t count = vaxdir_matches_count(matches);
    hash = mix(hash, &count, sizeof count);
    hash = mix(hash, vaxdir_matches_rows(matches), count * sizeof(uint32_t));
    return mix(hash, vaxdir_matches_distances_m(matches), count * sizeof(double));
}

/* The other ways to search, and the area itself, as one number; 0 when a call fails. */
static uint64_t ask_otherwise(vaxdir_context *context, const shared *all, unsigned number, vaxdir_matches *matches)
{
    uint64_t hash = number + 1;
    double latitudes[BATCH], longitudes[BATCH], distances_m[BATCH * WIDTH];
    uint32_t rows[BATCH * WIDTH], passing = 0;
    uint8_t inside[BATCH];
    int32_t one = 0;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = number % 4 < FILTERS ? all->filters[number % 4] : NULL;
    for (unsigned i = 0; i < BATCH; i++) {
        latitudes[i] = 48 + (double)((number * 7 + i) % 20) / 10;
        longitudes[i] = 5 + (double)((number * 13 + i * 3) % 20) / 10;
    }
    if (vaxdir_within(context, all->edition, all->area, &query, matches) != VAXDIR_OK)
        return 0;
    hash = mix_matches(hash, matches);
    if (vaxdir_within_radius(context, all->edition, latitudes[0], longitudes[0], 1e5 * number, &query, matches) !=
        VAXDIR_OK)
        return 0;
    hash = mix_matches(hash, matches);
    query.limit = WIDTH;
    if (vaxdir_nearest_columns(context, all->edition, latitudes, sizeof *latitudes, longitudes, sizeof *longitudes,
                               BATCH, &query, rows, distances_m, NULL) != VAXDIR_OK ||
        vaxdir_area_contains_many(context, all->area, latitudes, longitudes, 0, BATCH, inside, NULL) != VAXDIR_OK ||
        vaxdir_area_contains(context, all->area, latitudes[1], longitudes[1], &one) != VAXDIR_OK ||
        vaxdir_filter_count(context, all->edition, all->filters[number % FILTERS], &passing) != VAXDIR_OK)
        return 0;
    hash = mix(mix(mix(hash, rows, sizeof rows), distances_m, sizeof distances_m), inside, sizeof inside);
    return mix(mix(hash, &one, sizeof one), &passing, sizeof passing);
}

/* Everything that one question answers, as one number; 0 when a call fails. */
static uint64_t ask(vaxdir_context *context, const shared *all, unsigned number, vaxdir_matches *matches,
                    vaxdir_route *route, vaxdir_link *link)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = 1 + number % 5;
    query.filter = number % 3 == 0 ? all->filters[number / 3 % FILTERS] : NULL;
    double latitude = -90 + (double)(number * 37 % 181), longitude = -180 + (double)(number * 101 % 361);
    if (vaxdir_nearest(context, all->edition, latitude, longitude, &query, matches) != VAXDIR_OK)
        return 0;
    uint32_t count = vaxdir_matches_count(matches);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = vaxdir_matches_rows(matches)[i];
        vaxdir_visit visit = VAXDIR_VISIT_INIT;
        visit.at = 1610953200;
        if (vaxdir_resolve(context, all->edition, row, &visit, route) != VAXDIR_OK ||
            vaxdir_edition_link(context, all->edition, row, link) != VAXDIR_OK)
            return 0;
        hash = mix(hash, &row, sizeof row);
        hash = mix(hash, &vaxdir_matches_distances_m(matches)[i], sizeof(double));
        hash = mix_text(hash, vaxdir_link_url(link));
        for (uint32_t s = 0; s < vaxdir_route_count(route); s++) {
            vaxdir_step step = VAXDIR_STEP_INIT;
            if (vaxdir_route_step(context, route, s, &step) != VAXDIR_OK)
                return 0;
            hash = mix(hash, &step.reason, sizeof step.reason);
            hash = mix_text(mix_text(hash, step.url), step.phone);
        }
        for (vaxdir_field field = VAXDIR_FIELD_ID; field <= VAXDIR_FIELD_DECLARED_PROVIDER; field++) {
            const char *text = NULL;
            if (vaxdir_edition_text(context, all->edition, row, field, &text, NULL) == VAXDIR_OK)
                hash = mix_text(hash, text);
        }
    }
    uint64_t others = ask_otherwise(context, all, number, matches);
    return others == 0 ? 0 : mix(hash, &others, sizeof others);
}

static void *work(void *argument)
{
    const shared *all = argument;
    vaxdir_context *context = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_route *route = NULL;
    vaxdir_link *link = NULL;
    uintptr_t wrong = 0;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_matches_new(context, &matches) != VAXDIR_OK ||
        vaxdir_route_new(context, &route) != VAXDIR_OK || vaxdir_link_new(context, &link) != VAXDIR_OK)
        wrong++;
    for (unsigned round = 0; wrong == 0 && round < 20; round++) {
        vaxdir_edition *mine = vaxdir_edition_ref(all->edition);
        vaxdir_registry *registry = vaxdir_registry_ref(vaxdir_edition_registry(mine));
        vaxdir_filter *filter = vaxdir_filter_ref(all->filters[round % FILTERS]), *made = NULL;
        vaxdir_area *area = vaxdir_area_ref(all->area);
        vaxdir_rules *rules = vaxdir_rules_ref(all->other_rules);
        for (unsigned number = 0; number < QUERIES; number++)
            wrong += ask(context, all, number, matches, route, link) != all->expected[number];
        vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
        vaxdir_edition *own = NULL;
        options.rules = rules;
        wrong += vaxdir_edition_new(context, registry, &options, &own) != VAXDIR_OK;
        wrong += vaxdir_link_judge(context, rules, "https://www.doctolib.fr/", 24, NULL, 0, link) != VAXDIR_OK;
        /* Shared parts of a filter of its own. */
        wrong += vaxdir_filter_and(context, all->filters, FILTERS, &made) != VAXDIR_OK;
        vaxdir_filter_unref(made);
        vaxdir_area_unref(area);
        vaxdir_edition_unref(own);
        vaxdir_rules_unref(rules);
        vaxdir_filter_unref(filter);
        vaxdir_registry_unref(registry);
        vaxdir_edition_unref(mine);
    }
    vaxdir_link_unref(link);
    vaxdir_route_unref(route);
    vaxdir_matches_unref(matches);
    vaxdir_context_unref(context);
    return (void *)wrong;
}

static vaxdir_status prepare(shared *all)
{
    vaxdir_context *context = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_matches *matches = NULL;
    vaxdir_route *route = NULL;
    vaxdir_link *link = NULL;
    static const char polygon[] = "POLYGON((5 48,7 48,7 50,5 50,5 48),(6 48.5,6.1 48.5,6 48.6,6 48.5))";
    static const char text[] = "closed = 'no' OR (postcode LIKE '57%' AND NOT kind = 'CDV')";
    const char *flag = "no";
    vaxdir_status status = vaxdir_context_new(NULL, &context);
    if (status == VAXDIR_OK)
        status = small_build(context, NULL, 0, 1, &registry);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_new(context, registry, NULL, &all->edition);
    if (status == VAXDIR_OK)
        status = vaxdir_rules_default(context, &all->other_rules);
    if (status == VAXDIR_OK)
        status = vaxdir_area_from_wkt(context, polygon, sizeof polygon - 1, NULL, &all->area);
    if (status == VAXDIR_OK)
        status = vaxdir_filter_in(context, VAXDIR_FIELD_CLOSED, &flag, NULL, 1, &all->filters[0]);
    if (status == VAXDIR_OK)
        status = vaxdir_filter_area(context, all->area, &all->filters[1]);
    if (status == VAXDIR_OK)
        status = vaxdir_filter_parse(context, text, sizeof text - 1, &all->filters[2]);
    if (status == VAXDIR_OK)
        status = vaxdir_matches_new(context, &matches);
    if (status == VAXDIR_OK)
        status = vaxdir_route_new(context, &route);
    if (status == VAXDIR_OK)
        status = vaxdir_link_new(context, &link);
    for (unsigned number = 0; status == VAXDIR_OK && number < QUERIES; number++)
        all->expected[number] = ask(context, all, number, matches, route, link);
    if (status != VAXDIR_OK)
        fprintf(stderr, "%s\n", vaxdir_context_error(context)->message);
    vaxdir_link_unref(link);
    vaxdir_route_unref(route);
    vaxdir_matches_unref(matches);
    vaxdir_registry_unref(registry);
    vaxdir_context_unref(context);
    return status;
}

int main(void)
{
    shared all = {0};
    pthread_t threads[THREADS];
    uintptr_t wrong = 0;
    if (prepare(&all) != VAXDIR_OK)
        return 1;
    for (unsigned number = 0; number < QUERIES; number++)
        wrong += all.expected[number] == 0;
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, &all) != 0)
            return 1;
    for (int i = 0; i < THREADS; i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        wrong += (uintptr_t)result;
    }
    for (int i = 0; i < FILTERS; i++)
        vaxdir_filter_unref(all.filters[i]);
    vaxdir_area_unref(all.area);
    vaxdir_rules_unref(all.other_rules);
    vaxdir_edition_unref(all.edition);
    printf("%d threads, %d questions, %lu wrong\n", THREADS, QUERIES, (unsigned long)wrong);
    return wrong == 0 ? 0 : 1;
}
