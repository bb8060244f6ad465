/* like.h: the patterns of LIKE. */
#ifndef VAXDIR_SEARCH_LIKE_H
#define VAXDIR_SEARCH_LIKE_H

#include "../base/text.h"

/* Whether all of a text is like a pattern: % any run of characters, _ one character, a backslash before what stands for
 * itself, case and accents as they are. Both are valid UTF-8. The time is at most the product of the lengths. */
bool vaxdir_like(vaxdir_slice pattern, vaxdir_slice text);

#endif
