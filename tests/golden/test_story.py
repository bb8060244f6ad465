#!/usr/bin/env python3
"""The story of 14 to 18 January 2021 on the launch feed beside the checkout, which is no part of the project: one
provider opens, one has no centre yet, one pauses, the campaign begins for those of 75 and more. Counts and hashes only.
Skipped, with a message, where the feed is absent.

    test_story.py STORY [--update]      --update writes expected/story.txt anew, to be read before it is committed
"""

import os
import subprocess
import sys

sys.dont_write_bytecode = True
from program import Checks

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected", "story.txt")
RULES = os.path.join(HERE, "..", "..", "examples", "rules", "france-2021-01.json")


def main():
    data = os.environ.get("VAXDIR_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
    feed = os.path.join(data, "centres", "centres-vaccination_2021-01-15.csv")
    if not os.path.exists(feed):
        print(f"skipped: {feed} is absent")
        return SKIPPED
    told = subprocess.run([sys.argv[1], feed, RULES], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    actual = told.stdout.decode("utf-8")
    if "--update" in sys.argv:
        with open(EXPECTED, "w", encoding="utf-8", newline="\n") as file:
            file.write(actual)
    checks = Checks()
    checks.equal((told.returncode, told.stderr), (0, b""), "the story is told")
    with open(EXPECTED, encoding="utf-8", newline="") as file:
        checks.text(actual, file.read(), "the story")
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
