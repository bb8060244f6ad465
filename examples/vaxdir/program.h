/* What all commands share: the library's context, the rules, the language, and how failures become an exit status. */
#ifndef FRONTEND_PROGRAM_H
#define FRONTEND_PROGRAM_H

#include "arguments.h"

#include <stdbool.h>
#include <stdint.h>

#include <vaxdir/vaxdir.h>

enum {
    STATUS_DONE = 0,
    STATUS_REFUSED = 1, /* a file is refused, unreadable or not written; an id is absent */
    STATUS_USAGE = 2
};

struct program {
    const char *command; /* name of the running command, for the hint at its help */
    const char *language;
    vaxdir_context *context;
    vaxdir_rules *rules; /* those of --rules, or the shipped ones */
    vaxdir_facts *facts; /* of --fact */
};

/* Functions that take a format, so that the compiler checks what follows it. */
#if defined(__GNUC__)
#define FRONTEND_FORMAT(index, first) __attribute__((format(printf, index, first)))
#define FRONTEND_FORMAT_PAIR __attribute__((format_arg(2), format_arg(3)))
#else
#define FRONTEND_FORMAT(index, first)
#define FRONTEND_FORMAT_PAIR
#endif

/* One of two sentences, by the language. */
FRONTEND_FORMAT_PAIR const char *program_say(const struct program *program, const char *english, const char *french);

/* Prints one line on stderr, made plain, and gives the exit status. */
FRONTEND_FORMAT(2, 3) int program_usage(const struct program *program, const char *format, ...);
FRONTEND_FORMAT(1, 2) int program_refuse(const char *format, ...);

/* Prints the context's error record; file is said where the record names none, NULL for none. */
int program_fail(const struct program *program, const char *file);

/* Sets language, context and rules by the options --lang and --rules. */
int program_start(struct program *program, const struct arguments *arguments);
void program_end(struct program *program);

/* Reads --format: *ret_json is whether it is json. */
int program_format(const struct program *program, const struct arguments *arguments, bool json, bool *ret_json);

/* Opens a registry file or a feed as an edition under the program's rules. */
int program_open(struct program *program, const char *path, vaxdir_edition **ret_edition);

/* Prints why an input was refused, in the program's language: the report's sentence, else the error record. */
int program_fail_input(const struct program *program, const vaxdir_builder *builder, const char *path);

/* A sentence of the library into buffer, "" where it has none. */
void program_sentence(const struct program *program, uint32_t kind, int32_t code, const char *const *parameters,
                      size_t count, char *buffer, size_t capacity);

/* A field of type text; NULL where it is absent. */
const char *program_text(const struct program *program, const vaxdir_edition *edition, uint32_t row,
                         vaxdir_field field);

/* The row of an id that was given for the file; an id that is absent is refused. */
int program_find(const struct program *program, const vaxdir_edition *edition, const char *path, const char *id,
                 uint32_t *ret_row);

/* Rows for a command's table: who asks. A command says itself what its --at is the instant of. */
/* clang-format off */
#define PROGRAM_PERSON_OPTIONS \
    {"--born", 0, "YYYY-MM-DD", "birth date of who wants to go there; it is not kept"}, \
    {"--on", 0, "YYYY-MM-DD", "the day to go there, default that of the instant"}, \
    {"--fact", 0, "NAME=yes|no", "what is known of the person; again for more"}, \
    {"--dose", 0, "N", "which dose, from 1 on"}, \
    {"--vaccine", 0, "NAME", "which vaccine, as the rules name it"}
/* clang-format on */

/* Reads who asks, for when: --at, or now; --born, --on, --fact, --dose, --vaccine. The facts are the program's. */
int program_visit(struct program *program, const struct arguments *arguments, vaxdir_visit *visit);

/* Flushes stdout: what could not be written is a failure. */
int program_flush(void);

#endif
