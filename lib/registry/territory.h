/* territory.h: the French département and region of a centre, derived from its commune code, else its postcode. */
#ifndef VAXDIR_REGISTRY_TERRITORY_H
#define VAXDIR_REGISTRY_TERRITORY_H

#include "../base/text.h"

/* The code of a département ("57", "2A", "974"), or of an overseas collectivity ("988"); bytes NULL where the codes
 * name none. A code without its leading zero is understood. */
vaxdir_slice vaxdir_territory_department(vaxdir_slice insee, vaxdir_slice postcode, char room[4]);

/* The name of a département's region; bytes NULL where there is none. */
vaxdir_slice vaxdir_territory_region(vaxdir_slice department);

#endif
