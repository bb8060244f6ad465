/* vouch.c: see vouch.h. Invariant: what is not sure is not vouched for; the caller then judges again. */
#include "vouch.h"

#include <string.h>

#include <vaxdir/link.h>

#include "model.h"

/* The host of a URL as the library emits it: no user name, no port, lower case. */
static vaxdir_slice host_of(vaxdir_slice url)
{
    const char *start = url.length < 8 ? NULL : memchr(url.bytes, '/', 8);
    if (start == NULL || (size_t)(start - url.bytes) + 2 > url.length)
        return (vaxdir_slice){NULL, 0};
    start += 2;
    size_t length = 0, most = url.length - (size_t)(start - url.bytes);
    while (length < most && strchr("/?#", start[length]) == NULL)
        length++;
    return (vaxdir_slice){start, length};
}

bool vaxdir_rules_vouch(const vaxdir_rules *rules, int32_t trust, vaxdir_slice provider, vaxdir_slice url)
{
    if (provider.bytes == NULL)
        return true;
    if (url.bytes == NULL)
        return false;
    vaxdir_slice host = host_of(url);
    const vaxdir_host *exact = vaxdir_rules_find_host(rules, host);
    const vaxdir_host *suffix = vaxdir_rules_find_suffix(rules, host);
    const vaxdir_provider *claimed = vaxdir_rules_find(rules, provider);
    switch (trust) {
    case VAXDIR_VERDICT_EXACT:
        return claimed != NULL && exact != NULL && exact->provider == claimed;
    case VAXDIR_VERDICT_SUFFIX_SHAPE:
        return claimed != NULL && exact == NULL && suffix != NULL && suffix->provider == claimed;
    case VAXDIR_VERDICT_DECLARED:
        return claimed != NULL && claimed->declared && exact == NULL;
    default:
        return false;
    }
}
