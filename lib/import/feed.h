/* feed.h: one input, from its first byte to the records in the builder and what was wrong with it in the report. */
#ifndef VAXDIR_IMPORT_FEED_H
#define VAXDIR_IMPORT_FEED_H

#include "stream.h"

/* Reads the whole stream into its builder. `name` is UTF-8; id_system is empty for the dialect's own. After a failure
 * the builder holds the records that it held before, and one diagnostic of the input if that was refused or unreadable.
 */
vaxdir_status vaxdir_feed_read(vaxdir_stream *stream, vaxdir_slice name, vaxdir_slice id_system);

#endif
