/* phone.h: phone numbers as feeds write them to E.164 or a short number, by the plan in the rules. */
#ifndef VAXDIR_PROVIDER_PHONE_H
#define VAXDIR_PROVIDER_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/text.h"
#include "rules.h"

enum { VAXDIR_PHONES_MAX = 4 };

/* Why something in a field is refused; the first thing that is. */
typedef enum vaxdir_phone_reason {
    VAXDIR_PHONE_GOOD,
    VAXDIR_PHONE_WORDS,     /* words and no number */
    VAXDIR_PHONE_TOO_SHORT, /* cut, or a short number that the plan does not know */
    VAXDIR_PHONE_TOO_LONG,
    VAXDIR_PHONE_COUNTRY,  /* a country code that the plan does not have */
    VAXDIR_PHONE_AMBIGUOUS /* digits that may be a number or something else: a day, an extension */
} vaxdir_phone_reason;

/* The numbers of one field, in order, each once. */
typedef struct vaxdir_phones {
    size_t count;
    bool refused; /* something there looks like a number and is none, or there is text and no number at all */
    vaxdir_phone_reason reason;
    char numbers[VAXDIR_PHONES_MAX][20]; /* E.164 with +, or a short number; NUL-terminated */
} vaxdir_phones;

/* Reads every number of a field; valid UTF-8, hostile otherwise. Allocates nothing and cannot fail. */
void vaxdir_phones_read(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_phones *phones);

/* "words", "too-short" and so on; NULL for VAXDIR_PHONE_GOOD. */
const char *vaxdir_phone_reason_name(vaxdir_phone_reason reason);

#endif
