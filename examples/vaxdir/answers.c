/* Prints the nearest centres. In JSON the keys and their order are a contract; in text a distance is in metres below
 * one kilometre. */
#include "answers.h"

#include "record.h"
#include "steps.h"
#include "terminal.h"

#include <math.h>
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

struct answer answer_of(const vaxdir_matches *matches)
{
    return (struct answer){vaxdir_matches_count(matches), vaxdir_matches_rows(matches),
                           vaxdir_matches_distances_m(matches), vaxdir_matches_bearings_deg(matches)};
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

int answer_print_json(const struct search *search, const struct answer *answer)
{
    struct json json = {stdout, false};
    for (uint32_t i = 0; i < answer->count; i++) {
        emit_open(&json, NULL, '{');
        if (record_begin(search->program, search->edition, &json, answer->rows[i]) != STATUS_DONE)
            return STATUS_REFUSED;
        emit_number(&json, "distance_m", answer->distances_m[i]);
        if (answer->bearings_deg != NULL)
            emit_number(&json, "bearing_deg", answer->bearings_deg[i]);
        if (record_end(search, &json, answer->rows[i]) != STATUS_DONE)
            return STATUS_REFUSED;
    }
    return STATUS_DONE;
}

/* --- text --------------------------------------------------------------------------------------------------------- */

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

/* Where a centre is: its distance, and its bearing in whole degrees, 0 being north; nothing without a position. */
static void write_place(const struct search *search, const struct answer *answer, uint32_t i, char *buffer,
                        size_t capacity)
{
    buffer[0] = '\0';
    if (isnan(answer->distances_m[i]))
        return;
    answer_write_distance(search->program, answer->distances_m[i], buffer, capacity);
    if (answer->bearings_deg == NULL)
        return;
    size_t length = strlen(buffer);
    if (isnan(answer->bearings_deg[i]))
        snprintf(buffer + length, capacity - length, "    -");
    else
        snprintf(buffer + length, capacity - length, " %3.0f°", fmod(round(answer->bearings_deg[i]), 360.0));
}

/* Name, then town, on lines of their own where they are too long for one. */
static void print_heading(const struct search *search, const struct terminal *terminal, size_t indent, uint32_t row)
{
    const char *name = program_text(search->program, search->edition, row, VAXDIR_FIELD_NAME);
    const char *postcode = program_text(search->program, search->edition, row, VAXDIR_FIELD_POSTCODE);
    const char *city = program_text(search->program, search->edition, row, VAXDIR_FIELD_CITY);
    const char *id = program_text(search->program, search->edition, row, VAXDIR_FIELD_ID);
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

/* The columns before a heading. */
struct columns {
    int rank;
    size_t place;
};

static struct columns measure_columns(const struct search *search, const struct answer *answer)
{
    char text[64];
    struct columns columns = {snprintf(text, sizeof text, "%lu", (unsigned long)answer->count), 0};
    for (uint32_t i = 0; i < answer->count; i++) {
        write_place(search, answer, i, text, sizeof text);
        columns.place = terminal_columns(text) > columns.place ? terminal_columns(text) : columns.place;
    }
    return columns;
}

static int print_centre(const struct search *search, const struct terminal *terminal, const struct columns *columns,
                        const struct answer *answer, uint32_t i)
{
    char place[64];
    if (vaxdir_resolve(search->program->context, search->edition, answer->rows[i], &search->visit, search->route) !=
        VAXDIR_OK)
        return program_fail(search->program, NULL);
    write_place(search, answer, i, place, sizeof place);
    size_t indent = (size_t)columns->rank + 2 + columns->place + (columns->place > 0 ? 2 : 0);
    fprintf(terminal->stream, "%*lu  ", columns->rank, (unsigned long)i + 1);
    terminal_spaces(terminal, columns->place - terminal_columns(place));
    fprintf(terminal->stream, "%s%s", place, columns->place > 0 ? "  " : "");
    print_heading(search, terminal, indent, answer->rows[i]);
    terminal_spaces(terminal, indent);
    return steps_text(search->program, terminal, indent, search->route, false);
}

int answer_print_text(const struct search *search, const struct answer *answer, double latitude, double longitude,
                      int64_t number)
{
    struct terminal terminal;
    terminal_init(&terminal, stdout);
    struct columns columns = measure_columns(search, answer);
    if (number >= 0)
        printf("%s%s %lld (%.5f %.5f)\n", number > 0 ? "\n" : "", program_say(search->program, "query", "requête"),
               (long long)number, latitude, longitude);
    if (answer->count == 0)
        puts(program_say(search->program, "no centre found", "aucun centre trouvé"));
    for (uint32_t i = 0; i < answer->count; i++)
        if (print_centre(search, &terminal, &columns, answer, i) != STATUS_DONE)
            return STATUS_REFUSED;
    return STATUS_DONE;
}

/* --- what belongs to an answer ------------------------------------------------------------------------------------ */

void answer_print_complete(const struct search *search, double complete_to_m, int64_t number)
{
    char distance[32];
    if (isinf(complete_to_m))
        return;
    if (search->format == FORMAT_JSON) {
        struct json json = {stdout, false};
        emit_open(&json, NULL, '{');
        if (number >= 0)
            emit_integer(&json, "query", number);
        emit_number(&json, "complete_to_m", complete_to_m);
        emit_close(&json, '}');
        emit_end_line(&json);
    } else if (search->format == FORMAT_TEXT) {
        /* Rounded down, so that it is true. */
        answer_write_distance(search->program,
                              complete_to_m < 1000 ? floor(complete_to_m) : floor(complete_to_m / 100) * 100, distance,
                              sizeof distance);
        printf(program_say(search->program, "The work limit was reached: complete up to %s only\n",
                           "Limite de travail atteinte : complet jusqu'à %s seulement\n"),
               distance);
    }
}

int answer_print_without_position(struct search *search)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = search->query.filter;
    if (search->format == FORMAT_JSON && !search->without_position)
        return STATUS_DONE;
    if (vaxdir_without_position(search->program->context, search->edition, &query, search->matches) != VAXDIR_OK)
        return program_fail(search->program, NULL);
    struct answer answer = answer_of(search->matches);
    if (answer.count == 0)
        return STATUS_DONE;
    if (search->format == FORMAT_JSON)
        return answer_print_json(search, &answer);
    printf(program_say(search->program, "Without a position, and so at no distance: %lu%s\n",
                       "Sans position, donc à aucune distance : %lu%s\n"),
           (unsigned long)answer.count,
           search->without_position
               ? ""
               : program_say(search->program, "; --without-position lists them", " ; --without-position les liste"));
    return search->without_position ? answer_print_text(search, &answer, 0, 0, -1) : STATUS_DONE;
}

/* --- searches ----------------------------------------------------------------------------------------------------- */

int search_find(struct search *search, double latitude, double longitude)
{
    vaxdir_context *context = search->program->context;
    vaxdir_status status =
        search->radius_m < 0
            ? vaxdir_nearest(context, search->edition, latitude, longitude, &search->query, search->matches)
            : vaxdir_within_radius(context, search->edition, latitude, longitude, search->radius_m, &search->query,
                                   search->matches);
    return status == VAXDIR_OK ? STATUS_DONE : program_fail(search->program, NULL);
}

int search_answer(struct search *search, double latitude, double longitude)
{
    int result = search_find(search, latitude, longitude);
    if (result != STATUS_DONE)
        return result;
    double complete_to_m = vaxdir_matches_complete_to_m(search->matches);
    struct answer answer = answer_of(search->matches);
    result = search->format == FORMAT_JSON ? answer_print_json(search, &answer)
                                           : answer_print_text(search, &answer, latitude, longitude, -1);
    if (result != STATUS_DONE)
        return result;
    answer_print_complete(search, complete_to_m, -1);
    return answer_print_without_position(search);
}

/* The next page's token, where there is one. */
static void print_next(const struct search *search, const char *token)
{
    if (search->format == FORMAT_JSON) {
        struct json json = {stdout, false};
        emit_open(&json, NULL, '{');
        emit_text(&json, "next", token);
        emit_close(&json, '}');
        emit_end_line(&json);
    } else if (token != NULL) {
        printf(program_say(search->program, "The next page: --page %s\n", "Page suivante : --page %s\n"), token);
    } else {
        puts(program_say(search->program, "This is the last page", "Dernière page"));
    }
}

/* A page goes on to the limit; the cursor itself has none, so that it can tell whether there is more. */
static int find_page(struct search *search, double latitude, double longitude, char *token, bool *ret_more)
{
    enum { LIMIT_DEFAULT = 10 };
    vaxdir_context *context = search->program->context;
    vaxdir_query query = search->query;
    vaxdir_cursor *cursor = NULL;
    vaxdir_matches *next = NULL;
    query.limit = 0;
    if (search->radius_m >= 0)
        query.max_distance_m = search->radius_m > 0 ? search->radius_m : nextafter(0, 1);
    uint32_t limit = search->query.limit != 0 ? search->query.limit
                     : search->radius_m >= 0  ? UINT32_MAX
                                              : LIMIT_DEFAULT;
    int result = STATUS_DONE;
    if (vaxdir_cursor_new(context, search->edition, latitude, longitude, &query, search->token,
                          search->token == NULL ? 0 : strlen(search->token), &cursor) != VAXDIR_OK ||
        vaxdir_cursor_next_many(context, cursor, limit, search->matches) != VAXDIR_OK ||
        vaxdir_cursor_token(context, cursor, token) != VAXDIR_OK || vaxdir_matches_new(context, &next) != VAXDIR_OK ||
        vaxdir_cursor_next_many(context, cursor, 1, next) != VAXDIR_OK)
        result = program_fail(search->program, NULL);
    /* What a work limit has cut off is there, too. */
    *ret_more = vaxdir_matches_count(next) > 0 || !isinf(vaxdir_matches_complete_to_m(next));
    vaxdir_matches_unref(next);
    vaxdir_cursor_unref(cursor);
    return result;
}

int search_page(struct search *search, double latitude, double longitude)
{
    char token[VAXDIR_TOKEN_SIZE];
    bool more = false;
    int result = find_page(search, latitude, longitude, token, &more);
    if (result != STATUS_DONE)
        return result;
    struct answer answer = answer_of(search->matches);
    result = search->format == FORMAT_JSON ? answer_print_json(search, &answer)
                                           : answer_print_text(search, &answer, latitude, longitude, -1);
    if (result != STATUS_DONE)
        return result;
    answer_print_complete(search, vaxdir_matches_complete_to_m(search->matches), -1);
    print_next(search, more ? token : NULL);
    return more ? STATUS_DONE : answer_print_without_position(search);
}
