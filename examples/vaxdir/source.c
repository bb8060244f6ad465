/* Opens what a query command is given: a registry file, told by its first eight bytes, or a feed. A pipe is read whole
 * first, so that no byte is lost by looking. */
#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char magic[8] = {'V', 'A', 'X', 'D', 'I', 'R', '\r', '\n'};

struct content {
    char *bytes;
    size_t length;
};

static bool read_all(FILE *stream, struct content *content)
{
    size_t capacity = 0;
    for (;;) {
        if (content->length == capacity) {
            capacity = capacity == 0 ? 65536 : capacity * 2;
            char *larger = realloc(content->bytes, capacity);
            if (larger == NULL)
                return false;
            content->bytes = larger;
        }
        size_t got = fread(content->bytes + content->length, 1, capacity - content->length, stream);
        if (got == 0)
            return ferror(stream) == 0;
        content->length += got;
    }
}

static void tell_quarantine(const struct program *program, const vaxdir_registry *registry, const char *path)
{
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    if (vaxdir_registry_counts(program->context, registry, &counts) != VAXDIR_OK || counts.quarantined == 0)
        return;
    program_refuse(program_say(program, "%s: rows that could not be used: %lu; vaxdir build --report tells which",
                               "%s : lignes inutilisables : %lu ; vaxdir build --report dit lesquelles"),
                   path, (unsigned long)counts.quarantined);
}

int program_fail_input(const struct program *program, const vaxdir_builder *builder, const char *path)
{
    vaxdir_error error = *vaxdir_context_error(program->context);
    vaxdir_report *report = NULL;
    char sentence[1024] = "";
    if (strcmp(program->language, "en") != 0 && error.status == VAXDIR_ERROR_DATA &&
        vaxdir_builder_report(program->context, builder, &report) == VAXDIR_OK) {
        uint32_t index = vaxdir_report_count(report);
        while (index-- > 0 && sentence[0] == '\0') {
            vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
            if (vaxdir_report_diagnostic(program->context, report, index, &diagnostic) != VAXDIR_OK)
                break;
            if (diagnostic.code < VAXDIR_DIAGNOSTIC_INPUT_EMPTY || diagnostic.severity != VAXDIR_SEVERITY_ERROR)
                continue;
            const char *const parameters[] = {diagnostic.value, diagnostic.suggestion, diagnostic.column_name};
            program_sentence(program, VAXDIR_TEXT_DIAGNOSTIC, diagnostic.code, parameters, 3, sentence,
                             sizeof sentence);
        }
        vaxdir_report_unref(report);
        if (sentence[0] != '\0')
            return program_refuse("%s : %s", path, sentence);
    }
    return program_fail(program, path);
}

/* A feed becomes a registry in memory; what is only doubtful in it stays silent, vaxdir build tells it. */
static int build_feed(struct program *program, const char *path, const struct content *content,
                      vaxdir_registry **ret_registry)
{
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_input input = VAXDIR_INPUT_INIT;
    vaxdir_builder *builder = NULL;
    options.rules = program->rules;
    input.name = path;
    if (vaxdir_builder_new(program->context, &options, &builder) != VAXDIR_OK)
        return program_fail(program, path);
    vaxdir_status status =
        content == NULL ? vaxdir_builder_add_path(program->context, builder, path, NULL)
                        : vaxdir_builder_add_memory(program->context, builder, content->bytes, content->length, &input);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_build(program->context, builder, ret_registry);
    int result = STATUS_DONE;
    if (status != VAXDIR_OK)
        result = program_fail_input(program, builder, path);
    else
        tell_quarantine(program, *ret_registry, path);
    vaxdir_builder_unref(builder);
    return result;
}

static int open_stream(struct program *program, FILE *stream, const char *path, vaxdir_registry **ret_registry)
{
    struct stat information;
    struct content content = {NULL, 0};
    int result = STATUS_DONE;
    if (fstat(fileno(stream), &information) == 0 && S_ISREG(information.st_mode)) {
        char head[sizeof magic];
        if (fread(head, 1, sizeof head, stream) != sizeof head || memcmp(head, magic, sizeof head) != 0)
            return build_feed(program, path, NULL, ret_registry);
        if (vaxdir_registry_open(program->context, path, 0, ret_registry) != VAXDIR_OK)
            return program_fail(program, path);
        return STATUS_DONE;
    }
    if (!read_all(stream, &content)) {
        result = program_refuse("%s: cannot be read: %s", path, strerror(errno));
    } else if (content.length >= sizeof magic && memcmp(content.bytes, magic, sizeof magic) == 0) {
        if (vaxdir_registry_open_memory(program->context, content.bytes, content.length, ret_registry) != VAXDIR_OK)
            result = program_fail(program, path);
    } else {
        result = build_feed(program, path, &content, ret_registry);
    }
    free(content.bytes);
    return result;
}

int program_open(struct program *program, const char *path, vaxdir_edition **ret_edition)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return program_refuse("%s: cannot be read: %s", path, strerror(errno));
    vaxdir_registry *registry = NULL;
    int result = open_stream(program, stream, path, &registry);
    fclose(stream);
    if (result != STATUS_DONE)
        return result;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = program->rules;
    if (vaxdir_edition_new(program->context, registry, &options, ret_edition) != VAXDIR_OK)
        result = program_fail(program, path);
    vaxdir_registry_unref(registry);
    return result;
}
