/* image.c: lays images out and opens them. Invariant: after vaxdir_image_open() no getter can leave the bytes, whatever
 * they were; columns are where the table says, and what they name is there. */
#include "image.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

#include "../base/time.h"
#include "report.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "registry files are little-endian and used as they stand: this machine needs a converting reader"
#endif

_Static_assert(sizeof(vaxdir_image_header) == 96, "the header is part of the file format");
_Static_assert(sizeof(vaxdir_image_section) == 24, "the section table is part of the file format");
_Static_assert(sizeof(vaxdir_verdict_row) == 32, "verdict rows are part of the file format");

/* The CR LF shows a file that went through a text-mode copy, as PNG's does. */
const char vaxdir_image_magic[8] = {'V', 'A', 'X', 'D', 'I', 'R', '\r', '\n'};

static const size_t checksum_from = offsetof(vaxdir_image_header, section_count);

/* --- memory and layout -------------------------------------------------------------------------------------------- */

/* The allocator aligns for any type, not for 64: the start of the block is remembered just before the image. */
unsigned char *vaxdir_image_allocate(const vaxdir_memory *memory, size_t size)
{
    if (size > SIZE_MAX - VAXDIR_IMAGE_ALIGNMENT)
        return NULL;
    unsigned char *block = vaxdir_memory_allocate(memory, size + VAXDIR_IMAGE_ALIGNMENT, 1);
    if (block == NULL)
        return NULL;
    size_t shift = VAXDIR_IMAGE_ALIGNMENT - (size_t)((uintptr_t)block % VAXDIR_IMAGE_ALIGNMENT);
    block[shift - 1] = (unsigned char)shift;
    return block + shift;
}

void vaxdir_image_free(const vaxdir_memory *memory, unsigned char *bytes, size_t size)
{
    if (bytes != NULL)
        vaxdir_memory_free(memory, bytes - bytes[-1], size + VAXDIR_IMAGE_ALIGNMENT, 1);
}

static size_t aligned(size_t size)
{
    return (size + VAXDIR_IMAGE_ALIGNMENT - 1) & ~(size_t)(VAXDIR_IMAGE_ALIGNMENT - 1);
}

static uint64_t checksum_of(const unsigned char *bytes, size_t size)
{
    return XXH3_64bits(bytes + checksum_from, size - checksum_from);
}

unsigned char *vaxdir_image_assemble(const vaxdir_memory *memory, const vaxdir_image_header *header,
                                     const vaxdir_image_part *parts, size_t count, size_t *ret_size)
{
    size_t size = aligned(sizeof *header + count * sizeof(vaxdir_image_section));
    for (size_t i = 0; i < count; i++)
        size += aligned(parts[i].size);
    unsigned char *bytes = vaxdir_image_allocate(memory, size);
    if (bytes == NULL)
        return NULL;
    memset(bytes, 0, size);
    vaxdir_image_header *written = (vaxdir_image_header *)(void *)bytes;
    vaxdir_image_section *table = (vaxdir_image_section *)(void *)(bytes + sizeof *header);
    *written = *header;
    memcpy(written->magic, vaxdir_image_magic, sizeof written->magic);
    written->version = VAXDIR_IMAGE_VERSION;
    written->byte_order = VAXDIR_IMAGE_BYTE_ORDER;
    written->file_size = size;
    written->section_count = (uint32_t)count;
    size_t at = aligned(sizeof *header + count * sizeof *table);
    for (size_t i = 0; i < count; i++) {
        table[i] = (vaxdir_image_section){parts[i].kind, VAXDIR_SECTION_REQUIRED, at, parts[i].size};
        if (parts[i].size != 0)
            memcpy(bytes + at, parts[i].bytes, parts[i].size);
        at += aligned(parts[i].size);
    }
    written->checksum = checksum_of(bytes, size);
    *ret_size = size;
    return bytes;
}

/* --- opening: header and table ------------------------------------------------------------------------------------ */

static vaxdir_status damaged(vaxdir_context *context, const char *what)
{
    return vaxdir_context_fail(context, VAXDIR_ERROR_FILE,
                               "the registry file is damaged (%s): build it again from its feed", what);
}

static vaxdir_status check_header(vaxdir_context *context, const unsigned char *bytes, size_t size)
{
    vaxdir_image_header header;
    if (size < sizeof vaxdir_image_magic || memcmp(bytes, vaxdir_image_magic, sizeof vaxdir_image_magic) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_FILE,
                                   "this is not a registry file: build one with vaxdir_registry_save()");
    if (size < sizeof header)
        return damaged(context, "cut in the header");
    memcpy(&header, bytes, sizeof header);
    if (header.byte_order != VAXDIR_IMAGE_BYTE_ORDER)
        return damaged(context, "byte order");
    if (header.file_size != size)
        return damaged(context, "size");
    if (header.checksum != checksum_of(bytes, size))
        return damaged(context, "checksum");
    if (header.version > VAXDIR_IMAGE_VERSION)
        return vaxdir_context_fail(context, VAXDIR_ERROR_NEWER,
                                   "a registry file of format %lu: this library reads format %d, use a newer one",
                                   (unsigned long)header.version, VAXDIR_IMAGE_VERSION);
    if (header.version != VAXDIR_IMAGE_VERSION || header.section_count > (size - sizeof header) / 24)
        return damaged(context, "header");
    if (header.rows >= VAXDIR_NO_ROW || header.without_position > header.rows)
        return damaged(context, "counts");
    return VAXDIR_OK;
}

typedef struct opening {
    vaxdir_context *context;
    vaxdir_registry *registry;
    unsigned char *starts; /* where texts begin in the strings */
    size_t starts_size;
} opening;

static bool in_file(const vaxdir_registry *registry, const vaxdir_image_section *section)
{
    return section->offset % VAXDIR_IMAGE_ALIGNMENT == 0 && section->offset <= registry->size &&
           section->size <= registry->size - section->offset;
}

static const vaxdir_image_section *find_section(const vaxdir_registry *registry, uint32_t kind)
{
    const vaxdir_image_header *header = (const vaxdir_image_header *)(const void *)registry->bytes;
    const vaxdir_image_section *table = (const vaxdir_image_section *)(const void *)(registry->bytes + sizeof *header);
    for (uint32_t i = 0; i < header->section_count; i++)
        if (table[i].kind == kind)
            return &table[i];
    return NULL;
}

static bool known_kind(uint32_t kind)
{
    if (kind >= VAXDIR_SECTION_STRINGS && kind <= VAXDIR_SECTION_INDEX)
        return true;
    if (kind <= VAXDIR_SECTION_FIELD)
        return false;
    vaxdir_field_type type = vaxdir_field_type_of(kind - VAXDIR_SECTION_FIELD);
    return type != VAXDIR_TYPE_NONE && type != VAXDIR_TYPE_JUDGED;
}

static vaxdir_status check_table(vaxdir_context *context, const vaxdir_registry *registry)
{
    const vaxdir_image_header *header = (const vaxdir_image_header *)(const void *)registry->bytes;
    const vaxdir_image_section *table = (const vaxdir_image_section *)(const void *)(registry->bytes + sizeof *header);
    for (uint32_t i = 0; i < header->section_count; i++) {
        if (i > 0 && table[i].kind <= table[i - 1].kind)
            return damaged(context, "section order");
        if (!in_file(registry, &table[i]))
            return damaged(context, "section place");
        if (!known_kind(table[i].kind) && (table[i].flags & VAXDIR_SECTION_REQUIRED) != 0)
            return vaxdir_context_fail(context, VAXDIR_ERROR_NEWER,
                                       "the registry file needs section %lu, which only a newer library knows",
                                       (unsigned long)table[i].kind);
    }
    return VAXDIR_OK;
}

/* The bytes of a section of exactly count * size bytes. A missing one is NULL, and wrong unless it may be missing. */
static bool take_section(const vaxdir_registry *registry, uint32_t kind, uint64_t count, size_t size, bool optional,
                         const unsigned char **ret_bytes)
{
    const vaxdir_image_section *section = find_section(registry, kind);
    *ret_bytes = NULL;
    if (section == NULL)
        return optional;
    *ret_bytes = registry->bytes + section->offset;
    return section->size % size == 0 && section->size / size == count;
}

/* --- opening: columns --------------------------------------------------------------------------------------------- */

static bool names_good(const opening *open, const uint32_t *names, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        if (!vaxdir_strings_name_good(&open->registry->strings, open->starts, names[i]))
            return false;
    return true;
}

static bool numbers_good(const double *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (isinf(numbers[i]))
            return false;
    return true;
}

static bool integers_good(vaxdir_field_type type, const int64_t *integers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        int64_t integer = integers[i];
        if (type == VAXDIR_TYPE_FLAG && (integer < VAXDIR_UNKNOWN || integer > VAXDIR_NO))
            return false;
        if (type == VAXDIR_TYPE_DATE && integer != INT64_MIN &&
            (integer < 0 || integer > INT32_MAX || !vaxdir_date_valid((int32_t)integer)))
            return false;
    }
    return true;
}

static bool take_column(const opening *open, vaxdir_field field)
{
    vaxdir_registry *registry = open->registry;
    vaxdir_field_type type = vaxdir_field_type_of(field);
    const unsigned char *bytes;
    bool text = type == VAXDIR_TYPE_TEXT || type == VAXDIR_TYPE_RAW || type == VAXDIR_TYPE_LIST;
    bool optional = field != VAXDIR_FIELD_ID && type != VAXDIR_TYPE_NUMBER;
    if (!take_section(registry, VAXDIR_SECTION_FIELD + field, registry->count, text ? sizeof(uint32_t) : 8, optional,
                      &bytes))
        return false;
    if (bytes == NULL)
        return true;
    if (text) {
        registry->texts[field] = (const uint32_t *)(const void *)bytes;
        return names_good(open, registry->texts[field], registry->count);
    }
    if (type == VAXDIR_TYPE_NUMBER) {
        registry->numbers[field] = (const double *)(const void *)bytes;
        return numbers_good(registry->numbers[field], registry->count);
    }
    registry->integers[field] = (const int64_t *)(const void *)bytes;
    return integers_good(type, registry->integers[field], registry->count);
}

static bool take_columns(const opening *open)
{
    for (vaxdir_field field = 1; field < VAXDIR_FIELD_SLOTS; field++)
        if (known_kind(VAXDIR_SECTION_FIELD + field) && !take_column(open, field))
            return false;
    return true;
}

/* Rows stand in strictly ascending id bytes: lookup and the order of ties rest on it. */
static bool ids_good(const vaxdir_registry *registry)
{
    vaxdir_slice before = {NULL, 0};
    for (uint32_t row = 0; row < registry->count; row++) {
        vaxdir_slice id = vaxdir_strings_get(&registry->strings, registry->texts[VAXDIR_FIELD_ID][row]);
        if (id.length == 0 || (row > 0 && vaxdir_slice_compare(before, id) >= 0))
            return false;
        before = id;
    }
    return true;
}

static bool positions_good(const vaxdir_registry *registry)
{
    const double *latitudes = registry->numbers[VAXDIR_FIELD_LATITUDE];
    const double *longitudes = registry->numbers[VAXDIR_FIELD_LONGITUDE];
    uint32_t without = 0;
    for (uint32_t row = 0; row < registry->count; row++) {
        bool absent = isnan(latitudes[row]);
        without += absent;
        if (absent != (isnan(longitudes[row]) != 0) ||
            (!absent && (!vaxdir_point_valid(latitudes[row], longitudes[row]) || fabs(longitudes[row]) > 180)))
            return false;
    }
    return without == registry->counts.without_position;
}

static bool take_attributes(const opening *open)
{
    vaxdir_registry *registry = open->registry;
    const unsigned char *names, *cells;
    uint64_t count = registry->attribute_count;
    if (!take_section(registry, VAXDIR_SECTION_ATTRIBUTE_NAMES, count, sizeof(uint32_t), false, &names) ||
        !take_section(registry, VAXDIR_SECTION_ATTRIBUTES, count * registry->count, sizeof(uint32_t), false, &cells))
        return false;
    registry->attribute_names = (const uint32_t *)(const void *)names;
    registry->attributes = (const uint32_t *)(const void *)cells;
    if (!names_good(open, registry->attribute_names, count) ||
        !names_good(open, registry->attributes, count * registry->count))
        return false;
    for (uint64_t i = 0; i < count; i++) {
        vaxdir_slice name = vaxdir_strings_get(&registry->strings, registry->attribute_names[i]);
        if (name.length == 0)
            return false;
        if (i > 0 &&
            vaxdir_slice_compare(vaxdir_strings_get(&registry->strings, registry->attribute_names[i - 1]), name) >= 0)
            return false;
    }
    return true;
}

static bool take_diagnostics(const opening *open)
{
    const vaxdir_image_section *section = find_section(open->registry, VAXDIR_SECTION_DIAGNOSTICS);
    if (section == NULL || section->size % 16 != 0 || section->size / 16 > UINT32_MAX)
        return false;
    open->registry->diagnostics = (const uint64_t *)(const void *)(open->registry->bytes + section->offset);
    open->registry->diagnostic_count = (uint32_t)(section->size / 16);
    for (uint32_t i = 0; i < open->registry->diagnostic_count; i++) {
        uint64_t code = open->registry->diagnostics[2 * (size_t)i];
        if (code == 0 || code > INT32_MAX || (i > 0 && code <= open->registry->diagnostics[2 * (size_t)i - 2]))
            return false;
    }
    return true;
}

static bool take_verdicts(const opening *open)
{
    vaxdir_registry *registry = open->registry;
    const unsigned char *bytes;
    if (!take_section(registry, VAXDIR_SECTION_VERDICTS, registry->count, sizeof(vaxdir_verdict_row), false, &bytes))
        return false;
    registry->verdicts.rows = (const vaxdir_verdict_row *)(const void *)bytes;
    registry->verdicts.strings = registry->strings;
    for (uint32_t row = 0; row < registry->count; row++)
        if (!vaxdir_verdict_good(&registry->verdicts.rows[row], &registry->strings, open->starts))
            return false;
    return true;
}

/* Every centre with a position is in the tree, at its position: then the tree answers for the whole registry. */
static bool take_index(const opening *open, bool *ret_memory_ok)
{
    vaxdir_registry *registry = open->registry;
    const vaxdir_image_section *section = find_section(registry, VAXDIR_SECTION_INDEX);
    *ret_memory_ok = true;
    return section != NULL &&
           vaxdir_index_open(registry->bytes + section->offset, (size_t)section->size, registry->count,
                             registry->numbers[VAXDIR_FIELD_LATITUDE], registry->numbers[VAXDIR_FIELD_LONGITUDE],
                             &open->context->memory, &registry->index, ret_memory_ok) &&
           registry->index.count == registry->count - registry->counts.without_position;
}

static vaxdir_status take_everything(const opening *open)
{
    vaxdir_context *context = open->context;
    if (!vaxdir_strings_check(&open->registry->strings, open->starts))
        return damaged(context, "texts");
    if (!take_columns(open) || !ids_good(open->registry))
        return damaged(context, "columns");
    if (!positions_good(open->registry))
        return damaged(context, "positions");
    if (!take_attributes(open))
        return damaged(context, "attributes");
    if (!take_diagnostics(open))
        return damaged(context, "counts of diagnostics");
    if (!take_verdicts(open))
        return damaged(context, "verdicts");
    bool memory_ok;
    if (take_index(open, &memory_ok))
        return VAXDIR_OK;
    return memory_ok ? damaged(context, "index") : vaxdir_context_fail_memory(context);
}

/* The seed is an address, which no file knows: XXH3 is no match for who can choose both bytes and seed. */
static void take_identity(vaxdir_registry *registry)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical,
                             XXH3_128bits_withSeed(registry->bytes, registry->size, (uint64_t)(uintptr_t)registry));
    memcpy(registry->identity, canonical.digest, sizeof registry->identity);
}

vaxdir_status vaxdir_image_open(vaxdir_context *context, vaxdir_registry *registry)
{
    vaxdir_status status = check_header(context, registry->bytes, registry->size);
    if (status == VAXDIR_OK)
        status = check_table(context, registry);
    if (status != VAXDIR_OK)
        return status;
    const vaxdir_image_header *header = (const vaxdir_image_header *)(const void *)registry->bytes;
    registry->count = header->rows;
    registry->attribute_count = header->attributes;
    registry->counts =
        (vaxdir_counts){sizeof(vaxdir_counts), header->rows, header->without_position, header->quarantined};
    memcpy(registry->fingerprint, header->fingerprint, sizeof registry->fingerprint);
    memcpy(registry->rules_hash.bytes, header->rules_hash, sizeof registry->rules_hash.bytes);
    const vaxdir_image_section *strings = find_section(registry, VAXDIR_SECTION_STRINGS);
    if (strings == NULL)
        return damaged(context, "texts");
    registry->strings = (vaxdir_strings){registry->bytes + strings->offset, (size_t)strings->size};
    size_t size = vaxdir_strings_bitmap_size(registry->strings.size);
    opening open = {context, registry, vaxdir_memory_allocate_zeroed(&context->memory, size, 1), size};
    if (open.starts == NULL)
        return vaxdir_context_fail_memory(context);
    status = take_everything(&open);
    vaxdir_memory_free(&context->memory, open.starts, size, 1);
    if (status == VAXDIR_OK)
        take_identity(registry);
    return status;
}
