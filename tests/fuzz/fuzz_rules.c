/* fuzz_rules.c: any bytes as a rules document. Invariant watched: a document is refused with a message, or gives rules
 * that judge any link and read any phone number without harm. */
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "fuzz.h"
#include "provider/phone.h"

static vaxdir_context *context;
static vaxdir_link *link_handle;

static void use(const vaxdir_rules *rules)
{
    static const char *const links[] = {
        "https://www.one.example/a/b-1/c?c=12&d=x",
        "http://shop.two.example/a/b/c",
        "one.example",
        "https://gate.example/go?u=https-3A__www.one.example_a&to=https%3A%2F%2Fone.example%2F",
        "https://gate.example/v3/__https://one.example/*a__;w6k!!x",
        "https://own.example/a/1",
    };
    static const char *const numbers[] = {"+33 1 99 00 12 34", "0199001234 / 15", "3975", "00262262001234"};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
        PROMISE(vaxdir_link_judge(context, rules, links[i], strlen(links[i]), "one", 3, link_handle) == VAXDIR_OK);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        vaxdir_phones phones;
        vaxdir_phones_read(rules, vaxdir_slice_of(numbers[i]), &phones);
        PROMISE(phones.count <= VAXDIR_PHONES_MAX);
    }
    for (uint32_t i = 0; i < vaxdir_rules_provider_count(rules); i++) {
        const char *id = NULL, *name = NULL;
        PROMISE(vaxdir_rules_provider(context, rules, i, &id, &name) == VAXDIR_OK && *id != '\0' && *name != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vaxdir_rules *rules = NULL;
    if (context == NULL) {
        PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
        PROMISE(vaxdir_link_new(context, &link_handle) == VAXDIR_OK);
    }
    vaxdir_status status = vaxdir_rules_open_memory(context, data == NULL ? (const uint8_t *)"" : data, size, &rules);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_RULES || status == VAXDIR_ERROR_LIMIT);
    PROMISE((status == VAXDIR_OK) == (rules != NULL));
    if (rules != NULL)
        use(rules);
    vaxdir_rules_unref(rules);
    return 0;
}
