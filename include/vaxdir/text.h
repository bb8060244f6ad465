/* text.h: a sentence for each code, in the language that the caller names. */
#ifndef VAXDIR_TEXT_H
#define VAXDIR_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a code is of. */
enum {
    VAXDIR_TEXT_DIAGNOSTIC = 1,   /* report.h; parameters: value, suggestion, column name, the reason's sentence */
    VAXDIR_TEXT_LINK_REASON = 2,  /* link.h; no parameter */
    VAXDIR_TEXT_LINK_WARNING = 3, /* link.h; no parameter */
    VAXDIR_TEXT_STEP_REASON = 4,  /* route.h; parameters: provider's name, phone or url, detail, since, until;
                                     vaxdir_route_step_text() fills them in */
    VAXDIR_TEXT_SEARCH_REASON = 5, /* explain.h; parameters: distance, how much too far or near, or the last one's,
                                      condition, rank, limit */
    VAXDIR_TEXT_RELAXATION = 6,    /* explain.h; parameters: condition, new bound, count, first distance */
    VAXDIR_TEXT_PHONE_REASON = 7,  /* report.h; no parameter */
    VAXDIR_TEXT_STATE = 8,         /* state.h; parameters: since, until */
    VAXDIR_TEXT_ELIGIBILITY = 9,   /* eligibility.h; parameters: what would settle it, date from, date until */
    VAXDIR_TEXT_OPENING = 10       /* opening.h, the reason; no parameter */
};

/**
 * Renders the sentence of a code, in plain text. Parameters that are NULL or missing are left out.
 *
 * @param context  not NULL.
 * @param kind  one of VAXDIR_TEXT_*.
 * @param code  the code.
 * @param language  "fr" or "en", NUL-terminated, not NULL; anything else is refused.
 * @param parameters  count texts in UTF-8, NUL-terminated, each may be NULL; NULL only with count 0.
 * @param count  how many.
 * @param buffer  room for capacity bytes, NULL only with capacity 0; NUL-terminated where capacity is not 0, cut at a
 *   character where it is too short.
 * @param capacity  its size in bytes.
 * @param ret_length  NULL if not wanted; the length of the whole sentence without the NUL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (kind, code, language); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the sentence.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_text(vaxdir_context *context, uint32_t kind, int32_t code, const char *language,
                                     const char *const *parameters, size_t count, char *buffer, size_t capacity,
                                     size_t *ret_length);

#ifdef __cplusplus
}
#endif

#endif
