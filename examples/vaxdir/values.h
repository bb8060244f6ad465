/* Numbers, dates and instants as people write them on a command line, and back. Strict: the whole text or nothing. */
#ifndef FRONTEND_VALUES_H
#define FRONTEND_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A finite decimal number: no hexadecimal, no "inf", nothing before or after it. */
bool value_number(const char *text, double *ret_number);
bool value_number_of(const char *text, size_t length, double *ret_number);

/* A whole number from 0 to 4294967295. */
bool value_count(const char *text, uint32_t *ret_count);

/* A word as rules name facts, phases and vaccines: 1 to 64 of a-z, 0-9 and -. */
bool value_is_word(const char *text);

/* YYYY-MM-DD of a day that exists, as YYYYMMDD. */
bool value_date(const char *text, int32_t *ret_date);

/* RFC 3339 with an offset or Z, as UTC seconds of the years 1 to 9999; a fraction is dropped, seconds may be left out.
 */
bool value_instant(const char *text, int64_t *ret_instant);

/* "2021-01-18" and "2021-01-18T07:00:00Z"; at least 32 bytes. */
void value_write_date(int64_t date, char *buffer, size_t capacity);
void value_write_instant(int64_t instant, char *buffer, size_t capacity);

/* The shortest decimal text that reads back to the same number; at least 32 bytes. */
void value_write_number(double number, char *buffer, size_t capacity);

#endif
