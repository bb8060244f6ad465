/* vaxdir link: the verdict on links, one JSON object each. Every line of input gets its answer, whatever its bytes. */
#include "commands.h"
#include "json.h"
#include "lines.h"
#include "steps.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    {"--stdin", 0, NULL, "read lines such as {\"url\": \"...\", \"declared\": \"provider id\"}"},
    {NULL, 0, NULL, NULL}};

static int judge(const struct program *program, vaxdir_link *link, const char *url, size_t length, const char *declared,
                 size_t declared_length)
{
    struct json json = {stdout, false};
    if (vaxdir_link_judge(program->context, program->rules, url, length, declared, declared_length, link) != VAXDIR_OK)
        return program_fail(program, NULL);
    emit_open(&json, NULL, '{');
    emit_bytes(&json, "input", url, length);
    verdict_json(&json, link);
    emit_close(&json, '}');
    emit_end_line(&json);
    return STATUS_DONE;
}

/* The answer to a line that holds no link to judge. */
static void answer_bad_input(const char *line, size_t length)
{
    struct json json = {stdout, false};
    emit_open(&json, NULL, '{');
    emit_bytes(&json, "input", line, length);
    emit_text(&json, "verdict", vaxdir_verdict_name(VAXDIR_VERDICT_NONE));
    emit_text(&json, "provider", NULL);
    emit_text(&json, "page", NULL);
    emit_text(&json, "key", NULL);
    emit_text(&json, "url", NULL);
    emit_open(&json, "warnings", '[');
    emit_close(&json, ']');
    emit_text(&json, "reason", vaxdir_link_reason_name(VAXDIR_LINK_REASON_BAD_INPUT));
    emit_close(&json, '}');
    emit_end_line(&json);
}

/* A JSON object with a text url, and declared a text, null or not there; NULL for anything else. Repeated keys are
 * refused: which one counts would be a guess. */
static json_t *parse_line(const struct line *line)
{
    json_error_t error;
    if (line->too_long || memchr(line->bytes, '\0', line->length) != NULL)
        return NULL;
    json_t *object = json_loadb(line->bytes, line->length, JSON_REJECT_DUPLICATES, &error);
    json_t *declared = json_object_get(object, "declared");
    if (json_is_string(json_object_get(object, "url")) &&
        (declared == NULL || json_is_null(declared) || json_is_string(declared)))
        return object;
    json_decref(object);
    return NULL;
}

static int answer_line(const struct program *program, vaxdir_link *link, const struct line *line)
{
    json_t *object = parse_line(line);
    if (object == NULL) {
        answer_bad_input(line->bytes, line->length);
        return STATUS_DONE;
    }
    const json_t *url = json_object_get(object, "url");
    const json_t *declared = json_object_get(object, "declared");
    int result = judge(program, link, json_string_value(url), json_string_length(url), json_string_value(declared),
                       json_string_length(declared));
    json_decref(object);
    return result;
}

static int answer_stdin(const struct program *program, vaxdir_link *link)
{
    struct line line;
    int result = STATUS_DONE;
    /* A program that asks through pipes waits for the answer to each line. */
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (!line_init(&line))
        return program_refuse("there is not enough memory");
    while (result == STATUS_DONE && line_read(&line, stdin))
        result = answer_line(program, link, &line);
    line_free(&line);
    if (result == STATUS_DONE && ferror(stdin))
        result = program_refuse("the input cannot be read: %s", strerror(errno));
    return result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    bool from_stdin = arguments_value(arguments, "--stdin") != NULL;
    if (from_stdin == (arguments->count > 0))
        return program_usage(program, from_stdin ? "link takes URLs or --stdin, not both"
                                                 : "link takes at least one URL, or --stdin");
    vaxdir_link *link = NULL;
    if (vaxdir_link_new(program->context, &link) != VAXDIR_OK)
        return program_fail(program, NULL);
    int result = from_stdin ? answer_stdin(program, link) : STATUS_DONE;
    for (size_t i = 0; i < arguments->count && result == STATUS_DONE; i++)
        result = judge(program, link, arguments->positional[i], strlen(arguments->positional[i]), NULL, 0);
    vaxdir_link_unref(link);
    return result;
}

const struct command command_link = {
    "link", "URL... | --stdin", "Judge links: whose they are, what they open, whether they are safe.", options, run};
