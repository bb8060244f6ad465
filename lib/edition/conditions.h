/* conditions.h: the conditions of a campaign in Kleene's three-valued logic (Introduction to Metamathematics, §64: the
 * strong tables). Invariant: more knowledge turns an unknown into yes or no, and never anything else. */
#ifndef VAXDIR_EDITION_CONDITIONS_H
#define VAXDIR_EDITION_CONDITIONS_H

#include "../provider/campaign.h"

/* In the order of Kleene: and is the least of two, or the greatest. */
typedef enum vaxdir_truth { VAXDIR_TRUTH_NO, VAXDIR_TRUTH_UNKNOWN, VAXDIR_TRUTH_YES } vaxdir_truth;

static inline vaxdir_truth vaxdir_truth_and(vaxdir_truth a, vaxdir_truth b)
{
    return a < b ? a : b;
}

static inline vaxdir_truth vaxdir_truth_or(vaxdir_truth a, vaxdir_truth b)
{
    return a > b ? a : b;
}

/* Who asks, where; 0 is unknown. */
typedef struct vaxdir_asked {
    int32_t birth_date;
    int32_t dose;
    int32_t vaccine; /* or VAXDIR_VACCINE_* */
    uint32_t department;
    uint64_t yes;
    uint64_t no;
} vaxdir_asked;

/* A vaccine that is not stated, and one that the campaign does not name. */
enum { VAXDIR_VACCINE_UNKNOWN = -1, VAXDIR_VACCINE_OTHER = -2 };

/* What is missing besides facts. */
enum {
    VAXDIR_MISSING_BIRTH_DATE = 1,
    VAXDIR_MISSING_VACCINE = 2,
    VAXDIR_MISSING_DOSE = 4,
    VAXDIR_MISSING_DEPARTMENT = 8,
    VAXDIR_MISSING_OTHERS = 4 /* how many */
};

/* A set of missing things; facts in the order in which they were found. */
typedef struct vaxdir_missing {
    uint64_t facts;
    uint32_t others;
    size_t ordered_count;
    uint8_t ordered[VAXDIR_FACTS_MAX];
} vaxdir_missing;

/* Whether a département is among some; no codes: everywhere. */
vaxdir_truth vaxdir_codes_say(const vaxdir_codes *codes, uint32_t department);
vaxdir_truth vaxdir_fact_say(const vaxdir_asked *asked, int32_t fact);
vaxdir_truth vaxdir_condition_say(const vaxdir_condition *condition, const vaxdir_asked *asked, int32_t date);

/* What an undecided condition lacks: of what is below it only the undecided parts count. */
void vaxdir_missing_add_fact(vaxdir_missing *missing, unsigned fact);
void vaxdir_missing_collect(const vaxdir_condition *condition, const vaxdir_asked *asked, int32_t date,
                            vaxdir_missing *missing);

/* Whether a name has a reserved word of the rules as a word of its own, case and accents aside. */
bool vaxdir_name_hints(const vaxdir_rules *rules, vaxdir_slice name);

#endif
