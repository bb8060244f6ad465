/* temporary.h: where tests leave files for a while: the folder that TMPDIR names, else /tmp. */
#ifndef TEMPORARY_H
#define TEMPORARY_H

enum { TEMPORARY_SIZE = 1024 };

/* Makes an empty file or folder of a name that nothing else has; the caller removes it. Ends the program where that
 * cannot be. */
void temporary_file(char path[TEMPORARY_SIZE]);
void temporary_folder(char path[TEMPORARY_SIZE]);

#endif
