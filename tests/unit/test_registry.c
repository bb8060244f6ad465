/* test_registry.c: records in, a registry out: ids, duplicates, typing of cells, columns, fingerprint, the report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "base/text.h"
#include "registry/territory.h"

static vaxdir_context *context;
static vaxdir_builder *builder;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    builder = vaxdir_builder_unref(builder);
    context = vaxdir_context_unref(context);
    return 0;
}

static void begin(const char *id)
{
    assert_int_equal(vaxdir_builder_begin_record(context, builder, id, strlen(id)), VAXDIR_OK);
}

static void set(vaxdir_field field, const char *text)
{
    assert_int_equal(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), VAXDIR_OK);
}

static void end(void)
{
    assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
}

static void add(const char *id, const char *name, const char *updated)
{
    begin(id);
    set(VAXDIR_FIELD_NAME, name);
    set(VAXDIR_FIELD_LATITUDE, "49.1");
    set(VAXDIR_FIELD_LONGITUDE, "6.2");
    set(VAXDIR_FIELD_PHONE, "0800009110");
    set(VAXDIR_FIELD_UPDATED_AT, updated);
    end();
}

static vaxdir_registry *build(void)
{
    vaxdir_registry *registry = NULL;
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    return registry;
}

static const char *text(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    const char *value = NULL;
    assert_int_equal(vaxdir_registry_text(context, registry, row, field, &value, NULL), VAXDIR_OK);
    return value;
}

static double number(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    double value = 0;
    assert_int_equal(vaxdir_registry_number(context, registry, row, field, &value), VAXDIR_OK);
    return value;
}

static int64_t integer(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    int64_t value = 0;
    assert_int_equal(vaxdir_registry_integer(context, registry, row, field, &value), VAXDIR_OK);
    return value;
}

static const char *attribute(const vaxdir_registry *registry, uint32_t row, const char *wanted)
{
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(registry); i++) {
        const char *name, *value;
        assert_int_equal(vaxdir_registry_attribute_name(context, registry, i, &name, NULL), VAXDIR_OK);
        assert_int_equal(vaxdir_registry_attribute(context, registry, row, i, &value, NULL), VAXDIR_OK);
        if (strcmp(name, wanted) == 0)
            return value;
    }
    return NULL;
}

/* How often the report holds a code; the first one is left in *first. */
static uint32_t count_code(int32_t code, vaxdir_diagnostic *first)
{
    static vaxdir_report *report; /* kept until the next call, as the texts of *first are its own */
    uint32_t count = 0;
    vaxdir_report_unref(report);
    assert_int_equal(vaxdir_builder_report(context, builder, &report), VAXDIR_OK);
    for (uint32_t i = 0; i < vaxdir_report_count(report); i++) {
        vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
        assert_int_equal(vaxdir_report_diagnostic(context, report, i, &diagnostic), VAXDIR_OK);
        if (diagnostic.code == code && count++ == 0 && first != NULL)
            *first = diagnostic;
    }
    if (first == NULL)
        report = vaxdir_report_unref(report);
    return count;
}

static void drop_report(void)
{
    (void)count_code(0, NULL);
}

/* --- ids ---------------------------------------------------------------------------------------------------------- */

static void test_rows_ascend_by_id(void **state)
{
    (void)state;
    add("b:2", "two", "");
    add("plain", "bare", "");
    add("b:10", "ten", "");
    vaxdir_registry *registry = build();
    assert_int_equal(vaxdir_registry_count(registry), 3);
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_ID), "b:10");
    assert_string_equal(text(registry, 1, VAXDIR_FIELD_ID), "b:2");
    assert_string_equal(text(registry, 2, VAXDIR_FIELD_ID), "id:plain");
    uint32_t row = 7;
    assert_int_equal(vaxdir_registry_find(context, registry, "b:2", 3, &row), VAXDIR_OK);
    assert_int_equal(row, 1);
    assert_int_equal(vaxdir_registry_find(context, registry, "b:3", 3, &row), VAXDIR_OK);
    assert_int_equal(row, VAXDIR_NO_ROW);
    vaxdir_registry_unref(registry);
}

/* Ids of which some are the start of others, shorter and longer than the key that they are sorted by, behind `start`.
 */
static void check_many_ids(const char *start)
{
    enum { IDS = 600 };
    uint32_t random = 12345;
    for (uint32_t i = 0; i < IDS; i++) {
        char id[64];
        size_t length = strlen(start);
        memcpy(id, start, length);
        for (uint32_t more = 1 + i % 14; more > 0; more--) {
            random = random * 1664525 + 1013904223; /* Knuth's, TAOCP 2, 3.3.4 */
            bool accent = random >> 29 == 0;
            memcpy(id + length, accent ? "\xC3\xA9" : random >> 31 == 0 ? "a" : "b", accent ? 2 : 1);
            length += accent ? 2 : 1;
        }
        id[length] = '\0';
        begin(id);
        end();
    }
    vaxdir_registry *registry = build();
    for (uint32_t row = 1; row < vaxdir_registry_count(registry); row++) {
        vaxdir_slice before = vaxdir_slice_of(text(registry, row - 1, VAXDIR_FIELD_ID));
        assert_true(vaxdir_slice_compare(before, vaxdir_slice_of(text(registry, row, VAXDIR_FIELD_ID))) < 0);
    }
    uint32_t lost = count_code(VAXDIR_DIAGNOSTIC_ID_REPEATED, NULL);
    assert_int_equal(vaxdir_registry_count(registry), IDS - lost);
    vaxdir_registry_unref(registry);
}

static void test_many_ids_ascend(void **state)
{
    check_many_ids("");
    tear_down(state);
    set_up(state);
    check_many_ids("one:system");
}

static void test_identical_records_are_one(void **state)
{
    (void)state;
    add("a:1", "same", "2021-01-01");
    add("a:1", "same", "2021-01-01");
    vaxdir_registry *registry = build();
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    assert_int_equal(vaxdir_registry_counts(context, registry, &counts), VAXDIR_OK);
    assert_int_equal(counts.centres, 1);
    assert_int_equal(counts.quarantined, 0);
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_ID_REPEATED, NULL), 1);
    vaxdir_registry_unref(registry);
}

static void check_winner(const char *first, const char *first_date, const char *second, const char *second_date,
                         const char *winner)
{
    void *state = NULL;
    tear_down(&state);
    set_up(&state);
    add("a:1", first, first_date);
    add("a:1", second, second_date);
    vaxdir_registry *registry = build();
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    assert_int_equal(vaxdir_registry_counts(context, registry, &counts), VAXDIR_OK);
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_NAME), winner);
    assert_int_equal(counts.quarantined, 1);
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_ID_DUPLICATE, NULL), 1);
    vaxdir_registry_unref(registry);
}

/* The later update wins, then the greater bytes, whatever the order of rows. */
static void test_duplicates_do_not_depend_on_order(void **state)
{
    (void)state;
    check_winner("old", "2021-01-01", "new", "2021-01-02", "new");
    check_winner("new", "2021-01-02", "old", "2021-01-01", "new");
    check_winner("A", "", "B", "", "B");
    check_winner("B", "", "A", "", "B");
    check_winner("dated", "2021-01-01", "undated", "", "dated");
}

static void test_later_input_replaces(void **state)
{
    (void)state;
    static const char first[] = "id,name,latitude,longitude\n1,first,1,2\n2,kept,1,2\n";
    static const char second[] = "id,name,latitude,longitude\n1,a second,1,2\n";
    assert_int_equal(vaxdir_builder_add_memory(context, builder, first, sizeof first - 1, NULL), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_add_memory(context, builder, second, sizeof second - 1, NULL), VAXDIR_OK);
    vaxdir_registry *registry = build();
    assert_int_equal(vaxdir_registry_count(registry), 2);
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_NAME), "a second");
    vaxdir_diagnostic replaced;
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_ID_REPLACED, &replaced), 1);
    assert_int_equal(replaced.line, 2);
    assert_string_equal(replaced.id, "id:1");
    drop_report();
    vaxdir_registry_unref(registry);
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

static void test_types(void **state)
{
    (void)state;
    begin("a:1");
    set(VAXDIR_FIELD_NAME, " \xC2\xA0 Hall  ");
    set(VAXDIR_FIELD_HOURS_MONDAY, " 9h ");
    set(VAXDIR_FIELD_OPENS_ON, "18/01/2021");
    set(VAXDIR_FIELD_CLOSES_ON, "2021-02-29");
    set(VAXDIR_FIELD_UPDATED_AT, "2021-01-14 17:30:16.750551");
    set(VAXDIR_FIELD_CLOSED, "f");
    set(VAXDIR_FIELD_ACCESSIBLE, "OUI");
    set(VAXDIR_FIELD_VOICEMAIL, "perhaps");
    set(VAXDIR_FIELD_KIND, "{USMP,\"Grand centre\",\"Grand centre\",\"a \\\"b\\\"\"}");
    assert_int_equal(vaxdir_builder_set_attribute(context, builder, "note", 4, "kept", 4), VAXDIR_OK);
    end();
    vaxdir_registry *registry = build();
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_NAME), "Hall");
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_HOURS_MONDAY), " 9h ");
    assert_int_equal(integer(registry, 0, VAXDIR_FIELD_OPENS_ON), 20210118);
    assert_true(integer(registry, 0, VAXDIR_FIELD_CLOSES_ON) == INT64_MIN);
    assert_string_equal(attribute(registry, 0, "closes_on"), "2021-02-29");
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_DATE_INVALID, NULL), 1);
    assert_int_equal(integer(registry, 0, VAXDIR_FIELD_UPDATED_AT), 1610645416);
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_CLOSED), "no");
    assert_int_equal(integer(registry, 0, VAXDIR_FIELD_ACCESSIBLE), VAXDIR_YES);
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_VOICEMAIL), "unknown");
    assert_string_equal(attribute(registry, 0, "voicemail"), "perhaps");
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_KIND), "USMP\nGrand centre\na \"b\"");
    assert_string_equal(attribute(registry, 0, "note"), "kept");
    assert_null(text(registry, 0, VAXDIR_FIELD_CITY));
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_TRUST), "none");
    vaxdir_registry_unref(registry);
}

static void position(const char *id, const char *latitude, const char *longitude)
{
    begin(id);
    set(VAXDIR_FIELD_NAME, id);
    set(VAXDIR_FIELD_LATITUDE, latitude);
    set(VAXDIR_FIELD_LONGITUDE, longitude);
    end();
}

static void test_positions(void **state)
{
    (void)state;
    position("a:empty", "", "");
    position("b:half", "48.5", "");
    position("c:north", "91", "2");
    position("d:comma", "48,5", "2.5");
    position("e:zero", "0", "-0.0");
    position("f:scale", "0.000243916", "-2.09541e-05");
    position("g:wrap", "-45", "190");
    position("h:lost point", "45", "678647105");
    vaxdir_registry *registry = build();
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    assert_int_equal(vaxdir_registry_counts(context, registry, &counts), VAXDIR_OK);
    assert_int_equal(counts.without_position, 5);
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_MISSING, NULL), 1);
    vaxdir_diagnostic invalid;
    /* The cell that does not parse, then the half position that it leaves. */
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_INVALID, &invalid), 5);
    assert_string_equal(invalid.id, "b:half");
    assert_string_equal(invalid.value, "48.5");
    drop_report();
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_ZERO, NULL), 1);
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_SUSPECT, NULL), 1);
    assert_true(number(registry, 6, VAXDIR_FIELD_LONGITUDE) == -170);
    assert_true(isnan(number(registry, 2, VAXDIR_FIELD_LATITUDE)));
    assert_string_equal(attribute(registry, 2, "latitude"), "91");
    assert_string_equal(attribute(registry, 3, "latitude"), "48,5");
    assert_string_equal(attribute(registry, 3, "longitude"), "2.5");
    assert_string_equal(attribute(registry, 7, "longitude"), "678647105");
    uint32_t rows[2] = {99, 99}, count = 0;
    assert_int_equal(vaxdir_registry_without_position(context, registry, 1, rows, &count), VAXDIR_OK);
    assert_int_equal(count, 5);
    assert_int_equal(rows[0], 0);
    assert_int_equal(rows[1], 99);
    vaxdir_registry_unref(registry);
}

/* A number and its text are the same to everything, whatever becomes of the position. */
static void test_numbers_are_their_texts(void **state)
{
    static const struct {
        double latitude, longitude;
        const char *texts[2];
    } cases[] = {
        {48.100000000000001, -0.0, {"48.100000000000001", "-0"}},
        {91.5, 2.25, {"91.5", "2.25"}},
        {-0.0, 720, {"-0", "720"}},
        {0.001, 359.9990234375, {"0.001", "359.9990234375"}},
        {-0.0, 0, {"-0", "0"}},
        {NAN, 1e-300, {"", "1e-300"}},
        {-0.0, NAN, {"-0", ""}},
        {1e300, 0.1, {"1.0000000000000001e+300", "0.10000000000000001"}},
    };
    vaxdir_registry *made[2];
    vaxdir_diagnostic first[2] = {VAXDIR_DIAGNOSTIC_INIT, VAXDIR_DIAGNOSTIC_INIT};
    char values[2][64] = {"", ""};
    for (int by_text = 0; by_text < 2; by_text++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const vaxdir_field fields[2] = {VAXDIR_FIELD_LATITUDE, VAXDIR_FIELD_LONGITUDE};
            const double numbers[2] = {cases[i].latitude, cases[i].longitude};
            const char id[] = {(char)('a' + i), '\0'};
            begin(id);
            for (int j = 0; j < 2; j++)
                if (by_text == 0)
                    assert_int_equal(vaxdir_builder_set_number(context, builder, fields[j], numbers[j]), VAXDIR_OK);
                else
                    set(fields[j], cases[i].texts[j]);
            end();
        }
        made[by_text] = build();
        assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_INVALID, &first[by_text]), 5);
        strcpy(values[by_text], first[by_text].value);
        assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_SUSPECT, &first[by_text]), 1);
        strcat(values[by_text], first[by_text].value);
        assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_ZERO, &first[by_text]), 1);
        strcat(values[by_text], first[by_text].value);
        drop_report();
        tear_down(state);
        set_up(state);
    }
    assert_string_equal(values[0], "91.50.001-0");
    assert_string_equal(values[0], values[1]);
    char fingerprints[2][33];
    for (int i = 0; i < 2; i++) {
        assert_string_equal(attribute(made[i], 6, "latitude"), "-0");
        assert_string_equal(attribute(made[i], 7, "longitude"), "0.10000000000000001");
        assert_int_equal(vaxdir_registry_fingerprint(context, made[i], fingerprints[i]), VAXDIR_OK);
        vaxdir_registry_unref(made[i]);
    }
    assert_string_equal(fingerprints[0], fingerprints[1]);
}

static void test_codes_and_encodings(void **state)
{
    (void)state;
    begin("a:1");
    set(VAXDIR_FIELD_NAME, "rue Fran\xC3\x83\xC2\xA7ois");
    set(VAXDIR_FIELD_INSEE, "9122");
    set(VAXDIR_FIELD_POSTCODE, "9000");
    end();
    begin("a:2");
    set(VAXDIR_FIELD_NAME, "une fa\xC3\xA7"
                           "ade");
    set(VAXDIR_FIELD_POSTCODE, "1000");
    end();
    vaxdir_registry *registry = build();
    vaxdir_diagnostic found;
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_TEXT_DOUBLE_ENCODED, &found), 1);
    assert_string_equal(found.suggestion, "rue Fran\xC3\xA7ois");
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_CODE_ZERO_LOST, &found), 2);
    assert_string_equal(found.suggestion, "09122");
    drop_report();
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_INSEE), "9122");
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_DEPARTMENT), "09");
    assert_string_equal(text(registry, 0, VAXDIR_FIELD_REGION), "Occitanie");
    vaxdir_registry_unref(registry);
}

static void check_department(const char *insee, const char *postcode, const char *expected)
{
    char room[4];
    vaxdir_slice found = vaxdir_territory_department(vaxdir_slice_of(insee), vaxdir_slice_of(postcode), room);
    if (expected == NULL)
        assert_null(found.bytes);
    else
        assert_string_equal(found.bytes, expected);
}

static void test_departments(void **state)
{
    (void)state;
    check_department("57463", "57000", "57");
    check_department("2A004", "20000", "2A");
    check_department("2b033", "20200", "2B");
    check_department("", "20100", "2A");
    check_department("", "20620", "2B");
    check_department("97701", "97133", "977");
    check_department("", "97150", "978");
    check_department("97411", "", "974");
    check_department("1053", "", "01");
    check_department("99AFG", "99001", NULL);
    check_department("", "75 005", NULL);
    check_department("96000", "", NULL);
}

/* --- the registry as a whole -------------------------------------------------------------------------------------- */

/* Order of records, order of attributes and twice the same value in a cell do not show. */
static void test_fingerprint_does_not_know_order(void **state)
{
    char first[33], second[33], other[33];
    static const char one[] = "id,name,latitude,longitude,x,y\n1,a,1,2,p,q\n2,b,3,4,,r\n3,c,5,6,s,\n";
    static const char two[] = "y,x,longitude,latitude,name,id\nr,,4,3.0,b,2\n,s,6e0,5,c,3\nq,p,+2,1,a,1\n";
    static const char three[] = "id,name,latitude,longitude,x,y\n1,a,1,2,p,q\n2,b,3,4,,r\n3,c,5,6,,s\n";
    const char *inputs[] = {one, two, three};
    char *fingerprints[] = {first, second, other};
    for (int i = 0; i < 3; i++) {
        tear_down(state);
        set_up(state);
        assert_int_equal(vaxdir_builder_add_memory(context, builder, inputs[i], strlen(inputs[i]), NULL), VAXDIR_OK);
        vaxdir_registry *registry = build();
        assert_int_equal(vaxdir_registry_fingerprint(context, registry, fingerprints[i]), VAXDIR_OK);
        vaxdir_registry_unref(registry);
    }
    assert_string_equal(first, second);
    assert_string_not_equal(first, other);
}

static void test_columns(void **state)
{
    (void)state;
    add("a:1", "one", "2021-01-01");
    position("a:2", "", "");
    vaxdir_registry *registry = build();
    int64_t offsets[3], instants[2];
    uint8_t validity[1];
    char bytes[8] = "#######";
    uint64_t needed = 0;
    assert_int_equal(
        vaxdir_registry_text_column(context, registry, VAXDIR_FIELD_NAME, offsets, validity, bytes, 5, &needed),
        VAXDIR_OK);
    assert_int_equal(needed, 6);
    assert_int_equal(bytes[0], '#');
    assert_int_equal(
        vaxdir_registry_text_column(context, registry, VAXDIR_FIELD_NAME, offsets, validity, bytes, 6, &needed),
        VAXDIR_OK);
    assert_memory_equal(bytes, "onea:2#", 7);
    assert_int_equal(offsets[2], 6);
    assert_int_equal(validity[0], 3);
    double latitudes[2];
    assert_int_equal(vaxdir_registry_number_column(context, registry, VAXDIR_FIELD_LATITUDE, latitudes), VAXDIR_OK);
    assert_true(latitudes[0] == 49.1 && isnan(latitudes[1]));
    assert_int_equal(vaxdir_registry_integer_column(context, registry, VAXDIR_FIELD_UPDATED_AT, instants), VAXDIR_OK);
    assert_int_equal(instants[0], 1609459200);
    assert_true(instants[1] == INT64_MIN);
    vaxdir_registry_unref(registry);
}

static void test_builder_is_not_consumed(void **state)
{
    (void)state;
    add("a:1", "one", "");
    vaxdir_registry *first = build();
    add("a:2", "two", "");
    vaxdir_registry *second = build();
    assert_int_equal(vaxdir_registry_count(first), 1);
    assert_int_equal(vaxdir_registry_count(second), 2);
    builder = vaxdir_builder_unref(builder);
    assert_string_equal(text(first, 0, VAXDIR_FIELD_NAME), "one");
    vaxdir_registry_unref(first);
    vaxdir_registry_unref(second);
}

static void test_unfinished_record_leaves_nothing(void **state)
{
    (void)state;
    begin("a:1");
    set(VAXDIR_FIELD_LATITUDE, "north");
    begin("a:2");
    end();
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_POSITION_INVALID, NULL), 0);
    assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_ERROR_ARGUMENT);
    begin("a:3");
    set(VAXDIR_FIELD_POSITION_SCORE, "high");
    static const char feed[] = "id,name,latitude,longitude,phone\n1,n,1,2,0353010001\n";
    assert_int_equal(vaxdir_builder_add_memory(context, builder, feed, sizeof feed - 1, NULL), VAXDIR_OK);
    assert_int_equal(count_code(VAXDIR_DIAGNOSTIC_NUMBER_INVALID, NULL), 0);
    vaxdir_registry *registry = build();
    assert_int_equal(vaxdir_registry_count(registry), 2);
    vaxdir_registry_unref(registry);
}

static void test_empty_builder_builds_an_empty_registry(void **state)
{
    (void)state;
    vaxdir_registry *registry = build();
    assert_int_equal(vaxdir_registry_count(registry), 0);
    assert_int_equal(vaxdir_registry_attribute_count(registry), 0);
    vaxdir_registry_unref(registry);
}

static void test_row_limit(void **state)
{
    (void)state;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    options.max_rows = 2;
    vaxdir_context *small = NULL;
    assert_int_equal(vaxdir_context_new(&options, &small), VAXDIR_OK);
    static const char feed[] = "id,name\n1,a\n2,b\n3,c\n";
    assert_int_equal(vaxdir_builder_add_memory(small, builder, feed, sizeof feed - 1, NULL), VAXDIR_ERROR_LIMIT);
    assert_non_null(strstr(vaxdir_context_error(small)->message, "max_rows"));
    vaxdir_context_unref(small);
    vaxdir_registry *registry = build();
    assert_int_equal(vaxdir_registry_count(registry), 0);
    vaxdir_registry_unref(registry);
}

/* --- links and phones --------------------------------------------------------------------------------------------- */

/* A site of its own is a provider's only where the source says so, in the registry and in an edition that judges again.
 */
static void test_declared_provider(void **state)
{
    static const char *const declared[] = {"valwin", " valwin ", "nobody", "doctolib", NULL};
    static const char *const provider[] = {"valwin", "valwin", NULL, NULL, NULL};
    static const char rules_text[] =
        "{\"schema\": 1, \"providers\": [{\"id\": \"valwin\", \"name\": \"V\", \"declared\": "
        "true, \"pages\": [{\"kind\": \"home\", \"path\": \"/x\"}]}]}";
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        begin(id);
        set(VAXDIR_FIELD_BOOKING_URL, i == 1 ? "https://pharmacie.example/x" : "https://pharmacie.example/animations");
        if (declared[i] != NULL)
            set(VAXDIR_FIELD_DECLARED_PROVIDER, declared[i]);
        end();
    }
    vaxdir_registry *registry = build();
    for (uint32_t i = 0; i < 5; i++) {
        const char *got = text(registry, i, VAXDIR_FIELD_PROVIDER);
        const char *wanted = i == 1 ? NULL : provider[i]; /* /x is no page of the shipped rules */
        assert_true(got == NULL ? wanted == NULL : wanted != NULL && strcmp(got, wanted) == 0);
        assert_string_equal(text(registry, i, VAXDIR_FIELD_TRUST), wanted == NULL ? "unknown" : "declared");
    }
    assert_string_equal(text(registry, 1, VAXDIR_FIELD_DECLARED_PROVIDER), "valwin");
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_rules *rules = NULL;
    vaxdir_edition *edition = NULL;
    const char *trust = NULL;
    assert_int_equal(vaxdir_rules_open_memory(context, rules_text, strlen(rules_text), &rules), VAXDIR_OK);
    options.rules = rules;
    assert_int_equal(vaxdir_edition_new(context, registry, &options, &edition), VAXDIR_OK);
    assert_int_equal(vaxdir_edition_text(context, edition, 1, VAXDIR_FIELD_TRUST, &trust, NULL), VAXDIR_OK);
    assert_string_equal(trust, "declared");
    vaxdir_edition_unref(edition);
    vaxdir_rules_unref(rules);
    vaxdir_registry_unref(registry);
}

/* What is refused is told with its reason; a third number is not dropped in silence. */
static void test_refusals_have_reasons(void **state)
{
    static const struct {
        const char *phone, *link;
        int32_t code, reason;
    } cases[] = {
        {"01 99 00", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_TOO_SHORT},
        {"01 99 00 12 34 56 7", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_TOO_LONG},
        {"+49 30 1234567", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_COUNTRY},
        {"le 15", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_AMBIGUOUS},
        {"bient\xC3\xB4t", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_WORDS},
        {"0199001234 / 0199001236 / 0199001238", NULL, VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_PHONE_REASON_TOO_MANY},
        {NULL, "https://www.doctolib.fr@evil.example/", VAXDIR_DIAGNOSTIC_LINK_UNSAFE, VAXDIR_LINK_REASON_USERINFO},
        {NULL, "Doctolib", VAXDIR_DIAGNOSTIC_LINK_NOT_A_LINK, VAXDIR_LINK_REASON_WORD},
        {NULL, "https://ville.example/", VAXDIR_DIAGNOSTIC_LINK_UNKNOWN, VAXDIR_LINK_REASON_UNKNOWN_HOST},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        builder = vaxdir_builder_unref(builder);
        assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
        begin(id);
        if (cases[i].phone != NULL)
            set(VAXDIR_FIELD_PHONE, cases[i].phone);
        if (cases[i].link != NULL)
            set(VAXDIR_FIELD_BOOKING_URL, cases[i].link);
        end();
        vaxdir_registry_unref(build());
        vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
        assert_int_equal(count_code(cases[i].code, &diagnostic), 1);
        assert_int_equal(diagnostic.reason, cases[i].reason);
    }
    drop_report();
    assert_string_equal(vaxdir_phone_reason_name(VAXDIR_PHONE_REASON_TOO_MANY), "too-many");
    assert_null(vaxdir_phone_reason_name(VAXDIR_PHONE_REASON_NONE));
    assert_null(vaxdir_phone_reason_name(-1));
    assert_null(vaxdir_phone_reason_name(VAXDIR_PHONE_REASON_TOO_MANY + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_ascend_by_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_ids_ascend, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_identical_records_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_duplicates_do_not_depend_on_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_later_input_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_positions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_are_their_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_codes_and_encodings, set_up, tear_down),
        cmocka_unit_test(test_departments),
        cmocka_unit_test_setup_teardown(test_fingerprint_does_not_know_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_builder_is_not_consumed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unfinished_record_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_builder_builds_an_empty_registry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_row_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_declared_provider, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refusals_have_reasons, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
