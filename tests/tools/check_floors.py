"""check_floors.py: a file may include headers of its own folder or of a lower floor (docs/architecture.md).

Invariant: nothing flows back, and import, search and routing do not know each other.
"""

import re
import sys

from headers import INCLUDE, LIBRARY, ROOT

FLOORS = {"base": 1, "geo": 2, "provider": 3, "registry": 4, "edition": 5, "import": 6, "search": 6, "routing": 6,
          "directory": 7}
# A dependency that one room alone may see.
ALONE = {"geos_c.h": "geo/area.c", "proj.h": "geo/", "geodesic.h": "geo/", "csv.h": "import/",
         "uriparser/": "provider/", "idn2.h": "provider/"}
# The version answers for every room: it is the roof.
ROOF = {"version.c"}

INCLUDED = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def check_file(path, problems):
    inside = path.relative_to(LIBRARY)
    if len(inside.parts) == 1:
        if inside.name not in ROOF:
            problems.append(f"{inside}: stands on no floor; only {', '.join(sorted(ROOF))} may")
        return
    room = inside.parts[0]
    if room not in FLOORS:
        problems.append(f"{inside}: folder {room} has no floor; give it one in {sys.argv[0]}")
        return
    for quote, name in INCLUDED.findall(path.read_text(encoding="utf-8")):
        for dependency, place in ALONE.items():
            if quote == "<" and name.startswith(dependency) and not str(inside).startswith(place):
                problems.append(f"{inside}: includes <{name}>, which only lib/{place} may")
        if quote == "<":
            if name.startswith("vaxdir/") and not (INCLUDE / name).exists():
                problems.append(f"{inside}: <{name}> does not exist")
            continue
        target = (path.parent / name).resolve()
        if not target.is_relative_to(LIBRARY) or not target.exists():
            problems.append(f'{inside}: "{name}" is not a file of lib/')
            continue
        other = target.relative_to(LIBRARY).parts[0]
        if other != room and FLOORS.get(other, 99) >= FLOORS[room]:
            problems.append(f'{inside}: includes "{name}", floor {FLOORS.get(other)}, from floor {FLOORS[room]}')


def check_public(problems):
    for path in sorted((INCLUDE / "vaxdir").glob("*.h")):
        for _, name in INCLUDED.findall(path.read_text(encoding="utf-8")):
            if not name.startswith("vaxdir/") and name not in ("stddef.h", "stdint.h"):
                problems.append(f"{path.relative_to(ROOT)}: includes <{name}>; only stddef.h and stdint.h are allowed")


def main():
    problems = []
    files = sorted(path for path in LIBRARY.rglob("*") if path.suffix in (".c", ".h"))
    for path in files:
        check_file(path, problems)
    check_public(problems)
    for problem in problems:
        print(problem)
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
