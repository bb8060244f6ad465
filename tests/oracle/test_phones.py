#!/usr/bin/env python3
"""The phone plan against an independent implementation, the phonenumbers package, on generated numbers and on those of
the real feeds where they are. docs/rules.md explains the differences; this test holds them to that. Skipped, with a
message, where the package cannot be had: it is installed into a virtual environment that is thrown away.

    test_phones.py READ_PHONES
"""

import collections
import csv
import os
import random
import subprocess
import sys

import package

PACKAGE = "phonenumbers"
HERE = os.path.dirname(os.path.abspath(__file__))
# Numbers that are dialled as national ones and belong to another country code: the region whose plan has them.
OVERSEAS = {"262": "RE", "263": "RE", "269": "YT", "639": "YT", "692": "RE", "693": "RE", "590": "GP", "690": "GP",
            "691": "GP", "594": "GF", "694": "GF", "596": "MQ", "696": "MQ", "697": "MQ"}

COUNTRIES = {"RE": "262", "YT": "262", "GP": "590", "GF": "594", "MQ": "596"}


def generated():
    """Every range of the plan in every way of writing, with the numbers behind it chosen by chance."""
    chance = random.Random(4)
    digits = lambda count: "".join(chance.choice("0123456789") for _ in range(count))
    nationals = [first + digits(8) for first in "12345679" for _ in range(40)]
    nationals += [special + digits(6) for special in ("800", "805", "809", "810", "811", "820", "825", "826", "884",
                                                      "890", "892", "897", "899") for _ in range(15)]
    nationals += [prefix + digits(6) for prefix in OVERSEAS for _ in range(15)]
    pairs = lambda text: " ".join(text[i:i + 2] for i in range(0, len(text), 2))
    for national in nationals:
        country = COUNTRIES.get(OVERSEAS.get(national[:3]), "33")
        yield "0" + national
        yield pairs("0" + national)
        yield pairs("0" + national).replace(" ", ".")
        yield pairs("0" + national).replace(" ", "-")
        yield f"+{country}{national}"
        yield f"+{country} {national[0]} {pairs(national[1:])}"
        yield f"+{country} (0){national}"
        yield f"+{country}0{national}"
        yield f"00{country}{national}"
        yield f"\u00a0+{country}\u00a0{national[0]}\u202f{pairs(national[1:])} "
        yield ("0" + national)[:chance.randrange(1, 10)]
        yield f"+{country}{national}{digits(chance.randrange(1, 5))}"
    for country, length in (("508", 6), ("681", 6), ("687", 6), ("689", 8)):
        for _ in range(20):
            yield f"+{country}{digits(length)}"
            yield f"00{country} {pairs(digits(length))}"
    for country in ("1", "32", "41", "44", "49", "352", "377"):
        for _ in range(10):
            yield f"+{country}{digits(9)}"


def real(data):
    for name in ("centres-vaccination_2021-01-15.csv", "centres-vaccination_2021-04-13.csv",
                 "centres-vaccination_2021-11-18.csv"):
        path = os.path.join(data, "centres", name)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                for column in ("rdv_tel", "rdv_tel2", "lieu_tel"):
                    if row.get(column):
                        yield row[column].replace("\n", " ").replace("\r", " ")


def ours(program, fields):
    run = subprocess.run([program], input="".join(field + "\n" for field in fields), capture_output=True, check=True,
                         encoding="utf-8")
    for line in run.stdout.splitlines():
        numbers, refused = line.split("\t")
        yield [number for number in numbers.split(",") if number], refused == "1"


class Theirs:
    """What the package reads."""

    def __init__(self):
        import phonenumbers
        self.module = phonenumbers

    def region(self, text):
        digits = "".join(character for character in text if character.isdigit())
        national = digits[1:] if digits[:1] == "0" and digits[:2] != "00" else ""
        return OVERSEAS.get(national[:3], "FR") if "+" not in text else "FR"

    def parse(self, text):
        """E.164 and whether it is a number that the plans know as assigned; None if it is no number."""
        try:
            number = self.module.parse(text, self.region(text))
        except self.module.NumberParseException:
            return None, False
        if not self.module.is_possible_number(number):
            return None, False
        return self.module.format_number(number, self.module.PhoneNumberFormat.E164), \
            self.module.is_valid_number(number)

    def short(self, text):
        from phonenumbers import shortnumberinfo
        number = self.module.parse(text, "FR")
        return shortnumberinfo.is_possible_short_number_for_region(number, "FR")


def classify(field, numbers, refused, theirs):
    """How both readings of a field are related."""
    if len(numbers) > 1:
        return "several: they read one at the most"
    number, valid = theirs.parse(field)
    if len(numbers) == 1 and not numbers[0].startswith("+"):
        return "short: the same" if theirs.short(numbers[0]) else "DIFFERENT short number"
    if not numbers:
        digits = "".join(character for character in field if character.isdigit())
        if not valid:
            return "refused: by both, or no assigned number to them"
        if not number.startswith(("+33", "+262", "+508", "+590", "+594", "+596", "+681", "+687", "+689")):
            return "refused: another country, which is not in the plan"
        if any(character.isalpha() for character in field):
            return "refused: they read letters as digits or as an extension"
        if not field.strip().startswith(("0", "+")) and len(digits) <= 9:
            return "refused: the trunk prefix or a plus is missing"
        return "DIFFERENT: refused by us alone"
    if number == numbers[0]:
        return "number: the same" if valid else "number: the same, not assigned to their knowledge"
    if refused or any(character.isalpha() for character in field):
        return "number: words or a rest beside it, which they cannot read"
    national = (number or "")[3:] if (number or "").startswith("+33") else ""
    if national[:3] in OVERSEAS and numbers[0].endswith(national) and not numbers[0].startswith("+33"):
        return "number: an overseas one written after +33, which they leave there"
    if number is None or not valid:
        again, _ = theirs.parse(numbers[0])
        if again == numbers[0]:
            return "number: repaired by us (a trunk zero or no plus after or before the country code)"
    return "DIFFERENT number"


def compare(program, name, fields, theirs):
    fields = list(dict.fromkeys(fields))
    counts, examples = collections.Counter(), {}
    for field, (numbers, refused) in zip(fields, ours(program, fields)):
        kind = classify(field, numbers, refused, theirs)
        counts[kind] += 1
        examples.setdefault(kind, (field, numbers))
    print(f"{name}: {len(fields)} different fields")
    for kind, count in sorted(counts.items()):
        print(f"  {count:6} {kind}")
        # Of the real feeds no number is shown.
        if kind.startswith("DIFFERENT") and name == "generated":
            print(f"         {examples[kind]}")
    return len(fields) > 0 and not any(kind.startswith("DIFFERENT") for kind in counts)


def main():
    if not package.is_there():
        return package.run_again(__file__, PACKAGE, "the second reader of numbers")
    theirs = Theirs()
    good = compare(sys.argv[1], "generated", generated(), theirs)
    data = os.environ.get("VAXDIR_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
    if os.path.isdir(os.path.join(data, "centres")):
        good = compare(sys.argv[1], "real feeds", real(data), theirs) and good
    else:
        print("real feeds: none here")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
