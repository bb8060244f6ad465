/* temporary.c: see temporary.h. Invariant: no two tests that run at once share a name. */
#define _POSIX_C_SOURCE 200809L /* mkstemp, mkdtemp */
#include "temporary.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void name(char path[TEMPORARY_SIZE])
{
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    int length = snprintf(path, TEMPORARY_SIZE, "%s/vaxdir-test-XXXXXX", folder);
    if (length < 0 || length >= TEMPORARY_SIZE) {
        printf("Bail out! TMPDIR is too long\n");
        exit(1);
    }
}

static void check(int made, const char *path)
{
    if (made)
        return;
    printf("Bail out! %s: cannot be made\n", path);
    exit(1);
}

void temporary_file(char path[TEMPORARY_SIZE])
{
    name(path);
    int descriptor = mkstemp(path);
    check(descriptor >= 0, path);
    close(descriptor);
}

void temporary_folder(char path[TEMPORARY_SIZE])
{
    name(path);
    check(mkdtemp(path) != NULL, path);
}
