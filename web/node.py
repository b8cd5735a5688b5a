"""Node.js, which `make setup` has put beside Python, for what is only to be had in JavaScript."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.errors import ExtensionError

HERE = Path(__file__).parent
MODULES = HERE.parent / "node_modules"


def start(script: str) -> subprocess.Popen[str]:
    """Start one of the scripts beside this file. Raises ExtensionError if there is no Node.js."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        raise ExtensionError("The book is built with the help of Node.js, which was not found; run: make setup")
    command = [node, str(HERE / script)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def run(script: str, given: object) -> str:
    """Return what a script prints when it is given a value as JSON. Raises ExtensionError if it fails."""
    process = start(script)
    printed, _ = process.communicate(json.dumps(given))
    if process.returncode:
        raise ExtensionError(f"{script} failed; is node_modules there? Run: make setup")
    return printed
