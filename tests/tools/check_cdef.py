"""check_cdef.py [--update] COMPILER...: what cffi sees of the headers, against tests/abi/cdef.txt.

Invariant: the preprocessed headers are the binding's declarations as they stand; a change of them is seen in a diff.
"""

import difflib
import re
import subprocess
import sys

from headers import INCLUDE, ROOT

GOLDEN = ROOT / "tests/abi/cdef.txt"


def preprocess(compiler):
    command = compiler + ["-E", "-std=c11", "-DVAXDIR_CFFI", f"-I{INCLUDE}", str(INCLUDE / "vaxdir/vaxdir.h")]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    kept = []
    ours = False
    for line in output.splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            ours = marker.group(1).startswith(str(INCLUDE / "vaxdir"))
        elif ours and line.strip():
            kept.append(line.rstrip())
    text = " ".join("\n".join(kept).split())
    # One declaration, or one member of a struct or an enum, a line: independent of how the headers are wrapped.
    text = re.sub(r"([;{}]|(?<=\d),) ", lambda found: found.group(1) + "\n", text).replace(" }", "\n}")
    text = re.sub(r"\}\n(;|\w+;)", r"} \1", text).replace("} ;", "};")
    lines = []
    depth = 0
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("}"):
            depth -= 1
        lines.append("    " * depth + line)
        if line.endswith("{"):
            depth += 1
    return "\n".join(lines) + "\n"


def parse(text):
    """True and the number of functions where cffi is there; its own parser is the judge."""
    try:
        import cffi
    except ImportError:
        return None
    ffi = cffi.FFI()
    ffi.cdef(text)
    return ffi


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
    text = preprocess(arguments or ["cc"])
    if "--update" in sys.argv:
        GOLDEN.write_text(text, encoding="utf-8")
    ffi = parse(text)
    print("cffi is not installed: the text was compared only" if ffi is None else "cffi parses it")
    golden = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    if text != golden:
        difference = difflib.unified_diff(golden.splitlines(), text.splitlines(), "tests/abi/cdef.txt", "the headers",
                                          n=1, lineterm="")
        print("\n".join(difference))
        print("if the change is meant: /usr/bin/python3 tests/tools/check_cdef.py --update")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
