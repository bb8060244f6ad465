/* index_walk_body.h: the walks, over three kernels that the including file defines: box_keys(), take_least(),
 * leaf_chords(), count_nearer() and least_hit(). Invariant: what is found depends on the numbers alone, not on which
 * kernels compute them.
 *
 * A box's key is its squared chord in float32, taken as an integer (which keeps the order of numbers that are not
 * negative), with the child's number in its three lowest bits. docs/search.md, "boxes", proves that a box whose key is
 * above the key of a bound has nothing within the bound. */

#define AT_LEAF UINT32_MAX

/* docs/search.md, "boxes": 4 roundings of 2^-24 and 7 units for the child's number, rounded up. */
static const double key_margin = 1 + 2e-6;

static inline int32_t key_of(double bound)
{
    double wide = bound * key_margin;
    if (!(wide < 1e30))
        return VAXDIR_INDEX_KEY_ALL;
    float rounded = (float)wide;
    int32_t key;
    memcpy(&key, &rounded, sizeof key);
    return bound < 0 ? -1 : key + VAXDIR_INDEX_FAN;
}

static inline void begin(vaxdir_index_state *state, const vaxdir_index *index, vaxdir_ecef from, double bound)
{
    const double numbers[3] = {from.x, from.y, from.z};
    for (int axis = 0; axis < 3; axis++) {
        float nearest = (float)numbers[axis];
        /* A unit in the last place of anything on Earth is at most 1/2; to ask which way it was rounded would be a
         * branch that nobody could foretell. */
        state->from[axis] = numbers[axis];
        state->above[axis] = nearest + 0.5f;
        state->below[axis] = nearest - 0.5f;
    }
    state->bound = bound;
    state->bound_key = key_of(bound);
    state->level = index->levels - 1;
    state->at = 0;
    state->above_rest[index->levels] = VAXDIR_INDEX_KEY_NONE;
}

/* Goes to the child that a key of the node at `level` names. */
static inline void enter(vaxdir_index_state *state, const vaxdir_index *index, uint32_t level, int32_t key)
{
    uint32_t child = state->nodes[level] * VAXDIR_INDEX_FAN + ((uint32_t)key & (VAXDIR_INDEX_FAN - 1));
    state->at = child;
    state->level = level - 1; /* AT_LEAF below level 0 */
    const char *next;
    if (level == 0) {
        next = (const char *)&index->leaves[child];
        __builtin_prefetch(next + 192);
    } else {
        next = (const char *)&index->nodes[index->first[level - 1] + child];
    }
    __builtin_prefetch(next);
    __builtin_prefetch(next + 64);
    __builtin_prefetch(next + 128);
}

/* Goes to the nearest of what is left at the lowest level that has something within the bound; false where nothing is.
 */
static inline bool turn_back(vaxdir_index_state *state, const vaxdir_index *index, uint32_t level)
{
    if (level >= index->levels || state->above_rest[level] > state->bound_key)
        return false;
    while (state->rest[level] > state->bound_key)
        level++;
    int32_t key = state->rest[level];
    state->rest[level] = take_least(state->keys[level], key);
    int32_t above = state->above_rest[level + 1];
    state->above_rest[level] = state->rest[level] < above ? state->rest[level] : above;
    enter(state, index, level, key);
    return true;
}

/* Looks at a node and goes on to its nearest child, or back. */
static inline bool look_at_node(vaxdir_index_state *state, const vaxdir_index *index, const vaxdir_index_subset *subset)
{
    uint32_t level = state->level, node = index->first[level] + state->at;
    int32_t *keys = state->keys[level];
    int32_t key = box_keys(&index->nodes[node], state, subset == NULL ? 0xFF : subset->nodes[node], keys);
    if (key > state->bound_key)
        return turn_back(state, index, level + 1);
    int32_t rest = take_least(keys, key), above = state->above_rest[level + 1];
    state->nodes[level] = state->at;
    state->rest[level] = rest;
    state->above_rest[level] = rest < above ? rest : above;
    enter(state, index, level, key);
    return true;
}

/* The slots of a leaf that count, as bits. */
static inline uint32_t slots_of(const vaxdir_index *index, const vaxdir_index_subset *subset, uint32_t leaf)
{
    uint32_t left = index->count - leaf * VAXDIR_INDEX_LEAF;
    uint32_t slots = left < VAXDIR_INDEX_LEAF ? (1u << left) - 1 : 0xFFFF;
    return subset == NULL ? slots : slots & subset->leaves[leaf];
}

static inline double window_of(const vaxdir_index_window *window, double squared)
{
    if (!(squared < window->proven))
        return INFINITY;
    return squared * (1 + window->relative + squared * window->square) + window->absolute;
}

static inline void shrink(vaxdir_index_state *state, const vaxdir_index_few_query *query, double kth)
{
    double bound = window_of(&query->window, kth);
    if (bound < state->bound) {
        state->bound = bound;
        state->bound_key = key_of(bound);
    }
}

/* Puts a hit in its place; false where there is no room. The place is counted, not searched for: nobody could foretell
 * the branches. */
static inline bool insert(vaxdir_index_few *few, double squared, vaxdir_index_place place)
{
    if (few->count == VAXDIR_INDEX_ROOM)
        return false;
    uint32_t rank = count_nearer(few->squared, squared, true);
    for (uint32_t i = few->count; i > rank; i--) {
        few->squared[i] = few->squared[i - 1];
        few->places[i] = few->places[i - 1];
    }
    few->squared[rank] = squared;
    few->places[rank] = place;
    few->count++;
    return true;
}

static inline void drop_far(vaxdir_index_few *few, double bound)
{
    while (few->count > 0 && few->squared[few->count - 1] > bound)
        few->squared[--few->count] = INFINITY;
}

/* Fills the few with a leaf, each hit at its rank; false where two are equally far, and nothing is done. */
static inline bool fill(vaxdir_index_few *few, uint32_t hits, uint32_t leaf, double *squared)
{
    uint32_t ranks[VAXDIR_INDEX_LEAF], taken = 0;
    for (uint32_t i = 0; i < VAXDIR_INDEX_LEAF; i++)
        squared[i] = (hits >> i & 1) != 0 ? squared[i] : (double)INFINITY;
    for (uint32_t left = hits; left != 0; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(left);
        ranks[i] = count_nearer(squared, squared[i], false);
        taken |= 1u << ranks[i];
    }
    if (taken != (1u << (uint32_t)__builtin_popcount(hits)) - 1)
        return false;
    for (uint32_t left = hits; left != 0; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(left);
        few->squared[ranks[i]] = squared[i];
        few->places[ranks[i]] = leaf * VAXDIR_INDEX_LEAF + i;
        few->count++;
    }
    return true;
}

static inline bool look_at_leaf(vaxdir_index_state *state, const vaxdir_index_few_query *query, vaxdir_index_few *few)
{
    const vaxdir_index *index = query->index;
    double squared[VAXDIR_INDEX_LEAF] __attribute__((aligned(32)));
    uint32_t leaf = state->at, hits = leaf_chords(index, leaf, state->from, state->bound, squared);
    hits &= slots_of(index, query->subset, leaf);
    if (query->k == 1 && (hits & (hits - 1)) != 0) {
        /* Only the least of several can be the nearest. */
        double least = least_hit(squared, hits);
        shrink(state, query, least);
    } else if (few->count == 0 && (hits & (hits - 1)) != 0 && fill(few, hits, leaf, squared)) {
        if (few->count >= query->k) {
            shrink(state, query, few->squared[query->k - 1]);
            drop_far(few, state->bound);
        }
        return turn_back(state, index, 0);
    }
    for (; hits != 0; hits &= hits - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(hits);
        if (squared[slot] > state->bound)
            continue;
        if (!insert(few, squared[slot], leaf * VAXDIR_INDEX_LEAF + slot)) {
            few->full = true;
            return false;
        }
        if (few->count >= query->k) {
            shrink(state, query, few->squared[query->k - 1]);
            drop_far(few, state->bound);
        }
    }
    return turn_back(state, index, 0);
}

static inline bool step(vaxdir_index_state *state, const vaxdir_index_few_query *query, vaxdir_index_few *few)
{
    if (state->level == AT_LEAF)
        return look_at_leaf(state, query, few);
    return look_at_node(state, query->index, query->subset);
}

static inline void few_near(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                            vaxdir_index_state *states, vaxdir_index_few *ret_few)
{
    uint32_t active[VAXDIR_INDEX_GROUP], left = 0;
    for (uint32_t i = 0; i < count; i++) {
        begin(&states[i], query->index, from[i], query->bound);
        ret_few[i].count = 0;
        ret_few[i].full = false;
        for (int j = 0; j < VAXDIR_INDEX_ROOM; j++)
            ret_few[i].squared[j] = INFINITY;
        active[left++] = i;
    }
    if (query->index->count == 0)
        return;
    if (count == 1) {
        while (step(states, query, ret_few))
            ;
        return;
    }
    while (left > 0) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < left; i++) {
            uint32_t which = active[i];
            active[kept] = which;
            kept += step(&states[which], query, &ret_few[which]);
        }
        left = kept;
    }
}

static inline void all_near(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user)
{
    vaxdir_index_state state;
    if (index->count == 0)
        return;
    begin(&state, index, from, bound);
    bool more = true;
    while (more) {
        if (state.level != AT_LEAF) {
            more = look_at_node(&state, index, subset);
            continue;
        }
        double squared[VAXDIR_INDEX_LEAF] __attribute__((aligned(32)));
        uint32_t hits = leaf_chords(index, state.at, state.from, state.bound, squared);
        hits &= slots_of(index, subset, state.at);
        if (hits != 0) {
            double after = visit(user, state.at, hits, squared);
            if (after < state.bound) {
                state.bound = after;
                state.bound_key = key_of(after);
            }
        }
        more = state.bound >= 0 && turn_back(&state, index, 0);
    }
}
