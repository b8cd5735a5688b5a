"""Install system programs through the system's package manager where the user may; else say what is missing.

Usage: system_packages.py PROGRAM … (chromium, bwrap, initdb). Never fails: what needs a missing program is skipped, and
says so.
"""

import contextlib
import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"chromium": "chromium", "bwrap": "bubblewrap", "initdb": "postgresql"}
NEEDED_FOR = {
    "chromium": "the tests that open pages in a browser are skipped, and no PDF can be printed",
    "bwrap": "notebooks are graded without a sandbox",
    "initdb": "the test with a gradebook in PostgreSQL is skipped",
}
ALSO_KNOWN_AS = {
    "chromium": ("chromium-browser", "google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
}
ELSEWHERE = {"initdb": "/usr/lib/postgresql/*/bin/initdb"}
"""Where Debian keeps programs that are not on the PATH."""

CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")
"""Debian's setting of whether installing PostgreSQL also starts a server."""


def main(programs: list[str]) -> None:
    missing = [program for program in programs if not find(program)]
    if missing and (prefix := rights()) is not None:
        install([PACKAGES[program] for program in missing], prefix)
    for program in missing:
        if not find(program):
            print(
                f"Missing: {program} (package {PACKAGES[program]}); {NEEDED_FOR[program]}. Install it with your package manager."
            )


def install(packages: list[str], prefix: list[str]) -> None:
    print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Acquire::Retries=2"]
    add = [*apt, "install", "-y", "--no-install-recommends"]
    commands = [[*apt, "update"], [*add, *packages]]
    if (
        "postgresql" in packages and not CLUSTERS.exists()
    ):  # its programs are wanted, not a server that runs from now on
        setting = [*prefix, "pg_conftool", str(CLUSTERS)]
        off, on = [*setting, "set", "create_main_cluster", "off"], [*setting, "remove", "create_main_cluster"]
        commands[1:] = [[*add, "postgresql-common"], off, commands[1], on]
    for command in commands:
        with contextlib.suppress(FileNotFoundError):  # of a program that the step before could not install
            subprocess.run(command, capture_output=True)


def find(program: str) -> str | None:
    """Return where a program is, or None."""
    names = (program, *ALSO_KNOWN_AS.get(program, ()))
    return next(filter(None, map(shutil.which, names)), None) or max(
        glob.glob(ELSEWHERE.get(program, "")), key=_version, default=None
    )


def _version(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in Path(path).parts if part.isdigit())


def rights() -> list[str] | None:
    """Return what to put before apt-get, or None where this user cannot install packages."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
