/* The answers of vaxdir nearest: centres with their distance and route, as JSON lines or as text. */
#ifndef FRONTEND_ANSWERS_H
#define FRONTEND_ANSWERS_H

#include "program.h"

enum search_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

/* A question that is put again and again: what it needs is made once. */
struct search {
    const struct program *program;
    vaxdir_edition *edition;
    vaxdir_query query;
    vaxdir_visit visit;
    vaxdir_matches *matches;
    vaxdir_route *route;
    enum search_format format;
    double radius_m;       /* of --radius; negative for none */
    const char *token;     /* of --page; NULL for none */
    bool paged;            /* by --page or --next */
    bool without_position; /* list these, too */
};

/* What is printed of a search: rows with distances, and bearings where they are wanted, NULL otherwise. */
struct answer {
    uint32_t count;
    const uint32_t *rows;
    const double *distances_m;
    const double *bearings_deg;
};

int search_make(struct search *search);
void search_release(struct search *search);

/* Searches by one call of the library, into search->matches. */
int search_find(struct search *search, double latitude, double longitude);

/* Searches and prints a single answer with all that belongs to it, or a page. */
int search_answer(struct search *search, double latitude, double longitude);
int search_page(struct search *search, double latitude, double longitude);

/* The parts of it. `number` is the query's in a batch, -1 for a single one. */
struct answer answer_of(const vaxdir_matches *matches);
int answer_print_text(const struct search *search, const struct answer *answer, double latitude, double longitude,
                      int64_t number);
int answer_print_json(const struct search *search, const struct answer *answer);
/* How far an answer is complete, where a work limit has cut it. */
void answer_print_complete(const struct search *search, double complete_to_m, int64_t number);
/* How many centres pass and have no position; all of them, where they are to be listed. */
int answer_print_without_position(struct search *search);

/* Answers every query of a CSV file; a bad row is told and makes the status 1 at the end. */
int search_batch(struct search *search, const char *path);

/* A distance for people, in the program's language: metres below one kilometre. */
void answer_write_distance(const struct program *program, double distance_m, char *buffer, size_t capacity);

/* Prints why the centre of an id is or is not in the answer, and what would bring more. */
int search_explain(struct search *search, double latitude, double longitude, const char *file, const char *id);

#endif
