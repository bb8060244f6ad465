/* verdicts.h: the judged columns: what one set of rules says of every centre's link and phones. A registry keeps those
 * of its build; an edition with other rules makes its own. */
#ifndef VAXDIR_REGISTRY_VERDICTS_H
#define VAXDIR_REGISTRY_VERDICTS_H

#include <vaxdir/link.h>

#include "../base/context.h"
#include "../base/strings.h"
#include "../provider/rules.h"

/* One row, as it stands in a file; texts are names in `strings`. */
typedef struct vaxdir_verdict_row {
    uint32_t provider;
    uint32_t page;
    uint32_t key;
    uint32_t url;
    uint32_t phone;
    uint32_t phone_2;
    uint32_t warnings;
    uint8_t trust;
    uint8_t reason;
    uint8_t phone_reason; /* VAXDIR_PHONE_REASON_* of the two fields */
    uint8_t phone_2_reason;
} vaxdir_verdict_row;

typedef struct vaxdir_verdicts {
    const vaxdir_verdict_row *rows;
    vaxdir_strings strings;
} vaxdir_verdicts;

/* Judges one centre's link and phones as they were given, by the provider that its source declares; `link` is a handle
 * to work in. */
vaxdir_status vaxdir_verdict_judge(vaxdir_context *context, const vaxdir_rules *rules, vaxdir_link *link,
                                   vaxdir_slice url, vaxdir_slice declared, vaxdir_slice phone, vaxdir_slice phone_2,
                                   vaxdir_pool *pool, vaxdir_verdict_row *row);

/* Checks a row from outside: names, ranges, and that the link to emit looks like one. */
bool vaxdir_verdict_good(const vaxdir_verdict_row *row, const vaxdir_strings *strings, const unsigned char *starts);

#endif
