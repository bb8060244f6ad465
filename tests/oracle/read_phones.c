/* read_phones.c: reads phone fields, one a line, and prints what the shipped plan makes of each: the numbers with
 * commas between them, then a tab and 1 if something was refused. Invariant: one line out for each line in. */
#include <stdio.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "provider/phone.h"

int main(void)
{
    static char line[4096];
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_rules_default(context, &rules) != VAXDIR_OK)
        return 1;
    while (fgets(line, sizeof line, stdin) != NULL) {
        vaxdir_phones phones;
        line[strcspn(line, "\n")] = '\0';
        vaxdir_phones_read(rules, vaxdir_slice_of(line), &phones);
        for (size_t i = 0; i < phones.count; i++)
            printf("%s%s", i == 0 ? "" : ",", phones.numbers[i]);
        printf("\t%d\n", phones.refused);
    }
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}
