"""check_providers.py: no provider's id, name or host occurs in lib's C files; they are data.

Invariant: a made-up provider in a rules file is treated as the shipped ones are.
"""

import json
import re
import sys

from headers import LIBRARY, INCLUDE, ROOT

RULES = LIBRARY / "provider/default_rules.json"


def words_of(rules):
    words = set()
    for provider in rules["providers"]:
        words.update(provider[key] for key in ("id", "name") if isinstance(provider.get(key), str))
        stack = [value for key, value in provider.items() if "host" in key or "suffix" in key]
        while stack:
            value = stack.pop()
            if isinstance(value, str):
                words.add(value)
            elif isinstance(value, dict):
                stack += [*value, *value.values()]
            elif isinstance(value, list):
                stack += value
    # www.example.fr is found in example.fr, too.
    words.update(word[4:] for word in list(words) if word.startswith("www."))
    return {word.strip(".*") for word in words if len(word.strip(".*")) > 2}


def main():
    rules = json.loads(RULES.read_text(encoding="utf-8"))
    words = words_of(rules)
    if len(words) < len(rules["providers"]):
        print("the rules' format has changed: this check finds no names in it")
        return 1
    any_word = "|".join(re.escape(word) for word in sorted(words))
    pattern = re.compile(rf"(?<![a-z0-9])({any_word})(?![a-z0-9])", re.I)
    problems = 0
    files = sorted(path for folder in (LIBRARY, INCLUDE) for path in folder.rglob("*") if path.suffix in (".c", ".h"))
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for found in pattern.findall(line):
                print(f"{path.relative_to(ROOT)}:{number}: {found}")
                problems += 1
    print(f"{len(files)} files, {len(words)} words, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
