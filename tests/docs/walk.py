"""Executes a page of documentation as it is written.

Write `FILE`:        the fence that follows is put into FILE
```sh                each line is run, and must succeed
```text              its lines must stand, in this order, in what the last commands printed; … stands for anything
"""

import os
import re
import subprocess
import sys
from pathlib import Path

FENCE = re.compile(
    r"(?:^Write `(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def walk(page, directory, *, by=None, **environment):
    """Carry out a page in a directory, by `run` or another function that runs commands. Return what each shell fence printed."""
    printed = []
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        if fence["file"]:
            path = directory / fence["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence["text"], encoding="utf-8")
        elif fence["kind"] == "sh":
            printed.append((by or run)(fence["text"], directory, environment))
        elif fence["kind"] == "text":
            compare(fence["text"], printed[-1])
    return printed


def run(commands, directory, environment):
    """Run the lines of a fence, stopping at the first that fails."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    own = {name: value for name, value in os.environ.items() if not name.startswith("MLP_")}
    process = subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=directory,
        env=own | {"PATH": path, "OPENBLAS_NUM_THREADS": "1"} | environment,
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, f"{commands}\n{process.stdout}\n{process.stderr}"
    return process.stdout


def compare(expected, printed):
    """Find each expected line in what was printed, one behind the other."""
    lines = iter(re.sub(r" +", " ", line).strip() for line in printed.splitlines())
    for line in expected.splitlines():
        pattern = ".*".join(map(re.escape, re.sub(r" +", " ", line).strip().split("…")))
        assert any(re.fullmatch(pattern, found) for found in lines), (
            f"{line!r} is not where it should be in:\n{printed}"
        )
