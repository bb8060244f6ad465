#!/usr/bin/env python3
"""vaxdir rules check: every planted problem of a document is found with its place, and a good one is found good.

    test_rules.py VAXDIR RULES
"""

import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from program import Checks, Program


def provider(name, **more):
    host = f"www.{name}.example"
    return {"id": name, "name": name, "https": True, "hosts": {host: host},
            "pages": [{"kind": "centre", "path": "/c/{slug}"}], "identity": [["path.slug"]],
            "examples": {"accept": [f"https://{host}/c/{n}" for n in range(3)],
                         "reject": [f"https://{host}.evil.example/c/{n}" for n in range(3)]}, **more}


# What is wrong with a document, and the places that are told, in this order.
GOOD = {"schema": 1, "providers": [provider("one"), provider("two")]}
BAD_EXAMPLES = {"accept": ["https://x.example/", "https://www.two.example/c/a", "https://y.example/",
                           {"url": "https://www.two.example/c/a", "page": "list"}, "https://www.two.example/c/b"],
                "reject": ["RIEN", "https://www.two.example/c/a", "DOUBLON", "https://www.two.example/c/b"]}
CASES = [
    (GOOD, []),
    ({**GOOD, "colour": 1, "taste": 2}, ["/colour", "/taste"]),
    ({"schema": 2, "providers": []}, ["/schema"]),
    ([], ["the whole document"]),
    ({**GOOD, "providers": [provider("one", x=1, y=2), provider("two", examples=BAD_EXAMPLES),
                            provider("three", suffixes=["co.uk"]), provider("four", suffixes=["two.example"]),
                            provider("five", pages=[{"kind": "centre", "path": "/{"}]), provider("six")]},
     ["/providers/0/x", "/providers/0/y", "/providers/2/suffixes/0", "/providers/4/pages/0/path",
      "/providers/3/suffixes/0", "/providers/1/examples/accept/0", "/providers/1/examples/accept/2",
      "/providers/1/examples/accept/3/page", "/providers/1/examples/reject/1", "/providers/1/examples/reject/3"]),
    ({**GOOD, "wrappers": [{"forms": 1}, {"suffixes": ["github.io"], "forms": []}], "phone": {"country": "33"},
      "national_line": "x", "information_url": "javascript:x"},
     ["/wrappers/0/forms", "/wrappers/1/suffixes/0", "/phone/length", "/information_url"]),
    ({"schema": 1, "extends": "mine", "zones": {"p": [{"posix": "Paris"}]}, "default_zone": "p",
      "calendar": [{"state": "broken"}, {"state": "open"}, {"state": "down"}, {"provider": "nobody", "state": "open"}],
      "campaign": {"opens": "soon", "facts": {"A": {}, "b": {"en": "B"}}, "reserved_fact": "c",
                   "phases": [{"id": "p", "from": "2021-02-30", "who": {"all": []}},
                              {"id": "q", "from": "2021-01-18", "who": {"fact": "b"}},
                              {"id": "r", "from": "2021-01-18", "who": {"any": [{"fact": "d"}]}}]}},
     ["/extends", "/zones/p/0/posix", "/calendar/0/state", "/calendar/2", "/calendar/3/provider", "/campaign/opens",
      "/campaign/facts/A", "/campaign/facts/b/fr", "/campaign/reserved_fact", "/campaign/phases/0/from",
      "/campaign/phases/2/who/any/0/fact"]),
    ({"schema": 1, "providers": [provider("one", x=1, pages=[])], "calendar": [{"provider": "one", "state": "open"}]},
     ["/providers/0/x", "/providers/0/pages"]),
]


# What is allowed and seldom meant: members of a document, and the places of the remarks.
FACTS = {"f": {"en": "f", "fr": "f"}, "g": {"en": "g", "fr": "g"}}
NOBODY = [{"any": []}, {"not": {"all": []}}, {"age_from": 75, "age_to": 74}, {"fact": "f", "any": []},
          {"any": [{"any": []}, {"not": {"all": []}}]}, {"born_from": "1950-01-01", "born_before": "1950-01-01"},
          {"all": [{"age_from": 75}, {"all": [{"fact": "f"}, {"age_to": 70}]}]}, {"not": {"any": [{"all": []}]}},
          {"all": [{"fact": "f"}, {"any": [{"age_from": 9, "age_to": 8}]}]}, {"not": {"not": {"any": []}}},
          {"age_from": 50, "all": [{"age_to": 49}]}]
SOMEBODY = [{"all": []}, {"age_from": 75, "age_to": 75}, {"any": [{"any": []}, {"fact": "f"}]}, {"not": {"fact": "f"}},
            {"born_from": "1950-01-01", "born_before": "1950-01-02"}, {"any": [{"age_from": 75}, {"age_to": 70}]},
            {"not": {"age_from": 75, "age_to": 74}}, {"age_from": 50, "not": {"age_to": 49}}]


def phases(whos):
    return {"campaign": {"facts": FACTS, "phases": [{"id": f"p-{i}", "from": "2021-01-18", "who": who}
                                                    for i, who in enumerate(whos)]}}


REMARKS = [
    (phases(NOBODY), [f"/campaign/phases/{i}/who" for i in range(len(NOBODY))]),
    (phases(SOMEBODY), []),
    (phases([{"any": [{"fact": "f"}, {"age_from": 75}, {"fact": "f"}]}, {"departments": ["57", "75", "57", "57"]}]),
     ["/campaign/phases/0/who/any/2", "/campaign/phases/1/who/departments/2", "/campaign/phases/1/who/departments/3"]),
    ({"holidays": [{"date": "05-01", "note": "1 May"}, {"easter": 1}, {"date": "05-01"},
                   {"easter": 1, "from": "2021-01-01"}, {"easter": 39, "departments": ["57", "57"]}]},
     ["/holidays/2", "/holidays/4/departments/1"]),
    ({"reserved_words": ["reserve", "soignants", "reserve"]}, ["/reserved_words/2"]),
]

# What the last line says of the providers.
SUMMARIES = [
    (GOOD, "2 providers, 0 errors, 0 remarks"),
    ({**GOOD, "providers": [provider("one", https=False)]}, "1 provider, 0 errors, 1 remark"),
    ({"schema": 1, "extends": "shipped", "providers": []}, "0 providers, 0 errors, 0 remarks"),
    ({"schema": 1, "extends": "shipped", "colour": 1}, "the shipped providers, 1 error, 0 remarks"),
    ({"schema": 1}, "no providers, 1 error, 0 remarks"),
    ([], "no providers, 1 error, 0 remarks"),
]


def count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check_remarks(checks, program, number, members, places):
    program.write("rules.json", json.dumps({"schema": 1, "extends": "shipped", **members}))
    answer = program.run("rules", "check", "rules.json")
    lines = answer.stdout.decode("utf-8").splitlines()
    told = [line.split(": ")[2] for line in lines if line.startswith("rules.json: remark: ")]
    checks.equal(told, places, f"remarks {number}: places")
    checks.equal(answer.code, 0, f"remarks {number}: status {lines}")
    checks.that(lines[-1].endswith(f", 0 errors, {count(len(places), 'remark')}"), f"remarks {number}: the last line")


def check_case(checks, program, number, document, places):
    program.write("rules.json", json.dumps(document))
    answer = program.run("rules", "check", "rules.json")
    lines = answer.stdout.decode("utf-8").splitlines()
    told = [line.split(": ")[2] for line in lines if line.startswith("rules.json: error: ")]
    checks.equal(sorted(told), sorted(places), f"case {number}: places")
    checks.equal(answer.code, 1 if places else 0, f"case {number}: status")
    checks.that(lines and lines[-1].startswith("rules.json: ") and f", {count(len(places), 'error')}, " in lines[-1],
                f"case {number}: the last line counts")


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(sys.argv[1], directory)
        for number, (document, places) in enumerate(CASES):
            check_case(checks, program, number, document, places)
        for number, (members, places) in enumerate(REMARKS):
            check_remarks(checks, program, number, members, places)
        for document, summary in SUMMARIES:
            program.write("rules.json", json.dumps(document))
            last = program.run("rules", "check", "rules.json").stdout.decode("utf-8").splitlines()[-1]
            checks.equal(last, f"rules.json: {summary}", "the last line")
        with open(sys.argv[2], encoding="utf-8") as file:
            shipped = json.load(file)
        program.write("shipped.json", json.dumps(shipped))
        answer = program.run("rules", "check", "shipped.json")
        checks.that(answer.code == 0 and b"0 errors, 0 remarks" in answer.stdout, "the shipped rules are good")
        example = pathlib.Path(__file__).resolve().parents[2] / "examples/rules/france-2021-01.json"
        answer = program.run("rules", "check", str(example))
        checks.that(answer.code == 0 and b"the shipped providers, 0 errors, 0 remarks" in answer.stdout,
                    "the example of a campaign is good")
        program.write("lonely.json", json.dumps({**GOOD, "providers": [provider("one", examples={}, https=False)]}))
        answer = program.run("rules", "check", "lonely.json")
        checks.that(answer.code == 0 and answer.stdout.count(b": remark: /providers/0: ") == 3, "remarks are no errors")
        program.write("cut.json", '{"schema": 1,\n oops}')
        answer = program.run("rules", "check", "cut.json")
        checks.that(answer.code == 1 and b"cut.json:2: " in answer.stderr, "a syntax error has its line")
        checks.equal(program.run("rules", "check", "absent.json").code, 1, "an absent file")
        for arguments in ((), ("check",), ("test", "rules.json"), ("check", "rules.json", "rules.json")):
            checks.equal(program.run("rules", *arguments).code, 2, f"rules {arguments}: wrong usage")
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
