/* context.h: the inside of a context, and how every public call enters it and fails. */
#ifndef VAXDIR_BASE_CONTEXT_H
#define VAXDIR_BASE_CONTEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <vaxdir/context.h>

#include "memory.h"

/* Scratch of other rooms that lives with the context; each room names its slot and keeps its own struct there. */
enum { VAXDIR_SCRATCH_SEARCH, VAXDIR_SCRATCH_LINK, VAXDIR_SCRATCH_GEOS, VAXDIR_SCRATCH_SLOTS };

typedef void (*vaxdir_scratch_free)(const vaxdir_memory *memory, void *scratch);

typedef struct vaxdir_limits {
    uint64_t input_bytes;
    uint32_t rows;
    uint32_t columns;
    uint32_t cell_bytes;
    uint32_t diagnostics;
} vaxdir_limits;

struct vaxdir_context {
    vaxdir_memory memory;
    vaxdir_limits limits;
    vaxdir_error error;
    bool in_callback; /* a callback of the caller runs: any call with this context answers BUSY */
    char message[512];
    char file[512];
    void *scratch[VAXDIR_SCRATCH_SLOTS];
    vaxdir_scratch_free scratch_free[VAXDIR_SCRATCH_SLOTS];
};

/* First line of every public call that takes a context: refuses NULL and re-entry, clears the error record. */
vaxdir_status vaxdir_context_enter(vaxdir_context *context);

/* Sets the error record and gives the status back. The format is for people and says what to do; never a float in it,
 * because printf follows the locale. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
vaxdir_status
vaxdir_context_fail(vaxdir_context *context, vaxdir_status status, const char *format, ...);

/* The same for the two that are the same everywhere. */
vaxdir_status vaxdir_context_fail_memory(vaxdir_context *context);
vaxdir_status vaxdir_context_fail_null(vaxdir_context *context, const char *argument);

/* Adds the place to the error record that was just set; -1 and NULL leave it out. Gives the record's status back. */
vaxdir_status vaxdir_context_fail_at(vaxdir_context *context, const char *file, int64_t line, int64_t column);

/* Checks an input struct of the caller: copies what both sides know into `known` (of `known_size` bytes, zeroed first)
 * and refuses a size below `minimum_size` or a non-zero tail that this library does not know. NULL gives all zero. */
vaxdir_status vaxdir_context_read_struct(vaxdir_context *context, const char *name, const void *given, void *known,
                                         size_t known_size, size_t minimum_size);

/* Writes an output struct of the caller, whose struct_size says how much it knows; the rest of it is zeroed. */
vaxdir_status vaxdir_context_write_struct(vaxdir_context *context, const char *name, const void *known,
                                          size_t known_size, size_t minimum_size, void *given);

#endif
