/* vaxdir.h: everything. */
#ifndef VAXDIR_VAXDIR_H
#define VAXDIR_VAXDIR_H

#include <vaxdir/area.h>
#include <vaxdir/builder.h>
#include <vaxdir/context.h>
#include <vaxdir/cursor.h>
#include <vaxdir/edition.h>
#include <vaxdir/eligibility.h>
#include <vaxdir/explain.h>
#include <vaxdir/export.h>
#include <vaxdir/filter.h>
#include <vaxdir/link.h>
#include <vaxdir/opening.h>
#include <vaxdir/registry.h>
#include <vaxdir/report.h>
#include <vaxdir/route.h>
#include <vaxdir/rules.h>
#include <vaxdir/search.h>
#include <vaxdir/state.h>
#include <vaxdir/status.h>
#include <vaxdir/text.h>
#include <vaxdir/version.h>
#include <vaxdir/visit.h>

#endif
