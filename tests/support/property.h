/* property.h: the frame of a property test: seed, length, TAP. The seed is the first argument, or VAXDIR_SEED, or
 * fixed;
 * --long asks ten times as much. */
#ifndef PROPERTY_H
#define PROPERTY_H

#include <stdbool.h>
#include <stdint.h>

#include <vaxdir/vaxdir.h>

/* Seeds random.h, says so, and plans so many results. Returns how many times as much is asked: 1 or 10. */
uint32_t property_start(int argc, char **argv, uint32_t results);

/* The next result. What it says is printf's. */
void property_result(bool good, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* 0 if every result was good: what main() returns. */
int property_end(void);

/* Ends the program if a call failed that must not. */
void property_check(vaxdir_context *context, vaxdir_status status, const char *what);

#endif
