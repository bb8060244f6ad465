/* UTF-8 that may be broken, read character by character. */
#ifndef FRONTEND_UTF8_H
#define FRONTEND_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xFFFD };

/* The next character of length > 0 bytes; *ret_size is how many bytes it took, at least 1. Bytes that are not UTF-8
 * give U+FFFD, one byte at a time. */
uint32_t utf8_next(const char *text, size_t length, size_t *ret_size);

#endif
