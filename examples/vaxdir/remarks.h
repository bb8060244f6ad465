/* What was wrong with the input: the report as NDJSON, and its counts in words. */
#ifndef FRONTEND_REMARKS_H
#define FRONTEND_REMARKS_H

#include "program.h"
#include "terminal.h"

#include <stdio.h>

/* Writes every diagnostic of the builder, one JSON object a line. */
int report_write(const struct program *program, const vaxdir_builder *builder, FILE *stream);

/* One line a diagnostic code: how often, its name, its sentence. */
int report_print_warnings(const struct program *program, const struct terminal *terminal,
                          const vaxdir_registry *registry);

#endif
