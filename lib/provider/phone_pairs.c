/* phone_pairs.c: see phone_pairs.h. Invariant: every digit that is dialled comes out once, in its order. */
#include "phone_pairs.h"

#include <string.h>

#include "model.h"

/* With a trunk prefix, itself bounded by the rules, and a space a digit this fits the room. */
enum { DIGITS_MOST = 19 };

/* Puts digits in groups of `each`, a space before every group. An odd first one joins the first group. */
static char *put_groups(char *to, const char *digits, size_t count, size_t each)
{
    for (size_t i = 0; i < count; i++) {
        if ((count - i) % each == 0 && i != 0)
            *to++ = ' ';
        *to++ = digits[i];
    }
    return to;
}

static char *put(char *to, vaxdir_slice text)
{
    if (text.length != 0)
        memcpy(to, text.bytes, text.length);
    return to + text.length;
}

static bool begins(const char *digits, vaxdir_slice prefix)
{
    return prefix.length != 0 && strncmp(digits, prefix.bytes, prefix.length) == 0;
}

/* Whether a number of the territory is dialled with the country's trunk prefix and without the territory's code. */
static bool dialled_with_trunk(const vaxdir_territory *territory, const char *digits)
{
    for (size_t i = 0; i < territory->prefix_count; i++)
        if (!territory->strip && begins(digits, territory->prefixes[i]))
            return true;
    return false;
}

/* "0 8xx xxx xxx": numbers of special rates, which are written in threes in France, and said so. */
static char *put_special(char *to, vaxdir_slice trunk, const char *digits, size_t count)
{
    to = put(to, trunk);
    *to++ = ' ';
    return put_groups(to, digits, count, 3);
}

/* "01 99 00 12 34", "0262 12 34 56": the trunk prefix joins the first group. */
static char *put_national(char *to, vaxdir_slice trunk, const char *digits, size_t count, size_t first)
{
    to = put(to, trunk);
    memcpy(to, digits, first);
    to += first;
    if (count > first)
        *to++ = ' ';
    return put_groups(to, digits + first, count - first, 2);
}

static char *put_territory(char *to, const vaxdir_phone_plan *plan, const vaxdir_territory *territory,
                           const char *digits, size_t count)
{
    if (dialled_with_trunk(territory, digits))
        return put_national(to, plan->trunk, digits, count, count < 3 ? count : 3);
    *to++ = '+';
    to = put(to, territory->country);
    *to++ = ' ';
    return put_groups(to, digits, count, 2);
}

void vaxdir_phone_pairs(const vaxdir_rules *rules, const char *number, char *text)
{
    const vaxdir_phone_plan *plan = &rules->phone;
    char *end = NULL;
    size_t length = strlen(number);
    if (number[0] != '+' || length > DIGITS_MOST) {
        length = length < VAXDIR_PHONE_PAIRS_SIZE ? length : VAXDIR_PHONE_PAIRS_SIZE - 1;
        memcpy(text, number, length);
        text[length] = '\0';
        return;
    }
    const char *digits = number + 1;
    size_t count = length - 1;
    for (size_t i = 0; i < plan->territory_count && end == NULL; i++) {
        const vaxdir_territory *territory = &plan->territories[i];
        size_t country = territory->country.length;
        if (begins(digits, territory->country) && count == country + territory->length)
            end = put_territory(text, plan, territory, digits + country, territory->length);
    }
    if (end == NULL && begins(digits, plan->country) && count == plan->country.length + plan->length) {
        digits += plan->country.length;
        /* In pairs the trunk prefix joins the one digit that is left over. */
        if (plan->length % 3 == 0 && digits[0] == '8')
            end = put_special(text, plan->trunk, digits, plan->length);
        else
            end = put_national(text, plan->trunk, digits, plan->length, plan->length % 2);
    }
    if (end == NULL)
        strcpy(text, number);
    else
        *end = '\0';
}
