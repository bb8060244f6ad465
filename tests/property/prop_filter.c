/* prop_filter.c: random filters, as text, against an evaluation written here from docs/filters.md alone, on random
 * registries of every size around a block of rows. Prints TAP; arguments: support/property.h. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/made.h"
#include "../support/property.h"
#include "../support/random.h"

#include "search/evaluate.h"

enum { ROWS_MAX = 9000, ITEMS_MAX = 3, NODES_MAX = 400, TEXT_MAX = 65536 };

/* Few values, so that comparisons meet; some are prefixes of others, some hold what patterns and quotes are made of. */
static const char *const words[] = {"a", "ab", "abc", "b", "L'Isle", "100%", "a_c", "\\", "\xC3\xA9t\xC3\xA9", "B"};
enum { WORDS = sizeof words / sizeof *words };
static const char *const patterns[] = {"a%",   "%b", "_",    "a_c",       "a\\_c", "%\\%",
                                       "\\\\", "%",  "_t_%", "%L''Isle%", "",      "__%"};
/* The same without doubled quotes. */
static const char *const plain_patterns[] = {"a%",   "%b", "_",    "a_c",      "a\\_c", "%\\%",
                                             "\\\\", "%",  "_t_%", "%L'Isle%", "",      "__%"};
enum { PATTERNS = sizeof patterns / sizeof *patterns };
static const double numbers[] = {-90, -1.5, 0, 0.1, 48.8566, 90};
enum { NUMBERS = sizeof numbers / sizeof *numbers };
static const char *const number_texts[] = {"-90", "-15e-1", "0", ".1", "48.8566", "+90.0"};
static const int32_t dates[] = {10101, 20201231, 20210101, 20210118, 99991231};
static const char *const date_texts[] = {"0001-01-01", "2020-12-31", "2021-01-01", "2021-01-18", "9999-12-31"};
static const int64_t instants[] = {-86400, -1, 0, 1610953200, 253402300799};
static const char *const instant_texts[] = {"1969-12-31T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T01:00:00+01:00",
                                            "2021-01-18T07:00:00Z", "9999-12-31T23:59:59Z"};
enum { TIMES = sizeof dates / sizeof *dates };
static const char *const flags[] = {"unknown", "yes", "no"};

typedef struct centre {
    char id[16];
    int city, attribute; /* -1 is absent */
    int kinds[ITEMS_MAX], kind_count;
    int score, opens_on, closes_on, updated_at; /* as above */
    int closed;
} centre;

static centre centres[ROWS_MAX];
static uint32_t row_count;
static vaxdir_context *context;
static vaxdir_rules *rules;

/* One of `count`, or -1. */
static int perhaps(int count)
{
    return random_below(4) == 0 ? -1 : (int)random_below((uint32_t)count);
}

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* --- registries --------------------------------------------------------------------------------------------------- */

static void set_kinds(vaxdir_builder *builder, const centre *this)
{
    char list[128] = "{";
    size_t length = 1;
    for (int i = 0; i < this->kind_count; i++)
        length +=
            (size_t)snprintf(list + length, sizeof list - length, "%s%s", i > 0 ? "," : "", words[this->kinds[i]]);
    length += (size_t)snprintf(list + length, sizeof list - length, "}");
    check(vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_KIND, list, length), "set_text");
}

static void add(vaxdir_builder *builder, centre *this, uint32_t row)
{
    int length = snprintf(this->id, sizeof this->id, "p:%05u", (unsigned)row);
    *this = (centre){.city = perhaps(WORDS), .attribute = perhaps(WORDS), .score = perhaps(NUMBERS)};
    snprintf(this->id, sizeof this->id, "p:%05u", (unsigned)row);
    this->opens_on = perhaps(TIMES);
    this->closes_on = perhaps(TIMES);
    this->updated_at = perhaps(TIMES);
    this->closed = (int)random_below(3);
    this->kind_count = (int)random_below(ITEMS_MAX + 1);
    for (int i = 0; i < this->kind_count; i++)
        this->kinds[i] = (int)random_below(4); /* plain words: the syntax of lists is not what is tested here */
    check(vaxdir_builder_begin_record(context, builder, this->id, (size_t)length), "begin_record");
    if (this->city >= 0)
        check(
            vaxdir_builder_set_text(context, builder, VAXDIR_FIELD_CITY, words[this->city], strlen(words[this->city])),
            "set_text");
    if (this->attribute >= 0)
        check(vaxdir_builder_set_attribute(context, builder, "it's", 4, words[this->attribute],
                                           strlen(words[this->attribute])),
              "set_attribute");
    if (this->score >= 0)
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_POSITION_SCORE, numbers[this->score]),
              "set_number");
    if (this->opens_on >= 0)
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_OPENS_ON, dates[this->opens_on]),
              "set_integer");
    if (this->closes_on >= 0)
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSES_ON, dates[this->closes_on]),
              "set_integer");
    if (this->updated_at >= 0)
        check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_UPDATED_AT, instants[this->updated_at]),
              "set_integer");
    check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSED, this->closed), "set_integer");
    if (this->kind_count > 0)
        set_kinds(builder, this);
    check(vaxdir_builder_end_record(context, builder), "end_record");
}

static vaxdir_edition *build(void)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    builder_options.rules = rules;
    check(vaxdir_builder_new(context, &builder_options, &builder), "builder_new");
    for (uint32_t row = 0; row < row_count; row++)
        add(builder, &centres[row], row);
    return made_edition(context, builder, rules);
}

/* --- filters: a tree, its text, its meaning ------------------------------------------------------------------------
 */

typedef enum form { AND, OR, NOT, CITY, ATTRIBUTE, KIND, ID, CLOSED, SCORE, OPENS_ON, UPDATED_AT, OPEN_ON, FORMS } form;
typedef enum verb { EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, LIKE, BETWEEN, IS_NULL } verb;
static const char *const verbs[] = {"=", "<>", "<", "<=", ">", ">=", "IN", "LIKE", "BETWEEN", "IS NULL"};

typedef struct node {
    form form;
    verb verb;
    bool negated;  /* NOT IN, NOT LIKE, NOT BETWEEN, IS NOT NULL */
    int values[3]; /* of the form's table; rows for ids */
    int count;
    int parts[3];
} node;

static node nodes[NODES_MAX];
static int node_count;
static char text[TEXT_MAX];
static size_t text_length;

static void write(const char *what)
{
    size_t length = strlen(what);
    if (text_length + length >= TEXT_MAX)
        exit(1);
    memcpy(text + text_length, what, length + 1);
    text_length += length;
}

static void write_quoted(const char *what)
{
    char byte[3] = "";
    write("'");
    for (; *what != '\0'; what++) {
        byte[0] = *what;
        byte[1] = *what == '\'' ? '\'' : '\0';
        write(byte);
    }
    write("'");
}

static int random_term(node *this)
{
    static const int choices[FORMS] = {
        [CITY] = WORDS, [ATTRIBUTE] = WORDS, [KIND] = WORDS,     [ID] = ROWS_MAX,
        [CLOSED] = 3,   [SCORE] = NUMBERS,   [OPENS_ON] = TIMES, [UPDATED_AT] = TIMES,
    };
    this->form = (form)(CITY + random_below(FORMS - CITY));
    bool texts = this->form == CITY || this->form == ATTRIBUTE || this->form == KIND || this->form == ID;
    bool unordered = this->form == KIND || this->form == CLOSED;
    do
        this->verb = (verb)random_below(IS_NULL + 1);
    while ((this->verb == LIKE && !texts) ||
           (unordered && (this->verb == BETWEEN || (this->verb >= LESS && this->verb <= GREATER_OR_EQUAL))));
    this->negated = this->verb >= IN && random_below(3) == 0;
    this->count = this->verb == IN ? 1 + (int)random_below(3) : this->verb == BETWEEN ? 2 : 1;
    int choice = this->verb == LIKE ? PATTERNS : choices[this->form];
    if (this->form == ID && this->verb != LIKE)
        choice = (int)row_count + 1;
    if (this->form == OPEN_ON) {
        this->verb = EQUAL;
        this->negated = false;
        this->count = 1;
        choice = TIMES;
    }
    for (int i = 0; i < this->count; i++)
        this->values[i] = (int)random_below((uint32_t)choice);
    return (int)(this - nodes);
}

static int random_node(int depth)
{
    node *this = &nodes[node_count++];
    uint32_t choice = depth == 0 ? 3 : random_below(5);
    *this = (node){.form = AND};
    if (choice >= 3)
        return random_term(this);
    this->form = choice == 0 ? AND : choice == 1 ? OR : NOT;
    this->count = this->form == NOT ? 1 : 2 + (int)random_below(2);
    for (int i = 0; i < this->count; i++)
        this->parts[i] = random_node(depth - 1);
    return (int)(this - nodes);
}

static void write_value(const node *this, int value)
{
    char id[16];
    if (this->verb == LIKE) {
        write("'");
        write(patterns[value]);
        write("'");
        return;
    }
    switch (this->form) {
    case ID:
        snprintf(id, sizeof id, "p:%05d", value);
        write_quoted(id);
        break;
    case CLOSED:
        write_quoted(flags[value]);
        break;
    case SCORE:
        write(number_texts[value]);
        break;
    case OPENS_ON:
        write("DATE(");
        write_quoted(date_texts[value]);
        write(")");
        break;
    case UPDATED_AT:
        write(random_below(2) == 0 ? "timestamp( " : "TIMESTAMP(");
        write_quoted(instant_texts[value]);
        write(")");
        break;
    default:
        write_quoted(words[value]);
    }
}

static void write_term(const node *this)
{
    static const char *const names[FORMS] = {
        [CITY] = "city",     [ATTRIBUTE] = "attribute('it''s')", [KIND] = "kind",         [ID] = "id",
        [CLOSED] = "closed", [SCORE] = "position_score",         [OPENS_ON] = "opens_on", [UPDATED_AT] = "updated_at",
    };
    if (this->form == OPEN_ON) {
        bool plain = random_below(2) == 0;
        write(plain ? "open_on(" : "OPEN_ON( date(");
        write_quoted(date_texts[this->values[0]]);
        write(plain ? " )" : "))");
        return;
    }
    write(names[this->form]);
    write(random_below(2) == 0 ? " " : "\n");
    if (this->verb == IS_NULL) {
        write(this->negated ? "IS NOT NULL" : "is null");
        return;
    }
    write(this->negated ? "NOT " : "");
    write(verbs[this->verb]);
    write(this->verb == IN ? "(" : " ");
    for (int i = 0; i < this->count; i++) {
        write(i == 0 ? "" : this->verb == IN ? " ," : " and ");
        write_value(this, this->values[i]);
    }
    write(this->verb == IN ? ")" : "");
}

static void write_node(const node *this)
{
    if (this->form > NOT) {
        write_term(this);
        return;
    }
    for (int i = 0; i < this->count; i++) {
        const node *part = &nodes[this->parts[i]];
        bool enclosed = this->form == NOT ? part->form <= NOT : part->form <= OR || random_below(4) == 0;
        write(this->form == NOT ? "NOT " : i == 0 ? "" : this->form == AND ? " AND " : " or ");
        write(enclosed ? "( " : "");
        write_node(part);
        write(enclosed ? ")" : "");
    }
}

static bool likes(const char *pattern, const char *of)
{
    if (*pattern == '\0')
        return *of == '\0';
    if (*pattern == '%')
        return likes(pattern + 1, of) || (*of != '\0' && likes(pattern, of + 1));
    if (*of == '\0')
        return false;
    if (*pattern == '_') {
        of++;
        while (((unsigned char)*of & 0xC0) == 0x80)
            of++;
        return likes(pattern + 1, of);
    }
    pattern += *pattern == '\\';
    return *pattern == *of && likes(pattern + 1, of + 1);
}

static bool holds(verb which, int order)
{
    return which == EQUAL || which == IN ? order == 0
           : which == NOT_EQUAL          ? order != 0
           : which == LESS               ? order < 0
           : which == LESS_OR_EQUAL      ? order <= 0
           : which == GREATER            ? order > 0
                                         : order >= 0;
}

static const char *value_text(const node *this, int i, char *id)
{
    snprintf(id, 16, "p:%05d", this->values[i]);
    return this->form == ID ? id : this->form == CLOSED ? flags[this->values[i]] : words[this->values[i]];
}

static bool text_passes(const node *this, const char *of)
{
    char id[16];
    if (this->verb == LIKE)
        return likes(plain_patterns[this->values[0]], of);
    if (this->verb == BETWEEN)
        return strcmp(of, value_text(this, 0, id)) >= 0 && strcmp(of, value_text(this, 1, id)) <= 0;
    for (int i = 0; i < this->count; i++)
        if (holds(this->verb, strcmp(of, value_text(this, i, id))))
            return true;
    return false;
}

static bool number_passes(const node *this, double of, const double *table)
{
    if (this->verb == BETWEEN)
        return of >= table[this->values[0]] && of <= table[this->values[1]];
    for (int i = 0; i < this->count; i++)
        if (holds(this->verb, of < table[this->values[i]] ? -1 : of > table[this->values[i]]))
            return true;
    return false;
}

static double days[TIMES], seconds[TIMES];

static bool kinds_pass(const node *this, const centre *of)
{
    bool found = false;
    node equal = *this;
    equal.verb = this->verb == NOT_EQUAL ? EQUAL : this->verb;
    for (int i = 0; i < of->kind_count; i++)
        found = found || text_passes(&equal, words[of->kinds[i]]);
    return this->verb == NOT_EQUAL ? !found : found;
}

static bool term_passes(const node *this, const centre *of)
{
    switch (this->form) {
    case CITY:
        return of->city >= 0 && text_passes(this, words[of->city]);
    case ATTRIBUTE:
        return of->attribute >= 0 && text_passes(this, words[of->attribute]);
    case KIND:
        return of->kind_count > 0 && kinds_pass(this, of);
    case ID:
        return text_passes(this, of->id);
    case CLOSED:
        return text_passes(this, flags[of->closed]);
    case SCORE:
        return of->score >= 0 && number_passes(this, numbers[of->score], numbers);
    case OPENS_ON:
        return of->opens_on >= 0 && number_passes(this, days[of->opens_on], days);
    case OPEN_ON:
        return of->closed != VAXDIR_YES && (of->opens_on < 0 || of->opens_on <= this->values[0]) &&
               (of->closes_on < 0 || of->closes_on >= this->values[0]);
    default:
        return of->updated_at >= 0 && number_passes(this, seconds[of->updated_at], seconds);
    }
}

static bool is_absent(form which, const centre *of)
{
    return which == CITY         ? of->city < 0
           : which == ATTRIBUTE  ? of->attribute < 0
           : which == KIND       ? of->kind_count == 0
           : which == SCORE      ? of->score < 0
           : which == OPENS_ON   ? of->opens_on < 0
           : which == UPDATED_AT ? of->updated_at < 0
                                 : false;
}

static bool passes(const node *this, const centre *of)
{
    if (this->form > NOT)
        return (this->verb == IS_NULL ? is_absent(this->form, of) : term_passes(this, of)) != this->negated;
    for (int i = 0; i < this->count; i++) {
        bool part = passes(&nodes[this->parts[i]], of);
        if (this->form == NOT)
            return !part;
        if (part == (this->form == OR))
            return part;
    }
    return this->form == AND;
}

/* --- the comparison ----------------------------------------------------------------------------------------------- */

static bool agrees(const vaxdir_edition *edition)
{
    static uint64_t words_of[ROWS_MAX / 64 + 1];
    uint32_t expected = 0, counted = 0, evaluated = 0;
    vaxdir_filter *filter = NULL;
    bool agree = true;
    node_count = 0;
    text_length = 0;
    const node *root = &nodes[random_node((int)random_below(4))];
    write_node(root);
    vaxdir_status status = vaxdir_filter_parse(context, text, text_length, &filter);
    if (status != VAXDIR_OK)
        printf("# column %ld of: %s\n", (long)vaxdir_context_error(context)->column, text);
    check(status, "filter_parse");
    check(vaxdir_filter_count(context, edition, filter, &counted), "filter_count");
    if (!vaxdir_filter_evaluate(&vaxdir_memory_standard, filter, edition, words_of, &evaluated))
        exit(1);
    for (uint32_t row = 0; row < row_count; row++) {
        bool pass = passes(root, &centres[row]);
        expected += pass;
        agree = agree && (words_of[row / 64] >> (row % 64) & 1) == pass &&
                (row % 7 != 0 || vaxdir_filter_passes(filter, edition, row) == pass);
    }
    vaxdir_filter_unref(filter);
    return agree && counted == expected && evaluated == expected;
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[] = {0, 1, 63, 64, 65, 500, 4095, 4096, 4097, ROWS_MAX};
    uint32_t rounds = 600 * property_start(argc, argv, sizeof sizes / sizeof *sizes);
    for (int i = 0; i < TIMES; i++) {
        days[i] = dates[i];
        seconds[i] = (double)instants[i];
    }
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    unsigned long failures = 0;
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        row_count = sizes[size];
        vaxdir_edition *edition = build();
        unsigned long before = failures;
        for (uint32_t round = 0; round < (row_count > 1000 ? rounds / 4 : rounds); round++)
            if (!agrees(edition) && failures++ < 10)
                printf("# wrong: %s\n", text);
        property_result(failures == before, "%u centres", (unsigned)row_count);
        vaxdir_edition_unref(edition);
    }
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
