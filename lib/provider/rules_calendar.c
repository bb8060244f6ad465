/* rules_calendar.c: the calendar of a rules document: windows in which booking is in a state, for a provider, for
 * départements, for centres, for all. Invariant: no two windows say something of one thing at one time. */
#include <stdlib.h>
#include <string.h>

#include <vaxdir/state.h>

#include "load.h"

enum { WINDOWS_MAX = 1000, CENTRES_MAX = 1000, PLACES_MAX = 50000, CENTRE_ID_MAX = 256 };

static vaxdir_status load_state(vaxdir_loader *loader, json_t *value, int32_t *ret_state)
{
    vaxdir_slice text;
    vaxdir_status status = vaxdir_load_member(loader, value, "state", &text);
    if (status != VAXDIR_OK)
        return status;
    for (int32_t state = VAXDIR_STATE_NOT_YET_OPEN; state <= VAXDIR_STATE_CLOSED; state++)
        if (vaxdir_slice_is(text, vaxdir_state_name(state))) {
            *ret_state = state;
            return VAXDIR_OK;
        }
    vaxdir_load_enter(loader, "state");
    return vaxdir_load_fail(loader, "the state is \"not-yet-open\", \"open\", \"degraded\", \"down\" or \"closed\"");
}

/* A provider of the document; `*ret_active` is false for one that the rules leave out. */
static vaxdir_status load_provider(vaxdir_loader *loader, json_t *document, json_t *window, int32_t *ret_provider,
                                   bool *ret_active)
{
    vaxdir_slice id;
    json_t *provider;
    size_t i;
    *ret_provider = VAXDIR_NO_PROVIDER;
    *ret_active = true;
    if (json_object_get(window, "provider") == NULL)
        return VAXDIR_OK;
    vaxdir_status status = vaxdir_load_member(loader, window, "provider", &id);
    if (status != VAXDIR_OK)
        return status;
    uint32_t number = vaxdir_rules_provider_index(loader->rules, id);
    if (number != UINT32_MAX) {
        *ret_provider = (int32_t)number;
        return VAXDIR_OK;
    }
    *ret_active = false;
    json_array_foreach(json_object_get(document, "providers"), i, provider)
    {
        if (strcmp(json_string_value(json_object_get(provider, "id")), id.bytes) == 0)
            return VAXDIR_OK;
    }
    vaxdir_load_enter(loader, "provider");
    return vaxdir_load_fail(loader, "no provider of \"providers\" has this id");
}

static vaxdir_status load_centre(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice *id = item;
    (void)user;
    vaxdir_status status = vaxdir_load_string(loader, value, id);
    if (status == VAXDIR_OK && id->length > CENTRE_ID_MAX)
        status = vaxdir_load_fail(loader, "the id of a centre has at most 256 bytes");
    return status;
}

static int compare_slices(const void *a, const void *b)
{
    return vaxdir_slice_compare(*(const vaxdir_slice *)a, *(const vaxdir_slice *)b);
}

static vaxdir_status load_places(vaxdir_loader *loader, json_t *value, vaxdir_window *window)
{
    vaxdir_slice *centres = NULL;
    vaxdir_status status = vaxdir_load_departments(loader, value, "departments", &window->departments);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "centres", CENTRES_MAX, sizeof *centres, load_centre, NULL, &centres,
                                  &window->centre_count);
    if (status != VAXDIR_OK)
        return status;
    if (window->departments.count > 0 && window->centre_count > 0)
        return vaxdir_load_fail(loader, "a window has \"departments\" or \"centres\", not both");
    if (window->centre_count == 0 && json_object_get(value, "centres") != NULL)
        return vaxdir_load_fail(loader, "\"centres\" names at least one, or is left out");
    if (window->centre_count > 1)
        qsort(centres, window->centre_count, sizeof *centres, compare_slices);
    window->centres = centres;
    return VAXDIR_OK;
}

/* Fills the next window of the calendar; those of providers that are left out are checked and left out, too. */
static vaxdir_status load_window(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "provider", "departments", "centres", "state", "from", "until", NULL};
    vaxdir_window *window = item;
    bool active = true;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = load_provider(loader, user, value, &window->provider, &active);
    if (status == VAXDIR_OK)
        status = load_state(loader, value, &window->state);
    if (status == VAXDIR_OK)
        status = load_places(loader, value, window);
    if (status == VAXDIR_OK)
        status = vaxdir_load_instant(loader, value, "from", INT64_MIN, &window->from);
    if (status == VAXDIR_OK)
        status = vaxdir_load_instant(loader, value, "until", INT64_MAX, &window->until);
    if (status == VAXDIR_OK && window->from >= window->until)
        status = vaxdir_load_fail(loader, "the window ends before it begins");
    if (!active)
        window->from = window->until; /* empty */
    return status;
}

static bool share_centre(const vaxdir_window *a, const vaxdir_window *b)
{
    for (size_t i = 0, k = 0; i < a->centre_count && k < b->centre_count;) {
        int order = vaxdir_slice_compare(a->centres[i], b->centres[k]);
        if (order == 0)
            return true;
        i += order < 0;
        k += order > 0;
    }
    return false;
}

static bool share_department(const vaxdir_window *a, const vaxdir_window *b)
{
    for (size_t i = 0, k = 0; i < a->departments.count && k < b->departments.count;) {
        uint32_t one = a->departments.items[i], two = b->departments.items[k];
        if (one == two)
            return true;
        i += one < two;
        k += one > two;
    }
    return false;
}

static bool everywhere(const vaxdir_window *window)
{
    return window->departments.count == 0 && window->centre_count == 0;
}

static bool contradict(const vaxdir_window *a, const vaxdir_window *b)
{
    return a->provider == b->provider && a->from < b->until && b->from < a->until &&
           ((everywhere(a) && everywhere(b)) || share_department(a, b) || share_centre(a, b));
}

static vaxdir_status check_windows(vaxdir_loader *loader, const vaxdir_calendar *calendar)
{
    size_t places = 0;
    vaxdir_load_enter(loader, "calendar");
    for (size_t i = 0; i < calendar->count; i++)
        places += calendar->windows[i].departments.count + calendar->windows[i].centre_count;
    if (places > PLACES_MAX)
        return vaxdir_load_fail(loader, "the windows name more than 50000 places");
    for (size_t i = 1; i < calendar->count; i++)
        for (size_t k = 0; k < i; k++)
            if (contradict(&calendar->windows[k], &calendar->windows[i])) {
                vaxdir_load_enter_index(loader, i);
                return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES,
                                           "the rules are refused at %s: it holds at the same time and for the same "
                                           "as /calendar/%lu",
                                           loader->place, (unsigned long)k);
            }
    vaxdir_load_leave(loader, 0);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_calendar(vaxdir_loader *loader, json_t *document)
{
    vaxdir_calendar *calendar = &loader->rules->calendar;
    vaxdir_status status = vaxdir_load_list(loader, document, "calendar", WINDOWS_MAX, sizeof(vaxdir_window),
                                            load_window, document, &calendar->windows, &calendar->count);
    return status == VAXDIR_OK ? check_windows(loader, calendar) : status;
}
