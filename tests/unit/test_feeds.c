/* test_feeds.c: the real feeds beside the checkout load row for row, and what was published instead of them on bad days
 * is refused. Counts only, never what stands in them. The hourly ones lie in an archive, which tar unpacks into a
 * folder that is removed afterwards. */
#define _POSIX_C_SOURCE 200809L /* opendir */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "../support/temporary.h"

static const char *centres; /* the folder of the feeds */

typedef struct feed_outcome {
    vaxdir_status status;
    uint32_t rows;
    vaxdir_counts counts;
    char message[600];
} feed_outcome;

static feed_outcome load(const char *path)
{
    feed_outcome outcome = {.counts = VAXDIR_COUNTS_INIT};
    vaxdir_context *context = NULL;
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    outcome.status = vaxdir_builder_add_path(context, builder, path, NULL);
    snprintf(outcome.message, sizeof outcome.message, "%s", vaxdir_context_error(context)->message);
    if (outcome.status == VAXDIR_OK) {
        assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
        outcome.rows = vaxdir_registry_count(registry);
        assert_int_equal(vaxdir_registry_counts(context, registry, &outcome.counts), VAXDIR_OK);
    }
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    vaxdir_context_unref(context);
    return outcome;
}

static feed_outcome load_centres(const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", centres, name);
    return load(path);
}

static void dated_feeds_load_row_for_row(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t rows, without_position;
    } feeds[] = {
        {"centres-vaccination_2021-01-15.csv", 854, 2},
        {"centres-vaccination_2021-04-13.csv", 2174, 0},
        {"centres-vaccination_2021-11-18.csv", 2871, 0},
        {"renamed-columns_400-rows.csv", 399, 0},
    };
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        feed_outcome outcome = load_centres(feeds[i].name);
        assert_int_equal(outcome.status, VAXDIR_OK);
        assert_int_equal(outcome.rows, feeds[i].rows);
        assert_int_equal(outcome.counts.quarantined, 0);
        assert_int_equal(outcome.counts.without_position, feeds[i].without_position);
    }
}

static void what_is_no_feed_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *message;
    } files[] = {
        {"not-a-feed/empty.txt", "is empty"},
        {"not-a-feed/html-error-page.txt", "an HTML page"},
        {"no-header_4-columns.csv", "no header"},
        {"centres-vaccination_2021-07-15.geojson", "JSON"},
        {"sante.fr_2021-02-28_double-encoded.json", "JSON"},
        {"hourly_2021-03-29_first-84.tar.xz", "xz data"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        feed_outcome outcome = load_centres(files[i].name);
        assert_int_equal(outcome.status, VAXDIR_ERROR_DATA);
        assert_non_null(strstr(outcome.message, files[i].message));
    }
}

/* Any of them cut anywhere: a stride of a prime, so that every kind of place is met. */
static void a_cut_feed_is_no_crash(void **state)
{
    (void)state;
    char path[1000];
    snprintf(path, sizeof path, "%s/centres-vaccination_2021-01-15.csv", centres);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    enum { MOST = 12000, STRIDE = 37 };
    char *bytes = malloc(MOST);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, MOST, file), MOST);
    fclose(file);
    vaxdir_context *context = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    for (size_t length = 0; length < MOST; length += STRIDE) {
        vaxdir_builder *builder = NULL;
        assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
        vaxdir_status status = vaxdir_builder_add_memory(context, builder, bytes, length, NULL);
        assert_true(status == VAXDIR_OK || status == VAXDIR_ERROR_DATA);
        vaxdir_builder_unref(builder);
    }
    vaxdir_context_unref(context);
    free(bytes);
}

static void load_hourly(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (strstr(entry->d_name, ".csv") == NULL)
            continue;
        char path[TEMPORARY_SIZE + 300];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        feed_outcome outcome = load(path);
        assert_int_equal(outcome.status, VAXDIR_OK);
        assert_true(outcome.rows >= 2017);
        assert_int_equal(outcome.counts.quarantined, 0);
        remove(path);
        count++;
    }
    closedir(directory);
    assert_int_equal(count, 84);
}

static void hourly_feeds_load_row_for_row(void **state)
{
    (void)state;
    char folder[TEMPORARY_SIZE], command[3000];
    temporary_folder(folder);
    snprintf(command, sizeof command, "tar -xJf '%s/hourly_2021-03-29_first-84.tar.xz' -C '%s'", centres, folder);
    assert_int_equal(system(command), 0);
    load_hourly(folder);
    rmdir(folder);
}

int main(void)
{
    static char fallback[1000];
    const char *data = getenv("VAXDIR_SHARED_DATA");
    snprintf(fallback, sizeof fallback, "%s/centres", data != NULL ? data : "../shared/data");
    centres = fallback;
    struct stat facts;
    if (stat(centres, &facts) != 0) {
        printf("1..0 # SKIP no real feeds at %s: set VAXDIR_SHARED_DATA\n", centres);
        return 0; /* meson takes the plan for the skip, and any other status for a failure */
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dated_feeds_load_row_for_row),
        cmocka_unit_test(what_is_no_feed_is_refused),
        cmocka_unit_test(a_cut_feed_is_no_crash),
        cmocka_unit_test(hourly_feeds_load_row_for_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
