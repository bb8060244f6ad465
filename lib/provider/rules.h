/* rules.h: a checked rules document, as link verdicts, phones and routes read it. */
#ifndef VAXDIR_PROVIDER_RULES_H
#define VAXDIR_PROVIDER_RULES_H

#include <vaxdir/rules.h>

#include "../base/context.h"
#include "../base/text.h"

/* The document that is compiled in; embed.py makes it from default_rules.json. */
extern const unsigned char vaxdir_default_rules[];
extern const size_t vaxdir_default_rules_size;

/* 128 bits over the part of the rules that verdicts and phones depend on: equal hashes, equal judged columns. */
typedef struct vaxdir_rules_hash {
    unsigned char bytes[16];
} vaxdir_rules_hash;

vaxdir_rules_hash vaxdir_rules_judging_hash(const vaxdir_rules *rules);

/* The national line (E.164 or short number), the information page (rebuilt, safe); NULL where the rules have none.
 * Borrowed from the rules. */
const char *vaxdir_rules_national_line(const vaxdir_rules *rules);
const char *vaxdir_rules_information_url(const vaxdir_rules *rules);

/* The id of a provider as the rules hold it, borrowed; NULL if they do not know it. And the name people know. */
const char *vaxdir_rules_find_provider(const vaxdir_rules *rules, vaxdir_slice id);
const char *vaxdir_rules_provider_name(const vaxdir_rules *rules, vaxdir_slice id);

/* vaxdir_rules_default() and its like without entering the context, for use inside other calls. */
vaxdir_status vaxdir_rules_make_default(vaxdir_context *context, vaxdir_rules **ret_rules);

#endif
