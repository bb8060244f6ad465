/* fuzz_wkt.c: any bytes as an area in WKT; fuzz_area.h says what is watched. */
#include "fuzz_area.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return try_area(vaxdir_area_from_wkt, false, data, size);
}
