/* A centre in JSON, in two parts: what stands before its distance in an answer and what stands behind it. The keys and
 * their order are one contract for all commands. */
#ifndef FRONTEND_RECORD_H
#define FRONTEND_RECORD_H

#include "answers.h"
#include "json.h"

/* From the id to the longitude, in an object that is open. */
int record_begin(const struct program *program, const vaxdir_edition *edition, struct json *json, uint32_t row);

/* From the city to the phone. */
void record_contact(const struct program *program, const vaxdir_edition *edition, struct json *json, uint32_t row);

/* The contact and the route, and the end of the object and the line. */
int record_end(const struct search *search, struct json *json, uint32_t row);

/* Both parts as text, made once for each row that is asked for and kept, up to a bound in memory. */
struct records {
    const struct search *search;
    struct record {
        char *text; /* NULL until it is made */
        size_t begin_length, length;
    } * rows;
    uint32_t count;
    size_t kept;        /* bytes */
    struct record last; /* of a row that is not kept */
};

bool records_init(struct records *records, const struct search *search);
void records_free(struct records *records);

/* NULL on a failure, which has been told. Valid until the next call. */
const struct record *records_get(struct records *records, uint32_t row);

#endif
