/* sniff.h: what an input is when it is not separated values, told from its first bytes. */
#ifndef VAXDIR_IMPORT_SNIFF_H
#define VAXDIR_IMPORT_SNIFF_H

#include "../base/text.h"

/* As many first bytes as are looked at. */
enum { VAXDIR_SNIFF_BYTES = 4096 };

typedef struct vaxdir_sniffed {
    const char *what;   /* "an HTML page", "a zip archive"; NULL for bytes that may well be separated values */
    const char *advice; /* what to do, as a clause */
    vaxdir_slice title; /* of a page, where it has one, else empty; perhaps not UTF-8 */
} vaxdir_sniffed;

vaxdir_sniffed vaxdir_sniff(vaxdir_slice head);

#endif
