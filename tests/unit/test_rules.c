/* test_rules.c: the rules document: what is refused, with which place, and that the judging hash follows what judging
 * reads and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "provider/rules.h"

static vaxdir_status load(vaxdir_context *context, const char *text, vaxdir_rules **ret_rules)
{
    return vaxdir_rules_open_memory(context, text, strlen(text), ret_rules);
}

#define PROVIDER(id, host, more)                                                                                       \
    "{\"id\": \"" id "\", \"name\": \"N\", \"hosts\": {\"" host "\": \"" host                                          \
    "\"}, \"pages\": [{\"kind\": \"centre\", "                                                                         \
    "\"path\": \"/c/{slug}\"}]" more "}"
#define DOCUMENT(providers, more) "{\"schema\": 1, \"providers\": [" providers "]" more "}"
#define ONE(more) DOCUMENT(PROVIDER("one", "www.one.example", more), "")
#define PAGE(path)                                                                                                     \
    DOCUMENT(                                                                                                          \
        "{\"id\": \"one\", \"name\": \"N\", \"declared\": true, \"pages\": [{\"kind\": \"centre\", \"path\": \"" path  \
        "\"}]}",                                                                                                       \
        "")

#define TWO_PAGES(one, two)                                                                                            \
    DOCUMENT(                                                                                                          \
        "{\"id\": \"one\", \"name\": \"N\", \"declared\": true, \"pages\": [{\"kind\": \"list\", \"path\": \"" one     \
        "\"}, {\"kind\": \"centre\", \"path\": \"" two "\"}]}",                                                        \
        "")

/* Each is refused, and the message has this in it: the place, or what is wrong. */
static const struct {
    const char *document;
    const char *message;
} refused[] = {
    {"", "empty"},
    {"{", "line 1"},
    {"{\"schema\": 1,\n \"providers\": [,]}", "line 2"},
    {"{\"schema\": 1, \"schema\": 1, \"providers\": []}", "line 1"},
    {"[]", "the whole document"},
    {"{\"providers\": []}", "/schema"},
    {"{\"schema\": 2, \"providers\": []}", "/schema"},
    {"{\"schema\": \"1\", \"providers\": []}", "/schema"},
    {"{\"schema\": 1}", "/providers"},
    {"{\"schema\": 1, \"providers\": {}}", "/providers"},
    {"{\"schema\": 1, \"providers\": [], \"colour\": 1}", "/colour"},
    {"{\"schema\": 1, \"providers\": [], \"a/b~c\": 1}", "/a~1b~0c"},
    {DOCUMENT("1", ""), "/providers/0"},
    {DOCUMENT("{}", ""), "/providers/0/id"},
    {DOCUMENT(PROVIDER("One", "www.one.example", ""), ""), "/providers/0/id"},
    {DOCUMENT(PROVIDER("one", "www.one.example", ", \"x\": 1"), ""), "/providers/0/x"},
    {ONE(", \"https\": 1"), "/providers/0/https"},
    {ONE(", \"suffixes\": [\"example\"]"), "/providers/0/suffixes/0"},
    {ONE(", \"suffixes\": [\".one.example\"]"), "/providers/0/suffixes/0"},
    {ONE(", \"suffixes\": [\"one.example\", \"one.example\"]"), "claimed twice"},
    {DOCUMENT(PROVIDER("one", "WWW.one.example", ""), ""), "/providers/0/hosts/WWW.one.example"},
    {DOCUMENT(PROVIDER("one", "xn--nxasmq6b.example", ""), ""), "/providers/0/hosts/xn--nxasmq6b.example"},
    {DOCUMENT(PROVIDER("one", "127.0.0.1", ""), ""), "/providers/0/hosts/127.0.0.1"},
    {DOCUMENT(PROVIDER("one", "one.example:80", ""), ""), "/providers/0/hosts"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"hosts\": {\"a.example\": \"b.example\"},"
     " \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}]}",
     "/providers/0/hosts/a.example"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"pages\": [{\"kind\": \"home\", \"path\": "
     "\"/\"}]}]}",
     "hosts or suffixes"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true}]}", "/providers/0/pages"},
    {DOCUMENT(PROVIDER("one", "a.example", "") ", " PROVIDER("one", "b.example", ""), ""), "id one"},
    {DOCUMENT(PROVIDER("one", "a.example", "") ", " PROVIDER("two", "a.example", ""), ""),
     "a.example is claimed twice"},
    {DOCUMENT(PROVIDER("one", "a.example", ""), ", \"wrappers\": [{\"hosts\": [\"a.example\"], \"forms\": []}]"),
     "claimed twice"},
    {DOCUMENT("", ", \"wrappers\": [{\"forms\": [{\"path\": \"/\", \"decoding\": \"rot13\"}]}]"),
     "/wrappers/0/forms/0/decoding"},
    {DOCUMENT("", ", \"wrappers\": [{\"forms\": [{\"path\": \"/\", \"decoding\": \"dash\"}]}]"),
     "/wrappers/0/forms/0/parameter"},
    /* patterns */
    {PAGE("c"), "/providers/0/pages/0/path"},
    {PAGE("/c/"), "/providers/0/pages/0/path"},
    {PAGE("/c//d"), "/providers/0/pages/0/path"},
    {PAGE("/{"), "not closed"},
    {PAGE("/{}"), "name of letters"},
    {PAGE("/{a:word}"), "shape"},
    {PAGE("/{a:slug5}"), "shape"},
    {PAGE("/{a:number0}"), "shape"},
    {PAGE("/{a}{b}"), "between them"},
    {PAGE("/{a}-{b}-{c}"), "more than two"},
    {PAGE("/{a}/{a}"), "twice"},
    {PAGE("/**/a"), "at the end"},
    {PAGE("/a b"), "unescaped"},
    {PAGE("/a?b"), "unescaped"},
    {PAGE("/1/2/3/4/5/6/7/8/9/10/11/12/13"), "more than 12"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true, \"pages\":"
     " [{\"kind\": \"house\", \"path\": \"/\"}]}]}",
     "/providers/0/pages/0/kind"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true, \"pages\":"
     " [{\"kind\": \"home\", \"path\": \"/\", \"requires\": [\"c\"]}]}]}",
     "/providers/0/pages/0/requires/0"},
    /* names that nothing defines */
    {ONE(", \"identity\": [[\"path.name\"]]"), "/providers/0/identity/0/0"},
    {ONE(", \"identity\": [[\"path.slug\"], [\"query.c\"]]"), "/providers/0/identity/1/0"},
    {ONE(", \"identity\": [\"path.slug\"]"), "/providers/0/identity/0"},
    {ONE(", \"parameters\": [{\"names\": [\"c\"]}]"), "/providers/0/parameters/0"},
    {ONE(", \"parameters\": [{\"names\": [\"c[]\"], \"values\": [\"{n}\"]}]"), "/providers/0/parameters/0/names/0"},
    {ONE(", \"parameters\": [{\"names\": [\"c\"], \"values\": [\"{n\"]}]"), "/providers/0/parameters/0/values/0"},
    {ONE(", \"redirects\": [{\"path\": \"/r\", \"to\": \"/{a}/**\"}]"), "/providers/0/redirects/0/to"},
    /* two rules that claim one link, and suffixes that are anybody's */
    {DOCUMENT(PROVIDER("one", "a.example", ""), ", \"wrappers\": [{\"hosts\": [\"a.example\"], \"forms\": []}]"),
     "at /wrappers/0/hosts/0: a.example is claimed twice, also at /providers/0/hosts/a.example"},
    {DOCUMENT(PROVIDER("one", "x.shop.example", "") ", " PROVIDER("two", "b.example",
                                                                  ", \"suffixes\": [\"y.example\", \"shop.example\"]"),
              ""),
     "at /providers/1/suffixes/1: shop.example is claimed by two rules"},
    {DOCUMENT(PROVIDER("one", "a.example", ", \"suffixes\": [\"shop.example\"]") ", " PROVIDER(
                  "two", "b.example", ", \"suffixes\": [\"x.y.shop.example\"]"),
              ""),
     "at /providers/1/suffixes/0: x.y.shop.example is claimed by two rules"},
    {DOCUMENT(PROVIDER("one", "a.example", ", \"suffixes\": [\"gate.example\"]"),
              ", \"wrappers\": [{\"suffixes\": [\"x.gate.example\"], \"forms\": []}]"),
     "at /wrappers/0/suffixes/0: x.gate.example is claimed by two rules"},
    {ONE(", \"suffixes\": [\"co.uk\"]"), "at /providers/0/suffixes/0: this is a public suffix"},
    {ONE(", \"suffixes\": [\"two.example\", \"github.io\"]"), "at /providers/0/suffixes/1: this is a public suffix"},
    {ONE(", \"active\": false, \"suffixes\": [\"gouv.fr\"]"), "at /providers/0/suffixes/0: this is a public suffix"},
    {DOCUMENT("", ", \"wrappers\": [{\"suffixes\": [\"com.au\"], \"forms\": []}]"),
     "at /wrappers/0/suffixes/0: this is a public suffix"},
    {ONE(", \"parameters\": [{\"names\": [\"c\"], \"values\": [\"{n}\"]}, {\"names\": [\"d\", \"C\"], \"values\": "
         "[\"{n}\"]}]"),
     "/providers/0/parameters/1"},
    {ONE(", \"redirects\": [{\"path\": \"/r/{a}\", \"to\": \"/{a}\"}, {\"path\": \"/r/{b}\", \"to\": \"/{b}\"}]"),
     "/providers/0/redirects/1"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true, \"pages\":"
     " [{\"kind\": \"list\", \"path\": \"/{a}\"}, {\"kind\": \"centre\", \"path\": \"/{b}\"}]}]}",
     "/providers/0/pages/1"},
    {"{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true, \"pages\":"
     " [{\"kind\": \"list\", \"path\": \"/\", \"identifies\": 1}]}]}",
     "/providers/0/pages/0/identifies"},
    {DOCUMENT(
         "", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"territories\": [{\"country\": \"262\", \"length\": 9,"
             " \"prefixes\": [\"262\"]}, {\"country\": \"590\", \"length\": 9, \"prefixes\": [\"590\", \"26\"]}]}"),
     "/phone/territories/1"},
    /* examples */
    {ONE(", \"examples\": {\"accept\": [\"https://two.example/c/x\"]}"), "/providers/0/examples/accept/0"},
    {ONE(", \"examples\": {\"accept\": [{\"url\": \"https://www.one.example/c/x\", \"page\": \"home\"}]}"),
     "/providers/0/examples/accept/0/page"},
    {ONE(", \"examples\": {\"accept\": [{\"url\": \"https://www.one.example/c/x\", \"key\": \"one/x\"}]}"),
     "/providers/0/examples/accept/0/key"},
    {ONE(", \"examples\": {\"accept\": [{\"url\": \"https://www.one.example/c/x\", \"emitted\": null}]}"),
     "/providers/0/examples/accept/0/emitted"},
    {ONE(", \"examples\": {\"reject\": [\"RIEN\", \"https://www.one.example/c/x\"]}"),
     "/providers/0/examples/reject/1"},
    {ONE(", \"examples\": {\"reject\": [1]}"), "/providers/0/examples/reject/0"},
    {ONE(", \"examples\": {\"maybe\": []}"), "/providers/0/examples/maybe"},
    /* an earlier page takes all that a later one would take */
    {TWO_PAGES("/{a:any}", "/{b}"), "/providers/0/pages/1"},
    {TWO_PAGES("/{a}/**", "/{a}/{b}"), "/providers/0/pages/1"},
    {TWO_PAGES("/**", "/x/{n:number5}"), "/providers/0/pages/1"},
    {TWO_PAGES("/{a}", "/gymnase"), "/providers/0/pages/1"},
    {TWO_PAGES("/{a}", "/{label}-{n:number}"), "/providers/0/pages/1"},
    {TWO_PAGES("/{a:hex}", "/{b:number5}"), "/providers/0/pages/1"},
    {TWO_PAGES("/x-{a:number}", "/x-{b:number5}"), "/providers/0/pages/1"},
    /* a path that no link in normal form has */
    {PAGE("/c/../d"), "/providers/0/pages/0/path"},
    {PAGE("/./d"), "/providers/0/pages/0/path"},
    {PAGE("/%41"), "/providers/0/pages/0/path"},
    {PAGE("/%c3%a9"), "/providers/0/pages/0/path"},
    {PAGE("/a%zz"), "/providers/0/pages/0/path"},
    {PAGE("/a%2"), "/providers/0/pages/0/path"},
    /* codes that leave two readings of a number */
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"trunk\": \"00\", \"international\": \"00\"}"),
     "/phone/international"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"trunk\": \"0\", \"international\": \"0\"}"),
     "/phone/international"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"territories\": [{\"country\": \"3\", "
                  "\"length\": 9}]}"),
     "/phone/territories/0"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"territories\": [{\"country\": \"33\", "
                  "\"length\": 9}]}"),
     "/phone/territories/0"},
    {DOCUMENT("", ", \"information_url\": \"https://www.one.example/ x\""), "/information_url"},
    {DOCUMENT("", ", \"information_url\": \"https://www.one.example/ https://b.example/\""), "/information_url"},
    /* phones and lines */
    {DOCUMENT("", ", \"phone\": {\"country\": \"+33\", \"length\": 9}"), "/phone/country"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\"}"), "/phone/length"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"short\": [\"x\"]}"), "/phone/short/0"},
    {DOCUMENT("", ", \"phone\": {\"country\": \"33\", \"length\": 9, \"territories\": [{\"country\": \"1\"}]}"),
     "/phone/territories/0/length"},
    {DOCUMENT("", ", \"national_line\": \"0800\""), "/national_line"},
    {DOCUMENT("", ", \"information_url\": \"javascript:alert(1)\""), "/information_url"},
};

static void test_refused(void **state)
{
    vaxdir_context *context = *state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        vaxdir_rules *rules = NULL;
        vaxdir_status status = load(context, refused[i].document, &rules);
        const vaxdir_error *error = vaxdir_context_error(context);
        if (status != VAXDIR_ERROR_RULES || strstr(error->message, refused[i].message) == NULL)
            fail_msg("%s: status %d, \"%s\"", refused[i].document, status, error->message);
        assert_null(rules);
    }
}

/* What looks like a claim of one link by two rules and is none. */
static void test_not_refused(void **state)
{
    static const char *const documents[] = {
        /* a suffix does not claim the host that it is */
        DOCUMENT(
            PROVIDER("one", "shop.example", "") ", " PROVIDER("two", "b.example", ", \"suffixes\": [\"shop.example\"]"),
            ""),
        /* one provider may have both */
        DOCUMENT(PROVIDER("one", "a.shop.example", ", \"suffixes\": [\"shop.example\", \"x.shop.example\"]"), ""),
        /* who is not active claims nothing */
        DOCUMENT(PROVIDER("one", "a.example", "") ", " PROVIDER("two", "a.example", ", \"active\": false"), ""),
        /* a page with a parameter before one without it */
        "{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"declared\": true,"
        " \"parameters\": [{\"names\": [\"c\"], \"values\": [\"{n}\"]}], \"pages\":"
        " [{\"kind\": \"centre\", \"path\": \"/{a}\", \"requires\": [\"c\"]}, {\"kind\": \"list\", \"path\": "
        "\"/{a}\"}]}]}",
    };
    vaxdir_context *context = *state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        vaxdir_rules *rules = NULL;
        if (load(context, documents[i], &rules) != VAXDIR_OK)
            fail_msg("%s: %s", documents[i], vaxdir_context_error(context)->message);
        vaxdir_rules_unref(rules);
    }
}

/* The providers that are shipped switched off keep their examples, too, and claim nothing of the others. */
static void test_all_active(void **state)
{
    static const char off[] = "\"active\": false";
    vaxdir_context *context = *state;
    vaxdir_rules *rules = NULL;
    char *text = malloc(vaxdir_default_rules_size + 1);
    assert_non_null(text);
    memcpy(text, vaxdir_default_rules, vaxdir_default_rules_size);
    text[vaxdir_default_rules_size] = '\0';
    size_t switched = 0;
    for (char *at = text; (at = strstr(at, off)) != NULL; switched++)
        memcpy(at, "\"active\": true ", sizeof off - 1);
    assert_true(switched >= 20);
    if (load(context, text, &rules) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    uint32_t all = vaxdir_rules_provider_count(rules);
    vaxdir_rules_unref(rules);
    rules = NULL;
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_provider_count(rules) + switched, all);
    vaxdir_rules_unref(rules);
    free(text);
}

/* A page that is no centre's may name its centre all the same. */
static void test_identifies(void **state)
{
    static const char document[] = "{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"suffixes\": "
                                   "[\"s.example\"], \"identity\": [[\"host\"]], \"pages\": [{\"kind\": \"home\", "
                                   "\"path\": \"/\", \"identifies\": true}, {\"kind\": \"list\", \"path\": \"/l\"}, "
                                   "{\"kind\": \"centre\", \"path\": \"/c\", \"identifies\": false}], \"examples\": "
                                   "{\"accept\": [{\"url\": \"https://x.s.example/\", \"page\": \"home\", \"key\": "
                                   "\"a/x.s.example\"}, {\"url\": \"https://x.s.example/l\", \"key\": null}, {\"url\": "
                                   "\"https://x.s.example/c\", \"page\": \"centre\", \"key\": null}]}}]}";
    vaxdir_context *context = *state;
    vaxdir_rules *rules = NULL;
    if (load(context, document, &rules) != VAXDIR_OK)
        fail_msg("%s", vaxdir_context_error(context)->message);
    vaxdir_rules_unref(rules);
}

/* A syntax error tells line and column in the record too, and a file its name. */
static void test_place(void **state)
{
    vaxdir_context *context = *state;
    vaxdir_rules *rules = NULL;
    const char *path = "test_rules_document.json";
    assert_int_equal(load(context, "{\"schema\": 1,\n  oops}", &rules), VAXDIR_ERROR_RULES);
    assert_int_equal(vaxdir_context_error(context)->line, 2);
    assert_true(vaxdir_context_error(context)->column > 0);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs("{\"schema\": 3, \"providers\": []}", file);
    fclose(file);
    assert_int_equal(vaxdir_rules_open(context, path, &rules), VAXDIR_ERROR_RULES);
    assert_string_equal(vaxdir_context_error(context)->file, path);
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs(ONE(""), file);
    fclose(file);
    assert_int_equal(vaxdir_rules_open(context, path, &rules), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_provider_count(rules), 1);
    vaxdir_rules_unref(rules);
    remove(path);
    assert_int_equal(vaxdir_rules_open(context, path, &rules), VAXDIR_ERROR_IO);
    assert_string_equal(vaxdir_context_error(context)->file, path);
}

static void test_limit(void **state)
{
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    (void)state;
    options.max_input_bytes = 10;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_OK);
    assert_int_equal(load(context, ONE(""), &rules), VAXDIR_ERROR_LIMIT);
    vaxdir_context_unref(context);
}

/* Pages in a good order: the later one takes what the earlier one leaves. */
static void test_orders_of_pages(void **state)
{
    static const char *const good[] = {
        TWO_PAGES("/gymnase", "/{a}"),        TWO_PAGES("/{a}/{b}", "/{a}/**"),
        TWO_PAGES("/{a}", "/{a:any}"),        TWO_PAGES("/{a:number5}", "/{a:number}"),
        TWO_PAGES("/{a:number}", "/{a:hex}"), TWO_PAGES("/{a:hex24}", "/{a:number5}"),
        TWO_PAGES("/{a}", "/{a:any}-{b}"),    TWO_PAGES("/{a:uuid}", "/{a}"),
        TWO_PAGES("/x-{a}", "/y-{a}"),        TWO_PAGES("/{a}", "/{b:any}"),
        TWO_PAGES("/{a}", "/{b}@{c}"),        TWO_PAGES("/%C3%A9", "/{b}"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        vaxdir_context *context = NULL;
        vaxdir_rules *rules = NULL;
        assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
        if (load(context, good[i], &rules) != VAXDIR_OK)
            fail_msg("%s: %s", good[i], vaxdir_context_error(context)->message);
        vaxdir_rules_unref(rules);
        vaxdir_context_unref(context);
    }
}

static void hash_of(vaxdir_context *context, const char *document, vaxdir_rules_hash *ret_hash)
{
    vaxdir_rules *rules = NULL;
    if (load(context, document, &rules) != VAXDIR_OK)
        fail_msg("%s: %s", document, vaxdir_context_error(context)->message);
    *ret_hash = vaxdir_rules_judging_hash(rules);
    vaxdir_rules_unref(rules);
}

#define TWO_HOSTS(host)                                                                                                \
    "{\"schema\": 1, \"providers\": [{\"id\": \"a\", \"name\": \"N\", \"hosts\": {\"a.example\": \"a.example\", "      \
    "\"" host "\": \"a.example\"}, \"pages\": [{\"kind\": \"home\", \"path\": \"/\"}]}]}"

static void test_hash(void **state)
{
    static const char base[] = DOCUMENT(PROVIDER("a", "a.example", "") "," PROVIDER("b", "b.example", ""), "");
    static const char *const same[] = {
        base,
        DOCUMENT(PROVIDER("b", "b.example", ", \"note\": \"x\"") "," PROVIDER("a", "a.example", ""), ""),
        DOCUMENT(PROVIDER("a", "a.example", ", \"https\": false") "," PROVIDER("b", "b.example", "") "," PROVIDER(
                     "c", "c.example", ", \"active\": false"),
                 ", \"note\": \"n\", \"information_url\": \"https://x.example/\""),
        DOCUMENT(PROVIDER("a", "a.example", ", \"examples\": {\"reject\": [\"x\"]}") "," PROVIDER("b", "b.example", ""),
                 ""),
    };
    static const char *const different[] = {
        DOCUMENT(PROVIDER("a", "a.example", ""), ""),
        DOCUMENT(PROVIDER("a", "aa.example", "") "," PROVIDER("b", "b.example", ""), ""),
        DOCUMENT(PROVIDER("a", "a.example", ", \"https\": true") "," PROVIDER("b", "b.example", ""), ""),
        DOCUMENT(PROVIDER("a", "a.example", ", \"suffixes\": [\"a.example\"]") "," PROVIDER("b", "b.example", ""), ""),
        DOCUMENT(PROVIDER("a", "a.example", ", \"identity\": [[\"path.slug\"]]") "," PROVIDER("b", "b.example", ""),
                 ""),
        DOCUMENT(PROVIDER("a", "a.example", "") "," PROVIDER("b", "b.example", ""),
                 ", \"phone\": {\"country\": \"33\", \"length\": 9}"),
        DOCUMENT(PROVIDER("a", "a.example", "") "," PROVIDER("b", "b.example", ""),
                 ", \"wrappers\": [{\"hosts\": [\"g.example\"], \"forms\": []}]"),
    };
    vaxdir_context *context = *state;
    vaxdir_rules_hash wanted, got;
    hash_of(context, base, &wanted);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        hash_of(context, same[i], &got);
        if (memcmp(&wanted, &got, sizeof got) != 0)
            fail_msg("the hash changes with %s", same[i]);
    }
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        hash_of(context, different[i], &got);
        if (memcmp(&wanted, &got, sizeof got) == 0)
            fail_msg("the hash does not change with %s", different[i]);
    }
    /* two hosts of one provider that differ only in the name that is accepted */
    hash_of(context, TWO_HOSTS("m.a.example"), &wanted);
    hash_of(context, TWO_HOSTS("n.a.example"), &got);
    assert_memory_not_equal(&wanted, &got, sizeof got);
}

static void test_default(void **state)
{
    static const char *const ids[] = {"doctolib", "keldoc", "maiia"};
    vaxdir_context *context = *state;
    vaxdir_rules *rules = NULL;
    const char *id, *name;
    assert_int_equal(vaxdir_rules_default(context, &rules), VAXDIR_OK);
    for (uint32_t i = 0; i + 1 < vaxdir_rules_provider_count(rules); i++) {
        const char *next;
        assert_int_equal(vaxdir_rules_provider(context, rules, i, &id, NULL), VAXDIR_OK);
        assert_int_equal(vaxdir_rules_provider(context, rules, i + 1, &next, NULL), VAXDIR_OK);
        assert_true(strcmp(id, next) < 0);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(vaxdir_rules_find_provider(rules, vaxdir_slice_of(ids[i])), ids[i]);
        assert_non_null(vaxdir_rules_provider_name(rules, vaxdir_slice_of(ids[i])));
    }
    assert_null(vaxdir_rules_find_provider(rules, vaxdir_slice_of("nobody")));
    assert_int_equal(vaxdir_rules_provider(context, rules, 0, NULL, &name), VAXDIR_OK);
    assert_non_null(name);
    assert_int_equal(vaxdir_rules_provider(context, rules, vaxdir_rules_provider_count(rules), &id, &name),
                     VAXDIR_ERROR_ARGUMENT);
    assert_string_equal(vaxdir_rules_national_line(rules), "+33800009110");
    assert_non_null(vaxdir_rules_information_url(rules));
    vaxdir_rules *same = vaxdir_rules_ref(rules);
    assert_ptr_equal(same, rules);
    vaxdir_rules_unref(rules);
    assert_true(vaxdir_rules_provider_count(same) >= 3);
    vaxdir_rules_unref(same);
    assert_null(vaxdir_rules_unref(NULL));
    assert_int_equal(vaxdir_rules_provider_count(NULL), 0);
}

static void test_arguments(void **state)
{
    vaxdir_context *context = *state;
    vaxdir_rules *rules = NULL;
    const char *id;
    assert_int_equal(vaxdir_rules_default(NULL, &rules), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_default(context, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_open(context, NULL, &rules), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_open(context, "x", NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_open_memory(context, NULL, 1, &rules), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_open_memory(context, "{}", 2, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_rules_provider(context, NULL, 0, &id, NULL), VAXDIR_ERROR_ARGUMENT);
}

typedef struct counting {
    long calls;
    long fail_at;
    long live;
} counting;

static void *count_allocate(size_t size, void *user)
{
    counting *counter = user;
    if (++counter->calls == counter->fail_at)
        return NULL;
    counter->live++;
    return malloc(size);
}

static void *count_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    counting *counter = user;
    (void)old_size;
    return ++counter->calls == counter->fail_at ? NULL : realloc(memory, new_size);
}

static void count_free(void *memory, size_t size, void *user)
{
    (void)size;
    ((counting *)user)->live--;
    free(memory);
}

/* Whichever allocation fails, the call says so and nothing is left behind. */
static void test_memory(void **state)
{
    counting counter = {0, 0, 0};
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    (void)state;
    options.allocate = count_allocate;
    options.reallocate = count_reallocate;
    options.free = count_free;
    options.user = &counter;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_OK);
    long live = counter.live;
    for (long nth = 1;; nth++) {
        counter.calls = 0;
        counter.fail_at = nth;
        vaxdir_status status = vaxdir_rules_default(context, &rules);
        if (status == VAXDIR_OK)
            break;
        assert_int_equal(status, VAXDIR_ERROR_MEMORY);
        assert_null(rules);
        assert_int_equal(counter.live, live);
    }
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    assert_int_equal(counter.live, 0);
}

/* Any cut of a document is refused and breaks nothing. */
static void test_cut(void **state)
{
    static const char document[] = ONE(", \"identity\": [[\"path.slug\"]], \"examples\": {\"reject\": [\"x\"]}");
    vaxdir_context *context = *state;
    for (size_t length = 0; length + 1 < sizeof document - 1; length++) {
        vaxdir_rules *rules = NULL;
        char *copy = malloc(length + 1);
        memcpy(copy, document, length);
        assert_int_equal(vaxdir_rules_open_memory(context, copy, length, &rules), VAXDIR_ERROR_RULES);
        free(copy);
    }
}

static int set_up(void **state)
{
    return vaxdir_context_new(NULL, (vaxdir_context **)state) == VAXDIR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    vaxdir_context_unref(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_not_refused), cmocka_unit_test(test_all_active),
        cmocka_unit_test(test_identifies), cmocka_unit_test(test_place),       cmocka_unit_test(test_limit),
        cmocka_unit_test(test_hash),       cmocka_unit_test(test_default),     cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_memory),     cmocka_unit_test(test_cut),         cmocka_unit_test(test_orders_of_pages),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
