/* index_walk_body.h: the way through the tree, over the kernels of index_kernels.h or index_kernels_avx2.h, which the
 * including file includes first. Invariant: what is found depends on the numbers alone, not on which kernels compute
 * them.
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

static inline void begin(vaxdir_index_state *state, vaxdir_ecef from, double bound)
{
    set_from(state, from);
    state->bound = bound;
    state->bound_key = key_of(bound);
}

static inline void fetch_leaf(const vaxdir_index *index, uint32_t leaf)
{
    const char *next = (const char *)&index->leaves[leaf];
    __builtin_prefetch(next);
    __builtin_prefetch(next + 64);
    __builtin_prefetch(next + 128);
    __builtin_prefetch(next + 192);
}

static inline void fetch_node(const vaxdir_index *index, uint32_t number)
{
    const char *next = (const char *)&index->nodes[number];
    __builtin_prefetch(next);
    __builtin_prefetch(next + 64);
    __builtin_prefetch(next + 128);
}

/* Goes to a node. */
static inline void enter_node(vaxdir_index_state *state, const vaxdir_index *index, uint32_t level, uint32_t node)
{
    state->level = level;
    state->at = node;
    fetch_node(index, index->first[level] + node);
}

/* Goes to the child that a key of the node at `level` names. */
static inline void enter(vaxdir_index_state *state, const vaxdir_index *index, uint32_t level, int32_t key)
{
    uint32_t child = state->nodes[level] * VAXDIR_INDEX_FAN + ((uint32_t)key & (VAXDIR_INDEX_FAN - 1));
    if (level > 0) {
        enter_node(state, index, level - 1, child);
        return;
    }
    state->level = AT_LEAF;
    state->at = child;
    fetch_leaf(index, child);
}

/* How far, squared, whatever is outside the cell of the home node below `level` is at least; docs/search.md, "cells".
 */
static inline double squared_clearance(const vaxdir_index_state *state, uint32_t level)
{
    double metres = ((double)least_clear(state->clear[level]) - 2) * (1.0 / 256);
    return metres > 0 ? metres * metres : 0;
}

/* Goes to the nearest of what is left at the lowest level that has something within the bound, or else up to the home
 * node of the next level; false where nothing is left. */
static inline bool turn_back(vaxdir_index_state *state, const vaxdir_index *index)
{
    for (uint32_t level = 0; level < state->top; level++) {
        int32_t key = state->rest[level];
        if (key <= state->bound_key) {
            state->rest[level] = take_least(state->keys[level], key);
            enter(state, index, level, key);
            return true;
        }
    }
    uint32_t level = state->top;
    if (level == index->levels || squared_clearance(state, level) > state->bound)
        return false;
    state->top++;
    enter_node(state, index, level, state->home[level + 1]);
    return true;
}

/* Looks at a node and goes on to its nearest child, or back. */
static inline bool look_at_node(vaxdir_index_state *state, const vaxdir_index *index, const vaxdir_index_subset *subset)
{
    uint32_t level = state->level, node = index->first[level] + state->at;
    uint32_t children = subset == NULL ? 0xFF : subset->nodes[node];
    if (state->at == state->home[level + 1])
        children &= ~(1u << state->home[level] % VAXDIR_INDEX_FAN); /* where it comes from */
    int32_t *keys = state->keys[level];
    int32_t key = box_keys(&index->nodes[node], state, children, keys);
    state->nodes[level] = state->at;
    state->rest[level] = key;
    if (key > state->bound_key)
        return turn_back(state, index);
    state->rest[level] = take_least(keys, key);
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

/* The walk for everything within a bound begins at the top. */
static inline void begin_at_top(vaxdir_index_state *state, const vaxdir_index *index)
{
    state->top = index->levels;
    for (uint32_t level = 0; level < index->levels; level++) {
        state->home[level + 1] = UINT32_MAX;
        state->rest[level] = VAXDIR_INDEX_KEY_NONE;
    }
    state->level = index->levels - 1;
    state->at = 0;
}

static inline void all_near(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user)
{
    vaxdir_index_state state;
    if (index->count == 0)
        return;
    begin(&state, from, bound);
    begin_at_top(&state, index);
    bool more = true;
    while (more) {
        if (state.level != AT_LEAF) {
            more = look_at_node(&state, index, subset);
            continue;
        }
        double squared[VAXDIR_INDEX_LEAF] __attribute__((aligned(32)));
        uint32_t hits = leaf_chords(&index->leaves[state.at], state.from, state.bound, squared);
        hits &= slots_of(index, subset, state.at);
        if (hits != 0) {
            double after = visit(user, state.at, hits, squared);
            if (after < state.bound) {
                state.bound = after;
                state.bound_key = key_of(after);
            }
        }
        more = state.bound >= 0 && turn_back(&state, index);
    }
}
