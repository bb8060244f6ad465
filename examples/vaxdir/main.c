/* vaxdir: the command-line frontend of libvaxdir. It finds the command, reads its options and gives its exit status:
 * 0 done, 1 refused or absent, 2 wrong usage. */
#include "commands.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command *const commands[] = {&command_build, &command_info,  &command_nearest, &command_within,
                                                 &command_show,  &command_route, &command_link,    &command_rules};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const struct option common_options[] = {
    {"--rules", 0, "FILE", "judge links and phones by these rules instead of the shipped ones"},
    {"--lang", 0, "fr|en", "language of sentences, default en"},
    {"--help", 'h', NULL, "show help"},
    {NULL, 0, NULL, NULL}};
static const struct option global_options[] = {{"--version", 0, NULL, "show the library's version"},
                                               {NULL, 0, NULL, NULL}};

static void print_options(const struct option *options)
{
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    for (const struct option *option = options; option->name != NULL; option++) {
        char left[64];
        snprintf(left, sizeof left, "  %s%c%s%s%s", option->letter != 0 ? "-" : "",
                 option->letter != 0 ? option->letter : ' ', option->letter != 0 ? ", " : "   ", option->name,
                 option->value != NULL ? " " : "");
        printf("%s%-*s ", left, 30 - (int)strlen(left), option->value != NULL ? option->value : "");
        terminal_paragraph(&terminal, 31, option->help);
    }
}

static void print_program_help(void)
{
    puts("usage: vaxdir COMMAND ARGUMENT...\n\n"
         "Finds the nearest vaccination centres of a directory and says how to book there, safely.\n\nCommands:");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    puts("\nOptions of every command:");
    print_options(common_options);
    print_options(global_options);
    puts("\nFILE is a registry file or a feed. Negative numbers are arguments; -- ends the options.\n"
         "Exit status: 0 done, 1 refused, absent or unreadable, 2 wrong usage.");
}

static void print_command_help(const struct command *command)
{
    printf("usage: vaxdir %s %s\n\n%s\n\nOptions:\n", command->name, command->synopsis, command->summary);
    print_options(command->options);
    print_options(common_options);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int run_command(struct program *program, const struct command *command, int argc, char **argv, int index,
                       struct arguments *arguments)
{
    char problem[256];
    const struct option *const tables[] = {command->options, common_options, NULL};
    program->command = command->name;
    if (!arguments_parse(arguments, argc, argv, &index, tables, false, problem, sizeof problem))
        return program_usage(program, "%s", problem);
    if (arguments_value(arguments, "--help") != NULL) {
        print_command_help(command);
        return program_flush();
    }
    int result = program_start(program, arguments);
    if (result == STATUS_DONE)
        result = command->run(program, arguments);
    int flushed = program_flush();
    return result != STATUS_DONE ? result : flushed;
}

static int run(struct program *program, int argc, char **argv, struct arguments *arguments)
{
    char problem[256];
    const struct option *const tables[] = {common_options, global_options, NULL};
    int index = 1;
    if (!arguments_parse(arguments, argc, argv, &index, tables, true, problem, sizeof problem))
        return program_usage(program, "%s", problem);
    if (arguments_value(arguments, "--version") != NULL) {
        printf("vaxdir %s\n", vaxdir_version());
        return program_flush();
    }
    if (arguments_value(arguments, "--help") != NULL) {
        print_program_help();
        return program_flush();
    }
    if (index >= argc)
        return program_usage(program, "which command? build, info, nearest, within, show, route, link or rules");
    const struct command *command = find_command(argv[index]);
    if (command == NULL)
        return program_usage(program, "there is no command '%s'", argv[index]);
    return run_command(program, command, argc, argv, index + 1, arguments);
}

int main(int argc, char **argv)
{
    struct program program = {.command = "", .language = "en"};
    struct arguments arguments = {0, calloc((size_t)argc + 1, sizeof(char *)), 0,
                                  calloc((size_t)argc + 1, sizeof(struct given))};
    int result = STATUS_REFUSED;
    if (arguments.positional == NULL || arguments.given == NULL)
        program_refuse("there is not enough memory");
    else
        result = run(&program, argc, argv, &arguments);
    program_end(&program);
    free(arguments.positional);
    free(arguments.given);
    return result;
}
