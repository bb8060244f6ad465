/* fault_area.h: the scenarios of areas, a part of fault_all.c, whose world and macros they use. Invariant: every way
 * in, repair, a ring about a pole, and all that asks of an area. */
#ifndef FAULT_AREA_H
#define FAULT_AREA_H

static const char AREA_JSON[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                                "{\"code\":\"57\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                                "[[[5,48],[7,48],[7,50],[5,50],[5,48]],[[6,49.5],[6.1,49.5],[6.1,49.6],[6,49.5]]]}}]}";
static const char AREA_BAD[] = "POLYGON((179 0,-179 2,-179 0,179 2,179 0))";

static vaxdir_status call_area_geojson(world *w)
{
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    options.property = "code";
    options.value = "57";
    MAKES(vaxdir_area, vaxdir_area_unref,
          vaxdir_area_from_geojson(w->context, AREA_JSON, sizeof AREA_JSON - 1, &options, &made));
}

static vaxdir_status call_area_repair(world *w)
{
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    options.flags = VAXDIR_AREA_REPAIR;
    MAKES(vaxdir_area, vaxdir_area_unref,
          vaxdir_area_from_wkt(w->context, AREA_BAD, sizeof AREA_BAD - 1, &options, &made));
}

static vaxdir_status call_area_rings(world *w)
{
    static const double latitudes[] = {60, 61, 60, 62}, longitudes[] = {0, 90, 180, -90};
    static const uint32_t sizes[] = {4};
    MAKES(vaxdir_area, vaxdir_area_unref,
          vaxdir_area_from_rings(w->context, latitudes, longitudes, 0, sizes, 1, NULL, &made));
}

static vaxdir_status call_filter_area(world *w)
{
    MAKES(vaxdir_filter, vaxdir_filter_unref, vaxdir_filter_area(w->context, w->area, &made));
}

static vaxdir_status call_within(world *w)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    query.filter = w->filter;
    vaxdir_status status = vaxdir_within(w->context, w->edition, w->area, &query, w->matches);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_matches_count(w->matches) != 1 || !(vaxdir_matches_distances_m(w->matches)[0] == 0);
    return status;
}

static vaxdir_status call_area_contains(world *w)
{
    static const double latitudes[] = {49, 0}, longitudes[] = {6, 0};
    uint8_t inside[2];
    int32_t one;
    (void)vaxdir_area_unref(vaxdir_area_ref(w->area));
    (void)vaxdir_area_contains(w->context, w->area, 49, 6, &one);
    return vaxdir_area_contains_many(w->context, w->area, latitudes, longitudes, 0, 2, inside, NULL);
}

#endif
