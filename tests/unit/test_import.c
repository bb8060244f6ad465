/* test_import.c: inputs made here, from first byte to registry and report: every row is in one of the two, with line
 * and column; what is no feed is refused whole; nothing depends on how the bytes arrive. */
#include "../support/temporary.h"
#include "import_world.h"

/* --- what became of an input -------------------------------------------------------------------------------------- */

static import_world load(const char *text)
{
    import_world world = open_world(NULL);
    add_text(&world, text);
    assert_int_equal(world.status, VAXDIR_OK);
    build(&world);
    return world;
}

static uint32_t row_of(const import_world *world, const char *id)
{
    uint32_t row = VAXDIR_NO_ROW;
    assert_int_equal(vaxdir_registry_find(world->context, world->registry, id, strlen(id), &row), VAXDIR_OK);
    assert_int_not_equal(row, VAXDIR_NO_ROW);
    return row;
}

static void expect_text(const import_world *world, const char *id, vaxdir_field field, const char *expected)
{
    const char *text = "not written";
    size_t length = 0;
    assert_int_equal(vaxdir_registry_text(world->context, world->registry, row_of(world, id), field, &text, &length),
                     VAXDIR_OK);
    if (expected == NULL)
        assert_null(text);
    else
        assert_string_equal(text, expected);
}

static void expect_number(const import_world *world, const char *id, vaxdir_field field, double expected)
{
    double number = 0;
    assert_int_equal(vaxdir_registry_number(world->context, world->registry, row_of(world, id), field, &number),
                     VAXDIR_OK);
    assert_true(number == expected);
}

static void expect_integer(const import_world *world, const char *id, vaxdir_field field, int64_t expected)
{
    int64_t integer = 0;
    assert_int_equal(vaxdir_registry_integer(world->context, world->registry, row_of(world, id), field, &integer),
                     VAXDIR_OK);
    assert_true(integer == expected);
}

/* NULL: the centre has no such attribute, or the registry has not. */
static void expect_attribute(const import_world *world, const char *id, const char *name, const char *expected)
{
    const char *found = NULL;
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(world->registry); i++) {
        const char *attribute = NULL, *text = NULL;
        size_t length = 0;
        assert_int_equal(vaxdir_registry_attribute_name(world->context, world->registry, i, &attribute, &length),
                         VAXDIR_OK);
        if (strcmp(attribute, name) != 0)
            continue;
        assert_int_equal(
            vaxdir_registry_attribute(world->context, world->registry, row_of(world, id), i, &text, &length),
            VAXDIR_OK);
        found = text;
    }
    if (expected == NULL) {
        assert_null(found);
    } else {
        assert_non_null(found);
        assert_string_equal(found, expected);
    }
}

/* The only diagnostic of its code, at its place. */
static vaxdir_diagnostic expect_told(const import_world *world, int32_t code, int64_t line, int64_t column,
                                     const char *column_name, const char *value)
{
    assert_int_equal(count_code(world, code), 1);
    uint32_t index = 0;
    while (diagnostic_at(world, index).code != code)
        index++;
    vaxdir_diagnostic diagnostic = diagnostic_at(world, index);
    assert_int_equal(diagnostic.line, line);
    assert_int_equal(diagnostic.column, column);
    assert_string_equal(diagnostic.column_name, column_name);
    assert_string_equal(diagnostic.value, value);
    return diagnostic;
}

/* --- dialects ----------------------------------------------------------------------------------------------------- */

static void french_columns_feed_their_fields(void **state)
{
    (void)state;
    import_world world =
        load("gid;nom;com_cp;com_insee;com_nom;lat_coor1;long_coor1;_edit_datemaj;rdv_lundi;lieu_tel;rdv;"
             "date_ouverture;rdv_site_web;rdv_tel;structure_num;\r\n"
             "17;Salle des f\xC3\xAAtes;57000;57463;Metz;49.1;6.2;2021-01-14 17:30:16.75;9h-12h;0387000001;t;"
             "18/01/2021;https://example.org/a;0387000002;3;\r\n"
             "a:b;Gymnase;57000;57463;Metz;49.2;6.3;;;0387000003;f;2021-01-19;;;\r\n");
    expect_text(&world, "gid:17", VAXDIR_FIELD_NAME, "Salle des f\xC3\xAAtes");
    expect_text(&world, "gid:17", VAXDIR_FIELD_POSTCODE, "57000");
    expect_number(&world, "gid:17", VAXDIR_FIELD_LATITUDE, 49.1);
    expect_number(&world, "gid:17", VAXDIR_FIELD_LONGITUDE, 6.2);
    expect_integer(&world, "gid:17", VAXDIR_FIELD_UPDATED_AT, 1610645416);
    expect_integer(&world, "gid:17", VAXDIR_FIELD_OPENS_ON, 20210118);
    expect_integer(&world, "gid:a:b", VAXDIR_FIELD_OPENS_ON, 20210119); /* both date forms; a system of its own never */
    expect_integer(&world, "gid:17", VAXDIR_FIELD_BY_APPOINTMENT, VAXDIR_YES);
    expect_text(&world, "gid:17", VAXDIR_FIELD_HOURS_MONDAY, "9h-12h");
    /* Of two columns of one field the first in the table that has a value; the other is kept. */
    expect_text(&world, "gid:17", VAXDIR_FIELD_PHONE, "0387000002");
    expect_attribute(&world, "gid:17", "lieu_tel", "0387000001");
    expect_text(&world, "gid:a:b", VAXDIR_FIELD_PHONE, "0387000003");
    expect_attribute(&world, "gid:a:b", "lieu_tel", NULL);
    expect_attribute(&world, "gid:17", "structure_num", "3");
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_ROW_SHORT), 0);
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_ROW_LONG), 0);
    close_world(&world);
}

static void french_aliases_are_known(void **state)
{
    (void)state;
    static const char *const feeds[] = {
        "gid;latitude;longitude;nom\n5;1.5;2.5;N\n",
        "GID , Latitude , Longitude , Nom\n5,1.5,2.5,N\n",
        "c_gid|c_lat_coor1|c_long_coor1|c_nom\n5|1.5|2.5|N\n",
    };
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        import_world world = load(feeds[i]);
        expect_number(&world, "gid:5", VAXDIR_FIELD_LATITUDE, 1.5);
        expect_number(&world, "gid:5", VAXDIR_FIELD_LONGITUDE, 2.5);
        expect_text(&world, "gid:5", VAXDIR_FIELD_NAME, "N");
        close_world(&world);
    }
}

static void plain_columns_feed_their_fields(void **state)
{
    (void)state;
    import_world world = load("id\tname\tlat\tlng\tbooking_url\tprovider\tid_of_mine\n"
                              "1\tA\t48.5\t-2.5\thttps://example.org/\tsomebody\tx\n"
                              "us:7\tB\t40\t-74\t\t\t\n");
    expect_text(&world, "id:1", VAXDIR_FIELD_NAME, "A");
    expect_number(&world, "id:1", VAXDIR_FIELD_LONGITUDE, -2.5);
    expect_text(&world, "id:1", VAXDIR_FIELD_BOOKING_URL, "https://example.org/");
    expect_attribute(&world, "id:1", "provider", "somebody"); /* judged by the rules, never taken from an input */
    expect_attribute(&world, "id:1", "id_of_mine", "x");
    expect_text(&world, "us:7", VAXDIR_FIELD_NAME, "B");
    close_world(&world);
}

static void an_option_names_the_id_system(void **state)
{
    (void)state;
    vaxdir_input input = VAXDIR_INPUT_INIT;
    input.id_system = "nl";
    input.name = "dutch list";
    import_world world = open_world(NULL);
    const char *text = "id,name,latitude,longitude\n1,A,52,5\nbe:2,B,51,4\n,C,51,4\n";
    add_bytes(&world, text, strlen(text), &input);
    build(&world);
    expect_text(&world, "nl:1", VAXDIR_FIELD_NAME, "A");
    expect_text(&world, "be:2", VAXDIR_FIELD_NAME, "B");
    assert_string_equal(diagnostic_at(&world, 0).file, "dutch list");
    close_world(&world);
}

/* --- ways in ------------------------------------------------------------------------------------------------------ */

static void all_ways_in_give_one_registry(void **state)
{
    (void)state;
    char fingerprint[33];
    static char feed[PADDED_LENGTH];
    const size_t length = sizeof feed;
    pad_feed(feed);
    import_world memory = open_world(NULL);
    add_bytes(&memory, feed, length, NULL);
    build(&memory);
    assert_int_equal(vaxdir_registry_fingerprint(memory.context, memory.registry, fingerprint), VAXDIR_OK);
    const uint32_t told = vaxdir_report_count(memory.report);
    close_world(&memory);

    for (size_t most = 1; most < 20; most++) {
        import_world callback = open_world(NULL);
        piece_source pieces = {.bytes = feed, .left = length, .most = most};
        assert_int_equal(vaxdir_builder_add_callback(callback.context, callback.builder, NULL, read_pieces, &pieces),
                         VAXDIR_OK);
        take_report(&callback);
        assert_int_equal(vaxdir_report_count(callback.report), told);
        assert_string_equal(diagnostic_at(&callback, 0).file, "callback");
        expect_fingerprint(&callback, fingerprint);
        close_world(&callback);
    }

    char path[TEMPORARY_SIZE];
    temporary_file(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(feed, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    import_world world = open_world(NULL);
    assert_int_equal(vaxdir_builder_add_path(world.context, world.builder, path, NULL), VAXDIR_OK);
    remove(path);
    take_report(&world);
    assert_int_equal(vaxdir_report_count(world.report), told);
    assert_string_equal(diagnostic_at(&world, 0).file, path);
    expect_fingerprint(&world, fingerprint);
    close_world(&world);
}

static void line_ends_do_not_matter(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    char fingerprint[33] = "";
    for (size_t i = 0; i < 6; i++) {
        char text[300];
        const char *end = ends[i % 3];
        snprintf(text, sizeof text, "%sid,name,latitude,longitude,%s1,A,1,2,%s%s2,B,3,4%s", i < 3 ? "" : "\xEF\xBB\xBF",
                 end, end, end, i < 3 ? end : "");
        import_world world = load(text);
        if (i == 0)
            assert_int_equal(vaxdir_registry_fingerprint(world.context, world.registry, fingerprint), VAXDIR_OK);
        expect_fingerprint(&world, fingerprint);
        assert_int_equal(vaxdir_registry_count(world.registry), 2);
        close_world(&world);
    }
}

/* --- rows and what is told of them -------------------------------------------------------------------------------- */

static void every_row_is_in_the_registry_or_in_the_report(void **state)
{
    (void)state;
    import_world world = load(small_feed);
    /* Lines: 1 header, 2-3 a row, 4 blank, 5 to 11 a row each. */
    assert_int_equal(vaxdir_registry_count(world.registry), 5);
    expect_text(&world, "id:1", VAXDIR_FIELD_NAME, "A \"B\"; C");
    expect_attribute(&world, "id:1", "x", "two\r\nlines");
    expect_text(&world, "id:2", VAXDIR_FIELD_NAME, "caf\xC3\xA9 \"stray\"");
    expect_attribute(&world, "id:2", "column 6", "u");
    expect_told(&world, VAXDIR_DIAGNOSTIC_ROW_UNDECODABLE, 6, 2, "name", "bad \xEF\xBF\xBD");
    expect_told(&world, VAXDIR_DIAGNOSTIC_ROW_SHORT, 7, 3, "latitude", "4;short");
    vaxdir_diagnostic quote = expect_told(&world, VAXDIR_DIAGNOSTIC_QUOTE_OPEN, 8, 2, "name", "5;\"open;1;2;;;");
    assert_int_equal(quote.severity, VAXDIR_SEVERITY_ERROR);
    assert_string_not_equal(quote.suggestion, "");
    expect_told(&world, VAXDIR_DIAGNOSTIC_ROW_LONG, 9, 9, "column 9", "extra");
    expect_attribute(&world, "id:6", "column 9", "extra");
    vaxdir_diagnostic zero = expect_told(&world, VAXDIR_DIAGNOSTIC_POSITION_ZERO, 9, 3, "latitude", "0");
    assert_string_equal(zero.id, "id:6");
    uint32_t last = vaxdir_report_count(world.report) - 1;
    while (diagnostic_at(&world, last).code != VAXDIR_DIAGNOSTIC_ID_MISSING)
        last--;
    assert_int_equal(diagnostic_at(&world, last).line, 10);
    assert_int_equal(diagnostic_at(&world, last).column, 1);
    expect_text(&world, "id:7", VAXDIR_FIELD_NAME, "last");
    close_world(&world);
}

static void a_stray_mark_costs_one_row(void **state)
{
    (void)state;
    /* The mark of line 2 would end at the quoted cell of line 3 and swallow that row. */
    import_world world =
        load("id,name,latitude,longitude,kind\n1,\"A,1,2,k\n2,B,1,2,\"{\"\"a\"\"}\"\n3,\"C\" ,1,2,k\n4,D,1,2,k\n");
    assert_int_equal(vaxdir_registry_count(world.registry), 2);
    expect_text(&world, "id:2", VAXDIR_FIELD_NAME, "B");
    expect_text(&world, "id:4", VAXDIR_FIELD_NAME, "D");
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_QUOTE_OPEN), 2);
    assert_int_equal(diagnostic_at(&world, 0).line, 2);
    assert_int_equal(diagnostic_at(&world, 1).line, 4);
    close_world(&world);
}

static void a_mark_that_never_closes_does_not_swallow_a_long_rest(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    char *text = malloc(ROWS * 32 + 100);
    assert_non_null(text);
    size_t length = (size_t)sprintf(text, "id,name,latitude,longitude\n0,\"open,1,2\n");
    for (int i = 1; i < ROWS; i++) /* the mark of row 3000 would close the cell, far too late */
        length += (size_t)sprintf(text + length, "%d,n%s,1,2\n", i, i == 3000 ? "\"" : "");
    import_world world = load(text);
    free(text);
    assert_int_equal(vaxdir_registry_count(world.registry), ROWS - 1);
    expect_told(&world, VAXDIR_DIAGNOSTIC_QUOTE_OPEN, 2, 2, "name", "0,\"open,1,2");
    close_world(&world);
}

static void an_open_mark_is_told_where_the_first_line_goes_on(void **state)
{
    (void)state;
    import_world world = load("id,name,latitude,longitude,x\n1,\"a\nb\",1,2,\"c\n3,C,1,2,y\n");
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_QUOTE_OPEN), 2);
    assert_int_equal(diagnostic_at(&world, 0).line, 2);
    assert_int_equal(diagnostic_at(&world, 0).column, 2);
    assert_string_equal(diagnostic_at(&world, 0).value, "1,\"a");
    assert_int_equal(diagnostic_at(&world, 1).line, 3);
    expect_attribute(&world, "id:3", "x", "y");
    close_world(&world);
}

static void too_many_open_marks_refuse_the_input(void **state)
{
    (void)state;
    char text[101 * 8 + 100];
    size_t length = (size_t)sprintf(text, "id,name,latitude,longitude\n");
    for (int i = 0; i < 101; i++)
        length += (size_t)sprintf(text + length, "%d,\"a\" b\n", i % 10);
    import_world world = open_world(NULL);
    add_text(&world, text);
    assert_int_equal(world.status, VAXDIR_ERROR_DATA);
    /* The marks that were found are told: they are what there is to mend. */
    assert_int_equal(vaxdir_report_count(world.report), 101);
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_QUOTE_OPEN), 100);
    assert_int_equal(diagnostic_at(&world, 99).line, 101);
    assert_int_equal(diagnostic_at(&world, 100).code, VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED);
    close_world(&world);
}

/* In a feed whose lines end in LF, a CR alone is part of a cell: it must not make a centre of the rest of the row. */
static void a_lone_cr_tears_no_row(void **state)
{
    (void)state;
    import_world world = load("id,name,latitude,longitude\n1,Hall\rx9,1,2\n2,B,3,4\n");
    assert_int_equal(vaxdir_registry_count(world.registry), 2);
    expect_text(&world, "id:1", VAXDIR_FIELD_NAME, "Hall\rx9");
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_ROW_SHORT), 0);
    close_world(&world);
}

static void columns_keep_apart_whatever_their_names(void **state)
{
    (void)state;
    import_world world = load("id,name,latitude,longitude,x,x#2,x,column 9,,x\n"
                              "1,A,1,2,p,q,r,s,t,u,v\n");
    static const char *const names[] = {"x", "x#2", "x#3", "column 9", "column 9#2", "x#4", "column 11"};
    static const char *const values[] = {"p", "q", "r", "s", "t", "u", "v"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect_attribute(&world, "id:1", names[i], values[i]);
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_COLUMN_REPEATED), 2);
    assert_int_equal(diagnostic_at(&world, 0).column, 7);
    assert_string_equal(diagnostic_at(&world, 0).suggestion, "x#3");
    close_world(&world);
}

static void a_missing_principal_column_is_told_once(void **state)
{
    (void)state;
    import_world world = load("gid;lat_coor1;long_coor1\n1;1;2\n2;1;2\n");
    vaxdir_diagnostic missing = expect_told(&world, VAXDIR_DIAGNOSTIC_COLUMN_MISSING, 1, 0, "nom", "");
    assert_int_equal(missing.field, VAXDIR_FIELD_NAME);
    assert_int_equal(missing.severity, VAXDIR_SEVERITY_WARNING);
    close_world(&world);
}

static void a_header_alone_builds(void **state)
{
    (void)state;
    import_world world = load("\nid,name,latitude,longitude\n");
    assert_int_equal(vaxdir_registry_count(world.registry), 0);
    expect_told(&world, VAXDIR_DIAGNOSTIC_INPUT_NO_ROWS, 2, 0, "", "");
    close_world(&world);
}

static void an_input_of_quarantine_alone_is_refused(void **state)
{
    (void)state;
    import_world world = open_world(NULL);
    add_text(&world, "id,name,latitude,longitude\n,A,1,2\n,B,1,2\n");
    assert_int_equal(world.status, VAXDIR_ERROR_DATA);
    assert_non_null(strstr(world.message, "none of the 2 rows"));
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_ID_MISSING), 2);
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_INPUT_ALL_QUARANTINED), 1);
    close_world(&world);
}

/* --- refusals ----------------------------------------------------------------------------------------------------- */

typedef struct refusal_case {
    const char *bytes;
    size_t length;
    int32_t code;
    const char *value;
    const char *message; /* a part of the sentence */
} refusal_case;

#define REFUSAL(bytes, code, value, message)                                                                           \
    {                                                                                                                  \
        bytes, sizeof(bytes) - 1, VAXDIR_DIAGNOSTIC_INPUT_##code, value, message                                       \
    }

static void what_is_no_feed_is_refused_with_a_sentence(void **state)
{
    (void)state;
    static const refusal_case refusals[] = {
        REFUSAL("", EMPTY, "", "the input is empty"),
        REFUSAL("\xEF\xBB\xBF \r\n\n", EMPTY, "", "the input is empty"),
        REFUSAL("\n<!DOCTYPE html><html><head><TITLE>Oh\n no</TITLE>", NOT_A_FEED, "an HTML page: Oh\n no",
                "the input is an HTML page"),
        REFUSAL("<?xml version=\"1.0\"?><Error/>", NOT_A_FEED, "an XML document", "an XML document"),
        REFUSAL("{\"type\":\"FeatureCollection\"}", NOT_A_FEED, "JSON", "CSV form of the feed"),
        REFUSAL("\x1F\x8B\x08\x00", NOT_A_FEED, "gzip data", "unpack it"),
        REFUSAL("PK\x03\x04....", NOT_A_FEED, "a zip archive or a spreadsheet", "unpack it"),
        REFUSAL("%PDF-1.4", NOT_A_FEED, "a PDF document", "a PDF document"),
        REFUSAL("VAXDIR\r\n....", NOT_A_FEED, "a registry file of this library", "open it as the registry"),
        REFUSAL("\xFF\xFEi\0d\0", NOT_A_FEED, "UTF-16 text", "UTF-8"),
        REFUSAL("i\0d\0,\0n\0a\0m\0e\0", NOT_A_FEED, "UTF-16 text", "UTF-8"),
        REFUSAL("\x01\x02\x03\x04\x05\x06\x07\x08\x0E\x0F", NOT_A_FEED, "binary data", "binary data"),
        REFUSAL("502 Bad Gateway\n", NO_HEADER, "502 Bad Gateway", "id,name,latitude,longitude"),
        REFUSAL("27;rue;Centre;Lille\n28;x;y;z\n", NO_HEADER, "27;rue;Centre;Lille", "gid;nom;"),
        REFUSAL("id\n1\n", NO_HEADER, "id", "no header that is known"),
        REFUSAL("name,latitude,longitude\nA,1,2\n", NO_HEADER, "name,latitude,longitude", "no header"),
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const refusal_case *refusal = &refusals[i];
        import_world world = open_world(NULL);
        add_text(&world, "id,name,latitude,longitude\nkept,K,1,2\n");
        add_bytes(&world, refusal->bytes, refusal->length, NULL);
        assert_int_equal(world.status, VAXDIR_ERROR_DATA);
        assert_non_null(strstr(world.message, refusal->message));
        assert_string_equal(world.file, "memory");
        assert_int_equal(vaxdir_report_count(world.report), 1);
        vaxdir_diagnostic told = diagnostic_at(&world, 0);
        assert_int_equal(told.code, refusal->code);
        assert_string_equal(told.value, refusal->value);
        assert_string_equal(told.file, "memory");
        assert_int_equal(told.severity, VAXDIR_SEVERITY_ERROR);
        assert_string_not_equal(told.suggestion, "");
        build(&world); /* what was there before is there still */
        assert_int_equal(vaxdir_registry_count(world.registry), 1);
        close_world(&world);
    }
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    static const char *const paths[] = {"/nowhere/caf\xE9.csv", "/"};
    static const char *const names[] = {"/nowhere/caf\xEF\xBF\xBD.csv", "/"};
    static const char *const reasons[] = {"there is no such file", "it is a directory"};
    for (int i = 0; i < 2; i++) {
        import_world world = open_world(NULL);
        assert_int_equal(vaxdir_builder_add_path(world.context, world.builder, paths[i], NULL), VAXDIR_ERROR_IO);
        assert_non_null(strstr(vaxdir_context_error(world.context)->message, "cannot read the file: "));
        assert_string_equal(vaxdir_context_error(world.context)->file, names[i]);
        take_report(&world);
        assert_int_equal(vaxdir_report_count(world.report), 1);
        assert_int_equal(diagnostic_at(&world, 0).code, VAXDIR_DIAGNOSTIC_INPUT_UNREADABLE);
        assert_string_equal(diagnostic_at(&world, 0).file, names[i]);
        assert_string_equal(diagnostic_at(&world, 0).value, reasons[i]);
        close_world(&world);
    }
}

/* --- limits ------------------------------------------------------------------------------------------------------- */

static void limits_are_named(void **state)
{
    (void)state;
    static const char header[] = "id,name,latitude,longitude\n1,A,1\n2,B,1\n";
    static const char row[] = "id,name,latitude,longitude\n1,A,1,2\n2,B,1,2,3,4,5\n";
    static const struct {
        const char *name, *text;
        vaxdir_context_options options;
    } cases[] = {
        {"max_input_bytes", row, {.struct_size = sizeof(vaxdir_context_options), .max_input_bytes = 40}},
        {"max_rows", row, {.struct_size = sizeof(vaxdir_context_options), .max_rows = 1}},
        {"max_columns", header, {.struct_size = sizeof(vaxdir_context_options), .max_columns = 3}},
        {"max_columns", row, {.struct_size = sizeof(vaxdir_context_options), .max_columns = 4}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        import_world world = open_world(&cases[i].options);
        add_text(&world, cases[i].text);
        assert_int_equal(world.status, VAXDIR_ERROR_LIMIT);
        assert_non_null(strstr(world.message, cases[i].name));
        assert_int_equal(vaxdir_report_count(world.report), 0);
        piece_source pieces = {.bytes = cases[i].text, .left = strlen(cases[i].text), .most = 10};
        assert_int_equal(vaxdir_builder_add_callback(world.context, world.builder, NULL, read_pieces, &pieces),
                         VAXDIR_ERROR_LIMIT);
        build(&world);
        assert_int_equal(vaxdir_registry_count(world.registry), 0);
        close_world(&world);
    }
}

static void a_long_cell_costs_its_row(void **state)
{
    (void)state;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    options.max_cell_bytes = 20;
    import_world world = open_world(&options);
    add_text(&world, "id,name,latitude,longitude\n1,12345678901234567890,1,2\n2,123456789012345678901,1,2\n");
    assert_int_equal(world.status, VAXDIR_OK);
    expect_told(&world, VAXDIR_DIAGNOSTIC_CELL_TOO_LONG, 3, 2, "name", "123456789012345678901");
    build(&world);
    assert_int_equal(vaxdir_registry_count(world.registry), 1);
    close_world(&world);
}

static void a_line_without_end_costs_itself(void **state)
{
    (void)state;
    const char *before = "id,name,latitude,longitude\n1,A,1,2\n", *after = "\n3,C,1,2\n";
    const size_t long_line = 3u << 20;
    char *text = malloc(strlen(before) + long_line + strlen(after));
    assert_non_null(text);
    memcpy(text, before, strlen(before));
    memset(text + strlen(before), '2', long_line);
    memcpy(text + strlen(before) + long_line, after, strlen(after));
    import_world world = open_world(NULL);
    add_bytes(&world, text, strlen(before) + long_line + strlen(after), NULL);
    free(text);
    assert_int_equal(world.status, VAXDIR_OK);
    assert_int_equal(count_code(&world, VAXDIR_DIAGNOSTIC_CELL_TOO_LONG), 1);
    assert_int_equal(diagnostic_at(&world, 0).line, 3);
    build(&world);
    expect_text(&world, "id:3", VAXDIR_FIELD_NAME, "C");
    close_world(&world);
}

/* --- callbacks and arguments -------------------------------------------------------------------------------------- */

static void callbacks_can_stop_and_cannot_call_back(void **state)
{
    (void)state;
    import_world world = open_world(NULL);
    add_text(&world, "id,name,latitude,longitude\nkept,K,1,2\n");
    piece_source stopped = {.bytes = small_feed, .left = sizeof small_feed - 1, .most = 30, .stop_after = 6};
    assert_int_equal(vaxdir_builder_add_callback(world.context, world.builder, NULL, read_pieces, &stopped),
                     VAXDIR_ERROR_CANCELLED);
    take_report(&world);
    assert_int_equal(vaxdir_report_count(world.report), 0);
    /* Neither with the context that is running nor with another. */
    vaxdir_context *another = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &another), VAXDIR_OK);
    for (int i = 0; i < 2; i++) {
        piece_source busy = {.bytes = "id,name,lat,lon\n1,A,1,2\n",
                             .left = 24,
                             .most = 24,
                             .context = i == 0 ? world.context : another,
                             .builder = world.builder};
        assert_int_equal(vaxdir_builder_add_callback(world.context, world.builder, NULL, read_pieces, &busy),
                         VAXDIR_OK);
        assert_int_equal(busy.called_back, VAXDIR_ERROR_BUSY);
    }
    vaxdir_context_unref(another);
    build(&world);
    assert_int_equal(vaxdir_registry_count(world.registry), 2);
    close_world(&world);
}

static int32_t read_too_much(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    (void)buffer;
    (void)user;
    *ret_length = capacity + 1;
    return 0;
}

typedef struct progress_note {
    uint64_t done, total;
    int32_t answer;
} progress_note;

static int32_t note_progress(uint64_t done, uint64_t total, void *user)
{
    progress_note *progress = user;
    assert_true(done >= progress->done);
    progress->done = done;
    progress->total = total;
    return progress->answer;
}

static void progress_is_told_and_can_stop(void **state)
{
    (void)state;
    for (int32_t answer = 0; answer < 2; answer++) {
        import_world world = {0};
        progress_note progress = {0, 0, answer};
        vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
        options.progress = note_progress;
        options.user = &progress;
        assert_int_equal(vaxdir_context_new(NULL, &world.context), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_new(world.context, &options, &world.builder), VAXDIR_OK);
        add_text(&world, small_feed);
        assert_int_equal(world.status, answer == 0 ? VAXDIR_OK : VAXDIR_ERROR_CANCELLED);
        assert_int_equal(vaxdir_report_count(world.report) > 0, answer == 0);
        assert_int_equal(progress.total, sizeof small_feed - 1);
        if (answer == 0)
            assert_int_equal(progress.done, sizeof small_feed - 1);
        close_world(&world);
    }
}

static void expect_argument_error(import_world *world, const vaxdir_input *input, const char *named)
{
    add_bytes(world, "", 0, input);
    assert_int_equal(world->status, VAXDIR_ERROR_ARGUMENT);
    assert_non_null(strstr(world->message, named));
    assert_int_equal(vaxdir_report_count(world->report), 0);
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    static const char *const systems[] = {"", "a:b", "a\tb", "a\x7F", "\xC2\x85", "\xE9"};
    import_world world = open_world(NULL);
    vaxdir_context *context = world.context;
    vaxdir_builder *builder = world.builder;
    assert_int_equal(vaxdir_builder_add_memory(NULL, builder, "", 0, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_builder_add_memory(context, NULL, "", 0, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_builder_add_memory(context, builder, NULL, 1, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_builder_add_memory(context, builder, NULL, 0, NULL), VAXDIR_ERROR_DATA);
    assert_int_equal(vaxdir_builder_add_path(context, builder, NULL, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_builder_add_callback(context, builder, NULL, NULL, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_builder_add_callback(context, builder, NULL, read_too_much, NULL), VAXDIR_ERROR_ARGUMENT);
    close_world(&world);

    world = open_world(NULL);
    vaxdir_input input = VAXDIR_INPUT_INIT;
    input.flags = 1;
    expect_argument_error(&world, &input, "flags");
    input.flags = 0;
    input.reserved = 1;
    expect_argument_error(&world, &input, "reserved");
    input.reserved = 0;
    input.format = 99;
    expect_argument_error(&world, &input, "format");
    input.format = VAXDIR_INPUT_CSV;
    input.name = "\xE9";
    expect_argument_error(&world, &input, "name");
    input.name = NULL;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        input.id_system = systems[i];
        expect_argument_error(&world, &input, "id_system");
    }
    input.struct_size = 3;
    add_bytes(&world, "", 0, &input);
    assert_int_equal(world.status, VAXDIR_ERROR_STRUCT);
    close_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(french_columns_feed_their_fields),
        cmocka_unit_test(french_aliases_are_known),
        cmocka_unit_test(plain_columns_feed_their_fields),
        cmocka_unit_test(an_option_names_the_id_system),
        cmocka_unit_test(all_ways_in_give_one_registry),
        cmocka_unit_test(line_ends_do_not_matter),
        cmocka_unit_test(every_row_is_in_the_registry_or_in_the_report),
        cmocka_unit_test(a_stray_mark_costs_one_row),
        cmocka_unit_test(a_mark_that_never_closes_does_not_swallow_a_long_rest),
        cmocka_unit_test(an_open_mark_is_told_where_the_first_line_goes_on),
        cmocka_unit_test(too_many_open_marks_refuse_the_input),
        cmocka_unit_test(a_lone_cr_tears_no_row),
        cmocka_unit_test(columns_keep_apart_whatever_their_names),
        cmocka_unit_test(a_missing_principal_column_is_told_once),
        cmocka_unit_test(a_header_alone_builds),
        cmocka_unit_test(an_input_of_quarantine_alone_is_refused),
        cmocka_unit_test(what_is_no_feed_is_refused_with_a_sentence),
        cmocka_unit_test(a_file_that_cannot_be_read_is_told),
        cmocka_unit_test(limits_are_named),
        cmocka_unit_test(a_long_cell_costs_its_row),
        cmocka_unit_test(a_line_without_end_costs_itself),
        cmocka_unit_test(callbacks_can_stop_and_cannot_call_back),
        cmocka_unit_test(progress_is_told_and_can_stop),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
