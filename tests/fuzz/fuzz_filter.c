/* fuzz_filter.c: any bytes as the text of a filter. Invariant watched: it is refused with its column, or it lets some
 * of the centres through and its NOT the others, row by row as all at once, and so does the text that is written of it.
 */
#include <stdbool.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/small.h"
#include "fuzz.h"
#include "search/cql.h"
#include "search/evaluate.h"

static vaxdir_context *context;
static vaxdir_edition *edition;

static void start(void)
{
    vaxdir_registry *registry = NULL;
    PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
    PROMISE(small_build(context, NULL, 0, 1, &registry) == VAXDIR_OK);
    PROMISE(vaxdir_edition_new(context, registry, NULL, &edition) == VAXDIR_OK);
    vaxdir_registry_unref(registry);
}

static size_t characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static uint64_t passing(const vaxdir_filter *filter)
{
    uint64_t words[1];
    uint32_t count = 0, counted = 0;
    PROMISE(vaxdir_filter_evaluate(&vaxdir_memory_standard, filter, edition, words, &count));
    PROMISE(vaxdir_filter_count(context, edition, filter, &counted) == VAXDIR_OK && counted == count);
    for (uint32_t row = 0; row < SMALL_COUNT; row++) {
        bool pass = (words[0] >> row & 1) != 0;
        PROMISE(vaxdir_filter_passes(filter, edition, row) == pass);
        count -= pass;
    }
    PROMISE(count == 0);
    return words[0];
}

static void check_written(const vaxdir_filter *filter, uint64_t expected)
{
    vaxdir_buffer text = {&vaxdir_memory_standard, NULL, 0, 0};
    vaxdir_filter *again = NULL;
    PROMISE(vaxdir_cql_write(&text, filter));
    PROMISE(vaxdir_filter_parse(context, (const char *)text.bytes, text.length, &again) == VAXDIR_OK);
    PROMISE(passing(again) == expected);
    vaxdir_filter_unref(again);
    vaxdir_buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint64_t all = ((uint64_t)1 << SMALL_COUNT) - 1;
    const char *text = size == 0 ? "" : (const char *)data;
    vaxdir_filter *filter = NULL, *inverse = NULL;
    if (context == NULL)
        start();
    vaxdir_status status = vaxdir_filter_parse(context, text, size, &filter);
    const vaxdir_error *error = vaxdir_context_error(context);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_ARGUMENT || status == VAXDIR_ERROR_LIMIT);
    PROMISE((status == VAXDIR_OK) == (filter != NULL));
    if (filter == NULL) {
        PROMISE(error->message[0] != '\0');
        PROMISE(status != VAXDIR_ERROR_ARGUMENT ||
                (error->line == 1 && error->column >= 1 && (size_t)error->column <= characters(text, size) + 1));
        return 0;
    }
    uint64_t through = passing(filter);
    check_written(filter, through);
    status = vaxdir_filter_not(context, filter, &inverse);
    PROMISE(status == VAXDIR_OK || status == VAXDIR_ERROR_LIMIT);
    PROMISE(inverse == NULL || passing(inverse) == (through ^ all));
    vaxdir_filter_unref(inverse);
    vaxdir_filter_unref(filter);
    return 0;
}
