/* vaxdir info: what a registry file or a feed holds, in counts that add up. */
#include "commands.h"
#include "json.h"
#include "remarks.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {{"--format", 0, "text|json", "default text"}, {NULL, 0, NULL, NULL}};

struct tally {
    const char *name; /* borrowed from the rules or the library */
    uint32_t count;
};

struct summary {
    vaxdir_counts counts;
    char fingerprint[33];
    size_t provider_count;
    struct tally *providers; /* ascending by id */
    struct tally trust[VAXDIR_VERDICT_EXACT + 1];
};

static void count_text(struct tally *tallies, size_t count, const char *text)
{
    for (size_t i = 0; text != NULL && i < count; i++)
        if (strcmp(tallies[i].name, text) == 0)
            tallies[i].count++;
}

static int summarize(const struct program *program, const vaxdir_edition *edition, struct summary *summary)
{
    const vaxdir_registry *registry = vaxdir_edition_registry(edition);
    vaxdir_context *context = program->context;
    if (vaxdir_registry_counts(context, registry, &summary->counts) != VAXDIR_OK ||
        vaxdir_registry_fingerprint(context, registry, summary->fingerprint) != VAXDIR_OK)
        return program_fail(program, NULL);
    for (uint32_t i = 0; i < summary->provider_count; i++)
        if (vaxdir_rules_provider(context, program->rules, i, &summary->providers[i].name, NULL) != VAXDIR_OK)
            return program_fail(program, NULL);
    for (int32_t i = 0; i <= VAXDIR_VERDICT_EXACT; i++)
        summary->trust[i].name = vaxdir_verdict_name(VAXDIR_VERDICT_EXACT - i);
    for (uint32_t row = 0; row < vaxdir_registry_count(registry); row++) {
        const char *provider = NULL;
        const char *trust = NULL;
        if (vaxdir_edition_text(context, edition, row, VAXDIR_FIELD_PROVIDER, &provider, NULL) != VAXDIR_OK ||
            vaxdir_edition_text(context, edition, row, VAXDIR_FIELD_TRUST, &trust, NULL) != VAXDIR_OK)
            return program_fail(program, NULL);
        count_text(summary->providers, summary->provider_count, provider);
        count_text(summary->trust, VAXDIR_VERDICT_EXACT + 1, trust);
    }
    return STATUS_DONE;
}

static int print_json(const struct program *program, const vaxdir_registry *registry, const struct summary *summary)
{
    struct json json = {stdout, false};
    emit_open(&json, NULL, '{');
    emit_integer(&json, "centres", summary->counts.centres);
    emit_integer(&json, "without_position", summary->counts.without_position);
    emit_integer(&json, "quarantined", summary->counts.quarantined);
    emit_open(&json, "providers", '{');
    for (size_t i = 0; i < summary->provider_count; i++)
        if (summary->providers[i].count > 0)
            emit_integer(&json, summary->providers[i].name, summary->providers[i].count);
    emit_close(&json, '}');
    emit_open(&json, "trust", '{');
    for (size_t i = 0; i <= VAXDIR_VERDICT_EXACT; i++)
        emit_integer(&json, summary->trust[i].name, summary->trust[i].count);
    emit_close(&json, '}');
    emit_open(&json, "warnings", '{');
    for (uint32_t i = 0; i < vaxdir_registry_diagnostic_count(registry); i++) {
        int32_t code = 0;
        uint64_t count = 0;
        char number[16];
        if (vaxdir_registry_diagnostics(program->context, registry, i, &code, &count) != VAXDIR_OK)
            return program_fail(program, NULL);
        const char *name = vaxdir_diagnostic_name(code);
        snprintf(number, sizeof number, "%ld", (long)code);
        emit_integer(&json, name != NULL ? name : number, (int64_t)count);
    }
    emit_close(&json, '}');
    emit_text(&json, "fingerprint", summary->fingerprint);
    emit_close(&json, '}');
    emit_end_line(&json);
    return STATUS_DONE;
}

static void print_tally(const struct tally *tally)
{
    if (tally->count > 0)
        printf("%8lu  %s\n", (unsigned long)tally->count, tally->name);
}

static int print_text(const struct program *program, const vaxdir_registry *registry, const struct summary *summary)
{
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    printf(program_say(program, "%8lu  centres\n%8lu  without a position\n%8lu  rows quarantined\n",
                       "%8lu  centres\n%8lu  sans position\n%8lu  lignes en quarantaine\n"),
           (unsigned long)summary->counts.centres, (unsigned long)summary->counts.without_position,
           (unsigned long)summary->counts.quarantined);
    printf("\n%s\n", program_say(program, "Booking providers", "Plateformes de rendez-vous"));
    uint32_t with_provider = 0;
    for (size_t i = 0; i < summary->provider_count; i++) {
        print_tally(&summary->providers[i]);
        with_provider += summary->providers[i].count;
    }
    struct tally without = {program_say(program, "(none)", "(aucune)"), summary->counts.centres - with_provider};
    print_tally(&without);
    printf("\n%s\n", program_say(program, "Trust in the links", "Confiance dans les liens"));
    for (size_t i = 0; i <= VAXDIR_VERDICT_EXACT; i++)
        print_tally(&summary->trust[i]);
    if (vaxdir_registry_diagnostic_count(registry) > 0)
        printf("\n%s\n", program_say(program, "Remarks of the build", "Remarques de la construction"));
    int result = report_print_warnings(program, &terminal, registry);
    printf("\n%s %s\n", program_say(program, "Fingerprint", "Empreinte"), summary->fingerprint);
    return result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    bool as_json;
    if (arguments->count != 1)
        return program_usage(program, "info takes one FILE");
    int result = program_format(program, arguments, false, &as_json);
    vaxdir_edition *edition = NULL;
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    if (result != STATUS_DONE)
        return result;
    struct summary summary = {.counts = VAXDIR_COUNTS_INIT,
                              .provider_count = vaxdir_rules_provider_count(program->rules)};
    summary.providers = calloc(summary.provider_count + 1, sizeof(struct tally));
    if (summary.providers == NULL)
        result = program_refuse("there is not enough memory");
    if (result == STATUS_DONE)
        result = summarize(program, edition, &summary);
    if (result == STATUS_DONE)
        result = as_json ? print_json(program, vaxdir_edition_registry(edition), &summary)
                         : print_text(program, vaxdir_edition_registry(edition), &summary);
    free(summary.providers);
    vaxdir_edition_unref(edition);
    return result;
}

const struct command command_info = {"info", "FILE [--format text|json]",
                                     "Count the centres, their booking providers and what is wrong with them.", options,
                                     run};
