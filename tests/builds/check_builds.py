"""check_builds.py EXPECTED: the fingerprint and the file of fingerprint.c, the same from any compiler at any optimisation.

Invariant: no floating point of a compiler's choosing reaches a registry. Builds the library and the program for each of
gcc and clang at -O0 and at -O3 -march=native; without VAXDIR_TEST_FULL only what no stage of tests/run.sh builds anyway:
both at -O3 -march=native. Exits 77 without both compilers.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "tests" / name for name in (
    "builds/fingerprint.c", "support/property.c", "support/random.c", "support/locale.c")]
FAST = "-O3 -march=native"
FULL = [("gcc", "-O0"), ("gcc", FAST), ("clang", "-O0"), ("clang", FAST)]


def run(command, folder, **more):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def fields(build, name):
    text = (build / "meson-private/vaxdir.pc").read_text(encoding="utf-8")
    found = re.search(rf"^{name}: *(.*)$", text, re.M)
    return found.group(1).replace(",", " ").split() if found else []


def build_and_run(folder, compiler, flags, expected):
    build = folder / f"{compiler}{flags.split()[0]}"
    meson = "/usr/bin/meson" if os.access("/usr/bin/meson", os.X_OK) else "meson"
    environment = {**os.environ, "CC": compiler}
    run([meson, "setup", build, ROOT, "-Dtests=false", "-Dexamples=false", "-Dbuildtype=plain",
         f"-Dc_args={flags}"], folder, env=environment)
    run(["ninja", "-j1", "-C", build, "lib/libvaxdir.a"], folder)
    libraries = run(["pkg-config", "--libs", *fields(build, "Requires.private")], folder).split()
    program = build / "fingerprint"
    run([compiler, "-std=c11", *flags.split(), "-D_POSIX_C_SOURCE=200809L", f"-I{ROOT / 'include'}", *SOURCES,
         build / "lib/libvaxdir.a", *libraries, *fields(build, "Libs.private"), "-o", program], folder)
    output = run([program, expected], build)
    return re.findall(r"^# (?:calls|feed) .*$", output, re.M)


def main():
    if shutil.which("gcc") is None or shutil.which("clang") is None or shutil.which("ninja") is None:
        print("skipped: gcc, clang and ninja are needed")
        return 77
    variants = FULL if "VAXDIR_TEST_FULL" in os.environ else [one for one in FULL if one[1] == FAST]
    answers = {}
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as workers:
        tasks = {one: workers.submit(build_and_run, pathlib.Path(folder), *one, sys.argv[1]) for one in variants}
        for one, task in tasks.items():
            answers[one] = task.result()
            print(*one, *answers[one], sep="\n  ")
    same = len({tuple(answer) for answer in answers.values()}) == 1
    print("all alike" if same else "they differ")
    return 0 if same and all(len(answer) == 2 for answer in answers.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
