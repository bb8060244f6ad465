/* Writes text for people. Width: the terminal's, else 100 columns, so that output to a file is the same everywhere. */
#include "terminal.h"

#include "utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void terminal_init(struct terminal *terminal, FILE *stream)
{
    struct winsize size;
    int descriptor = fileno(stream);
    bool is_terminal = isatty(descriptor) == 1;
    const char *no_colour = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    terminal->stream = stream;
    terminal->colour =
        is_terminal && (no_colour == NULL || *no_colour == '\0') && (kind == NULL || strcmp(kind, "dumb") != 0);
    terminal->width = 100;
    if (is_terminal)
        terminal->width = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Marks that change the direction of text or are not seen could make one address look like another. */
static bool is_invisible(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0xAD || character == 0x61C ||
           (character >= 0x200B && character <= 0x200F) || (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF ||
           (character >= 0xE0000 && character <= 0xE007F);
}

char *terminal_plain(const char *text)
{
    size_t length = strlen(text);
    char *plain = malloc(3 * length + 1); /* U+FFFD for each byte at the worst */
    if (plain == NULL)
        exit(1);
    char *end = plain;
    while (length > 0) {
        size_t size;
        uint32_t character = utf8_next(text, length, &size);
        if (character == '\n' || character == '\t' || character == '\r') {
            *end++ = ' ';
        } else if (character == UTF8_REPLACEMENT) {
            memcpy(end, "\xEF\xBF\xBD", 3);
            end += 3;
        } else if (!is_invisible(character)) {
            memcpy(end, text, size);
            end += size;
        }
        text += size;
        length -= size;
    }
    *end = '\0';
    return plain;
}

static size_t columns_of(const char *plain, size_t length)
{
    size_t columns = 0;
    while (length > 0) {
        size_t size;
        uint32_t character = utf8_next(plain, length, &size);
        columns += !(character >= 0x300 && character <= 0x36F);
        plain += size;
        length -= size;
    }
    return columns;
}

size_t terminal_columns(const char *plain)
{
    return columns_of(plain, strlen(plain));
}

void terminal_style(const struct terminal *terminal, enum terminal_style style)
{
    static const char *const codes[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m"};
    if (terminal->colour)
        fputs(codes[style], terminal->stream);
}

void terminal_spaces(const struct terminal *terminal, size_t count)
{
    while (count-- > 0)
        putc(' ', terminal->stream);
}

void terminal_paragraph(const struct terminal *terminal, size_t indent, const char *text)
{
    char *plain = terminal_plain(text);
    size_t column = indent;
    for (const char *word = plain + strspn(plain, " "); *word != '\0';) {
        size_t length = strcspn(word, " ");
        size_t columns = columns_of(word, length);
        if (column > indent && column + 1 + columns > terminal->width) {
            putc('\n', terminal->stream);
            terminal_spaces(terminal, indent);
            column = indent;
        } else if (column > indent) {
            putc(' ', terminal->stream);
            column++;
        }
        fwrite(word, 1, length, terminal->stream);
        column += columns;
        word += length;
        word += strspn(word, " ");
    }
    putc('\n', terminal->stream);
    free(plain);
}
