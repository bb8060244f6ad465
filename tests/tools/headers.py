"""headers.py: the public headers as data, for the checks beside it.

Invariant: this is the only reader of the headers' text, so that every check sees the same functions and numbers.
"""

import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
LIBRARY = ROOT / "lib"

Function = collections.namedtuple("Function", "header line name result parameters comment")
Constant = collections.namedtuple("Constant", "header block name value")

COMMENT = re.compile(r"/\*.*?\*/", re.S)


def public_headers():
    return sorted((INCLUDE / "vaxdir").glob("*.h"))


def _blank(text):
    """The text without comments; every line keeps its number."""
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)


def _parameters(text):
    text = " ".join(text.split())
    if text in ("", "void"):
        return []
    names = []
    for part in text.split(","):
        found = re.search(r"(\w+)\s*(\[\w*\])?$", part.strip())
        names.append(found.group(1))
    return names


def functions():
    """Every VAXDIR_API prototype, with the comment that stands right before it (or None)."""
    found = []
    for header in public_headers():
        text = header.read_text(encoding="utf-8")
        code = _blank(text)
        if code.count("\n") != text.count("\n"):
            raise SystemExit(f"{header}: cannot count its lines")
        comments = {}
        for comment in COMMENT.finditer(text):
            comments[text.count("\n", 0, comment.end()) + 1] = comment.group()
        for prototype in re.finditer(r"^VAXDIR_API\s+([^;(]*?)(\w+)\(([^;]*)\);", code, re.M):
            line = code.count("\n", 0, prototype.start()) + 1
            comment = comments.get(line - 1)
            found.append(Function(header, line, prototype.group(2), " ".join(prototype.group(1).split()),
                                  _parameters(prototype.group(3)), comment))
    return sorted(found, key=lambda function: function.name)


def constants():
    """Every constant of the anonymous enums; `block` tells the enums apart."""
    found = []
    block = 0
    for header in public_headers():
        code = _blank(header.read_text(encoding="utf-8"))
        for enum in re.finditer(r"^enum\s*(\w*)\s*\{(.*?)\}\s*;", code, re.M | re.S):
            block += 1
            if enum.group(1):
                raise SystemExit(f"{header}: enum {enum.group(1)} has a name; its width would be the compiler's")
            for item in enum.group(2).split(","):
                if not item.strip():
                    continue
                constant = re.fullmatch(r"\s*(\w+)\s*=\s*(-?(?:0x[0-9a-fA-F]+|\d+))\s*", item)
                if not constant:
                    raise SystemExit(f"{header}: `{item.strip()}` is not NAME = literal number")
                found.append(Constant(header, block, constant.group(1), int(constant.group(2), 0)))
    return found


def initialisers(header):
    """(macro, type) for every INIT macro of one header."""
    text = header.read_text(encoding="utf-8")
    return [(macro, macro[:-len("_INIT")].lower()) for macro in re.findall(r"#define (VAXDIR_\w+_INIT)\b", text)]
