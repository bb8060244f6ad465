"""check_header.py HEADER FAMILY COMPILER...: one public header in every standard of C or C++.

Invariant: it compiles alone and twice, pedantically; every INIT macro in it initialises every member; it needs nothing
but stddef.h and stdint.h, and so shows no type of a dependency.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
from headers import INCLUDE, initialisers  # noqa: E402

STANDARDS = {"c": ("c99", "c11", "c17", "c2x"), "c++": ("c++11", "c++14", "c++17", "c++20")}
# Stand-ins for the only two headers that are allowed: with -nostdinc nothing else can be found.
STAND_IN = {
    "stddef.h": "typedef __SIZE_TYPE__ size_t;\ntypedef __PTRDIFF_TYPE__ ptrdiff_t;\n"
                "#ifdef __cplusplus\n#define NULL nullptr\n#else\n"
                "#define NULL ((void *)0)\n#endif\n",
    "stdint.h": "".join(f"typedef __{name.upper()}_TYPE__ {name}_t;\n"
                        for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")),
}


def program(header):
    lines = [f"#include <vaxdir/{header.name}>"] * 2
    lines += ["void use(void);", "void use(void)", "{"]
    for macro, type_name in initialisers(header):
        lines += [f"    {type_name} {type_name}_used = {macro};", f"    (void){type_name}_used;",
                  f"    static const {type_name} {type_name}_constant = {macro};", f"    (void){type_name}_constant;"]
    return "\n".join(lines + ["}"]) + "\n"


def main():
    header = INCLUDE / "vaxdir" / sys.argv[1]
    family, compiler = sys.argv[2], sys.argv[3:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / ("use.c" if family == "c" else "use.cpp")
        source.write_text(program(header), encoding="utf-8")
        (pathlib.Path(folder) / "only").mkdir()
        for name, text in STAND_IN.items():
            (pathlib.Path(folder) / "only" / name).write_text("#pragma once\n" + text, encoding="utf-8")
        for standard in STANDARDS[family]:
            strict = compiler + [f"-std={standard}", "-pedantic-errors", "-Wall", "-Wextra", "-Wundef", "-Werror",
                                 "-fsyntax-only"]
            if family == "c":
                strict += ["-Wstrict-prototypes", "-Wmissing-prototypes"]
            alone = ["-nostdinc", f"-isystem{folder}/only"]
            for label, more in (("", []), (" with stddef.h and stdint.h alone", alone)):
                run = subprocess.run(strict + more + [f"-I{INCLUDE}", str(source)], capture_output=True, text=True,
                                     check=False)
                if run.returncode != 0:
                    failed += 1
                    print(f"{header.name} as {standard}{label}:\n{run.stderr}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
