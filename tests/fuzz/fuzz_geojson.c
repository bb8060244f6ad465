/* fuzz_geojson.c: any bytes as an area in GeoJSON; fuzz_area.h says what is watched. */
#include "fuzz_area.h"

static vaxdir_status read_geojson(vaxdir_context *context, const char *text, size_t length,
                                  const vaxdir_area_options *options, vaxdir_area **ret_area)
{
    return vaxdir_area_from_geojson(context, text, length, options, ret_area);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return try_area(read_geojson, true, data, size);
}
