/* builder.h: records go in, a registry comes out, and a report tells what was wrong. */
#ifndef VAXDIR_BUILDER_H
#define VAXDIR_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/registry.h>
#include <vaxdir/report.h>
#include <vaxdir/rules.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Collects records and builds registries; mutable, one thread at a time. From inside a callback that it runs, each call
 * on it answers VAXDIR_ERROR_BUSY, whichever the context; there it may not be released either. */
typedef struct vaxdir_builder vaxdir_builder;

/* Told how far long work has come: bytes of the input while adding, rows while building; total is 0 where it is not
 * known. 0 continues, anything else stops the call with VAXDIR_ERROR_CANCELLED. */
typedef int32_t (*vaxdir_progress_function)(uint64_t done, uint64_t total, void *user);

/* Gives the next bytes of an input: up to capacity into buffer, their number into ret_length, 0 at the end. 0
 * continues, anything else stops the call with VAXDIR_ERROR_CANCELLED. */
typedef int32_t (*vaxdir_read_function)(void *buffer, size_t capacity, size_t *ret_length, void *user);

/* Options of a builder. */
typedef struct vaxdir_builder_options {
    uint32_t struct_size;
    uint32_t flags;                    /* none yet: 0 */
    vaxdir_rules *rules;               /* that judge; NULL for the shipped ones; a reference is taken */
    vaxdir_progress_function progress; /* NULL for none */
    void *user;                        /* handed to progress */
    void *reserved;                    /* NULL */
} vaxdir_builder_options;

#define VAXDIR_BUILDER_OPTIONS_INIT {sizeof(vaxdir_builder_options), 0, NULL, NULL, NULL, NULL}

/* Formats of input. */
enum {
    VAXDIR_INPUT_SNIFF = 0, /* found from the first bytes */
    VAXDIR_INPUT_CSV = 1    /* separated values; the separator and the dialect are found from the header */
};

/* How to read one input; read during the call only. */
typedef struct vaxdir_input {
    uint32_t struct_size;
    uint32_t format;       /* one of VAXDIR_INPUT_* */
    uint32_t flags;        /* none yet: 0 */
    uint32_t reserved;
    const char *name;      /* what diagnostics call it, UTF-8; NULL: the path, or "memory", or "callback" */
    const char *id_system; /* the system of ids that have none, such as "gid"; NULL: the dialect's own */
} vaxdir_input;

#define VAXDIR_INPUT_INIT {sizeof(vaxdir_input), 0, 0, 0, NULL, NULL}

/**
 * Makes an empty builder.
 *
 * @param context  not NULL.
 * @param options  NULL for defaults; read during the call only.
 * @param ret_builder  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns the builder: vaxdir_builder_unref(). It takes a reference to the rules.
 * @thread the thread that uses the context; the builder belongs to one thread at a time.
 * @cost parses the shipped rules where none are given, some milliseconds.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_new(vaxdir_context *context, const vaxdir_builder_options *options,
                                            vaxdir_builder **ret_builder);

/**
 * Releases a builder; registries and reports made by it live on.
 *
 * @param builder  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread one thread at a time.
 * @cost linear in its records.
 * @since 0.1
 */
VAXDIR_API vaxdir_builder *vaxdir_builder_unref(vaxdir_builder *builder);

/**
 * Adds every record of a file. Rows that cannot be used are told in the report; the call still succeeds. An input that
 * is no feed at all is refused whole: the builder keeps none of it but the diagnostic.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param path  not NULL; a file-system path, NUL-terminated.
 * @param input  NULL to find out everything.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY;
 *   VAXDIR_ERROR_IO; VAXDIR_ERROR_LIMIT; VAXDIR_ERROR_CANCELLED; VAXDIR_ERROR_DATA (refused whole). After any failure
 *   the builder holds the records that it held before.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the file.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_add_path(vaxdir_context *context, vaxdir_builder *builder, const char *path,
                                                 const vaxdir_input *input);

/**
 * Adds every record of an input in memory, as vaxdir_builder_add_path() does from a file.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param bytes  the input, read during the call only; NULL only with length 0.
 * @param length  its length in bytes.
 * @param input  NULL to find out everything.
 * @return as vaxdir_builder_add_path(), without VAXDIR_ERROR_IO.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the input.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_add_memory(vaxdir_context *context, vaxdir_builder *builder, const void *bytes,
                                                   size_t length, const vaxdir_input *input);

/**
 * Adds every record of an input that a callback hands over piece by piece.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param input  NULL to find out everything.
 * @param read  not NULL; called until it gives 0 bytes or stops; it may not call back with this context or builder.
 * @param user  handed to read.
 * @return as vaxdir_builder_add_path().
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the input.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_add_callback(vaxdir_context *context, vaxdir_builder *builder,
                                                     const vaxdir_input *input, vaxdir_read_function read, void *user);

/**
 * Begins one record that is handed over field by field: then any number of set calls, then
 * vaxdir_builder_end_record(). A record that was begun and not ended is dropped by the next one, and by an input.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param id  not NULL; `system:value`, or a value that gets the system `id`; UTF-8 without U+0000.
 * @param length  its length in bytes, at least 1.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership the id is copied.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_begin_record(vaxdir_context *context, vaxdir_builder *builder, const char *id,
                                                     size_t length);

/**
 * Sets a field of the record that was begun, from text as a feed would hold it: "49.1193", "2021-01-18", "yes". A value
 * that does not parse is told in the report and kept as an attribute of the field's name.
 *
 * @param context  not NULL.
 * @param builder  not NULL, with a record begun.
 * @param field  any field but the id and the judged ones.
 * @param text  UTF-8 without U+0000; NULL only with length 0, which leaves the field absent.
 * @param length  its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership the text is copied.
 * @thread the thread that uses the context.
 * @cost linear in the text.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_set_text(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                                 const char *text, size_t length);

/**
 * Sets a number field of the record that was begun.
 *
 * @param context  not NULL.
 * @param builder  not NULL, with a record begun.
 * @param field  a field of type number.
 * @param number  in the field's unit (degrees WGS84 for positions); NaN leaves the field absent. A position beyond the
 *   Earth is told in the report.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_set_number(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                                   double number);

/**
 * Sets an instant, civil date or flag of the record that was begun.
 *
 * @param context  not NULL.
 * @param builder  not NULL, with a record begun.
 * @param field  a field of type instant, civil date or flag.
 * @param integer  UTC seconds, YYYYMMDD of a day that exists, or VAXDIR_YES, VAXDIR_NO, VAXDIR_UNKNOWN; INT64_MIN
 *   leaves the field absent.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_set_integer(vaxdir_context *context, vaxdir_builder *builder,
                                                    vaxdir_field field, int64_t integer);

/**
 * Sets an attribute of the record that was begun: anything that the field vocabulary does not know.
 *
 * @param context  not NULL.
 * @param builder  not NULL, with a record begun.
 * @param name  not NULL; UTF-8 without U+0000.
 * @param name_length  its length in bytes, at least 1.
 * @param text  UTF-8 without U+0000; NULL only with length 0, which leaves the attribute absent.
 * @param length  its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT.
 * @ownership the texts are copied.
 * @thread the thread that uses the context.
 * @cost linear in the texts.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_set_attribute(vaxdir_context *context, vaxdir_builder *builder,
                                                      const char *name, size_t name_length, const char *text,
                                                      size_t length);

/**
 * Ends the record that was begun and adds it. After a failure the record is as it was.
 *
 * @param context  not NULL.
 * @param builder  not NULL, with a record begun.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT (max_rows).
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the record.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_end_record(vaxdir_context *context, vaxdir_builder *builder);

/**
 * Builds a registry from all records so far: settles duplicate ids, judges links and phones, indexes positions. The
 * builder is not consumed.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param ret_registry  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT;
 *   VAXDIR_ERROR_CANCELLED; VAXDIR_ERROR_DATA (there were records and every one is in quarantine).
 * @ownership the caller owns one reference to the registry.
 * @thread the thread that uses the context.
 * @cost n log n in the rows.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_build(vaxdir_context *context, vaxdir_builder *builder,
                                              vaxdir_registry **ret_registry);

/**
 * Gives the report so far: of every add, refused ones included, and of the last build, also when it failed.
 *
 * @param context  not NULL.
 * @param builder  not NULL.
 * @param ret_report  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference to the report, which later adds do not change.
 * @thread the thread that uses the context.
 * @cost linear in the diagnostics.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_builder_report(vaxdir_context *context, const vaxdir_builder *builder,
                                               vaxdir_report **ret_report);

#ifdef __cplusplus
}
#endif

#endif
