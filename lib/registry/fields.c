/* fields.c: the field vocabulary as one table. Invariant: the line of a field stands at its number, and a released
 * number never changes its meaning. */
#include "fields.h"

#include <stddef.h>

#include "../base/text.h"

typedef struct field_line {
    const char *name;
    vaxdir_field_type type;
} field_line;

static const field_line fields[VAXDIR_FIELD_SLOTS] = {
    [VAXDIR_FIELD_ID] = {"id", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_NAME] = {"name", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_ADDRESS_NUMBER] = {"address_number", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_ADDRESS_STREET] = {"address_street", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_ADDRESS_ID] = {"address_id", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_POSTCODE] = {"postcode", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_CITY] = {"city", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_INSEE] = {"insee", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_DEPARTMENT] = {"department", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_REGION] = {"region", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_LATITUDE] = {"latitude", VAXDIR_TYPE_NUMBER},
    [VAXDIR_FIELD_LONGITUDE] = {"longitude", VAXDIR_TYPE_NUMBER},
    [VAXDIR_FIELD_POSITION_SCORE] = {"position_score", VAXDIR_TYPE_NUMBER},
    [VAXDIR_FIELD_OPERATOR_NAME] = {"operator_name", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_OPERATOR_SIREN] = {"operator_siren", VAXDIR_TYPE_TEXT},
    [VAXDIR_FIELD_UPDATED_AT] = {"updated_at", VAXDIR_TYPE_INSTANT},
    [VAXDIR_FIELD_OPENS_ON] = {"opens_on", VAXDIR_TYPE_DATE},
    [VAXDIR_FIELD_CLOSES_ON] = {"closes_on", VAXDIR_TYPE_DATE},
    [VAXDIR_FIELD_CLOSED] = {"closed", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_RESERVED] = {"reserved", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_BY_APPOINTMENT] = {"by_appointment", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_ACCESSIBLE] = {"accessible", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_PRE_CONSULTATION] = {"pre_consultation", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_VOICEMAIL] = {"voicemail", VAXDIR_TYPE_FLAG},
    [VAXDIR_FIELD_HOURS_MONDAY] = {"hours_monday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_TUESDAY] = {"hours_tuesday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_WEDNESDAY] = {"hours_wednesday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_THURSDAY] = {"hours_thursday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_FRIDAY] = {"hours_friday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_SATURDAY] = {"hours_saturday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_HOURS_SUNDAY] = {"hours_sunday", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_BOOKING_URL] = {"booking_url", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_BOOKING_NOTES] = {"booking_notes", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_PHONE] = {"phone", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_PHONE_2] = {"phone_2", VAXDIR_TYPE_RAW},
    [VAXDIR_FIELD_KIND] = {"kind", VAXDIR_TYPE_LIST},
    [VAXDIR_FIELD_PROVIDER] = {"provider", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_TRUST] = {"trust", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_PAGE] = {"page", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_LINK_KEY] = {"link_key", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_LINK_URL] = {"link_url", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_PHONE_NUMBER] = {"phone_number", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_PHONE_NUMBER_2] = {"phone_number_2", VAXDIR_TYPE_JUDGED},
    [VAXDIR_FIELD_DECLARED_PROVIDER] = {"declared_provider", VAXDIR_TYPE_TEXT},
};

vaxdir_field_type vaxdir_field_type_of(vaxdir_field field)
{
    return field < VAXDIR_FIELD_SLOTS ? fields[field].type : VAXDIR_TYPE_NONE;
}

bool vaxdir_field_is_text(vaxdir_field field)
{
    switch (vaxdir_field_type_of(field)) {
    case VAXDIR_TYPE_TEXT:
    case VAXDIR_TYPE_RAW:
    case VAXDIR_TYPE_LIST:
    case VAXDIR_TYPE_FLAG:
    case VAXDIR_TYPE_JUDGED:
        return true;
    default:
        return false;
    }
}

bool vaxdir_field_is_number(vaxdir_field field)
{
    return vaxdir_field_type_of(field) == VAXDIR_TYPE_NUMBER;
}

bool vaxdir_field_is_integer(vaxdir_field field)
{
    vaxdir_field_type type = vaxdir_field_type_of(field);
    return type == VAXDIR_TYPE_INSTANT || type == VAXDIR_TYPE_DATE || type == VAXDIR_TYPE_FLAG;
}

const char *vaxdir_flag_text(int64_t flag)
{
    return flag == VAXDIR_YES ? "yes" : flag == VAXDIR_NO ? "no" : "unknown";
}

const char *vaxdir_field_name(vaxdir_field field)
{
    return field < VAXDIR_FIELD_SLOTS ? fields[field].name : NULL;
}

vaxdir_field vaxdir_field_find(const char *name, size_t length)
{
    for (vaxdir_field field = 1; name != NULL && field < VAXDIR_FIELD_SLOTS; field++)
        if (vaxdir_slice_is((vaxdir_slice){name, length}, fields[field].name))
            return field;
    return 0;
}
