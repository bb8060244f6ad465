/* words.h: instants and dates in words, as sentences need them. */
#ifndef VAXDIR_ROUTING_WORDS_H
#define VAXDIR_ROUTING_WORDS_H

#include <stdbool.h>

#include "../base/zone.h"

enum { VAXDIR_WORDS_SIZE = 96 };

/* Whether the hour is said at midnight, too: "until Monday" leaves open whether Monday counts. */
typedef enum vaxdir_words_hour { VAXDIR_WORDS_HOUR_ALWAYS, VAXDIR_WORDS_HOUR_NOT_AT_MIDNIGHT } vaxdir_words_hour;

/* "vendredi 15 janvier 2021 à 8 h", "Friday 15 January 2021 at 8:00": local time of the zone, without an article.
 * `text` has VAXDIR_WORDS_SIZE bytes. */
void vaxdir_words_instant(const vaxdir_zone *zone, int64_t at, bool french, vaxdir_words_hour hour, char *text);

#endif
