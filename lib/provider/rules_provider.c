/* rules_provider.c: one provider of a rules document. Invariant: every name that one part of it uses is defined in
 * another, so that judging never looks for what is not there. */
#include <string.h>

#include "load.h"

enum { ITEMS_MAX = 256, PAGES_MAX = 64 };

/* {"host": "host to emit"}; what is emitted is accepted too and emitted as it is. */
static vaxdir_status load_hosts(vaxdir_loader *loader, json_t *hosts, vaxdir_slice owner, bool active)
{
    if (hosts == NULL)
        return VAXDIR_OK;
    size_t before = vaxdir_load_enter(loader, "hosts");
    if (!json_is_object(hosts))
        return vaxdir_load_fail(loader, "write an object here: {\"host\": \"host to emit\"}");
    const char *key;
    json_t *value;
    json_object_foreach(hosts, key, value)
    {
        size_t inside = vaxdir_load_enter(loader, key);
        vaxdir_slice host, emit;
        vaxdir_status status = vaxdir_load_host(loader, key, &host);
        if (status == VAXDIR_OK)
            status = vaxdir_load_string(loader, value, &emit);
        if (status != VAXDIR_OK)
            return status;
        json_t *same = json_object_get(hosts, emit.bytes);
        if (!json_is_string(same) || strcmp(json_string_value(same), emit.bytes) != 0)
            return vaxdir_load_fail(loader, "the host to emit must be one of these hosts, emitted as it is");
        if (active)
            status = vaxdir_load_claim(loader, false, (vaxdir_host){.text = host, .emit = emit}, owner);
        if (status != VAXDIR_OK)
            return status;
        vaxdir_load_leave(loader, inside);
    }
    vaxdir_load_leave(loader, before);
    return VAXDIR_OK;
}

static vaxdir_status load_suffix(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    const vaxdir_slice *owner = user;
    vaxdir_slice *suffix = item;
    vaxdir_status status = vaxdir_load_suffix(loader, value, suffix);
    if (status == VAXDIR_OK && owner != NULL)
        status = vaxdir_load_claim(loader, true, (vaxdir_host){.text = *suffix}, *owner);
    return status;
}

static vaxdir_status load_name(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice *name = item;
    vaxdir_status status = vaxdir_load_text_item(loader, value, user, item);
    for (size_t i = 0; status == VAXDIR_OK && i < name->length; i++) {
        char c = vaxdir_lower(name->bytes[i]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'))
            status = vaxdir_load_fail(loader, "a parameter's name has letters, digits, _, - and . only");
    }
    return status;
}

static vaxdir_status load_parameter(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"names", "values", NULL};
    vaxdir_parameter *parameter = item;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "names", ITEMS_MAX, sizeof(vaxdir_slice), load_name, NULL,
                                  &parameter->names, &parameter->name_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "values", ITEMS_MAX, sizeof(vaxdir_slice), vaxdir_load_text_item, NULL,
                                  &parameter->value_texts, &parameter->value_count);
    if (status != VAXDIR_OK)
        return status;
    if (parameter->name_count == 0 || parameter->value_count == 0)
        return vaxdir_load_fail(loader, "a parameter has names and values");
    parameter->values = vaxdir_rules_allocate(loader->rules, parameter->value_count, sizeof(vaxdir_segment));
    if (parameter->values == NULL)
        return vaxdir_context_fail_memory(loader->context);
    for (size_t i = 0; i < parameter->value_count; i++) {
        const char *wrong = vaxdir_segment_compile(parameter->value_texts[i], &parameter->values[i]);
        if (wrong == NULL)
            continue;
        vaxdir_load_enter(loader, "values");
        vaxdir_load_enter_index(loader, i);
        return vaxdir_load_fail(loader, wrong);
    }
    return VAXDIR_OK;
}

static bool find_parameter(const vaxdir_provider *provider, vaxdir_slice name, size_t *ret_index)
{
    for (size_t i = 0; i < provider->parameter_count; i++)
        for (size_t k = 0; k < provider->parameters[i].name_count; k++)
            if (vaxdir_slice_equal(provider->parameters[i].names[k], name)) {
                *ret_index = i;
                return true;
            }
    return false;
}

static vaxdir_status load_required(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice name;
    vaxdir_status status = vaxdir_load_string(loader, value, &name);
    if (status == VAXDIR_OK && !find_parameter(user, name, item))
        status = vaxdir_load_fail(loader, "no parameter of this provider has this name");
    return status;
}

static vaxdir_status load_pattern(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_pattern *pattern)
{
    vaxdir_slice text = {NULL, 0};
    vaxdir_status status = vaxdir_load_member(loader, object, key, &text);
    const char *wrong = status == VAXDIR_OK ? vaxdir_pattern_compile(text, pattern) : NULL;
    if (wrong == NULL)
        return status;
    vaxdir_load_enter(loader, key);
    return vaxdir_load_fail(loader, wrong);
}

static vaxdir_status load_page(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"kind", "path", "requires", "identifies", NULL};
    static const char *const kinds[] = {"centre", "list", "home", "information", "other"};
    vaxdir_page *page = item;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "kind", &page->kind);
    if (status != VAXDIR_OK)
        return status;
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        known = known || vaxdir_slice_is(page->kind, kinds[i]);
    if (!known) {
        vaxdir_load_enter(loader, "kind");
        return vaxdir_load_fail(loader, "the kind is \"centre\", \"list\", \"home\", \"information\" or \"other\"");
    }
    status = vaxdir_load_flag(loader, value, "identifies", vaxdir_slice_is(page->kind, "centre"), &page->identifies);
    if (status == VAXDIR_OK)
        status = load_pattern(loader, value, "path", &page->path);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "requires", VAXDIR_RULE_PARAMETERS_MAX, sizeof(size_t), load_required,
                                  user, &page->requires, &page->require_count);
    return status;
}

static bool has_placeholder(const vaxdir_pattern *pattern, vaxdir_slice name)
{
    for (size_t i = 0; i < pattern->count; i++)
        for (size_t k = 0; k < pattern->segments[i].count; k++)
            if (vaxdir_slice_equal(pattern->segments[i].placeholder[k].name, name))
                return true;
    return false;
}

/* "host", "path.NAME" or "query.NAME". */
static vaxdir_status load_source(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    const vaxdir_provider *provider = user;
    vaxdir_identity_source *source = item;
    vaxdir_slice text = {NULL, 0};
    vaxdir_status status = vaxdir_load_string(loader, value, &text);
    if (status != VAXDIR_OK)
        return status;
    source->name = text;
    if (vaxdir_slice_is(text, "host")) {
        source->source = VAXDIR_SOURCE_HOST;
        return VAXDIR_OK;
    }
    bool known = false;
    if (text.length > 5 && memcmp(text.bytes, "path.", 5) == 0) {
        source->source = VAXDIR_SOURCE_PATH;
        source->name = (vaxdir_slice){text.bytes + 5, text.length - 5};
        for (size_t i = 0; i < provider->page_count; i++)
            known = known || (provider->pages[i].identifies && has_placeholder(&provider->pages[i].path, source->name));
    } else if (text.length > 6 && memcmp(text.bytes, "query.", 6) == 0) {
        source->source = VAXDIR_SOURCE_QUERY;
        source->name = (vaxdir_slice){text.bytes + 6, text.length - 6};
        known = find_parameter(provider, source->name, &source->parameter);
    }
    return known ? VAXDIR_OK
                 : vaxdir_load_fail(loader, "write \"host\", \"path.\" and a placeholder of a centre's page, or "
                                            "\"query.\" and a parameter of this provider");
}

static vaxdir_status load_identity(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_identity_part *part = item;
    if (!json_is_array(value) || json_array_size(value) == 0 || json_array_size(value) > VAXDIR_CAPTURES_MAX)
        return vaxdir_load_fail(loader, "write a list of one to 16 sources here: [\"path.slug\"]");
    part->count = json_array_size(value);
    part->sources = vaxdir_rules_allocate(loader->rules, part->count, sizeof *part->sources);
    if (part->sources == NULL)
        return vaxdir_context_fail_memory(loader->context);
    for (size_t i = 0; i < part->count; i++) {
        size_t before = vaxdir_load_enter_index(loader, i);
        vaxdir_status status = load_source(loader, json_array_get(value, i), user, &part->sources[i]);
        if (status != VAXDIR_OK)
            return status;
        vaxdir_load_leave(loader, before);
    }
    return VAXDIR_OK;
}

static vaxdir_status load_redirect(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"path", "to", NULL};
    vaxdir_redirect *redirect = item;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = load_pattern(loader, value, "path", &redirect->path);
    if (status == VAXDIR_OK)
        status = load_pattern(loader, value, "to", &redirect->to);
    if (status == VAXDIR_OK && redirect->to.tail) {
        vaxdir_load_enter(loader, "to");
        status = vaxdir_load_fail(loader, "a redirect leads to a path without **");
    }
    return status;
}

static vaxdir_status load_pages(vaxdir_loader *loader, json_t *value, vaxdir_provider *provider)
{
    vaxdir_status status =
        vaxdir_load_list(loader, value, "parameters", VAXDIR_RULE_PARAMETERS_MAX, sizeof(vaxdir_parameter),
                         load_parameter, NULL, &provider->parameters, &provider->parameter_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "pages", PAGES_MAX, sizeof(vaxdir_page), load_page, provider,
                                  &provider->pages, &provider->page_count);
    if (status == VAXDIR_OK && provider->page_count == 0) {
        vaxdir_load_enter(loader, "pages");
        status = vaxdir_load_fail(loader, "a provider has at least one page");
    }
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "identity", VAXDIR_CAPTURES_MAX, sizeof(vaxdir_identity_part),
                                  load_identity, provider, &provider->identity, &provider->identity_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "redirects", PAGES_MAX, sizeof(vaxdir_redirect), load_redirect, NULL,
                                  &provider->redirects, &provider->redirect_count);
    return status;
}

/* Whether one page is reached with fewer parameters than another, or the same. */
static bool requires_no_more(const vaxdir_page *page, const vaxdir_page *other)
{
    for (size_t i = 0; i < page->require_count; i++) {
        bool there = false;
        for (size_t k = 0; k < other->require_count; k++)
        there = there || other->requires[k] == page->requires[i];
        if (!there)
            return false;
    }
    return true;
}

static bool shares_name(const vaxdir_parameter *a, const vaxdir_parameter *b)
{
    for (size_t i = 0; i < a->name_count; i++)
        for (size_t k = 0; k < b->name_count; k++)
            if (vaxdir_equal_case(a->names[i], b->names[k]))
                return true;
    return false;
}

static vaxdir_status fail_item(vaxdir_loader *loader, const char *key, size_t index, const char *what)
{
    vaxdir_load_enter(loader, key);
    vaxdir_load_enter_index(loader, index);
    return vaxdir_load_fail(loader, what);
}

/* Two entries that claim one thing: the later one would never be used. */
static vaxdir_status check_doubles(vaxdir_loader *loader, const vaxdir_provider *provider)
{
    for (size_t i = 1; i < provider->page_count; i++)
        for (size_t k = 0; k < i; k++)
            if (vaxdir_pattern_covers(&provider->pages[k].path, &provider->pages[i].path) &&
                requires_no_more(&provider->pages[k], &provider->pages[i]))
                return fail_item(loader, "pages", i,
                                 "an earlier page takes all paths of this one: no link comes to it");
    for (size_t i = 1; i < provider->parameter_count; i++)
        for (size_t k = 0; k < i; k++)
            if (shares_name(&provider->parameters[k], &provider->parameters[i]))
                return fail_item(loader, "parameters", i, "an earlier parameter has a name of this one");
    for (size_t i = 1; i < provider->redirect_count; i++)
        for (size_t k = 0; k < i; k++)
            if (vaxdir_pattern_covers(&provider->redirects[k].path, &provider->redirects[i].path))
                return fail_item(loader, "redirects", i, "an earlier redirect takes all paths of this one");
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_provider(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"id",       "name",       "note",      "active",   "hosts",
                                       "suffixes", "https",      "fragment",  "declared", "pages",
                                       "identity", "parameters", "redirects", "examples", NULL};
    vaxdir_provider *provider = item;
    bool *active = &loader->active[loader->provider_index++];
    vaxdir_slice *suffixes;
    size_t suffix_count = 0;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_word(loader, value, "id", &provider->id);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "name", &provider->name);
    if (status == VAXDIR_OK)
        status = vaxdir_load_flag(loader, value, "active", true, active);
    if (status == VAXDIR_OK)
        status = vaxdir_load_flag(loader, value, "https", false, &provider->https);
    if (status == VAXDIR_OK)
        status = vaxdir_load_flag(loader, value, "fragment", false, &provider->fragment);
    if (status == VAXDIR_OK)
        status = vaxdir_load_flag(loader, value, "declared", false, &provider->declared);
    if (status == VAXDIR_OK)
        status = load_hosts(loader, json_object_get(value, "hosts"), provider->id, *active);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "suffixes", ITEMS_MAX, sizeof(vaxdir_slice), load_suffix,
                                  *active ? &provider->id : NULL, &suffixes, &suffix_count);
    if (status == VAXDIR_OK && json_object_size(json_object_get(value, "hosts")) == 0 && suffix_count == 0 &&
        !provider->declared)
        status = vaxdir_load_fail(loader, "a provider has hosts or suffixes, or is \"declared\": true");
    if (status == VAXDIR_OK)
        status = load_pages(loader, value, provider);
    return status == VAXDIR_OK ? check_doubles(loader, provider) : status;
}
