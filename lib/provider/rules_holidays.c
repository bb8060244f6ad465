/* rules_holidays.c: the public holidays of a rules document. Invariant: each says in one way when it is, and is on a
 * day that every year has. */
#include <string.h>

#include "load.h"

enum { HOLIDAYS_MAX = 1000, PLACES_MAX = 1000, EASTER_MOST = 80 };

/* "05-01"; not 29 February, which is not in every year. */
static vaxdir_status load_month_day(vaxdir_loader *loader, json_t *object, int32_t *ret_month_day)
{
    enum { COMMON_YEAR = 2021 };
    vaxdir_slice text;
    int64_t month, day;
    vaxdir_status status = vaxdir_load_member(loader, object, "date", &text);
    if (status != VAXDIR_OK)
        return status;
    if (text.length != 5 || text.bytes[2] != '-' || !vaxdir_text_digits((vaxdir_slice){text.bytes, 2}, &month) ||
        !vaxdir_text_digits((vaxdir_slice){text.bytes + 3, 2}, &day) ||
        !vaxdir_date_valid((int32_t)(COMMON_YEAR * 10000 + month * 100 + day))) {
        vaxdir_load_enter(loader, "date");
        return vaxdir_load_fail(loader, "write month and day of a day that every year has here: \"05-01\"");
    }
    *ret_month_day = (int32_t)(month * 100 + day);
    return VAXDIR_OK;
}

static vaxdir_status load_easter(vaxdir_loader *loader, json_t *value, int32_t *ret_days)
{
    json_int_t days = json_integer_value(value);
    if (!json_is_integer(value) || days < -EASTER_MOST || days > EASTER_MOST) {
        vaxdir_load_enter(loader, "easter");
        return vaxdir_load_fail(loader, "write a number of days from Easter Sunday here, from -80 to 80");
    }
    *ret_days = (int32_t)days;
    return VAXDIR_OK;
}

/* An empty list would mean everywhere. */
static vaxdir_status load_places(vaxdir_loader *loader, json_t *value, vaxdir_holiday *holiday)
{
    vaxdir_status status =
        vaxdir_load_list(loader, value, "departments", PLACES_MAX, sizeof *holiday->departments, vaxdir_load_department,
                         NULL, &holiday->departments, &holiday->department_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "insee", PLACES_MAX, sizeof *holiday->insee, vaxdir_load_insee, NULL,
                                  &holiday->insee, &holiday->insee_count);
    if (status != VAXDIR_OK)
        return status;
    const char *empty = NULL;
    if (holiday->department_count == 0 && json_object_get(value, "departments") != NULL)
        empty = "departments";
    if (holiday->insee_count == 0 && json_object_get(value, "insee") != NULL)
        empty = "insee";
    if (empty == NULL)
        return VAXDIR_OK;
    vaxdir_load_enter(loader, empty);
    return vaxdir_load_fail(loader, "name a place here, or leave the list out: the holiday is everywhere then");
}

static vaxdir_status load_holiday(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "date", "easter", "from", "until", "departments", "insee", NULL};
    vaxdir_holiday *holiday = item;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status != VAXDIR_OK)
        return status;
    json_t *easter = json_object_get(value, "easter");
    if ((easter != NULL) == (json_object_get(value, "date") != NULL))
        return vaxdir_load_fail(loader, "a holiday has either \"date\", such as \"05-01\", or \"easter\", such as 1");
    status = easter != NULL ? load_easter(loader, easter, &holiday->easter)
                            : load_month_day(loader, value, &holiday->month_day);
    if (status == VAXDIR_OK)
        status = vaxdir_load_date(loader, value, "from", &holiday->from);
    if (status == VAXDIR_OK)
        status = vaxdir_load_date(loader, value, "until", &holiday->until);
    if (status == VAXDIR_OK && holiday->until != 0 && holiday->until < holiday->from) {
        vaxdir_load_enter(loader, "until");
        status = vaxdir_load_fail(loader, "the last day is before the first, \"from\"");
    }
    return status == VAXDIR_OK ? load_places(loader, value, holiday) : status;
}

vaxdir_status vaxdir_load_holidays(vaxdir_loader *loader, json_t *document)
{
    vaxdir_holidays *holidays = &loader->rules->holidays;
    return vaxdir_load_list(loader, document, "holidays", HOLIDAYS_MAX, sizeof *holidays->items, load_holiday, NULL,
                            &holidays->items, &holidays->count);
}
