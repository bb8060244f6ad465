/* Conditions on centres from the command line. */
#ifndef FRONTEND_CONDITIONS_H
#define FRONTEND_CONDITIONS_H

#include "program.h"

/* The filter of --filter, --within, --provider and their like; NULL where none is given. */
int make_conditions(const struct program *program, const struct arguments *arguments, vaxdir_filter **ret_filter);

#endif
