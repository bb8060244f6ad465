/* header.h: the columns of one input: what each is called and which field it feeds. */
#ifndef VAXDIR_IMPORT_HEADER_H
#define VAXDIR_IMPORT_HEADER_H

#include "csv.h"
#include "dialect.h"

typedef struct vaxdir_column {
    size_t name; /* offset in the header's texts; unique among the columns */
    size_t name_length;
    size_t repeats; /* number from 1 of the earlier column with the name that this one has in the input; 0 for none */
    size_t copies;  /* how many later columns have its name in the input */
    bool named;     /* false: the input has no name here, and it is called "column N" */
    vaxdir_meaning meaning;
} vaxdir_column;

typedef struct vaxdir_header {
    const vaxdir_memory *memory;
    const vaxdir_dialect *dialect; /* NULL: no dialect knows the columns */
    size_t known;                  /* how many of them it does */
    vaxdir_buffer texts;
    vaxdir_column *columns;
    size_t count; /* columns of the header line, then those that longer rows added */
    size_t capacity;
    size_t line_count;  /* of them, those of the header line */
    size_t named_count; /* those up to the last one with a name */
} vaxdir_header;

void vaxdir_header_init(vaxdir_header *header, const vaxdir_memory *memory);
void vaxdir_header_free(vaxdir_header *header);

/* Reads the header from the record that the parser holds. False when memory is out, here and below. */
bool vaxdir_header_read(vaxdir_header *header, const vaxdir_csv *csv);
/* Adds unnamed columns until there are `count`. */
bool vaxdir_header_grow(vaxdir_header *header, size_t count);

vaxdir_slice vaxdir_header_name(const vaxdir_header *header, size_t index);

#endif
