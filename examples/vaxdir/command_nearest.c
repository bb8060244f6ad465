/* vaxdir nearest: the centres nearest to a position, or to each of many, and how to book there. */
#include "answers.h"
#include "area.h"
#include "commands.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"--limit", 0, "K", "how many centres at the most, default 10"},
    {"--max-distance", 0, "METRES", "no centre farther than this; 0 is no bound"},
    {"--provider", 0, "ID", "only centres of this booking provider; again for any of several"},
    {"--department", 0, "CODE", "only centres of this département; again for any of several"},
    {"--region", 0, "NAME", "only centres of this region; again for any of several"},
    {"--kind", 0, "KIND", "only centres of this kind; again for any of several"},
    {"--filter", 0, "TEXT", "only centres that pass, such as \"postcode LIKE '57%' AND closed = 'no'\""},
    {"--explain", 0, "ID", "say why this centre is or is not in the answer, and what would bring more"},
    {"--within", 0, "AREA", "only centres inside this area, a file of GeoJSON or WKT"},
    {"--feature", 0, "NAME=VALUE", "of the area's GeoJSON, only features with this property"},
    {"--repair", 0, NULL, "mend an area whose polygons are invalid instead of refusing it"},
    {"--at", 0, "INSTANT", "when to book, as 2021-01-18T08:00:00+01:00; default now"},
    {"--born", 0, "YYYY-MM-DD", "birth date of who wants to go there; it is not kept"},
    {"--batch", 0, "QUERIES.csv", "answer many positions, from columns lat and lon, in JSON"},
    {"--format", 0, "text|json", "default text; json for a batch"},
    {NULL, 0, NULL, NULL}};

static int read_query(const struct program *program, const struct arguments *arguments, vaxdir_query *query)
{
    const char *limit = arguments_value(arguments, "--limit");
    const char *distance = arguments_value(arguments, "--max-distance");
    if (limit != NULL && !value_count(limit, &query->limit))
        return program_usage(program, "--limit is a whole number, not '%s'", limit);
    if (arguments_value(arguments, "--within") == NULL &&
        (arguments_value(arguments, "--feature") != NULL || arguments_value(arguments, "--repair") != NULL))
        return program_usage(program, "--feature and --repair belong to --within");
    if (distance != NULL && (!value_number(distance, &query->max_distance_m) || query->max_distance_m < 0.0))
        return program_usage(program, "--max-distance is a number of metres, not '%s'", distance);
    return STATUS_DONE;
}

static int read_position(const struct program *program, const struct arguments *arguments, double *ret_latitude,
                         double *ret_longitude)
{
    if (arguments->count != 3)
        return program_usage(program, "nearest takes FILE LAT LON, or FILE with --batch");
    if (!value_number(arguments->positional[1], ret_latitude))
        return program_usage(program, "the latitude is no number: '%s'", arguments->positional[1]);
    if (*ret_latitude < -90.0 || *ret_latitude > 90.0)
        return program_usage(program, "the latitude is not between -90 and 90: %s", arguments->positional[1]);
    if (!value_number(arguments->positional[2], ret_longitude))
        return program_usage(program, "the longitude is no number: '%s'", arguments->positional[2]);
    return STATUS_DONE;
}

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

/* All options together, each of which must hold. */
static int make_filter(const struct program *program, const struct arguments *arguments, vaxdir_filter **ret_filter)
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

static int search_file(struct search *search, struct program *program, const struct arguments *arguments,
                       double latitude, double longitude)
{
    const char *batch = arguments_value(arguments, "--batch");
    const char *explained = arguments_value(arguments, "--explain");
    vaxdir_edition *edition = NULL;
    int result = make_filter(program, arguments, &search->query.filter);
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    search->edition = edition;
    if (result == STATUS_DONE)
        result = search_make(search);
    if (result == STATUS_DONE && explained != NULL)
        result = search_explain(search, latitude, longitude, arguments->positional[0], explained);
    else if (result == STATUS_DONE)
        result = batch != NULL ? search_batch(search, batch) : search_answer(search, latitude, longitude, -1);
    search_release(search);
    vaxdir_edition_unref(edition);
    return result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    struct search search = {.program = program, .query = VAXDIR_QUERY_INIT, .visit = VAXDIR_VISIT_INIT};
    bool batch = arguments_value(arguments, "--batch") != NULL;
    double latitude = 0.0;
    double longitude = 0.0;
    int result = STATUS_DONE;
    if (batch && arguments->count != 1)
        result = program_usage(program, "nearest --batch takes one FILE and no position");
    else if (batch && arguments_value(arguments, "--explain") != NULL)
        result = program_usage(program, "--explain takes one position, not --batch");
    else if (!batch)
        result = read_position(program, arguments, &latitude, &longitude);
    if (result == STATUS_DONE)
        result = program_format(program, arguments, batch, &search.as_json);
    if (result == STATUS_DONE)
        result = read_query(program, arguments, &search.query);
    if (result == STATUS_DONE)
        result = program_visit(program, arguments, &search.visit);
    return result == STATUS_DONE ? search_file(&search, program, arguments, latitude, longitude) : result;
}

const struct command command_nearest = {"nearest", "FILE LAT LON [OPTION...] | FILE --batch QUERIES.csv [OPTION...]",
                                        "Find the nearest centres, and say how to book at each.", options, run};
