/* avx2_begin.h: what follows, up to avx2_end.h, is compiled for AVX2, which the build as a whole is not: whoever calls
 * it has asked the processor. Included more than once in turn with avx2_end.h, and before the intrinsics. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,popcnt")
#endif

#include <immintrin.h>
