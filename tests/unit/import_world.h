/* import_world.h: one input and what became of it: a builder, its registry and its report; and a small feed with a bit
 * of everything, to be read whole, in pieces, cut and damaged. For the tests of the import room. */
#ifndef IMPORT_WORLD_H
#define IMPORT_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vaxdir/vaxdir.h>

typedef struct import_world {
    vaxdir_context *context;
    vaxdir_builder *builder;
    vaxdir_registry *registry;
    vaxdir_report *report;
    vaxdir_status status; /* of the add */
    char message[600];
    char file[600];
} import_world;

static inline void take_report(import_world *world)
{
    world->report = vaxdir_report_unref(world->report);
    assert_int_equal(vaxdir_builder_report(world->context, world->builder, &world->report), VAXDIR_OK);
}

static inline import_world open_world(const vaxdir_context_options *options)
{
    import_world world = {0};
    assert_int_equal(vaxdir_context_new(options, &world.context), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_new(world.context, NULL, &world.builder), VAXDIR_OK);
    return world;
}

static inline void add_bytes(import_world *world, const char *bytes, size_t length, const vaxdir_input *input)
{
    world->status = vaxdir_builder_add_memory(world->context, world->builder, bytes, length, input);
    const vaxdir_error *error = vaxdir_context_error(world->context);
    snprintf(world->message, sizeof world->message, "%s", error->message);
    snprintf(world->file, sizeof world->file, "%s", error->file);
    take_report(world);
}

static inline void add_text(import_world *world, const char *text)
{
    add_bytes(world, text, strlen(text), NULL);
}

static inline void build(import_world *world)
{
    world->registry = vaxdir_registry_unref(world->registry);
    assert_int_equal(vaxdir_builder_build(world->context, world->builder, &world->registry), VAXDIR_OK);
}

static inline void close_world(import_world *world)
{
    vaxdir_report_unref(world->report);
    vaxdir_registry_unref(world->registry);
    vaxdir_builder_unref(world->builder);
    vaxdir_context_unref(world->context);
}

static inline vaxdir_diagnostic diagnostic_at(const import_world *world, uint32_t index)
{
    vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
    assert_int_equal(vaxdir_report_diagnostic(world->context, world->report, index, &diagnostic), VAXDIR_OK);
    return diagnostic;
}

static inline uint32_t count_code(const import_world *world, int32_t code)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vaxdir_report_count(world->report); i++)
        count += diagnostic_at(world, i).code == code;
    return count;
}

static const char small_feed[] = "\xEF\xBB\xBFid;name;latitude;longitude;x;;\r\n"
                                 "1;\"A \"\"B\"\"; C\";48.5;2.5;\"two\r\nlines\";;\r\n"
                                 "\r\n"
                                 "2;caf\xC3\xA9 \"stray\" ;1;2;;u;\r\n"
                                 "3;bad \xE9;1;2;;;\r\n"
                                 "4;short\n"
                                 "5;\"open;1;2;;;\r\n"
                                 "6;C;0;0;;;;;extra\r\n"
                                 ";no id;1;2;;;\n"
                                 "7;last;1;2;y;;";

/* The small feed after enough of another row that what is sniffed does not hold it: only then is it read in pieces. */
enum { PADDED_LENGTH = 4200 + sizeof small_feed - 1 };

static inline void pad_feed(char padded[PADDED_LENGTH])
{
    const size_t header = (size_t)(strchr(small_feed, '\n') - small_feed) + 1;
    memcpy(padded, small_feed, header);
    memcpy(padded + header, "pad;pad;1;2;", 12);
    memset(padded + header + 12, 'z', 4200 - 13);
    padded[header + 4199] = '\n';
    memcpy(padded + header + 4200, small_feed + header, sizeof small_feed - 1 - header);
}

typedef struct piece_source {
    const char *bytes;
    size_t left;
    size_t most;
    int32_t stop_after; /* calls; 0 never */
    int32_t calls;
    vaxdir_context *context; /* to call back with */
    vaxdir_builder *builder;
    vaxdir_status called_back;
} piece_source;

static inline int32_t read_pieces(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    piece_source *pieces = user;
    if (pieces->stop_after != 0 && ++pieces->calls > pieces->stop_after)
        return 7;
    if (pieces->context != NULL)
        pieces->called_back = vaxdir_builder_add_memory(pieces->context, pieces->builder, "", 0, NULL);
    size_t length = pieces->left < pieces->most ? pieces->left : pieces->most;
    assert_true(length <= capacity);
    memcpy(buffer, pieces->bytes, length);
    pieces->bytes += length;
    pieces->left -= length;
    *ret_length = length;
    return 0;
}

static inline void expect_fingerprint(import_world *world, const char *expected)
{
    char fingerprint[33];
    build(world);
    assert_int_equal(vaxdir_registry_fingerprint(world->context, world->registry, fingerprint), VAXDIR_OK);
    assert_string_equal(fingerprint, expected);
}

#endif
