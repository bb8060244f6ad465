/* fingerprint.c: 1,500 made-up records, some of them twice, in 20 orders, by calls and as a CSV feed: each order must
 * give the same fingerprint and, the first five, the same file, byte for byte. Prints both, for check_builds.py to
 * compare between builds, and fails where the fingerprint is not the one of the first argument. Everything is made of
 * integers, so that every compiler makes the same records. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xxhash.h>

#include <vaxdir/vaxdir.h>

#include "../support/property.h"
#include "../support/random.h"

enum { RECORDS = 1500, ORDERS = 20, FILES = 5, LINE_SIZE = 512 };

static vaxdir_context *context;
static vaxdir_rules *rules;
static char lines[RECORDS][LINE_SIZE]; /* the records as CSV */
static uint32_t order[RECORDS];
static char first_fingerprint[2][33];
static unsigned long long first_file[2];

typedef struct record {
    char id[24], name[48], url[128], phone[32], city[24], attribute[24];
    double latitude, longitude;
    int64_t updated_at;
} record;
static record records[RECORDS];

static void check(vaxdir_status status, const char *what)
{
    property_check(context, status, what);
}

/* Whole units of 1e-7 degrees, divided once: no rounding that a compiler could do otherwise. */
static double degrees(uint32_t most)
{
    return ((double)random_below(2 * most + 1) - most) / 1e7;
}

static void make_link(char *url, size_t size, unsigned number)
{
    switch (random_below(5)) {
    case 0:
        snprintf(url, size, "https://www.doctolib.fr/vaccination-covid-19/metz/c-%u?pid=practice-%u",
                 (unsigned)random_below(1000), number);
        break;
    case 1:
        snprintf(url, size, "www.example.org/%u/%u", (unsigned)random_below(1000), number);
        break;
    case 2:
        snprintf(url, size, "https://www.doctolib.fr@evil.example/%u", number);
        break;
    case 3:
        snprintf(url, size, "RIEN");
        break;
    default:
        url[0] = '\0';
    }
}

static void make_phone(char *phone, size_t size)
{
    switch (random_below(4)) {
    case 0:
        snprintf(phone, size, "03 87 00 00 %02u", (unsigned)random_below(100));
        break;
    case 1:
        snprintf(phone, size, "+33387000%03u", (unsigned)random_below(1000));
        break;
    case 2:
        snprintf(phone, size, "pas de num\xC3\xA9ro");
        break;
    default:
        phone[0] = '\0';
    }
}

static void make_record(record *made, unsigned number)
{
    static const char *const cities[] = {"", "Metz", "Saint-Denis", "\xC3\x89pinal", "L'Isle, Ab\xC3\xB6rd"};
    *made = (record){.latitude = degrees(900000000)};
    made->longitude = degrees(1800000000); /* apart: an initializer's parts are computed in any order */
    snprintf(made->id, sizeof made->id, "%s:%u", number % 3 == 0 ? "gid" : "x", number * 7919 % 100003);
    snprintf(made->name, sizeof made->name, "Centre \"%u\" \xC3\xA0 c\xC3\xB4t\xC3\xA9", (unsigned)random_below(500));
    make_link(made->url, sizeof made->url, number);
    make_phone(made->phone, sizeof made->phone);
    snprintf(made->city, sizeof made->city, "%s", cities[random_below(5)]);
    if (random_below(2) == 0)
        snprintf(made->attribute, sizeof made->attribute, "a%u", (unsigned)random_below(9));
    made->updated_at = random_below(3) == 0 ? 0 : 1610953200 + (int64_t)random_below(1000000);
}

/* Doubles every quote, as CSV wants. */
static size_t append_cell(char *line, size_t length, const char *cell)
{
    line[length++] = '"';
    for (; *cell != '\0'; cell++) {
        line[length++] = *cell;
        if (*cell == '"')
            line[length++] = '"';
    }
    line[length++] = '"';
    return length;
}

static void make_line(const record *of, char *line)
{
    const char *const cells[] = {of->id, of->name, of->url, of->phone, of->city, of->attribute};
    size_t length = 0;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        length = append_cell(line, length, cells[i]);
        line[length++] = ',';
    }
    /* Degrees from whole units, without a decimal point of the locale. */
    long units[2] = {(long)(of->latitude * 1e7 + (of->latitude < 0 ? -0.5 : 0.5)),
                     (long)(of->longitude * 1e7 + (of->longitude < 0 ? -0.5 : 0.5))};
    for (int i = 0; i < 2; i++) {
        long size = labs(units[i]);
        length += (size_t)snprintf(line + length, LINE_SIZE - length, "%s%ld.%07ld%s", units[i] < 0 ? "-" : "",
                                   size / 10000000, size % 10000000, i == 0 ? "," : "\n");
    }
}

/* The same id again: the very same record, or another one of a later date. */
static void make_records(void)
{
    for (uint32_t i = 0; i < RECORDS; i++) {
        make_record(&records[i], (unsigned)i);
        if (i > 100 && i % 20 == 0)
            records[i] = records[i - 50];
        if (i > 100 && i % 20 == 1) {
            memcpy(records[i].id, records[i - 50].id, sizeof records[i].id);
            records[i].updated_at = records[i - 50].updated_at + (i % 40 == 1 ? 86400 : 0);
        }
        make_line(&records[i], lines[i]);
    }
}

static void shuffle(void)
{
    for (uint32_t i = 0; i < RECORDS; i++) {
        uint32_t j = random_below(i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

static void set_text(vaxdir_builder *builder, vaxdir_field field, const char *text)
{
    if (*text != '\0')
        check(vaxdir_builder_set_text(context, builder, field, text, strlen(text)), "set_text");
}

static void add_by_calls(vaxdir_builder *builder)
{
    for (uint32_t i = 0; i < RECORDS; i++) {
        const record *this = &records[order[i]];
        check(vaxdir_builder_begin_record(context, builder, this->id, strlen(this->id)), "begin_record");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LATITUDE, this->latitude), "set_number");
        check(vaxdir_builder_set_number(context, builder, VAXDIR_FIELD_LONGITUDE, this->longitude), "set_number");
        set_text(builder, VAXDIR_FIELD_NAME, this->name);
        set_text(builder, VAXDIR_FIELD_BOOKING_URL, this->url);
        set_text(builder, VAXDIR_FIELD_PHONE, this->phone);
        set_text(builder, VAXDIR_FIELD_CITY, this->city);
        if (this->updated_at != 0)
            check(vaxdir_builder_set_integer(context, builder, VAXDIR_FIELD_UPDATED_AT, this->updated_at),
                  "set_integer");
        if (this->attribute[0] != '\0')
            check(vaxdir_builder_set_attribute(context, builder, "note", 4, this->attribute, strlen(this->attribute)),
                  "set_attribute");
        check(vaxdir_builder_end_record(context, builder), "end_record");
    }
}

static void add_by_feed(vaxdir_builder *builder)
{
    static const char header[] = "id,name,booking_url,phone,city,note,latitude,longitude\n";
    static char feed[RECORDS * LINE_SIZE];
    size_t length = sizeof header - 1;
    memcpy(feed, header, length);
    for (uint32_t i = 0; i < RECORDS; i++) {
        size_t line = strlen(lines[order[i]]);
        memcpy(feed + length, lines[order[i]], line);
        length += line;
    }
    check(vaxdir_builder_add_memory(context, builder, feed, length, NULL), "add_memory");
}

static unsigned long long hash_of_file(const vaxdir_registry *registry)
{
    static unsigned char bytes[1 << 22];
    char path[64];
    snprintf(path, sizeof path, "fingerprint-%ld.vaxdir", (long)getpid());
    check(vaxdir_registry_save(context, registry, path), "save");
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file != NULL)
        fclose(file);
    remove(path);
    if (size == 0 || size == sizeof bytes) {
        printf("Bail out! the file cannot be read back\n");
        exit(1);
    }
    return XXH3_64bits(bytes, size);
}

/* One order, one way in: whether it gives what the first order gave. */
static bool same_again(bool by_feed, int time)
{
    vaxdir_builder_options options = VAXDIR_BUILDER_OPTIONS_INIT;
    vaxdir_builder *builder = NULL;
    vaxdir_registry *registry = NULL;
    char fingerprint[33];
    options.rules = rules;
    check(vaxdir_builder_new(context, &options, &builder), "builder_new");
    if (by_feed)
        add_by_feed(builder);
    else
        add_by_calls(builder);
    check(vaxdir_builder_build(context, builder, &registry), "build");
    check(vaxdir_registry_fingerprint(context, registry, fingerprint), "fingerprint");
    unsigned long long file = time < FILES ? hash_of_file(registry) : first_file[by_feed];
    vaxdir_registry_unref(registry);
    vaxdir_builder_unref(builder);
    if (time == 0) {
        memcpy(first_fingerprint[by_feed], fingerprint, sizeof fingerprint);
        first_file[by_feed] = file;
    }
    return strcmp(first_fingerprint[by_feed], fingerprint) == 0 && first_file[by_feed] == file;
}

int main(int argc, char **argv)
{
    char expected[67] = "";
    property_start(1, argv, 3);
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK)
        return 1;
    check(vaxdir_rules_default(context, &rules), "rules_default");
    random_seed(20210118);
    make_records();
    for (int by_feed = 0; by_feed < 2; by_feed++) {
        int same = 0;
        for (int time = 0; time < ORDERS; time++) {
            shuffle();
            same += same_again(by_feed != 0, time);
        }
        property_result(same == ORDERS, "%s: %d of %d orders alike", by_feed ? "a feed" : "calls", same, ORDERS);
        printf("# %s %s %016llx\n", by_feed ? "feed" : "calls", first_fingerprint[by_feed], first_file[by_feed]);
    }
    snprintf(expected, sizeof expected, "%s-%s", first_fingerprint[0], first_fingerprint[1]);
    property_result(argc < 2 || strcmp(argv[1], expected) == 0, "the fingerprints are %s", expected);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return property_end();
}
