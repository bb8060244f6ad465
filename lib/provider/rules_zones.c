/* rules_zones.c: the time zones of a rules document and where they hold. Invariant: every place has one zone, and every
 * zone a rule for any instant. */
#include <string.h>

#include "load.h"

enum { ZONES_MAX = 250, RULES_MAX = 64, PLACES_MAX = 1000 };

static vaxdir_status load_rule(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "posix", "until", NULL};
    vaxdir_zone_rule *rule = item;
    vaxdir_slice text = {NULL, 0};
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = vaxdir_load_member(loader, value, "posix", &text);
    if (status != VAXDIR_OK)
        return status;
    const char *wrong = vaxdir_zone_rule_parse(text, rule);
    if (wrong != NULL) {
        vaxdir_load_enter(loader, "posix");
        return vaxdir_load_fail(loader, wrong);
    }
    return vaxdir_load_instant(loader, value, "until", INT64_MAX, &rule->until);
}

static vaxdir_status load_zone(vaxdir_loader *loader, json_t *zones, const char *name, vaxdir_zone *zone)
{
    vaxdir_slice copy = {NULL, 0};
    vaxdir_zone_rule *rules = NULL;
    vaxdir_status status = vaxdir_load_copy(loader, name, strlen(name), &copy);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, zones, name, RULES_MAX, sizeof *rules, load_rule, NULL, &rules, &zone->count);
    if (status != VAXDIR_OK)
        return status;
    size_t before = vaxdir_load_enter(loader, name);
    if (zone->count == 0)
        return vaxdir_load_fail(loader, "a zone has at least one rule: [{\"posix\": \"CET-1CEST,M3.5.0,M10.5.0/3\"}]");
    for (size_t i = 0; i < zone->count; i++) {
        bool last = i + 1 == zone->count;
        if (last != (rules[i].until == INT64_MAX) || (i > 0 && rules[i].until <= rules[i - 1].until)) {
            vaxdir_load_enter_index(loader, i);
            return vaxdir_load_fail(loader, "rules stand in the order of time, each but the last with \"until\"");
        }
    }
    vaxdir_load_leave(loader, before);
    zone->name = copy.bytes;
    zone->rules = rules;
    return VAXDIR_OK;
}

static vaxdir_status load_all(vaxdir_loader *loader, json_t *zones)
{
    vaxdir_zones *made = &loader->rules->zones;
    size_t before = vaxdir_load_enter(loader, "zones");
    if (!json_is_object(zones))
        return vaxdir_load_fail(loader, "write an object here: {\"name\": [{\"posix\": \"...\"}]}");
    if (json_object_size(zones) > ZONES_MAX)
        return vaxdir_load_fail(loader, "there are more than 250 zones");
    made->zones = vaxdir_rules_allocate(loader->rules, json_object_size(zones), sizeof *made->zones);
    if (made->zones == NULL)
        return vaxdir_context_fail_memory(loader->context);
    const char *name;
    json_t *value;
    json_object_foreach(zones, name, value)
    {
        vaxdir_status status = load_zone(loader, zones, name, &made->zones[made->count]);
        if (status != VAXDIR_OK)
            return status;
        made->count++;
    }
    vaxdir_load_leave(loader, before);
    return VAXDIR_OK;
}

static vaxdir_status load_reference(vaxdir_loader *loader, json_t *object, const char *key, uint8_t *ret_zone)
{
    const vaxdir_zones *zones = &loader->rules->zones;
    vaxdir_slice name;
    vaxdir_status status = vaxdir_load_member(loader, object, key, &name);
    if (status != VAXDIR_OK)
        return status;
    for (size_t i = 0; i < zones->count; i++)
        if (vaxdir_slice_is(name, zones->zones[i].name)) {
            *ret_zone = (uint8_t)(i + 1);
            return VAXDIR_OK;
        }
    vaxdir_load_enter(loader, key);
    return vaxdir_load_fail(loader, "no zone of \"zones\" has this name");
}

/* Adds a place, which no territory before may have. */
static vaxdir_status add_place(vaxdir_loader *loader, vaxdir_zone_place place)
{
    vaxdir_zones *zones = &loader->rules->zones;
    for (size_t i = 0; i < zones->place_count; i++)
        if (zones->places[i].department == place.department && vaxdir_slice_equal(zones->places[i].insee, place.insee))
            return vaxdir_load_fail(loader, "an earlier territory has this place");
    if (zones->place_count == PLACES_MAX)
        return vaxdir_load_fail(loader, "the territories name more than 1000 places");
    zones->places[zones->place_count++] = place;
    return VAXDIR_OK;
}

static vaxdir_status load_insee_place(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    const vaxdir_slice *insee = item;
    const uint8_t *zone = user;
    vaxdir_status status = vaxdir_load_insee(loader, value, NULL, item);
    return status == VAXDIR_OK ? add_place(loader, (vaxdir_zone_place){*insee, 0, *zone}) : status;
}

static vaxdir_status load_territory(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "insee", "departments", "zone", NULL};
    vaxdir_codes departments = {NULL, 0};
    vaxdir_slice *insee = NULL;
    size_t insee_count = 0;
    uint8_t zone = 0;
    (void)user;
    (void)item;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = load_reference(loader, value, "zone", &zone);
    if (status == VAXDIR_OK)
        status = vaxdir_load_departments(loader, value, "departments", &departments);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "insee", PLACES_MAX, sizeof *insee, load_insee_place, &zone, &insee,
                                  &insee_count);
    for (size_t i = 0; status == VAXDIR_OK && i < departments.count; i++)
        status = add_place(loader, (vaxdir_zone_place){{NULL, 0}, departments.items[i], zone});
    if (status == VAXDIR_OK && departments.count == 0 && insee_count == 0)
        status = vaxdir_load_fail(loader, "a territory has \"departments\" or \"insee\"");
    return status;
}

vaxdir_status vaxdir_load_zones(vaxdir_loader *loader, json_t *document)
{
    vaxdir_zones *zones = &loader->rules->zones;
    json_t *given = json_object_get(document, "zones");
    unsigned char *none;
    size_t count;
    vaxdir_status status = given == NULL ? VAXDIR_OK : load_all(loader, given);
    if (status == VAXDIR_OK && json_object_get(document, "default_zone") != NULL)
        status = load_reference(loader, document, "default_zone", &zones->otherwise);
    if (status != VAXDIR_OK)
        return status;
    zones->places = vaxdir_rules_allocate(loader->rules, PLACES_MAX, sizeof *zones->places);
    if (zones->places == NULL)
        return vaxdir_context_fail_memory(loader->context);
    return vaxdir_load_list(loader, document, "territories", PLACES_MAX, 1, load_territory, NULL, &none, &count);
}
