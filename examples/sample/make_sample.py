#!/usr/bin/env python3
"""Makes centres-sample.csv: 600 synthetic centres in the format of the French feed of January 2021.

No centre here exists: names say SYNTHÉTIQUE, the paths of links are invented, phone numbers are from the ranges that
France reserves for fiction, only the communes are real. The dirt is of the kinds that the real feed has. The output is
the same on every machine: only random() of a fixed seed is used, which Python promises to keep.

    python3 make_sample.py [OUTPUT]
"""

import os
import random
import sys
import unicodedata

sys.dont_write_bytecode = True
from communes import communes

ROWS = 600
COLUMNS = (
    "gid nom xy_precis id_adr adr_num adr_voie com_cp com_insee com_nom lat_coor1 long_coor1 structure_siren "
    "structure_type structure_rais structure_num structure_voie structure_cp structure_insee structure_com "
    "_edit_datemaj lieu_accessibilite rdv_lundi rdv_mardi rdv_mercredi rdv_jeudi rdv_vendredi rdv_samedi rdv_dimanche "
    "lieu_tel rdv date_fermeture date_ouverture rdv_site_web rdv_tel rdv_modalites rdv_consultation_prevaccination"
).split()
DAYS = "rdv_lundi rdv_mardi rdv_mercredi rdv_jeudi rdv_vendredi".split()

KINDS = ("Centre de vaccination", "Salle polyvalente", "Centre hospitalier", "Gymnase", "Maison de santé", "EHPAD")
STREETS = ("Place de la Mairie", "Rue de l'Exemple", "Avenue du Modèle", "Boulevard des Données",
           "Chemin du Jeu d'Essai")
HOURS = ("9:00-17:00", "09:00-12:00/14:00-17:00", "13:30-16:00", "9h-12h30", "9h30-13h/14h-17h", "9H - 17H30",
         "de 8h à 18h")
WEEKEND = ("fermé", "fermé", "fermé", "", "9:00-13:00", "9h-12h")
NOTES = (
    "", "Donnée synthétique : ce centre n'existe pas", "Exemple : ouvert au public (+75 ans)",
    "Exemple : réservé aux professionnels de santé", "Exemple : prise de rendez-vous possible dès maintenant",
)
WORDS = (
    "Doctolib", "Doctolib", "Doctolib", "DOCTOLIB", "doctolib en cours", "Oui Doctolib", "DOCTOLIB prochainement",
    "Dotolib", "MAIIA", "MAIA", "RIEN", "Sans RDV", "en cours", "fermé", "?", "tel", "à venir",
)
# Blocks of numbers that the French numbering plan keeps for works of fiction.
FICTION = ("019900", "026191", "035301", "046571", "053649")


class Chance:
    """Choices by random() alone."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def below(self, count):
        return int(self._random.random() * count)

    def one_of(self, items):
        return items[self.below(len(items))]

    def spread(self, width):
        return (self._random.random() - 0.5) * width

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def slug(text):
    """The text as providers write it in addresses."""
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def doctolib(chance, row, number):
    town = slug(row["com_nom"])
    name = f"centre-synthetique-{number}"
    tail = chance.one_of(("", "?speciality_id=5494&enable_cookies_consent=1", f"?pid=practice-{900000 + number}",
                          f"?highlight%5Bspeciality_ids%5D%5B%5D=5494&pid=practice-{900000 + number}"))
    host = chance.one_of(("partners.doctolib.fr", "partners.doctolib.fr", "www.doctolib.fr"))
    category = chance.one_of(("centre-de-sante", "hopital-public", "centre-de-vaccinations-internationales"))
    if chance.below(40) == 0:
        return f"https://www.doctolib.fr/vaccination-covid-19/{town}?ref_visit_motive_ids%5B%5D=6970"
    return f"https://{host}/{category}/{town}/{name}{tail}"


def keldoc(chance, row, number):
    town = slug(row["com_nom"])
    return (f"https://www.keldoc.com/centre-hospitalier-regional/{town}-{row['com_cp']}/centre-synthetique-{number}"
            + chance.one_of(("", "", f"?cabinet={90000 + number}")))


def maiia(chance, row, number):
    town = slug(row["com_nom"]).upper()
    return (f"https://www.maiia.com/centre-de-vaccination/{row['com_cp']}-{town}/centre-synthetique-{number}"
            f"?centerid={number:024x}")


def booking(chance, row, number):
    """A link, or what stands in its place, in about the proportions of the real feed."""
    part = chance.below(854)
    if part < 466:
        return doctolib(chance, row, number)
    if part < 552:
        return keldoc(chance, row, number)
    if part < 572:
        return maiia(chance, row, number)
    if part < 582:
        return f"https://vaccination-{number}.example.fr/rendez-vous"
    if part < 650:
        return chance.one_of(WORDS)
    return ""


def phone(chance):
    """A number of fiction, written in one of the ways that people use."""
    digits = chance.one_of(FICTION) + f"{chance.below(10000):04d}"
    pairs = [digits[i:i + 2] for i in range(0, 10, 2)]
    styles = ["+33" + digits[1:]] * 12 + [" ".join(pairs), " ".join(pairs) + " ", digits, "33" + digits[1:],
                                          ".".join(pairs), "+33 " + digits[1] + " " + " ".join(pairs[1:])]
    return chance.one_of(styles)


def clean_row(chance, place, number):
    """A centre as a careful hand would have entered it."""
    row = dict.fromkeys(COLUMNS, "")
    hours = chance.one_of(HOURS)
    latitude = place["latitude"] + chance.spread(0.04)
    longitude = place["longitude"] + chance.spread(0.05)
    row.update(
        gid=str(number), nom=f"{chance.one_of(KINDS)} SYNTHÉTIQUE {number} – {place['city']}",
        xy_precis=f"{0.9 + chance.below(10000) / 100000:.5f}", com_cp=place["postcode"], com_insee=place["insee"],
        com_nom=place["city"], lat_coor1=f"{latitude:.6g}", long_coor1=f"{longitude:.6g}",
        id_adr=f"{place['insee'].lower()}_{chance.below(9000):04d}", adr_voie=chance.one_of(STREETS),
        adr_num=chance.one_of(("", str(1 + chance.below(99)), f"{1 + chance.below(99)} bis")),
        structure_siren="000000000", structure_type="8412Z", structure_rais="DONNÉES SYNTHÉTIQUES",
        structure_voie="RUE DE L'EXEMPLE",
        _edit_datemaj=f"2021-01-{10 + chance.below(5)} {8 + chance.below(12):02d}:{chance.below(60):02d}"
                      f":{chance.below(60):02d}.{chance.below(1000000)}",
        rdv_samedi=chance.one_of(WEEKEND), rdv_dimanche="fermé", rdv="t" if chance.below(9) else "",
        date_ouverture=f"{1 + chance.below(28):02d}/01/2021" if chance.below(25) else "",
        lieu_accessibilite=chance.one_of(("", "", "", "", "oui", "OUI", "Oui")),
        rdv_modalites=chance.one_of(NOTES), rdv_consultation_prevaccination=chance.one_of(("t", "t", "")),
    )
    row.update(dict.fromkeys(DAYS, hours))
    row["rdv_site_web"] = booking(chance, row, number)
    row["rdv_tel"] = phone(chance) if chance.below(16) else ""
    row["lieu_tel"] = row["rdv_tel"] if chance.below(2) else ""
    return row


def links_of_the_real_kind():
    """Dirt in links; {n} is the row's number."""
    site = "https://partners.doctolib.fr/centre-de-sante/ville/centre-synthetique-{n}"
    return [
        site + "?pid=practice-90{n}?speciality_id=5494",                       # two question marks
        site + "?pid=practice-90{n}?pid=practice-90{n}&enable_cookies_consent=1",
        "\u00a0" + site, site + "\u00a0", site + " ", "  " + site,             # spaces around
        site + '?locale=fr" ',                                                 # a stray quotation mark
        "https://www.doctolib.fr/hopital-public/alençon/centre-synthetique-{n}",
        "https://partners.doctolib.fr/: vaccination-covid-19/centre-synthetique-{n}",
        "http://www.doctolib.fr/centre-de-sante/ville/centre-synthetique-{n}",
        "www.keldoc.com", "Doctolib.fr", "agenda.example.com/centre-synthetique-{n}", "www.example.fr / DOCTOLIB",
        "https://contact@centre-synthetique-{n}.example.fr",                   # userinfo: unsafe
        "centre-synthetique-{n}@example.fr", "vaccination@example.org",        # e-mail addresses
        "https://www.keldoc.com/", "https://www.doctolib.fr/", "https://www.maiia.com",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.doctolib.fr_centre-2Dde-2Dsante_ville_"
        "centre-2Dsynthetique-2D{n}&d=DwMFaQ",
        "https://adresse-a-determiner-{n}.example.fr", "01 99 00 12 34",
    ]


PHONES_OF_THE_REAL_KIND = (
    "+331", "+3319900123", "8", "019900123", "01 99 00 12 34/35", "+33199001234 / +33261911234",
    "0199001234 ou 0261911234", "en cours", "fermé", "a venir", "Numero inconnu", "01 99 00 12 34 à compter du 18/01",
    "+330199001234", "+33199001234\u00a0", "+33199 00 12 34", "+331990012345",
)


def soil(chance, rows):
    """Puts the kinds of dirt of the real feed into rows here and there, each on a row of its own."""
    order = iter(chance.shuffled(range(len(rows))))

    def some(count=1):
        return [rows[next(order)] for _ in range(count)]

    for text in links_of_the_real_kind():
        row = some()[0]
        row["rdv_site_web"] = text.replace("{n}", row["gid"])
    for text in PHONES_OF_THE_REAL_KIND:
        some()[0].update(rdv_tel=text, lieu_tel="")
    for row in some(2):
        row.update(lat_coor1="", long_coor1="")
    for row in some(2):
        row.update(lat_coor1="0", long_coor1="0")
    some()[0].update(lat_coor1="0.000243916", long_coor1="-2.09541e-05")
    for row in some(4):
        row["rdv_lundi"] = row["rdv_mardi"] = "9:30-12:00;13:30-16:00"
    for row in some(3):
        row["rdv_modalites"] = 'Exemple : apporter la "carte Vitale" ; venir en avance'
    for row in some(6):
        row["rdv_lundi"] = chance.one_of(("9h 19h", "10: 00-16: 00", "8h30 :17:30", "fermé8h/12h-14h/20h", "ouvert"))
    for row in some(3):
        row["date_fermeture"] = "31/03/2021"
    some()[0].update(date_ouverture="18/01/2021", date_fermeture="11/01/2021")
    some()[0].update(date_ouverture="18/01/2020")
    some()[0].update(date_ouverture="2021-01-18")
    some()[0].update(date_ouverture="30/02/2021")
    some()[0].update(date_ouverture="mi-janvier")
    some()[0].update(_edit_datemaj="")
    for row in [r for r in rows if r["com_cp"].startswith("0")][:40:10]:
        row.update(com_cp=row["com_cp"].lstrip("0"), com_insee=row["com_insee"].lstrip("0"))
    some()[0]["com_cp"] += " "
    some()[0]["com_insee"] = ""
    twice = some()[0]
    for column in ("nom", "adr_voie", "com_nom"):
        twice[column] = (twice[column] + " é").encode("utf-8").decode("cp1252", "replace")
    for row in some(2):
        row["rdv_lundi"] = unicodedata.normalize("NFD", "de 8h30 à 18h")
    some()[0]["nom"] += " \ufffd"
    some()[0]["lieu_accessibilite"] = "Entrée de plain-pied par la cour"
    some()[0]["rdv_modalites"] = "Exemple :\u00a0l’entrée est à l’arrière – sonner"
    some()[0].update(rdv_site_web="", rdv_tel="", lieu_tel="")


def cell(text):
    """Quoted only where it must be; a stray quotation mark inside a cell stays as it is, as the real feed has it."""
    if ";" in text or "\n" in text or ('"' in text and not text.rstrip().endswith('"')):
        return '"' + text.replace('"', '""') + '"'
    return text


def make_sample():
    """The whole file as bytes."""
    chance = Chance(20210115)
    places = communes()
    numbers = chance.shuffled(range(1, ROWS + 1))
    rows = [clean_row(chance, places[i % len(places)], numbers[i]) for i in range(ROWS)]
    soil(chance, rows)
    rows = chance.shuffled(rows)
    lines = [";".join(COLUMNS)] + [";".join(cell(row[column]) for column in COLUMNS) for row in rows]
    return "".join(line + ";\r\n" for line in lines).encode("utf-8")


def main():
    output = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                                  "centres-sample.csv")
    with open(output, "wb") as file:
        file.write(make_sample())


if __name__ == "__main__":
    main()
