/* The filter of vaxdir nearest: all options that are conditions, each of which must hold. */
#include "conditions.h"

#include "area.h"

#include <stdlib.h>
#include <string.h>

static bool is_known_provider(const struct program *program, const char *id)
{
    for (uint32_t i = 0; i < vaxdir_rules_provider_count(program->rules); i++) {
        const char *known = NULL;
        if (vaxdir_rules_provider(program->context, program->rules, i, &known, NULL) == VAXDIR_OK &&
            strcmp(known, id) == 0)
            return true;
    }
    return false;
}

/* The options that are a field with one of some values. */
static const struct {
    const char *name;
    vaxdir_field field;
} field_options[] = {{"--provider", VAXDIR_FIELD_PROVIDER},
                     {"--department", VAXDIR_FIELD_DEPARTMENT},
                     {"--region", VAXDIR_FIELD_REGION},
                     {"--kind", VAXDIR_FIELD_KIND}};
enum { FIELD_OPTIONS = sizeof field_options / sizeof field_options[0] };

/* An option that is given several times means any of its values. NULL where it is not given. */
static int make_in(const struct program *program, const struct arguments *arguments, size_t option,
                   vaxdir_filter **ret_filter)
{
    const char **values = malloc((arguments->given_count + 1) * sizeof *values);
    size_t count = 0;
    if (values == NULL)
        return program_refuse("there is not enough memory");
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, field_options[option].name) != 0)
            continue;
        values[count++] = arguments->given[i].value;
        if (field_options[option].field == VAXDIR_FIELD_PROVIDER &&
            !is_known_provider(program, arguments->given[i].value))
            program_refuse("no provider of these rules has the id '%s'", arguments->given[i].value);
    }
    int result = STATUS_DONE;
    if (count > 0 &&
        vaxdir_filter_in(program->context, field_options[option].field, values, NULL, count, ret_filter) != VAXDIR_OK)
        result = program_fail(program, NULL);
    free(values);
    return result;
}

static int parse_filter(const struct program *program, const char *text, vaxdir_filter **ret_filter)
{
    if (text == NULL || vaxdir_filter_parse(program->context, text, strlen(text), ret_filter) == VAXDIR_OK)
        return STATUS_DONE;
    const vaxdir_error *error = vaxdir_context_error(program->context);
    if (error->column < 1)
        return program_fail(program, NULL);
    return program_usage(program, "--filter, column %lld: %s", (long long)error->column, error->message);
}

/* The condition of --within; NULL where it is not given. */
static int make_area(const struct program *program, const struct arguments *arguments, vaxdir_filter **ret_filter)
{
    const char *path = arguments_value(arguments, "--within");
    vaxdir_area *area = NULL;
    if (path == NULL)
        return STATUS_DONE;
    int result = read_area(program, arguments, path, &area);
    if (result == STATUS_DONE && vaxdir_filter_area(program->context, area, ret_filter) != VAXDIR_OK)
        result = program_fail(program, NULL);
    vaxdir_area_unref(area);
    return result;
}

int make_conditions(const struct program *program, const struct arguments *arguments, vaxdir_filter **ret_filter)
{
    vaxdir_filter *parts[FIELD_OPTIONS + 2] = {NULL};
    size_t count = 0;
    int result = parse_filter(program, arguments_value(arguments, "--filter"), &parts[0]);
    count += parts[0] != NULL;
    for (size_t i = 0; result == STATUS_DONE && i < FIELD_OPTIONS; i++) {
        result = make_in(program, arguments, i, &parts[count]);
        count += parts[count] != NULL;
    }
    if (result == STATUS_DONE) {
        result = make_area(program, arguments, &parts[count]);
        count += parts[count] != NULL;
    }
    if (result == STATUS_DONE && count > 0 &&
        vaxdir_filter_and(program->context, parts, count, ret_filter) != VAXDIR_OK)
        result = program_fail(program, NULL);
    while (count > 0)
        vaxdir_filter_unref(parts[--count]);
    return result;
}
