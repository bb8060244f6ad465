/* mutate_links.c: judges mutated links and prints each with what came out, for a second reader to check. Invariant: the
 * same seed gives the same lines on every machine.
 *
 *     mutate_links COUNT SEED      input in hexadecimal, verdict, warnings, emitted URL; a tab between them
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

enum { TEXT_SIZE = 600, CHANGES_MAX = 4 };

static const char *const seeds[] = {
    "https://www.doctolib.fr/centre-de-sante/villeneuve/centre?pid=practice-1&utm_source=x#top",
    "http://partners.doctolib.fr/hopital-public/alen\xC3\xA7on/centre?pid=practice-1?speciality_id=5494",
    "https://vaccination-covid.keldoc.com/redirect/?dom=a&inst=b-1&user=c&cabinet=12",
    "https://www.maiia.com/centre-(ch)/1-v/n---x-?centerid=0123456789abcdef01234567",
    "https://mapharma.net/99000-2?c=268&l=0",
    "https://Pharmacie-Exemple.epharmacie.pro/animations",
    "https://x.mesoigner.fr/rendez-vous/vaccination/12-a/pre-inscription?origin=x",
    "https://urldefense.com/v3/__https://www.doctolib.fr/a/*toile/c__;w6k!!abc$",
    "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%2Fa%2Fb%2Fc&data=x",
    "https://www.h\xC3\xB4pital.example/rdv?x=1?y='2'#/z",
    "https://www.ville.example/%7Ea/%2e%2E/b%2fc/./d//e?q=%zz&r=\xE2\x82\xAC",
    "https://www.sante.fr/centres-vaccination-covid.html#dep-20",
    "www.doctolib.fr/a/b/c",
    "https://user:word@www.doctolib.fr:443\\@evil.example:8443/a;b=c/..;/d",
    "https://0x7f.1/www.doctolib.fr",
    "https://xn--hpital-ixa.example/",
};

/* What the second reader may see in another way. */
static const char *const pieces[] = {
    "@",
    "\\",
    "/",
    "//",
    ":",
    ":443",
    ":80",
    ":8443",
    "?",
    "#",
    "%",
    "%2F",
    "%5C",
    "%40",
    "%00",
    "%2e",
    "%2E.",
    ".",
    "..",
    "/../",
    "/./",
    "%09",
    "%0a",
    " ",
    "\t",
    "\n",
    "\r",
    "\x01",
    "\x7F",
    "\xC2\xA0",
    "\xC2\xAD",
    "\xE2\x80\x8B",
    "xn--",
    "-",
    "_",
    "+",
    ",",
    ";",
    "=",
    "&",
    "'",
    "\"",
    "<",
    "|",
    "^",
    "`",
    "{",
    "~",
    "[",
    "]",
    "[::1]",
    "127.0.0.1",
    "0x7f",
    "\xE3\x80\x82",
    "\xEF\xBC\x8E",
    "\xEF\xBD\xA1",
    "\xC3\x9F",
    "\xCF\x82",
    "\xE2\x93\x93",
    "\xEF\xBC\x8F",
    "\xEF\xBC\xA0",
    "\xE2\x84\x80",
    "\xD0\xB0",
    "\xC4\xB1",
    "evil.example",
    "www.doctolib.fr",
    "doctolib",
    "https://",
    "http:",
    "HTTPS://",
    "javascript:",
    "\xCC\x81",
};

static uint64_t state;

static size_t draw(size_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % below);
}

static size_t replace(char *text, size_t length, size_t at, size_t gone, const char *piece, size_t size)
{
    if (length - gone + size >= TEXT_SIZE)
        return length;
    memmove(text + at + size, text + at + gone, length - at - gone);
    memcpy(text + at, piece, size);
    return length - gone + size;
}

static size_t change(char *text, size_t length)
{
    /* Near the beginning most of the time: that is where the host is. */
    size_t at = draw(draw(3) != 0 && length > 40 ? 40 : length + 1);
    size_t left = length - at;
    const char *piece = pieces[draw(sizeof pieces / sizeof pieces[0])];
    char byte = (char)(unsigned char)draw(256);
    switch (draw(8)) {
    case 0:
        return replace(text, length, at, left < 3 ? left : draw(3), "", 0);
    case 1:
        return replace(text, length, at, left == 0 ? 0 : 1, &byte, 1);
    case 2:
        return replace(text, length, at, left < 8 ? left : draw(8), piece, strlen(piece));
    case 3:
        if (left != 0)
            text[at] = (char)(text[at] ^ 0x20);
        return length;
    default:
        return replace(text, length, at, 0, piece, strlen(piece));
    }
}

int main(int argc, char **argv)
{
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    vaxdir_link *link = NULL;
    if (argc != 3)
        return 2;
    unsigned long count = strtoul(argv[1], NULL, 10);
    state = strtoul(argv[2], NULL, 10) * 2654435761u + 88172645463325252u;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_rules_default(context, &rules) != VAXDIR_OK ||
        vaxdir_link_new(context, &link) != VAXDIR_OK)
        return 1;
    for (unsigned long i = 0; i < count; i++) {
        char text[TEXT_SIZE];
        const char *seed = seeds[draw(sizeof seeds / sizeof seeds[0])];
        size_t length = strlen(seed);
        memcpy(text, seed, length);
        for (size_t changes = 1 + draw(CHANGES_MAX); changes > 0; changes--)
            length = change(text, length);
        if (vaxdir_link_judge(context, rules, text, length, NULL, 0, link) != VAXDIR_OK)
            return 1;
        for (size_t k = 0; k < length; k++)
            printf("%02x", (unsigned)(unsigned char)text[k]);
        printf("\t%d\t%u\t%s\n", (int)vaxdir_link_verdict(link), (unsigned)vaxdir_link_warnings(link),
               vaxdir_link_url(link) == NULL ? "" : vaxdir_link_url(link));
    }
    vaxdir_link_unref(link);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}
