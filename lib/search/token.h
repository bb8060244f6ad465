/* token.h: where a search can be taken up again, as text. */
#ifndef VAXDIR_SEARCH_TOKEN_H
#define VAXDIR_SEARCH_TOKEN_H

#include <vaxdir/cursor.h>

#include "../base/context.h"
#include "../base/text.h"
#include "../registry/registry.h"

/* Writes the token of a row that has a position, or of VAXDIR_NO_ROW, with its NUL. */
void vaxdir_token_write(const vaxdir_registry *registry, uint32_t row, char *token);

/* Reads a token of this registry; anything else is refused. */
vaxdir_status vaxdir_token_read(vaxdir_context *context, const vaxdir_registry *registry, vaxdir_slice token,
                                uint32_t *ret_row);

#endif
