/* builder.h: the inside of a builder: what importers push into it. Every cell goes through one door,
 * vaxdir_builder_cell(), which types it and tells what is wrong with it. */
#ifndef VAXDIR_REGISTRY_BUILDER_H
#define VAXDIR_REGISTRY_BUILDER_H

#include <vaxdir/builder.h>

#include "../base/context.h"
#include "../base/text.h"
#include "../base/time.h"
#include "report.h"

/* One input being read. */
typedef struct vaxdir_source {
    vaxdir_slice name;       /* as diagnostics name it */
    vaxdir_slice id_system;  /* of ids without one */
    bool id_always_prefixed; /* the dialect's ids never carry a system of their own */
    vaxdir_date_form dates;
} vaxdir_source;

/* Where a cell stands. */
typedef struct vaxdir_place {
    int64_t line;             /* where the row begins, 0 for none */
    int64_t column;           /* field number from 1, 0 for none */
    vaxdir_slice column_name; /* as the header has it */
} vaxdir_place;

/* The beginning of each public call on a builder: vaxdir_context_enter(), and no NULL, and no builder that a call lends
 * out to a callback, with whatever context. */
vaxdir_status vaxdir_builder_enter(vaxdir_context *context, const vaxdir_builder *builder);
/* Lends context and builder out to a callback of the caller's, and takes them back: meanwhile calls with either answer
 * BUSY. */
void vaxdir_builder_lend(vaxdir_context *context, vaxdir_builder *builder, bool lent);

/* Begins an input. Between begin and end nothing is sure: vaxdir_builder_input_end() with `keep` false takes every
 * record and diagnostic of the input back, so that a failure leaves the builder as it was. */
vaxdir_status vaxdir_builder_input_begin(vaxdir_context *context, vaxdir_builder *builder, const vaxdir_source *source);
void vaxdir_builder_input_end(vaxdir_builder *builder, bool keep);
/* Takes the records of the input back and keeps what was told of them; the input goes on. */
void vaxdir_builder_input_empty(vaxdir_builder *builder);

/* How many rows of the current input were kept, and how many were quarantined. */
uint32_t vaxdir_builder_input_rows(const vaxdir_builder *builder);
uint32_t vaxdir_builder_input_quarantined(const vaxdir_builder *builder);

/* A row: begin, cells, end. VAXDIR_FIELD_ID is a cell like the others; a row without one is quarantined at its end.
 * field 0 is an attribute of the place's column name. Cells hold valid UTF-8; an empty one is absent. */
vaxdir_status vaxdir_builder_row_begin(vaxdir_context *context, vaxdir_builder *builder, int64_t line);
vaxdir_status vaxdir_builder_cell(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field,
                                  const vaxdir_place *place, vaxdir_slice text);
vaxdir_status vaxdir_builder_row_end(vaxdir_context *context, vaxdir_builder *builder);
/* Gives the row up: it goes into quarantine with a code from 1 to 19. */
vaxdir_status vaxdir_builder_row_quarantine(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                            const vaxdir_place *place, vaxdir_slice value, vaxdir_slice suggestion);

/* Tells something that is not a cell's typing: row shape, header, whole input. Texts are copied; `id` may be empty. */
vaxdir_status vaxdir_builder_diagnose(vaxdir_context *context, vaxdir_builder *builder, int32_t code,
                                      vaxdir_field field, const vaxdir_place *place, vaxdir_slice id,
                                      vaxdir_slice value, vaxdir_slice suggestion);

/* Asks the caller's progress function; fails with CANCELLED. */
vaxdir_status vaxdir_builder_progress(vaxdir_context *context, vaxdir_builder *builder, uint64_t done, uint64_t total);

#endif
