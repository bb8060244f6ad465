"""check_baseline.py [--update] LIBRARY.so: the ABI of this build against tests/abi/baseline.abi.

Invariant: nothing that a program was compiled against changes. While the SONAME is 0 the baseline is made again on
purpose, in the commit that changes the ABI; from 1 on only in a release. Needs libabigail and debug information; exits
77 without.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASELINE = ROOT / "tests/abi/baseline.abi"
PRIVATE = ROOT / "tests/abi/private.abignore"
# Nothing of the machine and nothing that a rebuild changes: the file is read in reviews.
WITHOUT = ["--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--no-architecture",
           "--type-id-style", "hash", "--drop-private-types", "--exported-interfaces-only"]


def describe(library, target):
    run = subprocess.run(["abidw", "--suppressions", str(PRIVATE), *WITHOUT, "--out-file", str(target), library],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(run.stdout + run.stderr)
        raise SystemExit(1)
    text = target.read_text(encoding="utf-8")
    text = re.sub(r" comp-dir-path='[^']*'", "", text)
    text = re.sub(r" path='[^']*/(lib/[^']*)'", r" path='\1'", text)
    target.write_text(text, encoding="utf-8")
    return text


def skip(reason):
    print(f"skipped: {reason}")
    raise SystemExit(77)


def main():
    library = sys.argv[-1]
    if not shutil.which("abidw") or not shutil.which("abidiff"):
        skip("abidw and abidiff are not installed (package abigail-tools)")
    sections = subprocess.run(["readelf", "-S", "-W", library], capture_output=True, text=True, check=True).stdout
    if ".debug_info" not in sections:
        skip("the library has no debug information")
    if "--update" in sys.argv:
        describe(library, BASELINE)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        current = pathlib.Path(folder) / "current.abi"
        text = describe(library, current)
        if "vaxdir_context_options" not in text:
            skip("abidw reads no types from this build")
        # No --headers-dir here: the description holds public types only, and without their places, so that abidiff
        # would take every one of them for private and say nothing.
        run = subprocess.run(["abidiff", "--no-added-syms", str(BASELINE), str(current)], capture_output=True,
                             text=True, check=False)
    if run.returncode != 0:
        print(run.stdout + run.stderr)
        print(f"abidiff answers {run.returncode}. If the change is meant and the SONAME is still 0:\n"
              "/usr/bin/python3 tests/abi/check_baseline.py --update BUILD/lib/libvaxdir.so")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
