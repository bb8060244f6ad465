/* facts.c: what is known of a person. Invariant: each name once, and in no message. */
#include "facts.h"

#include <string.h>

vaxdir_status vaxdir_facts_new(vaxdir_context *context, vaxdir_facts **ret_facts)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_facts == NULL)
        return vaxdir_context_fail_null(context, "ret_facts");
    vaxdir_facts *facts = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *facts);
    if (facts == NULL)
        return vaxdir_context_fail_memory(context);
    facts->memory = context->memory;
    *ret_facts = facts;
    return VAXDIR_OK;
}

vaxdir_facts *vaxdir_facts_unref(vaxdir_facts *facts)
{
    if (facts != NULL) {
        vaxdir_memory memory = facts->memory;
        memset(facts, 0, sizeof *facts);
        vaxdir_memory_free(&memory, facts, 1, sizeof *facts);
    }
    return NULL;
}

static vaxdir_fact_stated *find(vaxdir_facts *facts, vaxdir_slice name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (vaxdir_slice_equal((vaxdir_slice){facts->items[i].name, facts->items[i].length}, name))
            return &facts->items[i];
    return NULL;
}

vaxdir_status vaxdir_facts_set(vaxdir_context *context, vaxdir_facts *facts, const char *name, size_t name_length,
                               int32_t value)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (facts == NULL)
        return vaxdir_context_fail_null(context, "facts");
    if (name == NULL)
        return vaxdir_context_fail_null(context, "name");
    vaxdir_slice word = {name, name_length};
    if (!vaxdir_word_good(word))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "the name of a fact is 1 to 64 of a-z, 0-9 and -");
    if (value != VAXDIR_YES && value != VAXDIR_NO && value != VAXDIR_UNKNOWN)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the value of a fact is VAXDIR_YES, VAXDIR_NO or VAXDIR_UNKNOWN");
    vaxdir_fact_stated *fact = find(facts, word);
    if (value == VAXDIR_UNKNOWN) {
        if (fact != NULL)
            *fact = facts->items[--facts->count];
        return VAXDIR_OK;
    }
    if (fact == NULL) {
        if (facts->count == VAXDIR_FACTS_MAX)
            return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT, "a visit has at most 64 facts");
        fact = &facts->items[facts->count++];
        fact->length = name_length;
        memcpy(fact->name, name, name_length);
    }
    fact->value = value;
    return VAXDIR_OK;
}
