"""check_style.py [CLANG_FORMAT]: the bytes of every file, file sizes, one version everywhere.

Invariant: what .editorconfig and the design ask of a file is true of every file.
"""

import os
import re
import subprocess
import sys
import unicodedata

from headers import INCLUDE, LIBRARY, ROOT

SKIPPED_FOLDERS = re.compile(r"^(\.git|build.*|__pycache__|\.cache)$")
# Data and goldens made by other programs: bytes are as they are.
DATA = (".csv", ".abi", ".ndjson", ".bin", ".vaxdir", ".png", ".xz", ".gz")
LONG_LINES = (".json", ".tsv", ".txt", ".md")
# Of machines that the project was written on, and registries: spelled in parts, because this file is checked too.
FOREIGN = re.compile("|".join(re.escape(a + b) for a, b in (
    ("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".org"),
    ("crates", ".io"), ("index", "-url"))))


def files():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if not SKIPPED_FOLDERS.match(name))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                yield os.path.relpath(path, ROOT)


def invisible(character):
    if character in "\n\t\r":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn") or \
        (unicodedata.category(character) == "Zs" and character != " ")


def check_bytes(name, problems):
    data = (ROOT / name).read_bytes()
    if name.endswith(DATA) or name.startswith("tests/golden/expected/") or not data:
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        problems.append(f"{name}: not UTF-8")
        return
    if not text.endswith("\n") or text.endswith("\n\n"):
        problems.append(f"{name}: ends without one line feed")
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{name}:{number}"
        if line != line.rstrip():
            problems.append(f"{where}: trailing blanks")
        if "\t" in line and not name.endswith(".tsv"):
            problems.append(f"{where}: a tab")
        if len(line) > 120 and not name.endswith(LONG_LINES):
            problems.append(f"{where}: {len(line)} columns")
        if any(invisible(character) for character in line):
            problems.append(f"{where}: an invisible character; write it as an escape")
        if FOREIGN.search(line):
            problems.append(f"{where}: {FOREIGN.search(line).group()} has no place in the project")


def check_source(name, problems):
    if not name.endswith((".c", ".h")):
        return
    text = (ROOT / name).read_text(encoding="utf-8")
    if not text.startswith("/* "):
        problems.append(f"{name}: does not begin with a comment on what it is for")
    if text.count("\n") > 800:
        problems.append(f"{name}: {text.count(chr(10))} lines, more than 800")
    if name.startswith("lib/") and name.endswith(".c") and text.count("\n") < 4:
        problems.append(f"{name}: empty")


def check_version(problems):
    meson = (ROOT / "meson.build").read_text(encoding="utf-8")
    version = re.search(r"version: '([\d.]+)'", meson).group(1)
    soversion = re.search(r"soversion = '(\d+)'", meson).group(1)
    header = (INCLUDE / "vaxdir/version.h").read_text(encoding="utf-8")
    numbers = {name: value for name, value in re.findall(r"(VAXDIR_\w+) = (\d+)", header)}
    in_header = ".".join(numbers["VAXDIR_VERSION_" + part] for part in ("MAJOR", "MINOR", "PATCH"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    in_changes = re.search(r"^## .*?(\d+\.\d+\.\d+)", changes, re.M)
    if in_header != version:
        problems.append(f"version.h says {in_header}, meson.build {version}")
    if not in_changes or in_changes.group(1) != version:
        problems.append(f"the first section of CHANGELOG.md is not of {version}")
    if numbers["VAXDIR_ABI_VERSION"] != soversion:
        problems.append(f"VAXDIR_ABI_VERSION is {numbers['VAXDIR_ABI_VERSION']}, the SONAME's {soversion}")


def check_listed(problems):
    """A source that meson does not build, or a header that it does not install, is forgotten."""
    listed = (LIBRARY / "meson.build").read_text(encoding="utf-8")
    for path in LIBRARY.rglob("*.c"):
        if f"'{path.relative_to(LIBRARY)}'" not in listed:
            problems.append(f"lib/{path.relative_to(LIBRARY)}: not in lib/meson.build")
    listed = (ROOT / "tests/meson.build").read_text(encoding="utf-8")
    for path in (ROOT / "tests").glob("*/*.c"):
        unit = path.parent.name == "unit"
        where = re.search(r"unit_tests = \[(.*?)\]", listed, re.S).group(1) if unit else listed
        name = path.stem.replace("test_", "", 1) if unit else f"{path.parent.name}/{path.name}"
        if f"'{name}'" not in where and path.parent.name != "install":
            problems.append(f"{path.relative_to(ROOT)}: not in tests/meson.build")
    listed = (INCLUDE / "meson.build").read_text(encoding="utf-8")
    umbrella = (INCLUDE / "vaxdir/vaxdir.h").read_text(encoding="utf-8")
    for path in (INCLUDE / "vaxdir").glob("*.h"):
        if f"'vaxdir/{path.name}'" not in listed:
            problems.append(f"{path.name}: not installed by include/meson.build")
        if path.name != "vaxdir.h" and f"<vaxdir/{path.name}>" not in umbrella:
            problems.append(f"{path.name}: not in vaxdir.h")


def check_format(formatter, problems):
    # Not the public headers: the columns of their comments are set by hand.
    sources = [str(ROOT / name) for name in files()
               if name.endswith((".c", ".h", ".cpp")) and not name.startswith("include/")]
    run = subprocess.run([formatter, "--dry-run", "-Werror", *sources], capture_output=True, text=True, check=False,
                         cwd=ROOT)
    if run.returncode != 0:
        lines = [line for line in run.stderr.splitlines() if "error:" in line]
        problems += [line.replace(str(ROOT) + "/", "") for line in lines[:40]]


def main():
    problems = []
    names = list(files())
    if len(sys.argv) > 1:
        check_format(sys.argv[1], problems)
    else:
        for name in names:
            check_bytes(name, problems)
            check_source(name, problems)
        check_version(problems)
        check_listed(problems)
    for problem in problems:
        print(problem)
    print(f"{len(names)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
