/* time.h: civil dates (int32 YYYYMMDD) and instants (int64 UTC seconds), proleptic Gregorian; never a clock. */
#ifndef VAXDIR_BASE_TIME_H
#define VAXDIR_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/* How a date is written. */
typedef enum vaxdir_date_form {
    VAXDIR_DATE_ANY,      /* either: the two cannot be mistaken for each other */
    VAXDIR_DATE_ISO,      /* 2021-01-18 or 2021/01/18 */
    VAXDIR_DATE_DAY_FIRST /* 18/01/2021 */
} vaxdir_date_form;

bool vaxdir_year_leap(int32_t year);

/* Whether YYYYMMDD is a day that exists, from year 1 to 9999. */
bool vaxdir_date_valid(int32_t date);

/* Days from 1970-01-01. */
int64_t vaxdir_date_days(int32_t date);

/* The date so many days from 1970-01-01, and from a date; 0 beyond the years 1 to 9999. */
int32_t vaxdir_date_from_days(int64_t days);
int32_t vaxdir_date_add(int32_t date, int64_t days);

/* 1 Monday to 7 Sunday: of a date, of days from 1970-01-01. */
int32_t vaxdir_date_weekday(int32_t date);
int32_t vaxdir_days_weekday(int64_t days);

/* The first and the last second of the years 1 to 9999, UTC: instants from outside are refused beyond them. */
#define VAXDIR_INSTANT_FIRST INT64_C(-62135596800)
#define VAXDIR_INSTANT_LAST INT64_C(253402300799)
bool vaxdir_instant_valid(int64_t instant);

bool vaxdir_date_parse(vaxdir_slice text, vaxdir_date_form form, int32_t *ret_date);

/* A date and a time: "2021-01-14 17:30:16.750551", "2021/11/18 15:27:22", "2021-01-18T08:00:00+01:00", "...Z"; without
 * an offset it is UTC; fractions of a second are cut; a date alone is its midnight. */
bool vaxdir_instant_parse(vaxdir_slice text, vaxdir_date_form form, int64_t *ret_instant);

#endif
