/* campaign.h: the campaign of the rules: dated phases, and for whom each is, as conditions in Kleene's three-valued
 * logic. Immutable once loaded. Invariant: a subtree of conditions is one run of them, its root first. */
#ifndef VAXDIR_PROVIDER_CAMPAIGN_H
#define VAXDIR_PROVIDER_CAMPAIGN_H

#include "when.h"

enum {
    VAXDIR_FACTS_MAX = 64,
    VAXDIR_WORD_MAX = 64,
    VAXDIR_AGE_MAX = 150,
    VAXDIR_DOSE_MAX = 99,
    VAXDIR_PHASES_MAX = 256
};

typedef enum vaxdir_condition_kind {
    VAXDIR_CONDITION_ALL,
    VAXDIR_CONDITION_ANY,
    VAXDIR_CONDITION_NOT, /* one below it */
    VAXDIR_CONDITION_AGE_FROM,
    VAXDIR_CONDITION_AGE_TO,
    VAXDIR_CONDITION_BORN_BEFORE,
    VAXDIR_CONDITION_BORN_FROM,
    VAXDIR_CONDITION_FACT,
    VAXDIR_CONDITION_DOSE,
    VAXDIR_CONDITION_VACCINE,
    VAXDIR_CONDITION_DEPARTMENTS
} vaxdir_condition_kind;

typedef struct vaxdir_condition {
    vaxdir_condition_kind kind;
    int32_t value; /* age in years, date, number of a fact or vaccine, dose */
    uint32_t size; /* of its subtree, itself included */
    vaxdir_codes departments;
} vaxdir_condition;

typedef struct vaxdir_phase {
    vaxdir_slice id;
    int32_t from;
    int32_t until;            /* inclusive; 0 = open */
    vaxdir_codes departments; /* none: everywhere */
    vaxdir_condition *who;
    uint8_t *ages; /* at which the answer may change, ascending */
    size_t age_count;
} vaxdir_phase;

typedef struct vaxdir_fact {
    vaxdir_slice id;
    vaxdir_slice en;
    vaxdir_slice fr;
} vaxdir_fact;

typedef struct vaxdir_campaign {
    vaxdir_slice name;
    int64_t opens;      /* 0 = not stated */
    vaxdir_fact *facts; /* by id */
    size_t fact_count;
    int32_t reserved_fact; /* that a reserved centre needs; -1 = none */
    vaxdir_slice *vaccines;
    size_t vaccine_count;
    vaxdir_phase *phases;
    size_t phase_count;
} vaxdir_campaign;

/* NULL where the rules have none. */
const vaxdir_campaign *vaxdir_rules_campaign(const vaxdir_rules *rules);

/* Words that hint at a centre that is not for all, folded. */
const vaxdir_slice *vaxdir_rules_reserved_words(const vaxdir_rules *rules, size_t *ret_count);

/* Numbers in the campaign; -1 where it has no such word. */
int32_t vaxdir_campaign_fact(const vaxdir_campaign *campaign, vaxdir_slice id);
int32_t vaxdir_campaign_vaccine(const vaxdir_campaign *campaign, vaxdir_slice id);

/* One to 64 of a-z, 0-9 and -. */
bool vaxdir_word_good(vaxdir_slice text);

#endif
