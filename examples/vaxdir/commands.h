/* The commands: each has its options, its help and one function. */
#ifndef FRONTEND_COMMANDS_H
#define FRONTEND_COMMANDS_H

#include "program.h"

struct command {
    const char *name;
    const char *synopsis;
    const char *summary;
    const struct option *options;
    int (*run)(struct program *program, const struct arguments *arguments);
};

extern const struct command command_build;
extern const struct command command_info;
extern const struct command command_nearest;
extern const struct command command_show;
extern const struct command command_link;
extern const struct command command_route;
extern const struct command command_rules;
extern const struct command command_within;

#endif
