/* world.h: made-up worlds that are hard for bounds on chords, random positions to ask from, and random filters whose
 * answer is known without the library. Everything is drawn from random.h. */
#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include <vaxdir/vaxdir.h>

enum { WORLD_TOWNS = 5, WORLD_KINDS = 3 };

typedef enum world_kind {
    WORLD_FRANCE,
    WORLD_WHOLE_EARTH,
    WORLD_ANTIMERIDIAN,
    WORLD_BOTH_POLES,
    WORLD_NEAR_ANTIPODAL,
    WORLD_ONE_POINT,
    WORLD_LINE,
    WORLD_LATTICE
} world_kind;
enum { WORLD_COUNT = WORLD_LATTICE + 1 };
extern const char *const world_names[WORLD_COUNT];

typedef struct world_centre {
    double latitude, longitude;
    uint8_t town, kind; /* all that a random filter can see */
} world_centre;

/* Rows are as in the registry that world_build() makes. */
typedef struct world {
    uint32_t count, capacity;
    double home[2]; /* where queries of this world often stand */
    world_centre *centres;
} world;

/* Makes other centres of a world; begins with a world of zeros, ends with world_free(). */
void world_fill(world *made, world_kind kind, uint32_t count);
void world_free(world *made);

/* An edition of one reference. */
vaxdir_edition *world_build(const world *from, vaxdir_context *context, vaxdir_rules *rules);

/* Where somebody may ask from: at home, at a centre or next to it, anywhere, at a pole, and, for one of
 * `antipodes_in` positions, at or near the antipode of a centre. */
void world_position(const world *of, uint32_t antipodes_in, double *ret_latitude, double *ret_longitude);

/* The (town, kind) pairs that a filter lets through: bit town * WORLD_KINDS + kind. */
typedef uint32_t world_pairs;

/* A random tree of conditions, up to so deep, made by calls; of one reference. */
vaxdir_filter *world_filter(vaxdir_context *context, int depth, world_pairs *ret_passing);

static inline bool world_passes(world_pairs passing, const world_centre *centre)
{
    return (passing >> (centre->town * WORLD_KINDS + centre->kind) & 1) != 0;
}

#endif
