/* links.c: see links.h. Invariant: only what a verdict of its own lets be emitted is kept, each link of a row once. */
#include "links.h"

#include <string.h>

#include "../provider/link.h"
#include "../provider/when.h"

typedef struct judging {
    vaxdir_context *context;
    const vaxdir_memory *memory;
    const vaxdir_rules *rules;
    vaxdir_further_links *links;
    vaxdir_link *handles[2]; /* the rest of a text is borrowed from the one while the other is filled */
} judging;

/* Whether the row already has this link: its first one, or one of those from `start` on. */
static bool known(const vaxdir_further_links *links, size_t start, vaxdir_slice first, const char *url)
{
    vaxdir_strings strings = {links->pool.bytes.bytes, links->pool.bytes.length};
    if (vaxdir_slice_is(first, url))
        return true;
    for (size_t i = start; i < links->count; i++)
        if (vaxdir_slice_is(vaxdir_strings_get(&strings, links->items[i].url), url))
            return true;
    return false;
}

static vaxdir_status keep(judging *work, uint32_t row, const vaxdir_link *link)
{
    vaxdir_further_links *links = work->links;
    if (!vaxdir_memory_reserve(work->memory, &links->items, &links->capacity, links->count + 1, sizeof *links->items))
        return vaxdir_context_fail_memory(work->context);
    vaxdir_further_link *item = &links->items[links->count];
    *item = (vaxdir_further_link){
        .row = row,
        .provider_index = vaxdir_rules_provider_index(work->rules, vaxdir_slice_of(vaxdir_link_provider(link))),
        .trust = vaxdir_link_verdict(link)};
    if (!vaxdir_pool_add(&links->pool, vaxdir_slice_of(vaxdir_link_provider(link)), &item->provider) ||
        !vaxdir_pool_add(&links->pool, vaxdir_slice_of(vaxdir_link_page(link)), &item->page) ||
        !vaxdir_pool_add(&links->pool, vaxdir_slice_of(vaxdir_link_url(link)), &item->url))
        return vaxdir_context_fail_memory(work->context);
    links->count++;
    return VAXDIR_OK;
}

static vaxdir_status judge_row(judging *work, uint32_t row, vaxdir_slice text, vaxdir_slice first)
{
    size_t start = work->links->count;
    for (size_t i = 0; text.bytes != NULL && i < VAXDIR_LINKS_MAX; i++) {
        vaxdir_link *link = work->handles[i % 2];
        vaxdir_status status = vaxdir_link_judge_text(work->context, work->rules, text, (vaxdir_slice){NULL, 0}, link);
        if (status == VAXDIR_OK && vaxdir_link_url(link) != NULL &&
            !known(work->links, start, first, vaxdir_link_url(link)))
            status = keep(work, row, link);
        if (status != VAXDIR_OK)
            return status;
        text = vaxdir_slice_of(vaxdir_link_rest(link));
    }
    return VAXDIR_OK;
}

static vaxdir_status judge_rows(judging *work, const vaxdir_registry *registry, const vaxdir_verdicts *verdicts)
{
    for (uint32_t row = 0; row < registry->count; row++) {
        if ((verdicts->rows[row].warnings & VAXDIR_LINK_WARNING_MORE_LINKS) == 0)
            continue;
        vaxdir_slice text = vaxdir_registry_get_text(registry, verdicts, row, VAXDIR_FIELD_BOOKING_URL);
        vaxdir_status status =
            judge_row(work, row, text, vaxdir_strings_get(&verdicts->strings, verdicts->rows[row].url));
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

static bool some_row_has_more(const vaxdir_registry *registry, const vaxdir_verdicts *verdicts)
{
    for (uint32_t row = 0; row < registry->count; row++)
        if ((verdicts->rows[row].warnings & VAXDIR_LINK_WARNING_MORE_LINKS) != 0)
            return true;
    return false;
}

vaxdir_status vaxdir_further_links_judge(vaxdir_context *context, const vaxdir_memory *memory,
                                         const vaxdir_registry *registry, const vaxdir_verdicts *verdicts,
                                         const vaxdir_rules *rules, vaxdir_further_links *links)
{
    if (!some_row_has_more(registry, verdicts))
        return VAXDIR_OK;
    uint64_t seed;
    memcpy(&seed, registry->fingerprint, sizeof seed);
    if (!vaxdir_pool_init(&links->pool, memory, seed))
        return vaxdir_context_fail_memory(context);
    judging work = {context, memory, rules, links, {NULL, NULL}};
    vaxdir_status status = vaxdir_link_make(context, &work.handles[0]);
    if (status == VAXDIR_OK)
        status = vaxdir_link_make(context, &work.handles[1]);
    if (status == VAXDIR_OK)
        status = judge_rows(&work, registry, verdicts);
    vaxdir_link_unref(work.handles[0]);
    vaxdir_link_unref(work.handles[1]);
    return status;
}

void vaxdir_further_links_free(const vaxdir_memory *memory, vaxdir_further_links *links)
{
    vaxdir_memory_free(memory, links->items, links->capacity, sizeof *links->items);
    vaxdir_pool_free(&links->pool);
}

const vaxdir_further_link *vaxdir_further_links_find(const vaxdir_further_links *links, uint32_t row, size_t *ret_count)
{
    size_t low = 0, high = links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->items[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < links->count && links->items[end].row == row)
        end++;
    *ret_count = end - low;
    return links->items == NULL ? NULL : links->items + low;
}
