/* How to book, and what a link is: the library's routes and verdicts in JSON and in words. */
#ifndef FRONTEND_STEPS_H
#define FRONTEND_STEPS_H

#include "json.h"
#include "program.h"
#include "terminal.h"

/* The list of steps as `key`. */
int steps_json(const struct program *program, struct json *json, const char *key, const vaxdir_route *route);

/* What is in the way, the first way to book in words, the first phone after it if it is none, and that the centre opens
 * later; or all steps. Each starts at column indent, where the cursor stands for the first. */
int steps_text(const struct program *program, const struct terminal *terminal, size_t indent, const vaxdir_route *route,
               bool all);

/* What is said of a route without a step. */
const char *steps_none(const struct program *program);

/* The members verdict, provider, page, key, url, warnings, reason of an open object. */
void verdict_json(struct json *json, const vaxdir_link *link);

#endif
