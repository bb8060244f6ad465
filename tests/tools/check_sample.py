"""check_sample.py: the committed sample feed is what its script makes.

Invariant: the sample is synthetic and reproducible: the same script, the same bytes, on every machine.
"""

import pathlib
import subprocess
import sys
import tempfile

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples/sample"


def main():
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "sample.csv"
        subprocess.run([sys.executable, str(SAMPLE / "make_sample.py"), str(made)], check=True)
        if made.read_bytes() != (SAMPLE / "centres-sample.csv").read_bytes():
            print("examples/sample/centres-sample.csv is not what make_sample.py makes: run the script, commit both")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
