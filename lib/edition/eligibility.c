/* eligibility.c: the campaign as one answer: yes if a phase that holds says yes, unknown if one is undecided, else no.
 * Invariant: an answer follows from the visit, the place and the date alone, so that more facts never undo it. */
#include "eligibility.h"

#include <string.h>

#include "conditions.h"

static vaxdir_truth phase_says(const vaxdir_phase *phase, const vaxdir_asked *asked, int32_t date)
{
    if (date < phase->from || (phase->until != 0 && date > phase->until))
        return VAXDIR_TRUTH_NO;
    vaxdir_truth place = vaxdir_codes_say(&phase->departments, asked->department);
    return place == VAXDIR_TRUTH_NO ? place : vaxdir_truth_and(place, vaxdir_condition_say(phase->who, asked, date));
}

/* Whether the person may go to the place at all: only a reserved one asks for something. */
static vaxdir_truth place_says(const vaxdir_edition *edition, uint32_t row, const vaxdir_campaign *campaign,
                               const vaxdir_asked *asked)
{
    if (row >= edition->registry->count ||
        vaxdir_registry_get_integer(edition->registry, row, VAXDIR_FIELD_RESERVED) != VAXDIR_YES)
        return VAXDIR_TRUTH_YES;
    return campaign->reserved_fact < 0 ? VAXDIR_TRUTH_UNKNOWN : vaxdir_fact_say(asked, campaign->reserved_fact);
}

/* What each phase says on a day, asked once; phases after a yes that nothing outlasts are not asked. */
typedef struct poll {
    vaxdir_truth truth;
    size_t asked; /* how many phases */
    uint8_t truths[VAXDIR_PHASES_MAX];
} poll;

static void take_poll(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t date, poll *taken)
{
    taken->truth = VAXDIR_TRUTH_NO;
    for (taken->asked = 0; taken->asked < campaign->phase_count; taken->asked++) {
        const vaxdir_phase *phase = &campaign->phases[taken->asked];
        vaxdir_truth says = phase_says(phase, asked, date);
        taken->truths[taken->asked] = (uint8_t)says;
        taken->truth = vaxdir_truth_or(taken->truth, says);
        if (says == VAXDIR_TRUTH_YES && phase->until == 0) {
            taken->asked++;
            return;
        }
    }
}

/* --- the date of a later yes -------------------------------------------------------------------------------------- */

/* The day on which somebody completes a year of life: who was born on 29 February does on 1 March of a common year. */
static int32_t birthday(int32_t birth_date, int32_t age)
{
    int32_t date = birth_date + age * 10000;
    if (date > 99991231)
        return 0;
    return vaxdir_date_valid(date) ? date : date / 10000 * 10000 + 301;
}

/* The first date after `today` on which a phase says yes, everything else unchanged: its first day or a birthday. */
static int32_t phase_begins(const vaxdir_phase *phase, const vaxdir_asked *asked, int32_t today)
{
    if (today < phase->from && phase_says(phase, asked, phase->from) == VAXDIR_TRUTH_YES)
        return phase->from;
    for (size_t i = 0; asked->birth_date != 0 && i < phase->age_count; i++) {
        int32_t date = birthday(asked->birth_date, phase->ages[i]);
        if (date > today && date > phase->from && phase_says(phase, asked, date) == VAXDIR_TRUTH_YES)
            return date;
    }
    return 0;
}

static void tell_later_yes(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t today,
                           vaxdir_eligibility *answer)
{
    for (size_t i = 0; i < campaign->phase_count; i++) {
        const vaxdir_phase *phase = &campaign->phases[i];
        if (answer->yes_from != 0 && phase->from >= answer->yes_from)
            continue;
        int32_t date = phase_begins(phase, asked, today);
        if (date != 0 && (answer->yes_from == 0 || date < answer->yes_from)) {
            answer->yes_from = date;
            answer->phase = phase->id.bytes;
        }
    }
}

/* --- what is missing ---------------------------------------------------------------------------------------------- */

static const char *missing_name(const vaxdir_campaign *campaign, unsigned number)
{
    static const char *const names[] = {"birth-date", "vaccine", "dose", "department"};
    return number < VAXDIR_FACTS_MAX ? campaign->facts[number].id.bytes : names[number - VAXDIR_FACTS_MAX];
}

typedef struct missing {
    vaxdir_missing set;
    uint32_t count;
    unsigned first; /* number of what to ask first */
} missing;

/* Whether somebody of whom one thing more is true is told yes; only what was undecided can be. */
static bool settles(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t date, const poll *taken,
                    unsigned fact)
{
    vaxdir_asked other = *asked;
    other.yes |= UINT64_C(1) << fact;
    for (size_t i = 0; i < taken->asked; i++)
        if (taken->truths[i] == VAXDIR_TRUTH_YES ||
            (taken->truths[i] == VAXDIR_TRUTH_UNKNOWN &&
             phase_says(&campaign->phases[i], &other, date) == VAXDIR_TRUTH_YES))
            return true;
    return false;
}

/* A birth date is asked for first, because most phases turn on it; then the first fact that could settle it alone; then
 * what was found first. */
static unsigned choose_first(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t date,
                             const poll *taken, const vaxdir_missing *set)
{
    if (set->others & VAXDIR_MISSING_BIRTH_DATE)
        return VAXDIR_FACTS_MAX;
    for (size_t i = 0; i < set->ordered_count; i++)
        if (settles(campaign, asked, date, taken, set->ordered[i]))
            return set->ordered[i];
    if (set->ordered_count > 0)
        return set->ordered[0];
    for (unsigned i = 0; i < VAXDIR_MISSING_OTHERS; i++)
        if (set->others & 1u << i)
            return VAXDIR_FACTS_MAX + i;
    return UINT32_MAX; /* a reserved place, and no fact that the rules name for it */
}

/* Whether a phase asks for something that the person has said to be true: the likeliest to be theirs. */
static bool meets(const vaxdir_phase *phase, const vaxdir_asked *asked)
{
    for (uint32_t i = 0; i < phase->who->size; i++)
        if (phase->who[i].kind == VAXDIR_CONDITION_FACT && (asked->yes >> phase->who[i].value & 1) != 0)
            return true;
    return false;
}

/* The undecided phases in the order in which they are asked about. */
static const vaxdir_phase *next_undecided(const vaxdir_campaign *campaign, const vaxdir_asked *asked, const poll *taken,
                                          size_t *at)
{
    for (; *at < 2 * campaign->phase_count; ++*at) {
        size_t number = *at % campaign->phase_count;
        const vaxdir_phase *phase = &campaign->phases[number];
        if (taken->truths[number] == VAXDIR_TRUTH_UNKNOWN && meets(phase, asked) == (*at < campaign->phase_count)) {
            ++*at;
            return phase;
        }
    }
    return NULL;
}

static missing find_missing(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t date,
                            vaxdir_truth place, const poll *taken)
{
    missing found = {.count = 0};
    bool yes_but_for_place = taken->truth == VAXDIR_TRUTH_YES;
    const vaxdir_phase *phase;
    if (place == VAXDIR_TRUTH_UNKNOWN && campaign->reserved_fact >= 0)
        vaxdir_missing_add_fact(&found.set, (unsigned)campaign->reserved_fact);
    for (size_t at = 0; !yes_but_for_place && (phase = next_undecided(campaign, asked, taken, &at)) != NULL;) {
        if (vaxdir_codes_say(&phase->departments, asked->department) == VAXDIR_TRUTH_UNKNOWN)
            found.set.others |= VAXDIR_MISSING_DEPARTMENT;
        vaxdir_missing_collect(phase->who, asked, date, &found.set);
    }
    found.count = (uint32_t)found.set.ordered_count;
    for (unsigned i = 0; i < VAXDIR_MISSING_OTHERS; i++)
        found.count += found.set.others >> i & 1;
    found.first = choose_first(campaign, asked, date, taken, &found.set);
    return found;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static void tell_yes(const vaxdir_campaign *campaign, const poll *taken, vaxdir_eligibility *answer)
{
    const vaxdir_phase *longest = NULL;
    for (size_t i = 0; i < taken->asked; i++) {
        const vaxdir_phase *phase = &campaign->phases[i];
        if (taken->truths[i] == VAXDIR_TRUTH_YES &&
            (longest == NULL || (longest->until != 0 && (phase->until == 0 || phase->until > longest->until))))
            longest = phase;
    }
    if (longest == NULL)
        return;
    answer->phase = longest->id.bytes;
    answer->yes_until = longest->until;
}

static void tell_unknown(const vaxdir_campaign *campaign, const vaxdir_asked *asked, int32_t date, vaxdir_truth place,
                         const poll *taken, vaxdir_eligibility *answer)
{
    missing found = find_missing(campaign, asked, date, place, taken);
    size_t at = 0;
    answer->missing_count = found.count;
    answer->missing = found.count == 0 ? NULL : missing_name(campaign, found.first);
    if (taken->truth == VAXDIR_TRUTH_YES) { /* it is the place that is undecided */
        tell_yes(campaign, taken, answer);
        answer->yes_until = 0;
    } else {
        answer->phase = next_undecided(campaign, asked, taken, &at)->id.bytes;
    }
}

static vaxdir_asked asked_of(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit)
{
    return (vaxdir_asked){.birth_date = visit->birth_date,
                          .dose = visit->dose,
                          .vaccine = visit->vaccine,
                          .department = vaxdir_edition_department(edition, row),
                          .yes = visit->yes,
                          .no = visit->no};
}

void vaxdir_edition_eligible(const vaxdir_edition *edition, uint32_t row, const vaxdir_visit_known *visit,
                             int32_t local_date, vaxdir_eligibility *ret_eligibility)
{
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    *ret_eligibility = (vaxdir_eligibility)VAXDIR_ELIGIBILITY_INIT;
    if (row < edition->registry->count && edition->hints[row])
        ret_eligibility->hint = VAXDIR_ELIGIBILITY_HINT_RESERVED_WORD;
    if (campaign == NULL)
        return;
    vaxdir_asked asked = asked_of(edition, row, visit);
    vaxdir_truth place = place_says(edition, row, campaign, &asked);
    poll taken;
    take_poll(campaign, &asked, local_date, &taken);
    switch (vaxdir_truth_and(place, taken.truth)) {
    case VAXDIR_TRUTH_YES:
        ret_eligibility->answer = VAXDIR_ELIGIBILITY_YES;
        tell_yes(campaign, &taken, ret_eligibility);
        break;
    case VAXDIR_TRUTH_UNKNOWN:
        ret_eligibility->answer = VAXDIR_ELIGIBILITY_UNKNOWN;
        tell_unknown(campaign, &asked, local_date, place, &taken, ret_eligibility);
        break;
    default:
        ret_eligibility->answer = VAXDIR_ELIGIBILITY_NO;
        if (place == VAXDIR_TRUTH_YES)
            tell_later_yes(campaign, &asked, local_date, ret_eligibility);
        break;
    }
}

bool vaxdir_edition_phase_begins(const vaxdir_edition *edition, int32_t date)
{
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    for (size_t i = 0; campaign != NULL && i < campaign->phase_count; i++)
        if (campaign->phases[i].from == date)
            return true;
    return false;
}

/* --- public calls ------------------------------------------------------------------------------------------------- */

static vaxdir_status begin(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                           const vaxdir_visit *visit, vaxdir_visit_known *known)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (visit == NULL)
        return vaxdir_context_fail_null(context, "visit");
    if (row != VAXDIR_NO_ROW && row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    return vaxdir_visit_read(context, edition, visit, known);
}

vaxdir_status vaxdir_eligible(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                              const vaxdir_visit *visit, vaxdir_eligibility *ret_eligibility)
{
    vaxdir_visit_known known;
    vaxdir_eligibility answer;
    vaxdir_status status = begin(context, edition, row, visit, &known);
    if (status != VAXDIR_OK)
        return status;
    if (ret_eligibility == NULL)
        return vaxdir_context_fail_null(context, "ret_eligibility");
    vaxdir_edition_eligible(edition, row, &known, vaxdir_visit_local_date(edition, row, &known), &answer);
    return vaxdir_context_write_struct(context, "vaxdir_eligibility", &answer, sizeof answer, sizeof answer,
                                       ret_eligibility);
}

/* The names in the order in which they are told: what to ask first, then facts, then the rest. */
static const char *name_at(const vaxdir_campaign *campaign, const missing *found, uint32_t index)
{
    if (index == 0)
        return missing_name(campaign, found->first);
    for (unsigned i = 0; i < found->set.ordered_count; i++)
        if (found->set.ordered[i] != found->first && --index == 0)
            return missing_name(campaign, found->set.ordered[i]);
    for (unsigned i = 0; i < VAXDIR_MISSING_OTHERS; i++)
        if ((found->set.others >> i & 1) != 0 && VAXDIR_FACTS_MAX + i != found->first && --index == 0)
            return missing_name(campaign, VAXDIR_FACTS_MAX + i);
    return NULL;
}

vaxdir_status vaxdir_eligibility_missing(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                         const vaxdir_visit *visit, uint32_t index, const char **ret_name)
{
    vaxdir_visit_known known;
    vaxdir_eligibility answer;
    vaxdir_status status = begin(context, edition, row, visit, &known);
    if (status != VAXDIR_OK)
        return status;
    if (ret_name == NULL)
        return vaxdir_context_fail_null(context, "ret_name");
    int32_t date = vaxdir_visit_local_date(edition, row, &known);
    vaxdir_edition_eligible(edition, row, &known, date, &answer);
    if (index >= answer.missing_count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "index is %lu: give one below missing_count of vaxdir_eligible(), which is %lu",
                                   (unsigned long)index, (unsigned long)answer.missing_count);
    const vaxdir_campaign *campaign = vaxdir_rules_campaign(edition->rules);
    vaxdir_asked asked = asked_of(edition, row, &known);
    poll taken;
    take_poll(campaign, &asked, date, &taken);
    missing found = find_missing(campaign, &asked, date, place_says(edition, row, campaign, &asked), &taken);
    *ret_name = name_at(campaign, &found, index);
    return VAXDIR_OK;
}

const char *vaxdir_eligibility_name(int32_t answer)
{
    static const char *const names[] = {"not-stated", "yes", "no", "unknown"};
    return answer < 0 || answer > VAXDIR_ELIGIBILITY_UNKNOWN ? NULL : names[answer];
}
