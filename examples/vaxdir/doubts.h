/* What a rules document may say and seldom means. */
#ifndef FRONTEND_DOUBTS_H
#define FRONTEND_DOUBTS_H

#include <jansson.h>

/* Is told a place, a JSON pointer, and what is doubtful there. */
typedef void doubt_teller(void *to, const char *place, const char *what);

void doubts_tell(json_t *document, doubt_teller *tell, void *to);

#endif
