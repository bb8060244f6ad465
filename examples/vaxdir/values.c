/* Conversions of single values. The program never calls setlocale, so strtod and printf use the decimal point. */
#include "values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static const char *skip_digits(const char *text)
{
    while (is_digit(*text))
        text++;
    return text;
}

bool value_number(const char *text, double *ret_number)
{
    const char *cursor = text;
    if (*cursor == '+' || *cursor == '-')
        cursor++;
    const char *whole = cursor;
    cursor = skip_digits(cursor);
    size_t digits = (size_t)(cursor - whole);
    if (*cursor == '.') {
        const char *fraction = ++cursor;
        cursor = skip_digits(cursor);
        digits += (size_t)(cursor - fraction);
    }
    if (digits == 0)
        return false;
    if (*cursor == 'e' || *cursor == 'E') {
        cursor++;
        if (*cursor == '+' || *cursor == '-')
            cursor++;
        if (!is_digit(*cursor))
            return false;
        cursor = skip_digits(cursor);
    }
    if (*cursor != '\0')
        return false;
    double number = strtod(text, NULL);
    if (!isfinite(number))
        return false;
    *ret_number = number;
    return true;
}

bool value_count(const char *text, uint32_t *ret_count)
{
    size_t length = strlen(text);
    if (length == 0 || length > 10 || *skip_digits(text) != '\0')
        return false;
    unsigned long long count = strtoull(text, NULL, 10);
    if (count > UINT32_MAX)
        return false;
    *ret_count = (uint32_t)count;
    return true;
}

/* Exactly `digits` digits, then on. */
static bool read_digits(const char **cursor, int digits, int *ret_number)
{
    int number = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit(**cursor))
            return false;
        number = number * 10 + (**cursor - '0');
        ++*cursor;
    }
    *ret_number = number;
    return true;
}

static bool read_character(const char **cursor, const char *allowed)
{
    if (**cursor == '\0' || strchr(allowed, **cursor) == NULL)
        return false;
    ++*cursor;
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool read_date(const char **cursor, int *year, int *month, int *day)
{
    return read_digits(cursor, 4, year) && read_character(cursor, "-") && read_digits(cursor, 2, month) &&
           read_character(cursor, "-") && read_digits(cursor, 2, day) && *year >= 1 && *month >= 1 && *month <= 12 &&
           *day >= 1 && *day <= days_of_month(*year, *month);
}

bool value_date(const char *text, int32_t *ret_date)
{
    int year, month, day;
    if (!read_date(&text, &year, &month, &day) || *text != '\0')
        return false;
    *ret_date = year * 10000 + month * 100 + day;
    return true;
}

/* Days since 1970-01-01 of the Gregorian calendar; Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static bool read_offset(const char **cursor, int *ret_seconds)
{
    if (read_character(cursor, "Zz")) {
        *ret_seconds = 0;
        return true;
    }
    int sign = **cursor == '-' ? -1 : 1;
    int hours, minutes;
    if (!read_character(cursor, "+-") || !read_digits(cursor, 2, &hours) || !read_character(cursor, ":") ||
        !read_digits(cursor, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool value_instant(const char *text, int64_t *ret_instant)
{
    int year, month, day, hour, minute, second = 0, offset;
    if (!read_date(&text, &year, &month, &day) || !read_character(&text, "Tt ") || !read_digits(&text, 2, &hour) ||
        !read_character(&text, ":") || !read_digits(&text, 2, &minute) || hour > 23 || minute > 59)
        return false;
    if (*text == ':') {
        text++;
        if (!read_digits(&text, 2, &second) || second > 60)
            return false;
        if (*text == '.') {
            text++;
            if (!is_digit(*text))
                return false;
            text = skip_digits(text);
        }
    }
    if (!read_offset(&text, &offset) || *text != '\0')
        return false;
    *ret_instant = days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
    return true;
}

void value_write_date(int64_t date, char *buffer, size_t capacity)
{
    snprintf(buffer, capacity, "%04d-%02d-%02d", (int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100));
}

void value_write_instant(int64_t instant, char *buffer, size_t capacity)
{
    int64_t days = instant / 86400;
    int64_t seconds = instant % 86400;
    if (seconds < 0) {
        seconds += 86400;
        days--;
    }
    /* The inverse of days_from_civil, by the same source. */
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    snprintf(buffer, capacity, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month,
             (int)(day_of_year - (153 * shifted + 2) / 5 + 1), (int)(seconds / 3600), (int)(seconds / 60 % 60),
             (int)(seconds % 60));
}

void value_write_number(double number, char *buffer, size_t capacity)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, capacity, "%.*g", digits, number);
        if (strtod(buffer, NULL) == number)
            return;
    }
}
