/* dialect.c: see dialect.h. Invariant: all that is particular to a feed stands in these tables. */
#include "dialect.h"

#include <string.h>

#include "../registry/fields.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* "Lieux de vaccination contre la Covid-19", 2021. The names after the first of a field are other versions of the feed
 * and hand-edited ones. */
static const vaxdir_dialect_column french_columns[] = {
    {"gid", VAXDIR_FIELD_ID},
    {"nom", VAXDIR_FIELD_NAME},
    {"name", VAXDIR_FIELD_NAME},
    {"adr_num", VAXDIR_FIELD_ADDRESS_NUMBER},
    {"adr_voie", VAXDIR_FIELD_ADDRESS_STREET},
    {"id_adr", VAXDIR_FIELD_ADDRESS_ID},
    {"com_cp", VAXDIR_FIELD_POSTCODE},
    {"com_nom", VAXDIR_FIELD_CITY},
    {"com_insee", VAXDIR_FIELD_INSEE},
    {"lat_coor1", VAXDIR_FIELD_LATITUDE},
    {"latitude", VAXDIR_FIELD_LATITUDE},
    {"lat", VAXDIR_FIELD_LATITUDE},
    {"long_coor1", VAXDIR_FIELD_LONGITUDE},
    {"longitude", VAXDIR_FIELD_LONGITUDE},
    {"lon", VAXDIR_FIELD_LONGITUDE},
    {"long", VAXDIR_FIELD_LONGITUDE},
    {"lng", VAXDIR_FIELD_LONGITUDE},
    {"xy_precis", VAXDIR_FIELD_POSITION_SCORE},
    {"structure_rais", VAXDIR_FIELD_OPERATOR_NAME},
    {"structure_siren", VAXDIR_FIELD_OPERATOR_SIREN},
    {"_edit_datemaj", VAXDIR_FIELD_UPDATED_AT},
    {"edit_datemaj", VAXDIR_FIELD_UPDATED_AT},
    {"date_ouverture", VAXDIR_FIELD_OPENS_ON},
    {"date_fermeture", VAXDIR_FIELD_CLOSES_ON},
    {"centre_fermeture", VAXDIR_FIELD_CLOSED},
    {"reserve_professionels_sante", VAXDIR_FIELD_RESERVED},
    {"rdv", VAXDIR_FIELD_BY_APPOINTMENT},
    {"lieu_accessibilite", VAXDIR_FIELD_ACCESSIBLE},
    {"rdv_consultation_prevaccination", VAXDIR_FIELD_PRE_CONSULTATION},
    {"centre_svi_repondeur", VAXDIR_FIELD_VOICEMAIL},
    {"rdv_lundi", VAXDIR_FIELD_HOURS_MONDAY},
    {"rdv_mardi", VAXDIR_FIELD_HOURS_TUESDAY},
    {"rdv_mercredi", VAXDIR_FIELD_HOURS_WEDNESDAY},
    {"rdv_jeudi", VAXDIR_FIELD_HOURS_THURSDAY},
    {"rdv_vendredi", VAXDIR_FIELD_HOURS_FRIDAY},
    {"rdv_samedi", VAXDIR_FIELD_HOURS_SATURDAY},
    {"rdv_dimanche", VAXDIR_FIELD_HOURS_SUNDAY},
    {"rdv_site_web", VAXDIR_FIELD_BOOKING_URL},
    {"rdv_modalites", VAXDIR_FIELD_BOOKING_NOTES},
    {"rdv_tel", VAXDIR_FIELD_PHONE},
    {"lieu_tel", VAXDIR_FIELD_PHONE},
    {"rdv_tel2", VAXDIR_FIELD_PHONE_2},
    {"centre_type", VAXDIR_FIELD_KIND},
};

static const vaxdir_dialect_column plain_columns[] = {
    {"lat", VAXDIR_FIELD_LATITUDE},
    {"lon", VAXDIR_FIELD_LONGITUDE},
    {"lng", VAXDIR_FIELD_LONGITUDE},
    {"long", VAXDIR_FIELD_LONGITUDE},
};

static const vaxdir_dialect dialects[] = {
    {"gid", true, false, VAXDIR_DATE_ANY, "c_", french_columns, COUNT(french_columns)},
    {"id", false, true, VAXDIR_DATE_ANY, NULL, plain_columns, COUNT(plain_columns)},
};

static vaxdir_meaning find_in_table(const vaxdir_dialect *dialect, vaxdir_slice name)
{
    for (size_t i = 0; i < dialect->column_count; i++)
        if (vaxdir_slice_is(name, dialect->columns[i].name))
            return (vaxdir_meaning){dialect->columns[i].field, (uint32_t)i + 1};
    return (vaxdir_meaning){0, 0};
}

vaxdir_meaning vaxdir_dialect_meaning(const vaxdir_dialect *dialect, vaxdir_slice folded_name)
{
    if (dialect->vocabulary) {
        vaxdir_field field = vaxdir_field_find(folded_name.bytes, folded_name.length);
        if (field != 0 && vaxdir_field_type_of(field) != VAXDIR_TYPE_JUDGED)
            return (vaxdir_meaning){field, 0};
    }
    vaxdir_meaning meaning = find_in_table(dialect, folded_name);
    if (meaning.field != 0 || dialect->prefix == NULL)
        return meaning;
    size_t length = strlen(dialect->prefix);
    if (folded_name.length <= length || memcmp(folded_name.bytes, dialect->prefix, length) != 0)
        return meaning;
    meaning = find_in_table(dialect, (vaxdir_slice){folded_name.bytes + length, folded_name.length - length});
    meaning.rank += (uint32_t)dialect->column_count;
    return meaning;
}

const char *vaxdir_dialect_name(const vaxdir_dialect *dialect, vaxdir_field field)
{
    if (dialect->vocabulary)
        return vaxdir_field_name(field);
    for (size_t i = 0; i < dialect->column_count; i++)
        if (dialect->columns[i].field == field)
            return dialect->columns[i].name;
    return NULL;
}

const vaxdir_dialect *vaxdir_dialect_of(const vaxdir_slice *folded_names, size_t count, size_t *ret_known)
{
    const vaxdir_dialect *best = NULL;
    *ret_known = 0;
    for (size_t d = 0; d < COUNT(dialects); d++) {
        size_t ids = 0, others = 0;
        for (size_t i = 0; i < count; i++) {
            vaxdir_field field = vaxdir_dialect_meaning(&dialects[d], folded_names[i]).field;
            ids += field == VAXDIR_FIELD_ID;
            others += field != 0 && field != VAXDIR_FIELD_ID;
        }
        if (ids > 0 && others > 0 && others + 1 > *ret_known) {
            *ret_known = others + 1;
            best = &dialects[d];
        }
    }
    return best;
}
