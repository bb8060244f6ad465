#!/usr/bin/env python3
"""Mutated links, read by the library and by a parser of the URL Standard (Node's), which must agree on every host.
Skipped, with a message, where Node is absent.

    test_links.py MUTATE_LINKS RULES
"""

import os
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        print("skipped: node is not installed, and it is the second reader of links")
        return SKIPPED
    count = "1000000" if "VAXDIR_TEST_FULL" in os.environ else "50000"
    with subprocess.Popen([sys.argv[1], count, "4"], stdout=subprocess.PIPE) as mutate:
        check = subprocess.run([node, os.path.join(HERE, "check_links.js"), sys.argv[2]], stdin=mutate.stdout,
                               check=False)
    return 1 if mutate.returncode != 0 else check.returncode


if __name__ == "__main__":
    sys.exit(main())
