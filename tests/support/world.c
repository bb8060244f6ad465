/* world.c: see world.h. Invariant: a centre's row is its place in the world, because ids are numbered with leading
 * zeros. No two numbers are drawn in one expression, whose parts a compiler may evaluate in any order: a seed is the
 * same world to all. */
#include "world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "made.h"
#include "property.h"
#include "random.h"

const char *const world_names[WORLD_COUNT] = {
    "France", "whole Earth", "antimeridian", "both poles", "near-antipodal", "one point", "line", "lattice",
};

static const char *const towns[WORLD_TOWNS] = {NULL, "Metz", "Paris", "Saint-Denis", "Mamoudzou"};
static const char *const kinds[WORLD_KINDS] = {NULL, "centre", "pharmacie"};

/* --- worlds ------------------------------------------------------------------------------------------------------- */

static void place(world *made, uint32_t row, double latitude, double longitude)
{
    latitude = latitude > 90 ? 180 - latitude : latitude < -90 ? -180 - latitude : latitude;
    longitude = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    made->centres[row].latitude = latitude;
    made->centres[row].longitude = longitude;
}

static void fill_france(world *made)
{
    double town[12][2];
    for (int i = 0; i < 12; i++) {
        town[i][0] = i == 0 ? -21.1 : i == 1 ? 16.2 : i == 2 ? -12.8 : random_uniform(42.5, 51);
        town[i][1] = i == 0 ? 55.5 : i == 1 ? -61.5 : i == 2 ? 45.2 : random_uniform(-4.5, 8);
    }
    for (uint32_t row = 0; row < made->count; row++) {
        uint32_t i = random_below(12);
        double spread = random_uniform(0, 0.3), latitude = town[i][0] + spread * random_uniform(-1, 1);
        place(made, row, latitude, town[i][1] + spread * random_uniform(-1, 1));
    }
    made->home[0] = random_uniform(41, 52);
    made->home[1] = random_uniform(-6, 10);
}

static void fill_whole_earth(world *made)
{
    for (uint32_t row = 0; row < made->count; row++) {
        double latitude = asin(random_uniform(-1, 1)) * 57.29577951308232;
        place(made, row, latitude, random_uniform(-180, 180));
    }
    made->home[0] = random_uniform(-90, 90);
    made->home[1] = random_uniform(-180, 180);
}

static void fill_antimeridian(world *made)
{
    for (uint32_t row = 0; row < made->count; row++) {
        double latitude = -17 + random_uniform(-2, 2);
        place(made, row, latitude, row % 10 == 0 ? (row % 20 == 0 ? 180 : -180) : 180 + random_uniform(-2, 2));
    }
    made->home[0] = -17 + random_uniform(-3, 3);
    made->home[1] = random_below(2) == 0 ? random_uniform(177, 180) : random_uniform(-180, -177);
}

static void fill_poles(world *made)
{
    for (uint32_t row = 0; row < made->count; row++) {
        double latitude = 90;
        if (row % 7 != 0) {
            double off = random_uniform(0, 1);
            latitude -= off * random_uniform(0, 1) * 3;
        }
        place(made, row, row % 2 == 0 ? latitude : -latitude, random_uniform(-180, 180));
    }
    made->home[0] = random_below(4) == 0 ? 90 : random_uniform(88, 90);
    made->home[0] *= random_below(2) == 0 ? 1 : -1;
    made->home[1] = random_uniform(-180, 180);
}

/* Where the longest geodesics are, and the upper bound ends. */
static void fill_near_antipodal(world *made)
{
    made->home[0] = random_below(3) == 0 ? random_uniform(-0.5, 0.5) : random_uniform(-80, 80);
    made->home[1] = random_uniform(-180, 180);
    double far = random_below(3) == 0 ? 0.6 : random_below(2) == 0 ? 3 : 30;
    for (uint32_t row = 0; row < made->count; row++) {
        double latitude = -made->home[0] + random_uniform(-far, far);
        double longitude = made->home[1] + (made->home[1] > 0 ? -180 : 180);
        place(made, row, latitude, longitude + (row % 9 == 0 ? 0 : random_uniform(-far, far)));
    }
}

static void fill_one_point(world *made)
{
    double latitude = random_uniform(-90, 90), longitude = random_uniform(-180, 180);
    for (uint32_t row = 0; row < made->count; row++)
        place(made, row, latitude, longitude);
    made->home[0] = random_below(2) == 0 ? latitude : -latitude;
    made->home[1] = longitude;
}

/* Of any length up to a hundred metres to a sixth of the Earth, however many centres stand on it. */
static void fill_line(world *made)
{
    double latitude = random_uniform(-60, 60), longitude = random_uniform(-180, 180);
    double step = random_uniform(1e-7, 0.08) * (made->count > 2000 ? 2000.0 / made->count : 1);
    double turn = random_below(3) == 0 ? 0 : random_below(2) == 0 ? 1 : random_uniform(0, 1);
    for (uint32_t row = 0; row < made->count; row++)
        place(made, row, latitude + step * row * (1 - turn) * 0.15, longitude + step * row * turn);
    made->home[0] = latitude;
    made->home[1] = longitude;
}

/* Symmetric about the equator and a meridian, where geod_inverse gives equal bits and only the row decides. */
static void fill_lattice(world *made)
{
    double middle = (double)random_below(5) * 90 - 180;
    uint32_t side = (uint32_t)sqrt((double)made->count);
    double step = made->count > 30000 ? 0.0625 : random_below(2) == 0 ? 1 : 0.25;
    for (uint32_t row = 0; row < made->count; row++) {
        /* so that ties are not in the order of rows already */
        uint32_t mixed = (uint32_t)((uint64_t)row * 7919u % made->count);
        place(made, row, step * ((double)(mixed % (side + 1)) - side / 2),
              middle + step * ((double)(mixed / (side + 1)) - side / 2));
    }
    made->home[0] = step * random_below(3) / 2;
    made->home[1] = middle;
}

static void (*const fills[WORLD_COUNT])(world *made) = {
    fill_france,         fill_whole_earth, fill_antimeridian, fill_poles,
    fill_near_antipodal, fill_one_point,   fill_line,         fill_lattice,
};

void world_fill(world *made, world_kind kind, uint32_t count)
{
    if (count > made->capacity) {
        free(made->centres);
        made->centres = malloc(count * sizeof *made->centres);
        made->capacity = count;
        if (made->centres == NULL) {
            printf("Bail out! no memory for a world\n");
            exit(1);
        }
    }
    made->count = count;
    fills[kind](made);
    for (uint32_t row = 0; row < count; row++) {
        made->centres[row].town = (uint8_t)random_below(WORLD_TOWNS);
        made->centres[row].kind = (uint8_t)random_below(WORLD_KINDS);
    }
}

void world_free(world *made)
{
    free(made->centres);
    *made = (world){0};
}

static void set_text(vaxdir_context *context, vaxdir_builder *builder, vaxdir_field field, const char *text)
{
    if (text != NULL)
        property_check(context, vaxdir_builder_set_text(context, builder, field, text, strlen(text)), "set_text");
}

vaxdir_edition *world_build(const world *from, vaxdir_context *context, vaxdir_rules *rules)
{
    vaxdir_builder_options builder_options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    builder_options.rules = rules;
    property_check(context, vaxdir_builder_new(context, &builder_options, &builder), "builder_new");
    for (uint32_t row = 0; row < from->count; row++) {
        const world_centre *this = &from->centres[row];
        char id[16];
        int length = snprintf(id, sizeof id, "p:%07u", (unsigned)row);
        property_check(context, vaxdir_builder_begin_record(context, builder, id, (size_t)length), "begin_record");
        property_check(context, vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, this->latitude),
                       "set_number");
        property_check(context, vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, this->longitude),
                       "set_number");
        set_text(context, builder, VAXDIR_FIELD_CITY, towns[this->town]);
        set_text(context, builder, VAXDIR_FIELD_KIND, kinds[this->kind]);
        property_check(context, vaxdir_builder_end_record(context, builder), "end_record");
    }
    return made_edition(context, builder, rules);
}

/* --- positions ---------------------------------------------------------------------------------------------------- */

static void near_centre(const world *of, double sign, double *latitude, double *longitude)
{
    if (of->count == 0)
        return;
    const world_centre *some = &of->centres[random_below(of->count)];
    double off = random_below(2) == 0 ? 0
                 : sign > 0           ? pow(10, random_uniform(-14, -2))
                                      : pow(10, random_uniform(-9, 0.5));
    *latitude = sign * some->latitude + off * random_uniform(-1, 1);
    *longitude = some->longitude + (sign > 0 ? 0 : 180) + off * random_uniform(-1, 1);
}

void world_position(const world *of, uint32_t antipodes_in, double *ret_latitude, double *ret_longitude)
{
    double latitude = of->home[0], longitude = of->home[1];
    if (random_below(antipodes_in) == 0) {
        near_centre(of, -1, &latitude, &longitude);
    } else {
        switch (random_below(8)) {
        case 0:
            latitude = random_uniform(-90, 90);
            longitude = random_uniform(-180, 180);
            break;
        case 1:
        case 2: /* at a centre, or a nanometre to a kilometre from it */
            near_centre(of, 1, &latitude, &longitude);
            break;
        case 3:
            latitude = random_below(2) == 0 ? 90 : -90;
            break;
        case 4:
            latitude += random_uniform(-1, 1);
            longitude += random_uniform(-1, 1);
            break;
        case 5:
            longitude += 360 * ((double)random_below(7) - 3);
            break;
        default:
            break;
        }
    }
    *ret_latitude = latitude > 90 ? 90 : latitude < -90 ? -90 : latitude;
    *ret_longitude = longitude;
}

/* --- filters: made by calls and at once as the set of pairs that they let through -----------------------------------
 */

static vaxdir_filter *random_leaf(vaxdir_context *context, world_pairs *ret_passing)
{
    const char *values[4];
    size_t count = random_below(4);
    bool by_town = random_below(2) == 0;
    vaxdir_filter *filter = NULL;
    *ret_passing = 0;
    for (size_t i = 0; i < count; i++) {
        int choice = (int)random_below(by_town ? WORLD_TOWNS : WORLD_KINDS);
        const char *value = by_town ? towns[choice] : kinds[choice];
        values[i] = value == NULL ? "nowhere" : value;
        for (int town = 0; town < WORLD_TOWNS; town++)
            for (int kind = 0; kind < WORLD_KINDS; kind++)
                if (value != NULL && (by_town ? town : kind) == choice)
                    *ret_passing |= (world_pairs)1 << (town * WORLD_KINDS + kind);
    }
    vaxdir_field field = by_town ? VAXDIR_FIELD_CITY : VAXDIR_FIELD_KIND;
    property_check(context, vaxdir_filter_in(context, field, values, NULL, count, &filter), "filter_in");
    return filter;
}

vaxdir_filter *world_filter(vaxdir_context *context, int depth, world_pairs *ret_passing)
{
    enum { LEAF, AND, OR, NOT } form = depth == 0 ? 0 : random_below(4);
    vaxdir_filter *parts[3] = {NULL, NULL, NULL}, *filter = NULL;
    world_pairs passing = form == AND ? ~(world_pairs)0 : 0;
    if (form == LEAF)
        return random_leaf(context, ret_passing);
    size_t count = form == NOT ? 1 : random_below(4);
    for (size_t i = 0; i < count; i++) {
        world_pairs part = 0;
        parts[i] = world_filter(context, depth - 1, &part);
        passing = form == AND ? passing & part : form == OR ? passing | part : ~part;
    }
    if (form == NOT)
        property_check(context, vaxdir_filter_not(context, parts[0], &filter), "filter_not");
    else if (form == AND)
        property_check(context, vaxdir_filter_and(context, parts, count, &filter), "filter_and");
    else
        property_check(context, vaxdir_filter_or(context, parts, count, &filter), "filter_or");
    for (size_t i = 0; i < count; i++)
        vaxdir_filter_unref(parts[i]);
    *ret_passing = passing;
    return filter;
}
