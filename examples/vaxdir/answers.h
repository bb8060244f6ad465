/* The answers of vaxdir nearest: centres with their distance and route, as JSON lines or as text. */
#ifndef FRONTEND_ANSWERS_H
#define FRONTEND_ANSWERS_H

#include "program.h"

/* A question that is put again and again: what it needs is made once. */
struct search {
    const struct program *program;
    const vaxdir_edition *edition;
    vaxdir_query query;
    vaxdir_visit visit;
    vaxdir_matches *matches;
    vaxdir_route *route;
    bool as_json;
};

int search_make(struct search *search);
void search_release(struct search *search);

/* Searches and prints; number is the query's in a batch, -1 for a single one. */
int search_answer(struct search *search, double latitude, double longitude, int64_t number);

/* Answers every query of a CSV file; a bad row is told and makes the status 1 at the end. */
int search_batch(struct search *search, const char *path);

/* A distance for people, in the program's language: metres below one kilometre. */
void answer_write_distance(const struct program *program, double distance_m, char *buffer, size_t capacity);

/* Prints why the centre of an id is or is not in the answer, and what would bring more. */
int search_explain(struct search *search, double latitude, double longitude, const char *file, const char *id);

#endif
