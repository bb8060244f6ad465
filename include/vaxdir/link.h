/* link.h: the verdict on one booking link: whose it is, which page it opens, what may safely be shown. */
#ifndef VAXDIR_LINK_H
#define VAXDIR_LINK_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/rules.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The verdict on a link, which is also the trust in it. */
enum {
    VAXDIR_VERDICT_NONE = 0,         /* there is no link here; the reason says what there is instead */
    VAXDIR_VERDICT_UNSAFE = 1,       /* never to be shown or followed; the reason says why */
    VAXDIR_VERDICT_UNKNOWN = 2,      /* a well-formed address of a site that the rules do not know */
    VAXDIR_VERDICT_DECLARED = 3,     /* a site of its own that its source says is this provider's */
    VAXDIR_VERDICT_SUFFIX_SHAPE = 4, /* a white-label host known by its suffix together with the page's shape */
    VAXDIR_VERDICT_EXACT = 5         /* a host that the rules name */
};

/* Why a link is `none`, `unknown` or `unsafe`; 0 for the others. */
enum {
    VAXDIR_LINK_REASON_NONE = 0,
    VAXDIR_LINK_REASON_EMPTY = 1,            /* none: nothing is written */
    VAXDIR_LINK_REASON_WORD = 2,             /* none: words instead of a link */
    VAXDIR_LINK_REASON_EMAIL = 3,            /* none: an e-mail address */
    VAXDIR_LINK_REASON_PHONE = 4,            /* none: a phone number */
    VAXDIR_LINK_REASON_BAD_INPUT = 5,        /* none: not text at all */
    VAXDIR_LINK_REASON_UNKNOWN_HOST = 10,    /* unknown: no rule names this host */
    VAXDIR_LINK_REASON_NO_SCHEME = 11,       /* unknown: an address without http(s), of no known host */
    VAXDIR_LINK_REASON_FOREIGN_SCRIPT = 12,  /* unknown: a valid international host, which is never a provider's */
    VAXDIR_LINK_REASON_UNKNOWN_SHAPE = 13,   /* unknown: a known suffix, but no page that the rules know */
    VAXDIR_LINK_REASON_CONTROL = 20,         /* unsafe: a control or invisible character */
    VAXDIR_LINK_REASON_TOO_LONG = 21,        /* unsafe: longer than any honest link */
    VAXDIR_LINK_REASON_SCHEME = 22,          /* unsafe: neither http nor https */
    VAXDIR_LINK_REASON_USERINFO = 23,        /* unsafe: a user name before the host */
    VAXDIR_LINK_REASON_BACKSLASH = 24,       /* unsafe: a backslash, which programs read in two ways */
    VAXDIR_LINK_REASON_PORT = 25,            /* unsafe: a port other than the scheme's own */
    VAXDIR_LINK_REASON_IP_ADDRESS = 26,      /* unsafe: a numeric address in place of a name */
    VAXDIR_LINK_REASON_PERCENT_IN_HOST = 27, /* unsafe: an escaped character in the host */
    VAXDIR_LINK_REASON_HOST = 28,            /* unsafe: a host that no name can have */
    VAXDIR_LINK_REASON_IDN = 29,             /* unsafe: an international host that IDNA refuses */
    VAXDIR_LINK_REASON_SYNTAX = 30           /* unsafe: not a URL by RFC 3986 even after repair */
};

/* What was repaired or left out on the way to the emitted link; flags. */
enum {
    VAXDIR_LINK_WARNING_TRIMMED = 1,             /* outer spaces removed */
    VAXDIR_LINK_WARNING_SCHEME_ADDED = 2,        /* https:// put before a known host */
    VAXDIR_LINK_WARNING_SCHEME_RAISED = 4,       /* http raised to https, as the rule allows */
    VAXDIR_LINK_WARNING_QUESTION_MARK = 8,       /* a second ? read as & */
    VAXDIR_LINK_WARNING_ESCAPED = 16,            /* unescaped characters escaped */
    VAXDIR_LINK_WARNING_TRAILING_DOT = 32,       /* one dot after the host removed */
    VAXDIR_LINK_WARNING_UNWRAPPED = 64,          /* taken out of a mail gateway's wrapper */
    VAXDIR_LINK_WARNING_REDIRECT = 128,          /* a provider's redirect page unfolded */
    VAXDIR_LINK_WARNING_CUT_PARAMETER = 256,     /* a damaged parameter cut to what is sure */
    VAXDIR_LINK_WARNING_DECLARED_MISMATCH = 512, /* the source declares another provider than the host's */
    VAXDIR_LINK_WARNING_QUOTE = 1024,            /* a stray quotation mark at the end removed */
    VAXDIR_LINK_WARNING_MORE_LINKS = 2048,       /* the text holds a further link: vaxdir_link_rest() */
    VAXDIR_LINK_WARNING_NAMES_PROVIDER = 4096,   /* words name a provider without a link: vaxdir_link_named() */
    VAXDIR_LINK_WARNING_TEXT_AFTER = 8192        /* words after the link are no part of it and were left out */
};

/* The verdict on one link: a result handle, refilled by each call. */
typedef struct vaxdir_link vaxdir_link;

/**
 * Makes an empty verdict to be filled.
 *
 * @param context  not NULL.
 * @param ret_link  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_link_unref().
 * @thread the thread that uses the context; the handle belongs to one thread at a time.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_link_new(vaxdir_context *context, vaxdir_link **ret_link);

/**
 * Releases a verdict.
 *
 * @param link  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_link *vaxdir_link_unref(vaxdir_link *link);

/**
 * Judges a link. A bad link is an answer, not a failure: the call succeeds and the verdict says what is wrong.
 *
 * @param context  not NULL.
 * @param rules  not NULL; the rules to judge by.
 * @param url  the bytes as they were found, hostile or not; NULL only with url_length 0.
 * @param url_length  their number.
 * @param declared  the id of the provider that the source names; NULL if it names none.
 * @param declared_length  its length in bytes; 0 if none.
 * @param link  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the link's length, about a microsecond; no allocation once warm for plain ASCII hosts.
 * @since 0.1
 * @source RFC 3986 for the syntax; docs/rules.md for the policy.
 */
VAXDIR_API vaxdir_status vaxdir_link_judge(vaxdir_context *context, const vaxdir_rules *rules, const char *url,
                                           size_t url_length, const char *declared, size_t declared_length,
                                           vaxdir_link *link);

/**
 * Tells the verdict.
 *
 * @param link  NULL or never filled gives VAXDIR_VERDICT_NONE.
 * @return one of VAXDIR_VERDICT_*.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API int32_t vaxdir_link_verdict(const vaxdir_link *link);

/**
 * Tells why a link is none, unknown or unsafe.
 *
 * @param link  NULL or never filled gives VAXDIR_LINK_REASON_EMPTY.
 * @return one of VAXDIR_LINK_REASON_*; VAXDIR_LINK_REASON_NONE for a link of a known provider.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API int32_t vaxdir_link_reason(const vaxdir_link *link);

/**
 * Tells what was repaired or left out.
 *
 * @param link  NULL or never filled gives 0.
 * @return flags of VAXDIR_LINK_WARNING_*.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_link_warnings(const vaxdir_link *link);

/**
 * Names the provider whose link it is.
 *
 * @param link  NULL or never filled gives NULL.
 * @return the provider's id, or NULL if it is no known provider's.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_provider(const vaxdir_link *link);

/**
 * Names the kind of page that the emitted link opens: "centre", "list", "home", "information", "other".
 *
 * @param link  NULL or never filled gives NULL.
 * @return the kind of page, or NULL if there is no provider.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_page(const vaxdir_link *link);

/**
 * Gives the identity of the centre at its provider: `provider/part/part`, the same for links that differ only in
 * tracking, different for two practices on one page.
 *
 * @param link  NULL or never filled gives NULL.
 * @return the key, or NULL where the link identifies no centre.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_key(const vaxdir_link *link);

/**
 * Gives the link that may be emitted: rebuilt from its parsed parts, ASCII only, never the input bytes.
 *
 * @param link  NULL or never filled gives NULL.
 * @return the URL, or NULL where there is none that is safe.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_url(const vaxdir_link *link);

/**
 * Gives the text from the next link on, where one text holds several ("https://... / https://..."), or what looks like
 * one ("https://... www.other.example"): judge it again, and again, to get all of them. The verdict is on the link that
 * the text begins with; a text that begins with words is VAXDIR_VERDICT_NONE, and the links in it are in the rest.
 *
 * @param link  NULL or never filled gives NULL.
 * @return the rest of the text as it was given, UTF-8 but not safe to follow; NULL if there is no further link, and
 *   for the verdict that an edition keeps.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_rest(const vaxdir_link *link);

/**
 * Gives the id of the provider that words name without a link to it ("with Example soon"). It is what people wrote, no
 * proof of anything.
 *
 * @param link  NULL or never filled gives NULL.
 * @return the provider's id; NULL if there are no such words, and for the verdict that an edition keeps.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_named(const vaxdir_link *link);

/**
 * Names a verdict: "exact", "suffix+shape", "declared", "unknown", "unsafe", "none".
 *
 * @param verdict  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_verdict_name(int32_t verdict);

/**
 * Names a reason: "word", "userinfo", "unknown-host".
 *
 * @param reason  any number.
 * @return the name, NULL for a number that this library does not know and for VAXDIR_LINK_REASON_NONE.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_reason_name(int32_t reason);

/**
 * Names a warning: "trimmed", "scheme-added".
 *
 * @param warning  one flag of VAXDIR_LINK_WARNING_*.
 * @return the name, NULL for anything but one known flag.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_link_warning_name(uint32_t warning);

#ifdef __cplusplus
}
#endif

#endif
