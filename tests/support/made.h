/* made.h: the rules and editions that tests stand on, each in one call. What cannot be made ends the program, because
 * nothing after it could hold. */
#ifndef MADE_H
#define MADE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

static inline void made_check(vaxdir_context *context, vaxdir_status status, const char *what)
{
    if (status == VAXDIR_OK)
        return;
    printf("Bail out! no %s: %s\n", what, vaxdir_context_error(context)->message);
    exit(1);
}

static inline vaxdir_rules *made_rules(vaxdir_context *context, const char *text)
{
    vaxdir_rules *rules = NULL;
    made_check(context, vaxdir_rules_open_memory(context, text, strlen(text), &rules), "rules");
    return rules;
}

/* Of what the builder holds; takes the builder. NULL for the shipped rules. */
static inline vaxdir_edition *made_edition(vaxdir_context *context, vaxdir_builder *builder, vaxdir_rules *rules)
{
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    vaxdir_registry *registry = NULL;
    vaxdir_edition *edition = NULL;
    options.rules = rules;
    made_check(context, vaxdir_builder_build(context, builder, &registry), "registry");
    vaxdir_builder_unref(builder);
    made_check(context, vaxdir_edition_new(context, registry, &options, &edition), "edition");
    vaxdir_registry_unref(registry);
    return edition;
}

#endif
