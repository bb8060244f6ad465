/* arguments.c: every public call with every bad argument, in whatever build. Invariant: a mistake of the caller is
 * answered with ARGUMENT or STRUCT and a message, touches no output, and NULL given to a getter or an unref is
 * harmless. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/small.h"

static vaxdir_context *c;
static vaxdir_rules *rules;
static vaxdir_builder *builder;
static vaxdir_registry *registry;
static vaxdir_report *report;
static vaxdir_edition *edition;
static vaxdir_area *area;
static vaxdir_filter *filter;
static vaxdir_matches *matches;
static vaxdir_route *route;
static vaxdir_link *judged;
static int checks, failed;
static char untouched;

static void expect(bool good, int line, const char *what)
{
    checks++;
    if (!good) {
        failed++;
        printf("# line %d: %s: %s\n", line, what, vaxdir_context_error(c)->message);
    }
}

static void refuses(vaxdir_status expected, vaxdir_status status, int line, const char *call)
{
    const vaxdir_error *error = vaxdir_context_error(c);
    expect(status == expected, line, call);
    expect(error->status == expected && error->message[0] != '\0', line, "no error record");
    expect(error->error_class == VAXDIR_CLASS_ARGUMENT, line, "not the class of arguments");
}

#define CHECK(condition) expect((condition), __LINE__, #condition)
#define BAD(call) refuses(VAXDIR_ERROR_ARGUMENT, (call), __LINE__, #call)
#define BAD_STRUCT(call) refuses(VAXDIR_ERROR_STRUCT, (call), __LINE__, #call)
#define BUSY(call) CHECK((call) == VAXDIR_ERROR_BUSY)
#define NO_CONTEXT(call) CHECK((call) == VAXDIR_ERROR_ARGUMENT)

/* An input struct: impossible sizes, and a tail that this library cannot know. */
#define STRUCTS(type, init, variable, call)                                                                            \
    do {                                                                                                               \
        struct {                                                                                                       \
            type given;                                                                                                \
            uint64_t tail;                                                                                             \
        } wide = {init, 0};                                                                                            \
        const type *variable = &wide.given;                                                                            \
        wide.given.struct_size = 0;                                                                                    \
        BAD_STRUCT(call);                                                                                              \
        wide.given.struct_size = 4;                                                                                    \
        BAD_STRUCT(call);                                                                                              \
        wide.given.struct_size = UINT32_MAX;                                                                           \
        BAD_STRUCT(call);                                                                                              \
        wide.given.struct_size = sizeof wide;                                                                          \
        wide.tail = 1;                                                                                                 \
        BAD_STRUCT(call);                                                                                              \
    } while (0)

static int32_t no_bytes(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    (void)buffer;
    (void)capacity;
    (void)user;
    *ret_length = 0;
    return 0;
}

static int32_t stops(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    (void)buffer;
    (void)capacity;
    (void)user;
    *ret_length = 0;
    return 1;
}

static int32_t too_many_bytes(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    (void)buffer;
    (void)user;
    *ret_length = capacity + 1;
    return 0;
}

static void check_context(void)
{
    vaxdir_context *made = (vaxdir_context *)(void *)&untouched;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    NO_CONTEXT(vaxdir_context_new(NULL, NULL));
    options.flags = 0x80000000u;
    NO_CONTEXT(vaxdir_context_new(&options, &made));
    options.flags = 0;
    options.struct_size = 3;
    CHECK(vaxdir_context_new(&options, &made) == VAXDIR_ERROR_STRUCT);
    CHECK((void *)made == &untouched);
    CHECK(vaxdir_context_error(NULL) != NULL && vaxdir_context_error(NULL)->message[0] != '\0');
    CHECK(vaxdir_context_unref(NULL) == NULL);
}

static void check_rules(void)
{
    vaxdir_rules *made = (vaxdir_rules *)(void *)&untouched;
    const char *text = &untouched;
    NO_CONTEXT(vaxdir_rules_default(NULL, &made));
    BAD(vaxdir_rules_default(c, NULL));
    NO_CONTEXT(vaxdir_rules_open(NULL, "x", &made));
    BAD(vaxdir_rules_open(c, NULL, &made));
    BAD(vaxdir_rules_open(c, "x", NULL));
    NO_CONTEXT(vaxdir_rules_open_memory(NULL, "{}", 2, &made));
    BAD(vaxdir_rules_open_memory(c, NULL, 2, &made));
    BAD(vaxdir_rules_open_memory(c, "{}", 2, NULL));
    CHECK(vaxdir_rules_open(c, "no/such/file", &made) == VAXDIR_ERROR_IO);
    static const char *const documents[] = {"", "{", "{}", "[]", "null", "\xFF", "{\"providers\": 3}"};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        CHECK(vaxdir_rules_open_memory(c, documents[i], strlen(documents[i]), &made) == VAXDIR_ERROR_RULES);
        CHECK(vaxdir_context_error(c)->message[0] != '\0');
    }
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_rules_provider(NULL, rules, 0, &text, NULL));
    BAD(vaxdir_rules_provider(c, NULL, 0, &text, NULL));
    BAD(vaxdir_rules_provider(c, rules, vaxdir_rules_provider_count(rules), &text, &text));
    BAD(vaxdir_rules_provider(c, rules, UINT32_MAX, &text, &text));
    CHECK(text == &untouched);
    CHECK(vaxdir_rules_provider(c, rules, 0, NULL, NULL) == VAXDIR_OK);
    CHECK(vaxdir_rules_ref(NULL) == NULL && vaxdir_rules_unref(NULL) == NULL);
    CHECK(vaxdir_rules_provider_count(NULL) == 0);
}

static void check_builder_input(void)
{
    vaxdir_input input = VAXDIR_INPUT_INIT;
    NO_CONTEXT(vaxdir_builder_add_path(NULL, builder, "x", NULL));
    BAD(vaxdir_builder_add_path(c, NULL, "x", NULL));
    BAD(vaxdir_builder_add_path(c, builder, NULL, NULL));
    CHECK(vaxdir_builder_add_path(c, builder, "no/such/file", NULL) == VAXDIR_ERROR_IO);
    NO_CONTEXT(vaxdir_builder_add_memory(NULL, builder, "x", 1, NULL));
    BAD(vaxdir_builder_add_memory(c, NULL, "x", 1, NULL));
    BAD(vaxdir_builder_add_memory(c, builder, NULL, 1, NULL));
    NO_CONTEXT(vaxdir_builder_add_callback(NULL, builder, NULL, no_bytes, NULL));
    BAD(vaxdir_builder_add_callback(c, NULL, NULL, no_bytes, NULL));
    BAD(vaxdir_builder_add_callback(c, builder, NULL, NULL, NULL));
    CHECK(vaxdir_builder_add_callback(c, builder, NULL, stops, NULL) == VAXDIR_ERROR_CANCELLED);
    CHECK(vaxdir_builder_add_callback(c, builder, NULL, too_many_bytes, NULL) != VAXDIR_OK);
    STRUCTS(vaxdir_input, VAXDIR_INPUT_INIT, given, vaxdir_builder_add_memory(c, builder, "x", 1, given));
    STRUCTS(vaxdir_input, VAXDIR_INPUT_INIT, given, vaxdir_builder_add_path(c, builder, "x", given));
    STRUCTS(vaxdir_input, VAXDIR_INPUT_INIT, given, vaxdir_builder_add_callback(c, builder, given, no_bytes, NULL));
    input.flags = 1;
    BAD(vaxdir_builder_add_memory(c, builder, small_feed, 20, &input));
    input.flags = 0;
    input.format = 99;
    BAD(vaxdir_builder_add_memory(c, builder, small_feed, 20, &input));
    input.format = 0;
    input.name = "\xFF";
    BAD(vaxdir_builder_add_memory(c, builder, small_feed, 20, &input));
    input.name = NULL;
    input.id_system = "\xFF";
    BAD(vaxdir_builder_add_memory(c, builder, small_feed, 20, &input));
    input.id_system = NULL;
    input.reserved = 1;
    CHECK(vaxdir_builder_add_memory(c, builder, small_feed, 20, &input) != VAXDIR_OK);
}

static void check_builder_records(void)
{
    /* Nothing is begun. */
    BAD(vaxdir_builder_set_text(c, builder, VAXDIR_FIELD_NAME, "x", 1));
    BAD(vaxdir_builder_set_number(c, builder, VAXDIR_FIELD_LATITUDE, 1));
    BAD(vaxdir_builder_set_integer(c, builder, VAXDIR_FIELD_CLOSED, 1));
    BAD(vaxdir_builder_set_attribute(c, builder, "x", 1, "x", 1));
    BAD(vaxdir_builder_end_record(c, builder));
    NO_CONTEXT(vaxdir_builder_begin_record(NULL, builder, "a:1", 3));
    BAD(vaxdir_builder_begin_record(c, NULL, "a:1", 3));
    BAD(vaxdir_builder_begin_record(c, builder, NULL, 3));
    BAD(vaxdir_builder_begin_record(c, builder, "a:1", 0));
    BAD(vaxdir_builder_begin_record(c, builder, "a\0b", 3));
    BAD(vaxdir_builder_begin_record(c, builder, "\xC3", 1));
    CHECK(vaxdir_builder_begin_record(c, builder, "a:1", 3) == VAXDIR_OK);
    NO_CONTEXT(vaxdir_builder_set_text(NULL, builder, VAXDIR_FIELD_NAME, "x", 1));
    BAD(vaxdir_builder_set_text(c, NULL, VAXDIR_FIELD_NAME, "x", 1));
    BAD(vaxdir_builder_set_text(c, builder, VAXDIR_FIELD_NAME, NULL, 1));
    BAD(vaxdir_builder_set_text(c, builder, VAXDIR_FIELD_NAME, "\xC3", 1));
    BAD(vaxdir_builder_set_text(c, builder, VAXDIR_FIELD_NAME, "a\0b", 3));
    static const vaxdir_field not_settable[] = {0,   VAXDIR_FIELD_ID, VAXDIR_FIELD_PROVIDER, VAXDIR_FIELD_TRUST, 45,
                                                999, UINT32_MAX};
    for (size_t i = 0; i < sizeof not_settable / sizeof *not_settable; i++)
        BAD(vaxdir_builder_set_text(c, builder, not_settable[i], "x", 1));
    NO_CONTEXT(vaxdir_builder_set_number(NULL, builder, VAXDIR_FIELD_LATITUDE, 1));
    BAD(vaxdir_builder_set_number(c, NULL, VAXDIR_FIELD_LATITUDE, 1));
    BAD(vaxdir_builder_set_number(c, builder, VAXDIR_FIELD_NAME, 1));
    BAD(vaxdir_builder_set_number(c, builder, UINT32_MAX, 1));
    NO_CONTEXT(vaxdir_builder_set_integer(NULL, builder, VAXDIR_FIELD_CLOSED, 1));
    BAD(vaxdir_builder_set_integer(c, NULL, VAXDIR_FIELD_CLOSED, 1));
    BAD(vaxdir_builder_set_integer(c, builder, VAXDIR_FIELD_NAME, 1));
    BAD(vaxdir_builder_set_integer(c, builder, VAXDIR_FIELD_CLOSED, 3));
    BAD(vaxdir_builder_set_integer(c, builder, VAXDIR_FIELD_OPENS_ON, 20210230));
    BAD(vaxdir_builder_set_integer(c, builder, VAXDIR_FIELD_OPENS_ON, INT64_MAX));
    NO_CONTEXT(vaxdir_builder_set_attribute(NULL, builder, "x", 1, "x", 1));
    BAD(vaxdir_builder_set_attribute(c, NULL, "x", 1, "x", 1));
    BAD(vaxdir_builder_set_attribute(c, builder, NULL, 1, "x", 1));
    BAD(vaxdir_builder_set_attribute(c, builder, "x", 0, "x", 1));
    BAD(vaxdir_builder_set_attribute(c, builder, "\xC3", 1, "x", 1));
    BAD(vaxdir_builder_set_attribute(c, builder, "x", 1, NULL, 1));
    BAD(vaxdir_builder_set_attribute(c, builder, "x", 1, "\xC3", 1));
    NO_CONTEXT(vaxdir_builder_end_record(NULL, builder));
    BAD(vaxdir_builder_end_record(c, NULL));
    CHECK(vaxdir_builder_end_record(c, builder) == VAXDIR_OK);
}

static void check_builder(void)
{
    vaxdir_builder *made = (vaxdir_builder *)(void *)&untouched;
    vaxdir_registry *built = (vaxdir_registry *)(void *)&untouched;
    vaxdir_report *reported = (vaxdir_report *)(void *)&untouched;
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    NO_CONTEXT(vaxdir_builder_new(NULL, NULL, &made));
    BAD(vaxdir_builder_new(c, NULL, NULL));
    STRUCTS(vaxdir_builder_options, VAXDIR_BUILDER_OPTIONS_INIT, given, vaxdir_builder_new(c, given, &made));
    options.flags = 1;
    BAD(vaxdir_builder_new(c, &options, &made));
    options.flags = 0;
    options.reserved = &untouched;
    CHECK(vaxdir_builder_new(c, &options, &made) != VAXDIR_OK);
    NO_CONTEXT(vaxdir_builder_build(NULL, builder, &built));
    BAD(vaxdir_builder_build(c, NULL, &built));
    BAD(vaxdir_builder_build(c, builder, NULL));
    NO_CONTEXT(vaxdir_builder_report(NULL, builder, &reported));
    BAD(vaxdir_builder_report(c, NULL, &reported));
    BAD(vaxdir_builder_report(c, builder, NULL));
    CHECK((void *)made == &untouched && (void *)built == &untouched && (void *)reported == &untouched);
    CHECK(vaxdir_builder_unref(NULL) == NULL);
    vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
    NO_CONTEXT(vaxdir_report_diagnostic(NULL, report, 0, &diagnostic));
    BAD(vaxdir_report_diagnostic(c, NULL, 0, &diagnostic));
    BAD(vaxdir_report_diagnostic(c, report, vaxdir_report_count(report), &diagnostic));
    BAD(vaxdir_report_diagnostic(c, report, UINT32_MAX, &diagnostic));
    BAD(vaxdir_report_diagnostic(c, report, 0, NULL));
    diagnostic.struct_size = 5;
    BAD_STRUCT(vaxdir_report_diagnostic(c, report, 0, &diagnostic));
    CHECK(diagnostic.code == 0 && diagnostic.file == NULL);
    CHECK(vaxdir_report_count(NULL) == 0 && vaxdir_report_ref(NULL) == NULL && vaxdir_report_unref(NULL) == NULL);
}

static void check_registry_rows(void)
{
    const char *text = &untouched;
    size_t length = 42;
    double number = 42;
    int64_t integer = 42;
    uint32_t row = 42, count = vaxdir_registry_count(registry);
    NO_CONTEXT(vaxdir_registry_text(NULL, registry, 0, VAXDIR_FIELD_NAME, &text, &length));
    BAD(vaxdir_registry_text(c, NULL, 0, VAXDIR_FIELD_NAME, &text, &length));
    BAD(vaxdir_registry_text(c, registry, count, VAXDIR_FIELD_NAME, &text, &length));
    BAD(vaxdir_registry_text(c, registry, VAXDIR_NO_ROW, VAXDIR_FIELD_NAME, &text, &length));
    BAD(vaxdir_registry_text(c, registry, UINT32_MAX, VAXDIR_FIELD_NAME, &text, &length));
    BAD(vaxdir_registry_text(c, registry, 0, 0, &text, &length));
    BAD(vaxdir_registry_text(c, registry, 0, UINT32_MAX, &text, &length));
    BAD(vaxdir_registry_text(c, registry, 0, VAXDIR_FIELD_LATITUDE, &text, &length));
    BAD(vaxdir_registry_text(c, registry, 0, VAXDIR_FIELD_OPENS_ON, &text, &length));
    BAD(vaxdir_registry_text(c, registry, 0, VAXDIR_FIELD_NAME, NULL, &length));
    NO_CONTEXT(vaxdir_registry_number(NULL, registry, 0, VAXDIR_FIELD_LATITUDE, &number));
    BAD(vaxdir_registry_number(c, NULL, 0, VAXDIR_FIELD_LATITUDE, &number));
    BAD(vaxdir_registry_number(c, registry, count, VAXDIR_FIELD_LATITUDE, &number));
    BAD(vaxdir_registry_number(c, registry, 0, VAXDIR_FIELD_NAME, &number));
    BAD(vaxdir_registry_number(c, registry, 0, VAXDIR_FIELD_LATITUDE, NULL));
    NO_CONTEXT(vaxdir_registry_integer(NULL, registry, 0, VAXDIR_FIELD_CLOSED, &integer));
    BAD(vaxdir_registry_integer(c, NULL, 0, VAXDIR_FIELD_CLOSED, &integer));
    BAD(vaxdir_registry_integer(c, registry, count, VAXDIR_FIELD_CLOSED, &integer));
    BAD(vaxdir_registry_integer(c, registry, 0, VAXDIR_FIELD_NAME, &integer));
    BAD(vaxdir_registry_integer(c, registry, 0, VAXDIR_FIELD_CLOSED, NULL));
    NO_CONTEXT(vaxdir_registry_attribute(NULL, registry, 0, 0, &text, &length));
    BAD(vaxdir_registry_attribute(c, NULL, 0, 0, &text, &length));
    BAD(vaxdir_registry_attribute(c, registry, count, 0, &text, &length));
    BAD(vaxdir_registry_attribute(c, registry, 0, vaxdir_registry_attribute_count(registry), &text, &length));
    BAD(vaxdir_registry_attribute(c, registry, 0, 0, NULL, &length));
    NO_CONTEXT(vaxdir_registry_attribute_name(NULL, registry, 0, &text, &length));
    BAD(vaxdir_registry_attribute_name(c, NULL, 0, &text, &length));
    BAD(vaxdir_registry_attribute_name(c, registry, vaxdir_registry_attribute_count(registry), &text, &length));
    BAD(vaxdir_registry_attribute_name(c, registry, 0, NULL, &length));
    NO_CONTEXT(vaxdir_registry_find(NULL, registry, "gid:1", 5, &row));
    BAD(vaxdir_registry_find(c, NULL, "gid:1", 5, &row));
    BAD(vaxdir_registry_find(c, registry, NULL, 5, &row));
    BAD(vaxdir_registry_find(c, registry, "gid:1", 5, NULL));
    NO_CONTEXT(vaxdir_registry_without_position(NULL, registry, 1, &row, &row));
    BAD(vaxdir_registry_without_position(c, NULL, 1, &row, &row));
    BAD(vaxdir_registry_without_position(c, registry, 1, NULL, &row));
    BAD(vaxdir_registry_without_position(c, registry, 1, &row, NULL));
    CHECK(text == &untouched && length == 42 && number == 42 && integer == 42 && row == 42);
    /* What is not there is an answer. */
    CHECK(vaxdir_registry_find(c, registry, "gid:none", 8, &row) == VAXDIR_OK && row == VAXDIR_NO_ROW);
    CHECK(vaxdir_registry_find(c, registry, "", 0, &row) == VAXDIR_OK && row == VAXDIR_NO_ROW);
    CHECK(vaxdir_registry_without_position(c, registry, 0, NULL, &row) == VAXDIR_OK && row == 2);
    CHECK(vaxdir_registry_text(c, registry, count - 1, VAXDIR_FIELD_NAME, &text, NULL) == VAXDIR_OK && text == NULL);
}

static void check_registry_columns(void)
{
    int64_t offsets[SMALL_COUNT + 1], integers[SMALL_COUNT];
    uint8_t validity[2];
    double numbers[SMALL_COUNT];
    char bytes[500], fingerprint[33] = "x";
    uint64_t needed = 42;
    int32_t code = 42;
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    NO_CONTEXT(vaxdir_registry_text_column(NULL, registry, VAXDIR_FIELD_NAME, offsets, validity, bytes, 500, &needed));
    BAD(vaxdir_registry_text_column(c, NULL, VAXDIR_FIELD_NAME, offsets, validity, bytes, 500, &needed));
    BAD(vaxdir_registry_text_column(c, registry, VAXDIR_FIELD_LATITUDE, offsets, validity, bytes, 500, &needed));
    BAD(vaxdir_registry_text_column(c, registry, VAXDIR_FIELD_NAME, offsets, validity, NULL, 500, &needed));
    BAD(vaxdir_registry_text_column(c, registry, VAXDIR_FIELD_NAME, offsets, validity, bytes, 500, NULL));
    CHECK(needed == 42);
    bytes[0] = 'x';
    CHECK(vaxdir_registry_text_column(c, registry, VAXDIR_FIELD_NAME, NULL, NULL, bytes, 1, &needed) == VAXDIR_OK &&
          needed > 1 && bytes[0] == 'x');
    CHECK(vaxdir_registry_text_column(c, registry, VAXDIR_FIELD_NAME, NULL, NULL, NULL, 0, &needed) == VAXDIR_OK);
    NO_CONTEXT(vaxdir_registry_number_column(NULL, registry, VAXDIR_FIELD_LATITUDE, numbers));
    BAD(vaxdir_registry_number_column(c, NULL, VAXDIR_FIELD_LATITUDE, numbers));
    BAD(vaxdir_registry_number_column(c, registry, VAXDIR_FIELD_NAME, numbers));
    BAD(vaxdir_registry_number_column(c, registry, VAXDIR_FIELD_LATITUDE, NULL));
    NO_CONTEXT(vaxdir_registry_integer_column(NULL, registry, VAXDIR_FIELD_CLOSED, integers));
    BAD(vaxdir_registry_integer_column(c, NULL, VAXDIR_FIELD_CLOSED, integers));
    BAD(vaxdir_registry_integer_column(c, registry, VAXDIR_FIELD_NAME, integers));
    BAD(vaxdir_registry_integer_column(c, registry, VAXDIR_FIELD_CLOSED, NULL));
    NO_CONTEXT(vaxdir_registry_fingerprint(NULL, registry, fingerprint));
    BAD(vaxdir_registry_fingerprint(c, NULL, fingerprint));
    BAD(vaxdir_registry_fingerprint(c, registry, NULL));
    CHECK(fingerprint[0] == 'x');
    NO_CONTEXT(vaxdir_registry_counts(NULL, registry, &counts));
    BAD(vaxdir_registry_counts(c, NULL, &counts));
    BAD(vaxdir_registry_counts(c, registry, NULL));
    counts.struct_size = 1;
    BAD_STRUCT(vaxdir_registry_counts(c, registry, &counts));
    NO_CONTEXT(vaxdir_registry_diagnostics(NULL, registry, 0, &code, &needed));
    BAD(vaxdir_registry_diagnostics(c, NULL, 0, &code, &needed));
    BAD(vaxdir_registry_diagnostics(c, registry, vaxdir_registry_diagnostic_count(registry), &code, &needed));
    CHECK(code == 42);
    CHECK(vaxdir_registry_diagnostics(c, registry, 0, NULL, NULL) == VAXDIR_OK);
    CHECK(vaxdir_registry_count(NULL) == 0 && vaxdir_registry_attribute_count(NULL) == 0);
    CHECK(vaxdir_registry_diagnostic_count(NULL) == 0);
    CHECK(vaxdir_registry_ref(NULL) == NULL && vaxdir_registry_unref(NULL) == NULL);
}

static void check_registry_files(void)
{
    vaxdir_registry *made = (vaxdir_registry *)(void *)&untouched;
    NO_CONTEXT(vaxdir_registry_save(NULL, registry, "x"));
    BAD(vaxdir_registry_save(c, NULL, "x"));
    BAD(vaxdir_registry_save(c, registry, NULL));
    NO_CONTEXT(vaxdir_registry_open(NULL, "x", 0, &made));
    BAD(vaxdir_registry_open(c, NULL, 0, &made));
    BAD(vaxdir_registry_open(c, "x", 2, &made));
    BAD(vaxdir_registry_open(c, "x", 0, NULL));
    NO_CONTEXT(vaxdir_registry_open_memory(NULL, "x", 1, &made));
    BAD(vaxdir_registry_open_memory(c, NULL, 1, &made));
    BAD(vaxdir_registry_open_memory(c, "x", 1, NULL));
    CHECK((void *)made == &untouched);
}

static void check_link(void)
{
    vaxdir_link *made = (vaxdir_link *)(void *)&untouched;
    NO_CONTEXT(vaxdir_link_new(NULL, &made));
    BAD(vaxdir_link_new(c, NULL));
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_link_judge(NULL, rules, "x", 1, NULL, 0, judged));
    BAD(vaxdir_link_judge(c, NULL, "x", 1, NULL, 0, judged));
    BAD(vaxdir_link_judge(c, rules, NULL, 1, NULL, 0, judged));
    BAD(vaxdir_link_judge(c, rules, "x", 1, NULL, 1, judged));
    BAD(vaxdir_link_judge(c, rules, "x", 1, NULL, 0, NULL));
    /* A handle that was never filled, and NULL. */
    const vaxdir_link *const empty[] = {NULL, judged};
    for (size_t i = 0; i < 2; i++) {
        CHECK(vaxdir_link_verdict(empty[i]) == VAXDIR_VERDICT_NONE);
        CHECK(vaxdir_link_reason(empty[i]) == VAXDIR_LINK_REASON_EMPTY);
        CHECK(vaxdir_link_warnings(empty[i]) == 0 && vaxdir_link_provider(empty[i]) == NULL);
        CHECK(vaxdir_link_page(empty[i]) == NULL && vaxdir_link_key(empty[i]) == NULL);
        CHECK(vaxdir_link_url(empty[i]) == NULL);
    }
    /* Bytes that are no text are an answer. */
    CHECK(vaxdir_link_judge(c, rules, "\xFF\0", 2, NULL, 0, judged) == VAXDIR_OK);
    CHECK(vaxdir_link_url(judged) == NULL);
    CHECK(vaxdir_link_judge(c, rules, NULL, 0, NULL, 0, judged) == VAXDIR_OK);
    CHECK(vaxdir_link_reason(judged) == VAXDIR_LINK_REASON_EMPTY);
    CHECK(vaxdir_link_unref(NULL) == NULL);
}

static void check_edition(void)
{
    vaxdir_edition *made = (vaxdir_edition *)(void *)&untouched;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    const char *text = &untouched;
    NO_CONTEXT(vaxdir_edition_new(NULL, registry, NULL, &made));
    BAD(vaxdir_edition_new(c, NULL, NULL, &made));
    BAD(vaxdir_edition_new(c, registry, NULL, NULL));
    STRUCTS(vaxdir_edition_options, VAXDIR_EDITION_OPTIONS_INIT, given, vaxdir_edition_new(c, registry, given, &made));
    options.flags = 1;
    BAD(vaxdir_edition_new(c, registry, &options, &made));
    options.flags = 0;
    options.reserved = 1;
    CHECK(vaxdir_edition_new(c, registry, &options, &made) != VAXDIR_OK);
    CHECK((void *)made == &untouched);
    NO_CONTEXT(vaxdir_edition_text(NULL, edition, 0, VAXDIR_FIELD_NAME, &text, NULL));
    BAD(vaxdir_edition_text(c, NULL, 0, VAXDIR_FIELD_NAME, &text, NULL));
    BAD(vaxdir_edition_text(c, edition, SMALL_COUNT, VAXDIR_FIELD_NAME, &text, NULL));
    BAD(vaxdir_edition_text(c, edition, 0, VAXDIR_FIELD_LATITUDE, &text, NULL));
    BAD(vaxdir_edition_text(c, edition, 0, UINT32_MAX, &text, NULL));
    BAD(vaxdir_edition_text(c, edition, 0, VAXDIR_FIELD_NAME, NULL, NULL));
    CHECK(text == &untouched);
    NO_CONTEXT(vaxdir_edition_link(NULL, edition, 0, judged));
    BAD(vaxdir_edition_link(c, NULL, 0, judged));
    BAD(vaxdir_edition_link(c, edition, SMALL_COUNT, judged));
    BAD(vaxdir_edition_link(c, edition, 0, NULL));
    CHECK(vaxdir_edition_ref(NULL) == NULL && vaxdir_edition_unref(NULL) == NULL);
    CHECK(vaxdir_edition_registry(NULL) == NULL && vaxdir_edition_rules(NULL) == NULL);
    CHECK(vaxdir_edition_number(NULL) == 0);
}

static void check_filter(void)
{
    vaxdir_filter *made = (vaxdir_filter *)(void *)&untouched;
    const char *const values[] = {"a", NULL}, *const bad[] = {"\xC3"};
    vaxdir_filter *const filters[] = {filter, NULL};
    NO_CONTEXT(vaxdir_filter_in(NULL, VAXDIR_FIELD_CITY, values, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, 0, values, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, VAXDIR_FIELD_LATITUDE, values, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, UINT32_MAX, values, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, VAXDIR_FIELD_CITY, NULL, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, VAXDIR_FIELD_CITY, values, NULL, 2, &made));
    BAD(vaxdir_filter_in(c, VAXDIR_FIELD_CITY, bad, NULL, 1, &made));
    BAD(vaxdir_filter_in(c, VAXDIR_FIELD_CITY, values, NULL, 1, NULL));
    NO_CONTEXT(vaxdir_filter_and(NULL, filters, 1, &made));
    BAD(vaxdir_filter_and(c, NULL, 1, &made));
    BAD(vaxdir_filter_and(c, filters, 2, &made));
    BAD(vaxdir_filter_and(c, filters, 1, NULL));
    NO_CONTEXT(vaxdir_filter_or(NULL, filters, 1, &made));
    BAD(vaxdir_filter_or(c, NULL, 1, &made));
    BAD(vaxdir_filter_or(c, filters, 2, &made));
    BAD(vaxdir_filter_or(c, filters, 1, NULL));
    NO_CONTEXT(vaxdir_filter_not(NULL, filter, &made));
    BAD(vaxdir_filter_not(c, NULL, &made));
    BAD(vaxdir_filter_not(c, filter, NULL));
    CHECK((void *)made == &untouched);
    CHECK(vaxdir_filter_ref(NULL) == NULL && vaxdir_filter_unref(NULL) == NULL);
}

#include "arguments_filter.h"
#include "arguments_search.h"
#include "arguments_time.h"

static void check_route(void)
{
    vaxdir_route *made = (vaxdir_route *)(void *)&untouched;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_step step = VAXDIR_STEP_INIT;
    NO_CONTEXT(vaxdir_route_new(NULL, &made));
    BAD(vaxdir_route_new(c, NULL));
    CHECK((void *)made == &untouched);
    BAD(vaxdir_resolve(c, edition, 0, &visit, route)); /* at is not stated */
    visit.at = 1610953200;
    CHECK(vaxdir_resolve(c, edition, 0, &visit, route) == VAXDIR_OK);
    uint32_t count = vaxdir_route_count(route);
    NO_CONTEXT(vaxdir_resolve(NULL, edition, 0, &visit, route));
    BAD(vaxdir_resolve(c, NULL, 0, &visit, route));
    BAD(vaxdir_resolve(c, edition, SMALL_COUNT, &visit, route));
    BAD(vaxdir_resolve(c, edition, UINT32_MAX, &visit, route));
    BAD(vaxdir_resolve(c, edition, 0, NULL, route));
    BAD(vaxdir_resolve(c, edition, 0, &visit, NULL));
    STRUCTS(vaxdir_visit, VAXDIR_VISIT_INIT, given, vaxdir_resolve(c, edition, 0, given, route));
    visit.birth_date = 19440230;
    BAD(vaxdir_resolve(c, edition, 0, &visit, route));
    visit.birth_date = -1;
    BAD(vaxdir_resolve(c, edition, 0, &visit, route));
    CHECK(strstr(vaxdir_context_error(c)->message, "1944") == NULL); /* nothing of a person in a message */
    visit.birth_date = 19440302;
    visit.flags = 1;
    BAD(vaxdir_resolve(c, edition, 0, &visit, route));
    CHECK(count > 0 && vaxdir_route_count(route) == count);
    NO_CONTEXT(vaxdir_route_step(NULL, route, 0, &step));
    BAD(vaxdir_route_step(c, NULL, 0, &step));
    BAD(vaxdir_route_step(c, route, count, &step));
    BAD(vaxdir_route_step(c, route, 0, NULL));
    step.struct_size = 7;
    BAD_STRUCT(vaxdir_route_step(c, route, 0, &step));
    CHECK(step.kind == 0 && step.url == NULL);
    CHECK(vaxdir_route_count(NULL) == 0 && vaxdir_route_unref(NULL) == NULL);
}

static void check_route_batch(void)
{
    const uint32_t rows[] = {0, VAXDIR_NO_ROW, 1}, bad[] = {0, SMALL_COUNT};
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_route *never = NULL;
    visit.at = 1610953200;
    CHECK(vaxdir_resolve_batch(c, edition, rows, 3, &visit, route) == VAXDIR_OK);
    NO_CONTEXT(vaxdir_resolve_batch(NULL, edition, rows, 3, &visit, route));
    BAD(vaxdir_resolve_batch(c, NULL, rows, 3, &visit, route));
    BAD(vaxdir_resolve_batch(c, edition, NULL, 3, &visit, route));
    BAD(vaxdir_resolve_batch(c, edition, rows, 3, NULL, route));
    BAD(vaxdir_resolve_batch(c, edition, rows, 3, &visit, NULL));
    BAD(vaxdir_resolve_batch(c, edition, bad, 2, &visit, route));
    CHECK(vaxdir_context_error(c)->index == 1);
    CHECK(vaxdir_resolve_batch(c, edition, rows, UINT32_MAX, &visit, route) == VAXDIR_ERROR_LIMIT);
    visit.at = 0;
    BAD(vaxdir_resolve_batch(c, edition, rows, 3, &visit, route));
    visit.at = 1610953200;
    CHECK(vaxdir_route_ladders(route) == 3 && vaxdir_route_offsets(route)[3] == vaxdir_route_count(route));
    CHECK(vaxdir_route_new(c, &never) == VAXDIR_OK);
    CHECK(vaxdir_route_ladders(NULL) == 0 && vaxdir_route_ladders(never) == 0 && vaxdir_route_count(never) == 0);
    CHECK(vaxdir_route_offsets(NULL)[0] == 0 && vaxdir_route_offsets(never)[0] == 0);
    CHECK(vaxdir_resolve_batch(c, edition, NULL, 0, &visit, never) == VAXDIR_OK && vaxdir_route_count(never) == 0);
    vaxdir_route_unref(never);
}

static void check_route_words(void)
{
    char text[8] = "1234567";
    size_t length = 42;
    vaxdir_eligibility eligibility = VAXDIR_ELIGIBILITY_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    CHECK(vaxdir_resolve(c, edition, 0, &visit, route) == VAXDIR_OK);
    uint32_t count = vaxdir_route_count(route);
    NO_CONTEXT(vaxdir_route_eligibility(NULL, route, 0, &eligibility));
    BAD(vaxdir_route_eligibility(c, NULL, 0, &eligibility));
    BAD(vaxdir_route_eligibility(c, route, 1, &eligibility));
    BAD(vaxdir_route_eligibility(c, route, 0, NULL));
    eligibility.struct_size = 7;
    BAD_STRUCT(vaxdir_route_eligibility(c, route, 0, &eligibility));
    NO_CONTEXT(vaxdir_route_step_text(NULL, route, 0, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_step_text(c, NULL, 0, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_step_text(c, route, count, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_step_text(c, route, 0, NULL, 0, text, 8, &length));
    BAD(vaxdir_route_step_text(c, route, 0, "de", 0, text, 8, &length));
    BAD(vaxdir_route_step_text(c, route, 0, "fr", 4, text, 8, &length));
    BAD(vaxdir_route_step_text(c, route, 0, "fr", 0, NULL, 8, &length));
    NO_CONTEXT(vaxdir_route_say(NULL, route, 0, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_say(c, NULL, 0, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_say(c, route, 1, "fr", 0, text, 8, &length));
    BAD(vaxdir_route_say(c, route, 0, NULL, 0, text, 8, &length));
    BAD(vaxdir_route_say(c, route, 0, "", 0, text, 8, &length));
    BAD(vaxdir_route_say(c, route, 0, "fr", 4, text, 8, &length));
    BAD(vaxdir_route_say(c, route, 0, "fr", 0, NULL, 8, &length));
    CHECK(length == 42 && strcmp(text, "1234567") == 0);
    CHECK(vaxdir_route_say(c, route, 0, "fr", 0, text, 4, &length) == VAXDIR_OK && length > 100);
    CHECK(text[3] == '\0' && text[4] == '5');
    CHECK(vaxdir_route_say(c, route, 0, "fr", 0, NULL, 0, NULL) == VAXDIR_OK);
    CHECK(vaxdir_route_step_text(c, route, 0, "en", 0, NULL, 0, &length) == VAXDIR_OK && length > 10);
}

static void check_text(void)
{
    char buffer[8] = "1234567";
    size_t length = 42;
    const int32_t code = VAXDIR_DIAGNOSTIC_ID_MISSING;
    NO_CONTEXT(vaxdir_text(NULL, VAXDIR_TEXT_DIAGNOSTIC, code, "en", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, 0, code, "en", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, UINT32_MAX, code, "en", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, 9999, "en", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, NULL, NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "de", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "", NULL, 0, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "en", NULL, 1, buffer, 8, &length));
    BAD(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "en", NULL, 0, NULL, 8, &length));
    CHECK(length == 42 && strcmp(buffer, "1234567") == 0);
    CHECK(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "fr", NULL, 0, buffer, 4, &length) == VAXDIR_OK && length > 4);
    CHECK(buffer[3] == '\0' && buffer[4] == '5');
    CHECK(vaxdir_text(c, VAXDIR_TEXT_DIAGNOSTIC, code, "fr", NULL, 0, NULL, 0, NULL) == VAXDIR_OK);
    CHECK(vaxdir_field_find(NULL, 0) == 0 && vaxdir_field_find("nam", 3) == 0 && vaxdir_field_find("namee", 5) == 0);
}

static vaxdir_context *another; /* beside the one that is running */

/* Called back by the library: any call with the context that is running answers BUSY and changes nothing, and so does
 * any with the builder that is running, whatever the context. */
static int32_t calls_back(uint64_t done, uint64_t total, void *user)
{
    vaxdir_builder *running = *(vaxdir_builder **)user;
    vaxdir_registry *made = NULL;
    vaxdir_report *told = NULL;
    const char *text;
    uint32_t row;
    (void)done;
    (void)total;
    BUSY(vaxdir_builder_build(c, running, &made));
    BUSY(vaxdir_builder_add_memory(c, running, "x", 1, NULL));
    BUSY(vaxdir_builder_begin_record(c, running, "x", 1));
    BUSY(vaxdir_registry_text(c, registry, 0, VAXDIR_FIELD_NAME, &text, NULL));
    BUSY(vaxdir_registry_find(c, registry, "x", 1, &row));
    BUSY(vaxdir_nearest(c, edition, 0, 0, NULL, matches));
    BUSY(vaxdir_builder_build(another, running, &made));
    CHECK(strstr(vaxdir_context_error(another)->message, "callback") != NULL);
    BUSY(vaxdir_builder_add_memory(another, running, "x", 1, NULL));
    BUSY(vaxdir_builder_add_path(another, running, "x", NULL));
    BUSY(vaxdir_builder_add_callback(another, running, NULL, no_bytes, NULL));
    BUSY(vaxdir_builder_begin_record(another, running, "x", 1));
    BUSY(vaxdir_builder_set_text(another, running, VAXDIR_FIELD_NAME, "x", 1));
    BUSY(vaxdir_builder_set_number(another, running, VAXDIR_FIELD_LATITUDE, 1));
    BUSY(vaxdir_builder_set_integer(another, running, VAXDIR_FIELD_CLOSED, 1));
    BUSY(vaxdir_builder_set_attribute(another, running, "x", 1, "x", 1));
    BUSY(vaxdir_builder_end_record(another, running));
    BUSY(vaxdir_builder_report(another, running, &told));
    CHECK(made == NULL && told == NULL);
    /* Other objects are no matter. */
    CHECK(vaxdir_registry_text(another, registry, 0, VAXDIR_FIELD_NAME, &text, NULL) == VAXDIR_OK);
    return 0;
}

static int32_t cancels(uint64_t done, uint64_t total, void *user)
{
    (void)done;
    (void)total;
    (void)user;
    return 7;
}

static void check_callbacks(void)
{
    vaxdir_builder *running = NULL;
    vaxdir_registry *made = NULL;
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    options.rules = rules;
    options.progress = calls_back;
    options.user = &running;
    int before = checks;
    CHECK(vaxdir_context_new(NULL, &another) == VAXDIR_OK);
    CHECK(vaxdir_builder_new(c, &options, &running) == VAXDIR_OK);
    CHECK(vaxdir_builder_add_memory(c, running, small_feed, strlen(small_feed), NULL) == VAXDIR_OK);
    CHECK(vaxdir_builder_build(c, running, &made) == VAXDIR_OK);
    CHECK(checks > before + 10); /* it was called */
    /* After the call the builder is anybody's. */
    made = vaxdir_registry_unref(made);
    CHECK(vaxdir_builder_begin_record(another, running, "x", 1) == VAXDIR_OK);
    vaxdir_builder_unref(running);
    vaxdir_context_unref(another);
    options.progress = cancels;
    CHECK(vaxdir_builder_new(c, &options, &running) == VAXDIR_OK);
    CHECK(vaxdir_builder_add_memory(c, running, small_feed, strlen(small_feed), NULL) == VAXDIR_ERROR_CANCELLED);
    CHECK(vaxdir_context_error(c)->error_class == VAXDIR_CLASS_CANCELLED);
    CHECK(vaxdir_builder_begin_record(c, running, "a:1", 3) == VAXDIR_OK);
    CHECK(vaxdir_builder_end_record(c, running) == VAXDIR_OK);
    made = (vaxdir_registry *)(void *)&untouched;
    CHECK(vaxdir_builder_build(c, running, &made) == VAXDIR_ERROR_CANCELLED);
    CHECK((void *)made == &untouched);
    vaxdir_builder_unref(running);
}

static const struct {
    const char *name;
    void (*check)(void);
} groups[] = {
    {"context", check_context},
    {"rules", check_rules},
    {"builder", check_builder},
    {"inputs", check_builder_input},
    {"records", check_builder_records},
    {"registry rows", check_registry_rows},
    {"registry columns", check_registry_columns},
    {"registry files", check_registry_files},
    {"link", check_link},
    {"edition", check_edition},
    {"filter", check_filter},
    {"filter terms", check_filter_terms},
    {"opening", check_opening},
    {"explain", check_explain},
    {"area", check_area},
    {"search", check_search},
    {"cursor", check_cursor},
    {"route", check_route},
    {"state", check_state},
    {"facts", check_facts},
    {"eligibility", check_eligibility},
    {"route batch", check_route_batch},
    {"route words", check_route_words},
    {"text", check_text},
    {"callbacks", check_callbacks},
};

static vaxdir_status prepare(void)
{
    const char *const city = "Metz";
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_status status = vaxdir_context_new(NULL, &c);
    if (status == VAXDIR_OK)
        status = vaxdir_rules_default(c, &rules);
    options.rules = rules;
    if (status == VAXDIR_OK)
        status = small_build(c, rules, 0, 1, &registry);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_new(c, &options, &builder);
    if (status == VAXDIR_OK)
        status = small_add(c, builder, 4);
    if (status == VAXDIR_OK)
        status = small_add(c, builder, 4);
    vaxdir_registry *twice = NULL;
    if (status == VAXDIR_OK)
        status = vaxdir_builder_build(c, builder, &twice);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_report(c, builder, &report);
    vaxdir_registry_unref(twice);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_new(c, registry, NULL, &edition);
    if (status == VAXDIR_OK)
        status = vaxdir_filter_in(c, VAXDIR_FIELD_CITY, &city, NULL, 1, &filter);
    if (status == VAXDIR_OK)
        status = vaxdir_area_from_wkt(c, "POLYGON((0 0,1 0,1 1,0 0))", 26, NULL, &area);
    if (status == VAXDIR_OK)
        status = vaxdir_matches_new(c, &matches);
    if (status == VAXDIR_OK)
        status = vaxdir_route_new(c, &route);
    if (status == VAXDIR_OK)
        status = vaxdir_link_new(c, &judged);
    return status;
}

int main(void)
{
    size_t count = sizeof groups / sizeof *groups;
    int all_failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (prepare() != VAXDIR_OK) {
        printf("Bail out! %s\n", vaxdir_context_error(c)->message);
        return 1;
    }
    printf("1..%lu\n", (unsigned long)count);
    for (size_t i = 0; i < count; i++) {
        checks = failed = 0;
        groups[i].check();
        all_failed += failed;
        printf("%s %lu - %s, %d checks\n", failed == 0 ? "ok" : "not ok", (unsigned long)i + 1, groups[i].name, checks);
    }
    vaxdir_link_unref(judged);
    vaxdir_route_unref(route);
    vaxdir_matches_unref(matches);
    vaxdir_filter_unref(filter);
    vaxdir_area_unref(area);
    vaxdir_edition_unref(edition);
    vaxdir_report_unref(report);
    vaxdir_builder_unref(builder);
    vaxdir_registry_unref(registry);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(c);
    return all_failed == 0 ? 0 : 1;
}
