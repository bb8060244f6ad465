/* context.c: a context's life, its error record, and the rules for structs that grow. Invariant: the record is cleared
 * when a call enters and set exactly when it fails. */
#include "context.h"

#include <stdio.h>
#include <string.h>

static int32_t class_of(vaxdir_status status)
{
    switch (status) {
    case VAXDIR_OK:
        return VAXDIR_CLASS_NONE;
    case VAXDIR_ERROR_ARGUMENT:
    case VAXDIR_ERROR_STRUCT:
    case VAXDIR_ERROR_BUSY:
        return VAXDIR_CLASS_ARGUMENT;
    case VAXDIR_ERROR_MEMORY:
        return VAXDIR_CLASS_MEMORY;
    case VAXDIR_ERROR_IO:
        return VAXDIR_CLASS_IO;
    case VAXDIR_ERROR_LIMIT:
        return VAXDIR_CLASS_LIMIT;
    case VAXDIR_ERROR_CANCELLED:
        return VAXDIR_CLASS_CANCELLED;
    case VAXDIR_ERROR_DATA:
    case VAXDIR_ERROR_RULES:
    case VAXDIR_ERROR_FILE:
    case VAXDIR_ERROR_NEWER:
    case VAXDIR_ERROR_STALE:
        return VAXDIR_CLASS_DATA;
    default:
        return VAXDIR_CLASS_INTERNAL;
    }
}

static const vaxdir_error no_context = {
    sizeof(vaxdir_error),
    VAXDIR_ERROR_ARGUMENT,
    VAXDIR_CLASS_ARGUMENT,
    0,
    -1,
    -1,
    -1,
    "the context is NULL: make one with vaxdir_context_new()",
    "",
};

static void clear_error(vaxdir_context *context)
{
    context->message[0] = '\0';
    context->file[0] = '\0';
    context->error = (vaxdir_error){
        sizeof(vaxdir_error), VAXDIR_OK, VAXDIR_CLASS_NONE, 0, -1, -1, -1, context->message, context->file,
    };
}

vaxdir_status vaxdir_context_enter(vaxdir_context *context)
{
    if (context == NULL)
        return VAXDIR_ERROR_ARGUMENT;
    if (context->in_callback)
        return VAXDIR_ERROR_BUSY;
    clear_error(context);
    return VAXDIR_OK;
}

/* Cuts text at a character boundary so that what was formatted into `size` bytes stays valid UTF-8. */
static void cut_at_character(char *text, size_t size, int wanted)
{
    if (wanted < 0 || (size_t)wanted < size)
        return;
    size_t end = size - 1;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

vaxdir_status vaxdir_context_fail(vaxdir_context *context, vaxdir_status status, const char *format, ...)
{
    va_list arguments;
    clear_error(context);
    va_start(arguments, format);
    int wanted = vsnprintf(context->message, sizeof context->message, format, arguments);
    va_end(arguments);
    cut_at_character(context->message, sizeof context->message, wanted);
    context->error.status = status;
    context->error.error_class = class_of(status);
    return status;
}

vaxdir_status vaxdir_context_fail_memory(vaxdir_context *context)
{
    return vaxdir_context_fail(context, VAXDIR_ERROR_MEMORY, "out of memory: nothing was changed");
}

vaxdir_status vaxdir_context_fail_null(vaxdir_context *context, const char *argument)
{
    return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "%s is NULL", argument);
}

vaxdir_status vaxdir_context_fail_at(vaxdir_context *context, const char *file, int64_t line, int64_t column)
{
    if (file != NULL) {
        int wanted = snprintf(context->file, sizeof context->file, "%s", file);
        cut_at_character(context->file, sizeof context->file, wanted);
    }
    context->error.line = line;
    context->error.column = column;
    return context->error.status;
}

/* Far above any struct that this library will have: a garbage size is refused before it is followed. */
enum { STRUCT_SIZE_MAX = 4096 };

vaxdir_status vaxdir_context_read_struct(vaxdir_context *context, const char *name, const void *given, void *known,
                                         size_t known_size, size_t minimum_size)
{
    memset(known, 0, known_size);
    if (given == NULL)
        return VAXDIR_OK;
    uint32_t size;
    memcpy(&size, given, sizeof size);
    if (size < minimum_size || size > STRUCT_SIZE_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_STRUCT, "%s.struct_size is %lu: start from its INIT macro",
                                   name, (unsigned long)size);
    for (size_t i = known_size; i < size; i++)
        if (((const unsigned char *)given)[i] != 0)
            return vaxdir_context_fail(context, VAXDIR_ERROR_STRUCT,
                                       "%s asks for something that this version of the library does not know: "
                                       "leave the fields after byte %lu at 0, or use a newer library",
                                       name, (unsigned long)known_size);
    memcpy(known, given, size < known_size ? size : known_size);
    return VAXDIR_OK;
}

vaxdir_status vaxdir_context_write_struct(vaxdir_context *context, const char *name, const void *known,
                                          size_t known_size, size_t minimum_size, void *given)
{
    uint32_t size;
    memcpy(&size, given, sizeof size);
    if (size < minimum_size || size > STRUCT_SIZE_MAX)
        return vaxdir_context_fail(context, VAXDIR_ERROR_STRUCT, "%s.struct_size is %lu: start from its INIT macro",
                                   name, (unsigned long)size);
    memset(given, 0, size);
    memcpy(given, known, size < known_size ? size : known_size);
    memcpy(given, &size, sizeof size);
    return VAXDIR_OK;
}

static uint32_t or_default(uint32_t given, uint32_t otherwise)
{
    return given == 0 ? otherwise : given;
}

vaxdir_status vaxdir_context_new(const vaxdir_context_options *options, vaxdir_context **ret_context)
{
    if (ret_context == NULL)
        return VAXDIR_ERROR_ARGUMENT;
    vaxdir_context_options known;
    vaxdir_context trial; /* there is no context yet to carry an error record */
    vaxdir_status status =
        vaxdir_context_read_struct(&trial, "vaxdir_context_options", options, &known, sizeof known, sizeof known);
    if (status != VAXDIR_OK)
        return status;
    int functions = (known.allocate != NULL) + (known.reallocate != NULL) + (known.free != NULL);
    if (known.flags != 0 || (functions != 0 && functions != 3))
        return VAXDIR_ERROR_ARGUMENT;
    vaxdir_memory memory = vaxdir_memory_standard;
    if (functions == 3)
        memory = (vaxdir_memory){known.allocate, known.reallocate, known.free, known.user};
    vaxdir_context *context = vaxdir_memory_allocate_zeroed(&memory, 1, sizeof *context);
    if (context == NULL)
        return VAXDIR_ERROR_MEMORY;
    context->memory = memory;
    context->limits.input_bytes = known.max_input_bytes == 0 ? UINT64_C(1) << 30 : known.max_input_bytes;
    context->limits.rows = or_default(known.max_rows, 100000000);
    context->limits.columns = or_default(known.max_columns, 1024);
    context->limits.cell_bytes = or_default(known.max_cell_bytes, 65536);
    context->limits.diagnostics = or_default(known.max_diagnostics, 10000000);
    clear_error(context);
    *ret_context = context;
    return VAXDIR_OK;
}

vaxdir_context *vaxdir_context_unref(vaxdir_context *context)
{
    if (context == NULL)
        return NULL;
    vaxdir_memory memory = context->memory;
    for (int slot = 0; slot < VAXDIR_SCRATCH_SLOTS; slot++)
        if (context->scratch[slot] != NULL)
            context->scratch_free[slot](&memory, context->scratch[slot]);
    vaxdir_memory_free(&memory, context, 1, sizeof *context);
    return NULL;
}

const vaxdir_error *vaxdir_context_error(const vaxdir_context *context)
{
    return context == NULL ? &no_context : &context->error;
}
