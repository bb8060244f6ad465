"""embed.py INPUT OUTPUT: turns the default rules into a C file, so that the library needs no file at run time."""
import sys


def main():
    source, target = sys.argv[1], sys.argv[2]
    with open(source, "rb") as file:
        data = file.read()
    lines = [",".join(str(byte) for byte in data[at:at + 24]) for at in range(0, len(data), 24)]
    with open(target, "w", encoding="ascii", newline="\n") as file:
        file.write("/* Made by embed.py from default_rules.json. */\n#include <stddef.h>\n\n")
        file.write("extern const unsigned char vaxdir_default_rules[];\n")
        file.write("extern const size_t vaxdir_default_rules_size;\n\n")
        file.write("const unsigned char vaxdir_default_rules[] = {\n" + ",\n".join(lines) + "};\n")
        file.write("const size_t vaxdir_default_rules_size = %d;\n" % len(data))


main()
