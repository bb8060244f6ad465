/* test_link.c: the verdict on links. Every link here is invented. The shipped rules judge, and for what they do not
 * have (suffixes, declared hosts) a small document with a made-up provider. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "provider/link.h"
#include "provider/rules.h"

typedef struct link_world {
    vaxdir_context *context;
    vaxdir_rules *rules; /* shipped */
    vaxdir_rules *made_up;
    vaxdir_link *link;
} link_world;

static const char made_up_rules[] =
    "{\"schema\": 1, \"providers\": [{\"id\": \"libretto\", \"name\": \"Libretto\", \"declared\": true,"
    " \"suffixes\": [\"libretto.example\"], \"https\": true,"
    " \"parameters\": [{\"names\": [\"c\"], \"values\": [\"{n:number}\"]}],"
    " \"pages\": [{\"kind\": \"centre\", \"path\": \"/book/{n:number}-{label}/start\"},"
    "             {\"kind\": \"centre\", \"path\": \"/place/{code:number5}\", \"requires\": [\"c\"]},"
    "             {\"kind\": \"information\", \"path\": \"/place/{code:number5}\"}],"
    " \"identity\": [[\"host\"], [\"path.n\", \"path.code\"], [\"query.c\"]]}],"
    " \"wrappers\": [{\"suffixes\": [\"gate.example\"], \"forms\":"
    "                 [{\"path\": \"/go\", \"parameter\": \"to\", \"decoding\": \"percent\"}]}]}";

static int set_up(void **state)
{
    static link_world world_of_tests;
    link_world *world = &world_of_tests;
    *state = world;
    assert_int_equal(vaxdir_context_new(NULL, &world->context), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_default(world->context, &world->rules), VAXDIR_OK);
    assert_int_equal(vaxdir_rules_open_memory(world->context, made_up_rules, sizeof made_up_rules - 1, &world->made_up),
                     VAXDIR_OK);
    assert_int_equal(vaxdir_link_new(world->context, &world->link), VAXDIR_OK);
    return 0;
}

static int tear_down(void **state)
{
    link_world *world = *state;
    vaxdir_link_unref(world->link);
    vaxdir_rules_unref(world->rules);
    vaxdir_rules_unref(world->made_up);
    vaxdir_context_unref(world->context);
    return 0;
}

static void judge_bytes(link_world *world, const vaxdir_rules *rules, const char *url, size_t length,
                        const char *declared)
{
    assert_int_equal(vaxdir_link_judge(world->context, rules, url, length, declared,
                                       declared == NULL ? 0 : strlen(declared), world->link),
                     VAXDIR_OK);
}

static void judge(link_world *world, const char *url)
{
    judge_bytes(world, world->rules, url, strlen(url), NULL);
}

static void assert_text(const char *got, const char *wanted, const char *url)
{
    if (got == NULL || wanted == NULL ? got != wanted : strcmp(got, wanted) != 0)
        fail_msg("%s: got %s, wanted %s", url, got == NULL ? "nothing" : got, wanted == NULL ? "nothing" : wanted);
}

/* Judging what is emitted must change nothing and find nothing to repair. */
static void assert_settled(link_world *world, const vaxdir_rules *rules, const char *declared)
{
    char url[2100], provider[100], page[100], key[2100];
    const char *texts[4] = {vaxdir_link_url(world->link), vaxdir_link_provider(world->link),
                            vaxdir_link_page(world->link), vaxdir_link_key(world->link)};
    char *copies[4] = {url, provider, page, key};
    for (int i = 0; i < 4; i++)
        strcpy(copies[i], texts[i] == NULL ? "" : texts[i]);
    judge_bytes(world, rules, url, strlen(url), declared);
    assert_text(vaxdir_link_url(world->link), url, url);
    assert_text(vaxdir_link_provider(world->link), texts[1] == NULL ? NULL : provider, url);
    assert_text(vaxdir_link_page(world->link), texts[2] == NULL ? NULL : page, url);
    assert_text(vaxdir_link_key(world->link), texts[3] == NULL ? NULL : key, url);
    assert_int_equal(vaxdir_link_warnings(world->link), 0);
}

enum {
    TRIMMED = VAXDIR_LINK_WARNING_TRIMMED,
    ADDED = VAXDIR_LINK_WARNING_SCHEME_ADDED,
    TEXT_AFTER = VAXDIR_LINK_WARNING_TEXT_AFTER,
    RAISED = VAXDIR_LINK_WARNING_SCHEME_RAISED,
    MARK = VAXDIR_LINK_WARNING_QUESTION_MARK,
    ESCAPED = VAXDIR_LINK_WARNING_ESCAPED,
    DOT = VAXDIR_LINK_WARNING_TRAILING_DOT,
    UNWRAPPED = VAXDIR_LINK_WARNING_UNWRAPPED,
    REDIRECT = VAXDIR_LINK_WARNING_REDIRECT,
    CUT = VAXDIR_LINK_WARNING_CUT_PARAMETER,
    QUOTE = VAXDIR_LINK_WARNING_QUOTE
};

typedef struct accepted {
    const char *given;
    const char *page;
    const char *key;
    const char *url;
    uint32_t warnings;
} accepted;

#define D "https://www.doctolib.fr/"
#define K "https://vaccination-covid.keldoc.com/"
#define M "https://www.maiia.com/"

static const accepted accepted_links[] = {
    /* each repair by itself, and tracking dropped */
    {D "a-b/c/d?pid=practice-1", "centre", "doctolib/d/practice-1", D "a-b/c/d?pid=practice-1", 0},
    {" " D "a/b/c \xC2\xA0", "centre", "doctolib/c", D "a/b/c", TRIMMED},
    {"http://www.doctolib.fr/a/b/c", "centre", "doctolib/c", D "a/b/c", RAISED},
    {"HTTPS://Partners.DOCTOLIB.fr/a/b/C", "centre", "doctolib/C", D "a/b/C", 0},
    {"https://www.doctolib.fr:443/a/b/c", "centre", "doctolib/c", D "a/b/c", 0},
    {"http://www.doctolib.fr:80/a/b/c", "centre", "doctolib/c", D "a/b/c", RAISED},
    {"https://www.doctolib.fr./a/b/c", "centre", "doctolib/c", D "a/b/c", DOT},
    {D "a/b/c?pid=practice-1?speciality_id=5", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", MARK},
    {D "a/b/c??pid=practice-1&x=1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", MARK},
    {D "a/b/c?x=1&?pid=practice-1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", MARK},
    {D "a/b/c?%3fpid=practice-1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", MARK},
    {D "a/b/c?x=1&%3Fpid=practice-1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", MARK},
    {D "a/b/c?locale=fr\" ", "centre", "doctolib/c", D "a/b/c", TRIMMED | QUOTE},
    {"\"" D "a/b/c\"", "centre", "doctolib/c", D "a/b/c", QUOTE},
    {D "a/\xC3\xA9toile/c", "centre", "doctolib/c", D "a/%C3%A9toile/c", ESCAPED},
    {D "a/%c3%a9toile/c", "centre", "doctolib/c", D "a/%C3%A9toile/c", 0},
    {D "a/l'isle/c", "centre", "doctolib/c", D "a/l%27isle/c", ESCAPED},
    {D "a/b/c?pid=practice-12ies_consent=1", "centre", "doctolib/c/practice-12", D "a/b/c?pid=practice-12", CUT},
    {D "a/b/c?pid=practice-", "centre", "doctolib/c", D "a/b/c", CUT},
    {D "a/b/c?pid=establishment-5?pid=practice-6", "centre", "doctolib/c/establishment-5",
     D "a/b/c?pid=establishment-5", MARK | CUT},
    {D "a/b/c?pid=practice-1&pid=practice-1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", 0},
    {D "/a//b/c/", "centre", "doctolib/c", D "a/b/c", 0},
    {D "a/x/../b/./c", "centre", "doctolib/c", D "a/b/c", 0},
    {D "a/%2e%2e/a/b/c", "centre", "doctolib/c", D "a/b/c", 0},
    {D "a/b/c#top", "centre", "doctolib/c", D "a/b/c", 0},
    /* the three forms of pid, and none of them */
    {D "a/b/c?pid=7", "centre", "doctolib/c/7", D "a/b/c?pid=7", 0},
    {D "a/b/c?PID=establishment-7", "centre", "doctolib/c/establishment-7", D "a/b/c?pid=establishment-7", 0},
    {D "a/b/c/booking/motives?placeId=practice-7&specialityId=5", "centre", "doctolib/c/practice-7",
     D "a/b/c/booking/motives?placeId=practice-7&specialityId=5", 0},
    /* other kinds of page */
    {D, "home", NULL, D, 0},
    {"https://doctolib.fr", "home", NULL, D, 0},
    {D "?gclid=x", "home", NULL, D, 0},
    {D "a/b", "list", NULL, D "a/b", 0},
    {D "configuration/profiles/c", "other", NULL, D "configuration/profiles/c", 0},
    {D "a/b/c%2Fd", "other", NULL, D "a/b/c%2Fd", 0},
    {D "a%2fb/../x", "other", NULL, D "x", 0},
    {D ": a/b/c", "home", NULL, D, TEXT_AFTER},
    {D "/evil.example//x/", "list", NULL, D "evil.example/x", 0},
    {D "/a//b/c%2Fd//", "other", NULL, D "a/b/c%2Fd/", 0},
    /* a link ends at white space, whatever words follow it */
    {D "a/b/c?pid=practice-1 ou 01 99 00 12 34", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1",
     TEXT_AFTER},
    {"www.doctolib.fr/a/b/c, puis appeler", "centre", "doctolib/c", D "a/b/c", ADDED | TEXT_AFTER},
    {D "a/b/c (bient\xC3\xB4t)", "centre", "doctolib/c", D "a/b/c", TEXT_AFTER},
    {D "a/b/c\xE3\x80\x80x", "centre", "doctolib/c", D "a/b/c", TEXT_AFTER},
    {"\"" D "a/b/c x\"", "centre", "doctolib/c", D "a/b/c", TEXT_AFTER | VAXDIR_LINK_WARNING_QUOTE},
    /* a missing scheme, only before a known host */
    {"www.doctolib.fr", "home", NULL, D, ADDED},
    {"Doctolib.fr", "home", NULL, D, ADDED},
    {"www.doctolib.fr/a/b/c?pid=practice-1", "centre", "doctolib/c/practice-1", D "a/b/c?pid=practice-1", ADDED},
    {"www.keldoc.com?x=1", "home", NULL, "https://www.keldoc.com/", ADDED},
    /* cabinets by number, by name, not at all; redirects */
    {K "t/v-1/s?category=-1&agenda=1&cabinet=12&specialty=4", "centre", "keldoc/s/12",
     K "t/v-1/s?cabinet=12&specialty=4", 0},
    {K "t/v-1/s/cab", "centre", "keldoc/s/cab", K "t/v-1/s/cab", 0},
    {K "t/v-1/s/cab?cabinet=12specialty=4", "centre", "keldoc/s/12", K "t/v-1/s/cab?cabinet=12", CUT},
    {K "t/v-1/s", "centre", "keldoc/s", K "t/v-1/s", 0},
    {K "redirect/?dom=t&inst=v-1&user=s?specialty=4&cabinet=12", "centre", "keldoc/s/12",
     K "t/v-1/s?cabinet=12&specialty=4", MARK | REDIRECT},
    {K "redirect/?dom=t&inst=v-1", "other", NULL, K "redirect", 0},
    {K "redirect/?dom=t&inst=v-1&user=..%2F..%2Fx", "other", NULL, K "redirect", 0},
    /* center ids, and names without one */
    {M "c/1-v/n---x-?centerid=0123456789abcdef01234567", "centre", "maiia/0123456789abcdef01234567",
     M "c/1-v/n---x-?centerid=0123456789abcdef01234567", 0},
    {M "c-(d)/1-v/n", "centre", "maiia/n", M "c-(d)/1-v/n", 0},
    {M "c/1-v/n?centerid=0123", "centre", "maiia/n", M "c/1-v/n", CUT},
    {M "c/1-V", "list", NULL, M "c/1-V", 0},
    /* mail gateways */
    {"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.doctolib.fr_a_b_c-2Dd-3Fpid-3Dpractice-2D1&d=x",
     "centre", "doctolib/c-d/practice-1", D "a/b/c-d?pid=practice-1", UNWRAPPED},
    {"https://urldefense.com/v3/__https://www.doctolib.fr/a/b/c?pid=practice-1__;!!abc$", "centre",
     "doctolib/c/practice-1", D "a/b/c?pid=practice-1", UNWRAPPED},
    {"https://urldefense.com/v3/__https:/www.doctolib.fr/a/*toile/c__;w6k!!abc$", "centre", "doctolib/c",
     D "a/%C3%A9toile/c", UNWRAPPED | ESCAPED},
    {"https://urldefense.com/v3/__https://www.doctolib.fr/a/**At/c__;w6nDqA!!abc$", "centre", "doctolib/c",
     D "a/%C3%A9%C3%A8t/c", UNWRAPPED | ESCAPED},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%2Fa%2Fb%2Fc&data=x", "centre",
     "doctolib/c", D "a/b/c", UNWRAPPED},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__"
     "https%3A%2F%2Fwww.maiia.com%2Fc%2Fp%2Fn__%3B!!x",
     "centre", "maiia/n", M "c/p/n", UNWRAPPED},
};

static void test_accepted(void **state)
{
    link_world *world = *state;
    for (size_t i = 0; i < sizeof accepted_links / sizeof accepted_links[0]; i++) {
        const accepted *wanted = &accepted_links[i];
        judge(world, wanted->given);
        assert_text(vaxdir_verdict_name(vaxdir_link_verdict(world->link)), "exact", wanted->given);
        assert_text(vaxdir_link_page(world->link), wanted->page, wanted->given);
        assert_text(vaxdir_link_key(world->link), wanted->key, wanted->given);
        assert_text(vaxdir_link_url(world->link), wanted->url, wanted->given);
        if (vaxdir_link_warnings(world->link) != wanted->warnings)
            fail_msg("%s: warnings %u, wanted %u", wanted->given, vaxdir_link_warnings(world->link), wanted->warnings);
        assert_int_equal(vaxdir_link_reason(world->link), VAXDIR_LINK_REASON_NONE);
        assert_settled(world, world->rules, NULL);
    }
}

typedef struct refused {
    const char *given;
    const char *reason;
} refused;

/* None of these gets a provider, nor a URL that names one. */
static const refused hostile_links[] = {
    /* a user name, which people take for the host */
    {"https://www.doctolib.fr@evil.example/", "userinfo"},
    {"https://www.doctolib.fr:443@evil.example/a/b/c", "userinfo"},
    {"https://user:word@www.doctolib.fr/a/b/c", "userinfo"},
    {"https://@www.doctolib.fr/a/b/c", "userinfo"},
    {"https://a%40b@www.doctolib.fr/", "userinfo"},
    {"https://evil.example:80:@www.doctolib.fr/", "userinfo"},
    /* a backslash, which browsers read as a slash and others do not */
    {"https://evil.example\\@www.doctolib.fr/", "backslash"},
    {"https://www.doctolib.fr\\.evil.example/", "backslash"},
    {"https:\\\\www.doctolib.fr/a/b/c", "backslash"},
    {"https://www.doctolib.fr/a\\b", "backslash"},
    {"https:/\\evil.example/www.doctolib.fr", "backslash"},
    {"www.doctolib.fr/\\evil.example", "backslash"},
    /* control and invisible characters */
    {"https://www.doctolib.fr\t/a/b/c", "control"},
    {"https://www.doc\ntolib.fr/a/b/c", "control"},
    {"https://www.doctolib.fr/a/\rb/c", "control"},
    {"https://www.doctolib.fr/a/b/c\x7F?pid=1", "control"},
    {"https://www.doctolib.fr/a/\x01/c", "control"},
    {"https://www.docto\xC2\xADlib.fr/", "control"},
    {"https://www.docto\xE2\x80\x8Blib.fr/", "control"},
    {"https://www.docto\xE2\x80\x8Dlib.fr/", "control"},
    {"https://www.doctolib.fr/\xE2\x80\xAEgro.elpmaxe", "control"},
    {"https://www.doctolib.fr/\xE2\x81\xA6"
     "a",
     "control"},
    {"https://www.docto\xEF\xBB\xBFlib.fr/", "control"},
    {"https://www.doctolib.fr/a\xE2\x80\xA8"
     "b",
     "control"},
    {"https://www.docto\xCD\x8Flib.fr/", "control"},
    {"https://www.doctolib\xEF\xB8\x8F.fr/", "control"},
    {"https://www.docto\xE3\x85\xA4lib.fr/", "control"},
    {"https://www.doctolib.fr/\xC2\x85x", "control"},
    {"www.docto\xC2\xADlib.fr/a/b/c", "control"},
    {"java\tscript:alert(1)", "control"},
    {"ht\ntps://www.doctolib.fr/", "control"},
    /* ports */
    {"https://www.doctolib.fr:8443/a/b/c", "port"},
    {"https://www.doctolib.fr:80/a/b/c", "port"},
    {"http://www.doctolib.fr:443/a/b/c", "port"},
    {"https://www.doctolib.fr:0443/a/b/c", "port"},
    {"https://www.doctolib.fr:+443/a/b/c", "port"},
    {"https://www.doctolib.fr:443:443/a/b/c", "port"},
    {"https://www.doctolib.fr:44\xC2\xB2/a/b/c", "port"},
    {"https://www.doctolib.fr:99999999999/", "port"},
    {"https://www.doctolib.fr:evil.example/", "port"},
    /* numbers in place of a name, in every base that browsers read */
    {"https://127.0.0.1/", "ip-address"},
    {"https://127.1/", "ip-address"},
    {"https://2130706433/", "ip-address"},
    {"https://0x7f000001/", "ip-address"},
    {"https://0x7F.0.0.1/", "ip-address"},
    {"https://0177.0.0.01/", "ip-address"},
    {"https://127.0.0.0x1/", "ip-address"},
    {"https://0x/", "ip-address"},
    {"https://www.doctolib.fr.1/", "ip-address"},
    {"https://www.doctolib.fr.0x1f/", "ip-address"},
    {"https://999.999.999.999/", "ip-address"},
    {"https://127.0.0.1./", "ip-address"},
    {"https://[::1]/", "ip-address"},
    {"https://[::ffff:127.0.0.1]/", "ip-address"},
    {"https://[v1.www.doctolib.fr]/", "ip-address"},
    {"https://\xEF\xBC\x91.1.1.1/", "idn"},
    /* Unicode dots, full-width and circled letters, which IDNA maps to plain hosts */
    {"https://www\xE3\x80\x82"
     "doctolib\xE3\x80\x82"
     "fr/",
     "idn"},
    {"https://www.doctolib\xEF\xBC\x8E"
     "fr/",
     "idn"},
    {"https://www.doctolib\xEF\xBD\xA1"
     "fr/",
     "idn"},
    {"https://www.doctolib.fr\xE3\x80\x82/", "idn"},
    {"https://\xE2\x93\x93octolib.fr/", "idn"},
    {"https://\xE2\x93\x93octolib.\xC3\xA9toile.example/", "idn"},
    {"https://www.\xEF\xBD\x84octolib.fr/", "idn"},
    {"https://www.doctolib.\xE2\x93\x95r/", "idn"},
    {"https://www.doctol\xE2\x85\xB0"
     "b.fr/",
     "idn"},
    {"https://www.\xF0\x9D\x90\x9Doctolib.fr/", "idn"},
    {"https://www.\xE2\x84\x82octolib.fr/", "idn"},
    {"https://www.doctolib.fr\xE2\x88\x95"
     "a.evil.example/",
     "idn"},
    {"https://www.doctolib.fr\xEF\xBC\x8F"
     "a.evil.example/",
     "idn"},
    /* xn-- that is no international name: it decodes to ASCII or to nothing */
    {"https://xn--doctolib-.fr/", "host"},
    {"https://xn--www-.doctolib.fr/", "host"},
    {"https://xn--a.doctolib.fr/", "idn"},
    {"https://www.xn--doctolib.fr/", "idn"},
    {"https://xn--99999999.example/", "idn"},
    /* no name can be like that */
    {"https://www_doctolib.fr/", "host"},
    {"https://_www.doctolib.fr/", "host"},
    {"https://www..doctolib.fr/", "host"},
    {"https://.doctolib.fr/", "host"},
    {"https://www.doctolib.fr../", "host"},
    {"https:///www.doctolib.fr/", "host"},
    {"https://-www.doctolib.fr/", "host"},
    {"https://www-.doctolib.fr/", "host"},
    {"https://doctolib/", "host"},
    {"https://www.doctolib.fr,evil.example/", "host"},
    {"https://www.doctolib.fr;evil.example/", "host"},
    {"https://www.doctolib.fr&evil.example/", "host"},
    {"https://www.doctolib.fr evil.example/", "host"},
    {"https://www.doctolib.fr\xC2\xA0.evil.example/", "idn"},
    {"https://www.doctolib.fr|evil.example/", "host"},
    {"https://www.doctolib.fr^evil.example/", "host"},
    {"https://www.doctolib.fr*evil.example/", "host"},
    {"https://www.doctolib.fr<evil.example/", "host"},
    {"https:// www.doctolib.fr/", "host"},
    {"https://aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.doctolib.fr/", "host"},
    /* escapes in the host */
    {"https://%64octolib.fr/", "percent-in-host"},
    {"https://www.doctolib.fr%2Fevil.example/", "percent-in-host"},
    {"https://www.doctolib.fr%40evil.example/", "percent-in-host"},
    {"https://www%2Edoctolib.fr/", "percent-in-host"},
    {"https://www.doctolib.fr%00.evil.example/", "percent-in-host"},
    {"https://www.doctolib.fr%E3%80%82evil.example/", "percent-in-host"},
    /* other schemes, and http(s) that is none */
    {"javascript:alert('https://www.doctolib.fr/')", "scheme"},
    {"JavaScript: alert(1)", "scheme"},
    {"javascript://www.doctolib.fr/%0Aalert(1)", "scheme"},
    {"data:text/html,https://www.doctolib.fr/", "scheme"},
    {"vbscript:x", "scheme"},
    {"file:///etc/hosts", "scheme"},
    {"ftp://www.doctolib.fr/a/b/c", "scheme"},
    {"blob:https://www.doctolib.fr/x", "scheme"},
    {"intent://www.doctolib.fr/#Intent;scheme=https;end", "scheme"},
    {"hxxps://www.doctolib.fr/", "scheme"},
    {"view-source:https://www.doctolib.fr/", "scheme"},
    {"https:www.doctolib.fr/a/b/c", "syntax"},
    {"https:/www.doctolib.fr/a/b/c", "syntax"},
    {"https:", "syntax"},
    /* a wrapper with nothing to read inside, or nothing that is read in one way only */
    {"https://urldefense.com/v3/__RIEN__;!!x", "syntax"},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%40evil.example%2F%00",
     "syntax"},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%40evil.example%2F%ff",
     "syntax"},
    {"https://eur02.safelinks.protection.outlook.com/?url=%2F%2Fwww.doctolib.fr%40evil.example", "syntax"},
    {"https://eur02.safelinks.protection.outlook.com/?x?url=https%3A%2F%2Fevil.example", "syntax"},
    /* what a gateway's wrapper hides */
    {"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.doctolib.fr-40evil.example_&d=x", "userinfo"},
    {"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.doctolib.fr-5C.evil.example_&d=x", "backslash"},
    {"https://urldefense.proofpoint.com/v2/url?u=javascript-3Aalert-281-29&d=x", "scheme"},
    {"https://urldefense.com/v3/__https://www.doctolib.fr:8080/a/b/c__;!!x", "port"},
    {"https://urldefense.com/v3/__https://www.doctolib*fr/a/b/c__;44CC!!x", "idn"},
    {"https://urldefense.com/v3/__https://www.doctolib.fr*evil.example/__;Cg!!x", "control"},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2F127.0.0.1%2F", "ip-address"},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%09%2Fa", "control"},
    {"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%2540evil.example%2F",
     "percent-in-host"},
    /* look-alikes: honest links of nobody we know */
    {"https://www.doctolib.fr.evil.example/a/b/c", "unknown-host"},
    {"https://evildoctolib.fr/a/b/c", "unknown-host"},
    {"https://www.doctolib.fr-rdv.example/a/b/c", "unknown-host"},
    {"https://www-doctolib.fr/a/b/c", "unknown-host"},
    {"https://doctolib.fr.com/a/b/c", "unknown-host"},
    {"https://www.doctollb.fr/a/b/c", "unknown-host"},
    {"https://d0ctolib.fr/a/b/c", "unknown-host"},
    {"https://rdv.doctolib.fr/a/b/c", "unknown-host"},
    {"https://www.www.doctolib.fr/a/b/c", "unknown-host"},
    {"https://evil.example/https://www.doctolib.fr/a/b/c", "unknown-host"},
    {"https://evil.example/?u=https://www.doctolib.fr/a/b/c", "unknown-host"},
    {"https://evil.example/#https://www.doctolib.fr/a/b/c", "unknown-host"},
    {"https://evil.example#@www.doctolib.fr/", "userinfo"},
    {"https://evil.example?@www.doctolib.fr/", "userinfo"},
    {"https://urldefense.proofpoint.com.evil.example/v2/url?u=https-3A__www.doctolib.fr_a_b_c", "unknown-host"},
    {"https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fwww.doctolib.fr", "unknown-host"},
    {"https://evilsafelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr", "unknown-host"},
    {"https://urldefense.com/v3/__https://evil.example/www.doctolib.fr__;!!x", "unknown-host"},
    /* confusable letters: valid names of their own */
    {"https://www.d\xD0\xBE\x63tolib.fr/a/b/c", "foreign-script"},
    {"https://www.doctolib\xC4\xB1.fr/a/b/c", "foreign-script"},
    {"https://www.d\xC3\xB6\x63tolib.fr/a/b/c", "foreign-script"},
    {"https://www.xn--dctolib-90a.fr/a/b/c", "foreign-script"},
    /* no scheme, and no known host either */
    {"www.doctolib.fr.evil.example/a/b/c", "no-scheme"},
    {"www.doctolib.fr en cours", "no-scheme"},
    {"www.doctolib.fr:8080/a/b/c", "no-scheme"},
    {"agenda.example.com/town", "no-scheme"},
    {"www.a.example / DOCTOLIB", "no-scheme"},
    {"www.d\xD0\xBE\x63tolib.fr/a", "no-scheme"},
    {"//www.doctolib.fr/a/b/c", "word"},
    {"/www.doctolib.fr/a/b/c", "word"},
    {"www.doctolib.fr\\@evil.example", "word"},
};

static void test_hostile(void **state)
{
    link_world *world = *state;
    for (size_t i = 0; i < sizeof hostile_links / sizeof hostile_links[0]; i++) {
        const refused *wanted = &hostile_links[i];
        judge_bytes(world, world->rules, wanted->given, strlen(wanted->given), "doctolib");
        assert_text(vaxdir_link_provider(world->link), NULL, wanted->given);
        assert_text(vaxdir_link_page(world->link), NULL, wanted->given);
        assert_text(vaxdir_link_key(world->link), NULL, wanted->given);
        assert_text(vaxdir_link_reason_name(vaxdir_link_reason(world->link)), wanted->reason, wanted->given);
        bool emits = vaxdir_link_url(world->link) != NULL;
        bool unknown = vaxdir_link_verdict(world->link) == VAXDIR_VERDICT_UNKNOWN;
        assert_true(emits == (unknown && strcmp(wanted->reason, "no-scheme") != 0));
        if (emits)
            assert_settled(world, world->rules, NULL);
    }
}

static const refused no_links[] = {
    {"", "empty"},
    {" \xC2\xA0\t", "empty"},
    {"Doctolib", "word"},
    {"doctolib en cours", "word"},
    {"RIEN", "word"},
    {"?", "word"},
    {"\xC3\xA0 venir", "word"},
    {"Doctolib: en cours", "word"},
    {"9:00-17:00", "word"},
    {"Ferm\xC3\xA9 le lundi.\nOuvert mardi", "word"},
    {"8", "word"},
    {"rdv@hopital.example", "email"},
    {"mailto:rdv@hopital.example", "email"},
    {"www.doctolib.fr@evil.example", "email"},
    {"01 02 03 04 05", "phone"},
    {"3975", "phone"},
    {"tel:+33102030405", "phone"},
    {"\xFFhttps://www.doctolib.fr/", "bad-input"},
    {"https://www.doctolib.fr/\xED\xA0\x80", "bad-input"},
};

static void test_no_link(void **state)
{
    link_world *world = *state;
    for (size_t i = 0; i < sizeof no_links / sizeof no_links[0]; i++) {
        judge(world, no_links[i].given);
        assert_int_equal(vaxdir_link_verdict(world->link), VAXDIR_VERDICT_NONE);
        assert_text(vaxdir_link_reason_name(vaxdir_link_reason(world->link)), no_links[i].reason, no_links[i].given);
        assert_null(vaxdir_link_url(world->link));
    }
    judge_bytes(world, world->rules, "https://www.doctolib.fr\0.evil.example/", 38, NULL);
    assert_int_equal(vaxdir_link_reason(world->link), VAXDIR_LINK_REASON_BAD_INPUT);
    judge_bytes(world, world->rules, NULL, 0, NULL);
    assert_int_equal(vaxdir_link_reason(world->link), VAXDIR_LINK_REASON_EMPTY);
}

/* The limit holds for what comes in and for what escaping makes of it. */
static void test_too_long(void **state)
{
    link_world *world = *state;
    char url[2100] = "https://www.doctolib.fr/a/b/";
    memset(url + strlen(url), 'c', 2048 - strlen(url));
    judge_bytes(world, world->rules, url, 2048, NULL);
    assert_string_equal(vaxdir_link_provider(world->link), "doctolib");
    url[2048] = 'c';
    judge_bytes(world, world->rules, url, 2049, NULL);
    assert_int_equal(vaxdir_link_reason(world->link), VAXDIR_LINK_REASON_TOO_LONG);
    memset(url + 100, '{', 1000);
    judge_bytes(world, world->rules, url, 1100, NULL);
    assert_int_equal(vaxdir_link_reason(world->link), VAXDIR_LINK_REASON_TOO_LONG);
    assert_null(vaxdir_link_url(world->link));
}

static void test_unknown(void **state)
{
    link_world *world = *state;
    judge(world, "http://Www.Ville.Example/A/../B?x=1?y=2&utm=3#/login");
    assert_int_equal(vaxdir_link_verdict(world->link), VAXDIR_VERDICT_UNKNOWN);
    assert_string_equal(vaxdir_link_url(world->link), "http://www.ville.example/B?x=1?y=2&utm=3#/login");
    assert_settled(world, world->rules, NULL);
    judge(world, "https://www.h\xC3\xB4pital.example/rdv");
    assert_string_equal(vaxdir_link_url(world->link), "https://www.xn--hpital-ixa.example/rdv");
    assert_settled(world, world->rules, NULL);
}

/* Suffix and shape together, or a declaration and the shape: never one of them alone. */
static void test_suffix_and_declared(void **state)
{
    static const struct {
        const char *url, *declared, *verdict, *reason, *page, *key;
        uint32_t warnings;
    } cases[] = {
        {"http://shop.libretto.example/book/12-jab/start", NULL, "suffix+shape", NULL, "centre",
         "libretto/shop.libretto.example/12", RAISED},
        {"https://shop.libretto.example/place/01234?c=5", NULL, "suffix+shape", NULL, "centre",
         "libretto/shop.libretto.example/01234/5", 0},
        {"https://shop.libretto.example/place/01234", NULL, "suffix+shape", NULL, "information", NULL, 0},
        {"https://shop.libretto.example/", NULL, "unknown", "unknown-shape", NULL, NULL, 0},
        {"https://libretto.example/book/12-jab/start", NULL, "unknown", "unknown-host", NULL, NULL, 0},
        {"https://evillibretto.example/book/12-jab/start", NULL, "unknown", "unknown-host", NULL, NULL, 0},
        {"https://libretto.example.evil.example/book/12-jab/start", NULL, "unknown", "unknown-host", NULL, NULL, 0},
        {"https://own.example/book/12-jab/start", NULL, "unknown", "unknown-host", NULL, NULL, 0},
        {"https://own.example/book/12-jab/start", "libretto", "declared", NULL, "centre", "libretto/own.example/12", 0},
        {"https://own.example/elsewhere", "libretto", "unknown", "unknown-host", NULL, NULL, 0},
        {"https://own.example/book/12-jab/start", "nobody", "unknown", "unknown-host", NULL, NULL, 0},
        {"https://\xC3\xA9.example/book/12-jab/start", "libretto", "unknown", "foreign-script", NULL, NULL, 0},
        {"https://shop.libretto.example/book/12-jab/start", "nobody", "suffix+shape", NULL, "centre",
         "libretto/shop.libretto.example/12", VAXDIR_LINK_WARNING_DECLARED_MISMATCH},
        {"https://x.gate.example/go?to=https%3A%2F%2Fown.example%2Fbook%2F12-jab%2Fstart", "libretto", "declared", NULL,
         "centre", "libretto/own.example/12", UNWRAPPED},
    };
    link_world *world = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        judge_bytes(world, world->made_up, cases[i].url, strlen(cases[i].url), cases[i].declared);
        assert_text(vaxdir_verdict_name(vaxdir_link_verdict(world->link)), cases[i].verdict, cases[i].url);
        assert_text(vaxdir_link_reason_name(vaxdir_link_reason(world->link)), cases[i].reason, cases[i].url);
        assert_text(vaxdir_link_page(world->link), cases[i].page, cases[i].url);
        assert_text(vaxdir_link_key(world->link), cases[i].key, cases[i].url);
        assert_int_equal(vaxdir_link_warnings(world->link), cases[i].warnings);
        if ((cases[i].warnings & VAXDIR_LINK_WARNING_DECLARED_MISMATCH) == 0)
            assert_settled(world, world->made_up, cases[i].declared);
    }
    judge_bytes(world, world->rules, D "a/b/c", strlen(D "a/b/c"), "maiia");
    assert_string_equal(vaxdir_link_provider(world->link), "doctolib");
    assert_int_equal(vaxdir_link_warnings(world->link), VAXDIR_LINK_WARNING_DECLARED_MISMATCH);
}

/* Wrappers in wrappers end. */
static void test_deep_wrappers(void **state)
{
    link_world *world = *state;
    char url[1200] = "";
    for (int depth = 0; depth < 20; depth++)
        strcat(url, "https://a.gate.example/go?to=");
    strcat(url, "https://a.libretto.example/book/12-jab/start");
    judge_bytes(world, world->made_up, url + 12 * strlen("https://a.gate.example/go?to="),
                strlen(url) - 12 * strlen("https://a.gate.example/go?to="), NULL);
    assert_string_equal(vaxdir_link_provider(world->link), "libretto");
    judge_bytes(world, world->made_up, url, strlen(url), NULL);
    assert_null(vaxdir_link_provider(world->link));
    assert_null(vaxdir_link_url(world->link));
}

/* An allocator that counts, and that fails at the Nth call when told to. */
typedef struct counting {
    long calls;
    long fail_at;
    long live;
} counting;

static bool fails(counting *counter)
{
    return ++counter->calls == counter->fail_at;
}

static void *count_allocate(size_t size, void *user)
{
    counting *counter = user;
    if (fails(counter))
        return NULL;
    counter->live++;
    return malloc(size);
}

static void *count_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    (void)old_size;
    return fails(user) ? NULL : realloc(memory, new_size);
}

static void count_free(void *memory, size_t size, void *user)
{
    counting *counter = user;
    (void)size;
    counter->live--;
    free(memory);
}

static vaxdir_context *counting_context(counting *counter)
{
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    vaxdir_context *context = NULL;
    options.allocate = count_allocate;
    options.reallocate = count_reallocate;
    options.free = count_free;
    options.user = counter;
    assert_int_equal(vaxdir_context_new(&options, &context), VAXDIR_OK);
    return context;
}

static void test_memory(void **state)
{
    static const char short_url[] = "https://www.maiia.com/c/p/n";
    static const char url[] = "https://urldefense.com/v3/__https://www.doctolib.fr/a/b/c?pid=practice-1__;!!x";
    link_world *world = *state;
    counting counter = {0, 0, 0};
    vaxdir_context *context = counting_context(&counter);
    vaxdir_link *link = NULL;
    for (long nth = 1;; nth++) {
        counter.calls = 0;
        counter.fail_at = nth;
        vaxdir_status status = vaxdir_link_new(context, &link);
        if (status == VAXDIR_OK)
            status = vaxdir_link_judge(context, world->rules, short_url, strlen(short_url), NULL, 0, link);
        bool filled = status == VAXDIR_OK;
        if (status == VAXDIR_OK)
            status = vaxdir_link_judge(context, world->rules, url, strlen(url), NULL, 0, link);
        if (status == VAXDIR_OK)
            break;
        assert_int_equal(status, VAXDIR_ERROR_MEMORY);
        if (filled)
            assert_string_equal(vaxdir_link_key(link), "maiia/n"); /* as it was */
        link = vaxdir_link_unref(link);
    }
    /* warm now: nothing is allocated any more */
    counter.fail_at = 0;
    long before = counter.calls;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(vaxdir_link_judge(context, world->rules, url, strlen(url), NULL, 0, link), VAXDIR_OK);
        assert_int_equal(vaxdir_link_judge(context, world->rules, short_url, strlen(short_url), NULL, 0, link),
                         VAXDIR_OK);
    }
    assert_int_equal(counter.calls, before);
    vaxdir_link_unref(link);
    vaxdir_context_unref(context);
    assert_int_equal(counter.live, 0);
}

static void test_arguments(void **state)
{
    link_world *world = *state;
    vaxdir_link *link = NULL;
    assert_int_equal(vaxdir_link_new(NULL, &link), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_new(world->context, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_judge(world->context, NULL, "", 0, NULL, 0, world->link), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_judge(world->context, world->rules, NULL, 1, NULL, 0, world->link),
                     VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_judge(world->context, world->rules, "", 0, NULL, 1, world->link),
                     VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_judge(world->context, world->rules, "", 0, NULL, 0, NULL), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_link_verdict(NULL), VAXDIR_VERDICT_NONE);
    assert_int_equal(vaxdir_link_reason(NULL), VAXDIR_LINK_REASON_EMPTY);
    assert_null(vaxdir_link_url(NULL));
    assert_null(vaxdir_link_unref(NULL));
    assert_null(vaxdir_verdict_name(6));
    assert_null(vaxdir_link_reason_name(VAXDIR_LINK_REASON_NONE));
    assert_null(vaxdir_link_warning_name(3));
    assert_string_equal(vaxdir_link_warning_name(VAXDIR_LINK_WARNING_QUOTE), "quote");
}

/* A stored verdict comes back as it was put in. */
static void test_fill(void **state)
{
    link_world *world = *state;
    vaxdir_slice none = {NULL, 0};
    assert_int_equal(vaxdir_link_fill(world->context, world->link, VAXDIR_VERDICT_EXACT, 0, 3, vaxdir_slice_of("p"),
                                      vaxdir_slice_of("centre"), none, vaxdir_slice_of("https://p.example/")),
                     VAXDIR_OK);
    assert_int_equal(vaxdir_link_warnings(world->link), 3);
    assert_string_equal(vaxdir_link_provider(world->link), "p");
    assert_string_equal(vaxdir_link_page(world->link), "centre");
    assert_null(vaxdir_link_key(world->link));
    assert_string_equal(vaxdir_link_url(world->link), "https://p.example/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),      cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_no_link),       cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_unknown),       cmocka_unit_test(test_suffix_and_declared),
        cmocka_unit_test(test_deep_wrappers), cmocka_unit_test(test_memory),
        cmocka_unit_test(test_arguments),     cmocka_unit_test(test_fill),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
