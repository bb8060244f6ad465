/* locale.c: linked into every C test program: takes the locale of the environment before main(), so that the whole
 * suite can be run under one with a decimal comma. */
#include <locale.h>

__attribute__((constructor)) static void take_the_locale(void)
{
    (void)setlocale(LC_ALL, "");
}
