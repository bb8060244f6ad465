/* rules_examples.c: runs the examples that each provider of a rules document gives. Invariant: rules that contradict
 * their own examples never judge anything. */
#include <string.h>

#include "link.h"
#include "load.h"

enum { EXAMPLES_MAX = 10000 };

typedef struct example_trial {
    vaxdir_link *link;
    vaxdir_slice provider;
    bool accept;
} example_trial;

static vaxdir_status fail_example(vaxdir_loader *loader, const char *what, const char *got)
{
    return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES,
                               "the rules are refused at %s: the example fails: %s is %.200s", loader->place, what,
                               got == NULL ? "absent" : got);
}

/* Compares what the example expects under a key; null expects nothing there, an absent key anything. */
static vaxdir_status expect(vaxdir_loader *loader, json_t *example, const char *key, const char *got)
{
    json_t *wanted = json_object_get(example, key);
    if (wanted == NULL)
        return VAXDIR_OK;
    vaxdir_load_enter(loader, key);
    if (!json_is_string(wanted) && !json_is_null(wanted))
        return vaxdir_load_fail(loader, "write a text or null here");
    const char *text = json_string_value(wanted);
    bool same = text == NULL || got == NULL ? text == got : strcmp(text, got) == 0;
    return same ? VAXDIR_OK : fail_example(loader, key, got);
}

static vaxdir_status check_accepted(vaxdir_loader *loader, json_t *example, const example_trial *trial)
{
    const vaxdir_link *link = trial->link;
    const struct {
        const char *key;
        const char *got;
    } checks[] = {
        {"verdict", vaxdir_verdict_name(vaxdir_link_verdict(link))},
        {"page", vaxdir_link_page(link)},
        {"key", vaxdir_link_key(link)},
        {"emitted", vaxdir_link_url(link)},
    };
    const char *provider = vaxdir_link_provider(link);
    if (provider == NULL || !vaxdir_slice_is(trial->provider, provider))
        return fail_example(loader, "its provider", provider);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        size_t before = loader->place_length;
        vaxdir_status status = expect(loader, example, checks[i].key, checks[i].got);
        if (status != VAXDIR_OK)
            return status;
        vaxdir_load_leave(loader, before);
    }
    return VAXDIR_OK;
}

/* An example is a link, or an object with the link and what is expected of it. */
static vaxdir_status run_example(vaxdir_loader *loader, json_t *example, const example_trial *trial)
{
    static const char *const accept_keys[] = {"url", "declared", "verdict", "page", "key", "emitted", NULL};
    static const char *const reject_keys[] = {"url", "declared", NULL};
    json_t *url = example, *declared = NULL;
    vaxdir_status status = VAXDIR_OK;
    if (!json_is_string(example)) {
        status = vaxdir_load_keys(loader, example, trial->accept ? accept_keys : reject_keys);
        url = json_object_get(example, "url");
        declared = json_object_get(example, "declared");
    }
    if (status == VAXDIR_OK && (!json_is_string(url) || (declared != NULL && !json_is_string(declared))))
        status = vaxdir_load_fail(loader, "write a link, or {\"url\": \"...\"} with what is expected of it");
    if (status != VAXDIR_OK)
        return status;
    vaxdir_slice text = {json_string_value(url), json_string_length(url)};
    status = vaxdir_link_judge_text(loader->context, loader->rules, text, vaxdir_slice_of(json_string_value(declared)),
                                    trial->link);
    if (status != VAXDIR_OK)
        return status;
    if (trial->accept)
        return check_accepted(loader, example, trial);
    const char *provider = vaxdir_link_provider(trial->link);
    return provider != NULL && vaxdir_slice_is(trial->provider, provider)
               ? fail_example(loader, "the provider that it must not get", provider)
               : VAXDIR_OK;
}

static vaxdir_status run_list(vaxdir_loader *loader, json_t *examples, const char *key, const example_trial *trial)
{
    json_t *list = json_object_get(examples, key);
    if (list == NULL)
        return VAXDIR_OK;
    size_t before = vaxdir_load_enter(loader, key);
    if (!json_is_array(list) || json_array_size(list) > EXAMPLES_MAX)
        return vaxdir_load_fail(loader, "write a list of at most 10000 examples here: [...]");
    for (size_t i = 0; i < json_array_size(list); i++) {
        size_t inside = vaxdir_load_enter_index(loader, i);
        vaxdir_status status = run_example(loader, json_array_get(list, i), trial);
        if (status != VAXDIR_OK)
            return status;
        vaxdir_load_leave(loader, inside);
    }
    vaxdir_load_leave(loader, before);
    return VAXDIR_OK;
}

static vaxdir_status run_provider(vaxdir_loader *loader, json_t *provider, vaxdir_link *link)
{
    static const char *const keys[] = {"accept", "reject", NULL};
    json_t *examples = json_object_get(provider, "examples");
    if (examples == NULL)
        return VAXDIR_OK;
    example_trial trial = {link, vaxdir_slice_of(json_string_value(json_object_get(provider, "id"))), true};
    size_t before = vaxdir_load_enter(loader, "examples");
    vaxdir_status status = vaxdir_load_keys(loader, examples, keys);
    if (status == VAXDIR_OK)
        status = run_list(loader, examples, "accept", &trial);
    trial.accept = false;
    if (status == VAXDIR_OK)
        status = run_list(loader, examples, "reject", &trial);
    if (status == VAXDIR_OK)
        vaxdir_load_leave(loader, before);
    return status;
}

vaxdir_status vaxdir_load_examples(vaxdir_loader *loader, json_t *document)
{
    json_t *providers = json_object_get(document, "providers");
    vaxdir_link *link;
    vaxdir_status status = vaxdir_link_make(loader->context, &link);
    if (status != VAXDIR_OK)
        return status;
    size_t before = vaxdir_load_enter(loader, "providers");
    for (size_t i = 0; i < json_array_size(providers) && status == VAXDIR_OK; i++) {
        if (!loader->active[i])
            continue;
        size_t inside = vaxdir_load_enter_index(loader, i);
        status = run_provider(loader, json_array_get(providers, i), link);
        if (status == VAXDIR_OK)
            vaxdir_load_leave(loader, inside);
    }
    if (status == VAXDIR_OK)
        vaxdir_load_leave(loader, before);
    vaxdir_link_unref(link);
    return status;
}
