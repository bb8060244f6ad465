/* settle.c: see settle.h. Invariant: which record stays depends on the records and the order of inputs, never on the
 * order of rows within an input. */
#include "settle.h"

#include <stdlib.h>
#include <string.h>

/* What a comparison needs travels with the record. */
typedef struct candidate {
    const vaxdir_builder *builder;
    uint64_t key; /* of the id: in its order, but equal for some */
    uint32_t record;
} candidate;

static vaxdir_slice id_of(const candidate *one)
{
    const vaxdir_record *record = &one->builder->records[one->record];
    return (vaxdir_slice){(const char *)one->builder->bytes.bytes + record->id, record->id_length};
}

static vaxdir_slice bytes_of(const candidate *one)
{
    const vaxdir_record *record = &one->builder->records[one->record];
    return (vaxdir_slice){(const char *)one->builder->bytes.bytes + record->bytes, record->length};
}

/* Ascending id; of one id, the record that stays comes first; the order of arrival only parts identical records. */
static int compare_candidates(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    int order = vaxdir_slice_compare(id_of(a), id_of(b));
    if (order != 0)
        return order;
    const vaxdir_record *first = &a->builder->records[a->record], *second = &b->builder->records[b->record];
    if (first->input != second->input)
        return first->input > second->input ? -1 : 1;
    if (first->updated_at != second->updated_at)
        return first->updated_at > second->updated_at ? -1 : 1;
    order = vaxdir_slice_compare(bytes_of(b), bytes_of(a));
    if (order != 0)
        return order;
    return a->record < b->record ? -1 : a->record > b->record;
}

/* The candidates, with their keys: the eight bytes that follow what all ids begin with, mostly a system. They spare the
 * sorting from fetching ids, which are anywhere in memory. No id has a zero byte: what ends sorts first. */
static void list_candidates(const vaxdir_builder *builder, candidate *candidates)
{
    size_t count = builder->record_count, common = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        candidates[i] = (candidate){builder, 0, (uint32_t)i};
        vaxdir_slice first = id_of(&candidates[0]), id = id_of(&candidates[i]);
        common = id.length < common ? id.length : common;
        if (memcmp(first.bytes, id.bytes, common) != 0)
            for (size_t same = 0;; same++)
                if (first.bytes[same] != id.bytes[same]) {
                    common = same;
                    break;
                }
    }
    for (size_t i = 0; i < count; i++) {
        vaxdir_slice id = id_of(&candidates[i]);
        for (size_t at = common; at < common + 8; at++)
            candidates[i].key = candidates[i].key << 8 | (at < id.length ? (unsigned char)id.bytes[at] : 0u);
    }
}

static vaxdir_status tell_loser(vaxdir_context *context, vaxdir_builder *builder, const candidate *stays,
                                const candidate *loser, vaxdir_settled *settled)
{
    const vaxdir_record *record = &builder->records[loser->record];
    const vaxdir_input_seen *input = &builder->inputs[record->input];
    int32_t code = VAXDIR_DIAGNOSTIC_ID_DUPLICATE;
    if (vaxdir_slice_equal(bytes_of(stays), bytes_of(loser)))
        code = VAXDIR_DIAGNOSTIC_ID_REPEATED;
    else if (record->input != builder->records[stays->record].input)
        code = VAXDIR_DIAGNOSTIC_ID_REPLACED;
    else
        settled->quarantined++;
    return vaxdir_findings_add(context, &builder->built, code, VAXDIR_FIELD_ID, record->line, 0,
                               vaxdir_input_name(builder, input), (vaxdir_slice){NULL, 0}, id_of(loser), id_of(loser),
                               (vaxdir_slice){NULL, 0});
}

/* The row of each record that stays, in the order of records: a bucket per record, then the buckets in turn. */
static void order_rows(const vaxdir_settled *settled, uint32_t *row_of_record, size_t record_count)
{
    for (size_t i = 0; i < record_count; i++)
        row_of_record[i] = UINT32_MAX;
    for (uint32_t row = 0; row < settled->count; row++)
        row_of_record[settled->records[row]] = row;
    uint32_t next = 0;
    for (size_t i = 0; i < record_count; i++)
        if (row_of_record[i] != UINT32_MAX)
            settled->order[next++] = row_of_record[i];
}

static vaxdir_status choose(vaxdir_context *context, vaxdir_builder *builder, const candidate *candidates,
                            vaxdir_settled *settled)
{
    const candidate *stays = NULL;
    for (size_t i = 0; i < builder->record_count; i++) {
        if (stays != NULL && vaxdir_slice_equal(id_of(stays), id_of(&candidates[i]))) {
            vaxdir_status status = tell_loser(context, builder, stays, &candidates[i], settled);
            if (status != VAXDIR_OK)
                return status;
        } else {
            stays = &candidates[i];
            settled->records[settled->count++] = stays->record;
        }
    }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_settle(vaxdir_context *context, vaxdir_builder *builder, vaxdir_settled *settled)
{
    const vaxdir_memory *memory = &context->memory;
    size_t count = builder->record_count;
    memset(settled, 0, sizeof *settled);
    settled->capacity = count;
    settled->records = vaxdir_memory_allocate(memory, count, sizeof *settled->records);
    settled->order = vaxdir_memory_allocate(memory, count, sizeof *settled->order);
    candidate *candidates = vaxdir_memory_allocate(memory, count, sizeof *candidates);
    uint32_t *row_of_record = vaxdir_memory_allocate(memory, count, sizeof *row_of_record);
    vaxdir_status status = VAXDIR_OK;
    if (settled->records == NULL || settled->order == NULL || candidates == NULL || row_of_record == NULL) {
        status = vaxdir_context_fail_memory(context);
    } else {
        list_candidates(builder, candidates);
        qsort(candidates, count, sizeof *candidates, compare_candidates);
        status = choose(context, builder, candidates, settled);
        order_rows(settled, row_of_record, count);
    }
    vaxdir_memory_free(memory, candidates, count, sizeof *candidates);
    vaxdir_memory_free(memory, row_of_record, count, sizeof *row_of_record);
    return status;
}

void vaxdir_settled_free(const vaxdir_memory *memory, vaxdir_settled *settled)
{
    vaxdir_memory_free(memory, settled->records, settled->capacity, sizeof *settled->records);
    vaxdir_memory_free(memory, settled->order, settled->capacity, sizeof *settled->order);
}
