/* pattern.h: the small language in which rules describe a path or a parameter's value (docs/rules.md). Patterns and
 * what they capture borrow their texts; nothing here allocates. */
#ifndef VAXDIR_PROVIDER_PATTERN_H
#define VAXDIR_PROVIDER_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/text.h"

enum {
    VAXDIR_PATTERN_SEGMENTS_MAX = 12, /* segments of one pattern */
    VAXDIR_PATTERN_TEXT_MAX = 300,    /* bytes that one placeholder may stand for; honest ones have less than 150 */
    VAXDIR_CAPTURES_MAX = 16
};

typedef enum vaxdir_shape {
    VAXDIR_SHAPE_SLUG,
    VAXDIR_SHAPE_NUMBER,
    VAXDIR_SHAPE_HEX,
    VAXDIR_SHAPE_UUID,
    VAXDIR_SHAPE_ANY
} vaxdir_shape;

typedef struct vaxdir_placeholder {
    vaxdir_slice name;
    vaxdir_shape shape;
    size_t length; /* exact length of a number or hex number; 0 for any */
} vaxdir_placeholder;

/* literal[0] placeholder[0] literal[1] placeholder[1] literal[2], as many as `count` says. */
typedef struct vaxdir_segment {
    vaxdir_slice literal[3];
    vaxdir_placeholder placeholder[2];
    size_t count;
} vaxdir_segment;

typedef struct vaxdir_pattern {
    vaxdir_slice text; /* as the rules write it */
    vaxdir_segment segments[VAXDIR_PATTERN_SEGMENTS_MAX];
    size_t count;
    bool tail; /* any further segments may follow */
} vaxdir_pattern;

/* What placeholders stood for. */
typedef struct vaxdir_captures {
    struct {
        vaxdir_slice name;
        vaxdir_slice value;
    } items[VAXDIR_CAPTURES_MAX];
    size_t count;
} vaxdir_captures;

/* Compile; NULL when good, else what is wrong, for people. */
const char *vaxdir_pattern_compile(vaxdir_slice text, vaxdir_pattern *pattern);
const char *vaxdir_segment_compile(vaxdir_slice text, vaxdir_segment *segment);

/* Whether every path that fits b fits a: true is sure, false may be wrong where literals stand beside placeholders. */
bool vaxdir_pattern_covers(const vaxdir_pattern *a, const vaxdir_pattern *b);

/* Match; captures are appended on success and may be NULL. */
bool vaxdir_pattern_match(const vaxdir_pattern *pattern, const vaxdir_slice *segments, size_t count,
                          vaxdir_captures *captures);
bool vaxdir_segment_match(const vaxdir_segment *segment, vaxdir_slice text, vaxdir_captures *captures);

/* The value captured under a name; bytes NULL if there is none. */
vaxdir_slice vaxdir_captures_find(const vaxdir_captures *captures, vaxdir_slice name);

/* Whether a text has the shape that a placeholder asks for. */
bool vaxdir_placeholder_match(const vaxdir_placeholder *placeholder, vaxdir_slice text);

#endif
