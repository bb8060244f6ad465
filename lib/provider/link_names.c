/* link_names.c: the words for verdicts, reasons and warnings. Invariant: a word, once released, names the same thing
 * for good, because files and tools hold it. */
#include <vaxdir/link.h>

const char *vaxdir_verdict_name(int32_t verdict)
{
    static const char *const names[] = {"none", "unsafe", "unknown", "declared", "suffix+shape", "exact"};
    return verdict >= 0 && verdict <= VAXDIR_VERDICT_EXACT ? names[verdict] : NULL;
}

const char *vaxdir_link_reason_name(int32_t reason)
{
    switch (reason) {
    case VAXDIR_LINK_REASON_EMPTY:
        return "empty";
    case VAXDIR_LINK_REASON_WORD:
        return "word";
    case VAXDIR_LINK_REASON_EMAIL:
        return "email";
    case VAXDIR_LINK_REASON_PHONE:
        return "phone";
    case VAXDIR_LINK_REASON_BAD_INPUT:
        return "bad-input";
    case VAXDIR_LINK_REASON_UNKNOWN_HOST:
        return "unknown-host";
    case VAXDIR_LINK_REASON_NO_SCHEME:
        return "no-scheme";
    case VAXDIR_LINK_REASON_FOREIGN_SCRIPT:
        return "foreign-script";
    case VAXDIR_LINK_REASON_UNKNOWN_SHAPE:
        return "unknown-shape";
    case VAXDIR_LINK_REASON_CONTROL:
        return "control";
    case VAXDIR_LINK_REASON_TOO_LONG:
        return "too-long";
    case VAXDIR_LINK_REASON_SCHEME:
        return "scheme";
    case VAXDIR_LINK_REASON_USERINFO:
        return "userinfo";
    case VAXDIR_LINK_REASON_BACKSLASH:
        return "backslash";
    case VAXDIR_LINK_REASON_PORT:
        return "port";
    case VAXDIR_LINK_REASON_IP_ADDRESS:
        return "ip-address";
    case VAXDIR_LINK_REASON_PERCENT_IN_HOST:
        return "percent-in-host";
    case VAXDIR_LINK_REASON_HOST:
        return "host";
    case VAXDIR_LINK_REASON_IDN:
        return "idn";
    case VAXDIR_LINK_REASON_SYNTAX:
        return "syntax";
    default:
        return NULL;
    }
}

const char *vaxdir_link_warning_name(uint32_t warning)
{
    switch (warning) {
    case VAXDIR_LINK_WARNING_TRIMMED:
        return "trimmed";
    case VAXDIR_LINK_WARNING_SCHEME_ADDED:
        return "scheme-added";
    case VAXDIR_LINK_WARNING_SCHEME_RAISED:
        return "scheme-raised";
    case VAXDIR_LINK_WARNING_QUESTION_MARK:
        return "question-mark";
    case VAXDIR_LINK_WARNING_ESCAPED:
        return "escaped";
    case VAXDIR_LINK_WARNING_TRAILING_DOT:
        return "trailing-dot";
    case VAXDIR_LINK_WARNING_UNWRAPPED:
        return "unwrapped";
    case VAXDIR_LINK_WARNING_REDIRECT:
        return "redirect";
    case VAXDIR_LINK_WARNING_CUT_PARAMETER:
        return "cut-parameter";
    case VAXDIR_LINK_WARNING_DECLARED_MISMATCH:
        return "declared-mismatch";
    case VAXDIR_LINK_WARNING_QUOTE:
        return "quote";
    case VAXDIR_LINK_WARNING_MORE_LINKS:
        return "more-links";
    case VAXDIR_LINK_WARNING_NAMES_PROVIDER:
        return "names-provider";
    case VAXDIR_LINK_WARNING_TEXT_AFTER:
        return "text-after";
    default:
        return NULL;
    }
}
