/* Decodes UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#include "utf8.h"

uint32_t utf8_next(const char *text, size_t length, size_t *ret_size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t first = (unsigned char)text[0];
    *ret_size = 1;
    if (first < 0x80)
        return first;
    size_t size = first >= 0xF0 && first < 0xF8   ? 4
                  : first >= 0xE0 && first < 0xF0 ? 3
                  : first >= 0xC0 && first < 0xE0 ? 2
                                                  : 0;
    if (size == 0 || size > length)
        return UTF8_REPLACEMENT;
    uint32_t character = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        uint32_t byte = (unsigned char)text[i];
        if ((byte & 0xC0) != 0x80)
            return UTF8_REPLACEMENT;
        character = character << 6 | (byte & 0x3F);
    }
    if (character < least[size] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        return UTF8_REPLACEMENT;
    *ret_size = size;
    return character;
}
