/* vaxdir rules check: what is wrong with a rules document, for people. The library names the first place that it
 * refuses; that place is put aside and the rest is tried again, until nothing is refused or nothing can be put aside.
 */
#include "commands.h"
#include "doubts.h"
#include "terminal.h"
#include "values.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROBLEMS_MAX = 1000, TOKENS_MAX = 16, POINTER_SIZE = 512 };

static const struct option options[] = {{NULL, 0, NULL, NULL}};

/* An example that was put aside: those after it have moved up. */
struct aside {
    size_t provider;
    char list; /* 'a' for accept, 'r' for reject */
    size_t index;
};

struct check {
    const struct program *program;
    const char *path;
    json_t *document;
    size_t problems;
    size_t remarks;
    size_t aside_count;
    struct aside aside[PROBLEMS_MAX];
};

/* A JSON pointer, taken apart; texts are in the room. */
struct pointer {
    char room[POINTER_SIZE];
    const char *tokens[TOKENS_MAX];
    size_t count;
};

static void print_finding(const struct check *check, const char *kind, const char *place, const char *what)
{
    char *plain = terminal_plain(what), *plain_place = terminal_plain(place);
    printf("%s: %s: %s: %s\n", check->path, kind, plain_place, plain);
    free(plain);
    free(plain_place);
}

static bool parse_pointer(const char *text, struct pointer *pointer)
{
    pointer->count = 0;
    if (strlen(text) >= sizeof pointer->room)
        return false;
    char *out = pointer->room;
    while (*text == '/' && pointer->count < TOKENS_MAX) {
        pointer->tokens[pointer->count++] = out;
        for (text++; *text != '/' && *text != '\0'; text++)
            if (*text == '~' && text[1] != '\0')
                *out++ = *++text == '1' ? '/' : '~';
            else
                *out++ = *text;
        *out++ = '\0';
    }
    return *text == '\0';
}

static bool is_token(const struct pointer *pointer, size_t index, const char *text)
{
    return index < pointer->count && strcmp(pointer->tokens[index], text) == 0;
}

static size_t index_token(const struct pointer *pointer, size_t index)
{
    return index < pointer->count ? strtoul(pointer->tokens[index], NULL, 10) : 0;
}

static json_t *walk(json_t *document, const struct pointer *pointer, size_t count)
{
    for (size_t i = 0; i < count; i++)
        document = json_is_array(document) ? json_array_get(document, index_token(pointer, i))
                                           : json_object_get(document, pointer->tokens[i]);
    return document;
}

/* The place in the document as it was given, before examples moved up. */
static void original_place(const struct check *check, const struct pointer *pointer, const char *text, char *place,
                           size_t size)
{
    snprintf(place, size, "%s", text);
    if (!is_token(pointer, 2, "examples") || pointer->count < 5)
        return;
    size_t index = index_token(pointer, 4);
    for (size_t i = 0; i < check->aside_count; i++) {
        const struct aside *aside = &check->aside[i];
        if (aside->provider == index_token(pointer, 1) && aside->list == pointer->tokens[3][0] && aside->index <= index)
            index++;
    }
    int written = snprintf(place, size, "/providers/%s/examples/%s/%zu", pointer->tokens[1], pointer->tokens[3], index);
    for (size_t i = 5; i < pointer->count && written > 0 && (size_t)written < size; i++)
        written += snprintf(place + written, size - (size_t)written, "/%s", pointer->tokens[i]);
}

static bool put_example_aside(struct check *check, const struct pointer *pointer, const char *place)
{
    struct pointer original;
    json_t *list = walk(check->document, pointer, 4);
    if (!parse_pointer(place, &original) || json_array_remove(list, index_token(pointer, 4)) != 0 ||
        check->aside_count == PROBLEMS_MAX)
        return false;
    check->aside[check->aside_count++] =
        (struct aside){index_token(pointer, 1), pointer->tokens[3][0], index_token(&original, 4)};
    return true;
}

/* A provider of the same place that claims nothing; windows of the calendar stay with it. */
static bool put_provider_aside(struct check *check, const struct pointer *pointer)
{
    json_t *providers = json_object_get(check->document, "providers"), *window;
    const char *id = json_string_value(json_object_get(json_array_get(providers, index_token(pointer, 1)), "id"));
    char name[64];
    size_t i;
    snprintf(name, sizeof name, "put-aside-%.32s", pointer->tokens[1]);
    json_array_foreach(json_object_get(check->document, "calendar"), i, window)
    {
        const char *whose = json_string_value(json_object_get(window, "provider"));
        if (id != NULL && whose != NULL && strcmp(id, whose) == 0)
            json_object_set_new(window, "provider", json_string(name));
    }
    return json_array_set_new(providers, index_token(pointer, 1),
                              json_pack("{s:s, s:s, s:b, s:b, s:[{s:s, s:s}]}", "id", name, "name", "-", "active", 0,
                                        "declared", 1, "pages", "kind", "home", "path", "/")) == 0;
}

/* A phase that is for everybody, a fact that nobody is asked for in words: the rest can still name them. */
static bool put_campaign_aside(json_t *campaign, const struct pointer *pointer)
{
    if (is_token(pointer, 1, "phases") && pointer->count > 2)
        return json_array_set_new(json_object_get(campaign, "phases"), index_token(pointer, 2),
                                  json_pack("{s:o, s:s, s:{s:[]}}", "id",
                                            json_sprintf("put-aside-%s", pointer->tokens[2]), "from", "2021-01-01",
                                            "who", "all")) == 0;
    if (is_token(pointer, 1, "facts") && pointer->count > 2) {
        json_t *facts = json_object_get(campaign, "facts");
        if (value_is_word(pointer->tokens[2]))
            return json_object_set_new(facts, pointer->tokens[2], json_pack("{s:s, s:s}", "en", "-", "fr", "-")) == 0;
        return json_object_del(facts, pointer->tokens[2]) == 0;
    }
    return json_object_del(campaign, pointer->tokens[1]) == 0;
}

/* Takes a refused place out of the document, so that the rest can be tried; false if the rest depends on it. */
static bool put_aside(struct check *check, const struct pointer *pointer, const char *place, bool unknown_key)
{
    if (pointer->count == 0)
        return false;
    json_t *parent = walk(check->document, pointer, pointer->count - 1);
    const char *last = pointer->tokens[pointer->count - 1];
    if (unknown_key)
        return json_object_del(parent, last) == 0;
    if (is_token(pointer, 0, "providers") && pointer->count > 1) {
        if (is_token(pointer, 2, "examples") && pointer->count > 4)
            return put_example_aside(check, pointer, place);
        return put_provider_aside(check, pointer);
    }
    if (is_token(pointer, 0, "wrappers") && pointer->count > 1)
        return json_array_set_new(json_object_get(check->document, "wrappers"), index_token(pointer, 1),
                                  json_pack("{s:[]}", "forms")) == 0;
    if (is_token(pointer, 0, "schema") || is_token(pointer, 0, "providers"))
        return false;
    if (is_token(pointer, 0, "extends"))
        return json_object_set_new(check->document, "extends", json_string("shipped")) == 0;
    if (is_token(pointer, 0, "calendar") && pointer->count > 1)
        return json_array_set_new(json_object_get(check->document, "calendar"), index_token(pointer, 1),
                                  json_pack("{s:s, s:[o]}", "state", "closed", "centres",
                                            json_sprintf("put-aside-%s", pointer->tokens[1]))) == 0;
    if (is_token(pointer, 0, "holidays") && pointer->count > 1)
        return json_array_set_new(json_object_get(check->document, "holidays"), index_token(pointer, 1),
                                  json_pack("{s:i}", "easter", 0)) == 0;
    if (is_token(pointer, 0, "campaign") && pointer->count > 1)
        return put_campaign_aside(json_object_get(check->document, "campaign"), pointer);
    if (is_token(pointer, 0, "zones")) { /* places are given zones by name */
        json_object_del(check->document, "territories");
        json_object_del(check->document, "default_zone");
    }
    if (is_token(pointer, 0, "phone")) /* the line is read by the plan */
        json_object_del(check->document, "national_line");
    return json_object_del(check->document, pointer->tokens[0]) == 0;
}

/* Tells a refusal and puts its place aside; false if that ends the check. */
static bool tell_refusal(struct check *check, const char *message)
{
    static const char prefix[] = "the rules are refused at ";
    char text[POINTER_SIZE], place[POINTER_SIZE];
    struct pointer pointer;
    const char *what = strstr(message, ": ");
    check->problems++;
    if (strncmp(message, prefix, sizeof prefix - 1) != 0 || what == NULL) {
        print_finding(check, "error", "the whole document", message);
        return false;
    }
    snprintf(text, sizeof text, "%.*s", (int)(what - message) - (int)(sizeof prefix - 1), message + sizeof prefix - 1);
    bool parsed = parse_pointer(text, &pointer);
    if (parsed)
        original_place(check, &pointer, text, place, sizeof place);
    print_finding(check, "error", parsed ? place : text, what + 2);
    return parsed && check->problems < PROBLEMS_MAX &&
           put_aside(check, &pointer, place, strstr(what, "this key is unknown") != NULL);
}

static void remark(void *to, const char *place, const char *what)
{
    struct check *check = to;
    print_finding(check, "remark", place, what);
    check->remarks++;
}

static void print_summary(const struct check *check, json_t *document)
{
    json_t *providers = json_object_get(document, "providers");
    size_t count = json_array_size(providers);
    printf("%s: ", check->path);
    if (providers == NULL)
        printf("%s providers", json_object_get(document, "extends") != NULL ? "the shipped" : "no");
    else
        printf("%zu provider%s", count, count == 1 ? "" : "s");
    printf(", %zu error%s, %zu remark%s\n", check->problems, check->problems == 1 ? "" : "s", check->remarks,
           check->remarks == 1 ? "" : "s");
}

/* Tries the document again and again, each time without what was refused. */
static int try_rest(struct check *check, const char *message)
{
    char first[512];
    snprintf(first, sizeof first, "%s", message);
    for (bool go_on = tell_refusal(check, first); go_on;) {
        vaxdir_rules *rules = NULL;
        char *bytes = json_dumps(check->document, JSON_COMPACT);
        if (bytes == NULL)
            return program_refuse("there is not enough memory");
        vaxdir_status status = vaxdir_rules_open_memory(check->program->context, bytes, strlen(bytes), &rules);
        free(bytes);
        vaxdir_rules_unref(rules);
        if (status == VAXDIR_OK)
            break;
        if (status != VAXDIR_ERROR_RULES)
            return program_fail(check->program, check->path);
        go_on = tell_refusal(check, vaxdir_context_error(check->program->context)->message);
    }
    return STATUS_DONE;
}

static int run_check(struct check *check)
{
    json_error_t error;
    vaxdir_rules *rules = NULL;
    vaxdir_status status = vaxdir_rules_open(check->program->context, check->path, &rules);
    const vaxdir_error *record = vaxdir_context_error(check->program->context);
    vaxdir_rules_unref(rules);
    if (status != VAXDIR_OK && (status != VAXDIR_ERROR_RULES || record->line > 0))
        return program_fail(check->program, check->path); /* unreadable, or no JSON: with the line */
    check->document = json_load_file(check->path, JSON_REJECT_DUPLICATES, &error);
    json_t *whole = json_deep_copy(check->document);
    if (whole == NULL) {
        json_decref(check->document);
        return program_fail(check->program, check->path);
    }
    int result = status == VAXDIR_OK ? STATUS_DONE : try_rest(check, record->message);
    if (result == STATUS_DONE) {
        doubts_tell(whole, remark, check);
        print_summary(check, whole);
    }
    json_decref(whole);
    json_decref(check->document);
    return result == STATUS_DONE && check->problems > 0 ? STATUS_REFUSED : result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    if (arguments->count != 2 || strcmp(arguments->positional[0], "check") != 0)
        return program_usage(program, "rules takes the word check and one file");
    struct check *check = calloc(1, sizeof *check);
    if (check == NULL)
        return program_refuse("there is not enough memory");
    check->program = program;
    check->path = arguments->positional[1];
    int result = run_check(check);
    free(check);
    return result;
}

const struct command command_rules = {
    "rules", "check FILE", "Check a rules document: its form, its examples, links that two rules claim.", options, run};
