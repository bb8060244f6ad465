/* Prints the nearest centres. In JSON the keys and their order are a contract; in text a distance is in metres below
 * one kilometre. */
#include "answers.h"

#include "json.h"
#include "steps.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int search_make(struct search *search)
{
    vaxdir_context *context = search->program->context;
    if (vaxdir_matches_new(context, &search->matches) != VAXDIR_OK ||
        vaxdir_route_new(context, &search->route) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    return STATUS_DONE;
}

void search_release(struct search *search)
{
    search->matches = vaxdir_matches_unref(search->matches);
    search->route = vaxdir_route_unref(search->route);
    search->query.filter = vaxdir_filter_unref(search->query.filter);
}

/* Fields asked for here are of type text, so only a row that is not there could fail. */
static const char *text_of(const struct search *search, uint32_t row, vaxdir_field field)
{
    const char *text = NULL;
    if (vaxdir_edition_text(search->program->context, search->edition, row, field, &text, NULL) != VAXDIR_OK)
        return NULL;
    return text;
}

static int print_json(const struct search *search, uint32_t row, double distance_m, int64_t number)
{
    struct json json = {stdout, false};
    const vaxdir_registry *registry = vaxdir_edition_registry(search->edition);
    vaxdir_context *context = search->program->context;
    double latitude = 0.0;
    double longitude = 0.0;
    if (vaxdir_registry_number(context, registry, row, VAXDIR_FIELD_LATITUDE, &latitude) != VAXDIR_OK ||
        vaxdir_registry_number(context, registry, row, VAXDIR_FIELD_LONGITUDE, &longitude) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    emit_open(&json, NULL, '{');
    if (number >= 0)
        emit_integer(&json, "query", number);
    emit_text(&json, "id", text_of(search, row, VAXDIR_FIELD_ID));
    emit_text(&json, "name", text_of(search, row, VAXDIR_FIELD_NAME));
    emit_number(&json, "latitude", latitude);
    emit_number(&json, "longitude", longitude);
    emit_number(&json, "distance_m", distance_m);
    emit_text(&json, "city", text_of(search, row, VAXDIR_FIELD_CITY));
    emit_text(&json, "postcode", text_of(search, row, VAXDIR_FIELD_POSTCODE));
    emit_text(&json, "provider", text_of(search, row, VAXDIR_FIELD_PROVIDER));
    emit_text(&json, "url", text_of(search, row, VAXDIR_FIELD_LINK_URL));
    emit_text(&json, "phone", text_of(search, row, VAXDIR_FIELD_PHONE_NUMBER));
    int result = steps_json(search->program, &json, "route", search->route);
    emit_close(&json, '}');
    emit_end_line(&json);
    return result;
}

void answer_write_distance(const struct program *program, double distance_m, char *buffer, size_t capacity)
{
    if (distance_m < 999.5)
        snprintf(buffer, capacity, "%.0f m", distance_m);
    else
        snprintf(buffer, capacity, "%.1f km", distance_m / 1000.0);
    char *point = strchr(buffer, '.');
    if (point != NULL)
        *point = *program_say(program, ".", ",");
}

/* Name, then town, on lines of their own where they are too long for one. */
static void print_heading(const struct search *search, const struct terminal *terminal, size_t indent, uint32_t row)
{
    const char *name = text_of(search, row, VAXDIR_FIELD_NAME);
    const char *postcode = text_of(search, row, VAXDIR_FIELD_POSTCODE);
    const char *city = text_of(search, row, VAXDIR_FIELD_CITY);
    const char *id = text_of(search, row, VAXDIR_FIELD_ID);
    char town[512];
    snprintf(town, sizeof town, "%s%s%s", postcode != NULL ? postcode : "", postcode != NULL && city != NULL ? " " : "",
             city != NULL ? city : "");
    terminal_style(terminal, STYLE_BOLD);
    terminal_paragraph(terminal, indent, name != NULL && *name != '\0' ? name : id);
    terminal_style(terminal, STYLE_PLAIN);
    if (town[0] != '\0') {
        terminal_spaces(terminal, indent);
        terminal_paragraph(terminal, indent, town);
    }
}

static int print_text(const struct search *search, const struct terminal *terminal, uint32_t rank, int rank_width,
                      int distance_width, uint32_t row, double distance_m)
{
    char distance[32];
    answer_write_distance(search->program, distance_m, distance, sizeof distance);
    size_t indent = (size_t)rank_width + 2 + (size_t)distance_width + 2;
    fprintf(terminal->stream, "%*lu  %*s  ", rank_width, (unsigned long)rank, distance_width, distance);
    print_heading(search, terminal, indent, row);
    terminal_spaces(terminal, indent);
    return steps_text(search->program, terminal, indent, search->route, false);
}

static void begin_text(const struct search *search, double latitude, double longitude, int64_t number, uint32_t count)
{
    if (number >= 0)
        printf("%s%s %lld (%.5f %.5f)\n", number > 0 ? "\n" : "", program_say(search->program, "query", "requête"),
               (long long)number, latitude, longitude);
    if (count == 0)
        puts(program_say(search->program, "no centre found", "aucun centre trouvé"));
}

int search_answer(struct search *search, double latitude, double longitude, int64_t number)
{
    vaxdir_context *context = search->program->context;
    if (vaxdir_nearest(context, search->edition, latitude, longitude, &search->query, search->matches) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    uint32_t count = vaxdir_matches_count(search->matches);
    const uint32_t *rows = vaxdir_matches_rows(search->matches);
    const double *distances_m = vaxdir_matches_distances_m(search->matches);
    char text[32];
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    int rank_width = snprintf(text, sizeof text, "%lu", (unsigned long)count);
    int distance_width = 0;
    for (uint32_t i = 0; i < count; i++) {
        answer_write_distance(search->program, distances_m[i], text, sizeof text);
        distance_width = (int)strlen(text) > distance_width ? (int)strlen(text) : distance_width;
    }
    if (!search->as_json)
        begin_text(search, latitude, longitude, number, count);
    for (uint32_t i = 0; i < count; i++) {
        if (vaxdir_resolve(context, search->edition, rows[i], &search->visit, search->route) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        int result = search->as_json
                         ? print_json(search, rows[i], distances_m[i], number)
                         : print_text(search, &terminal, i + 1, rank_width, distance_width, rows[i], distances_m[i]);
        if (result != STATUS_DONE)
            return result;
    }
    return STATUS_DONE;
}
