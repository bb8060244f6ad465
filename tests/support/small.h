/* small.h: a registry of twelve centres that the tests share: every kind of field, links and phones good and bad,
 * attributes, a list, centres without a position, two at one place, poles and the antimeridian. */
#ifndef SMALL_H
#define SMALL_H

#include <vaxdir/vaxdir.h>

enum { SMALL_COUNT = 12 };

/* Adds centre number `which`, below SMALL_COUNT. */
vaxdir_status small_add(vaxdir_context *context, vaxdir_builder *builder, unsigned which);

/* Builds all of them, taken in steps of `step` (coprime to SMALL_COUNT) from `first`: any order, one registry. */
vaxdir_status small_build(vaxdir_context *context, vaxdir_rules *rules, unsigned first, unsigned step,
                          vaxdir_registry **ret_registry);

/* A plain CSV feed of five rows with some dirt. */
extern const char small_feed[];

#endif
