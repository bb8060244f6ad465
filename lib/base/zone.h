/* zone.h: time zones as data: POSIX TZ rules (POSIX.1-2017, 8.3, with the hours of RFC 8536, 3.3.1), each with the
 * instant until which it holds; never the machine's database. Invariant: any instant of the years 1 to 9999 has an
 * offset, and every civil time an instant. */
#ifndef VAXDIR_BASE_ZONE_H
#define VAXDIR_BASE_ZONE_H

#include "time.h"

typedef enum vaxdir_zone_form {
    VAXDIR_ZONE_WEEKDAY,   /* Mm.w.d */
    VAXDIR_ZONE_JULIAN,    /* Jn: 29 February is never counted */
    VAXDIR_ZONE_ZERO_BASED /* n: it is */
} vaxdir_zone_form;

/* When the clocks change in a year. */
typedef struct vaxdir_zone_change {
    vaxdir_zone_form form;
    int32_t month;
    int32_t week;
    int32_t day; /* of the week, 0 Sunday; or of the year */
    int32_t second;
} vaxdir_zone_change;

/* Offsets are seconds east of Greenwich: local time minus UTC. */
typedef struct vaxdir_zone_rule {
    int64_t until; /* holds before this instant */
    int32_t standard;
    int32_t summer;
    bool has_summer;
    bool inside;              /* clocks change well inside the year: never within a week of its ends */
    vaxdir_zone_change begin; /* of summer time, in standard time */
    vaxdir_zone_change end;   /* of summer time, in summer time */
} vaxdir_zone_rule;

/* One zone: rules in the order of time, the last of which holds for good. */
typedef struct vaxdir_zone {
    const char *name;
    const vaxdir_zone_rule *rules;
    size_t count;
} vaxdir_zone;

/* An instant as people there tell it. */
typedef struct vaxdir_civil {
    int32_t date;
    int32_t second;  /* of the day */
    int32_t weekday; /* 1 Monday to 7 Sunday */
    int32_t offset;
} vaxdir_civil;

/* Reads "CET-1CEST,M3.5.0,M10.5.0/3"; NULL if it is good, else what is wrong with it. `until` is left alone. */
const char *vaxdir_zone_rule_parse(vaxdir_slice text, vaxdir_zone_rule *rule);

/* NULL is UTC in all of these; instants beyond the years 1 to 9999 are taken as their ends. */
int32_t vaxdir_zone_offset(const vaxdir_zone *zone, int64_t at);
vaxdir_civil vaxdir_zone_civil(const vaxdir_zone *zone, int64_t at);

/* The instant of a civil time; `second` may lie beyond the day. The earlier one where clocks were put back; in a gap
 * the instant by the offset before it. */
int64_t vaxdir_zone_instant(const vaxdir_zone *zone, int32_t date, int32_t second);

#endif
