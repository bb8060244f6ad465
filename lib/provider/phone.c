/* phone.c: phone numbers as feeds write them. Invariant: a number comes out only where the plan of the rules leaves one
 * reading; what could be two things is refused. */
#include "phone.h"

#include <string.h>

#include <vaxdir/report.h>

#include "model.h"

enum { BREAKS_MAX = 8, DIGITS_MAX = 30, E164_DIGITS_MAX = 15, PAIR_OF_NATIONALS = 2 };

/* A run of digits, with what people put between them. */
typedef struct digit_run {
    bool plus;
    size_t count;
    bool too_long;
    char digits[DIGITS_MAX];
} digit_run;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What may stand inside a number: spaces, dots, hyphens, brackets. */
static size_t filler_length(vaxdir_slice text, size_t at)
{
    static const char *const spaces[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x8B", "\xE2\x80\x91"};
    if (memchr(" .-()\t", text.bytes[at], 6) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        size_t length = strlen(spaces[i]);
        if (text.length - at >= length && memcmp(text.bytes + at, spaces[i], length) == 0)
            return length;
    }
    return 0;
}

static bool begins(const char *digits, size_t count, vaxdir_slice prefix)
{
    return prefix.length != 0 && count >= prefix.length && memcmp(digits, prefix.bytes, prefix.length) == 0;
}

static bool write_number(char *number, vaxdir_slice country, const char *digits, size_t count)
{
    if (country.length + count > E164_DIGITS_MAX)
        return false;
    *number++ = '+';
    memcpy(number, country.bytes, country.length);
    memcpy(number + country.length, digits, count);
    number[country.length + count] = '\0';
    return true;
}

/* The prefix of a territory that a number of the country's own form begins with. */
static const vaxdir_territory *find_territory(const vaxdir_phone_plan *plan, const char *digits, size_t count,
                                              size_t *ret_prefix)
{
    for (size_t i = 0; i < plan->territory_count; i++)
        for (size_t k = 0; k < plan->territories[i].prefix_count; k++)
            if (begins(digits, count, plan->territories[i].prefixes[k])) {
                *ret_prefix = plan->territories[i].prefixes[k].length;
                return &plan->territories[i];
            }
    return NULL;
}

/* What follows the country code or the trunk prefix. */
static bool read_national(const vaxdir_phone_plan *plan, const char *digits, size_t count, char *number)
{
    size_t prefix = 0;
    if (count != plan->length || count == 0 || begins(digits, count, plan->trunk))
        return false;
    const vaxdir_territory *territory = find_territory(plan, digits, count, &prefix);
    if (territory == NULL)
        return write_number(number, plan->country, digits, count);
    size_t skip = territory->strip ? prefix : 0;
    return count - skip == territory->length && write_number(number, territory->country, digits + skip, count - skip);
}

static bool has_prefix(const vaxdir_territory *territory, const char *digits, size_t count)
{
    for (size_t i = 0; i < territory->prefix_count; i++)
        if (begins(digits, count, territory->prefixes[i]))
            return true;
    return territory->prefix_count == 0 || territory->strip;
}

/* A number that begins with a country code. People write the trunk prefix after it all the same. */
static bool read_international(const vaxdir_phone_plan *plan, const char *digits, size_t count, char *number)
{
    for (size_t i = 0; i < plan->territory_count; i++) {
        const vaxdir_territory *territory = &plan->territories[i];
        if (!begins(digits, count, territory->country))
            continue;
        const char *rest = digits + territory->country.length;
        size_t left = count - territory->country.length;
        if (left == territory->length + plan->trunk.length && begins(rest, left, plan->trunk)) {
            rest += plan->trunk.length;
            left -= plan->trunk.length;
        }
        return left == territory->length && has_prefix(territory, rest, left) &&
               write_number(number, territory->country, rest, left);
    }
    if (!begins(digits, count, plan->country))
        return false;
    digits += plan->country.length;
    count -= plan->country.length;
    if (count == plan->length + plan->trunk.length && begins(digits, count, plan->trunk)) {
        digits += plan->trunk.length;
        count -= plan->trunk.length;
    }
    return read_national(plan, digits, count, number);
}

static bool read_short(const vaxdir_phone_plan *plan, const digit_run *run, char *number)
{
    for (size_t i = 0; i < plan->short_count; i++) {
        vaxdir_slice form = plan->shorts[i];
        bool same = form.length == run->count && !run->plus;
        for (size_t k = 0; same && k < form.length; k++)
            same = form.bytes[k] == '#' || form.bytes[k] == run->digits[k];
        if (same) {
            memcpy(number, run->digits, run->count);
            number[run->count] = '\0';
            return true;
        }
    }
    return false;
}

/* A number in full: the one reading that its beginning leaves. */
static bool read_full(const vaxdir_phone_plan *plan, const digit_run *run, char *number)
{
    const char *digits = run->digits;
    size_t count = run->count;
    if (run->plus)
        return read_international(plan, digits, count, number);
    if (begins(digits, count, plan->international))
        return read_international(plan, digits + plan->international.length, count - plan->international.length,
                                  number);
    if (begins(digits, count, plan->trunk))
        return read_national(plan, digits + plan->trunk.length, count - plan->trunk.length, number);
    /* Without a plus only what is too long to be anything else. */
    return count > plan->length + plan->trunk.length && read_international(plan, digits, count, number);
}

static void add_number(vaxdir_phones *phones, const char *number)
{
    for (size_t i = 0; i < phones->count; i++)
        if (strcmp(phones->numbers[i], number) == 0)
            return;
    if (phones->count == VAXDIR_PHONES_MAX) {
        phones->refused = true;
        if (phones->reason == VAXDIR_PHONE_REASON_NONE)
            phones->reason = VAXDIR_PHONE_REASON_TOO_MANY;
        return;
    }
    strcpy(phones->numbers[phones->count++], number);
}

/* Two national numbers with no more than spaces between them. */
static bool read_pair(const vaxdir_phone_plan *plan, const digit_run *both, vaxdir_phones *phones)
{
    size_t each = plan->trunk.length + plan->length;
    char numbers[PAIR_OF_NATIONALS][20];
    if (both->plus || plan->trunk.length == 0 || both->count != PAIR_OF_NATIONALS * each)
        return false;
    for (size_t i = 0; i < PAIR_OF_NATIONALS; i++) {
        digit_run half = {.plus = false, .count = each};
        memcpy(half.digits, both->digits + i * each, each);
        if (!begins(half.digits, each, plan->trunk) || begins(half.digits, each, plan->international) ||
            !read_full(plan, &half, numbers[i]))
            return false;
    }
    for (size_t i = 0; i < PAIR_OF_NATIONALS; i++)
        add_number(phones, numbers[i]);
    return true;
}

/* Where a number may end and something else begin, a price or an extension: a bracket, a dash between spaces. */
static bool is_break(vaxdir_slice text, size_t at)
{
    return text.bytes[at] == '(' || (text.bytes[at] == '-' && at > 0 && text.bytes[at - 1] == ' ');
}

/* Reads the next run up to the break of this number, 0 for past all; false at the end. Letters and other signs between
 * runs are noted. */
static bool next_run(vaxdir_slice text, size_t *at, size_t breaks, digit_run *run, bool *words)
{
    *run = (digit_run){.count = 0};
    size_t i = *at;
    while (i < text.length && !is_digit(text.bytes[i]) && text.bytes[i] != '+') {
        size_t filler = filler_length(text, i);
        if (filler == 0 && memchr("/,;|", text.bytes[i], 4) == NULL)
            *words = true;
        i += filler == 0 ? 1 : filler;
    }
    if (i < text.length && text.bytes[i] == '+') {
        run->plus = true;
        i++;
    }
    while (i < text.length) {
        size_t filler = is_digit(text.bytes[i]) ? 0 : filler_length(text, i);
        if (filler == 0 && !is_digit(text.bytes[i]))
            break;
        if (run->count > 0 && breaks > 0 && is_break(text, i) && --breaks == 0)
            break;
        if (filler == 0 && run->count == DIGITS_MAX)
            run->too_long = true;
        else if (filler == 0)
            run->digits[run->count++] = text.bytes[i];
        i += filler == 0 ? 1 : filler;
    }
    *at = i;
    return run->count > 0 || run->plus;
}

/* Takes the short numbers out again. */
static void drop_shorts(vaxdir_phones *phones)
{
    size_t kept = 0;
    for (size_t i = 0; i < phones->count; i++)
        if (phones->numbers[i][0] == '+')
            memmove(phones->numbers[kept++], phones->numbers[i], sizeof phones->numbers[i]);
    phones->count = kept;
}

/* Why a run of digits is no number of the plan. */
static int32_t refusal(const vaxdir_phone_plan *plan, const digit_run *run)
{
    const char *digits = run->digits;
    size_t count = run->count;
    bool international = run->plus || begins(digits, count, plan->international);
    if (run->too_long)
        return VAXDIR_PHONE_REASON_TOO_LONG;
    if (!run->plus && international) {
        digits += plan->international.length;
        count -= plan->international.length;
    }
    bool known = begins(digits, count, plan->country);
    size_t country = plan->country.length;
    for (size_t i = 0; i < plan->territory_count && !known; i++) {
        known = begins(digits, count, plan->territories[i].country);
        country = plan->territories[i].country.length;
    }
    if (international && !known)
        return VAXDIR_PHONE_REASON_COUNTRY;
    size_t needed = international ? country + plan->length : plan->trunk.length + plan->length;
    return count < needed   ? VAXDIR_PHONE_REASON_TOO_SHORT
           : count > needed ? VAXDIR_PHONE_REASON_TOO_LONG
                            : VAXDIR_PHONE_REASON_AMBIGUOUS;
}

/* "01 99 00 12 34/35": the last digits of a second number, where they are those of the next one. Anything else after a
 * slash may be a day or an extension. */
static bool read_next_number(const digit_run *run, bool slash, vaxdir_phones *phones)
{
    enum { TAIL_LEAST = 2, TAIL_MOST = 4 };
    if (!slash || run->plus || run->count < TAIL_LEAST || run->count > TAIL_MOST || phones->count == 0)
        return false;
    char number[20];
    strcpy(number, phones->numbers[phones->count - 1]);
    size_t length = strlen(number);
    if (number[0] != '+' || length < run->count + 1)
        return false;
    int carry = 1;
    for (size_t i = length; carry != 0 && i > length - run->count; i--) {
        carry = number[i - 1] == '9';
        number[i - 1] = (char)(carry ? '0' : number[i - 1] + 1);
    }
    if (carry != 0 || memcmp(number + length - run->count, run->digits, run->count) != 0)
        return false;
    add_number(phones, number);
    return true;
}

/* Whether just a slash, and spaces, stand between a number and what follows it. */
static bool only_slash(vaxdir_slice text, size_t from)
{
    size_t slashes = 0;
    for (size_t i = from; i < text.length && !is_digit(text.bytes[i]); i++)
        if (text.bytes[i] == '/')
            slashes++;
        else if (text.bytes[i] != ' ')
            return false;
    return slashes == 1;
}

enum { LOOKS_LIKE_A_NUMBER = 4 };

/* What a field holds beside numbers. */
typedef struct field_rest {
    bool words;
    bool small;   /* digits too few to look like a number */
    bool tiny;    /* a short number of two or three digits */
    size_t wrong; /* what looks like a number and is none */
    size_t runs;
} field_rest;

static void read_run(const vaxdir_phone_plan *plan, const digit_run *run, bool slash, vaxdir_phones *phones,
                     field_rest *rest)
{
    char number[20];
    rest->runs++;
    if (!run->too_long && read_full(plan, run, number)) {
        add_number(phones, number);
        return;
    }
    if (read_next_number(run, slash, phones))
        return;
    if (!run->too_long && read_short(plan, run, number)) {
        add_number(phones, number);
        rest->tiny = rest->tiny || run->count < LOOKS_LIKE_A_NUMBER;
        return;
    }
    if (!run->too_long && read_pair(plan, run, phones))
        return;
    bool small = run->count < LOOKS_LIKE_A_NUMBER;
    if (phones->reason == VAXDIR_PHONE_REASON_NONE)
        phones->reason = small && rest->runs > 1 ? VAXDIR_PHONE_REASON_AMBIGUOUS : refusal(plan, run);
    rest->small = rest->small || small;
    rest->wrong += !small;
}

/* "0 825 00 12 34 (0,15 €/min)": a run that is no number is read up to the break behind which it would be one. */
static void cut_run(const vaxdir_phone_plan *plan, vaxdir_slice text, size_t from, size_t *at, digit_run *run)
{
    char number[20];
    bool words = false;
    if (read_full(plan, run, number) && !run->too_long)
        return;
    for (size_t breaks = 1; breaks <= BREAKS_MAX; breaks++) {
        digit_run cut;
        size_t end = from;
        if (!next_run(text, &end, breaks, &cut, &words) || end == *at)
            return;
        if (!cut.too_long && read_full(plan, &cut, number)) {
            *run = cut;
            *at = end;
            return;
        }
    }
}

void vaxdir_phones_read(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_phones *phones)
{
    field_rest rest = {.words = false};
    digit_run run;
    *phones = (vaxdir_phones){0};
    for (size_t at = 0, before = 0; next_run(text, &at, 0, &run, &rest.words); before = at) {
        cut_run(&rules->phone, text, before, &at, &run);
        read_run(&rules->phone, &run, only_slash(text, before), phones, &rest);
    }
    /* A short number is sure only among numbers, one of two or three digits only alone: "18/01" is a day. */
    if (rest.words || rest.small || rest.wrong != 0 || (rest.tiny && rest.runs > 1)) {
        size_t before = phones->count;
        drop_shorts(phones);
        rest.wrong += !rest.words && phones->count != before;
    }
    phones->refused =
        phones->refused || rest.wrong != 0 || (rest.small && !rest.words) || (rest.words && phones->count == 0);
    if (!phones->refused)
        phones->reason = VAXDIR_PHONE_REASON_NONE;
    else if (phones->reason == VAXDIR_PHONE_REASON_NONE)
        phones->reason = rest.words && rest.runs == 0 ? VAXDIR_PHONE_REASON_WORDS : VAXDIR_PHONE_REASON_AMBIGUOUS;
}

const char *vaxdir_phone_reason_name(int32_t reason)
{
    static const char *const names[] = {NULL, "words", "too-short", "too-long", "country", "ambiguous", "too-many"};
    return reason >= VAXDIR_PHONE_REASON_NONE && reason <= VAXDIR_PHONE_REASON_TOO_MANY ? names[reason] : NULL;
}
