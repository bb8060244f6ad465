/* explaining.c: see explaining.h: the conditions of a filter, and searches on other terms. Invariant: a search is the
 * public one, so that whoever runs what is promised gets it. */
#include "explaining.h"

#include <math.h>

#include "../edition/admit.h"
#include "cql.h"
#include "scratch.h"

/* --- conditions --------------------------------------------------------------------------------------------------- */

/* The depth is at most VAXDIR_FILTER_DEPTH_MAX. */
static bool collect(vaxdir_explaining *w, vaxdir_filter *filter)
{
    if (filter->kind == VAXDIR_FILTER_AND) {
        for (size_t i = 0; i < filter->count; i++)
            if (!collect(w, filter->parts.filters[i]))
                return false;
        return true;
    }
    if (!vaxdir_memory_reserve(w->memory, &w->conditions, &w->capacity, w->count + 1, sizeof *w->conditions))
        return false;
    vaxdir_explained_condition *added = &w->conditions[w->count++];
    *added = (vaxdir_explained_condition){filter, w->made.texts.length, true};
    return vaxdir_cql_write(&w->made.texts, filter) && vaxdir_buffer_append_byte(&w->made.texts, '\0');
}

bool vaxdir_explaining_collect(vaxdir_explaining *w)
{
    return w->query.filter == NULL || collect(w, w->query.filter);
}

const char *vaxdir_explaining_text(const vaxdir_explaining *w, const vaxdir_explained_condition *of)
{
    return (const char *)w->made.texts.bytes + of->text;
}

vaxdir_status vaxdir_explaining_remaining(vaxdir_explaining *w, const vaxdir_explained_condition *without,
                                          vaxdir_filter **ret_filter)
{
    vaxdir_filter **kept = vaxdir_memory_allocate(w->memory, w->count, sizeof *kept);
    size_t count = 0;
    if (kept == NULL)
        return vaxdir_context_fail_memory(w->context);
    for (size_t i = 0; i < w->count; i++)
        if (without == NULL ? w->conditions[i].passes : &w->conditions[i] != without)
            kept[count++] = w->conditions[i].filter;
    vaxdir_status status = VAXDIR_OK;
    vaxdir_filter *made = NULL;
    if (count == 1)
        made = vaxdir_filter_ref(kept[0]);
    else if (count > 1)
        status = vaxdir_filter_make_group(w->context, VAXDIR_FILTER_AND, kept, count, &made);
    vaxdir_memory_free(w->memory, kept, w->count, sizeof *kept);
    if (status == VAXDIR_OK)
        *ret_filter = made;
    return status;
}

/* --- searches ----------------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_explaining_search(vaxdir_explaining *w, const vaxdir_terms *terms, uint32_t limit)
{
    vaxdir_query query = w->query;
    query.filter = terms->filter;
    query.flags = terms->flags;
    query.limit = limit;
    query.min_distance_m = terms->min_distance_m;
    query.max_distance_m = terms->max_distance_m == 0 ? nextafter(0, 1) : terms->max_distance_m;
    return vaxdir_nearest(w->context, w->edition, w->latitude, w->longitude, &query, w->matches);
}

bool vaxdir_explaining_has_position(const vaxdir_explaining *w, uint32_t row)
{
    return !isnan(w->edition->registry->numbers[VAXDIR_FIELD_LATITUDE][row]);
}

double vaxdir_explaining_distance_m(vaxdir_explaining *w, uint32_t row)
{
    const vaxdir_registry *registry = w->edition->registry;
    if (!vaxdir_explaining_has_position(w, row))
        return NAN;
    vaxdir_search_scratch *scratch = vaxdir_search_scratch_of(w->context); /* there: a search has been made */
    return vaxdir_geodesic_distance_m(&scratch->geodesic, w->latitude, vaxdir_longitude_wrap(w->longitude),
                                      registry->numbers[VAXDIR_FIELD_LATITUDE][row],
                                      registry->numbers[VAXDIR_FIELD_LONGITUDE][row]);
}

uint32_t vaxdir_explaining_objections(const vaxdir_explaining *w, uint32_t row)
{
    return w->admit == 0 ? 0 : vaxdir_edition_objections(w->edition, row, &w->visit, w->admit);
}

double vaxdir_explaining_just_nearer(const vaxdir_explaining *w)
{
    return nextafter(w->asked.min_distance_m, 0);
}
