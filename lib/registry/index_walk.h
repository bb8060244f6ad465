/* index_walk.h: walks over the spatial tree: the few nearest by chord for many positions at once, and everything within
 * a chord. Both exist twice, for any processor and for AVX2, from one text (index_walk_body.h), and give the same bits.
 * Squared chords are computed from the positions as the leaves hold them: off by up to displacement_m, or by a 256th of
 * that where all 40 bits are taken. */
#ifndef VAXDIR_REGISTRY_INDEX_WALK_H
#define VAXDIR_REGISTRY_INDEX_WALK_H

#include "index.h"

#if defined(__GNUC__) && defined(__x86_64__)
#define VAXDIR_INDEX_HAS_AVX2 1
#else
#define VAXDIR_INDEX_HAS_AVX2 0
#endif

/* The key of a box is its squared chord as the bits of a float. These two are those of no bound, the greatest finite
 * float, which the box of a missing child exceeds, and of nothing. */
#define VAXDIR_INDEX_KEY_ALL 0x7F7FFFFF
#define VAXDIR_INDEX_KEY_NONE 0x7FFFFFFF

/* A place in the leaves: 16 * leaf + slot. */
typedef uint32_t vaxdir_index_place;

/* Which positions count: a bit a slot, and a bit for each child under which one counts. Made from a bitset by row. */
typedef struct vaxdir_index_subset {
    uint16_t *leaves; /* by leaf */
    uint8_t *nodes;   /* by node */
} vaxdir_index_subset;

/* Which chords cannot be left out when the k-th least is known: with squared chord s up to s * (1 + relative +
 * s * square) + absolute; all where s exceeds `proven`. */
typedef struct vaxdir_index_window {
    double relative, square, absolute, proven;
} vaxdir_index_window;

/* What the search for the few nearest finds: all within the window of the k-th least, in the order of squared chords,
 * which are those of the positions by all 40 bits. Where there are too many, `full` is set and the rest says nothing.
 */
enum { VAXDIR_INDEX_FEW = 12, VAXDIR_INDEX_ROOM = 16 };
typedef struct vaxdir_index_few {
    uint32_t count;
    bool full;
    double squared[VAXDIR_INDEX_ROOM];
    double at[VAXDIR_INDEX_ROOM][4]; /* x, y, z; the fourth is whatever */
    vaxdir_index_place places[VAXDIR_INDEX_ROOM];
    double distances_m[VAXDIR_INDEX_ROOM]; /* for the search's use */
} vaxdir_index_few;

/* A search that is under way: not for others to look into. */
enum { VAXDIR_INDEX_GROUP = 16, VAXDIR_INDEX_VISITS = 128 };
typedef struct vaxdir_index_state {
    double from[4];
    float above[4], below[4]; /* `from`, rounded up and down */
    int32_t units[4];         /* `from` in 1/256 m */
    double bound;
    int32_t bound_key;
    uint32_t level; /* of the node to look at; UINT32_MAX for a leaf */
    uint32_t at;
    uint32_t top;                                        /* the levels below it have been looked at */
    int32_t rest[VAXDIR_INDEX_LEVELS];                   /* the least of the keys of a level */
    uint32_t nodes[VAXDIR_INDEX_LEVELS];                 /* the node of a level that was looked at last */
    uint32_t home[VAXDIR_INDEX_LEVELS + 1];              /* the leaf in whose cell `from` is, and the nodes above it */
    int32_t keys[VAXDIR_INDEX_LEVELS][VAXDIR_INDEX_FAN]; /* by level: what the node there has left, by child */
    uint32_t clear[VAXDIR_INDEX_LEVELS + 1][VAXDIR_INDEX_FAN]; /* by level: how far the planes there and above are */
    uint32_t visits;
    uint32_t visited[VAXDIR_INDEX_VISITS]; /* leaves in which something was near enough */
} vaxdir_index_state;

typedef struct vaxdir_index_few_query {
    const vaxdir_index *index;
    const vaxdir_index_subset *subset; /* NULL: all count */
    vaxdir_index_window window;
    double bound; /* on squared chords, to begin with */
    uint32_t k;   /* 1 to VAXDIR_INDEX_FEW */
} vaxdir_index_few_query;

/* For each of `count` positions, at most VAXDIR_INDEX_GROUP, interleaved so that one computes while another waits for
 * memory. */
void vaxdir_index_few_near(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                           vaxdir_index_state *states, vaxdir_index_few *ret_few);

/* Told of a leaf in which the slots of `hits` are near enough, with the squared chords of all its slots; gives the
 * bound from now on, which must not grow. A negative bound ends the walk. */
typedef double (*vaxdir_index_visit)(void *user, uint32_t leaf, uint32_t hits, const double *squared);

/* Visits every leaf that has a position whose squared chord from `from`, as computed here, and as it is, is at most
 * `bound`, nearer boxes first. Allocates nothing. */
void vaxdir_index_near(const vaxdir_index *index, vaxdir_ecef from, double bound, const vaxdir_index_subset *subset,
                       vaxdir_index_visit visit, void *user);

/* What a sweep has found, in the order of leaves: squared chords, of the positions by all 40 bits, and what follows
 * from them by the series (lib/geo/chord.h), whether or not it is good for them. The arrays have room for `capacity`,
 * which is at least VAXDIR_INDEX_LEAF more than `count`. */
typedef struct vaxdir_index_found {
    double *squared;
    double *distances_m;
    uint32_t *rows;
    vaxdir_index_place *places;
    size_t count, capacity;
    size_t enough; /* the sweep ends when there are so many */
} vaxdir_index_found;

/* Told that there may be no room for another leaf, or that among those from `first` on, which are a leaf's, is one
 * above the lesser bound or within a metre. Makes room, and may take some of these out; ends the sweep with false. */
typedef bool (*vaxdir_index_tend)(void *user, vaxdir_index_found *found, size_t first);

typedef struct vaxdir_index_sweep_query {
    const vaxdir_index *index;
    const vaxdir_index_subset *subset; /* NULL: all count */
    vaxdir_ecef from;
    double bound, sure_bound; /* on squared chords */
    vaxdir_index_tend tend;
    void *user;
} vaxdir_index_sweep_query;

/* Finds every position whose squared chord from `from`, as computed here, and as it is, is at most `bound`. Allocates
 * nothing. */
void vaxdir_index_sweep(const vaxdir_index_sweep_query *query, vaxdir_index_found *found);

/* Where a place is, by all 40 bits. */
vaxdir_ecef vaxdir_index_position(const vaxdir_index *index, vaxdir_index_place place);

/* Makes the subset of the rows whose bits are set; its arrays have room for leaf_count and node_count. */
void vaxdir_index_subset_fill(const vaxdir_index *index, const uint64_t *words, vaxdir_index_subset *subset);

/* Whether this processor has AVX2, and the library was built to use it. */
bool vaxdir_index_wide(void);

/* The two forms of each walk. */
void vaxdir_index_sweep_any(const vaxdir_index_sweep_query *query, vaxdir_index_found *found);
void vaxdir_index_sweep_avx2(const vaxdir_index_sweep_query *query, vaxdir_index_found *found);
void vaxdir_index_few_near_any(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                               vaxdir_index_state *states, vaxdir_index_few *ret_few);
void vaxdir_index_near_any(const vaxdir_index *index, vaxdir_ecef from, double bound, const vaxdir_index_subset *subset,
                           vaxdir_index_visit visit, void *user);
void vaxdir_index_few_near_avx2(const vaxdir_index_few_query *query, const vaxdir_ecef *from, uint32_t count,
                                vaxdir_index_state *states, vaxdir_index_few *ret_few);
void vaxdir_index_near_avx2(const vaxdir_index *index, vaxdir_ecef from, double bound,
                            const vaxdir_index_subset *subset, vaxdir_index_visit visit, void *user);

#endif
