/* when.c: finding things in what the rules say of time. Invariant: nothing is allocated, and what is not there is UTC,
 * none or 0. */
#include "when.h"

#include <stdlib.h>
#include <string.h>

#include <vaxdir/state.h>

#include "campaign.h"
#include "model.h"

uint32_t vaxdir_department_code(vaxdir_slice text)
{
    uint32_t code = 0;
    if (text.length == 0 || text.length > 4)
        return 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            return 0;
        code = code << 8 | (unsigned char)c;
    }
    return code;
}

bool vaxdir_codes_have(const vaxdir_codes *codes, uint32_t code)
{
    size_t low = 0, high = codes->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (codes->items[middle] < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < codes->count && codes->items[low] == code;
}

/* The longest INSEE prefix wins, any of them before the département. */
uint8_t vaxdir_rules_zone_number(const vaxdir_rules *rules, vaxdir_slice insee, vaxdir_slice department)
{
    const vaxdir_zones *zones = &rules->zones;
    uint32_t code = vaxdir_department_code(department);
    uint8_t found = zones->otherwise;
    size_t longest = 0;
    for (size_t i = 0; i < zones->place_count; i++) {
        const vaxdir_zone_place *place = &zones->places[i];
        if (place->department != 0 ? place->department == code && longest == 0
                                   : place->insee.length > longest && place->insee.length <= insee.length &&
                                         memcmp(place->insee.bytes, insee.bytes, place->insee.length) == 0) {
            found = place->zone;
            longest = place->insee.length;
        }
    }
    return found;
}

const vaxdir_zone *vaxdir_rules_zone_numbered(const vaxdir_rules *rules, uint8_t number)
{
    return number == 0 || number > rules->zones.count ? NULL : &rules->zones.zones[number - 1];
}

const vaxdir_zone *vaxdir_rules_zone(const vaxdir_rules *rules, vaxdir_slice insee, vaxdir_slice department)
{
    return vaxdir_rules_zone_numbered(rules, vaxdir_rules_zone_number(rules, insee, department));
}

const vaxdir_calendar *vaxdir_rules_calendar(const vaxdir_rules *rules)
{
    return &rules->calendar;
}

uint32_t vaxdir_rules_provider_index(const vaxdir_rules *rules, vaxdir_slice id)
{
    const vaxdir_provider *provider = vaxdir_rules_find(rules, id);
    return provider == NULL ? UINT32_MAX : (uint32_t)(provider - rules->providers);
}

const vaxdir_campaign *vaxdir_rules_campaign(const vaxdir_rules *rules)
{
    return rules->campaign;
}

const vaxdir_slice *vaxdir_rules_reserved_words(const vaxdir_rules *rules, size_t *ret_count)
{
    *ret_count = rules->reserved_word_count;
    return rules->reserved_words;
}

static int compare_fact(const void *key, const void *fact)
{
    return vaxdir_slice_compare(*(const vaxdir_slice *)key, ((const vaxdir_fact *)fact)->id);
}

int32_t vaxdir_campaign_fact(const vaxdir_campaign *campaign, vaxdir_slice id)
{
    if (campaign->fact_count == 0)
        return -1;
    const vaxdir_fact *fact = bsearch(&id, campaign->facts, campaign->fact_count, sizeof *fact, compare_fact);
    return fact == NULL ? -1 : (int32_t)(fact - campaign->facts);
}

int32_t vaxdir_campaign_vaccine(const vaxdir_campaign *campaign, vaxdir_slice id)
{
    for (size_t i = 0; i < campaign->vaccine_count; i++)
        if (vaxdir_slice_equal(campaign->vaccines[i], id))
            return (int32_t)i;
    return -1;
}

bool vaxdir_word_good(vaxdir_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return text.length > 0 && text.length <= VAXDIR_WORD_MAX;
}

const char *vaxdir_state_name(int32_t state)
{
    static const char *const names[] = {"unknown", "not-yet-open", "open", "degraded", "down", "closed"};
    return state < 0 || state > VAXDIR_STATE_CLOSED ? NULL : names[state];
}

/* --- facts for frontends ------------------------------------------------------------------------------------------ */

uint32_t vaxdir_rules_fact_count(const vaxdir_rules *rules)
{
    return rules == NULL || rules->campaign == NULL ? 0 : (uint32_t)rules->campaign->fact_count;
}

vaxdir_status vaxdir_rules_fact(vaxdir_context *context, const vaxdir_rules *rules, uint32_t index,
                                const char *language, const char **ret_id, const char **ret_label)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (rules == NULL)
        return vaxdir_context_fail_null(context, "rules");
    if (language == NULL)
        return vaxdir_context_fail_null(context, "language");
    if (index >= vaxdir_rules_fact_count(rules))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "index is %lu: give one below vaxdir_rules_fact_count(), which is %lu",
                                   (unsigned long)index, (unsigned long)vaxdir_rules_fact_count(rules));
    bool french = strcmp(language, "fr") == 0;
    if (!french && strcmp(language, "en") != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "language must be \"fr\" or \"en\"");
    const vaxdir_fact *fact = &rules->campaign->facts[index];
    if (ret_id != NULL)
        *ret_id = fact->id.bytes;
    if (ret_label != NULL)
        *ret_label = french ? fact->fr.bytes : fact->en.bytes;
    return VAXDIR_OK;
}
