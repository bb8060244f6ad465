/* link.h: judging a link from inside the library. */
#ifndef VAXDIR_PROVIDER_LINK_H
#define VAXDIR_PROVIDER_LINK_H

#include <vaxdir/link.h>

#include "../base/context.h"
#include "../base/text.h"
#include "rules.h"

/* vaxdir_link_judge() without entering the context. */
vaxdir_status vaxdir_link_judge_text(vaxdir_context *context, const vaxdir_rules *rules, vaxdir_slice url,
                                     vaxdir_slice declared, vaxdir_link *link);

/* A link handle without entering the context. */
vaxdir_status vaxdir_link_make(vaxdir_context *context, vaxdir_link **ret_link);

/* Fills a handle with a verdict that was stored; the texts (bytes NULL for none) are copied. */
vaxdir_status vaxdir_link_fill(vaxdir_context *context, vaxdir_link *link, int32_t verdict, int32_t reason,
                               uint32_t warnings, vaxdir_slice provider, vaxdir_slice page, vaxdir_slice key,
                               vaxdir_slice url);

#endif
