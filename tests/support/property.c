/* property.c: see property.h. Invariant: a result that is not good makes the program fail, whatever comes after it. */
#include "property.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

static uint32_t planned, given, bad;

uint32_t property_start(int argc, char **argv, uint32_t results)
{
    const char *seed = getenv("VAXDIR_SEED");
    uint32_t times = 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--long") == 0)
            times = 10;
        else
            seed = argv[i];
    }
    uint64_t number = seed == NULL ? 20210118 : strtoull(seed, NULL, 10);
    random_seed(number);
    planned = results;
    printf("# seed %llu\n1..%lu\n", (unsigned long long)number, (unsigned long)results);
    return times;
}

void property_result(bool good, const char *format, ...)
{
    va_list arguments;
    bad += !good;
    printf("%s %lu - ", good ? "ok" : "not ok", (unsigned long)++given);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
}

int property_end(void)
{
    return bad == 0 && given == planned ? 0 : 1;
}

void property_check(vaxdir_context *context, vaxdir_status status, const char *what)
{
    if (status == VAXDIR_OK)
        return;
    printf("Bail out! %s: %s\n", what, vaxdir_context_error(context)->message);
    exit(1);
}
