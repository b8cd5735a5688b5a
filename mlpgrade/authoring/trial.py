"""Tries answers to an assignment: runs the notebook with them in its place, in this process, and asks judge and visible tests.

What it runs is the author's own. Students' notebooks are graded in the sandbox.
"""

import contextlib
import functools
import io
import re
import signal
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from nbformat import NotebookNode

from mlpgrade.authoring.answers import Answer, divide, solution_cells
from mlpgrade.course import Course
from mlpgrade.gradebook.sources import to_notebook
from mlpgrade.intake.whole import grade_id, without_hidden_lines
from mlpgrade.judging import probe
from mlpgrade.judging.judge import Judge, to_json
from mlpgrade.judging.verdict import Verdict

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

HIDDEN_LINE = re.compile(r'mlpgrade\.grade\("([^"]+)", (.+)\)')


class Trial:
    """An assignment that answers are tried on. Judges are kept: drawing a challenge takes longer than judging it."""

    def __init__(self, course: Course, name: str):
        self.name, self.declared = name, course.declared(name)
        self.folder = course.solutions / name
        self.notebook = to_notebook(self.folder / "notebook.py")
        self.judge = functools.cache(self.declared.judge)

    @functools.cached_property
    def targets(self) -> dict[str, str]:
        """What the hidden lines hand to `grade`, by task."""
        found = (HIDDEN_LINE.search(cell.source) for cell in self.notebook.cells if cell.cell_type == "code")
        return {match[1]: match[2] for match in found if match}

    @functools.cached_property
    def points(self) -> dict[str, float]:
        """The points of each graded cell."""
        notes = (cell.metadata.get("nbgrader", {}) for cell in self.notebook.cells)
        return {note["grade_id"]: float(note["points"]) for note in notes if note.get("grade")}

    def run(self, answer: Answer | None = None, stubs: NotebookNode | None = None) -> tuple[dict[str, Any], str | None]:
        """Run the cells before the last test, with the answer in its place. Return the names and how the first cell failed.

        `stubs` is a notebook whose solution cells are taken instead of the solutions, such as the released one.
        """
        sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(stubs or self.notebook)}
        if answer is not None:
            sources |= divide(answer, sources)
        # A module, not a bare dictionary: what looks a class's module up, as dataclasses do, then finds one.
        namespace, failure = ModuleType("__main__").__dict__, None
        for cell in self._cells_before_the_last_test():
            try:
                with bounded():
                    exec(compile(sources.get(grade_id(cell), cell.source), "answer", "exec"), namespace)
            except Exception as error:
                failure = failure or f"{type(error).__name__}: {error}"
        return namespace, failure

    def _cells_before_the_last_test(self) -> Iterator[NotebookNode]:
        cells = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
        last = max(place for place, cell in enumerate(cells) if grade_id(cell) in self.targets)
        return (cell for cell in cells[:last] if grade_id(cell) not in self.targets)

    def verdict(self, task: str, namespace: dict[str, Any], seed: int, failure: str | None = None) -> Verdict:
        """Return the verdict on what the hidden line of a task hands in."""
        try:
            target = eval(self.targets[task], namespace)
        except Exception as error:
            return Verdict(task, 0.0, (failure or f"{type(error).__name__}: {error}",))
        return self.verdict_on(task, target, seed)

    def verdict_on(self, task: str, target: Any, seed: int) -> Verdict:
        """Return the verdict on an object."""
        judge: Judge = self.judge(task, seed)
        return judge.verdict(self.answers_of(task, target, seed))

    def answers_of(self, task: str, target: Any, seed: int) -> list[dict]:
        """Return what an object answers to a challenge."""
        with bounded():
            return probe.run(to_json(self.judge(task, seed).cases), target, self.declared.props)

    def sees(self, task: str, namespace: dict[str, Any]) -> str | None:
        """Run the visible test of a task. Return how it fails, or None."""
        cell = next(cell for cell in self.notebook.cells if grade_id(cell) == task)
        try:
            with bounded():
                exec(compile(without_hidden_lines(cell.source), "visible test", "exec"), dict(namespace))
        except Exception as error:
            return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:200]
        return None


STATM = Path("/proc/self/statm")
"""Whose first number is how many pages of addresses this process has."""

SECONDS, BYTES = 60.0, 2**30
"""What one cell, test or challenge of an answer may take: some answers never end, and some collect what never ends."""


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """Raise TimeoutError or MemoryError in what takes too much, in the main thread of a Linux system."""
    if not STATM.exists() or threading.current_thread() is not threading.main_thread():
        yield
        return
    limits = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(STATM.read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + BYTES, limits[1]))
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


def _too_long(number: int, frame: Any) -> None:
    raise TimeoutError(f"not done after {SECONDS:g} s")


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keep what answers print, draw and warn of to themselves."""
    import matplotlib as mpl

    mpl.use("Agg")
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
