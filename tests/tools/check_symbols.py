"""check_symbols.py LIBRARY.so [LIBRARY.a]: the sets of names that must be one set.

Invariant: prototypes in the headers = lib/vaxdir.map = what the shared library exports, each under its release's node
= tests/abi/symbols.txt. The static library defines nothing global outside the prefix.
"""

import re
import subprocess
import sys

from headers import LIBRARY, ROOT, functions

# What a sanitizer or gcov adds to every object.
COMPILER_MADE = re.compile(r"^(__odr_asan|__asan|_?asan\.|__tsan|__ubsan|__gcov|__llvm|_GLOBAL_|__start___|__stop___)")


def from_map():
    names = {}
    node = None
    for line in (LIBRARY / "vaxdir.map").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        opened = re.fullmatch(r"(VAXDIR_[\d.]+)\s*\{", line)
        if opened:
            node, in_global = opened.group(1), True
        elif line == "global:":
            in_global = True
        elif line == "local:":
            in_global = False
        elif line.endswith(";") and node and in_global and not line.startswith("}"):
            names[line[:-1].strip()] = node
        elif line.startswith("}"):
            node = None
    return names


def from_library(path):
    names = {}
    output = subprocess.run(["nm", "-D", "--defined-only", path], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        kind, name = line.split()[-2:]
        name, _, node = name.partition("@@")
        if kind == "A" and name.startswith("VAXDIR_"):
            continue
        if not COMPILER_MADE.match(name):
            names[name] = node
    return names


def from_list():
    names = {}
    for line in (ROOT / "tests/abi/symbols.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, node = line.split()
            names[name] = node
    return names


def compare(label, left, other_label, right, problems):
    for name in sorted(set(left) - set(right)):
        problems.append(f"{name}: in {label}, not in {other_label}")
    for name in sorted(set(right) - set(left)):
        problems.append(f"{name}: in {other_label}, not in {label}")
    for name in sorted(set(left) & set(right)):
        if left[name] and right[name] and left[name] != right[name]:
            problems.append(f"{name}: {left[name]} in {label}, {right[name]} in {other_label}")


def check_static(path, problems):
    output = subprocess.run(["nm", "-g", "--defined-only", path], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        parts = line.split()
        if len(parts) == 3 and not parts[2].startswith("vaxdir_") and not COMPILER_MADE.match(parts[2]):
            problems.append(f"{parts[2]}: global in the static library without the prefix")


def main():
    problems = []
    declared = {function.name: "" for function in functions()}
    mapped = from_map()
    compare("the headers", declared, "lib/vaxdir.map", mapped, problems)
    compare("lib/vaxdir.map", mapped, "tests/abi/symbols.txt", from_list(), problems)
    if len(sys.argv) > 1:
        compare("lib/vaxdir.map", mapped, "the shared library", from_library(sys.argv[1]), problems)
    if len(sys.argv) > 2:
        check_static(sys.argv[2], problems)
    for name in declared:
        if not name.startswith("vaxdir_"):
            problems.append(f"{name}: declared without the prefix")
    for problem in problems:
        print(problem)
    print(f"{len(declared)} functions, {len(problems)} problems")
    return 1 if problems or not declared else 0


if __name__ == "__main__":
    sys.exit(main())
