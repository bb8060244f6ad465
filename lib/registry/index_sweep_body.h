/* index_sweep_body.h: all leaves within a bound, in their order, over the kernels and index_walk_body.h, which the
 * including file includes first. Invariant: nothing within the bound is passed over; docs/search.md, "boxes". */

/* The children of a node that have something within the bound, as bits. */
static inline uint32_t children_within(const vaxdir_index_state *state, const vaxdir_index *index,
                                       const vaxdir_index_subset *subset, uint32_t level, uint32_t node)
{
    uint32_t number = index->first[level] + node;
    int32_t keys[VAXDIR_INDEX_FAN];
    box_keys(&index->nodes[number], state, subset == NULL ? 0xFF : subset->nodes[number], keys);
    uint32_t within = keys_within(keys, state->bound_key);
    for (uint32_t left = level == 0 ? within : 0; left != 0; left &= left - 1)
        fetch_leaf(index, node * VAXDIR_INDEX_FAN + (uint32_t)__builtin_ctz(left));
    return within;
}

static inline void sweep(const vaxdir_index *index, vaxdir_ecef from, double bound, double sure_bound,
                         const vaxdir_index_subset *subset, vaxdir_index_take take, void *user)
{
    vaxdir_index_state state;
    vaxdir_index_seen seen;
    uint32_t nodes[VAXDIR_INDEX_LEVELS] = {0}, left[VAXDIR_INDEX_LEVELS], level = index->levels - 1;
    if (index->count == 0)
        return;
    begin(&state, from, bound);
    left[level] = children_within(&state, index, subset, level, 0);
    while (level < index->levels) {
        if (left[level] == 0) {
            level++;
            continue;
        }
        uint32_t child = nodes[level] * VAXDIR_INDEX_FAN + (uint32_t)__builtin_ctz(left[level]);
        left[level] &= left[level] - 1;
        if (level > 0) {
            level--;
            nodes[level] = child;
            left[level] = children_within(&state, index, subset, level, child);
            continue;
        }
        see_leaf(&index->leaves[child], state.from, slots_of(index, subset, child), bound, sure_bound, &seen);
        seen.leaf = child;
        if (seen.hits != 0 && !take(user, &seen))
            return;
    }
}
