/* hours.h: the text of a cell of weekly hours, read into intervals of a day. docs/hours.md has the grammar. */
#ifndef VAXDIR_EDITION_HOURS_H
#define VAXDIR_EDITION_HOURS_H

#include <stdbool.h>

#include <vaxdir/opening.h>

#include "../base/text.h"

enum { VAXDIR_HOURS_INTERVALS_MAX = 8, VAXDIR_HOURS_TEXT_MAX = 160, VAXDIR_DAY_MINUTES = 1440 };

/* A cell as the grammar sees it: ASCII in lower case without accents, one space for each run of white space, none at
 * the ends, a hyphen for each dash. What has no such form is a byte that the grammar knows nowhere. */
typedef struct vaxdir_hours_plain {
    size_t length;
    char text[VAXDIR_HOURS_TEXT_MAX + 1]; /* NUL-terminated */
} vaxdir_hours_plain;

/* False where it would be longer than VAXDIR_HOURS_TEXT_MAX: nothing that can be read is. */
bool vaxdir_hours_make_plain(vaxdir_slice text, vaxdir_hours_plain *ret_plain);

/* Reads any bytes; bytes NULL is an absent cell. Allocates nothing. */
void vaxdir_hours_read(vaxdir_slice text, vaxdir_hours *ret_hours);

#endif
