/* route.c: the ladder of a centre: puts steps in order and computes nothing else. Invariant: a step shows only what the
 * edition judged fit to be shown; nothing of the visit enters one. */
#include <string.h>

#include <vaxdir/route.h>

#include "../base/context.h"
#include "../edition/edition.h"
#include "../edition/visit.h"

/* Web, two phones, walk-in, national line, word on the link, information page. */
enum { STEPS_MAX = 7 };

struct vaxdir_route {
    vaxdir_memory memory;
    uint32_t count;
    vaxdir_step steps[STEPS_MAX];
};

vaxdir_status vaxdir_route_new(vaxdir_context *context, vaxdir_route **ret_route)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_route == NULL)
        return vaxdir_context_fail_null(context, "ret_route");
    vaxdir_route *route = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *route);
    if (route == NULL)
        return vaxdir_context_fail_memory(context);
    route->memory = context->memory;
    *ret_route = route;
    return VAXDIR_OK;
}

vaxdir_route *vaxdir_route_unref(vaxdir_route *route)
{
    if (route != NULL) {
        vaxdir_memory memory = route->memory;
        vaxdir_memory_free(&memory, route, 1, sizeof *route);
    }
    return NULL;
}

uint32_t vaxdir_route_count(const vaxdir_route *route)
{
    return route == NULL ? 0 : route->count;
}

vaxdir_status vaxdir_route_step(vaxdir_context *context, const vaxdir_route *route, uint32_t index, vaxdir_step *step)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    if (step == NULL)
        return vaxdir_context_fail_null(context, "step");
    if (index >= route->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index %lu: the route has %lu steps",
                                   (unsigned long)index, (unsigned long)route->count);
    return vaxdir_context_write_struct(context, "vaxdir_step", &route->steps[index], sizeof(vaxdir_step),
                                       sizeof(vaxdir_step), step);
}

/* --- the ladder --------------------------------------------------------------------------------------------------- */

static vaxdir_step *add_step(vaxdir_route *route, int32_t kind, int32_t reason)
{
    vaxdir_step *step = &route->steps[route->count++];
    *step = (vaxdir_step){.struct_size = sizeof *step, .kind = kind, .state = VAXDIR_STATE_UNKNOWN, .reason = reason};
    return step;
}

static int32_t web_reason(const vaxdir_edition *edition, uint32_t row)
{
    static const struct {
        const char *page;
        int32_t reason;
    } pages[] = {
        {"centre", VAXDIR_STEP_REASON_PROVIDER_CENTRE},
        {"list", VAXDIR_STEP_REASON_PROVIDER_LIST},
        {"home", VAXDIR_STEP_REASON_PROVIDER_HOME},
    };
    if (vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER).bytes == NULL)
        return VAXDIR_STEP_REASON_UNKNOWN_SITE;
    vaxdir_slice page = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PAGE);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (vaxdir_slice_is(page, pages[i].page))
            return pages[i].reason;
    return VAXDIR_STEP_REASON_PROVIDER_OTHER;
}

static void add_web(vaxdir_route *route, const vaxdir_edition *edition, uint32_t row)
{
    const char *url = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_LINK_URL).bytes;
    if (url == NULL)
        return;
    vaxdir_step *step = add_step(route, VAXDIR_STEP_WEB, web_reason(edition, row));
    step->trust = edition->verdicts->rows[row].trust;
    step->url = url;
    step->provider = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER).bytes;
}

static void add_phones(vaxdir_route *route, const vaxdir_edition *edition, uint32_t row)
{
    static const vaxdir_field fields[] = {VAXDIR_FIELD_PHONE_NUMBER, VAXDIR_FIELD_PHONE_NUMBER_2};
    const char *national = vaxdir_rules_national_line(edition->rules);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *phone = vaxdir_edition_get_text(edition, row, fields[i]).bytes;
        /* Where a feed gives the national line as the centre's phone it is told as what it is, once. */
        if (phone != NULL && (national == NULL || strcmp(phone, national) != 0))
            add_step(route, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_CENTRE_PHONE)->phone = phone;
    }
}

/* The honest reason why there is no link, where the source holds something in its place. */
static void add_missing_link(vaxdir_route *route, const vaxdir_edition *edition, uint32_t row)
{
    const vaxdir_verdict_row *verdict = &edition->verdicts->rows[row];
    int32_t reason;
    if (verdict->url != 0)
        return;
    if (verdict->trust == VAXDIR_VERDICT_UNSAFE)
        reason = VAXDIR_STEP_REASON_LINK_UNSAFE;
    else if (verdict->trust == VAXDIR_VERDICT_UNKNOWN)
        reason = VAXDIR_STEP_REASON_LINK_INCOMPLETE;
    else if (verdict->reason == VAXDIR_LINK_REASON_WORD)
        reason = VAXDIR_STEP_REASON_LINK_WORD;
    else if (verdict->reason == VAXDIR_LINK_REASON_EMAIL)
        reason = VAXDIR_STEP_REASON_LINK_EMAIL;
    else if (verdict->reason == VAXDIR_LINK_REASON_PHONE)
        reason = VAXDIR_STEP_REASON_LINK_PHONE;
    else
        return;
    vaxdir_step *step = add_step(route, VAXDIR_STEP_INFO, reason);
    /* An unsafe link is never repeated, not even as text. */
    if (reason != VAXDIR_STEP_REASON_LINK_UNSAFE)
        step->detail = vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_BOOKING_URL).bytes;
}

static void fill_route(vaxdir_route *route, const vaxdir_edition *edition, uint32_t row)
{
    const char *national = vaxdir_rules_national_line(edition->rules);
    const char *information = vaxdir_rules_information_url(edition->rules);
    route->count = 0;
    if (row != VAXDIR_NO_ROW) {
        add_web(route, edition, row);
        add_phones(route, edition, row);
        if (vaxdir_registry_get_integer(edition->registry, row, VAXDIR_FIELD_BY_APPOINTMENT) == VAXDIR_NO)
            add_step(route, VAXDIR_STEP_WALK_IN, VAXDIR_STEP_REASON_WITHOUT_APPOINTMENT);
    }
    if (national != NULL)
        add_step(route, VAXDIR_STEP_PHONE, VAXDIR_STEP_REASON_NATIONAL_LINE)->phone = national;
    if (row != VAXDIR_NO_ROW)
        add_missing_link(route, edition, row);
    if (information != NULL)
        add_step(route, VAXDIR_STEP_INFO, VAXDIR_STEP_REASON_INFORMATION)->url = information;
}

vaxdir_status vaxdir_resolve(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                             const vaxdir_visit *visit, vaxdir_route *route)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (visit == NULL)
        return vaxdir_context_fail_null(context, "visit");
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    vaxdir_visit_known known;
    status = vaxdir_visit_read(context, edition, visit, &known);
    if (status != VAXDIR_OK)
        return status;
    if (row != VAXDIR_NO_ROW && row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    fill_route(route, edition, row);
    return VAXDIR_OK;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

const char *vaxdir_step_kind_name(int32_t kind)
{
    switch (kind) {
    case VAXDIR_STEP_WEB:
        return "web";
    case VAXDIR_STEP_PHONE:
        return "phone";
    case VAXDIR_STEP_WALK_IN:
        return "walk-in";
    case VAXDIR_STEP_INFO:
        return "info";
    default:
        return NULL;
    }
}
