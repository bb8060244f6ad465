/* browse.c: see browse.h. Invariant: a group is closed only when everything that is not in it, and has not been found
 * before, is proven farther than all of it; within, geod_inverse and the row decide. */
#include "browse.h"

#include <math.h>
#include <string.h>

#include "ask.h"

bool vaxdir_browse_begin(vaxdir_browse *browse, const vaxdir_search *search, const vaxdir_memory *memory,
                         uint32_t after_row)
{
    browse->tree.memory = memory;
    browse->group_count = browse->ready_first = browse->ready_end = 0;
    browse->min_distance_m = search->min_distance_m;
    browse->max_distance_m = search->max_distance_m;
    browse->after_m = NAN;
    browse->after_row = after_row;
    browse->last_m = 0;
    browse->complete_to_m = INFINITY;
    browse->ended = false;
    if (after_row != VAXDIR_NO_ROW) {
        browse->after_m = vaxdir_search_measure(search, after_row);
        if (browse->after_m > browse->min_distance_m)
            browse->min_distance_m = browse->after_m;
    }
    return vaxdir_index_browse_begin(&browse->tree, &search->registry->index);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

typedef enum outcome { GROUP_CLOSED, NOTHING_LEFT, WORK_IS_UP, OUT_OF_MEMORY } outcome;

/* Completes the group under way. */
static outcome close_group(vaxdir_browse *browse, const vaxdir_search *search)
{
    vaxdir_index_browse *tree = &browse->tree;
    const vaxdir_index_browse_query query = {
        &search->registry->index, search->subset, search->from, search->inner, search->bound,
    };
    for (;;) {
        double place = vaxdir_index_heap_least(&tree->places), reach = place;
        if (browse->group_count > 0)
            reach = vaxdir_bounds_window(browse->group[browse->group_count - 1].value, search->slack);
        if (tree->boxes.count > 0 && tree->boxes.items[0].squared <= reach) {
            if (search->work_limit != 0 && tree->looked_at >= search->work_limit)
                return WORK_IS_UP;
            if (!vaxdir_index_browse_open(tree, &query))
                return OUT_OF_MEMORY;
        } else if (tree->places.count > 0 && place <= reach) {
            if (!vaxdir_memory_reserve(tree->memory, &browse->group, &browse->group_capacity, browse->group_count + 1,
                                       sizeof *browse->group))
                return OUT_OF_MEMORY;
            vaxdir_index_item item = vaxdir_index_browse_take(tree);
            browse->group[browse->group_count++] = (vaxdir_hit){item.squared, item.at};
        } else {
            return browse->group_count > 0 ? GROUP_CLOSED : NOTHING_LEFT;
        }
    }
}

/* Goes on with what has been looked at: of that, what is surely nearer than everything that has not. */
static void stop(vaxdir_browse *browse, const vaxdir_search *search)
{
    double reach_m = vaxdir_bounds_reach(browse->tree.boxes.items[0].squared, search->slack);
    browse->tree.boxes.count = 0;
    if (reach_m >= browse->max_distance_m)
        return;
    browse->complete_to_m = browse->max_distance_m = reach_m;
    if (reach_m == 0)
        browse->tree.places.count = browse->group_count = 0;
}

/* Measures the group, which is then gone, and puts what counts of it to what is ready. What may fail comes first, so
 * that nothing is lost when memory is out. */
static bool settle_group(vaxdir_browse *browse, const vaxdir_search *search)
{
    vaxdir_search_scratch *scratch = search->scratch;
    size_t count = browse->group_count;
    if (!vaxdir_memory_reserve(browse->tree.memory, &browse->ready, &browse->ready_capacity, browse->ready_end + count,
                               sizeof *browse->ready) ||
        !vaxdir_memory_reserve(search->memory, &scratch->answer, &scratch->answer_capacity, count,
                               sizeof *scratch->answer) ||
        !vaxdir_search_order_sorted(search, browse->group, NULL, count, &count))
        return false;
    browse->group_count = 0;
    for (size_t i = 0; i < count; i++) {
        vaxdir_hit hit = scratch->answer[i];
        if (!(hit.value == browse->after_m && hit.row <= browse->after_row) &&
            (search->admit == 0 || vaxdir_edition_admits(search->edition, hit.row, &search->visit, search->admit)))
            browse->ready[browse->ready_end++] = hit;
    }
    return true;
}

/* The search without an end of its own, within the distances of the walk. */
static void set_distances(const vaxdir_browse *browse, vaxdir_search *search)
{
    vaxdir_search_limit(search, browse->min_distance_m, browse->max_distance_m);
    if (browse->after_row != VAXDIR_NO_ROW && browse->min_distance_m == 0) {
        /* What may be at the position itself is in doubt, because it may be before the row. */
        search->limited = true;
        search->sure_inner = vaxdir_bounds_radius(1e-4, search->slack);
    }
}

bool vaxdir_browse_fill(vaxdir_browse *browse, const vaxdir_search *asked, size_t wanted)
{
    if (browse->ended || vaxdir_browse_ready(browse) >= wanted)
        return true;
    vaxdir_search search = *asked;
    search.limit = UINT32_MAX;
    search.all_ties = false;
    set_distances(browse, &search);
    if (browse->ready_first > 0) {
        size_t left = vaxdir_browse_ready(browse);
        memmove(browse->ready, browse->ready + browse->ready_first, left * sizeof *browse->ready);
        browse->ready_first = 0;
        browse->ready_end = left;
    }
    while (!browse->ended && vaxdir_browse_ready(browse) < wanted) {
        switch (close_group(browse, &search)) {
        case OUT_OF_MEMORY:
            return false;
        case WORK_IS_UP:
            stop(browse, &search);
            set_distances(browse, &search);
            break;
        case NOTHING_LEFT:
            browse->ended = true;
            break;
        case GROUP_CLOSED:
            if (!settle_group(browse, &search))
                return false;
            break;
        }
    }
    return true;
}

/* --- taking ------------------------------------------------------------------------------------------------------- */

const vaxdir_hit *vaxdir_browse_peek(vaxdir_browse *browse, size_t count)
{
    double last_m = browse->last_m;
    if (count == 0)
        return NULL;
    for (size_t i = browse->ready_first; i < browse->ready_first + count; i++) {
        last_m = browse->ready[i].value > last_m ? browse->ready[i].value : last_m;
        browse->ready[i].value = last_m;
    }
    return browse->ready + browse->ready_first;
}

void vaxdir_browse_take(vaxdir_browse *browse, size_t count)
{
    if (count == 0)
        return;
    browse->ready_first += count;
    browse->last_m = browse->ready[browse->ready_first - 1].value;
}

bool vaxdir_browse_run(const vaxdir_search *search, size_t *ret_count, double *ret_complete_to_m)
{
    vaxdir_search_scratch *scratch = search->scratch;
    vaxdir_browse *browse = &scratch->browse;
    if (!vaxdir_browse_begin(browse, search, search->memory, VAXDIR_NO_ROW) ||
        !vaxdir_browse_fill(browse, search, search->limit))
        return false;
    size_t ready = vaxdir_browse_ready(browse), count = ready < search->limit ? ready : search->limit;
    bool full = count == search->limit;
    /* Those at one distance are of one group, so all of them are ready. */
    while (search->all_ties && count > 0 && full && count < ready &&
           browse->ready[count].value == browse->ready[count - 1].value)
        count++;
    if (!vaxdir_memory_reserve(search->memory, &scratch->answer, &scratch->answer_capacity, count,
                               sizeof *scratch->answer))
        return false;
    if (count > 0)
        memcpy(scratch->answer, vaxdir_browse_peek(browse, count), count * sizeof *scratch->answer);
    *ret_count = count;
    *ret_complete_to_m = full ? (double)INFINITY : browse->complete_to_m;
    return true;
}

void vaxdir_browse_free(vaxdir_browse *browse)
{
    const vaxdir_memory *memory = browse->tree.memory;
    if (memory == NULL)
        return;
    vaxdir_memory_free(memory, browse->group, browse->group_capacity, sizeof *browse->group);
    vaxdir_memory_free(memory, browse->ready, browse->ready_capacity, sizeof *browse->ready);
    vaxdir_index_browse_free(&browse->tree);
    *browse = (vaxdir_browse){.tree = {.memory = memory}};
}
