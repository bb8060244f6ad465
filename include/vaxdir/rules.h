/* rules.h: policy as data: the booking providers, the phone plan, the national line, zones, calendar, campaign. */
#ifndef VAXDIR_RULES_H
#define VAXDIR_RULES_H

#include <stddef.h>
#include <stdint.h>

#include <vaxdir/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A checked rules document: immutable, counted by reference, usable from any thread. */
typedef struct vaxdir_rules vaxdir_rules;

/**
 * Makes the rules that this release ships.
 *
 * @param context  not NULL.
 * @param ret_rules  not NULL; the rules, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY.
 * @ownership the caller owns one reference: vaxdir_rules_unref().
 * @thread the thread that uses the context.
 * @cost parses the document and runs its examples, some milliseconds: keep the result.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_rules_default(vaxdir_context *context, vaxdir_rules **ret_rules);

/**
 * Reads rules from a JSON document (docs/rules.md) and runs the examples in it.
 *
 * @param context  not NULL.
 * @param path  not NULL; a file-system path, NUL-terminated.
 * @param ret_rules  not NULL; the rules, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_IO;
 *   VAXDIR_ERROR_LIMIT (max_input_bytes); VAXDIR_ERROR_RULES: the message names the place and what is wrong there.
 * @ownership the caller owns one reference: vaxdir_rules_unref().
 * @thread the thread that uses the context.
 * @cost linear in the document and its examples.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_rules_open(vaxdir_context *context, const char *path, vaxdir_rules **ret_rules);

/**
 * Reads rules from memory, as vaxdir_rules_open() does from a file.
 *
 * @param context  not NULL.
 * @param bytes  not NULL; a JSON document in UTF-8, read during the call only.
 * @param length  its length in bytes.
 * @param ret_rules  not NULL; the rules, written on success only.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT; VAXDIR_ERROR_BUSY; VAXDIR_ERROR_MEMORY; VAXDIR_ERROR_LIMIT
 *   (max_input_bytes); VAXDIR_ERROR_RULES: the message names the place and what is wrong there.
 * @ownership the caller owns one reference: vaxdir_rules_unref().
 * @thread the thread that uses the context.
 * @cost linear in the document and its examples.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_rules_open_memory(vaxdir_context *context, const void *bytes, size_t length,
                                                  vaxdir_rules **ret_rules);

/**
 * Takes one more reference.
 *
 * @param rules  NULL is allowed.
 * @return rules.
 * @ownership the caller owns one more reference.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_rules *vaxdir_rules_ref(vaxdir_rules *rules);

/**
 * Gives a reference back; the last one releases the rules.
 *
 * @param rules  NULL is allowed and does nothing.
 * @return NULL.
 * @ownership one reference of the caller's ends.
 * @thread any thread.
 * @cost constant, linear in the rules for the last reference.
 * @since 0.1
 */
VAXDIR_API vaxdir_rules *vaxdir_rules_unref(vaxdir_rules *rules);

/**
 * Counts the providers that these rules know.
 *
 * @param rules  NULL counts as none.
 * @return the number of providers.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_rules_provider_count(const vaxdir_rules *rules);

/**
 * Names one provider: its id ("a stable ASCII word") and the name that people know.
 *
 * @param context  not NULL.
 * @param rules  not NULL.
 * @param index  below vaxdir_rules_provider_count(); providers stand in ascending order of id.
 * @param ret_id  NULL if not wanted; the id, never NULL.
 * @param ret_name  NULL if not wanted; the name, never NULL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index); VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the rules.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_rules_provider(vaxdir_context *context, const vaxdir_rules *rules, uint32_t index,
                                               const char **ret_id, const char **ret_name);

/**
 * Counts the facts about a person that the campaign of these rules asks for.
 *
 * @param rules  NULL counts as none.
 * @return their number, at most 64.
 * @ownership nothing changes hands.
 * @thread any thread.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API uint32_t vaxdir_rules_fact_count(const vaxdir_rules *rules);

/**
 * Names one fact: the word for vaxdir_facts_set(), and what people are asked.
 *
 * @param context  not NULL.
 * @param rules  not NULL.
 * @param index  below vaxdir_rules_fact_count(); facts stand in ascending order of id.
 * @param language  "fr" or "en", NUL-terminated, not NULL; anything else is refused.
 * @param ret_id  NULL if not wanted; the word, never NULL.
 * @param ret_label  NULL if not wanted; the label, never NULL.
 * @return VAXDIR_OK; VAXDIR_ERROR_ARGUMENT (index, language); VAXDIR_ERROR_BUSY.
 * @ownership the texts are borrowed from the rules.
 * @thread the thread that uses the context.
 * @cost constant.
 * @since 0.1
 */
VAXDIR_API vaxdir_status vaxdir_rules_fact(vaxdir_context *context, const vaxdir_rules *rules, uint32_t index,
                                           const char *language, const char **ret_id, const char **ret_label);

#ifdef __cplusplus
}
#endif

#endif
