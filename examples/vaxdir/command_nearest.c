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

/* Several providers mean any of them. */
static int make_filter(const struct program *program, const struct arguments *arguments, vaxdir_filter **ret_filter)
{
    const char **values = malloc((arguments->given_count + 1) * sizeof *values);
    size_t count = 0;
    if (values == NULL)
        return program_refuse("there is not enough memory");
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, "--provider") != 0)
            continue;
        values[count++] = arguments->given[i].value;
        if (!is_known_provider(program, arguments->given[i].value))
            program_refuse("no provider of these rules has the id '%s'", arguments->given[i].value);
    }
    int result = STATUS_DONE;
    if (count > 0 &&
        vaxdir_filter_in(program->context, VAXDIR_FIELD_PROVIDER, values, NULL, count, ret_filter) != VAXDIR_OK)
        result = program_fail(program, NULL);
    free(values);
    return result;
}

/* Narrows a filter, which may be NULL, to the area of --within. */
static int add_area(const struct program *program, const struct arguments *arguments, vaxdir_filter **filter)
{
    const char *path = arguments_value(arguments, "--within");
    vaxdir_area *area = NULL;
    vaxdir_filter *parts[2] = {*filter, NULL};
    vaxdir_filter *both = NULL;
    if (path == NULL)
        return STATUS_DONE;
    int result = read_area(program, arguments, path, &area);
    if (result != STATUS_DONE)
        return result;
    if (vaxdir_filter_area(program->context, area, &parts[1]) != VAXDIR_OK ||
        vaxdir_filter_and(program->context, *filter == NULL ? parts + 1 : parts, *filter == NULL ? 1 : 2, &both) !=
            VAXDIR_OK)
        result = program_fail(program, NULL);
    vaxdir_area_unref(area);
    vaxdir_filter_unref(parts[1]);
    if (result == STATUS_DONE) {
        vaxdir_filter_unref(*filter);
        *filter = both;
    }
    return result;
}

static int search_file(struct search *search, struct program *program, const struct arguments *arguments,
                       double latitude, double longitude)
{
    const char *batch = arguments_value(arguments, "--batch");
    vaxdir_edition *edition = NULL;
    int result = make_filter(program, arguments, &search->query.filter);
    if (result == STATUS_DONE)
        result = add_area(program, arguments, &search->query.filter);
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    search->edition = edition;
    if (result == STATUS_DONE)
        result = search_make(search);
    if (result == STATUS_DONE)
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
