/* bench_link.c: verdicts a second, on one core, over the distinct links of a file. Invariant: every link is judged in
 * every round, and the best of the rounds is told, because others use the machine too.
 *
 *     bench_link FILE [ROUNDS]      a link a line, after the last tab of the line if there is one
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vaxdir/vaxdir.h>

enum { LINE_SIZE = 4096, LINKS_MAX = 1000000, PASSES = 20 };

static char *links[LINKS_MAX];
static size_t lengths[LINKS_MAX], count;

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_links(const char *path)
{
    static char line[LINE_SIZE];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL && count < LINKS_MAX) {
        line[strcspn(line, "\r\n")] = '\0';
        const char *tab = strrchr(line, '\t');
        links[count] = strdup(tab == NULL ? line : tab + 1);
        if (links[count] == NULL)
            return 0;
        count++;
    }
    fclose(file);
    qsort(links, count, sizeof links[0], compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(links[kept - 1], links[i]) != 0)
            links[kept++] = links[i];
    count = kept;
    for (size_t i = 0; i < count; i++)
        lengths[i] = strlen(links[i]);
    return count != 0;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    vaxdir_link *link = NULL;
    if (argc < 2 || !read_links(argv[1])) {
        fprintf(stderr, "usage: bench_link FILE [ROUNDS], a file with a link a line\n");
        return 2;
    }
    int rounds = argc > 2 ? atoi(argv[2]) : 10;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_rules_default(context, &rules) != VAXDIR_OK ||
        vaxdir_link_new(context, &link) != VAXDIR_OK)
        return 1;
    double best = 0;
    size_t known = 0;
    for (int round = 0; round < rounds; round++) {
        double start = seconds();
        known = 0;
        for (int pass = 0; pass < PASSES; pass++)
            for (size_t i = 0; i < count; i++) {
                if (vaxdir_link_judge(context, rules, links[i], lengths[i], NULL, 0, link) != VAXDIR_OK)
                    return 1;
                known += vaxdir_link_provider(link) != NULL;
            }
        double rate = (double)count * PASSES / (seconds() - start);
        best = rate > best ? rate : best;
    }
    printf("%zu distinct links, %zu of a known provider: %.0f verdicts a second on one core\n", count, known / PASSES,
           best);
    vaxdir_link_unref(link);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    for (size_t i = 0; i < count; i++)
        free(links[i]);
    return 0;
}
