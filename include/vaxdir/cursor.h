/* cursor.h: the nearest centres one after another, without saying how many, and tokens to go on later with. */
#ifndef VAXDIR_CURSOR_H
#define VAXDIR_CURSOR_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/edition.h>
#include <vaxdir/search.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Room for a token and its NUL. */
enum { VAXDIR_TOKEN_SIZE = 64 };

/* A search under way: one thread at a time. */
typedef struct vaxdir_cursor vaxdir_cursor;

/**
 * Opens a cursor: the answer that vaxdir_nearest() gives to the same query, centre by centre. With a token it begins
 * behind the centre of the token, in the order (distance, id bytes) about this position, whether or not that centre
 * passes the filter; so pages that are asked for with the same position and query, one with the token of the other,
 * are together the answer to one search. A token cannot tell whether position and query are the same.
 *
 * @param context  not NULL.
 * @param edition  not NULL; the cursor takes a reference, and to the query's filter.
 * @param latitude  degrees WGS84, -90 to 90.
 * @param longitude  degrees WGS84, finite; wrapped to -180 to 180.
 * @param query  NULL for all centres in order; read during the call only. limit 0 is all here; work_limit holds for the
 *   whole cursor. VAXDIR_QUERY_ALL_TIES and VAXDIR_QUERY_UNORDERED are refused.
 * @param token  token_length bytes of vaxdir_token(), vaxdir_cursor_token() or of a stranger; NULL begins with the
 *   nearest.
 * @param token_length  its length in bytes, without a NUL.
 * @param ret_cursor  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (position, query); VAXDIR_ERROR_DATA (the token is damaged, or is none);
 *   VAXDIR_ERROR_NEWER (a token of a later library); VAXDIR_ERROR_STALE (a token of other records than those of the
 *   edition: begin again); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns it: vaxdir_cursor_unref().
 * @thread the thread that uses the context; the cursor belongs to one thread at a time, with any context.
 * @cost that of binding the filter; two small allocations.
 * @since 0.1
 * @source Hjaltason and Samet, Distance browsing in spatial databases (1999).
 */
VAXDIR_API vaxdir_status vaxdir_cursor_new(vaxdir_context *context, vaxdir_edition *edition, double latitude,
                                           double longitude, const vaxdir_query *query, const char *token,
                                           size_t token_length, vaxdir_cursor **ret_cursor);

/**
 * Releases a cursor.
 *
 * @param cursor  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership the caller's ownership ends, and the references to edition and filter.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_cursor *vaxdir_cursor_unref(vaxdir_cursor *cursor);

/**
 * Gives the next centre. Where there is none left, it does not say why: vaxdir_cursor_next_many() for one more gives
 * none either, and vaxdir_matches_complete_to_m() is then finite if the work limit has ended the cursor, and INFINITY
 * if all that there is, or the query's limit, has been given.
 *
 * @param context  not NULL; need not be that of the opening.
 * @param cursor  not NULL.
 * @param ret_row  not NULL; the row, VAXDIR_NO_ROW when there is none left; written on success only.
 * @param ret_distance_m  NULL if not wanted; its distance as vaxdir_matches_distances_m() gives it, NaN when there is
 *   none left; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY: the next call then gives the same.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost logarithmic in what the cursor has seen; the cursor grows by what it has looked at and not given yet.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_cursor_next(vaxdir_context *context, vaxdir_cursor *cursor, uint32_t *ret_row,
                                            double *ret_distance_m);

/**
 * Gives the next so many centres. vaxdir_matches_complete_to_m() then tells whether the work limit has ended the
 * cursor.
 *
 * @param context  not NULL; need not be that of the opening.
 * @param cursor  not NULL.
 * @param count  how many; fewer are given only when no more are left.
 * @param matches  not NULL; filled on success, as it was after a failure.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY: the next call then gives the same.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost count times that of vaxdir_cursor_next().
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_cursor_next_many(vaxdir_context *context, vaxdir_cursor *cursor, uint32_t count,
                                                 vaxdir_matches *matches);

/**
 * Writes the token of where a cursor is: behind the last centre that it gave, or at its beginning.
 *
 * @param context  not NULL.
 * @param cursor  not NULL.
 * @param token  not NULL; room for VAXDIR_TOKEN_SIZE bytes: digits, letters, and a NUL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread one thread at a time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_cursor_token(vaxdir_context *context, const vaxdir_cursor *cursor, char *token);

/**
 * Writes the token that goes on behind a centre: of the last row of a page that any search has given. It holds a
 * version, the fingerprint of the records, the row and a check (XXH3-64) that finds damage; it holds nothing of the
 * position, the query or the person, and proves nothing about who made it.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  a row that has a position; VAXDIR_NO_ROW for the beginning.
 * @param token  not NULL; room for VAXDIR_TOKEN_SIZE bytes: digits, letters, and a NUL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row); VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_token(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                      char *token);

#ifdef __cplusplus
}
#endif

#endif
