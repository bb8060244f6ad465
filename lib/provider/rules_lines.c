/* rules_lines.c: the phone plan, the national line and the information page of a rules document. Invariant: the line is
 * a number of the plan, and the page a safe link. */
#include <string.h>

#include "link.h"
#include "load.h"
#include "phone.h"

enum { TERRITORIES_MAX = 256, DIGITS_MAX = 15 };

static bool has_only(vaxdir_slice text, bool any_digit)
{
    for (size_t i = 0; i < text.length; i++)
        if (!(text.bytes[i] >= '0' && text.bytes[i] <= '9') && !(any_digit && text.bytes[i] == '#'))
            return false;
    return text.length <= DIGITS_MAX;
}

static vaxdir_status load_digits(vaxdir_loader *loader, json_t *object, const char *key, vaxdir_slice *ret_digits)
{
    vaxdir_status status = vaxdir_load_member(loader, object, key, ret_digits);
    if (status == VAXDIR_OK && !has_only(*ret_digits, false)) {
        vaxdir_load_enter(loader, key);
        return vaxdir_load_fail(loader, "write one to 15 digits as a text here");
    }
    return status;
}

static vaxdir_status load_length(vaxdir_loader *loader, json_t *object, size_t *ret_length)
{
    json_t *value = json_object_get(object, "length");
    json_int_t length = json_integer_value(value);
    if (!json_is_integer(value) || length < 1 || length > DIGITS_MAX) {
        vaxdir_load_enter(loader, "length");
        return vaxdir_load_fail(loader, "write a number of digits from 1 to 15 here");
    }
    *ret_length = (size_t)length;
    return VAXDIR_OK;
}

static vaxdir_status load_prefix(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    vaxdir_slice *prefix = item;
    vaxdir_status status = vaxdir_load_text_item(loader, value, NULL, item);
    bool any_digit = user != NULL;
    if (status == VAXDIR_OK && !has_only(*prefix, any_digit))
        status = vaxdir_load_fail(loader, any_digit ? "write one to 15 digits here, # for any digit"
                                                    : "write one to 15 digits as a text here");
    return status;
}

static vaxdir_status load_territory(vaxdir_loader *loader, json_t *value, void *user, void *item)
{
    static const char *const keys[] = {"note", "country", "prefixes", "length", "strip", NULL};
    vaxdir_territory *territory = item;
    (void)user;
    vaxdir_status status = vaxdir_load_keys(loader, value, keys);
    if (status == VAXDIR_OK)
        status = load_digits(loader, value, "country", &territory->country);
    if (status == VAXDIR_OK)
        status = load_length(loader, value, &territory->length);
    if (status == VAXDIR_OK)
        status = vaxdir_load_flag(loader, value, "strip", false, &territory->strip);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, value, "prefixes", TERRITORIES_MAX, sizeof(vaxdir_slice), load_prefix, NULL,
                                  &territory->prefixes, &territory->prefix_count);
    return status;
}

static bool starts_same(vaxdir_slice a, vaxdir_slice b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    return memcmp(a.bytes, b.bytes, length) == 0;
}

/* What is dialled before a number leaves one reading: no country code begins another, and the trunk prefix does not
 * look like the international one. */
static vaxdir_status check_codes(vaxdir_loader *loader, const vaxdir_phone_plan *plan)
{
    if (plan->international.length != 0 && plan->trunk.length >= plan->international.length &&
        starts_same(plan->trunk, plan->international)) {
        vaxdir_load_enter(loader, "international");
        return vaxdir_load_fail(loader,
                                "the trunk prefix begins with it: no national number could be told from others");
    }
    for (size_t i = 0; i < plan->territory_count; i++)
        if (starts_same(plan->territories[i].country, plan->country)) {
            vaxdir_load_enter(loader, "territories");
            vaxdir_load_enter_index(loader, i);
            return vaxdir_load_fail(loader, "its country code is the country's own, or one begins with the other");
        }
    return VAXDIR_OK;
}

/* A number has one territory: no prefix begins another, and no country code does. */
static vaxdir_status check_territories(vaxdir_loader *loader, const vaxdir_phone_plan *plan)
{
    for (size_t i = 1; i < plan->territory_count; i++)
        for (size_t k = 0; k < i; k++) {
            const vaxdir_territory *a = &plan->territories[k], *b = &plan->territories[i];
            bool doubled = starts_same(a->country, b->country);
            for (size_t m = 0; m < a->prefix_count; m++)
                for (size_t n = 0; n < b->prefix_count; n++)
                    doubled = doubled || starts_same(a->prefixes[m], b->prefixes[n]);
            if (!doubled)
                continue;
            vaxdir_load_enter(loader, "territories");
            vaxdir_load_enter_index(loader, i);
            return vaxdir_load_fail(loader, "an earlier territory has its country code or a prefix, or part of one");
        }
    return VAXDIR_OK;
}

vaxdir_status vaxdir_load_phone(vaxdir_loader *loader, json_t *document)
{
    static const char *const keys[] = {"country", "trunk", "international", "length", "territories", "short", NULL};
    vaxdir_phone_plan *plan = &loader->rules->phone;
    json_t *phone = json_object_get(document, "phone");
    bool any_digit = true;
    if (phone == NULL)
        return VAXDIR_OK;
    size_t before = vaxdir_load_enter(loader, "phone");
    vaxdir_status status = vaxdir_load_keys(loader, phone, keys);
    if (status == VAXDIR_OK)
        status = load_digits(loader, phone, "country", &plan->country);
    if (status == VAXDIR_OK && json_object_get(phone, "trunk") != NULL)
        status = load_digits(loader, phone, "trunk", &plan->trunk);
    if (status == VAXDIR_OK && json_object_get(phone, "international") != NULL)
        status = load_digits(loader, phone, "international", &plan->international);
    if (status == VAXDIR_OK)
        status = load_length(loader, phone, &plan->length);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, phone, "territories", TERRITORIES_MAX, sizeof(vaxdir_territory),
                                  load_territory, NULL, &plan->territories, &plan->territory_count);
    if (status == VAXDIR_OK)
        status = vaxdir_load_list(loader, phone, "short", TERRITORIES_MAX, sizeof(vaxdir_slice), load_prefix,
                                  &any_digit, &plan->shorts, &plan->short_count);
    if (status == VAXDIR_OK)
        status = check_codes(loader, plan);
    if (status == VAXDIR_OK)
        status = check_territories(loader, plan);
    if (status == VAXDIR_OK)
        vaxdir_load_leave(loader, before);
    return status;
}

static vaxdir_status load_national_line(vaxdir_loader *loader, json_t *document)
{
    vaxdir_slice text, number;
    vaxdir_phones phones;
    vaxdir_status status = vaxdir_load_member(loader, document, "national_line", &text);
    if (status != VAXDIR_OK)
        return status;
    vaxdir_phones_read(loader->rules, text, &phones);
    if (phones.count != 1 || phones.refused) {
        vaxdir_load_enter(loader, "national_line");
        return vaxdir_load_fail(loader, "write one phone number of the plan in \"phone\" here");
    }
    status = vaxdir_load_copy(loader, phones.numbers[0], vaxdir_slice_of(phones.numbers[0]).length, &number);
    if (status == VAXDIR_OK)
        loader->rules->national_line = number.bytes;
    return status;
}

static vaxdir_status load_information_url(vaxdir_loader *loader, json_t *document, vaxdir_link *link)
{
    vaxdir_slice text, url;
    vaxdir_status status = vaxdir_load_member(loader, document, "information_url", &text);
    if (status == VAXDIR_OK)
        status = vaxdir_link_judge_text(loader->context, loader->rules, text, (vaxdir_slice){NULL, 0}, link);
    if (status != VAXDIR_OK)
        return status;
    const uint32_t more = VAXDIR_LINK_WARNING_MORE_LINKS | VAXDIR_LINK_WARNING_TEXT_AFTER;
    if (vaxdir_link_url(link) == NULL || (vaxdir_link_warnings(link) & more) != 0) {
        vaxdir_load_enter(loader, "information_url");
        return vaxdir_load_fail(loader, "write a safe https link here");
    }
    status = vaxdir_load_copy(loader, vaxdir_link_url(link), vaxdir_slice_of(vaxdir_link_url(link)).length, &url);
    if (status == VAXDIR_OK)
        loader->rules->information_url = url.bytes;
    return status;
}

vaxdir_status vaxdir_load_lines(vaxdir_loader *loader, json_t *document)
{
    vaxdir_status status = VAXDIR_OK;
    if (json_object_get(document, "national_line") != NULL)
        status = load_national_line(loader, document);
    if (status != VAXDIR_OK || json_object_get(document, "information_url") == NULL)
        return status;
    vaxdir_link *link;
    status = vaxdir_link_make(loader->context, &link);
    if (status != VAXDIR_OK)
        return status;
    status = load_information_url(loader, document, link);
    vaxdir_link_unref(link);
    return status;
}
