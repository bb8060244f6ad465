/* Text for people: aligned by what is seen, within the width, in colour only on a terminal. Text of a feed never
 * reaches the terminal with its control characters. */
#ifndef FRONTEND_TERMINAL_H
#define FRONTEND_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct terminal {
    FILE *stream;
    size_t width;
    bool colour;
};

enum terminal_style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM };

void terminal_init(struct terminal *terminal, FILE *stream);

/* A copy of text without anything that steers a terminal; broken UTF-8 becomes U+FFFD, white space one space each.
 * free() it. */
char *terminal_plain(const char *text);

/* How many columns a plain text takes: its characters, without combining and zero-width ones. */
size_t terminal_columns(const char *plain);

void terminal_style(const struct terminal *terminal, enum terminal_style style);
void terminal_spaces(const struct terminal *terminal, size_t count);

/* Writes any text, made plain, wrapped at spaces; the first line starts at column indent, where the cursor already is,
 * and so do the others. A word longer than the line (a link) is never cut: it stands alone on its line. */
void terminal_paragraph(const struct terminal *terminal, size_t indent, const char *text);

#endif
