/* context.h: a thread's workspace: allocator, limits, error record and scratch memory. */
#ifndef VAXDIR_CONTEXT_H
#define VAXDIR_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/export.h>
#include <vaxdir/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A workspace for one thread at a time; it may move between threads. Make one per thread. */
typedef struct vaxdir_context vaxdir_context;

/* The caller's allocator: all three or none. Thread-safe, because objects made by one thread may be released by
 * another, and valid until the last object made through it is gone. Sizes are never 0. */
typedef void *(*vaxdir_allocate_function)(size_t size, void *user);
typedef void *(*vaxdir_reallocate_function)(void *memory, size_t old_size, size_t new_size, void *user);
typedef void (*vaxdir_free_function)(void *memory, size_t size, void *user);

/* Options of a context; 0 in a limit means its default. */
typedef struct vaxdir_context_options {
    uint32_t struct_size;
    uint32_t flags;                /* none yet: 0 */
    uint64_t max_input_bytes;      /* of one input or rules document; default 1 GiB */
    uint32_t max_rows;             /* of one registry; default 100,000,000 */
    uint32_t max_columns;          /* of one input, and of different attributes in one registry; default 1,024 */
    uint32_t max_cell_bytes;       /* of one cell or text; default 65,536 */
    uint32_t max_diagnostics;      /* of one report; default 10,000,000 */
    vaxdir_allocate_function allocate;
    vaxdir_reallocate_function reallocate;
    vaxdir_free_function free;
    void *user;                    /* handed to the three */
} vaxdir_context_options;

#define VAXDIR_CONTEXT_OPTIONS_INIT {sizeof(vaxdir_context_options), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL}

/**
 * Makes a context.
 *
 * @param options  NULL for defaults; read during the call only.
 * @param ret_context  not NULL; the new context, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (ret_context NULL, unknown flag, only part of an allocator);
 *   VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns the context: vaxdir_context_unref().
 * @thread any thread.
 * @cost a few small allocations.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_context_new(const vaxdir_context_options *options, vaxdir_context **ret_context);

/**
 * Releases a context. Objects made with it live on: they remember their allocator.
 *
 * @param context  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread any one thread, while no call with it runs.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_context *vaxdir_context_unref(vaxdir_context *context);

/**
 * Gives the error record of the last call made with this context: cleared when a call starts, set when it fails.
 *
 * @param context  NULL is allowed: the record then says that the context is NULL.
 * @return the record, never NULL.
 * @ownership borrowed; valid until the next call with this context.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const vaxdir_error *vaxdir_context_error(const vaxdir_context *context);

#ifdef __cplusplus
}
#endif

#endif
