/* version.h: which library this is, and which numbers it knows. */
#ifndef VAXDIR_VERSION_H
#define VAXDIR_VERSION_H

#include <stdint.h>

#include <vaxdir/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of these headers. The ABI number is the SONAME's and moves on its own (docs/architecture.md). */
enum {
    VAXDIR_VERSION_MAJOR = 0,
    VAXDIR_VERSION_MINOR = 1,
    VAXDIR_VERSION_PATCH = 0,
    VAXDIR_ABI_VERSION = 0
};

/* What vaxdir_feature_supported() can be asked about. */
enum {
    VAXDIR_FEATURE_STATUS = 1,       /* value: a vaxdir_status */
    VAXDIR_FEATURE_FIELD = 2,        /* value: a vaxdir_field */
    VAXDIR_FEATURE_DIAGNOSTIC = 3,   /* value: a diagnostic code of report.h */
    VAXDIR_FEATURE_VERDICT = 4,      /* value: a verdict of link.h */
    VAXDIR_FEATURE_LINK_REASON = 5,  /* value: a link reason of link.h */
    VAXDIR_FEATURE_LINK_WARNING = 6, /* value: one warning flag of link.h */
    VAXDIR_FEATURE_STEP_KIND = 7,    /* value: a step kind of route.h */
    VAXDIR_FEATURE_STEP_REASON = 8,  /* value: a step reason of route.h */
    VAXDIR_FEATURE_STATE = 9,        /* value: a state of state.h */
    VAXDIR_FEATURE_INPUT_FORMAT = 10, /* value: an input format of builder.h */
    VAXDIR_FEATURE_SEARCH_REASON = 11, /* value: a reason of explain.h */
    VAXDIR_FEATURE_RELAXATION = 12,  /* value: a relaxation of explain.h */
    VAXDIR_FEATURE_OPERATOR = 13,    /* value: an operator of filter.h */
    VAXDIR_FEATURE_PHONE_REASON = 14, /* value: a phone reason of report.h */
    VAXDIR_FEATURE_ELIGIBILITY = 15  /* value: an answer of eligibility.h */
};

/**
 * Tells the version of the library that runs, which may be newer than these headers.
 *
 * @return text such as "0.1.0", never NULL.
 * @ownership the text is the library's and lives as long as it is loaded.
 * @thread any thread, at any time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API const char *vaxdir_version(void);

/**
 * Tells the version of the library that runs as one number: major * 1000000 + minor * 1000 + patch.
 *
 * @return the number, such as 1000 for 0.1.0.
 * @ownership nothing changes hands.
 * @thread any thread, at any time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_version_number(void);

/**
 * Tells whether the library that runs knows a number, so that a program can use what a later release brought.
 *
 * @param kind  one of VAXDIR_FEATURE_*; another value is known to no library and answers 0.
 * @param value  the number asked about.
 * @return 1 if known, else 0.
 * @ownership nothing changes hands.
 * @thread any thread, at any time.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API int32_t vaxdir_feature_supported(uint32_t kind, int64_t value);

#ifdef __cplusplus
}
#endif

#endif
