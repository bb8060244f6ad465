#!/usr/bin/env python3
"""Weekly hours against a second reader, regular expressions that know nothing of the library's grammar and take more:
every text that the library reads as hours must be read by them, too, and to the same minutes. On texts made here and on
the cells of the real feeds where they are; of those, the counts by kind are held to numbers. docs/hours.md shows them.

    test_hours.py READ_HOURS
"""

import collections
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import tarfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DATED = ("centres-vaccination_2021-01-15.csv", "centres-vaccination_2021-04-13.csv",
         "centres-vaccination_2021-11-18.csv")
KINDS = ("intervals", "closed", "open", "not-stated", "text", "absent")

# By kind, in the order of KINDS: cells and different texts.
EXPECTED = {
    "dated": ((17745, 1456), (18778, 9), (770, 5), (757, 26), (441, 130), (2802, 2)),
    "geojson": ((7424, 901), (9073, 6), (366, 4), (312, 21), (100, 52), (1205, 1)),
    "hourly": ((528738, 761), (565095, 5), (19316, 4), (25939, 19), (6841, 44), (74479, 1)),
}

TIME = re.compile(r"(?<![\d:.])(\d{1,2})(?: ?(?:heures?|h) ?(\d\d)(?!\d| ?h|[:.])| ?(?:heures?|h)|: ?(\d\d)(?!\d)|"
                  r"\.(\d\d)(?!\d)|(?!\d))")
GLUE = re.compile(r"[-/,;&|: ]|\b(?:et|puis|de|a|ouvert)\b|\b(?:sans|sur|avec|avec ou sans|avec et sans)[ -]"
                  r"(?:rendez[ -]vous|rdv|rv|reservation)\b|(?<=h)a(?= ?\d)|(?<= )a(?=\d)")
WALK_IN = re.compile(r"\bsans[ -](?:rendez[ -]vous|rdv|rv|reservation)\b")
WITH = re.compile(r"\b(?:sur|avec)[ -](?:rendez[ -]vous|rdv|rv|reservation)\b|\bavec (?:ou|et) sans\b")


def plain(text):
    text = unicodedata.normalize("NFD", text)
    text = "".join(character for character in text if not unicodedata.combining(character)).lower()
    text = re.sub("[\u2010-\u2014\u2212]", "-", text).replace("\u2019", "'").replace("\u200b", "")
    return re.sub(r"\s+", " ", text).strip()


def minutes_of(match):
    hour, minutes = int(match[1]), next((group for group in match.groups()[1:] if group), "0")
    return hour * 60 + int(minutes) if int(minutes) < 60 else None


def read(text):
    """The intervals as (from, until) in minutes, in the order of the text; None where this reader finds none."""
    text = plain(text)
    # Two digits behind a unit and a space are minutes only if they are no hour.
    text = re.sub(r"((?:heures?|h)) (\d\d)(?! ?h|[:.\d])", lambda match: match[1] + match[2]
                  if match[2] == "00" or int(match[2]) > 24 else match[0], text)
    times, rest, end = [], "", 0
    for match in TIME.finditer(text):
        rest += text[end:match.start()] + " "
        end = match.end()
        times.append(minutes_of(match))
    # What is left beside the times has to be glue.
    rest = re.sub(r"\s+", " ", rest + text[end:])
    while GLUE.search(rest):
        rest = GLUE.sub("", rest, count=1)
    if rest or not times or len(times) % 2 or None in times:
        return None
    pairs = [(first, last if last > first else last + 1440) for first, last in zip(times[::2], times[1::2])]
    return pairs if all(last - first < 1440 or (first, last) == (0, 1440) for first, last in pairs) else None


def read_word(text):
    """What a cell without any digit says."""
    text = plain(text)
    if not text:
        return "absent"
    if re.fullmatch("fermee?( au public)?", text):
        return "closed"
    if re.fullmatch("ouverte?", text):
        return "open"
    if re.search("precis|confirm|complet|defin|determin|renseign|communiq|attente|finalis|^n/?[ac]$", text):
        return "not-stated"
    return "text"


def ours(program, texts):
    lines = "".join(re.sub(r"[\r\n\v\f\x85\u2028\u2029]", " ", text) + "\n" for text in texts)
    run = subprocess.run([program], input=lines.encode("utf-8"), capture_output=True, check=True)
    for line in run.stdout.decode("utf-8").split("\n")[:-1]:
        kind, intervals = line.split("\t")
        found = [re.fullmatch(r"(\d+)-(\d+):(\d)", interval).groups() for interval in intervals.split(",") if interval]
        yield kind, [tuple(map(int, interval)) for interval in found]


def compare(program, name, texts, show):
    """Whether both readers agree, with what only one of them reads counted."""
    texts = list(dict.fromkeys(texts))
    counts, different = collections.Counter(), []
    for text, (kind, intervals) in zip(texts, ours(program, texts)):
        if kind == "intervals":
            theirs = read(text)
            same = theirs == [interval[:2] for interval in intervals]
            walk_in = any(interval[2] & 1 for interval in intervals)
            with_one = any(interval[2] & 2 for interval in intervals)
            same = same and (walk_in, with_one) == (bool(WALK_IN.search(plain(text))), bool(WITH.search(plain(text))))
        elif kind == "text":
            same = read_word(text) not in ("absent", "closed", "open")
            counts["text here, hours to them"] += read(text) is not None
        else:
            same = read_word(text) == kind
        counts[kind if same else "DIFFERENT"] += 1
        if not same:
            different.append((text, kind, intervals, read(text), read_word(text)))
    print(f"{name}: {len(texts)} different texts: {dict(sorted(counts.items()))}")
    for line in different[:10] if show else []:
        print(f"  DIFFERENT {line}")
    return bool(texts) and not different and counts["intervals"] > 0


def generated():
    """Times, marks and words as they come, most of them no hours at all."""
    chance = random.Random(5)
    units = ("{0}h", "{0}h{1:02}", "{0:02}:{1:02}", "{0} h {1:02}", "{0}.{1:02}", "{0}", "{0}H", "{0} heures",
             "{0}: {1:02}", "{0}h {1:02}")
    marks = ("-", " - ", "\u2013", " \u00e0 ", "/", " / ", " ", " et ", " puis ", ", ", "; ", " & ", " | ", " et de ",
             "/sans rendez-vous ", " / sur rdv ")
    words = ("ferm\u00e9", "FERME", "ouvert", "Ferm\u00e9 au public", "\u00e0 pr\u00e9ciser", "nc", "matin", "",
             "en attente", "non renseign\u00e9")
    for _ in range(60000):
        count = chance.choice((1, 2, 2, 2, 3, 4, 4, 4, 4, 6))
        hours = [chance.randrange(0, 27) for _ in range(count)]
        hours = sorted(hours) if chance.random() < 0.8 else hours
        style = chance.sample(units, 1 + (chance.random() < 0.3))
        inside, between = chance.choice(marks[:7]), chance.choice(marks)
        text = chance.choice(("", "", "", "de ", "sans rdv ", "ouvert ", "avec ou sans rdv : "))
        for i, hour in enumerate(hours):
            mark = (inside, between)[i % 2] if chance.random() < 0.95 else chance.choice(marks)
            text += chance.choice(style).format(hour, chance.choice((0, 0, 10, 12, 30, 45, 60))) + \
                (mark if i + 1 < count else chance.choice(("", "", "", " sur rdv", " sans rendez-vous", ".", " ")))
        yield text
    yield from words
    for _ in range(2000):
        yield chance.choice(words) + chance.choice(("", " ", "\u00a0", " 9h", " le lundi", "?"))


def csv_cells(file):
    rows = csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), delimiter=";")
    header = next(rows)
    places = [header.index("rdv_" + day) for day in DAYS]
    for row in rows:
        yield from (row[place] if place < len(row) else "" for place in places)


def dated(folder):
    for name in DATED:
        with open(os.path.join(folder, name), "rb") as file:
            yield from csv_cells(file)


def geojson(folder):
    with open(os.path.join(folder, "centres-vaccination_2021-07-15.geojson"), encoding="utf-8") as file:
        for feature in json.load(file)["features"]:
            yield from (feature["properties"]["c_rdv_" + day] or "" for day in DAYS)


def hourly(folder):
    with tarfile.open(os.path.join(folder, "hourly_2021-03-29_first-84.tar.xz")) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".csv"):
                yield from csv_cells(archive.extractfile(member))


def check_feed(program, name, cells):
    """The counts of one kind of feed; of its texts nothing is printed."""
    cells = collections.Counter(cells)
    by_cell, by_text = collections.Counter(), collections.Counter()
    for (text, count), (kind, _) in zip(cells.items(), ours(program, cells)):
        by_cell[kind] += count
        by_text[kind] += 1
    found = tuple((by_cell[kind], by_text[kind]) for kind in KINDS)
    print(f"{name}: {sum(cells.values())} cells, {len(cells)} different texts: {dict(zip(KINDS, found))}")
    if found != EXPECTED[name]:
        print(f"  expected {EXPECTED[name]}\n  found    {found}")
    return compare(program, name, cells, show=False) and found == EXPECTED[name]


def main():
    program = sys.argv[1]
    good = compare(program, "made here", generated(), show=True)
    data = os.environ.get("VAXDIR_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
    folder = os.path.join(data, "centres")
    if not os.path.isdir(folder):
        print("real feeds: none here")
        return 0 if good else 1
    for name, cells in (("dated", dated), ("geojson", geojson), ("hourly", hourly)):
        good = check_feed(program, name, cells(folder)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
