/* fuzz_link.c: any bytes as a link. Invariant watched: what is emitted is a plain web address of the host that was
 * judged, and judging it again gives the same link, provider, page and key with nothing to repair. */
#include <stdbool.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "fuzz.h"

static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_link *link_handle, *again;

static void start(void)
{
    PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
    PROMISE(vaxdir_rules_default(context, &rules) == VAXDIR_OK);
    PROMISE(vaxdir_link_new(context, &link_handle) == VAXDIR_OK);
    PROMISE(vaxdir_link_new(context, &again) == VAXDIR_OK);
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_plain(const char *url)
{
    size_t length = strlen(url), start_of_host = strncmp(url, "https://", 8) == 0 ? 8 : 7;
    PROMISE(length <= 2048);
    PROMISE(strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0);
    for (size_t i = 0; i < length; i++)
        PROMISE(url[i] > ' ' && url[i] <= '~' && strchr("\"<>\\^`{|}'", url[i]) == NULL);
    size_t host = strcspn(url + start_of_host, "/?#");
    PROMISE(host > 2 && url[start_of_host + host] == '/');
    for (size_t i = 0; i < host; i++) {
        char c = url[start_of_host + i];
        PROMISE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.');
    }
}

/* The first byte chooses what the source declares. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const declarations[] = {NULL, "valwin", "mesoigner", "doctolib", "nobody"};
    const char *declared = size == 0 ? NULL : declarations[data[0] % 5];
    size_t declared_length = declared == NULL ? 0 : strlen(declared);
    if (context == NULL)
        start();
    const char *text = (const char *)data + (size != 0);
    size_t length = size - (size != 0);
    PROMISE(vaxdir_link_judge(context, rules, text, length, declared, declared_length, link_handle) == VAXDIR_OK);
    int32_t verdict = vaxdir_link_verdict(link_handle), reason = vaxdir_link_reason(link_handle);
    const char *url = vaxdir_link_url(link_handle), *provider = vaxdir_link_provider(link_handle);
    PROMISE(vaxdir_verdict_name(verdict) != NULL);
    PROMISE((verdict >= VAXDIR_VERDICT_DECLARED) == (provider != NULL));
    PROMISE((verdict >= VAXDIR_VERDICT_DECLARED) == (reason == VAXDIR_LINK_REASON_NONE));
    PROMISE((provider != NULL) == (vaxdir_link_page(link_handle) != NULL));
    bool emits = verdict >= VAXDIR_VERDICT_UNKNOWN && reason != VAXDIR_LINK_REASON_NO_SCHEME;
    PROMISE(emits == (url != NULL));
    if (url == NULL)
        return 0;
    check_plain(url);
    PROMISE(vaxdir_link_judge(context, rules, url, strlen(url), declared, declared_length, again) == VAXDIR_OK);
    PROMISE(vaxdir_link_verdict(again) == verdict && vaxdir_link_reason(again) == reason);
    PROMISE(same(vaxdir_link_url(again), url) && same(vaxdir_link_provider(again), provider));
    PROMISE(same(vaxdir_link_page(again), vaxdir_link_page(link_handle)));
    PROMISE(same(vaxdir_link_key(again), vaxdir_link_key(link_handle)));
    PROMISE((vaxdir_link_warnings(again) & ~(uint32_t)VAXDIR_LINK_WARNING_DECLARED_MISMATCH) == 0);
    return 0;
}
