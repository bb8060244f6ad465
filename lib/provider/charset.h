/* charset.h: sets of ASCII characters as constants, and case of ASCII letters whatever the locale. */
#ifndef VAXDIR_PROVIDER_CHARSET_H
#define VAXDIR_PROVIDER_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

/* Bit c of word c / 32 stands for the character c. */
typedef struct vaxdir_charset {
    uint32_t words[4];
} vaxdir_charset;

static inline bool vaxdir_charset_has(const vaxdir_charset *set, char c)
{
    unsigned char byte = (unsigned char)c;
    return byte < 0x80 && (set->words[byte >> 5] >> (byte & 31) & 1) != 0;
}

static inline char vaxdir_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

#endif
