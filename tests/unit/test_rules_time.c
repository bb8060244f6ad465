/* test_rules_time.c: zones, calendar and campaign of a rules document: what is refused, with which place; what extends
 * the shipped rules; and that none of it changes the judging hash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "provider/campaign.h"

static vaxdir_context *context;

#define DOCUMENT(more)                                                                                                 \
    "{\"schema\": 1, \"providers\": [{\"id\": \"one\", \"name\": \"N\", \"declared\": true,"                           \
    " \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}], " more "}"
#define ZONES(more) DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1CEST,M3.5.0,M10.5.0/3\"}]}, " more)
#define WINDOW(more) DOCUMENT("\"calendar\": [{\"state\": \"open\", " more "}]")
#define PHASE(more)                                                                                                    \
    DOCUMENT("\"campaign\": {\"facts\": {\"a\": {\"en\": \"A\", \"fr\": \"A\"}}, \"phases\": [{\"id\": \"p\", "        \
             "\"from\": \"2021-01-18\", " more "}]}")
#define WHO(who) PHASE("\"who\": " who)
#define NOT4(what) "{\"not\": {\"not\": {\"not\": {\"not\": " what "}}}}"
#define NOT12(what) NOT4(NOT4(NOT4(what)))

/* Each is refused, and the message has this in it. */
static const struct {
    const char *document;
    const char *message;
} refused[] = {
    {DOCUMENT("\"extends\": \"mine\""), "/extends"},
    {DOCUMENT("\"extends\": 1"), "/extends"},
    {DOCUMENT("\"zones\": []"), "/zones"},
    {DOCUMENT("\"zones\": {\"p\": []}"), "/zones/p"},
    {DOCUMENT("\"zones\": {\"p\": [{}]}"), "/zones/p/0/posix"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"Europe/Paris\"}]}"), "/zones/p/0/posix"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1CEST\"}]}"), "/zones/p/0/posix"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1\"}, {\"posix\": \"CET-2\"}]}"), "/zones/p/0"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1\", \"until\": \"2021-01-01T00:00:00Z\"}]}"), "/zones/p/0"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1\", \"until\": \"2021-01-01\"}, {\"posix\": \"CET-1\"}]}"),
     "/zones/p/0/until"},
    {DOCUMENT("\"zones\": {\"p\": [{\"posix\": \"CET-1\", \"until\": \"2021-01-01T00:00:00Z\"}, {\"posix\": \"CET-1\","
              " \"until\": \"2020-01-01T00:00:00Z\"}, {\"posix\": \"CET-1\"}]}"),
     "/zones/p/1"},
    {ZONES("\"default_zone\": \"q\""), "/default_zone"},
    {ZONES("\"territories\": [{\"zone\": \"q\", \"departments\": [\"57\"]}]"), "/territories/0/zone"},
    {ZONES("\"territories\": [{\"zone\": \"p\"}]"), "/territories/0"},
    {ZONES("\"territories\": [{\"zone\": \"p\", \"departments\": [\"57\"]}, {\"zone\": \"p\", \"departments\": "
           "[\"75\", \"57\"]}]"),
     "/territories/1"},
    {ZONES("\"territories\": [{\"zone\": \"p\", \"insee\": [\"98731\", \"98731\"]}]"), "/territories/0/insee/1"},
    {ZONES("\"territories\": [{\"zone\": \"p\", \"insee\": [\"987311\"]}]"), "/territories/0/insee/0"},
    {ZONES("\"territories\": [{\"zone\": \"p\", \"departments\": [\"Moselle\"]}]"), "/territories/0/departments/0"},
    {ZONES("\"territories\": [{\"zone\": \"p\", \"departments\": []}]"), "/territories/0/departments"},
    /* calendar */
    {DOCUMENT("\"calendar\": {}"), "/calendar"},
    {DOCUMENT("\"calendar\": [{}]"), "/calendar/0/state"},
    {DOCUMENT("\"calendar\": [{\"state\": \"unknown\"}]"), "/calendar/0/state"},
    {DOCUMENT("\"calendar\": [{\"state\": \"broken\"}]"), "/calendar/0/state"},
    {WINDOW("\"provider\": \"two\""), "/calendar/0/provider"},
    {WINDOW("\"from\": \"2021-01-15\""), "/calendar/0/from"},
    {WINDOW("\"from\": \"2021-01-15T08:00:00\""), "/calendar/0/from"},
    {WINDOW("\"from\": \"2021-02-30T08:00:00Z\""), "/calendar/0/from"},
    {WINDOW("\"from\": \"2021-01-15T25:00:00Z\""), "/calendar/0/from"},
    {WINDOW("\"from\": \"0001-01-01T00:00:00+01:00\""), "/calendar/0/from"},
    {WINDOW("\"from\": 1610694000"), "/calendar/0/from"},
    {WINDOW("\"from\": \"2021-01-15T08:00:00Z\", \"until\": \"2021-01-15T09:00:00+01:00\""), "/calendar/0"},
    {WINDOW("\"departments\": [\"57\"], \"centres\": [\"a\"]"), "/calendar/0"},
    {WINDOW("\"centres\": []"), "/calendar/0"},
    {WINDOW("\"place\": 1"), "/calendar/0/place"},
    {WINDOW("\"from\": \"2021-01-15T08:00:00Z\"}, {\"state\": \"down\", \"until\": \"2021-01-15T08:00:01Z\""),
     "/calendar/1: it holds at the same time and for the same as /calendar/0"},
    {WINDOW("\"centres\": [\"b\", \"a\"]}, {\"state\": \"down\"}, {\"state\": \"down\", \"centres\": [\"c\", \"b\"]"),
     "/calendar/2: it holds at the same time and for the same as /calendar/0"},
    {WINDOW("\"departments\": [\"75\", \"57\"]}, {\"state\": \"open\", \"departments\": [\"57\"]"),
     "/calendar/1: it holds at the same time and for the same as /calendar/0"},
    /* campaign */
    {DOCUMENT("\"campaign\": []"), "/campaign"},
    {DOCUMENT("\"campaign\": {\"opens\": \"2021-01-18\"}"), "/campaign/opens"},
    {DOCUMENT("\"campaign\": {\"facts\": [\"a\"]}"), "/campaign/facts"},
    {DOCUMENT("\"campaign\": {\"facts\": {\"A\": {\"en\": \"A\", \"fr\": \"A\"}}}"), "/campaign/facts/A"},
    {DOCUMENT("\"campaign\": {\"facts\": {\"a\": {\"en\": \"A\"}}}"), "/campaign/facts/a/fr"},
    {DOCUMENT("\"campaign\": {\"reserved_fact\": \"a\"}"), "/campaign/reserved_fact"},
    {DOCUMENT("\"campaign\": {\"reserved_words\": []}"), "/campaign/reserved_words"},
    {DOCUMENT("\"reserved_words\": [\" \"]"), "/reserved_words/0"},
    {DOCUMENT("\"campaign\": {\"phases\": [{\"id\": \"p\", \"who\": {\"all\": []}}]}"), "/campaign/phases/0"},
    {PHASE("\"until\": \"2021-01-17\", \"who\": {\"all\": []}"), "/campaign/phases/0"},
    {PHASE("\"note\": \"\""), "/campaign/phases/0/who"},
    {PHASE("\"who\": {\"all\": []}}, {\"id\": \"p\", \"from\": \"2021-01-18\", \"who\": {\"all\": []}"),
     "/campaign/phases/1/id"},
    {WHO("{}"), "/campaign/phases/0/who"},
    {WHO("[]"), "/campaign/phases/0/who"},
    {WHO("{\"fact\": \"b\"}"), "/campaign/phases/0/who/fact"},
    {WHO("{\"age\": 75}"), "/campaign/phases/0/who/age"},
    {WHO("{\"age_from\": 151}"), "/campaign/phases/0/who/age_from"},
    {WHO("{\"age_to\": 7.5}"), "/campaign/phases/0/who/age_to"},
    {WHO("{\"born_before\": \"1946-02-30\"}"), "/campaign/phases/0/who/born_before"},
    {WHO("{\"dose\": 0}"), "/campaign/phases/0/who/dose"},
    {WHO("{\"vaccine\": \"A\"}"), "/campaign/phases/0/who/vaccine"},
    {WHO("{\"departments\": \"57\"}"), "/campaign/phases/0/who/departments"},
    {WHO("{\"any\": {\"age_from\": 1}}"), "/campaign/phases/0/who/any"},
    {WHO("{\"all\": [{\"any\": [{\"age_from\": 1}, {\"not\": {\"age_from\": -1}}]}]}"),
     "/campaign/phases/0/who/all/0/any/1/not/age_from"},
    {WHO(NOT12(NOT4("{\"age_from\": 1}"))), "nested more than 16"},
};

static vaxdir_rules *load(const char *text)
{
    vaxdir_rules *rules = NULL;
    if (vaxdir_rules_open_memory(context, text, strlen(text), &rules) != VAXDIR_OK)
        fail_msg("%s\n%s", vaxdir_context_error(context)->message, text);
    return rules;
}

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        vaxdir_rules *rules = NULL;
        vaxdir_status status =
            vaxdir_rules_open_memory(context, refused[i].document, strlen(refused[i].document), &rules);
        const char *message = vaxdir_context_error(context)->message;
        if (status != VAXDIR_ERROR_RULES || strstr(message, refused[i].message) == NULL)
            fail_msg("%s: %s, not %s\n%s", vaxdir_status_name(status), message, refused[i].message,
                     refused[i].document);
        assert_null(rules);
    }
    vaxdir_rules_unref(load(WHO(NOT12("{\"not\": {\"not\": {\"not\": {\"age_from\": 1}}}}"))));
    /* Windows that touch, or say it of another provider or place, are no contradiction. */
    vaxdir_rules_unref(load(WINDOW("\"until\": \"2021-01-15T08:00:00Z\"}, {\"state\": \"down\", \"from\": "
                                   "\"2021-01-15T09:00:00+01:00\"}, {\"state\": \"down\", \"provider\": \"one\"}, "
                                   "{\"state\": \"down\", \"departments\": [\"57\"]")));
}

/* More than is allowed of each thing. */
static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *head, *item, *tail, *message;
        size_t count;
    } limits[] = {
        {DOCUMENT("\"calendar\": ["), "{\"state\": \"open\", \"centres\": [\"c%zu\"]}", "]}", "/calendar", 1001},
        {DOCUMENT("\"campaign\": {\"phases\": ["),
         "{\"id\": \"p%zu\", \"from\": \"2021-01-18\", \"who\": {\"all\": []}}", "]}}", "/campaign/phases", 257},
        {DOCUMENT("\"campaign\": {\"facts\": {"), "\"f%zu\": {\"en\": \"A\", \"fr\": \"A\"}", "}}}", "/campaign/facts",
         65},
        {DOCUMENT("\"campaign\": {\"phases\": [{\"id\": \"p\", \"from\": \"2021-01-18\", \"who\": {\"any\": ["),
         "{\"age_to\": 1}", "]}}]}}", "at most 256 conditions", 256},
        {DOCUMENT("\"campaign\": {\"phases\": [{\"id\": \"p\", \"from\": \"2021-01-18\", \"who\": {\"any\": ["),
         "{\"vaccine\": \"v%zu\"}", "]}}]}}", "more than 64 vaccines", 65},
        {DOCUMENT("\"zones\": {"), "\"z%zu\": [{\"posix\": \"UTC0\"}]", "}}", "/zones", 251},
        {DOCUMENT("\"reserved_words\": ["), "\"w%zu\"", "]}", "/reserved_words", 65},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (size_t over = 0; over < 2; over++) {
            static char text[131072], item[256];
            size_t at = (size_t)snprintf(text, sizeof text, "%.*s", (int)strlen(limits[i].head) - 1, limits[i].head);
            for (size_t k = 0; k + 1 < limits[i].count + over; k++) {
                const char *number = strstr(limits[i].item, "%zu");
                if (number == NULL)
                    snprintf(item, sizeof item, "{\"age_to\": 1}");
                else
                    snprintf(item, sizeof item, "%.*s%lu%s", (int)(number - limits[i].item), limits[i].item,
                             (unsigned long)k, number + 3);
                at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", k == 0 ? "" : ",", item);
            }
            (void)snprintf(text + at, sizeof text - at, "%s", limits[i].tail);
            vaxdir_rules *rules = NULL;
            vaxdir_status status = vaxdir_rules_open_memory(context, text, strlen(text), &rules);
            const char *message = vaxdir_context_error(context)->message;
            if (status != (over == 0 ? VAXDIR_OK : VAXDIR_ERROR_RULES) ||
                (over == 1 && strstr(message, limits[i].message) == NULL))
                fail_msg("%s at %lu: %s", limits[i].message, (unsigned long)(limits[i].count - 1 + over), message);
            vaxdir_rules_unref(rules);
        }
}

/* A document that extends has the shipped providers, line and zones, and its own in place of them where it gives them.
 */
static void test_extends(void **state)
{
    (void)state;
    vaxdir_rules *shipped = NULL;
    assert_int_equal(vaxdir_rules_default(context, &shipped), VAXDIR_OK);
    vaxdir_rules *rules = load("{\"schema\": 1, \"extends\": \"shipped\", \"national_line\": \"3646\"}");
    assert_int_equal(vaxdir_rules_provider_count(rules), vaxdir_rules_provider_count(shipped));
    assert_string_equal(vaxdir_rules_national_line(rules), "3646");
    assert_string_equal(vaxdir_rules_information_url(rules), vaxdir_rules_information_url(shipped));
    assert_string_equal(vaxdir_rules_zone(rules, vaxdir_slice_of("98731"), vaxdir_slice_of("987"))->name,
                        "Pacific/Marquesas");
    vaxdir_rules_hash one = vaxdir_rules_judging_hash(rules), other = vaxdir_rules_judging_hash(shipped);
    assert_memory_equal(&one, &other, sizeof one);
    vaxdir_rules_unref(rules);
    rules = load(DOCUMENT("\"extends\": \"shipped\""));
    assert_int_equal(vaxdir_rules_provider_count(rules), 1);
    vaxdir_rules_unref(rules);
    rules = load(DOCUMENT("\"note\": \"\""));
    assert_null(vaxdir_rules_zone(rules, vaxdir_slice_of("98731"), vaxdir_slice_of("987")));
    vaxdir_rules_unref(rules);
    vaxdir_rules_unref(shipped);
}

/* The longest INSEE prefix, then the département, then the default. */
static void test_places(void **state)
{
    (void)state;
    vaxdir_rules *rules = load(DOCUMENT(
        "\"zones\": {\"a\": [{\"posix\": \"AAA1\"}], \"b\": [{\"posix\": \"BBB2\"}], \"c\": [{\"posix\": \"CCC3\"}],"
        " \"d\": [{\"posix\": \"DDD4\"}]}, \"default_zone\": \"d\", \"territories\": ["
        "{\"insee\": [\"98\"], \"zone\": \"a\"}, {\"insee\": [\"9873\"], \"zone\": \"b\"},"
        "{\"insee\": [\"987\"], \"zone\": \"a\"}, {\"departments\": [\"987\", \"57\"], \"zone\": \"c\"}]"));
    static const char *const places[][3] = {{"98731", "987", "b"}, {"98711", "987", "a"}, {"", "987", "c"},
                                            {"57463", "57", "c"},  {"75056", "75", "d"},  {"", "", "d"},
                                            {"98", "", "a"},       {"9", "57", "c"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        assert_string_equal(
            vaxdir_rules_zone(rules, vaxdir_slice_of(places[i][0]), vaxdir_slice_of(places[i][1]))->name, places[i][2]);
    vaxdir_rules_unref(rules);
}

static void test_hash_is_of_judging_only(void **state)
{
    (void)state;
    static const char *const documents[] = {
        ZONES("\"default_zone\": \"p\""),
        WINDOW("\"provider\": \"one\""),
        WHO("{\"age_from\": 75}"),
        DOCUMENT("\"reserved_words\": [\"r\"]"),
    };
    vaxdir_rules *plain = load(DOCUMENT("\"note\": \"\""));
    vaxdir_rules_hash wanted = vaxdir_rules_judging_hash(plain);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        vaxdir_rules *rules = load(documents[i]);
        vaxdir_rules_hash hash = vaxdir_rules_judging_hash(rules);
        assert_memory_equal(&hash, &wanted, sizeof hash);
        vaxdir_rules_unref(rules);
    }
    vaxdir_rules_unref(plain);
}

static int set_up(void **state)
{
    (void)state;
    return vaxdir_context_new(NULL, &context) == VAXDIR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_extends),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_hash_is_of_judging_only),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
