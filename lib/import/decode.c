/* decode.c: see decode.h. Invariant: what comes out is valid UTF-8 without U+0000. */
#include "decode.h"

static size_t character_length(vaxdir_slice bytes)
{
    unsigned char lead = (unsigned char)bytes.bytes[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length > bytes.length || !vaxdir_text_valid((vaxdir_slice){bytes.bytes, length}))
        return 0;
    return length;
}

bool vaxdir_decode_lossy(vaxdir_slice bytes, vaxdir_buffer *text)
{
    while (bytes.length > 0) {
        size_t length = character_length(bytes);
        bool added = length > 0 ? vaxdir_buffer_append(text, bytes.bytes, length)
                                : vaxdir_buffer_append(text, "\xEF\xBF\xBD", 3);
        if (!added)
            return false;
        length += length == 0;
        bytes.bytes += length;
        bytes.length -= length;
    }
    return true;
}
