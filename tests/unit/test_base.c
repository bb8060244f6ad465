/* test_base.c: the ground floor: memory, text, strings, time, the context's error record and the struct rules. Each
 * test holds what the floors above rely on; the locale is the environment's, so that a decimal comma shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/context.h"
#include "base/strings.h"
#include "base/text.h"
#include "base/time.h"

#define SLICE(text) ((vaxdir_slice){(text), sizeof(text) - 1})

static void memory_refuses_overflow(void **state)
{
    (void)state;
    assert_null(vaxdir_memory_allocate(&vaxdir_memory_standard, SIZE_MAX / 2, 3));
    assert_null(vaxdir_memory_allocate_zeroed(&vaxdir_memory_standard, SIZE_MAX, 2));
    uint64_t *items = NULL;
    size_t capacity = 0;
    assert_false(vaxdir_memory_reserve(&vaxdir_memory_standard, &items, &capacity, SIZE_MAX / 4, sizeof *items));
    assert_null(items);
    assert_int_equal(capacity, 0);
    vaxdir_buffer buffer = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_buffer_append(&buffer, "abc", 3));
    assert_false(vaxdir_buffer_reserve(&buffer, SIZE_MAX - 1));
    assert_int_equal(buffer.length, 3);
    assert_memory_equal(buffer.bytes, "abc", 3);
    vaxdir_buffer_free(&buffer);
    assert_null(buffer.bytes);
}

static void memory_growth_doubles_and_keeps(void **state)
{
    (void)state;
    uint32_t *items = NULL;
    size_t capacity = 0, moves = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        size_t before = capacity;
        assert_true(vaxdir_memory_reserve(&vaxdir_memory_standard, &items, &capacity, i + 1, sizeof *items));
        if (capacity != before) {
            assert_true(capacity >= before * 2);
            moves++;
        }
        items[i] = i;
    }
    assert_true(moves < 16);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    vaxdir_memory_free(&vaxdir_memory_standard, items, capacity, sizeof *items);
    void *nothing = vaxdir_memory_allocate(&vaxdir_memory_standard, 0, 8);
    assert_non_null(nothing);
    vaxdir_memory_free(&vaxdir_memory_standard, nothing, 0, 8);
    vaxdir_memory_free(&vaxdir_memory_standard, NULL, 5, 8);
}

static void text_validity(void **state)
{
    (void)state;
    assert_true(vaxdir_text_valid((vaxdir_slice){NULL, 0}));
    assert_true(vaxdir_text_valid(SLICE("M\xC3\xA9zi\xC3\xA8res \xF0\x9F\x92\x89")));
    assert_true(vaxdir_text_valid(SLICE("\xEF\xBF\xBF\xF4\x8F\xBF\xBF")));
    static const struct {
        const char *bytes;
        size_t length;
    } bad[] = {
        {"a\0b", 3},             /* U+0000 */
        {"\xC3", 1},             /* cut */
        {"\xE2\x82", 2},         /* cut */
        {"\x80", 1},             /* a continuation alone */
        {"\xC0\xAF", 2},         /* overlong */
        {"\xE0\x80\xAF", 3},     /* overlong */
        {"\xED\xA0\x80", 3},     /* a surrogate */
        {"\xF4\x90\x80\x80", 4}, /* beyond U+10FFFF */
        {"\xFF", 1},
        {"caf\xE9", 4}, /* Latin-1 */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(vaxdir_text_valid((vaxdir_slice){bad[i].bytes, bad[i].length}));
}

static void assert_trimmed(const char *text, const char *expected)
{
    vaxdir_slice trimmed = vaxdir_text_trim(vaxdir_slice_of(text));
    assert_int_equal(trimmed.length, strlen(expected));
    assert_true(vaxdir_slice_is(trimmed, expected));
}

static void text_trim(void **state)
{
    (void)state;
    assert_trimmed("", "");
    assert_trimmed(" \t\r\n", "");
    assert_trimmed("a b", "a b");
    assert_trimmed("\xC2\xA0 a\xC2\xA0", "a"); /* NBSP */
    assert_trimmed("\xEF\xBB\xBF\xE2\x80\x8B"
                   "a\xE3\x80\x80",
                   "a");                                            /* BOM, zero width space, ideographic space */
    assert_trimmed("\xE2\x80\xAF\xC3\xA9\xE2\x80\xA8", "\xC3\xA9"); /* narrow NBSP, line separator */
}

static void text_cut_at_a_character(void **state)
{
    (void)state;
    vaxdir_slice text = SLICE("ab\xE2\x82\xAC"
                              "c");
    assert_int_equal(vaxdir_text_cut(text, 99).length, 6);
    assert_int_equal(vaxdir_text_cut(text, 6).length, 6);
    assert_int_equal(vaxdir_text_cut(text, 5).length, 5);
    assert_int_equal(vaxdir_text_cut(text, 4).length, 2);
    assert_int_equal(vaxdir_text_cut(text, 3).length, 2);
    assert_int_equal(vaxdir_text_cut(text, 0).length, 0);
}

static void assert_folded(const char *text, const char *expected)
{
    vaxdir_buffer folded = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_text_fold(vaxdir_slice_of(text), &folded));
    assert_int_equal(folded.length, strlen(expected));
    if (folded.length != 0)
        assert_memory_equal(folded.bytes, expected, folded.length);
    vaxdir_buffer_free(&folded);
}

static void text_fold(void **state)
{
    (void)state;
    assert_folded("", "");
    assert_folded("\xC3\x89vry-Gr\xC3\xA9gy", "evry-gregy");
    assert_folded("E\xCC\x81vry", "evry"); /* decomposed is the same */
    assert_folded("STRASSE \xC3\x9F", "strasse ss");
    assert_folded("\xEF\xAC\x81n", "fin"); /* a ligature */
    assert_folded("I", "i");               /* whatever the locale, Turkish among them */
}

static void text_compare(void **state)
{
    (void)state;
    assert_true(vaxdir_slice_compare(SLICE("a"), SLICE("b")) < 0);
    assert_true(vaxdir_slice_compare(SLICE("a"), SLICE("aa")) < 0);
    assert_true(vaxdir_slice_compare(SLICE("b"), SLICE("aa")) > 0);
    assert_true(vaxdir_slice_compare(SLICE("\xC3\xA9"), SLICE("z")) > 0); /* bytes are unsigned */
    assert_int_equal(vaxdir_slice_compare(SLICE("a"), SLICE("a")), 0);
    assert_int_equal(vaxdir_slice_compare(SLICE(""), (vaxdir_slice){NULL, 0}), 0);
    assert_true(vaxdir_slice_equal((vaxdir_slice){NULL, 0}, SLICE("")));
    assert_false(vaxdir_slice_is(SLICE("abc"), "ab"));
}

static void assert_number(const char *text, double expected)
{
    double number = -1;
    assert_true(vaxdir_text_number(vaxdir_slice_of(text), &number));
    assert_memory_equal(&number, &expected, sizeof number);
}

static void text_number(void **state)
{
    (void)state;
    assert_number("49.1193", 49.1193);
    assert_number("-61.5", -61.5);
    assert_number("+1", 1.0);
    assert_number(".5", 0.5);
    assert_number("5.", 5.0);
    assert_number("1e3", 1000.0);
    assert_number("1.5E-2", 0.015);
    assert_number("0.1", 0.1);
    assert_number("2.2250738585072012e-308", 2.2250738585072012e-308);
    assert_number("9007199254740993", 9007199254740992.0);
    static const char *const bad[] = {"",    " 1", "1 ", "1,5", "0x10",  "inf",   "nan",          "NaN",  "1e",
                                      "1e+", ".",  "-",  "+-1", "1.2.3", "1e999", "\xEF\xBC\x91", "1_000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double untouched = 42;
        assert_false(vaxdir_text_number(vaxdir_slice_of(bad[i]), &untouched));
        assert_true(untouched == 42);
    }
    /* The slice ends where it says, not at the NUL. */
    double number;
    assert_true(vaxdir_text_number((vaxdir_slice){"1234", 2}, &number));
    assert_true(number == 12);
}

static void text_digits(void **state)
{
    (void)state;
    int64_t integer = -1;
    assert_true(vaxdir_text_digits(SLICE("999999999999999999"), &integer));
    assert_true(integer == INT64_C(999999999999999999));
    assert_true(vaxdir_text_digits(SLICE("007"), &integer));
    assert_int_equal(integer, 7);
    assert_false(vaxdir_text_digits(SLICE(""), &integer));
    assert_false(vaxdir_text_digits(SLICE("1000000000000000000"), &integer));
    assert_false(vaxdir_text_digits(SLICE("-1"), &integer));
    assert_false(vaxdir_text_digits(SLICE("1a"), &integer));
}

static void text_double_encoding(void **state)
{
    (void)state;
    bool memory_ok;
    vaxdir_buffer repaired = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_text_double_encoded(SLICE("M\xC3\x83\xC2\xA9"
                                                 "tro"),
                                           &repaired, &memory_ok));
    assert_true(memory_ok);
    assert_int_equal(repaired.length, 6);
    assert_memory_equal(repaired.bytes, "M\xC3\xA9tro", 6);
    repaired.length = 0;
    /* By way of Windows-1252: the euro sign's bytes E2 82 AC. */
    assert_true(vaxdir_text_double_encoded(SLICE("\xC3\xA2\xE2\x80\x9A\xC2\xAC"), &repaired, &memory_ok));
    assert_memory_equal(repaired.bytes, "\xE2\x82\xAC", 3);
    vaxdir_buffer_free(&repaired);
    assert_false(vaxdir_text_double_encoded(SLICE("plain"), NULL, &memory_ok));
    assert_false(vaxdir_text_double_encoded(SLICE("M\xC3\xA9tro"), NULL, &memory_ok));
    assert_false(vaxdir_text_double_encoded(SLICE("\xC3\x83"), NULL, &memory_ok));
    assert_false(vaxdir_text_double_encoded(SLICE("\xC3\x83\xC2\xA9 \xE2\x88\x9A"), NULL, &memory_ok));
}

static void dates(void **state)
{
    (void)state;
    assert_true(vaxdir_date_valid(20210118));
    assert_true(vaxdir_date_valid(20000229));
    assert_true(vaxdir_date_valid(10101));
    assert_true(vaxdir_date_valid(99991231));
    static const int32_t bad[] = {0,        -1,       20210229, 19000229,  20210431, 20211301,
                                  20210100, 20210001, 10100,    INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(vaxdir_date_valid(bad[i]));
    assert_true(vaxdir_date_days(19700101) == 0);
    assert_true(vaxdir_date_days(19691231) == -1);
    assert_true(vaxdir_date_days(20210118) == 18645);
    assert_true(vaxdir_date_days(20000301) - vaxdir_date_days(20000228) == 2);
    assert_true(vaxdir_date_days(10101) == -719162);
}

static void date_forms(void **state)
{
    (void)state;
    int32_t date = 0;
    assert_true(vaxdir_date_parse(SLICE("2021-01-18"), VAXDIR_DATE_ANY, &date));
    assert_int_equal(date, 20210118);
    assert_true(vaxdir_date_parse(SLICE("2021/03/04"), VAXDIR_DATE_ISO, &date));
    assert_int_equal(date, 20210304);
    assert_true(vaxdir_date_parse(SLICE("04/03/2021"), VAXDIR_DATE_DAY_FIRST, &date));
    assert_int_equal(date, 20210304);
    assert_true(vaxdir_date_parse(SLICE("31/12/2021"), VAXDIR_DATE_ANY, &date));
    assert_int_equal(date, 20211231);
    static const char *const bad[] = {"",           "2021",        "2021-1-18",  "2021-01-18 ", "2021-01/18",
                                      "2021-02-30", "12/31/2021",  "20210118",   "2021-01-",    "2021-01-1",
                                      "21-01-18",   "2021-01-18T", "0000-01-01", "-021-01-01",  "2021--1-01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        date = 7;
        assert_false(vaxdir_date_parse(vaxdir_slice_of(bad[i]), VAXDIR_DATE_ANY, &date));
        assert_int_equal(date, 7);
    }
    assert_false(vaxdir_date_parse(SLICE("2021-01-18"), VAXDIR_DATE_DAY_FIRST, &date));
    assert_false(vaxdir_date_parse(SLICE("18/01/2021"), VAXDIR_DATE_ISO, &date));
}

static void assert_instant(const char *text, int64_t expected)
{
    int64_t instant = 0;
    assert_true(vaxdir_instant_parse(vaxdir_slice_of(text), VAXDIR_DATE_ANY, &instant));
    assert_true(instant == expected);
}

static void instants(void **state)
{
    (void)state;
    assert_instant("2021-01-18T07:00:00Z", 1610953200);
    assert_instant("2021-01-18T08:00:00+01:00", 1610953200);
    assert_instant("2021-01-18T08:00+0100", 1610953200);
    assert_instant("2021-01-18T08:00+01", 1610953200);
    assert_instant("2021-01-18t03:00:00-04:00", 1610953200);
    assert_instant("2021-01-18 07:00:00.750551", 1610953200);
    assert_instant("2021/01/18 07:00", 1610953200);
    assert_instant("18/01/2021 07:00:00", 1610953200);
    assert_instant("2021-01-18", 1610928000);
    assert_instant("1969-12-31T23:59:59Z", -1);
    static const char *const bad[] = {
        "2021-01-18T24:00:00Z", "2021-01-18T07:60",           "2021-01-18T07:00:60Z",      "2021-01-18T",
        "2021-01-18T07",        "2021-01-18T07:00:00.Z",      "2021-01-18T07:00:00+24:00", "2021-01-18T07:00:00 Z",
        "2021-02-29T07:00:00Z", "2021-01-18T07:00:00+01:00x", "2021-01-18T07:00:00+01:"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t untouched = 7;
        if (vaxdir_instant_parse(vaxdir_slice_of(bad[i]), VAXDIR_DATE_ANY, &untouched))
            fail_msg("%s was taken for an instant", bad[i]);
        assert_true(untouched == 7);
    }
    /* Every prefix, at the end of its own allocation, so that a sanitizer sees a read beyond it. */
    static const char whole[] = "2021-01-18T08:00:00.123+01:00";
    for (size_t length = 0; length < sizeof whole; length++) {
        char *copy = vaxdir_memory_allocate(&vaxdir_memory_standard, length, 1);
        assert_non_null(copy);
        memcpy(copy, whole, length);
        int64_t instant;
        (void)vaxdir_instant_parse((vaxdir_slice){copy, length}, VAXDIR_DATE_ANY, &instant);
        vaxdir_memory_free(&vaxdir_memory_standard, copy, length, 1);
    }
}

static void pool_keeps_each_text_once(void **state)
{
    (void)state;
    vaxdir_pool pools[2];
    for (uint64_t seed = 0; seed < 2; seed++) {
        vaxdir_pool *pool = &pools[seed];
        uint32_t absent, empty, first, again;
        assert_true(vaxdir_pool_init(pool, &vaxdir_memory_standard, seed * 12345));
        assert_true(vaxdir_pool_add(pool, (vaxdir_slice){NULL, 0}, &absent));
        assert_int_equal(absent, 0);
        assert_true(vaxdir_pool_add(pool, SLICE(""), &empty));
        assert_int_not_equal(empty, 0);
        uint32_t names[500];
        for (uint32_t i = 0; i < 500; i++) {
            char text[4] = {(char)('a' + i % 26), (char)('a' + i / 26), (char)('0' + i % 7), 0};
            assert_true(vaxdir_pool_add(pool, (vaxdir_slice){text, 1 + i % 3}, &first));
            assert_true(vaxdir_pool_add(pool, (vaxdir_slice){text, 1 + i % 3}, &again));
            assert_int_equal(first, again);
            names[i] = first;
        }
        vaxdir_strings strings = {pool->bytes.bytes, pool->bytes.length};
        for (uint32_t i = 0; i < 500; i++) {
            char text[4] = {(char)('a' + i % 26), (char)('a' + i / 26), (char)('0' + i % 7), 0};
            vaxdir_slice got = vaxdir_strings_get(&strings, names[i]);
            assert_true(vaxdir_slice_equal(got, (vaxdir_slice){text, 1 + i % 3}));
            assert_int_equal(got.bytes[got.length], 0);
        }
        assert_null(vaxdir_strings_get(&strings, 0).bytes);
        assert_int_equal(vaxdir_strings_get(&strings, empty).length, 0);
        assert_non_null(vaxdir_strings_get(&strings, empty).bytes);
    }
    /* The bytes do not depend on the seed. */
    assert_int_equal(pools[0].bytes.length, pools[1].bytes.length);
    assert_memory_equal(pools[0].bytes.bytes, pools[1].bytes.bytes, pools[0].bytes.length);
    vaxdir_pool_free(&pools[0]);
    vaxdir_pool_free(&pools[1]);
}

static void pool_from_outside_is_checked(void **state)
{
    (void)state;
    vaxdir_pool pool;
    uint32_t one, two;
    assert_true(vaxdir_pool_init(&pool, &vaxdir_memory_standard, 0));
    assert_true(vaxdir_pool_add(&pool, SLICE("one"), &one));
    assert_true(vaxdir_pool_add(&pool, SLICE("deux \xC3\xA9"), &two));
    unsigned char starts[64], *bytes = pool.bytes.bytes;
    size_t size = pool.bytes.length;
    vaxdir_strings strings = {bytes, size};
    assert_true(vaxdir_strings_bitmap_size(size) <= sizeof starts);
    memset(starts, 0, sizeof starts);
    assert_true(vaxdir_strings_check(&strings, starts));
    assert_true(vaxdir_strings_name_good(&strings, starts, 0));
    uint32_t good = 0;
    for (uint32_t name = 1; name < 64; name++)
        good += vaxdir_strings_name_good(&strings, starts, name);
    assert_int_equal(good, 2);
    assert_true(vaxdir_strings_name_good(&strings, starts, one));
    assert_true(vaxdir_strings_name_good(&strings, starts, two));
    assert_false(vaxdir_strings_name_good(&strings, starts, UINT32_MAX));
    /* Every bit flipped: refused, or still a pool whose every good name reads inside. */
    for (size_t bit = 0; bit < size * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        memset(starts, 0, sizeof starts);
        if (vaxdir_strings_check(&strings, starts))
            for (uint32_t name = 1; name < size; name++)
                if (vaxdir_strings_name_good(&strings, starts, name)) {
                    vaxdir_slice text = vaxdir_strings_get(&strings, name);
                    assert_true((size_t)name * 4 + 4 + text.length < size);
                    assert_true(vaxdir_text_valid(text));
                    assert_int_equal(text.bytes[text.length], 0);
                }
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (size_t cut = 0; cut < size; cut++) {
        vaxdir_strings shorter = {bytes, cut};
        memset(starts, 0, sizeof starts);
        (void)vaxdir_strings_check(&shorter, starts);
    }
    vaxdir_pool_free(&pool);
}

static void error_record(void **state)
{
    (void)state;
    const vaxdir_error *error = vaxdir_context_error(NULL);
    assert_int_equal(error->status, VAXDIR_ERROR_ARGUMENT);
    assert_non_null(strstr(error->message, "vaxdir_context_new"));
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    error = vaxdir_context_error(context);
    assert_int_equal(error->struct_size, sizeof *error);
    assert_int_equal(error->status, VAXDIR_OK);
    assert_string_equal(error->message, "");
    assert_string_equal(error->file, "");
    assert_true(error->index == -1 && error->line == -1 && error->column == -1);

    assert_int_equal(vaxdir_context_fail(context, VAXDIR_ERROR_DATA, "row %d", 3), VAXDIR_ERROR_DATA);
    assert_int_equal(vaxdir_context_fail_at(context, "feed.csv", 12, 4), VAXDIR_ERROR_DATA);
    error = vaxdir_context_error(context);
    assert_string_equal(error->message, "row 3");
    assert_string_equal(error->file, "feed.csv");
    assert_true(error->line == 12 && error->column == 4);
    assert_int_equal(error->error_class, VAXDIR_CLASS_DATA);

    /* A new failure keeps nothing of the old one, and a call that enters clears it. */
    assert_int_equal(vaxdir_context_fail_null(context, "edition"), VAXDIR_ERROR_ARGUMENT);
    assert_string_equal(vaxdir_context_error(context)->file, "");
    assert_true(vaxdir_context_error(context)->line == -1);
    assert_non_null(strstr(vaxdir_context_error(context)->message, "edition"));
    assert_int_equal(vaxdir_context_enter(context), VAXDIR_OK);
    assert_int_equal(vaxdir_context_error(context)->status, VAXDIR_OK);
    assert_string_equal(vaxdir_context_error(context)->message, "");
    assert_int_equal(vaxdir_context_enter(NULL), VAXDIR_ERROR_ARGUMENT);
    context->in_callback = true;
    assert_int_equal(vaxdir_context_enter(context), VAXDIR_ERROR_BUSY);
    context->in_callback = false;
    assert_null(vaxdir_context_unref(context));
    assert_null(vaxdir_context_unref(NULL));
}

static void long_messages_are_cut_at_a_character(void **state)
{
    (void)state;
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    char text[2000];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', sizeof text);
        for (size_t at = shift; at + 4 < sizeof text; at += 4)
            memcpy(text + at, "\xF0\x9F\x92\x89", 4);
        text[sizeof text - 1] = '\0';
        (void)vaxdir_context_fail(context, VAXDIR_ERROR_IO, "%s", text);
        (void)vaxdir_context_fail_at(context, text, 1, 1);
        const vaxdir_error *error = vaxdir_context_error(context);
        assert_true(strlen(error->message) > 400 && strlen(error->file) > 400);
        assert_true(vaxdir_text_valid(vaxdir_slice_of(error->message)));
        assert_true(vaxdir_text_valid(vaxdir_slice_of(error->file)));
    }
    vaxdir_context_unref(context);
}

typedef struct release_1 {
    uint32_t struct_size;
    uint32_t a;
} release_1;

typedef struct release_2 {
    uint32_t struct_size;
    uint32_t a;
    uint64_t b;
} release_2;

static void structs_that_are_read(void **state)
{
    (void)state;
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    release_2 known = {1, 1, 1}, given = {sizeof given, 5, 6};
    /* NULL is all defaults. */
    assert_int_equal(vaxdir_context_read_struct(context, "s", NULL, &known, sizeof known, 8), VAXDIR_OK);
    assert_true(known.struct_size == 0 && known.a == 0 && known.b == 0);
    assert_int_equal(vaxdir_context_read_struct(context, "s", &given, &known, sizeof known, 8), VAXDIR_OK);
    assert_true(known.a == 5 && known.b == 6);
    /* An old program, a new library: what it does not know is 0. */
    release_1 old = {sizeof old, 7};
    assert_int_equal(vaxdir_context_read_struct(context, "s", &old, &known, sizeof known, 8), VAXDIR_OK);
    assert_true(known.a == 7 && known.b == 0);
    /* A new program, an old library: a tail of zeros is fine, anything else is refused. */
    release_1 narrow;
    given.b = 0;
    assert_int_equal(vaxdir_context_read_struct(context, "s", &given, &narrow, sizeof narrow, 8), VAXDIR_OK);
    assert_int_equal(narrow.a, 5);
    given.b = UINT64_C(1) << 63;
    assert_int_equal(vaxdir_context_read_struct(context, "s", &given, &narrow, sizeof narrow, 8), VAXDIR_ERROR_STRUCT);
    assert_non_null(strstr(vaxdir_context_error(context)->message, "s asks"));
    static const uint32_t impossible[] = {0, 1, 7, 4097, UINT32_MAX};
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        given.struct_size = impossible[i];
        assert_int_equal(vaxdir_context_read_struct(context, "s", &given, &known, sizeof known, 8),
                         VAXDIR_ERROR_STRUCT);
        assert_non_null(strstr(vaxdir_context_error(context)->message, "struct_size"));
    }
    vaxdir_context_unref(context);
}

static void structs_that_are_written(void **state)
{
    (void)state;
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    release_1 short_known = {0, 5};
    struct {
        release_2 given;
        unsigned char guard[8];
    } wide = {{sizeof(release_2), 9, 9}, "guarded"};
    /* The library knows less than the program: the rest is zeroed. */
    assert_int_equal(vaxdir_context_write_struct(context, "s", &short_known, sizeof short_known, 8, &wide.given),
                     VAXDIR_OK);
    assert_true(wide.given.struct_size == sizeof(release_2) && wide.given.a == 5 && wide.given.b == 0);
    assert_memory_equal(wide.guard, "guarded", 8);
    /* The library knows more: nothing beyond the program's size is written. */
    release_2 known = {0, 6, UINT64_MAX};
    struct {
        release_1 given;
        unsigned char guard[8];
    } narrow = {{sizeof(release_1), 9}, "guarded"};
    assert_int_equal(vaxdir_context_write_struct(context, "s", &known, sizeof known, 8, &narrow.given), VAXDIR_OK);
    assert_true(narrow.given.struct_size == sizeof(release_1) && narrow.given.a == 6);
    assert_memory_equal(narrow.guard, "guarded", 8);
    narrow.given.struct_size = 0;
    assert_int_equal(vaxdir_context_write_struct(context, "s", &known, sizeof known, 8, &narrow.given),
                     VAXDIR_ERROR_STRUCT);
    assert_int_equal(narrow.given.a, 6);
    vaxdir_context_unref(context);
}

static void context_options(void **state)
{
    (void)state;
    vaxdir_context *const untouched = (vaxdir_context *)(void *)state;
    vaxdir_context *context = untouched;
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    assert_int_equal(vaxdir_context_new(&options, NULL), VAXDIR_ERROR_ARGUMENT);
    options.flags = 1;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_ERROR_ARGUMENT);
    options.flags = 0;
    options.allocate = vaxdir_memory_standard.allocate;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_ERROR_ARGUMENT);
    options.allocate = NULL;
    options.struct_size = 4;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_ERROR_STRUCT);
    assert_ptr_equal(context, untouched);
    options.struct_size = sizeof options;
    options.max_rows = 3;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_OK);
    assert_int_equal(context->limits.rows, 3);
    assert_int_equal(context->limits.columns, 1024);
    vaxdir_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_refuses_overflow),
        cmocka_unit_test(memory_growth_doubles_and_keeps),
        cmocka_unit_test(text_validity),
        cmocka_unit_test(text_trim),
        cmocka_unit_test(text_cut_at_a_character),
        cmocka_unit_test(text_fold),
        cmocka_unit_test(text_compare),
        cmocka_unit_test(text_number),
        cmocka_unit_test(text_digits),
        cmocka_unit_test(text_double_encoding),
        cmocka_unit_test(dates),
        cmocka_unit_test(date_forms),
        cmocka_unit_test(instants),
        cmocka_unit_test(pool_keeps_each_text_once),
        cmocka_unit_test(pool_from_outside_is_checked),
        cmocka_unit_test(error_record),
        cmocka_unit_test(long_messages_are_cut_at_a_character),
        cmocka_unit_test(structs_that_are_read),
        cmocka_unit_test(structs_that_are_written),
        cmocka_unit_test(context_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
