/* Areas of the command line: a file of GeoJSON or WKT, perhaps one feature of it. */
#ifndef FRONTEND_AREA_H
#define FRONTEND_AREA_H

#include "program.h"

/* Reads the area of a file, by the options --feature and --repair. */
int read_area(const struct program *program, const struct arguments *arguments, const char *path,
              vaxdir_area **ret_area);

#endif
