/* test_say.c: what people read or hear: numbers as they are dialled, times in words, sentences that stay on their line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "provider/phone_pairs.h"
#include "routing/text.h"
#include "routing/words.h"

static vaxdir_context *context;
static vaxdir_rules *rules;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}

/* By the shipped plan: geographic and mobile numbers, special rates, overseas with and without a code of their own,
 * short numbers, and numbers of no plan, which stay as they are. */
static void test_numbers_in_pairs(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"+33199001234", "01 99 00 12 34"},
        {"+33639980012", "06 39 98 00 12"},
        {"+33800009110", "0 800 009 110"},
        {"+33892123456", "0 892 123 456"},
        {"+262262123456", "0262 12 34 56"},
        {"+262639123456", "0639 12 34 56"},
        {"+590590123456", "0590 12 34 56"},
        {"+596696123456", "0696 12 34 56"},
        {"+687123456", "+687 12 34 56"},
        {"+68940123456", "+689 40 12 34 56"},
        {"+508412345", "+508 41 23 45"},
        {"+681721234", "+681 72 12 34"},
        {"116117", "116117"},
        {"15", "15"},
        {"+4930123456", "+4930123456"},
        {"+3319900123", "+3319900123"},
        {"+999999999999999999", "+999999999999999999"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[VAXDIR_PHONE_PAIRS_SIZE];
        vaxdir_phone_pairs(rules, pairs[i][0], text);
        assert_string_equal(text, pairs[i][1]);
    }
}

/* Whatever the plan: every digit once, in order, and the text ends inside its room. */
static void test_hostile_numbers(void **state)
{
    (void)state;
    for (size_t length = 0; length < 90; length++) {
        char number[100] = "+33", text[VAXDIR_PHONE_PAIRS_SIZE];
        for (size_t i = 0; i < length; i++)
            number[i] = i == 0 ? '+' : (char)('0' + (i * 7 + length) % 10);
        vaxdir_phone_pairs(rules, number, text);
        assert_true(strlen(text) < sizeof text);
    }
}

static const char *words(int64_t at, bool french, vaxdir_words_hour hour)
{
    static char text[VAXDIR_WORDS_SIZE];
    vaxdir_words_instant(NULL, at, french, hour, text);
    return text;
}

static void test_times(void **state)
{
    (void)state;
    const vaxdir_words_hour always = VAXDIR_WORDS_HOUR_ALWAYS, not_at_midnight = VAXDIR_WORDS_HOUR_NOT_AT_MIDNIGHT;
    assert_string_equal(words(1610697600, true, always), "vendredi 15 janvier 2021 \xC3\xA0 8 h");
    assert_string_equal(words(1610697600, false, always), "Friday 15 January 2021 at 8:00");
    assert_string_equal(words(1610697600 + 1800, true, not_at_midnight), "vendredi 15 janvier 2021 \xC3\xA0 8 h 30");
    assert_string_equal(words(1610697599, true, always), "vendredi 15 janvier 2021 \xC3\xA0 7 h 59 min 59 s");
    assert_string_equal(words(1610697599, false, always), "Friday 15 January 2021 at 7:59:59");
    /* A midnight that ends something is said, one that begins something is its day. */
    assert_string_equal(words(1610928000, true, always), "lundi 18 janvier 2021 \xC3\xA0 0 h");
    assert_string_equal(words(1610928000, true, not_at_midnight), "lundi 18 janvier 2021");
    assert_string_equal(words(1612137600, true, not_at_midnight), "lundi 1er f\xC3\xA9vrier 2021");
    assert_string_equal(words(1612137600, false, not_at_midnight), "Monday 1 February 2021");
    assert_string_equal(words(1627776000, true, not_at_midnight), "dimanche 1er ao\xC3\xBBt 2021");
    /* The ends of the calendar fit the room. */
    for (int french = 0; french < 2; french++)
        for (int month = 0; month < 12; month++)
            assert_true(strlen(words(VAXDIR_INSTANT_LAST - month * 2629746, french != 0, always)) <
                        VAXDIR_WORDS_SIZE - 30);
}

/* A feed's own words stay on the line of their step and turn nothing around; a plain writer is not asked to. */
static void test_plain(void **state)
{
    (void)state;
    static const char dirty[] = "a\nb\rc\td\x7F"
                                "e\xC2\x85"
                                "f\xE2\x80\xA8g\xE2\x80\xAEh\xE2\x81\xA6i\xC3\xA9\xE2\x82\xAC";
    const char *const parameters[] = {NULL, NULL, dirty};
    char text[200];
    vaxdir_writer to = {text, sizeof text, 0, true};
    assert_true(vaxdir_text_write(&to, VAXDIR_TEXT_STEP_REASON, VAXDIR_STEP_REASON_LINK_EMAIL, false, parameters, 3));
    vaxdir_writer_end(&to);
    assert_non_null(strstr(text, "a b c d e f g h i\xC3\xA9\xE2\x82\xAC"));
    to = (vaxdir_writer){text, sizeof text, 0, false};
    assert_true(vaxdir_text_write(&to, VAXDIR_TEXT_STEP_REASON, VAXDIR_STEP_REASON_LINK_EMAIL, false, parameters, 3));
    vaxdir_writer_end(&to);
    assert_non_null(strstr(text, dirty));
    assert_false(vaxdir_text_write(&to, VAXDIR_TEXT_STEP_REASON, 9999, false, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_in_pairs),
        cmocka_unit_test(test_hostile_numbers),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
