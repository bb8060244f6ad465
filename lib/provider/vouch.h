/* vouch.h: whether a link that was judged elsewhere can be what its verdict says, at the price of a glance. */
#ifndef VAXDIR_PROVIDER_VOUCH_H
#define VAXDIR_PROVIDER_VOUCH_H

#include <stdbool.h>

#include "../base/text.h"
#include "rules.h"

/* True where these rules give the provider the host of this emitted URL with this trust; true for a link that claims no
 * provider. A registry file proves its integrity and not its author: without this glance, it could name a provider and
 * lead elsewhere. */
bool vaxdir_rules_vouch(const vaxdir_rules *rules, int32_t trust, vaxdir_slice provider, vaxdir_slice url);

#endif
