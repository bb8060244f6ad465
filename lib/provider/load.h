/* load.h: between the files that read a rules document. Every step fails with the place (a JSON pointer) in the message
 * and leaves what it has made to the arena of the rules. */
#ifndef VAXDIR_PROVIDER_LOAD_H
#define VAXDIR_PROVIDER_LOAD_H

#include <jansson.h>

#include "../base/context.h"
#include "model.h"
#include "parts.h"

typedef struct vaxdir_loader {
    vaxdir_context *context;
    vaxdir_rules *rules;
    size_t place_length;
    char place[256];         /* JSON pointer */
    bool *active;            /* by provider, in the order of the document */
    size_t provider_index;   /* the next one in that order */
    vaxdir_slice *owners[2]; /* ids beside the hosts and suffixes, until providers have their final place */
} vaxdir_loader;

/* Refuses the document at the present place. */
vaxdir_status vaxdir_load_fail(vaxdir_loader *loader, const char *what);

/* Go down to a member or an item and come back; after a failure one stays where it happened. */
size_t vaxdir_load_enter(vaxdir_loader *loader, const char *key);
size_t vaxdir_load_enter_index(vaxdir_loader *loader, size_t index);
void vaxdir_load_leave(vaxdir_loader *loader, size_t before);

/* Refuses what is no object, and keys that are not in the NULL-terminated list. */
vaxdir_status vaxdir_load_keys(vaxdir_loader *loader, json_t *object, const char *const *known);

/* Texts are copied into the arena and NUL-terminated; never empty. */
vaxdir_status vaxdir_load_copy(vaxdir_loader *loader, const char *bytes, size_t length, vaxdir_slice *ret_text);
vaxdir_status vaxdir_load_string(vaxdir_loader *loader, json_t *value, vaxdir_slice *ret_text);
vaxdir_status vaxdir_load_member(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_slice *ret_text);
vaxdir_status vaxdir_load_flag(vaxdir_loader *loader, json_t *object, const char *key, bool otherwise, bool *ret_flag);

/* A list of equal things; an absent one is empty. ret_items points to the pointer that gets them. */
typedef vaxdir_status (*vaxdir_load_item)(vaxdir_loader *loader, json_t *value, void *user, void *item);
vaxdir_status vaxdir_load_list(vaxdir_loader *loader, json_t *object, const char *key, size_t maximum, size_t item_size,
                               vaxdir_load_item item, void *user, void *ret_items, size_t *ret_count);
vaxdir_status vaxdir_load_text_item(vaxdir_loader *loader, json_t *value, void *user, void *item);

/* Single values; an absent date is 0, an absent instant `otherwise`. */
vaxdir_status vaxdir_load_word(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_slice *ret_word);
vaxdir_status vaxdir_load_date(vaxdir_loader *loader, json_t *object, const char *key, int32_t *ret_date);
vaxdir_status vaxdir_load_instant(vaxdir_loader *loader, json_t *object, const char *key, int64_t otherwise,
                                  int64_t *ret_instant);
vaxdir_status vaxdir_load_integer(vaxdir_loader *loader, json_t *value, int32_t least, int32_t most,
                                  int32_t *ret_integer);

/* Items of lists: the code of a département, what INSEE codes begin with; then all of a list of départements, in the
 * order of their codes. */
vaxdir_status vaxdir_load_department(vaxdir_loader *loader, json_t *value, void *user, void *item);
vaxdir_status vaxdir_load_insee(vaxdir_loader *loader, json_t *value, void *user, void *item);
vaxdir_status vaxdir_load_departments(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_codes *ret_codes);

/* A host in lower-case ASCII; a suffix that is no public one. */
vaxdir_status vaxdir_load_host(vaxdir_loader *loader, const char *text, vaxdir_slice *ret_host);
vaxdir_status vaxdir_load_suffix(vaxdir_loader *loader, json_t *value, vaxdir_slice *ret_suffix);

/* The tables of hosts and suffixes, with room for all of the document; what claims one, at the present place; and, when
 * the providers have their final place, whose they are and that nothing is claimed by two. */
vaxdir_status vaxdir_load_tables(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_claim(vaxdir_loader *loader, bool suffix, vaxdir_host claim, vaxdir_slice owner);
vaxdir_status vaxdir_load_settle_claims(vaxdir_loader *loader);

/* The members of the document. */
vaxdir_status vaxdir_load_provider(vaxdir_loader *loader, json_t *value, void *user, void *item);
vaxdir_status vaxdir_load_phone(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_holidays(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_lines(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_zones(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_calendar(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_campaign(vaxdir_loader *loader, json_t *document);
vaxdir_status vaxdir_load_examples(vaxdir_loader *loader, json_t *document);

#endif
