"""The warm process: loads what notebooks need once, then forks for each notebook that is handed in.

It holds nothing of any notebook, so that there is nothing in its memory for the next one to find. Standard input is a
socket. Over it comes the word to start one, with its image, its limits and two descriptors that the new process takes over: where
to read the cells and challenges, and where to write outputs. Over it go, as messages of JSON, that this process is warm and whether it can filter
system calls, and for each notebook how its start went and how it ended.
"""

import json
import os
import re
import select
import shutil
import signal
import socket
from typing import Any

from mlpgrade.sandbox import isolation, syscalls
from mlpgrade.sandbox.cells import run_notebook, warm_shell

MATPLOTLIB = "/grading/matplotlib"
"""Where lists of fonts may lie, which Matplotlib reads only in a directory that it can write to."""

LOOK = 0.2
"""Seconds from one look at the memory that all of a notebook's processes use to the next."""

MESSAGE = 1 << 16
"""Bytes of a message, at most."""

TICKS = os.sysconf("SC_CLK_TCK")
"""In how many parts the kernel divides a second of CPU."""


def main() -> None:
    """Start notebooks until nobody asks for more."""
    control = socket.socket(fileno=os.dup(0))
    isolation.adopt_orphans()
    shutil.copytree(MATPLOTLIB, os.environ["MPLCONFIGDIR"])
    shell = warm_shell()
    unfiltered = syscalls.problem()
    send(control, {"unfiltered": unfiltered})
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE, 2)
        if not message:
            return
        if descriptors:  # else it is an order that came after its notebook had ended
            image, limits = json.loads(message)
            send(control, run(shell, control, image, limits, *descriptors, filtered=unfiltered is None))


def run(
    shell: Any, control: socket.socket, image: str, limits: dict, request: int, out: int, *, filtered: bool
) -> dict:
    """Run one notebook in a process of its own, within its limits, and leave nothing of it behind."""
    try:
        process = isolation.spawn(lambda: run_notebook(shell, request, out), image, limits, (request, out), filtered)
    except OSError as error:
        return {"broken": str(error)}
    finally:
        os.close(request)
        os.close(out)
    send(control, {"started": True})
    try:
        return {"ended": watch(control, process, limits)}
    finally:
        os.kill(process, signal.SIGKILL)  # not waited for yet, so that the number is still its own
        os.waitpid(process, 0)


def watch(control: socket.socket, process: int, limits: dict) -> str:
    """Do as told until told to stop, or until all the notebook's processes together have used too much. Return why."""
    seconds: dict[str, float] = {}
    while True:
        if select.select([control], [], [], LOOK)[0]:
            if control.recv(MESSAGE) != b"interrupt":
                return "it was stopped"
            os.kill(process, signal.SIGINT)
        elif memory_in_use() > limits["memory"]:
            return "it used too much memory"
        elif cpu_seconds(seconds) > limits["cpu"]:
            return "it used too much of the processor"


def send(control: socket.socket, message: Any) -> None:
    """Send a message, whole."""
    control.send(json.dumps(message).encode())


def memory_in_use() -> int:
    """Return the bytes of memory of all processes here but the warm one and bubblewrap's, without what each began with."""
    own = private_memory("self")
    return sum(max(0, private_memory(name) - own) for name in others())


def others() -> set[str]:
    """Return the numbers of all processes here but the warm one and bubblewrap's."""
    return {name for name in os.listdir("/proc") if name.isdigit()} - {"1", str(os.getpid())}


def cpu_seconds(seconds: dict[str, float]) -> float:
    """Return the seconds of CPU that all processes here have used, those that have ended too, without the warm one's.

    `seconds` holds what each had used when it was last seen. A process that nobody waited for leaves no other trace.
    """
    for name in others():
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        # Fields 14, 15 and 22 of proc(5), whose first two are gone. The last tells processes of one number apart.
        user, system, started = (int(fields[place]) for place in (11, 12, 19))
        seconds[f"{name} {started}"] = (user + system) / TICKS
    return sum(seconds.values())


def private_memory(process: str) -> int:
    """Return the bytes of memory of a process that are no file's, or 0 once it has ended."""
    try:
        with open(f"/proc/{process}/status", "rb") as file:
            found = re.findall(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB", file.read(), re.MULTILINE)
    except OSError:
        return 0
    return 1024 * sum(map(int, found))


if __name__ == "__main__":
    main()
