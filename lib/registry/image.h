/* image.h: the bytes of a registry file, which are also the registry in memory.
 *
 *   header, 96 bytes | section table, 24 bytes a section | sections, each at a multiple of 64, zeros between
 *
 * Everything is little-endian; the checksum covers all bytes behind itself. A section that this library does not know
 * is skipped unless its REQUIRED flag is set: then a newer library is needed. docs/file.md is the full description. */
#ifndef VAXDIR_REGISTRY_IMAGE_H
#define VAXDIR_REGISTRY_IMAGE_H

#include "../base/context.h"
#include "../base/memory.h"
#include "registry.h"

enum { VAXDIR_IMAGE_VERSION = 1, VAXDIR_IMAGE_ALIGNMENT = 64, VAXDIR_IMAGE_BYTE_ORDER = 0x01020304 };

extern const char vaxdir_image_magic[8];

typedef struct vaxdir_image_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order;
    uint64_t file_size;
    uint64_t checksum; /* XXH3-64 of everything behind this field */
    uint32_t section_count;
    uint32_t rows;
    uint32_t attributes;
    uint32_t without_position;
    uint32_t quarantined;
    uint32_t reserved[3];
    unsigned char fingerprint[16];
    unsigned char rules_hash[16];
} vaxdir_image_header;

/* Kinds of section. A column of field f is VAXDIR_SECTION_FIELD + f. */
enum {
    VAXDIR_SECTION_STRINGS = 1,
    VAXDIR_SECTION_ATTRIBUTE_NAMES = 2,
    VAXDIR_SECTION_ATTRIBUTES = 3,
    VAXDIR_SECTION_DIAGNOSTICS = 4,
    VAXDIR_SECTION_VERDICTS = 5,
    VAXDIR_SECTION_INDEX = 6,
    VAXDIR_SECTION_FIELD = 256
};

enum { VAXDIR_SECTION_REQUIRED = 1 };

typedef struct vaxdir_image_section {
    uint32_t kind;
    uint32_t flags;
    uint64_t offset;
    uint64_t size;
} vaxdir_image_section;

/* What goes into an image: sections in ascending kind. */
typedef struct vaxdir_image_part {
    uint32_t kind;
    const void *bytes;
    size_t size;
} vaxdir_image_part;

/* Lays out an image in memory of `memory`, 64-aligned by vaxdir_image_allocate(); the header's magic, version, order,
 * size, checksum and section count are filled in. NULL when memory is out. */
unsigned char *vaxdir_image_assemble(const vaxdir_memory *memory, const vaxdir_image_header *header,
                                     const vaxdir_image_part *parts, size_t count, size_t *ret_size);

/* Memory for an image, aligned to 64; released with the same size. */
unsigned char *vaxdir_image_allocate(const vaxdir_memory *memory, size_t size);
void vaxdir_image_free(const vaxdir_memory *memory, unsigned char *bytes, size_t size);

/* Points the columns of a registry into its bytes, after checking all of them. */
vaxdir_status vaxdir_image_open(vaxdir_context *context, vaxdir_registry *registry);

#endif
