/* rules_open.c: where a rules document comes from: compiled in, a file, or memory. Invariant: no more than the limit
 * of the context is ever held. */
#include <errno.h>
#include <stdio.h>

#include "../base/io.h"
#include "model.h"

static vaxdir_status make(vaxdir_context *context, const void *bytes, size_t length, vaxdir_rules **ret_rules)
{
    vaxdir_rules *rules = vaxdir_rules_make_empty(&context->memory);
    if (rules == NULL)
        return vaxdir_context_fail_memory(context);
    vaxdir_status status = vaxdir_rules_load(context, bytes, length, rules);
    if (status != VAXDIR_OK) {
        vaxdir_rules_unref(rules);
        return status;
    }
    *ret_rules = rules;
    return VAXDIR_OK;
}

static vaxdir_status fail_limit(vaxdir_context *context)
{
    return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                               "the rules are longer than max_input_bytes (%llu): raise it in the context's options",
                               (unsigned long long)context->limits.input_bytes);
}

vaxdir_status vaxdir_rules_make_default(vaxdir_context *context, vaxdir_rules **ret_rules)
{
    return make(context, vaxdir_default_rules, vaxdir_default_rules_size, ret_rules);
}

vaxdir_status vaxdir_rules_default(vaxdir_context *context, vaxdir_rules **ret_rules)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (ret_rules == NULL)
        return vaxdir_context_fail_null(context, "ret_rules");
    return vaxdir_rules_make_default(context, ret_rules);
}

vaxdir_status vaxdir_rules_open_memory(vaxdir_context *context, const void *bytes, size_t length,
                                       vaxdir_rules **ret_rules)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (bytes == NULL)
        return vaxdir_context_fail_null(context, "bytes");
    if (ret_rules == NULL)
        return vaxdir_context_fail_null(context, "ret_rules");
    if (length > context->limits.input_bytes)
        return fail_limit(context);
    return make(context, bytes, length, ret_rules);
}

/* The usual reasons in words of our own: the system's follow the locale. */
static vaxdir_status read_all(vaxdir_context *context, const char *path, FILE *file, vaxdir_buffer *buffer)
{
    char block[16384];
    for (;;) {
        size_t got = fread(block, 1, sizeof block, file);
        if (got == 0)
            break;
        if (buffer->length + got > context->limits.input_bytes)
            return fail_limit(context);
        if (!vaxdir_buffer_append(buffer, block, got))
            return vaxdir_context_fail_memory(context);
    }
    return ferror(file) ? vaxdir_context_fail_io(context, "read the rules", path, errno) : VAXDIR_OK;
}

vaxdir_status vaxdir_rules_open(vaxdir_context *context, const char *path, vaxdir_rules **ret_rules)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (path == NULL)
        return vaxdir_context_fail_null(context, "path");
    if (ret_rules == NULL)
        return vaxdir_context_fail_null(context, "ret_rules");
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return vaxdir_context_fail_io(context, "read the rules", path, errno);
    vaxdir_buffer buffer = {&context->memory, NULL, 0, 0};
    status = read_all(context, path, file, &buffer);
    fclose(file);
    if (status == VAXDIR_OK)
        status = make(context, buffer.bytes, buffer.length, ret_rules);
    vaxdir_buffer_free(&buffer);
    if (status == VAXDIR_ERROR_RULES || status == VAXDIR_ERROR_LIMIT)
        vaxdir_context_fail_at(context, path, context->error.line, context->error.column);
    return status;
}
