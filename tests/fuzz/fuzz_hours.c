/* fuzz_hours.c: any bytes as a cell of weekly hours. Invariant watched: what comes out is a day's hours or nothing, and
 * written down plainly it reads as itself, whatever the case and the space around it. */
#include <stdbool.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "fuzz.h"

static vaxdir_context *context;

static vaxdir_hours read_cell(const char *text, size_t length)
{
    vaxdir_hours hours = VAXDIR_HOURS_INIT;
    PROMISE(vaxdir_hours_parse(context, text, length, &hours) == VAXDIR_OK);
    return hours;
}

static bool same(const vaxdir_hours *a, const vaxdir_hours *b)
{
    if (a->kind != b->kind || a->interval_count != b->interval_count)
        return false;
    for (uint32_t i = 0; i < a->interval_count; i++)
        if (a->intervals[i].from_minute != b->intervals[i].from_minute ||
            a->intervals[i].until_minute != b->intervals[i].until_minute ||
            a->intervals[i].flags != b->intervals[i].flags)
            return false;
    return true;
}

static void check_intervals(const vaxdir_hours *hours)
{
    PROMISE(hours->interval_count >= 1 && hours->interval_count <= 8);
    for (uint32_t i = 0; i < hours->interval_count; i++) {
        const vaxdir_interval *now = &hours->intervals[i], *before = now - 1;
        PROMISE(now->from_minute < 1440 && now->from_minute < now->until_minute && now->until_minute <= 1800);
        PROMISE(now->until_minute <= 1440 || now->from_minute >= 1080);
        PROMISE(now->flags <= 3);
        PROMISE(i == 0 || now->flags != 0 || before->flags == 0);
        PROMISE(i == 0 || now->flags != before->flags || now->from_minute >= before->until_minute);
    }
}

static void write_again(const vaxdir_hours *hours)
{
    static const char *const phrases[] = {"", "sans rendez-vous ", "sur rdv ", "avec ou sans rdv "};
    char text[1000];
    size_t at = 0;
    for (uint32_t i = 0; i < hours->interval_count; i++) {
        unsigned from = hours->intervals[i].from_minute, until = hours->intervals[i].until_minute;
        until = until > 1440 ? until - 1440 : until;
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s%u:%02u-%02uh%02u", i == 0 ? "" : "/",
                               phrases[hours->intervals[i].flags], from / 60, from % 60, until / 60, until % 60);
    }
    if (at > 160)
        return; /* longer than any cell that is read */
    vaxdir_hours again = read_cell(text, at);
    PROMISE(same(hours, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char changed[1 << 16];
    if (context == NULL)
        PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
    if (size > sizeof changed - 2)
        return 0;
    vaxdir_hours hours = read_cell((const char *)data, size);
    PROMISE(vaxdir_hours_name(hours.kind) != NULL);
    if (hours.kind == VAXDIR_HOURS_INTERVALS) {
        check_intervals(&hours);
        write_again(&hours);
    } else {
        PROMISE(hours.interval_count == 0);
    }
    changed[0] = '\t';
    for (size_t i = 0; i < size; i++)
        changed[i + 1] = (char)(data[i] >= 'a' && data[i] <= 'z' ? data[i] - 32 : data[i]);
    changed[size + 1] = '\n';
    vaxdir_hours again = read_cell(changed, size + 2);
    PROMISE(same(&hours, &again));
    return 0;
}
