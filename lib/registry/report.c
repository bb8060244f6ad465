/* report.c: see report.h. Invariant: every code of the public header has one line in the table. */
#include "report.h"

#include <stdatomic.h>
#include <string.h>

typedef struct code_line {
    int32_t code;
    int32_t severity;
    const char *name;
} code_line;

static const code_line codes[] = {
    {VAXDIR_DIAGNOSTIC_ID_MISSING, VAXDIR_SEVERITY_ERROR, "id-missing"},
    {VAXDIR_DIAGNOSTIC_ID_DUPLICATE, VAXDIR_SEVERITY_ERROR, "id-duplicate"},
    {VAXDIR_DIAGNOSTIC_ROW_UNDECODABLE, VAXDIR_SEVERITY_ERROR, "row-undecodable"},
    {VAXDIR_DIAGNOSTIC_QUOTE_OPEN, VAXDIR_SEVERITY_ERROR, "quote-open"},
    {VAXDIR_DIAGNOSTIC_CELL_TOO_LONG, VAXDIR_SEVERITY_ERROR, "cell-too-long"},
    {VAXDIR_DIAGNOSTIC_ID_REPEATED, VAXDIR_SEVERITY_NOTE, "id-repeated"},
    {VAXDIR_DIAGNOSTIC_ID_REPLACED, VAXDIR_SEVERITY_NOTE, "id-replaced"},
    {VAXDIR_DIAGNOSTIC_ROW_SHORT, VAXDIR_SEVERITY_WARNING, "row-short"},
    {VAXDIR_DIAGNOSTIC_ROW_LONG, VAXDIR_SEVERITY_WARNING, "row-long"},
    {VAXDIR_DIAGNOSTIC_NAME_MISSING, VAXDIR_SEVERITY_WARNING, "name-missing"},
    {VAXDIR_DIAGNOSTIC_POSITION_MISSING, VAXDIR_SEVERITY_WARNING, "position-missing"},
    {VAXDIR_DIAGNOSTIC_POSITION_INVALID, VAXDIR_SEVERITY_WARNING, "position-invalid"},
    {VAXDIR_DIAGNOSTIC_POSITION_ZERO, VAXDIR_SEVERITY_WARNING, "position-zero"},
    {VAXDIR_DIAGNOSTIC_POSITION_SUSPECT, VAXDIR_SEVERITY_WARNING, "position-suspect"},
    {VAXDIR_DIAGNOSTIC_NUMBER_INVALID, VAXDIR_SEVERITY_WARNING, "number-invalid"},
    {VAXDIR_DIAGNOSTIC_DATE_INVALID, VAXDIR_SEVERITY_WARNING, "date-invalid"},
    {VAXDIR_DIAGNOSTIC_INSTANT_INVALID, VAXDIR_SEVERITY_WARNING, "instant-invalid"},
    {VAXDIR_DIAGNOSTIC_FLAG_INVALID, VAXDIR_SEVERITY_WARNING, "flag-invalid"},
    {VAXDIR_DIAGNOSTIC_LIST_INVALID, VAXDIR_SEVERITY_WARNING, "list-invalid"},
    {VAXDIR_DIAGNOSTIC_CODE_ZERO_LOST, VAXDIR_SEVERITY_WARNING, "code-zero-lost"},
    {VAXDIR_DIAGNOSTIC_TEXT_DOUBLE_ENCODED, VAXDIR_SEVERITY_WARNING, "text-double-encoded"},
    {VAXDIR_DIAGNOSTIC_DATES_REVERSED, VAXDIR_SEVERITY_WARNING, "dates-reversed"},
    {VAXDIR_DIAGNOSTIC_LINK_UNSAFE, VAXDIR_SEVERITY_WARNING, "link-unsafe"},
    {VAXDIR_DIAGNOSTIC_LINK_NOT_A_LINK, VAXDIR_SEVERITY_WARNING, "link-not-a-link"},
    {VAXDIR_DIAGNOSTIC_LINK_UNKNOWN, VAXDIR_SEVERITY_NOTE, "link-unknown"},
    {VAXDIR_DIAGNOSTIC_LINK_REPAIRED, VAXDIR_SEVERITY_NOTE, "link-repaired"},
    {VAXDIR_DIAGNOSTIC_PHONE_INVALID, VAXDIR_SEVERITY_WARNING, "phone-invalid"},
    {VAXDIR_DIAGNOSTIC_ROUTE_NONE, VAXDIR_SEVERITY_WARNING, "route-none"},
    {VAXDIR_DIAGNOSTIC_INPUT_EMPTY, VAXDIR_SEVERITY_ERROR, "input-empty"},
    {VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED, VAXDIR_SEVERITY_ERROR, "input-not-a-feed"},
    {VAXDIR_DIAGNOSTIC_INPUT_NO_HEADER, VAXDIR_SEVERITY_ERROR, "input-no-header"},
    {VAXDIR_DIAGNOSTIC_INPUT_NO_ROWS, VAXDIR_SEVERITY_WARNING, "input-no-rows"},
    {VAXDIR_DIAGNOSTIC_INPUT_ALL_QUARANTINED, VAXDIR_SEVERITY_ERROR, "input-all-quarantined"},
    {VAXDIR_DIAGNOSTIC_INPUT_UNREADABLE, VAXDIR_SEVERITY_ERROR, "input-unreadable"},
    {VAXDIR_DIAGNOSTIC_COLUMN_MISSING, VAXDIR_SEVERITY_WARNING, "column-missing"},
    {VAXDIR_DIAGNOSTIC_COLUMN_REPEATED, VAXDIR_SEVERITY_WARNING, "column-repeated"},
};

static const code_line *find_code(int32_t code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].code == code)
            return &codes[i];
    return NULL;
}

const char *vaxdir_diagnostic_name(int32_t code)
{
    const code_line *line = find_code(code);
    return line == NULL ? NULL : line->name;
}

int32_t vaxdir_diagnostic_severity(int32_t code)
{
    const code_line *line = find_code(code);
    return line == NULL ? VAXDIR_SEVERITY_WARNING : line->severity;
}

bool vaxdir_diagnostic_quarantines(int32_t code)
{
    return code >= VAXDIR_DIAGNOSTIC_ID_MISSING && code < VAXDIR_DIAGNOSTIC_ID_REPEATED;
}

int32_t vaxdir_diagnostic_at(size_t index)
{
    return index < sizeof codes / sizeof *codes ? codes[index].code : 0;
}

void vaxdir_findings_init(vaxdir_findings *findings, const vaxdir_memory *memory)
{
    memset(findings, 0, sizeof *findings);
    findings->memory = memory;
    findings->texts.memory = memory;
}

void vaxdir_findings_free(vaxdir_findings *findings)
{
    vaxdir_memory_free(findings->memory, findings->items, findings->capacity, sizeof *findings->items);
    vaxdir_buffer_free(&findings->texts);
    findings->items = NULL;
    findings->count = findings->capacity = 0;
}

void vaxdir_findings_cut(vaxdir_findings *findings, size_t count, size_t text_length)
{
    findings->count = count;
    findings->texts.length = text_length;
}

/* The value of a diagnostic is a look at the cell, not a copy of it. */
enum { VALUE_BYTES = 200 };

static bool add_text(vaxdir_findings *findings, vaxdir_slice text, size_t *ret_offset)
{
    *ret_offset = 0;
    if (findings->texts.length == 0 && !vaxdir_buffer_append_byte(&findings->texts, 0))
        return false;
    if (text.length == 0)
        return true;
    *ret_offset = findings->texts.length;
    return vaxdir_buffer_append(&findings->texts, text.bytes, text.length) &&
           vaxdir_buffer_append_byte(&findings->texts, 0);
}

vaxdir_status vaxdir_findings_add(vaxdir_context *context, vaxdir_findings *findings, int32_t code, uint32_t field,
                                  int64_t line, int64_t column, vaxdir_slice file, vaxdir_slice column_name,
                                  vaxdir_slice id, vaxdir_slice value, vaxdir_slice suggestion)
{
    if (findings->count >= context->limits.diagnostics)
        return vaxdir_context_fail(context, VAXDIR_ERROR_LIMIT,
                                   "more than %lu diagnostics (max_diagnostics): is this the right kind of file?",
                                   (unsigned long)context->limits.diagnostics);
    if (!vaxdir_memory_reserve(findings->memory, &findings->items, &findings->capacity, findings->count + 1,
                               sizeof *findings->items))
        return vaxdir_context_fail_memory(context);
    vaxdir_finding finding = {code, field, line, column, 0, 0, 0, 0, 0, 0};
    size_t texts = findings->texts.length;
    if (!add_text(findings, file, &finding.file) || !add_text(findings, column_name, &finding.column_name) ||
        !add_text(findings, id, &finding.id) ||
        !add_text(findings, vaxdir_text_cut(value, VALUE_BYTES), &finding.value) ||
        !add_text(findings, suggestion, &finding.suggestion)) {
        findings->texts.length = texts;
        return vaxdir_context_fail_memory(context);
    }
    findings->items[findings->count++] = finding;
    return VAXDIR_OK;
}

struct vaxdir_report {
    atomic_uint references;
    vaxdir_memory memory;
    vaxdir_findings findings;
};

static bool append_list(vaxdir_findings *all, const vaxdir_findings *list)
{
    size_t base = all->texts.length;
    if (!vaxdir_memory_reserve(all->memory, &all->items, &all->capacity, all->count + list->count,
                               sizeof *all->items) ||
        !vaxdir_buffer_append(&all->texts, list->texts.bytes, list->texts.length))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        vaxdir_finding *finding = &all->items[all->count++];
        *finding = list->items[i];
        finding->file += base;
        finding->column_name += base;
        finding->id += base;
        finding->value += base;
        finding->suggestion += base;
    }
    return true;
}

vaxdir_status vaxdir_report_new(vaxdir_context *context, const vaxdir_findings *const *lists, size_t count,
                                vaxdir_report **ret_report)
{
    vaxdir_report *report = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *report);
    if (report == NULL)
        return vaxdir_context_fail_memory(context);
    atomic_init(&report->references, 1);
    report->memory = context->memory;
    vaxdir_findings_init(&report->findings, &report->memory);
    for (size_t i = 0; i < count; i++)
        if (!append_list(&report->findings, lists[i])) {
            vaxdir_report_unref(report);
            return vaxdir_context_fail_memory(context);
        }
    *ret_report = report;
    return VAXDIR_OK;
}

vaxdir_report *vaxdir_report_ref(vaxdir_report *report)
{
    if (report != NULL)
        atomic_fetch_add_explicit(&report->references, 1, memory_order_relaxed);
    return report;
}

vaxdir_report *vaxdir_report_unref(vaxdir_report *report)
{
    if (report == NULL || atomic_fetch_sub_explicit(&report->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    vaxdir_memory memory = report->memory;
    vaxdir_findings_free(&report->findings);
    vaxdir_memory_free(&memory, report, 1, sizeof *report);
    return NULL;
}

uint32_t vaxdir_report_count(const vaxdir_report *report)
{
    return report == NULL ? 0 : (uint32_t)report->findings.count;
}

vaxdir_status vaxdir_report_diagnostic(vaxdir_context *context, const vaxdir_report *report, uint32_t index,
                                       vaxdir_diagnostic *diagnostic)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (report == NULL)
        return vaxdir_context_fail_null(context, "report");
    if (diagnostic == NULL)
        return vaxdir_context_fail_null(context, "diagnostic");
    if (index >= report->findings.count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "index %lu: the report has %lu diagnostics",
                                   (unsigned long)index, (unsigned long)report->findings.count);
    const vaxdir_finding *finding = &report->findings.items[index];
    const char *texts = (const char *)report->findings.texts.bytes;
    vaxdir_diagnostic known = {
        sizeof known,
        finding->code,
        vaxdir_diagnostic_severity(finding->code),
        finding->field,
        finding->line,
        finding->column,
        texts + finding->file,
        texts + finding->column_name,
        texts + finding->id,
        texts + finding->value,
        texts + finding->suggestion,
        NULL,
        finding->reason,
        0,
    };
    return vaxdir_context_write_struct(context, "vaxdir_diagnostic", &known, sizeof known, sizeof known, diagnostic);
}
