/* facts.h: the inside of a set of facts. */
#ifndef VAXDIR_EDITION_FACTS_H
#define VAXDIR_EDITION_FACTS_H

#include <vaxdir/visit.h>

#include "../provider/campaign.h"

typedef struct vaxdir_fact_stated {
    size_t length;
    int32_t value; /* VAXDIR_YES or VAXDIR_NO */
    char name[VAXDIR_WORD_MAX];
} vaxdir_fact_stated;

struct vaxdir_facts {
    vaxdir_memory memory;
    size_t count;
    vaxdir_fact_stated items[VAXDIR_FACTS_MAX];
};

#endif
