/* input.c: the three ways in, which differ in nothing but who hands over the bytes. Invariant: a caller's callback runs
 * with the context marked, so that it cannot call back. */
#define _POSIX_C_SOURCE 200809L /* open, read, fstat */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/io.h"
#include "../registry/builder.h"
#include "decode.h"
#include "feed.h"

typedef struct input_options {
    vaxdir_slice name;
    vaxdir_slice id_system;
} input_options;

static vaxdir_status fail_argument(vaxdir_context *context, const char *message)
{
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s", message);
}

/* No colon, because the first one ends the system; no control characters of ASCII or Latin-1. */
static bool is_good_system(vaxdir_slice system)
{
    if (system.length == 0 || !vaxdir_text_valid(system))
        return false;
    for (size_t i = 0; i < system.length; i++) {
        unsigned char byte = (unsigned char)system.bytes[i];
        unsigned char next = i + 1 < system.length ? (unsigned char)system.bytes[i + 1] : 0;
        if (byte < 0x20 || byte == 0x7F || byte == ':' || (byte == 0xC2 && next < 0xA0))
            return false;
    }
    return true;
}

/* Checks the caller's struct, which may be NULL. */
static vaxdir_status read_options(vaxdir_context *context, const vaxdir_input *input, input_options *options)
{
    vaxdir_input known;
    vaxdir_status status =
        vaxdir_context_read_struct(context, "vaxdir_input", input, &known, sizeof known, sizeof known);
    if (status != VAXDIR_OK)
        return status;
    if (known.flags != 0 || known.reserved != 0)
        return fail_argument(context, "vaxdir_input.flags and reserved must be 0: no flag is known yet");
    if (known.format != VAXDIR_INPUT_SNIFF && known.format != VAXDIR_INPUT_CSV)
        return fail_argument(context, "vaxdir_input.format must be one of VAXDIR_INPUT_*");
    options->name = vaxdir_slice_of(known.name);
    options->id_system = vaxdir_slice_of(known.id_system);
    if (known.name != NULL && !vaxdir_text_valid(options->name))
        return fail_argument(context, "vaxdir_input.name must be UTF-8");
    if (known.id_system != NULL &&
        (!is_good_system(options->id_system) || options->id_system.length > context->limits.cell_bytes))
        return fail_argument(context, "vaxdir_input.id_system must be UTF-8 text such as \"gid\", not empty, without "
                                      "colon and control characters");
    return VAXDIR_OK;
}

/* The beginning of each public call. */
static vaxdir_status enter(vaxdir_context *context, const vaxdir_builder *builder, const vaxdir_input *input,
                           input_options *options)
{
    vaxdir_status status = vaxdir_builder_enter(context, builder);
    if (status != VAXDIR_OK)
        return status;
    return read_options(context, input, options);
}

static vaxdir_status read_all(vaxdir_context *context, vaxdir_builder *builder, vaxdir_piece_function read,
                              void *origin, uint64_t total, const input_options *options)
{
    vaxdir_stream stream;
    vaxdir_stream_init(&stream, context, builder, read, origin, total);
    vaxdir_status status = vaxdir_feed_read(&stream, options->name, options->id_system);
    vaxdir_stream_free(&stream);
    return status;
}

static vaxdir_status check_size(vaxdir_context *context, uint64_t size)
{
    if (size <= context->limits.input_bytes)
        return VAXDIR_OK;
    return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                               "the input is larger than max_input_bytes (%llu): raise it in the context options",
                               (unsigned long long)context->limits.input_bytes);
}

/* --- a file ------------------------------------------------------------------------------------------------------- */

typedef struct file_origin {
    const char *path;
    int descriptor; /* below 0: it did not open, for the reason in error */
    int error;
} file_origin;

static vaxdir_status read_file(vaxdir_context *context, void *origin, void *bytes, size_t capacity, size_t *ret_length,
                               int *ret_error)
{
    file_origin *file = origin;
    ssize_t length = -1;
    *ret_error = file->error;
    if (file->descriptor >= 0) {
        do
            length = read(file->descriptor, bytes, capacity);
        while (length < 0 && errno == EINTR);
        *ret_error = length < 0 ? errno : 0;
    }
    if (length < 0)
        return vaxdir_context_fail_io(context, "read the file", NULL, *ret_error);
    *ret_length = (size_t)length;
    return VAXDIR_OK;
}

/* Opens the file; a failure is told by the first read, as every other one. *ret_size is 0 where it is not known. */
static file_origin open_file(const char *path, uint64_t *ret_size)
{
    file_origin file = {path, -1, 0};
    struct stat facts;
    *ret_size = 0;
    do
        file.descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (file.descriptor < 0 && errno == EINTR);
    if (file.descriptor < 0)
        file.error = errno;
    else if (fstat(file.descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0)
        *ret_size = (uint64_t)facts.st_size;
    return file;
}

vaxdir_status vaxdir_builder_add_path(vaxdir_context *context, vaxdir_builder *builder, const char *path,
                                      const vaxdir_input *input)
{
    input_options options;
    vaxdir_status status = enter(context, builder, input, &options);
    if (status != VAXDIR_OK)
        return status;
    if (path == NULL)
        return vaxdir_context_fail_null(context, "path");
    vaxdir_buffer name = {&context->memory, NULL, 0, 0};
    if (options.name.bytes == NULL) {
        if (!vaxdir_buffer_reserve(&name, 1) || !vaxdir_decode_lossy(vaxdir_slice_of(path), &name)) {
            vaxdir_buffer_free(&name);
            return vaxdir_context_fail_memory(context);
        }
        options.name = (vaxdir_slice){(const char *)name.bytes, name.length};
    }
    uint64_t size;
    file_origin file = open_file(path, &size);
    status = check_size(context, size);
    if (status == VAXDIR_OK)
        status = read_all(context, builder, read_file, &file, size, &options);
    if (file.descriptor >= 0)
        close(file.descriptor);
    vaxdir_buffer_free(&name);
    return status;
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

static vaxdir_status read_memory(vaxdir_context *context, void *origin, void *bytes, size_t capacity,
                                 size_t *ret_length, int *ret_error)
{
    (void)context;
    (void)ret_error;
    vaxdir_slice *left = origin;
    size_t length = left->length < capacity ? left->length : capacity;
    if (length > 0)
        memcpy(bytes, left->bytes, length);
    if (length > 0)
        left->bytes += length;
    left->length -= length;
    *ret_length = length;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_builder_add_memory(vaxdir_context *context, vaxdir_builder *builder, const void *bytes,
                                        size_t length, const vaxdir_input *input)
{
    input_options options;
    vaxdir_status status = enter(context, builder, input, &options);
    if (status != VAXDIR_OK)
        return status;
    if (bytes == NULL && length > 0)
        return vaxdir_context_fail_null(context, "bytes");
    if (options.name.bytes == NULL)
        options.name = vaxdir_slice_of("memory");
    status = check_size(context, length);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_slice left = {bytes, length};
    return read_all(context, builder, read_memory, &left, length, &options);
}

/* --- a callback --------------------------------------------------------------------------------------------------- */

typedef struct callback_origin {
    vaxdir_builder *builder;
    vaxdir_read_function read;
    void *user;
} callback_origin;

static vaxdir_status read_callback(vaxdir_context *context, void *origin, void *bytes, size_t capacity,
                                   size_t *ret_length, int *ret_error)
{
    (void)ret_error;
    const callback_origin *callback = origin;
    size_t length = 0;
    vaxdir_builder_lend(context, callback->builder, true);
    int32_t stop = callback->read(bytes, capacity, &length, callback->user);
    vaxdir_builder_lend(context, callback->builder, false);
    if (stop != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_CANCELLED, "the read callback asked to stop");
    if (length > capacity)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "the read callback says that it gave more bytes than there was room for");
    *ret_length = length;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_builder_add_callback(vaxdir_context *context, vaxdir_builder *builder, const vaxdir_input *input,
                                          vaxdir_read_function read, void *user)
{
    input_options options;
    vaxdir_status status = enter(context, builder, input, &options);
    if (status != VAXDIR_OK)
        return status;
    if (read == NULL)
        return vaxdir_context_fail_null(context, "read");
    if (options.name.bytes == NULL)
        options.name = vaxdir_slice_of("callback");
    callback_origin callback = {builder, read, user};
    return read_all(context, builder, read_callback, &callback, 0, &options);
}
