/* test_file.c: registry files. The same records in any order give the same bytes; what is opened equals what was saved;
 * a file that was damaged is refused; a file that was forged (damaged, its checksum made right again) is refused or
 * gives answers of the right shape: UTF-8, rows in range, dates that exist, no byte read outside. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <xxhash.h>

#include "../support/small.h"
#include "base/text.h"
#include "base/time.h"
#include "registry/image.h"
#include "registry/registry.h"

static struct {
    vaxdir_context *context;
    vaxdir_rules *rules;
    vaxdir_registry *registry;
    vaxdir_matches *matches;
    vaxdir_route *route;
    vaxdir_link *link;
    char path[64];
    unsigned char *bytes;
    size_t size;
} world;

static void ok(vaxdir_status status)
{
    if (status != VAXDIR_OK)
        fail_msg("%s: %s", vaxdir_status_name(status), vaxdir_context_error(world.context)->message);
}

static unsigned char *read_saved(const vaxdir_registry *registry, size_t *ret_size)
{
    ok(vaxdir_registry_save(world.context, registry, world.path));
    FILE *file = fopen(world.path, "rb");
    assert_non_null(file);
    unsigned char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    assert_true(*ret_size > sizeof(vaxdir_image_header) && *ret_size < 1 << 20);
    return bytes;
}

static int open_world(void **state)
{
    (void)state;
    snprintf(world.path, sizeof world.path, "test-file-%ld.vaxdir", (long)getpid());
    ok(vaxdir_context_new(NULL, &world.context));
    ok(vaxdir_rules_default(world.context, &world.rules));
    ok(small_build(world.context, world.rules, 0, 1, &world.registry));
    ok(vaxdir_matches_new(world.context, &world.matches));
    ok(vaxdir_route_new(world.context, &world.route));
    ok(vaxdir_link_new(world.context, &world.link));
    world.bytes = read_saved(world.registry, &world.size);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    remove(world.path);
    free(world.bytes);
    vaxdir_link_unref(world.link);
    vaxdir_route_unref(world.route);
    vaxdir_matches_unref(world.matches);
    vaxdir_registry_unref(world.registry);
    vaxdir_rules_unref(world.rules);
    vaxdir_context_unref(world.context);
    return 0;
}

/* Everything that a registry answers is mixed into one number, and looked at on the way. */
typedef struct walk {
    uint64_t hash;
    const vaxdir_registry *registry;
    const vaxdir_edition *edition;
    uint32_t rows;
} walk;

static void mix(walk *all, const void *bytes, size_t length)
{
    all->hash = length == 0 ? all->hash * 31 : XXH3_64bits_withSeed(bytes, length, all->hash);
}

static void mix_text(walk *all, const char *text, size_t length)
{
    if (text == NULL) {
        mix(all, "", 1);
        return;
    }
    assert_int_equal(text[length], 0);
    assert_true(vaxdir_text_valid((vaxdir_slice){text, length}));
    mix(all, text, length + 1);
}

static void mix_plain(walk *all, const char *text)
{
    mix_text(all, text, text == NULL ? 0 : strlen(text));
}

static bool date_or_absent(int64_t date)
{
    return date == INT64_MIN || (date > 0 && date <= 99991231 && vaxdir_date_valid((int32_t)date));
}

static void walk_integer(walk *all, vaxdir_field field, int64_t integer)
{
    mix(all, &integer, sizeof integer);
    if (field == VAXDIR_FIELD_OPENS_ON || field == VAXDIR_FIELD_CLOSES_ON)
        assert_true(date_or_absent(integer));
    else if (field != VAXDIR_FIELD_UPDATED_AT)
        assert_true(integer == VAXDIR_UNKNOWN || integer == VAXDIR_YES || integer == VAXDIR_NO);
}

static void walk_number(walk *all, vaxdir_field field, double number)
{
    mix(all, &number, sizeof number);
    if (field == VAXDIR_FIELD_LATITUDE)
        assert_true(isnan(number) || fabs(number) <= 90);
    else if (field == VAXDIR_FIELD_LONGITUDE)
        assert_true(isnan(number) || fabs(number) <= 180);
}

static void walk_fields(walk *all, uint32_t row)
{
    for (vaxdir_field field = VAXDIR_FIELD_ID; field <= VAXDIR_FIELD_DECLARED_PROVIDER; field++) {
        const char *text = NULL;
        size_t length = 0;
        double number;
        int64_t integer;
        int kinds = 0;
        if (vaxdir_registry_text(world.context, all->registry, row, field, &text, &length) == VAXDIR_OK) {
            mix_text(all, text, length);
            kinds++;
            ok(vaxdir_edition_text(world.context, all->edition, row, field, &text, &length));
            mix_text(all, text, length);
            assert_true(text != NULL || field != VAXDIR_FIELD_ID);
            assert_true(text != NULL || field != VAXDIR_FIELD_TRUST);
        }
        if (vaxdir_registry_number(world.context, all->registry, row, field, &number) == VAXDIR_OK) {
            walk_number(all, field, number);
            kinds++;
        }
        if (vaxdir_registry_integer(world.context, all->registry, row, field, &integer) == VAXDIR_OK) {
            walk_integer(all, field, integer);
            kinds++;
        }
        assert_true(kinds > 0);
    }
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(all->registry); i++) {
        const char *text = NULL;
        size_t length = 0;
        ok(vaxdir_registry_attribute(world.context, all->registry, row, i, &text, &length));
        mix_text(all, text, length);
    }
}

static void walk_route(walk *all, uint32_t row)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    visit.at = 1610953200;
    ok(vaxdir_resolve(world.context, all->edition, row, &visit, world.route));
    for (uint32_t i = 0; i < vaxdir_route_count(world.route); i++) {
        vaxdir_step step = VAXDIR_STEP_INIT;
        ok(vaxdir_route_step(world.context, world.route, i, &step));
        assert_non_null(vaxdir_step_kind_name(step.kind));
        assert_non_null(vaxdir_step_reason_name(step.reason));
        assert_non_null(vaxdir_state_name(step.state));
        mix(all, &step.reason, sizeof step.reason);
        mix_plain(all, step.url);
        mix_plain(all, step.phone);
        mix_plain(all, step.provider);
        mix_plain(all, step.detail);
    }
    if (row == VAXDIR_NO_ROW)
        return;
    ok(vaxdir_edition_link(world.context, all->edition, row, world.link));
    assert_non_null(vaxdir_verdict_name(vaxdir_link_verdict(world.link)));
    mix_plain(all, vaxdir_link_url(world.link));
    mix_plain(all, vaxdir_link_key(world.link));
    mix_plain(all, vaxdir_link_page(world.link));
    mix_plain(all, vaxdir_link_provider(world.link));
}

static void walk_columns(walk *all)
{
    int64_t *offsets = malloc(((size_t)all->rows + 1) * sizeof *offsets);
    double *numbers = malloc((size_t)all->rows * sizeof *numbers + 1);
    int64_t *integers = malloc((size_t)all->rows * sizeof *integers + 1);
    uint8_t *validity = malloc(all->rows / 8 + 1);
    char *bytes = malloc(1 << 16);
    assert_true(offsets != NULL && numbers != NULL && integers != NULL && validity != NULL && bytes != NULL);
    for (vaxdir_field field = VAXDIR_FIELD_ID; field <= VAXDIR_FIELD_DECLARED_PROVIDER; field++) {
        uint64_t needed;
        if (vaxdir_registry_text_column(world.context, all->registry, field, offsets, validity, bytes, 1 << 16,
                                        &needed) == VAXDIR_OK) {
            assert_true(offsets[0] == 0 && (uint64_t)offsets[all->rows] == needed);
            for (uint32_t row = 0; row < all->rows; row++)
                assert_true(offsets[row] <= offsets[row + 1]);
            if (needed <= 1 << 16)
                mix(all, bytes, (size_t)needed);
        }
        if (vaxdir_registry_number_column(world.context, all->registry, field, numbers) == VAXDIR_OK)
            mix(all, numbers, all->rows * sizeof *numbers);
        if (vaxdir_registry_integer_column(world.context, all->registry, field, integers) == VAXDIR_OK)
            mix(all, integers, all->rows * sizeof *integers);
    }
    free(offsets);
    free(numbers);
    free(integers);
    free(validity);
    free(bytes);
}

static void walk_search(walk *all, double latitude, double longitude)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.limit = UINT32_MAX;
    ok(vaxdir_nearest(world.context, all->edition, latitude, longitude, &query, world.matches));
    uint32_t count = vaxdir_matches_count(world.matches);
    const uint32_t *rows = vaxdir_matches_rows(world.matches);
    const double *distances = vaxdir_matches_distances_m(world.matches);
    assert_true(count <= all->rows);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(rows[i] < all->rows);
        assert_true(distances[i] >= 0 && distances[i] < 21e6);
        assert_true(i == 0 || distances[i] >= distances[i - 1]);
        for (uint32_t j = 0; j < i; j++)
            assert_int_not_equal(rows[j], rows[i]);
    }
    mix(all, rows, count * sizeof *rows);
    mix(all, distances, count * sizeof *distances);
}

static void walk_counts(walk *all)
{
    char fingerprint[33];
    uint32_t found, without[64];
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    ok(vaxdir_registry_counts(world.context, all->registry, &counts));
    assert_int_equal(counts.centres, all->rows);
    ok(vaxdir_registry_fingerprint(world.context, all->registry, fingerprint));
    assert_int_equal(strlen(fingerprint), 32);
    mix(all, fingerprint, 32);
    ok(vaxdir_registry_without_position(world.context, all->registry, 64, without, &found));
    assert_true(found == counts.without_position && found <= all->rows);
    for (uint32_t i = 0; i < found && i < 64; i++)
        assert_true(without[i] < all->rows && (i == 0 || without[i] > without[i - 1]));
    for (uint32_t i = 0; i < vaxdir_registry_diagnostic_count(all->registry); i++) {
        int32_t code;
        uint64_t count;
        ok(vaxdir_registry_diagnostics(world.context, all->registry, i, &code, &count));
        mix(all, &code, sizeof code);
        mix(all, &count, sizeof count);
    }
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(all->registry); i++) {
        const char *name = NULL;
        size_t length = 0;
        ok(vaxdir_registry_attribute_name(world.context, all->registry, i, &name, &length));
        assert_non_null(name);
        mix_text(all, name, length);
    }
    for (uint32_t row = 0; row < all->rows; row++) {
        const char *id = NULL;
        size_t length = 0;
        uint32_t back;
        ok(vaxdir_registry_text(world.context, all->registry, row, VAXDIR_FIELD_ID, &id, &length));
        ok(vaxdir_registry_find(world.context, all->registry, id, length, &back));
        assert_int_equal(back, row);
    }
}

static uint64_t walk_all(vaxdir_registry *registry)
{
    vaxdir_edition *edition = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = world.rules;
    vaxdir_status status = vaxdir_edition_new(world.context, registry, &options, &edition);
    ok(status);
    walk all = {0, registry, edition, vaxdir_registry_count(registry)};
    walk_counts(&all);
    for (uint32_t row = 0; row < all.rows; row++) {
        walk_fields(&all, row);
        walk_route(&all, row);
    }
    walk_route(&all, VAXDIR_NO_ROW);
    walk_columns(&all);
    walk_search(&all, 49, 6);
    walk_search(&all, -90, 0);
    walk_search(&all, -17, 180);
    vaxdir_edition_unref(edition);
    return all.hash;
}

static void any_order_gives_the_same_bytes(void **state)
{
    (void)state;
    static const struct {
        unsigned first, step;
    } orders[] = {{11, 11}, {5, 7}, {3, 5}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        vaxdir_registry *registry = NULL;
        size_t size;
        ok(small_build(world.context, world.rules, orders[i].first, orders[i].step, &registry));
        unsigned char *bytes = read_saved(registry, &size);
        assert_int_equal(size, world.size);
        assert_memory_equal(bytes, world.bytes, size);
        free(bytes);
        vaxdir_registry_unref(registry);
    }
}

static void what_is_opened_equals_what_was_saved(void **state)
{
    (void)state;
    vaxdir_registry *mapped = NULL, *copied = NULL, *memory = NULL;
    uint64_t expected = walk_all(world.registry);
    ok(vaxdir_registry_save(world.context, world.registry, world.path));
    ok(vaxdir_registry_open(world.context, world.path, 0, &mapped));
    ok(vaxdir_registry_open(world.context, world.path, VAXDIR_OPEN_COPY, &copied));
    ok(vaxdir_registry_open_memory(world.context, world.bytes, world.size, &memory));
    remove(world.path); /* a mapped file may go */
    assert_true(walk_all(mapped) == expected);
    assert_true(walk_all(copied) == expected);
    assert_true(walk_all(memory) == expected);
    size_t size;
    unsigned char *again = read_saved(mapped, &size);
    assert_int_equal(size, world.size);
    assert_memory_equal(again, world.bytes, size);
    free(again);
    vaxdir_registry_unref(mapped);
    vaxdir_registry_unref(copied);
    vaxdir_registry_unref(memory);
}

static void files_that_are_none(void **state)
{
    (void)state;
    vaxdir_registry *registry = world.registry;
    assert_int_equal(vaxdir_registry_open(world.context, "no/such/file", 0, &registry), VAXDIR_ERROR_IO);
    assert_int_equal(vaxdir_registry_open(world.context, ".", 0, &registry), VAXDIR_ERROR_IO);
    assert_int_equal(vaxdir_registry_open(world.context, world.path, 2, &registry), VAXDIR_ERROR_ARGUMENT);
    assert_int_equal(vaxdir_registry_save(world.context, world.registry, "no/such/folder/x"), VAXDIR_ERROR_IO);
    FILE *file = fopen(world.path, "wb");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(vaxdir_registry_open(world.context, world.path, 0, &registry), VAXDIR_ERROR_FILE);
    assert_int_equal(vaxdir_registry_open(world.context, world.path, VAXDIR_OPEN_COPY, &registry), VAXDIR_ERROR_FILE);
    assert_int_equal(vaxdir_registry_open_memory(world.context, "", 0, &registry), VAXDIR_ERROR_FILE);
    assert_int_equal(vaxdir_registry_open_memory(world.context, "id,name\n", 8, &registry), VAXDIR_ERROR_FILE);
    assert_ptr_equal(registry, world.registry);
}

static void refused(const unsigned char *bytes, size_t size, size_t where)
{
    vaxdir_registry *registry = NULL;
    vaxdir_status status = vaxdir_registry_open_memory(world.context, bytes, size, &registry);
    if (status != VAXDIR_ERROR_FILE && status != VAXDIR_ERROR_NEWER)
        fail_msg("%s for damage at %lu", vaxdir_status_name(status), (unsigned long)where);
    assert_null(registry);
    assert_true(vaxdir_context_error(world.context)->message[0] != '\0');
}

static void every_flip_and_every_cut_is_refused(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < world.size * 8; bit++) {
        world.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        refused(world.bytes, world.size, bit);
        world.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (size_t size = 0; size < world.size; size++) {
        unsigned char *cut = malloc(size + 1); /* of its own, so that a sanitizer sees a read beyond it */
        assert_non_null(cut);
        memcpy(cut, world.bytes, size);
        refused(cut, size, size);
        free(cut);
    }
}

static void cut_files_are_refused(void **state)
{
    (void)state;
    for (size_t size = 0; size < world.size; size += size < 200 ? 1 : 97)
        for (uint32_t flags = 0; flags <= VAXDIR_OPEN_COPY; flags++) {
            vaxdir_registry *registry = NULL;
            FILE *file = fopen(world.path, "wb");
            assert_non_null(file);
            assert_int_equal(fwrite(world.bytes, 1, size, file), size);
            assert_int_equal(fclose(file), 0);
            assert_int_equal(vaxdir_registry_open(world.context, world.path, flags, &registry), VAXDIR_ERROR_FILE);
        }
}

static void make_checksum_right(unsigned char *bytes, size_t size)
{
    const size_t from = offsetof(vaxdir_image_header, section_count);
    uint64_t checksum = XXH3_64bits(bytes + from, size - from);
    memcpy(bytes + offsetof(vaxdir_image_header, checksum), &checksum, sizeof checksum);
}

/* Tells whether it opened. */
static bool refused_or_right_shaped(unsigned char *bytes, size_t size, size_t where)
{
    vaxdir_registry *registry = NULL;
    make_checksum_right(bytes, size);
    vaxdir_status status = vaxdir_registry_open_memory(world.context, bytes, size, &registry);
    if (status == VAXDIR_OK) {
        (void)walk_all(registry);
        vaxdir_registry_unref(registry);
        return true;
    }
    if (status != VAXDIR_ERROR_FILE && status != VAXDIR_ERROR_NEWER)
        fail_msg("%s for a forgery at %lu", vaxdir_status_name(status), (unsigned long)where);
    return false;
}

enum { MANY = 300 };

/* Centres of which every hundredth is in the one département and the others in the other. */
static vaxdir_registry *departments(const char *rare, const char *common)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    ok(vaxdir_builder_new(world.context, NULL, &builder));
    for (int i = 0; i < MANY; i++) {
        char id[8];
        snprintf(id, sizeof id, "c%03d", i);
        ok(vaxdir_builder_begin_record(world.context, builder, id, 4));
        ok(vaxdir_builder_set_number(world.context, builder, VAXDIR_FIELD_LATITUDE, 40 + i * 0.01));
        ok(vaxdir_builder_set_number(world.context, builder, VAXDIR_FIELD_LONGITUDE, 2));
        ok(vaxdir_builder_set_text(world.context, builder, VAXDIR_FIELD_DEPARTMENT, i % 100 == 0 ? rare : common, 2));
        ok(vaxdir_builder_end_record(world.context, builder));
    }
    ok(vaxdir_builder_build(world.context, builder, &registry));
    vaxdir_builder_unref(builder);
    return registry;
}

static uint32_t count_57(vaxdir_registry *registry)
{
    vaxdir_edition *edition = NULL;
    vaxdir_filter *filter = NULL;
    uint32_t count = 0;
    ok(vaxdir_edition_new(world.context, registry, NULL, &edition));
    ok(vaxdir_filter_parse(world.context, "department = '57'", 17, &filter));
    ok(vaxdir_filter_count(world.context, edition, filter, &count));
    vaxdir_filter_unref(filter);
    vaxdir_edition_unref(edition);
    return count;
}

/* A file that claims the fingerprint of another does not get what a context keeps about that one, nor the other way
 * round: bound filters were known by it. */
static void a_claimed_fingerprint_speaks_for_nobody(void **state)
{
    (void)state;
    vaxdir_registry *honest = departments("57", "54"), *other = departments("54", "57"), *forged = NULL;
    size_t size;
    unsigned char *bytes = read_saved(other, &size);
    memcpy(bytes + offsetof(vaxdir_image_header, fingerprint), honest->fingerprint, sizeof honest->fingerprint);
    make_checksum_right(bytes, size);
    ok(vaxdir_registry_open_memory(world.context, bytes, size, &forged));
    assert_memory_equal(forged->fingerprint, honest->fingerprint, sizeof honest->fingerprint);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(count_57(forged), MANY - MANY / 100);
        assert_int_equal(count_57(honest), MANY / 100);
    }
    free(bytes);
    vaxdir_registry_unref(forged);
    vaxdir_registry_unref(other);
    vaxdir_registry_unref(honest);
}

static void forged_flips(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(world.size);
    assert_non_null(bytes);
    size_t opened = 0;
    /* In a slow build (sanitizers) one bit of each byte, the one that its place picks. */
    const size_t step = getenv("VAXDIR_TEST_SLOW_BUILD") == NULL ? 1 : 7;
    for (size_t bit = 0; bit < world.size * 8; bit += step) {
        memcpy(bytes, world.bytes, world.size);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        opened += refused_or_right_shaped(bytes, world.size, bit);
    }
    /* Where the forgery is in a text or a number, it is simply other data. */
    assert_true(opened > 0);
    free(bytes);
}

static void forged_words(void **state)
{
    (void)state;
    static const uint32_t values[] = {0, 1, 12, 0x7ffffffe, 0x7fffffff, 0x80000000, 0xffffffff};
    unsigned char *bytes = malloc(world.size);
    assert_non_null(bytes);
    for (size_t at = 8; at + 4 <= world.size; at += 4)
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            memcpy(bytes, world.bytes, world.size);
            memcpy(bytes + at, &values[i], 4);
            (void)refused_or_right_shaped(bytes, world.size, at);
        }
    free(bytes);
}

/* A cut whose header says the new size, too. */
/* A forged link under a true provider's name: the edition's rules do not vouch for it and judge again. */
static void forged_hosts(void **state)
{
    (void)state;
    static const char host[] = "www.doctolib.fr", forged[] = "evil.example.fr";
    unsigned char *bytes = malloc(world.size);
    assert_non_null(bytes);
    memcpy(bytes, world.bytes, world.size);
    unsigned found = 0;
    for (size_t i = 0; i + sizeof host <= world.size; i++)
        if (memcmp(bytes + i, host, sizeof host - 1) == 0) {
            memcpy(bytes + i, forged, sizeof forged - 1);
            found++;
        }
    assert_true(found > 0);
    make_checksum_right(bytes, world.size);
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    ok(vaxdir_registry_open_memory(world.context, bytes, world.size, &registry));
    ok(vaxdir_edition_new(world.context, registry, NULL, &edition));
    for (uint32_t row = 0; row < vaxdir_registry_count(registry); row++) {
        const char *url = NULL, *provider = NULL;
        ok(vaxdir_edition_text(world.context, edition, row, VAXDIR_FIELD_LINK_URL, &url, NULL));
        ok(vaxdir_edition_text(world.context, edition, row, VAXDIR_FIELD_PROVIDER, &provider, NULL));
        if (url != NULL && strstr(url, forged) != NULL)
            assert_null(provider);
    }
    vaxdir_edition_unref(edition);
    vaxdir_registry_unref(registry);
    free(bytes);
}

static void forged_cuts(void **state)
{
    (void)state;
    for (uint64_t size = sizeof(vaxdir_image_header); size < world.size; size++) {
        unsigned char *bytes = malloc((size_t)size);
        assert_non_null(bytes);
        memcpy(bytes, world.bytes, (size_t)size);
        memcpy(bytes + offsetof(vaxdir_image_header, file_size), &size, sizeof size);
        (void)refused_or_right_shaped(bytes, (size_t)size, (size_t)size);
        free(bytes);
    }
}

static void a_newer_format_is_named(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(world.size);
    vaxdir_registry *registry = NULL;
    uint32_t version = VAXDIR_IMAGE_VERSION + 1;
    assert_non_null(bytes);
    memcpy(bytes, world.bytes, world.size);
    memcpy(bytes + offsetof(vaxdir_image_header, version), &version, sizeof version);
    make_checksum_right(bytes, world.size);
    assert_int_equal(vaxdir_registry_open_memory(world.context, bytes, world.size, &registry), VAXDIR_ERROR_NEWER);
    /* A section that is unknown is skipped, unless the file says that it must be known. */
    vaxdir_image_header header;
    memcpy(&header, world.bytes, sizeof header);
    size_t last = sizeof header + (header.section_count - 1) * sizeof(vaxdir_image_section);
    vaxdir_image_section section;
    memcpy(&section, world.bytes + last, sizeof section);
    section.kind = 60000;
    memcpy(bytes, world.bytes, world.size);
    memcpy(bytes + last, &section, sizeof section);
    make_checksum_right(bytes, world.size);
    assert_int_equal(vaxdir_registry_open_memory(world.context, bytes, world.size, &registry), VAXDIR_ERROR_NEWER);
    section.flags = 0;
    memcpy(bytes + last, &section, sizeof section);
    make_checksum_right(bytes, world.size);
    vaxdir_status status = vaxdir_registry_open_memory(world.context, bytes, world.size, &registry);
    assert_true(status == VAXDIR_OK || status == VAXDIR_ERROR_FILE); /* FILE if the column was not optional */
    if (status == VAXDIR_OK)
        (void)walk_all(registry);
    vaxdir_registry_unref(registry);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_gives_the_same_bytes),
        cmocka_unit_test(what_is_opened_equals_what_was_saved),
        cmocka_unit_test(files_that_are_none),
        cmocka_unit_test(every_flip_and_every_cut_is_refused),
        cmocka_unit_test(cut_files_are_refused),
        cmocka_unit_test(a_claimed_fingerprint_speaks_for_nobody),
        cmocka_unit_test(forged_flips),
        cmocka_unit_test(forged_words),
        cmocka_unit_test(forged_hosts),
        cmocka_unit_test(forged_cuts),
        cmocka_unit_test(a_newer_format_is_named),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
