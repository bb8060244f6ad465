/* Reads the command line by a table of options. No value is converted here; a token is never both an option and an
 * argument. */
#include "arguments.h"

#include <stdio.h>
#include <string.h>

static bool looks_like_option(const char *token)
{
    if (token[0] != '-' || token[1] == '\0')
        return false;
    char next = token[1];
    return next == '-' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

static const struct option *find_option(const struct option *const *tables, const char *token, size_t length)
{
    for (; *tables != NULL; tables++)
        for (const struct option *option = *tables; option->name != NULL; option++) {
            if (strlen(option->name) == length && memcmp(option->name, token, length) == 0)
                return option;
            if (option->letter != 0 && length == 2 && token[0] == '-' && token[1] == option->letter)
                return option;
        }
    return NULL;
}

/* Reads one option and, where it has one, its value. */
static bool read_option(struct arguments *arguments, int argc, char **argv, int *index,
                        const struct option *const *tables, char *problem, size_t capacity)
{
    const char *token = argv[*index];
    const char *equals = token[1] == '-' ? strchr(token, '=') : NULL;
    size_t length = equals != NULL ? (size_t)(equals - token) : strlen(token);
    const struct option *option = find_option(tables, token, length);
    if (option == NULL) {
        snprintf(problem, capacity, "unknown option %.*s", (int)(length < 100 ? length : 100), token);
        return false;
    }
    const char *value = "";
    if (option->value == NULL && equals != NULL) {
        snprintf(problem, capacity, "%s takes no value", option->name);
        return false;
    }
    if (option->value != NULL && equals != NULL) {
        value = equals + 1;
    } else if (option->value != NULL) {
        if (*index + 1 >= argc) {
            snprintf(problem, capacity, "%s needs a value: %s", option->name, option->value);
            return false;
        }
        value = argv[++*index];
    }
    arguments->given[arguments->given_count++] = (struct given){option, value};
    ++*index;
    return true;
}

bool arguments_parse(struct arguments *arguments, int argc, char **argv, int *index, const struct option *const *tables,
                     bool stop, char *problem, size_t capacity)
{
    bool ended = false;
    while (*index < argc) {
        char *token = argv[*index];
        if (!ended && strcmp(token, "--") == 0) {
            ended = true;
            ++*index;
        } else if (!ended && looks_like_option(token)) {
            if (!read_option(arguments, argc, argv, index, tables, problem, capacity))
                return false;
        } else if (stop) {
            return true;
        } else {
            arguments->positional[arguments->count++] = token;
            ++*index;
        }
    }
    return true;
}

const char *arguments_value(const struct arguments *arguments, const char *name)
{
    for (size_t i = arguments->given_count; i > 0; i--)
        if (strcmp(arguments->given[i - 1].option->name, name) == 0)
            return arguments->given[i - 1].value;
    return NULL;
}
