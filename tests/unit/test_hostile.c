/* test_hostile.c: the bank of hostile links (hostile_links.txt): none gets a provider, whatever its source declares;
 * and texts with several links or with words, from which nothing is followed that was not judged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

enum { LINE_SIZE = 8192, BANK_LEAST = 250 };

typedef struct world {
    vaxdir_context *context;
    vaxdir_rules *rules;
    vaxdir_link *link;
} world;

static int set_up(void **state)
{
    static world made;
    *state = &made;
    assert_int_equal(vaxdir_context_new(NULL, &made.context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(made.context, &made.rules), VAXDIR_OK);
    assert_int_equal(vaxdir_link_new(made.context, &made.link), VAXDIR_OK);
    return 0;
}

static int tear_down(void **state)
{
    world *w = *state;
    vaxdir_link_unref(w->link);
    vaxdir_rules_unref(w->rules);
    vaxdir_context_unref(w->context);
    return 0;
}

static void judge(world *w, const char *text, size_t length, const char *declared)
{
    assert_int_equal(vaxdir_link_judge(w->context, w->rules, text, length, declared,
                                       declared == NULL ? 0 : strlen(declared), w->link),
                     VAXDIR_OK);
}

/* "\xNN" is a byte, "\\" a backslash, "\*N" and a character that character N times. */
static size_t unescape(const char *line, char *out)
{
    size_t length = 0;
    while (*line != '\0') {
        char *end = NULL;
        if (line[0] == '\\' && line[1] == 'x') {
            char digits[3] = {line[2], line[3], '\0'};
            out[length++] = (char)(unsigned char)strtoul(digits, NULL, 16);
            line += 4;
        } else if (line[0] == '\\' && line[1] == '*') {
            size_t times = strtoul(line + 2, &end, 10);
            assert_true(length + times < LINE_SIZE);
            memset(out + length, *end, times);
            length += times;
            line = end + 1;
        } else {
            line += line[0] == '\\';
            out[length++] = *line++;
        }
    }
    return length;
}

static void check_hostile(world *w, const char *line, const char *text, size_t length)
{
    static const char *const declared[] = {NULL, "doctolib", "keldoc", "nobody"};
    for (size_t i = 0; i < sizeof declared / sizeof declared[0]; i++) {
        judge(w, text, length, declared[i]);
        if (vaxdir_link_provider(w->link) != NULL || vaxdir_link_key(w->link) != NULL ||
            vaxdir_link_page(w->link) != NULL || vaxdir_link_named(w->link) != NULL)
            fail_msg("%.200s: got %s", line, vaxdir_link_provider(w->link));
        if (vaxdir_link_verdict(w->link) <= VAXDIR_VERDICT_UNSAFE && vaxdir_link_url(w->link) != NULL)
            fail_msg("%.200s: %s is emitted", line, vaxdir_link_url(w->link));
    }
}

static void test_bank(void **state)
{
    static char line[LINE_SIZE], text[LINE_SIZE];
    char path[4096];
    const char *root = getenv("VAXDIR_SOURCE_ROOT");
    snprintf(path, sizeof path, "%s/tests/unit/hostile_links.txt", root == NULL ? "." : root);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "# ", 2) == 0)
            continue;
        check_hostile(*state, line, text, unescape(line, text));
        count++;
    }
    fclose(file);
    assert_true(count >= BANK_LEAST);
}

#define D "https://www.doctolib.fr/a/b/c"
#define M "https://www.maiia.com/c/p/n"

/* Several links, and words. A text is judged by the link that it begins with. */
static const struct {
    const char *text, *verdict, *reason, *url, *rest, *named;
} fields[] = {
    {D " " M, "exact", NULL, D, M, NULL},
    {D " / " M, "exact", NULL, D, M, NULL},
    {D "\n" M, "exact", NULL, D, M, NULL},
    {D " ou\r\n www.keldoc.com/a/b/c", "exact", NULL, D, "www.keldoc.com/a/b/c", NULL},
    {D "\xC2\xA0" M " ; Doctolib.fr", "exact", NULL, D, M " ; Doctolib.fr", NULL},
    {"www.doctolib.fr " M, "exact", NULL, "https://www.doctolib.fr/", M, NULL},
    {"https://ville.example/x " D, "unknown", "unknown-host", "https://ville.example/x", D, NULL},
    {D " https://ville.example/x", "exact", NULL, D, "https://ville.example/x", NULL},
    {"RDV : " D, "none", "word", NULL, D, NULL},
    {"www.ville.example / DOCTOLIB", "unknown", "no-scheme", NULL, NULL, "doctolib"},
    {"www.ville.example " D, "unknown", "no-scheme", NULL, D, NULL},
    {"Doctolib", "none", "word", NULL, NULL, "doctolib"},
    {"doctolib en cours", "none", "word", NULL, NULL, "doctolib"},
    {"Oui (Maiia)!", "none", "word", NULL, NULL, "maiia"},
    {"Keldoc: \xC3\xA0 venir", "none", "word", NULL, NULL, "keldoc"},
    {"Ma Sant\xC3\xA9 et Moi", "none", "word", NULL, NULL, "masanteetmoi"},
    {"Dotolib", "none", "word", NULL, NULL, NULL},
    {"doctolibre", "none", "word", NULL, NULL, NULL},
    {"evil/doctolib/x", "none", "word", NULL, NULL, NULL},
    /* an address of a site that the rules do not know, behind a link: told, and no part of the path */
    {"www.doctolib.fr/x www.evil.example", "exact", NULL, "https://www.doctolib.fr/x", "www.evil.example", NULL},
    {D " evil.example", "exact", NULL, D, "evil.example", NULL},
    {D "\xC2\xA0voir www.evil.example/x puis", "exact", NULL, D, "www.evil.example/x puis", NULL},
    {D ", (https://ville.example/x)", "exact", NULL, D, "https://ville.example/x)", NULL},
    {D ", " M ".", "exact", NULL, D, M ".", NULL},
    {"https://ville.example/x www.doctolib.fr/a/b/c", "unknown", "unknown-host", "https://ville.example/x",
     "www.doctolib.fr/a/b/c", NULL},
    {D " javascript:alert(1)", "unsafe", "scheme", NULL, NULL, NULL},
    {D " x\\y", "unsafe", "backslash", NULL, NULL, NULL},
    /* one unsafe part, or parts that programs may read as one host or as several lines */
    {D " https://www.maiia.com@evil.example/", "unsafe", "userinfo", NULL, NULL, NULL},
    {D "\nhttps://ville.example/x", "unsafe", "control", NULL, NULL, NULL},
    {"https://www.doctolib.fr https://ville.example/x", "unsafe", "port", NULL, NULL, NULL},
    {D "\n" M "\x01", "unsafe", "control", NULL, NULL, NULL},
    {D " \xE2\x80\x8B" M, "unsafe", "control", NULL, NULL, NULL},
};

static void assert_text(const char *got, const char *wanted, const char *text)
{
    if (got == NULL || wanted == NULL ? got != wanted : strcmp(got, wanted) != 0)
        fail_msg("%s: got %s, wanted %s", text, got == NULL ? "nothing" : got, wanted == NULL ? "nothing" : wanted);
}

static void test_fields(void **state)
{
    world *w = *state;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *text = fields[i].text;
        judge(w, text, strlen(text), NULL);
        assert_text(vaxdir_verdict_name(vaxdir_link_verdict(w->link)), fields[i].verdict, text);
        assert_text(vaxdir_link_reason_name(vaxdir_link_reason(w->link)), fields[i].reason, text);
        assert_text(vaxdir_link_url(w->link), fields[i].url, text);
        assert_text(vaxdir_link_rest(w->link), fields[i].rest, text);
        assert_text(vaxdir_link_named(w->link), fields[i].named, text);
        uint32_t warnings = vaxdir_link_warnings(w->link);
        assert_int_equal((warnings & VAXDIR_LINK_WARNING_MORE_LINKS) != 0, fields[i].rest != NULL);
        assert_int_equal((warnings & VAXDIR_LINK_WARNING_NAMES_PROVIDER) != 0, fields[i].named != NULL);
    }
}

/* Judging the rest again and again gives every link and ends. */
static void test_rest(void **state)
{
    world *w = *state;
    char text[400] = "Voir " D " ou " M " puis www.keldoc.com (Ordoclic bient\xC3\xB4t)";
    int links = 0;
    for (int i = 0; i < 10; i++) {
        judge(w, text, strlen(text), NULL);
        links += vaxdir_link_provider(w->link) != NULL;
        if (vaxdir_link_rest(w->link) == NULL)
            break;
        memmove(text, vaxdir_link_rest(w->link), strlen(vaxdir_link_rest(w->link)) + 1);
    }
    assert_int_equal(links, 2); /* the last one has words behind it and no path */
    assert_null(vaxdir_link_rest(w->link));
    assert_null(vaxdir_link_rest(NULL));
    assert_null(vaxdir_link_named(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bank), cmocka_unit_test(test_fields),
                                       cmocka_unit_test(test_rest)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
