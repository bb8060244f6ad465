/* links.h: the further links of a centre whose cell holds several, judged once when the edition is made, so that a
 * route shows every way to book and allocates nothing. The first link stands in the judged columns. */
#ifndef VAXDIR_EDITION_LINKS_H
#define VAXDIR_EDITION_LINKS_H

#include "../base/context.h"
#include "../base/strings.h"
#include "../provider/rules.h"
#include "../registry/registry.h"

/* No cell of an honest feed holds more; what comes after them is left out. The first one of the columns counts. */
enum { VAXDIR_LINKS_MAX = 8 };

/* Emitted links only: url is never absent. Texts are names in the pool. */
typedef struct vaxdir_further_link {
    uint32_t row;
    uint32_t provider;
    uint32_t page;
    uint32_t url;
    uint32_t provider_index; /* in the rules; UINT32_MAX for a site that they do not know */
    int32_t trust;
} vaxdir_further_link;

typedef struct vaxdir_further_links {
    vaxdir_further_link *items; /* by row, then as the text has them */
    size_t count;
    size_t capacity;
    vaxdir_pool pool;
} vaxdir_further_links;

/* Judges the further links of every row whose verdict warns of some. What was allocated is `links`', also after a
 * failure. */
vaxdir_status vaxdir_further_links_judge(vaxdir_context *context, const vaxdir_memory *memory,
                                         const vaxdir_registry *registry, const vaxdir_verdicts *verdicts,
                                         const vaxdir_rules *rules, vaxdir_further_links *links);
void vaxdir_further_links_free(const vaxdir_memory *memory, vaxdir_further_links *links);

/* Those of a row. */
const vaxdir_further_link *vaxdir_further_links_find(const vaxdir_further_links *links, uint32_t row,
                                                     size_t *ret_count);

#endif
