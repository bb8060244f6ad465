/* phone.h: phone numbers as feeds write them to E.164 or a short number, by the plan in the rules. */
#ifndef VAXDIR_PROVIDER_PHONE_H
#define VAXDIR_PROVIDER_PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/text.h"
#include "rules.h"

enum { VAXDIR_PHONES_MAX = 4 };

/* The numbers of one field, in order, each once. */
typedef struct vaxdir_phones {
    size_t count;
    bool refused;   /* something there looks like a number and is none, or there is text and no number at all */
    int32_t reason; /* VAXDIR_PHONE_REASON_*, for the first thing that is refused */
    char numbers[VAXDIR_PHONES_MAX][20]; /* E.164 with +, or a short number; NUL-terminated */
} vaxdir_phones;

/* Reads every number of a field; valid UTF-8, hostile otherwise. Allocates nothing and cannot fail. */
void vaxdir_phones_read(const vaxdir_rules *rules, vaxdir_slice text, vaxdir_phones *phones);

#endif
