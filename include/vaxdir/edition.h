/* edition.h: what one answer is drawn from: a registry, the rules in force and overrides. */
#ifndef VAXDIR_EDITION_H
#define VAXDIR_EDITION_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>
#include <vaxdir/link.h>
#include <vaxdir/registry.h>
#include <vaxdir/rules.h>
#include <vaxdir/state.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A registry under the rules in force: immutable, counted by reference, usable from any thread. */
typedef struct vaxdir_edition vaxdir_edition;

/* Options of an edition. */
typedef struct vaxdir_edition_options {
    uint32_t struct_size;
    uint32_t flags;          /* none yet: 0 */
    uint64_t number;         /* the caller's number of this edition; 0 = not stated */
    uint32_t override_count; /* how many; at most 65,000 */
    uint32_t reserved;       /* 0 */
    vaxdir_rules *rules;     /* in force; NULL for the shipped ones; a reference is taken */
    const vaxdir_override *overrides; /* read during the call only; each as large as struct_size of the first says */
} vaxdir_edition_options;

#define VAXDIR_EDITION_OPTIONS_INIT {sizeof(vaxdir_edition_options), 0, 0, 0, 0, NULL, NULL}

/**
 * Makes an edition. Where the rules judge links or phones otherwise than those of the registry's build, every raw link
 * is judged again into columns of the edition's own.
 *
 * @param context  not NULL.
 * @param registry  not NULL; a reference is taken.
 * @param options  NULL for defaults; read during the call only.
 * @param ret_edition  not NULL; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (also an override: index tells which); VAXDIR_ERROR_STRUCT;
 *   VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT: the calendar and the overrides name too much.
 * @ownership the caller owns one reference: vaxdir_edition_unref().
 * @thread the thread that uses the context.
 * @cost linear in the rows: a glance at each link under the same rules, a new verdict under others; parses the shipped
 *   rules where none are given.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_edition_new(vaxdir_context *context, vaxdir_registry *registry,
                                            const vaxdir_edition_options *options, vaxdir_edition **ret_edition);

/**
 * Takes one more reference.
 *
 * @param edition  NULL is allowed.
 * @return edition.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_edition *vaxdir_edition_ref(vaxdir_edition *edition);

/**
 * Gives a reference back; the last one releases the edition.
 *
 * @param edition  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_edition *vaxdir_edition_unref(vaxdir_edition *edition);

/**
 * Gives the registry of an edition.
 *
 * @param edition  NULL gives NULL.
 * @return the registry.
 * @ownership borrowed from the edition; take a reference to keep it.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_registry *vaxdir_edition_registry(const vaxdir_edition *edition);

/**
 * Gives the rules of an edition.
 *
 * @param edition  NULL gives NULL.
 * @return the rules.
 * @ownership borrowed from the edition; take a reference to keep it.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_rules *vaxdir_edition_rules(const vaxdir_edition *edition);

/**
 * Gives the number that the caller gave.
 *
 * @param edition  NULL gives 0.
 * @return the number, 0 = not stated.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint64_t vaxdir_edition_number(const vaxdir_edition *edition);

/**
 * Gives a field of a centre as text, the judged ones by the rules of the edition. As vaxdir_registry_text() otherwise.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry.
 * @param field  a field of type text, list or flag.
 * @param ret_text  not NULL; the text in UTF-8, NUL-terminated; NULL where the field is absent.
 * @param ret_length  NULL if not wanted; its length in bytes.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY.
 * @ownership the text is borrowed from the edition.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_edition_text(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                             vaxdir_field field, const char **ret_text, size_t *ret_length);

/**
 * Gives the verdict on the link of a centre, by the rules of the edition.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry.
 * @param link  not NULL; filled on success.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row); VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the texts of the link are its own copies.
 * @thread the thread that uses the context.
 * @cost constant; no allocation once warm.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_edition_link(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                             vaxdir_link *link);

/**
 * Tells the state of booking at a provider, as the calendar of the rules and the overrides of the edition have it; the
 * centre's own dates are not looked at.
 *
 * @param context  not NULL.
 * @param edition  not NULL.
 * @param row  below vaxdir_registry_count() of its registry, or VAXDIR_NO_ROW for what holds everywhere.
 * @param provider  an id that the rules know, NUL-terminated; NULL for the provider of the row's link, if any.
 * @param at  the instant, UTC seconds, in the years 1 to 9999; 0 is refused.
 * @param ret_answer  not NULL, with struct_size set; written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (row, provider, at); VAXDIR_ERROR_STRUCT; VAXDIR_ERROR_BUSY.
 * @ownership nothing changes hands.
 * @thread the thread that uses the context.
 * @cost logarithmic in the switches; no allocation.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_edition_state(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                              const char *provider, int64_t at, vaxdir_state_answer *ret_answer);

#ifdef __cplusplus
}
#endif

#endif
