/* index_select_avx2.c: the inner loops of index_select.c for processors with AVX2, chosen at run time. */
#include "index_select.h"

#include "index_walk.h"

#if VAXDIR_INDEX_HAS_AVX2

#include <string.h>

#include "../base/avx2_begin.h"

typedef vaxdir_index_item item;

/* A division under way. */
typedef struct division {
    __m256i key;   /* moves the bytes of an item's key to both halves of its lane */
    __m256i pivot; /* of all */
    item *left;    /* where the next item below the pivot goes */
    size_t apart;  /* from there to the place of the last item that is not below it */
} division;

/* Puts `count` items, an even number, to the ends that are theirs: two at a time, written to both ends, of which the
 * room shrinks only by what belongs there. `step` is 2, or -2 when the last come first. */
static inline void deal(division *of, const item *from, ptrdiff_t step, size_t count)
{
    item *left = of->left;
    size_t apart = of->apart;
    for (size_t last = apart - count; apart > last; from += step) {
        __m256i two = _mm256_loadu_si256((const __m256i *)(const void *)from);
        __m256i below = _mm256_cmpgt_epi64(of->pivot, _mm256_shuffle_epi8(two, of->key));
        /* The second comes first where it is below, whatever the first is. */
        __m256i second = _mm256_permute4x64_epi64(below, 0xFF);
        two = _mm256_blendv_epi8(two, _mm256_permute4x64_epi64(two, 0x4E), second);
        apart -= 2;
        _mm256_storeu_si256((__m256i *)(void *)left, two);
        _mm256_storeu_si256((__m256i *)(void *)(left + apart), two);
        left += __builtin_popcount((unsigned)_mm256_movemask_epi8(below)) / 16;
    }
    of->left = left;
    of->apart = apart;
}

/* In place: a block at either end is held, which makes room, and then always the block at the side with less room is
 * dealt, so that there is room for a block on both sides (after Bramas 2017, who takes a vector where this takes a
 * block, so that the choice of the side is rarely waited for). */
size_t vaxdir_index_divide_avx2(item *items, size_t count, int64_t pivot, int axis)
{
    enum { BLOCK = 64 };
    item held[3 * BLOCK];
    const char at = (char)(4 * axis);
    const __m128i key = _mm_setr_epi8(12, 13, 14, 15, at, (char)(at + 1), (char)(at + 2), (char)(at + 3), 12, 13, 14,
                                      15, at, (char)(at + 1), (char)(at + 2), (char)(at + 3));
    division of = {_mm256_broadcastsi128_si256(key), _mm256_set1_epi64x(pivot), items, count};
    size_t kept = 0;
    if (count >= 3 * BLOCK) {
        const item *first = items + BLOCK, *last = items + count - BLOCK; /* of what is not yet dealt */
        memcpy(held, items, BLOCK * sizeof *items);
        memcpy(held + BLOCK, last, BLOCK * sizeof *items);
        kept = 2 * BLOCK;
        while (last - first >= BLOCK) {
            bool from_left = first - of.left <= of.left + of.apart - last;
            const item *from = from_left ? first : last - 2;
            deal(&of, from, from_left ? 2 : -2, BLOCK);
            first += from_left ? BLOCK : 0;
            last -= from_left ? 0 : BLOCK;
        }
        memcpy(held + kept, first, (size_t)(last - first) * sizeof *items);
        kept += (size_t)(last - first);
    } else {
        memcpy(held, items, count * sizeof *items);
        kept = count;
    }
    /* An odd one first: two are written to both ends of what is then an even room. */
    if (kept % 2 != 0) {
        bool lower = vaxdir_index_key(&held[--kept], axis) < pivot;
        *of.left = of.left[--of.apart] = held[kept];
        of.left += lower;
    }
    deal(&of, held, 2, kept);
    return (size_t)(of.left - items);
}

/* Counts for four keys at a time how many are below them; no sorting, hence no branch on what is compared. */
int64_t vaxdir_index_key_of_rank_avx2(int64_t *keys, size_t count, size_t rank)
{
    for (size_t i = count; i % 4 != 0; i++)
        keys[i] = INT64_MAX;
    for (size_t i = 0; i < count; i += 4) {
        __m256i four = _mm256_loadu_si256((const __m256i *)(const void *)(keys + i));
        __m256i below = _mm256_setzero_si256();
        for (size_t j = 0; j < count; j++)
            below = _mm256_sub_epi64(below, _mm256_cmpgt_epi64(four, _mm256_set1_epi64x(keys[j])));
        __m256i found = _mm256_cmpeq_epi64(below, _mm256_set1_epi64x((int64_t)rank));
        unsigned mask = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(found));
        if (mask != 0)
            return keys[i + (size_t)__builtin_ctz(mask)];
    }
    return INT64_MAX;
}

#include "../base/avx2_end.h"

#endif
