/* header.c: see header.h. Invariant: no two columns have one name, so that no attribute hides another. */
#include "header.h"

#include <string.h>

#include "decode.h"

void vaxdir_header_init(vaxdir_header *header, const vaxdir_memory *memory)
{
    memset(header, 0, sizeof *header);
    header->memory = memory;
    header->texts.memory = memory;
}

void vaxdir_header_free(vaxdir_header *header)
{
    vaxdir_buffer_free(&header->texts);
    vaxdir_memory_free(header->memory, header->columns, header->capacity, sizeof *header->columns);
    vaxdir_header_init(header, header->memory);
}

static vaxdir_slice text_at(const vaxdir_header *header, size_t offset, size_t length)
{
    if (length == 0)
        return (vaxdir_slice){"", 0};
    return (vaxdir_slice){(const char *)header->texts.bytes + offset, length};
}

vaxdir_slice vaxdir_header_name(const vaxdir_header *header, size_t index)
{
    return text_at(header, header->columns[index].name, header->columns[index].name_length);
}

/* Number from 1 of the column of that name, 0 if there is none. */
static size_t find_name(const vaxdir_header *header, vaxdir_slice name)
{
    for (size_t i = 0; i < header->count; i++)
        if (vaxdir_slice_equal(vaxdir_header_name(header, i), name))
            return i + 1;
    return 0;
}

/* Appends "<before><number>" to the texts; snprintf would do, were the text before it not of any length. */
static bool append_numbered(vaxdir_buffer *texts, const char *before, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return vaxdir_buffer_append(texts, before, strlen(before)) &&
           vaxdir_buffer_append(texts, digits + at, sizeof digits - at);
}

/* The texts from `offset` on are a name: numbers it "name#2" until no other column has it, and adds its column. */
static bool add_column(vaxdir_header *header, size_t offset, bool named)
{
    size_t length = header->texts.length - offset;
    vaxdir_column column = {.name = offset, .named = named};
    size_t taken = find_name(header, text_at(header, offset, length));
    column.repeats = named ? taken : 0;
    size_t number = taken == 0 ? 0 : ++header->columns[taken - 1].copies + 1;
    for (; taken != 0; number++) {
        header->texts.length = offset + length;
        if (!append_numbered(&header->texts, "#", number))
            return false;
        taken = find_name(header, text_at(header, offset, header->texts.length - offset));
    }
    column.name_length = header->texts.length - offset;
    if (!vaxdir_memory_reserve(header->memory, &header->columns, &header->capacity, header->count + 1,
                               sizeof *header->columns))
        return false;
    header->columns[header->count++] = column;
    return true;
}

static bool add_unnamed(vaxdir_header *header)
{
    size_t offset = header->texts.length;
    return append_numbered(&header->texts, "column ", header->count + 1) && add_column(header, offset, false);
}

bool vaxdir_header_grow(vaxdir_header *header, size_t count)
{
    while (header->count < count)
        if (!add_unnamed(header))
            return false;
    return true;
}

static bool add_from_cell(vaxdir_header *header, vaxdir_slice cell)
{
    size_t offset = header->texts.length;
    vaxdir_buffer decoded = {header->memory, NULL, 0, 0};
    bool good = vaxdir_decode_lossy(cell, &decoded);
    vaxdir_slice name = {"", 0};
    if (good && decoded.length > 0)
        name = vaxdir_text_trim((vaxdir_slice){(const char *)decoded.bytes, decoded.length});
    if (good && name.length == 0)
        good = add_unnamed(header);
    else if (good)
        good = vaxdir_buffer_append(&header->texts, name.bytes, name.length) && add_column(header, offset, true);
    vaxdir_buffer_free(&decoded);
    return good;
}

/* Folds the names side by side, finds the dialect and what each column means in it. A repeated name means nothing: its
 * first column has the meaning. */
static bool find_meanings(vaxdir_header *header, vaxdir_buffer *folded, vaxdir_slice *names)
{
    for (size_t i = 0; i < header->count; i++) {
        const vaxdir_column *column = &header->columns[i];
        size_t start = folded->length;
        if (column->named && column->repeats == 0 && !vaxdir_text_fold(vaxdir_header_name(header, i), folded))
            return false;
        names[i].length = folded->length - start;
    }
    size_t at = 0;
    for (size_t i = 0; i < header->count; i++) {
        names[i].bytes = names[i].length == 0 ? "" : (const char *)folded->bytes + at;
        at += names[i].length;
    }
    header->dialect = vaxdir_dialect_of(names, header->count, &header->known);
    for (size_t i = 0; header->dialect != NULL && i < header->count; i++)
        if (names[i].length > 0)
            header->columns[i].meaning = vaxdir_dialect_meaning(header->dialect, names[i]);
    return true;
}

bool vaxdir_header_read(vaxdir_header *header, const vaxdir_csv *csv)
{
    vaxdir_header_free(header);
    for (size_t i = 0; i < csv->count; i++) {
        if (!add_from_cell(header, vaxdir_csv_cell(csv, i)))
            return false;
        if (header->columns[i].named)
            header->named_count = i + 1;
    }
    header->line_count = header->count;
    vaxdir_buffer folded = {header->memory, NULL, 0, 0};
    vaxdir_slice *names = vaxdir_memory_allocate(header->memory, header->count, sizeof *names);
    bool good = names != NULL && find_meanings(header, &folded, names);
    vaxdir_memory_free(header->memory, names, header->count, sizeof *names);
    vaxdir_buffer_free(&folded);
    return good;
}
