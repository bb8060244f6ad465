/* timelines.c: see timelines.h. The timeline of a provider at a centre lies over that of the provider in its
 * département, that over the provider's own, that over the one of all; so the most specific window that holds wins.
 * Invariant: the first switch of a timeline is since ever, and neighbours differ. */
#include "timelines.h"

#include <stdlib.h>

#include <vaxdir/state.h>

enum { PLACES_MAX = 65000, TIMELINES_MAX = 4000000 };
#define WORK_MAX UINT64_C(100000000)

/* What is being made: places in the order of their numbers, 0 first, then départements, then centres. */
typedef struct maker {
    vaxdir_context *context;
    vaxdir_edition *edition;
    const vaxdir_claims *claims;
    uint32_t *departments; /* by place; 0 for everywhere and for centres */
    uint32_t *rows;        /* by place; VAXDIR_NO_ROW for everywhere and départements */
    size_t *starts;        /* by place: its first claim */
    size_t place_count;
    size_t department_count;
    int64_t *edges;
    size_t edge_capacity;
    uint64_t work;
} maker;

/* --- places ------------------------------------------------------------------------------------------------------- */

/* Everywhere, then départements by code, then centres by row. */
static int compare_places(const vaxdir_claim *a, const vaxdir_claim *b)
{
    bool a_centre = a->row != VAXDIR_NO_ROW, b_centre = b->row != VAXDIR_NO_ROW;
    if (a_centre != b_centre)
        return a_centre ? 1 : -1;
    if (a_centre)
        return (a->row > b->row) - (a->row < b->row);
    return (a->department > b->department) - (a->department < b->department);
}

static int compare_claims(const void *a, const void *b)
{
    const vaxdir_claim *one = a, *two = b;
    int place = compare_places(one, two);
    if (place != 0)
        return place;
    if (one->override != two->override)
        return one->override ? 1 : -1;
    return (one->order > two->order) - (one->order < two->order);
}

static vaxdir_status fail_limit(maker *make)
{
    return vaxdir_context_fail(make->context, VAXDIR_ERROR_LIMIT,
                               "the calendar and the overrides name too many places, providers and windows together");
}

/* Numbers the places of the claims. */
static vaxdir_status number_places(maker *make, vaxdir_claims *claims)
{
    size_t most = claims->count + 2;
    const vaxdir_memory *memory = &make->edition->memory;
    make->departments = vaxdir_memory_allocate_zeroed(memory, most, sizeof *make->departments);
    make->rows = vaxdir_memory_allocate_zeroed(memory, most, sizeof *make->rows);
    make->starts = vaxdir_memory_allocate_zeroed(memory, most, sizeof *make->starts);
    if (make->departments == NULL || make->rows == NULL || make->starts == NULL)
        return vaxdir_context_fail_memory(make->context);
    make->rows[0] = VAXDIR_NO_ROW;
    make->place_count = 1;
    for (size_t i = 0; i < claims->count; i++) {
        vaxdir_claim *claim = &claims->items[i];
        bool everywhere = claim->row == VAXDIR_NO_ROW && claim->department == 0;
        if (!everywhere && (i == 0 || compare_places(&claims->items[i - 1], claim) != 0)) {
            make->departments[make->place_count] = claim->row == VAXDIR_NO_ROW ? claim->department : 0;
            make->rows[make->place_count] = claim->row;
            make->starts[make->place_count] = i;
            make->department_count += claim->row == VAXDIR_NO_ROW;
            make->place_count++;
        }
        claim->place = everywhere ? 0 : (uint32_t)(make->place_count - 1);
    }
    make->starts[make->place_count] = claims->count;
    return make->place_count > PLACES_MAX ? fail_limit(make) : VAXDIR_OK;
}

static int compare_codes(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return (one > two) - (one < two);
}

static uint32_t place_of_department(const maker *make, uint32_t code)
{
    const uint32_t *codes = make->departments + 1;
    const uint32_t *found = make->department_count == 0
                                ? NULL
                                : bsearch(&code, codes, make->department_count, sizeof *codes, compare_codes);
    return found == NULL ? 0 : (uint32_t)(found - codes) + 1;
}

static vaxdir_status place_rows(maker *make)
{
    vaxdir_edition *edition = make->edition;
    vaxdir_timelines *states = &edition->states;
    uint32_t count = edition->registry->count;
    if (make->place_count == 1)
        return VAXDIR_OK;
    states->places = vaxdir_memory_allocate_zeroed(&edition->memory, count, sizeof *states->places);
    if (states->places == NULL)
        return vaxdir_context_fail_memory(make->context);
    for (uint32_t row = 0; make->department_count > 0 && row < count; row++)
        states->places[row] = (uint16_t)place_of_department(make, vaxdir_edition_department(edition, row));
    for (size_t place = make->department_count + 1; place < make->place_count; place++)
        states->places[make->rows[place]] = (uint16_t)place;
    return VAXDIR_OK;
}

/* --- timelines ---------------------------------------------------------------------------------------------------- */

static vaxdir_status give_slots(maker *make)
{
    vaxdir_timelines *states = &make->edition->states;
    size_t providers = vaxdir_rules_provider_count(make->edition->rules);
    states->provider_slots =
        vaxdir_memory_allocate_zeroed(&make->edition->memory, providers, sizeof *states->provider_slots);
    if (states->provider_slots == NULL)
        return vaxdir_context_fail_memory(make->context);
    states->slot_count = 1;
    for (size_t i = 0; i < make->claims->count; i++) {
        int32_t provider = make->claims->items[i].provider;
        if (provider != VAXDIR_NO_PROVIDER && states->provider_slots[provider] == 0)
            states->provider_slots[provider] = (uint16_t)states->slot_count++;
    }
    if (make->place_count * states->slot_count > TIMELINES_MAX)
        return fail_limit(make);
    states->count = make->place_count * states->slot_count;
    states->offsets = vaxdir_memory_allocate_zeroed(&make->edition->memory, states->count + 1, sizeof *states->offsets);
    return states->offsets == NULL ? vaxdir_context_fail_memory(make->context) : VAXDIR_OK;
}

static bool add_switch(vaxdir_timelines *states, const vaxdir_memory *memory, size_t start, int64_t from, uint8_t state)
{
    if (states->switch_count > start && states->states[states->switch_count - 1] == state)
        return true;
    if (!vaxdir_memory_reserve(memory, &states->from, &states->switch_capacity, states->switch_count + 1,
                               sizeof *states->from) ||
        !vaxdir_memory_reserve(memory, &states->states, &states->state_capacity, states->switch_count + 1,
                               sizeof *states->states))
        return false;
    states->from[states->switch_count] = from;
    states->states[states->switch_count++] = state;
    return true;
}

static int compare_instants(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

/* Whether a claim is for a slot; one for slot 0 only if it names no provider. */
static bool concerns(const vaxdir_timelines *states, const vaxdir_claim *claim, size_t slot)
{
    return claim->provider == VAXDIR_NO_PROVIDER || states->provider_slots[claim->provider] == slot;
}

/* The claims on a place stand in the order of weight, calendar before overrides, but for this: one that names the
 * provider outweighs one that does not. */
static const vaxdir_claim *winner(const maker *make, size_t place, size_t slot, int64_t at)
{
    const vaxdir_timelines *states = &make->edition->states;
    const vaxdir_claim *found = NULL;
    for (size_t i = make->starts[place]; i < make->starts[place + 1]; i++) {
        const vaxdir_claim *claim = &make->claims->items[i];
        if (!concerns(states, claim, slot) || at < claim->from || at >= claim->until)
            continue;
        if (found == NULL || found->provider == VAXDIR_NO_PROVIDER || claim->provider != VAXDIR_NO_PROVIDER)
            found = claim;
    }
    return found;
}

static bool add_edge(maker *make, size_t *count, int64_t edge)
{
    if (edge == INT64_MAX)
        return true;
    if (!vaxdir_memory_reserve(&make->edition->memory, &make->edges, &make->edge_capacity, *count + 1,
                               sizeof *make->edges))
        return false;
    make->edges[(*count)++] = edge;
    return true;
}

/* Every instant at which the timeline may switch: those of the one below, and the ends of the claims. */
static bool collect_edges(maker *make, size_t place, size_t slot, size_t below, size_t below_end, size_t *ret_count)
{
    const vaxdir_timelines *states = &make->edition->states;
    size_t count = 0;
    bool good = add_edge(make, &count, INT64_MIN);
    for (; good && below < below_end; below++)
        good = add_edge(make, &count, states->from[below]);
    for (size_t i = make->starts[place]; good && i < make->starts[place + 1]; i++)
        if (concerns(states, &make->claims->items[i], slot))
            good = add_edge(make, &count, make->claims->items[i].from) &&
                   add_edge(make, &count, make->claims->items[i].until);
    *ret_count = count;
    return good;
}

/* Makes the next timeline over the switches below, [below, below_end). */
static vaxdir_status make_timeline(maker *make, size_t place, size_t slot, size_t below, size_t below_end)
{
    vaxdir_timelines *states = &make->edition->states;
    size_t start = states->switch_count, count = 0;
    if (!collect_edges(make, place, slot, below, below_end, &count))
        return vaxdir_context_fail_memory(make->context);
    make->work += (uint64_t)count * (make->starts[place + 1] - make->starts[place] + 1);
    if (make->work > WORK_MAX)
        return fail_limit(make);
    qsort(make->edges, count, sizeof *make->edges, compare_instants);
    for (size_t i = 0; i < count; i++) {
        int64_t at = make->edges[i];
        const vaxdir_claim *claim = winner(make, place, slot, at);
        while (below + 1 < below_end && states->from[below + 1] <= at)
            below++;
        uint8_t state = claim != NULL ? (uint8_t)claim->state : below < below_end ? states->states[below] : 0;
        if (!add_switch(states, &make->edition->memory, start, at, state))
            return vaxdir_context_fail_memory(make->context);
    }
    return states->switch_count > UINT32_MAX ? fail_limit(make) : VAXDIR_OK;
}

/* Place by place: what lies below has been made before. */
static vaxdir_status make_timelines(maker *make)
{
    vaxdir_timelines *states = &make->edition->states;
    for (size_t place = 0; place < make->place_count; place++) {
        uint32_t row = make->rows[place];
        size_t lower =
            row == VAXDIR_NO_ROW ? 0 : place_of_department(make, vaxdir_edition_department(make->edition, row));
        for (size_t slot = 0; slot < states->slot_count; slot++) {
            size_t number = place * states->slot_count + slot, below = lower * states->slot_count + slot;
            vaxdir_status status =
                place == 0 ? make_timeline(make, place, slot, 0, 0)
                           : make_timeline(make, place, slot, states->offsets[below], states->offsets[below + 1]);
            if (status != VAXDIR_OK)
                return status;
            states->offsets[number + 1] = (uint32_t)states->switch_count;
        }
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_timelines_make(vaxdir_context *context, vaxdir_edition *edition, vaxdir_claims *claims)
{
    maker make = {.context = context, .edition = edition, .claims = claims};
    if (claims->count == 0)
        return VAXDIR_OK;
    qsort(claims->items, claims->count, sizeof *claims->items, compare_claims);
    vaxdir_status status = number_places(&make, claims);
    if (status == VAXDIR_OK)
        status = place_rows(&make);
    if (status == VAXDIR_OK)
        status = give_slots(&make);
    if (status == VAXDIR_OK)
        status = make_timelines(&make);
    size_t most = claims->count + 2;
    vaxdir_memory_free(&edition->memory, make.departments, most, sizeof *make.departments);
    vaxdir_memory_free(&edition->memory, make.rows, most, sizeof *make.rows);
    vaxdir_memory_free(&edition->memory, make.starts, most, sizeof *make.starts);
    vaxdir_memory_free(&edition->memory, make.edges, make.edge_capacity, sizeof *make.edges);
    return status;
}

void vaxdir_timelines_free(vaxdir_edition *edition)
{
    vaxdir_timelines *states = &edition->states;
    const vaxdir_memory *memory = &edition->memory;
    size_t providers = vaxdir_rules_provider_count(edition->rules);
    vaxdir_memory_free(memory, states->offsets, states->count + 1, sizeof *states->offsets);
    vaxdir_memory_free(memory, states->from, states->switch_capacity, sizeof *states->from);
    vaxdir_memory_free(memory, states->states, states->state_capacity, sizeof *states->states);
    vaxdir_memory_free(memory, states->provider_slots, providers, sizeof *states->provider_slots);
    vaxdir_memory_free(memory, states->places, edition->registry->count, sizeof *states->places);
}

size_t vaxdir_timelines_find(const vaxdir_timelines *timelines, uint32_t place, uint32_t slot, int64_t at)
{
    size_t number = (size_t)place * timelines->slot_count + slot;
    size_t low = timelines->offsets[number], high = timelines->offsets[number + 1];
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (timelines->from[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}
