/* ask.c: prepares a search and runs it: the walk over the tree, then the order. Invariant: the walk gives at least
 * everything that belongs to the answer; docs/search.md, "bounds". */
#include "ask.h"

#include <math.h>
#include <string.h>

static vaxdir_status check_query(vaxdir_context *context, const vaxdir_query *query, uint32_t flags)
{
    if ((query->flags & ~(flags & ~VAXDIR_SEARCH_WORK_LIMIT)) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.flags has bits that this search does not know: leave them out");
    if (query->work_limit != 0 && (flags & VAXDIR_SEARCH_WORK_LIMIT) == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.work_limit means nothing to this search: leave it at 0");
    if ((query->flags & VAXDIR_SEARCH_VISIT_FLAGS) != 0 && query->visit == NULL)
        return vaxdir_context_fail(
            context, VAXDIR_ERROR_ARGUMENT,
            "query.flags ask who may go or what is open, but query.visit is NULL: say who and when");
    if (!(query->max_distance_m >= 0))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.max_distance_m is negative or NaN: give metres, or 0 for no bound");
    if (!(query->min_distance_m >= 0))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "query.min_distance_m is negative or NaN: give metres, or 0 for no bound");
    return VAXDIR_OK;
}

uint32_t vaxdir_search_admit(uint32_t flags)
{
    return ((flags & VAXDIR_QUERY_ELIGIBLE) != 0 ? VAXDIR_ADMIT_ELIGIBLE : 0U) |
           ((flags & VAXDIR_QUERY_ELIGIBLE_SURE) != 0 ? VAXDIR_ADMIT_ELIGIBLE_SURE : 0U) |
           ((flags & VAXDIR_QUERY_OPEN) != 0 ? VAXDIR_ADMIT_OPEN : 0U) |
           ((flags & VAXDIR_QUERY_OPEN_SURE) != 0 ? VAXDIR_ADMIT_OPEN_SURE : 0U);
}

/* What the flags ask of each centre, and of whom. */
static vaxdir_status read_visit(vaxdir_context *context, const vaxdir_query *query, vaxdir_search *search)
{
    search->admit = vaxdir_search_admit(query->flags);
    return search->admit == 0 ? VAXDIR_OK : vaxdir_visit_read(context, search->edition, query->visit, &search->visit);
}

vaxdir_status vaxdir_search_prepare(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_query *query,
                                    uint32_t flags, uint32_t limit_of_0, vaxdir_search *search)
{
    vaxdir_query known;
    const size_t first_size = offsetof(vaxdir_query, min_distance_m);
    vaxdir_status status = VAXDIR_OK;
    if (query != NULL && query->struct_size == sizeof known)
        known = *query; /* nothing to cut or to fill, and most often so */
    else
        status = vaxdir_context_read_struct(context, "query", query, &known, sizeof known, first_size);
    if (status == VAXDIR_OK)
        status = check_query(context, &known, flags);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(context);
    if (scratch == NULL)
        return vaxdir_context_fail_memory(context);
    const vaxdir_registry *registry = edition->registry;
    uint32_t passing = registry->index.count;
    /* One by one: to clear all of it first takes longer than much of a search. */
    search->memory = &context->memory;
    search->scratch = scratch;
    search->edition = edition;
    search->registry = registry;
    search->index = &registry->index;
    search->own = NULL;
    search->subset = NULL;
    double displacement_m = registry->index.displacement_m;
    status = read_visit(context, &known, search);
    if (status != VAXDIR_OK)
        return status;
    if (known.filter != NULL) {
        const vaxdir_binding *binding =
            vaxdir_bindings_get(&context->memory, &scratch->bindings, edition, known.filter);
        if (binding == NULL)
            return vaxdir_context_fail_memory(context);
        search->subset = &binding->subset.bits;
        if (binding->tree.index.count > 0) {
            search->own = &binding->tree.index;
            displacement_m = fmax(displacement_m, search->own->displacement_m);
        }
        passing = binding->passing < passing ? binding->passing : passing;
    }
    uint32_t limit = known.limit == 0 ? limit_of_0 : known.limit;
    search->limit = limit < passing ? limit : passing;
    search->exact = (known.flags & VAXDIR_QUERY_EXACT_DISTANCES) != 0;
    search->all_ties = (known.flags & VAXDIR_QUERY_ALL_TIES) != 0;
    search->unordered = (known.flags & VAXDIR_QUERY_UNORDERED) != 0;
    search->bearings = (known.flags & VAXDIR_QUERY_BEARINGS) != 0;
    search->work_limit = known.work_limit;
    search->slack = vaxdir_bounds_slack(displacement_m);
    search->window = vaxdir_bounds_quick_window(search->slack);
    vaxdir_search_limit(search, known.min_distance_m, known.max_distance_m == 0 ? INFINITY : known.max_distance_m);
    return VAXDIR_OK;
}

static void find_edges(vaxdir_search_edges *edges, double slack, double min_distance_m, double max_distance_m)
{
    /* Twice what the series may be wrong by: who is not in doubt is on its side by the series, too. */
    const double series_room = 1e-4;
    bool least = min_distance_m > 0;
    edges->slack = slack;
    edges->min_distance_m = min_distance_m;
    edges->max_distance_m = max_distance_m;
    edges->bound = vaxdir_bounds_radius(max_distance_m, slack);
    edges->sure_bound = vaxdir_bounds_core(max_distance_m - series_room, slack);
    edges->inner = least ? vaxdir_bounds_core(min_distance_m - series_room, slack) : -1;
    edges->sure_inner = least ? vaxdir_bounds_radius(min_distance_m + series_room, slack) : -1;
}

void vaxdir_search_limit(vaxdir_search *search, double min_distance_m, double max_distance_m)
{
    search->min_distance_m = min_distance_m;
    search->max_distance_m = max_distance_m;
    search->limited = min_distance_m > 0 || max_distance_m < INFINITY;
    search->bound = search->sure_bound = INFINITY;
    search->inner = search->sure_inner = -1;
    if (!search->limited)
        return;
    vaxdir_search_edges *edges = &search->scratch->edges;
    if (edges->slack != search->slack || edges->min_distance_m != min_distance_m ||
        edges->max_distance_m != max_distance_m)
        find_edges(edges, search->slack, min_distance_m, max_distance_m);
    search->bound = edges->bound;
    search->sure_bound = edges->sure_bound;
    search->inner = edges->inner;
    search->sure_inner = edges->sure_inner;
}

void vaxdir_search_from(vaxdir_search *search, double latitude, double longitude)
{
    search->latitude = latitude;
    search->longitude = vaxdir_longitude_wrap(longitude);
    vaxdir_point_ecefs(&search->latitude, &search->longitude, search->registry->index.wide, 1, &search->from);
}

vaxdir_status vaxdir_search_begin(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                  double longitude, const vaxdir_query *query, uint32_t flags, uint32_t limit_of_0,
                                  vaxdir_search *search)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (!vaxdir_point_valid(latitude, longitude))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the position is not one: latitude is -90 to 90 degrees, longitude finite");
    status = vaxdir_search_prepare(context, edition, query, flags, limit_of_0, search);
    if (status == VAXDIR_OK)
        vaxdir_search_from(search, latitude, longitude);
    return status;
}

enum { LEAST_ROOM = 64 };

/* A walk that keeps every centre that may belong to the answer. */
typedef struct walk {
    const vaxdir_search *search;
    size_t candidates;
    size_t room;  /* for so many of them, of what there is */
    size_t limit; /* the k of k nearest; 0 where every centre within the bound is wanted */
    size_t best;  /* how many of the k least chords that surely count are known */
    double bound; /* on squared chords */
    bool out_of_memory;
} walk;

/* Room for a leaf's candidates. Drops those that the bound has left behind before it grows, so that the memory is that
 * of the answer and not of the way to it. Where it drops does not depend on the memory at hand, so that the same search
 * needs no more of it another time. */
static bool make_room(walk *walking)
{
    vaxdir_search_scratch *scratch = walking->search->scratch;
    if (walking->candidates + VAXDIR_INDEX_LEAF <= walking->room)
        return true;
    size_t kept = 0;
    for (size_t i = 0; i < walking->candidates; i++)
        if (scratch->candidates[i].value <= walking->bound)
            scratch->candidates[kept++] = scratch->candidates[i];
    walking->candidates = kept;
    if (kept + VAXDIR_INDEX_LEAF <= walking->room / 2)
        return true;
    walking->room = walking->room == 0 ? (size_t)LEAST_ROOM : 2 * walking->room;
    return vaxdir_memory_reserve(walking->search->memory, &scratch->candidates, &scratch->candidate_capacity,
                                 walking->room, sizeof *scratch->candidates);
}

static void keep(walk *walking, vaxdir_hit hit)
{
    const vaxdir_search *search = walking->search;
    vaxdir_search_scratch *scratch = search->scratch;
    scratch->candidates[walking->candidates++] = hit;
    /* Who may be nearer than the least distance is kept, but does not count to the k. */
    if (walking->limit == 0 || hit.value <= search->sure_inner)
        return;
    vaxdir_hit *best = scratch->best;
    double worst = walking->best == walking->limit ? best[0].value : INFINITY;
    walking->best = vaxdir_hits_offer(best, walking->best, walking->limit, hit);
    if (walking->best == walking->limit && best[0].value < worst) {
        double window = vaxdir_bounds_window(best[0].value, search->slack);
        walking->bound = window < walking->bound ? window : walking->bound;
    }
}

static double keep_leaf(void *user, uint32_t leaf, uint32_t hits, const double *squared)
{
    walk *walking = user;
    if (!make_room(walking)) {
        walking->out_of_memory = true;
        return -1;
    }
    for (uint32_t slot = 0; slot < VAXDIR_INDEX_LEAF; slot++)
        if ((hits >> slot & 1) != 0 && squared[slot] <= walking->bound && squared[slot] > walking->search->inner)
            keep(walking, (vaxdir_hit){squared[slot], leaf * VAXDIR_INDEX_LEAF + slot});
    return walking->bound;
}

/* Whether it pays to narrow what is behind the k-th chord, this one. */
static bool is_far(double squared)
{
    return squared >= VAXDIR_SEARCH_FAR_M * VAXDIR_SEARCH_FAR_M;
}

/* The walk for any number. */
static bool run_any(const vaxdir_search *search, size_t *ret_count)
{
    vaxdir_search_scratch *scratch = search->scratch;
    walk walking = {
        .search = search,
        .limit = search->limit < search->index->count ? search->limit : 0,
        .bound = search->bound,
    };
    if (walking.limit > 0 && !vaxdir_memory_reserve(search->memory, &scratch->best, &scratch->best_capacity,
                                                    walking.limit, sizeof *scratch->best))
        return false;
    vaxdir_index_near(search->index, search->from, search->bound, search->subset, keep_leaf, &walking);
    if (walking.out_of_memory)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < walking.candidates; i++)
        if (scratch->candidates[i].value <= walking.bound)
            scratch->candidates[kept++] = scratch->candidates[i];
    if (walking.limit > 0 && kept > walking.limit && walking.best == walking.limit && is_far(scratch->best[0].value)) {
        if (!vaxdir_memory_reserve(search->memory, &scratch->metres, &scratch->metre_capacity, kept,
                                   sizeof *scratch->metres))
            return false;
        kept = vaxdir_search_narrow(search, scratch->candidates, NULL, kept, scratch->best, scratch->metres);
    }
    return vaxdir_search_order(search, scratch->candidates, kept, ret_count);
}

bool vaxdir_search_is_few(const vaxdir_search *search)
{
    return search->limit > 0 && search->limit <= VAXDIR_INDEX_FEW && search->min_distance_m == 0;
}

bool vaxdir_search_finish(const vaxdir_search *search, const vaxdir_index_few *few, size_t *ret_count)
{
    if (few->full)
        return run_any(search, ret_count);
    vaxdir_hit candidates[VAXDIR_INDEX_ROOM];
    for (uint32_t i = 0; i < few->count; i++)
        candidates[i] = (vaxdir_hit){few->squared[i], few->places[i]};
    if (few->count <= search->limit || !is_far(few->squared[search->limit - 1]))
        return vaxdir_search_order_sorted(search, candidates, few->distances_m, few->count, ret_count);
    vaxdir_hit best[VAXDIR_INDEX_FEW];
    double distances_m[VAXDIR_INDEX_ROOM], least_m[VAXDIR_INDEX_ROOM];
    memcpy(distances_m, few->distances_m, sizeof distances_m);
    size_t count = vaxdir_search_narrow(search, candidates, distances_m, few->count, best, least_m);
    return vaxdir_search_order_sorted(search, candidates, distances_m, count, ret_count);
}

/* From here on the places are those of the filter's own tree, where it has one. */
static void take_own_tree(vaxdir_search *search)
{
    if (search->own == NULL)
        return;
    search->index = search->own;
    search->subset = NULL;
}

void vaxdir_search_few(vaxdir_search *search, const vaxdir_ecef *from, uint32_t count)
{
    take_own_tree(search);
    vaxdir_search_scratch *scratch = search->scratch;
    vaxdir_index_few_query query = {
        .index = search->index,
        .subset = search->subset,
        .window = search->window,
        .bound = search->bound,
        .k = search->limit,
    };
    vaxdir_index_few_near(&query, from, count, scratch->states, scratch->few);
    vaxdir_search_metres(search, from, scratch->few, count);
}

bool vaxdir_search_run(vaxdir_search *search, size_t *ret_count)
{
    take_own_tree(search);
    *ret_count = 0;
    if (search->limit == 0)
        return true;
    if (!vaxdir_search_is_few(search))
        return run_any(search, ret_count);
    vaxdir_search_few(search, &search->from, 1);
    return vaxdir_search_finish(search, &search->scratch->few[0], ret_count);
}
