/* conditions.c: see conditions.h. Recursion ends with the nesting that the rules allow, 16. */
#include "conditions.h"

#include <string.h>

static vaxdir_truth truth_of(bool holds)
{
    return holds ? VAXDIR_TRUTH_YES : VAXDIR_TRUTH_NO;
}

vaxdir_truth vaxdir_codes_say(const vaxdir_codes *codes, uint32_t department)
{
    if (codes->count == 0)
        return VAXDIR_TRUTH_YES;
    return department == 0 ? VAXDIR_TRUTH_UNKNOWN : truth_of(vaxdir_codes_have(codes, department));
}

vaxdir_truth vaxdir_fact_say(const vaxdir_asked *asked, int32_t fact)
{
    if (asked->yes >> fact & 1)
        return VAXDIR_TRUTH_YES;
    return asked->no >> fact & 1 ? VAXDIR_TRUTH_NO : VAXDIR_TRUTH_UNKNOWN;
}

/* Completed years. Who was born on 29 February completes one on 1 March of a common year: 0301 is not before 0229. */
static int32_t age_on(int32_t birth_date, int32_t date)
{
    return date / 10000 - birth_date / 10000 - (date % 10000 < birth_date % 10000);
}

static vaxdir_truth leaf_says(const vaxdir_condition *condition, const vaxdir_asked *asked, int32_t date)
{
    int32_t value = condition->value;
    switch (condition->kind) {
    case VAXDIR_CONDITION_FACT:
        return vaxdir_fact_say(asked, value);
    case VAXDIR_CONDITION_DOSE:
        return asked->dose == 0 ? VAXDIR_TRUTH_UNKNOWN : truth_of(asked->dose == value);
    case VAXDIR_CONDITION_VACCINE:
        return asked->vaccine == VAXDIR_VACCINE_UNKNOWN ? VAXDIR_TRUTH_UNKNOWN : truth_of(asked->vaccine == value);
    case VAXDIR_CONDITION_DEPARTMENTS:
        return vaxdir_codes_say(&condition->departments, asked->department);
    default:
        break;
    }
    if (asked->birth_date == 0)
        return VAXDIR_TRUTH_UNKNOWN;
    switch (condition->kind) {
    case VAXDIR_CONDITION_AGE_FROM:
        return truth_of(age_on(asked->birth_date, date) >= value);
    case VAXDIR_CONDITION_AGE_TO:
        return truth_of(age_on(asked->birth_date, date) <= value);
    case VAXDIR_CONDITION_BORN_BEFORE:
        return truth_of(asked->birth_date < value);
    default: /* VAXDIR_CONDITION_BORN_FROM */
        return truth_of(asked->birth_date >= value);
    }
}

vaxdir_truth vaxdir_condition_say(const vaxdir_condition *condition, const vaxdir_asked *asked, int32_t date)
{
    bool all = condition->kind == VAXDIR_CONDITION_ALL;
    if (condition->kind == VAXDIR_CONDITION_NOT)
        return (vaxdir_truth)(VAXDIR_TRUTH_YES - vaxdir_condition_say(condition + 1, asked, date));
    if (!all && condition->kind != VAXDIR_CONDITION_ANY)
        return leaf_says(condition, asked, date);
    const vaxdir_truth settled = truth_of(!all);
    vaxdir_truth truth = truth_of(all);
    for (uint32_t at = 1; truth != settled && at < condition->size; at += condition[at].size) {
        vaxdir_truth part = vaxdir_condition_say(condition + at, asked, date);
        truth = all ? vaxdir_truth_and(truth, part) : vaxdir_truth_or(truth, part);
    }
    return truth;
}

/* --- what is missing ---------------------------------------------------------------------------------------------- */

void vaxdir_missing_add_fact(vaxdir_missing *missing, unsigned fact)
{
    if (missing->facts >> fact & 1)
        return;
    missing->facts |= UINT64_C(1) << fact;
    missing->ordered[missing->ordered_count++] = (uint8_t)fact;
}

void vaxdir_missing_collect(const vaxdir_condition *condition, const vaxdir_asked *asked, int32_t date,
                            vaxdir_missing *missing)
{
    if (vaxdir_condition_say(condition, asked, date) != VAXDIR_TRUTH_UNKNOWN)
        return;
    switch (condition->kind) {
    case VAXDIR_CONDITION_ALL:
    case VAXDIR_CONDITION_ANY:
    case VAXDIR_CONDITION_NOT:
        for (uint32_t at = 1; at < condition->size; at += condition[at].size)
            vaxdir_missing_collect(condition + at, asked, date, missing);
        break;
    case VAXDIR_CONDITION_FACT:
        vaxdir_missing_add_fact(missing, (unsigned)condition->value);
        break;
    case VAXDIR_CONDITION_DOSE:
        missing->others |= VAXDIR_MISSING_DOSE;
        break;
    case VAXDIR_CONDITION_VACCINE:
        missing->others |= VAXDIR_MISSING_VACCINE;
        break;
    case VAXDIR_CONDITION_DEPARTMENTS:
        missing->others |= VAXDIR_MISSING_DEPARTMENT;
        break;
    default:
        missing->others |= VAXDIR_MISSING_BIRTH_DATE;
        break;
    }
}

/* --- hints -------------------------------------------------------------------------------------------------------- */

/* Letters of U+00C0 to U+00FF without their accents; a blank for what is none or is not made of one. */
static const char plain_latin[] = "aaaaaa ceeeeiiii nooooo ouuuuy  aaaaaa ceeeeiiii nooooo ouuuuy y";

/* ASCII in lower case, Latin letters without accents, a blank for everything else: what the fold of base/text.h gives
 * for French, without memory of its own. */
static size_t fold_name(vaxdir_slice name, char *room, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < name.length && length < size; i++) {
        unsigned char byte = (unsigned char)name.bytes[i];
        unsigned char next = i + 1 < name.length ? (unsigned char)name.bytes[i + 1] : 0;
        if (byte == 0xCC || (byte == 0xCD && next <= 0xAF)) { /* combining marks */
            i++;
        } else if (byte == 0xC3) {
            room[length++] = plain_latin[next & 0x3F];
            i++;
        } else if (byte >= 'A' && byte <= 'Z') {
            room[length++] = (char)(byte + 'a' - 'A');
        } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            room[length++] = (char)byte;
        } else if ((byte & 0xC0) != 0x80) {
            room[length++] = ' ';
        }
    }
    return length;
}

bool vaxdir_name_hints(const vaxdir_rules *rules, vaxdir_slice name)
{
    char folded[256];
    size_t count;
    const vaxdir_slice *words = vaxdir_rules_reserved_words(rules, &count);
    if (count == 0 || name.bytes == NULL)
        return false;
    size_t length = fold_name(name, folded, sizeof folded);
    for (size_t at = 0; at < length; at++) {
        if (folded[at] == ' ' || (at > 0 && folded[at - 1] != ' '))
            continue;
        for (size_t i = 0; i < count; i++)
            if (words[i].length <= length - at && words[i].bytes[0] == folded[at] &&
                memcmp(folded + at, words[i].bytes, words[i].length) == 0 &&
                (at + words[i].length == length || folded[at + words[i].length] == ' '))
                return true;
    }
    return false;
}
