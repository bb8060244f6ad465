/* vaxdir show: one centre with every field, attribute, the verdict on its link and how to book there. */
#include "commands.h"
#include "json.h"
#include "opening.h"
#include "steps.h"
#include "terminal.h"
#include "values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"--at", 0, "INSTANT", "when to book, as 2021-01-18T08:00:00+01:00; default now"},
    {"--born", 0, "YYYY-MM-DD", "birth date of who wants to go there; it is not kept"},
    {"--format", 0, "text|json", "default text"},
    {NULL, 0, NULL, NULL}};

struct centre {
    const struct program *program;
    const vaxdir_edition *edition;
    const vaxdir_registry *registry;
    uint32_t row;
    vaxdir_link *link;
    vaxdir_route *route;
    vaxdir_opening_answer opening;
};

/* A field's value: text, or a number; neither where it is absent. Fields of later releases are asked for as text. */
struct value {
    const char *text;
    double number;
    char buffer[32];
};

static bool read_value(const struct centre *centre, vaxdir_field field, struct value *value)
{
    vaxdir_context *context = centre->program->context;
    int64_t integer = INT64_MIN;
    value->text = NULL;
    value->number = NAN;
    switch (field) {
    case VAXDIR_FIELD_LATITUDE:
    case VAXDIR_FIELD_LONGITUDE:
    case VAXDIR_FIELD_POSITION_SCORE:
        return vaxdir_registry_number(context, centre->registry, centre->row, field, &value->number) == VAXDIR_OK &&
               !isnan(value->number);
    case VAXDIR_FIELD_UPDATED_AT:
    case VAXDIR_FIELD_OPENS_ON:
    case VAXDIR_FIELD_CLOSES_ON:
        if (vaxdir_registry_integer(context, centre->registry, centre->row, field, &integer) != VAXDIR_OK ||
            integer == INT64_MIN)
            return false;
        if (field == VAXDIR_FIELD_UPDATED_AT)
            value_write_instant(integer, value->buffer, sizeof value->buffer);
        else
            value_write_date(integer, value->buffer, sizeof value->buffer);
        value->text = value->buffer;
        return true;
    default:
        return vaxdir_edition_text(context, centre->edition, centre->row, field, &value->text, NULL) == VAXDIR_OK &&
               value->text != NULL;
    }
}

/* Tells of each attribute that the centre has. */
static int each_attribute(const struct centre *centre, void (*tell)(void *to, const char *name, const char *text),
                          void *to)
{
    vaxdir_context *context = centre->program->context;
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(centre->registry); i++) {
        const char *name = NULL;
        const char *text = NULL;
        if (vaxdir_registry_attribute_name(context, centre->registry, i, &name, NULL) != VAXDIR_OK ||
            vaxdir_registry_attribute(context, centre->registry, centre->row, i, &text, NULL) != VAXDIR_OK)
            return program_fail(centre->program, NULL);
        if (text != NULL)
            tell(to, name, text);
    }
    return STATUS_DONE;
}

static void put_attribute(void *to, const char *name, const char *text)
{
    emit_text(to, name, text);
}

static void put_list(struct json *json, const char *key, const char *items)
{
    emit_open(json, key, '[');
    while (*items != '\0') {
        size_t length = strcspn(items, "\n");
        emit_bytes(json, NULL, items, length);
        items += length + (items[length] == '\n');
    }
    emit_close(json, ']');
}

static int print_json(const struct centre *centre)
{
    struct json json = {stdout, false};
    emit_open(&json, NULL, '{');
    for (vaxdir_field field = VAXDIR_FIELD_ID; vaxdir_field_name(field) != NULL; field++) {
        struct value value;
        const char *name = vaxdir_field_name(field);
        if (!read_value(centre, field, &value))
            continue;
        if (field == VAXDIR_FIELD_KIND)
            put_list(&json, name, value.text);
        else if (value.text != NULL)
            emit_text(&json, name, value.text);
        else
            emit_number(&json, name, value.number);
    }
    emit_open(&json, "attributes", '{');
    if (each_attribute(centre, put_attribute, &json) != STATUS_DONE)
        return STATUS_REFUSED;
    emit_close(&json, '}');
    emit_open(&json, "link", '{');
    verdict_json(&json, centre->link);
    emit_close(&json, '}');
    opening_json(&json, &centre->opening);
    int result = steps_json(centre->program, &json, "route", centre->route);
    emit_close(&json, '}');
    emit_end_line(&json);
    return result;
}

static void print_row(const struct terminal *terminal, const char *name, const char *text)
{
    enum { NAME = 22 };
    char *plain = terminal_plain(name);
    size_t columns = terminal_columns(plain);
    terminal_style(terminal, STYLE_DIM);
    fputs(plain, terminal->stream);
    terminal_style(terminal, STYLE_PLAIN);
    free(plain);
    if (columns >= NAME) {
        putc('\n', terminal->stream);
        columns = 0;
    }
    terminal_spaces(terminal, NAME - columns);
    terminal_paragraph(terminal, NAME, text);
}

static void print_attribute(void *to, const char *name, const char *text)
{
    print_row(to, name, text);
}

/* The sentence of why there is no trusted link, where there is such a reason. */
static void print_verdict(const struct centre *centre, const struct terminal *terminal)
{
    char sentence[1024];
    int32_t reason = vaxdir_link_reason(centre->link);
    if (reason == VAXDIR_LINK_REASON_NONE)
        return;
    program_sentence(centre->program, VAXDIR_TEXT_LINK_REASON, reason, NULL, 0, sentence, sizeof sentence);
    print_row(terminal, program_say(centre->program, "why", "pourquoi"), sentence);
}

static int print_text(const struct centre *centre)
{
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    for (vaxdir_field field = VAXDIR_FIELD_ID; vaxdir_field_name(field) != NULL; field++) {
        struct value value;
        if (!read_value(centre, field, &value))
            continue;
        if (value.text == NULL)
            value_write_number(value.number, value.buffer, sizeof value.buffer);
        print_row(&terminal, vaxdir_field_name(field), value.text != NULL ? value.text : value.buffer);
    }
    print_verdict(centre, &terminal);
    if (each_attribute(centre, print_attribute, &terminal) != STATUS_DONE)
        return STATUS_REFUSED;
    char opening[300];
    opening_text(centre->program, &centre->opening, opening, sizeof opening);
    print_row(&terminal, program_say(centre->program, "open", "ouvert"), opening);
    printf("\n%s\n  ", program_say(centre->program, "How to book", "Prendre rendez-vous"));
    return steps_text(centre->program, &terminal, 2, centre->route, true);
}

static int show(struct centre *centre, const vaxdir_visit *visit, bool as_json)
{
    vaxdir_context *context = centre->program->context;
    if (vaxdir_link_new(context, &centre->link) != VAXDIR_OK ||
        vaxdir_route_new(context, &centre->route) != VAXDIR_OK ||
        vaxdir_edition_link(context, centre->edition, centre->row, centre->link) != VAXDIR_OK ||
        vaxdir_opening(context, centre->edition, centre->row, visit->at, &centre->opening) != VAXDIR_OK ||
        vaxdir_resolve(context, centre->edition, centre->row, visit, centre->route) != VAXDIR_OK)
        return program_fail(centre->program, NULL);
    return as_json ? print_json(centre) : print_text(centre);
}

static int run(struct program *program, const struct arguments *arguments)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    bool as_json;
    if (arguments->count != 2)
        return program_usage(program, "show takes FILE ID");
    int result = program_format(program, arguments, false, &as_json);
    if (result == STATUS_DONE)
        result = program_visit(program, arguments, &visit);
    vaxdir_edition *edition = NULL;
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    if (result != STATUS_DONE)
        return result;
    struct centre centre = {.program = program,
                            .edition = edition,
                            .registry = vaxdir_edition_registry(edition),
                            .row = VAXDIR_NO_ROW,
                            .opening = VAXDIR_OPENING_ANSWER_INIT};
    result = program_find(program, edition, arguments->positional[0], arguments->positional[1], &centre.row);
    if (result == STATUS_DONE)
        result = show(&centre, &visit, as_json);
    vaxdir_link_unref(centre.link);
    vaxdir_route_unref(centre.route);
    vaxdir_edition_unref(edition);
    return result;
}

const struct command command_show = {"show", "FILE ID [--format text|json]",
                                     "Show one centre with all its fields, and how to book there.", options, run};
