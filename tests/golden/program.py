"""Runs the vaxdir program for the golden tests, and counts what held and what did not."""

import difflib
import json
import os
import subprocess
import sys


class Answer:
    """What one run of the program gave."""

    def __init__(self, code, stdout, stderr):
        self.code = code
        self.stdout = stdout
        self.stderr = stderr

    def objects(self):
        """The JSON objects, one a line; numbers of full precision, constants such as NaN refused."""
        def refuse(name):
            raise ValueError(f"{name} is not JSON")
        return [json.loads(line, parse_constant=refuse) for line in self.stdout.decode("utf-8").splitlines()]


class Program:
    """The program under test, in a directory of its own."""

    def __init__(self, path, directory):
        self.path = os.path.abspath(path)
        self.directory = directory

    def run(self, *arguments, stdin=b"", **options):
        environment = dict(os.environ, NO_COLOR="1")
        done = subprocess.run([self.path, *arguments], input=stdin, cwd=self.directory, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False, **options)
        if done.returncode not in (0, 1, 2) or b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
            sys.stderr.buffer.write(done.stderr)
            raise AssertionError(f"vaxdir {' '.join(map(str, arguments))}: status {done.returncode}")
        return Answer(done.returncode, done.stdout, done.stderr)

    def write(self, name, content):
        with open(os.path.join(self.directory, name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))

    def exists(self, name):
        return os.path.lexists(os.path.join(self.directory, name))

    def read(self, name):
        with open(os.path.join(self.directory, name), "rb") as file:
            return file.read()


class Checks:
    """Counts checks; a failed one is told and the rest goes on."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def that(self, holds, what, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}" + (f"\n{detail}" if detail else ""))
        return holds

    def equal(self, actual, expected, what):
        return self.that(actual == expected, what, f"  expected {expected!r}\n  actual   {actual!r}")

    def text(self, actual, expected, what):
        lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "actual", lineterm="")
        return self.that(actual == expected, what, "\n".join(lines))

    def finish(self):
        print(f"{self.passed} checks held, {self.failed} failed")
        return 1 if self.failed else 0
