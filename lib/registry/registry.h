/* registry.h: the inside of a registry: columns over the bytes of its file, in memory or mapped. */
#ifndef VAXDIR_REGISTRY_REGISTRY_H
#define VAXDIR_REGISTRY_REGISTRY_H

#include <stdatomic.h>

#include <vaxdir/registry.h>

#include "../base/context.h"
#include "../base/strings.h"
#include "../provider/rules.h"
#include "fields.h"
#include "index.h"
#include "verdicts.h"

struct vaxdir_registry {
    atomic_uint references;
    vaxdir_memory memory;
    unsigned char *bytes; /* the whole file */
    size_t size;
    bool mapped;
    uint32_t count;
    uint32_t attribute_count;
    uint32_t diagnostic_count;
    vaxdir_counts counts;
    unsigned char fingerprint[16]; /* as the file says */
    unsigned char identity[16];    /* of the bytes and of where they are opened: what is kept about them is known by it,
                                      because a file may claim any fingerprint */
    vaxdir_rules_hash rules_hash;  /* of the rules that judged */
    vaxdir_strings strings;
    const uint32_t *texts[VAXDIR_FIELD_SLOTS];   /* names in strings; NULL where no centre has the field */
    const double *numbers[VAXDIR_FIELD_SLOTS];   /* never NULL for a number field */
    const int64_t *integers[VAXDIR_FIELD_SLOTS]; /* instants, dates and flags; NULL where no centre has the field */
    const uint32_t *attribute_names;
    const uint32_t *attributes;  /* attribute by attribute, row by row */
    const uint64_t *diagnostics; /* code, count */
    vaxdir_verdicts verdicts;
    vaxdir_index index;
};

/* A field as text, without checks: bytes NULL where absent. Judged fields come from `verdicts`. */
vaxdir_slice vaxdir_registry_get_text(const vaxdir_registry *registry, const vaxdir_verdicts *verdicts, uint32_t row,
                                      vaxdir_field field);
/* The same for a public getter that has entered the context: with checks and outputs. */
vaxdir_status vaxdir_registry_give_text(vaxdir_context *context, const vaxdir_registry *registry,
                                        const vaxdir_verdicts *verdicts, uint32_t row, vaxdir_field field,
                                        const char **ret_text, size_t *ret_length);
/* The row of an id; VAXDIR_NO_ROW if there is none. */
uint32_t vaxdir_registry_row_of(const vaxdir_registry *registry, vaxdir_slice id);
int64_t vaxdir_registry_get_integer(const vaxdir_registry *registry, uint32_t row, vaxdir_field field);

#endif
