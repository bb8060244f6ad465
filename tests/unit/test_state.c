/* test_state.c: states in time: which window counts, since and until at both sides of each switch, what is refused, and
 * random calendars with random overrides against a naive reading of the same windows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/builder.h>

#include "../support/made.h"
#include "../support/random.h"
#include "edition/state.h"

static vaxdir_context *context;
static vaxdir_registry *registry;

#define PROVIDER(id)                                                                                                   \
    "{\"id\": \"" id "\", \"name\": \"N\", \"hosts\": {\"" id ".example\": \"" id ".example\"},"                       \
    " \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}"
#define RULES(calendar)                                                                                                \
    "{\"schema\": 1, \"providers\": [" PROVIDER("acme") ", " PROVIDER(                                                 \
        "zeta") ", {\"id\": \"idle\", \"name\": \"N\","                                                                \
                " \"active\": false, \"declared\": true, \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}],"        \
                " \"calendar\": [" calendar "]}"

/* Rows: c:0 to c:5, in the départements 57, 57, 75, 974, none, 57; acme, zeta, acme, acme, acme, no provider. */
static const struct {
    const char *id;
    const char *insee;
    const char *url;
} centres[] = {
    {"c:0", "57463", "https://acme.example/"}, {"c:1", "57463", "https://zeta.example/"},
    {"c:2", "75056", "https://acme.example/"}, {"c:3", "97411", "https://acme.example/"},
    {"c:4", "", "https://acme.example/"},      {"c:5", "57463", ""},
};
enum { CENTRES = sizeof centres / sizeof *centres };

static int set_up(void **state)
{
    (void)state;
    vaxdir_builder *builder = NULL;
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    options.rules = made_rules(context, RULES(""));
    assert_int_equal(vaxdir_builder_new(context, &options, &builder), VAXDIR_OK);
    for (size_t i = 0; i < CENTRES; i++) {
        assert_int_equal(vaxdir_builder_begin_record(context, builder, centres[i].id, 3), VAXDIR_OK);
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_INSEE, centres[i].insee, strlen(centres[i].insee));
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_BOOKING_URL, centres[i].url, strlen(centres[i].url));
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    vaxdir_builder_unref(builder);
    vaxdir_rules_unref(options.rules);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_registry_unref(registry);
    vaxdir_context_unref(context);
    return 0;
}

static vaxdir_edition *edition_of(vaxdir_rules *rules, const vaxdir_override *overrides, uint32_t count)
{
    vaxdir_edition *edition = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = rules;
    options.overrides = overrides;
    options.override_count = count;
    if (vaxdir_edition_new(context, registry, &options, &edition) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    return edition;
}

static void expect(const vaxdir_edition *edition, uint32_t row, const char *provider, int64_t at, int32_t state,
                   int64_t since, int64_t until)
{
    vaxdir_state_answer answer = VAXDIR_STATE_ANSWER_INIT;
    assert_int_equal(vaxdir_edition_state(context, edition, row, provider, at, &answer), VAXDIR_OK);
    if (answer.state != state || answer.since != since || answer.until != until)
        fail_msg("row %lu %s at %lld: %s %lld %lld", (unsigned long)row, provider == NULL ? "-" : provider,
                 (long long)at, vaxdir_state_name(answer.state), (long long)answer.since, (long long)answer.until);
}

/* 2021-01-15T08:00+01:00, and other hours of those days. */
enum { OPENS = 1610694000, HOUR = 3600, DAY = 86400 };

static const char story[] =
    RULES("{\"provider\": \"acme\", \"state\": \"not-yet-open\", \"until\": \"2021-01-15T08:00:00+01:00\"},"
          "{\"provider\": \"acme\", \"state\": \"open\", \"from\": \"2021-01-15T07:00:00Z\","
          " \"until\": \"2021-01-16T08:00:00+01:00\"},"
          "{\"provider\": \"acme\", \"state\": \"open\", \"from\": \"2021-01-16T08:00:00+01:00\"},"
          "{\"state\": \"closed\", \"from\": \"2021-01-20T08:00:00+01:00\"},"
          "{\"departments\": [\"974\", \"75\"], \"state\": \"degraded\", \"from\": \"2021-01-15T12:00:00+01:00\","
          " \"until\": \"2021-01-15T13:00:00+01:00\"},"
          "{\"provider\": \"acme\", \"departments\": [\"75\"], \"state\": \"down\","
          " \"from\": \"2021-01-15T12:30:00+01:00\", \"until\": \"2021-01-15T14:00:00+01:00\"},"
          "{\"centres\": [\"c:2\", \"c:9\"], \"state\": \"closed\", \"from\": \"2021-01-15T12:45:00+01:00\","
          " \"until\": \"2021-01-15T12:46:00+01:00\"},"
          "{\"provider\": \"idle\", \"state\": \"down\"}");

/* Both sides of each switch: a provider before and after it opens, equal neighbours as one, the narrower above. */
static void test_calendar(void **state)
{
    (void)state;
    vaxdir_rules *rules = made_rules(context, story);
    vaxdir_edition *edition = edition_of(rules, NULL, 0);
    const int64_t noon = OPENS + 4 * HOUR, end = OPENS + 5 * DAY;
    expect(edition, 0, NULL, OPENS - 1, VAXDIR_STATE_NOT_YET_OPEN, 0, OPENS);
    expect(edition, 0, NULL, OPENS, VAXDIR_STATE_OPEN, OPENS, 0);
    expect(edition, 0, NULL, end, VAXDIR_STATE_OPEN, OPENS, 0); /* the provider's own is above everybody's */
    expect(edition, 0, "zeta", OPENS, VAXDIR_STATE_UNKNOWN, 0, end);
    expect(edition, 1, NULL, end - 1, VAXDIR_STATE_UNKNOWN, 0, end);
    expect(edition, 1, NULL, end, VAXDIR_STATE_CLOSED, end, 0);
    expect(edition, 5, NULL, end, VAXDIR_STATE_CLOSED, end, 0);
    expect(edition, VAXDIR_NO_ROW, NULL, end, VAXDIR_STATE_CLOSED, end, 0);
    expect(edition, VAXDIR_NO_ROW, "acme", OPENS - 1, VAXDIR_STATE_NOT_YET_OPEN, 0, OPENS);
    /* A département, the provider in it, the centre. */
    expect(edition, 3, NULL, noon - 1, VAXDIR_STATE_OPEN, OPENS, noon);
    expect(edition, 3, NULL, noon, VAXDIR_STATE_DEGRADED, noon, noon + HOUR);
    expect(edition, 3, "zeta", noon, VAXDIR_STATE_DEGRADED, noon, noon + HOUR);
    expect(edition, 3, NULL, noon + HOUR, VAXDIR_STATE_OPEN, noon + HOUR, 0);
    expect(edition, 4, NULL, noon, VAXDIR_STATE_OPEN, OPENS, 0);
    expect(edition, 2, NULL, noon, VAXDIR_STATE_DEGRADED, noon, noon + HOUR / 2);
    expect(edition, 2, NULL, noon + HOUR / 2, VAXDIR_STATE_DOWN, noon + HOUR / 2, noon + HOUR / 4 * 3);
    expect(edition, 2, NULL, noon + HOUR / 4 * 3 - 1, VAXDIR_STATE_DOWN, noon + HOUR / 2, noon + HOUR / 4 * 3);
    expect(edition, 2, NULL, noon + HOUR / 4 * 3, VAXDIR_STATE_CLOSED, noon + HOUR / 4 * 3, noon + HOUR / 4 * 3 + 60);
    expect(edition, 2, "zeta", noon + HOUR / 4 * 3, VAXDIR_STATE_CLOSED, noon + HOUR / 4 * 3, noon + HOUR / 4 * 3 + 60);
    expect(edition, 2, NULL, noon + HOUR / 4 * 3 + 60, VAXDIR_STATE_DOWN, noon + HOUR / 4 * 3 + 60, noon + 2 * HOUR);
    expect(edition, 2, NULL, noon + 2 * HOUR, VAXDIR_STATE_OPEN, noon + 2 * HOUR, 0);
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
}

/* An override is above the calendar's window of the same width, below a narrower one, and is over when it is over. */
static void test_overrides(void **state)
{
    (void)state;
    vaxdir_rules *rules = made_rules(context, story);
    const int64_t noon = OPENS + 4 * HOUR;
    vaxdir_override overrides[4] = {VAXDIR_OVERRIDE_INIT, VAXDIR_OVERRIDE_INIT, VAXDIR_OVERRIDE_INIT,
                                    VAXDIR_OVERRIDE_INIT};
    overrides[0].state = VAXDIR_STATE_DOWN;
    overrides[0].provider = "acme";
    overrides[0].from = noon;
    overrides[0].until = noon + 2 * HOUR;
    overrides[1] = overrides[0]; /* of two equal ones the later counts */
    overrides[1].state = VAXDIR_STATE_DEGRADED;
    overrides[1].from = noon + HOUR;
    overrides[2].state = VAXDIR_STATE_CLOSED;
    overrides[2].centre = "c:9"; /* not there yet */
    overrides[3].state = VAXDIR_STATE_OPEN;
    overrides[3].centre = "c:1";
    vaxdir_edition *edition = edition_of(rules, overrides, 4);
    expect(edition, 0, NULL, noon - 1, VAXDIR_STATE_OPEN, OPENS, noon);
    expect(edition, 0, NULL, noon, VAXDIR_STATE_DOWN, noon, noon + HOUR);
    expect(edition, 0, NULL, noon + HOUR, VAXDIR_STATE_DEGRADED, noon + HOUR, noon + 2 * HOUR);
    expect(edition, 0, NULL, noon + 2 * HOUR, VAXDIR_STATE_OPEN, noon + 2 * HOUR, 0);
    expect(edition, 3, NULL, noon, VAXDIR_STATE_DEGRADED, noon, noon + 2 * HOUR); /* the département's, then acme's */
    expect(edition, 1, NULL, noon, VAXDIR_STATE_OPEN, 0, 0);
    expect(edition, 1, "acme", 1, VAXDIR_STATE_OPEN, 0, 0);
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    vaxdir_rules *rules = made_rules(context, story);
    static const vaxdir_override bad[] = {
        {sizeof(vaxdir_override), VAXDIR_STATE_UNKNOWN, 0, 0, NULL, NULL, NULL, NULL},
        {sizeof(vaxdir_override), 6, 0, 0, NULL, NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 2, 1, NULL, NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, INT64_MIN, 0, NULL, NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 0, INT64_MAX, NULL, NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 0, 0, "nobody", NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 0, 0, "idle", NULL, NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 0, 0, NULL, "Moselle", NULL, NULL},
        {sizeof(vaxdir_override), VAXDIR_STATE_OPEN, 0, 0, NULL, "57", "c:0", NULL},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vaxdir_override overrides[2] = {VAXDIR_OVERRIDE_INIT, bad[i]};
        vaxdir_edition *edition = NULL;
        vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
        overrides[0].state = VAXDIR_STATE_OPEN;
        options.rules = rules;
        options.overrides = overrides;
        options.override_count = 2;
        assert_int_equal(vaxdir_edition_new(context, registry, &options, &edition), VAXDIR_ERROR_ARGUMENT);
        assert_int_equal(vaxdir_context_error(context)->index, 1);
        overrides[1] = overrides[0];
        overrides[1].struct_size += 8;
        assert_int_not_equal(vaxdir_edition_new(context, registry, &options, &edition), VAXDIR_OK);
        options.overrides = NULL;
        assert_int_equal(vaxdir_edition_new(context, registry, &options, &edition), VAXDIR_ERROR_ARGUMENT);
        assert_null(edition);
    }
    vaxdir_edition *edition = edition_of(rules, NULL, 0);
    vaxdir_state_answer answer = VAXDIR_STATE_ANSWER_INIT;
    assert_int_equal(vaxdir_edition_state(context, edition, 0, "nobody", 1, &answer), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_edition_state(context, edition, CENTRES, NULL, 1, &answer), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_edition_state(context, edition, 0, NULL, 0, &answer), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_edition_state(context, edition, 0, NULL, INT64_MAX, &answer), VAXDIR_ERROR_ARGUMENT);
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
}

/* --- at random ---------------------------------------------------------------------------------------------------- */

static const char *const providers[] = {NULL, "acme", "zeta"}, *const departments[] = {NULL, "57", "75", "974", "988"},
                         *const ids[] = {NULL, "c:0", "c:1", "c:4", "c:7"};
static const char *const row_department[CENTRES] = {"57", "57", "75", "974", NULL, "57"};
static const char *const row_provider[CENTRES] = {"acme", "zeta", "acme", "acme", "acme", NULL};

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The windows as overrides, the first `calendar_count` of them from the calendar. */
static int32_t naive(const vaxdir_override *windows, size_t count, size_t calendar_count, uint32_t row,
                     const char *provider, int64_t at)
{
    int best = -1;
    int32_t state = VAXDIR_STATE_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        const vaxdir_override *window = &windows[i];
        bool fits = (window->provider == NULL || same(window->provider, provider)) &&
                    (window->department == NULL || (row < CENTRES && same(window->department, row_department[row]))) &&
                    (window->centre == NULL || (row < CENTRES && same(window->centre, centres[row].id))) &&
                    (window->from == 0 || at >= window->from) && (window->until == 0 || at < window->until);
        int rank = (window->centre != NULL) * 8 + (window->department != NULL) * 4 + (window->provider != NULL) * 2 +
                   (i >= calendar_count);
        if (fits && rank >= best) {
            best = rank;
            state = window->state;
        }
    }
    return state;
}

static vaxdir_override random_window(void)
{
    vaxdir_override window = VAXDIR_OVERRIDE_INIT;
    window.state = (int32_t)random_below(5) + 1;
    window.from = random_below(4) == 0 ? 0 : 1 + random_below(50);
    window.until = random_below(4) == 0 ? 0 : window.from + 1 + random_below(20);
    window.provider = providers[random_below(3)];
    if (random_below(2) == 0)
        window.department = departments[random_below(5)];
    else
        window.centre = ids[random_below(5)];
    return window;
}

static bool overlap(const vaxdir_override *a, const vaxdir_override *b)
{
    return same(a->provider, b->provider) && same(a->department, b->department) && same(a->centre, b->centre) &&
           (a->until == 0 || b->from < a->until) && (b->until == 0 || a->from < b->until);
}

static void write_calendar(const vaxdir_override *windows, size_t count, char *text, size_t size)
{
    size_t at = 0;
    at += (size_t)snprintf(text, size, "{\"schema\": 1, \"providers\": [%s, %s], \"calendar\": [", PROVIDER("acme"),
                           PROVIDER("zeta"));
    for (size_t i = 0; i < count; i++) {
        const vaxdir_override *window = &windows[i];
        at += (size_t)snprintf(text + at, size - at, "%s{\"state\": \"%s\"", i == 0 ? "" : ", ",
                               vaxdir_state_name(window->state));
        const char *const keys[] = {"\"provider\": \"", "\"departments\": [\"", "\"centres\": [\""};
        const char *const values[] = {window->provider, window->department, window->centre};
        for (int k = 0; k < 3; k++)
            if (values[k] != NULL)
                at += (size_t)snprintf(text + at, size - at, ", %s%s\"%s", keys[k], values[k], k == 0 ? "" : "]");
        if (window->from != 0)
            at += (size_t)snprintf(text + at, size - at, ", \"from\": \"1970-01-01T00:%02d:%02dZ\"",
                                   (int)window->from / 60, (int)window->from % 60);
        if (window->until != 0)
            at += (size_t)snprintf(text + at, size - at, ", \"until\": \"1970-01-01T00:%02d:%02dZ\"",
                                   (int)window->until / 60, (int)window->until % 60);
        at += (size_t)snprintf(text + at, size - at, "}");
    }
    (void)snprintf(text + at, size - at, "]}");
}

static void compare(const vaxdir_edition *edition, const vaxdir_override *windows, size_t count, size_t calendar_count)
{
    for (uint32_t i = 0; i <= CENTRES; i++)
        for (int64_t at = 1; at < 90; at++)
            for (int k = 0; k < 3; k++) {
                uint32_t row = i == CENTRES ? VAXDIR_NO_ROW : i;
                const char *provider = k == 0 && i < CENTRES ? row_provider[i] : providers[k];
                vaxdir_state_answer answer = VAXDIR_STATE_ANSWER_INIT;
                assert_int_equal(vaxdir_edition_state(context, edition, row, k == 0 ? NULL : provider, at, &answer),
                                 VAXDIR_OK);
                int32_t state = naive(windows, count, calendar_count, row, provider, at);
                int64_t since = at, until = at;
                while (since > 0 && naive(windows, count, calendar_count, row, provider, since - 1) == state)
                    since--;
                while (until < 200 && naive(windows, count, calendar_count, row, provider, until) == state)
                    until++;
                if (answer.state != state || answer.since != since || answer.until != (until == 200 ? 0 : until))
                    fail_msg("row %lu provider %d at %d: %d %d %d, not %d %d %d", (unsigned long)row, k, (int)at,
                             (int)answer.state, (int)answer.since, (int)answer.until, (int)state, (int)since,
                             (int)until);
            }
}

static void test_random_calendars(void **state)
{
    (void)state;
    enum { WINDOWS = 12 };
    random_seed(20210118);
    int rounds = getenv("VAXDIR_TEST_SLOW_BUILD") == NULL ? 150 : 20;
    for (int round = 0; round < rounds; round++) {
        static char text[8192];
        vaxdir_override windows[WINDOWS];
        size_t calendar_count = 0, count = 0;
        for (size_t tries = random_below(WINDOWS / 2 + 1); tries > 0; tries--) {
            windows[count] = random_window();
            bool good = true;
            for (size_t i = 0; i < count; i++)
                good = good && !overlap(&windows[i], &windows[count]);
            count += good;
        }
        calendar_count = count;
        for (size_t more = random_below(WINDOWS / 2 + 1); more > 0; more--)
            windows[count++] = random_window();
        write_calendar(windows, calendar_count, text, sizeof text);
        vaxdir_rules *rules = made_rules(context, text);
        vaxdir_edition *edition = edition_of(rules, windows + calendar_count, (uint32_t)(count - calendar_count));
        compare(edition, windows, count, calendar_count);
        vaxdir_edition_unref(edition);
        vaxdir_rules_unref(rules);
    }
}

/* What a change of the calendar costs: no verdict. */
static void test_calendar_judges_nothing(void **state)
{
    (void)state;
    vaxdir_rules *rules = made_rules(context, story);
    vaxdir_edition *edition = edition_of(rules, NULL, 0);
    assert_ptr_equal(edition->verdicts, &registry->verdicts);
    assert_null(edition->own_rows);
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_random_calendars),
        cmocka_unit_test(test_calendar_judges_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
