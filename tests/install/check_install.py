"""check_install.py BUILD SANITIZE CC CXX: what `meson install` puts on a machine, used as a stranger would.

Invariant: the installed files are those of files.txt; a consumer in C and in C++ builds by pkg-config alone, shared and
static, and runs; without pkg-config's flags it does not build; the SONAME is what version.h says. Prints TAP.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
results = []


def report(good, name, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)
    if not good and detail:
        print("\n".join("# " + line for line in str(detail).splitlines()[:20]))


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)


def install(build, target):
    meson = ["meson"] if shutil.which("meson") else [sys.executable, "-m", "mesonbuild.mesonmain"]
    if os.access("/usr/bin/meson", os.X_OK):
        meson = ["/usr/bin/meson"]
    done = run([*meson, "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(target)])
    report(done.returncode == 0, "installs", done.stdout)
    pkgconfig = next(target.rglob("vaxdir.pc"), None)
    if pkgconfig is None:
        report(False, "has a pkg-config file")
        sys.exit(1)
    return pkgconfig


def installed_files(target, prefix, libdir):
    names = []
    for path in sorted(target.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        name = str(path.relative_to(target))
        name = name.replace(str(libdir.relative_to(target)), "LIBDIR")
        name = name.replace(str(prefix.relative_to(target)), "PREFIX")
        names.append(re.sub(r"\.so\.(\d+)\.\d+\.\d+$", r".so.\1.x.y", name))
    return sorted(names)


def check_files(target, prefix, libdir):
    golden = (HERE / "files.txt").read_text(encoding="utf-8").split()
    found = installed_files(target, prefix, libdir)
    report(found == golden, "the files are those of files.txt",
           "\n".join(["missing: " + name for name in golden if name not in found] +
                     ["new: " + name for name in found if name not in golden]))


def check_soname(libdir):
    header = (ROOT / "include/vaxdir/version.h").read_text(encoding="utf-8")
    number = re.search(r"VAXDIR_ABI_VERSION = (\d+)", header).group(1)
    output = run(["readelf", "-d", "-W", str(libdir / "libvaxdir.so")]).stdout
    soname = re.search(r"SONAME.*\[(.*)\]", output)
    report(soname is not None and soname.group(1) == f"libvaxdir.so.{number}", "SONAME", output)
    report("RUNPATH" not in output and "RPATH" not in output, "the library carries no path", output)


def relocated(pkgconfig, folder, prefix, libdir):
    """The .pc file as it would be had the prefix been this one; the dependencies' files stay the system's."""
    text = pkgconfig.read_text(encoding="utf-8")
    text = re.sub(r"^prefix=.*$", f"prefix={prefix}", text, flags=re.M)
    text = re.sub(r"^libdir=.*$", f"libdir={libdir}", text, flags=re.M)
    folder.mkdir()
    (folder / "vaxdir.pc").write_text(text, encoding="utf-8")
    return dict(os.environ, PKG_CONFIG_PATH=str(folder))


def flags(environment, *arguments):
    done = run(["pkg-config", *arguments, "vaxdir"], env=environment)
    report(done.returncode == 0, "pkg-config " + " ".join(arguments), done.stdout)
    return done.stdout.split()


def build_and_run(name, compiler, sources, more, libdir, folder):
    program = folder / re.sub(r"\W", "-", name)
    done = run([*compiler, "-Wall", "-Wextra", "-Werror", *sources, *more, "-o", str(program)])
    report(done.returncode == 0, f"{name}: builds", done.stdout)
    if done.returncode == 0:
        environment = dict(os.environ, LD_LIBRARY_PATH=str(libdir))
        done = run([str(program)], env=environment)
        report(done.returncode == 0, f"{name}: runs", done.stdout)
        needed = run(["readelf", "-d", "-W", str(program)]).stdout
        report(("libvaxdir.so" in needed) == ("shared" in name), f"{name}: linked as asked", needed)


def check_consumers(prefix, libdir, pkgconfig, folder, sanitize, cc, cxx):
    extra = [f"-fsanitize={sanitize}"] if sanitize != "none" else []
    consumer = str(HERE / "consumer.c")
    static_only = folder / "static"
    static_only.mkdir()
    shutil.copy(libdir / "libvaxdir.a", static_only)
    shared_environment = relocated(pkgconfig, folder / "pc-shared", prefix, libdir)
    static_environment = relocated(pkgconfig, folder / "pc-static", prefix, static_only)
    shared = flags(shared_environment, "--cflags", "--libs")
    # Our archive, the dependencies shared: `--static --libs` would go on to all that they were built from, down to
    # the libraries of libcurl, for which Debian's -dev packages do not ask.
    needed = flags(static_environment, "--print-requires-private")
    private = re.search(r"^Libs.private: (.*)$", pkgconfig.read_text(encoding="utf-8"), re.M)
    static = flags(static_environment, "--cflags", "--libs")
    static += run(["pkg-config", "--libs", *needed]).stdout.split() + (private.group(1).split() if private else [])
    strict = ["-pedantic-errors"]
    for label, compiler in (("C", [cc, "-std=c11"]), ("C++", [cxx, "-std=c++11", "-x", "c++"])):
        reset = ["-x", "none"] if label == "C++" else []
        build_and_run(f"{label} shared", compiler + strict + extra, [consumer, *reset], shared, libdir, folder)
        build_and_run(f"{label} static", compiler + strict + extra, [consumer, *reset], static, libdir, folder)
    bare = run([cc, "-std=c11", "-fsyntax-only", consumer])
    report(bare.returncode != 0, "does not compile without flags", "the headers come from somewhere else")
    bare = run([cc, *extra, consumer, *flags(shared_environment, "--cflags"), "-o", str(folder / "bare")])
    report(bare.returncode != 0, "does not link without flags")
    shown = " ".join(flags(shared_environment, "--libs"))
    report("jansson" not in shown and "proj" not in shown, "a shared consumer links no dependency of ours", shown)


def check_readme(prefix, libdir, pkgconfig, folder, sanitize, cc):
    """The program of the README, compiled by the line that the README gives, run on the sample."""
    program = re.search(r"^```c\n(.*?int main\(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    report(program is not None, "the README holds a program")
    if program is None:
        return
    source = folder / "readme.c"
    source.write_text(program.group(1), encoding="utf-8")
    found = flags(relocated(pkgconfig, folder / "pc-readme", prefix, libdir), "--cflags", "--libs")
    extra = [f"-fsanitize={sanitize}"] if sanitize != "none" else []
    done = run([cc, *extra, str(source), *found, "-o", str(folder / "readme")])
    report(done.returncode == 0, "the README's program builds", done.stdout)
    sample = str(ROOT / "examples/sample/centres-sample.csv")
    done = run([str(folder / "readme"), sample, "49.1193", "6.1757"], env=dict(os.environ, LD_LIBRARY_PATH=str(libdir)))
    report(done.returncode == 0 and done.stdout.count("\n") == 5, "and finds five centres", done.stdout)


def check_frontend(prefix, libdir):
    program = prefix / "bin/vaxdir"
    environment = dict(os.environ, LD_LIBRARY_PATH=str(libdir))
    done = run([str(program), "link", "https://example.org/"], env=environment)
    report(done.returncode == 0 and '"verdict"' in done.stdout, "the installed vaxdir works", done.stdout)
    done = run([str(program), "nonsense"], env=environment)
    report(done.returncode == 2, "and refuses wrong usage with 2", done.stdout)


def main():
    build, sanitize, cc, cxx = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        target = folder / "root"
        pkgconfig = install(build, target)
        libdir = pkgconfig.parent.parent
        prefix = next(target.rglob("include/vaxdir")).parents[1]
        if "--update" in sys.argv:
            (HERE / "files.txt").write_text("\n".join(installed_files(target, prefix, libdir)) + "\n", encoding="utf-8")
        check_files(target, prefix, libdir)
        check_soname(libdir)
        check_consumers(prefix, libdir, pkgconfig, folder, sanitize, cc, cxx)
        check_readme(prefix, libdir, pkgconfig, folder, sanitize, cc)
        check_frontend(prefix, libdir)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
