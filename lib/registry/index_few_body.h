/* index_few_body.h: the few nearest of many positions, over the kernels and index_walk_body.h, which the including file
 * includes first. A search goes down the planes to the leaf of its position, looks at it, and then goes up as far as
 * what is outside the cell may be near enough. Invariant: a member of the answer is in the list or its chord exceeds
 * the bound; docs/search.md, "bounds".
 *
 * While a search is under way the list holds keys: squared chords, in whose lowest 11 bits stand the number of the
 * visit and the slot. So a list needs no second array that is moved with it. */

/* docs/search.md, "labels": what 11 bits can make a key differ, with room. */
static const double label_margin = 1 + 4.6e-13;

/* Above every squared chord, below the key of a slot that does not count. */
static const double no_bound = 1e300;

static inline double window_of(const vaxdir_index_window *window, double squared)
{
    if (!(squared < window->proven))
        return no_bound;
    return (squared * (1 + window->relative + squared * window->square) + window->absolute) *
           (label_margin * label_margin * label_margin);
}

static inline void shrink(vaxdir_index_state *state, const vaxdir_index_few_query *query, double kth)
{
    double bound = window_of(&query->window, kth);
    if (bound < state->bound) {
        state->bound = bound;
        state->bound_key = key_of(bound);
    }
}

/* Looks at a leaf for the nearest one. The list is in no order. */
static inline bool leaf_for_one(vaxdir_index_state *state, const vaxdir_index_few_query *query, vaxdir_index_few *few,
                                uint32_t slots)
{
    double keys[VAXDIR_INDEX_LEAF] __attribute__((aligned(32)));
    double least = leaf_keys(&query->index->leaves[state->at], state->from, slots, state->visits, keys);
    if (least > state->bound)
        return true;
    shrink(state, query, least);
    state->visited[state->visits++] = state->at;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < few->count; i++) {
        few->squared[kept] = few->squared[i];
        kept += few->squared[i] <= state->bound;
    }
    for (uint32_t hits = hits_within(keys, state->bound); hits != 0; hits &= hits - 1) {
        if (kept == VAXDIR_INDEX_ROOM - 1)
            return false;
        few->squared[kept++] = keys[__builtin_ctz(hits)];
    }
    few->count = kept;
    return true;
}

/* Looks at a leaf for several. The list is in order. */
static inline bool leaf_for_several(vaxdir_index_state *state, const vaxdir_index_few_query *query,
                                    vaxdir_index_few *few, uint32_t slots)
{
    double keys[VAXDIR_INDEX_LEAF] __attribute__((aligned(32)));
    if (leaf_keys(&query->index->leaves[state->at], state->from, slots, state->visits, keys) > state->bound)
        return true;
    state->visited[state->visits++] = state->at;
    merge_keys(few->squared, keys);
    shrink(state, query, few->squared[query->k - 1]);
    /* One that fell out of the list was no nearer than its last. */
    return few->squared[VAXDIR_INDEX_ROOM - 1] > state->bound;
}

static inline bool look_at_leaf(vaxdir_index_state *state, const vaxdir_index_few_query *query, bool one,
                                vaxdir_index_few *few)
{
    uint32_t slots = slots_of(query->index, query->subset, state->at);
    bool room = state->visits < VAXDIR_INDEX_VISITS;
    if (room && slots != 0)
        room = one ? leaf_for_one(state, query, few, slots) : leaf_for_several(state, query, few, slots);
    few->full = !room;
    return room && turn_back(state, query->index);
}

static inline bool step(vaxdir_index_state *state, const vaxdir_index_few_query *query, bool one, vaxdir_index_few *few)
{
    if (state->level == AT_LEAF)
        return look_at_leaf(state, query, one, few);
    return look_at_node(state, query->index, query->subset);
}

static inline void begin_at_home(vaxdir_index_state *state, const vaxdir_index *index)
{
    memset(state->clear[index->levels], 0xFF, sizeof state->clear[0]);
    state->home[index->levels] = 0;
    state->level = AT_LEAF;
    state->top = 0;
    state->visits = 0;
}

/* From the home node of a level to its child in whose cell the position is. */
static inline void go_down(vaxdir_index_state *state, const vaxdir_index *index, uint32_t level)
{
    uint32_t node = state->home[level + 1], number = index->first[level] + node;
    uint32_t child = node * VAXDIR_INDEX_FAN +
                     descend(&index->splits[number], state->units, state->clear[level + 1], state->clear[level]);
    state->home[level] = child;
    if (level > 0) {
        __builtin_prefetch(&index->splits[index->first[level - 1] + child]);
        return;
    }
    state->at = child;
    fetch_leaf(index, child);
    fetch_node(index, number); /* half of the searches go up to it */
}

static inline void begin_few(vaxdir_index_state *state, const vaxdir_index_few_query *query, vaxdir_ecef from, bool one,
                             vaxdir_index_few *few)
{
    double bound = query->bound * label_margin;
    begin(state, from, bound < no_bound ? bound : no_bound);
    few->count = 0;
    few->full = false;
    for (int i = 0; i < VAXDIR_INDEX_ROOM && !one; i++)
        few->squared[i] = INFINITY;
}

/* Puts one before the one before it. */
static inline void swap_few(vaxdir_index_few *few, uint32_t i)
{
    double squared = few->squared[i], at[4];
    vaxdir_index_place place = few->places[i];
    memcpy(at, few->at[i], sizeof at);
    few->squared[i] = few->squared[i - 1];
    few->places[i] = few->places[i - 1];
    memcpy(few->at[i], few->at[i - 1], sizeof at);
    few->squared[i - 1] = squared;
    few->places[i - 1] = place;
    memcpy(few->at[i - 1], at, sizeof at);
}

/* From keys to places, positions and squared chords, in the order of these. */
static inline void settle(const vaxdir_index_state *state, const vaxdir_index *index, bool one, vaxdir_index_few *few)
{
    uint32_t count = one ? few->count : (uint32_t)__builtin_popcount(hits_within(few->squared, state->bound));
    few->count = count;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &few->squared[i], sizeof bits);
        uint32_t leaf = state->visited[bits >> 4 & (VAXDIR_INDEX_VISITS - 1)];
        uint32_t slot = (uint32_t)bits & (VAXDIR_INDEX_LEAF - 1);
        few->places[i] = leaf * VAXDIR_INDEX_LEAF + slot;
        __builtin_prefetch(index->leaves[leaf].rows);
        few->squared[i] = slot_at(&index->leaves[leaf], slot, state->from, few->at[i]);
    }
    few->squared[count] = INFINITY; /* there are fewer than there is room for */
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = i; j > 0 && few->squared[j] < few->squared[j - 1]; j--)
            swap_few(few, j);
}

/* One search. */
static inline __attribute__((always_inline)) void alone(const vaxdir_index_few_query *query, const vaxdir_ecef *from,
                                                        bool one, vaxdir_index_state *state, vaxdir_index_few *few)
{
    begin_few(state, query, *from, one, few);
    if (query->index->count == 0)
        return;
    begin_at_home(state, query->index);
    for (uint32_t level = query->index->levels; level-- > 0;)
        go_down(state, query->index, level);
    while (step(state, query, one, few))
        ;
    if (!few->full)
        settle(state, query->index, one, few);
}

/* Many: down a level at a time, so that all wait for memory at once, and then in turns. */
static inline __attribute__((always_inline)) void together(const vaxdir_index_few_query *query, const vaxdir_ecef *from,
                                                           uint32_t count, bool one, vaxdir_index_state *states,
                                                           vaxdir_index_few *ret_few)
{
    const vaxdir_index *index = query->index;
    uint32_t active[VAXDIR_INDEX_GROUP], left = count;
    for (uint32_t i = 0; i < count; i++) {
        begin_few(&states[i], query, from[i], one, &ret_few[i]);
        active[i] = i;
    }
    if (index->count == 0)
        return;
    for (uint32_t i = 0; i < count; i++)
        begin_at_home(&states[i], index);
    for (uint32_t level = index->levels; level-- > 0;)
        for (uint32_t i = 0; i < count; i++)
            go_down(&states[i], index, level);
    while (left > 0) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < left; i++) {
            uint32_t which = active[i];
            active[kept] = which;
            kept += step(&states[which], query, one, &ret_few[which]);
        }
        left = kept;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!ret_few[i].full)
            settle(&states[i], index, one, &ret_few[i]);
}

/* Apart for one and for several nearest, because little of what either does is done by the other, and for a search
 * alone, which has nothing to take turns with. */
static void one_alone(const vaxdir_index_few_query *query, const vaxdir_ecef *from, vaxdir_index_state *state,
                      vaxdir_index_few *ret_few)
{
    alone(query, from, true, state, ret_few);
}

static void several_alone(const vaxdir_index_few_query *query, const vaxdir_ecef *from, vaxdir_index_state *state,
                          vaxdir_index_few *ret_few)
{
    alone(query, from, false, state, ret_few);
}

static void one_together(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                         vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    together(query, from, count, true, states, ret_few);
}

static void several_together(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                             vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    together(query, from, count, false, states, ret_few);
}

static inline void few_near(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                            vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    if (count == 1)
        (query->k == 1 ? one_alone : several_alone)(query, from, states, ret_few);
    else
        (query->k == 1 ? one_together : several_together)(query, from, count, states, ret_few);
}
