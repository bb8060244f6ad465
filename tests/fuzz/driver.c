/* driver.c: replays a corpus through a fuzz target without libFuzzer: each file as it is, cut after every byte, and
 * with each byte changed. Invariant: the same files give the same inputs on every machine. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

enum { FILE_MAX = 65536, CUTS_MAX = 2048, NAMES_MAX = 1000, PATH_SIZE = 4096 };

static unsigned long inputs;

/* A block of just the size of the input, so that a sanitizer sees a read beyond it. */
static void run(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    PROMISE(copy != NULL);
    if (size != 0)
        memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    inputs++;
}

static void replay(uint8_t *bytes, size_t size)
{
    static const uint8_t others[] = {0x00, '\n', '/', '@', '\\', 0xC2, 0xFF};
    size_t step = size / CUTS_MAX + 1;
    run(bytes, size);
    for (size_t i = 0; i < size; i += step) {
        uint8_t byte = bytes[i];
        run(bytes, i);
        bytes[i] = others[i % sizeof others];
        run(bytes, size);
        bytes[i] = byte;
    }
}

static int replay_file(const char *path)
{
    static uint8_t bytes[FILE_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    replay(bytes, size);
    return 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int replay_folder(const char *folder)
{
    static char *names[NAMES_MAX];
    size_t count = 0;
    int failed = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        fprintf(stderr, "%s is no folder\n", folder);
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL && count < NAMES_MAX;)
        if (entry->d_name[0] != '.')
            names[count++] = strdup(entry->d_name);
    closedir(directory);
    qsort(names, count, sizeof names[0], compare);
    for (size_t i = 0; i < count; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        failed |= replay_file(path);
        free(names[i]);
    }
    if (count == 0)
        fprintf(stderr, "%s is empty\n", folder);
    return failed != 0 || count == 0;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    for (int i = 1; i < argc; i++)
        failed |= replay_folder(argv[i]);
    printf("%lu inputs\n", inputs);
    return failed;
}
