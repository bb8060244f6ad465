/* warm.c: what the headers promise to do without allocating once warm, or at all, does: each loop runs over its queries
 * to warm up and then again, while the context's allocator and, where the C library lets it be replaced, every malloc
 * of the process are counted, those of PROJ's geodesics and of the other dependencies among them. Prints TAP. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../support/property.h"
#include "../support/random.h"
#include "../support/small.h"
#include "../support/world.h"
#include "allocator.h"

enum { CENTRES = 3000, POSITIONS = 200, WIDTH = 5, FILTERS = 4 };

/* An edition to search and one with links and phones. */
static vaxdir_context *context;
static vaxdir_rules *rules;
static vaxdir_edition *large, *small;
static vaxdir_matches *matches;
static vaxdir_route *route;
static vaxdir_link *link_handle;
static vaxdir_area *area;
static vaxdir_filter *filters[FILTERS];
static double positions[POSITIONS][2];

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* --- loops -------------------------------------------------------------------------------------------------------- */

/* Every limit and flag, with filters and without, and with both distances. */
static void nearest(void)
{
    static const uint32_t limits[] = {1, 3, 0, 17, 100, UINT32_MAX};
    for (int i = 0; i < POSITIONS; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = limits[i % 6];
        query.flags = (uint32_t)i / 6 % 4; /* exact distances, all ties */
        query.filter = i % 5 < FILTERS ? filters[i % 5] : NULL;
        query.max_distance_m = i % 7 == 0 ? 300e3 : 0;
        query.min_distance_m = i % 11 == 0 ? 20e3 : 0;
        check(vaxdir_nearest(context, large, positions[i][0], positions[i][1], &query, matches), "nearest");
    }
}

static void within_radius(void)
{
    for (int i = 0; i < POSITIONS; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.flags = i % 2 == 0 ? (uint32_t)VAXDIR_QUERY_UNORDERED : 0;
        query.flags |= i % 3 == 0 ? (uint32_t)VAXDIR_QUERY_EXACT_DISTANCES : 0;
        query.filter = i % 5 < FILTERS ? filters[i % 5] : NULL;
        query.limit = i % 4 == 0 ? 10 : 0;
        double radius_m = i % 13 == 0 ? (double)INFINITY : 1e3 * (i + 1);
        check(vaxdir_within_radius(context, large, positions[i][0], positions[i][1], radius_m, &query, matches),
              "within_radius");
    }
}

static void nearest_columns(void)
{
    static uint32_t rows[POSITIONS * WIDTH];
    static double distances_m[POSITIONS * WIDTH];
    for (int i = 0; i <= FILTERS; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.limit = 1 + (uint32_t)i % WIDTH;
        query.filter = i < FILTERS ? filters[i] : NULL;
        check(vaxdir_nearest_columns(context, large, &positions[0][0], sizeof *positions, &positions[0][1],
                                     sizeof *positions, POSITIONS, &query, rows, distances_m, NULL),
              "nearest_columns");
    }
}

static void within(void)
{
    for (int i = 0; i <= FILTERS; i++) {
        vaxdir_query query = VAXDIR_QUERY_INIT;
        query.filter = i < FILTERS ? filters[i] : NULL;
        check(vaxdir_within(context, large, area, &query, matches), "within");
    }
}

static void filter_count(void)
{
    for (int i = 0; i < FILTERS; i++) {
        uint32_t count;
        check(vaxdir_filter_count(context, large, filters[i], &count), "filter_count");
    }
}

static void contains(void)
{
    static uint8_t inside[POSITIONS];
    int32_t one;
    for (int i = 0; i < POSITIONS; i++)
        check(vaxdir_area_contains(context, area, positions[i][0], positions[i][1], &one), "contains");
    check(vaxdir_area_contains_many(context, area, &positions[0][0], &positions[0][1], sizeof *positions, POSITIONS,
                                    inside, NULL),
          "contains_many");
}

static void resolve(void)
{
    for (uint32_t row = 0; row <= SMALL_COUNT; row++) {
        vaxdir_visit visit = VAXDIR_VISIT_INIT;
        visit.at = 1610953200;
        visit.birth_date = 19440302;
        check(vaxdir_resolve(context, small, row == SMALL_COUNT ? VAXDIR_NO_ROW : row, &visit, route), "resolve");
        for (uint32_t i = 0; i < vaxdir_route_count(route); i++) {
            vaxdir_step step = VAXDIR_STEP_INIT;
            check(vaxdir_route_step(context, route, i, &step), "route_step");
        }
    }
}

static void edition_link(void)
{
    for (uint32_t row = 0; row < SMALL_COUNT; row++)
        check(vaxdir_edition_link(context, small, row, link_handle), "edition_link");
}

/* Plain ASCII hosts: libidn2 allocates for others. */
static void link_judge(void)
{
    static const char *const links[] = {
        "https://www.doctolib.fr/vaccination-covid-19/metz/salle?pid=practice-1&utm_source=x",
        "www.maiia.com/centre-de-vaccination/57100-thionville/maison",
        "https://www.doctolib.fr@evil.example/",
        "  http://EXAMPLE.org:80/a b?x=%41#f ",
        "javascript:alert(1)",
        "RIEN",
        "",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.doctolib.fr%2Fmetz&data=1",
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        check(vaxdir_link_judge(context, rules, links[i], strlen(links[i]), "doctolib", 8, link_handle), "link_judge");
}

/* Fields of every type, judged ones and phone numbers among them: they are borrowed from the edition. */
static void getters(void)
{
    for (uint32_t row = 0; row < SMALL_COUNT; row++)
        for (vaxdir_field field = VAXDIR_FIELD_ID; field <= VAXDIR_FIELD_PHONE_NUMBER_2; field++) {
            const char *text;
            double number;
            int64_t integer;
            vaxdir_registry *registry = vaxdir_edition_registry(small);
            /* Of the wrong type each is an error, which allocates as little. */
            (void)vaxdir_edition_text(context, small, row, field, &text, NULL);
            (void)vaxdir_registry_text(context, registry, row, field, &text, NULL);
            (void)vaxdir_registry_number(context, registry, row, field, &number);
            (void)vaxdir_registry_integer(context, registry, row, field, &integer);
        }
}

static void refused(void)
{
    vaxdir_query query = VAXDIR_QUERY_INIT;
    (void)vaxdir_nearest(context, large, 91, 0, &query, matches);
    query.max_distance_m = -1;
    (void)vaxdir_nearest(context, large, 0, 0, &query, matches);
    (void)vaxdir_within_radius(context, NULL, 0, 0, 1, NULL, matches);
}

static const struct {
    const char *name;
    void (*run)(void);
    int warm_up; /* how often before it is counted */
} loops[] = {
    {"vaxdir_area_contains() and _many()", contains, 0},
    {"getters", getters, 0},
    {"vaxdir_nearest()", nearest, 1},
    {"vaxdir_within_radius()", within_radius, 1},
    {"vaxdir_nearest_columns()", nearest_columns, 1},
    {"vaxdir_within()", within, 1},
    {"vaxdir_filter_count()", filter_count, 1},
    {"vaxdir_resolve()", resolve, 1},
    {"vaxdir_edition_link()", edition_link, 1},
    {"vaxdir_link_judge()", link_judge, 1},
    {"refusals", refused, 1},
};
enum { LOOPS = sizeof loops / sizeof *loops };

/* --- the world ---------------------------------------------------------------------------------------------------- */

static void open_all(world *made)
{
    static const char polygon[] = "POLYGON((-5 42,8 42,8 51,-5 51,-5 42),(2 46,3 46,3 47,2 46))";
    vaxdir_context_options options = fault_options();
    vaxdir_registry *registry = NULL;
    check(vaxdir_context_new(&options, &context), "context_new");
    check(vaxdir_rules_default(context, &rules), "rules_default");
    world_fill(made, WORLD_FRANCE, CENTRES);
    large = world_build(made, context, rules);
    for (int i = 0; i < POSITIONS; i++)
        world_position(made, 20, &positions[i][0], &positions[i][1]);
    check(small_build(context, rules, 0, 1, &registry), "build");
    check(vaxdir_edition_new(context, registry, NULL, &small), "edition_new");
    vaxdir_registry_unref(registry);
    check(vaxdir_area_from_wkt(context, polygon, sizeof polygon - 1, NULL, &area), "area_from_wkt");
    check(vaxdir_filter_area(context, area, &filters[0]), "filter_area");
    check(vaxdir_filter_parse(context, "city = 'Metz' AND NOT kind LIKE 'c%'", 36, &filters[1]), "filter_parse");
    for (int i = 2; i < FILTERS; i++) {
        world_pairs passing;
        filters[i] = world_filter(context, 2, &passing);
    }
    check(vaxdir_matches_new(context, &matches), "matches_new");
    check(vaxdir_route_new(context, &route), "route_new");
    check(vaxdir_link_new(context, &link_handle), "link_new");
}

static void close_all(world *made)
{
    vaxdir_link_unref(link_handle);
    vaxdir_route_unref(route);
    vaxdir_matches_unref(matches);
    for (int i = 0; i < FILTERS; i++)
        vaxdir_filter_unref(filters[i]);
    vaxdir_area_unref(area);
    vaxdir_edition_unref(small);
    vaxdir_edition_unref(large);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    world_free(made);
}

int main(int argc, char **argv)
{
    world made = {0};
    fault_start();
    property_start(argc, argv, LOOPS + 1);
    open_all(&made);
    fault_arm(0, false);
    filters[0] = vaxdir_filter_unref(filters[0]);
    check(vaxdir_filter_area(context, area, &filters[0]), "filter_area");
    fault_disarm();
    property_result(fault_count() > 0, "what allocates is counted");
    for (int i = 0; i < LOOPS; i++) {
        for (int time = 0; time < loops[i].warm_up; time++)
            loops[i].run();
        fault_arm(0, false);
        loops[i].run();
        fault_disarm();
        property_result(fault_count() == 0, "%s: %ld allocations", loops[i].name, fault_count());
    }
    close_all(&made);
    return property_end();
}
