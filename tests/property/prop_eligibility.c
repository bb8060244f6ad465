/* prop_eligibility.c: random campaigns and persons against a naive reading of the same conditions, written without the
 * library: the answer, the first day of a later yes found day by day, and that more facts never undo an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "../support/random.h"

enum { FACTS = 6, PHASES = 4, NODES = 12, HORIZON = 500, ROUNDS = 2000 };

static vaxdir_context *context;
static vaxdir_registry *registry;

/* --- the naive side: 'y', 'n', '?' -------------------------------------------------------------------------------- */

enum kind { ALL, ANY, NOT, AGE_FROM, AGE_TO, BORN_BEFORE, BORN_FROM, FACT, DOSE, VACCINE, PLACE, KINDS };

struct node {
    enum kind kind;
    int value;
    int children[3];
    int count;
};

struct phase {
    int from, until, place; /* until 0: open; place -1: everywhere */
    struct node nodes[NODES];
    int count;
};

struct person {
    int birth, dose, vaccine, place; /* 0 unknown; vaccine -1 unknown, 3 another; place -1 unknown */
    char facts[FACTS];
    bool reserved;
};

static const char *const places[] = {"57", "75", "974"}, *const vaccines[] = {"va", "vb", "vc", "other"};

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int next_day(int date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = date / 10000, month = date / 100 % 100, day = date % 100 + 1;
    if (day > lengths[month - 1] + (month == 2 && leap(year))) {
        day = 1;
        month++;
    }
    return month > 12 ? (year + 1) * 10000 + 101 : year * 10000 + month * 100 + day;
}

/* Birthdays, one by one. */
static int age(int birth, int date)
{
    int years = -1;
    for (int year = birth / 10000; year <= date / 10000; year++) {
        int birthday = year * 10000 + birth % 10000;
        if (birth % 10000 == 229 && !leap(year))
            birthday = year * 10000 + 301;
        years += birthday <= date;
    }
    return birth > date ? -1 : years;
}

static char word(bool known, bool holds)
{
    return !known ? '?' : holds ? 'y' : 'n';
}

static char value_of(const struct phase *phase, int index, const struct person *person, int date)
{
    const struct node *node = &phase->nodes[index];
    char below_it[3];
    for (int i = 0; i < node->count; i++)
        below_it[i] = value_of(phase, node->children[i], person, date);
    switch (node->kind) {
    case ALL:
    case ANY: {
        char settles = node->kind == ALL ? 'n' : 'y', result = node->kind == ALL ? 'y' : 'n';
        for (int i = 0; i < node->count; i++)
            if (below_it[i] == '?' && result != settles)
                result = '?';
            else if (below_it[i] == settles)
                result = settles;
        return result;
    }
    case NOT:
        return below_it[0] == '?' ? '?' : below_it[0] == 'y' ? 'n' : 'y';
    case AGE_FROM:
        return word(person->birth != 0, age(person->birth, date) >= node->value);
    case AGE_TO:
        return word(person->birth != 0, age(person->birth, date) <= node->value);
    case BORN_BEFORE:
        return word(person->birth != 0, person->birth < node->value);
    case BORN_FROM:
        return word(person->birth != 0, person->birth >= node->value);
    case FACT:
        return person->facts[node->value];
    case DOSE:
        return word(person->dose != 0, person->dose == node->value);
    case VACCINE:
        return word(person->vaccine >= 0, person->vaccine == node->value);
    default:
        return word(person->place >= 0, person->place == node->value);
    }
}

static char naive(const struct phase *phases, int count, const struct person *person, int date)
{
    char result = 'n';
    for (int i = 0; i < count; i++) {
        const struct phase *phase = &phases[i];
        if (date < phase->from || (phase->until != 0 && date > phase->until))
            continue;
        char place = phase->place < 0 ? 'y' : word(person->place >= 0, person->place == phase->place);
        char who = value_of(phase, 0, person, date);
        char both = place == 'n' || who == 'n' ? 'n' : place == '?' || who == '?' ? '?' : 'y';
        if (both == 'y' || (both == '?' && result == 'n'))
            result = both;
    }
    /* The fact that a reserved place asks for is the first. */
    char allowed = person->reserved ? person->facts[0] : 'y';
    return result == 'n' || allowed == 'n' ? 'n' : result == '?' || allowed == '?' ? '?' : 'y';
}

/* --- making things up --------------------------------------------------------------------------------------------- */

static int random_date(int first, int last)
{
    int date = (first + (int)random_below((unsigned)(last - first + 1))) * 10000;
    return random_below(12) == 0 ? (leap(date / 10000) ? date + 229 : date + 301)
                                 : date + (1 + (int)random_below(12)) * 100 + 1 + (int)random_below(28);
}

/* Appends; the texts are far smaller than their rooms. A function of its own, because gcc's checks of sprintf()
 * mistrust a sum under the sanitizers. */
__attribute__((format(printf, 2, 3))) static size_t put(char *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsprintf(text, format, arguments);
    va_end(arguments);
    return (size_t)length;
}

static int add_node(struct phase *phase, int depth)
{
    int index = phase->count++;
    struct node *node = &phase->nodes[index];
    bool leaf = depth == 0 || phase->count + 3 > NODES;
    *node = (struct node){.kind = (enum kind)(leaf ? AGE_FROM + random_below(KINDS - AGE_FROM) : random_below(KINDS))};
    switch (node->kind) {
    case AGE_FROM:
    case AGE_TO:
        node->value = (int)random_below(90);
        break;
    case BORN_BEFORE:
    case BORN_FROM:
        node->value = random_date(1930, 2005);
        break;
    case FACT:
        node->value = (int)random_below(FACTS);
        break;
    case DOSE:
        node->value = 1 + (int)random_below(3);
        break;
    case VACCINE:
    case PLACE:
        node->value = (int)random_below(3);
        break;
    default:
        for (int left = node->kind == NOT ? 1 : (int)random_below(4); left > 0 && phase->count < NODES - 3; left--) {
            int child = add_node(phase, depth - 1);
            node->children[node->count++] = child;
        }
        if (node->kind == NOT && node->count == 0)
            *node = (struct node){.kind = FACT};
        break;
    }
    return index;
}

static size_t write_node(const struct phase *phase, int index, char *text)
{
    static const char *const keys[] = {"all",       "any",  "not",  "age_from", "age_to",     "born_before",
                                       "born_from", "fact", "dose", "vaccine",  "departments"};
    const struct node *node = &phase->nodes[index];
    size_t at = put(text, "{\"%s\": ", keys[node->kind]);
    if (node->kind == ALL || node->kind == ANY) {
        text[at++] = '[';
        for (int i = 0; i < node->count; i++) {
            if (i > 0)
                text[at++] = ',';
            at += write_node(phase, node->children[i], text + at);
        }
        text[at++] = ']';
    } else if (node->kind == NOT) {
        at += write_node(phase, node->children[0], text + at);
    } else if (node->kind == BORN_BEFORE || node->kind == BORN_FROM) {
        at += put(text + at, "\"%04d-%02d-%02d\"", node->value / 10000, node->value / 100 % 100, node->value % 100);
    } else if (node->kind == FACT) {
        at += put(text + at, "\"f%d\"", node->value);
    } else if (node->kind == VACCINE) {
        at += put(text + at, "\"%s\"", vaccines[node->value]);
    } else if (node->kind == PLACE) {
        at += put(text + at, "[\"%s\"]", places[node->value]);
    } else {
        at += put(text + at, "%d", node->value);
    }
    text[at++] = '}';
    text[at] = '\0';
    return at;
}

static vaxdir_edition *write_campaign(const struct phase *phases, int count)
{
    static char text[65536];
    size_t at = put(text, "{\"schema\": 1, \"providers\": [], \"campaign\": {\"facts\": {");
    for (int i = FACTS - 1; i >= 0; i--)
        at += put(text + at, "\"f%d\": {\"en\": \"F\", \"fr\": \"F\"}%s", i, i == 0 ? "" : ",");
    at += put(text + at, "}, \"reserved_fact\": \"f0\", \"phases\": [");
    for (int i = 0; i < count; i++) {
        const struct phase *phase = &phases[i];
        at += put(text + at, "%s{\"id\": \"p%d\", \"from\": \"%04d-%02d-%02d\", \"who\": ", i == 0 ? "" : ",", i,
                  phase->from / 10000, phase->from / 100 % 100, phase->from % 100);
        at += write_node(phase, 0, text + at);
        if (phase->until != 0)
            at += put(text + at, ", \"until\": \"%04d-%02d-%02d\"", phase->until / 10000, phase->until / 100 % 100,
                      phase->until % 100);
        if (phase->place >= 0)
            at += put(text + at, ", \"departments\": [\"%s\"]", places[phase->place]);
        at += put(text + at, "}");
    }
    at += put(text + at, "]}}");
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_edition *edition = NULL;
    if (vaxdir_rules_open_memory(context, text, at, &options.rules) != VAXDIR_OK ||
        vaxdir_edition_new(context, registry, &options, &edition) != VAXDIR_OK)
        fail_msg("%s\n%s", vaxdir_context_error(context)->message, text);
    vaxdir_rules_unref(options.rules);
    return edition;
}

static struct person random_person(void)
{
    struct person person = {.birth = random_below(5) == 0 ? 0 : random_date(1930, 2008),
                            .dose = (int)random_below(4),
                            .vaccine = (int)random_below(5) - 1,
                            .place = (int)random_below(4) - 1,
                            .reserved = random_below(6) == 0};
    for (int i = 0; i < FACTS; i++)
        person.facts[i] = "y?n?"[random_below(4)];
    return person;
}

/* --- the library's side ------------------------------------------------------------------------------------------- */

/* Rows: places 0 to 2 and unknown; the same four, reserved. */
static uint32_t row_of(const struct person *person)
{
    uint32_t row = person->place < 0 ? 3 : (uint32_t)person->place;
    if (!person->reserved && person->place < 0 && random_below(2) == 0)
        return VAXDIR_NO_ROW;
    return row + (person->reserved ? 4 : 0);
}

struct answer {
    char word;
    int yes_from;
    uint32_t missing_count;
    char missing[FACTS + 4][16];
};

static struct answer ask(const vaxdir_edition *edition, const struct person *person, int date)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_facts *facts = NULL;
    vaxdir_eligibility answer = VAXDIR_ELIGIBILITY_INIT;
    uint32_t row = row_of(person);
    assert_int_equal(vaxdir_facts_new(context, &facts), VAXDIR_OK);
    for (int i = 0; i < FACTS; i++) {
        char name[3] = {'f', (char)('0' + i), '\0'};
        int32_t value = person->facts[i] == 'y' ? VAXDIR_YES : person->facts[i] == 'n' ? VAXDIR_NO : VAXDIR_UNKNOWN;
        assert_int_equal(vaxdir_facts_set(context, facts, name, 2, value), VAXDIR_OK);
    }
    visit.at = 1610953200;
    visit.on_date = date;
    visit.birth_date = person->birth;
    visit.dose = (uint32_t)person->dose;
    visit.vaccine = person->vaccine < 0 ? NULL : vaccines[person->vaccine];
    visit.facts = facts;
    assert_int_equal(vaxdir_eligible(context, edition, row, &visit, &answer), VAXDIR_OK);
    assert_in_range(answer.answer, VAXDIR_ELIGIBILITY_YES, VAXDIR_ELIGIBILITY_UNKNOWN);
    struct answer result = {"?yn?"[answer.answer], answer.yes_from, answer.missing_count, {""}};
    assert_true(result.missing_count <= FACTS + 4);
    assert_true(result.word == '?' || result.missing_count == 0);
    for (uint32_t i = 0; i < result.missing_count; i++) {
        const char *name = NULL;
        assert_int_equal(vaxdir_eligibility_missing(context, edition, row, &visit, i, &name), VAXDIR_OK);
        strcpy(result.missing[i], name);
    }
    vaxdir_facts_unref(facts);
    return result;
}

static void learn(struct person *person, const char *name)
{
    if (strcmp(name, "birth-date") == 0)
        person->birth = random_date(1930, 2008);
    else if (strcmp(name, "dose") == 0)
        person->dose = 1 + (int)random_below(3);
    else if (strcmp(name, "vaccine") == 0)
        person->vaccine = (int)random_below(4);
    else if (strcmp(name, "department") == 0)
        person->place = (int)random_below(3);
    else
        person->facts[name[1] - '0'] = "yn"[random_below(2)];
}

/* One thing more is known, whatever it is. */
static struct person knowing_more(const struct person *person)
{
    static const char *const names[] = {"birth-date", "dose", "vaccine", "department", "f0",
                                        "f1",         "f2",   "f3",      "f4",         "f5"};
    for (unsigned tries = 0; tries < 100; tries++) {
        unsigned which = random_below(10);
        bool unknown = which == 0   ? person->birth == 0
                       : which == 1 ? person->dose == 0
                       : which == 2 ? person->vaccine < 0
                       : which == 3 ? person->place < 0
                                    : person->facts[which - 4] == '?';
        struct person more = *person;
        if (!unknown)
            continue;
        learn(&more, names[which]);
        return more;
    }
    return *person;
}

static void check_later_yes(const struct phase *phases, int count, const struct person *person, int date, int yes_from)
{
    int first = 0, day = date;
    for (int i = 0; i < HORIZON && first == 0; i++) {
        day = next_day(day);
        if (naive(phases, count, person, day) == 'y')
            first = day;
    }
    if (first != 0 ? yes_from != first : yes_from != 0 && yes_from <= day)
        fail_msg("yes from %d, day by day %d", yes_from, first);
    if (yes_from != 0 && naive(phases, count, person, yes_from) != 'y')
        fail_msg("not yes on %d", yes_from);
}

static void test_random_campaigns(void **state)
{
    (void)state;
    unsigned words[128] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct phase phases[PHASES];
        int count = 1 + (int)random_below(PHASES), date = random_date(2021, 2021);
        for (int i = 0; i < count; i++) {
            phases[i] = (struct phase){.from = random_date(2020, 2022), .place = (int)random_below(6) - 3, .count = 0};
            phases[i].place = phases[i].place < 0 ? -1 : phases[i].place;
            int until = random_date(2021, 2022);
            phases[i].until = random_below(2) == 0 || until < phases[i].from ? 0 : until;
            (void)add_node(&phases[i], 3);
        }
        vaxdir_edition *edition = write_campaign(phases, count);
        for (int i = 0; i < 3; i++) {
            struct person person = random_person();
            struct answer answer = ask(edition, &person, date);
            char expected = naive(phases, count, &person, date);
            words[(unsigned char)expected]++;
            if (answer.word != expected)
                fail_msg("round %d: %c, naive %c", round, answer.word, expected);
            if (expected == 'n')
                check_later_yes(phases, count, &person, date, answer.yes_from);
            struct person more = knowing_more(&person);
            char after = ask(edition, &more, date).word;
            if (expected != '?' && after != expected)
                fail_msg("round %d: %c became %c by knowing more", round, expected, after);
            for (uint32_t m = 0; m < answer.missing_count; m++)
                learn(&person, answer.missing[m]);
            if (answer.word == '?' && ask(edition, &person, date).word == '?')
                fail_msg("round %d: all that was missing is known, and it is still unknown", round);
        }
        vaxdir_edition_unref(edition);
    }
    print_message("# %u yes, %u no, %u unknown\n", words['y'], words['n'], words['?']);
    assert_true(words['y'] > ROUNDS / 4 && words['n'] > ROUNDS / 4 && words['?'] > ROUNDS / 4);
}

static int set_up(void **state)
{
    (void)state;
    random_seed(460118);
    static const char *const insee[] = {"57463", "75056", "97411", ""};
    vaxdir_builder *builder = NULL;
    assert_int_equal(vaxdir_context_new(NULL, &context), VAXDIR_OK);
    assert_int_equal(vaxdir_builder_new(context, NULL, &builder), VAXDIR_OK);
    for (int i = 0; i < 8; i++) {
        char id[] = {'c', ':', (char)('0' + i), '\0'};
        assert_int_equal(vaxdir_builder_begin_record(context, builder, id, 3), VAXDIR_OK);
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_INSEE, insee[i % 4], strlen(insee[i % 4]));
        vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_RESERVED, i < 4 ? "f" : "t", 1);
        assert_int_equal(vaxdir_builder_end_record(context, builder), VAXDIR_OK);
    }
    assert_int_equal(vaxdir_builder_build(context, builder, &registry), VAXDIR_OK);
    vaxdir_builder_unref(builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vaxdir_registry_unref(registry);
    vaxdir_context_unref(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_campaigns)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
