"""summary.py add STAGE BUILD TALLY | pass|fail|skip STAGE TALLY TEXT | close TALLY: counts of the stages.

Invariant: every test that meson knows ends up as passed, failed or skipped with its reason; a stage that could not even
build is one failure. TAP tests count by case, the others as one.
"""

import json
import os
import pathlib
import re
import sys

PASSED = ("OK", "EXPECTEDFAIL")


def cases(test):
    """(passed, failed, [skipped with reason]) of one entry of testlog.json."""
    output = (test.get("stdout") or "")
    name = re.sub(r"^vaxdir:", "", test["name"]).replace("vaxdir / ", "")
    suite = ",".join(part.split(":")[-1] for part in test.get("suite", []))
    label = f"{suite}/{name.split(' / ')[-1]}"
    if test["result"] == "SKIP":
        reason = re.search(r"^1\.\.0\s*#\s*skip\w*:?\s*(.*)$|^skipped: (.*)$", output, re.M | re.I)
        return 0, 0, [f"{label}: {(reason.group(1) or reason.group(2)) if reason else 'no reason given'}"]
    checks = re.search(r"^(\d+) checks held, (\d+) failed$", output, re.M)
    if checks:
        return int(checks.group(1)), max(int(checks.group(2)), test["result"] not in PASSED), []
    lines = re.findall(r"^(ok|not ok)\b(.*)$", output, re.M)
    skipped = [f"{label}: {text.strip(' -')}" for word, text in lines
               if word == "ok" and re.search(r"# *skip", text, re.I)]
    passed = sum(word == "ok" for word, _ in lines) - len(skipped)
    failed = sum(word == "not ok" and not re.search(r"# *todo", text, re.I) for word, text in lines)
    if test["result"] not in PASSED:
        return passed, max(failed, 1), skipped
    return (passed, failed, skipped) if lines else (1, 0, [])


def append(tally, **record):
    with open(tally, "a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def add(stage, build, tally):
    # With a wrapper meson puts the wrapper's name into the name of the log.
    logs = sorted((pathlib.Path(build) / "meson-logs").glob("testlog*.json"))
    passed = failed = 0
    skipped, bad = [], []
    entries = [line for log in logs for line in log.read_text(encoding="utf-8").splitlines()]
    for line in entries:
        test = json.loads(line)
        good_cases, bad_cases, skips = cases(test)
        passed, failed = passed + good_cases, failed + bad_cases
        skipped += skips
        if bad_cases:
            bad.append(test["name"])
    if not entries:
        failed, bad = 1, ["no test ran"]
    append(tally, stage=stage, passed=passed, failed=failed, skipped=skipped)
    print(f"   {passed} passed, {failed} failed, {len(skipped)} skipped")
    print("".join(f"   failed: {name}\n" for name in bad), end="")
    return 1 if failed else 0


def close(tally):
    records = [json.loads(line) for line in open(tally, encoding="utf-8")]
    passed = sum(record["passed"] for record in records)
    failed = sum(record["failed"] for record in records)
    reasons = {}
    for record in records:
        for reason in record["skipped"]:
            reasons.setdefault(reason, []).append(record["stage"])
    shared = (pathlib.Path(__file__).resolve().parents[3] / "shared/data").is_dir()
    if reasons:
        print("\nSkipped:")
    for reason, stages in reasons.items():
        print(f"   {reason} ({', '.join(dict.fromkeys(stages))})")
        if os.environ.get("CI") == "true" and shared and re.search(r"shared", reason, re.I):
            print("   this is a failure: the shared data is there")
            failed += 1
    print()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "add":
        return add(*arguments)
    if command == "pass":
        append(arguments[1], stage=arguments[0], passed=1, failed=0, skipped=[])
        print(f"   passed: {arguments[2]}")
        return 0
    if command == "fail":
        append(arguments[1], stage=arguments[0], passed=0, failed=1, skipped=[])
        print(f"   failed: {arguments[2]}")
        return 0
    if command == "skip":
        append(arguments[1], stage=arguments[0], passed=0, failed=0, skipped=[arguments[2]])
        print(f"   skipped: {arguments[2]}")
        return 0
    return close(*arguments)


if __name__ == "__main__":
    sys.exit(main())
