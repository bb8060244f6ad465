/* rules_values.c: single values of a rules document: words, dates, instants, département codes. Invariant: a date that
 * does not exist and an instant without its offset are refused with their place. */
#include <stdlib.h>

#include "load.h"

static vaxdir_status fail_member(vaxdir_loader *loader, const char *key, const char *what)
{
    vaxdir_load_enter(loader, key);
    return vaxdir_load_fail(loader, what);
}

vaxdir_status vaxdir_load_word(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_slice *ret_word)
{
    vaxdir_status status = vaxdir_load_member(loader, object, key, ret_word);
    if (status == VAXDIR_OK && !vaxdir_word_good(*ret_word))
        status = fail_member(loader, key, "write at most 64 of a-z, 0-9 and - here");
    return status;
}

vaxdir_status vaxdir_load_date(vaxdir_loader *loader, json_t *object, const char *key, int32_t *ret_date)
{
    vaxdir_slice text;
    *ret_date = 0;
    if (json_object_get(object, key) == NULL)
        return VAXDIR_OK;
    vaxdir_status status = vaxdir_load_member(loader, object, key, &text);
    if (status == VAXDIR_OK && !vaxdir_date_parse(text, VAXDIR_DATE_ISO, ret_date))
        status = fail_member(loader, key, "write a date that exists here: \"2021-01-18\"");
    return status;
}

/* "Z", or a sign six bytes before the end: without an offset an instant means another one in each zone. */
static bool has_offset(vaxdir_slice text)
{
    if (text.length < sizeof "2021-01-18T08:00Z" - 1)
        return false;
    char last = text.bytes[text.length - 1], sign = text.bytes[text.length - 6];
    return last == 'Z' || sign == '+' || sign == '-';
}

vaxdir_status vaxdir_load_instant(vaxdir_loader *loader, json_t *object, const char *key, int64_t otherwise,
                                  int64_t *ret_instant)
{
    vaxdir_slice text;
    *ret_instant = otherwise;
    if (json_object_get(object, key) == NULL)
        return VAXDIR_OK;
    vaxdir_status status = vaxdir_load_member(loader, object, key, &text);
    if (status == VAXDIR_OK && (!has_offset(text) || !vaxdir_instant_parse(text, VAXDIR_DATE_ISO, ret_instant) ||
                                !vaxdir_instant_valid(*ret_instant)))
        status = fail_member(loader, key, "write an instant with its offset here: \"2021-01-18T08:00:00+01:00\"");
    return status;
}

vaxdir_status vaxdir_load_integer(vaxdir_loader *loader, json_t *value, int32_t least, int32_t most,
                                  int32_t *ret_integer)
{
    json_int_t integer = json_integer_value(value);
    if (!json_is_integer(value) || integer < least || integer > most)
        return vaxdir_context_fail(loader->context, VAXDIR_ERROR_RULES,
                                   "the rules are refused at %s: write a whole number from %ld to %ld here",
                                   loader->place, (long)least, (long)most);
    *ret_integer = (int32_t)integer;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_department(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice text;
    uint32_t *code = item;
    (void)user;
    vaxdir_status status = vaxdir_load_string(loader, value, &text);
    if (status != VAXDIR_OK)
        return status;
    *code = vaxdir_department_code(text);
    return *code != 0 ? VAXDIR_OK
                      : vaxdir_load_fail(loader, "write the code of a département here: \"57\", \"2A\", \"974\"");
}

vaxdir_status vaxdir_load_insee(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    enum { INSEE_MAX = 5 };
    vaxdir_slice *insee = item;
    (void)user;
    vaxdir_status status = vaxdir_load_string(loader, value, insee);
    if (status == VAXDIR_OK && insee->length > INSEE_MAX)
        status = vaxdir_load_fail(loader, "write the first one to five characters of INSEE codes here");
    return status;
}

static int compare_codes(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return (one > two) - (one < two);
}

vaxdir_status vaxdir_load_departments(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_codes *ret_codes)
{
    enum { DEPARTMENTS_MAX = 1000 };
    uint32_t *items = NULL;
    size_t count = 0;
    vaxdir_status status = vaxdir_load_list(loader, object, key, DEPARTMENTS_MAX, sizeof *items, vaxdir_load_department,
                                            NULL, &items, &count);
    if (status == VAXDIR_OK && count == 0 && json_object_get(object, key) != NULL)
        status = fail_member(loader, key, "name at least one département, or leave the list out");
    if (status != VAXDIR_OK)
        return status;
    if (count > 1)
        qsort(items, count, sizeof *items, compare_codes);
    *ret_codes = (vaxdir_codes){items, count};
    return VAXDIR_OK;
}
