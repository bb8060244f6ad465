/* test_admit.c: centres that a person may go to: every pair of answers against every wish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"
#include "edition/admit.h"

static vaxdir_context *context;
static vaxdir_edition *edition;

static const char rules_text[] =
    "{\"schema\":1,\"providers\":[],\"campaign\":{\"name\":\"c\",\"facts\":{\"nurse\":{\"en\":\"n\",\"fr\":\"n\"}},"
    "\"phases\":[{\"id\":\"one\",\"from\":\"2021-01-18\",\"who\":{\"any\":[{\"age_from\":75},{\"fact\":\"nurse\"}]}}]}"
    "}";

/* Rows: open on Mondays from 9 to 12, closed for good, hours not stated. */
static int set_up(void **state)
{
    (void)state;
    static const char feed[] = "id,hours_monday,closed\n0,9h-12h,\n1,9h-12h,t\n2,,\n";
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    vaxdir_rules *rules = made_rules(context, rules_text);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_add_memory(context, builder, feed, strlen(feed), NULL), VAXDIR_OK);
    edition = made_edition(context, builder, rules);
    vaxdir_rules_unref(rules);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_edition_unref(edition);
    vaxdir_context_unref(context);
    return 0;
}

static void test_every_wish(void **state)
{
    (void)state;
    static const int32_t open[] = {VAXDIR_YES, VAXDIR_NO, VAXDIR_UNKNOWN};
    static const int32_t births[] = {19440302, 19800302, 0};
    static const int32_t answers[] = {VAXDIR_ELIGIBILITY_YES, VAXDIR_ELIGIBILITY_NO, VAXDIR_ELIGIBILITY_UNKNOWN};
    vaxdir_facts *facts = NULL;
    assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
    assert_int_equal(vaxdir_facts_set(context, facts, "nurse", 5, VAXDIR_NO), VAXDIR_OK);
    for (uint32_t row = 0; row < 3; row++)
        for (int who = 0; who < 3; who++)
            for (uint32_t flags = 0; flags < 16; flags++) {
                vaxdir_visit visit = VAXDIR_VISIT_INIT;
                vaxdir_visit_known known;
                visit.at = 1610964000; /* Monday 18 January 2021, 10:00 UTC, which is local time without zones */
                visit.birth_date = births[who];
                visit.facts = facts;
                assert_int_equal(vaxdir_visit_read(context, edition, &visit, &known), VAXDIR_OK);
                bool wanted = true;
                if ((flags & VAXDIR_ADMIT_ELIGIBLE) != 0)
                    wanted = wanted && answers[who] != VAXDIR_ELIGIBILITY_NO;
                if ((flags & VAXDIR_ADMIT_ELIGIBLE_SURE) != 0)
                    wanted = wanted && answers[who] == VAXDIR_ELIGIBILITY_YES;
                if ((flags & VAXDIR_ADMIT_OPEN) != 0)
                    wanted = wanted && open[row] != VAXDIR_NO;
                if ((flags & VAXDIR_ADMIT_OPEN_SURE) != 0)
                    wanted = wanted && open[row] == VAXDIR_YES;
                assert_int_equal(vaxdir_edition_admits(edition, row, &known, flags), wanted);
                uint32_t objections = vaxdir_edition_objections(edition, row, &known, flags);
                assert_int_equal(objections == 0, wanted);
                assert_int_equal((objections & VAXDIR_OBJECTION_NOT_ELIGIBLE) != 0,
                                 (flags & 3) != 0 && answers[who] == VAXDIR_ELIGIBILITY_NO);
                assert_int_equal((objections & VAXDIR_OBJECTION_ELIGIBILITY_UNKNOWN) != 0,
                                 (flags & 2) != 0 && answers[who] == VAXDIR_ELIGIBILITY_UNKNOWN);
                assert_int_equal((objections & VAXDIR_OBJECTION_CLOSED) != 0,
                                 (flags & 12) != 0 && open[row] == VAXDIR_NO);
                assert_int_equal((objections & VAXDIR_OBJECTION_OPENING_UNKNOWN) != 0,
                                 (flags & 8) != 0 && open[row] == VAXDIR_UNKNOWN);
            }
    vaxdir_facts_unref(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_wish)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
