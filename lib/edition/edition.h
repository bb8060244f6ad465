/* edition.h: the inside of an edition, and how search and routing read a centre through it. */
#ifndef VAXDIR_EDITION_EDITION_H
#define VAXDIR_EDITION_EDITION_H

#include <stdatomic.h>

#include <vaxdir/edition.h>

#include "../provider/when.h"
#include "../registry/registry.h"
#include "links.h"

/* Switches of states: those of timeline t are [offsets[t], offsets[t + 1]), each holding until the next; the first
 * holds since ever. A timeline's number is place * provider_slots + provider slot; place 0 is everywhere, provider slot
 * 0 any that is not named. */
typedef struct vaxdir_timelines {
    uint32_t *offsets;
    size_t count;
    int64_t *from;
    uint8_t *states;
    size_t switch_count;
    size_t switch_capacity;
    size_t state_capacity;
    uint16_t *provider_slots; /* by number in the rules */
    size_t slot_count;
    uint16_t *places; /* by row */
} vaxdir_timelines;

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
    uint8_t *zones;      /* by row: number of its zone in the rules */
    uint16_t *providers; /* by row: number in the rules, UINT16_MAX where there is none */
    uint8_t *hints;      /* by row: 1 where the name has a reserved word */
    vaxdir_timelines states;
    int64_t *opens;  /* by row: local midnight of the opening date, 0 for none; NULL where no centre has one */
    int64_t *closes; /* by row: local midnight behind the closing date; the same */
    vaxdir_further_links further;
    unsigned char key[16]; /* of registry and judging rules: what a bound filter may be cached under */
};

/* A field as text, without checks: bytes NULL where absent. */
vaxdir_slice vaxdir_edition_get_text(const vaxdir_edition *edition, uint32_t row, vaxdir_field field);

/* The code of a centre's département; 0 where it is not known, and for no centre. */
uint32_t vaxdir_edition_department(const vaxdir_edition *edition, uint32_t row);

#endif
