"""check_numbers.py [--update | --emit FILE]: the public numbers against their registry, tests/abi/numbers.tsv.

Invariant: a number once released keeps its name and is never reused. A line is `kind name number since`; one enum of
the headers is one kind. --update adds what is new and takes nothing away; --emit writes the table for names.c.
"""

import sys

from headers import ROOT, constants

TABLE = ROOT / "tests/abi/numbers.tsv"
# These move with every release; tests/tools/check_style.py compares them instead.
MOVING = ("VAXDIR_VERSION_", "VAXDIR_ABI_VERSION")
# How the names of an enum begin, for the kind of a new one; the longest that fits wins.
KINDS = {
    "VAXDIR_AREA_": "area",
    "VAXDIR_FEATURE_": "feature", "VAXDIR_OK": "status", "VAXDIR_ERROR_": "status", "VAXDIR_CLASS_": "class",
    "VAXDIR_SEVERITY_": "severity", "VAXDIR_DIAGNOSTIC_": "diagnostic", "VAXDIR_FIELD_": "field",
    "VAXDIR_UNKNOWN": "flag", "VAXDIR_YES": "flag", "VAXDIR_NO": "flag", "VAXDIR_NO_ROW": "row",
    "VAXDIR_OPEN_": "open", "VAXDIR_QUERY_": "query", "VAXDIR_INPUT_": "input", "VAXDIR_VERDICT_": "verdict",
    "VAXDIR_LINK_REASON_": "link-reason", "VAXDIR_LINK_WARNING_": "link-warning", "VAXDIR_STEP_REASON_": "step-reason",
    "VAXDIR_STEP_": "step-kind", "VAXDIR_STATE_": "state", "VAXDIR_TEXT_": "text", "VAXDIR_SAY_": "say",
    "VAXDIR_TOKEN_": "token",
    "VAXDIR_OPERATOR_": "operator", "VAXDIR_SEARCH_REASON_": "search-reason", "VAXDIR_RELAXATION_": "relaxation",
    "VAXDIR_PHONE_REASON_": "phone-reason",
    "VAXDIR_HOURS_": "hours", "VAXDIR_INTERVAL_": "interval", "VAXDIR_OPENING_": "opening",
    "VAXDIR_OPENING_MAY_": "opening-flag",
    "VAXDIR_ELIGIBILITY_": "eligibility", "VAXDIR_ELIGIBILITY_HINT_": "eligibility-hint",
}
FLAGS = {"area", "interval", "open", "opening-flag", "link-warning", "query", "say"}


def kind_of(name):
    fitting = [prefix for prefix in KINDS if name.startswith(prefix)]
    if not fitting:
        raise SystemExit(f"{name}: say which kind its enum is in {sys.argv[0]}")
    return KINDS[max(fitting, key=len)]


def read_table():
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name, number, since = line.split("\t")
            rows.append((kind, name, int(number), since))
    return rows


def since_now():
    for line in (ROOT / "meson.build").read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("version:"):
            return ".".join(line.split("'")[1].split(".")[:2])
    raise SystemExit("meson.build names no version")


def update(rows, declared):
    known = {name for _, name, _, _ in rows}
    rows += [(kind_of(item.name), item.name, item.value, since_now()) for item in declared if item.name not in known]
    lines = ["# The registry of public numbers: kind, name, number, since. Never change or reuse a released line."]
    lines += ["\t".join((kind, name, str(number), since)) for kind, name, number, since in rows]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check(rows, declared, problems):
    registered = {name: (kind, number) for kind, name, number, _ in rows}
    headers = {item.name: item for item in declared}
    if len(registered) != len(rows):
        problems.append("numbers.tsv: a name stands twice")
    for name in sorted(set(registered) - set(headers)):
        problems.append(f"{name}: in numbers.tsv, not in the headers")
    used = {}
    blocks = {}
    for item in declared:
        if item.name not in registered:
            problems.append(f"{item.name} = {item.value}: not in numbers.tsv")
            continue
        kind, number = registered[item.name]
        if number != item.value:
            problems.append(f"{item.name}: {item.value} in {item.header.name}, {number} in numbers.tsv")
        if blocks.setdefault(item.block, kind) != kind:
            problems.append(f"{item.name}: its enum holds kinds {kind} and {blocks[item.block]}")
        if used.setdefault((kind, number), item.name) != item.name:
            problems.append(f"{item.name}: {number} is {used[kind, number]} already")
        if kind in FLAGS and (number <= 0 or number & (number - 1) or number >= 1 << 31):
            problems.append(f"{item.name}: {number} is not one flag of 31")
        if any(word in item.name.split("_") for word in ("LAST", "COUNT", "MAX", "END")):
            problems.append(f"{item.name}: a count of constants changes with each release")


def main():
    declared = [item for item in constants() if not item.name.startswith(MOVING)]
    if "--update" in sys.argv:
        update(read_table() if TABLE.exists() else [], declared)
    rows = read_table()
    if "--emit" in sys.argv:
        with open(sys.argv[-1], "w", encoding="utf-8") as file:
            for kind, name, number, _ in rows:
                file.write(f'{{"{kind}", "{name}", {number}}},\n')
        return 0
    problems = []
    check(rows, declared, problems)
    for problem in problems:
        print(problem)
    print(f"{len(declared)} numbers, {len(problems)} problems")
    return 1 if problems or not declared else 0


if __name__ == "__main__":
    sys.exit(main())
