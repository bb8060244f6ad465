"""check_docs.py COMPILER...: the documentation that programs are written from.

Invariant: every public function says what, each parameter, ownership, thread rule, cost and since; every C block of the
README and the docs compiles; every example is built by meson, whose tests run it.
"""

import re
import subprocess
import sys
import tempfile

from headers import INCLUDE, ROOT, functions

TAGS = ("return", "ownership", "thread", "cost", "since")


def parts(comment):
    """The comment as [(tag, text)], the description first under ''."""
    lines = [re.sub(r"^\s*(/\*\*|\*/|\*)? ?", "", line.replace("*/", "")) for line in comment.splitlines()]
    found = [["", ""]]
    for line in lines:
        tag = re.match(r"@(\w+)\s*(.*)", line.strip())
        if tag:
            found.append([tag.group(1), tag.group(2)])
        else:
            found[-1][1] += " " + line.strip()
    return [(tag, " ".join(text.split())) for tag, text in found]


def check_function(function, problems):
    where = f"{function.header.name}:{function.line}: {function.name}"
    if not function.comment or not function.comment.startswith("/**"):
        problems.append(f"{where}: no comment right before it")
        return
    found = parts(function.comment)
    if not re.match(r"[A-Z].*?[.:](\s|$)", found[0][1]):
        problems.append(f"{where}: begins with no sentence")
    described = [text.split()[0] if text else "" for tag, text in found if tag == "param"]
    if described != function.parameters:
        problems.append(f"{where}: @param names {described}, the parameters are {function.parameters}")
    for tag, text in found:
        if tag == "param" and len(text.split()) < 2:
            problems.append(f"{where}: @param {text} says nothing")
    for tag in TAGS:
        texts = [text for other, text in found if other == tag]
        if len(texts) != 1 or not texts[0]:
            problems.append(f"{where}: @{tag} stands {len(texts)} times or is empty")
    returned = " ".join(text for tag, text in found if tag == "return")
    if function.result == "vaxdir_status" and "VAXDIR_OK" not in returned and "as vaxdir_" not in returned:
        problems.append(f"{where}: @return names no status")
    since = [text for tag, text in found if tag == "since"]
    if since and not re.fullmatch(r"\d+\.\d+", since[0]):
        problems.append(f"{where}: @since {since[0]}")


def compiles(compiler, source):
    with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        command = compiler + ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-unused", "-fsyntax-only", f"-I{INCLUDE}",
                              file.name]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        return run.returncode == 0, run.stderr


def check_blocks(compiler, problems):
    """A block with main() stands alone; any other is tried as a file and as the body of a function."""
    count = 0
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if not page.exists():
            continue
        text = page.read_text(encoding="utf-8")
        for block in re.finditer(r"^```c\n(.*?)^```", text, re.M | re.S):
            count += 1
            code = block.group(1)
            header = "#include <vaxdir/vaxdir.h>\n"
            tries = [code]
            if not re.search(r"\bmain\(", code):
                body = "static vaxdir_status f(void)\n{\n" + code + "\nreturn VAXDIR_OK;\n}\n"
                tries += [header + code, header + body]
            results = [compiles(compiler, source) for source in tries]
            if not any(good for good, _ in results):
                line = text.count("\n", 0, block.start()) + 1
                problems.append(f"{page.relative_to(ROOT)}:{line}: this block does not compile:\n{results[-1][1]}")
    return count


def check_examples(problems):
    examples = ROOT / "examples"
    built = "\n".join(path.read_text(encoding="utf-8") for path in examples.rglob("meson.build"))
    sources = [path for path in examples.rglob("*.c")]
    for path in sources:
        if f"'{path.name}'" not in built and f"/{path.name}'" not in built:
            problems.append(f"{path.relative_to(ROOT)}: no meson.build of examples/ builds it")
    return len(sources)


def main():
    problems = []
    found = functions()
    for function in found:
        check_function(function, problems)
    blocks = check_blocks(sys.argv[1:] or ["cc"], problems)
    examples = check_examples(problems)
    for problem in problems:
        print(problem)
    print(f"{len(found)} functions, {blocks} C blocks, {examples} example sources, {len(problems)} problems")
    return 1 if problems or not found else 0


if __name__ == "__main__":
    sys.exit(main())
