"""Runs a notebook's cells in IPython without a kernel, and reports each cell's outputs as soon as it has ended."""

import gc
import io
import json
import os
import re
import sys
import time
from typing import Any

import numpy.random  # NumPy loads it when it is first asked for, and most notebooks ask
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from mlpgrade.judging import handed

SHOWN = ("text/plain", "image/png", "application/vnd.mlpgrade.answers+json")
"""Kinds of output that go on: what a browser could run is left behind."""

MAX_OUTPUT = 1_000_000
"""Characters that a cell may print; what comes after is dropped."""


FILE = re.compile(r"<ipython-input-(\d+)-[0-9a-f]+>")
"""What IPython calls a cell in tracebacks, as if it were a file."""


class Recorder:
    """Collects a cell's outputs in the form of the notebook format."""

    def __init__(self) -> None:
        self.outputs: list[dict] = []
        self.room = MAX_OUTPUT

    def stream(self, name: str, text: str) -> None:
        """Add printed text."""
        text = text[: max(0, self.room)]
        self.room -= len(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") == name:
            last["text"].append(text)
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def data(self, kind: str, data: dict[str, Any], **rest: Any) -> None:
        """Add what a cell displays or evaluates to."""
        shown = {name: value for name, value in data.items() if name in SHOWN}
        if shown:
            self.outputs.append({"output_type": kind, "data": shown, "metadata": {}, **rest})

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Add an error with its traceback."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": name,
                "evalue": value[:1000],
                "traceback": [FILE.sub(r"cell \1", line.rstrip("\n")[:10_000]) for line in lines[:50]],
            }
        )

    def take(self) -> list[dict]:
        """Return what was collected and begin anew."""
        outputs, self.outputs, self.room = self.outputs, [], MAX_OUTPUT
        for output in outputs:
            if "text" in output:
                output["text"] = "".join(output["text"])
        return outputs


recorder = Recorder()


class Stream(io.TextIOBase):
    """Stands in for standard output or standard error."""

    def __init__(self, name: str):
        self.kind = name

    def write(self, text: str) -> int:
        """Record the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        recorder.stream(self.kind, text)
        return len(text)


class Published(DisplayPublisher):
    """Records what is displayed."""

    def publish(self, data: dict, metadata: dict | None = None, source: str | None = None, **rest: Any) -> None:
        """Record it."""
        recorder.data("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        """Drop what the cell has put out so far."""
        recorder.take()


class Result(DisplayHook):
    """Records what a cell's last line evaluates to."""

    def __call__(self, result: Any = None) -> None:
        """Record it, unless it is None."""
        if result is not None:
            self.update_user_ns(result)
            data, _ = self.compute_format_data(result)
            recorder.data("execute_result", data, execution_count=self.prompt_count)


class Shell(InteractiveShell):
    """IPython as a notebook has it, with outputs recorded and nothing kept on disk."""

    displayhook_class = Result
    display_pub_class = Published

    def _showtraceback(self, kind: type, value: BaseException, lines: list[str]) -> None:
        recorder.error(getattr(kind, "__name__", str(kind)), str(value), list(lines))

    def ask_exit(self) -> None:
        """Stay: the next cells are to be run."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no screen."""


def warm_shell() -> Shell:
    """Return the shell in which a notebook will run. Making it takes long, so it is done before the fork."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Plain"  # the coloured kind takes 50 ms an error
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.banner1 = ""
    shell = Shell.instance(config=config)
    from matplotlib_inline.backend_inline import configure_inline_support

    configure_inline_support(shell, "module://matplotlib_inline.backend_inline")
    shell.run_cell("pass", silent=True)  # the first cell, and the first value that is shown, load what all others need
    shell.displayhook.compute_format_data(0)
    gc.freeze()  # else the garbage collector of each notebook's process would copy what it shares with this one
    return shell


def run_notebook(shell: Shell, request: int, out: int) -> None:
    """Run the cells one after the other. A line of JSON with a cell's outputs is written to `out` after each.

    `request` is where to read the cells' sources, and what is handed in beside them, for the first time inside.
    """
    with open(request, "rb") as file:
        asked = json.load(file)
    handed.hand_in(**asked["handed"])
    numpy.random.seed()  # noqa: NPY002  else all notebooks that draw without a seed would draw the same
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    write(out, {"began": True})
    for source in asked["cells"]:
        began = time.monotonic()
        try:
            shell.run_cell(source, store_history=True)
        except KeyboardInterrupt:
            recorder.error("KeyboardInterrupt", "the cell took too long", [])
        write(out, {"outputs": recorder.take(), "seconds": time.monotonic() - began})


def write(out: int, message: dict) -> None:
    """Write a message as one line, whole."""
    line = memoryview(json.dumps(message).encode() + b"\n")
    while line:
        line = line[os.write(out, line) :]
