"""Marks a notebook: runs it on its challenges and puts the verdicts in the place of its graded cells' outputs."""

import functools
import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

import mlpgrade
from mlpgrade.course import CourseError
from mlpgrade.judging import wire
from mlpgrade.judging.declared import Assignment
from mlpgrade.judging.verdict import Verdict
from mlpgrade.marking import secret
from mlpgrade.sandbox import bubblewrap, runner
from mlpgrade.sandbox.library import Image

log = logging.getLogger(__name__)

INTAKE = "mlpgrade_intake"
"""In the metadata of a notebook that is to be marked: what taking it in has found, see `note_intake`."""

NOTES = "mlpgrade"
"""In the metadata of a marked notebook: which versions gave the marks, and what a person should look at. In those of a
graded cell: its verdict."""

NOT_RUN = "Not run: no mark depends on this cell, nor on those below.\n"
"""What stands in the place of what they would put out."""


def note_intake(
    nb: NotebookNode,
    *,
    refused: str | None = None,
    doubts: Iterable[str] = (),
    modules: Mapping[str, str] | None = None,
    answered: bool = True,
) -> None:
    """Note in a notebook why it cannot be graded, if so; what is doubtful; the modules beside it; and if it holds any answer."""
    found = {"refused": refused, "doubts": list(doubts), "modules": dict(modules or {}), "answered": answered}
    nb.metadata[INTAKE] = nbformat.from_dict(found)


def noted(nb: NotebookNode, what: str) -> Any:
    """Return what `note_intake` has noted, or None."""
    return nb.metadata.get(INTAKE, {}).get(what)


def draw_seeds(nb: NotebookNode, secret_file: Path, student: str, assignment: Assignment) -> dict[str, int]:
    """Return the seed of each task's challenge: the same whenever the same submission is graded, and known to nobody before."""
    key, submission = secret.course_secret(secret_file), digest(nb)
    tasks = graded_tasks(nb, assignment)
    return {task: secret.seed(key, student, assignment.name, task, submission) for task in tasks}


def is_grade(cell: NotebookNode) -> bool:
    """Tell whether nbgrader grades the cell. Its own function of this name takes all of nbgrader to load."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def digest(nb: NotebookNode) -> str:
    """Return what tells one submission from another: its own cells, not those that were released."""
    own = [cell.source for cell in nb.cells if not is_grade(cell)]
    own += [part for module in sorted((noted(nb, "modules") or {}).items()) for part in module]
    return hashlib.sha256("\0".join(own).encode("utf-8", "replace")).hexdigest()


def run(nb: NotebookNode, assignment: Assignment, seeds: dict[str, int], require_sandbox: bool = False) -> str:
    """Run the notebook up to its last graded cell and put the outputs into its cells.

    Returns why not all of them were run, or nothing. They run in the sandbox; where there is none in a kernel, which is said
    aloud, or raises CourseError if one is required.
    """
    if noted(nb, "refused"):
        return ""
    part = up_to_the_last_mark(nb)
    image = Image(assignment.libraries, assignment.declared.hidden)
    problem = bubblewrap.problem()
    if problem is None:
        return _run_in_sandbox(part, assignment, seeds, image)
    if require_sandbox:
        raise CourseError(f"there is no sandbox, since {problem}, and grading without one is refused.")
    warn_of(problem)
    seconds = assignment.declared.limits.get("cell", runner.LIMITS["cell"])
    from mlpgrade.marking import kernel  # it takes half a second to load, and is seldom needed

    return kernel.run_in_kernel(part, _handed(part, assignment, seeds), image, seconds)


@functools.cache
def warn_of(problem: str) -> None:
    """Say, once for a class and not for each student, that there is no sandbox."""
    log.warning("NO SANDBOX, since %s: a notebook can read and change whatever you can.", problem)


def up_to_the_last_mark(nb: NotebookNode) -> NotebookNode:
    """Return the notebook without the cells behind the last graded one, whose outputs are dropped.

    They train and draw for the student, often for longer than all before, and slow code can take minutes there.
    """
    end = max((number for number, cell in enumerate(nb.cells, 1) if is_grade(cell)), default=0)
    rest = [cell for cell in nb.cells[end:] if cell.cell_type == "code"]
    for cell in rest:
        cell.outputs, cell.execution_count = [], None
    if rest:
        rest[0].outputs = [new_output("stream", name="stdout", text=NOT_RUN)]
    return NotebookNode(nb | {"cells": nb.cells[:end]})


def _handed(nb: NotebookNode, assignment: Assignment, seeds: dict[str, int]) -> dict[str, Any]:
    """Return what is handed in beside the student's code, see `handed.hand_in`."""
    challenges, modules = assignment.declared.challenges(seeds), noted(nb, "modules") or {}
    return {"challenges": challenges, "props": assignment.props, "modules": modules}


def _run_in_sandbox(nb: NotebookNode, assignment: Assignment, seeds: dict[str, int], image: Image) -> str:
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    handed = _handed(nb, assignment, seeds)
    result = runner.sandbox(image).run([cell.source for cell in cells], handed, assignment.declared.limits)
    for number, cell in enumerate(cells):
        ended = number < len(result.outputs)
        cell.outputs = nbformat.from_dict(result.outputs[number]) if ended else []
        cell.execution_count = number + 1 if ended else None
    if result.problem is None:
        return ""
    return f"The notebook stopped in its code cell {len(result.outputs) + 1}: {result.problem}."


def put_verdicts(nb: NotebookNode, assignment: Assignment, seeds: dict[str, int], problem: str) -> None:
    """Replace every output of each graded cell by the verdict, so that it alone decides the score.

    What the verdict found is noted in the cell's metadata, and in the notebook's which versions found it.
    """
    failure = with_reason(first_failure(nb) or problem, assignment.declared.hidden)
    tasks = graded_tasks(nb, assignment)
    earned = 0.0
    for cell in nb.cells:
        if is_grade(cell) and cell.metadata.nbgrader.grade_id in tasks and cell.cell_type == "code":
            verdict = _verdict(nb, cell, assignment, seeds, failure)
            title = assignment.declared.tasks[verdict.task].title
            cell.outputs = nbformat.from_dict(verdict.outputs(float(cell.metadata.nbgrader.points), title))
            cell.metadata[NOTES] = nbformat.from_dict(verdict.notes() | {"title": title})
            earned += verdict.share
    notes = {"engine": mlpgrade.__version__, "assignment": assignment.version, "attention": attention(nb, earned)}
    nb.metadata[NOTES] = nbformat.from_dict(notes)
    nb.metadata.pop(INTAKE, None)


def attention(nb: NotebookNode, earned: float) -> list[str]:
    """Say why a person should look at a submission: a machine may have missed honest work."""
    if refused := noted(nb, "refused"):
        return [f"nothing could be graded: {refused}"]
    lost = noted(nb, "answered") and not earned
    return [*(noted(nb, "doubts") or ()), *(["there are answers, but they earned nothing"] if lost else ())]


def _verdict(
    nb: NotebookNode, cell: NotebookNode, assignment: Assignment, seeds: dict[str, int], failure: str
) -> Verdict:
    name = cell.metadata.nbgrader.grade_id
    if refused := noted(nb, "refused"):
        return Verdict(name, 0.0, (f"What was handed in could not be graded: {refused}.",))
    answers = published_answers(cell, name)
    if answers is None:
        reason = f"There is no answer to judge. {failure or own_failure(cell)}"
        return Verdict(name, 0.0, (reason,), assignment.declared.tasks[name].section)
    return assignment.declared.judge(name, seeds[name]).verdict(answers)


def graded_tasks(nb: NotebookNode, assignment: Assignment) -> list[str]:
    """Return the names of the tasks that the notebook's graded cells carry."""
    names = [cell.metadata.nbgrader.grade_id for cell in nb.cells if is_grade(cell)]
    return [name for name in dict.fromkeys(names) if name in assignment.declared.tasks]


def published_answers(cell: NotebookNode, task: str) -> list | None:
    """Return the answers that the probe published in a cell, or None. The last word counts; a forged one needs the numbers."""
    for output in reversed(cell.get("outputs", [])):
        message = output.get("data", {}).get(wire.MIME)
        if isinstance(message, dict) and message.get("task") == task:
            answers = message.get("answers")
            return answers if isinstance(answers, list) else None
    return None


def first_failure(nb: NotebookNode) -> str:
    """Say which cell of the student's failed first, if one did: what follows usually stems from it."""
    for cell in nb.cells:
        if cell.cell_type == "code" and not is_grade(cell):
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    head = next((line for line in cell.source.splitlines() if line.strip()), "")
                    return f"The cell that begins with “{head[:60]}” failed first: {_error(output, cell.source)}."
    return ""


def own_failure(cell: NotebookNode) -> str:
    """Say how the graded cell itself failed, or that it did not run."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return f"The test could not run: {_error(output)}."
    return "The test did not run: an earlier cell took too long or ended the process."


NOT_THERE = re.compile(r"cannot import name '(\w+)' from|module '[\w.]+' has no attribute '(\w+)'")


def with_reason(failure: str, hidden: Iterable[str]) -> str:
    """Say of a name that was not found that it is what the assignment asks for, if so."""
    found = NOT_THERE.search(failure)
    name = found and (found[1] or found[2])
    if not name or name not in {one.rpartition(".")[2] for one in hidden}:
        return failure
    return f"{failure} {name} is what this assignment asks you to write, so it cannot be imported while it is graded."


PLACE = re.compile(r"\s*\((?:<ipython-input[^>]*>|[^()]+), line (\d+)\)$")
"""How a syntax error says where it is: in a file that nobody knows."""


def _error(output: NotebookNode, source: str = "") -> str:
    """Return an error in one line; one of syntax with the student's own line."""
    text, line = output.evalue, ""
    if place := PLACE.search(text):
        number, lines = int(place[1]), source.splitlines()
        shown = f": {lines[number - 1].strip()[:80]}" if 1 <= number <= len(lines) else ""
        text, line = text[: place.start()], f", in its line {number}{shown}"
    return f"{output.ename}: {text}"[:300].rstrip(": ") + line
