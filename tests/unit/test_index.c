/* test_index.c: the spatial tree against a linear scan, its bytes the same whatever the compiler, and hostile bytes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <xxhash.h>

#include "registry/index_walk.h"

enum { ROWS_MAX = 5000 };

static double latitudes[ROWS_MAX], longitudes[ROWS_MAX];

/* xorshift64* (Vigna 2014): the same positions everywhere. */
static uint64_t random_state;

static double random_unit(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (double)(random_state * UINT64_C(0x2545F4914F6CDD1D) >> 11) / 9007199254740992.0;
}

typedef enum world { SPREAD, REPEATED, LATTICE, HOLES } world;

static void make_world(world kind, uint32_t rows)
{
    random_state = 3 + rows;
    for (uint32_t row = 0; row < rows; row++) {
        latitudes[row] = kind == REPEATED ? 48.85 : 180 * random_unit() - 90;
        longitudes[row] = kind == REPEATED ? 2.35 : 360 * random_unit() - 180;
        if (kind == LATTICE) {
            latitudes[row] = row % 64 - 32.0;
            longitudes[row] = row / 64 - 180.0;
        }
        if (kind == HOLES && row % 3 == 0)
            latitudes[row] = NAN;
        if (kind == HOLES && row % 5 == 0)
            longitudes[row] = NAN;
    }
}

/* The bytes of a tree in memory aligned to 64; the caller frees *ret_bytes. */
static size_t build(uint32_t rows, unsigned char **ret_bytes)
{
    vaxdir_buffer buffer = {&vaxdir_memory_standard, NULL, 0, 0};
    assert_true(vaxdir_index_build(&vaxdir_memory_standard, rows, latitudes, longitudes, &buffer));
    size_t size = buffer.length;
    assert_int_equal(size % 64, 0);
    *ret_bytes = aligned_alloc(64, size);
    assert_non_null(*ret_bytes);
    memcpy(*ret_bytes, buffer.bytes, size);
    vaxdir_buffer_free(&buffer);
    return size;
}

static bool opens(const unsigned char *bytes, size_t size, uint32_t rows)
{
    vaxdir_index index;
    return vaxdir_index_open(bytes, size, rows, &vaxdir_memory_standard, &index, &(bool){true});
}

static double squared_chord(uint32_t row, vaxdir_ecef from)
{
    vaxdir_ecef to = vaxdir_point_ecef(latitudes[row], longitudes[row]);
    double x = to.x - from.x, y = to.y - from.y, z = to.z - from.z;
    return x * x + y * y + z * z;
}

static unsigned char visited[ROWS_MAX];

static double mark(void *user, uint32_t row, double chord)
{
    assert_true(visited[row] == 0);
    visited[row] = 1;
    return chord < 0 ? -1 : *(const double *)user;
}

/* Keeps the least squared chord seen as the bound. */
static double shrink(void *user, uint32_t row, double chord)
{
    double *least = user;
    visited[row]++;
    *least = chord < *least ? chord : *least;
    return *least;
}

static void check_walks(world kind, uint32_t rows)
{
    unsigned char *bytes;
    make_world(kind, rows);
    size_t size = build(rows, &bytes);
    vaxdir_index index;
    assert_true(vaxdir_index_open(bytes, size, rows, &vaxdir_memory_standard, &index, &(bool){true}));
    uint64_t passing[ROWS_MAX / 64 + 1];
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        passing[i] = (uint64_t)(random_unit() * 1e9) * UINT64_C(0x9E3779B97F4A7C15);
    for (int query = 0; query < 40; query++) {
        vaxdir_ecef from = vaxdir_point_ecef(180 * random_unit() - 90, 360 * random_unit() - 180);
        if (query % 4 == 0 && rows > 0 && !isnan(latitudes[rows / 2]) && !isnan(longitudes[rows / 2]))
            from = vaxdir_point_ecef(latitudes[rows / 2], longitudes[rows / 2]);
        double bound = query % 8 == 0 ? 0 : pow(10, 14.5 * random_unit());
        const uint64_t *set = query % 2 == 0 ? NULL : passing;
        memset(visited, 0, sizeof visited);
        vaxdir_index_near(&index, from, bound, set, mark, &bound);
        double least = INFINITY;
        for (uint32_t row = 0; row < rows; row++) {
            bool there = !isnan(latitudes[row]) && !isnan(longitudes[row]) &&
                         (set == NULL || (set[row / 64] >> (row % 64) & 1) != 0);
            double chord = there ? squared_chord(row, from) : INFINITY;
            assert_int_equal(visited[row], chord <= bound);
            least = chord < least ? chord : least;
        }
        double found = INFINITY;
        vaxdir_index_near(&index, from, INFINITY, set, shrink, &found);
        assert_memory_equal(&found, &least, sizeof found);
    }
    free(bytes);
}

static void walks_visit_exactly_what_is_near(void **state)
{
    (void)state;
    const uint32_t sizes[] = {0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 49, 100, 257, 1000, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int kind = SPREAD; kind <= HOLES; kind++)
            check_walks((world)kind, sizes[i]);
}

/* Without it a nearest search would be a scan. */
static void a_shrinking_bound_leaves_most_unvisited(void **state)
{
    (void)state;
    unsigned char *bytes;
    make_world(SPREAD, 5000);
    size_t size = build(5000, &bytes);
    vaxdir_index index;
    assert_true(vaxdir_index_open(bytes, size, 5000, &vaxdir_memory_standard, &index, &(bool){true}));
    int calls = 0;
    for (int query = 0; query < 100; query++) {
        double found = INFINITY;
        memset(visited, 0, sizeof visited);
        vaxdir_index_near(&index, vaxdir_point_ecef(180 * random_unit() - 90, 360 * random_unit() - 180), INFINITY,
                          NULL, shrink, &found);
        for (uint32_t row = 0; row < 5000; row++)
            calls += visited[row];
    }
    assert_true(calls < 100 * 20);
    free(bytes);
}

static double stop(void *user, uint32_t row, double chord)
{
    (void)row;
    (void)chord;
    ++*(int *)user;
    return -1;
}

static void a_negative_bound_ends_the_walk(void **state)
{
    (void)state;
    unsigned char *bytes;
    make_world(REPEATED, 100);
    size_t size = build(100, &bytes);
    vaxdir_index index;
    assert_true(vaxdir_index_open(bytes, size, 100, &vaxdir_memory_standard, &index, &(bool){true}));
    int calls = 0;
    vaxdir_index_near(&index, vaxdir_point_ecef(48.85, 2.35), INFINITY, NULL, stop, &calls);
    assert_int_equal(calls, 1);
    free(bytes);
}

/* They go into the registry file, whose bytes are the same from every compiler. */
static void bytes_are_the_same_on_every_build(void **state)
{
    (void)state;
    XXH64_hash_t hashes[4];
    for (int kind = SPREAD; kind <= HOLES; kind++) {
        unsigned char *bytes;
        make_world((world)kind, ROWS_MAX);
        size_t size = build(ROWS_MAX, &bytes);
        hashes[kind] = XXH3_64bits(bytes, size);
        free(bytes);
    }
    assert_true(XXH3_64bits(hashes, sizeof hashes) == UINT64_C(0x932e149fec407cbf));
}

static void hostile_bytes_are_refused(void **state)
{
    (void)state;
    const uint32_t rows = 50;
    unsigned char *bytes;
    make_world(SPREAD, rows);
    size_t size = build(rows, &bytes);
    assert_true(opens(bytes, size, rows));
    assert_true(opens(bytes, size, rows + 1));
    assert_false(opens(bytes, size, rows - 1));
    assert_false(opens(bytes, size + 64, rows));
    for (size_t cut = 0; cut < size; cut++)
        assert_false(opens(bytes, cut, rows));
    /* 7 nodes of 48 bytes, then 50 positions of 24, then rows. */
    const size_t boxes = 64, positions = boxes + 384, row_list = positions + 1216;
    assert_int_equal(size, row_list + 256);
    for (size_t bit = 0; bit < row_list * 8; bit++) {
        bool padding = (bit / 8 >= boxes + 336 && bit / 8 < positions) || bit / 8 >= positions + 1200;
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        /* A position inside its box may be another one; anything else is seen. */
        if (!padding && bit / 8 < positions)
            assert_false(opens(bytes, size, rows));
        vaxdir_index index;
        if (vaxdir_index_open(bytes, size, rows, &vaxdir_memory_standard, &index, &(bool){true})) {
            double bound = 1e12;
            memset(visited, 0, sizeof visited);
            vaxdir_index_near(&index, vaxdir_point_ecef(10, 20), bound, NULL, mark, &bound);
        }
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    uint32_t row, other = rows;
    memcpy(&row, bytes + row_list, sizeof row);
    memcpy(bytes + row_list, &other, sizeof other);
    assert_false(opens(bytes, size, rows)); /* a row beyond the last */
    assert_true(opens(bytes, size, rows + 1));
    memcpy(&other, bytes + row_list + 4, sizeof other);
    memcpy(bytes + row_list, &other, sizeof other);
    assert_false(opens(bytes, size, rows)); /* a row twice */
    memcpy(bytes + row_list, &row, sizeof row);
    const double bad[] = {NAN, INFINITY, -INFINITY, 1e200, -6.5e6};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double held;
        memcpy(&held, bytes + positions + 24, sizeof held);
        memcpy(bytes + positions + 24, &bad[i], sizeof held);
        assert_false(opens(bytes, size, rows));
        memcpy(bytes + positions + 24, &held, sizeof held);
    }
    assert_true(opens(bytes, size, rows));
    free(bytes);
}

/* Fails from the Nth allocation on. */
static void *failing_allocate(size_t size, void *user)
{
    int *left = user;
    return --*left < 0 ? NULL : malloc(size);
}

static void *failing_reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    (void)old_size;
    int *left = user;
    return --*left < 0 ? NULL : realloc(memory, new_size);
}

static void counted_free(void *memory, size_t size, void *user)
{
    (void)size;
    (void)user;
    free(memory);
}

static void memory_failures_leave_the_buffer(void **state)
{
    (void)state;
    make_world(SPREAD, 100);
    for (int allowed = 0;; allowed++) {
        int left = allowed;
        const vaxdir_memory memory = {failing_allocate, failing_reallocate, counted_free, &left};
        vaxdir_buffer buffer = {&memory, NULL, 0, 0};
        bool good = vaxdir_index_build(&memory, 100, latitudes, longitudes, &buffer);
        assert_true(good || buffer.length == 0);
        vaxdir_buffer_free(&buffer);
        if (good) {
            assert_true(allowed > 0);
            return;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_visit_exactly_what_is_near), cmocka_unit_test(a_shrinking_bound_leaves_most_unvisited),
        cmocka_unit_test(a_negative_bound_ends_the_walk),   cmocka_unit_test(bytes_are_the_same_on_every_build),
        cmocka_unit_test(hostile_bytes_are_refused),        cmocka_unit_test(memory_failures_leave_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
