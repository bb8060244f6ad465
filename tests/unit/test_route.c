/* test_route.c: the ladder: its order, what never appears in it, and the sentences of its codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"

static vaxdir_context *context;
static vaxdir_builder *builder;
static vaxdir_registry *registry;
static vaxdir_edition *edition;
static vaxdir_route *route;

/* A provider of our own, so that the test does not depend on the shipped rules. */
static const char rules_text[] =
    "{\"schema\": 1, \"providers\": [{\"id\": \"bond\", \"name\": \"Bond\","
    "\"hosts\": {\"bond.example\": \"bond.example\"}, \"pages\": [{\"kind\": \"home\", \"path\": \"/\"},"
    "{\"kind\": \"list\", \"path\": \"/{town}\"}, {\"kind\": \"centre\", \"path\": \"/{town}/{slug}\"}],"
    "\"identity\": [[\"path.slug\"]], \"examples\": {\"accept\": [{\"url\": \"https://bond.example/a/b\"},"
    "{\"url\": \"https://bond.example/a\"}, {\"url\": \"https://bond.example/\"}],"
    "\"reject\": [\"https://bond.example.evil.example/\", \"https://x.bond.example/\", \"bond\"]}},"
    "{\"id\": \"acme\", \"name\": \"Acme\","
    "\"hosts\": {\"book.acme.example\": \"book.acme.example\"},"
    "\"pages\": [{\"kind\": \"home\", \"path\": \"/\"}, {\"kind\": \"centre\", \"path\": \"/centre/{slug}\"}],"
    "\"identity\": [[\"path.slug\"]], \"examples\": {\"accept\": [{\"url\": \"https://book.acme.example/centre/a\"},"
    "{\"url\": \"https://book.acme.example/centre/b\"}, {\"url\": \"https://book.acme.example/\"}],"
    "\"reject\": [\"https://acme.example/\", \"https://book.acme.example.evil.example/\", \"acme\"]}}],"
    "\"phone\": {\"country\": \"33\", \"trunk\": \"0\", \"international\": \"00\", \"length\": 9},"
    "\"national_line\": \"0800009110\", \"information_url\": \"https://info.example/centres\"}";

static void add(const char *id, const char *url, const char *phone, const char *by_appointment)
{
    assert_int_equal(vaxdir_builder_begin_record(context, builder, id, strlen(id)), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_BOOKING_URL, url, strlen(url)), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_PHONE, phone, strlen(phone)), VAXDIR_OK);
    assert_int_equal(
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_BY_APPOINTMENT, by_appointment, strlen(by_appointment)),
        VAXDIR_OK);
    assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
}

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    vaxdir_rules *rules = made_rules(context, rules_text);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    add("a:0", "https://book.acme.example/centre/metz", "03 53 01 00 01", "f");
    add("a:1", "Acme en cours", "03 53 01 00 02", "t");
    add("a:2", "https://who@book.acme.example/centre/metz", "0800 009 110", "");
    add("a:3", "contact@acme.example", "", "");
    add("a:4", "https://other.example/x", "", "");
    add("a:5", "", "", "");
    add("a:6", "https://bond.example/metz https://other.example/y ou https://book.acme.example/centre/b", "", "");
    add("a:7", "Sur https://bond.example/ ou https://bond.example/metz/un \nhttps://bond.example/metz/un", "", "");
    add("a:8",
        "https://a.example/1 https://a.example/2 https://a.example/3 https://a.example/4 https://a.example/5 "
        "https://a.example/6 https://a.example/7 https://a.example/8 https://a.example/9 https://a.example/10",
        "", "");
    add("a:9", "https://who@bond.example/ https://bond.example/metz/deux", "", "");
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = rules;
    assert_int_equal(vaxdir_edition_new(context, registry, &options, &edition), VAXDIR_OK);
    vaxdir_rules_unref(rules);
    assert_int_equal(vaxdir_route_new(context, &route), VAXDIR_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_route_unref(route);
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    vaxdir_context_unref(context);
    return 0;
}

/* The ladder of a row in one line: kind:reason=target, step after step. */
static const char *ladder(uint32_t row)
{
    static char line[2048];
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    line[0] = '\0';
    assert_int_equal(vaxdir_resolve(context, edition, row, &visit, route), VAXDIR_OK);
    for (uint32_t i = 0; i < vaxdir_route_count(route); i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        assert_int_equal(vaxdir_route_step(context, route, i, &step), VAXDIR_OK);
        assert_int_equal(step.state, VAXDIR_STATE_UNKNOWN);
        const char *target = step.url != NULL ? step.url : step.phone != NULL ? step.phone : step.detail;
        size_t length = strlen(line);
        snprintf(line + length, sizeof line - length, "%s%s:%s%s%s", i == 0 ? "" : " ",
                 vaxdir_step_kind_name(step.kind), vaxdir_step_reason_name(step.reason), target == NULL ? "" : "=",
                 target == NULL ? "" : target);
    }
    return line;
}

#define TAIL "phone:national-line=+33800009110"
#define INFORMATION "info:information=https://info.example/centres"

static void test_ladders(void **state)
{
    (void)state;
    assert_string_equal(ladder(0), "web:provider-centre=https://book.acme.example/centre/metz "
                                   "phone:centre-phone=+33353010001 walk-in:without-appointment " TAIL " " INFORMATION);
    assert_string_equal(ladder(1),
                        "phone:centre-phone=+33353010002 " TAIL " info:link-word=Acme en cours " INFORMATION);
    /* The unsafe link is nowhere, and the national line is not told as the centre's own. */
    assert_string_equal(ladder(2), TAIL " info:link-unsafe " INFORMATION);
    assert_string_equal(ladder(3), TAIL " info:link-email=contact@acme.example " INFORMATION);
    assert_string_equal(ladder(4), "web:unknown-site=https://other.example/x " TAIL " " INFORMATION);
    assert_string_equal(ladder(5), TAIL " " INFORMATION);
    assert_string_equal(ladder(VAXDIR_NO_ROW), TAIL " " INFORMATION);
}

/* A cell may hold several links: each is a step, the surest first; those after the bound are left out. */
static void test_several_links(void **state)
{
    (void)state;
    assert_string_equal(ladder(6), "web:provider-centre=https://book.acme.example/centre/b "
                                   "web:provider-list=https://bond.example/metz "
                                   "web:unknown-site=https://other.example/y " TAIL " " INFORMATION);
    /* The text begins with words, and names one link twice: no remark on words, and the link once. */
    assert_string_equal(ladder(7), "web:provider-centre=https://bond.example/metz/un "
                                   "web:provider-home=https://bond.example/ " TAIL " " INFORMATION);
    const char *many = ladder(8);
    assert_non_null(strstr(many, "web:unknown-site=https://a.example/8 " TAIL));
    /* What stands beside an unsafe link is not trusted either. */
    assert_string_equal(ladder(9), TAIL " info:link-unsafe " INFORMATION);
}

/* A batch is what the single calls say, ladder after ladder, whatever was in the handle before. */
static void test_batch(void **state)
{
    (void)state;
    enum { ROWS = 23 };
    uint32_t rows[ROWS];
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_route *batch = NULL;
    visit.at = 1610953200;
    assert_int_equal(vaxdir_route_new(context, &batch), VAXDIR_OK);
    assert_int_equal(vaxdir_route_ladders(batch), 0);
    assert_int_equal(vaxdir_route_offsets(batch)[0], 0);
    for (uint32_t count = 0; count <= ROWS; count++) {
        for (uint32_t i = 0; i < count; i++)
            rows[i] = i % 11 == 10 ? VAXDIR_NO_ROW : (i * 7 + count) % 10;
        assert_int_equal(vaxdir_resolve_batch(context, edition, rows, count, &visit, batch), VAXDIR_OK);
        assert_int_equal(vaxdir_route_ladders(batch), count);
        const uint32_t *offsets = vaxdir_route_offsets(batch);
        assert_int_equal(offsets[0], 0);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(vaxdir_resolve(context, edition, rows[i], &visit, route), VAXDIR_OK);
            assert_int_equal(offsets[i + 1] - offsets[i], vaxdir_route_count(route));
            for (uint32_t k = 0; k < vaxdir_route_count(route); k++) {
                vaxdir_step one = VAXDIR_STEP_INIT, other = VAXDIR_STEP_INIT;
                assert_int_equal(vaxdir_route_step(context, route, k, &one), VAXDIR_OK);
                assert_int_equal(vaxdir_route_step(context, batch, offsets[i] + k, &other), VAXDIR_OK);
                assert_memory_equal(&one, &other, sizeof one);
            }
        }
        assert_int_equal(vaxdir_route_count(batch), offsets[count]);
    }
    rows[4] = 10;
    assert_int_equal(vaxdir_resolve_batch(context, edition, rows, ROWS, &visit, batch), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_context_error(context)->index, 4);
    assert_int_equal(vaxdir_route_ladders(batch), ROWS);
    assert_int_equal(vaxdir_resolve(context, edition, 10, &visit, batch), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_context_error(context)->index, -1);
    vaxdir_route_unref(batch);
}

/* The registry was built under other rules: the edition judges by its own, the registry stays as it was. */
static void test_edition_judges_by_its_own_rules(void **state)
{
    (void)state;
    const char *text = "";
    assert_int_equal(vaxdir_edition_text(context, edition, 0, VAXDIR_FIELD_PROVIDER, &text, NULL), VAXDIR_OK);
    assert_string_equal(text, "acme");
    assert_int_equal(vaxdir_registry_text(context, registry, 0, VAXDIR_FIELD_PROVIDER, &text, NULL), VAXDIR_OK);
    assert_null(text);
    vaxdir_link *link = NULL;
    assert_int_equal(vaxdir_link_new(context, &link), VAXDIR_OK);
    assert_int_equal(vaxdir_edition_link(context, edition, 0, link), VAXDIR_OK);
    assert_string_equal(vaxdir_link_key(link), "acme/metz");
    assert_string_equal(vaxdir_link_page(link), "centre");
    assert_int_equal(vaxdir_edition_link(context, edition, 10, link), VAXDIR_ERROR_ARGUMENT);
    vaxdir_link_unref(link);
}

static unsigned long allocations;

static void *count_allocate(size_t size, void *user)
{
    (void)user;
    allocations++;
    return malloc(size);
}

static void *count_reallocate(void *pointer, size_t old_size, size_t new_size, void *user)
{
    (void)old_size;
    (void)user;
    allocations++;
    return realloc(pointer, new_size);
}

static void count_free(void *pointer, size_t size, void *user)
{
    (void)size;
    (void)user;
    free(pointer);
}

/* Once a batch as large was resolved, and for one centre at once after the first, nothing is asked of the allocator:
 * neither for the steps nor for the words. */
static void test_no_allocation_once_warm(void **state)
{
    (void)state;
    enum { ROWS = 50 };
    uint32_t rows[ROWS];
    char text[4096];
    vaxdir_context *counting = NULL;
    vaxdir_route *warm = NULL;
    vaxdir_facts *facts = NULL;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    options.allocate = count_allocate;
    options.reallocate = count_reallocate;
    options.free = count_free;
    visit.at = 1610953200;
    visit.birth_date = 19440302;
    assert_int_equal(vaxdir_context_new(&options, &counting), VAXDIR_OK);
    assert_int_equal(vaxdir_route_new(counting, &warm), VAXDIR_OK);
    assert_int_equal(vaxdir_facts_new(counting, &facts), VAXDIR_OK);
    assert_int_equal(vaxdir_facts_set(counting, facts, "nurse", 5, VAXDIR_YES), VAXDIR_OK);
    visit.facts = facts;
    for (uint32_t i = 0; i < ROWS; i++)
        rows[i] = i % 10;
    assert_int_equal(vaxdir_resolve_batch(counting, edition, rows, ROWS, &visit, warm), VAXDIR_OK);
    unsigned long before = allocations;
    assert_true(before > 3);
    for (uint32_t i = 0; i < 1000; i++) {
        visit.at++;
        assert_int_equal(vaxdir_resolve(counting, edition, i % 10, &visit, warm), VAXDIR_OK);
        assert_int_equal(vaxdir_route_say(counting, warm, 0, "fr", i % 4, text, sizeof text, NULL), VAXDIR_OK);
        assert_int_equal(vaxdir_resolve_batch(counting, edition, rows, i % (ROWS + 1), &visit, warm), VAXDIR_OK);
    }
    assert_int_equal(allocations, before);
    vaxdir_facts_unref(facts);
    vaxdir_route_unref(warm);
    vaxdir_context_unref(counting);
}

static void test_bad_visits_are_refused(void **state)
{
    (void)state;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    assert_int_equal(vaxdir_resolve(context, edition, 0, &visit, route), VAXDIR_ERROR_ARGUMENT);
    visit.at = 1;
    assert_int_equal(vaxdir_resolve(context, edition, 10, &visit, route), VAXDIR_ERROR_ARGUMENT);
    visit.birth_date = 19450229;
    assert_int_equal(vaxdir_resolve(context, edition, 0, &visit, route), VAXDIR_ERROR_ARGUMENT);
    visit.birth_date = 19440229;
    assert_int_equal(vaxdir_resolve(context, edition, 0, &visit, route), VAXDIR_OK);
}

/* Every code has both sentences, and they end well in any room. */
static void test_sentences(void **state)
{
    (void)state;
    const char *const parameters[] = {"Acme", "+33 3 53", "d\xC3\xA9tail"};
    for (int32_t code = -1; code < 200; code++)
        for (uint32_t kind = 1; kind <= 10; kind++) {
            static const uint32_t features[] = {0,
                                                VAXDIR_FEATURE_DIAGNOSTIC,
                                                VAXDIR_FEATURE_LINK_REASON,
                                                0,
                                                VAXDIR_FEATURE_STEP_REASON,
                                                VAXDIR_FEATURE_SEARCH_REASON,
                                                VAXDIR_FEATURE_RELAXATION,
                                                VAXDIR_FEATURE_PHONE_REASON,
                                                VAXDIR_FEATURE_STATE,
                                                VAXDIR_FEATURE_ELIGIBILITY,
                                                0};
            for (int french = 0; french < 2; french++)
                for (size_t capacity = 0; capacity < 30; capacity++) {
                    char room[32] = "";
                    size_t length = 0;
                    vaxdir_status status = vaxdir_text(context, kind, code, french ? "fr" : "en", parameters, 3,
                                                       capacity == 0 ? NULL : room, capacity, &length);
                    if (kind == VAXDIR_TEXT_OPENING)
                        assert_int_equal(status == VAXDIR_OK, vaxdir_opening_name(code) != NULL);
                    if (features[kind] != 0)
                        assert_int_equal(status == VAXDIR_OK, vaxdir_feature_supported(features[kind], code));
                    if (status == VAXDIR_OK) {
                        assert_true(length > 3);
                        assert_true(capacity == 0 || strlen(room) < capacity);
                    }
                }
        }
    char sentence[128];
    const char *const partial[] = {NULL, "https://x.example/"};
    assert_int_equal(vaxdir_text(context, VAXDIR_TEXT_STEP_REASON, VAXDIR_STEP_REASON_PROVIDER_CENTRE, "en", partial, 2,
                                 sentence, sizeof sentence, NULL),
                     VAXDIR_OK);
    assert_string_equal(sentence, "Book on the web: https://x.example/");
    assert_int_equal(vaxdir_text(context, VAXDIR_TEXT_STEP_REASON, VAXDIR_STEP_REASON_PROVIDER_CENTRE, "de", partial, 2,
                                 sentence, sizeof sentence, NULL),
                     VAXDIR_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ladders),
        cmocka_unit_test(test_several_links),
        cmocka_unit_test(test_batch),
        cmocka_unit_test(test_edition_judges_by_its_own_rules),
        cmocka_unit_test(test_no_allocation_once_warm),
        cmocka_unit_test(test_bad_visits_are_refused),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
