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

#include "../support/random.h"
#include "geo/chord.h"
#include "registry/index_walk.h"

enum { ROWS_MAX = 5000 };

static double latitudes[ROWS_MAX], longitudes[ROWS_MAX];

typedef enum world { SPREAD, REPEATED, LATTICE, HOLES } world;

static void make_world(world kind, uint32_t rows)
{
    random_seed(3 + rows);
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
    assert_true(vaxdir_index_build(rows, latitudes, longitudes, vaxdir_index_wide(), &buffer));
    size_t size = buffer.length;
    assert_int_equal(size % 64, 0);
    *ret_bytes = aligned_alloc(64, size);
    assert_non_null(*ret_bytes);
    memcpy(*ret_bytes, buffer.bytes, size);
    vaxdir_buffer_free(&buffer);
    return size;
}

static bool opens_as(const unsigned char *bytes, size_t size, uint32_t rows, vaxdir_index *ret_index)
{
    return vaxdir_index_open(bytes, size, rows, latitudes, longitudes, &vaxdir_memory_standard, ret_index,
                             &(bool){true});
}

static bool opens(const unsigned char *bytes, size_t size, uint32_t rows)
{
    vaxdir_index index;
    return opens_as(bytes, size, rows, &index);
}

static double squared_chord(uint32_t row, vaxdir_ecef from)
{
    vaxdir_ecef to = vaxdir_point_ecef(latitudes[row], longitudes[row]);
    double x = to.x - from.x, y = to.y - from.y, z = to.z - from.z;
    return x * x + y * y + z * z;
}

static bool has_position(uint32_t row)
{
    return !isnan(latitudes[row]) && !isnan(longitudes[row]);
}

/* What a walk was told, by row; -1 for nothing. */
static double seen[ROWS_MAX];

typedef struct watch {
    const vaxdir_index *index;
    double bound;
    bool shrinks;
    int leaves;
} watch;

static void see_nothing(void)
{
    for (int i = 0; i < ROWS_MAX; i++)
        seen[i] = -1;
}

static double look(void *user, uint32_t leaf, uint32_t hits, const double *squared)
{
    watch *watching = user;
    double bound = watching->bound;
    watching->leaves++;
    for (uint32_t slot = 0; slot < VAXDIR_INDEX_LEAF; slot++) {
        if ((hits >> slot & 1) == 0)
            continue;
        uint32_t row = watching->index->leaves[leaf].rows[slot];
        assert_true(row < ROWS_MAX && seen[row] < 0); /* no padding, nothing twice */
        assert_true(squared[slot] <= bound);
        seen[row] = squared[slot];
        if (watching->shrinks && squared[slot] < watching->bound)
            watching->bound = squared[slot];
    }
    return watching->bound;
}

/* Room for a leaf, one after another. */
typedef struct bowl {
    double squared[VAXDIR_INDEX_LEAF * 2], distances_m[VAXDIR_INDEX_LEAF * 2];
    uint32_t rows[VAXDIR_INDEX_LEAF * 2];
    vaxdir_index_place places[VAXDIR_INDEX_LEAF * 2];
} bowl;

/* Empties it whenever it may be full: `first` is then not 0, or all are of one leaf. */
static bool empty(void *user, vaxdir_index_found *found, size_t first)
{
    const vaxdir_index_sweep_query *query = user;
    assert_true(first <= found->count && found->count <= found->capacity);
    for (size_t i = 0; i < found->count; i++) {
        vaxdir_index_place place = found->places[i];
        uint32_t row = query->index->leaves[place / VAXDIR_INDEX_LEAF].rows[place % VAXDIR_INDEX_LEAF];
        assert_true(row < ROWS_MAX && seen[row] < 0 && found->rows[i] == row);
        vaxdir_ecef at = vaxdir_index_position(query->index, place);
        double x = at.x - query->from.x, y = at.y - query->from.y, z = at.z - query->from.z;
        double squared = x * x + y * y + z * z, metres = vaxdir_chord_distance_m(query->from, at, squared);
        assert_memory_equal(&found->squared[i], &squared, sizeof squared);
        assert_memory_equal(&found->distances_m[i], &metres, sizeof metres);
        seen[row] = squared;
    }
    found->count = 0;
    return true;
}

/* Told of each leaf in which something is above the lesser bound or within a metre. */
static bool tell(void *user, vaxdir_index_found *found, size_t first)
{
    const vaxdir_index_sweep_query *query = user;
    bool doubt = false;
    for (size_t i = first; i < found->count; i++)
        doubt = doubt || found->squared[i] > query->sure_bound || found->squared[i] < 1;
    assert_true(doubt || found->capacity - found->count < VAXDIR_INDEX_LEAF);
    return empty(user, found, first);
}

static void sweep_by(void (*form)(const vaxdir_index_sweep_query *, vaxdir_index_found *),
                     vaxdir_index_sweep_query query)
{
    static bowl room;
    vaxdir_index_found found = {room.squared, room.distances_m, room.rows, room.places, 0, 0, SIZE_MAX};
    found.capacity = VAXDIR_INDEX_LEAF * 2;
    see_nothing();
    query.tend = tell;
    query.user = &query;
    form(&query, &found);
    empty(&query, &found, 0);
}

/* Whatever is within the bound by a margin that covers the grid is seen, nothing beyond it is, and the chords are those
 * of the positions, as well as the index says. */
static void check_seen(const vaxdir_index *index, uint32_t rows, vaxdir_ecef from, double bound, const uint64_t *set)
{
    for (uint32_t row = 0; row < rows; row++) {
        bool there = has_position(row) && (set == NULL || (set[row / 64] >> (row % 64) & 1) != 0);
        double chord = there ? sqrt(squared_chord(row, from)) : INFINITY, most = sqrt(bound);
        double room = index->displacement_m + 1e-8;
        assert_true(there || seen[row] < 0);
        if (there && chord <= most - room)
            assert_true(seen[row] >= 0);
        if (chord > most + room)
            assert_true(seen[row] < 0);
        if (seen[row] >= 0)
            assert_true(fabs(sqrt(seen[row]) - chord) <= room);
    }
}

static bool same_few(const vaxdir_index_few *a, const vaxdir_index_few *b)
{
    return a->full == b->full &&
           (a->full || (a->count == b->count && memcmp(a->squared, b->squared, a->count * sizeof(double)) == 0 &&
                        memcmp(a->places, b->places, a->count * sizeof *a->places) == 0));
}

/* The few nearest of sixteen positions at once: the k least chords, and the same from every form of the walk. */
static void check_few(const vaxdir_index *index, uint32_t rows, const vaxdir_index_subset *subset, const uint64_t *set)
{
    static vaxdir_index_state states[VAXDIR_INDEX_GROUP];
    static vaxdir_index_few few[VAXDIR_INDEX_GROUP], again[VAXDIR_INDEX_GROUP];
    vaxdir_ecef from[VAXDIR_INDEX_GROUP];
    for (int i = 0; i < VAXDIR_INDEX_GROUP; i++)
        from[i] = vaxdir_point_ecef(180 * random_unit() - 90, 360 * random_unit() - 180);
    double slack = 1e-7 + 2 * index->displacement_m;
    vaxdir_index_few_query query = {
        .index = index,
        .subset = subset,
        .window = {slack / 1000 + 1e-14, 1.3e-16, slack * 1000 + 1e-9, 1.5e14},
        .bound = INFINITY,
        .k = 1 + (uint32_t)(random_unit() * VAXDIR_INDEX_FEW),
    };
    vaxdir_index_few_near_any(&query, from, VAXDIR_INDEX_GROUP, states, few);
#if VAXDIR_INDEX_HAS_AVX2
    if (vaxdir_index_wide()) {
        vaxdir_index_few_near_avx2(&query, from, VAXDIR_INDEX_GROUP, states, again);
        for (int i = 0; i < VAXDIR_INDEX_GROUP; i++)
            assert_true(same_few(&few[i], &again[i]));
    }
#endif
    for (int i = 0; i < VAXDIR_INDEX_GROUP; i++) {
        vaxdir_index_few_near_any(&query, &from[i], 1, states, again);
        assert_true(same_few(&few[i], &again[0]));
        if (few[i].full)
            continue;
        double kth = few[i].count >= query.k ? few[i].squared[query.k - 1] : INFINITY;
        uint32_t nearer = 0, there = 0;
        for (uint32_t row = 0; row < rows; row++) {
            bool counts = has_position(row) && (set == NULL || (set[row / 64] >> (row % 64) & 1) != 0);
            there += counts;
            nearer += counts && sqrt(squared_chord(row, from[i])) < sqrt(kth) - index->displacement_m - 1e-8;
        }
        assert_true(few[i].count >= (there < query.k ? there : query.k));
        assert_true(kth == (double)INFINITY || nearer < query.k);
    }
}

static void check_walks(world kind, uint32_t rows)
{
    unsigned char *bytes;
    make_world(kind, rows);
    size_t size = build(rows, &bytes);
    vaxdir_index index;
    assert_true(opens_as(bytes, size, rows, &index));
    static uint64_t passing[ROWS_MAX / 64 + 1];
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        passing[i] = (uint64_t)(random_unit() * 1e9) * UINT64_C(0x9E3779B97F4A7C15);
    static uint16_t leaf_bits[ROWS_MAX];
    static uint8_t node_bits[ROWS_MAX];
    vaxdir_index_subset subset = {leaf_bits, node_bits};
    vaxdir_index_subset_fill(&index, passing, &subset);
    for (int query = 0; query < 40; query++) {
        vaxdir_ecef from = vaxdir_point_ecef(180 * random_unit() - 90, 360 * random_unit() - 180);
        if (query % 4 == 0 && rows > 0 && has_position(rows / 2))
            from = vaxdir_point_ecef(latitudes[rows / 2], longitudes[rows / 2]);
        double bound = query % 8 == 0 ? 1 : query % 5 == 0 ? (double)INFINITY : pow(10, 14.5 * random_unit());
        bool all = query % 2 == 0;
        watch watching = {&index, bound, false, 0};
        see_nothing();
        vaxdir_index_near_any(&index, from, bound, all ? NULL : &subset, look, &watching);
        check_seen(&index, rows, from, bound, all ? NULL : passing);
#if VAXDIR_INDEX_HAS_AVX2
        if (vaxdir_index_wide()) {
            static double before[ROWS_MAX];
            memcpy(before, seen, sizeof before);
            see_nothing();
            vaxdir_index_near_avx2(&index, from, bound, all ? NULL : &subset, look, &watching);
            assert_memory_equal(before, seen, sizeof seen);
        }
#endif
        vaxdir_index_sweep_query sweep = {&index, all ? NULL : &subset, from, bound, bound / 2, NULL, NULL};
        sweep_by(vaxdir_index_sweep_any, sweep);
        check_seen(&index, rows, from, bound, all ? NULL : passing);
#if VAXDIR_INDEX_HAS_AVX2
        if (vaxdir_index_wide()) {
            static double before[ROWS_MAX];
            memcpy(before, seen, sizeof before);
            sweep_by(vaxdir_index_sweep_avx2, sweep);
            assert_memory_equal(before, seen, sizeof seen);
        }
#endif
        check_few(&index, rows, all ? NULL : &subset, all ? NULL : passing);
    }
    free(bytes);
}

static void walks_find_what_is_near(void **state)
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
    assert_true(opens_as(bytes, size, 5000, &index));
    int leaves = 0;
    for (int query = 0; query < 100; query++) {
        vaxdir_ecef from = vaxdir_point_ecef(180 * random_unit() - 90, 360 * random_unit() - 180);
        watch watching = {&index, INFINITY, true, 0};
        see_nothing();
        vaxdir_index_near(&index, from, INFINITY, NULL, look, &watching);
        leaves += watching.leaves;
    }
    assert_true(leaves < 100 * 4);
    free(bytes);
}

static double stop(void *user, uint32_t leaf, uint32_t hits, const double *squared)
{
    (void)leaf;
    (void)hits;
    (void)squared;
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
    assert_true(opens_as(bytes, size, 100, &index));
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
    assert_int_equal(XXH3_64bits(hashes, sizeof hashes), UINT64_C(0xf1ad662894d4b42b));
}

/* Every bit counts: what opens is the tree of these positions and nothing else. */
static void hostile_bytes_are_refused(void **state)
{
    (void)state;
    const uint32_t rows = 200;
    unsigned char *bytes;
    make_world(SPREAD, rows);
    size_t size = build(rows, &bytes);
    assert_true(opens(bytes, size, rows));
    assert_false(opens(bytes, size, rows - 1));
    latitudes[rows] = longitudes[rows] = 1;
    assert_false(opens(bytes, size, rows + 1)); /* one that is not in it */
    assert_false(opens(bytes, size + 64, rows));
    for (size_t cut = 0; cut < size; cut += 4)
        assert_false(opens(bytes, cut, rows));
    /* 3 nodes of 192 bytes, then 13 leaves of 320, then 3 splits of 32, then 32 zeros. */
    assert_int_equal(size, 64 + 3 * 192 + 13 * 320 + 3 * 32 + 32);
    for (size_t bit = 0; bit < size * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(opens(bytes, size, rows));
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_true(opens(bytes, size, rows));
    double held = latitudes[7];
    latitudes[7] = held + 1e-4;
    assert_false(opens(bytes, size, rows)); /* not where it is */
    latitudes[7] = held;
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
        bool good = vaxdir_index_build(100, latitudes, longitudes, vaxdir_index_wide(), &buffer);
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
        cmocka_unit_test(walks_find_what_is_near),        cmocka_unit_test(a_shrinking_bound_leaves_most_unvisited),
        cmocka_unit_test(a_negative_bound_ends_the_walk), cmocka_unit_test(bytes_are_the_same_on_every_build),
        cmocka_unit_test(hostile_bytes_are_refused),      cmocka_unit_test(memory_failures_leave_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
