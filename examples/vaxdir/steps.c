/* Renders routes and verdicts. The words are the library's: a step's reason in the chosen language. */
#include "steps.h"

#include <stdlib.h>

static int read_step(const struct program *program, const vaxdir_route *route, uint32_t index, vaxdir_step *step)
{
    *step = (vaxdir_step)VAXDIR_STEP_INIT;
    if (vaxdir_route_step(program->context, route, index, step) != VAXDIR_OK)
        return program_fail(program, NULL);
    return STATUS_DONE;
}

int steps_json(const struct program *program, struct json *json, const char *key, const vaxdir_route *route)
{
    emit_open(json, key, '[');
    for (uint32_t i = 0; i < vaxdir_route_count(route); i++) {
        vaxdir_step step;
        int result = read_step(program, route, i, &step);
        if (result != STATUS_DONE)
            return result;
        emit_open(json, NULL, '{');
        emit_text(json, "kind", vaxdir_step_kind_name(step.kind));
        emit_text(json, "state", vaxdir_state_name(step.state));
        emit_text(json, "reason", vaxdir_step_reason_name(step.reason));
        emit_instant(json, "since", step.since);
        emit_instant(json, "until", step.until);
        if (step.url != NULL)
            emit_text(json, "url", step.url);
        if (step.phone != NULL)
            emit_text(json, "phone", step.phone);
        if (step.provider != NULL)
            emit_text(json, "provider", step.provider);
        if (step.kind == VAXDIR_STEP_WEB)
            emit_text(json, "trust", vaxdir_verdict_name(step.trust));
        emit_close(json, '}');
    }
    emit_close(json, ']');
    return STATUS_DONE;
}

/* The library's sentence of a step, into room that the caller frees; NULL after a failure that was told. */
static char *step_sentence(const struct program *program, const vaxdir_route *route, uint32_t index)
{
    size_t length = 0;
    if (vaxdir_route_step_text(program->context, route, index, program->language, 0, NULL, 0, &length) != VAXDIR_OK) {
        program_fail(program, NULL);
        return NULL;
    }
    char *text = malloc(length + 1);
    if (text == NULL)
        program_refuse("there is not enough memory");
    else
        vaxdir_route_step_text(program->context, route, index, program->language, 0, text, length + 1, NULL);
    return text;
}

static int print_step(const struct program *program, const struct terminal *terminal, size_t indent,
                      const vaxdir_route *route, uint32_t index)
{
    char *text = step_sentence(program, route, index);
    if (text == NULL)
        return STATUS_REFUSED;
    terminal_paragraph(terminal, indent, text);
    free(text);
    return STATUS_DONE;
}

/* What is no way to book, and is told in any case: nobody should go there, or call, without knowing it. */
static bool is_told_anyway(const vaxdir_step *step)
{
    switch (step->reason) {
    case VAXDIR_STEP_REASON_NOT_ELIGIBLE:
    case VAXDIR_STEP_REASON_CENTRE_CLOSED:
    case VAXDIR_STEP_REASON_CENTRE_OPENS:
    case VAXDIR_STEP_REASON_CAMPAIGN_OPENS:
        return true;
    default:
        return false;
    }
}

const char *steps_none(const struct program *program)
{
    return program_say(program, "no way to book is known", "aucun moyen de prendre rendez-vous n'est connu");
}

int steps_text(const struct program *program, const struct terminal *terminal, size_t indent, const vaxdir_route *route,
               bool all)
{
    uint32_t count = vaxdir_route_count(route);
    bool way_told = false;
    bool phone_told = false;
    bool begun = false;
    if (count == 0)
        terminal_paragraph(terminal, indent, steps_none(program));
    for (uint32_t i = 0; i < count; i++) {
        vaxdir_step step;
        int result = read_step(program, route, i, &step);
        if (result != STATUS_DONE)
            return result;
        bool is_phone = step.kind == VAXDIR_STEP_PHONE;
        if (!all && !is_told_anyway(&step) && (is_phone ? phone_told : way_told))
            continue;
        if (begun)
            terminal_spaces(terminal, indent);
        result = print_step(program, terminal, indent, route, i);
        if (result != STATUS_DONE)
            return result;
        begun = true;
        way_told = way_told || !is_told_anyway(&step);
        phone_told = phone_told || is_phone;
    }
    return STATUS_DONE;
}

void verdict_json(struct json *json, const vaxdir_link *link)
{
    uint32_t warnings = vaxdir_link_warnings(link);
    emit_text(json, "verdict", vaxdir_verdict_name(vaxdir_link_verdict(link)));
    emit_text(json, "provider", vaxdir_link_provider(link));
    emit_text(json, "page", vaxdir_link_page(link));
    emit_text(json, "key", vaxdir_link_key(link));
    emit_text(json, "url", vaxdir_link_url(link));
    emit_open(json, "warnings", '[');
    for (uint32_t flag = 1; flag != 0 && flag <= warnings; flag <<= 1)
        if ((warnings & flag) != 0 && vaxdir_link_warning_name(flag) != NULL)
            emit_text(json, NULL, vaxdir_link_warning_name(flag));
    emit_close(json, ']');
    emit_text(json, "reason", vaxdir_link_reason_name(vaxdir_link_reason(link)));
}
