/* decode.h: bytes from outside made showable: what is not UTF-8 becomes U+FFFD. */
#ifndef VAXDIR_IMPORT_DECODE_H
#define VAXDIR_IMPORT_DECODE_H

#include "../base/text.h"

/* Appends the bytes, each one that is not part of valid UTF-8 replaced by U+FFFD, U+0000 too; false when memory is
 * out. */
bool vaxdir_decode_lossy(vaxdir_slice bytes, vaxdir_buffer *text);

#endif
