"""Hands notebooks to a warm process inside the walls, one at a time, and takes their cells' outputs out."""

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlpgrade.sandbox import bubblewrap, library
from mlpgrade.sandbox.library import Image

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
"""Seconds a cell and a notebook may take, seconds of CPU, bytes of memory, processes, bytes on disk and bytes put out."""

ENVIRONMENT = {
    "HOME": "/tmp/home",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "IPYTHONDIR": "/tmp/ipython",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": "/course",
}


class SandboxError(Exception):
    """The sandbox itself failed, which is nobody's fault who handed something in."""


@dataclass(frozen=True)
class Run:
    """The outputs of each cell that ended, in order, and how the notebook ended: `problem` is None if all cells did."""

    outputs: list[list[dict[str, Any]]]
    problem: str | None


class Sandbox:
    """A warm process with what may be imported inside. Starting it takes about a second; each notebook then a fork."""

    def __init__(self, image: Image):
        self.image = image
        self._directory = tempfile.TemporaryDirectory(prefix="mlpgrade-")
        folder = Path(self._directory.name)
        folder.chmod(0o755)
        library.build(image, folder)
        program = [bubblewrap.python(), "-m", "mlpgrade.sandbox.zygote", self.name]
        command = bubblewrap.command(folder, program, ENVIRONMENT)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd="/",
            env={"PATH": os.defpath},
            start_new_session=True,  # or Ctrl-C in a terminal would end it under a notebook that is being marked
        )
        self._is_warm = False
        atexit.register(self.close)

    def run(self, cells: list[str], challenges: dict, limits: Mapping[str, Any] | None = None, props: str = "") -> Run:
        """Run a notebook's code cells. Raises SandboxError when the warm process is gone or cannot isolate a notebook."""
        request = {
            "cells": cells,
            "challenges": challenges,
            "props": props,
            "limits": LIMITS | dict(limits or {}),
        }
        assert self._process.stdin
        try:
            if not self._is_warm:
                self._is_warm = json.loads(self._read())
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            answer = json.loads(self._read())
        except (OSError, ValueError):
            self._errors.seek(0)
            said = self._errors.read()[-2000:].decode(errors="replace").strip()
            raise SandboxError(f"the sandbox stopped working: {said or 'it said nothing'}") from None
        if "broken" in answer:
            raise SandboxError(f"the sandbox could not start a notebook's process: {answer['broken']}")
        return read_answer(answer, len(cells))

    def _read(self) -> bytes:
        """Return the next line that the warm process says, or nothing once it has ended, even if its pipe is still held."""
        assert self._process.stdout
        while not select.select([self._process.stdout], [], [], 1.0)[0]:
            if not self.alive:
                return b""
        return self._process.stdout.readline()

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
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(BrokenPipeError):  # of a request that was never read
                pipe.close()  # type: ignore[union-attr]
        self._directory.cleanup()


_warm: dict[tuple[int, int], Sandbox] = {}


def sandbox(image: Image) -> Sandbox:
    """Return the warm process for an image: one for each thread of each process, or they would read each other's answers.

    It is started on first use and again if it has ended. The one with another image is closed, to save memory.
    """
    key = os.getpid(), threading.get_ident()
    found = _warm.get(key)
    if found is None or not found.alive or found.image != image:
        if found is not None:
            found.close()
        found = _warm[key] = Sandbox(image)
    return found


def read_answer(answer: dict, cells: int) -> Run:
    """Return what the lines mean. They come from the student's process: whatever is not as it should be is left out."""
    outputs = []
    for line in answer["lines"]:
        try:
            message = json.loads(line)
            found = message.get("outputs")
        except (ValueError, AttributeError, RecursionError):
            continue
        if isinstance(found, list):
            outputs.append([output for output in map(clean, found[:1000]) if output])
    outputs = outputs[:cells]
    return Run(outputs, None if len(outputs) == cells else answer["ended"])


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
