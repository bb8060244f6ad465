/* say.c: a ladder in words. Invariant: a sentence holds what its step holds and times of the centre's place, one line a
 * step; nothing of the visit. */
#include <vaxdir/text.h>

#include "../edition/state.h"
#include "../provider/phone_pairs.h"
#include "route.h"
#include "text.h"
#include "words.h"

enum { SAY_FLAGS = VAXDIR_SAY_PHONE_FIRST | VAXDIR_SAY_SPOKEN };

typedef struct saying {
    const vaxdir_route *route;
    bool french;
    uint32_t flags;
    vaxdir_writer to;
} saying;

/* A time that sentences say as the begin of something needs no hour at midnight; an end does. */
static vaxdir_words_hour until_hour(int32_t state)
{
    bool ends = state == VAXDIR_STATE_OPEN || state == VAXDIR_STATE_DEGRADED;
    return ends ? VAXDIR_WORDS_HOUR_ALWAYS : VAXDIR_WORDS_HOUR_NOT_AT_MIDNIGHT;
}

static void say_step(saying *said, const vaxdir_zone *zone, const vaxdir_step *step)
{
    char number[VAXDIR_PHONE_PAIRS_SIZE], since[VAXDIR_WORDS_SIZE], until[VAXDIR_WORDS_SIZE];
    const vaxdir_rules *rules = said->route->edition->rules;
    bool spoken = (said->flags & VAXDIR_SAY_SPOKEN) != 0;
    const char *target = step->url != NULL && !spoken ? step->url : step->phone;
    if (step->phone != NULL && spoken) {
        vaxdir_phone_pairs(rules, step->phone, number);
        target = number;
    }
    const char *name =
        step->provider == NULL ? NULL : vaxdir_rules_provider_name(rules, vaxdir_slice_of(step->provider));
    if (step->since != 0)
        vaxdir_words_instant(zone, step->since, said->french, VAXDIR_WORDS_HOUR_NOT_AT_MIDNIGHT, since);
    if (step->until != 0)
        vaxdir_words_instant(zone, step->until, said->french, until_hour(step->state), until);
    const char *const parameters[] = {name == NULL ? step->provider : name, target, step->detail,
                                      step->since == 0 ? NULL : since, step->until == 0 ? NULL : until};
    (void)vaxdir_text_write(&said->to, VAXDIR_TEXT_STEP_REASON, step->reason, said->french, parameters, 5);
    /* The sentences of information tell of their state themselves. */
    if (step->state == VAXDIR_STATE_UNKNOWN || step->kind == VAXDIR_STEP_INFO)
        return;
    vaxdir_writer_add(&said->to, " (");
    (void)vaxdir_text_write(&said->to, VAXDIR_TEXT_STATE, step->state, said->french, parameters + 3, 2);
    vaxdir_writer_add(&said->to, ")");
}

/* --- the order ---------------------------------------------------------------------------------------------------- */

/* In how many rounds a ladder is said phone first, and in which one a step. */
enum { ROUND_OBSTACLES, ROUND_PHONES, ROUND_WALK_IN, ROUND_REST, ROUNDS };

static int round_of(const vaxdir_step *step, uint32_t row)
{
    switch (step->kind) {
    case VAXDIR_STEP_PHONE:
        return ROUND_PHONES;
    case VAXDIR_STEP_WALK_IN:
        return ROUND_WALK_IN;
    default:
        break;
    }
    switch (step->reason) {
    case VAXDIR_STEP_REASON_NOT_ELIGIBLE:
    case VAXDIR_STEP_REASON_CENTRE_CLOSED:
    case VAXDIR_STEP_REASON_CENTRE_OPENS:
    case VAXDIR_STEP_REASON_CAMPAIGN_OPENS:
        return ROUND_OBSTACLES;
    case VAXDIR_STEP_REASON_PROVIDER_CLOSED:
        return row == VAXDIR_NO_ROW ? ROUND_OBSTACLES : ROUND_REST;
    default:
        return ROUND_REST;
    }
}

static void say_ladder(saying *said, uint32_t ladder)
{
    const vaxdir_route *route = said->route;
    uint32_t row = route->ladders[ladder].row;
    const vaxdir_zone *zone = vaxdir_edition_zone(route->edition, row);
    bool phone_first = (said->flags & VAXDIR_SAY_PHONE_FIRST) != 0;
    for (int round = 0; round < (phone_first ? ROUNDS : 1); round++)
        for (uint32_t i = route->offsets[ladder]; i < route->offsets[ladder + 1]; i++) {
            const vaxdir_step *step = &route->steps[i];
            if (phone_first && round_of(step, row) != round)
                continue;
            if (said->to.length != 0)
                vaxdir_writer_add(&said->to, "\n");
            say_step(said, zone, step);
        }
}

/* The ladder that a step belongs to. */
static uint32_t ladder_of(const vaxdir_route *route, uint32_t index)
{
    uint32_t low = 0, high = route->ladder_count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (route->offsets[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* --- the calls ---------------------------------------------------------------------------------------------------- */

static vaxdir_status begin(vaxdir_context *context, const vaxdir_route *route, const char *what, uint32_t index,
                           uint32_t count, const char *language, char *buffer, size_t capacity, saying *said)
{
    if (route == NULL)
        return vaxdir_context_fail_null(context, "route");
    if (index >= count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s %lu: the route has %lu", what,
                                   (unsigned long)index, (unsigned long)count);
    if ((said->flags & ~(uint32_t)SAY_FLAGS) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "flags: only VAXDIR_SAY_PHONE_FIRST and VAXDIR_SAY_SPOKEN are known");
    said->route = route;
    said->to = (vaxdir_writer){buffer, capacity, 0, true};
    return vaxdir_text_check(context, language, buffer, capacity, &said->french);
}

static vaxdir_status end(const saying *said, size_t *ret_length)
{
    vaxdir_writer_end(&said->to);
    if (ret_length != NULL)
        *ret_length = said->to.length;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_route_step_text(vaxdir_context *context, const vaxdir_route *route, uint32_t index,
                                     const char *language, uint32_t flags, char *buffer, size_t capacity,
                                     size_t *ret_length)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    saying said = {.flags = flags};
    status = begin(context, route, "step", index, vaxdir_route_count(route), language, buffer, capacity, &said);
    if (status != VAXDIR_OK)
        return status;
    uint32_t row = route->ladders[ladder_of(route, index)].row;
    say_step(&said, vaxdir_edition_zone(route->edition, row), &route->steps[index]);
    return end(&said, ret_length);
}

vaxdir_status vaxdir_route_say(vaxdir_context *context, const vaxdir_route *route, uint32_t ladder,
                               const char *language, uint32_t flags, char *buffer, size_t capacity, size_t *ret_length)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    saying said = {.flags = flags};
    status = begin(context, route, "ladder", ladder, vaxdir_route_ladders(route), language, buffer, capacity, &said);
    if (status != VAXDIR_OK)
        return status;
    say_ladder(&said, ladder);
    return end(&said, ret_length);
}
