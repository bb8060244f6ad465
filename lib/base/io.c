/* io.c: see io.h. Invariant: the same words in every locale and thread, which strerror() does not promise. */
#include "io.h"

#include <errno.h>
#include <stdio.h>

static const char *reason_of(int error)
{
    switch (error) {
    case ENOENT:
        return "there is no such file";
    case ENOTDIR:
        return "a part of the path is not a directory";
    case EISDIR:
        return "it is a directory";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EROFS:
        return "the file system is read-only";
    case ENOSPC:
    case EDQUOT:
        return "no space is left";
    case EFBIG:
        return "the file would be too large";
    case ENAMETOOLONG:
        return "the path is too long";
    case ELOOP:
        return "too many symbolic links";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case EEXIST:
        return "a file of that name is in the way";
    case EINVAL:
        return "it is not a regular file";
    case EIO:
        return "the device reports an error";
    default:
        return NULL;
    }
}

void vaxdir_io_reason(int error, char *ret_reason)
{
    const char *reason = reason_of(error);
    if (reason != NULL)
        snprintf(ret_reason, VAXDIR_IO_REASON_SIZE, "%s", reason);
    else
        snprintf(ret_reason, VAXDIR_IO_REASON_SIZE, "system error %d", error);
}

vaxdir_status vaxdir_context_fail_io(vaxdir_context *context, const char *doing, const char *path, int error)
{
    char reason[VAXDIR_IO_REASON_SIZE];
    if (error == ENOMEM)
        return vaxdir_context_fail_memory(context);
    vaxdir_io_reason(error, reason);
    vaxdir_context_fail(context, VAXDIR_ERROR_IO, "cannot %s: %s", doing, reason);
    return vaxdir_context_fail_at(context, path, -1, -1);
}
