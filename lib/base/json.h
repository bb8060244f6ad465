/* json.h: JSON documents from memory, by jansson: a document, a place in the text, or "memory is out", and never one of
 * these for another. */
#ifndef VAXDIR_BASE_JSON_H
#define VAXDIR_BASE_JSON_H

#include <jansson.h>

#include "context.h"

/* Reads a document, in which no object has a key twice. What is no JSON fails with `bad`, line, column and a sentence
 * that begins with `what`: "the rules are", "the file is". */
vaxdir_status vaxdir_json_read(vaxdir_context *context, const void *bytes, size_t length, vaxdir_status bad,
                               const char *what, json_t **ret_document);

#endif
