/* link_provider.c: what a provider's rules make of a link: the kind of page, the identity, the URL to emit. Invariant:
 * the URL is made of the host of the rules, the path that matched and parameters that matched, and of nothing else. */
#include <string.h>

#include "parts.h"

/* The parameters of a query, damage repaired: a second question mark is read as an ampersand. */
typedef struct query_list {
    struct {
        vaxdir_slice name;
        vaxdir_slice value;
    } items[VAXDIR_QUERY_PARAMETERS_MAX];
    size_t count;
    bool repaired;
} query_list;

/* The parameters that the rules keep, as found: bytes NULL for none. */
typedef struct kept_list {
    struct {
        vaxdir_slice name; /* as the rules spell it */
        vaxdir_slice value;
    } items[VAXDIR_RULE_PARAMETERS_MAX];
    bool cut;
} kept_list;

typedef struct path_list {
    vaxdir_slice items[VAXDIR_PATH_SEGMENTS_MAX];
    size_t count;
    bool full;
} path_list;

static bool starts_with_escaped_mark(vaxdir_slice text)
{
    return text.length >= 3 && memcmp(text.bytes, "%3F", 3) == 0;
}

static void add_parameter(query_list *list, vaxdir_slice part)
{
    while (starts_with_escaped_mark(part)) {
        list->repaired = true;
        part.bytes += 3;
        part.length -= 3;
    }
    if (part.length == 0 || list->count == VAXDIR_QUERY_PARAMETERS_MAX)
        return;
    const char *equals = memchr(part.bytes, '=', part.length);
    size_t name = equals == NULL ? part.length : (size_t)(equals - part.bytes);
    list->items[list->count].name = (vaxdir_slice){part.bytes, name};
    list->items[list->count].value =
        equals == NULL ? (vaxdir_slice){NULL, 0} : (vaxdir_slice){equals + 1, part.length - name - 1};
    list->count++;
}

static void read_query(vaxdir_slice query, query_list *list)
{
    list->count = 0;
    list->repaired = false;
    size_t start = 0;
    for (size_t i = 0; i <= query.length; i++) {
        if (i < query.length && query.bytes[i] != '&' && query.bytes[i] != '?')
            continue;
        if (i < query.length && query.bytes[i] == '?')
            list->repaired = true;
        if (i > start)
            add_parameter(list, (vaxdir_slice){query.bytes + start, i - start});
        start = i + 1;
    }
}

vaxdir_slice vaxdir_query_find(vaxdir_slice query, vaxdir_slice name)
{
    size_t start = 0;
    for (size_t i = 0; i <= query.length; i++) {
        if (i < query.length && query.bytes[i] != '&')
            continue;
        vaxdir_slice part = {query.bytes == NULL ? NULL : query.bytes + start, i - start};
        if (part.length > name.length && part.bytes[name.length] == '=' &&
            vaxdir_equal_case((vaxdir_slice){part.bytes, name.length}, name))
            return (vaxdir_slice){part.bytes + name.length + 1, part.length - name.length - 1};
        start = i + 1;
    }
    return (vaxdir_slice){NULL, 0};
}

/* Empty segments are left out: a doubled slash and one at the end mean nothing in the paths that rules describe. */
static void read_path(vaxdir_slice path, path_list *list)
{
    list->count = 0;
    list->full = false;
    const char *at = path.bytes, *end = path.bytes + path.length;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        size_t length = (size_t)((slash == NULL ? end : slash) - at);
        if (length > 0) {
            if (list->count == VAXDIR_PATH_SEGMENTS_MAX) {
                list->full = true;
                return;
            }
            list->items[list->count++] = (vaxdir_slice){at, length};
        }
        at += length + 1;
    }
}

static bool is_value(const vaxdir_parameter *parameter, vaxdir_slice value)
{
    for (size_t i = 0; i < parameter->value_count; i++)
        if (vaxdir_segment_match(&parameter->values[i], value, NULL))
            return true;
    return false;
}

/* A value into which another parameter has run, "practice-1ies_consent=1": what comes before is sure, and the equals
 * sign is the proof that something else follows. Bytes NULL if nothing is sure. */
static vaxdir_slice sure_part(const vaxdir_parameter *parameter, vaxdir_slice value)
{
    const char *equals = value.length == 0 ? NULL : memchr(value.bytes, '=', value.length);
    if (equals == NULL || value.length > VAXDIR_PATTERN_TEXT_MAX)
        return (vaxdir_slice){NULL, 0};
    for (size_t length = (size_t)(equals - value.bytes); length > 0; length--)
        if (is_value(parameter, (vaxdir_slice){value.bytes, length}))
            return (vaxdir_slice){value.bytes, length};
    return (vaxdir_slice){NULL, 0};
}

static void keep_parameter(const vaxdir_parameter *parameter, size_t index, vaxdir_slice name, vaxdir_slice value,
                           kept_list *kept)
{
    for (size_t i = 0; i < parameter->name_count; i++) {
        if (value.length == 0 || !vaxdir_equal_case(parameter->names[i], name))
            continue;
        vaxdir_slice sure = is_value(parameter, value) ? value : sure_part(parameter, value);
        bool first = kept->items[index].value.bytes == NULL;
        if (sure.length != value.length || (!first && !vaxdir_slice_equal(kept->items[index].value, sure)))
            kept->cut = true;
        if (first && sure.bytes != NULL) {
            kept->items[index].name = parameter->names[i];
            kept->items[index].value = sure;
        }
        return;
    }
}

static void keep_parameters(const vaxdir_provider *provider, const query_list *query, kept_list *kept)
{
    memset(kept, 0, sizeof *kept);
    for (size_t i = 0; i < query->count; i++)
        for (size_t k = 0; k < provider->parameter_count; k++)
            keep_parameter(&provider->parameters[k], k, query->items[i].name, query->items[i].value, kept);
}

/* Writes the path that a redirect leads to; false if a part of it is missing or has another shape. */
static bool write_redirect(const vaxdir_redirect *redirect, const vaxdir_captures *captures, const query_list *query,
                           vaxdir_writer *out)
{
    for (size_t i = 0; i < redirect->to.count; i++) {
        const vaxdir_segment *segment = &redirect->to.segments[i];
        vaxdir_write_byte(out, '/');
        for (size_t k = 0; k < segment->count; k++) {
            vaxdir_slice value = vaxdir_captures_find(captures, segment->placeholder[k].name);
            for (size_t q = 0; value.bytes == NULL && q < query->count; q++)
                if (vaxdir_equal_case(query->items[q].name, segment->placeholder[k].name))
                    value = query->items[q].value;
            if (value.bytes == NULL || !vaxdir_placeholder_match(&segment->placeholder[k], value))
                return false;
            vaxdir_write(out, segment->literal[k]);
            vaxdir_write(out, value);
        }
        vaxdir_write(out, segment->literal[segment->count]);
    }
    return !out->full;
}

/* Unfolds the first redirect whose path this is. */
static bool follow_redirect(const vaxdir_provider *provider, const query_list *query, vaxdir_link_work *work,
                            path_list *path)
{
    for (size_t i = 0; i < provider->redirect_count; i++) {
        vaxdir_captures captures = {.count = 0};
        const vaxdir_redirect *redirect = &provider->redirects[i];
        if (!vaxdir_pattern_match(&redirect->path, path->items, path->count, &captures))
            continue;
        vaxdir_writer out = {work->moved, 0, sizeof work->moved, false};
        if (!write_redirect(redirect, &captures, query, &out))
            return false;
        read_path((vaxdir_slice){work->moved, out.length}, path);
        return true;
    }
    return false;
}

static const vaxdir_page *find_page(const vaxdir_provider *provider, const path_list *path, const kept_list *kept,
                                    vaxdir_captures *captures)
{
    for (size_t i = 0; i < provider->page_count && !path->full; i++) {
        const vaxdir_page *page = &provider->pages[i];
        bool there = true;
        for (size_t k = 0; k < page->require_count; k++)
            there = there && kept->items[page->requires[k]].value.bytes != NULL;
        if (there && vaxdir_pattern_match(&page->path, path->items, path->count, captures))
            return page;
    }
    return NULL;
}

static vaxdir_slice identity_value(const vaxdir_identity_part *part, const vaxdir_parts *parts, const kept_list *kept,
                                   const vaxdir_captures *captures)
{
    vaxdir_slice value = {NULL, 0};
    for (size_t i = 0; i < part->count && value.bytes == NULL; i++) {
        const vaxdir_identity_source *source = &part->sources[i];
        if (source->source == VAXDIR_SOURCE_HOST)
            value = (vaxdir_slice){parts->host, parts->host_length};
        else if (source->source == VAXDIR_SOURCE_PATH)
            value = vaxdir_captures_find(captures, source->name);
        else
            value = kept->items[source->parameter].value;
    }
    return value;
}

/* provider/part/part; nothing where the first part, which names the centre, is missing. */
static vaxdir_slice write_key(const vaxdir_provider *provider, const kept_list *kept, const vaxdir_captures *captures,
                              vaxdir_link_work *work)
{
    vaxdir_writer out = {work->key, 0, sizeof work->key, false};
    vaxdir_write(&out, provider->id);
    for (size_t i = 0; i < provider->identity_count; i++) {
        vaxdir_slice value = identity_value(&provider->identity[i], &work->parts, kept, captures);
        if (value.bytes == NULL && i == 0)
            return (vaxdir_slice){NULL, 0};
        if (value.bytes == NULL)
            continue;
        vaxdir_write_byte(&out, '/');
        vaxdir_write(&out, value);
    }
    bool good = !out.full && provider->identity_count != 0;
    return good ? (vaxdir_slice){work->key, out.length} : (vaxdir_slice){NULL, 0};
}

static bool begins_with(vaxdir_slice text, const char *start)
{
    size_t length = strlen(start);
    return text.length >= length && vaxdir_equal_case((vaxdir_slice){text.bytes, length}, vaxdir_slice_of(start));
}

bool vaxdir_path_holds_address(vaxdir_slice path)
{
    static const char *const marks[] = {"http:/", "https:/", "http%3A", "https%3A", "%2F%2F"};
    for (size_t at = 0; at < path.length; at++)
        for (size_t i = 0; strchr("hH%", path.bytes[at]) != NULL && i < sizeof marks / sizeof *marks; i++)
            if (begins_with((vaxdir_slice){path.bytes + at, path.length - at}, marks[i]))
                return true;
    return begins_with(path, "/%2F");
}

/* A path that no page describes, with its doubled slashes folded: servers that tidy "//host" may send people there. */
static void write_path(vaxdir_writer *out, vaxdir_slice path)
{
    for (size_t i = 0; i < path.length; i++)
        if (i == 0 || path.bytes[i] != '/' || path.bytes[i - 1] != '/')
            vaxdir_write_byte(out, path.bytes[i]);
}

static vaxdir_slice write_url(const vaxdir_provider *provider, vaxdir_slice host, const path_list *path,
                              const kept_list *kept, bool matched, vaxdir_link_work *work)
{
    vaxdir_writer out = {work->url, 0, sizeof work->url, false};
    bool https = work->parts.https || provider->https;
    vaxdir_write(&out, vaxdir_slice_of(https ? "https://" : "http://"));
    vaxdir_write(&out, host);
    if (!matched)
        write_path(&out, work->parts.path);
    else if (path->count == 0)
        vaxdir_write_byte(&out, '/');
    for (size_t i = 0; matched && i < path->count; i++) {
        vaxdir_write_byte(&out, '/');
        vaxdir_write(&out, path->items[i]);
    }
    char joint = '?';
    for (size_t i = 0; i < provider->parameter_count; i++) {
        if (kept->items[i].value.bytes == NULL)
            continue;
        vaxdir_write_byte(&out, joint);
        vaxdir_write(&out, kept->items[i].name);
        vaxdir_write_byte(&out, '=');
        vaxdir_write(&out, kept->items[i].value);
        joint = '&';
    }
    if (provider->fragment && work->parts.fragment.bytes != NULL) {
        vaxdir_write_byte(&out, '#');
        vaxdir_write(&out, work->parts.fragment);
    }
    return out.full ? (vaxdir_slice){NULL, 0} : (vaxdir_slice){work->url, out.length};
}

bool vaxdir_provider_judge(const vaxdir_provider *provider, vaxdir_slice emit_host, vaxdir_link_work *work,
                           vaxdir_judgement *judgement)
{
    query_list query;
    kept_list kept;
    path_list path;
    vaxdir_captures captures = {.count = 0};
    read_query(work->parts.query, &query);
    keep_parameters(provider, &query, &kept);
    read_path(work->parts.path, &path);
    bool moved = !path.full && follow_redirect(provider, &query, work, &path);
    const vaxdir_page *page = find_page(provider, &path, &kept, &captures);
    judgement->provider = provider->id;
    judgement->page = page == NULL ? vaxdir_slice_of("other") : page->kind;
    if (page != NULL && page->identifies)
        judgement->key = write_key(provider, &kept, &captures, work);
    judgement->url = write_url(provider, emit_host, &path, &kept, page != NULL || moved, work);
    if (query.repaired)
        judgement->warnings |= VAXDIR_LINK_WARNING_QUESTION_MARK;
    if (kept.cut)
        judgement->warnings |= VAXDIR_LINK_WARNING_CUT_PARAMETER;
    if (moved)
        judgement->warnings |= VAXDIR_LINK_WARNING_REDIRECT;
    if (!work->parts.https && provider->https)
        judgement->warnings |= VAXDIR_LINK_WARNING_SCHEME_RAISED;
    return page != NULL;
}
