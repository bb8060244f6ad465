/* search.h: the centres nearest to a position, exactly, by geodesic distance on the WGS84 ellipsoid. */
#ifndef VAXDIR_SEARCH_H
#define VAXDIR_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/area.h>
#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/filter.h>
#include <vaxdir/visit.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Query flags. */
enum {
    VAXDIR_QUERY_EXACT_DISTANCES = 1, /* every distance is geod_inverse's to the last bit, below 500 km, too */
    VAXDIR_QUERY_ALL_TIES = 2,        /* all centres as far as the last one, beyond the limit */
    VAXDIR_QUERY_UNORDERED = 4,       /* within a radius: in any order, the same for the same edition */
    VAXDIR_QUERY_BEARINGS = 8,        /* the bearing of each centre, too: vaxdir_matches_bearings_deg() */
    VAXDIR_QUERY_ELIGIBLE = 16,       /* not where the campaign says no to query.visit; eligibility.h */
    VAXDIR_QUERY_ELIGIBLE_SURE = 32,  /* only where it says yes, or the rules hold no campaign */
    VAXDIR_QUERY_OPEN = 64,           /* not where the centre is closed at query.visit->at; opening.h */
    VAXDIR_QUERY_OPEN_SURE = 128      /* only where it is open by what is known */
};

/* What is asked, beside the position; 0 and NULL everywhere is a query for the 10 nearest. */
typedef struct vaxdir_query {
    uint32_t struct_size;
    uint32_t flags; /* VAXDIR_QUERY_*, or 0 */
    uint32_t limit; /* how many centres at the most; 0 is 10, UINT32_MAX is all */
    uint32_t work_limit; /* open no more of the tree once so many centres were looked at; 0 is no such limit */
    double max_distance_m; /* no centre farther than this; 0 is no bound; negative and NaN are refused */
    double min_distance_m; /* no centre nearer than this; 0 is no bound; negative and NaN are refused */
    vaxdir_filter *filter; /* only centres that pass it count; NULL is all; borrowed during the call */
    const vaxdir_visit *visit; /* who asks, for when: read where a flag needs it; borrowed during the call */
} vaxdir_query;

#define VAXDIR_QUERY_INIT                                                                                              \
    {                                                                                                                  \
        sizeof(vaxdir_query), 0, 0, 0, 0.0, 0.0, NULL, NULL                                                            \
    }

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
 * Gives the distances of the rows found: metres along the WGS84 geodesic. They never decrease, unless the search was
 * unordered. Below 500 km they are within 0.05 mm of geod_inverse, from there on and where the query asks for it equal
 * to it; a distance that would be less than the one before it is raised to that. After vaxdir_within()
 * they are NaN.
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
 * Gives the bearings of the rows found: the azimuth at the position of the geodesic to each centre, in degrees
 * clockwise from north, at least 0 and less than 360. At a pole north is that of the longitude asked with, as PROJ
 * takes it. NaN for a centre at the position itself. There are bearings only where the query asked for them:
 * VAXDIR_QUERY_BEARINGS.
 *
 * @param matches  NULL gives NULL.
 * @return vaxdir_matches_count() bearings; NULL where there are none.
 * @ownership borrowed; valid until the next fill of the handle.
 * @thread one thread at a time.
 * @cost constant; the search measures each centre once more.
 * @since 0.1
 * @source as vaxdir_nearest().
 */
VAXDIR_API const double *vaxdir_matches_bearings_deg(const vaxdir_matches *matches);

/**
 * Tells up to which distance the answer is complete, when the query had a work limit: the centres found are exactly
 * those of the whole answer that are no farther than this. Infinity where the answer is whole; 0 where nothing can be
 * said, and then there are no matches.
 *
 * @param matches  NULL gives NaN.
 * @return metres.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API double vaxdir_matches_complete_to_m(const vaxdir_matches *matches);

/**
 * Finds the centres nearest to a position: the centres, and the order, of measuring every centre with
 * geod_inverse(position, centre) and sorting by (distance, id bytes). Centres without a position are never found:
 * vaxdir_registry_without_position().
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param query  NULL for the 10 nearest; read during the call only. VAXDIR_QUERY_UNORDERED is refused. With a
 *   work_limit the answer may be a part of the whole: vaxdir_matches_complete_to_m(). With flags that ask something of
 *   query.visit each centre is asked, nearest first, until there are enough; a visit is refused as vaxdir_eligible()
 *   refuses it.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (position, negative or NaN distance, unknown flag, a visit
 *   that a flag needs and that is NULL or refused); VAXDIR_ERROR_STRUCT;
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
 * Finds every centre within a distance of a position: the centres, and the order, of measuring every centre with
 * geod_inverse(position, centre) and sorting by (distance, id bytes); a centre exactly at the radius is within.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param radius_m  metres, not negative; infinity is all.
 * @param query  NULL for all centres in order; its limit 0 is all, its max_distance_m must be 0; with
 *   VAXDIR_QUERY_UNORDERED and a limit, any so many. VAXDIR_QUERY_ALL_TIES is refused.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (position, radius, distance, unknown flag); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost logarithmic in the rows plus n log n in the centres found, n without order; no allocation once warm.
 * @since 0.1
 * @source as vaxdir_nearest().
 */
VAXDIR_API vaxdir_status vaxdir_within_radius(vaxdir_context *context, const vaxdir_edition *edition, double latitude,
                                              double longitude, double radius_m, const vaxdir_query *query,
                                              vaxdir_matches *matches);

/**
 * Finds the centres nearest to each of many positions, as vaxdir_nearest() does for one, into columns of the caller's.
 * Each position has as many cells as the query's limit; those that it has no centre for hold VAXDIR_NO_ROW and NaN. A
 * latitude beyond 90, a NaN or an infinity has no centre and is counted.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param latitudes  degrees WGS84; NULL only with count 0.
 * @param latitude_stride  bytes from one latitude to the next; sizeof(double) where they stand together.
 * @param longitudes  degrees WGS84; NULL only with count 0.
 * @param longitude_stride  bytes from one longitude to the next.
 * @param count  how many positions.
 * @param query  NULL for the 10 nearest; of its flags only VAXDIR_QUERY_EXACT_DISTANCES; its work_limit must be 0.
 * @param ret_rows  count times limit rows, position by position, nearest first; NULL only with count 0.
 * @param ret_distances_m  the same for the distances; NULL where they are not wanted.
 * @param ret_refused  NULL is allowed; the number of positions that are none.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (query, too many cells); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY;
 *   VAXDIR_ERROR_MEMORY: the columns are then unspecified.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost that of the single searches, less what they would wait for memory; no allocation once warm.
 * @since 0.1
 * @source as vaxdir_nearest().
 */
VAXDIR_API vaxdir_status vaxdir_nearest_columns(vaxdir_context *context, const vaxdir_edition *edition,
                                                const double *latitudes, ptrdiff_t latitude_stride,
                                                const double *longitudes, ptrdiff_t longitude_stride, size_t count,
                                                const vaxdir_query *query, uint32_t *ret_rows, double *ret_distances_m,
                                                size_t *ret_refused);

/**
 * Finds all centres inside an area, boundary included, in ascending order of id bytes. They have no distance (NaN): the
 * nearest within an area is vaxdir_nearest() with vaxdir_filter_area(). Centres without a position are never found.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param area  not NULL.
 * @param query  NULL for all; read during the call only. limit and filter hold, limit 0 being all here, because a part
 *   in the order of ids is rarely what is wanted; flags, distances and work_limit must be 0.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost linear in the rows; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_within(vaxdir_context *context, const vaxdir_edition *edition, const vaxdir_area *area,
                                       const vaxdir_query *query, vaxdir_matches *matches);

/**
 * Finds the centres that have no position, and so are in the answer of no other search, in ascending order of id bytes.
 * They have no distance (NaN).
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param query  NULL for all; read during the call only. limit and filter hold, limit 0 being all here; flags,
 *   distances and work_limit must be 0, so that no visit leaves a centre out: vaxdir_eligible() and vaxdir_opening().
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context; any number of threads may search one edition, each with its own context.
 * @cost linear in the rows; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_without_position(vaxdir_context *context, const vaxdir_edition *edition,
                                                 const vaxdir_query *query, vaxdir_matches *matches);

#ifdef __cplusplus
}
#endif

#endif
