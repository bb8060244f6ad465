/* fields.h: the field vocabulary: one line per field, which every other room reads. */
#ifndef VAXDIR_REGISTRY_FIELDS_H
#define VAXDIR_REGISTRY_FIELDS_H

#include <stdbool.h>

#include <vaxdir/registry.h>

/* One more than the greatest field. */
enum { VAXDIR_FIELD_SLOTS = VAXDIR_FIELD_DECLARED_PROVIDER + 1 };

typedef enum vaxdir_field_type {
    VAXDIR_TYPE_NONE, /* no such field */
    VAXDIR_TYPE_TEXT, /* outer white space removed */
    VAXDIR_TYPE_RAW,  /* text exactly as given */
    VAXDIR_TYPE_NUMBER,
    VAXDIR_TYPE_INSTANT,
    VAXDIR_TYPE_DATE,
    VAXDIR_TYPE_FLAG,
    VAXDIR_TYPE_LIST,
    VAXDIR_TYPE_JUDGED /* text that the rules give */
} vaxdir_field_type;

vaxdir_field_type vaxdir_field_type_of(vaxdir_field field);

/* Whether the text getters, the number getters, the integer getters give it. */
bool vaxdir_field_is_text(vaxdir_field field);
bool vaxdir_field_is_number(vaxdir_field field);
bool vaxdir_field_is_integer(vaxdir_field field);

/* "yes", "no", "unknown". */
const char *vaxdir_flag_text(int64_t flag);

#endif
