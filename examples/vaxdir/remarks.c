/* Writes the report. Every key is on every line; null is what a diagnostic does not have. */
#include "remarks.h"

#include "json.h"

#include <string.h>

static const char *severity_name(int32_t severity)
{
    switch (severity) {
    case VAXDIR_SEVERITY_NOTE:
        return "note";
    case VAXDIR_SEVERITY_WARNING:
        return "warning";
    case VAXDIR_SEVERITY_ERROR:
        return "error";
    default:
        return NULL;
    }
}

static const char *or_null(const char *text)
{
    return text == NULL || *text == '\0' ? NULL : text;
}

static void put_position(struct json *json, const char *key, int64_t position)
{
    if (position > 0)
        emit_integer(json, key, position);
    else
        emit_text(json, key, NULL);
}

int report_write(const struct program *program, const vaxdir_builder *builder, FILE *stream)
{
    struct json json = {stream, false};
    vaxdir_report *report = NULL;
    if (vaxdir_builder_report(program->context, builder, &report) != VAXDIR_OK)
        return program_fail(program, NULL);
    for (uint32_t i = 0; i < vaxdir_report_count(report); i++) {
        vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
        char message[2048];
        if (vaxdir_report_diagnostic(program->context, report, i, &diagnostic) != VAXDIR_OK) {
            vaxdir_report_unref(report);
            return program_fail(program, NULL);
        }
        bool phone = diagnostic.code == VAXDIR_DIAGNOSTIC_PHONE_INVALID;
        char reason[256] = "";
        if (diagnostic.reason != 0)
            program_sentence(program, phone ? VAXDIR_TEXT_PHONE_REASON : VAXDIR_TEXT_LINK_REASON, diagnostic.reason,
                             NULL, 0, reason, sizeof reason);
        const char *const parameters[] = {or_null(diagnostic.value), or_null(diagnostic.suggestion),
                                          or_null(diagnostic.column_name), or_null(reason)};
        program_sentence(program, VAXDIR_TEXT_DIAGNOSTIC, diagnostic.code, parameters, 4, message, sizeof message);
        emit_open(&json, NULL, '{');
        emit_text(&json, "code", vaxdir_diagnostic_name(diagnostic.code));
        emit_text(&json, "severity", severity_name(diagnostic.severity));
        emit_text(&json, "file", or_null(diagnostic.file));
        put_position(&json, "line", diagnostic.line);
        put_position(&json, "column", diagnostic.column);
        emit_text(&json, "field", vaxdir_field_name(diagnostic.field));
        emit_text(&json, "column_name", or_null(diagnostic.column_name));
        emit_text(&json, "id", or_null(diagnostic.id));
        emit_text(&json, "value", or_null(diagnostic.value));
        emit_text(&json, "suggestion", or_null(diagnostic.suggestion));
        emit_text(&json, "reason",
                  phone ? vaxdir_phone_reason_name(diagnostic.reason) : vaxdir_link_reason_name(diagnostic.reason));
        emit_text(&json, "message", message);
        emit_close(&json, '}');
        emit_end_line(&json);
    }
    vaxdir_report_unref(report);
    return fflush(stream) == 0 && !ferror(stream) ? STATUS_DONE : STATUS_REFUSED;
}

int report_print_warnings(const struct program *program, const struct terminal *terminal,
                          const vaxdir_registry *registry)
{
    static const char *const any[] = {"…"}; /* one sentence for many values */
    for (uint32_t i = 0; i < vaxdir_registry_diagnostic_count(registry); i++) {
        enum { COUNT = 8, NAME = 24 };
        char sentence[1024];
        int32_t code = 0;
        uint64_t count = 0;
        if (vaxdir_registry_diagnostics(program->context, registry, i, &code, &count) != VAXDIR_OK)
            return program_fail(program, NULL);
        const char *name = vaxdir_diagnostic_name(code);
        program_sentence(program, VAXDIR_TEXT_DIAGNOSTIC, code, any, 1, sentence, sizeof sentence);
        fprintf(terminal->stream, "%*llu  %-*s  ", COUNT, (unsigned long long)count, NAME, name != NULL ? name : "?");
        terminal_paragraph(terminal, COUNT + NAME + 4, sentence);
    }
    return STATUS_DONE;
}
