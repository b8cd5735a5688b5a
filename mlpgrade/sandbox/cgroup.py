"""A control group for a sandbox, where systemd can make one: a bound on memory and processes that the kernel itself holds.

The warm process looks at what a notebook uses five times a second, and each process has limits of its own. What many processes
take together between two looks is bounded by this alone. See systemd.resource-control(5) for the properties.
"""

import functools
import os
import shutil
import subprocess
from pathlib import Path

MEMORY = 4 << 30
"""Bytes for all processes of a sandbox together: a notebook's two gigabytes, twice, so that only what escapes the looks meets it."""

TASKS = 128
"""Processes and threads: the 32 of a notebook, the warm process, bubblewrap's, and room."""

NEEDED = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
"""How systemd of the user is reached."""

BOOTED = Path("/run/systemd/system")
"""It is there where systemd runs the machine, see sd_booted(3)."""

PATIENCE = 10


@functools.cache
def scope() -> tuple[str, ...]:
    """Return the words before a command that put it into a group of its own; none where systemd cannot: it is tried once."""
    program = shutil.which("systemd-run")
    if program is None or not BOOTED.is_dir():
        return ()
    words = [program, *([] if os.geteuid() == 0 else ["--user"]), "--scope", "--quiet", "--collect"]
    for bound in (f"MemoryMax={MEMORY}", "MemorySwapMax=0", f"TasksMax={TASKS}"):
        words += ["--property", bound]
    words.append("--")
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, timeout=PATIENCE, env=environment())
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return () if tried.returncode else tuple(words)


def environment() -> dict[str, str]:
    """Return the environment in which the command is started, which bubblewrap clears."""
    return {"PATH": os.defpath} | {name: os.environ[name] for name in NEEDED if name in os.environ}
