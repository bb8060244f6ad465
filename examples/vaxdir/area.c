/* Reads areas. WKT begins with a letter, GeoJSON does not. */
#include "area.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole of a file, with a NUL after it; NULL where it cannot be read. */
static char *read_file(const char *path, size_t *ret_length)
{
    FILE *stream = fopen(path, "rb");
    char *bytes = NULL;
    size_t length = 0, capacity = 0, got = 0;
    if (stream == NULL)
        return NULL;
    do {
        length += got;
        if (length + 1 >= capacity) {
            capacity = capacity == 0 ? 65536 : capacity * 2;
            char *larger = realloc(bytes, capacity);
            if (larger == NULL) {
                free(bytes);
                fclose(stream);
                errno = ENOMEM;
                return NULL;
            }
            bytes = larger;
        }
        got = fread(bytes + length, 1, capacity - length - 1, stream);
    } while (got > 0);
    int problem = ferror(stream) != 0 ? errno : 0;
    fclose(stream);
    if (problem != 0) {
        free(bytes);
        errno = problem;
        return NULL;
    }
    bytes[length] = '\0';
    *ret_length = length;
    return bytes;
}

static bool is_wkt(const char *text)
{
    char first = text[strspn(text, " \t\r\n")];
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
}

int read_area(const struct program *program, const struct arguments *arguments, const char *path,
              vaxdir_area **ret_area)
{
    vaxdir_area_options options = VAXDIR_AREA_OPTIONS_INIT;
    const char *feature = arguments_value(arguments, "--feature");
    const char *equals = feature == NULL ? NULL : strchr(feature, '=');
    if (feature != NULL && (equals == NULL || equals == feature))
        return program_usage(program, "--feature is NAME=VALUE, as code=57, not '%s'", feature);
    size_t length = 0;
    char *text = read_file(path, &length);
    if (text == NULL)
        return program_refuse("%s: cannot be read: %s", path, strerror(errno));
    char *property = feature == NULL ? NULL : strndup(feature, (size_t)(equals - feature));
    options.flags = arguments_value(arguments, "--repair") != NULL ? VAXDIR_AREA_REPAIR : 0;
    options.property = property;
    options.value = property == NULL ? NULL : equals + 1;
    vaxdir_status status = VAXDIR_OK;
    int result = STATUS_DONE;
    if (feature != NULL && property == NULL)
        result = program_refuse("there is not enough memory");
    else if (is_wkt(text))
        status = vaxdir_area_from_wkt(program->context, text, length, &options, ret_area);
    else
        status = vaxdir_area_from_geojson(program->context, text, length, &options, ret_area);
    if (status != VAXDIR_OK)
        result = program_fail(program, path);
    free(property);
    free(text);
    return result;
}
