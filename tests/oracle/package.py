"""A Python package as an oracle: the script runs again in a virtual environment that has it and is thrown away."""

import os
import subprocess
import sys
import tempfile

SKIPPED = 77


def is_there():
    return "VAXDIR_TEST_PACKAGE" in os.environ


def run_again(script, package, what):
    """The status of the script where the package is; SKIPPED, with a message, where it cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        python = os.path.join(folder, "bin", "python3")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        try:
            made = subprocess.run([sys.executable, "-m", "venv", folder], timeout=120, **quiet).returncode == 0
            made = made and subprocess.run([python, "-m", "pip", "install", "--quiet", package], timeout=240,
                                           **quiet).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            made = False
        if not made:
            print(f"skipped: the {package} package cannot be installed here, and it is {what}")
            return SKIPPED
        return subprocess.run([python, script, *sys.argv[1:]], env={**os.environ, "VAXDIR_TEST_PACKAGE": "1"},
                              check=False).returncode
