/* json.c: see json.h. Invariant: a document that was read while memory was out is not given out. */
#include "json.h"

#include <errno.h>
#include <stdbool.h>

/* jansson does not look whether a text's buffer could grow: where memory is out it drops a byte and goes on, and a
 * number behind it clears errno. So it gets a byte a call, and before each one malloc's own word is asked for. */
typedef struct source {
    const unsigned char *at, *end;
    bool out_of_memory;
} source;

static size_t next_byte(void *buffer, size_t size, void *user)
{
    source *in = user;
    in->out_of_memory = in->out_of_memory || errno == ENOMEM;
    if (in->at == in->end || size == 0 || in->out_of_memory)
        return 0;
    *(unsigned char *)buffer = *in->at++;
    return 1;
}

vaxdir_status vaxdir_json_read(vaxdir_context *context, const void *bytes, size_t length, vaxdir_status bad,
                               const char *what, json_t **ret_document)
{
    json_error_t error;
    source in = {bytes, (const unsigned char *)bytes + length, false};
    errno = 0;
    json_t *document = json_load_callback(next_byte, &in, JSON_REJECT_DUPLICATES, &error);
    /* It takes most failed allocations for bad syntax, too. */
    if (in.out_of_memory || errno == ENOMEM ||
        (document == NULL && (json_error_code(&error) == json_error_out_of_memory || error.text[0] == '\0'))) {
        json_decref(document);
        return vaxdir_context_fail_memory(context);
    }
    if (document == NULL) {
        vaxdir_context_fail(context, bad, "%s no JSON: line %d, column %d: %s", what, error.line, error.column,
                            error.text);
        return vaxdir_context_fail_at(context, NULL, error.line, error.column);
    }
    *ret_document = document;
    return VAXDIR_OK;
}
