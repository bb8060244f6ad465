/* test_index_build.c: the tree is the same bytes with and without AVX2, and selection is right and never quadratic. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "registry/index_select.h"
#include "registry/index_walk.h"

/* xorshift64* (Vigna 2014): the same positions everywhere. */
static uint64_t random_state = 7;

static uint64_t random_bits(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * UINT64_C(0x2545F4914F6CDD1D) >> 11;
}

static double random_unit(void)
{
    return (double)random_bits() / 9007199254740992.0;
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

typedef enum world { SPREAD, POINT, MERIDIAN, LATTICE, TWINS, TOWN, HOLES, WORLDS } world;

static void make_world(world kind, uint32_t rows, double *latitudes, double *longitudes)
{
    for (uint32_t row = 0; row < rows; row++) {
        double latitude = 180 * random_unit() - 90, longitude = 360 * random_unit() - 180;
        if (kind == POINT)
            latitude = 48.85, longitude = 2.35;
        if (kind == MERIDIAN)
            latitude = 180.0 * row / rows - 90, longitude = 540; /* not wrapped */
        if (kind == LATTICE)
            latitude = (double)(row * 7 % 64), longitude = (double)(row % 64);
        if (kind == TWINS && row % 2 != 0)
            latitude = latitudes[row / 2], longitude = longitudes[row / 2];
        if (kind == TOWN)
            latitude = 45 + latitude / 1e6, longitude = 5 + longitude / 1e7; /* some in one 1/256 m */
        if (kind == HOLES && random_bits() % 3 == 0)
            *(row % 2 == 0 ? &latitude : &longitude) = NAN;
        latitudes[row] = latitude;
        longitudes[row] = longitude;
    }
}

static void both_forms_build_the_same_bytes(void **state)
{
    (void)state;
    enum { ROWS_MAX = 5000 };
    static double latitudes[ROWS_MAX], longitudes[ROWS_MAX];
    if (!vaxdir_index_wide())
        skip();
    for (uint32_t round = 0; round < 600; round++) {
        uint32_t rows = round < 300 ? round : (uint32_t)(random_bits() % (ROWS_MAX + 1));
        make_world((world)(round % WORLDS), rows, latitudes, longitudes);
        vaxdir_buffer wide = {.memory = &vaxdir_memory_standard}, any = wide;
        assert_true(vaxdir_index_build(rows, latitudes, longitudes, true, &wide));
        assert_true(vaxdir_index_build(rows, latitudes, longitudes, false, &any));
        assert_int_equal(wide.length, any.length);
        assert_memory_equal(wide.bytes, any.bytes, any.length);
        vaxdir_buffer_free(&wide);
        vaxdir_buffer_free(&any);
    }
}

/* --- selection ---------------------------------------------------------------------------------------------------- */

enum { MANY = 1 << 18 };
static vaxdir_index_item items[MANY], given[MANY];

/* The items wanted are those below a key, all rows are still there, and each is where it was. */
static void check_selected(size_t count, size_t wanted, int axis)
{
    static uint8_t seen[MANY];
    memset(seen, 0, count);
    int64_t last = INT64_MIN, next = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        assert_true(items[i].row < count && seen[items[i].row] == 0);
        seen[items[i].row] = 1;
        assert_memory_equal(&items[i], &given[items[i].row], sizeof *items);
        int64_t key = vaxdir_index_key(&items[i], axis);
        if (i < wanted)
            last = key > last ? key : last;
        else
            next = key < next ? key : next;
    }
    assert_true(wanted == 0 || last < next);
}

static void check_selection(size_t count, size_t wanted, int axis)
{
    for (int wide = 0; wide <= (int)vaxdir_index_wide(); wide++) {
        memcpy(items, given, count * sizeof *items);
        vaxdir_index_select(items, count, wanted, axis, wide != 0);
        check_selected(count, wanted, axis);
    }
}

/* Every number about the blocks in which items are dealt, with many and with few equal coordinates. */
static void the_least_come_first(void **state)
{
    (void)state;
    for (size_t count = 1; count < 1500; count += count < 450 ? 1 : 97)
        for (int round = 0; round < 4; round++) {
            uint64_t values = round % 2 == 0 ? 3 : UINT64_C(1) << 32;
            for (size_t i = 0; i < count; i++)
                given[i] = (vaxdir_index_item){{(int32_t)(random_bits() % values + (uint64_t)INT32_MIN),
                                                (int32_t)(random_bits() % values + (uint64_t)INT32_MIN),
                                                (int32_t)(random_bits() % values + (uint64_t)INT32_MIN)},
                                               (uint32_t)i};
            check_selection(count, round < 2 ? count / 2 : (size_t)(random_bits() % (count + 1)), (int)(count % 3));
        }
}

static int compare_keys(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

/* An input against which selection does badly where it goes on as it does without AVX2: whatever it takes into a sample
 * turns out to be less than all that it has not yet looked at (in the manner of McIlroy 1999, "A killer adversary for
 * quicksort"), so that a division takes off 64 items at most. Where it takes another sample, this is one more input. */
static void make_adversary(void)
{
    enum { SAMPLE = 64, PASSES = 40 };
    int32_t next = 0;
    for (uint32_t i = 0; i < MANY; i++)
        items[i] = given[i] = (vaxdir_index_item){{INT32_MAX, 0, 0}, i};
    vaxdir_index_item *rest = items;
    for (size_t pass = 0, count = MANY, below; pass < PASSES; pass++, rest += below, count -= below) {
        int64_t keys[SAMPLE];
        for (size_t i = 0; i < SAMPLE; i++) {
            vaxdir_index_item *taken = &rest[i * (count / SAMPLE) + count / SAMPLE / 2];
            if (taken->at[0] == INT32_MAX)
                given[taken->row].at[0] = taken->at[0] = next++;
            keys[i] = vaxdir_index_key(taken, 0);
        }
        qsort(keys, SAMPLE, sizeof *keys, compare_keys);
        below = 0;
        for (size_t i = 0; i < count; i++) {
            vaxdir_index_item held = rest[i];
            rest[i] = rest[below];
            rest[below] = held;
            below += vaxdir_index_key(&held, 0) < keys[pass % 2 == 0 ? 63 : 58];
        }
    }
}

/* Were it quadratic, this would take hours. */
static void no_order_is_bad(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        int32_t up = (int32_t)i, pipe = up < MANY / 2 ? up : MANY - up;
        given[i] = (vaxdir_index_item){{up, pipe, 5}, i};
    }
    for (size_t part = 0; part <= 16; part++)
        for (int axis = 0; axis < 3; axis++)
            check_selection(MANY, part * MANY / 16, axis);
    for (uint32_t i = 0; i < MANY; i++)
        given[i].at[0] = -given[i].at[0];
    check_selection(MANY, MANY / 2, 0);
    make_adversary();
    check_selection(MANY, MANY - MANY / 256, 0); /* by a heap sort */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_build_the_same_bytes),
        cmocka_unit_test(the_least_come_first),
        cmocka_unit_test(no_order_is_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
