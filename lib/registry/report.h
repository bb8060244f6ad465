/* report.h: diagnostics as they are collected, and the immutable report made of them. */
#ifndef VAXDIR_REGISTRY_REPORT_H
#define VAXDIR_REGISTRY_REPORT_H

#include <vaxdir/report.h>

#include "../base/context.h"
#include "../base/memory.h"
#include "../base/text.h"

/* One diagnostic in a list; texts are offsets into the list's bytes, NUL-terminated, 0 the empty text. */
typedef struct vaxdir_finding {
    int32_t code;
    uint32_t field;
    int64_t line;
    int64_t column;
    size_t file;
    size_t column_name;
    size_t id;
    size_t value;
    size_t suggestion;
    int32_t reason;
} vaxdir_finding;

typedef struct vaxdir_findings {
    const vaxdir_memory *memory;
    vaxdir_finding *items;
    size_t count;
    size_t capacity;
    vaxdir_buffer texts;
} vaxdir_findings;

void vaxdir_findings_init(vaxdir_findings *findings, const vaxdir_memory *memory);
void vaxdir_findings_free(vaxdir_findings *findings);
/* Takes the list back to an earlier length. */
void vaxdir_findings_cut(vaxdir_findings *findings, size_t count, size_t text_length);

/* Adds one; text arguments are copied, the value cut after 200 bytes. LIMIT past the context's max_diagnostics. */
vaxdir_status vaxdir_findings_add(vaxdir_context *context, vaxdir_findings *findings, int32_t code, uint32_t field,
                                  int64_t line, int64_t column, vaxdir_slice file, vaxdir_slice column_name,
                                  vaxdir_slice id, vaxdir_slice value, vaxdir_slice suggestion);

/* Severity of a code; whether it puts the row into quarantine. */
int32_t vaxdir_diagnostic_severity(int32_t code);
bool vaxdir_diagnostic_quarantines(int32_t code);
/* The codes one after the other, 0 after the last. */
int32_t vaxdir_diagnostic_at(size_t index);

/* A report that holds copies of the lists, in order. */
vaxdir_status vaxdir_report_new(vaxdir_context *context, const vaxdir_findings *const *lists, size_t count,
                                vaxdir_report **ret_report);

#endif
