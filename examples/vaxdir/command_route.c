/* vaxdir route: how to book at a centre at an instant, for a person: the whole ladder, best step first. Nothing that is
 * said of the person is printed, unless it was asked for. */
#include "commands.h"
#include "json.h"
#include "steps.h"
#include "terminal.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"--at", 0, "INSTANT", "the instant of asking, as 2021-01-18T08:00:00+01:00; default now"},
    PROGRAM_PERSON_OPTIONS,
    {"--phone-first", 0, NULL, "say phones first, to be read aloud: numbers in pairs, no addresses"},
    {"--format", 0, "text|json", "default text"},
    {NULL, 0, NULL, NULL}};

struct answer {
    const struct program *program;
    const vaxdir_edition *edition;
    uint32_t row;
    const vaxdir_visit *visit;
    vaxdir_route *route;
    vaxdir_eligibility eligibility;
};

/* --- eligibility -------------------------------------------------------------------------------------------------- */

/* What is asked to settle it: the label of a fact, or what a visit states. */
static const char *label_of(const struct program *program, const char *name)
{
    static const char *const stated[][3] = {{"birth-date", "the birth date", "la date de naissance"},
                                            {"vaccine", "the vaccine", "le vaccin"},
                                            {"dose", "the dose", "la dose"},
                                            {"department", "the d\xC3\xA9partement", "le d\xC3\xA9partement"}};
    for (uint32_t i = 0; i < vaxdir_rules_fact_count(program->rules); i++) {
        const char *id = NULL;
        const char *label = NULL;
        if (vaxdir_rules_fact(program->context, program->rules, i, program->language, &id, &label) == VAXDIR_OK &&
            strcmp(id, name) == 0)
            return label;
    }
    for (size_t i = 0; i < sizeof stated / sizeof stated[0]; i++)
        if (strcmp(stated[i][0], name) == 0)
            return program_say(program, stated[i][1], stated[i][2]);
    return name;
}

/* A "no" stands on the ladder; the other answers are told before it. */
static void print_eligibility(const struct answer *answer, const struct terminal *terminal)
{
    char text[1024];
    char until[32] = "";
    const vaxdir_eligibility *eligibility = &answer->eligibility;
    if (eligibility->answer != VAXDIR_ELIGIBILITY_YES && eligibility->answer != VAXDIR_ELIGIBILITY_UNKNOWN)
        return;
    if (eligibility->yes_until != 0)
        value_write_date(eligibility->yes_until, until, sizeof until);
    const char *missing = eligibility->missing == NULL ? NULL : label_of(answer->program, eligibility->missing);
    const char *const parameters[] = {missing, NULL, eligibility->yes_until != 0 ? until : NULL};
    program_sentence(answer->program, VAXDIR_TEXT_ELIGIBILITY, eligibility->answer, parameters, 3, text, sizeof text);
    terminal_paragraph(terminal, 0, text);
}

static void put_date(struct json *json, const char *key, int32_t date)
{
    char text[32];
    if (date != 0)
        value_write_date(date, text, sizeof text);
    emit_text(json, key, date != 0 ? text : NULL);
}

static int put_eligibility(const struct answer *answer, struct json *json)
{
    const vaxdir_eligibility *eligibility = &answer->eligibility;
    emit_open(json, "eligibility", '{');
    emit_text(json, "answer", vaxdir_eligibility_name(eligibility->answer));
    put_date(json, "yes_from", eligibility->yes_from);
    put_date(json, "yes_until", eligibility->yes_until);
    emit_text(json, "phase", eligibility->phase);
    emit_open(json, "missing", '[');
    for (uint32_t i = 0; i < eligibility->missing_count; i++) {
        const char *name = NULL;
        if (vaxdir_eligibility_missing(answer->program->context, answer->edition, answer->row, answer->visit, i,
                                       &name) != VAXDIR_OK)
            return program_fail(answer->program, NULL);
        emit_text(json, NULL, name);
    }
    emit_close(json, ']');
    emit_text(json, "hint", eligibility->hint == VAXDIR_ELIGIBILITY_HINT_RESERVED_WORD ? "reserved-word" : NULL);
    emit_close(json, '}');
    return STATUS_DONE;
}

/* --- the ladder --------------------------------------------------------------------------------------------------- */

static int print_json(const struct answer *answer)
{
    struct json json = {stdout, false};
    const char *id = NULL;
    if (answer->row != VAXDIR_NO_ROW && vaxdir_edition_text(answer->program->context, answer->edition, answer->row,
                                                            VAXDIR_FIELD_ID, &id, NULL) != VAXDIR_OK)
        return program_fail(answer->program, NULL);
    emit_open(&json, NULL, '{');
    emit_text(&json, "id", id);
    emit_instant(&json, "at", answer->visit->at);
    int result = put_eligibility(answer, &json);
    if (result == STATUS_DONE)
        result = steps_json(answer->program, &json, "route", answer->route);
    emit_close(&json, '}');
    emit_end_line(&json);
    return result;
}

static int print_text(const struct answer *answer, uint32_t flags)
{
    const struct program *program = answer->program;
    struct terminal terminal;
    size_t length = 0;
    terminal_init(&terminal, stdout);
    if (vaxdir_route_say(program->context, answer->route, 0, program->language, flags, NULL, 0, &length) != VAXDIR_OK)
        return program_fail(program, NULL);
    char *text = malloc(length + 1);
    if (text == NULL)
        return program_refuse("there is not enough memory");
    vaxdir_route_say(program->context, answer->route, 0, program->language, flags, text, length + 1, NULL);
    print_eligibility(answer, &terminal);
    unsigned number = 0;
    for (char *line = text; line != NULL && *line != '\0';) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        terminal_paragraph(&terminal, (size_t)printf("%2u  ", ++number), line);
        line = end;
    }
    if (length == 0)
        puts(steps_none(program));
    free(text);
    return STATUS_DONE;
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static int run(struct program *program, const struct arguments *arguments)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    bool as_json;
    if (arguments->count != 1 && arguments->count != 2)
        return program_usage(program, "route takes FILE and ID, or FILE alone for what holds without a centre");
    int result = program_format(program, arguments, false, &as_json);
    if (result == STATUS_DONE)
        result = program_visit(program, arguments, &visit);
    vaxdir_edition *edition = NULL;
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    if (result != STATUS_DONE)
        return result;
    struct answer answer = {.program = program,
                            .edition = edition,
                            .row = VAXDIR_NO_ROW, /* without an id: the ladder of the campaign */
                            .visit = &visit,
                            .eligibility = VAXDIR_ELIGIBILITY_INIT};
    bool phone_first = arguments_value(arguments, "--phone-first") != NULL;
    if (arguments->count == 2)
        result = program_find(program, edition, arguments->positional[0], arguments->positional[1], &answer.row);
    if (result == STATUS_DONE &&
        (vaxdir_route_new(program->context, &answer.route) != VAXDIR_OK ||
         vaxdir_resolve(program->context, edition, answer.row, &visit, answer.route) != VAXDIR_OK ||
         vaxdir_route_eligibility(program->context, answer.route, 0, &answer.eligibility) != VAXDIR_OK))
        result = program_fail(program, NULL);
    if (result == STATUS_DONE)
        result = as_json ? print_json(&answer)
                         : print_text(&answer, phone_first ? VAXDIR_SAY_PHONE_FIRST | VAXDIR_SAY_SPOKEN : 0);
    vaxdir_route_unref(answer.route);
    vaxdir_edition_unref(edition);
    return result;
}

const struct command command_route = {"route", "FILE [ID] [--at INSTANT] [--born YYYY-MM-DD] [--format text|json]",
                                      "Say how to book at a centre, from when, and what to do otherwise.", options,
                                      run};
