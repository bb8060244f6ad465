/* test_locale.c: shows that the locale is the one that the test run asked for (VAXDIR_EXPECT_DECIMAL), so that a suite
 * "under a decimal comma" is known to have run under one; and that the library's numbers do not follow it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void the_locale_is_active(void **state)
{
    (void)state;
    char text[16];
    const char *expected = getenv("VAXDIR_EXPECT_DECIMAL");
    snprintf(text, sizeof text, "%.1f", 1.5);
    assert_int_equal(strlen(text), 3);
    if (expected != NULL)
        assert_int_equal(text[1], expected[0]);
}

static void numbers_do_not_follow_it(void **state)
{
    (void)state;
    double number = 0;
    assert_true(vaxdir_text_number(vaxdir_slice_of("49.1193"), &number));
    assert_true(number == 49.1193);
    assert_false(vaxdir_text_number(vaxdir_slice_of("49,1193"), &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_locale_is_active),
        cmocka_unit_test(numbers_do_not_follow_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
