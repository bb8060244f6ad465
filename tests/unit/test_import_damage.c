/* test_import_damage.c: an input that is cut, damaged, or read with little memory: success or a refusal, never a crash,
 * the same however the bytes arrive, and the builder as it was after a failure. */
#include "../support/random.h"
#include "import_world.h"

/* A cut input gives the whole rows before the cut, and never anything but success or a refusal. */
static void a_feed_cut_anywhere_is_no_crash(void **state)
{
    (void)state;
    for (size_t length = 0; length < sizeof small_feed; length++) {
        char *exact = malloc(length + 1); /* so that a read beyond the end is seen */
        assert_non_null(exact);
        memcpy(exact, small_feed, length);
        char *cut = realloc(exact, length == 0 ? 1 : length);
        import_world world = open_world(NULL);
        add_bytes(&world, cut, length, NULL);
        free(cut);
        assert_true(world.status == VAXDIR_OK || world.status == VAXDIR_ERROR_DATA);
        if (world.status == VAXDIR_OK) {
            build(&world);
            for (uint32_t i = 0; i < vaxdir_report_count(world.report); i++)
                assert_true(diagnostic_at(&world, i).line > 0);
        }
        close_world(&world);
    }
}

static void a_damaged_feed_is_read_the_same_in_pieces(void **state)
{
    (void)state;
    static const char bytes[] = "\"\";,\r\n\t| \0\xFF\xC3\xA9";
    random_seed(20210118);
    for (int i = 0; i < 300; i++) {
        static char text[PADDED_LENGTH];
        const size_t length = sizeof text, padding = length - (sizeof small_feed - 1);
        pad_feed(text);
        for (int n = 0; n < 4; n++)
            text[padding + random_below((uint32_t)(length - padding))] = bytes[random_below(sizeof bytes - 1)];
        import_world whole = open_world(NULL), parts = open_world(NULL);
        add_bytes(&whole, text, length, NULL);
        piece_source pieces = {.bytes = text, .left = length, .most = 1 + random_below(9)};
        parts.status = vaxdir_builder_add_callback(parts.context, parts.builder, NULL, read_pieces, &pieces);
        take_report(&parts);
        assert_int_equal(whole.status, parts.status);
        assert_int_equal(vaxdir_report_count(whole.report), vaxdir_report_count(parts.report));
        for (uint32_t d = 0; d < vaxdir_report_count(whole.report); d++) {
            assert_int_equal(diagnostic_at(&whole, d).code, diagnostic_at(&parts, d).code);
            assert_int_equal(diagnostic_at(&whole, d).line, diagnostic_at(&parts, d).line);
            assert_string_equal(diagnostic_at(&whole, d).value, diagnostic_at(&parts, d).value);
        }
        if (whole.status == VAXDIR_OK) {
            char fingerprint[33];
            build(&whole);
            assert_int_equal(vaxdir_registry_fingerprint(whole.context, whole.registry, fingerprint), VAXDIR_OK);
            expect_fingerprint(&parts, fingerprint);
        }
        close_world(&whole);
        close_world(&parts);
    }
}

typedef struct counting_allocator {
    long left; /* allocations until one fails; below 0 none does */
    long live;
} counting_allocator;

static void *count_allocate(size_t size, void *user)
{
    counting_allocator *allocator = user;
    if (allocator->left >= 0 && allocator->left-- == 0)
        return NULL;
    allocator->live++;
    return malloc(size);
}

static void *count_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    counting_allocator *allocator = user;
    (void)old_size;
    if (allocator->left >= 0 && allocator->left-- == 0)
        return NULL;
    return realloc(memory, new_size);
}

static void count_free(void *memory, size_t size, void *user)
{
    counting_allocator *allocator = user;
    (void)size;
    allocator->live--;
    free(memory);
}

static void out_of_memory_leaves_the_builder_as_it_was(void **state)
{
    (void)state;
    counting_allocator allocator = {-1, 0};
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    options.allocate = count_allocate;
    options.reallocate = count_reallocate;
    options.free = count_free;
    options.user = &allocator;
    vaxdir_status status = VAXDIR_ERROR_MEMORY;
    for (long nth = 0; status != VAXDIR_OK; nth++) {
        import_world world = open_world(&options);
        add_text(&world, "id,name,latitude,longitude\nkept,K,1,2\n");
        allocator.left = nth;
        status = vaxdir_builder_add_memory(world.context, world.builder, small_feed, sizeof small_feed - 1, NULL);
        allocator.left = -1;
        assert_true(status == VAXDIR_OK || status == VAXDIR_ERROR_MEMORY);
        if (status != VAXDIR_OK) {
            take_report(&world);
            assert_int_equal(vaxdir_report_count(world.report), 0);
            build(&world);
            assert_int_equal(vaxdir_registry_count(world.registry), 1);
        }
        close_world(&world);
        assert_int_equal(allocator.live, 0);
        assert_true(nth < 10000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_cut_anywhere_is_no_crash),
        cmocka_unit_test(a_damaged_feed_is_read_the_same_in_pieces),
        cmocka_unit_test(out_of_memory_leaves_the_builder_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
