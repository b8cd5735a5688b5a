"""The walls: a bubblewrap command line that shows a process the system's libraries, the interpreter and nothing else."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from mlpgrade.sandbox.library import COURSE

SHARED = ["/lib", "/lib64", "/bin", "/sbin"]
RIGHTS = ["CAP_SETUID", "CAP_SETGID", "CAP_KILL"]
"""What the warm process keeps when it runs as root: enough to make each notebook's process an unprivileged user's."""

PATIENCE = 60
"""Seconds for the first trial, which takes one on an idle machine."""

ENVIRONMENT, GRADING = "/environment", "/grading"
"""Where the virtual environment appears inside, and what is shown beside it."""

TRIAL = "from importlib.util import find_spec as find; find('numpy') and find('IPython') or exit('NumPy is not seen inside')"
"""What the first trial runs: a program that costs little, since all of grading waits for it."""


def command(shown: Path, program: list[str], environment: dict[str, str]) -> list[str]:
    """Return the command that runs `program` inside, with the folder `shown` at /grading and a small empty /tmp."""
    walls = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    walls += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "grading", "--cap-drop", "ALL"]
    if os.geteuid() == 0:
        walls += [part for right in RIGHTS for part in ("--cap-add", right)]
    else:
        walls += ["--unshare-user"]
    walls += [part for name, value in environment.items() for part in ("--setenv", name, value)]
    view = ["--ro-bind", "/usr", "/usr"]
    for path in SHARED:
        if os.path.islink(path):
            view += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            view += ["--ro-bind", path, path]
    view += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--proc", "/proc", "--dev", "/dev"]
    base = os.path.realpath(sys.base_prefix)
    if not f"{base}/".startswith("/usr/"):
        for parent in reversed(Path(base).parents[:-1]):  # else bubblewrap makes them for their owner alone
            view += ["--perms", "0755", "--dir", str(parent)]
        view += ["--ro-bind", base, base]
    if sys.prefix != sys.base_prefix:  # at a place of its own, since it may lie where notebooks get an empty directory
        view += ["--ro-bind", sys.prefix, ENVIRONMENT]
    # Shared memory made from it would be counted nowhere; what is written to it is lost as before.
    view += ["--dev-bind", "/dev/null", "/dev/zero"]
    view += ["--ro-bind", str(shown), GRADING, "--perms", "0755", "--dir", COURSE]
    view += ["--size", str(16 << 20), "--tmpfs", "/tmp", "--chdir", "/tmp"]
    return [str(program_path()), *walls, *view, "--", *program]


def python() -> str:
    """Return the interpreter's path inside."""
    return f"{ENVIRONMENT}/bin/python" if sys.prefix != sys.base_prefix else sys.executable


def program_path() -> str | None:
    """Return where bubblewrap is, or None."""
    return shutil.which("bwrap")


@functools.cache
def problem() -> str | None:
    """Say why there is no sandbox on this machine, or return None where it works: it is tried once."""
    if sys.platform != "linux":
        return "bubblewrap needs Linux"
    if program_path() is None:
        return "bubblewrap (bwrap) is not installed"
    trial = command(Path(__file__).parent, [python(), "-c", TRIAL], {})
    try:
        tried = subprocess.run(trial, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"a first trial did not end within {PATIENCE} seconds"
    if tried.returncode:
        return f"bubblewrap is forbidden here ({(tried.stderr.strip().splitlines() or ['it gave no reason'])[-1]})"
    return None


@functools.cache
def unfiltered() -> str | None:
    """Say why notebooks may make any system call here, or return None where a filter holds them to few: it is tried once."""
    trial = command(Path(__file__).parent, [python(), f"{GRADING}/syscalls.py"], {})
    tried = subprocess.run(trial, capture_output=True, text=True, timeout=PATIENCE)
    return (tried.stdout + tried.stderr).strip() or None
