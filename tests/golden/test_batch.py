#!/usr/bin/env python3
"""vaxdir nearest --batch against brute force: the same ids in the same order for 1,000 places over the world.

    test_batch.py VAXDIR BRUTE_NEAREST
"""

import math
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from program import Checks, Program

LIMIT = 7


def world(seed, count):
    """Positions spread evenly over the globe, with some on the poles, on the antimeridian and on one another."""
    chance = random.Random(seed)
    positions = []
    for number in range(count):
        kind = number % 20
        latitude = math.degrees(math.asin(2 * chance.random() - 1))
        longitude = 360 * chance.random() - 180
        if kind == 0:
            latitude = 90.0 if number % 40 else -90.0
        elif kind == 1:
            longitude = 180.0 if number % 40 == 1 else -180.0
        elif kind == 2:
            longitude = 179.999 + 0.002 * chance.random()
            longitude -= 360 if longitude > 180 else 0
        elif kind == 3 and positions:
            latitude, longitude = positions[int(chance.random() * len(positions))]
        positions.append((latitude, longitude))
    return positions


def main():
    vaxdir, brute = sys.argv[1:3]
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(vaxdir, directory)
        program.write("world.csv", "id,name,latitude,longitude\n" + "".join(
            f"w:{number},centre {number},{latitude!r},{longitude!r}\n"
            for number, (latitude, longitude) in enumerate(world(1, 3000))))
        program.write("queries.csv", "lat,lon\n" + "".join(
            f"{latitude!r},{longitude!r}\n" for latitude, longitude in world(2, 1000)))
        built = program.run("build", "world.csv", "-o", "world.vaxdir")
        checks.equal(built.code, 0, "the world is built")
        expected = subprocess.run([brute, "world.csv", "queries.csv", str(LIMIT)], cwd=directory, check=True,
                                  stdout=subprocess.PIPE).stdout.decode().splitlines()
        for source in ("world.vaxdir", "world.csv"):
            answer = program.run("nearest", source, "--batch", "queries.csv", "--limit", str(LIMIT))
            checks.equal(answer.code, 0, f"{source}: the batch is answered")
            found = [[] for _ in expected]
            last = {}
            for centre in answer.objects():
                query = centre["query"]
                found[query].append(centre["id"])
                checks.that(centre["distance_m"] >= last.get(query, 0), f"{source}: distances never decrease")
                last[query] = centre["distance_m"]
            texts = re.findall(rb'"distance_m": ([^,]+),', answer.stdout)
            long = [text for text in texts if repr(float(text)).removesuffix(".0") != text.decode()]
            checks.equal(long, [], f"{source}: numbers that are not the shortest that read back to the same")
            wrong = [number for number, ids in enumerate(found) if " ".join(ids) != expected[number]]
            checks.equal(len(expected), 1000, "brute force answers every query")
            checks.equal(wrong, [], f"{source}: queries that differ from brute force")
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
