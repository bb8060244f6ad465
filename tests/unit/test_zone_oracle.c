/* test_zone_oracle.c: the French zones of the shipped rules against the system's database of time zones, every half
 * hour of 2019 to 2037; the C library reads it here, in the test alone. Skipped without that database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "provider/when.h"

/* Where the shipped rules put a commune, and the database's name of its zone. */
static const struct {
    const char *insee;
    const char *department;
    const char *name;
} places[] = {
    {"75056", "75", "Europe/Paris"},           {"2A004", "2A", "Europe/Paris"},
    {"97105", "971", "America/Guadeloupe"},    {"97209", "972", "America/Martinique"},
    {"97302", "973", "America/Cayenne"},       {"97411", "974", "Indian/Reunion"},
    {"97502", "975", "America/Miquelon"},      {"97608", "976", "Indian/Mayotte"},
    {"97701", "977", "America/St_Barthelemy"}, {"97801", "978", "America/Marigot"},
    {"98611", "986", "Pacific/Wallis"},        {"98735", "987", "Pacific/Tahiti"},
    {"98731", "987", "Pacific/Marquesas"},     {"98719", "987", "Pacific/Gambier"},
    {"98818", "988", "Pacific/Noumea"},        {"98411", "984", "Indian/Kerguelen"},
};

static void compare(const vaxdir_zone *zone, const char *name)
{
    const int64_t first = 1546300800, last = 2145916800; /* 2019 to the end of 2037 */
    for (int64_t at = first; at < last; at += 1800)
        for (int64_t near = at - (at % 86400 == 3600); near <= at; near++) { /* and a second before some switches */
            time_t instant = (time_t)near;
            struct tm local;
            localtime_r(&instant, &local);
            vaxdir_civil civil = vaxdir_zone_civil(zone, near);
            int32_t date = (local.tm_year + 1900) * 10000 + (local.tm_mon + 1) * 100 + local.tm_mday;
            int32_t second = local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
            if (civil.date != date || civil.second != second || civil.weekday != (local.tm_wday + 6) % 7 + 1)
                fail_msg("%s at %lld: %d %d, the database has %d %d", name, (long long)near, (int)civil.date,
                         (int)civil.second, (int)date, (int)second);
            int64_t back = vaxdir_zone_instant(zone, civil.date, civil.second);
            if (back != near && back != near - 3600) /* the second of a doubled hour gives the first */
                fail_msg("%s at %lld: and back %lld", name, (long long)near, (long long)back);
        }
}

static void test_french_zones_against_the_database(void **state)
{
    (void)state;
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char path[128];
        snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", places[i].name);
        if (access(path, R_OK) != 0) {
            fail_msg("%s is absent: install tzdata", path);
        }
        snprintf(path, sizeof path, ":%s", places[i].name);
        setenv("TZ", path, 1);
        tzset();
        compare(vaxdir_rules_zone(rules, vaxdir_slice_of(places[i].insee), vaxdir_slice_of(places[i].department)),
                places[i].name);
    }
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
}

int main(void)
{
    if (access("/usr/share/zoneinfo/Europe/Paris", R_OK) != 0) {
        printf("1..0 # SKIP no database of time zones here (package tzdata)\n");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_french_zones_against_the_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
