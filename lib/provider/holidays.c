/* holidays.c: see holidays.h. Invariant: a holiday has one date in each year. */
#include "holidays.h"

#include <string.h>

#include "../base/time.h"
#include "when.h"

/* The anonymous Gregorian algorithm: Jean Meeus, Astronomical Algorithms, chapter 8. */
int64_t vaxdir_easter_days(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int32_t h = (19 * a + b - d - g + 15) % 30;
    int32_t i = c / 4, k = c % 4;
    int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t month_day = h + l - 7 * m + 114;
    return vaxdir_date_days(year * 10000 + month_day / 31 * 100 + month_day % 31 + 1);
}

static bool is_there(const vaxdir_holiday *holiday, vaxdir_slice insee, uint32_t department)
{
    if (holiday->department_count == 0 && holiday->insee_count == 0)
        return true;
    for (size_t i = 0; i < holiday->department_count; i++)
        if (holiday->departments[i] == department)
            return true;
    for (size_t i = 0; i < holiday->insee_count; i++) {
        vaxdir_slice prefix = holiday->insee[i];
        if (prefix.length <= insee.length && memcmp(prefix.bytes, insee.bytes, prefix.length) == 0)
            return true;
    }
    return false;
}

bool vaxdir_holidays_have(const vaxdir_holidays *holidays, int32_t date, vaxdir_slice insee, vaxdir_slice department)
{
    int64_t from_easter = INT64_MIN;
    for (size_t i = 0; i < holidays->count; i++) {
        const vaxdir_holiday *holiday = &holidays->items[i];
        if (holiday->month_day == 0 && from_easter == INT64_MIN)
            from_easter = vaxdir_date_days(date) - vaxdir_easter_days(date / 10000);
        bool today = holiday->month_day != 0 ? holiday->month_day == date % 10000 : holiday->easter == from_easter;
        if (today && date >= holiday->from && (holiday->until == 0 || date <= holiday->until) &&
            is_there(holiday, insee, vaxdir_department_code(department)))
            return true;
    }
    return false;
}
