/* Renders routes and verdicts. The words are the library's: a step's reason in the chosen language. */
#include "steps.h"

#include <string.h>

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

/* The name that people know; the id where the rules have none. */
static const char *provider_name(const struct program *program, const char *id)
{
    uint32_t count = id == NULL ? 0 : vaxdir_rules_provider_count(program->rules);
    for (uint32_t i = 0; i < count; i++) {
        const char *known = NULL;
        const char *name = NULL;
        if (vaxdir_rules_provider(program->context, program->rules, i, &known, &name) == VAXDIR_OK &&
            strcmp(known, id) == 0)
            return name;
    }
    return id;
}

static void print_step(const struct program *program, const struct terminal *terminal, size_t indent,
                       const vaxdir_step *step)
{
    char text[8192];
    const char *target = step->url != NULL ? step->url : step->phone;
    const char *const parameters[] = {provider_name(program, step->provider), target, step->detail};
    program_sentence(program, VAXDIR_TEXT_STEP_REASON, step->reason, parameters, 3, text, sizeof text);
    size_t length = strlen(text);
    if (target != NULL && strstr(text, target) == NULL && length + strlen(target) + 2 < sizeof text) {
        text[length++] = ' ';
        memcpy(text + length, target, strlen(target) + 1);
    }
    terminal_paragraph(terminal, indent, text);
}

int steps_text(const struct program *program, const struct terminal *terminal, size_t indent, const vaxdir_route *route,
               bool all)
{
    uint32_t count = vaxdir_route_count(route);
    bool phone_told = false;
    if (count == 0)
        terminal_paragraph(
            terminal, indent,
            program_say(program, "no way to book is known", "aucun moyen de prendre rendez-vous n'est connu"));
    for (uint32_t i = 0; i < count; i++) {
        vaxdir_step step;
        int result = read_step(program, route, i, &step);
        if (result != STATUS_DONE)
            return result;
        bool is_phone = step.kind == VAXDIR_STEP_PHONE;
        if (i > 0 && !all && (phone_told || !is_phone))
            continue;
        if (i > 0)
            terminal_spaces(terminal, indent);
        print_step(program, terminal, indent, &step);
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
