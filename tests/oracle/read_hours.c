/* read_hours.c: reads cells of weekly hours, one a line, and prints what the library makes of each: the kind, a tab,
 * and the intervals as from-until in minutes, each with its flags behind a colon. Invariant: one line out for each line
 * in. */
#include <stdio.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

int main(void)
{
    static char line[65536];
    vaxdir_context *context = NULL;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    while (fgets(line, sizeof line, stdin) != NULL) {
        vaxdir_hours hours = VAXDIR_HOURS_INIT;
        if (vaxdir_hours_parse(context, line, strcspn(line, "\n"), &hours) != VAXDIR_OK)
            return 1;
        printf("%s\t", vaxdir_hours_name(hours.kind));
        for (uint32_t i = 0; i < hours.interval_count; i++)
            printf("%s%u-%u:%u", i == 0 ? "" : ",", (unsigned)hours.intervals[i].from_minute,
                   (unsigned)hours.intervals[i].until_minute, (unsigned)hours.intervals[i].flags);
        putchar('\n');
    }
    vaxdir_context_unref(context);
    return 0;
}
