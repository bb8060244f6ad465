/* The oracle of vaxdir nearest --batch: measures every centre with geod_inverse(query, centre) and sorts by distance,
 * then id. It shares no code with the library.
 *
 *   brute_nearest CENTRES.csv QUERIES.csv K      columns id,name,latitude,longitude and lat,lon; one line a query */
#include <geodesic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CENTRES = 10000, MAX_ID = 32, MAX_LINE = 256 };

struct centre {
    char id[MAX_ID];
    double latitude;
    double longitude;
    double distance_m;
};

static struct centre centres[MAX_CENTRES];
static struct centre sorted[MAX_CENTRES];

static int compare(const void *left, const void *right)
{
    const struct centre *a = left;
    const struct centre *b = right;
    if (a->distance_m != b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    return strcmp(a->id, b->id);
}

static size_t read_centres(FILE *file)
{
    char line[MAX_LINE];
    size_t count = 0;
    if (fgets(line, sizeof line, file) == NULL)
        return 0;
    while (count < MAX_CENTRES && fgets(line, sizeof line, file) != NULL) {
        struct centre *centre = &centres[count];
        if (sscanf(line, "%31[^,],%*[^,],%lf,%lf", centre->id, &centre->latitude, &centre->longitude) == 3)
            count++;
    }
    return count;
}

int main(int argc, char **argv)
{
    struct geod_geodesic ellipsoid;
    char line[MAX_LINE];
    if (argc != 4)
        return 2;
    FILE *file = fopen(argv[1], "r");
    FILE *queries = fopen(argv[2], "r");
    size_t limit = (size_t)strtoul(argv[3], NULL, 10);
    if (file == NULL || queries == NULL || fgets(line, sizeof line, queries) == NULL)
        return 1;
    size_t count = read_centres(file);
    geod_init(&ellipsoid, 6378137.0, 1.0 / 298.257223563);
    while (fgets(line, sizeof line, queries) != NULL) {
        double latitude, longitude;
        if (sscanf(line, "%lf,%lf", &latitude, &longitude) != 2)
            return 1;
        memcpy(sorted, centres, count * sizeof *centres);
        for (size_t i = 0; i < count; i++)
            geod_inverse(&ellipsoid, latitude, longitude, sorted[i].latitude, sorted[i].longitude,
                         &sorted[i].distance_m, NULL, NULL);
        qsort(sorted, count, sizeof *sorted, compare);
        for (size_t i = 0; i < count && i < limit; i++)
            printf("%s%s", i > 0 ? " " : "", sorted[i].id);
        putchar('\n');
    }
    fclose(queries);
    fclose(file);
    return 0;
}
