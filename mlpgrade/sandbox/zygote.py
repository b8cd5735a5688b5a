"""The warm process: loads what notebooks need once, then forks for each notebook that is handed in.

It reads one request a line from standard input and answers with one line on standard output. A request holds the sources
of the cells, on how many of them marks depend, the challenges and the limits; the answer, the outputs of each cell that
ended, and how the rest did not.
"""

import json
import os
import select
import signal
import sys
import time

from mlpgrade.sandbox import isolation
from mlpgrade.sandbox.cells import run_notebook, warm_shell

GRACE = 2.0
"""Seconds that a cell has to end after it was interrupted."""


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.dup(1)
    os.dup2(2, 1)
    isolation.adopt_orphans()
    shell = warm_shell()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answer = json.dumps(run(shell, request)).encode() + b"\n"
        with os.fdopen(os.dup(answers), "wb") as file:
            file.write(answer)


def run(shell, request: dict) -> dict:
    """Run one notebook in a process of its own, within its limits, and leave nothing of it behind."""
    limits = request["limits"]
    reading, writing = os.pipe()

    def work() -> None:
        run_notebook(shell, request["cells"], request["challenges"], writing)

    try:
        process = isolation.spawn(work, limits, writing)
    except OSError as error:
        os.close(reading)
        os.close(writing)
        return {"broken": str(error)}
    os.close(writing)
    try:
        return collect(process, reading, limits, request["needed"])
    finally:
        os.kill(process, signal.SIGKILL)  # not waited for yet, so that the number is still its own
        os.waitpid(process, 0)
        os.close(reading)


def collect(process: int, reading: int, limits: dict, needed: int) -> dict:
    """Return the lines that the process writes, one a cell, until it has ended or has used up what it may."""
    received, lines = bytearray(), 0
    start = cell_start = time.monotonic()
    interrupted = False
    while True:
        now = time.monotonic()
        cell = limits["cell"] if lines < needed else limits["rest"]
        left = min(cell_start + cell + (GRACE if interrupted else 0), start + limits["wall"]) - now
        if left <= 0:
            if interrupted or now >= start + limits["wall"]:
                return report(received, "it took too long")
            os.kill(process, signal.SIGINT)
            interrupted = True
            continue
        if not select.select([reading], [], [], left)[0]:
            continue
        part = os.read(reading, 1 << 16)
        received += part
        if not part:
            return report(received, "its process ended")
        if len(received) > limits["output"]:
            return report(received, "it put out too much")
        if part.count(b"\n"):
            lines += part.count(b"\n")
            cell_start, interrupted = time.monotonic(), False


def report(received: bytearray, ended: str) -> dict:
    """Return what was received as text: what it means is found out outside."""
    return {"lines": received.decode("utf-8", "replace").splitlines(), "ended": ended}


if __name__ == "__main__":
    main()
