/* The command line as a table: which options a command has, and what the user gave. A token is an option only if it
 * begins with two dashes, or with one and a letter; so negative coordinates are arguments. */
#ifndef FRONTEND_ARGUMENTS_H
#define FRONTEND_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct option {
    const char *name;  /* with its dashes: "--limit" */
    char letter;       /* of a short form, 0 for none */
    const char *value; /* what the value is called in the help; NULL for a switch */
    const char *help;
};

struct given {
    const struct option *option;
    const char *value;
};

struct arguments {
    size_t count;
    char **positional;
    size_t given_count;
    struct given *given;
};

/* Parses the tokens after argv[*index] by tables of options (each ended by a NULL name, all of them by NULL) and adds
 * them to arguments, whose arrays have room for argc entries. With stop, it ends at the first positional token. *index
 * is then the first token that was not read. On wrong usage it writes what is wrong into problem and gives false. */
bool arguments_parse(struct arguments *arguments, int argc, char **argv, int *index, const struct option *const *tables,
                     bool stop, char *problem, size_t capacity);

/* The last value of an option, "" for a switch; NULL if it was not given. */
const char *arguments_value(const struct arguments *arguments, const char *name);

#endif
