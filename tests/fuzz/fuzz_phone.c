/* fuzz_phone.c: any text as a phone field. Invariant watched: a number that comes out is E.164 or short, and reads as
 * itself. */
#include <stdbool.h>
#include <string.h>

#include <vaxdir/vaxdir.h>

#include "fuzz.h"
#include "provider/phone.h"

static vaxdir_rules *rules;

static bool is_digits(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vaxdir_slice text = {(const char *)data, size};
    vaxdir_phones phones, again;
    if (rules == NULL) {
        vaxdir_context *context = NULL;
        PROMISE(vaxdir_context_new(NULL, &context) == VAXDIR_OK);
        PROMISE(vaxdir_rules_default(context, &rules) == VAXDIR_OK);
        vaxdir_context_unref(context);
    }
    if (size == 0 || !vaxdir_text_valid(text))
        return 0;
    vaxdir_phones_read(rules, text, &phones);
    PROMISE(phones.count <= VAXDIR_PHONES_MAX);
    for (size_t i = 0; i < phones.count; i++) {
        const char *number = phones.numbers[i];
        bool full = number[0] == '+';
        PROMISE(is_digits(number + full) && strlen(number) <= (full ? 16 : 7));
        vaxdir_phones_read(rules, vaxdir_slice_of(number), &again);
        PROMISE(again.count == 1 && strcmp(again.numbers[0], number) == 0 && !again.refused);
        for (size_t k = 0; k < i; k++)
            PROMISE(strcmp(phones.numbers[k], number) != 0);
    }
    return 0;
}
