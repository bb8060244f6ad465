/* edition.c: see edition.h. Invariant: what an edition says of a link is always judged by its own rules: the registry's
 * columns where the hashes agree and the rules vouch for them, columns of its own where not. */
#include "edition.h"

#include <string.h>
#include <xxhash.h>

#include "../provider/link.h"
#include "../provider/vouch.h"
#include "opening.h"
#include "state.h"

/* --- judging again ------------------------------------------------------------------------------------------------ */

static vaxdir_slice raw_text(const vaxdir_registry *registry, uint32_t row, vaxdir_field field)
{
    return vaxdir_registry_get_text(registry, &registry->verdicts, row, field);
}

static vaxdir_status judge_rows(vaxdir_context *context, const vaxdir_registry *registry, const vaxdir_rules *rules,
                                vaxdir_link *link, vaxdir_pool *pool, vaxdir_verdict_row *rows)
{
    for (uint32_t row = 0; row < registry->count; row++) {
        vaxdir_status status = vaxdir_verdict_judge(
            context, rules, link, raw_text(registry, row, VAXDIR_FIELD_BOOKING_URL),
            raw_text(registry, row, VAXDIR_FIELD_DECLARED_PROVIDER), raw_text(registry, row, VAXDIR_FIELD_PHONE),
            raw_text(registry, row, VAXDIR_FIELD_PHONE_2), pool, &rows[row]);
        if (status != VAXDIR_OK)
            return status;
    }
    return VAXDIR_OK;
}

/* Fills the edition's own columns; what was allocated is the edition's, also after a failure. */
static vaxdir_status judge_again(vaxdir_context *context, vaxdir_edition *edition)
{
    const vaxdir_registry *registry = edition->registry;
    uint64_t seed;
    memcpy(&seed, registry->fingerprint, sizeof seed);
    edition->own_rows = vaxdir_memory_allocate_zeroed(&edition->memory, registry->count, sizeof *edition->own_rows);
    if (edition->own_rows == NULL || !vaxdir_pool_init(&edition->own_pool, &edition->memory, seed))
        return vaxdir_context_fail_memory(context);
    vaxdir_link *link;
    vaxdir_status status = vaxdir_link_make(context, &link);
    if (status != VAXDIR_OK)
        return status;
    status = judge_rows(context, registry, edition->rules, link, &edition->own_pool, edition->own_rows);
    vaxdir_link_unref(link);
    edition->own.rows = edition->own_rows;
    edition->own.strings = (vaxdir_strings){edition->own_pool.bytes.bytes, edition->own_pool.bytes.length};
    edition->verdicts = &edition->own;
    return status;
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static void make_key(vaxdir_edition *edition, vaxdir_rules_hash rules)
{
    unsigned char both[32];
    memcpy(both, edition->registry->identity, 16);
    memcpy(both + 16, rules.bytes, 16);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(both, sizeof both));
    memcpy(edition->key, canonical.digest, sizeof edition->key);
}

/* A file may claim the hash of any rules: its verdicts are taken over only where the rules can have given them. */
static bool vouched(const vaxdir_edition *edition)
{
    for (uint32_t row = 0; row < edition->registry->count; row++)
        if (!vaxdir_rules_vouch(edition->rules, edition->verdicts->rows[row].trust,
                                vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER),
                                vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_LINK_URL)))
            return false;
    return true;
}

static vaxdir_status fill(vaxdir_context *context, vaxdir_edition *edition)
{
    vaxdir_rules_hash rules = vaxdir_rules_judging_hash(edition->rules);
    make_key(edition, rules);
    edition->verdicts = &edition->registry->verdicts;
    vaxdir_status status = VAXDIR_OK;
    if (memcmp(rules.bytes, edition->registry->rules_hash.bytes, sizeof rules.bytes) != 0 || !vouched(edition))
        status = judge_again(context, edition);
    if (status == VAXDIR_OK)
        status = vaxdir_further_links_judge(context, &edition->memory, edition->registry, edition->verdicts,
                                            edition->rules, &edition->further);
    return status;
}

vaxdir_status vaxdir_edition_new(vaxdir_context *context, vaxdir_registry *registry,
                                 const vaxdir_edition_options *options, vaxdir_edition **ret_edition)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (registry == NULL)
        return vaxdir_context_fail_null(context, "registry");
    if (ret_edition == NULL)
        return vaxdir_context_fail_null(context, "ret_edition");
    vaxdir_edition_options known;
    status = vaxdir_context_read_struct(context, "vaxdir_edition_options", options, &known, sizeof known, sizeof known);
    if (status != VAXDIR_OK)
        return status;
    if (known.flags != 0 || known.reserved != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "vaxdir_edition_options.flags and reserved must be 0: no flag is known yet");
    vaxdir_rules *rules = vaxdir_rules_ref(known.rules);
    if (rules == NULL && (status = vaxdir_rules_make_default(context, &rules)) != VAXDIR_OK)
        return status;
    vaxdir_edition *edition = vaxdir_memory_allocate_zeroed(&context->memory, 1, sizeof *edition);
    if (edition == NULL) {
        vaxdir_rules_unref(rules);
        return vaxdir_context_fail_memory(context);
    }
    atomic_init(&edition->references, 1);
    edition->memory = context->memory;
    edition->registry = vaxdir_registry_ref(registry);
    edition->rules = rules;
    edition->number = known.number;
    status = fill(context, edition);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_make_states(context, edition, known.overrides, known.override_count);
    if (status == VAXDIR_OK)
        status = vaxdir_edition_make_dates(context, edition);
    if (status == VAXDIR_OK)
        *ret_edition = edition;
    else
        vaxdir_edition_unref(edition);
    return status;
}

vaxdir_edition *vaxdir_edition_ref(vaxdir_edition *edition)
{
    if (edition != NULL)
        atomic_fetch_add_explicit(&edition->references, 1, memory_order_relaxed);
    return edition;
}

vaxdir_edition *vaxdir_edition_unref(vaxdir_edition *edition)
{
    if (edition == NULL || atomic_fetch_sub_explicit(&edition->references, 1, memory_order_acq_rel) != 1)
        return NULL;
    vaxdir_memory memory = edition->memory;
    vaxdir_edition_free_states(edition);
    vaxdir_edition_free_dates(edition);
    vaxdir_memory_free(&memory, edition->own_rows, edition->registry->count, sizeof *edition->own_rows);
    vaxdir_pool_free(&edition->own_pool);
    vaxdir_further_links_free(&memory, &edition->further);
    vaxdir_registry_unref(edition->registry);
    vaxdir_rules_unref(edition->rules);
    vaxdir_memory_free(&memory, edition, 1, sizeof *edition);
    return NULL;
}

/* --- getters ------------------------------------------------------------------------------------------------------ */

vaxdir_registry *vaxdir_edition_registry(const vaxdir_edition *edition)
{
    return edition == NULL ? NULL : edition->registry;
}

vaxdir_rules *vaxdir_edition_rules(const vaxdir_edition *edition)
{
    return edition == NULL ? NULL : edition->rules;
}

uint64_t vaxdir_edition_number(const vaxdir_edition *edition)
{
    return edition == NULL ? 0 : edition->number;
}

vaxdir_slice vaxdir_edition_get_text(const vaxdir_edition *edition, uint32_t row, vaxdir_field field)
{
    return vaxdir_registry_get_text(edition->registry, edition->verdicts, row, field);
}

uint32_t vaxdir_edition_department(const vaxdir_edition *edition, uint32_t row)
{
    if (row >= edition->registry->count)
        return 0;
    return vaxdir_department_code(vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_DEPARTMENT));
}

vaxdir_status vaxdir_edition_text(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                  vaxdir_field field, const char **ret_text, size_t *ret_length)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    return vaxdir_registry_give_text(context, edition->registry, edition->verdicts, row, field, ret_text, ret_length);
}

vaxdir_status vaxdir_edition_link(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row,
                                  vaxdir_link *link)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (link == NULL)
        return vaxdir_context_fail_null(context, "link");
    if (row >= edition->registry->count)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "row %lu: the registry has %lu rows",
                                   (unsigned long)row, (unsigned long)edition->registry->count);
    const vaxdir_verdict_row *verdict = &edition->verdicts->rows[row];
    return vaxdir_link_fill(context, link, verdict->trust, verdict->reason, verdict->warnings,
                            vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PROVIDER),
                            vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_PAGE),
                            vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_LINK_KEY),
                            vaxdir_edition_get_text(edition, row, VAXDIR_FIELD_LINK_URL));
}
