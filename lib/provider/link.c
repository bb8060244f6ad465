/* link.c: the verdict on a link, and the handle that holds it. Invariants: the URL in a handle was rebuilt from parts
 * and passed a strict parser; judging it again gives the same URL, provider, page and key. */
#include "link.h"

#include <string.h>

#include "parts.h"

/* Wrappers in wrappers; nobody forwards a mail through more gateways. */
enum { WRAPPERS_MAX = 8 };

/* Room that the texts of any usual link fit in, so that a warm handle allocates nothing. */
enum { TEXTS_USUAL = 1024 };

struct vaxdir_link {
    vaxdir_memory memory;
    vaxdir_link_work *work; /* made by the first judgement */
    vaxdir_buffer arena;
    vaxdir_buffer texts; /* what the six pointers point into */
    vaxdir_buffer spare; /* the next texts, until they are complete */
    int32_t verdict;
    int32_t reason;
    uint32_t warnings;
    const char *provider;
    const char *page;
    const char *key;
    const char *url;
    const char *rest;
    const char *named;
};

vaxdir_status vaxdir_link_make(vaxdir_context *context, vaxdir_link **ret_link)
{
    vaxdir_link *link = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *link);
    if (link == NULL)
        return vaxdir_context_fail_memory(context);
    link->memory = context->memory;
    link->arena.memory = link->texts.memory = link->spare.memory = &link->memory;
    link->reason = VAXDIR_LINK_REASON_EMPTY;
    *ret_link = link;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_link_new(vaxdir_context *context, vaxdir_link **ret_link)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_link == NULL)
        return vaxdir_context_fail_null(context, "ret_link");
    return vaxdir_link_make(context, ret_link);
}

vaxdir_link *vaxdir_link_unref(vaxdir_link *link)
{
    if (link == NULL)
        return NULL;
    vaxdir_memory memory = link->memory;
    vaxdir_buffer_free(&link->arena);
    vaxdir_buffer_free(&link->texts);
    vaxdir_buffer_free(&link->spare);
    vaxdir_memory_free(&memory, link->work, 1, sizeof *link->work);
    vaxdir_memory_free(&memory, link, 1, sizeof *link);
    return NULL;
}

static const char *copy_text(vaxdir_buffer *buffer, vaxdir_slice text)
{
    if (text.bytes == NULL)
        return NULL;
    char *start = (char *)buffer->bytes + buffer->length;
    if (text.length != 0)
        memcpy(start, text.bytes, text.length);
    start[text.length] = '\0';
    buffer->length += text.length + 1;
    return start;
}

static vaxdir_status fill(vaxdir_context *context, vaxdir_link *link, const vaxdir_judgement *judgement)
{
    const vaxdir_slice texts[] = {judgement->provider, judgement->page, judgement->key,
                                  judgement->url,      judgement->rest, judgement->named};
    const char **const pointers[] = {&link->provider, &link->page, &link->key, &link->url, &link->rest, &link->named};
    size_t needed = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        needed += texts[i].length + 1;
    link->spare.length = 0;
    if (!vaxdir_buffer_reserve(&link->spare, needed < TEXTS_USUAL ? TEXTS_USUAL : needed))
        return vaxdir_context_fail_memory(context);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *pointers[i] = copy_text(&link->spare, texts[i]);
    link->verdict = judgement->verdict;
    link->reason = judgement->reason;
    link->warnings = judgement->warnings;
    vaxdir_buffer filled = link->spare;
    link->spare = link->texts;
    link->texts = filled;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_link_fill(vaxdir_context *context, vaxdir_link *link, int32_t verdict, int32_t reason,
                               uint32_t warnings, vaxdir_slice provider, vaxdir_slice page, vaxdir_slice key,
                               vaxdir_slice url)
{
    const vaxdir_judgement judgement = {
        .verdict = verdict,
        .reason = reason,
        .warnings = warnings,
        .provider = provider,
        .page = page,
        .key = key,
        .url = url,
    };
    return fill(context, link, &judgement);
}

static void conclude(vaxdir_judgement *judgement, int32_t verdict, int32_t reason)
{
    *judgement = (vaxdir_judgement){.verdict = verdict, .reason = reason, .warnings = judgement->warnings};
}

/* A quotation mark at the end that opens nowhere, or a pair around the whole. */
static vaxdir_slice unquote(vaxdir_slice text, uint32_t *warnings)
{
    if (text.length < 2 || text.bytes[text.length - 1] != '"')
        return text;
    const char *first = memchr(text.bytes, '"', text.length);
    bool pair = first == text.bytes;
    if (!pair && first != text.bytes + text.length - 1)
        return text;
    text.length--;
    if (pair) {
        text.bytes++;
        text.length--;
    }
    *warnings |= VAXDIR_LINK_WARNING_QUOTE;
    return vaxdir_text_trim(text);
}

/* The kind of a text with hidden characters, told as if they were not there: that is how people and browsers read it.
 */
static vaxdir_text_kind kind_without_hidden(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_link_work *work)
{
    vaxdir_writer out = {work->normal, 0, sizeof work->normal, false};
    for (size_t i = 0; i < text.length && !out.full; i++) {
        size_t size = 1;
        while (i + size < text.length && ((unsigned char)text.bytes[i + size] & 0xC0) == 0x80)
            size++;
        vaxdir_slice character = {text.bytes + i, size};
        if (!vaxdir_text_hides(character))
            vaxdir_write(&out, character);
        i += size - 1;
    }
    return vaxdir_text_kind_of(rules, (vaxdir_slice){work->normal, out.length});
}

/* Settles what is no http(s) link or is refused before it is taken apart; true if that is all there is to say. */
static bool judge_kind(vaxdir_text_kind kind, bool hides, vaxdir_slice text, vaxdir_judgement *judgement)
{
    if (kind == VAXDIR_TEXT_WORD)
        conclude(judgement, VAXDIR_VERDICT_NONE, VAXDIR_LINK_REASON_WORD);
    else if (kind == VAXDIR_TEXT_EMAIL)
        conclude(judgement, VAXDIR_VERDICT_NONE, VAXDIR_LINK_REASON_EMAIL);
    else if (kind == VAXDIR_TEXT_PHONE)
        conclude(judgement, VAXDIR_VERDICT_NONE, VAXDIR_LINK_REASON_PHONE);
    else if (hides)
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_CONTROL);
    else if (kind == VAXDIR_TEXT_OTHER_SCHEME)
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SCHEME);
    else if (kind == VAXDIR_TEXT_HOST)
        conclude(judgement, VAXDIR_VERDICT_UNKNOWN, VAXDIR_LINK_REASON_NO_SCHEME);
    else if (text.length > VAXDIR_LINK_BYTES_MAX)
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_TOO_LONG);
    else if (memchr(text.bytes, '\\', text.length) != NULL)
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_BACKSLASH);
    else
        return false;
    return true;
}

/* A link that is no provider's, with all its parts. */
static void judge_unknown(int32_t reason, vaxdir_link_work *work, vaxdir_judgement *judgement)
{
    const vaxdir_parts *parts = &work->parts;
    vaxdir_writer out = {work->url, 0, sizeof work->url, false};
    conclude(judgement, VAXDIR_VERDICT_UNKNOWN, reason);
    vaxdir_write(&out, vaxdir_slice_of(parts->https ? "https://" : "http://"));
    vaxdir_write(&out, (vaxdir_slice){parts->host, parts->host_length});
    vaxdir_write(&out, parts->path);
    if (parts->query.bytes != NULL) {
        vaxdir_write_byte(&out, '?');
        vaxdir_write(&out, parts->query);
    }
    if (parts->fragment.bytes != NULL) {
        vaxdir_write_byte(&out, '#');
        vaxdir_write(&out, parts->fragment);
    }
    if (!out.full)
        judgement->url = (vaxdir_slice){work->url, out.length};
}

/* Finds whose link the parts are: by the exact host, by suffix and shape, or as declared and shaped. */
static void judge_owner(const vaxdir_rules *rules, vaxdir_slice declared, const vaxdir_host *exact,
                        const vaxdir_host *suffix, vaxdir_link_work *work, vaxdir_judgement *judgement)
{
    vaxdir_slice host = {work->parts.host, work->parts.host_length};
    vaxdir_judgement trial = *judgement;
    if ((exact != NULL || suffix != NULL) && vaxdir_path_holds_address(work->parts.path)) {
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SYNTAX);
        return;
    }
    if (exact != NULL && exact->provider != NULL) {
        vaxdir_provider_judge(exact->provider, exact->emit, work, judgement);
        judgement->verdict = VAXDIR_VERDICT_EXACT;
    } else if (suffix != NULL && suffix->provider != NULL) {
        if (!vaxdir_provider_judge(suffix->provider, host, work, &trial)) {
            judge_unknown(VAXDIR_LINK_REASON_UNKNOWN_SHAPE, work, judgement);
            return;
        }
        *judgement = trial;
        judgement->verdict = VAXDIR_VERDICT_SUFFIX_SHAPE;
    } else {
        const vaxdir_provider *provider =
            work->parts.foreign || declared.length == 0 ? NULL : vaxdir_rules_find(rules, declared);
        if (provider != NULL && provider->declared && vaxdir_provider_judge(provider, host, work, &trial)) {
            *judgement = trial;
            judgement->verdict = VAXDIR_VERDICT_DECLARED;
        } else {
            judge_unknown(work->parts.foreign ? VAXDIR_LINK_REASON_FOREIGN_SCRIPT : VAXDIR_LINK_REASON_UNKNOWN_HOST,
                          work, judgement);
        }
        return;
    }
    if (declared.length != 0 && !vaxdir_slice_equal(declared, judgement->provider))
        judgement->warnings |= VAXDIR_LINK_WARNING_DECLARED_MISMATCH;
}

/* Judges http(s) from the authority on. What a wrapper holds goes to *ret_inside, in `room`; one that does not show
 * what it holds leads nobody knows where. */
static void judge_web(const vaxdir_rules *rules, vaxdir_slice text, bool https, vaxdir_slice declared,
                      vaxdir_link_work *work, char *room, vaxdir_judgement *judgement, vaxdir_slice *ret_inside)
{
    int32_t reason = vaxdir_parts_read(text, https, work);
    judgement->warnings |= work->parts.warnings;
    if (reason != 0) {
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, reason);
        return;
    }
    vaxdir_slice host = {work->parts.host, work->parts.host_length};
    const vaxdir_host *exact = work->parts.foreign ? NULL : vaxdir_rules_find_host(rules, host);
    const vaxdir_host *suffix = work->parts.foreign || exact != NULL ? NULL : vaxdir_rules_find_suffix(rules, host);
    const vaxdir_host *owner = exact != NULL ? exact : suffix;
    if (owner != NULL && owner->wrapper != NULL) {
        *ret_inside = vaxdir_wrapper_open(owner->wrapper, &work->parts, room, VAXDIR_LINK_BYTES_MAX);
        if (ret_inside->bytes == NULL)
            conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SYNTAX);
        return;
    }
    judge_owner(rules, declared, exact, suffix, work, judgement);
}

/* Whether more than white space was trimmed: a zero width space or a byte order mark is nothing that people write. */
static bool trimmed_hidden(vaxdir_slice given, vaxdir_slice text)
{
    for (size_t i = 0; i + 3 <= given.length; i++) {
        bool inside = given.bytes + i >= text.bytes && given.bytes + i < text.bytes + text.length;
        if (!inside &&
            (memcmp(given.bytes + i, "\xE2\x80\x8B", 3) == 0 || memcmp(given.bytes + i, "\xEF\xBB\xBF", 3) == 0))
            return true;
    }
    return false;
}

/* One layer: `room` is where the inside of a wrapper goes. */
static void judge_layer(const vaxdir_rules *rules, vaxdir_slice given, vaxdir_slice declared, vaxdir_link_work *work,
                        char *room, vaxdir_judgement *judgement, vaxdir_slice *ret_inside)
{
    *judgement = (vaxdir_judgement){.verdict = VAXDIR_VERDICT_NONE, .reason = VAXDIR_LINK_REASON_BAD_INPUT};
    *ret_inside = (vaxdir_slice){NULL, 0};
    bool printable = vaxdir_text_printable(given);
    if (!printable && !vaxdir_text_valid(given))
        return;
    vaxdir_slice text = vaxdir_text_trim(given);
    if (text.length != given.length)
        judgement->warnings |= VAXDIR_LINK_WARNING_TRIMMED;
    judgement->reason = VAXDIR_LINK_REASON_EMPTY;
    text = unquote(text, &judgement->warnings);
    if (text.length == 0)
        return;
    bool hides = !printable && (vaxdir_text_hides(text) || trimmed_hidden(given, text));
    vaxdir_text_kind kind = hides ? kind_without_hidden(rules, text, work) : vaxdir_text_kind_of(rules, text);
    if (judge_kind(kind, hides, text, judgement))
        return;
    judgement->reason = VAXDIR_LINK_REASON_NONE;
    if (kind == VAXDIR_TEXT_KNOWN_HOST) {
        judgement->warnings |= VAXDIR_LINK_WARNING_SCHEME_ADDED;
        judge_web(rules, text, true, declared, work, room, judgement, ret_inside);
        return;
    }
    size_t scheme = kind == VAXDIR_TEXT_HTTPS ? 6 : 5;
    if (text.length < scheme + 2 || text.bytes[scheme] != '/' || text.bytes[scheme + 1] != '/') {
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SYNTAX);
        return;
    }
    text.bytes += scheme + 2;
    text.length -= scheme + 2;
    judge_web(rules, text, kind == VAXDIR_TEXT_HTTPS, declared, work, room, judgement, ret_inside);
}

/* Layer by layer. A wrapper with no link inside is unsafe: a browser may read one where nothing was read here. The
 * inside of each layer is in the room that the layer before the last has left, so two rooms are enough. */
static void judge_layers(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_slice declared, vaxdir_link_work *work,
                         vaxdir_judgement *judgement)
{
    vaxdir_slice inside;
    uint32_t warnings = 0;
    judge_layer(rules, text, declared, work, work->unwrapped[0], judgement, &inside);
    for (int depth = 1; inside.bytes != NULL; depth++) {
        if (depth > WRAPPERS_MAX) {
            conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_TOO_LONG);
            break;
        }
        text = inside;
        warnings |= judgement->warnings | VAXDIR_LINK_WARNING_UNWRAPPED;
        judge_layer(rules, text, declared, work, work->unwrapped[depth & 1], judgement, &inside);
        bool link = judgement->verdict != VAXDIR_VERDICT_NONE && judgement->reason != VAXDIR_LINK_REASON_NO_SCHEME;
        if (inside.bytes == NULL && !link)
            conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SYNTAX);
    }
    judgement->warnings |= warnings;
}

/* What may be emitted has room in a link and passes a strict parser; anything else is unsafe. */
static bool check_url(vaxdir_link *link, vaxdir_judgement *judgement)
{
    bool memory_ok = true;
    bool emits = judgement->verdict >= VAXDIR_VERDICT_UNKNOWN && judgement->reason != VAXDIR_LINK_REASON_NO_SCHEME;
    if (!emits)
        return true;
    if (judgement->url.bytes == NULL) {
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_TOO_LONG);
        return true;
    }
    size_t start = judgement->url.bytes[4] == 's' ? 8 : 7;
    vaxdir_slice host = {judgement->url.bytes + start, 0};
    while (start + host.length < judgement->url.length && host.bytes[host.length] != '/')
        host.length++;
    if (!vaxdir_syntax_good(judgement->url, host, &link->arena, &memory_ok))
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SYNTAX);
    return memory_ok;
}

/* One link, with the last look at what may be emitted; false when memory is out. */
static bool judge_one(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_slice declared, vaxdir_link *link,
                      vaxdir_judgement *judgement)
{
    judge_layers(rules, text, declared, link->work, judgement);
    return check_url(link, judgement);
}

/* Whether a text that holds a further link may be taken apart there. One unsafe part makes the whole unsafe. Where a
 * control character parts them, or the first has no path, so that programs may see one long host, each part must be a
 * provider's: real fields are like that, and an attack gains nothing from it. */
static bool parts_good(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_slice declared, vaxdir_link *link,
                       vaxdir_judgement *judgement, bool *ret_memory_ok)
{
    vaxdir_slice first = vaxdir_text_first_part(text);
    size_t slashes = 0;
    for (size_t i = 0; i < first.length; i++)
        slashes += first.bytes[i] == '/';
    bool strict = slashes < 3 || (!vaxdir_text_printable(text) && vaxdir_text_hides(text));
    *ret_memory_ok = true;
    while (text.bytes != NULL) {
        vaxdir_slice next = vaxdir_text_next_link(rules, text);
        vaxdir_slice part = next.bytes == NULL ? text : vaxdir_text_first_link(text);
        *ret_memory_ok = judge_one(rules, part, declared, link, judgement);
        if (!*ret_memory_ok || judgement->verdict == VAXDIR_VERDICT_UNSAFE)
            return false;
        if (strict && judgement->verdict < VAXDIR_VERDICT_DECLARED)
            return false;
        text = next;
    }
    return true;
}

/* Looks for a provider among words: not in an address, and not in the links that follow. */
static void name_provider(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_judgement *judgement)
{
    size_t start = judgement->reason == VAXDIR_LINK_REASON_NO_SCHEME ? vaxdir_text_first_part(text).length : 0;
    if (start == 0 && judgement->reason != VAXDIR_LINK_REASON_WORD)
        return;
    if (judgement->rest.bytes != NULL)
        text.length = (size_t)(judgement->rest.bytes - text.bytes);
    judgement->named = vaxdir_text_named(rules, (vaxdir_slice){text.bytes + start, text.length - start});
}

/* A link ends at white space: what follows is told and never becomes a part of its path. A script or an application
 * there makes the whole unsafe, an address is left for vaxdir_link_rest(). */
static bool cut_text(const vaxdir_rules *rules, vaxdir_slice given, vaxdir_slice declared, vaxdir_link *link,
                     vaxdir_judgement *judgement)
{
    uint32_t warnings = 0;
    vaxdir_slice trimmed = vaxdir_text_trim(given);
    vaxdir_slice text = unquote(trimmed, &warnings);
    if (trimmed.length != given.length)
        warnings |= VAXDIR_LINK_WARNING_TRIMMED;
    if (!vaxdir_text_ends_at_space(text))
        return true;
    vaxdir_slice next = vaxdir_text_next_address(rules, text);
    if (next.bytes != NULL && vaxdir_text_kind_of(rules, next) == VAXDIR_TEXT_OTHER_SCHEME) {
        conclude(judgement, VAXDIR_VERDICT_UNSAFE, VAXDIR_LINK_REASON_SCHEME);
        return true;
    }
    bool memory_ok = judge_one(rules, vaxdir_text_first_link(text), declared, link, judgement);
    judgement->warnings |= warnings;
    judgement->rest = next;
    if (next.bytes == NULL)
        judgement->warnings |= VAXDIR_LINK_WARNING_TEXT_AFTER;
    return memory_ok;
}

/* The whole of a text: its first link, and what else is there. */
static bool judge_field(const vaxdir_rules *rules, vaxdir_slice given, vaxdir_slice declared, vaxdir_link *link,
                        vaxdir_judgement *judgement)
{
    vaxdir_slice text = vaxdir_text_trim(given);
    vaxdir_slice next = {NULL, 0};
    bool memory_ok = true;
    bool spaced = vaxdir_text_printable(text) ? text.length != 0 && memchr(text.bytes, ' ', text.length) != NULL
                                              : vaxdir_text_valid(text);
    if (spaced)
        next = vaxdir_text_next_link(rules, text);
    if (next.bytes != NULL && vaxdir_text_begins_link(rules, text)) {
        if (parts_good(rules, text, declared, link, judgement, &memory_ok)) {
            memory_ok = judge_one(rules, vaxdir_text_first_link(text), declared, link, judgement);
            judgement->rest = next;
            if (text.length != given.length)
                judgement->warnings |= VAXDIR_LINK_WARNING_TRIMMED;
        } else if (memory_ok && judgement->verdict != VAXDIR_VERDICT_UNSAFE) {
            memory_ok = judge_one(rules, given, declared, link, judgement);
        }
    } else {
        memory_ok = judge_one(rules, given, declared, link, judgement);
        if (judgement->verdict == VAXDIR_VERDICT_NONE || judgement->reason == VAXDIR_LINK_REASON_NO_SCHEME)
            judgement->rest = next;
        else if (memory_ok && spaced && judgement->verdict != VAXDIR_VERDICT_UNSAFE)
            memory_ok = cut_text(rules, given, declared, link, judgement);
    }
    name_provider(rules, text, judgement);
    if (judgement->rest.bytes != NULL)
        judgement->warnings |= VAXDIR_LINK_WARNING_MORE_LINKS;
    if (judgement->named.bytes != NULL)
        judgement->warnings |= VAXDIR_LINK_WARNING_NAMES_PROVIDER;
    return memory_ok;
}

vaxdir_status vaxdir_link_judge_text(vaxdir_context *context, const vaxdir_rules *rules, vaxdir_slice url,
                                     vaxdir_slice declared, vaxdir_link *link)
{
    vaxdir_judgement judgement;
    if (link->work == NULL)
        link->work = vaxdir_memory_allocate(&link->memory, 1, sizeof *link->work);
    if (link->work == NULL)
        return vaxdir_context_fail_memory(context);
    if (!judge_field(rules, url, declared, link, &judgement))
        return vaxdir_context_fail_memory(context);
    return fill(context, link, &judgement);
}

vaxdir_status vaxdir_link_judge(vaxdir_context *context, const vaxdir_rules *rules, const char *url, size_t url_length,
                                const char *declared, size_t declared_length, vaxdir_link *link)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (rules == NULL)
        return vaxdir_context_fail_null(context, "rules");
    if (link == NULL)
        return vaxdir_context_fail_null(context, "link");
    if (url == NULL && url_length != 0)
        return vaxdir_context_fail_null(context, "url");
    if (declared == NULL && declared_length != 0)
        return vaxdir_context_fail_null(context, "declared");
    return vaxdir_link_judge_text(context, rules, (vaxdir_slice){url, url_length},
                                  (vaxdir_slice){declared, declared_length}, link);
}

int32_t vaxdir_link_verdict(const vaxdir_link *link)
{
    return link == NULL ? VAXDIR_VERDICT_NONE : link->verdict;
}

int32_t vaxdir_link_reason(const vaxdir_link *link)
{
    return link == NULL ? VAXDIR_LINK_REASON_EMPTY : link->reason;
}

uint32_t vaxdir_link_warnings(const vaxdir_link *link)
{
    return link == NULL ? 0 : link->warnings;
}

const char *vaxdir_link_provider(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->provider;
}

const char *vaxdir_link_page(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->page;
}

const char *vaxdir_link_key(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->key;
}

const char *vaxdir_link_url(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->url;
}

const char *vaxdir_link_rest(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->rest;
}

const char *vaxdir_link_named(const vaxdir_link *link)
{
    return link == NULL ? NULL : link->named;
}
