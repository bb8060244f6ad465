/* dialect.h: the feed dialects: which column names mean which field, as tables that one code path reads. */
#ifndef VAXDIR_IMPORT_DIALECT_H
#define VAXDIR_IMPORT_DIALECT_H

#include <vaxdir/registry.h>

#include "../base/context.h"
#include "../base/text.h"
#include "../base/time.h"

/* One accepted column name, folded. */
typedef struct vaxdir_dialect_column {
    const char *name;
    vaxdir_field field;
} vaxdir_dialect_column;

typedef struct vaxdir_dialect {
    const char *id_system;
    bool id_always_prefixed; /* ids never carry a system of their own */
    bool vocabulary;         /* a column may be named like the library's field, before the table is asked */
    vaxdir_date_form dates;
    const char *prefix; /* that names may also carry, NULL for none */
    /* Of several names of one field the first with a value in the row wins; the first is what the dialect calls it. */
    const vaxdir_dialect_column *columns;
    size_t column_count;
} vaxdir_dialect;

/* What a column's name means: the field, 0 for none, and its place among the names of that field, lower wins. */
typedef struct vaxdir_meaning {
    vaxdir_field field;
    uint32_t rank;
} vaxdir_meaning;

vaxdir_meaning vaxdir_dialect_meaning(const vaxdir_dialect *dialect, vaxdir_slice folded_name);

/* What the dialect calls a field, NULL if it has none. */
const char *vaxdir_dialect_name(const vaxdir_dialect *dialect, vaxdir_field field);

/* The dialect that knows most of the names, which are folded: its id column is among them, and another column of it.
 * NULL if there is none. *ret_known is how many columns it knows. */
const vaxdir_dialect *vaxdir_dialect_of(const vaxdir_slice *folded_names, size_t count, size_t *ret_known);

/* What a header must hold, for people. */
#define VAXDIR_DIALECT_HINT                                                                                            \
    "the first line must name the columns: \"gid;nom;lat_coor1;long_coor1;...\" or \"id,name,latitude,longitude,...\""

#endif
