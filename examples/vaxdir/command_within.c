/* vaxdir within: all centres inside an area, in the order of their ids. */
#include "area.h"
#include "commands.h"
#include "record.h"
#include "terminal.h"
#include "values.h"

#include <stdio.h>

static const struct option options[] = {
    {"--limit", 0, "K", "how many centres at the most, default all"},
    {"--feature", 0, "NAME=VALUE", "of the area's GeoJSON, only features with this property"},
    {"--repair", 0, NULL, "mend an area whose polygons are invalid instead of refusing it"},
    {"--format", 0, "text|json", "default text"},
    {NULL, 0, NULL, NULL}};

static int print_json(const struct program *program, const vaxdir_edition *edition, uint32_t row)
{
    struct json json = {stdout, false};
    emit_open(&json, NULL, '{');
    if (record_begin(program, edition, &json, row) != STATUS_DONE)
        return STATUS_REFUSED;
    record_contact(program, edition, &json, row);
    emit_close(&json, '}');
    emit_end_line(&json);
    return STATUS_DONE;
}

/* Id, name and town on a line. */
static void print_text(const struct program *program, const struct terminal *terminal, const vaxdir_edition *edition,
                       uint32_t row)
{
    const char *id = program_text(program, edition, row, VAXDIR_FIELD_ID);
    const char *name = program_text(program, edition, row, VAXDIR_FIELD_NAME);
    const char *postcode = program_text(program, edition, row, VAXDIR_FIELD_POSTCODE);
    const char *city = program_text(program, edition, row, VAXDIR_FIELD_CITY);
    char line[1024];
    snprintf(line, sizeof line, "%s  %s%s%s%s%s", id, name != NULL ? name : "",
             postcode != NULL || city != NULL ? ", " : "", postcode != NULL ? postcode : "",
             postcode != NULL && city != NULL ? " " : "", city != NULL ? city : "");
    terminal_paragraph(terminal, 2, line);
}

static int print_all(const struct program *program, const vaxdir_edition *edition, const vaxdir_matches *matches,
                     bool as_json)
{
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    uint32_t count = vaxdir_matches_count(matches);
    if (count == 0 && !as_json)
        puts(program_say(program, "no centre found", "aucun centre trouvé"));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = vaxdir_matches_rows(matches)[i];
        if (!as_json)
            print_text(program, &terminal, edition, row);
        else if (print_json(program, edition, row) != STATUS_DONE)
            return STATUS_REFUSED;
    }
    return STATUS_DONE;
}

static int run(struct program *program, const struct arguments *arguments)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    const char *limit = arguments_value(arguments, "--limit");
    vaxdir_area *area = NULL;
    vaxdir_edition *edition = NULL;
    vaxdir_matches *matches = NULL;
    bool as_json = false;
    if (arguments->count != 2)
        return program_usage(program, "within takes FILE AREA");
    if (limit != NULL && !value_count(limit, &query.limit))
        return program_usage(program, "--limit is a whole number, not '%s'", limit);
    int result = program_format(program, arguments, false, &as_json);
    if (result == STATUS_DONE)
        result = read_area(program, arguments, arguments->positional[1], &area);
    if (result == STATUS_DONE)
        result = program_open(program, arguments->positional[0], &edition);
    if (result == STATUS_DONE && (vaxdir_matches_new(program->context, &matches) != VAXDIR_OK ||
                                  vaxdir_within(program->context, edition, area, &query, matches) != VAXDIR_OK))
        result = program_fail(program, NULL);
    if (result == STATUS_DONE)
        result = print_all(program, edition, matches, as_json);
    vaxdir_matches_unref(matches);
    vaxdir_edition_unref(edition);
    vaxdir_area_unref(area);
    return result;
}

const struct command command_within = {"within", "FILE AREA [OPTION...]",
                                       "List the centres inside an area, a file of GeoJSON or WKT.", options, run};
