/* rules.c: the life of a rules object, finding things in it, and the hash by which judged columns know their rules.
 * Invariant: a rules object that the caller gets is complete and has passed its own examples. */
#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Raised when the same rules judge differently in a new release, so that stored verdicts are judged again. */
enum { JUDGING_VERSION = 2 };

enum { CHUNK_SIZE = 16384, ALIGNMENT = 16 };

void *vaxdir_rules_allocate(vaxdir_rules *rules, size_t count, size_t size)
{
    const size_t header = (sizeof(vaxdir_arena_chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size != 0 && count > (SIZE_MAX / 2) / size)
        return NULL;
    size_t needed = (count * size + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    vaxdir_arena_chunk *chunk = rules->arena;
    if (chunk == NULL || chunk->size - chunk->used < needed) {
        size_t total = header + (needed > CHUNK_SIZE ? needed : CHUNK_SIZE);
        chunk = vaxdir_memory_allocate_zeroed(&rules->memory, total, 1);
        if (chunk == NULL)
            return NULL;
        chunk->next = rules->arena;
        chunk->size = total;
        chunk->used = header;
        rules->arena = chunk;
    }
    void *pointer = (unsigned char *)chunk + chunk->used;
    chunk->used += needed;
    return pointer;
}

vaxdir_rules *vaxdir_rules_make_empty(const vaxdir_memory *memory)
{
    vaxdir_rules *rules = vaxdir_memory_allocate_zeroed(memory, 1, sizeof *rules);
    if (rules == NULL)
        return NULL;
    rules->memory = *memory;
    atomic_init(&rules->references, 1);
    return rules;
}

vaxdir_rules *vaxdir_rules_ref(vaxdir_rules *rules)
{
    if (rules != NULL)
        atomic_fetch_add_explicit(&rules->references, 1, memory_order_relaxed);
    return rules;
}

vaxdir_rules *vaxdir_rules_unref(vaxdir_rules *rules)
{
    if (rules == NULL || atomic_fetch_sub_explicit(&rules->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    vaxdir_memory memory = rules->memory;
    while (rules->arena != NULL) {
        vaxdir_arena_chunk *chunk = rules->arena;
        rules->arena = chunk->next;
        vaxdir_memory_free(&memory, chunk, chunk->size, 1);
    }
    vaxdir_memory_free(&memory, rules, 1, sizeof *rules);
    return NULL;
}

static int compare_hosts(const void *a, const void *b)
{
    return vaxdir_slice_compare(((const vaxdir_host *)a)->text, ((const vaxdir_host *)b)->text);
}

static int compare_providers(const void *a, const void *b)
{
    return vaxdir_slice_compare(((const vaxdir_provider *)a)->id, ((const vaxdir_provider *)b)->id);
}

static const vaxdir_host *find_in(const vaxdir_host *hosts, size_t count, vaxdir_slice text)
{
    vaxdir_host key = {.text = text};
    return count == 0 ? NULL : bsearch(&key, hosts, count, sizeof *hosts, compare_hosts);
}

const vaxdir_host *vaxdir_rules_find_host(const vaxdir_rules *rules, vaxdir_slice host)
{
    return find_in(rules->hosts, rules->host_count, host);
}

const vaxdir_host *vaxdir_rules_find_suffix(const vaxdir_rules *rules, vaxdir_slice host)
{
    if (rules->suffix_count == 0)
        return NULL;
    for (size_t at = 0; at < host.length; at++) {
        if (host.bytes[at] != '.')
            continue;
        vaxdir_slice suffix = {host.bytes + at + 1, host.length - at - 1};
        const vaxdir_host *found = find_in(rules->suffixes, rules->suffix_count, suffix);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const vaxdir_provider *vaxdir_rules_find(const vaxdir_rules *rules, vaxdir_slice id)
{
    vaxdir_provider key = {.id = id};
    if (rules->provider_count == 0)
        return NULL;
    return bsearch(&key, rules->providers, rules->provider_count, sizeof *rules->providers, compare_providers);
}

const vaxdir_host *vaxdir_rules_sort(vaxdir_rules *rules)
{
    vaxdir_host *tables[2] = {rules->hosts, rules->suffixes};
    size_t counts[2] = {rules->host_count, rules->suffix_count};
    for (int i = 0; i < 2; i++) {
        if (counts[i] > 1)
            qsort(tables[i], counts[i], sizeof(vaxdir_host), compare_hosts);
        for (size_t k = 1; k < counts[i]; k++)
            if (vaxdir_slice_equal(tables[i][k - 1].text, tables[i][k].text))
                return &tables[i][k];
    }
    return NULL;
}

/* The canonical form that is hashed: numbers as 8 little-endian bytes, texts after their length. */
typedef struct canonical {
    vaxdir_buffer buffer;
    bool good;
} canonical;

static void put_number(canonical *form, size_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    form->good = form->good && vaxdir_buffer_append(&form->buffer, bytes, sizeof bytes);
}

static void put_text(canonical *form, vaxdir_slice text)
{
    put_number(form, text.length);
    form->good = form->good && vaxdir_buffer_append(&form->buffer, text.bytes, text.length);
}

static void put_texts(canonical *form, const vaxdir_slice *texts, size_t count)
{
    put_number(form, count);
    for (size_t i = 0; i < count; i++)
        put_text(form, texts[i]);
}

static void put_provider(canonical *form, const vaxdir_provider *provider)
{
    put_text(form, provider->id);
    put_number(form, (size_t)provider->declared | (size_t)provider->https << 1 | (size_t)provider->fragment << 2);
    put_number(form, provider->page_count);
    for (size_t i = 0; i < provider->page_count; i++) {
        const vaxdir_page *page = &provider->pages[i];
        put_text(form, page->kind);
        put_text(form, page->path.text);
        put_number(form, page->identifies);
        put_number(form, page->require_count);
        for (size_t k = 0; k < page->require_count; k++)
            put_number(form, page->requires[k]);
    }
    put_number(form, provider->identity_count);
    for (size_t i = 0; i < provider->identity_count; i++) {
        put_number(form, provider->identity[i].count);
        for (size_t k = 0; k < provider->identity[i].count; k++) {
            put_number(form, (size_t)provider->identity[i].sources[k].source);
            put_text(form, provider->identity[i].sources[k].name);
        }
    }
    put_number(form, provider->parameter_count);
    for (size_t i = 0; i < provider->parameter_count; i++) {
        put_texts(form, provider->parameters[i].names, provider->parameters[i].name_count);
        put_texts(form, provider->parameters[i].value_texts, provider->parameters[i].value_count);
    }
    put_number(form, provider->redirect_count);
    for (size_t i = 0; i < provider->redirect_count; i++) {
        put_text(form, provider->redirects[i].path.text);
        put_text(form, provider->redirects[i].to.text);
    }
}

static void put_hosts(canonical *form, const vaxdir_host *hosts, size_t count)
{
    put_number(form, count);
    for (size_t i = 0; i < count; i++) {
        put_text(form, hosts[i].text);
        put_text(form, hosts[i].emit);
        put_text(form, hosts[i].provider == NULL ? (vaxdir_slice){NULL, 0} : hosts[i].provider->id);
        size_t forms = hosts[i].wrapper == NULL ? 0 : hosts[i].wrapper->form_count;
        put_number(form, forms);
        for (size_t k = 0; k < forms; k++) {
            put_text(form, hosts[i].wrapper->forms[k].path);
            put_text(form, hosts[i].wrapper->forms[k].parameter);
            put_number(form, (size_t)hosts[i].wrapper->forms[k].decoding);
        }
    }
}

static void put_phone(canonical *form, const vaxdir_phone_plan *plan)
{
    put_text(form, plan->country);
    put_text(form, plan->trunk);
    put_text(form, plan->international);
    put_number(form, plan->length);
    put_number(form, plan->territory_count);
    for (size_t i = 0; i < plan->territory_count; i++) {
        put_text(form, plan->territories[i].country);
        put_texts(form, plan->territories[i].prefixes, plan->territories[i].prefix_count);
        put_number(form, plan->territories[i].length);
        put_number(form, plan->territories[i].strip);
    }
    put_texts(form, plan->shorts, plan->short_count);
}

bool vaxdir_rules_seal(vaxdir_rules *rules)
{
    canonical form = {{&rules->memory, NULL, 0, 0}, true};
    put_number(&form, JUDGING_VERSION);
    put_number(&form, rules->provider_count);
    for (size_t i = 0; i < rules->provider_count; i++)
        put_provider(&form, &rules->providers[i]);
    put_hosts(&form, rules->hosts, rules->host_count);
    put_hosts(&form, rules->suffixes, rules->suffix_count);
    put_phone(&form, &rules->phone);
    if (form.good) {
        XXH128_canonical_t canonical_hash;
        XXH128_canonicalFromHash(&canonical_hash, XXH3_128bits(form.buffer.bytes, form.buffer.length));
        memcpy(rules->hash.bytes, canonical_hash.digest, sizeof rules->hash.bytes);
    }
    vaxdir_buffer_free(&form.buffer);
    return form.good;
}

vaxdir_rules_hash vaxdir_rules_judging_hash(const vaxdir_rules *rules)
{
    return rules->hash;
}

const char *vaxdir_rules_national_line(const vaxdir_rules *rules)
{
    return rules->national_line;
}

const char *vaxdir_rules_information_url(const vaxdir_rules *rules)
{
    return rules->information_url;
}

const char *vaxdir_rules_find_provider(const vaxdir_rules *rules, vaxdir_slice id)
{
    const vaxdir_provider *provider = vaxdir_rules_find(rules, id);
    return provider == NULL ? NULL : provider->id.bytes;
}

const char *vaxdir_rules_provider_name(const vaxdir_rules *rules, vaxdir_slice id)
{
    const vaxdir_provider *provider = vaxdir_rules_find(rules, id);
    return provider == NULL ? NULL : provider->name.bytes;
}

uint32_t vaxdir_rules_provider_count(const vaxdir_rules *rules)
{
    return rules == NULL ? 0 : (uint32_t)rules->provider_count;
}

vaxdir_status vaxdir_rules_provider(vaxdir_context *context, const vaxdir_rules *rules, uint32_t index,
                                    const char **ret_id, const char **ret_name)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (rules == NULL)
        return vaxdir_context_fail_null(context, "rules");
    if (index >= rules->provider_count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "index is %lu: give one below vaxdir_rules_provider_count(), which is %lu",
                                   (unsigned long)index, (unsigned long)rules->provider_count);
    if (ret_id != NULL)
        *ret_id = rules->providers[index].id.bytes;
    if (ret_name != NULL)
        *ret_name = rules->providers[index].name.bytes;
    return VAXDIR_OK;
}
