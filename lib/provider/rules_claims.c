/* rules_claims.c: which host belongs to which rule of a document. Invariant: no link has two rules that claim it, and
 * no suffix is one under which anybody can have a name. */
#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

enum { HOSTS_MAX = 20000 };

vaxdir_status vaxdir_load_host(vaxdir_loader *loader, const char *text, vaxdir_slice *ret_host)
{
    vaxdir_slice host = vaxdir_slice_of(text);
    bool foreign = false;
    for (size_t i = 0; i + 4 <= host.length; i++)
        foreign = foreign || memcmp(host.bytes + i, "xn--", 4) == 0;
    if (foreign || vaxdir_host_check(host) != 0)
        return vaxdir_load_fail(loader, "this is no host: write it in lower-case ASCII, as in \"www.example.com\"");
    return vaxdir_load_copy(loader, host.bytes, host.length, ret_host);
}

vaxdir_status vaxdir_load_suffix(vaxdir_loader *loader, json_t *value, vaxdir_slice *ret_suffix)
{
    vaxdir_slice text = {NULL, 0};
    vaxdir_status status = vaxdir_load_string(loader, value, &text);
    if (status == VAXDIR_OK)
        status = vaxdir_load_host(loader, text.bytes, ret_suffix);
    if (status != VAXDIR_OK)
        return status;
    const psl_ctx_t *list = psl_builtin();
    if (list == NULL)
        return vaxdir_load_fail(loader, "libpsl is built without its list here, so that no suffix can be checked");
    if (psl_is_public_suffix(list, text.bytes))
        return vaxdir_load_fail(loader, "this is a public suffix: anybody can have a name under it");
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_claim(vaxdir_loader *loader, bool suffix, vaxdir_host claim, vaxdir_slice owner)
{
    vaxdir_rules *rules = loader->rules;
    vaxdir_slice place;
    vaxdir_status status = vaxdir_load_copy(loader, loader->place, loader->place_length, &place);
    if (status != VAXDIR_OK)
        return status;
    size_t index = suffix ? rules->suffix_count++ : rules->host_count++;
    vaxdir_host *host = suffix ? &rules->suffixes[index] : &rules->hosts[index];
    *host = claim;
    host->place = place.bytes;
    host->order = rules->host_count + rules->suffix_count;
    loader->owners[suffix][index] = owner;
    return VAXDIR_OK;
}

/* Hosts and suffixes are counted first, so that their tables are made once. */
static size_t count_claims(json_t *list, bool suffix)
{
    size_t count = 0, i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        json_t *claims = json_object_get(item, suffix ? "suffixes" : "hosts");
        count += json_is_object(claims) ? json_object_size(claims) : json_array_size(claims);
    }
    return count;
}

vaxdir_status vaxdir_load_tables(vaxdir_loader *loader, json_t *document)
{
    json_t *providers = json_object_get(document, "providers"), *wrappers = json_object_get(document, "wrappers");
    size_t hosts = count_claims(providers, false) + count_claims(wrappers, false);
    size_t suffixes = count_claims(providers, true) + count_claims(wrappers, true);
    if (hosts > HOSTS_MAX || suffixes > HOSTS_MAX)
        return vaxdir_load_fail(loader, "there are more than 20000 hosts or suffixes");
    loader->rules->hosts = vaxdir_rules_allocate(loader->rules, hosts, sizeof(vaxdir_host));
    loader->rules->suffixes = vaxdir_rules_allocate(loader->rules, suffixes, sizeof(vaxdir_host));
    loader->owners[0] = vaxdir_rules_allocate(loader->rules, hosts, sizeof(vaxdir_slice));
    loader->owners[1] = vaxdir_rules_allocate(loader->rules, suffixes, sizeof(vaxdir_slice));
    if (loader->rules->hosts == NULL || loader->rules->suffixes == NULL || loader->owners[0] == NULL ||
        loader->owners[1] == NULL)
        return vaxdir_context_fail_memory(loader->context);
    return VAXDIR_OK;
}

/* Refuses two claims at the place of the later one. */
static vaxdir_status fail_claims(vaxdir_loader *loader, const vaxdir_host *a, const vaxdir_host *b, const char *what)
{
    const vaxdir_host *first = a->order < b->order ? a : b, *second = a->order < b->order ? b : a;
    return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES,
                               "the rules are refused at %s: %.100s %s, also at %s", second->place, second->text.bytes,
                               what, first->place);
}

static bool same_owner(const vaxdir_host *a, const vaxdir_host *b)
{
    return a->provider == b->provider && a->wrapper == b->wrapper;
}

/* A host or suffix below a suffix of another rule: a link there would have two owners. */
static vaxdir_status check_nesting(vaxdir_loader *loader, const vaxdir_host *claims, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const vaxdir_host *above = vaxdir_rules_find_suffix(loader->rules, claims[i].text);
        if (above != NULL && !same_owner(above, &claims[i]))
            return fail_claims(loader, above, &claims[i], "is claimed by two rules, by itself or as part of a suffix");
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_settle_claims(vaxdir_loader *loader)
{
    vaxdir_rules *rules = loader->rules;
    vaxdir_host *tables[2] = {rules->hosts, rules->suffixes};
    size_t counts[2] = {rules->host_count, rules->suffix_count};
    for (int t = 0; t < 2; t++)
        for (size_t i = 0; i < counts[t]; i++)
            if (tables[t][i].wrapper == NULL)
                tables[t][i].provider = vaxdir_rules_find(rules, loader->owners[t][i]);
    const vaxdir_host *twice = vaxdir_rules_sort(rules);
    if (twice != NULL)
        return fail_claims(loader, twice, twice - 1, "is claimed twice");
    vaxdir_status status = check_nesting(loader, rules->hosts, rules->host_count);
    return status == VAXDIR_OK ? check_nesting(loader, rules->suffixes, rules->suffix_count) : status;
}
