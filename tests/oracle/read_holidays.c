/* read_holidays.c: the public holidays of the shipped rules: for each département given as an argument, a line for each
 * holiday from 2019 to 2037: the département, a tab, the date. */
#include <stdio.h>

#include <vaxdir/vaxdir.h>

#include "base/time.h"
#include "provider/model.h"

int main(int argc, char **argv)
{
    vaxdir_context *context = NULL;
    vaxdir_rules *rules = NULL;
    if (vaxdir_context_new(NULL, &context) != VAXDIR_OK || vaxdir_rules_default(context, &rules) != VAXDIR_OK)
        return 1;
    for (int i = 1; i < argc; i++)
        for (int32_t date = 20190101; date <= 20371231; date = vaxdir_date_add(date, 1))
            if (vaxdir_holidays_have(&rules->holidays, date, (vaxdir_slice){NULL, 0}, vaxdir_slice_of(argv[i])))
                printf("%s\t%d\n", argv[i], (int)date);
    vaxdir_rules_unref(rules);
    vaxdir_context_unref(context);
    return 0;
}
