/* text.c: codes to sentences. Invariant: every code of the public headers has a line with both languages; a sentence
 * holds only its parameters, never anything about a person. {1} to {5} are the parameters; a part in [] is left out
 * when a parameter in it is absent. */
#include <vaxdir/text.h>

#include <string.h>

#include <vaxdir/explain.h>
#include <vaxdir/link.h>
#include <vaxdir/opening.h>
#include <vaxdir/report.h>
#include <vaxdir/route.h>

#include "../base/text.h"
#include "text.h"

typedef struct sentence {
    int32_t code;
    const char *name; /* where the code has its name here */
    const char *english;
    const char *french;
} sentence;

/* {1} value, {2} suggestion, {3} column, {4} the sentence of the reason */
static const sentence diagnostics[] = {
    {VAXDIR_DIAGNOSTIC_ID_MISSING, NULL, "the row has no id and is left out: give it one",
     "la ligne n'a pas d'identifiant et est écartée : en donner un"},
    {VAXDIR_DIAGNOSTIC_ID_DUPLICATE, NULL, "another record with the id {1} was kept: this one is left out",
     "une autre fiche portant l'identifiant {1} a été gardée : celle-ci est écartée"},
    {VAXDIR_DIAGNOSTIC_ROW_UNDECODABLE, NULL, "the row is not UTF-8 text and is left out: save the file as UTF-8",
     "la ligne n'est pas du texte UTF-8 et est écartée : enregistrer le fichier en UTF-8"},
    {VAXDIR_DIAGNOSTIC_QUOTE_OPEN, NULL, "a quotation mark never closes; the row is left out",
     "un guillemet n'est jamais refermé ; la ligne est écartée"},
    {VAXDIR_DIAGNOSTIC_CELL_TOO_LONG, NULL, "a cell is too long; the row is left out",
     "une cellule est trop longue ; la ligne est écartée"},
    {VAXDIR_DIAGNOSTIC_ID_REPEATED, NULL, "the same record stands twice: one is kept",
     "la même fiche figure deux fois : une seule est gardée"},
    {VAXDIR_DIAGNOSTIC_ID_REPLACED, NULL, "a later file replaces the record {1}",
     "un fichier postérieur remplace la fiche {1}"},
    {VAXDIR_DIAGNOSTIC_ROW_SHORT, NULL, "the row has fewer cells than the header: the file may be cut",
     "la ligne a moins de cellules que l'en-tête : le fichier est peut-être tronqué"},
    {VAXDIR_DIAGNOSTIC_ROW_LONG, NULL, "the row has more cells than the header; they are kept as attributes",
     "la ligne a plus de cellules que l'en-tête ; elles sont gardées comme attributs"},
    {VAXDIR_DIAGNOSTIC_NAME_MISSING, NULL, "the centre has no name", "le centre n'a pas de nom"},
    {VAXDIR_DIAGNOSTIC_POSITION_MISSING, NULL, "the centre has no position and cannot be found by distance",
     "le centre n'a pas de position et ne peut pas être trouvé par la distance"},
    {VAXDIR_DIAGNOSTIC_POSITION_INVALID, NULL, "\"{1}\" is not a position[: write {2}]",
     "« {1} » n'est pas une position[ : écrire {2}]"},
    {VAXDIR_DIAGNOSTIC_POSITION_ZERO, NULL, "the position is (0,0), in the Gulf of Guinea; it is kept",
     "la position est (0,0), dans le golfe de Guinée ; elle est gardée"},
    {VAXDIR_DIAGNOSTIC_POSITION_SUSPECT, NULL, "the position is within a mile of (0,0): a scale was perhaps lost",
     "la position est à moins de deux kilomètres de (0,0) : une échelle s'est peut-être perdue"},
    {VAXDIR_DIAGNOSTIC_NUMBER_INVALID, NULL, "\"{1}\" is not a number[: write {2}]",
     "« {1} » n'est pas un nombre[ : écrire {2}]"},
    {VAXDIR_DIAGNOSTIC_DATE_INVALID, NULL, "\"{1}\" is not a date[: write {2}]",
     "« {1} » n'est pas une date[ : écrire {2}]"},
    {VAXDIR_DIAGNOSTIC_INSTANT_INVALID, NULL, "\"{1}\" is not a date and time[: write {2}]",
     "« {1} » n'est pas une date avec heure[ : écrire {2}]"},
    {VAXDIR_DIAGNOSTIC_FLAG_INVALID, NULL, "\"{1}\" is neither yes nor no; it is kept as an attribute",
     "« {1} » n'est ni oui ni non ; gardé comme attribut"},
    {VAXDIR_DIAGNOSTIC_LIST_INVALID, NULL, "\"{1}\" is not a list[: write {2}]",
     "« {1} » n'est pas une liste[ : écrire {2}]"},
    {VAXDIR_DIAGNOSTIC_CODE_ZERO_LOST, NULL, "\"{1}\" has lost its leading zero[: {2}]",
     "« {1} » a perdu son zéro initial[ : {2}]"},
    {VAXDIR_DIAGNOSTIC_TEXT_DOUBLE_ENCODED, NULL, "\"{1}\" was encoded twice[: {2}]",
     "« {1} » a été encodé deux fois[ : {2}]"},
    {VAXDIR_DIAGNOSTIC_DATES_REVERSED, NULL, "the centre closes ({1}) before it opens",
     "le centre ferme ({1}) avant d'ouvrir"},
    {VAXDIR_DIAGNOSTIC_LINK_UNSAFE, NULL, "the booking link is unsafe and will not be shown[: {4}]",
     "le lien de rendez-vous est dangereux et ne sera pas montré[ : {4}]"},
    {VAXDIR_DIAGNOSTIC_LINK_NOT_A_LINK, NULL, "\"{1}\" is not a link: write a full address, or nothing",
     "« {1} » n'est pas un lien : écrire une adresse complète, ou rien"},
    {VAXDIR_DIAGNOSTIC_LINK_UNKNOWN, NULL, "the link is of no booking provider that the rules know",
     "le lien n'est celui d'aucun prestataire connu des règles"},
    {VAXDIR_DIAGNOSTIC_LINK_REPAIRED, NULL, "the link was repaired[: {2}]", "le lien a été réparé[ : {2}]"},
    {VAXDIR_DIAGNOSTIC_PHONE_INVALID, NULL, "\"{1}\" holds something that is no phone number[: {4}]",
     "« {1} » contient autre chose qu'un numéro de téléphone[ : {4}]"},
    {VAXDIR_DIAGNOSTIC_ROUTE_NONE, NULL, "the centre has neither a usable link nor a usable phone",
     "le centre n'a ni lien ni téléphone utilisables"},
    {VAXDIR_DIAGNOSTIC_INPUT_EMPTY, NULL, "the file is empty", "le fichier est vide"},
    {VAXDIR_DIAGNOSTIC_INPUT_NOT_A_FEED, NULL, "this is no directory of centres but {1}",
     "ce n'est pas un répertoire de centres mais autre chose : {1}"},
    {VAXDIR_DIAGNOSTIC_INPUT_NO_HEADER, NULL, "the first line names no known column[: {2}]",
     "la première ligne ne nomme aucune colonne connue[ : {2}]"},
    {VAXDIR_DIAGNOSTIC_INPUT_NO_ROWS, NULL, "the file has a header and no rows",
     "le fichier a un en-tête et aucune ligne"},
    {VAXDIR_DIAGNOSTIC_INPUT_ALL_QUARANTINED, NULL, "no row of the file could be used",
     "aucune ligne du fichier n'est utilisable"},
    {VAXDIR_DIAGNOSTIC_INPUT_UNREADABLE, NULL, "the file cannot be read[: {1}]", "le fichier est illisible[ : {1}]"},
    {VAXDIR_DIAGNOSTIC_COLUMN_MISSING, NULL, "the column {1} is missing", "la colonne {1} manque"},
    {VAXDIR_DIAGNOSTIC_COLUMN_REPEATED, NULL, "the column {1} stands twice", "la colonne {1} figure deux fois"},
};

static const sentence link_reasons[] = {
    {VAXDIR_LINK_REASON_NONE, NULL, "the link is a known provider's", "le lien est celui d'un prestataire connu"},
    {VAXDIR_LINK_REASON_EMPTY, NULL, "there is no link", "il n'y a pas de lien"},
    {VAXDIR_LINK_REASON_WORD, NULL, "there are words instead of a link", "il y a des mots à la place d'un lien"},
    {VAXDIR_LINK_REASON_EMAIL, NULL, "there is an e-mail address instead of a link",
     "il y a une adresse électronique à la place d'un lien"},
    {VAXDIR_LINK_REASON_PHONE, NULL, "there is a phone number instead of a link",
     "il y a un numéro de téléphone à la place d'un lien"},
    {VAXDIR_LINK_REASON_BAD_INPUT, NULL, "the input is not text", "l'entrée n'est pas du texte"},
    {VAXDIR_LINK_REASON_UNKNOWN_HOST, NULL, "the site is not known", "le site n'est pas connu"},
    {VAXDIR_LINK_REASON_NO_SCHEME, NULL, "the address does not begin with https:// and its site is not known",
     "l'adresse ne commence pas par https:// et son site n'est pas connu"},
    {VAXDIR_LINK_REASON_FOREIGN_SCRIPT, NULL, "the site's name is not in plain letters: it is no known provider's",
     "le nom du site n'est pas en lettres simples : il n'est celui d'aucun prestataire connu"},
    {VAXDIR_LINK_REASON_UNKNOWN_SHAPE, NULL, "the site is known, but not this page of it",
     "le site est connu, mais pas cette page"},
    {VAXDIR_LINK_REASON_CONTROL, NULL, "the link holds invisible characters",
     "le lien contient des caractères invisibles"},
    {VAXDIR_LINK_REASON_TOO_LONG, NULL, "the link is too long", "le lien est trop long"},
    {VAXDIR_LINK_REASON_SCHEME, NULL, "the link is neither http nor https", "le lien n'est ni http ni https"},
    {VAXDIR_LINK_REASON_USERINFO, NULL, "the link names a user before the site, a common trick",
     "le lien nomme un utilisateur avant le site, une ruse courante"},
    {VAXDIR_LINK_REASON_BACKSLASH, NULL, "the link holds a backslash, which programs read in different ways",
     "le lien contient une barre oblique inverse, que les logiciels lisent différemment"},
    {VAXDIR_LINK_REASON_PORT, NULL, "the link names an unusual port", "le lien nomme un port inhabituel"},
    {VAXDIR_LINK_REASON_IP_ADDRESS, NULL, "the link has a numeric address in place of a name",
     "le lien a une adresse numérique à la place d'un nom"},
    {VAXDIR_LINK_REASON_PERCENT_IN_HOST, NULL, "the site's name is disguised by escapes",
     "le nom du site est déguisé par des échappements"},
    {VAXDIR_LINK_REASON_HOST, NULL, "no site can have this name", "aucun site ne peut porter ce nom"},
    {VAXDIR_LINK_REASON_IDN, NULL, "the site's international name is not valid",
     "le nom international du site n'est pas valide"},
    {VAXDIR_LINK_REASON_SYNTAX, NULL, "the link is no web address", "le lien n'est pas une adresse web"},
};

static const sentence phone_reasons[] = {
    {VAXDIR_PHONE_REASON_NONE, NULL, "nothing is refused", "rien n'est refusé"},
    {VAXDIR_PHONE_REASON_WORDS, NULL, "there are words and no number", "il y a des mots et aucun numéro"},
    {VAXDIR_PHONE_REASON_TOO_SHORT, NULL, "it has too few digits", "il a trop peu de chiffres"},
    {VAXDIR_PHONE_REASON_TOO_LONG, NULL, "it has too many digits", "il a trop de chiffres"},
    {VAXDIR_PHONE_REASON_COUNTRY, NULL, "it is another country's", "il est d'un autre pays"},
    {VAXDIR_PHONE_REASON_AMBIGUOUS, NULL, "the digits may be a number or something else",
     "les chiffres peuvent être un numéro ou autre chose"},
    {VAXDIR_PHONE_REASON_TOO_MANY, NULL, "there are more than the two that a centre keeps",
     "il y en a plus que les deux qu'un centre garde"},
};

static const sentence link_warnings[] = {
    {VAXDIR_LINK_WARNING_TRIMMED, NULL, "outer spaces were removed", "les espaces extérieurs ont été retirés"},
    {VAXDIR_LINK_WARNING_SCHEME_ADDED, NULL, "https:// was added", "https:// a été ajouté"},
    {VAXDIR_LINK_WARNING_SCHEME_RAISED, NULL, "http was raised to https", "http a été porté à https"},
    {VAXDIR_LINK_WARNING_QUESTION_MARK, NULL, "a second question mark was read as an ampersand",
     "un second point d'interrogation a été lu comme une esperluette"},
    {VAXDIR_LINK_WARNING_ESCAPED, NULL, "special characters were escaped", "les caractères spéciaux ont été échappés"},
    {VAXDIR_LINK_WARNING_TRAILING_DOT, NULL, "a dot after the site's name was removed",
     "un point après le nom du site a été retiré"},
    {VAXDIR_LINK_WARNING_UNWRAPPED, NULL, "the link was taken out of a mail gateway's wrapper",
     "le lien a été sorti de l'enveloppe d'une passerelle de messagerie"},
    {VAXDIR_LINK_WARNING_REDIRECT, NULL, "a redirect page was unfolded", "une page de redirection a été dépliée"},
    {VAXDIR_LINK_WARNING_CUT_PARAMETER, NULL, "a damaged parameter was cut", "un paramètre abîmé a été coupé"},
    {VAXDIR_LINK_WARNING_DECLARED_MISMATCH, NULL, "the source names another provider than the link's",
     "la source nomme un autre prestataire que celui du lien"},
    {VAXDIR_LINK_WARNING_QUOTE, NULL, "a stray quotation mark was removed", "un guillemet égaré a été retiré"},
    {VAXDIR_LINK_WARNING_MORE_LINKS, NULL, "the text holds further links", "le texte contient d'autres liens"},
    {VAXDIR_LINK_WARNING_NAMES_PROVIDER, NULL, "words name a provider without a link",
     "des mots nomment un prestataire sans lien"},
    {VAXDIR_LINK_WARNING_TEXT_AFTER, NULL, "words after the link were left out",
     "les mots qui suivent le lien ont été laissés de côté"},
};

/* {1} provider's name, {2} phone or url, {3} detail, {4} since, {5} until */
static const sentence step_reasons[] = {
    {VAXDIR_STEP_REASON_PROVIDER_CENTRE, "provider-centre", "Book on the web[ at {1}][: {2}]",
     "Prendre rendez-vous en ligne[ sur {1}][ : {2}]"},
    {VAXDIR_STEP_REASON_PROVIDER_LIST, "provider-list", "Choose the centre in the list[ of {1}][: {2}]",
     "Choisir le centre dans la liste[ de {1}][ : {2}]"},
    {VAXDIR_STEP_REASON_PROVIDER_HOME, "provider-home", "Search for the centre[ at {1}][: {2}]",
     "Chercher le centre[ sur {1}][ : {2}]"},
    {VAXDIR_STEP_REASON_PROVIDER_OTHER, "provider-other", "See the page[ at {1}][: {2}]",
     "Voir la page[ sur {1}][ : {2}]"},
    {VAXDIR_STEP_REASON_UNKNOWN_SITE, "unknown-site",
     "The centre gives this address, of a site that is not known[: {2}]",
     "Le centre donne cette adresse, d'un site qui n'est pas connu[ : {2}]"},
    {VAXDIR_STEP_REASON_CENTRE_PHONE, "centre-phone", "Call the centre[: {2}]", "Appeler le centre[ : {2}]"},
    {VAXDIR_STEP_REASON_NATIONAL_LINE, "national-line", "Call the national line[: {2}]",
     "Appeler la ligne nationale[ : {2}]"},
    {VAXDIR_STEP_REASON_WITHOUT_APPOINTMENT, "without-appointment", "Go there: no appointment is needed",
     "S'y rendre : sans rendez-vous"},
    {VAXDIR_STEP_REASON_LINK_WORD, "link-word", "There is no booking link yet[: the centre says \"{3}\"]",
     "Pas encore de lien de rendez-vous[ : le centre indique « {3} »]"},
    {VAXDIR_STEP_REASON_LINK_EMAIL, "link-email", "There is no booking link but an e-mail address[: {3}]",
     "Pas de lien de rendez-vous mais une adresse électronique[ : {3}]"},
    {VAXDIR_STEP_REASON_LINK_PHONE, "link-phone", "There is no booking link but a phone number[: {3}]",
     "Pas de lien de rendez-vous mais un numéro de téléphone[ : {3}]"},
    {VAXDIR_STEP_REASON_LINK_UNSAFE, "link-unsafe", "The centre's link is unsafe and is not shown",
     "Le lien du centre est dangereux et n'est pas montré"},
    {VAXDIR_STEP_REASON_LINK_INCOMPLETE, "link-incomplete", "The centre's link is no full address[: {3}]",
     "Le lien du centre n'est pas une adresse complète[ : {3}]"},
    {VAXDIR_STEP_REASON_INFORMATION, "information", "Read the information page[: {2}]",
     "Lire la page d'information[ : {2}]"},
    {VAXDIR_STEP_REASON_NOT_ELIGIBLE, "not-eligible",
     "Vaccination is not open to this person for now[: it will be from {5} on]",
     "La vaccination n'est pas ouverte à cette personne pour le moment[ : elle le sera à partir du {5}]"},
    {VAXDIR_STEP_REASON_CENTRE_CLOSED, "centre-closed", "The centre is closed[, since {4}][; it opens on {5}]",
     "Le centre est fermé[ depuis le {4}][ ; il ouvre le {5}]"},
    {VAXDIR_STEP_REASON_CENTRE_OPENS, "centre-opens", "The centre is not open yet[: it opens on {5}]",
     "Le centre n'est pas encore ouvert[ : il ouvre le {5}]"},
    {VAXDIR_STEP_REASON_PROVIDER_CLOSED, "provider-closed",
     "Booking[ at {1}] is closed[, since {4}][; again from {5} on]",
     "La prise de rendez-vous[ sur {1}] est fermée[ depuis le {4}][ ; elle reprend le {5}]"},
    {VAXDIR_STEP_REASON_CAMPAIGN_OPENS, "campaign-opens", "The campaign is not open yet[: it opens on {5}]",
     "La campagne n'est pas encore ouverte[ : elle ouvre le {5}]"},
    {VAXDIR_STEP_REASON_RESERVED_WORD, "reserved-word",
     "The centre's name suggests that it is reserved for some people, which is not sure: ask before going",
     "Le nom du centre laisse penser qu'il est réservé à certaines personnes, sans certitude : demander avant d'y "
     "aller"},
};

/* {1} since, {2} until */
static const sentence states[] = {
    {VAXDIR_STATE_UNKNOWN, NULL, "nothing is known of its state", "rien n'est connu de son état"},
    {VAXDIR_STATE_NOT_YET_OPEN, NULL, "not open yet[, opens on {2}]", "pas encore ouvert[, ouvre le {2}]"},
    {VAXDIR_STATE_OPEN, NULL, "open[ since {1}][, until {2}]", "ouvert[ depuis le {1}][, jusqu'au {2}]"},
    {VAXDIR_STATE_DEGRADED, NULL, "works badly[ since {1}][, until {2}]",
     "fonctionne mal[ depuis le {1}][, jusqu'au {2}]"},
    {VAXDIR_STATE_DOWN, NULL, "out of order[ since {1}][, expected back on {2}]",
     "hors service[ depuis le {1}][, retour prévu le {2}]"},
    {VAXDIR_STATE_CLOSED, NULL, "closed[ since {1}][, opens on {2}]", "fermé[ depuis le {1}][, ouvre le {2}]"},
};

static const sentence openings[] = {
    {VAXDIR_OPENING_WEEKLY_HOURS, NULL, "by its weekly hours", "d'après ses horaires"},
    {VAXDIR_OPENING_CLOSED, NULL, "it is closed", "le centre est fermé"},
    {VAXDIR_OPENING_NOT_YET_OPEN, NULL, "it has not opened yet", "le centre n'a pas encore ouvert"},
    {VAXDIR_OPENING_CLOSED_FOR_GOOD, NULL, "it has closed for good", "le centre a fermé définitivement"},
    {VAXDIR_OPENING_HOLIDAY, NULL, "public holiday", "jour férié"},
    {VAXDIR_OPENING_NOT_STATED, NULL, "no hours are stated", "horaires non précisés"},
    {VAXDIR_OPENING_NOT_PARSED, NULL, "see the hours as the source has them",
     "voir les horaires tels que la source les donne"},
};

/* {1} what would settle it, {2} date from which, {3} date until which */
static const sentence eligibilities[] = {
    {VAXDIR_ELIGIBILITY_NOT_STATED, NULL, "Nothing is said of who may be vaccinated",
     "Rien n'est dit de qui peut être vacciné"},
    {VAXDIR_ELIGIBILITY_YES, NULL, "Vaccination is open to this person[, until {3}]",
     "La vaccination est ouverte à cette personne[, jusqu'au {3}]"},
    {VAXDIR_ELIGIBILITY_NO, NULL, "Vaccination is not open to this person for now[: it will be from {2} on]",
     "La vaccination n'est pas ouverte à cette personne pour le moment[ : elle le sera à partir du {2}]"},
    {VAXDIR_ELIGIBILITY_UNKNOWN, NULL, "Whether vaccination is open to this person depends on what is not known[: {1}]",
     "Que la vaccination soit ouverte à cette personne dépend de ce qui n'est pas connu[ : {1}]"},
};

/* {1} distance, {2} how much too far or too near, or the distance of the last listed, {3} condition, {4} rank, {5}
 * limit */
static const sentence search_reasons[] = {
    {VAXDIR_SEARCH_REASON_LISTED, NULL, "It is in the answer[, number {4}][, at {1}]",
     "Il est dans la réponse[, au rang {4}][, à {1}]"},
    {VAXDIR_SEARCH_REASON_NO_POSITION, NULL, "It has no position, so no distance finds it",
     "Il n'a pas de position : aucune distance ne le trouve"},
    {VAXDIR_SEARCH_REASON_FILTERED, NULL, "It does not pass the filter[: {3}]", "Il ne passe pas le filtre[ : {3}]"},
    {VAXDIR_SEARCH_REASON_TOO_FAR, NULL, "It is too far[, by {2}][: at {1}]", "Il est trop loin[, de {2}][ : à {1}]"},
    {VAXDIR_SEARCH_REASON_BEYOND_LIMIT, NULL,
     "Others are nearer[: it would be number {4}][, at {1}][; {5} were asked for][, and the last of them is at {2}]",
     "D'autres sont plus proches[ : il serait au rang {4}][, à {1}][ ; {5} étaient demandés][, et le dernier est à "
     "{2}]"},
    {VAXDIR_SEARCH_REASON_TOO_NEAR, NULL, "It is too near[, by {2}][: at {1}]",
     "Il est trop proche[, de {2}][ : à {1}]"},
    {VAXDIR_SEARCH_REASON_TIED, NULL,
     "It is in the answer[, number {4}][, at {1}]: as far as the last one[ of the {5} that were asked for]",
     "Il est dans la réponse[, au rang {4}][, à {1}] : aussi loin que le dernier[ des {5} demandés]"},
    {VAXDIR_SEARCH_REASON_NOT_ELIGIBLE, NULL, "Vaccination there is not open to this person for now",
     "La vaccination n'y est pas ouverte à cette personne pour le moment"},
    {VAXDIR_SEARCH_REASON_ELIGIBILITY_UNKNOWN, NULL,
     "Whether vaccination there is open to this person is not known, and only a sure yes was asked for",
     "On ne sait pas si la vaccination y est ouverte à cette personne, et seul un oui certain était demandé"},
    {VAXDIR_SEARCH_REASON_CLOSED, NULL, "It is closed at that time", "Il est fermé à ce moment-là"},
    {VAXDIR_SEARCH_REASON_OPENING_UNKNOWN, NULL,
     "Whether it is open at that time is not known, and only a sure yes was asked for",
     "On ne sait pas s'il est ouvert à ce moment-là, et seul un oui certain était demandé"},
};

/* {1} condition, {2} new maximum or minimum distance, {3} count, {4} distance of the first */
static const sentence relaxations[] = {
    {VAXDIR_RELAXATION_DISTANCE, NULL, "With a greater maximum distance[, {2}][: {3}][, the nearest at {4}]",
     "Avec une distance maximale plus grande[, {2}][ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_CONDITION, NULL, "Without a condition of the filter[, {1}][: {3}][, the nearest at {4}]",
     "Sans une condition du filtre[, {1}][ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_MIN_DISTANCE, NULL, "With a lesser minimum distance[, {2}][: {3}][, the nearest at {4}]",
     "Avec une distance minimale plus petite[, {2}][ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_ELIGIBLE, NULL, "Without asking who may go[: {3}][, the nearest at {4}]",
     "Sans demander qui peut y aller[ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_ELIGIBLE_SURE, NULL,
     "With those, too, where it is not known who may go[: {3}][, the nearest at {4}]",
     "Avec ceux, aussi, où l'on ne sait pas qui peut aller[ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_OPEN, NULL, "Without asking what is open[: {3}][, the nearest at {4}]",
     "Sans demander ce qui est ouvert[ : {3}][, le plus proche à {4}]"},
    {VAXDIR_RELAXATION_OPEN_SURE, NULL,
     "With those, too, of which it is not known whether they are open[: {3}][, the nearest at {4}]",
     "Avec ceux, aussi, dont on ne sait pas s'ils sont ouverts[ : {3}][, le plus proche à {4}]"},
};

typedef struct table {
    const sentence *sentences;
    size_t count;
} table;

#define TABLE(sentences) ((table){sentences, sizeof sentences / sizeof *sentences})

static table table_of(uint32_t kind)
{
    switch (kind) {
    case VAXDIR_TEXT_DIAGNOSTIC:
        return TABLE(diagnostics);
    case VAXDIR_TEXT_LINK_REASON:
        return TABLE(link_reasons);
    case VAXDIR_TEXT_LINK_WARNING:
        return TABLE(link_warnings);
    case VAXDIR_TEXT_STEP_REASON:
        return TABLE(step_reasons);
    case VAXDIR_TEXT_SEARCH_REASON:
        return TABLE(search_reasons);
    case VAXDIR_TEXT_RELAXATION:
        return TABLE(relaxations);
    case VAXDIR_TEXT_PHONE_REASON:
        return TABLE(phone_reasons);
    case VAXDIR_TEXT_STATE:
        return TABLE(states);
    case VAXDIR_TEXT_ELIGIBILITY:
        return TABLE(eligibilities);
    case VAXDIR_TEXT_OPENING:
        return TABLE(openings);
    default:
        return (table){NULL, 0};
    }
}

static const sentence *find_sentence(uint32_t kind, int32_t code)
{
    table sentences = table_of(kind);
    for (size_t i = 0; i < sentences.count; i++)
        if (sentences.sentences[i].code == code)
            return &sentences.sentences[i];
    return NULL;
}

const char *vaxdir_step_reason_name(int32_t reason)
{
    const sentence *found = find_sentence(VAXDIR_TEXT_STEP_REASON, reason);
    return found == NULL ? NULL : found->name;
}

/* --- rendering ---------------------------------------------------------------------------------------------------- */

typedef struct rendering {
    vaxdir_writer *to;
    const char *const *parameters;
    size_t count;
} rendering;

static const char *parameter(const rendering *from, char digit)
{
    size_t index = (size_t)(digit - '1');
    return index < from->count ? from->parameters[index] : NULL;
}

static void write_bytes(vaxdir_writer *to, const char *bytes, size_t length)
{
    if (to->length < to->capacity) {
        size_t room = to->capacity - to->length;
        memcpy(to->buffer + to->length, bytes, length < room ? length : room);
    }
    to->length += length;
}

/* The length of what must not stand in a line of plain text: C0 and C1 controls, separators of lines, marks that turn
 * the direction of what follows. 0 where there is none. */
static size_t unplain_length(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x20 || at[0] == 0x7F)
        return 1;
    if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F)
        return 2;
    if (at[0] != 0xE2)
        return 0;
    bool separator = at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9);
    bool direction = (at[1] == 0x80 && ((at[2] >= 0xAA && at[2] <= 0xAE) || at[2] == 0x8E || at[2] == 0x8F)) ||
                     (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
    return separator || direction ? 3 : 0;
}

static void write_parameter(vaxdir_writer *to, const char *text)
{
    while (*text != '\0') {
        size_t unplain = to->plain ? unplain_length(text) : 0;
        write_bytes(to, unplain != 0 ? " " : text, 1);
        text += unplain != 0 ? unplain : 1;
    }
}

static bool part_complete(const rendering *from, const char *part)
{
    for (; *part != ']' && *part != '\0'; part++)
        if (*part == '{' && parameter(from, part[1]) == NULL)
            return false;
    return true;
}

static void render(const rendering *from, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '[') {
            if (!part_complete(from, text + 1))
                text = strchr(text, ']');
        } else if (*text == '{') {
            const char *value = parameter(from, text[1]);
            if (value != NULL)
                write_parameter(from->to, value);
            text += 2;
        } else if (*text != ']') {
            write_bytes(from->to, text, 1);
        }
    }
}

void vaxdir_writer_add(vaxdir_writer *to, const char *text)
{
    write_bytes(to, text, strlen(text));
}

void vaxdir_writer_end(const vaxdir_writer *to)
{
    if (to->capacity == 0)
        return;
    size_t end = to->length;
    if (end >= to->capacity)
        end = vaxdir_text_cut((vaxdir_slice){to->buffer, to->capacity}, to->capacity - 1).length;
    to->buffer[end] = '\0';
}

bool vaxdir_text_write(vaxdir_writer *to, uint32_t kind, int32_t code, bool french, const char *const *parameters,
                       size_t count)
{
    const sentence *found = find_sentence(kind, code);
    if (found != NULL)
        render(&(rendering){to, parameters, count}, french ? found->french : found->english);
    return found != NULL;
}

/* --- the public call ---------------------------------------------------------------------------------------------- */

vaxdir_status vaxdir_text_check(vaxdir_context *context, const char *language, const char *buffer, size_t capacity,
                                bool *ret_french)
{
    if (language == NULL)
        return vaxdir_context_fail_null(context, "language");
    if (buffer == NULL && capacity != 0)
        return vaxdir_context_fail_null(context, "buffer");
    *ret_french = strcmp(language, "fr") == 0;
    if (!*ret_french && strcmp(language, "en") != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "language: only \"fr\" and \"en\" are spoken here");
    return VAXDIR_OK;
}

vaxdir_status vaxdir_text(vaxdir_context *context, uint32_t kind, int32_t code, const char *language,
                          const char *const *parameters, size_t count, char *buffer, size_t capacity,
                          size_t *ret_length)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    bool french;
    if (parameters == NULL && count != 0)
        return vaxdir_context_fail_null(context, "parameters");
    status = vaxdir_text_check(context, language, buffer, capacity, &french);
    if (status != VAXDIR_OK)
        return status;
    if (find_sentence(kind, code) == NULL)
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT, "kind %lu has no code %ld", (unsigned long)kind,
                                   (long)code);
    vaxdir_writer to = {buffer, capacity, 0, false};
    (void)vaxdir_text_write(&to, kind, code, french, parameters, count);
    vaxdir_writer_end(&to);
    if (ret_length != NULL)
        *ret_length = to.length;
    return VAXDIR_OK;
}
