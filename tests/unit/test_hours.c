/* test_hours.c: cells of weekly hours, one for each rule of the grammar in docs/hours.md and one for what lies just
 * beyond it. Invariant: what is in doubt is text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "edition/hours.h"

/* A reading as text: the kind, or the intervals as 9:00-12:00, with w and a behind them for their flags. */
static void write_reading(const vaxdir_hours *hours, char *text, size_t size)
{
    size_t at = 0;
    if (hours->kind != VAXDIR_HOURS_INTERVALS) {
        snprintf(text, size, "%s", vaxdir_hours_name(hours->kind));
        return;
    }
    for (uint32_t i = 0; i < hours->interval_count; i++) {
        const vaxdir_interval *interval = &hours->intervals[i];
        at += (size_t)snprintf(text + at, size - at, "%s%d:%02d-%d:%02d%s%s", i == 0 ? "" : " ",
                               interval->from_minute / 60, interval->from_minute % 60, interval->until_minute / 60,
                               interval->until_minute % 60, (interval->flags & VAXDIR_INTERVAL_WALK_IN) != 0 ? "w" : "",
                               (interval->flags & VAXDIR_INTERVAL_BY_APPOINTMENT) != 0 ? "a" : "");
    }
}

typedef struct reading {
    const char *cell;
    const char *reading;
} reading;

static void check_readings(const reading *readings)
{
    for (; readings->cell != NULL; readings++) {
        vaxdir_hours hours;
        char text[200];
        vaxdir_hours_read(vaxdir_slice_of(readings->cell), &hours);
        write_reading(&hours, text, sizeof text);
        if (strcmp(text, readings->reading) != 0)
            print_error("\"%s\"\n", readings->cell);
        assert_string_equal(text, readings->reading);
    }
}

static void words(void **state)
{
    (void)state;
    check_readings((const reading[]){
        {"", "absent"},
        {" \t\xC2\xA0", "absent"},
        {"fermé", "closed"},
        {" FERMÉE ", "closed"},
        {"ferme\xCC\x81", "closed"},
        {"Fermé  au public", "closed"},
        {"Ouvert", "open"},
        {"à préciser", "not-stated"},
        {"En attente d’informations", "not-stated"},
        {"N/A", "not-stated"},
        {"non communiqué", "not-stated"},
        {"fermé le lundi", "text"},
        {"ouvert le matin", "text"},
        {"selon les semaines", "text"},
        {"oui", "text"},
        {"?", "text"},
        {NULL, NULL},
    });
}

static void times(void **state)
{
    (void)state;
    check_readings((const reading[]){
        {"9h-12h", "9:00-12:00"},
        {"09:05-12:55", "9:05-12:55"},
        {"9H05 – 12h", "9:05-12:00"},
        {"9 h 05 - 12 h 30", "text"}, /* 05 apart from its unit could be an hour */
        {"9 h 00 - 12 h 30", "9:00-12:30"},
        {"9h 30-12h 45", "9:30-12:45"},
        {"9h 12-14h", "text"},
        {"9heures-12 heures 30", "9:00-12:30"},
        {"9: 10-12: 20", "9:10-12:20"},
        {"9 :10-12 :20", "text"},
        {"9.30-12.00", "9:30-12:00"},
        {"1.02-12.02", "text"}, /* days of a month, perhaps */
        {"de 9h à 12h", "9:00-12:00"},
        {"9h à12h", "9:00-12:00"},
        {"8-12h", "8:00-12:00"},
        {"8h30-12", "8:30-12:00"},
        {"8-12", "text"},
        {"8 12h", "text"},
        {"8h/12", "text"},
        {"0h-24h", "0:00-24:00"},
        {"0h-24h01", "text"},
        {"24h-25h", "text"},
        {"24h-3h", "text"}, /* midnight ends a day, and begins none */
        {"9h60-12h", "text"},
        {"9h5-12h", "text"},
        {"9:5-12:00", "text"},
        {"9h-123h", "text"},
        {"0900-1200", "text"},
        {"9:00:00-12:00:00", "text"},
        {"9h-12h.", "text"},
        {"9h", "text"},
        {"9h-", "text"},
        {"-9h", "text"},
        {"9h-12h-", "text"},
        {"9h12h", "text"},
        {NULL, NULL},
    });
}

static void order(void **state)
{
    (void)state;
    check_readings((const reading[]){
        {"9h-9h", "text"},
        {"14h-12h", "text"},
        {"8h30-2h30", "text"}, /* more likely 12h30 than a night */
        {"20h-2h", "20:00-26:00"},
        {"18h-6h", "18:00-30:00"},
        {"17h59-6h", "text"},
        {"18h-6h01", "text"},
        {"9h-12h/22h-0h", "9:00-12:00 22:00-24:00"},
        {"22h-2h/9h-12h", "text"},
        {"9h-12h/12h-18h", "9:00-12:00 12:00-18:00"},
        {"9h-13h/12h-18h", "text"},
        {"14h-18h/9h-12h", "text"},
        {"1h-2h/3h-4h/5h-6h/7h-8h/9h-10h/11h-12h/13h-14h/15h-16h",
         "1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00 11:00-12:00 13:00-14:00 15:00-16:00"},
        {"1h-2h/3h-4h/5h-6h/7h-8h/9h-10h/11h-12h/13h-14h/15h-16h/17h-18h", "text"},
        {NULL, NULL},
    });
}

static void marks(void **state)
{
    (void)state;
    check_readings((const reading[]){
        {"9h-12h/14h-18h", "9:00-12:00 14:00-18:00"},
        {"9h-12h et 14h à 18h", "9:00-12:00 14:00-18:00"},
        {"de 9h à 12h et de 14h à 18h", "9:00-12:00 14:00-18:00"},
        {"9h-12h puis 14h-18h", "9:00-12:00 14:00-18:00"},
        {"9h-12h, 14h-16h ; 17h-18h & 19h-20h", "9:00-12:00 14:00-16:00 17:00-18:00 19:00-20:00"},
        {"9h-12h | 14h-18h", "9:00-12:00 14:00-18:00"},
        {"9h-12h 14h-18h", "9:00-12:00 14:00-18:00"},
        {"9h à 12h - 14h à 18h", "9:00-12:00 14:00-18:00"},
        {"9h-12h-14h-18h", "text"}, /* nothing tells which two belong together */
        {"9h-12h - 14h-18h", "text"},
        {"9h 12h", "9:00-12:00"},
        {"9h/12h", "9:00-12:00"},
        {"9h 12h / 14h 18h", "9:00-12:00 14:00-18:00"},
        {"9h/12h 14h/18h", "9:00-12:00 14:00-18:00"},
        {"9h/12h et 14h/18h", "9:00-12:00 14:00-18:00"},
        {"9h 12h 14h 18h", "text"},
        {"9h/12h/14h/18h", "text"},
        {"9h-12h/14h 18h", "text"}, /* a space or a slash joins two times only where it does so throughout */
        {"9h-12h et 14h/18h", "text"},
        {"9h 12h et 14h/18h", "text"},
        {"9h-12h ou 14h-18h", "text"},
        {"8-12h30 13h30-17h", "8:00-12:30 13:30-17:00"},
        {"9h-12 14-18h", "text"}, /* 9h-12:14 and a rest, perhaps */
        {"9h-12 14h-18h", "text"},
        {"9h-12h//14h-18h", "text"},
        {"9h-12h, et 14h-18h", "text"},
        {"9h-12h (14h-18h)", "text"},
        {"9h--12h", "text"},
        {NULL, NULL},
    });
}

static void appointments(void **state)
{
    (void)state;
    check_readings((const reading[]){
        {"sans rendez-vous 9h-12h", "9:00-12:00w"},
        {"Sans RDV : de 9h à 12h", "9:00-12:00w"},
        {"sur rdv 9h-12h/14h-18h", "9:00-12:00a 14:00-18:00a"},
        {"avec ou sans rendez vous 9h-12h", "9:00-12:00wa"},
        {"9h-18h/sans rendez-vous 10h-11h", "9:00-18:00 10:00-11:00w"},
        {"9h-12h/14h-18h/sans rv 9h-12h/sans rv 14h-18h", "9:00-12:00 14:00-18:00 9:00-12:00w 14:00-18:00w"},
        {"sur rdv de 9h-17h / sans rdv de 15h à 16h", "9:00-17:00a 15:00-16:00w"},
        {"sans rdv 9h-12h/sans rdv 10h-11h", "text"},
        {"9h-18h sur rdv", "9:00-18:00a"},
        {"9h-18h - sans rendez-vous", "9:00-18:00w"},
        {"9h-12h/14h-18h sans rendez-vous", "text"}, /* the last, or both? */
        {"9h-12h sans rendez-vous 14h-18h", "text"}, /* the first, or the last? */
        {"sur rdv 9h-12h sans rdv", "text"},
        {"sans 9h-12h", "text"},
        {"sans rendez-vous", "text"},
        {"rdv 9h-12h", "text"},
        {"ouvert 9h-12h", "9:00-12:00"},
        {"ouvert de 9h à 12h et de 14h à 18h", "9:00-12:00 14:00-18:00"},
        {"fermé 9h-12h", "text"},
        {"9h-12h minimum", "text"},
        {"9h-12h à partir du 25/01", "text"},
        {NULL, NULL},
    });
}

/* Bytes that are no text end as text: nothing of them is read, nothing beyond them either. */
static void hostile(void **state)
{
    (void)state;
    char cell[4096];
    vaxdir_hours hours;
    for (size_t length = 1; length < sizeof cell; length++) {
        memset(cell, ' ', sizeof cell);
        memcpy(cell, "9h-12h", 6);
        cell[length - 1] = '\xC3';
        vaxdir_hours_read((vaxdir_slice){cell, length}, &hours);
        assert_int_equal(hours.kind, VAXDIR_HOURS_TEXT);
        assert_int_equal(hours.interval_count, 0);
    }
    memset(cell, ' ', sizeof cell);
    memcpy(cell + 2000, "9h-12h", 6);
    vaxdir_hours_read((vaxdir_slice){cell, sizeof cell}, &hours);
    assert_int_equal(hours.kind, VAXDIR_HOURS_INTERVALS); /* white space is no length */
    memcpy(cell, "9h-12h\0", 7);
    vaxdir_hours_read((vaxdir_slice){cell, 7}, &hours);
    assert_int_equal(hours.kind, VAXDIR_HOURS_TEXT);
}

static void call(void **state)
{
    (void)state;
    vaxdir_context *context = NULL;
    vaxdir_hours hours = VAXDIR_HOURS_INIT;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_hours_parse(context, "9h-12h et", 6, &hours), VAXDIR_OK);
    assert_int_equal(hours.kind, VAXDIR_HOURS_INTERVALS);
    assert_int_equal(hours.intervals[0].until_minute, 720);
    assert_int_equal(vaxdir_hours_parse(context, NULL, 0, &hours), VAXDIR_OK);
    assert_int_equal(hours.kind, VAXDIR_HOURS_ABSENT);
    assert_int_equal(hours.intervals[0].until_minute, 0);
    assert_null(vaxdir_hours_name(-1));
    assert_null(vaxdir_hours_name(VAXDIR_HOURS_TEXT + 1));
    vaxdir_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),        cmocka_unit_test(times),   cmocka_unit_test(order), cmocka_unit_test(marks),
        cmocka_unit_test(appointments), cmocka_unit_test(hostile), cmocka_unit_test(call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
