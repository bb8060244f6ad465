/* like.c: see like.h. Invariant: only the last % is ever gone back to, which is enough because an earlier one could
 * take no shorter run (Krauss, "Matching wildcards", 2008). */
#include "like.h"

/* How many bytes the character at the start takes; the text is valid. */
static size_t character_size(const char *bytes)
{
    unsigned char first = (unsigned char)bytes[0];
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

bool vaxdir_like(vaxdir_slice pattern, vaxdir_slice text)
{
    size_t p = 0, t = 0, after_run = SIZE_MAX, run_end = 0;
    while (t < text.length) {
        bool wild = p < pattern.length && pattern.bytes[p] == '%';
        if (wild) {
            after_run = ++p;
            run_end = t;
            continue;
        }
        size_t literal = p < pattern.length && pattern.bytes[p] == '\\' ? p + 1 : p;
        if (literal == p && p < pattern.length && pattern.bytes[p] == '_') {
            p++;
            t += character_size(text.bytes + t);
        } else if (literal < pattern.length && pattern.bytes[literal] == text.bytes[t]) {
            p = literal + 1;
            t++;
        } else if (after_run != SIZE_MAX) {
            p = after_run;
            run_end += character_size(text.bytes + run_end);
            t = run_end;
        } else {
            return false;
        }
    }
    while (p < pattern.length && pattern.bytes[p] == '%')
        p++;
    return p == pattern.length;
}
