/* nearest.c: the k nearest centres. Invariant: chords only decide which centres are measured; what is in the answer,
 * and in which order, is decided by geod_inverse(position, centre) and the row alone. */
#include <math.h>
#include <string.h>

#include "../base/context.h"
#include "bounds.h"
#include "matches.h"
#include "scratch.h"

enum { LIMIT_DEFAULT = 10 };

/* A walk over the index that keeps every centre that may belong to the answer. */
typedef struct walk {
    const vaxdir_memory *memory;
    vaxdir_search_scratch *scratch;
    size_t candidates;
    size_t limit; /* the k of k nearest; 0 where every centre within the radius is wanted */
    size_t best;  /* how many of the k least chords are known */
    double bound; /* on squared chords */
    bool out_of_memory;
} walk;

/* Room for one more candidate. Drops those that the bound has left behind before it grows, so that the memory is that
 * of the answer and not of the way to it. */
static bool make_room(walk *search)
{
    vaxdir_search_scratch *scratch = search->scratch;
    if (search->candidates < scratch->candidate_capacity)
        return true;
    size_t kept = 0;
    for (size_t i = 0; i < search->candidates; i++)
        if (scratch->candidates[i].value <= search->bound)
            scratch->candidates[kept++] = scratch->candidates[i];
    search->candidates = kept;
    if (kept < scratch->candidate_capacity / 2)
        return true;
    return vaxdir_memory_reserve(search->memory, &scratch->candidates, &scratch->candidate_capacity,
                                 scratch->candidate_capacity + 1, sizeof *scratch->candidates);
}

static double keep(void *user, uint32_t row, double squared_chord)
{
    walk *search = user;
    vaxdir_hit hit = {squared_chord, row};
    if (!make_room(search)) {
        search->out_of_memory = true;
        return -1;
    }
    search->scratch->candidates[search->candidates++] = hit;
    if (search->limit == 0)
        return search->bound;
    vaxdir_hit *best = search->scratch->best;
    double worst = search->best == search->limit ? best[0].value : INFINITY;
    search->best = vaxdir_hits_offer(best, search->best, search->limit, hit);
    if (search->best == search->limit && best[0].value < worst) {
        double window = vaxdir_bounds_window(best[0].value);
        search->bound = window < search->bound ? window : search->bound;
    }
    return search->bound;
}

/* Measures the candidates and leaves the `limit` nearest within the distance in scratch->best, in order. */
static size_t measure(const walk *search, const vaxdir_registry *registry, double latitude, double longitude,
                      size_t limit, double max_distance_m)
{
    vaxdir_search_scratch *scratch = search->scratch;
    const double *latitudes = registry->numbers[VAXDIR_FIELD_LATITUDE];
    const double *longitudes = registry->numbers[VAXDIR_FIELD_LONGITUDE];
    double measured[2] = {NAN, NAN}, distance_m = NAN;
    size_t count = 0;
    for (size_t i = 0; i < search->candidates; i++) {
        if (!(scratch->candidates[i].value <= search->bound))
            continue;
        uint32_t row = scratch->candidates[i].row;
        double here[2] = {latitudes[row], longitudes[row]};
        /* Centres at one address are many, and stand together in the index. */
        if (memcmp(here, measured, sizeof here) != 0) {
            memcpy(measured, here, sizeof here);
            distance_m = vaxdir_geodesic_distance_m(&scratch->geodesic, latitude, longitude, here[0], here[1]);
        }
        if (distance_m <= max_distance_m)
            count = vaxdir_hits_offer(scratch->best, count, limit, (vaxdir_hit){distance_m, row});
    }
    vaxdir_hits_sort(scratch->best, count);
    return count;
}

static vaxdir_status check_query(vaxdir_context *context, const vaxdir_query *query)
{
    if (query->flags != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "query.flags has unknown bits: leave it at 0");
    if (query->reserved != 0 || query->reserved_2 != NULL)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.reserved is not 0: start from its INIT macro");
    if (!(query->max_distance_m >= 0))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.max_distance_m is negative or NaN: give metres, or 0 for no bound");
    return VAXDIR_OK;
}

/* The walk and the measuring, for a limit that is neither 0 nor above the number of centres that pass. */
static vaxdir_status find(vaxdir_context *context, vaxdir_search_scratch *scratch, const vaxdir_registry *registry,
                          double latitude, double longitude, size_t limit, double max_distance_m,
                          const vaxdir_binding *binding, uint32_t *ret_count)
{
    uint32_t reachable = registry->index.count;
    if (!vaxdir_memory_reserve(&context->memory, &scratch->best, &scratch->best_capacity, limit, sizeof *scratch->best))
        return vaxdir_context_fail_memory(context);
    walk search = {
        .memory = &context->memory,
        .scratch = scratch,
        .limit = limit < reachable ? limit : 0,
        .bound = vaxdir_bounds_radius(max_distance_m),
    };
    vaxdir_index_near(&registry->index, vaxdir_point_ecef(latitude, longitude), search.bound,
                      binding == NULL ? NULL : binding->words, keep, &search);
    if (search.out_of_memory)
        return vaxdir_context_fail_memory(context);
    *ret_count = (uint32_t)measure(&search, registry, latitude, longitude, limit, max_distance_m);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_nearest(vaxdir_context *context, const vaxdir_edition *edition, double latitude, double longitude,
                             const vaxdir_query *query, vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    vaxdir_query known;
    status = vaxdir_context_read_struct(context, "query", query, &known, sizeof known, sizeof known);
    if (status == VAXDIR_OK)
        status = check_query(context, &known);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_point_valid(latitude, longitude))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the position is not one: latitude is -90 to 90 degrees, longitude finite");
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(context);
    if (scratch == NULL)
        return vaxdir_context_fail_memory(context);
    const vaxdir_binding *binding = NULL;
    if (known.filter != NULL) {
        binding = vaxdir_bindings_get(&context->memory, &scratch->bindings, edition, known.filter);
        if (binding == NULL)
            return vaxdir_context_fail_memory(context);
    }
    const vaxdir_registry *registry = edition->registry;
    size_t limit = known.limit == 0 ? LIMIT_DEFAULT : known.limit;
    limit = limit < registry->index.count ? limit : registry->index.count;
    if (binding != NULL && limit > binding->passing)
        limit = binding->passing;
    double max_distance_m = known.max_distance_m == 0 ? INFINITY : known.max_distance_m;
    uint32_t count = 0;
    if (limit > 0)
        status = find(context, scratch, registry, latitude, vaxdir_longitude_wrap(longitude), limit, max_distance_m,
                      binding, &count);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_matches_fill(matches, scratch->best, count))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}
