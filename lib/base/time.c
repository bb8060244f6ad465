/* time.c: see time.h. Invariant: a date or a time that does not exist is never accepted. */
#include "time.h"

bool vaxdir_year_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool vaxdir_date_valid(int32_t date)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (date < 10101 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && vaxdir_year_leap(year));
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
int64_t vaxdir_date_days(int32_t date)
{
    int64_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The same source, civil_from_days. */
int32_t vaxdir_date_from_days(int64_t days)
{
    if (days < -719162 || days > 2932896)
        return 0;
    days += 719468;
    int64_t era = days / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    return (int32_t)(year * 10000 + month * 100 + day);
}

int32_t vaxdir_date_add(int32_t date, int64_t days)
{
    const int64_t most = 4000000; /* more than there are: the sum stays a number */
    if (days < -most || days > most)
        return 0;
    return vaxdir_date_from_days(vaxdir_date_days(date) + days);
}

int32_t vaxdir_days_weekday(int64_t days)
{
    return (int32_t)(((days + 3) % 7 + 7) % 7 + 1); /* 1970-01-01 was a Thursday */
}

int32_t vaxdir_date_weekday(int32_t date)
{
    return vaxdir_days_weekday(vaxdir_date_days(date));
}

bool vaxdir_instant_valid(int64_t instant)
{
    return instant >= VAXDIR_INSTANT_FIRST && instant <= VAXDIR_INSTANT_LAST;
}

/* Exactly `count` digits at `*at`. */
static bool take_number(vaxdir_slice text, size_t *at, size_t count, int32_t *ret_number)
{
    int64_t number;
    if (*at > text.length || text.length - *at < count)
        return false;
    if (!vaxdir_text_digits((vaxdir_slice){text.bytes + *at, count}, &number))
        return false;
    *at += count;
    *ret_number = (int32_t)number;
    return true;
}

static bool take_byte(vaxdir_slice text, size_t *at, const char *one_of)
{
    if (*at >= text.length)
        return false;
    for (; *one_of != '\0'; one_of++)
        if (text.bytes[*at] == *one_of) {
            ++*at;
            return true;
        }
    return false;
}

static bool take_date(vaxdir_slice text, size_t *at, vaxdir_date_form form, int32_t *ret_date)
{
    int32_t year = 0, month = 0, day = 0;
    size_t start = *at;
    bool iso = form != VAXDIR_DATE_DAY_FIRST && take_number(text, at, 4, &year) && take_byte(text, at, "-/") &&
               take_number(text, at, 2, &month) && text.bytes[*at - 3] == text.bytes[start + 4] &&
               take_byte(text, at, "-/") && text.bytes[*at - 1] == text.bytes[start + 4] &&
               take_number(text, at, 2, &day);
    if (!iso) {
        *at = start;
        if (form == VAXDIR_DATE_ISO || !take_number(text, at, 2, &day) || !take_byte(text, at, "/") ||
            !take_number(text, at, 2, &month) || !take_byte(text, at, "/") || !take_number(text, at, 4, &year))
            return false;
    }
    *ret_date = year * 10000 + month * 100 + day;
    return vaxdir_date_valid(*ret_date);
}

bool vaxdir_date_parse(vaxdir_slice text, vaxdir_date_form form, int32_t *ret_date)
{
    size_t at = 0;
    int32_t date;
    if (!take_date(text, &at, form, &date) || at != text.length)
        return false;
    *ret_date = date;
    return true;
}

static bool take_time(vaxdir_slice text, size_t *at, int64_t *ret_seconds)
{
    int32_t hour, minute, second = 0;
    if (!take_number(text, at, 2, &hour) || !take_byte(text, at, ":") || !take_number(text, at, 2, &minute))
        return false;
    if (take_byte(text, at, ":")) {
        if (!take_number(text, at, 2, &second))
            return false;
        if (take_byte(text, at, ".")) {
            size_t fraction = *at;
            while (*at < text.length && text.bytes[*at] >= '0' && text.bytes[*at] <= '9')
                ++*at;
            if (*at == fraction)
                return false;
        }
    }
    *ret_seconds = hour * 3600 + minute * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

static bool take_offset(vaxdir_slice text, size_t *at, int64_t *ret_seconds)
{
    *ret_seconds = 0;
    if (*at == text.length || take_byte(text, at, "Zz"))
        return true;
    int32_t hour, minute = 0;
    int64_t sign = text.bytes[*at] == '-' ? -1 : 1;
    if (!take_byte(text, at, "+-") || !take_number(text, at, 2, &hour))
        return false;
    if (*at < text.length) {
        (void)take_byte(text, at, ":");
        if (!take_number(text, at, 2, &minute))
            return false;
    }
    *ret_seconds = sign * (hour * 3600 + minute * 60);
    return hour < 24 && minute < 60;
}

bool vaxdir_instant_parse(vaxdir_slice text, vaxdir_date_form form, int64_t *ret_instant)
{
    size_t at = 0;
    int32_t date;
    int64_t seconds = 0, offset = 0;
    if (!take_date(text, &at, form, &date))
        return false;
    if (at < text.length &&
        (!take_byte(text, &at, "Tt ") || !take_time(text, &at, &seconds) || !take_offset(text, &at, &offset)))
        return false;
    if (at != text.length)
        return false;
    *ret_instant = vaxdir_date_days(date) * 86400 + seconds - offset;
    return true;
}
