#!/usr/bin/env python3
"""The program on the real feeds beside the checkout, which are no part of the project: only counts and ids are held
here. Skipped, with a message, where they are absent.

    test_feeds.py VAXDIR
"""

import collections
import csv
import json
import os
import random
import sys
import tarfile
import tempfile

sys.dont_write_bytecode = True
from program import Checks, Program

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
DATED = {"2021-01-15": 854, "2021-04-13": 2174, "2021-11-18": 2871}


def data_directory():
    fallback = os.path.join(HERE, "..", "..", "..", "shared", "data")
    return os.path.abspath(os.environ.get("VAXDIR_SHARED_DATA") or fallback)


def feed(data, day):
    return os.path.join(data, "centres", f"centres-vaccination_{day}.csv")


def check_launch_day(checks, program, data):
    """The counts of the launch feed, which account for every row."""
    info = program.run("info", feed(data, "2021-01-15"), "--format", "json").objects()[0]
    checks.equal({key: info[key] for key in ("centres", "without_position", "quarantined")},
                 {"centres": 854, "without_position": 2, "quarantined": 0}, "launch day: counts")
    checks.equal(info["providers"], {"doctolib": 469, "keldoc": 90, "maiia": 18}, "launch day: providers")
    # 12 hosts that no rule names and 2 without a scheme; 67 words, 1 e-mail address and 194 empty; 1 with userinfo.
    checks.equal(sum(info["trust"].values()), 854, "launch day: trust sums to the centres")
    checks.equal(info["trust"]["exact"], 577, "launch day: links of known hosts")
    checks.equal(info["trust"]["unsafe"], 1, "launch day: unsafe links")
    near = program.run("nearest", feed(data, "2021-01-15"), "49.1193", "6.1757", "--limit", "5", "--format", "json")
    centres = near.objects()
    checks.equal([centre["id"] for centre in centres], [f"gid:{n}" for n in (174, 980, 954, 938, 880)],
                 "launch day: five centres around Metz")
    checks.that(all(centre["provider"] or centre["phone"] for centre in centres),
                "launch day: each has a provider or a phone")


def check_links(checks, program, data):
    """Every link of launch day on its own: the pages among those with a scheme, and what the rest is."""
    with open(feed(data, "2021-01-15"), newline="", encoding="utf-8") as stream:
        links = [row["rdv_site_web"] for row in csv.DictReader(stream, delimiter=";")]
    lines = "".join(json.dumps({"url": link}) + "\n" for link in links)
    answers = program.run("link", "--stdin", stdin=lines.encode()).objects()
    with_scheme = [answer for link, answer in zip(links, answers) if link.strip(" \xa0").lower().startswith("http")]
    pages = collections.Counter((answer["provider"], answer["page"]) for answer in with_scheme if answer["provider"])
    checks.equal(pages, {("doctolib", "centre"): 457, ("doctolib", "list"): 6, ("doctolib", "home"): 5,
                         ("keldoc", "centre"): 86, ("maiia", "centre"): 17, ("maiia", "list"): 1}, "launch day: pages")
    kinds = collections.Counter((answer["verdict"], answer["reason"]) for answer in answers)
    checks.equal(kinds, {("exact", None): 577, ("unknown", "unknown-host"): 12, ("unknown", "no-scheme"): 2,
                         ("unsafe", "userinfo"): 1, ("none", "email"): 1, ("none", "word"): 67, ("none", "empty"): 194},
                 "launch day: every link accounted for")


def check_routes(checks, program, data):
    """Every centre with a position is found, and each has a way to go."""
    program.write("everywhere.csv", "lat,lon\n0,0\n")
    answer = program.run("nearest", feed(data, "2021-01-15"), "--batch", "everywhere.csv", "--limit", "4294967295")
    centres = answer.objects()
    checks.equal(len(centres), 852, "launch day: all centres with a position are found")
    for centre in centres:
        checks.that(centre["route"], f"{centre['id']}: has a route")
        for step in centre["route"]:
            checks.that(step["state"] == "unknown" or step["kind"] in ("info", "walk-in"),
                        f"{centre['id']}: no state of a provider is claimed")
            checks.that("@" not in step.get("url", ""), f"{centre['id']}: no user name in a link")


def check_dated(checks, program, data):
    """Every dated feed loads whole, alone and saved, and a file gives the same answers as its feed."""
    for day, rows in DATED.items():
        info = program.run("info", feed(data, day), "--format", "json")
        checks.equal(info.code, 0, f"{day}: loads")
        counts = info.objects()[0]
        checks.equal(counts["centres"] + counts["quarantined"], rows, f"{day}: every row is accounted for")
        built = program.run("build", feed(data, day), "-o", "day.vaxdir", "--report", "day.ndjson")
        checks.equal(built.code, 0, f"{day}: is built")
        saved = program.run("info", "day.vaxdir", "--format", "json")
        checks.equal(saved.stdout, info.stdout, f"{day}: the file says what the feed says")
        lines = program.read("day.ndjson").decode("utf-8").splitlines()
        checks.equal(len(lines), sum(counts["warnings"].values()), f"{day}: the report has a line for each remark")


def check_hourly(checks, program, data):
    """All hourly feeds load; the rows that share an id or have none are the only ones in quarantine."""
    path = os.path.join(data, "centres", "hourly_2021-03-29_first-84.tar.xz")
    contents = []
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".csv"):
                contents.append(archive.extractfile(member).read())
    checks.equal(len(contents), 84, "hourly: feeds in the archive")
    for number, content in enumerate(contents):
        program.write("hour.csv", content)
        info = program.run("info", "hour.csv", "--format", "json")
        if checks.equal(info.code, 0, f"hourly {number}: loads"):
            counts = info.objects()[0]
            checks.that(counts["centres"] >= 2017 and counts["quarantined"] == 0, f"hourly {number}: counts",
                        f"  {counts['centres']} {counts['quarantined']}")
    return contents[-1]


def check_cuts(checks, program, contents):
    """A feed that was cut anywhere is read as far as it goes or refused; the first one is cut most often."""
    chance = random.Random(84)
    for number, content in enumerate(contents):
        for _ in range((200 if number == 0 else 40) // (8 if "VAXDIR_TEST_SLOW_BUILD" in os.environ else 2)):
            end = int(chance.random() * len(content))
            program.write("cut.csv", content[:end])
            answer = program.run("info", "cut.csv", "--format", "json")
            checks.that(answer.code in (0, 1), f"cut at {end} of {len(content)}: status")
            checks.that(answer.code == 0 or answer.stderr.count(b"\n") == 1, f"cut at {end}: refused with a sentence")


def check_no_feeds(checks, program, data):
    """What is no feed is refused with a sentence that says what it is, and nothing is written."""
    directory = os.path.join(data, "centres", "not-a-feed")
    words = {"empty": b"empty", "html": b"HTML"}
    for name in sorted(os.listdir(directory)):
        path = os.path.join(directory, name)
        for arguments in (("build", path, "-o", "none.vaxdir"), ("info", path), ("nearest", path, "0", "0")):
            answer = program.run(*arguments)
            checks.equal(answer.code, 1, f"{name}: {arguments[0]} refuses it")
            word = next((words[key] for key in words if key in name), b"")
            checks.that(word in answer.stderr and answer.stderr.count(b"\n") == 1, f"{name}: says what it is",
                        f"  {answer.stderr!r}")
        checks.that(not program.exists("none.vaxdir"), f"{name}: no file is left behind")


def main():
    data = data_directory()
    if not os.path.exists(feed(data, "2021-01-15")):
        print(f"skipped: no real feeds at {data}")
        return SKIPPED
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(sys.argv[1], directory)
        check_launch_day(checks, program, data)
        check_links(checks, program, data)
        check_routes(checks, program, data)
        check_dated(checks, program, data)
        last_hour = check_hourly(checks, program, data)
        contents = [open(feed(data, day), "rb").read() for day in DATED] + [last_hour]
        check_cuts(checks, program, contents)
        check_no_feeds(checks, program, data)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
