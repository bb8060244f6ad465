/* vaxdir build: feeds in, one registry file out, and a report. The registry file is written whole or not at all; the
 * report is always written. */
#include "commands.h"
#include "progress.h"
#include "remarks.h"
#include "terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct option options[] = {
    {"--output", 'o', "FILE", "the registry file to write"},
    {"--report", 0, "FILE", "write what is wrong with the input, one JSON object a line"},
    {NULL, 0, NULL, NULL}};

/* The folder that a path's last name is in, and that name. */
static const char *split_path(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        snprintf(folder, size, ".");
    else
        snprintf(folder, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return slash == NULL ? path : slash + 1;
}

/* Whether two names that may not lead to anything yet are one name in one folder. */
static bool same_name(const char *one, const char *other)
{
    char folders[2][4096];
    struct stat first, second;
    const char *names[] = {split_path(one, folders[0], sizeof folders[0]),
                           split_path(other, folders[1], sizeof folders[1])};
    if (strcmp(names[0], names[1]) != 0)
        return false;
    if (stat(folders[0], &first) != 0 || stat(folders[1], &second) != 0)
        return strcmp(one, other) == 0;
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static bool same_file(const char *one, const char *other)
{
    struct stat first, second;
    if (stat(one, &first) != 0 || stat(other, &second) != 0)
        return same_name(one, other);
    return S_ISREG(first.st_mode) && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* A link to a file that is not there yet: nobody can tell what it will be. */
static bool leads_nowhere(const char *path)
{
    struct stat information;
    return lstat(path, &information) == 0 && S_ISLNK(information.st_mode) && stat(path, &information) != 0;
}

/* Saving replaces what has the name: right for a file, never for a device such as /dev/null. */
static bool can_be_replaced(const char *path)
{
    struct stat information;
    return stat(path, &information) != 0 || S_ISREG(information.st_mode);
}

static int check_paths(const struct program *program, const struct arguments *arguments, const char *output,
                       const char *report)
{
    if (arguments->count == 0)
        return program_usage(program, "build needs at least one INPUT");
    if (output == NULL || *output == '\0')
        return program_usage(program, "build needs -o FILE, the registry file to write");
    if (report != NULL && same_file(report, output))
        return program_usage(program, "-o and --report name the same file");
    if (report != NULL && leads_nowhere(report))
        return program_usage(program, "--report is a symbolic link to nothing: %s", report);
    if (!can_be_replaced(output))
        return program_refuse("%s: is no file that could be replaced; give -o another name", output);
    for (size_t i = 0; i < arguments->count; i++) {
        if (same_file(arguments->positional[i], output))
            return program_usage(program, "-o names an input: %s", output);
        if (report != NULL && same_file(arguments->positional[i], report))
            return program_usage(program, "--report names an input: %s", report);
    }
    return STATUS_DONE;
}

/* Adds every input, also after a refused one, so that the report tells all that is wrong. */
static int add_inputs(const struct program *program, const struct arguments *arguments, vaxdir_builder *builder,
                      struct progress *progress)
{
    int result = STATUS_DONE;
    for (size_t i = 0; i < arguments->count; i++) {
        const char *path = arguments->positional[i];
        progress_begin(progress, path);
        vaxdir_status status = vaxdir_builder_add_path(program->context, builder, path, NULL);
        progress_end(progress);
        if (status == VAXDIR_OK)
            continue;
        result = program_fail_input(program, builder, path);
        if (status != VAXDIR_ERROR_DATA && status != VAXDIR_ERROR_IO)
            return result;
    }
    return result;
}

static int print_summary(const struct program *program, const vaxdir_registry *registry, const char *output)
{
    struct terminal terminal;
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    terminal_init(&terminal, stderr);
    if (vaxdir_registry_counts(program->context, registry, &counts) != VAXDIR_OK)
        return program_fail(program, NULL);
    fprintf(stderr,
            program_say(program, "%s: %lu centres, %lu of them without a position; rows quarantined: %lu\n",
                        "%s : %lu centres, dont %lu sans position ; lignes en quarantaine : %lu\n"),
            output, (unsigned long)counts.centres, (unsigned long)counts.without_position,
            (unsigned long)counts.quarantined);
    return report_print_warnings(program, &terminal, registry);
}

static int build(struct program *program, const struct arguments *arguments, vaxdir_builder *builder,
                 struct progress *progress, FILE *report, const char *report_path)
{
    const char *output = arguments_value(arguments, "--output");
    vaxdir_registry *registry = NULL;
    int result = add_inputs(program, arguments, builder, progress);
    if (result == STATUS_DONE) {
        progress_begin(progress, output);
        vaxdir_status status = vaxdir_builder_build(program->context, builder, &registry);
        progress_end(progress);
        if (status != VAXDIR_OK)
            result = program_fail_input(program, builder, arguments->positional[0]);
    }
    if (report != NULL && report_write(program, builder, report) != STATUS_DONE) {
        program_refuse("%s: cannot be written: %s", report_path, strerror(errno));
        result = STATUS_REFUSED;
    }
    if (result == STATUS_DONE && vaxdir_registry_save(program->context, registry, output) != VAXDIR_OK)
        result = program_fail(program, output);
    if (result == STATUS_DONE)
        result = print_summary(program, registry, output);
    vaxdir_registry_unref(registry);
    return result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    const char *report_path = arguments_value(arguments, "--report");
    int result = check_paths(program, arguments, arguments_value(arguments, "--output"), report_path);
    if (result != STATUS_DONE)
        return result;
    struct progress progress;
    progress_init(&progress, stderr);
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    builder_options.rules = program->rules;
    builder_options.progress = progress.shown ? progress_show : NULL;
    builder_options.user = &progress;
    if (vaxdir_builder_new(program->context, &builder_options, &builder) != VAXDIR_OK)
        return program_fail(program, NULL);
    FILE *report = report_path != NULL ? fopen(report_path, "wb") : NULL;
    if (report_path != NULL && report == NULL) {
        result = program_refuse("%s: cannot be written: %s", report_path, strerror(errno));
    } else {
        result = build(program, arguments, builder, &progress, report, report_path);
        if (report != NULL)
            fclose(report);
    }
    vaxdir_builder_unref(builder);
    return result;
}

const struct command command_build = {"build", "INPUT... -o FILE [--report FILE.ndjson]",
                                      "Build a registry file from feeds, and report what is wrong with them.", options,
                                      run};
