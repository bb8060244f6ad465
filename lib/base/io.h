/* io.h: what the system says when a file fails, in plain English. */
#ifndef VAXDIR_BASE_IO_H
#define VAXDIR_BASE_IO_H

#include "context.h"

enum { VAXDIR_IO_REASON_SIZE = 64 };

/* What a value of errno means: "permission denied". `ret_reason` has room for VAXDIR_IO_REASON_SIZE bytes. */
void vaxdir_io_reason(int error, char *ret_reason);

/* Fails with VAXDIR_ERROR_IO, "cannot <doing>: <reason>", and names the file where `path` is not NULL; with
 * VAXDIR_ERROR_MEMORY for ENOMEM. `error` is a value of errno. */
vaxdir_status vaxdir_context_fail_io(vaxdir_context *context, const char *doing, const char *path, int error);

#endif
