/* text.h: UTF-8 text: checking, trimming, folding, numbers that do not follow the locale. Text is pointer and length,
 * without U+0000. */
#ifndef VAXDIR_BASE_TEXT_H
#define VAXDIR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

/* A borrowed run of bytes. */
typedef struct vaxdir_slice {
    const char *bytes;
    size_t length;
} vaxdir_slice;

vaxdir_slice vaxdir_slice_of(const char *text); /* of NUL-terminated text; NULL gives an empty slice */
bool vaxdir_slice_equal(vaxdir_slice a, vaxdir_slice b);
bool vaxdir_slice_is(vaxdir_slice slice, const char *text);
int vaxdir_slice_compare(vaxdir_slice a, vaxdir_slice b); /* by bytes, a prefix first */

/* Whether the bytes are UTF-8 without U+0000. */
bool vaxdir_text_valid(vaxdir_slice text);

/* Without outer white space: Unicode's, with NBSP, zero-width and BOM characters among it. The text must be valid. */
vaxdir_slice vaxdir_text_trim(vaxdir_slice text);

/* At most `length` bytes of valid text, cut at a character. */
vaxdir_slice vaxdir_text_cut(vaxdir_slice text, size_t length);

/* Case, accents and compatibility forms folded away (Unicode NFKD, case folding, marks stripped), appended to
 * `folded`; false when memory is out. The text must be valid. */
bool vaxdir_text_fold(vaxdir_slice text, vaxdir_buffer *folded);

/* A decimal number, whatever the locale: sign, digits, point, exponent; nothing else around it, no hex, no inf. */
bool vaxdir_text_number(vaxdir_slice text, double *ret_number);

/* Decimal digits only, at most 18. */
bool vaxdir_text_digits(vaxdir_slice text, int64_t *ret_integer);

/* Whether the text looks like UTF-8 that was read as Latin-1 or Windows-1252 and encoded again; then, what it was, is
 * appended to `repaired` (which may be NULL). False in *ret_memory_ok when memory is out. */
bool vaxdir_text_double_encoded(vaxdir_slice text, vaxdir_buffer *repaired, bool *ret_memory_ok);

#endif
