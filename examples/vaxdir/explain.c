/* vaxdir nearest --explain: why a centre is or is not in the answer, how many are left out and why, and what would
 * help. The words are the library's. */
#include "answers.h"
#include "json.h"
#include "terminal.h"

#include <math.h>
#include <stdio.h>

/* What is rounded for people must not promise too much: a maximum is rounded up, a minimum down. */
static void write_bound(const struct program *program, double distance_m, double (*rounded)(double), char *buffer,
                        size_t capacity)
{
    answer_write_distance(program, distance_m < 999.5 ? rounded(distance_m) : rounded(distance_m / 100.0) * 100.0,
                          buffer, capacity);
}

static void print_sentence(const struct search *search, const struct terminal *terminal, size_t indent, uint32_t kind,
                           int32_t code, const char *const *parameters, size_t count)
{
    char text[4096];
    program_sentence(search->program, kind, code, parameters, count, text, sizeof text);
    terminal_spaces(terminal, indent);
    terminal_paragraph(terminal, indent, text);
}

static void print_reason(const struct search *search, const struct terminal *terminal,
                         const vaxdir_search_reason *reason)
{
    char distance[32], other[32], rank[16], limit[16];
    bool out = reason->code == VAXDIR_SEARCH_REASON_TOO_FAR || reason->code == VAXDIR_SEARCH_REASON_TOO_NEAR;
    answer_write_distance(search->program, reason->distance_m, distance, sizeof distance);
    answer_write_distance(search->program, out ? fabs(reason->distance_m - reason->bound_m) : reason->bound_m, other,
                          sizeof other);
    snprintf(rank, sizeof rank, "%lu", (unsigned long)reason->rank);
    snprintf(limit, sizeof limit, "%lu", (unsigned long)reason->limit);
    const char *const parameters[] = {isnan(reason->distance_m) ? NULL : distance,
                                      isnan(reason->bound_m) ? NULL : other, reason->condition, rank, limit};
    print_sentence(search, terminal, 2, VAXDIR_TEXT_SEARCH_REASON, reason->code, parameters, 5);
}

static void print_relaxation(const struct search *search, const struct terminal *terminal,
                             const vaxdir_relaxation *relaxation)
{
    char bound[32], count[16], first[32];
    if (relaxation->code == VAXDIR_RELAXATION_MIN_DISTANCE)
        write_bound(search->program, relaxation->min_distance_m, floor, bound, sizeof bound);
    else
        write_bound(search->program, relaxation->max_distance_m, ceil, bound, sizeof bound);
    answer_write_distance(search->program, relaxation->first_m, first, sizeof first);
    snprintf(count, sizeof count, "%lu", (unsigned long)relaxation->count);
    const char *const parameters[] = {relaxation->condition, bound, count, first};
    print_sentence(search, terminal, 2, VAXDIR_TEXT_RELAXATION, relaxation->code, parameters, 4);
}

/* What is most often 0 is told only where it is not. */
static void print_count(const char *label, uint32_t count)
{
    if (count > 0)
        printf("%s%lu", label, (unsigned long)count);
}

static void print_tally(const struct search *search, const vaxdir_search_tally *tally)
{
    printf(
        program_say(search->program,
                    "In the answer: %lu; not passing the filter: %lu; too far: %lu; beyond the limit: %lu; without a "
                    "position: %lu",
                    "Dans la réponse : %lu ; écartés par le filtre : %lu ; trop loin : %lu ; au-delà de la limite : "
                    "%lu ; sans position : %lu"),
        (unsigned long)tally->listed + tally->tied, (unsigned long)tally->filtered, (unsigned long)tally->too_far,
        (unsigned long)tally->beyond_limit, (unsigned long)tally->no_position);
    const struct program *program = search->program;
    print_count(program_say(program, "; too near: ", " ; trop proches : "), tally->too_near);
    print_count(program_say(program, "; not open to this person: ", " ; non ouverts à cette personne : "),
                tally->not_eligible);
    print_count(
        program_say(program, "; perhaps not open to this person: ", " ; peut-être pas ouverts à cette personne : "),
        tally->eligibility_unknown);
    print_count(program_say(program, "; closed: ", " ; fermés : "), tally->closed);
    print_count(program_say(program, "; perhaps closed: ", " ; peut-être fermés : "), tally->opening_unknown);
    putchar('\n');
}

static void reason_json(struct json *json, const vaxdir_search_reason *reason)
{
    emit_open(json, NULL, '{');
    emit_text(json, "reason", vaxdir_search_reason_name(reason->code));
    emit_number(json, "distance_m", reason->distance_m);
    if (!isnan(reason->bound_m))
        emit_number(json, "bound_m", reason->bound_m);
    if (reason->rank != 0)
        emit_integer(json, "rank", reason->rank);
    if (reason->limit != 0)
        emit_integer(json, "limit", reason->limit);
    if (reason->condition != NULL)
        emit_text(json, "condition", reason->condition);
    emit_close(json, '}');
}

static void relaxation_json(struct json *json, const vaxdir_relaxation *relaxation)
{
    emit_open(json, NULL, '{');
    emit_text(json, "relaxation", vaxdir_relaxation_name(relaxation->code));
    if (relaxation->condition != NULL)
        emit_text(json, "condition", relaxation->condition);
    if (relaxation->max_distance_m > 0.0)
        emit_number(json, "max_distance_m", relaxation->max_distance_m);
    if (relaxation->min_distance_m > 0.0)
        emit_number(json, "min_distance_m", relaxation->min_distance_m);
    emit_integer(json, "count", relaxation->count);
    emit_number(json, "first_m", relaxation->first_m);
    emit_number(json, "gained_m", relaxation->gained_m);
    emit_close(json, '}');
}

static void tally_json(struct json *json, const vaxdir_search_tally *tally)
{
    emit_open(json, "centres", '{');
    emit_integer(json, "listed", tally->listed);
    emit_integer(json, "no-position", tally->no_position);
    emit_integer(json, "filtered", tally->filtered);
    emit_integer(json, "too-far", tally->too_far);
    emit_integer(json, "beyond-limit", tally->beyond_limit);
    emit_integer(json, "too-near", tally->too_near);
    emit_integer(json, "tied", tally->tied);
    emit_integer(json, "not-eligible", tally->not_eligible);
    emit_integer(json, "eligibility-unknown", tally->eligibility_unknown);
    emit_integer(json, "closed", tally->closed);
    emit_integer(json, "opening-unknown", tally->opening_unknown);
    emit_close(json, '}');
}

static int print_json(const struct search *search, const char *id, const vaxdir_explanation *explanation,
                      const vaxdir_search_tally *tally)
{
    struct json json = {stdout, false};
    vaxdir_context *context = search->program->context;
    emit_open(&json, NULL, '{');
    emit_text(&json, "id", id);
    emit_open(&json, "reasons", '[');
    for (uint32_t i = 0; i < vaxdir_explanation_reason_count(explanation); i++) {
        vaxdir_search_reason reason = VAXDIR_SEARCH_REASON_INIT;
        if (vaxdir_explanation_reason(context, explanation, i, &reason) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        reason_json(&json, &reason);
    }
    emit_close(&json, ']');
    tally_json(&json, tally);
    emit_open(&json, "relaxations", '[');
    for (uint32_t i = 0; i < vaxdir_explanation_relaxation_count(explanation); i++) {
        vaxdir_relaxation relaxation = VAXDIR_RELAXATION_INIT;
        if (vaxdir_explanation_relaxation(context, explanation, i, &relaxation) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        relaxation_json(&json, &relaxation);
    }
    emit_close(&json, ']');
    emit_close(&json, '}');
    emit_end_line(&json);
    return STATUS_DONE;
}

static int print_text(const struct search *search, const char *id, const vaxdir_explanation *explanation,
                      const vaxdir_search_tally *tally)
{
    struct terminal terminal;
    vaxdir_context *context = search->program->context;
    terminal_init(&terminal, stdout);
    terminal_paragraph(&terminal, 0, id);
    for (uint32_t i = 0; i < vaxdir_explanation_reason_count(explanation); i++) {
        vaxdir_search_reason reason = VAXDIR_SEARCH_REASON_INIT;
        if (vaxdir_explanation_reason(context, explanation, i, &reason) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        print_reason(search, &terminal, &reason);
    }
    print_tally(search, tally);
    for (uint32_t i = 0; i < vaxdir_explanation_relaxation_count(explanation); i++) {
        vaxdir_relaxation relaxation = VAXDIR_RELAXATION_INIT;
        if (vaxdir_explanation_relaxation(context, explanation, i, &relaxation) != VAXDIR_OK)
            return program_fail(search->program, NULL);
        print_relaxation(search, &terminal, &relaxation);
    }
    return STATUS_DONE;
}

int search_explain(struct search *search, double latitude, double longitude, const char *file, const char *id)
{
    vaxdir_context *context = search->program->context;
    vaxdir_explanation *explanation = NULL;
    vaxdir_search_tally tally = VAXDIR_SEARCH_TALLY_INIT;
    uint32_t row = VAXDIR_NO_ROW;
    int result = program_find(search->program, search->edition, file, id, &row);
    if (result != STATUS_DONE)
        return result;
    if (vaxdir_explanation_new(context, &explanation) != VAXDIR_OK ||
        vaxdir_explain(context, search->edition, latitude, longitude, &search->query, row, explanation) != VAXDIR_OK ||
        vaxdir_explanation_tally(context, explanation, &tally) != VAXDIR_OK)
        result = program_fail(search->program, NULL);
    else
        result = (search->format == FORMAT_JSON ? print_json : print_text)(search, id, explanation, &tally);
    vaxdir_explanation_unref(explanation);
    return result;
}
