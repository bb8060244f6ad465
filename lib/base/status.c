/* status.c: the names of statuses. Invariant: one line per number of status.h. */
#include <stddef.h>

#include <vaxdir/status.h>

const char *vaxdir_status_name(vaxdir_status status)
{
    switch (status) {
    case VAXDIR_OK:
        return "ok";
    case VAXDIR_ERROR_ARGUMENT:
        return "argument";
    case VAXDIR_ERROR_STRUCT:
        return "struct";
    case VAXDIR_ERROR_MEMORY:
        return "memory";
    case VAXDIR_ERROR_IO:
        return "io";
    case VAXDIR_ERROR_LIMIT:
        return "limit";
    case VAXDIR_ERROR_CANCELLED:
        return "cancelled";
    case VAXDIR_ERROR_BUSY:
        return "busy";
    case VAXDIR_ERROR_DATA:
        return "data";
    case VAXDIR_ERROR_RULES:
        return "rules";
    case VAXDIR_ERROR_FILE:
        return "file";
    case VAXDIR_ERROR_NEWER:
        return "newer";
    case VAXDIR_ERROR_INTERNAL:
        return "internal";
    case VAXDIR_ERROR_STALE:
        return "stale";
    default:
        return "unknown";
    }
}
