/* index_extent_avx2.c: the box of many positions, four at a time, chosen at run time. */
#include "index_extent.h"

#include "index_walk.h"

#if VAXDIR_INDEX_HAS_AVX2

#include "../base/avx2_begin.h"

static inline __m256i two_items(const vaxdir_index_item *items)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)items);
}

vaxdir_index_extent vaxdir_index_extent_of_avx2(const vaxdir_index_item *items, size_t count)
{
    __m256i first = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)items));
    __m256i least = first, greatest = first, other_least = first, other_greatest = first;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m256i a = two_items(items + i), b = two_items(items + i + 2);
        least = _mm256_min_epi32(least, a);
        greatest = _mm256_max_epi32(greatest, a);
        other_least = _mm256_min_epi32(other_least, b);
        other_greatest = _mm256_max_epi32(other_greatest, b);
    }
    least = _mm256_min_epi32(least, other_least);
    greatest = _mm256_max_epi32(greatest, other_greatest);
    __m128i low = _mm_min_epi32(_mm256_castsi256_si128(least), _mm256_extracti128_si256(least, 1));
    __m128i high = _mm_max_epi32(_mm256_castsi256_si128(greatest), _mm256_extracti128_si256(greatest, 1));
    for (; i < count; i++) {
        __m128i item = _mm_loadu_si128((const __m128i *)(const void *)(items + i));
        low = _mm_min_epi32(low, item);
        high = _mm_max_epi32(high, item);
    }
    int32_t lows[4], highs[4]; /* the row is carried along */
    _mm_storeu_si128((__m128i *)(void *)lows, low);
    _mm_storeu_si128((__m128i *)(void *)highs, high);
    return (vaxdir_index_extent){{lows[0], lows[1], lows[2]}, {highs[0], highs[1], highs[2]}};
}

#include "../base/avx2_end.h"

#endif
