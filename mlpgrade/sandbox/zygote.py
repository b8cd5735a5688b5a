"""The warm process: loads what notebooks need once, then forks for each notebook that is handed in.

It says `true` once it is warm, then reads one request a line from standard input and answers with one line on standard
output. A request holds the sources of the cells, the challenges and the limits; the answer, the outputs of each cell that
ended, and how the rest did not.
"""

import json
import os
import re
import select
import signal
import sys
import time

from mlpgrade.sandbox import isolation
from mlpgrade.sandbox.cells import run_notebook, warm_shell, write

GRACE = 2.0
"""Seconds that a cell has to end after it was interrupted."""

LOOK = 0.2
"""Seconds from one look at the memory that all of a notebook's processes use to the next."""


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.dup(1)
    os.dup2(2, 1)
    isolation.adopt_orphans()
    shell = warm_shell()
    write(answers, True)
    for line in sys.stdin.buffer:
        write(answers, run(shell, json.loads(line)))


def run(shell, request: dict) -> dict:
    """Run one notebook in a process of its own, within its limits, and leave nothing of it behind."""
    limits = request["limits"]
    reading, writing = os.pipe()

    def work() -> None:
        run_notebook(shell, request["cells"], request["challenges"], request["props"], writing)

    try:
        process = isolation.spawn(work, limits, writing)
    except OSError as error:
        os.close(reading)
        os.close(writing)
        return {"broken": str(error)}
    os.close(writing)
    try:
        return collect(process, reading, limits)
    finally:
        os.kill(process, signal.SIGKILL)  # not waited for yet, so that the number is still its own
        os.waitpid(process, 0)
        os.close(reading)


def collect(process: int, reading: int, limits: dict) -> dict:
    """Return the lines that the process writes until it has ended or has used up what it may."""
    received = bytearray()
    start = cell_start = looked = time.monotonic()
    interrupted = False
    while True:
        now = time.monotonic()
        left = min(cell_start + limits["cell"] + (GRACE if interrupted else 0), start + limits["wall"]) - now
        if left <= 0:
            if interrupted or now >= start + limits["wall"]:
                return report(received, "it took too long")
            os.kill(process, signal.SIGINT)
            interrupted = True
            continue
        if now > looked + LOOK:
            if memory_in_use() > limits["memory"]:
                return report(received, "it used too much memory")
            looked = now
        if not select.select([reading], [], [], min(left, LOOK))[0]:
            continue
        part = os.read(reading, 1 << 16)
        received += part
        if not part:
            return report(received, "its process ended")
        if len(received) > limits["output"]:
            return report(received, "it put out too much")
        if b"\n" in part:
            cell_start, interrupted = time.monotonic(), False


def memory_in_use() -> int:
    """Return the bytes of memory of all processes here but the warm one and bubblewrap's, without what each began with."""
    own = private_memory("self")
    others = {name for name in os.listdir("/proc") if name.isdigit()} - {"1", str(os.getpid())}
    return sum(max(0, private_memory(name) - own) for name in others)


def private_memory(process: str) -> int:
    """Return the bytes of memory of a process that are no file's, or 0 once it has ended."""
    try:
        with open(f"/proc/{process}/status", "rb") as file:
            found = re.findall(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB", file.read(), re.MULTILINE)
    except OSError:
        return 0
    return 1024 * sum(map(int, found))


def report(received: bytearray, ended: str) -> dict:
    """Return what was received as text: what it means is found out outside."""
    return {"lines": received.decode("utf-8", "replace").splitlines(), "ended": ended}


if __name__ == "__main__":
    main()
