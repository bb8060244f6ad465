/* cursor.c: a search under way. Invariant: whatever fails, the next call gives what this one would have given. */
#include <vaxdir/cursor.h>

#include <math.h>

#include "ask.h"
#include "matches.h"
#include "token.h"

struct vaxdir_cursor {
    vaxdir_memory memory;
    vaxdir_edition *edition; /* a reference */
    vaxdir_query query;      /* with a reference to its filter, and without its visit */
    uint32_t admit;          /* what the visit asks of each centre */
    vaxdir_visit_known visit;
    double latitude, longitude;
    uint32_t left; /* of the query's limit */
    uint32_t last; /* the row that was given last, or that of the token */
    vaxdir_browse browse;
};

static const uint32_t known_flags =
    VAXDIR_QUERY_EXACT_DISTANCES | VAXDIR_QUERY_BEARINGS | VAXDIR_SEARCH_VISIT_FLAGS | VAXDIR_SEARCH_WORK_LIMIT;

vaxdir_status vaxdir_cursor_new(vaxdir_context *context, vaxdir_edition *edition, double latitude, double longitude,
                                const vaxdir_query *query, const char *token, size_t token_length,
                                vaxdir_cursor **ret_cursor)
{
    vaxdir_search search;
    uint32_t after = VAXDIR_NO_ROW;
    vaxdir_status status =
        vaxdir_search_begin(context, edition, latitude, longitude, query, known_flags, UINT32_MAX, &search);
    if (status == VAXDIR_OK && ret_cursor == NULL)
        status = vaxdir_context_fail_null(context, "ret_cursor");
    if (status == VAXDIR_OK && token != NULL)
        status = vaxdir_token_read(context, search.registry, (vaxdir_slice){token, token_length}, &after);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_cursor *cursor = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *cursor);
    if (cursor == NULL)
        return vaxdir_context_fail_memory(context);
    cursor->memory = context->memory;
    if (!vaxdir_browse_begin(&cursor->browse, &search, &cursor->memory, after)) {
        vaxdir_cursor_unref(cursor);
        return vaxdir_context_fail_memory(context);
    }
    (void)vaxdir_context_read_struct(context, "query", query, &cursor->query, sizeof cursor->query, 0);
    cursor->query.struct_size = sizeof cursor->query;
    cursor->query.flags &= ~(uint32_t)VAXDIR_SEARCH_VISIT_FLAGS;
    cursor->query.visit = NULL;
    cursor->admit = search.admit;
    cursor->visit = search.visit;
    vaxdir_filter_ref(cursor->query.filter);
    cursor->edition = vaxdir_edition_ref(edition);
    cursor->latitude = latitude;
    cursor->longitude = longitude;
    cursor->left = cursor->query.limit == 0 ? UINT32_MAX : cursor->query.limit;
    cursor->last = after;
    *ret_cursor = cursor;
    return VAXDIR_OK;
}

vaxdir_cursor *vaxdir_cursor_unref(vaxdir_cursor *cursor)
{
    if (cursor == NULL)
        return NULL;
    vaxdir_browse_free(&cursor->browse);
    vaxdir_filter_unref(cursor->query.filter);
    vaxdir_edition_unref(cursor->edition);
    vaxdir_memory memory = cursor->memory;
    vaxdir_memory_free(&memory, cursor, 1, sizeof *cursor);
    return NULL;
}

/* Makes ready what is wanted, or all that is left; gives how many can be taken. The filter is bound by each call anew,
 * from what the context keeps, because the cursor may be used with any. */
static vaxdir_status make_ready(vaxdir_context *context, vaxdir_cursor *cursor, uint32_t wanted, vaxdir_search *search,
                                uint32_t *ret_count)
{
    vaxdir_status status = vaxdir_search_begin(context, cursor->edition, cursor->latitude, cursor->longitude,
                                               &cursor->query, known_flags, UINT32_MAX, search);
    if (status != VAXDIR_OK)
        return status;
    search->admit = cursor->admit;
    search->visit = cursor->visit;
    wanted = wanted < cursor->left ? wanted : cursor->left;
    if (!vaxdir_browse_fill(&cursor->browse, search, wanted))
        return vaxdir_context_fail_memory(context);
    size_t ready = vaxdir_browse_ready(&cursor->browse);
    *ret_count = ready < wanted ? (uint32_t)ready : wanted;
    return VAXDIR_OK;
}

static void take(vaxdir_cursor *cursor, const vaxdir_hit *hits, uint32_t count)
{
    if (count == 0)
        return;
    cursor->last = hits[count - 1].row;
    cursor->left -= count;
    vaxdir_browse_take(&cursor->browse, count);
}

vaxdir_status vaxdir_cursor_next(vaxdir_context *context, vaxdir_cursor *cursor, uint32_t *ret_row,
                                 double *ret_distance_m)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (cursor == NULL)
        return vaxdir_context_fail_null(context, "cursor");
    if (ret_row == NULL)
        return vaxdir_context_fail_null(context, "ret_row");
    vaxdir_search search;
    uint32_t count = cursor->left > 0 && vaxdir_browse_ready(&cursor->browse) > 0;
    if (count == 0)
        status = make_ready(context, cursor, 1, &search, &count);
    if (status != VAXDIR_OK)
        return status;
    const vaxdir_hit *hits = vaxdir_browse_peek(&cursor->browse, count);
    *ret_row = count > 0 ? hits[0].row : VAXDIR_NO_ROW;
    if (ret_distance_m != NULL)
        *ret_distance_m = count > 0 ? hits[0].value : (double)NAN;
    take(cursor, hits, count);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_cursor_next_many(vaxdir_context *context, vaxdir_cursor *cursor, uint32_t count,
                                      vaxdir_matches *matches)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (cursor == NULL)
        return vaxdir_context_fail_null(context, "cursor");
    if (matches == NULL)
        return vaxdir_context_fail_null(context, "matches");
    vaxdir_search search;
    uint32_t given = 0;
    status = make_ready(context, cursor, count, &search, &given);
    if (status != VAXDIR_OK)
        return status;
    bool full = given == count || given == cursor->left;
    const vaxdir_hit *hits = vaxdir_browse_peek(&cursor->browse, given);
    if (!vaxdir_matches_answer(matches, &search, hits, given, full ? (double)INFINITY : cursor->browse.complete_to_m))
        return vaxdir_context_fail_memory(context);
    take(cursor, hits, given);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_cursor_token(vaxdir_context *context, const vaxdir_cursor *cursor, char *token)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (cursor == NULL)
        return vaxdir_context_fail_null(context, "cursor");
    if (token == NULL)
        return vaxdir_context_fail_null(context, "token");
    vaxdir_token_write(cursor->edition->registry, cursor->last, token);
    return VAXDIR_OK;
}
