/* words.c: see words.h. Invariant: no locale has a say in it. */
#include "words.h"

#include <stdio.h>

static const char *const weekdays[2][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
};
static const char *const months[2][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"janvier", "f\xC3\xA9vrier", "mars", "avril", "mai", "juin", "juillet", "ao\xC3\xBBt", "septembre", "octobre",
     "novembre",
     "d\xC3\xA9"
     "cembre"},
};

static int write_hour(char *text, size_t size, int32_t second, bool french)
{
    int hour = (int)(second / 3600), minute = (int)(second / 60 % 60), rest = (int)(second % 60);
    if (rest != 0)
        return snprintf(text, size, french ? " \xC3\xA0 %d h %02d min %02d s" : " at %d:%02d:%02d", hour, minute, rest);
    if (french && minute == 0)
        return snprintf(text, size, " \xC3\xA0 %d h", hour);
    return snprintf(text, size, french ? " \xC3\xA0 %d h %02d" : " at %d:%02d", hour, minute);
}

void vaxdir_words_instant(const vaxdir_zone *zone, int64_t at, bool french, vaxdir_words_hour hour, char *text)
{
    vaxdir_civil civil = vaxdir_zone_civil(zone, at);
    int day = (int)(civil.date % 100), month = (int)(civil.date / 100 % 100), year = (int)(civil.date / 10000);
    const char *first = french && day == 1 ? "er" : "";
    int length = snprintf(text, VAXDIR_WORDS_SIZE, "%s %d%s %s %d", weekdays[french][civil.weekday - 1], day, first,
                          months[french][month - 1], year);
    if (civil.second != 0 || hour == VAXDIR_WORDS_HOUR_ALWAYS)
        write_hour(text + length, VAXDIR_WORDS_SIZE - (size_t)length, civil.second, french);
}
