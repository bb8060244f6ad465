/* file.c: registries to files and back. Invariant: under its own name a file is never half-written, and a failed save
 * leaves nothing behind. */
#define _GNU_SOURCE /* O_CLOEXEC */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/io.h"
#include "image.h"
#include "registry_new.h"

/* --- saving ------------------------------------------------------------------------------------------------------- */

static int write_all(int file, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes += written;
        size -= (size_t)written;
    }
    return fsync(file) != 0 ? errno : 0;
}

/* A name beside `path` that no file has: the process number and a count. NULL when memory is out. */
static char *temporary_name(const vaxdir_memory *memory, const char *path, unsigned try, size_t *ret_size)
{
    *ret_size = strlen(path) + 48;
    char *name = vaxdir_memory_allocate(memory, *ret_size, 1);
    if (name != NULL)
        snprintf(name, *ret_size, "%s.%ld.%u.tmp", path, (long)getpid(), try);
    return name;
}

/* So that the new name outlives a power cut. A file system that cannot sync a folder has nothing better to offer. */
static void sync_folder(const vaxdir_memory *memory, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    char *folder = vaxdir_memory_allocate(memory, length + 1, 1);
    if (folder == NULL)
        return;
    memcpy(folder, slash == NULL ? "." : path, length);
    folder[length] = '\0';
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        (void)fsync(file);
        (void)close(file);
    }
    vaxdir_memory_free(memory, folder, length + 1, 1);
}

static int write_file(int file, const vaxdir_registry *registry, const char *name, const char *path)
{
    struct stat before;
    int error = 0;
    if (lstat(path, &before) == 0 && S_ISREG(before.st_mode) && fchmod(file, before.st_mode & 0777) != 0)
        error = errno;
    if (error == 0)
        error = write_all(file, registry->bytes, registry->size);
    if (close(file) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(name, path) != 0)
        error = errno;
    if (error != 0)
        (void)unlink(name);
    return error;
}

vaxdir_status vaxdir_registry_save(vaxdir_context *context, const vaxdir_registry *registry, const char *path)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (registry == NULL)
        return vaxdir_context_fail_null(context, "registry");
    if (path == NULL)
        return vaxdir_context_fail_null(context, "path");
    int error = EEXIST;
    for (unsigned try = 0; error == EEXIST && try < 100; try++) {
        size_t size;
        char *name = temporary_name(&context->memory, path, try, &size);
        if (name == NULL)
            return vaxdir_context_fail_memory(context);
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        error = file < 0 ? errno : write_file(file, registry, name, path);
        vaxdir_memory_free(&context->memory, name, size, 1);
    }
    if (error != 0)
        return vaxdir_context_fail_io(context, "save the registry", path, error);
    sync_folder(&context->memory, path);
    return VAXDIR_OK;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static int read_all(int file, unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t got = read(file, bytes, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            return EIO; /* shorter than it said */
        bytes += got;
        size -= (size_t)got;
    }
    return 0;
}

/* The bytes of an open file, copied or mapped. */
static vaxdir_status take_bytes(vaxdir_context *context, int file, const char *path, bool copy,
                                unsigned char **ret_bytes, size_t *ret_size)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return vaxdir_context_fail_io(context, "open the registry file", path, errno);
    if (!S_ISREG(about.st_mode))
        return vaxdir_context_fail_io(context, "open the registry file", path,
                                      S_ISDIR(about.st_mode) ? EISDIR : EINVAL);
    size_t size = (size_t)about.st_size;
    if (size == 0) {
        vaxdir_context_fail(context, VAXDIR_ERROR_FILE, "the file is empty: it is no registry file");
        return vaxdir_context_fail_at(context, path, -1, -1);
    }
    *ret_size = size;
    if (!copy) {
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (bytes == MAP_FAILED)
            return vaxdir_context_fail_io(context, "map the registry file", path, errno);
        *ret_bytes = bytes;
        return VAXDIR_OK;
    }
    unsigned char *bytes = vaxdir_image_allocate(&context->memory, size);
    if (bytes == NULL)
        return vaxdir_context_fail_memory(context);
    int error = read_all(file, bytes, size);
    if (error != 0) {
        vaxdir_image_free(&context->memory, bytes, size);
        return vaxdir_context_fail_io(context, "read the registry file", path, error);
    }
    *ret_bytes = bytes;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_registry_open(vaxdir_context *context, const char *path, uint32_t flags,
                                   vaxdir_registry **ret_registry)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (path == NULL)
        return vaxdir_context_fail_null(context, "path");
    if (ret_registry == NULL)
        return vaxdir_context_fail_null(context, "ret_registry");
    if ((flags & ~(uint32_t)VAXDIR_OPEN_COPY) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "flags: only VAXDIR_OPEN_COPY is known");
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return vaxdir_context_fail_io(context, "open the registry file", path, errno);
    unsigned char *bytes = NULL;
    size_t size = 0;
    bool copy = (flags & VAXDIR_OPEN_COPY) != 0;
    status = take_bytes(context, file, path, copy, &bytes, &size);
    (void)close(file);
    if (status != VAXDIR_OK)
        return status;
    status = vaxdir_registry_new(context, bytes, size, !copy, ret_registry);
    return status == VAXDIR_OK ? status : vaxdir_context_fail_at(context, path, -1, -1);
}

vaxdir_status vaxdir_registry_open_memory(vaxdir_context *context, const void *bytes, size_t length,
                                          vaxdir_registry **ret_registry)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (bytes == NULL)
        return vaxdir_context_fail_null(context, "bytes");
    if (ret_registry == NULL)
        return vaxdir_context_fail_null(context, "ret_registry");
    unsigned char *copy = vaxdir_image_allocate(&context->memory, length);
    if (copy == NULL)
        return vaxdir_context_fail_memory(context);
    memcpy(copy, bytes, length);
    return vaxdir_registry_new(context, copy, length, false, ret_registry);
}
