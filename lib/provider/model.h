/* model.h: a rules document after loading, as links and phones read it. Immutable once made: every text is in the
 * arena of the rules, every list that is searched is sorted. */
#ifndef VAXDIR_PROVIDER_MODEL_H
#define VAXDIR_PROVIDER_MODEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "campaign.h"
#include "holidays.h"
#include "pattern.h"
#include "rules.h"

/* A query parameter that a provider's links keep; every other one is dropped. */
typedef struct vaxdir_parameter {
    vaxdir_slice *names; /* spellings, matched without regard to case and emitted as spelled here */
    size_t name_count;
    vaxdir_segment *values; /* what it may hold */
    vaxdir_slice *value_texts;
    size_t value_count;
} vaxdir_parameter;

typedef struct vaxdir_page {
    vaxdir_slice kind;
    vaxdir_pattern path;
    size_t *requires; /* parameters that must be there, by index */
    size_t require_count;
    bool identifies; /* has an identity: a centre's page, or one that the rules say names its centre */
} vaxdir_page;

typedef enum vaxdir_source { VAXDIR_SOURCE_HOST, VAXDIR_SOURCE_PATH, VAXDIR_SOURCE_QUERY } vaxdir_source;

typedef struct vaxdir_identity_source {
    vaxdir_source source;
    vaxdir_slice name;
    size_t parameter; /* index, for VAXDIR_SOURCE_QUERY */
} vaxdir_identity_source;

/* One part of the key: the first of its sources that the link has. */
typedef struct vaxdir_identity_part {
    vaxdir_identity_source *sources;
    size_t count;
} vaxdir_identity_part;

typedef struct vaxdir_redirect {
    vaxdir_pattern path;
    vaxdir_pattern to; /* its placeholders are taken from the path or else from the query */
} vaxdir_redirect;

typedef struct vaxdir_provider {
    vaxdir_slice id;
    vaxdir_slice name;
    bool declared; /* may be on a host of its own, if the source says so */
    bool https;    /* http is raised to https */
    bool fragment; /* the part after # is kept */
    vaxdir_page *pages;
    size_t page_count;
    vaxdir_identity_part *identity;
    size_t identity_count;
    vaxdir_parameter *parameters;
    size_t parameter_count;
    vaxdir_redirect *redirects;
    size_t redirect_count;
} vaxdir_provider;

typedef enum vaxdir_decoding { VAXDIR_DECODING_PERCENT, VAXDIR_DECODING_DASH, VAXDIR_DECODING_STAR } vaxdir_decoding;

/* How a mail gateway wraps a link. */
typedef struct vaxdir_wrapper_form {
    vaxdir_slice path;      /* what the path begins with */
    vaxdir_slice parameter; /* where the link is; empty for the star decoding, which has it in the path */
    vaxdir_decoding decoding;
} vaxdir_wrapper_form;

/* A mail gateway, with the forms of its wrappers. */
typedef struct vaxdir_wrapper {
    vaxdir_wrapper_form *forms;
    size_t form_count;
} vaxdir_wrapper;

/* A host or a suffix, and whose it is. */
typedef struct vaxdir_host {
    vaxdir_slice text;
    vaxdir_slice emit;               /* the host to emit instead; a provider's exact hosts only */
    const vaxdir_provider *provider; /* or else */
    const vaxdir_wrapper *wrapper;
    const char *place; /* of the claim in the document, and the how-manieth it is; for loading only */
    size_t order;
} vaxdir_host;

typedef struct vaxdir_territory {
    vaxdir_slice country;
    vaxdir_slice *prefixes; /* of its numbers, when they are dialled as the country's own */
    size_t prefix_count;
    size_t length; /* digits after the country code */
    bool strip;    /* the prefix is no part of the international number */
} vaxdir_territory;

typedef struct vaxdir_phone_plan {
    vaxdir_slice country;
    vaxdir_slice trunk;
    vaxdir_slice international;
    size_t length; /* digits after the country code or the trunk prefix */
    vaxdir_territory *territories;
    size_t territory_count;
    vaxdir_slice *shorts; /* digits and # for any digit */
    size_t short_count;
} vaxdir_phone_plan;

typedef struct vaxdir_arena_chunk {
    struct vaxdir_arena_chunk *next;
    size_t size;
    size_t used;
} vaxdir_arena_chunk;

struct vaxdir_rules {
    atomic_uint_fast32_t references;
    vaxdir_memory memory;
    vaxdir_arena_chunk *arena;
    vaxdir_provider *providers; /* by id */
    size_t provider_count;
    vaxdir_host *hosts; /* by text */
    size_t host_count;
    vaxdir_host *suffixes; /* by text */
    size_t suffix_count;
    vaxdir_wrapper *wrappers;
    size_t wrapper_count;
    vaxdir_phone_plan phone;
    const char *national_line;
    const char *information_url;
    vaxdir_zones zones;
    vaxdir_calendar calendar;
    vaxdir_campaign *campaign; /* NULL where there is none */
    vaxdir_slice *reserved_words;
    size_t reserved_word_count;
    vaxdir_holidays holidays;
    vaxdir_rules_hash hash;
};

/* Zeroed memory that lives as long as the rules; NULL when memory is out. */
void *vaxdir_rules_allocate(vaxdir_rules *rules, size_t count, size_t size);

/* The provider or wrapper of a host; NULL if there is none. The suffix found is the longest. */
const vaxdir_host *vaxdir_rules_find_host(const vaxdir_rules *rules, vaxdir_slice host);
const vaxdir_host *vaxdir_rules_find_suffix(const vaxdir_rules *rules, vaxdir_slice host);
const vaxdir_provider *vaxdir_rules_find(const vaxdir_rules *rules, vaxdir_slice id);

/* Sorts the host tables; the second of two with one text, which stands after the first, or NULL. */
const vaxdir_host *vaxdir_rules_sort(vaxdir_rules *rules);

/* Computes the judging hash; false when memory is out. */
bool vaxdir_rules_seal(vaxdir_rules *rules);

/* An empty set of rules with one reference; NULL when memory is out. */
vaxdir_rules *vaxdir_rules_make_empty(const vaxdir_memory *memory);

/* Fills empty rules from a document; the rules are to be released after a failure. */
vaxdir_status vaxdir_rules_load(vaxdir_context *context, const void *bytes, size_t length, vaxdir_rules *rules);

#endif
