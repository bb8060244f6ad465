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

/* The answer to a line that holds no link to judge; input is null where it is too long to be held whole. */
static void answer_bad_input(const struct line *line)
{
    struct json json = {stdout, false};
    emit_open(&json, NULL, '{');
    if (line->too_long)
        emit_text(&json, "input", NULL);
    else
        emit_bytes(&json, "input", line->bytes, line->length);
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

/* A line beyond the bound is told as well, and the others are still answered. */
static int answer_line(const struct program *program, vaxdir_link *link, const struct line *line, long long number)
{
    json_t *object = parse_line(line);
    if (object == NULL) {
        answer_bad_input(line);
        if (line->too_long)
            program_refuse("the input:%lld: the line is longer than %d bytes, and no link is", number, LINE_MAX_BYTES);
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
    bool all_held = true;
    /* A program that asks through pipes waits for the answer to each line. */
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (!line_init(&line))
        return program_refuse("there is not enough memory");
    for (long long number = 1; result == STATUS_DONE && line_read(&line, stdin); number++) {
        if (number == 1)
            line_skip_mark(&line);
        result = answer_line(program, link, &line, number);
        all_held = all_held && !line.too_long;
    }
    line_free(&line);
    if (result == STATUS_DONE && ferror(stdin))
        result = program_refuse("the input cannot be read: %s", strerror(errno));
    return result == STATUS_DONE && !all_held ? STATUS_REFUSED : result;
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
