/* territory.c: see territory.h. Codes: Code officiel géographique (INSEE), départements and regions since 2016.
 * Invariant: what is not sure is absent. */
#include "territory.h"

#include <string.h>

typedef struct region_line {
    const char *name;
    const char *departments; /* each followed by a space */
} region_line;

static const region_line regions[] = {
    {"Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74 "},
    {"Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90 "},
    {"Bretagne", "22 29 35 56 "},
    {"Centre-Val de Loire", "18 28 36 37 41 45 "},
    {"Corse", "2A 2B "},
    {"Grand Est", "08 10 51 52 54 55 57 67 68 88 "},
    {"Guadeloupe", "971 "},
    {"Guyane", "973 "},
    {"Hauts-de-France", "02 59 60 62 80 "},
    {"Île-de-France", "75 77 78 91 92 93 94 95 "},
    {"La Réunion", "974 "},
    {"Martinique", "972 "},
    {"Mayotte", "976 "},
    {"Normandie", "14 27 50 61 76 "},
    {"Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87 "},
    {"Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82 "},
    {"Pays de la Loire", "44 49 53 72 85 "},
    {"Provence-Alpes-Côte d'Azur", "04 05 06 13 83 84 "},
};

/* Overseas collectivities: no region, but codes of their own. */
static const char collectivities[] = "975 977 978 986 987 988 ";

static bool listed(const char *list, vaxdir_slice code)
{
    for (; *list != '\0'; list = strchr(list, ' ') + 1) {
        size_t length = (size_t)(strchr(list, ' ') - list);
        if (vaxdir_slice_equal((vaxdir_slice){list, length}, code))
            return true;
    }
    return false;
}

vaxdir_slice vaxdir_territory_region(vaxdir_slice department)
{
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (listed(regions[i].departments, department))
            return vaxdir_slice_of(regions[i].name);
    return (vaxdir_slice){NULL, 0};
}

/* The code as five characters, a lost leading zero put back. */
static bool five_characters(vaxdir_slice code, char five[5])
{
    code = vaxdir_text_trim(code);
    if (code.length != 4 && code.length != 5)
        return false;
    five[0] = '0';
    memcpy(five + (5 - code.length), code.bytes, code.length);
    if (five[0] == '2' && (five[1] == 'a' || five[1] == 'b'))
        five[1] = five[1] == 'a' ? 'A' : 'B';
    for (int i = 0; i < 5; i++)
        if ((five[i] < '0' || five[i] > '9') && !(i == 1 && five[0] == '2' && (five[1] == 'A' || five[1] == 'B')))
            return false;
    return true;
}

/* Postcodes do not know the two départements of Corsica, nor the two islands that left Guadeloupe in 2007. */
static void correct_postcode(char five[5])
{
    if (memcmp(five, "20", 2) == 0)
        five[1] = five[2] == '0' || five[2] == '1' ? 'A' : 'B';
    else if (memcmp(five, "97133", 5) == 0)
        memcpy(five, "977", 3);
    else if (memcmp(five, "97150", 5) == 0)
        memcpy(five, "978", 3);
}

static vaxdir_slice department_of(vaxdir_slice code, bool postcode, char room[4])
{
    char five[5];
    if (code.length == 0 || !five_characters(code, five))
        return (vaxdir_slice){NULL, 0};
    if (postcode)
        correct_postcode(five);
    bool overseas = five[0] == '9' && (five[1] == '7' || five[1] == '8');
    vaxdir_slice department = {room, overseas ? 3 : 2};
    memcpy(room, five, department.length);
    room[department.length] = '\0';
    if (vaxdir_territory_region(department).bytes == NULL && !listed(collectivities, department))
        return (vaxdir_slice){NULL, 0};
    return department;
}

vaxdir_slice vaxdir_territory_department(vaxdir_slice insee, vaxdir_slice postcode, char room[4])
{
    vaxdir_slice department = department_of(insee, false, room);
    return department.bytes != NULL ? department : department_of(postcode, true, room);
}
