/* Draws the bar only when its percentage changes, and wipes it at the end: what stays on the screen is the summary. */
#include "progress.h"

#include "terminal.h"

#include <stdlib.h>
#include <unistd.h>

void progress_init(struct progress *progress, FILE *stream)
{
    struct terminal terminal;
    terminal_init(&terminal, stream);
    *progress = (struct progress){stream, "", isatty(fileno(stream)) == 1, -1, terminal.width};
}

void progress_begin(struct progress *progress, const char *name)
{
    progress->name = name;
    progress->last = -1;
}

int32_t progress_show(uint64_t done, uint64_t total, void *user)
{
    enum { BAR = 24, NAME = 30 };
    struct progress *progress = user;
    int percent = total == 0 ? 0 : (int)((double)done * 100.0 / (double)total);
    percent = percent > 100 ? 100 : percent;
    if (percent == progress->last || progress->width < BAR + NAME + 10)
        return 0;
    progress->last = percent;
    char bar[BAR + 1];
    for (int i = 0; i < BAR; i++)
        bar[i] = i * 100 < percent * BAR ? '#' : '.';
    bar[BAR] = '\0';
    char *plain = terminal_plain(progress->name);
    size_t columns = terminal_columns(plain);
    fprintf(progress->stream, "\r[%s] %3d %% %s\x1b[K", bar, percent, columns <= NAME ? plain : "");
    fflush(progress->stream);
    free(plain);
    return 0;
}

void progress_end(struct progress *progress)
{
    if (progress->shown && progress->last >= 0)
        fputs("\r\x1b[K", progress->stream);
    progress->last = -1;
}
