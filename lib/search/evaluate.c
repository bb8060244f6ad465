/* evaluate.c: a filter on the columns of an edition, a block of rows at a time. Invariant: a row's bit depends on the
 * row and the filter alone: comparisons with an absent value are false, and NOT is the complement. */
#include "evaluate.h"

#include <math.h>
#include <string.h>

#include "like.h"

/* Rows of a block: its bitsets are small enough to lie on the stack, one for each level of nesting. */
enum { BLOCK_WORDS = 64, BLOCK_ROWS = BLOCK_WORDS * 64 };

/* --- what was found of a text, so that a text that many rows have is compared once ---------------------------------
 */

/* How many entries, as a power of two: as many as there are rows, within reason. */
enum { MEMO_BITS_LEAST = 12, MEMO_BITS_MOST = 14 };

typedef struct memo_entry {
    const vaxdir_filter *term;
    uint32_t name;
    bool passes;
} memo_entry;

typedef struct evaluation {
    const vaxdir_edition *edition;
    memo_entry *memo; /* 2^memo_bits entries; NULL for none */
    unsigned memo_bits;
    uint32_t first; /* the rows of the block */
    uint32_t count;
} evaluation;

static memo_entry *memo_find(const evaluation *all, const vaxdir_filter *term, uint32_t name)
{
    uint64_t mixed = ((uint64_t)name ^ (uint64_t)((uintptr_t)term >> 4) << 20) * UINT64_C(0x9E3779B97F4A7C15);
    return &all->memo[mixed >> (64 - all->memo_bits)];
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* The first value that is not less. */
static size_t value_from(const vaxdir_filter *term, vaxdir_slice text)
{
    size_t low = 0, high = term->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vaxdir_slice_compare(term->parts.values[middle], text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_value(const vaxdir_filter *term, vaxdir_slice text)
{
    size_t at = value_from(term, text);
    return at < term->count && vaxdir_slice_equal(term->parts.values[at], text);
}

static bool ordered(int order, int32_t operator_code)
{
    switch (operator_code) {
    case VAXDIR_OPERATOR_EQUAL:
        return order == 0;
    case VAXDIR_OPERATOR_NOT_EQUAL:
        return order != 0;
    case VAXDIR_OPERATOR_LESS:
        return order < 0;
    case VAXDIR_OPERATOR_LESS_OR_EQUAL:
        return order <= 0;
    case VAXDIR_OPERATOR_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool item_passes(const vaxdir_filter *term, vaxdir_slice text)
{
    if (term->kind == VAXDIR_FILTER_IN)
        return is_value(term, text);
    if (term->operator_code == VAXDIR_OPERATOR_LIKE)
        return vaxdir_like(term->parts.values[0], text);
    return ordered(vaxdir_slice_compare(text, term->parts.values[0]), term->operator_code);
}

/* Items of a list are joined by line feeds, which no item contains. A list is <> a value if no item equals it. */
static bool list_passes(const vaxdir_filter *term, vaxdir_slice list)
{
    bool all = term->operator_code == VAXDIR_OPERATOR_NOT_EQUAL;
    const char *end = list.bytes + list.length;
    for (const char *item = list.bytes;;) {
        const char *feed = memchr(item, '\n', (size_t)(end - item));
        const char *stop = feed == NULL ? end : feed;
        if (item_passes(term, (vaxdir_slice){item, (size_t)(stop - item)}) != all)
            return !all;
        if (feed == NULL)
            return all;
        item = feed + 1;
    }
}

static bool text_passes(const vaxdir_filter *term, vaxdir_slice text)
{
    if (term->kind == VAXDIR_FILTER_HAS)
        return true;
    return term->list ? list_passes(term, text) : item_passes(term, text);
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

/* Names of texts, one every `step` bytes; base NULL where no row has a text. */
typedef struct names {
    const unsigned char *base;
    size_t step;
    const vaxdir_strings *strings;
} names;

static const uint32_t *attribute_column(const vaxdir_registry *registry, vaxdir_slice name)
{
    uint32_t low = 0, high = registry->attribute_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order =
            vaxdir_slice_compare(vaxdir_strings_get(&registry->strings, registry->attribute_names[middle]), name);
        if (order == 0)
            return registry->attributes + (size_t)middle * registry->count;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The names of a judged field; `trust` has none. */
static const uint32_t *judged_column(const vaxdir_verdict_row *rows, vaxdir_field field)
{
    switch (field) {
    case VAXDIR_FIELD_PROVIDER:
        return &rows->provider;
    case VAXDIR_FIELD_PAGE:
        return &rows->page;
    case VAXDIR_FIELD_LINK_KEY:
        return &rows->key;
    case VAXDIR_FIELD_LINK_URL:
        return &rows->url;
    case VAXDIR_FIELD_PHONE_NUMBER:
        return &rows->phone;
    default:
        return &rows->phone_2;
    }
}

static names names_of(const vaxdir_edition *edition, const vaxdir_filter_subject *subject)
{
    const vaxdir_registry *registry = edition->registry;
    names column = {NULL, sizeof(uint32_t), &registry->strings};
    const uint32_t *base;
    if (registry->count == 0)
        return column;
    if (subject->attribute.bytes != NULL) {
        base = attribute_column(registry, subject->attribute);
    } else if (vaxdir_field_type_of(subject->field) == VAXDIR_TYPE_JUDGED) {
        base = judged_column(edition->verdicts->rows, subject->field);
        column.step = sizeof(vaxdir_verdict_row);
        column.strings = &edition->verdicts->strings;
    } else {
        base = registry->texts[subject->field];
    }
    column.base = (const unsigned char *)(const void *)base;
    return column;
}

/* --- terms on a block --------------------------------------------------------------------------------------------- */

/* Without a branch: which rows pass is often as random as a coin. */
static void set_bit(uint64_t *words, uint32_t i, bool passes)
{
    words[i / 64] |= (uint64_t)passes << (i % 64);
}

static bool name_passes(const evaluation *all, const vaxdir_filter *term, const vaxdir_strings *strings, uint32_t name)
{
    if (term->kind == VAXDIR_FILTER_HAS)
        return true;
    if (all->memo == NULL)
        return text_passes(term, vaxdir_strings_get(strings, name));
    memo_entry *entry = memo_find(all, term, name);
    if (entry->term != term || entry->name != name)
        *entry = (memo_entry){term, name, text_passes(term, vaxdir_strings_get(strings, name))};
    return entry->passes;
}

static void evaluate_names(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    names column = names_of(all->edition, &term->subject);
    if (column.base == NULL)
        return;
    const unsigned char *cell = column.base + all->first * column.step;
    for (uint32_t i = 0; i < all->count; i++, cell += column.step) {
        uint32_t name = *(const uint32_t *)(const void *)cell;
        set_bit(words, i, name != 0 && name_passes(all, term, column.strings, name));
    }
}

/* Rows stand in ascending id bytes, and so do the values. */
static void evaluate_ids(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    names column = names_of(all->edition, &term->subject);
    if (column.base == NULL || all->count == 0)
        return;
    const uint32_t *ids = (const uint32_t *)(const void *)column.base + all->first;
    size_t at = value_from(term, vaxdir_strings_get(column.strings, ids[0]));
    for (uint32_t i = 0; i < all->count && at < term->count; at++) {
        uint32_t low = i, high = all->count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (vaxdir_slice_compare(vaxdir_strings_get(column.strings, ids[middle]), term->parts.values[at]) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        i = low;
        if (i < all->count)
            set_bit(words, i, vaxdir_slice_equal(vaxdir_strings_get(column.strings, ids[i]), term->parts.values[at]));
    }
}

static void evaluate_trust(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const vaxdir_verdict_row *rows = all->edition->verdicts->rows + all->first;
    bool passes[VAXDIR_VERDICT_EXACT + 1];
    for (uint8_t trust = 0; trust <= VAXDIR_VERDICT_EXACT; trust++)
        passes[trust] = text_passes(term, vaxdir_slice_of(vaxdir_verdict_name(trust)));
    for (uint32_t i = 0; i < all->count; i++)
        set_bit(words, i, rows[i].trust <= VAXDIR_VERDICT_EXACT && passes[rows[i].trust]);
}

static void evaluate_flag(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const vaxdir_registry *registry = all->edition->registry;
    bool passes[VAXDIR_NO + 1];
    for (int64_t flag = VAXDIR_UNKNOWN; flag <= VAXDIR_NO; flag++)
        passes[flag] = text_passes(term, vaxdir_slice_of(vaxdir_flag_text(flag)));
    for (uint32_t i = 0; i < all->count; i++)
        set_bit(words, i, passes[vaxdir_registry_get_integer(registry, all->first + i, term->subject.field)]);
}

static void evaluate_number(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const double *numbers = all->edition->registry->numbers[term->subject.field] + all->first;
    const bool has = term->kind == VAXDIR_FILTER_HAS;
    const bool passing[3] = {ordered(-1, term->operator_code), ordered(0, term->operator_code),
                             ordered(1, term->operator_code)};
    for (uint32_t i = 0; i < all->count; i++) {
        double number = numbers[i];
        int order = number < term->number ? -1 : number > term->number;
        set_bit(words, i, !isnan(number) && (has || passing[order + 1]));
    }
}

static void evaluate_integer(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const int64_t *integers = all->edition->registry->integers[term->subject.field];
    const bool has = term->kind == VAXDIR_FILTER_HAS;
    const bool passing[3] = {ordered(-1, term->operator_code), ordered(0, term->operator_code),
                             ordered(1, term->operator_code)};
    if (integers == NULL)
        return;
    for (uint32_t i = 0; i < all->count; i++) {
        int64_t integer = integers[all->first + i];
        int order = integer < term->integer ? -1 : integer > term->integer;
        set_bit(words, i, integer != INT64_MIN && (has || passing[order + 1]));
    }
}

static void evaluate_area(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const double *latitudes = all->edition->registry->numbers[VAXDIR_FIELD_LATITUDE] + all->first;
    const double *longitudes = all->edition->registry->numbers[VAXDIR_FIELD_LONGITUDE] + all->first;
    for (uint32_t i = 0; i < all->count; i += 64)
        words[i / 64] = vaxdir_area_holds_many(term->parts.area, latitudes + i, longitudes + i, sizeof(double),
                                               all->count - i < 64 ? all->count - i : 64);
}

/* Columns may be missing: then no centre has the field. */
static void evaluate_open_on(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    const vaxdir_registry *registry = all->edition->registry;
    const int64_t *closed = registry->integers[VAXDIR_FIELD_CLOSED];
    const int64_t *opens = registry->integers[VAXDIR_FIELD_OPENS_ON];
    const int64_t *closes = registry->integers[VAXDIR_FIELD_CLOSES_ON];
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t row = all->first + i;
        bool passes = (closed == NULL || closed[row] != VAXDIR_YES) && (opens == NULL || opens[row] <= term->integer) &&
                      (closes == NULL || closes[row] == INT64_MIN || closes[row] >= term->integer);
        set_bit(words, i, passes); /* an absent opening date is the least number */
    }
}

static void evaluate_term(const evaluation *all, const vaxdir_filter *term, uint64_t *words)
{
    memset(words, 0, BLOCK_WORDS * sizeof *words);
    if (term->kind == VAXDIR_FILTER_AREA) {
        evaluate_area(all, term, words);
        return;
    }
    if (term->kind == VAXDIR_FILTER_OPEN_ON) {
        evaluate_open_on(all, term, words);
        return;
    }
    vaxdir_field field = term->subject.field;
    switch (vaxdir_field_type_of(field)) {
    case VAXDIR_TYPE_NUMBER:
        evaluate_number(all, term, words);
        break;
    case VAXDIR_TYPE_INSTANT:
    case VAXDIR_TYPE_DATE:
        evaluate_integer(all, term, words);
        break;
    case VAXDIR_TYPE_FLAG:
        evaluate_flag(all, term, words);
        break;
    default:
        if (field == VAXDIR_FIELD_ID && term->kind == VAXDIR_FILTER_IN)
            evaluate_ids(all, term, words);
        else if (field == VAXDIR_FIELD_TRUST)
            evaluate_trust(all, term, words);
        else
            evaluate_names(all, term, words);
    }
}

/* --- trees -------------------------------------------------------------------------------------------------------- */

/* The depth is at most VAXDIR_FILTER_DEPTH_MAX. Bits behind the block's rows mean nothing. */
static void evaluate_block(const evaluation *all, const vaxdir_filter *filter, uint64_t *words)
{
    if (!vaxdir_filter_is_group(filter)) {
        evaluate_term(all, filter, words);
        return;
    }
    bool every = filter->kind == VAXDIR_FILTER_AND;
    memset(words, every ? 0xFF : 0, BLOCK_WORDS * sizeof *words);
    for (size_t i = 0; i < filter->count; i++) {
        uint64_t part[BLOCK_WORDS];
        uint64_t left = 0;
        evaluate_block(all, filter->parts.filters[i], part);
        for (size_t word = 0; word < BLOCK_WORDS; word++) {
            words[word] = every ? words[word] & part[word] : words[word] | part[word];
            left |= words[word];
        }
        if (every && left == 0)
            return;
    }
    if (filter->kind == VAXDIR_FILTER_NOT)
        for (size_t word = 0; word < BLOCK_WORDS; word++)
            words[word] = ~words[word];
}

/* Clears what lies behind `count` rows, and counts the rest. */
static uint32_t trim_block(uint64_t *words, uint32_t count)
{
    uint32_t passing = 0;
    for (uint32_t word = 0; word < BLOCK_WORDS; word++) {
        uint32_t from = word * 64;
        if (count < from + 64)
            words[word] &= count <= from ? 0 : (UINT64_C(1) << (count - from)) - 1;
        uint64_t bits = words[word];
        for (; bits != 0; bits &= bits - 1)
            passing++;
    }
    return passing;
}

bool vaxdir_filter_evaluate(const vaxdir_memory *memory, const vaxdir_filter *filter, const vaxdir_edition *edition,
                            uint64_t *words, uint32_t *ret_passing)
{
    uint32_t rows = edition->registry->count;
    size_t word_count = (size_t)rows / 64 + 1;
    evaluation all = {edition, NULL, MEMO_BITS_LEAST, 0, 0};
    uint32_t passing = 0;
    if (rows > BLOCK_ROWS) {
        while (all.memo_bits < MEMO_BITS_MOST && rows >> all.memo_bits != 0)
            all.memo_bits++;
        all.memo = vaxdir_memory_allocate_zeroed(memory, (size_t)1 << all.memo_bits, sizeof *all.memo);
        if (all.memo == NULL)
            return false;
    }
    for (size_t done = 0; done < word_count; done += BLOCK_WORDS) {
        uint64_t block[BLOCK_WORDS];
        size_t left = word_count - done;
        all.first = (uint32_t)(done * 64);
        all.count = rows - all.first < BLOCK_ROWS ? rows - all.first : BLOCK_ROWS;
        evaluate_block(&all, filter, block);
        passing += trim_block(block, all.count);
        memcpy(words + done, block, (left < BLOCK_WORDS ? left : BLOCK_WORDS) * sizeof *words);
    }
    vaxdir_memory_free(memory, all.memo, (size_t)1 << all.memo_bits, sizeof *all.memo);
    *ret_passing = passing;
    return true;
}

bool vaxdir_filter_passes(const vaxdir_filter *filter, const vaxdir_edition *edition, uint32_t row)
{
    uint64_t block[BLOCK_WORDS];
    evaluation one = {edition, NULL, 0, row, 1};
    evaluate_block(&one, filter, block);
    return (block[0] & 1) != 0;
}
