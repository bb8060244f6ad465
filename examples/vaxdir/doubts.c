/* Doubts about a rules document. Members that are refused are told of elsewhere: here what has another form than it
 * should is passed over. */
#include "doubts.h"

#include "values.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { EXAMPLES_LEAST = 3, PLACE_SIZE = 512 };

/* A place on the way through the document. */
struct walk {
    char place[PLACE_SIZE];
    doubt_teller *tell;
    void *to;
};

/* Goes down to a member or, with a NULL key, an item; gives where to come back to. A place that is too long is cut. */
static size_t enter(struct walk *walk, const char *key, size_t index)
{
    size_t before = strlen(walk->place), at = before;
    if (key == NULL)
        snprintf(walk->place + at, sizeof walk->place - at, "/%zu", index);
    if (key == NULL || at + 3 >= sizeof walk->place)
        return before;
    for (walk->place[at++] = '/'; *key != '\0' && at + 3 < sizeof walk->place; key++) {
        if (*key == '~' || *key == '/')
            walk->place[at++] = '~';
        walk->place[at++] = *key == '~' ? '0' : *key == '/' ? '1' : *key;
    }
    walk->place[at] = '\0';
    return before;
}

static void leave(struct walk *walk, size_t before)
{
    walk->place[before] = '\0';
}

static void say(const struct walk *walk, const char *what)
{
    walk->tell(walk->to, walk->place, what);
}

/* --- providers ---------------------------------------------------------------------------------------------------- */

static void doubt_provider(struct walk *walk, json_t *provider)
{
    json_t *examples = json_object_get(provider, "examples");
    size_t page, centres = 0;
    json_t *value;
    json_array_foreach(json_object_get(provider, "pages"), page, value)
    {
        const char *kind = json_string_value(json_object_get(value, "kind"));
        centres += kind != NULL && strcmp(kind, "centre") == 0;
    }
    if (json_array_size(json_object_get(examples, "accept")) < EXAMPLES_LEAST)
        say(walk, "give at least three examples to accept");
    if (json_array_size(json_object_get(examples, "reject")) < EXAMPLES_LEAST)
        say(walk, "give at least three examples to reject");
    if (centres > 0 && json_array_size(json_object_get(provider, "identity")) == 0)
        say(walk, "it has pages of centres and no identity: its centres have no key");
    if (!json_is_true(json_object_get(provider, "https")))
        say(walk, "without \"https\": true its links stay http where they are");
}

/* --- phases ------------------------------------------------------------------------------------------------------- */

/* Ages and birth dates between which all of some conditions may hold. */
struct bounds {
    json_int_t age_from, age_to;
    int32_t born_from, born_before;
};

static bool is_sure(json_t *condition, bool truth);

static bool any_is_sure(json_t *conditions, bool truth)
{
    size_t i;
    json_t *condition;
    json_array_foreach(conditions, i, condition)
    {
        if (is_sure(condition, truth))
            return true;
    }
    return false;
}

static bool all_are_sure(json_t *conditions, bool truth)
{
    size_t i;
    json_t *condition;
    json_array_foreach(conditions, i, condition)
    {
        if (!is_sure(condition, truth))
            return false;
    }
    return json_is_array(conditions);
}

static bool member_is_sure(const char *key, json_t *value, bool truth)
{
    if (strcmp(key, "not") == 0)
        return is_sure(value, !truth);
    if (strcmp(key, "all") == 0)
        return truth ? all_are_sure(value, truth) : any_is_sure(value, truth);
    if (strcmp(key, "any") == 0)
        return truth ? any_is_sure(value, truth) : all_are_sure(value, truth);
    return false;
}

/* Narrows the bounds by all that must hold together. */
static void narrow(json_t *condition, struct bounds *bounds)
{
    json_t *from = json_object_get(condition, "age_from"), *to = json_object_get(condition, "age_to"), *part;
    const char *born_from = json_string_value(json_object_get(condition, "born_from"));
    const char *born_before = json_string_value(json_object_get(condition, "born_before"));
    int32_t date;
    size_t i;
    if (json_is_integer(from) && json_integer_value(from) > bounds->age_from)
        bounds->age_from = json_integer_value(from);
    if (json_is_integer(to) && json_integer_value(to) < bounds->age_to)
        bounds->age_to = json_integer_value(to);
    if (born_from != NULL && value_date(born_from, &date) && date > bounds->born_from)
        bounds->born_from = date;
    if (born_before != NULL && value_date(born_before, &date) && date < bounds->born_before)
        bounds->born_before = date;
    json_array_foreach(json_object_get(condition, "all"), i, part)
    {
        narrow(part, bounds);
    }
}

/* Whether a condition holds for everybody, or for nobody, by its form and its bounds alone. */
static bool is_sure(json_t *condition, bool truth)
{
    struct bounds bounds = {0, INT32_MAX, 0, INT32_MAX};
    const char *key;
    json_t *value;
    narrow(condition, &bounds);
    if (bounds.age_from > bounds.age_to || bounds.born_from >= bounds.born_before)
        return !truth;
    /* Members of an object must all hold. */
    json_object_foreach(condition, key, value)
    {
        if (member_is_sure(key, value, truth) != truth)
            return !truth;
    }
    return truth && json_object_size(condition) > 0;
}

static void doubt_phase(struct walk *walk, json_t *phase)
{
    size_t before = enter(walk, "who", 0);
    if (is_sure(json_object_get(phase, "who"), false))
        say(walk, "nobody can be so: the phase admits nobody");
    leave(walk, before);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

/* Notes say nothing. */
static bool says_the_same(json_t *one, json_t *other)
{
    const char *key;
    json_t *value;
    if (!json_is_object(one) || !json_is_object(other))
        return json_equal(one, other) != 0;
    size_t said = json_object_size(one) - (json_object_get(one, "note") != NULL);
    if (said != json_object_size(other) - (json_object_get(other, "note") != NULL))
        return false;
    json_object_foreach(one, key, value)
    {
        if (strcmp(key, "note") != 0 && !json_equal(value, json_object_get(other, key)))
            return false;
    }
    return true;
}

static bool stands_before(json_t *list, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (says_the_same(json_array_get(list, i), json_array_get(list, index)))
            return true;
    return false;
}

/* No list of these documents means more by saying a thing twice. */
static void doubt_lists(struct walk *walk, json_t *value)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_object(value)) {
        json_object_foreach(value, key, member)
        {
            size_t before = enter(walk, key, 0);
            doubt_lists(walk, member);
            leave(walk, before);
        }
        return;
    }
    json_array_foreach(value, i, member)
    {
        size_t before = enter(walk, NULL, i);
        if (stands_before(value, i))
            say(walk, "an earlier item of the list says the same");
        else
            doubt_lists(walk, member);
        leave(walk, before);
    }
}

/* --- the document ------------------------------------------------------------------------------------------------- */

static void doubt_items(struct walk *walk, const char *key, json_t *list,
                        void (*doubt)(struct walk *walk, json_t *item))
{
    size_t i, outside = enter(walk, key, 0);
    json_t *item;
    json_array_foreach(list, i, item)
    {
        size_t before = enter(walk, NULL, i);
        doubt(walk, item);
        leave(walk, before);
    }
    leave(walk, outside);
}

void doubts_tell(json_t *document, doubt_teller *tell, void *to)
{
    struct walk walk = {.place = "", .tell = tell, .to = to};
    doubt_items(&walk, "providers", json_object_get(document, "providers"), doubt_provider);
    size_t before = enter(&walk, "campaign", 0);
    doubt_items(&walk, "phases", json_object_get(json_object_get(document, "campaign"), "phases"), doubt_phase);
    leave(&walk, before);
    doubt_lists(&walk, document);
}
