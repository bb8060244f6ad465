/* fault_all.c SYMBOLS RULES.json: every public call with the Nth allocation failing, once and for good, N = 1, 2, ...
 * until the call no longer meets it. Invariant: a call that fails for memory says so in the error record, touches no
 * output, leaks nothing, and leaves every object such that the same call then succeeds with the same outcome. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "../support/small.h"
#include "allocator.h"

/* What the calls work on. The upper part lives as long as the program, the lower is made anew for each try. */
typedef struct world {
    vaxdir_context *base;
    vaxdir_rules *rules, *other_rules, *timed_rules;
    vaxdir_registry *registry;
    vaxdir_edition *edition, *timed; /* timed: with a calendar and a campaign */
    vaxdir_facts *facts;
    vaxdir_filter *filter, *conditions; /* conditions: an AND of two */
    vaxdir_area *area;
    char *document; /* other rules: the shipped ones with a change, so that links are judged again */
    size_t document_length;
    const char *document_path;
    char *image;
    size_t image_length;
    char registry_path[64], save_path[64], feed_path[64];

    vaxdir_context *context;
    vaxdir_builder *builder; /* two records in it, a third begun */
    vaxdir_report *report;
    vaxdir_link *link;               /* filled with one verdict */
    vaxdir_matches *matches;         /* filled with one search */
    vaxdir_cursor *cursor;           /* at its beginning, with a filter */
    vaxdir_explanation *explanation; /* filled with that of one centre */
    vaxdir_route *route;             /* filled with one ladder */
    bool touched;                    /* an output was written though the call failed */
} world;

/* A value that no call hands out, to see whether an output was touched. */
#define UNTOUCHED(type) ((type *)(void *)&untouched)
static char untouched;

#define MAKES(type, unref, call)                                                                                       \
    type *made = UNTOUCHED(type);                                                                                      \
    vaxdir_status status = (call);                                                                                     \
    if (status == VAXDIR_OK)                                                                                           \
        unref(made);                                                                                                   \
    else if (made != UNTOUCHED(type))                                                                                  \
        w->touched = true;                                                                                             \
    return status

static const char CENTRE_URL[] = "https://www.doctolib.fr/vaccination-covid-19/metz/un?pid=practice-1";

static vaxdir_status call_context_new(world *w)
{
    vaxdir_context_options options = fault_options();
    MAKES(vaxdir_context, vaxdir_context_unref, vaxdir_context_new(&options, &made));
}

static vaxdir_status call_builder_new(world *w)
{
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    options.rules = w->rules;
    MAKES(vaxdir_builder, vaxdir_builder_unref, vaxdir_builder_new(w->context, &options, &made));
}

static vaxdir_status call_builder_new_default(world *w)
{
    MAKES(vaxdir_builder, vaxdir_builder_unref, vaxdir_builder_new(w->context, NULL, &made));
}

static vaxdir_status call_add_path(world *w)
{
    return vaxdir_builder_add_path(w->context, w->builder, w->feed_path, NULL);
}

static vaxdir_status call_add_memory(world *w)
{
    return vaxdir_builder_add_memory(w->context, w->builder, small_feed, strlen(small_feed), NULL);
}

static int32_t read_feed(void *buffer, size_t capacity, size_t *ret_length, void *user)
{
    size_t *at = user, length = strlen(small_feed) - *at;
    length = length < 7 ? length : 7;
    length = length < capacity ? length : capacity;
    memcpy(buffer, small_feed + *at, length);
    *at += length;
    *ret_length = length;
    return 0;
}

static vaxdir_status call_add_callback(world *w)
{
    size_t at = 0;
    return vaxdir_builder_add_callback(w->context, w->builder, NULL, read_feed, &at);
}

static vaxdir_status call_begin_record(world *w)
{
    return vaxdir_builder_begin_record(w->context, w->builder, "new:1", 5);
}

static vaxdir_status call_set_text(world *w)
{
    return vaxdir_builder_set_text(w->context, w->builder, VAXDIR_FIELD_NAME, "Un nom qui est long", 19);
}

/* Text that does not parse: a diagnostic and an attribute. */
static vaxdir_status call_set_text_bad(world *w)
{
    return vaxdir_builder_set_text(w->context, w->builder, VAXDIR_FIELD_OPENS_ON, "2021-02-30", 10);
}

static vaxdir_status call_set_number(world *w)
{
    return vaxdir_builder_set_number(w->context, w->builder, VAXDIR_FIELD_LATITUDE, 91.0);
}

static vaxdir_status call_set_integer(world *w)
{
    return vaxdir_builder_set_integer(w->context, w->builder, VAXDIR_FIELD_OPENS_ON, 20210118);
}

static vaxdir_status call_set_attribute(world *w)
{
    return vaxdir_builder_set_attribute(w->context, w->builder, "colour of the door", 18, "green", 5);
}

/* Ends the record that was begun; once it is in, a second call would be refused, so another is begun. */
static vaxdir_status call_end_record(world *w)
{
    return vaxdir_builder_end_record(w->context, w->builder);
}

static vaxdir_status call_build(world *w)
{
    MAKES(vaxdir_registry, vaxdir_registry_unref, vaxdir_builder_build(w->context, w->builder, &made));
}

static vaxdir_status call_builder_report(world *w)
{
    MAKES(vaxdir_report, vaxdir_report_unref, vaxdir_builder_report(w->context, w->builder, &made));
}

static vaxdir_status call_rules_default(world *w)
{
    MAKES(vaxdir_rules, vaxdir_rules_unref, vaxdir_rules_default(w->context, &made));
}

static vaxdir_status call_rules_open(world *w)
{
    MAKES(vaxdir_rules, vaxdir_rules_unref, vaxdir_rules_open(w->context, w->document_path, &made));
}

static vaxdir_status call_rules_open_memory(world *w)
{
    MAKES(vaxdir_rules, vaxdir_rules_unref,
          vaxdir_rules_open_memory(w->context, w->document, w->document_length, &made));
}

static vaxdir_status call_link_new(world *w)
{
    MAKES(vaxdir_link, vaxdir_link_unref, vaxdir_link_new(w->context, &made));
}

/* Judges into a handle that holds another verdict, which must still be there after a failure. */
static vaxdir_status judge(world *w, const char *url)
{
    vaxdir_status status = vaxdir_link_judge(w->context, w->rules, url, strlen(url), NULL, 0, w->link);
    if (status != VAXDIR_OK) {
        const char *before = vaxdir_link_url(w->link);
        w->touched = before == NULL || strstr(before, "practice-1") == NULL ||
                     vaxdir_link_verdict(w->link) != VAXDIR_VERDICT_EXACT || vaxdir_link_key(w->link) == NULL;
    }
    return status;
}

static vaxdir_status call_link_judge(world *w)
{
    return judge(w, " HTTP://www.keldoc.com/centre/metz-57000/un-long-chemin?a=\xC3\xA9&b=%7Eb&utm_source=x ");
}

static vaxdir_status call_link_judge_idn(world *w)
{
    return judge(w, "https://caf\xC3\xA9.example/a");
}

static vaxdir_status call_link_judge_puny(world *w)
{
    return judge(w, "https://xn--caf-dma.example/a");
}

static vaxdir_status call_link_judge_unsafe(world *w)
{
    return judge(w, "https://www.doctolib.fr@evil.example/");
}

static vaxdir_status call_edition_new(world *w)
{
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = w->rules;
    MAKES(vaxdir_edition, vaxdir_edition_unref, vaxdir_edition_new(w->context, w->registry, &options, &made));
}

static vaxdir_status call_edition_new_judging(world *w)
{
    vaxdir_edition_options options = VAXDIR_EDITION_OPTIONS_INIT;
    options.rules = w->other_rules;
    MAKES(vaxdir_edition, vaxdir_edition_unref, vaxdir_edition_new(w->context, w->registry, &options, &made));
}

static vaxdir_status call_edition_new_default(world *w)
{
    MAKES(vaxdir_edition, vaxdir_edition_unref, vaxdir_edition_new(w->context, w->registry, NULL, &made));
}

static vaxdir_status call_edition_link(world *w)
{
    vaxdir_status status = vaxdir_edition_link(w->context, w->edition, 1, w->link);
    if (status != VAXDIR_OK)
        w->touched = vaxdir_link_url(w->link) == NULL || strstr(vaxdir_link_url(w->link), "practice-1") == NULL;
    return status;
}

#include "fault_area.h"
#include "fault_filter.h"
#include "fault_search.h"
#include "fault_time.h"

static vaxdir_status call_registry_save(world *w)
{
    return vaxdir_registry_save(w->context, w->registry, w->save_path);
}

static vaxdir_status call_registry_open(world *w)
{
    MAKES(vaxdir_registry, vaxdir_registry_unref, vaxdir_registry_open(w->context, w->registry_path, 0, &made));
}

static vaxdir_status call_registry_open_copy(world *w)
{
    MAKES(vaxdir_registry, vaxdir_registry_unref,
          vaxdir_registry_open(w->context, w->registry_path, VAXDIR_OPEN_COPY, &made));
}

static vaxdir_status call_registry_open_memory(world *w)
{
    MAKES(vaxdir_registry, vaxdir_registry_unref,
          vaxdir_registry_open_memory(w->context, w->image, w->image_length, &made));
}

/* The calls below allocate nothing; that is what is shown. The first status that is not good is handed back. */
#define GOOD(call)                                                                                                     \
    do {                                                                                                               \
        vaxdir_status good = (call);                                                                                   \
        if (good != VAXDIR_OK)                                                                                         \
            return good;                                                                                               \
    } while (0)

static vaxdir_status call_registry_getters(world *w)
{
    const char *text;
    size_t length;
    double numbers[SMALL_COUNT];
    int64_t integers[SMALL_COUNT], offsets[SMALL_COUNT + 1];
    uint32_t row, rows[SMALL_COUNT];
    uint8_t validity[SMALL_COUNT];
    uint64_t bytes;
    int32_t code;
    char column[1000], fingerprint[33];
    vaxdir_counts counts = VAXDIR_COUNTS_INIT;
    const vaxdir_registry *registry = w->registry;
    GOOD(vaxdir_registry_counts(w->context, registry, &counts));
    for (uint32_t i = 0; i < vaxdir_registry_diagnostic_count(registry); i++)
        GOOD(vaxdir_registry_diagnostics(w->context, registry, i, &code, &bytes));
    GOOD(vaxdir_registry_fingerprint(w->context, registry, fingerprint));
    GOOD(vaxdir_registry_find(w->context, registry, "gid:1", 5, &row));
    GOOD(vaxdir_registry_without_position(w->context, registry, SMALL_COUNT, rows, &row));
    GOOD(vaxdir_registry_text(w->context, registry, 0, VAXDIR_FIELD_NAME, &text, &length));
    GOOD(vaxdir_registry_number(w->context, registry, 0, VAXDIR_FIELD_LATITUDE, &numbers[0]));
    GOOD(vaxdir_registry_integer(w->context, registry, 0, VAXDIR_FIELD_OPENS_ON, &integers[0]));
    GOOD(vaxdir_registry_text_column(w->context, registry, VAXDIR_FIELD_CITY, offsets, validity, column, sizeof column,
                                     &bytes));
    GOOD(vaxdir_registry_number_column(w->context, registry, VAXDIR_FIELD_LATITUDE, numbers));
    GOOD(vaxdir_registry_integer_column(w->context, registry, VAXDIR_FIELD_OPENS_ON, integers));
    for (uint32_t i = 0; i < vaxdir_registry_attribute_count(registry); i++) {
        GOOD(vaxdir_registry_attribute_name(w->context, registry, i, &text, &length));
        GOOD(vaxdir_registry_attribute(w->context, registry, 0, i, &text, &length));
    }
    return vaxdir_registry_count(registry) == SMALL_COUNT ? VAXDIR_OK : VAXDIR_ERROR_INTERNAL;
}

static vaxdir_status call_other_getters(world *w)
{
    const char *text, *name;
    size_t length;
    char sentence[200];
    vaxdir_step step = VAXDIR_STEP_INIT;
    vaxdir_diagnostic diagnostic = VAXDIR_DIAGNOSTIC_INIT;
    GOOD(vaxdir_edition_text(w->context, w->edition, 0, VAXDIR_FIELD_PROVIDER, &text, &length));
    GOOD(vaxdir_route_step(w->context, w->route, vaxdir_route_count(w->route) - 1, &step));
    GOOD(vaxdir_report_diagnostic(w->context, w->report, vaxdir_report_count(w->report) - 1, &diagnostic));
    GOOD(vaxdir_rules_provider(w->context, w->rules, vaxdir_rules_provider_count(w->rules) - 1, &text, &name));
    GOOD(vaxdir_text(w->context, VAXDIR_TEXT_DIAGNOSTIC, VAXDIR_DIAGNOSTIC_ID_MISSING, "fr", NULL, 0, sentence,
                     sizeof sentence, &length));
    (void)vaxdir_link_verdict(w->link);
    (void)vaxdir_link_reason(w->link);
    (void)vaxdir_link_warnings(w->link);
    (void)vaxdir_link_provider(w->link);
    (void)vaxdir_link_page(w->link);
    (void)vaxdir_link_key(w->link);
    (void)vaxdir_link_url(w->link);
    (void)vaxdir_link_rest(w->link);
    (void)vaxdir_link_named(w->link);
    (void)vaxdir_matches_count(w->matches);
    (void)vaxdir_matches_rows(w->matches);
    (void)vaxdir_matches_distances_m(w->matches);
    (void)vaxdir_edition_number(w->edition);
    (void)vaxdir_edition_registry(w->edition);
    (void)vaxdir_edition_rules(w->edition);
    return vaxdir_context_error(w->context)->status;
}

static vaxdir_status call_references(world *w)
{
    vaxdir_edition_unref(vaxdir_edition_ref(w->edition));
    vaxdir_registry_unref(vaxdir_registry_ref(w->registry));
    vaxdir_rules_unref(vaxdir_rules_ref(w->rules));
    vaxdir_filter_unref(vaxdir_filter_ref(w->filter));
    vaxdir_report_unref(vaxdir_report_ref(w->report));
    vaxdir_context_unref(NULL);
    vaxdir_builder_unref(NULL);
    vaxdir_link_unref(NULL);
    vaxdir_matches_unref(NULL);
    vaxdir_route_unref(NULL);
    vaxdir_explanation_unref(NULL);
    return VAXDIR_OK;
}

static vaxdir_status call_names(world *w)
{
    (void)w;
    (void)vaxdir_status_name(0);
    (void)vaxdir_eligibility_name(0);
    (void)vaxdir_field_name(1);
    (void)vaxdir_field_find("name", 4);
    (void)vaxdir_diagnostic_name(1);
    (void)vaxdir_verdict_name(1);
    (void)vaxdir_link_reason_name(1);
    (void)vaxdir_link_warning_name(1);
    (void)vaxdir_step_kind_name(1);
    (void)vaxdir_step_reason_name(1);
    (void)vaxdir_search_reason_name(1);
    (void)vaxdir_relaxation_name(1);
    (void)vaxdir_phone_reason_name(1);
    (void)vaxdir_hours_name(1);
    (void)vaxdir_opening_name(1);
    (void)vaxdir_state_name(0);
    (void)vaxdir_version();
    (void)vaxdir_version_number();
    (void)vaxdir_feature_supported(1, 1);
    return VAXDIR_OK;
}

enum { CANNOT = 1, BIG = 2, PROBE = 4, GEOS = 8 };

static const struct scenario {
    const char *functions; /* what is shown here, without the prefix, for the comparison with SYMBOLS */
    vaxdir_status (*call)(world *w);
    int flags; /* CANNOT: allocates nothing; BIG: thousands of allocations; PROBE: then the builder's outcome is
                  compared; GEOS: its constructors leak what they were given when memory is out, so that only our own
                  blocks are counted */
} scenarios[] = {
    {"context_new", call_context_new, 0},
    {"builder_new", call_builder_new, 0},
    {"builder_new", call_builder_new_default, BIG},
    {"builder_add_path", call_add_path, PROBE},
    {"builder_add_memory", call_add_memory, PROBE},
    {"builder_add_callback", call_add_callback, PROBE},
    {"builder_begin_record", call_begin_record, PROBE},
    {"builder_set_text", call_set_text, PROBE},
    {"builder_set_text", call_set_text_bad, PROBE},
    {"builder_set_number", call_set_number, PROBE},
    {"builder_set_integer", call_set_integer, PROBE},
    {"builder_set_attribute", call_set_attribute, PROBE},
    {"builder_end_record", call_end_record, PROBE},
    {"builder_build", call_build, PROBE},
    {"builder_report", call_builder_report, PROBE},
    {"rules_default", call_rules_default, BIG},
    {"rules_open", call_rules_open, BIG},
    {"rules_open_memory", call_rules_open_memory, BIG},
    {"rules_open_memory", call_rules_timed, 0},
    {"rules_open_memory", call_rules_extended, BIG},
    {"link_new", call_link_new, 0},
    {"link_judge", call_link_judge, 0},
    {"link_judge", call_link_judge_idn, 0},
    {"link_judge", call_link_judge_puny, 0},
    {"link_judge", call_link_judge_unsafe, 0},
    {"edition_new", call_edition_new, 0},
    {"edition_new", call_edition_new_judging, 0},
    {"edition_new", call_edition_new_default, BIG},
    {"edition_new", call_edition_new_timed, 0},
    {"facts_new", call_facts_new, 0},
    {"edition_state eligibility_missing eligible facts_set facts_unref rules_fact rules_fact_count", call_time_getters,
     CANNOT},
    {"edition_link", call_edition_link, 0},
    {"filter_in", call_filter_in, 0},
    {"filter_and", call_filter_and, 0},
    {"filter_or", call_filter_or, 0},
    {"filter_not", call_filter_not, 0},
    {"filter_parse", call_filter_parse, 0},
    {"filter_compare_text", call_filter_text, 0},
    {"filter_compare_number", call_filter_number, 0},
    {"filter_compare_integer", call_filter_integer, 0},
    {"filter_has", call_filter_has, 0},
    {"filter_open_on", call_filter_open_on, 0},
    {"opening", call_opening, CANNOT},
    {"hours_parse", call_hours_parse, CANNOT},
    {"filter_attribute_in", call_attribute_in, 0},
    {"filter_attribute_compare", call_attribute_compare, 0},
    {"filter_attribute_has", call_attribute_has, 0},
    {"filter_count", call_filter_count, 0},
    {"explanation_new", call_explanation_new, 0},
    {"explain", call_explain, 0},
    {"explain", call_explain_visit, 0},
    {"area_from_geojson", call_area_geojson, BIG | GEOS},
    {"area_from_wkt", call_area_repair, BIG | GEOS},
    {"filter_parse", call_filter_parse_area, GEOS},
    {"area_from_rings", call_area_rings, BIG | GEOS},
    {"filter_area", call_filter_area, 0},
    {"within", call_within, 0},
    {"area_contains area_contains_many area_ref area_unref", call_area_contains, CANNOT},
    {"matches_new", call_matches_new, 0},
    {"nearest", call_nearest, 0},
    {"nearest", call_nearest_filter, 0},
    {"nearest_columns", call_nearest_columns, 0},
    {"within_radius", call_within_radius, 0},
    {"within_radius", call_within_radius_unordered, 0},
    {"nearest", call_nearest_worked, 0},
    {"without_position", call_without_position, 0},
    {"cursor_new cursor_unref", call_cursor_new, 0},
    {"cursor_next", call_cursor_next, 0},
    {"cursor_next_many", call_cursor_next_many, 0},
    {"cursor_token token matches_bearings_deg matches_complete_to_m", call_token, CANNOT},
    {"route_new", call_route_new, 0},
    {"resolve", call_resolve, 0},
    {"resolve_batch", call_resolve_batch, 0},
    {"route_eligibility route_ladders route_offsets route_say route_step_text", call_route_getters, CANNOT},
    {"registry_save", call_registry_save, 0},
    {"registry_open", call_registry_open, 0},
    {"registry_open", call_registry_open_copy, 0},
    {"registry_open_memory", call_registry_open_memory, 0},
    {"registry_count registry_counts registry_diagnostic_count registry_diagnostics registry_fingerprint registry_find "
     "registry_without_position registry_text registry_number registry_integer registry_text_column "
     "registry_number_column registry_integer_column registry_attribute_count registry_attribute_name "
     "registry_attribute",
     call_registry_getters, CANNOT},
    {"explanation_reason explanation_reason_count explanation_relaxation explanation_relaxation_count "
     "explanation_tally",
     call_explanation_getters, CANNOT},
    {"context_error edition_number edition_registry edition_rules edition_text link_key link_named link_page "
     "link_provider link_reason link_rest link_url link_verdict link_warnings matches_count matches_distances_m "
     "matches_rows report_count report_diagnostic route_count route_step rules_provider rules_provider_count text",
     call_other_getters, CANNOT},
    {"builder_unref context_unref edition_ref edition_unref explanation_unref filter_ref filter_unref link_unref "
     "matches_unref "
     "registry_ref registry_unref report_ref report_unref route_unref rules_ref rules_unref",
     call_references, CANNOT},
    {"diagnostic_name eligibility_name feature_supported field_find field_name hours_name link_reason_name "
     "link_warning_name opening_name phone_reason_name relaxation_name "
     "search_reason_name state_name "
     "status_name step_kind_name step_reason_name verdict_name version version_number",
     call_names, CANNOT},
};

static void must(world *w, vaxdir_status status, const char *what)
{
    if (status == VAXDIR_OK)
        return;
    vaxdir_context *context = w->context != NULL ? w->context : w->base;
    printf("Bail out! %s: %s: %s\n", what, vaxdir_status_name(status), vaxdir_context_error(context)->message);
    exit(1);
}

static char *read_file(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    *ret_length = file == NULL || bytes == NULL ? 0 : fread(bytes, 1, (1 << 20) - 1, file);
    if (*ret_length == 0) {
        printf("Bail out! cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return bytes;
}

/* What jansson handed out goes back the way it came. */
static void free_json(void *text)
{
    json_free_t release;
    json_get_alloc_funcs(NULL, &release);
    release(text);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(text, 1, strlen(text), file) != strlen(text) || fclose(file) != 0) {
        printf("Bail out! cannot write %s\n", path);
        exit(1);
    }
}

/* The shipped rules without their last provider: other rules, by which links are judged again. */
static char *without_last_provider(const char *path, size_t *ret_length)
{
    size_t length;
    char *shipped = read_file(path, &length);
    json_t *document = json_loadb(shipped, length, 0, NULL);
    json_t *providers = json_object_get(document, "providers");
    if (json_array_remove(providers, json_array_size(providers) - 1) != 0) {
        printf("Bail out! %s has no array of providers\n", path);
        exit(1);
    }
    char *text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    *ret_length = text == NULL ? 0 : strlen(text);
    if (*ret_length > 0 && *ret_length < 1 << 20)
        memcpy(shipped, text, *ret_length);
    free_json(text);
    return shipped;
}

static void open_world(world *w, const char *rules_path)
{
    vaxdir_context_options options = fault_options();
    const char *const city = "Metz";
    must(w, vaxdir_context_new(&options, &w->base), "vaxdir_context_new");
    must(w, vaxdir_rules_default(w->base, &w->rules), "vaxdir_rules_default");
    w->document_path = rules_path;
    w->document = without_last_provider(rules_path, &w->document_length);
    must(w, vaxdir_rules_open_memory(w->base, w->document, w->document_length, &w->other_rules), "other rules");
    must(w, vaxdir_rules_open_memory(w->base, TIMED_EXTENDED, sizeof TIMED_EXTENDED - 1, &w->timed_rules),
         "timed rules");
    must(w, small_build(w->base, w->rules, 0, 1, &w->registry), "small_build");
    must(w, vaxdir_filter_in(w->base, VAXDIR_FIELD_CITY, &city, NULL, 1, &w->filter), "vaxdir_filter_in");
    static const char text[] = "city = 'Nancy' AND closed = 'no'";
    must(w, vaxdir_filter_parse(w->base, text, strlen(text), &w->conditions), "vaxdir_filter_parse");
    must(w, vaxdir_area_from_geojson(w->base, AREA_JSON, sizeof AREA_JSON - 1, NULL, &w->area),
         "vaxdir_area_from_geojson");
    vaxdir_edition_options edition = VAXDIR_EDITION_OPTIONS_INIT;
    edition.rules = w->rules;
    must(w, vaxdir_edition_new(w->base, w->registry, &edition, &w->edition), "vaxdir_edition_new");
    edition.rules = w->timed_rules;
    must(w, vaxdir_edition_new(w->base, w->registry, &edition, &w->timed), "a timed edition");
    must(w, vaxdir_facts_new(w->base, &w->facts), "vaxdir_facts_new");
    long id = (long)getpid();
    snprintf(w->registry_path, sizeof w->registry_path, "fault-%ld.vaxdir", id);
    snprintf(w->save_path, sizeof w->save_path, "fault-%ld-saved.vaxdir", id);
    snprintf(w->feed_path, sizeof w->feed_path, "fault-%ld.csv", id);
    write_file(w->feed_path, small_feed);
    must(w, vaxdir_registry_save(w->base, w->registry, w->registry_path), "vaxdir_registry_save");
    w->image = read_file(w->registry_path, &w->image_length);
}

static void close_world(world *w)
{
    remove(w->registry_path);
    remove(w->save_path);
    remove(w->feed_path);
    free(w->image);
    free(w->document);
    vaxdir_filter_unref(w->filter);
    vaxdir_filter_unref(w->conditions);
    vaxdir_area_unref(w->area);
    vaxdir_edition_unref(w->edition);
    vaxdir_edition_unref(w->timed);
    vaxdir_facts_unref(w->facts);
    vaxdir_registry_unref(w->registry);
    vaxdir_rules_unref(w->other_rules);
    vaxdir_rules_unref(w->timed_rules);
    vaxdir_rules_unref(w->rules);
    vaxdir_context_unref(w->base);
}

/* The objects of one try. They are made with the base context, so that the scratch of the fresh one is cold. */
static void open_try(world *w)
{
    vaxdir_context_options options = fault_options();
    vaxdir_builder_options builder = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_visit visit = VAXDIR_VISIT_INIT;
    vaxdir_query one = VAXDIR_QUERY_INIT;
    one.limit = 1;
    visit.at = 1610953200;
    builder.rules = w->rules;
    w->context = NULL;
    w->touched = false;
    must(w, vaxdir_builder_new(w->base, &builder, &w->builder), "vaxdir_builder_new");
    must(w, small_add(w->base, w->builder, 0), "small_add");
    must(w, small_add(w->base, w->builder, 4), "small_add");
    must(w, vaxdir_builder_begin_record(w->base, w->builder, "begun:1", 7), "vaxdir_builder_begin_record");
    must(w, vaxdir_builder_set_text(w->base, w->builder, VAXDIR_FIELD_CLOSED, "perhaps", 7), "vaxdir_builder_set_text");
    must(w, vaxdir_builder_report(w->base, w->builder, &w->report), "vaxdir_builder_report");
    must(w, vaxdir_link_new(w->base, &w->link), "vaxdir_link_new");
    must(w, vaxdir_link_judge(w->base, w->rules, CENTRE_URL, strlen(CENTRE_URL), NULL, 0, w->link),
         "vaxdir_link_judge");
    must(w, vaxdir_matches_new(w->base, &w->matches), "vaxdir_matches_new");
    must(w, vaxdir_nearest(w->base, w->edition, 49.1193, 6.1757, &one, w->matches), "vaxdir_nearest");
    one.filter = w->filter;
    one.limit = 0;
    must(w, vaxdir_cursor_new(w->base, w->edition, 49.1193, 6.1757, &one, NULL, 0, &w->cursor), "vaxdir_cursor_new");
    one.limit = 1;
    one.filter = NULL;
    must(w, vaxdir_explanation_new(w->base, &w->explanation), "vaxdir_explanation_new");
    must(w, vaxdir_explain(w->base, w->edition, 49.1193, 6.1757, &one, 2, w->explanation), "vaxdir_explain");
    must(w, vaxdir_route_new(w->base, &w->route), "vaxdir_route_new");
    must(w, vaxdir_resolve(w->base, w->edition, VAXDIR_NO_ROW, &visit, w->route), "vaxdir_resolve");
    must(w, vaxdir_context_new(&options, &w->context), "vaxdir_context_new");
}

static void close_try(world *w)
{
    vaxdir_route_unref(w->route);
    vaxdir_explanation_unref(w->explanation);
    vaxdir_cursor_unref(w->cursor);
    vaxdir_matches_unref(w->matches);
    vaxdir_link_unref(w->link);
    vaxdir_report_unref(w->report);
    vaxdir_builder_unref(w->builder);
    vaxdir_context_unref(w->context);
    w->context = NULL;
}

/* What the builder now leads to: the record that is begun is ended, all is built. */
static void probe(world *w, char outcome[64])
{
    vaxdir_registry *registry = NULL;
    vaxdir_report *report = NULL;
    char fingerprint[33];
    (void)vaxdir_builder_end_record(w->base, w->builder);
    must(w, vaxdir_builder_build(w->base, w->builder, &registry), "the build after it");
    must(w, vaxdir_registry_fingerprint(w->base, registry, fingerprint), "vaxdir_registry_fingerprint");
    must(w, vaxdir_builder_report(w->base, w->builder, &report), "vaxdir_builder_report");
    snprintf(outcome, 64, "%s %lu", fingerprint, (unsigned long)vaxdir_report_count(report));
    vaxdir_report_unref(report);
    vaxdir_registry_unref(registry);
}

static const char *judge_failure(world *w, vaxdir_status status)
{
    static char text[200];
    const vaxdir_error *error = vaxdir_context_error(w->context);
    if (status != VAXDIR_ERROR_MEMORY) {
        snprintf(text, sizeof text, "answers %s (%.120s)", vaxdir_status_name(status), error->message);
        return text;
    }
    if (w->touched)
        return "touches an output";
    return NULL;
}

/* One try; what is wrong, or NULL. *ret_done: the call did not meet its fault any more. */
static const char *try_once(world *w, const struct scenario *scenario, long nth, bool for_good, const char *expected,
                            bool *ret_done)
{
    const char *wrong = NULL;
    long live = fault_live(), own = fault_own(), mistakes = fault_mistakes();
    open_try(w);
    fault_arm(nth, for_good);
    vaxdir_status status = scenario->call(w);
    bool struck = fault_disarm();
    *ret_done = !struck;
    if (status != VAXDIR_OK) {
        bool recorded =
            vaxdir_context_error(w->context)->status == status && vaxdir_context_error(w->context)->message[0] != '\0';
        wrong = judge_failure(w, status);
        if (wrong == NULL && !recorded && scenario->call != call_context_new)
            wrong = "leaves no error record";
        if (wrong == NULL && !struck)
            wrong = "fails without a fault";
        w->touched = false;
        if (wrong == NULL && scenario->call(w) != VAXDIR_OK)
            wrong = "does not succeed afterwards";
    }
    if (wrong == NULL && struck && (scenario->flags & CANNOT) != 0)
        wrong = "allocates, though it should not";
    if (wrong == NULL && (scenario->flags & PROBE) != 0) {
        char outcome[64];
        probe(w, outcome);
        if (strcmp(outcome, expected) != 0)
            wrong = "leaves the builder with another outcome";
    }
    close_try(w);
    if ((scenario->flags & GEOS) != 0 && fault_own() == own && fault_live() > live)
        fault_forgive(live);
    if (wrong == NULL && fault_live() != live)
        wrong = "leaks";
    if (wrong == NULL && fault_mistakes() != mistakes)
        wrong = "gives memory back with a wrong size";
    return wrong;
}

static const char *run(world *w, const struct scenario *scenario, long *ret_nth)
{
    char expected[64] = "";
    bool done = false;
    bool exhaustive = (scenario->flags & BIG) == 0 || getenv("VAXDIR_TEST_FULL") != NULL;
    open_try(w); /* without a fault, which also warms up the C library */
    must(w, scenario->call(w), scenario->functions);
    if ((scenario->flags & PROBE) != 0)
        probe(w, expected);
    close_try(w);
    for (int for_good = 0; for_good < 2; for_good++) {
        done = false;
        for (long nth = 1; !done; nth += exhaustive || nth < 40 ? 1 : nth / 8) {
            const char *wrong = try_once(w, scenario, nth, for_good != 0, expected, &done);
            *ret_nth = nth;
            if (wrong != NULL)
                return wrong;
        }
    }
    return NULL;
}

/* Whether a scenario shows the function. */
static bool shown(const char *function)
{
    size_t length = strlen(function);
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        for (const char *at = scenarios[i].functions; (at = strstr(at, function)) != NULL; at += length)
            if ((at == scenarios[i].functions || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
                return true;
    return false;
}

static int check_all_shown(const char *symbols)
{
    int missing = 0;
    size_t length;
    char *text = read_file(symbols, &length);
    text[length] = '\0';
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char name[100];
        if (sscanf(line, "vaxdir_%99s", name) == 1 && !shown(name)) {
            printf("# vaxdir_%s is in no scenario\n", name);
            missing++;
        }
    }
    free(text);
    return missing;
}

int main(int argc, char **argv)
{
    world w = {0};
    int failed = 0;
    size_t count = sizeof scenarios / sizeof *scenarios;
    if (argc != 3)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    fault_start();
    printf("1..%lu\n", (unsigned long)count + 2);
    if (check_all_shown(argv[1]) != 0)
        failed++, printf("not ok 1 - every function is shown\n");
    else
        printf("ok 1 - every function is shown\n");
    long live = fault_live();
    open_world(&w, argv[2]);
    for (size_t i = 0; i < count; i++) {
        long nth = 0;
        const char *wrong = run(&w, &scenarios[i], &nth);
        failed += wrong != NULL;
        printf("%s %lu - %.40s", wrong == NULL ? "ok" : "not ok", (unsigned long)i + 2, scenarios[i].functions);
        if (wrong != NULL)
            printf(" %s when allocation %ld fails", wrong, nth);
        printf("\n");
    }
    close_world(&w);
    if (fault_live() != live)
        failed++, printf("not ok %lu - %ld blocks are left\n", (unsigned long)count + 2, fault_live() - live);
    else
        printf("ok %lu - nothing is left\n", (unsigned long)count + 2);
    return failed == 0 ? 0 : 1;
}
