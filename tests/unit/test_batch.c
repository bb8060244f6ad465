/* test_batch.c: what only large searches do: a batch that is answered along a curve has the answers of single searches,
 * and what a sweep finds comes in order whatever its distances are. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

#include "../support/made.h"
#include "../support/random.h"
#include "search/order.h"

static vaxdir_context *context;

/* More centres than it takes for a batch to be put in order. */
enum { CENTRES = (1 << 18) + 100, POSITIONS = 6000, EACH = 3 };

static vaxdir_edition *large_edition(void)
{
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (uint32_t i = 0; i < CENTRES; i++) {
        char id[16];
        int length = snprintf(id, sizeof id, "t:%06u", (unsigned)i);
        double latitude = 42 + 9 * random_unit(), longitude = -5 + 13 * random_unit();
        assert_int_equal(vaxdir_builder_begin_record(context, builder, id, (size_t)length), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, latitude), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, longitude), VAXDIR_OK);
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    return made_edition(context, builder, NULL);
}

static void a_large_batch_has_the_answers_of_single_searches(void **state)
{
    (void)state;
    static double latitudes[POSITIONS], longitudes[POSITIONS], distances_m[POSITIONS * EACH];
    static uint32_t rows[POSITIONS * EACH];
    vaxdir_edition *edition = large_edition();
    vaxdir_matches *matches = NULL;
    vaxdir_query query = VAXDIR_QUERY_INIT;
    size_t refused = 0, invalid = 0;
    query.limit = EACH;
    assert_int_equal(vaxdir_matches_new(context, &matches), VAXDIR_OK);
    for (size_t i = 0; i < POSITIONS; i++) {
        latitudes[i] = i % 100 == 7 ? (double)NAN : i % 100 == 8 ? 91 : 42 + 9 * random_unit();
        longitudes[i] = -5 + 13 * random_unit() + (i % 100 == 9 ? 3600 : 0);
        invalid += i % 100 == 7 || i % 100 == 8;
    }
    assert_int_equal(vaxdir_nearest_columns(context, edition, latitudes, sizeof *latitudes, longitudes,
                                            sizeof *longitudes, POSITIONS, &query, rows, distances_m, &refused),
                     VAXDIR_OK);
    assert_int_equal(refused, invalid);
    for (size_t i = 0; i < POSITIONS; i++) {
        if (!(latitudes[i] <= 90)) {
            assert_true(rows[i * EACH] == VAXDIR_NO_ROW && isnan(distances_m[i * EACH]));
            continue;
        }
        assert_int_equal(vaxdir_nearest(context, edition, latitudes[i], longitudes[i], &query, matches), VAXDIR_OK);
        assert_int_equal(vaxdir_matches_count(matches), EACH);
        assert_memory_equal(vaxdir_matches_rows(matches), &rows[i * EACH], EACH * sizeof *rows);
        assert_memory_equal(vaxdir_matches_distances_m(matches), &distances_m[i * EACH], EACH * sizeof *distances_m);
    }
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
}

/* Squared chords that fall evenly into buckets, all into one, and all but one into one in reverse: the last is where
 * insertion gives up. */
static double squared_of(int kind, size_t i, size_t count)
{
    if (kind == 0)
        return 1e8 * random_unit();
    if (kind == 1)
        return 5;
    return i == 0 ? 1e14 : (double)(count - i);
}

static void what_a_sweep_finds_is_put_in_order(void **state)
{
    (void)state;
    const size_t counts[] = {0, 1, 2, 31, 33, 1000, 5000};
    vaxdir_search_scratch *scratch = calloc(1, sizeof *scratch);
    assert_non_null(scratch);
    vaxdir_search search = {.memory = &vaxdir_memory_standard, .scratch = scratch};
    static double squared[5000];
    for (size_t which = 0; which < sizeof counts / sizeof *counts; which++)
        for (int kind = 0; kind < 3; kind++) {
            size_t count = counts[which];
            vaxdir_index_found *found = &scratch->found;
            assert_true(vaxdir_search_reserve_found(search.memory, found, count + 1));
            found->count = count;
            for (size_t i = 0; i < count; i++) {
                found->squared[i] = squared[i] = squared_of(kind, i, count);
                found->distances_m[i] = (double)i;
                found->places[i] = (uint32_t)i;
            }
            const double *metres;
            assert_true(vaxdir_search_arrange(&search, &metres));
            assert_true(metres == (kind == 2 && count > 40 ? NULL : scratch->metres));
            uint64_t sum = 0;
            for (size_t i = 0; i < count; i++) {
                vaxdir_hit hit = scratch->candidates[i];
                assert_true(i == 0 || scratch->candidates[i - 1].value <= hit.value);
                assert_true(hit.row < count && squared[hit.row] == hit.value);
                assert_true(metres == NULL || metres[i] == (double)hit.row);
                sum += hit.row;
            }
            assert_int_equal(sum, count == 0 ? 0 : (uint64_t)count * (count - 1) / 2);
        }
    free(scratch->found.squared);
    free(scratch->candidates);
    free(scratch->metres);
    free(scratch->ends);
    free(scratch);
}

static int make_context(void **state)
{
    (void)state;
    random_seed(31);
    return vaxdir_context_new(NULL, &context);
}

static int release_context(void **state)
{
    (void)state;
    context = vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_batch_has_the_answers_of_single_searches),
        cmocka_unit_test(what_a_sweep_finds_is_put_in_order),
    };
    return cmocka_run_group_tests(tests, make_context, release_context);
}
