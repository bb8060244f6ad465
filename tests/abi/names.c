/* names.c: the running library against tests/abi/numbers.tsv.
 * Invariant: each registered number has a name of its own and is supported, codes have a sentence in every language,
 * and a number that nobody registered is unknown. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

static const struct {
    const char *kind;
    const char *name;
    int64_t number;
} registered[] = {
#include "numbers.inc"
};

enum { REGISTERED = sizeof registered / sizeof *registered };

static int problems;

static void problem(const char *what, const char *kind, int64_t number)
{
    printf("%s %ld: %s\n", kind, (long)number, what);
    problems++;
}

static const char *status_name(int64_t number)
{
    const char *name = vaxdir_status_name((vaxdir_status)number);
    return strcmp(name, "unknown") == 0 ? NULL : name;
}

static const char *field_name(int64_t number)
{
    return vaxdir_field_name((vaxdir_field)number);
}

static const char *diagnostic_name(int64_t number)
{
    return vaxdir_diagnostic_name((int32_t)number);
}

static const char *verdict_name(int64_t number)
{
    return vaxdir_verdict_name((int32_t)number);
}

static const char *reason_name(int64_t number)
{
    return vaxdir_link_reason_name((int32_t)number);
}

static const char *warning_name(int64_t number)
{
    return vaxdir_link_warning_name((uint32_t)number);
}

static const char *step_kind_name(int64_t number)
{
    return vaxdir_step_kind_name((int32_t)number);
}

static const char *step_reason_name(int64_t number)
{
    return vaxdir_step_reason_name((int32_t)number);
}

static const char *state_name(int64_t number)
{
    return vaxdir_state_name((int32_t)number);
}

static const char *search_reason_name(int64_t number)
{
    return vaxdir_search_reason_name((int32_t)number);
}

static const char *relaxation_name(int64_t number)
{
    return vaxdir_relaxation_name((int32_t)number);
}

static const char *phone_reason_name(int64_t number)
{
    return vaxdir_phone_reason_name((int32_t)number);
}

static const char *eligibility_name(int64_t number)
{
    return vaxdir_eligibility_name((int32_t)number);
}

/* What the library can say about the numbers of a kind; 0 and NULL where it has nothing of the sort. */
static const struct kind {
    const char *kind;
    uint32_t feature;
    uint32_t text;
    const char *(*name)(int64_t number);
} kinds[] = {
    {"status", VAXDIR_FEATURE_STATUS, 0, status_name},
    {"field", VAXDIR_FEATURE_FIELD, 0, field_name},
    {"diagnostic", VAXDIR_FEATURE_DIAGNOSTIC, VAXDIR_TEXT_DIAGNOSTIC, diagnostic_name},
    {"verdict", VAXDIR_FEATURE_VERDICT, 0, verdict_name},
    {"link-reason", VAXDIR_FEATURE_LINK_REASON, VAXDIR_TEXT_LINK_REASON, reason_name},
    {"link-warning", VAXDIR_FEATURE_LINK_WARNING, VAXDIR_TEXT_LINK_WARNING, warning_name},
    {"step-kind", VAXDIR_FEATURE_STEP_KIND, 0, step_kind_name},
    {"step-reason", VAXDIR_FEATURE_STEP_REASON, VAXDIR_TEXT_STEP_REASON, step_reason_name},
    {"state", VAXDIR_FEATURE_STATE, 0, state_name},
    {"input", VAXDIR_FEATURE_INPUT_FORMAT, 0, NULL},
    {"search-reason", VAXDIR_FEATURE_SEARCH_REASON, VAXDIR_TEXT_SEARCH_REASON, search_reason_name},
    {"relaxation", VAXDIR_FEATURE_RELAXATION, VAXDIR_TEXT_RELAXATION, relaxation_name},
    {"operator", VAXDIR_FEATURE_OPERATOR, 0, NULL},
    {"phone-reason", VAXDIR_FEATURE_PHONE_REASON, VAXDIR_TEXT_PHONE_REASON, phone_reason_name},
    {"eligibility", VAXDIR_FEATURE_ELIGIBILITY, 0, eligibility_name},
};

static int is_registered(const char *kind, int64_t number)
{
    for (size_t i = 0; i < REGISTERED; i++)
        if (strcmp(registered[i].kind, kind) == 0 && registered[i].number == number)
            return 1;
    return 0;
}

static void check_name(const struct kind *kind, int64_t number)
{
    const char *name = kind->name(number);
    if (name == NULL || *name == '\0') {
        problem("has no name", kind->kind, number);
        return;
    }
    for (const char *at = name; *at != '\0'; at++)
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-_+", *at) == NULL)
            problem("has a name that is no plain word", kind->kind, number);
    for (size_t i = 0; i < REGISTERED; i++) {
        if (strcmp(registered[i].kind, kind->kind) != 0 || registered[i].number == number)
            continue;
        const char *other = kind->name(registered[i].number);
        if (other != NULL && strcmp(other, name) == 0)
            problem("shares its name with another", kind->kind, number);
    }
    if (strcmp(kind->kind, "field") == 0 && vaxdir_field_find(name, strlen(name)) != (vaxdir_field)number)
        problem("is not found by its name", kind->kind, number);
}

static void check_sentence(vaxdir_context *context, const struct kind *kind, int64_t number)
{
    static const char *const languages[] = {"en", "fr"};
    static const char *const parameters[] = {"first", "second", "third", "fourth"};
    char plain[2][1000], full[1000];
    for (size_t i = 0; i < 2; i++) {
        size_t length = 0;
        if (vaxdir_text(context, kind->text, (int32_t)number, languages[i], NULL, 0, plain[i], sizeof plain[i],
                        &length) != VAXDIR_OK ||
            length < 5 || length != strlen(plain[i]))
            problem("has no sentence", kind->kind, number);
        if (vaxdir_text(context, kind->text, (int32_t)number, languages[i], parameters, 4, full, sizeof full,
                        &length) != VAXDIR_OK ||
            length != strlen(full) || strchr(full, '%') != NULL || strchr(full, '{') != NULL)
            problem("has no sentence with its parameters", kind->kind, number);
    }
    if (strcmp(plain[0], plain[1]) == 0)
        problem("says the same in both languages", kind->kind, number);
}

static void check_kind(vaxdir_context *context, const struct kind *kind)
{
    int found = 0;
    for (size_t i = 0; i < REGISTERED; i++) {
        if (strcmp(registered[i].kind, kind->kind) != 0)
            continue;
        int64_t number = registered[i].number;
        found++;
        if (vaxdir_feature_supported(kind->feature, number) != 1)
            problem("is not supported", kind->kind, number);
        if (strcmp(registered[i].name, "VAXDIR_LINK_REASON_NONE") == 0 ||
            strcmp(registered[i].name, "VAXDIR_PHONE_REASON_NONE") == 0)
            continue; /* the reason of a link or phone that needs none */
        if (kind->name != NULL)
            check_name(kind, number);
        if (kind->text != 0)
            check_sentence(context, kind, number);
    }
    if (found == 0)
        problem("no such kind in the registry", kind->kind, 0);
    for (int64_t number = -40; number < 3000; number++)
        if (!is_registered(kind->kind, number)) {
            if (vaxdir_feature_supported(kind->feature, number) != 0)
                problem("is supported, but not registered", kind->kind, number);
            if (kind->name != NULL && kind->name(number) != NULL)
                problem("has a name, but is not registered", kind->kind, number);
        }
    if (vaxdir_feature_supported(kind->feature, INT64_MAX) != 0 ||
        vaxdir_feature_supported(kind->feature, INT64_MIN) != 0 ||
        vaxdir_feature_supported(kind->feature, registered[0].number + (INT64_C(1) << 32)) != 0)
        problem("a number beyond 32 bits is supported", kind->kind, 0);
}

int main(void)
{
    vaxdir_context *context = NULL;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        check_kind(context, &kinds[i]);
    for (uint32_t kind = 0; kind < 100; kind++)
        if (!is_registered("feature", kind) && vaxdir_feature_supported(kind, 1) != 0)
            problem("answers, but is not registered", "feature", kind);
    vaxdir_context_unref(context);
    printf("%d numbers, %d problems\n", REGISTERED, problems);
    return problems == 0 ? 0 : 1;
}
