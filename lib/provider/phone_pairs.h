/* phone_pairs.h: a phone number as people at the place dial it and read it aloud. */
#ifndef VAXDIR_PROVIDER_PHONE_PAIRS_H
#define VAXDIR_PROVIDER_PHONE_PAIRS_H

#include "rules.h"

enum { VAXDIR_PHONE_PAIRS_SIZE = 48 };

/* Writes "01 99 00 12 34" for +33199001234, "0 800 009 110" for +33800009110, "0262 12 34 56" for
 * +262262123456, "+687 12 34 56" where the place has a country code of its own; short numbers, and those of no plan, as
 * they are. `text` has VAXDIR_PHONE_PAIRS_SIZE bytes. */
void vaxdir_phone_pairs(const vaxdir_rules *rules, const char *number, char *text);

#endif
