#!/usr/bin/env python3
"""The contract of the vaxdir program, on the synthetic sample and on small files: whole outputs against expected/,
exit statuses, the shape of every JSON object, what a refusal leaves behind.

    test_cli.py VAXDIR [--update]      --update writes expected/ anew, to be read before it is committed
"""

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

sys.dont_write_bytecode = True
import cases
from program import Checks, Program

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected")
EXAMPLES = os.path.join(HERE, "..", "..", "examples")
SAMPLE_SCRIPT = os.path.join(EXAMPLES, "sample", "make_sample.py")
SAMPLE = os.path.join(EXAMPLES, "sample", "centres-sample.csv")

ROUTES = os.path.join(HERE, "..", "..", "docs", "routes.md")
JANUARY = os.path.join(EXAMPLES, "rules", "france-2021-01.json")

NEAREST_KEYS = ["id", "name", "latitude", "longitude", "distance_m", "city", "postcode", "provider", "url", "phone",
                "route"]
LINK_KEYS = ["input", "verdict", "provider", "page", "key", "url", "warnings", "reason"]
REPORT_KEYS = ["code", "severity", "file", "line", "column", "field", "column_name", "id", "value", "suggestion",
               "reason", "message"]
VERDICTS = ["exact", "suffix+shape", "declared", "unknown", "unsafe", "none"]


def check_sample(checks):
    """The committed sample is what its script makes, and says that it is synthetic."""
    with tempfile.TemporaryDirectory() as directory:
        made = os.path.join(directory, "made.csv")
        subprocess.run([sys.executable, SAMPLE_SCRIPT, made], check=True)
        with open(made, "rb") as one, open(SAMPLE, "rb") as other:
            content = other.read()
            checks.that(one.read() == content, "the sample is what make_sample.py makes")
    rows = content.decode("utf-8").splitlines()[1:]
    checks.equal(len(rows), 600, "the sample's rows")
    checks.that(all("DONNÉES SYNTHÉTIQUES" in row for row in rows), "every row says that it is synthetic")


def transcript(arguments, answer):
    """An answer as a golden holds it: metres to the millimetre, since libm and PROJ differ in the last digit."""
    stdout = re.sub(rb'("[a-z_]+_m": [0-9]+\.[0-9]{3})[0-9]+', rb"\1", answer.stdout)
    stdout = re.sub(rb"([0-9]\.[0-9]{3})[0-9]{5,}", rb"\1", stdout) # bearings, and all of CSV
    plain = [word if word.isprintable() and word and " " not in word else ascii(word) for word in arguments]
    command = " ".join(plain).encode("utf-8")
    text = b"$ vaxdir %s\nexit %d\n--- stdout\n%s--- stderr\n%s" % (command, answer.code, stdout, answer.stderr)
    return text.decode("utf-8").replace("\r", "\\r")


def check_goldens(checks, program, update):
    for name, arguments, stdin in cases.GOLDENS:
        actual = transcript(arguments, program.run(*arguments, stdin=stdin))
        path = os.path.join(EXPECTED, name + ".txt")
        if update:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(actual)
        with open(path, encoding="utf-8", newline="") as file:
            checks.text(actual, file.read(), f"golden {name}")


def check_document(checks, program, update):
    """The commands of docs/routes.md answer what stands below them."""
    with open(ROUTES, encoding="utf-8") as file:
        text = file.read()
    blocks = re.findall(r"```sh\n\$ vaxdir ([^\n]*)\n(.*?)```", text, re.S)
    checks.equal(len(blocks), 3, "docs/routes.md: its examples")
    for command, expected in blocks:
        actual = program.run(*command.split()).stdout.decode("utf-8")
        if update:
            text = text.replace(f"$ vaxdir {command}\n{expected}```", f"$ vaxdir {command}\n{actual}```")
        else:
            checks.text(actual, expected, f"docs/routes.md: {command}")
    if update:
        with open(ROUTES, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def check_statuses(checks, program):
    saved = program.run("build", "plain.csv", "-o", "whole.vaxdir")
    checks.equal(saved.code, 0, "a plain file is built")
    whole = bytearray(program.read("whole.vaxdir"))
    program.write("cut.vaxdir", bytes(whole[:len(whole) // 2]))
    whole[len(whole) // 2] ^= 1
    program.write("flipped.vaxdir", bytes(whole))
    for status, commands in ((2, cases.WRONG_USAGE), (0, cases.RIGHT_USAGE), (1, cases.REFUSED)):
        for arguments in commands:
            answer = program.run(*arguments)
            what = "vaxdir " + " ".join(arguments)
            checks.that(answer.code == status, f"{what}: status {status}", f"  {answer.code} {answer.stderr!r}")
            if status != 0:
                checks.equal(answer.stdout, b"", f"{what}: nothing on stdout")
                checks.that(answer.stderr.startswith(b"vaxdir: ") and answer.stderr.count(b"\n") == 1,
                            f"{what}: one line on stderr", f"  {answer.stderr!r}")
                checks.that(b"vaxdir_" not in answer.stderr.lower(), f"{what}: no name of the C library",
                            f"  {answer.stderr!r}")
            if status == 2:
                checks.that(b"--help" in answer.stderr, f"{what}: names the help")
    for option, value, word in (("--dose", "100", b"99"), ("--vaccine", "Pfizer", b"a-z"),
                                ("--at", "0001-01-01T00:00:00+01:00", b"instant"),
                                ("--at", "9999-12-31T23:30:00-01:00", b"instant")):
        answer = program.run("route", cases.SAMPLE, option, value)
        checks.that(answer.stderr.startswith(b"vaxdir: " + option.encode() + b" is ") and word in answer.stderr,
                    f"{option} {value}: the option and what it takes", f"  {answer.stderr!r}")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([program.path, "info", cases.SAMPLE], cwd=program.directory, stdout=full,
                              stderr=subprocess.PIPE, check=False)
        checks.equal(done.returncode, 1, "output that cannot be written is a failure")


def check_refusals(checks, program):
    """A refused build writes no registry file, keeps the one that is there, and reports in any case."""
    for name in ("empty.csv", "page.csv", "foreign.csv", "absent.csv"):
        answer = program.run("build", name, "-o", "refused.vaxdir", "--report", "refused.ndjson")
        checks.equal(answer.code, 1, f"{name}: refused")
        left = [entry for entry in os.listdir(program.directory) if "refused.vaxdir" in entry]
        checks.equal(left, [], f"{name}: no file is left behind")
        lines = [json.loads(line) for line in program.read("refused.ndjson").splitlines()]
        checks.that(lines and lines[-1]["severity"] == "error" and lines[-1]["message"], f"{name}: is in the report")
        os.remove(os.path.join(program.directory, "refused.ndjson"))
    program.run("build", "plain.csv", "-o", "kept.vaxdir")
    before = program.read("kept.vaxdir")
    program.run("build", "page.csv", "-o", "kept.vaxdir")
    checks.equal(program.read("kept.vaxdir"), before, "a refusal keeps the file that is there")


def check_report(checks, program):
    """Each line of a report has all keys; its counts are those of info."""
    program.run("build", cases.SAMPLE, "-o", "sample.vaxdir", "--report", "sample.ndjson")
    counts = {}
    for line in program.read("sample.ndjson").decode("utf-8").splitlines():
        remark = json.loads(line)
        checks.equal(list(remark), REPORT_KEYS, "report: keys")
        checks.that(remark["severity"] in ("note", "warning", "error"), "report: severity")
        checks.that(remark["message"] and remark["file"] == cases.SAMPLE, "report: message and file")
        counts[remark["code"]] = counts.get(remark["code"], 0) + 1
    from_file = program.run("info", "sample.vaxdir", "--format", "json").objects()[0]
    checks.equal(counts, from_file["warnings"], "report: as many remarks as info counts")
    from_feed = program.run("info", cases.SAMPLE, "--format", "json").objects()[0]
    checks.equal(from_file, from_feed, "a registry file says what its feed says")
    checks.equal(sum(from_feed["trust"].values()), from_feed["centres"], "trust sums to the centres")
    checks.equal(list(from_feed["trust"]), VERDICTS, "trust names every verdict")


def check_routes(checks, program):
    """Every centre's answer: keys in their order, absent is null, steps that hold what their kind needs."""
    everything = ("nearest", "sample.vaxdir", "46", "2", "--limit", "4294967295", "--format", "json", *cases.AT)
    answer = program.run(*everything)
    checks.equal(program.run(*everything[:1], cases.SAMPLE, *everything[2:]).stdout, answer.stdout,
                 "a registry file answers as its feed does")
    with open(os.path.join(program.directory, "sample.vaxdir"), "rb") as saved:
        piped = subprocess.run([program.path, "nearest", "/dev/stdin", *everything[2:]], cwd=program.directory,
                               input=saved.read(), stdout=subprocess.PIPE, check=False)
    checks.equal(piped.stdout, answer.stdout, "so does a registry file from a pipe")
    info = program.run("info", "sample.vaxdir", "--format", "json").objects()[0]
    checks.equal(len(answer.objects()), info["centres"] - info["without_position"], "every position is found")
    for centre in answer.objects():
        name = centre["id"]
        web = [step for step in centre["route"] if step["kind"] == "web"]
        phones = [step["phone"] for step in centre["route"] if step["kind"] == "phone"]
        checks.equal(list(centre), NEAREST_KEYS, f"{name}: keys")
        checks.that(centre["route"], f"{name}: has a route")
        # The shipped rules have no calendar; what is claimed comes from the centre's own dates.
        checks.that(all(step["state"] == "unknown" for step in centre["route"] if step["kind"] in ("web", "phone")),
                    f"{name}: no state of a provider is claimed")
        checks.that(all(step["url"].startswith(("https://", "http://")) and "@" not in step["url"] for step in web),
                    f"{name}: links of web steps")
        checks.that(all(step["trust"] in ("exact", "suffix+shape", "declared", "unknown") for step in web),
                    f"{name}: trust of web steps")
        closed = centre["route"][0]["reason"] == "centre-closed"
        checks.that(not closed or not web, f"{name}: no web step of a closed centre")
        checks.equal(web[0]["url"] if web else None, None if closed else centre["url"],
                     f"{name}: the url is the first web step's")
        checks.that(closed or centre["phone"] is None or centre["phone"] == phones[0],
                    f"{name}: the phone is the first step's")
        kinds = [step["kind"] for step in centre["route"]]
        checks.that("web" not in kinds or kinds[0] == "web", f"{name}: the web comes first", f"  {kinds}")


def check_links(checks, program):
    answer = program.run("link", "--stdin", stdin=cases.LINES)
    lines = cases.LINES.split(b"\n")
    objects = answer.objects()
    checks.equal(answer.code, 0, "bad links are answers")
    checks.equal(len(objects), len(lines), "every line of input has its answer")
    for line, verdict in zip(lines, objects):
        checks.equal(list(verdict), LINK_KEYS, f"{line!r}: keys")
        checks.that(verdict["verdict"] in VERDICTS and isinstance(verdict["warnings"], list), f"{line!r}: verdict")
    checks.equal(objects[6]["reason"], "bad-input", "an empty line is bad input")
    long_line = b'{"url": "' + b"a" * 3000000 + b'"}\n'
    answers = program.run("link", "--stdin", stdin=long_line + b'{"url": ""}\n').objects()
    checks.equal([a["reason"] for a in answers], ["bad-input", "empty"], "a line beyond all bounds, and the next one")
    # Cut at the bound, this one would be good.
    padded = b'{"url": ""}' + b" " * 2000000 + b"\n"
    checks.equal(program.run("link", "--stdin", stdin=padded).objects()[0]["reason"], "bad-input", "nor is one cut")
    shown = program.run("link", "--", *cases.LINKS).stdout.decode("utf-8")
    checks.that(not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown), "no control character in JSON")
    for url in cases.LINKS:
        verdict = program.run("link", "--", url).objects()[0]
        if verdict["url"] is not None:
            again = program.run("link", "--", verdict["url"]).objects()[0]
            checks.equal((again["url"], again["key"], again["page"]), (verdict["url"], verdict["key"], verdict["page"]),
                         f"{url!r}: judging again changes nothing")


def check_rules(checks, program):
    """A provider that only a rules file knows gets verdict, page, key and route as the shipped ones do."""
    program.write("rules.json", json.dumps(cases.RULES))
    program.write("made-up.csv", cases.MADE_UP)
    with_rules = ("--rules", "rules.json")
    links = program.run("link", *cases.MADE_UP_LINKS, *with_rules).objects()
    checks.equal([(link["verdict"], link["provider"], link["page"], link["key"]) for link in links],
                 cases.MADE_UP_VERDICTS, "rules: verdicts")
    checks.equal(links[0]["url"], "https://rdv.imaginaire.example/metz/salle?centre=7", "rules: the rebuilt link")
    program.run("build", "made-up.csv", "-o", "judged.vaxdir", *with_rules)
    program.run("build", "made-up.csv", "-o", "unjudged.vaxdir")
    answers = [program.run("nearest", name, "49", "6", "--format", "json", *cases.AT, *with_rules).objects()
               for name in ("made-up.csv", "judged.vaxdir", "unjudged.vaxdir")]
    checks.that(answers[0] == answers[1] == answers[2], "rules: a file that others judged is judged again")
    first = answers[0][0]
    checks.equal((first["provider"], first["url"]), ("imaginaire", links[0]["url"]), "rules: the centre's provider")
    checks.equal({key: first["route"][0][key] for key in ("kind", "state", "reason", "provider", "trust")},
                 {"kind": "web", "state": "unknown", "reason": "provider-centre", "provider": "imaginaire",
                  "trust": "exact"}, "rules: the first step")
    info = program.run("info", "unjudged.vaxdir", "--format", "json", *with_rules).objects()[0]
    checks.equal(info["providers"], {"imaginaire": 1}, "rules: info counts by the rules in force")
    filtered = program.run("nearest", "unjudged.vaxdir", "49", "6", "--provider", "imaginaire", "--format", "json",
                           *with_rules).objects()
    checks.equal([centre["id"] for centre in filtered], ["id:a"], "rules: the filter goes by the rules in force")
    text = program.run("nearest", "made-up.csv", "49", "6", *with_rules).stdout.decode("utf-8")
    checks.that("Imaginaire" in text, "rules: the provider is named in words", text)
    before = program.run("nearest", "made-up.csv", "49", "6", "--format", "json", *cases.AT).objects()[0]
    checks.equal((before["provider"], before["route"][0]["reason"]), (None, "unknown-site"), "rules: unknown without")


def check_terminal(checks, program):
    """On a terminal: colours, its width, and nothing of a feed that could steer it."""
    program.write("hostile.csv", 'id,name,latitude,longitude,city\nx,"\x1b[2J\x1b]0;own\x07 \u202egnp \u009b1m name '
                  + "word " * 40 + '",1,1,"to\u200bwn"\n')
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment["TERM"] = "xterm"
    subprocess.run([program.path, "nearest", "hostile.csv", "1", "1"], cwd=program.directory, stdout=slave,
                   stderr=slave, env=environment, check=True)
    os.close(slave)
    output = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:
            break
        if not block:
            break
        output += block
    os.close(master)
    text = output.decode("utf-8").replace("\r\n", "\n")
    checks.that("\x1b[1m" in text, "colours on a terminal")
    plain = text.replace("\x1b[1m", "").replace("\x1b[0m", "")
    checks.that(not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", plain), "nothing steers the terminal",
                f"  {plain!r}")
    checks.that(max(map(len, plain.split("\n"))) <= 60, "within the terminal's width", plain)
    answer = program.run("show", "hostile.csv", "id:x")
    checks.that(b"\x1b" not in answer.stdout, "no escape sequences in a file either")


def check_batch(checks, program):
    answer = program.run("nearest", "plain.csv", "--batch", "bad-queries.csv", "--limit", "1")
    checks.equal(answer.code, 1, "a bad query makes the status 1")
    checks.equal([centre["query"] for centre in answer.objects()], [0, 7], "the others are answered")
    checks.equal(answer.stderr.count(b"\n"), 6, "each bad query is told")
    checks.equal(list(answer.objects()[0]), ["query", *NEAREST_KEYS], "batch: keys")
    places = [("49.1193", "6.1757"), ("48.85", "2.35"), ("-21.1", "55.5"), ("49.1193", "6.1757"), ("90", "0")]
    program.write("places.csv", "lon,note,lat\n" + "".join(f"{lon},x,{lat}\n" for lat, lon in places))
    for options in ([], ["--limit", "3"], ["--bearing"], ["--radius", "30000"], ["--work-limit", "40"], ["--all-ties"],
                    ["--filter", "provider = 'doctolib'", "--limit", "2"], ["--limit", "4294967295"]):
        options = [*options, "--format", "json", *cases.AT]
        answer = program.run("nearest", cases.SAMPLE, "--batch", "places.csv", *options).stdout.decode().splitlines()
        alone = []
        for number, (latitude, longitude) in enumerate(places):
            single = program.run("nearest", cases.SAMPLE, latitude, longitude, *options).stdout.decode().splitlines()
            alone += [line.replace("{", f'{{"query": {number}, ', 1) for line in single]
        checks.equal(answer, alone, f"a batch gives what single searches give: {options}")
    # Lines in pieces of any size, across the ends of what is read at a time; the last one has no end.
    lines = [f"{-90 + number % 1800 / 10},{number % 3600 / 10 - 180}{' ' * (number % 40)}" for number in range(60000)]
    lines[777] = "," * 70000
    lines[888] = "1,\0"
    lines[999] = "9" * 2500000 + ",1"
    program.write("many.csv", "lat,lon\n" + "\n".join(lines))
    answer = program.run("nearest", "plain.csv", "--batch", "many.csv", "--limit", "1", "--format", "csv")
    checks.equal(answer.code, 1, "many queries: the bad ones make the status 1")
    rows = [row.split(",") for row in answer.stdout.decode().splitlines()[1:]]
    checks.equal([int(row[0]) for row in rows], [n for n in range(60000) if n not in (777, 888, 999)],
                 "many queries: each is answered once, in order")
    checks.equal(answer.stderr.decode().splitlines(),
                 ["vaxdir: many.csv:779: query 777: the line is too long",
                  "vaxdir: many.csv:890: query 888: the line holds a NUL",
                  "vaxdir: many.csv:1001: query 999: the line is too long"], "many queries: the bad ones are told")


def check_pages(checks, program):
    """Pages, each asked for with the token of the one before, are one answer."""
    place = ("nearest", cases.SAMPLE, "49.1193", "6.1757", "--format", "json", *cases.AT)
    whole = [centre["id"] for centre in program.run(*place, "--limit", "4294967295").objects()]
    found, token, pages = [], [], 0
    while pages < 100:
        lines = program.run(*place, "--limit", "37", "--next", *token).objects()
        found += [line["id"] for line in lines if "id" in line]
        pages += 1
        if lines[-1]["next"] is None:
            break
        token = ["--page", lines[-1]["next"]]
    checks.equal(found, whole, "pages: joined they are one answer")
    checks.equal(pages, (len(whole) + 36) // 37, "pages: as many as there must be")
    stale = program.run("nearest", "plain.csv", "49", "6", *token)
    checks.equal((stale.code, stale.stdout), (1, b""), "pages: a token of another registry is refused")
    checks.that(b"other records" in stale.stderr, "pages: and says so", f"  {stale.stderr!r}")
    damaged = ("0" if token[1][-1] != "0" else "1")
    checks.equal(program.run(*place, "--page", token[1][:-1] + damaged).code, 1, "pages: a damaged token is refused")
    inside = program.run(*place, "--limit", "5", "--next", "--radius", "3000").objects()
    radius = program.run(*place, "--radius", "3000").objects()
    checks.equal([line["id"] for line in inside[:-1]], [line["id"] for line in radius][:5], "pages: within a radius")


def main():
    update = "--update" in sys.argv[2:]
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(sys.argv[1], directory)
        shutil.copy(SAMPLE, os.path.join(directory, cases.SAMPLE))
        shutil.copy(JANUARY, os.path.join(directory, "january.json"))
        for name, content in cases.FILES.items():
            program.write(name, content)
        check_sample(checks)
        check_goldens(checks, program, update)
        check_document(checks, program, update)
        check_statuses(checks, program)
        check_refusals(checks, program)
        check_report(checks, program)
        check_routes(checks, program)
        check_links(checks, program)
        check_batch(checks, program)
        check_pages(checks, program)
        check_rules(checks, program)
        check_terminal(checks, program)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
