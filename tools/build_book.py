"""Build the book's HTML into `_build/html`, here or below another directory: build_book.py [DIRECTORY].

Warnings and errors fail the build, and only they are printed.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(output: Path = ROOT) -> int:
    """Run jupyter-book; return its exit status."""
    start = time.monotonic()
    if not (ROOT / "web" / "vendor").exists():
        sys.exit("build_book: what sets the formulas is missing; run: make setup")
    command = ["jupyter-book", "build", str(ROOT), "-n", "-W", "--keep-going", "--path-output", str(output)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        print(result.stdout)
        print("The book was not built: see the warnings and errors above.")
        return 1
    print(f"The book is in {output / '_build' / 'html' / 'index.html'} (built in {time.monotonic() - start:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
