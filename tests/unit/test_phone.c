/* test_phone.c: phone fields as feeds write them. The shapes are real, the numbers from the ranges that are kept for
 * fiction (01 99 00) or invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/report.h>

#include "provider/phone.h"
#include "provider/rules.h"

typedef struct field {
    const char *text;
    const char *numbers; /* with a comma between them */
    bool refused;
} field;

static const field fields[] = {
    /* one number, written in many ways */
    {"+33199001234", "+33199001234", false},
    {"0199001234", "+33199001234", false},
    {"01 99 00 12 34", "+33199001234", false},
    {"01.99.00.12.34", "+33199001234", false},
    {"01-99-00-12-34", "+33199001234", false},
    {"33600001234", "+33600001234", false},
    {"33199 00 12 34", "+33199001234", false},
    {"+33 1 99 00 12 34", "+33199001234", false},
    {"+33199 00 12 34", "+33199001234", false},
    {"+33 (0)1 99 00 12 34", "+33199001234", false},
    {"0033199001234", "+33199001234", false},
    {"  0199001234\xC2\xA0", "+33199001234", false},
    {"01\xC2\xA0"
     "99\xE2\x80\xAF"
     "00 12 34.",
     "+33199001234", false},
    {"+330199001234", "+33199001234", false},
    {"330199001234", "+33199001234", false},
    {"0 800 123 456", "+33800123456", false},
    {"0 800 12 34 56", "+33800123456", false},
    /* short numbers, only where nothing else is written */
    {"3975", "3975", false},
    {"39 75", "3975", false},
    {"3975\xC2\xA0", "3975", false},
    {"1017", "1017", false},
    {"15", "15", false},
    {"116117", "116117", false},
    {"0199001234 / 3975", "+33199001234,3975", false},
    {"0199001234/15", "+33199001234", true},
    {"18/01", "", true},
    {"18/01/2021", "", true},
    {"le 15", "", true},
    /* a price or an extension behind a bracket or a dash */
    {"0 825 00 12 34 (0,15 \xE2\x82\xAC/min)", "+33825001234", false},
    {"0825001234 - 0,15 \xE2\x82\xAC/min", "+33825001234", false},
    {"+33 (0)1 99 00 12 34 (6 rue Exemple)", "+33199001234", false},
    {"01 99 00 12 34 (56)", "+33199001234", true},
    {"01 99 00 12 34 - 0600001234", "+33199001234,+33600001234", false},
    {"(01) 99 00 12 34 (0600001234)", "+33199001234,+33600001234", false},
    {"08 00 - 12 00 - 14 00", "", true},
    {"0199 - 001234", "+33199001234", false},
    /* overseas, by whatever prefix */
    {"+594594001234", "+594594001234", false},
    {"0594 00 12 34", "+594594001234", false},
    {"00 59 05 90 00 12 34", "+590590001234", false},
    {"0262 00 12 34", "+262262001234", false},
    {"+262262001234.", "+262262001234", false},
    {"0639 00 12 34", "+262639001234", false},
    {"+33596001234", "+596596001234", false},
    {"+596 0596 00 12 34", "+596596001234", false},
    {"0508 41 12 34", "+508411234", false},
    {"+508 41 12 34", "+508411234", false},
    {"+687 12 34 56", "+687123456", false},
    {"+689 40 12 34 56", "+68940123456", false},
    {"+262199001234", "", true},
    {"590590001234", "+590590001234", false},
    /* several */
    {"0199001234 ou 0600001234", "+33199001234,+33600001234", false},
    {"0199001234/ 0600001234", "+33199001234,+33600001234", false},
    {"+33199001234 / +330199005678", "+33199001234,+33199005678", false},
    {"01 99 00 12 34 06 00 00 12 34", "+33199001234,+33600001234", false},
    {"0199001234, 01 99 00 12 34", "+33199001234", false},
    {"01 99 00 12 34/35", "+33199001234,+33199001235", false},
    {"01 99 00 12 39 / 40", "+33199001239,+33199001240", false},
    {"01 99 00 12 99/300", "+33199001299,+33199001300", false},
    {"01 99 00 12 34/36", "+33199001234", true},
    {"01 99 00 12 34 35", "", true},
    {"01 99 00 12 34, 35", "+33199001234", true},
    {"0199001230 0199001231;0199001232;0199001233;0199001234", "+33199001230,+33199001231,+33199001232,+33199001233",
     true},
    /* words around a number, words alone */
    {"09 99 00 12 34 \xC3\xA0 compter du 18/01", "+33999001234", false},
    {"T\xC3\xA9l : 0199001234", "+33199001234", false},
    {"en cours", "", true},
    {"Sans RDV", "", true},
    {"", "", false},
    {" \xC2\xA0", "", false},
    /* cut, too long, another country, no number: never guessed */
    {"+331", "", true},
    {"+3319900123", "", true},
    {"019900123", "", true},
    {"199001234", "", true},
    {"8", "", true},
    {"+331990012345", "", true},
    {"+199001234", "", true},
    {"+01990012345", "", true},
    {"+00000000", "", true},
    {"+33", "", true},
    {"+", "", true},
    {"+33 0 0 99 00 12 34", "", true},
    {"10:00-16:00", "", true},
    {"01990012340199001234019900123401990012340199001234", "", true},
    {"\xD9\xA0\xD9\xA1\xD9\xA9", "", true},
};

static void test_fields(void **state)
{
    vaxdir_rules *rules = *state;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        vaxdir_phones phones;
        char got[100] = "";
        vaxdir_phones_read(rules, vaxdir_slice_of(fields[i].text), &phones);
        for (size_t k = 0; k < phones.count; k++) {
            strcat(got, k == 0 ? "" : ",");
            strcat(got, phones.numbers[k]);
        }
        if (strcmp(got, fields[i].numbers) != 0 || phones.refused != fields[i].refused)
            fail_msg("\"%s\": got \"%s\"%s", fields[i].text, got, phones.refused ? ", refused" : "");
    }
}

/* What is refused is refused with a reason. */
static void test_reasons(void **state)
{
    static const char *const reasons[][2] = {
        {"en cours", "words"},
        {"Numero inconnu", "words"},
        {"+331", "too-short"},
        {"+3319900123", "too-short"},
        {"8", "too-short"},
        {"019900123", "too-short"},
        {"+331990012345", "too-long"},
        {"01990012340199001234019900123401990012340199001234", "too-long"},
        {"+171114240", "country"},
        {"+00000000", "country"},
        {"0044199001234", "country"},
        {"18/01", "ambiguous"},
        {"0199001234/15", "ambiguous"},
        {"le 15", "ambiguous"},
        {"+33 0 0 99 00 12 34", "too-long"},
        {"01 99 00 12 34", NULL},
        {"", NULL},
    };
    vaxdir_rules *rules = *state;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        vaxdir_phones phones;
        vaxdir_phones_read(rules, vaxdir_slice_of(reasons[i][0]), &phones);
        const char *name = vaxdir_phone_reason_name(phones.reason);
        if (name == NULL || reasons[i][1] == NULL ? name != reasons[i][1] : strcmp(name, reasons[i][1]) != 0)
            fail_msg("\"%s\": reason %s", reasons[i][0], name == NULL ? "none" : name);
        assert_int_equal(phones.refused, name != NULL);
    }
}

/* Without a plan nothing is a number. */
static void test_no_plan(void **state)
{
    static const char document[] = "{\"schema\": 1, \"providers\": []}";
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    vaxdir_phones phones;
    (void)state;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_open_memory(context, document, strlen(document), &rules), VAXDIR_OK);
    vaxdir_phones_read(rules, vaxdir_slice_of("+33199001234"), &phones);
    assert_int_equal(phones.count, 0);
    assert_true(phones.refused);
    assert_null(vaxdir_rules_national_line(rules));
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
}

static int set_up(void **state)
{
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    vaxdir_context_unref(context);
    *state = rules;
    return 0;
}

static int tear_down(void **state)
{
    vaxdir_rules_unref(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fields), cmocka_unit_test(test_reasons),
                                       cmocka_unit_test(test_no_plan)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
