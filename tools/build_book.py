"""Build the book's HTML into `_build/html`: warnings and errors fail it, and only they are printed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run jupyter-book; return its exit status."""
    start = time.monotonic()
    command = ["jupyter-book", "build", str(ROOT), "-n", "-W", "--keep-going", "--path-output", str(ROOT)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        print(result.stdout)
        print("The book was not built: see the warnings and errors above.")
        return 1
    print(f"The book is in _build/html/index.html (built in {time.monotonic() - start:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
