/* verdicts.c: see verdicts.h. Invariant: a row holds an emitted link only where the verdict allows one. */
#include "verdicts.h"

#include <string.h>

#include <vaxdir/report.h>

#include "../provider/link.h"
#include "../provider/phone.h"

static bool add_name(vaxdir_pool *pool, const char *text, uint32_t *ret_name)
{
    return vaxdir_pool_add(pool, vaxdir_slice_of(text), ret_name);
}

/* The first two different numbers of both fields. What is left over is told where the field has no other fault. */
static bool add_phones(vaxdir_phones found[2], vaxdir_pool *pool, vaxdir_verdict_row *row)
{
    const char *first = NULL, *second = NULL;
    for (int field = 0; field < 2; field++)
        for (size_t i = 0; i < found[field].count; i++) {
            const char *number = found[field].numbers[i];
            if (first == NULL)
                first = number;
            else if (strcmp(first, number) != 0 && second == NULL)
                second = number;
            else if (strcmp(first, number) != 0 && strcmp(second, number) != 0 &&
                     found[field].reason == VAXDIR_PHONE_REASON_NONE)
                found[field].reason = VAXDIR_PHONE_REASON_TOO_MANY;
        }
    row->phone_reason = (uint8_t)found[0].reason;
    row->phone_2_reason = (uint8_t)found[1].reason;
    return add_name(pool, first, &row->phone) && add_name(pool, second, &row->phone_2);
}

vaxdir_status vaxdir_verdict_judge(vaxdir_context *context, const vaxdir_rules *rules, vaxdir_link *link,
                                   vaxdir_slice url, vaxdir_slice declared, vaxdir_slice phone, vaxdir_slice phone_2,
                                   vaxdir_pool *pool, vaxdir_verdict_row *row)
{
    vaxdir_status status = vaxdir_link_judge_text(context, rules, url, declared, link);
    if (status != VAXDIR_OK)
        return status;
    /* The phones may be texts of the pool, which moves when it grows: they are read before anything is added. */
    vaxdir_phones phones[2];
    vaxdir_phones_read(rules, phone, &phones[0]);
    vaxdir_phones_read(rules, phone_2, &phones[1]);
    memset(row, 0, sizeof *row);
    row->trust = (uint8_t)vaxdir_link_verdict(link);
    row->reason = (uint8_t)vaxdir_link_reason(link);
    row->warnings = vaxdir_link_warnings(link);
    if (!add_name(pool, vaxdir_link_provider(link), &row->provider) ||
        !add_name(pool, vaxdir_link_page(link), &row->page) || !add_name(pool, vaxdir_link_key(link), &row->key) ||
        !add_name(pool, vaxdir_link_url(link), &row->url) || !add_phones(phones, pool, row))
        return vaxdir_context_fail_memory(context);
    return VAXDIR_OK;
}

/* A file proves its integrity, not its author: what it would have emitted must at least be a plain web address. */
static bool plain_url(vaxdir_slice url)
{
    bool https = url.length > 8 && memcmp(url.bytes, "https://", 8) == 0;
    bool http = url.length > 7 && memcmp(url.bytes, "http://", 7) == 0;
    if (!https && !http)
        return false;
    for (size_t i = 0; i < url.length; i++)
        if (url.bytes[i] <= ' ' || url.bytes[i] > '~' || strchr("\"<>\\^`{|}", url.bytes[i]) != NULL)
            return false;
    const char *host = url.bytes + (https ? 8 : 7);
    size_t length = strcspn(host, "/?#"); /* texts of a pool end in NUL */
    return length > 0 && memchr(host, '@', length) == NULL;
}

static bool plain_phone(vaxdir_slice phone)
{
    size_t start = phone.length > 0 && phone.bytes[0] == '+';
    for (size_t i = start; i < phone.length; i++)
        if (phone.bytes[i] < '0' || phone.bytes[i] > '9')
            return false;
    return phone.length > start && phone.length < 20;
}

bool vaxdir_verdict_good(const vaxdir_verdict_row *row, const vaxdir_strings *strings, const unsigned char *starts)
{
    const uint32_t names[] = {row->provider, row->page, row->key, row->url, row->phone, row->phone_2};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!vaxdir_strings_name_good(strings, starts, names[i]))
            return false;
    bool emits = row->trust == VAXDIR_VERDICT_UNKNOWN || row->trust == VAXDIR_VERDICT_DECLARED ||
                 row->trust == VAXDIR_VERDICT_SUFFIX_SHAPE || row->trust == VAXDIR_VERDICT_EXACT;
    bool provided = emits && row->trust != VAXDIR_VERDICT_UNKNOWN;
    if (row->phone_reason > VAXDIR_PHONE_REASON_TOO_MANY || row->phone_2_reason > VAXDIR_PHONE_REASON_TOO_MANY)
        return false;
    if (row->trust > VAXDIR_VERDICT_EXACT || (!emits && row->url != 0) || provided != (row->provider != 0))
        return false;
    if (row->url != 0 && !plain_url(vaxdir_strings_get(strings, row->url)))
        return false;
    if (row->phone != 0 && !plain_phone(vaxdir_strings_get(strings, row->phone)))
        return false;
    return row->phone_2 == 0 || plain_phone(vaxdir_strings_get(strings, row->phone_2));
}
