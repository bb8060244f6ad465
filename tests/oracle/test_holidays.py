#!/usr/bin/env python3
"""The public holidays of the shipped rules against an independent list, the holidays package, from 2019 to 2037,
territory by territory. docs/rules.md tells the differences; this test holds them to that. Skipped, with a message,
where the package cannot be had: it is installed into a virtual environment that is thrown away.

    test_holidays.py READ_HOLIDAYS
"""

import collections
import datetime
import subprocess
import sys

import package

PACKAGE = "holidays"
YEARS = range(2019, 2038)
# By our code: the package's name of the territory.
TERRITORIES = {"54": None, "57": "57", "67": "6AE", "68": "6AE", "971": "971", "972": "972", "973": "973", "974": "974",
               "975": "PM", "976": "976", "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC"}


def customs(code, year, easter_monday):
    """What the package has and no law knows."""
    found = set()
    if code in ("971", "972", "978"):
        found.add(datetime.date(year, 7, 21))
    if code == "971":
        found.add(easter_monday - datetime.timedelta(days=3))
        found.add(easter_monday - datetime.timedelta(days=25))
    return found


def main():
    if not package.is_there():
        return package.run_again(__file__, PACKAGE, "the second list")
    import holidays
    run = subprocess.run([sys.argv[1], *TERRITORIES], capture_output=True, check=True, encoding="ascii")
    ours = collections.defaultdict(set)
    for line in run.stdout.splitlines():
        code, date = line.split("\t")
        ours[code].add(datetime.date(int(date[:4]), int(date[4:6]), int(date[6:])))
    wrong, customary = 0, 0
    for code, name in TERRITORIES.items():
        theirs = set(holidays.France(subdiv=name, years=YEARS))
        for year in YEARS:
            easter_monday = min(day for day in ours["54"] if day.year == year and day.weekday() == 0 and
                                (3, 23) <= (day.month, day.day) <= (4, 26))
            left_out = customs(code, year, easter_monday) & theirs - ours[code]
            customary += len(left_out)
            only_ours = {day for day in ours[code] - theirs if day.year == year}
            only_theirs = {day for day in theirs - ours[code] - left_out if day.year == year}
            if only_ours or only_theirs:
                wrong += 1
                print(f"DIFFERENT {code} {year}: only here {sorted(map(str, only_ours))}, "
                      f"only there {sorted(map(str, only_theirs))}")
    print(f"{sum(map(len, ours.values()))} holidays of {len(TERRITORIES)} territories in {len(YEARS)} years, "
          f"{customary} customary ones left out")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
