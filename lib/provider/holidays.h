/* holidays.h: public holidays as the rules have them: on a day of the year or so many days from Easter, everywhere or
 * in some départements and communes. */
#ifndef VAXDIR_PROVIDER_HOLIDAYS_H
#define VAXDIR_PROVIDER_HOLIDAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "rules.h"

typedef struct vaxdir_holiday {
    int32_t month_day;     /* MMDD; 0 where Easter decides */
    int32_t easter;        /* days from Easter Sunday */
    int32_t from;          /* the first date on which it may fall; 0 without one */
    int32_t until;         /* the last; 0 without one */
    uint32_t *departments; /* codes; neither these nor INSEE codes: everywhere */
    size_t department_count;
    vaxdir_slice *insee; /* what INSEE codes begin with */
    size_t insee_count;
} vaxdir_holiday;

typedef struct vaxdir_holidays {
    vaxdir_holiday *items;
    size_t count;
} vaxdir_holidays;

/* Easter Sunday of a year of the Gregorian calendar, as days from 1970-01-01. */
int64_t vaxdir_easter_days(int32_t year);

/* Whether a date is a holiday in a commune of a département; either may be empty. */
bool vaxdir_holidays_have(const vaxdir_holidays *holidays, int32_t date, vaxdir_slice insee, vaxdir_slice department);

#endif
