/* vaxdir nearest: the centres nearest to a position, or to each of many, and how to book there. */
#include "answers.h"
#include "commands.h"
#include "conditions.h"
#include "values.h"

#include <string.h>

static const struct option options[] = {
    {"--limit", 0, "K", "how many centres at the most, default 10"},
    {"--max-distance", 0, "METRES", "no centre farther than this; 0 is no bound"},
    {"--min-distance", 0, "METRES", "no centre nearer than this"},
    {"--radius", 0, "METRES", "all centres within this distance, or the nearest --limit of them"},
    {"--all-ties", 0, NULL, "all centres as far as the last one, beyond the limit"},
    {"--bearing", 0, NULL, "tell the direction of each centre in degrees, 0 is north, 90 east"},
    {"--provider", 0, "ID", "only centres of this booking provider; again for any of several"},
    {"--department", 0, "CODE", "only centres of this département; again for any of several"},
    {"--region", 0, "NAME", "only centres of this region; again for any of several"},
    {"--kind", 0, "KIND", "only centres of this kind; again for any of several"},
    {"--filter", 0, "TEXT", "only centres that pass, such as \"postcode LIKE '57%' AND closed = 'no'\""},
    {"--without-position", 0, NULL, "list the centres that have no position, too"},
    {"--next", 0, NULL, "give a page of --limit centres, and the token of the next page"},
    {"--page", 0, "TOKEN", "the page of this token, for the same position and options"},
    {"--work-limit", 0, "N", "stop after looking at N centres, and tell how far the answer is complete"},
    {"--explain", 0, "ID", "say why this centre is or is not in the answer, and what would bring more"},
    {"--within", 0, "AREA", "only centres inside this area, a file of GeoJSON or WKT"},
    {"--feature", 0, "NAME=VALUE", "of the area's GeoJSON, only features with this property"},
    {"--repair", 0, NULL, "mend an area whose polygons are invalid instead of refusing it"},
    {"--at", 0, "INSTANT", "when to book, as 2021-01-18T08:00:00+01:00; default now"},
    PROGRAM_PERSON_OPTIONS,
    {"--eligible", 0, NULL, "not where the campaign says no to this person"},
    {"--open", 0, NULL, "not where the centre is closed at that instant"},
    {"--sure", 0, NULL, "with --eligible or --open: not where it is unknown, either"},
    {"--batch", 0, "QUERIES.csv", "answer many positions, from columns lat and lon"},
    {"--format", 0, "text|json|csv", "default text; json for a batch, csv for nothing else"},
    {NULL, 0, NULL, NULL}};

/* A distance, where the option is given. */
static int read_distance(const struct program *program, const struct arguments *arguments, const char *name,
                         double *ret_distance_m)
{
    const char *text = arguments_value(arguments, name);
    if (text != NULL && (!value_number(text, ret_distance_m) || *ret_distance_m < 0.0))
        return program_usage(program, "%s is a number of metres, not '%s'", name, text);
    return STATUS_DONE;
}

static int read_count(const struct program *program, const struct arguments *arguments, const char *name,
                      uint32_t *ret_count)
{
    const char *text = arguments_value(arguments, name);
    if (text != NULL && !value_count(text, ret_count))
        return program_usage(program, "%s is a whole number, not '%s'", name, text);
    return STATUS_DONE;
}

static int read_query(const struct program *program, const struct arguments *arguments, struct search *search)
{
    vaxdir_query *query = &search->query;
    int result = read_count(program, arguments, "--limit", &query->limit);
    if (result == STATUS_DONE)
        result = read_count(program, arguments, "--work-limit", &query->work_limit);
    if (result == STATUS_DONE)
        result = read_distance(program, arguments, "--max-distance", &query->max_distance_m);
    if (result == STATUS_DONE)
        result = read_distance(program, arguments, "--min-distance", &query->min_distance_m);
    if (result == STATUS_DONE)
        result = read_distance(program, arguments, "--radius", &search->radius_m);
    query->flags |= arguments_value(arguments, "--all-ties") != NULL ? (uint32_t)VAXDIR_QUERY_ALL_TIES : 0;
    query->flags |= arguments_value(arguments, "--bearing") != NULL ? (uint32_t)VAXDIR_QUERY_BEARINGS : 0;
    bool sure = arguments_value(arguments, "--sure") != NULL;
    if (arguments_value(arguments, "--eligible") != NULL)
        query->flags |= sure ? VAXDIR_QUERY_ELIGIBLE_SURE : VAXDIR_QUERY_ELIGIBLE;
    if (arguments_value(arguments, "--open") != NULL)
        query->flags |= sure ? VAXDIR_QUERY_OPEN_SURE : VAXDIR_QUERY_OPEN;
    query->visit = &search->visit;
    search->without_position = arguments_value(arguments, "--without-position") != NULL;
    search->token = arguments_value(arguments, "--page");
    search->paged = search->token != NULL || arguments_value(arguments, "--next") != NULL;
    return result;
}

/* Options that contradict one another. */
static int check_options(const struct program *program, const struct arguments *arguments, const struct search *search)
{
    static const struct {
        const char *one, *other;
    } pairs[] = {
        {"--radius", "--max-distance"},
        {"--radius", "--all-ties"},
        {"--radius", "--explain"},
        {"--next", "--all-ties"},
        {"--page", "--all-ties"},
        {"--next", "--explain"},
        {"--page", "--explain"},
        {"--next", "--batch"},
        {"--page", "--batch"},
        {"--explain", "--batch"},
        {"--explain", "--bearing"},
        {"--explain", "--work-limit"},
        {"--explain", "--without-position"},
        {"--batch", "--without-position"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (arguments_value(arguments, pairs[i].one) != NULL && arguments_value(arguments, pairs[i].other) != NULL)
            return program_usage(program, "%s does not go with %s", pairs[i].one, pairs[i].other);
    if (arguments_value(arguments, "--within") == NULL &&
        (arguments_value(arguments, "--feature") != NULL || arguments_value(arguments, "--repair") != NULL))
        return program_usage(program, "--feature and --repair belong to --within");
    if (arguments_value(arguments, "--sure") != NULL && arguments_value(arguments, "--eligible") == NULL &&
        arguments_value(arguments, "--open") == NULL)
        return program_usage(program, "--sure belongs to --eligible or --open");
    if (search->format == FORMAT_CSV && arguments_value(arguments, "--batch") == NULL)
        return program_usage(program, "--format csv is for --batch");
    if (search->format == FORMAT_CSV && search->query.work_limit != 0)
        return program_usage(program, "--work-limit does not go with --format csv, which cannot tell what is missing");
    return STATUS_DONE;
}

static int read_format(const struct program *program, const struct arguments *arguments, enum search_format *ret_format)
{
    const char *format = arguments_value(arguments, "--format");
    bool batch = arguments_value(arguments, "--batch") != NULL;
    *ret_format = batch ? FORMAT_JSON : FORMAT_TEXT;
    if (format == NULL)
        return STATUS_DONE;
    if (strcmp(format, "text") == 0)
        *ret_format = FORMAT_TEXT;
    else if (strcmp(format, "json") == 0)
        *ret_format = FORMAT_JSON;
    else if (strcmp(format, "csv") == 0)
        *ret_format = FORMAT_CSV;
    else
        return program_usage(program, "--format is text, json or csv, not '%s'", format);
    return STATUS_DONE;
}

static int read_position(const struct program *program, const struct arguments *arguments, double *ret_latitude,
                         double *ret_longitude)
{
    if (arguments->count != 3)
        return program_usage(program, "nearest takes FILE LAT LON, or FILE with --batch");
    /* Where somebody is, is not repeated: what is printed here may be logged. */
    if (!value_number(arguments->positional[1], ret_latitude))
        return program_usage(program, "the latitude is no number; it looks like 49.1193");
    if (*ret_latitude < -90.0 || *ret_latitude > 90.0)
        return program_usage(program, "the latitude is not between -90 and 90");
    if (!value_number(arguments->positional[2], ret_longitude))
        return program_usage(program, "the longitude is no number; it looks like 6.1757");
    return STATUS_DONE;
}

static int search_file(struct search *search, struct program *program, const struct arguments *arguments,
                       double latitude, double longitude)
{
    const char *batch = arguments_value(arguments, "--batch");
    const char *explained = arguments_value(arguments, "--explain");
    int result = make_conditions(program, arguments, &search->query.filter);
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &search->edition);
    if (result == STATUS_DONE)
        result = search_make(search);
    if (result == STATUS_DONE && explained != NULL)
        result = search_explain(search, latitude, longitude, arguments->positional[0], explained);
    else if (result == STATUS_DONE && batch != NULL)
        result = search_batch(search, batch);
    else if (result == STATUS_DONE)
        result = (search->paged ? search_page : search_answer)(search, latitude, longitude);
    vaxdir_edition_unref(search->edition);
    search_release(search);
    return result;
}

static int run(struct program *program, const struct arguments *arguments)
{
    struct search search = {
        .program = program, .query = VAXDIR_QUERY_INIT, .visit = VAXDIR_VISIT_INIT, .radius_m = -1.0};
    bool batch = arguments_value(arguments, "--batch") != NULL;
    double latitude = 0.0;
    double longitude = 0.0;
    int result = STATUS_DONE;
    if (batch && arguments->count != 1)
        result = program_usage(program, "nearest --batch takes one FILE and no position");
    else if (!batch)
        result = read_position(program, arguments, &latitude, &longitude);
    if (result == STATUS_DONE)
        result = read_format(program, arguments, &search.format);
    if (result == STATUS_DONE)
        result = read_query(program, arguments, &search);
    if (result == STATUS_DONE)
        result = check_options(program, arguments, &search);
    if (result == STATUS_DONE)
        result = program_visit(program, arguments, &search.visit);
    return result == STATUS_DONE ? search_file(&search, program, arguments, latitude, longitude) : result;
}

const struct command command_nearest = {"nearest", "FILE LAT LON [OPTION...] | FILE --batch QUERIES.csv [OPTION...]",
                                        "Find the nearest centres, and say how to book at each.", options, run};
