/* parts.h: between the files that judge a link: its parts, the room to work in, and the steps. No step allocates but
 * vaxdir_syntax_good(); a text that outgrows its room is too long to be an honest link. */
#ifndef VAXDIR_PROVIDER_PARTS_H
#define VAXDIR_PROVIDER_PARTS_H

#include <vaxdir/link.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "charset.h"
#include "model.h"

enum {
    VAXDIR_LINK_BYTES_MAX = 2048,
    VAXDIR_HOST_BYTES_MAX = 253,
    VAXDIR_PATH_SEGMENTS_MAX = 64,
    VAXDIR_QUERY_PARAMETERS_MAX = 128,
    VAXDIR_RULE_PARAMETERS_MAX = 16
};

/* Text written into room of fixed size. */
typedef struct vaxdir_writer {
    char *bytes;
    size_t length;
    size_t capacity;
    bool full; /* something did not fit: the text is not to be used */
} vaxdir_writer;

void vaxdir_write(vaxdir_writer *writer, vaxdir_slice text);
void vaxdir_write_byte(vaxdir_writer *writer, char byte);

/* A link taken apart. Path, query and fragment are normal: ASCII that RFC 3986 allows, escapes in upper case and only
 * where they are needed, dot segments resolved. bytes is NULL where there is no query or fragment. */
typedef struct vaxdir_parts {
    bool https;
    bool foreign; /* the host is not plain ASCII, or has an xn-- label */
    uint32_t warnings;
    size_t host_length;
    char host[VAXDIR_HOST_BYTES_MAX + 3];
    vaxdir_slice path;
    vaxdir_slice query;
    vaxdir_slice fragment;
    vaxdir_slice given; /* the three as they were given */
} vaxdir_parts;

/* Room for one judgement; kept in the handle, so that the next one allocates nothing. */
typedef struct vaxdir_link_work {
    vaxdir_parts parts;
    char normal[3 * VAXDIR_LINK_BYTES_MAX + 8]; /* path, query and fragment of `parts` */
    char moved[VAXDIR_LINK_BYTES_MAX];          /* the path after a redirect */
    char unwrapped[2][VAXDIR_LINK_BYTES_MAX];   /* what was in a wrapper; two, because wrappers nest */
    char url[VAXDIR_LINK_BYTES_MAX];
    char key[VAXDIR_LINK_BYTES_MAX];
} vaxdir_link_work;

/* What a judgement comes to; texts are in the work, the rules or static. */
typedef struct vaxdir_judgement {
    int32_t verdict;
    int32_t reason;
    uint32_t warnings;
    vaxdir_slice provider;
    vaxdir_slice page;
    vaxdir_slice key;
    vaxdir_slice url;
    vaxdir_slice rest;  /* from the next link in the text on */
    vaxdir_slice named; /* the provider that words name */
} vaxdir_judgement;

/* What a text is before it is taken apart. */
typedef enum vaxdir_text_kind {
    VAXDIR_TEXT_WORD,
    VAXDIR_TEXT_EMAIL,
    VAXDIR_TEXT_PHONE,
    VAXDIR_TEXT_HTTP,
    VAXDIR_TEXT_HTTPS,
    VAXDIR_TEXT_OTHER_SCHEME,
    VAXDIR_TEXT_KNOWN_HOST, /* no scheme, and begins with a host that the rules name */
    VAXDIR_TEXT_HOST        /* no scheme, and begins with what looks like a host */
} vaxdir_text_kind;

vaxdir_text_kind vaxdir_text_kind_of(const vaxdir_rules *rules, vaxdir_slice text);

/* Whether a text begins with http(s):// or with a host that the rules name. */
bool vaxdir_text_begins_link(const vaxdir_rules *rules, vaxdir_slice text);

/* What stands before the first white space, and that without the marks between it and what follows. */
vaxdir_slice vaxdir_text_first_part(vaxdir_slice text);
vaxdir_slice vaxdir_text_first_link(vaxdir_slice text);

/* What stands from the next link after the first part on, or from the next thing that looks like an address though the
 * rules do not know its site; bytes NULL if none does. */
vaxdir_slice vaxdir_text_next_link(const vaxdir_rules *rules, vaxdir_slice text);
vaxdir_slice vaxdir_text_next_address(const vaxdir_rules *rules, vaxdir_slice text);

/* Whether a link ends at the first white space: behind the slash that ends its host, nothing can be one host any more.
 */
bool vaxdir_text_ends_at_space(vaxdir_slice text);

/* The id of the first provider, in the order of the rules, whose name or id is a word of the text; or bytes NULL. */
vaxdir_slice vaxdir_text_named(const vaxdir_rules *rules, vaxdir_slice text);

/* Whether all of a text is printable ASCII, as most links are: then it is valid and hides nothing. */
bool vaxdir_text_printable(vaxdir_slice text);

/* Whether a control or invisible character is in valid text, and whether one is behind escapes in a normal part. */
bool vaxdir_text_hides(vaxdir_slice text);
bool vaxdir_text_hides_escaped(vaxdir_slice part);

/* Takes apart what follows the scheme and its slashes ("host/..."); a reason to call it unsafe, or 0. */
int32_t vaxdir_parts_read(vaxdir_slice text, bool https, vaxdir_link_work *work);

/* Whether lower-case ASCII is a host that a public name can have; a reason to call it unsafe, or 0. */
int32_t vaxdir_host_check(vaxdir_slice host);

/* Whether a path holds another address, which the page may send people on to: "/go/https://other.example". */
bool vaxdir_path_holds_address(vaxdir_slice path);

/* Judges the parts in `work` by a provider's rules; false if the page's shape is not one of its. */
bool vaxdir_provider_judge(const vaxdir_provider *provider, vaxdir_slice emit_host, vaxdir_link_work *work,
                           vaxdir_judgement *judgement);

/* What is inside a wrapper, written into `room`; bytes NULL if nothing can be read. */
vaxdir_slice vaxdir_wrapper_open(const vaxdir_wrapper *wrapper, const vaxdir_parts *parts, char *room, size_t size);

/* Whether a URL is RFC 3986, with just this host and neither user nor port. The arena is reused; false in
 * *ret_memory_ok when it could not grow. */
bool vaxdir_syntax_good(vaxdir_slice url, vaxdir_slice host, vaxdir_buffer *arena, bool *ret_memory_ok);

/* The first parameter of a query whose name is this, or bytes NULL. */
vaxdir_slice vaxdir_query_find(vaxdir_slice query, vaxdir_slice name);

/* Without regard to the case of ASCII letters. */
bool vaxdir_equal_case(vaxdir_slice a, vaxdir_slice b);
int vaxdir_hex_value(char c);

#endif
