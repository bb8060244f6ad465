/* search.h: the centres nearest to a position, exactly, by geodesic distance on the WGS84 ellipsoid. */
#ifndef VAXDIR_SEARCH_H
#define VAXDIR_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/area.h>
#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/filter.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked, beside the position; 0 and NULL everywhere is a query for the 10 nearest. */
typedef struct vaxdir_query {
    uint32_t struct_size;
    uint32_t flags;        /* none yet: 0 */
    uint32_t limit;        /* how many centres at the most; 0 is 10, UINT32_MAX is all */
    uint32_t reserved;
    double max_distance_m; /* no centre farther than this; 0 is no bound; negative and NaN are refused */
    vaxdir_filter *filter; /* only centres that pass it count; NULL is all; borrowed during the call */
    void *reserved_2;      /* NULL */
} vaxdir_query;

#define VAXDIR_QUERY_INIT {sizeof(vaxdir_query), 0, 0, 0, 0.0, NULL, NULL}

/* The centres found: a result handle, refilled by each call, keeping its memory. */
typedef struct vaxdir_matches vaxdir_matches;

/**
 * Makes an empty result.
 *
 * @param context  not NULL.
 * @param ret_matches  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_matches_unref().
 * @thread the thread that uses the context; the handle belongs to one thread at a time.
 * @cost one small allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_matches_new(vaxdir_context *context, vaxdir_matches **ret_matches);

/**
 * Releases a result.
 *
 * @param matches  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_matches *vaxdir_matches_unref(vaxdir_matches *matches);

/**
 * Counts the centres found.
 *
 * @param matches  NULL counts as none.
 * @return their number.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_matches_count(const vaxdir_matches *matches);

/**
 * Gives the rows found, nearest first; at equal distance in ascending order of id bytes.
 *
 * @param matches  NULL gives NULL.
 * @return vaxdir_matches_count() rows of the edition's registry; NULL where there are none.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const uint32_t *vaxdir_matches_rows(const vaxdir_matches *matches);

/**
 * Gives the distances of the rows found: metres along the WGS84 geodesic, never decreasing; after vaxdir_within(), NaN.
 *
 * @param matches  NULL gives NULL.
 * @return vaxdir_matches_count() distances; NULL where there are none.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const double *vaxdir_matches_distances_m(const vaxdir_matches *matches);

/**
 * Finds the centres nearest to a position. Equal to measuring every centre with geod_inverse(position, centre) and
 * sorting by (distance, id bytes). Centres without a position are never found: vaxdir_registry_without_position().
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param query  NULL for the 10 nearest; read during the call only.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (position, negative or NaN distance, unknown flag); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost logarithmic in the rows plus the centres found; no allocation once warm.
 * @since 0.1
 * @source Karney, Algorithms for geodesics (2013), by PROJ's geodesic.h; the pruning bound: docs/search.md.
 */
VAXDIR_API vaxdir_status vaxdir_nearest(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                        double longitude, const vaxdir_query *query, vaxdir_matches *matches);

/**
 * Finds all centres inside an area, boundary included, in ascending order of id bytes. They have no distance (NaN): the
 * nearest within an area is vaxdir_nearest() with vaxdir_filter_area(). Centres without a position are never found.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param area  not NULL.
 * @param query  NULL for all; read during the call only. limit and filter hold, limit 0 being all here, because a part
 *   in the order of ids is rarely what is wanted; max_distance_m must be 0.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost linear in the rows; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_within(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_area *area,
                                       const vaxdir_query *query, vaxdir_matches *matches);

#ifdef __cplusplus
}
#endif

#endif
