/* story.c FEED RULES: the routes of every centre of a feed at twenty instants of 14 to 18 January 2021, one line an
 * instant: counts and a hash of codes, never a name, a link or a phone. Invariant shown beside it: a state changes at
 * the second that its step told before as `until` and tells after as `since`, and at no other. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

static vaxdir_context *context;
static vaxdir_edition *edition;
static uint32_t *rows, count;
static vaxdir_facts *nothing; /* a person of whom no fact of the campaign is true */

static void must(vaxdir_status status, const char *what)
{
    if (status == VAXDIR_OK)
        return;
    fprintf(stderr, "story: %s: %s\n", what, vaxdir_context_error(context)->message);
    exit(1);
}

static void open_world(const char *feed, const char *rules_path)
{
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    vaxdir_rules *rules = NULL;
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    must(vaxdir_context_new(NULL, &context), "context");
    must(vaxdir_rules_open(context, rules_path, &rules), rules_path);
    must(vaxdir_builder_new(context, NULL, &builder), "builder");
    must(vaxdir_builder_add_path(context, builder, feed, NULL), feed);
    must(vaxdir_builder_build(context, builder, &registry), "build");
    options.rules = rules;
    must(vaxdir_edition_new(context, registry, &options, &edition), "edition");
    count = vaxdir_registry_count(registry) + 1;
    rows = malloc(count * sizeof *rows);
    if (rows == NULL)
        exit(1);
    for (uint32_t row = 0; row < count; row++)
        rows[row] = row + 1 < count ? row : VAXDIR_NO_ROW;
    must(vaxdir_facts_new(context, &nothing), "facts");
    for (uint32_t i = 0; i < vaxdir_rules_fact_count(rules); i++) {
        const char *id = NULL;
        must(vaxdir_rules_fact(context, rules, i, "en", &id, NULL), "fact");
        must(vaxdir_facts_set(context, nothing, id, strlen(id), VAXDIR_NO), "fact");
    }
    vaxdir_builder_unref(builder);
    vaxdir_registry_unref(registry);
    vaxdir_rules_unref(rules);
}

/* --- one instant -------------------------------------------------------------------------------------------------- */

/* FNV-1a, 64 bits. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    return hash_bytes(hash, bytes, sizeof bytes);
}

static uint64_t hash_step(uint64_t hash, const vaxdir_step *step)
{
    const int64_t numbers[] = {step->kind, step->state, step->reason, step->trust, step->since, step->until};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash = hash_number(hash, numbers[i]);
    if (step->provider != NULL)
        hash = hash_bytes(hash, step->provider, strlen(step->provider));
    return hash_number(hash, -1);
}

static vaxdir_step step_of(const vaxdir_route *route, uint32_t index)
{
    vaxdir_step step = VAXDIR_STEP_INIT;
    must(vaxdir_route_step(context, route, index, &step), "step");
    return step;
}

enum { PROVIDERS = 3, STATES = 6 };
static const char *const providers[PROVIDERS] = {"doctolib", "keldoc", "maiia"};

typedef struct tally {
    uint64_t hash;
    unsigned webs[PROVIDERS][STATES];
    unsigned first[5]; /* ladders whose first way is of this kind, what is in the way left aside */
    unsigned opens;    /* centres that open later */
} tally;

static void count_ladder(const vaxdir_route *route, uint32_t ladder, tally *to)
{
    const uint32_t *offsets = vaxdir_route_offsets(route);
    int found = 0;
    for (uint32_t i = offsets[ladder]; i < offsets[ladder + 1]; i++) {
        vaxdir_step step = step_of(route, i);
        to->hash = hash_step(to->hash, &step);
        for (int p = 0; p < PROVIDERS; p++)
            if (step.kind == VAXDIR_STEP_WEB && step.provider != NULL && strcmp(step.provider, providers[p]) == 0)
                to->webs[p][step.state]++;
        to->opens += step.reason == VAXDIR_STEP_REASON_CENTRE_OPENS;
        if (!found && step.kind != VAXDIR_STEP_INFO) {
            to->first[step.kind]++;
            found = 1;
        }
    }
}

static unsigned not_eligible(vaxdir_route *route, int64_t at, int32_t birth_date)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    unsigned found = 0;
    visit.at = at;
    visit.birth_date = birth_date;
    visit.facts = nothing;
    must(vaxdir_resolve_batch(context, edition, rows, count, &visit, route), "batch");
    for (uint32_t i = 0; i < vaxdir_route_count(route); i++)
        found += step_of(route, i).reason == VAXDIR_STEP_REASON_NOT_ELIGIBLE;
    return found;
}

static void print_instant(vaxdir_route *route, const char *name, int64_t at)
{
    static const char *const states[STATES] = {"unknown", "not-yet-open", "open", "degraded", "down", "closed"};
    tally told = {.hash = UINT64_C(0xcbf29ce484222325)};
    unsigned young = not_eligible(route, at, 19800302), old = not_eligible(route, at, 19440302);
    for (uint32_t ladder = 0; ladder < vaxdir_route_ladders(route); ladder++)
        count_ladder(route, ladder, &told);
    printf("%-22s", name);
    for (int p = 0; p < PROVIDERS; p++) {
        printf(" %s", providers[p]);
        for (int state = 0; state < STATES; state++)
            if (told.webs[p][state] != 0)
                printf(" %s %u", states[state], told.webs[p][state]);
        printf(";");
    }
    printf(" first web %u phone %u walk-in %u; opens later %u; not eligible at 76: %u, at 40: %u; %016" PRIx64 "\n",
           told.first[VAXDIR_STEP_WEB], told.first[VAXDIR_STEP_PHONE], told.first[VAXDIR_STEP_WALK_IN], told.opens, old,
           young, told.hash);
}

/* --- the switches ------------------------------------------------------------------------------------------------- */

/* The web steps of a row at an instant, by their links, which do not change. */
static uint32_t webs_at(vaxdir_route *route, uint32_t row, int64_t at, vaxdir_step *webs, uint32_t most)
{
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    uint32_t found = 0;
    visit.at = at;
    must(vaxdir_resolve(context, edition, row, &visit, route), "resolve");
    for (uint32_t i = 0; i < vaxdir_route_count(route) && found < most; i++) {
        vaxdir_step step = step_of(route, i);
        if (step.kind == VAXDIR_STEP_WEB)
            webs[found++] = step;
    }
    return found;
}

static const vaxdir_step *same_link(const vaxdir_step *webs, uint32_t found, const vaxdir_step *of)
{
    for (uint32_t i = 0; i < found; i++)
        if (strcmp(webs[i].url, of->url) == 0)
            return &webs[i];
    return NULL;
}

/* Follows each link of a row from change to change; the number of changes, or -1. */
static int walk(vaxdir_route *route, uint32_t row, int64_t from, int64_t to)
{
    enum { MOST = 9 };
    vaxdir_step begin[MOST], before[MOST], after[MOST];
    int changes = 0;
    uint32_t found = webs_at(route, row, from, begin, MOST);
    for (uint32_t i = 0; i < found; i++) {
        vaxdir_step now = begin[i];
        while (now.until != 0 && now.until < to) {
            uint32_t count_before = webs_at(route, row, now.until - 1, before, MOST);
            uint32_t count_after = webs_at(route, row, now.until, after, MOST);
            const vaxdir_step *last = same_link(before, count_before, &now);
            const vaxdir_step *next = same_link(after, count_after, &now);
            if (last == NULL || next == NULL || last->state != now.state || last->since != now.since ||
                last->until != now.until || next->state == now.state || next->since != now.until)
                return -1;
            now = *next;
            changes++;
        }
    }
    return changes;
}

int main(int argc, char **argv)
{
    /* 2021-01-14 18:00, 15 08:00, 15 12:00, 16 08:00, 18 00:00, 18 08:00 in Paris. */
    static const struct {
        const char *name;
        int64_t at;
    } switches[] = {{"14 18:00", 1610643600}, {"15 08:00", 1610694000}, {"15 12:00", 1610708400},
                    {"16 08:00", 1610780400}, {"18 00:00", 1610924400}, {"18 08:00", 1610953200}};
    vaxdir_route *route = NULL;
    if (argc != 3)
        return 2;
    open_world(argv[1], argv[2]);
    must(vaxdir_route_new(context, &route), "route");
    print_instant(route, "14 12:00", 1610622000);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        for (int64_t shift = -1; shift <= 1; shift++) {
            char name[32];
            snprintf(name, sizeof name, "%s%s", switches[i].name, shift < 0 ? " - 1 s" : shift > 0 ? " + 1 s" : "");
            print_instant(route, name, switches[i].at + shift);
        }
    print_instant(route, "18 12:00", 1610967600);
    int changes = 0;
    for (uint32_t row = 0; row + 1 < count; row++) {
        int walked = walk(route, row, 1610578800, 1611010800);
        if (walked < 0) {
            fprintf(stderr, "story: row %lu changes at a second that was not told\n", (unsigned long)row);
            return 1;
        }
        changes += walked;
    }
    printf("changes %d\n", changes);
    vaxdir_route_unref(route);
    vaxdir_facts_unref(nothing);
    vaxdir_edition_unref(edition);
    vaxdir_context_unref(context);
    free(rows);
    return 0;
}
