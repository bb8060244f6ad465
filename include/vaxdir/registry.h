/* registry.h: the centres of one build: fields, ids, positions; saved to a file and opened again. */
#ifndef VAXDIR_REGISTRY_H
#define VAXDIR_REGISTRY_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The centres of one build: immutable, counted by reference, usable from any thread. A row number is valid in one
 * registry only; an id is valid across all. Rows stand in ascending order of id bytes. */
typedef struct vaxdir_registry vaxdir_registry;

/* The row of a centre that is not there. Rows are uint32_t and always below it. */
enum { VAXDIR_NO_ROW = 0x7fffffff };

/* A field of a centre, the same number everywhere: getters, report, filter. */
typedef uint32_t vaxdir_field;

enum {
    VAXDIR_FIELD_ID = 1,
    VAXDIR_FIELD_NAME = 2,
    VAXDIR_FIELD_ADDRESS_NUMBER = 3,
    VAXDIR_FIELD_ADDRESS_STREET = 4,
    VAXDIR_FIELD_ADDRESS_ID = 5,
    VAXDIR_FIELD_POSTCODE = 6,
    VAXDIR_FIELD_CITY = 7,
    VAXDIR_FIELD_INSEE = 8,
    VAXDIR_FIELD_DEPARTMENT = 9,
    VAXDIR_FIELD_REGION = 10,
    VAXDIR_FIELD_LATITUDE = 11,       /* number: degrees WGS84, -90 to 90 */
    VAXDIR_FIELD_LONGITUDE = 12,      /* number: degrees WGS84, -180 to 180 */
    VAXDIR_FIELD_POSITION_SCORE = 13, /* number: 0 to 1 */
    VAXDIR_FIELD_OPERATOR_NAME = 14,
    VAXDIR_FIELD_OPERATOR_SIREN = 15,
    VAXDIR_FIELD_UPDATED_AT = 16,     /* integer: UTC seconds */
    VAXDIR_FIELD_OPENS_ON = 17,       /* integer: YYYYMMDD */
    VAXDIR_FIELD_CLOSES_ON = 18,      /* integer: YYYYMMDD */
    VAXDIR_FIELD_CLOSED = 19,         /* flag, as the next five: text "yes", "no", "unknown"; integer 1, 2, 0 */
    VAXDIR_FIELD_RESERVED = 20,
    VAXDIR_FIELD_BY_APPOINTMENT = 21,
    VAXDIR_FIELD_ACCESSIBLE = 22,
    VAXDIR_FIELD_PRE_CONSULTATION = 23,
    VAXDIR_FIELD_VOICEMAIL = 24,
    VAXDIR_FIELD_HOURS_MONDAY = 25,
    VAXDIR_FIELD_HOURS_TUESDAY = 26,
    VAXDIR_FIELD_HOURS_WEDNESDAY = 27,
    VAXDIR_FIELD_HOURS_THURSDAY = 28,
    VAXDIR_FIELD_HOURS_FRIDAY = 29,
    VAXDIR_FIELD_HOURS_SATURDAY = 30,
    VAXDIR_FIELD_HOURS_SUNDAY = 31,
    VAXDIR_FIELD_BOOKING_URL = 32,    /* as given; never to be shown as a link: see LINK_URL */
    VAXDIR_FIELD_BOOKING_NOTES = 33,
    VAXDIR_FIELD_PHONE = 34,          /* as given; see PHONE_NUMBER */
    VAXDIR_FIELD_PHONE_2 = 35,
    VAXDIR_FIELD_KIND = 36,           /* list: items joined by a line feed, which no item contains */
    VAXDIR_FIELD_PROVIDER = 37,       /* judged, as the next six: by the rules of the build, or the edition's */
    VAXDIR_FIELD_TRUST = 38,          /* the verdict's name, never absent */
    VAXDIR_FIELD_PAGE = 39,
    VAXDIR_FIELD_LINK_KEY = 40,
    VAXDIR_FIELD_LINK_URL = 41,
    VAXDIR_FIELD_PHONE_NUMBER = 42,   /* E.164, or a short number */
    VAXDIR_FIELD_PHONE_NUMBER_2 = 43,
    VAXDIR_FIELD_DECLARED_PROVIDER = 44 /* the id of the provider that the source says the link is of; not judged */
};

/* A flag of a centre: what its integer getter gives. */
enum { VAXDIR_UNKNOWN = 0, VAXDIR_YES = 1, VAXDIR_NO = 2 };

/* How to open a file; flags. */
enum {
    VAXDIR_OPEN_COPY = 1 /* read into memory instead of mapping: safe from a program that shortens the file in place */
};

/* The counts of a build; kept in its file, outside the fingerprint. Output, append-only. */
typedef struct vaxdir_counts {
    uint32_t struct_size;
    uint32_t centres;
    uint32_t without_position;
    uint32_t quarantined;
} vaxdir_counts;

#define VAXDIR_COUNTS_INIT {sizeof(vaxdir_counts), 0, 0, 0}

/**
 * Takes one more reference.
 *
 * @param registry  NULL is allowed.
 * @return registry.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_registry *vaxdir_registry_ref(vaxdir_registry *registry);

/**
 * Gives a reference back; the last one releases the registry.
 *
 * @param registry  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_registry *vaxdir_registry_unref(vaxdir_registry *registry);

/**
 * Counts the centres: rows run from 0 to this number.
 *
 * @param registry  NULL counts as empty.
 * @return the number of rows.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_registry_count(const vaxdir_registry *registry);

/**
 * Gives the counts of the build.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param counts  not NULL, with struct_size set; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_counts(vaxdir_context *context, const vaxdir_registry *registry,
                                                vaxdir_counts *counts);

/**
 * Counts the different diagnostic codes that the build met.
 *
 * @param registry  NULL counts as none.
 * @return their number.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_registry_diagnostic_count(const vaxdir_registry *registry);

/**
 * Gives how often the build met one diagnostic code.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param index  below vaxdir_registry_diagnostic_count(); codes ascend.
 * @param ret_code  NULL if not wanted; a code of report.h, perhaps of a later release.
 * @param ret_count  NULL if not wanted; how often it was met.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_diagnostics(vaxdir_context *context, const vaxdir_registry *registry,
                                                     uint32_t index, int32_t *ret_code, uint64_t *ret_count);

/**
 * Gives the fingerprint of the records: equal for the same records in any order, from any compiler.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param fingerprint  not NULL; room for 33 bytes: 32 hexadecimal digits and a NUL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 * @source XXH3-128 of the canonical records; it proves identity, not authenticity.
 */
VAXDIR_API vaxdir_status vaxdir_registry_fingerprint(vaxdir_context *context, const vaxdir_registry *registry,
                                                     char *fingerprint);

/**
 * Finds the row of an id.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param id  not NULL; `system:value`.
 * @param length  its length in bytes.
 * @param ret_row  not NULL; the row, VAXDIR_NO_ROW if there is no such centre; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost logarithmic in the rows.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_find(vaxdir_context *context, const vaxdir_registry *registry, const char *id,
                                              size_t length, uint32_t *ret_row);

/**
 * Lists the rows of the centres without a position, which no search can find.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param capacity  how many rows fit.
 * @param rows  room for capacity rows, NULL only with capacity 0; ascending rows, nothing beyond capacity.
 * @param ret_count  not NULL; how many there are, perhaps more than fit; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the rows.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_without_position(vaxdir_context *context, const vaxdir_registry *registry,
                                                          uint32_t capacity, uint32_t *rows, uint32_t *ret_count);

/**
 * Gives a field of a centre as text. Judged fields are as the rules of the build have it, on the word of the file where
 * the registry was opened from one; what may be shown to people is an edition's: vaxdir_edition_text().
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param row  below vaxdir_registry_count().
 * @param field  a field of type text, list or flag.
 * @param ret_text  not NULL; the text in UTF-8, NUL-terminated; NULL where the field is absent.
 * @param ret_length  NULL if not wanted; its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, an unknown field, a field that is a number or an integer);
 *   VAXDIR_ERROR_BUSY.
 * @ownership the text is borrowed from the registry.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_text(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                              vaxdir_field field, const char **ret_text, size_t *ret_length);

/**
 * Gives a field of a centre as a number.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param row  below vaxdir_registry_count().
 * @param field  a field of type number.
 * @param ret_number  not NULL; the number, NaN where the field is absent; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, a field that is not a number); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_number(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                                vaxdir_field field, double *ret_number);

/**
 * Gives a field of a centre as an integer.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param row  below vaxdir_registry_count().
 * @param field  a field of type instant (UTC seconds), civil date (YYYYMMDD) or flag (VAXDIR_YES, NO, UNKNOWN).
 * @param ret_integer  not NULL; INT64_MIN where an instant or date is absent; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, a field that is not an integer); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_integer(vaxdir_context *context, const vaxdir_registry *registry, uint32_t row,
                                                 vaxdir_field field, int64_t *ret_integer);

/**
 * Copies a text field of all centres as one column, in Arrow's large_utf8 layout: the text of row r is
 * bytes[offsets[r]] to bytes[offsets[r + 1]]; an absent text is empty and its bit in validity is 0.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param field  a field of type text, list or flag.
 * @param offsets  NULL, or room for vaxdir_registry_count() + 1 offsets.
 * @param validity  NULL, or room for (vaxdir_registry_count() + 7) / 8 bytes, least significant bit first.
 * @param bytes  room for capacity bytes, NULL only with capacity 0; written only if all fits.
 * @param capacity  how many bytes fit.
 * @param ret_bytes  not NULL; how many bytes the column needs; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the column.
 * @since 0.1
 * @source Apache Arrow columnar format, variable-size binary layout.
 */
VAXDIR_API vaxdir_status vaxdir_registry_text_column(vaxdir_context *context, const vaxdir_registry *registry,
                                                     vaxdir_field field, int64_t *offsets, uint8_t *validity,
                                                     char *bytes, uint64_t capacity, uint64_t *ret_bytes);

/**
 * Copies a number field of all centres.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param field  a field of type number.
 * @param numbers  room for vaxdir_registry_count() numbers; NaN where absent. NULL only for an empty registry.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the rows.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_number_column(vaxdir_context *context, const vaxdir_registry *registry,
                                                       vaxdir_field field, double *numbers);

/**
 * Copies an instant, date or flag field of all centres.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param field  a field of type instant, civil date or flag.
 * @param integers  room for vaxdir_registry_count() integers; as vaxdir_registry_integer() gives them. NULL only for
 *   an empty registry.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the rows.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_integer_column(vaxdir_context *context, const vaxdir_registry *registry,
                                                        vaxdir_field field, int64_t *integers);

/**
 * Counts the attributes: columns of the input that the field vocabulary does not know, kept as they are.
 *
 * @param registry  NULL counts as none.
 * @return their number.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_registry_attribute_count(const vaxdir_registry *registry);

/**
 * Names an attribute.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param attribute  below vaxdir_registry_attribute_count(); names ascend by bytes.
 * @param ret_name  not NULL; the name, NUL-terminated, never NULL; written on success only.
 * @param ret_length  NULL if not wanted; its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (attribute); VAXDIR_ERROR_BUSY.
 * @ownership the text is borrowed from the registry.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_attribute_name(vaxdir_context *context, const vaxdir_registry *registry,
                                                        uint32_t attribute, const char **ret_name, size_t *ret_length);

/**
 * Gives an attribute of a centre.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param row  below vaxdir_registry_count().
 * @param attribute  below vaxdir_registry_attribute_count().
 * @param ret_text  not NULL; the text, NUL-terminated; NULL where absent; written on success only.
 * @param ret_length  NULL if not wanted; its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, attribute); VAXDIR_ERROR_BUSY.
 * @ownership the text is borrowed from the registry.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_attribute(vaxdir_context *context, const vaxdir_registry *registry,
                                                   uint32_t row, uint32_t attribute, const char **ret_text,
                                                   size_t *ret_length);

/**
 * Saves a registry to one file: written beside it under a temporary name, synced, then renamed, so that a reader
 * sees the old file or the new one whole. The mode of a file that is replaced is kept; a symbolic link is replaced
 * itself.
 *
 * @param context  not NULL.
 * @param registry  not NULL.
 * @param path  not NULL; a file-system path, NUL-terminated; an existing file is replaced.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_IO: nothing is left
 *   behind.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost linear in the registry.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_save(vaxdir_context *context, const vaxdir_registry *registry,
                                              const char *path);

/**
 * Opens a saved registry by mapping it, after checking every byte that it will ever follow.
 *
 * @param context  not NULL.
 * @param path  not NULL; a file-system path, NUL-terminated.
 * @param flags  0 or VAXDIR_OPEN_COPY.
 * @param ret_registry  not NULL; the registry, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_IO;
 *   VAXDIR_ERROR_FILE (damaged, or not a registry file); VAXDIR_ERROR_NEWER.
 * @ownership the caller owns one reference. The file may be renamed or removed meanwhile, but not shortened in place
 *   unless it was opened with VAXDIR_OPEN_COPY.
 * @thread the thread that uses the context.
 * @cost linear in the file: it is checked whole.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_open(vaxdir_context *context, const char *path, uint32_t flags,
                                              vaxdir_registry **ret_registry);

/**
 * Opens a saved registry from a copy of its bytes in memory.
 *
 * @param context  not NULL.
 * @param bytes  not NULL; the content of a registry file, read during the call only.
 * @param length  its length in bytes.
 * @param ret_registry  not NULL; the registry, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_FILE;
 *   VAXDIR_ERROR_NEWER.
 * @ownership the caller owns one reference.
 * @thread the thread that uses the context.
 * @cost linear in the bytes.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_registry_open_memory(vaxdir_context *context, const void *bytes, size_t length,
                                                     vaxdir_registry **ret_registry);

/**
 * Names a field, as it is named in filters and JSON: "postcode".
 *
 * @param field  any number.
 * @return the name, NULL for a number that this library does not know.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_field_name(vaxdir_field field);

/**
 * Finds a field by its name.
 *
 * @param name  the name, NULL only with length 0.
 * @param length  its length in bytes.
 * @return the field, 0 if there is none of this name.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost linear in the vocabulary.
 * @since 0.1
 */
VAXDIR_API vaxdir_field vaxdir_field_find(const char *name, size_t length);

#ifdef __cplusplus
}
#endif

#endif
