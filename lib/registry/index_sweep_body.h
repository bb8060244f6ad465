/* index_sweep_body.h: all leaves within a bound, in their order, over the kernels, index_walk_body.h and index_see.h or
 * index_see_avx2.h, which the including file includes first. Invariant: nothing within the bound is passed over;
 * docs/search.md, "boxes". */

/* The children of a node that have something within the bound, as bits. */
static inline uint32_t children_within(const vaxdir_index *index, const vaxdir_index_subset *subset, const viewer *by,
                                       uint32_t level, uint32_t node)
{
    uint32_t number = index->first[level] + node;
    uint32_t within = boxes_within(&index->nodes[number], by) & (subset == NULL ? 0xFF : subset->nodes[number]);
    for (uint32_t left = level == 0 ? within : 0; left != 0; left &= left - 1) {
        uint32_t leaf = node * VAXDIR_INDEX_FAN + (uint32_t)__builtin_ctz(left);
        fetch_leaf(index, leaf);
        __builtin_prefetch(index->leaves[leaf].rows);
    }
    return within;
}

static inline void sweep(const vaxdir_index_sweep_query *query, vaxdir_index_found *found)
{
    const vaxdir_index *index = query->index;
    vaxdir_index_state state;
    viewer by;
    uint32_t nodes[VAXDIR_INDEX_LEVELS] = {0}, left[VAXDIR_INDEX_LEVELS], level = index->levels - 1;
    if (index->count == 0)
        return;
    begin(&state, query->from, query->bound);
    float reach;
    memcpy(&reach, &state.bound_key, sizeof reach);
    set_viewer(&by, query, &state, reach);
    left[level] = children_within(index, query->subset, &by, level, 0);
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
            left[level] = children_within(index, query->subset, &by, level, child);
            continue;
        }
        size_t first = found->count;
        bool doubt = see_leaf(index, child, slots_of(index, query->subset, child), &by, found);
        if ((doubt || found->capacity - found->count < VAXDIR_INDEX_LEAF) && !query->tend(query->user, found, first))
            return;
        if (found->count >= found->enough)
            return;
    }
}
