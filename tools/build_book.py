"""Build the book's HTML into `_build/html`, here or below another directory: build_book.py [DIRECTORY].

Warnings and errors fail the build, and only they are printed.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


# jsonschema compiles a grammar at import unless it is missing. That takes seconds, and nobody asks for the check it is for.
JUPYTER_BOOK = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyter_book.cli.main import main; main()"


def main(output: Path = ROOT) -> int:
    """Run jupyter-book; return its exit status."""
    start = time.monotonic()
    if not (ROOT / "node_modules" / "katex").exists():
        sys.exit("build_book: what sets the formulas is missing; run: make setup")
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(ROOT), "-n", "-W", "--keep-going"]
    command += ["--path-output", str(output)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a dozen processes start: what the first has compiled is kept
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        print(result.stdout)
        print("The book was not built: see the warnings and errors above.")
        return 1
    print(f"The book is in {output / '_build' / 'html' / 'index.html'} (built in {time.monotonic() - start:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
