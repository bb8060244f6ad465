/* when.h: what the rules say of time: zones and where they hold, and the calendar of booking. Immutable once loaded;
 * every text is in the arena of the rules. */
#ifndef VAXDIR_PROVIDER_WHEN_H
#define VAXDIR_PROVIDER_WHEN_H

#include "../base/zone.h"
#include "rules.h"

/* A département as a number: its code's bytes; 0 for what is no code: one to four of 0-9 and A-Z. */
uint32_t vaxdir_department_code(vaxdir_slice text);

/* A sorted set of them. */
typedef struct vaxdir_codes {
    const uint32_t *items;
    size_t count;
} vaxdir_codes;

bool vaxdir_codes_have(const vaxdir_codes *codes, uint32_t code);

/* Where a zone holds: communes whose INSEE code begins so, or a département. */
typedef struct vaxdir_zone_place {
    vaxdir_slice insee;
    uint32_t department; /* 0 for a place by INSEE code */
    uint8_t zone;
} vaxdir_zone_place;

/* Zones have numbers: 0 is UTC, or none. */
typedef struct vaxdir_zones {
    vaxdir_zone *zones;
    size_t count;
    vaxdir_zone_place *places;
    size_t place_count;
    uint8_t otherwise;
} vaxdir_zones;

enum { VAXDIR_NO_PROVIDER = -1 };

/* A window of the calendar; from inclusive, until exclusive. */
typedef struct vaxdir_window {
    int64_t from;  /* INT64_MIN: since ever */
    int64_t until; /* INT64_MAX: without an end */
    int32_t state;
    int32_t provider; /* number in the rules, or none: any */
    vaxdir_codes departments;
    const vaxdir_slice *centres; /* sorted */
    size_t centre_count;
} vaxdir_window;

typedef struct vaxdir_calendar {
    vaxdir_window *windows;
    size_t count;
} vaxdir_calendar;

/* The zone of a commune or, where the rules know no more of it, of its département; either may be empty. The number,
 * and the zone of a number: NULL is UTC. */
uint8_t vaxdir_rules_zone_number(const vaxdir_rules *rules, vaxdir_slice insee, vaxdir_slice department);
const vaxdir_zone *vaxdir_rules_zone_numbered(const vaxdir_rules *rules, uint8_t number);
const vaxdir_zone *vaxdir_rules_zone(const vaxdir_rules *rules, vaxdir_slice insee, vaxdir_slice department);

const vaxdir_calendar *vaxdir_rules_calendar(const vaxdir_rules *rules);

/* A provider's number in the rules; UINT32_MAX if they do not know it. */
uint32_t vaxdir_rules_provider_index(const vaxdir_rules *rules, vaxdir_slice id);

#endif
