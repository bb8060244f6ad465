/* records.h: the inside of a builder, shared by the files that fill it (builder, cell) and the one that empties it
 * (build).
 *
 * A record is kept as its canonical bytes: cell after cell, fields in ascending number, then attributes in ascending
 * name. Two records are the same exactly when their canonical bytes are, and the fingerprint is made of them. */
#ifndef VAXDIR_REGISTRY_RECORDS_H
#define VAXDIR_REGISTRY_RECORDS_H

#include "../provider/rules.h"
#include "builder.h"
#include "fields.h"

/* Where attributes sort: after every field. */
#define VAXDIR_FIELD_ATTRIBUTE UINT32_MAX

/* A cell of the row being read; texts are offsets into the row's bytes. */
typedef struct vaxdir_cell {
    uint32_t field; /* or VAXDIR_FIELD_ATTRIBUTE */
    uint32_t order; /* of arrival: the later of two equal cells stays */
    size_t name;
    size_t name_length;
    size_t value;
    size_t value_length;
    size_t raw; /* a number as the input has it: kept as an attribute if the position is refused */
    size_t raw_length;
    bool raw_is_number; /* `raw` is a double, whose text is made where it is asked for (vaxdir_row_raw) */
} vaxdir_cell;

typedef struct vaxdir_record {
    size_t bytes; /* offset of the canonical bytes */
    size_t length;
    size_t id; /* offset of the id's text within the builder's bytes */
    size_t id_length;
    int64_t line;
    int64_t updated_at; /* INT64_MIN where not stated: earliest */
    uint32_t input;
    int32_t link_column; /* where the build's diagnostics point to; 0 for nowhere */
    int32_t phone_column;
    int32_t phone_2_column;
} vaxdir_record;

/* A text within the builder's texts. */
typedef struct vaxdir_kept_text {
    size_t offset;
    size_t length;
} vaxdir_kept_text;

/* An input, as diagnostics need it: its name, its columns' names by column number, and the column where each field
 * stands in the row being read. */
typedef struct vaxdir_input_seen {
    vaxdir_kept_text name;
    vaxdir_kept_text *column_names;
    size_t column_capacity;
    int32_t columns[VAXDIR_FIELD_SLOTS];
} vaxdir_input_seen;

/* How far the builder was when the input began. */
typedef struct vaxdir_mark {
    size_t records, bytes, findings, finding_texts, inputs, texts;
    uint32_t quarantined;
} vaxdir_mark;

struct vaxdir_builder {
    vaxdir_memory memory;
    vaxdir_rules *rules;
    vaxdir_progress_function progress;
    void *user;
    bool lent; /* a call waits for a callback of the caller's */

    vaxdir_buffer bytes; /* canonical records, one after the other */
    vaxdir_record *records;
    size_t record_count, record_capacity;
    vaxdir_input_seen *inputs;
    size_t input_count, input_capacity;
    vaxdir_buffer texts; /* names of inputs and columns */
    uint32_t quarantined;

    vaxdir_findings added; /* of the inputs */
    vaxdir_findings built; /* of the last build */

    /* The input and the row being read. */
    vaxdir_source source;
    vaxdir_buffer source_texts; /* the source's own texts, copied */
    vaxdir_mark mark;
    bool in_record; /* a record handed over by calls was begun */
    bool in_call_input;
    size_t record_findings, record_texts; /* how far the diagnostics were when it was begun */
    int64_t line;
    vaxdir_cell *cells;
    size_t cell_count, cell_capacity;
    vaxdir_cell *kept_cells; /* those of a record handed over by calls, while it is ended */
    size_t kept_capacity;
    vaxdir_buffer row;
    vaxdir_buffer scratch;
};

/* One canonical cell, borrowed from a record. */
typedef struct vaxdir_record_cell {
    uint32_t field;
    vaxdir_slice name; /* of an attribute */
    vaxdir_slice value;
} vaxdir_record_cell;

/* Reads the cell at *at of a canonical record and moves *at behind it; false at the end. */
bool vaxdir_record_next(vaxdir_slice record, size_t *at, vaxdir_record_cell *cell);

/* The last input of the builder; the name of an input; the name of one of its columns, empty where it has none. */
vaxdir_input_seen *vaxdir_builder_input(const vaxdir_builder *builder);
vaxdir_slice vaxdir_input_name(const vaxdir_builder *builder, const vaxdir_input_seen *input);
vaxdir_slice vaxdir_input_column_name(const vaxdir_builder *builder, const vaxdir_input_seen *input, int64_t column);
/* Tells something about a field of the row being read, at the place where the field stands in this input. */
vaxdir_status vaxdir_builder_diagnose_field(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                            vaxdir_field field, vaxdir_slice value, vaxdir_slice suggestion);

/* Adds a typed cell to the row being read (cell.c gives it its type). */
vaxdir_status vaxdir_row_add(vaxdir_context *context, vaxdir_builder *builder, uint32_t field, vaxdir_slice name,
                             vaxdir_slice value, vaxdir_slice raw);
/* The cell of a field in the row being read, NULL if it has none. */
vaxdir_cell *vaxdir_row_find(vaxdir_builder *builder, vaxdir_field field);
vaxdir_slice vaxdir_row_value(const vaxdir_builder *builder, const vaxdir_cell *cell);
/* A number as the input has it, perhaps written into `room`. */
enum { VAXDIR_NUMBER_ROOM = 64 };
vaxdir_slice vaxdir_row_raw(const vaxdir_builder *builder, const vaxdir_cell *cell, char room[VAXDIR_NUMBER_ROOM]);
/* Turns a number cell into an attribute that holds what the input had. */
vaxdir_status vaxdir_row_demote(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field);

/* Adds a number that a call hands over. */
vaxdir_status vaxdir_row_add_number(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                    double number);

/* Takes back what an unfinished record of the calls told. */
void vaxdir_builder_drop_record(vaxdir_builder *builder);

/* Types one cell by its field and adds it to the row. */
vaxdir_status vaxdir_cell_type(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                               const vaxdir_place *place, vaxdir_slice text);
/* Looks at the row as a whole: name, position, dates, codes. */
vaxdir_status vaxdir_row_check(vaxdir_context *context, vaxdir_builder *builder);

#endif
