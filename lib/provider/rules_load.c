/* rules_load.c: a rules document from JSON into the model: the whole of it, and then its examples. Invariant: what is
 * not understood is refused with its place, never skipped. */
#include "load.h"

#include <stdlib.h>
#include <string.h>

#include "../base/json.h"

enum { PROVIDERS_MAX = 2000, LIST_MAX = 20000 };

vaxdir_status vaxdir_load_fail(vaxdir_loader *loader, const char *what)
{
    return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES, "the rules are refused at %s: %s",
                               loader->place_length == 0 ? "the whole document" : loader->place, what);
}

size_t vaxdir_load_enter(vaxdir_loader *loader, const char *key)
{
    size_t before = loader->place_length, at = before;
    if (at + 1 < sizeof loader->place)
        loader->place[at++] = '/';
    for (; *key != '\0' && at + 3 < sizeof loader->place; key++) {
        if (*key == '~' || *key == '/') {
            loader->place[at++] = '~';
            loader->place[at++] = *key == '~' ? '0' : '1';
        } else {
            loader->place[at++] = *key;
        }
    }
    loader->place[at] = '\0';
    loader->place_length = at;
    return before;
}

size_t vaxdir_load_enter_index(vaxdir_loader *loader, size_t index)
{
    char digits[24];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do
        digits[--at] = (char)('0' + index % 10);
    while ((index /= 10) != 0);
    return vaxdir_load_enter(loader, digits + at);
}

void vaxdir_load_leave(vaxdir_loader *loader, size_t before)
{
    loader->place_length = before;
    loader->place[before] = '\0';
}

vaxdir_status vaxdir_load_keys(vaxdir_loader *loader, json_t *object, const char *const *known)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        return vaxdir_load_fail(loader, "write an object here: {...}");
    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0)
            i++;
        if (known[i] == NULL) {
            vaxdir_load_enter(loader, key);
            return vaxdir_load_fail(loader, "this key is unknown: docs/rules.md lists the keys");
        }
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_copy(vaxdir_loader *loader, const char *bytes, size_t length, vaxdir_slice *ret_text)
{
    char *copy = vaxdir_rules_allocate(loader->rules, length + 1, 1);
    if (copy == NULL)
        return vaxdir_context_fail_memory(loader->context);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    *ret_text = (vaxdir_slice){copy, length};
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_string(vaxdir_loader *loader, json_t *value, vaxdir_slice *ret_text)
{
    enum { STRING_MAX = 2048 };
    if (!json_is_string(value))
        return vaxdir_load_fail(loader, value == NULL ? "a text is missing here" : "write a text here: \"...\"");
    size_t length = json_string_length(value);
    if (length == 0 || length > STRING_MAX)
        return vaxdir_load_fail(loader, "write a text of 1 to 2048 bytes here");
    return vaxdir_load_copy(loader, json_string_value(value), length, ret_text);
}

vaxdir_status vaxdir_load_member(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_slice *ret_text)
{
    size_t before = vaxdir_load_enter(loader, key);
    vaxdir_status status = vaxdir_load_string(loader, json_object_get(object, key), ret_text);
    if (status == VAXDIR_OK)
        vaxdir_load_leave(loader, before);
    return status;
}

vaxdir_status vaxdir_load_flag(vaxdir_loader *loader, json_t *object, const char *key, bool otherwise, bool *ret_flag)
{
    json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_boolean(value)) {
        vaxdir_load_enter(loader, key);
        return vaxdir_load_fail(loader, "write true or false here");
    }
    *ret_flag = value == NULL ? otherwise : json_is_true(value);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_list(vaxdir_loader *loader, json_t *object, const char *key, size_t maximum, size_t item_size,
                               vaxdir_load_item item, void *user, void *ret_items, size_t *ret_count)
{
    json_t *list = json_object_get(object, key);
    *ret_count = 0;
    if (list == NULL)
        return VAXDIR_OK;
    size_t before = vaxdir_load_enter(loader, key);
    if (!json_is_array(list))
        return vaxdir_load_fail(loader, "write a list here: [...]");
    size_t count = json_array_size(list);
    if (count > maximum)
        return vaxdir_load_fail(loader, "the list is longer than the library accepts");
    unsigned char *items = vaxdir_rules_allocate(loader->rules, count, item_size);
    if (items == NULL)
        return vaxdir_context_fail_memory(loader->context);
    for (size_t i = 0; i < count; i++) {
        size_t inside = vaxdir_load_enter_index(loader, i);
        vaxdir_status status = item(loader, json_array_get(list, i), user, items + i * item_size);
        if (status != VAXDIR_OK)
            return status;
        vaxdir_load_leave(loader, inside);
    }
    vaxdir_load_leave(loader, before);
    memcpy(ret_items, &items, sizeof items);
    *ret_count = count;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_text_item(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    (void)user;
    return vaxdir_load_string(loader, value, item);
}

static vaxdir_status load_form(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "path", "parameter", "decoding", NULL};
    static const char *const decodings[] = {"percent", "dash", "star"};
    vaxdir_wrapper_form *form = item;
    vaxdir_slice decoding = {NULL, 0};
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "path", &form->path);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "decoding", &decoding);
    if (status != VAXDIR_OK)
        return status;
    int found = -1;
    for (int i = 0; i < 3; i++)
        if (vaxdir_slice_is(decoding, decodings[i]))
            found = i;
    if (found < 0) {
        vaxdir_load_enter(loader, "decoding");
        return vaxdir_load_fail(loader, "the decoding is \"percent\", \"dash\" or \"star\"");
    }
    form->decoding = (vaxdir_decoding)found;
    if (form->decoding != VAXDIR_DECODING_STAR)
        status = vaxdir_load_member(loader, value, "parameter", &form->parameter);
    return status;
}

/* An item of a wrapper's "hosts" or "suffixes". */
static vaxdir_status load_wrapper_host(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice text = {NULL, 0};
    (void)item;
    vaxdir_status status = vaxdir_load_string(loader, value, &text);
    if (status == VAXDIR_OK)
        status = vaxdir_load_host(loader, text.bytes, &text);
    if (status != VAXDIR_OK)
        return status;
    return vaxdir_load_claim(loader, false, (vaxdir_host){.text = text, .wrapper = user}, (vaxdir_slice){NULL, 0});
}

static vaxdir_status load_wrapper_suffix(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice text = {NULL, 0};
    (void)item;
    vaxdir_status status = vaxdir_load_suffix(loader, value, &text);
    if (status != VAXDIR_OK)
        return status;
    return vaxdir_load_claim(loader, true, (vaxdir_host){.text = text, .wrapper = user}, (vaxdir_slice){NULL, 0});
}

static vaxdir_status load_wrapper(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "hosts", "suffixes", "forms", NULL};
    vaxdir_wrapper *wrapper = item;
    unsigned char *none;
    size_t count;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "hosts", LIST_MAX, 1, load_wrapper_host, wrapper, &none, &count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "suffixes", LIST_MAX, 1, load_wrapper_suffix, wrapper, &none, &count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "forms", PROVIDERS_MAX, sizeof(vaxdir_wrapper_form), load_form, NULL,
                                  &wrapper->forms, &wrapper->form_count);
    return status;
}

static vaxdir_status check_schema(vaxdir_loader *loader, json_t *document)
{
    static const char *const keys[] = {"schema",   "note",           "extends",       "providers",
                                       "wrappers", "phone",          "national_line", "information_url",
                                       "zones",    "territories",    "default_zone",  "calendar",
                                       "campaign", "reserved_words", "holidays",      NULL};
    vaxdir_status status = vaxdir_load_keys(loader, document, keys);
    json_t *schema = json_object_get(document, "schema"), *providers = json_object_get(document, "providers");
    if (status == VAXDIR_OK && (!json_is_integer(schema) || json_integer_value(schema) != 1)) {
        vaxdir_load_enter(loader, "schema");
        status = vaxdir_load_fail(loader, "this library reads rules of schema 1: write \"schema\": 1");
    }
    if (status == VAXDIR_OK && !json_is_array(providers)) {
        vaxdir_load_enter(loader, "providers");
        status = vaxdir_load_fail(loader, "write a list of providers here: [...]");
    }
    return status;
}

/* Inactive providers have been checked like the others; they are left out now. */
static void drop_inactive(vaxdir_rules *rules, const bool *active)
{
    size_t kept = 0;
    for (size_t i = 0; i < rules->provider_count; i++) {
        if (!active[i])
            continue;
        rules->providers[kept++] = rules->providers[i];
    }
    rules->provider_count = kept;
}

static int compare_ids(const void *a, const void *b)
{
    return vaxdir_slice_compare(((const vaxdir_provider *)a)->id, ((const vaxdir_provider *)b)->id);
}

/* Providers are put in the order of their ids; hosts hold the id until the order is settled. */
static vaxdir_status settle(vaxdir_loader *loader)
{
    vaxdir_rules *rules = loader->rules;
    drop_inactive(rules, loader->active);
    if (rules->provider_count > 1)
        qsort(rules->providers, rules->provider_count, sizeof *rules->providers, compare_ids);
    for (size_t i = 1; i < rules->provider_count; i++)
        if (vaxdir_slice_equal(rules->providers[i - 1].id, rules->providers[i].id)) {
            vaxdir_load_enter(loader, "providers");
            return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES,
                                       "the rules are refused at %s: two providers have the id %.64s", loader->place,
                                       rules->providers[i].id.bytes);
        }
    return vaxdir_load_settle_claims(loader);
}

static vaxdir_status make_scratch(vaxdir_loader *loader, json_t *document)
{
    size_t providers = json_array_size(json_object_get(document, "providers"));
    if (providers > PROVIDERS_MAX) {
        vaxdir_load_enter(loader, "providers");
        return vaxdir_load_fail(loader, "there are more than 2000 providers");
    }
    vaxdir_status status = vaxdir_load_tables(loader, document);
    if (status != VAXDIR_OK)
        return status;
    loader->active = vaxdir_rules_allocate(loader->rules, providers, sizeof *loader->active);
    return loader->active == NULL ? vaxdir_context_fail_memory(loader->context) : VAXDIR_OK;
}

static vaxdir_status load_document(vaxdir_loader *loader, json_t *document)
{
    vaxdir_rules *rules = loader->rules;
    vaxdir_status status = check_schema(loader, document);
    if (status == VAXDIR_OK)
        status = make_scratch(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, document, "providers", PROVIDERS_MAX, sizeof(vaxdir_provider),
                                  vaxdir_load_provider, NULL, &rules->providers, &rules->provider_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, document, "wrappers", PROVIDERS_MAX, sizeof(vaxdir_wrapper), load_wrapper,
                                  NULL, &rules->wrappers, &rules->wrapper_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_phone(loader, document);
    if (status == VAXDIR_OK)
        status = settle(loader);
    if (status == VAXDIR_OK)
        status = vaxdir_load_lines(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_zones(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_calendar(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_campaign(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_holidays(loader, document);
    if (status == VAXDIR_OK)
        status = vaxdir_load_examples(loader, document);
    if (status == VAXDIR_OK && !vaxdir_rules_seal(rules))
        status = vaxdir_context_fail_memory(loader->context);
    return status;
}

static vaxdir_status parse(vaxdir_context *context, const void *bytes, size_t length, json_t **ret_document)
{
    return vaxdir_json_read(context, bytes, length, VAXDIR_ERROR_RULES, "the rules are", ret_document);
}

/* "extends": "shipped": what the document does not give is taken from the rules that this release ships. */
static vaxdir_status extend(vaxdir_loader *loader, json_t *document)
{
    const json_t *extends = json_object_get(document, "extends");
    json_t *shipped;
    if (extends == NULL)
        return VAXDIR_OK;
    if (!json_is_string(extends) || strcmp(json_string_value(extends), "shipped") != 0) {
        vaxdir_load_enter(loader, "extends");
        return vaxdir_load_fail(loader, "write \"shipped\" here, or leave it out");
    }
    vaxdir_status status = parse(loader->context, vaxdir_default_rules, vaxdir_default_rules_size, &shipped);
    if (status != VAXDIR_OK)
        return status;
    if (json_object_update_missing(document, shipped) != 0)
        status = vaxdir_context_fail_memory(loader->context);
    json_decref(shipped);
    return status;
}

vaxdir_status vaxdir_rules_load(vaxdir_context *context, const void *bytes, size_t length, vaxdir_rules *rules)
{
    json_t *document;
    if (length == 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_RULES, "the rules are empty: docs/rules.md shows an example");
    vaxdir_status status = parse(context, bytes, length, &document);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_loader loader = {.context = context, .rules = rules};
    status = extend(&loader, document);
    if (status == VAXDIR_OK)
        status = load_document(&loader, document);
    json_decref(document);
    return status;
}
