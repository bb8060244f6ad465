/* Whether a centre is open: the library's reason, and the times that are known. */
#include "opening.h"

#include "values.h"

static const char *const answers[] = {"unknown", "yes", "no"};

void opening_json(struct json *json, const vaxdir_opening_answer *answer)
{
    emit_open(json, "opening", '{');
    emit_text(json, "open", answers[answer->answer]);
    emit_text(json, "reason", vaxdir_opening_name(answer->reason));
    emit_instant(json, "since", answer->since);
    emit_instant(json, "until", answer->until);
    emit_instant(json, "next_open", answer->next_open);
    if ((answer->flags & VAXDIR_OPENING_MAY_OPEN_EARLIER) != 0)
        emit_text(json, "may_open_earlier", "yes");
    emit_close(json, '}');
}

void opening_text(const struct program *program, const vaxdir_opening_answer *answer, char *text, size_t capacity)
{
    char reason[200], until[32], next[32];
    const char *word = answer->answer == VAXDIR_YES  ? program_say(program, "yes", "oui")
                       : answer->answer == VAXDIR_NO ? program_say(program, "no", "non")
                                                     : program_say(program, "not known", "inconnu");
    program_sentence(program, VAXDIR_TEXT_OPENING, answer->reason, NULL, 0, reason, sizeof reason);
    int length = snprintf(text, capacity, program_say(program, "%s: %s", "%s : %s"), word, reason);
    if (answer->until != 0 && answer->until != answer->next_open && length > 0 && (size_t)length < capacity) {
        value_write_instant(answer->until, until, sizeof until);
        length += snprintf(text + length, capacity - (size_t)length,
                           program_say(program, "; until %s", " ; jusqu'à %s"), until);
    }
    if (answer->next_open != 0 && answer->answer != VAXDIR_YES && length > 0 && (size_t)length < capacity) {
        bool earlier = (answer->flags & VAXDIR_OPENING_MAY_OPEN_EARLIER) != 0;
        value_write_instant(answer->next_open, next, sizeof next);
        (void)snprintf(text + length, capacity - (size_t)length,
                       earlier
                           ? program_say(program, "; open at %s, perhaps earlier", " ; ouvert à %s, peut-être plus tôt")
                           : program_say(program, "; open at %s", " ; ouvert à %s"),
                       next);
    }
}
