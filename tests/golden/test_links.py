#!/usr/bin/env python3
"""What the shipped rules make of the links of real feeds beside the checkout: only counts and hashes are held here.
Skipped, with a message, where they are absent.

    test_links.py VAXDIR [--show]      --show prints the table instead of comparing it
"""

import collections
import csv
import hashlib
import json
import os
import sys
import tempfile

sys.dont_write_bytecode = True
from program import Checks, Program

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
DAYS = ("2021-01-15", "2021-04-13", "2021-11-18")
PLATFORMS = {"Doctolib": "doctolib", "Keldoc": "keldoc", "Maiia": "maiia", "Mapharma": "mapharma",
             "Ordoclic": "ordoclic"}


def data_directory():
    fallback = os.path.join(HERE, "..", "..", "..", "shared", "data")
    return os.path.abspath(os.environ.get("VAXDIR_SHARED_DATA") or fallback)


def judge(program, links, declared=None):
    """The answers to many links at once."""
    lines = "".join(json.dumps({"url": link, "declared": declared}, ensure_ascii=False) + "\n" for link in links)
    return program.run("link", "--stdin", stdin=lines.encode()).objects()


def table(answers):
    """How many links have which verdict, provider or reason, page and warnings; and a hash of all that came out."""
    counts = collections.Counter(" ".join((
        answer["verdict"], answer["provider"] or answer["reason"], answer["page"] or "-",
        "+".join(answer["warnings"]) or "-")) for answer in answers)
    out = "\n".join(f"{answer['verdict']} {answer['key']} {answer['url']}" for answer in answers)
    return dict(sorted(counts.items())), hashlib.sha256(out.encode()).hexdigest()[:16]


def platform_links(data):
    links = collections.defaultdict(list)
    with open(os.path.join(data, "links", "platform_urls.tsv"), encoding="utf-8", newline="") as file:
        for line in file.read().split("\n")[1:]:
            if line:
                platform, link = line.split("\t")
                links[platform].append(link)
    return links


def count(answers, **wanted):
    return sum(all(answer[key] == value for key, value in wanted.items()) for answer in answers)


def check_platforms(checks, program, data):
    links = platform_links(data)
    for platform, provider in PLATFORMS.items():
        answers = judge(program, links[platform])
        checks.equal(count(answers, provider=provider, verdict="exact"), len(links[platform]),
                     f"{platform}: every link is {provider}'s")
        checks.that(all(answer["key"] for answer in answers if answer["page"] == "centre"),
                    f"{platform}: every page of a centre has a key")
    mapharma = judge(program, links["Mapharma"])
    checks.equal((count(mapharma, page="information"), count(mapharma, page="centre")), (127, 11), "Mapharma: pages")
    keldoc = judge(program, links["Keldoc"])
    redirects = [answer for answer in keldoc if "redirect" in answer["warnings"]]
    checks.equal((len(redirects), count(redirects, page="centre")), (3, 3), "Keldoc: redirects lead to centres")
    checks.that(not any("redirect" in answer["url"] for answer in keldoc), "Keldoc: no redirect is emitted")
    maiia = judge(program, links["Maiia"])
    checks.equal((count(maiia, page="home"), count(maiia, page="centre")), (1, 99), "Maiia: pages")
    checks.equal(count(judge(program, links["Ordoclic"]), page="centre"), 87, "Ordoclic: pages")
    checks.equal(count(judge(program, links["Doctolib"]), page="centre"), 1210, "Doctolib: pages")
    check_valwin(checks, program, links["Valwin"])
    none = judge(program, links["None"])
    checks.equal((count(none, provider="doctolib"), count(none, provider="keldoc")), (5, 4), "None: whose they are")
    checks.equal(count(judge(program, links["Autre"]), provider=None), 2, "Autre: nobody's")


def check_valwin(checks, program, links):
    alone, declared = judge(program, links), judge(program, links, "valwin")
    checks.equal((count(alone, verdict="suffix+shape", provider="valwin"), count(alone, verdict="unknown")), (96, 67),
                 "Valwin: without a declaration")
    checks.equal((count(declared, verdict="suffix+shape"), count(declared, verdict="declared", provider="valwin")),
                 (96, 67), "Valwin: declared")
    checks.equal(len({answer["key"] for answer in declared}), len({answer["url"].split("/")[2] for answer in declared}),
                 "Valwin: a key for each host")


def feed_links(data, day):
    with open(os.path.join(data, "centres", f"centres-vaccination_{day}.csv"), encoding="utf-8", newline="") as file:
        return sorted({row["rdv_site_web"] for row in csv.DictReader(file, delimiter=";")})


def check_feeds(checks, program, data, show):
    """The table of the three feeds' distinct texts; and what is emitted is judged as it was."""
    path = os.path.join(HERE, "expected", "links-feeds.json")
    tables = {}
    for day in DAYS:
        answers = judge(program, feed_links(data, day))
        counts, fingerprint = table(answers)
        tables[day] = {"texts": len(answers), "hash": fingerprint, "counts": counts}
        emitted = [answer for answer in answers if answer["url"]]
        again = judge(program, [answer["url"] for answer in emitted])
        same = [{key: answer[key] for key in ("verdict", "provider", "page", "key", "url", "reason")}
                for answer in emitted] == [{key: answer[key] for key in ("verdict", "provider", "page", "key", "url",
                                                                         "reason")} for answer in again]
        checks.that(same and not any(answer["warnings"] for answer in again), f"{day}: judging again changes nothing")
    text = json.dumps(tables, indent=1, ensure_ascii=False) + "\n"
    if show:
        print(text, end="")
        return
    with open(path, encoding="utf-8") as file:
        expected = json.load(file)
    for day in DAYS:
        checks.equal(tables[day], expected[day], f"{day}: verdicts")


def main():
    data = data_directory()
    if not os.path.exists(os.path.join(data, "links", "platform_urls.tsv")):
        print(f"skipped: no real feeds at {data}")
        return SKIPPED
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(sys.argv[1], directory)
        check_platforms(checks, program, data)
        check_feeds(checks, program, data, "--show" in sys.argv[2:])
    return checks.finish() if "--show" not in sys.argv[2:] else 0


if __name__ == "__main__":
    sys.exit(main())
