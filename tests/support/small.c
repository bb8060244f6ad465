/* small.c: see small.h. Invariant: made-up centres only; nothing here is of a real feed. */
#include "small.h"

#include <math.h>
#include <string.h>

typedef struct centre {
    const char *id, *name, *postcode, *city, *url, *phone, *kind, *attribute;
    double latitude, longitude;
    int64_t updated_at, opens_on, closed;
} centre;

static const centre centres[SMALL_COUNT] = {
    {"gid:1", "Salle des f\xC3\xAAtes", "57000", "Metz",
     "https://www.doctolib.fr/vaccination-covid-19/metz/salle?pid=practice-1", "03 87 00 00 01", "CDV", "un", 49.1193,
     6.1757, 1610953200, 20210118, VAXDIR_NO},
    {"gid:2", "Gymnase", "57070", "Metz", "https://vaccination-covid.keldoc.com/centre/metz-57000/gymnase",
     "0387000002", "CDV\nCAV", NULL, 49.12, 6.2, 1610953201, 20210119, VAXDIR_UNKNOWN},
    {"gid:3", "Maison de sant\xC3\xA9", "57100", "Thionville",
     "www.maiia.com/centre-de-vaccination/57100-thionville/maison", NULL, NULL, "trois", 49.3579, 6.1683, 0, 0,
     VAXDIR_YES},
    {"gid:4", "Sur place", "54000", "Nancy", "RIEN", "+33 3 83 00 00 04", NULL, "", 48.6921, 6.1844, 0, 0, VAXDIR_NO},
    {"gid:5", "Courriel", "54000", "Nancy", "centre@example.org", "pas de num\xC3\xA9ro", NULL, NULL, 48.6921, 6.1844,
     0, 0, VAXDIR_NO},
    {"gid:6", "Pi\xC3\xA8ge", NULL, NULL, "https://www.doctolib.fr@evil.example/", NULL, NULL, NULL, 0.0, 0.0, 0, 0,
     VAXDIR_UNKNOWN},
    {"gid:7", "Sans position", "75001", "Paris",
     "https://example.org/rendez-vous?a=1&b=2 https://www.keldoc.com/centre/paris-75001/sept https://example.org/b",
     "01 00 00 00 07 / 01 00 00 00 08", NULL, "sept", NAN, NAN, 0, 0, VAXDIR_UNKNOWN},
    {"gid:8", "Nord", NULL, NULL, NULL, NULL, NULL, NULL, 90.0, 12.0, 0, 0, VAXDIR_UNKNOWN},
    {"gid:9", "Sud", NULL, NULL, "http://xn--caf-dma.example/", "3960", NULL, NULL, -90.0, -170.0, -1, 0,
     VAXDIR_UNKNOWN},
    {"id:fidji", "Est", NULL, NULL, "javascript:alert(1)", NULL, NULL, NULL, -17.0, 179.999, 0, 0, VAXDIR_UNKNOWN},
    {"id:fidji-2", "Ouest", NULL, NULL, "  https://partners.doctolib.fr/metz ", NULL, "CDV", "dix", -17.0, -179.999, 0,
     99991231, VAXDIR_UNKNOWN},
    {"z:\xC3\xA9", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NAN, NAN, 0, 0, VAXDIR_UNKNOWN},
};

const char small_feed[] =
    "id,name,latitude,longitude,booking_url,phone,remark\n"
    "1,Un,49.1,6.1,https://www.doctolib.fr/vaccination-covid-19/metz/un?pid=practice-1,0387000001,a\n"
    "2,\"Deux, le grand\",49.2,6.2,,0387000002,\"b \"\"c\"\"\"\n"
    "3,Trois,95,6.3,RIEN,bad,\n"
    ",Sans identifiant,49,6,,,\n"
    "1,Un encore,49.1,6.1,,,\n";

vaxdir_status small_add(vaxdir_context *context, vaxdir_builder *builder, unsigned which)
{
    const centre *c = &centres[which];
    const struct {
        vaxdir_field field;
        const char *text;
    } texts[] = {
        {VAXDIR_FIELD_NAME, c->name},       {VAXDIR_FIELD_POSTCODE, c->postcode}, {VAXDIR_FIELD_CITY, c->city},
        {VAXDIR_FIELD_BOOKING_URL, c->url}, {VAXDIR_FIELD_PHONE, c->phone},       {VAXDIR_FIELD_KIND, c->kind},
    };
    vaxdir_status status = vaxdir_builder_begin_record(context, builder, c->id, strlen(c->id));
    for (size_t i = 0; status == VAXDIR_OK && i < sizeof texts / sizeof *texts; i++)
        if (texts[i].text != NULL)
            status = vaxdir_builder_set_text(context, builder, texts[i].field, texts[i].text, strlen(texts[i].text));
    if (status == VAXDIR_OK)
        status = vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, c->latitude);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, c->longitude);
    if (status == VAXDIR_OK && c->updated_at != 0)
        status = vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_UPDATED_AT, c->updated_at);
    if (status == VAXDIR_OK && c->opens_on != 0)
        status = vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_OPENS_ON, c->opens_on);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_CLOSED, c->closed);
    if (status == VAXDIR_OK && c->attribute != NULL)
        status = vaxdir_builder_set_attribute(context, builder, "remark", 6, c->attribute, strlen(c->attribute));
    if (status == VAXDIR_OK && which % 5 == 0)
        status = vaxdir_builder_set_attribute(context, builder, "\xC3\xA9tage", 6, "2", 1);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_end_record(context, builder);
    return status;
}

vaxdir_status small_build(vaxdir_context *context, vaxdir_rules *rules, unsigned first, unsigned step,
                          vaxdir_registry **ret_registry)
{
    vaxdir_builder *builder = NULL;
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    options.rules = rules;
    vaxdir_status status = vaxdir_builder_new(context, &options, &builder);
    for (unsigned i = 0; status == VAXDIR_OK && i < SMALL_COUNT; i++)
        status = small_add(context, builder, (first + i * step) % SMALL_COUNT);
    if (status == VAXDIR_OK)
        status = vaxdir_builder_build(context, builder, ret_registry);
    vaxdir_builder_unref(builder);
    return status;
}
