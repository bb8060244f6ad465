/* Conversions of single values. The program never calls setlocale, so strtod and printf use the decimal point. */
#include "values.h"

#include <float.h>
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

/* A decimal number as it stands in a text: digits * 10^exponent. */
struct decimal {
    bool negative;
    uint64_t digits;
    int significant; /* how many digits there are from the first that is not 0 on */
    long exponent;
};

static const char *read_decimal_digits(const char *cursor, const char *end, struct decimal *decimal)
{
    for (; cursor < end && is_digit(*cursor); cursor++) {
        decimal->significant += decimal->significant > 0 || *cursor != '0';
        if (decimal->significant <= 19)
            decimal->digits = decimal->digits * 10 + (uint64_t)(*cursor - '0');
    }
    return cursor;
}

/* The grammar: false unless the whole text is a number. */
static bool read_decimal(const char *text, size_t length, struct decimal *decimal)
{
    const char *cursor = text, *end = text + length;
    *decimal = (struct decimal){.negative = false};
    if (cursor < end && (*cursor == '+' || *cursor == '-'))
        decimal->negative = *cursor++ == '-';
    const char *whole = cursor;
    cursor = read_decimal_digits(cursor, end, decimal);
    long digits = cursor - whole;
    if (cursor < end && *cursor == '.') {
        const char *fraction = ++cursor;
        cursor = read_decimal_digits(cursor, end, decimal);
        digits += cursor - fraction;
        decimal->exponent = fraction - cursor;
    }
    if (digits == 0)
        return false;
    if (cursor < end && (*cursor == 'e' || *cursor == 'E')) {
        long exponent = 0;
        bool below_one = ++cursor < end && *cursor == '-';
        cursor += cursor < end && (*cursor == '+' || *cursor == '-');
        const char *first = cursor;
        for (; cursor < end && is_digit(*cursor); cursor++)
            exponent = exponent < 100000 ? exponent * 10 + (*cursor - '0') : exponent;
        if (cursor == first)
            return false;
        decimal->exponent += below_one ? -exponent : exponent;
    }
    return cursor == end;
}

/* The C library's reading, rounded right for every text. */
static double read_exactly(const char *text, size_t length)
{
    char small[128];
    char *copy = length < sizeof small ? small : malloc(length + 1);
    if (copy == NULL)
        return NAN;
    memcpy(copy, text, length);
    copy[length] = '\0';
    double number = strtod(copy, NULL);
    if (copy != small)
        free(copy);
    return number;
}

/* Digits below 2^53 and a power of ten up to 22 are doubles, and one operation on them is rounded right: Clinger, How
 * to read floating point numbers accurately (1990). */
bool value_number_of(const char *text, size_t length, double *ret_number)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    struct decimal decimal;
    double number;
    if (!read_decimal(text, length, &decimal))
        return false;
    if (FLT_EVAL_METHOD == 0 && decimal.significant <= 19 && decimal.digits <= UINT64_C(1) << 53 &&
        decimal.exponent >= -22 && decimal.exponent <= 22) {
        number = (double)decimal.digits;
        number = decimal.exponent < 0 ? number / powers[-decimal.exponent] : number * powers[decimal.exponent];
        number = decimal.negative ? -number : number;
    } else {
        number = read_exactly(text, length);
    }
    if (!isfinite(number))
        return false;
    *ret_number = number;
    return true;
}

bool value_number(const char *text, double *ret_number)
{
    return value_number_of(text, strlen(text), ret_number);
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

bool value_is_word(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length <= 64 && text[length] == '\0';
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
    int64_t instant = days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
    if (instant < days_from_civil(1, 1, 1) * 86400 || instant >= days_from_civil(10000, 1, 1) * 86400)
        return false;
    *ret_instant = instant;
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

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/* A number as its digits, `decimals` of them behind the point, as printf would round it, ties to even; *ret_exact is
 * whether it reads back to the same. Number is from 0.001 to below 10^9, so that nothing here overflows: its fraction
 * has up to 62 bits, and 10^decimals is below 2^64. */
static uint64_t round_decimal(double number, int decimals, bool *ret_exact)
{
    int exponent;
    wide mantissa = (wide)(uint64_t)ldexp(frexp(number, &exponent), 53);
    int shift = 53 - exponent; /* number is mantissa / 2^shift */
    wide power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    wide scaled = mantissa * power, half = (wide)1 << (shift - 1);
    wide digits = scaled >> shift, rest = scaled & (((wide)1 << shift) - 1);
    if (rest > half || (rest == half && (digits & 1) != 0))
        digits++;
    wide again = digits << shift, off = again > scaled ? again - scaled : scaled - again;
    *ret_exact = 2 * off < power && mantissa != (wide)1 << 52; /* below a power of two doubles are denser */
    return (uint64_t)digits;
}

/* The shortest of 15 to 17 digits; false where that has to be found out in another way. */
static bool write_quickly(double number, char *buffer)
{
    static const double powers[] = {1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    char digits[24];
    if (!(number >= 0.001 && number < 1e9))
        return false;
    int first = -3; /* the power of ten of the first digit */
    while (number >= powers[first + 4])
        first++;
    for (int precision = 15; precision <= 17; precision++) {
        int decimals = precision - 1 - first, count = 0;
        bool exact;
        uint64_t rest = round_decimal(number, decimals, &exact);
        if (!exact)
            continue;
        for (; count <= decimals || rest > 0; rest /= 10)
            digits[count++] = (char)('0' + rest % 10);
        int last = 0;
        while (last < decimals && digits[last] == '0')
            last++;
        while (count > last) {
            if (count == decimals)
                *buffer++ = '.';
            *buffer++ = digits[--count];
        }
        *buffer = '\0';
        return true;
    }
    return false;
}
#else
static bool write_quickly(double number, char *buffer)
{
    (void)number;
    (void)buffer;
    return false;
}
#endif

void value_write_number(double number, char *buffer, size_t capacity)
{
    if (capacity >= 32 && write_quickly(number, buffer))
        return;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, capacity, "%.*g", digits, number);
        if (strtod(buffer, NULL) == number)
            return;
    }
}
