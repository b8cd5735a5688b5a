"""Has a warm process inside the walls start notebooks, one at a time, and takes their cells' outputs out.

What a notebook is goes past the warm process: the new process reads it from a file in memory, and writes to a pipe of its
own. So what one submission holds, and what it answers, is in no memory that the next one inherits.
"""

import atexit
import json
import logging
import os
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlpgrade.sandbox import bubblewrap, cgroup, library
from mlpgrade.sandbox.library import Image

log = logging.getLogger(__name__)

GRACE = 2.0
"""Seconds that a cell has to end after it was interrupted."""

MB = 1 << 20
LIMITS = {
    "cell": 30.0,
    "wall": 120.0,
    "cpu": 120,
    "memory": 2048 * MB,
    "processes": 32,
    "disk": 32 * MB,
    "output": 32 * MB,
}
"""Seconds a cell and a notebook may take, seconds of CPU, bytes of memory, processes, bytes on disk and bytes put out.

CPU and memory are for all processes of a notebook together, and for each of them."""

ENVIRONMENT = {
    "HOME": "/tmp/home",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "IPYTHONDIR": "/tmp/ipython",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": f"{bubblewrap.GRADING}/beside:{library.COURSE}",
}


class SandboxError(Exception):
    """The sandbox itself failed, which is nobody's fault who handed something in."""


@dataclass(frozen=True)
class Run:
    """The outputs of each cell that ended, in order, and how the notebook ended: `problem` is None if all cells did."""

    outputs: list[list[dict[str, Any]]]
    problem: str | None


class Sandbox:
    """A warm process. Starting it takes about a second, which it does not wait for; each notebook then a fork.

    `image` is what may be imported by the notebooks that are run from now on.
    """

    def __init__(self, image: Image | None = None):
        self.image = image or Image()
        self._built: list[Image] = []
        self._directory = tempfile.TemporaryDirectory(prefix="mlpgrade-")
        folder = Path(self._directory.name)
        library.prepare(folder)
        program = [bubblewrap.python(), "-m", "mlpgrade.sandbox.zygote", self.name]
        command = [*cgroup.scope(), *bubblewrap.command(folder, program, ENVIRONMENT)]
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._process = subprocess.Popen(
            command,
            stdin=theirs.fileno(),
            stdout=self._errors,
            stderr=self._errors,
            cwd="/",
            env=cgroup.environment(),
            start_new_session=True,  # or Ctrl-C in a terminal would end it under a notebook that is being marked
        )
        theirs.close()
        self._is_warm = False
        atexit.register(self.close)

    def run(self, cells: list[str], handed: dict[str, Any], limits: Mapping[str, Any] | None = None) -> Run:
        """Run a notebook's code cells, with what is handed in beside them.

        Raises SandboxError when the warm process is gone or cannot isolate a notebook.
        """
        bounds = LIMITS | dict(limits or {})
        image = self._image()
        request = {"cells": cells, "handed": handed}
        try:
            if not self._is_warm:
                unfiltered = self._hear()["unfiltered"]
                if unfiltered:
                    log.warning("system calls of notebooks are not filtered here, since %s", unfiltered)
                self._is_warm = True
            reading = self._start(request, image, bounds)
            try:
                answer = self._hear()
                if "broken" in answer:
                    raise SandboxError(f"the sandbox could not start a notebook's process: {answer['broken']}")
                lines, ended = self._collect(reading, bounds)
                return read_answer(lines, ended, len(cells))
            finally:
                os.close(reading)
        except (OSError, ValueError):
            self._errors.seek(0)
            said = self._errors.read()[-2000:].decode(errors="replace").strip()
            raise SandboxError(f"the sandbox stopped working: {said or 'it said nothing'}") from None

    def _image(self) -> str:
        """Return the name of the present image, whose libraries are written when it is first used."""
        if self.image not in self._built:
            library.build(self.image, Path(self._directory.name) / "images" / str(len(self._built)))
            self._built.append(self.image)
        return str(self._built.index(self.image))

    def _start(self, request: dict, image: str, bounds: dict) -> int:
        """Ask for a process that runs the notebook. Return the descriptor from which its outputs can be read."""
        memory = os.memfd_create("notebook")
        reading, writing = os.pipe()
        try:
            with open(memory, "wb", closefd=False) as file:
                file.write(json.dumps(request).encode())
            os.lseek(memory, 0, os.SEEK_SET)
            socket.send_fds(self._control, [json.dumps([image, bounds]).encode()], [memory, writing])
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(memory)
            os.close(writing)
        return reading

    def _hear(self) -> Any:
        """Return the next message of the warm process. Raises OSError once it has ended, even if a process of it is left."""
        heard = False
        while not heard:
            heard = bool(select.select([self._control], [], [], 1.0)[0])
            if not self.alive:
                raise OSError("it has ended")
        return json.loads(self._control.recv(1 << 16))  # nothing, which is no JSON, once it has ended

    def _collect(self, reading: int, bounds: dict) -> tuple[list[str], str]:
        """Return the lines that the notebook's process writes until it has ended or has used up what it may, and why it ended."""
        received = bytearray()
        ended = self._receive(received, reading, bounds)
        self._control.send(b"stop")
        told = self._hear()["ended"]
        return received.decode("utf-8", "replace").splitlines(), told if told.startswith("it used") else ended

    def _receive(self, received: bytearray, reading: int, bounds: dict) -> str:
        """Add what the process writes. Return why there is no more of it."""
        start = cell_start = time.monotonic()
        interrupted = False
        while True:
            now = time.monotonic()
            left = min(cell_start + bounds["cell"] + (GRACE if interrupted else 0), start + bounds["wall"]) - now
            if left <= 0:
                if interrupted or now >= start + bounds["wall"]:
                    return "it took too long"
                self._control.send(b"interrupt")
                interrupted = True
                continue
            if not select.select([reading], [], [], left)[0]:
                continue
            part = os.read(reading, 1 << 16)
            received += part
            if not part:
                return "its process ended"
            if len(received) > bounds["output"]:
                return "it put out too much"
            if b"\n" in part:
                cell_start, interrupted = time.monotonic(), False

    @property
    def name(self) -> str:
        """What the command lines of its processes have in common, and no other's."""
        return Path(self._directory.name).name

    @property
    def alive(self) -> bool:
        """Whether the warm process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the warm process and whatever it runs.

        Bubblewrap's second process ends with its first only once it has asked the kernel for that. In the milliseconds until
        then it is in the same process group; left alone, it would wait for ever and hold our end's pipes.
        """
        atexit.unregister(self.close)
        if self.alive:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._control.close()
        self._errors.close()
        self._directory.cleanup()


_warm: dict[tuple[int, int], Sandbox] = {}


def sandbox(image: Image | None = None) -> Sandbox:
    """Return the warm process, with an image: one for each thread of each process, or they would read each other's answers.

    It is started on first use, for which no image is needed yet, and again if it has ended.
    """
    key = os.getpid(), threading.get_ident()
    found = _warm.get(key)
    if found is None or not found.alive:
        if found is not None:
            found.close()
        found = _warm[key] = Sandbox()
    found.image = image or found.image
    return found


def close() -> None:
    """Close the warm processes that this process has started, whose end would not do so if it is one of several."""
    for process, thread in list(_warm):
        if process == os.getpid():
            _warm.pop((process, thread)).close()


def read_answer(lines: list[str], ended: str, cells: int) -> Run:
    """Return what the lines mean. They come from the student's process: whatever is not as it should be is left out."""
    outputs = []
    for line in lines:
        try:
            message = json.loads(line)
            found = message.get("outputs")
        except (ValueError, AttributeError, RecursionError):
            continue
        if isinstance(found, list):
            outputs.append([output for output in map(clean, found[:1000]) if output])
    outputs = outputs[:cells]
    return Run(outputs, None if len(outputs) == cells else ended)


def clean(output: Any) -> dict | None:
    """Return an output in the notebook format with nothing in it that is not text or a picture, or None."""
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": text}
        case {"output_type": "error", "ename": str(name), "evalue": str(value), "traceback": list(lines)}:
            return {"output_type": "error", "ename": name, "evalue": value, "traceback": [str(line) for line in lines]}
        case {"output_type": "execute_result" | "display_data" as kind, "data": dict(data)}:
            shown = {name: data[name] for name in ("text/plain", "image/png") if isinstance(data.get(name), str)}
            answers = {name: value for name, value in data.items() if name.startswith("application/vnd.mlpgrade")}
            extra = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": shown | answers, "metadata": {}, **extra}
    return None
