/* What all commands share. Every failure ends in one line on stderr and a status: 1 for the world, 2 for the usage. */
#include "program.h"

#include "terminal.h"
#include "values.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *program_say(const struct program *program, const char *english, const char *french)
{
    return strcmp(program->language, "fr") == 0 ? french : english;
}

static void print_line(const char *message, const char *command)
{
    char *plain = terminal_plain(message);
    fprintf(stderr, "vaxdir: %s", plain);
    if (command != NULL)
        fprintf(stderr, "; see vaxdir %s%s--help", command, *command != '\0' ? " " : "");
    putc('\n', stderr);
    free(plain);
}

int program_usage(const struct program *program, const char *format, ...)
{
    char message[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    print_line(message, program->command);
    return STATUS_USAGE;
}

int program_refuse(const char *format, ...)
{
    char message[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    print_line(message, NULL);
    return STATUS_REFUSED;
}

int program_fail(const struct program *program, const char *file)
{
    const vaxdir_error *error = vaxdir_context_error(program->context);
    if (error->status == VAXDIR_ERROR_ARGUMENT)
        return program_usage(program, "%s", error->message);
    if (*error->file != '\0')
        file = error->file;
    if (file == NULL)
        return program_refuse("%s", error->message);
    if (error->line > 0)
        return program_refuse("%s:%lld: %s", file, (long long)error->line, error->message);
    return program_refuse("%s: %s", file, error->message);
}

int program_start(struct program *program, const struct arguments *arguments)
{
    const char *language = arguments_value(arguments, "--lang");
    if (language != NULL) {
        if (strcmp(language, "fr") != 0 && strcmp(language, "en") != 0)
            return program_usage(program, "--lang is fr or en, not '%s'", language);
        program->language = language;
    }
    if (vaxdir_context_new(NULL, &program->context) != VAXDIR_OK)
        return program_refuse("there is not enough memory");
    const char *path = arguments_value(arguments, "--rules");
    vaxdir_status status = path != NULL ? vaxdir_rules_open(program->context, path, &program->rules)
                                        : vaxdir_rules_default(program->context, &program->rules);
    return status == VAXDIR_OK ? STATUS_DONE : program_fail(program, path);
}

void program_end(struct program *program)
{
    program->facts = vaxdir_facts_unref(program->facts);
    program->rules = vaxdir_rules_unref(program->rules);
    program->context = vaxdir_context_unref(program->context);
}

int program_format(const struct program *program, const struct arguments *arguments, bool json, bool *ret_json)
{
    const char *format = arguments_value(arguments, "--format");
    *ret_json = json;
    if (format == NULL)
        return STATUS_DONE;
    *ret_json = strcmp(format, "json") == 0;
    if (!*ret_json && strcmp(format, "text") != 0)
        return program_usage(program, "--format is text or json, not '%s'", format);
    return STATUS_DONE;
}

void program_sentence(const struct program *program, uint32_t kind, int32_t code, const char *const *parameters,
                      size_t count, char *buffer, size_t capacity)
{
    buffer[0] = '\0';
    if (vaxdir_text(program->context, kind, code, program->language, parameters, count, buffer, capacity, NULL) !=
        VAXDIR_OK)
        buffer[0] = '\0';
}

/* Fields asked for here are of type text, so only a row that is not there could fail. */
const char *program_text(const struct program *program, const vaxdir_edition *edition, uint32_t row, vaxdir_field field)
{
    const char *text = NULL;
    if (vaxdir_edition_text(program->context, edition, row, field, &text, NULL) != VAXDIR_OK)
        return NULL;
    return text;
}

int program_find(const struct program *program, const vaxdir_edition *edition, const char *path, const char *id,
                 uint32_t *ret_row)
{
    if (vaxdir_registry_find(program->context, vaxdir_edition_registry(edition), id, strlen(id), ret_row) != VAXDIR_OK)
        return program_fail(program, NULL);
    if (*ret_row == VAXDIR_NO_ROW)
        return program_refuse(program_say(program, "%s: no centre has the id '%s'; ids look like gid:174",
                                          "%s : aucun centre n'a l'identifiant « %s » ; exemple : gid:174"),
                              path, id);
    return STATUS_DONE;
}

/* Nothing about a person is printed or logged: neither names nor values of facts are repeated in these. */
static int refuse_fact(const struct program *program)
{
    char known[512] = "";
    size_t length = 0;
    uint32_t count = vaxdir_rules_fact_count(program->rules);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = NULL;
        if (vaxdir_rules_fact(program->context, program->rules, i, "en", &id, NULL) != VAXDIR_OK ||
            length + strlen(id) + 3 > sizeof known)
            break;
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s", i == 0 ? "" : ", ", id);
    }
    if (count == 0)
        return program_usage(program, "--fact: these rules ask for no fact; give some with --rules");
    return program_usage(program, "--fact is NAME=yes or NAME=no; these rules know %s", known);
}

static int read_fact(struct program *program, const char *text)
{
    const char *equals = strchr(text, '=');
    int32_t value = VAXDIR_UNKNOWN;
    if (equals != NULL && strcmp(equals, "=yes") == 0)
        value = VAXDIR_YES;
    else if (equals != NULL && strcmp(equals, "=no") == 0)
        value = VAXDIR_NO;
    size_t length = equals == NULL ? 0 : (size_t)(equals - text);
    for (uint32_t i = 0; value != VAXDIR_UNKNOWN && i < vaxdir_rules_fact_count(program->rules); i++) {
        const char *id = NULL;
        if (vaxdir_rules_fact(program->context, program->rules, i, "en", &id, NULL) != VAXDIR_OK ||
            strlen(id) != length || memcmp(id, text, length) != 0)
            continue;
        if (vaxdir_facts_set(program->context, program->facts, text, length, value) != VAXDIR_OK)
            return program_fail(program, NULL);
        return STATUS_DONE;
    }
    return refuse_fact(program);
}

static int read_facts(struct program *program, const struct arguments *arguments, vaxdir_visit *visit)
{
    if (arguments_value(arguments, "--fact") == NULL)
        return STATUS_DONE;
    if (vaxdir_facts_new(program->context, &program->facts) != VAXDIR_OK)
        return program_fail(program, NULL);
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, "--fact") != 0)
            continue;
        int result = read_fact(program, arguments->given[i].value);
        if (result != STATUS_DONE)
            return result;
    }
    visit->facts = program->facts;
    return STATUS_DONE;
}

int program_visit(struct program *program, const struct arguments *arguments, vaxdir_visit *visit)
{
    enum { DOSE_MAX = 99 }; /* of vaxdir_visit */
    const char *at = arguments_value(arguments, "--at");
    const char *born = arguments_value(arguments, "--born");
    visit->at = (int64_t)time(NULL);
    if (at != NULL && !value_instant(at, &visit->at))
        return program_usage(program, "--at is an instant such as 2021-01-18T08:00:00+01:00, not '%s'", at);
    if (visit->at == 0)
        return program_usage(program, "--at %s is the one instant that means 'not stated': ask a second later", at);
    /* The birth date is not repeated: nothing about a person is printed or logged. */
    if (born != NULL && !value_date(born, &visit->birth_date))
        return program_usage(program, "--born is a day that exists, such as 1944-03-02");
    const char *on = arguments_value(arguments, "--on");
    const char *dose = arguments_value(arguments, "--dose");
    if (on != NULL && !value_date(on, &visit->on_date))
        return program_usage(program, "--on is a day that exists, such as 2021-01-18");
    if (dose != NULL && (!value_count(dose, &visit->dose) || visit->dose < 1 || visit->dose > DOSE_MAX))
        return program_usage(program, "--dose is a whole number from 1 to %d", DOSE_MAX);
    visit->vaccine = arguments_value(arguments, "--vaccine");
    if (visit->vaccine != NULL && !value_is_word(visit->vaccine))
        return program_usage(program, "--vaccine is a word as the rules name it, of a-z, 0-9 and -, at most 64");
    return read_facts(program, arguments, visit);
}

int program_flush(void)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return program_refuse("the output could not be written: %s", strerror(errno));
    return STATUS_DONE;
}
