"""Names that several test files use."""

import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "04_linear_layer"


def running(name):
    """The processes of the sandbox of this name: each fork keeps the command line that names it."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if name.encode() in (path / "cmdline").read_bytes():
                found.add(path.name)
        except OSError:
            continue  # it has ended meanwhile
    return found


def still_running(name, patience=10):
    """Those of them that are left when all have had time to end."""
    deadline = time.monotonic() + patience
    while running(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    return running(name)
