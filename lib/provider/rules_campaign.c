/* rules_campaign.c: the campaign of a rules document: facts, phases, conditions. Invariant: every name that a condition
 * uses is defined, and no condition is deeper than the library walks. */
#include <stdlib.h>
#include <string.h>

#include "load.h"

enum { CONDITIONS_MAX = 256, DEPTH_MAX = 16, VACCINES_MAX = 64, WORDS_MAX = 64 };

/* A phase in the making. */
typedef struct draft {
    vaxdir_loader *loader;
    size_t count;
    vaxdir_condition conditions[CONDITIONS_MAX];
} draft;

/* --- conditions --------------------------------------------------------------------------------------------------- */

static vaxdir_status add(draft *phase, vaxdir_condition_kind kind, int32_t value, size_t *ret_index)
{
    if (phase->count == CONDITIONS_MAX)
        return vaxdir_load_fail(phase->loader, "a phase has at most 256 conditions");
    phase->conditions[phase->count] = (vaxdir_condition){.kind = kind, .value = value, .size = 1};
    if (ret_index != NULL)
        *ret_index = phase->count;
    phase->count++;
    return VAXDIR_OK;
}

static void close_subtree(draft *phase, size_t root)
{
    phase->conditions[root].size = (uint32_t)(phase->count - root);
}

static vaxdir_status load_condition(draft *phase, json_t *value, unsigned depth);

static vaxdir_status load_combined(draft *phase, json_t *list, vaxdir_condition_kind kind, unsigned depth)
{
    size_t root = 0, i;
    json_t *value;
    if (!json_is_array(list))
        return vaxdir_load_fail(phase->loader, "write a list of conditions here: [{...}]");
    vaxdir_status status = add(phase, kind, 0, &root);
    json_array_foreach(list, i, value)
    {
        if (status != VAXDIR_OK)
            return status;
        size_t before = vaxdir_load_enter_index(phase->loader, i);
        status = load_condition(phase, value, depth);
        if (status == VAXDIR_OK)
            vaxdir_load_leave(phase->loader, before);
    }
    if (status == VAXDIR_OK)
        close_subtree(phase, root);
    return status;
}

static vaxdir_status load_not(draft *phase, json_t *value, unsigned depth)
{
    size_t root = 0;
    vaxdir_status status = add(phase, VAXDIR_CONDITION_NOT, 0, &root);
    if (status == VAXDIR_OK)
        status = load_condition(phase, value, depth);
    if (status == VAXDIR_OK)
        close_subtree(phase, root);
    return status;
}

static vaxdir_status add_fact(draft *phase, json_t *value)
{
    vaxdir_slice id;
    vaxdir_status status = vaxdir_load_string(phase->loader, value, &id);
    if (status != VAXDIR_OK)
        return status;
    int32_t number = vaxdir_campaign_fact(phase->loader->rules->campaign, id);
    return number < 0 ? vaxdir_load_fail(phase->loader, "no fact of \"facts\" has this name")
                      : add(phase, VAXDIR_CONDITION_FACT, number, NULL);
}

static vaxdir_status add_vaccine(draft *phase, json_t *value)
{
    vaxdir_campaign *campaign = phase->loader->rules->campaign;
    vaxdir_slice id;
    vaxdir_status status = vaxdir_load_string(phase->loader, value, &id);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_word_good(id))
        return vaxdir_load_fail(phase->loader, "write at most 64 of a-z, 0-9 and - here");
    int32_t number = vaxdir_campaign_vaccine(campaign, id);
    if (number < 0) {
        if (campaign->vaccine_count == VACCINES_MAX)
            return vaxdir_load_fail(phase->loader, "the campaign names more than 64 vaccines");
        number = (int32_t)campaign->vaccine_count;
        campaign->vaccines[campaign->vaccine_count++] = id;
    }
    return add(phase, VAXDIR_CONDITION_VACCINE, number, NULL);
}

static vaxdir_status add_number(draft *phase, json_t *value, vaxdir_condition_kind kind, int32_t least, int32_t most)
{
    int32_t number;
    vaxdir_status status = vaxdir_load_integer(phase->loader, value, least, most, &number);
    return status == VAXDIR_OK ? add(phase, kind, number, NULL) : status;
}

static vaxdir_status add_date(draft *phase, json_t *value, vaxdir_condition_kind kind)
{
    int32_t date;
    vaxdir_slice text;
    vaxdir_status status = vaxdir_load_string(phase->loader, value, &text);
    if (status != VAXDIR_OK)
        return status;
    if (!vaxdir_date_parse(text, VAXDIR_DATE_ISO, &date))
        return vaxdir_load_fail(phase->loader, "write a date that exists here: \"1946-01-18\"");
    return add(phase, kind, date, NULL);
}

/* One member of a condition; the place is at its key. */
static vaxdir_status load_member(draft *phase, const char *key, json_t *value, unsigned depth)
{
    if (strcmp(key, "all") == 0 || strcmp(key, "any") == 0)
        return load_combined(phase, value, key[1] == 'l' ? VAXDIR_CONDITION_ALL : VAXDIR_CONDITION_ANY, depth);
    if (strcmp(key, "not") == 0)
        return load_not(phase, value, depth);
    if (strcmp(key, "age_from") == 0)
        return add_number(phase, value, VAXDIR_CONDITION_AGE_FROM, 0, VAXDIR_AGE_MAX);
    if (strcmp(key, "age_to") == 0)
        return add_number(phase, value, VAXDIR_CONDITION_AGE_TO, 0, VAXDIR_AGE_MAX);
    if (strcmp(key, "born_before") == 0)
        return add_date(phase, value, VAXDIR_CONDITION_BORN_BEFORE);
    if (strcmp(key, "born_from") == 0)
        return add_date(phase, value, VAXDIR_CONDITION_BORN_FROM);
    if (strcmp(key, "fact") == 0)
        return add_fact(phase, value);
    if (strcmp(key, "vaccine") == 0)
        return add_vaccine(phase, value);
    return add_number(phase, value, VAXDIR_CONDITION_DOSE, 1, VAXDIR_DOSE_MAX);
}

static vaxdir_status load_departments(draft *phase, json_t *object)
{
    size_t index = 0;
    vaxdir_status status = add(phase, VAXDIR_CONDITION_DEPARTMENTS, 0, &index);
    if (status == VAXDIR_OK)
        status = vaxdir_load_departments(phase->loader, object, "departments", &phase->conditions[index].departments);
    return status;
}

/* An object; where it has several members all of them must hold. */
static vaxdir_status load_condition(draft *phase, json_t *object, unsigned depth)
{
    static const char *const keys[] = {"all",       "any",  "not",  "age_from", "age_to",      "born_before",
                                       "born_from", "fact", "dose", "vaccine",  "departments", NULL};
    size_t root = 0;
    if (depth == 0)
        return vaxdir_load_fail(phase->loader, "conditions are nested more than 16 deep");
    vaxdir_status status = vaxdir_load_keys(phase->loader, object, keys);
    if (status == VAXDIR_OK && json_object_size(object) == 0)
        status = vaxdir_load_fail(phase->loader, "a condition is missing; everybody is {\"all\": []}");
    bool several = json_object_size(object) > 1;
    if (status == VAXDIR_OK && several)
        status = add(phase, VAXDIR_CONDITION_ALL, 0, &root);
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (status != VAXDIR_OK)
            return status;
        if (strcmp(key, "departments") == 0) {
            status = load_departments(phase, object);
            continue;
        }
        size_t before = vaxdir_load_enter(phase->loader, key);
        status = load_member(phase, key, value, depth - 1);
        if (status == VAXDIR_OK)
            vaxdir_load_leave(phase->loader, before);
    }
    if (status == VAXDIR_OK && several)
        close_subtree(phase, root);
    return status;
}

/* --- phases ------------------------------------------------------------------------------------------------------- */

/* The ages on whose birthday a condition may turn. */
static vaxdir_status collect_ages(vaxdir_loader *loader, const draft *drafted, vaxdir_phase *phase)
{
    bool turns[VAXDIR_AGE_MAX + 2] = {false};
    for (size_t i = 0; i < drafted->count; i++) {
        const vaxdir_condition *condition = &drafted->conditions[i];
        if (condition->kind == VAXDIR_CONDITION_AGE_FROM)
            turns[condition->value] = true;
        else if (condition->kind == VAXDIR_CONDITION_AGE_TO)
            turns[condition->value + 1] = true;
    }
    phase->ages = vaxdir_rules_allocate(loader->rules, sizeof turns, sizeof *phase->ages);
    if (phase->ages == NULL)
        return vaxdir_context_fail_memory(loader->context);
    for (size_t age = 0; age < sizeof turns / sizeof *turns; age++)
        if (turns[age])
            phase->ages[phase->age_count++] = (uint8_t)age;
    return VAXDIR_OK;
}

static vaxdir_status load_who(vaxdir_loader *loader, json_t *who, vaxdir_phase *phase)
{
    draft drafted = {.loader = loader, .count = 0};
    size_t before = vaxdir_load_enter(loader, "who");
    if (who == NULL)
        return vaxdir_load_fail(loader, "a phase says for whom it is; everybody is {\"all\": []}");
    vaxdir_status status = load_condition(&drafted, who, DEPTH_MAX);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_load_leave(loader, before);
    phase->who = vaxdir_rules_allocate(loader->rules, drafted.count, sizeof *phase->who);
    if (phase->who == NULL)
        return vaxdir_context_fail_memory(loader->context);
    memcpy(phase->who, drafted.conditions, drafted.count * sizeof *phase->who);
    return collect_ages(loader, &drafted, phase);
}

static vaxdir_status load_phase(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "id", "from", "until", "departments", "who", NULL};
    vaxdir_phase *phase = item;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_word(loader, value, "id", &phase->id);
    if (status == VAXDIR_OK)
        status = vaxdir_load_date(loader, value, "from", &phase->from);
    if (status == VAXDIR_OK && phase->from == 0)
        status = vaxdir_load_fail(loader, "a phase has a first day: \"from\": \"2021-01-18\"");
    if (status == VAXDIR_OK)
        status = vaxdir_load_date(loader, value, "until", &phase->until);
    if (status == VAXDIR_OK && phase->until != 0 && phase->until < phase->from)
        status = vaxdir_load_fail(loader, "the phase ends before it begins");
    if (status == VAXDIR_OK)
        status = vaxdir_load_departments(loader, value, "departments", &phase->departments);
    return status == VAXDIR_OK ? load_who(loader, json_object_get(value, "who"), phase) : status;
}

static vaxdir_status check_phases(vaxdir_loader *loader, const vaxdir_campaign *campaign)
{
    for (size_t i = 1; i < campaign->phase_count; i++)
        for (size_t k = 0; k < i; k++)
            if (vaxdir_slice_equal(campaign->phases[k].id, campaign->phases[i].id)) {
                vaxdir_load_enter(loader, "phases");
                vaxdir_load_enter_index(loader, i);
                vaxdir_load_enter(loader, "id");
                return vaxdir_load_fail(loader, "an earlier phase has this id");
            }
    return VAXDIR_OK;
}

/* --- facts and the rest ------------------------------------------------------------------------------------------- */

static int compare_facts(const void *a, const void *b)
{
    return vaxdir_slice_compare(((const vaxdir_fact *)a)->id, ((const vaxdir_fact *)b)->id);
}

static vaxdir_status load_fact(vaxdir_loader *loader, const char *id, json_t *value, vaxdir_fact *fact)
{
    static const char *const keys[] = {"note", "en", "fr", NULL};
    vaxdir_status status = vaxdir_load_copy(loader, id, strlen(id), &fact->id);
    if (status == VAXDIR_OK && !vaxdir_word_good(fact->id))
        status = vaxdir_load_fail(loader, "the name of a fact is 1 to 64 of a-z, 0-9 and -");
    if (status == VAXDIR_OK)
        status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "en", &fact->en);
    return status == VAXDIR_OK ? vaxdir_load_member(loader, value, "fr", &fact->fr) : status;
}

static vaxdir_status load_facts(vaxdir_loader *loader, json_t *facts, vaxdir_campaign *campaign)
{
    if (facts == NULL)
        return VAXDIR_OK;
    size_t before = vaxdir_load_enter(loader, "facts");
    if (!json_is_object(facts))
        return vaxdir_load_fail(loader, "write an object here: {\"nurse\": {\"en\": \"...\", \"fr\": \"...\"}}");
    if (json_object_size(facts) > VAXDIR_FACTS_MAX)
        return vaxdir_load_fail(loader, "a campaign has at most 64 facts");
    campaign->facts = vaxdir_rules_allocate(loader->rules, json_object_size(facts), sizeof *campaign->facts);
    if (campaign->facts == NULL)
        return vaxdir_context_fail_memory(loader->context);
    const char *id;
    json_t *value;
    json_object_foreach(facts, id, value)
    {
        size_t inside = vaxdir_load_enter(loader, id);
        vaxdir_status status = load_fact(loader, id, value, &campaign->facts[campaign->fact_count]);
        if (status != VAXDIR_OK)
            return status;
        campaign->fact_count++;
        vaxdir_load_leave(loader, inside);
    }
    if (campaign->fact_count > 1)
        qsort(campaign->facts, campaign->fact_count, sizeof *campaign->facts, compare_facts);
    vaxdir_load_leave(loader, before);
    return VAXDIR_OK;
}

static vaxdir_status load_reserved_fact(vaxdir_loader *loader, json_t *value, vaxdir_campaign *campaign)
{
    vaxdir_slice id;
    campaign->reserved_fact = -1;
    if (json_object_get(value, "reserved_fact") == NULL)
        return VAXDIR_OK;
    vaxdir_status status = vaxdir_load_member(loader, value, "reserved_fact", &id);
    if (status != VAXDIR_OK)
        return status;
    campaign->reserved_fact = vaxdir_campaign_fact(campaign, id);
    if (campaign->reserved_fact >= 0)
        return VAXDIR_OK;
    vaxdir_load_enter(loader, "reserved_fact");
    return vaxdir_load_fail(loader, "no fact of \"facts\" has this name");
}

static vaxdir_status load_reserved_word(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice *word = item;
    vaxdir_buffer folded = {&loader->rules->memory, NULL, 0, 0};
    (void)user;
    vaxdir_status status = vaxdir_load_string(loader, value, word);
    if (status != VAXDIR_OK)
        return status;
    bool good = vaxdir_text_fold(vaxdir_text_trim(*word), &folded);
    if (!good)
        status = vaxdir_context_fail_memory(loader->context);
    else if (folded.length == 0)
        status = vaxdir_load_fail(loader, "write a word here");
    else
        status = vaxdir_load_copy(loader, (const char *)folded.bytes, folded.length, word);
    vaxdir_buffer_free(&folded);
    return status;
}

vaxdir_status vaxdir_load_campaign(vaxdir_loader *loader, json_t *document)
{
    static const char *const keys[] = {"note", "name", "opens", "facts", "reserved_fact", "phases", NULL};
    vaxdir_rules *rules = loader->rules;
    json_t *value = json_object_get(document, "campaign");
    vaxdir_status status =
        vaxdir_load_list(loader, document, "reserved_words", WORDS_MAX, sizeof(vaxdir_slice), load_reserved_word, NULL,
                         &rules->reserved_words, &rules->reserved_word_count);
    if (status != VAXDIR_OK || value == NULL)
        return status;
    size_t before = vaxdir_load_enter(loader, "campaign");
    vaxdir_campaign *campaign = rules->campaign = vaxdir_rules_allocate(rules, 1, sizeof *campaign);
    if (campaign != NULL)
        campaign->vaccines = vaxdir_rules_allocate(rules, VACCINES_MAX, sizeof *campaign->vaccines);
    if (campaign == NULL || campaign->vaccines == NULL)
        return vaxdir_context_fail_memory(loader->context);
    status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK && json_object_get(value, "name") != NULL)
        status = vaxdir_load_member(loader, value, "name", &campaign->name);
    if (status == VAXDIR_OK)
        status = vaxdir_load_instant(loader, value, "opens", 0, &campaign->opens);
    if (status == VAXDIR_OK)
        status = load_facts(loader, json_object_get(value, "facts"), campaign);
    if (status == VAXDIR_OK)
        status = load_reserved_fact(loader, value, campaign);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "phases", VAXDIR_PHASES_MAX, sizeof(vaxdir_phase), load_phase, NULL,
                                  &campaign->phases, &campaign->phase_count);
    if (status == VAXDIR_OK)
        status = check_phases(loader, campaign);
    if (status == VAXDIR_OK)
        vaxdir_load_leave(loader, before);
    return status;
}
