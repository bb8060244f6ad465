/* edition.h: the inside of an edition, and how search and routing read a centre through it. */
#ifndef VAXDIR_EDITION_EDITION_H
#define VAXDIR_EDITION_EDITION_H

#include <stdatomic.h>

#include <vaxdir/edition.h>

#include "../provider/rules.h"
#include "../registry/registry.h"

struct vaxdir_edition {
    atomic_uint references;
    vaxdir_memory memory;
    vaxdir_registry *registry;
    vaxdir_rules *rules;
    uint64_t number;
    const vaxdir_verdicts *verdicts; /* the registry's, or own */
    vaxdir_verdicts own;             /* over own_rows and own_pool */
    vaxdir_verdict_row *own_rows;
    vaxdir_pool own_pool;
    unsigned char key[16]; /* content hash of registry and judging rules: what a bound filter may be cached under */
};

/* A field as text, without checks: bytes NULL where absent. */
vaxdir_slice vaxdir_edition_get_text(const vaxdir_edition *edition, uint32_t row, vaxdir_field field);

#endif
