/* Whether a centre is open: one sentence put together here, because the parts that are known differ. */
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

static const char *reason_text(const struct program *program, int32_t reason)
{
    switch (reason) {
    case VAXDIR_OPENING_WEEKLY_HOURS:
        return program_say(program, "by its weekly hours", "d'après ses horaires");
    case VAXDIR_OPENING_CLOSED:
        return program_say(program, "it is closed", "le centre est fermé");
    case VAXDIR_OPENING_NOT_YET_OPEN:
        return program_say(program, "it has not opened yet", "le centre n'a pas encore ouvert");
    case VAXDIR_OPENING_CLOSED_FOR_GOOD:
        return program_say(program, "it has closed for good", "le centre a fermé définitivement");
    case VAXDIR_OPENING_HOLIDAY:
        return program_say(program, "public holiday", "jour férié");
    case VAXDIR_OPENING_NOT_STATED:
        return program_say(program, "no hours are stated", "horaires non précisés");
    case VAXDIR_OPENING_NOT_PARSED:
        return program_say(program, "see the hours as the source has them",
                           "voir les horaires tels que la source les donne");
    default:
        return vaxdir_opening_name(reason);
    }
}

void opening_text(const struct program *program, const vaxdir_opening_answer *answer, char *text, size_t capacity)
{
    char until[32], next[32];
    const char *word = answer->answer == VAXDIR_YES  ? program_say(program, "yes", "oui")
                       : answer->answer == VAXDIR_NO ? program_say(program, "no", "non")
                                                     : program_say(program, "not known", "inconnu");
    int length =
        snprintf(text, capacity, program_say(program, "%s: %s", "%s : %s"), word, reason_text(program, answer->reason));
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
