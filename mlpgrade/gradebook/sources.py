"""From the text notebooks in `solutions/` to nbgrader's source notebooks, and on to the students'."""

from __future__ import annotations

import copy
import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import mlpgrade
from mlpgrade.course import PIECES, CourseError
from mlpgrade.judging.declared import Assignment, DeclarationError, version
from mlpgrade.judging.task import Task
from mlpgrade.records import files

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.apps import NbGraderAPI

    from mlpgrade.course import Course

log = logging.getLogger(__name__)

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def refresh_sources(solutions: Path, source: Path) -> None:
    """Convert each `solutions/NAME/notebook.py` whose pieces are others than those that `source/NAME/NAME.ipynb` was made from.

    What they are is told by their content: times of files lie after a copy. An assignment that cannot be converted is told of and left
    as it was: the others can be graded all the same.
    """
    record = source.parent / "sources.json"
    made = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    before = dict(made)
    for text in sorted(solutions.glob("*/notebook.py")):
        name = text.parent.name
        notebook = source / name / f"{name}.ipynb"
        pieces = [path.read_text(encoding="utf-8") if path.exists() else "" for path in map(text.with_name, PIECES)]
        now = version(mlpgrade.__version__, *pieces)
        if not notebook.exists() or made.get(name) != now:
            import nbformat  # here and below, since each command comes by, and few of them convert anything

            notebook.parent.mkdir(parents=True, exist_ok=True)
            try:
                files.write(notebook, nbformat.writes(to_notebook(text)) + "\n")
                made[name] = now
            except DeclarationError as error:
                log.warning("mlpgrade: %s", error)
    if made != before:
        files.write(record, json.dumps(made, indent=1))


def to_notebook(text: Path) -> NotebookNode:
    """Return the notebook of a py:percent file. Cell ids are numbers or grade ids, so that each conversion gives the same.

    `{{points of TASK}}` in its text becomes the task's points, and how they divide, from the judge.py beside it.
    """
    import jupytext
    import nbformat

    notebook = jupytext.reads(tell_points(text), fmt="py:percent")
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell["id"] = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{number:02d}")
    return notebook


def release(course: Course, assignment: str) -> Path:
    """Make the students' notebook of an assignment, without a gradebook, and return where it is.

    Raises CourseError if there is no source notebook, since its text or its judge cannot be read.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    if not (course.step("source") / assignment / f"{assignment}.ipynb").exists():
        course.declared(assignment)  # which says what is wrong with it
        raise CourseError(f"the source notebook of {assignment} could not be made; run: mlpgrade check {assignment}")
    config = copy.deepcopy(course.config)
    config.SaveCells.enabled = False
    directory = CourseDirectory(config=config, assignment_id=assignment)
    logging.getLogger("traitlets").setLevel(logging.WARNING)
    GenerateAssignment(coursedir=directory, config=config, force=True, no_database=True).start()
    return course.step("release") / assignment / f"{assignment}.ipynb"


def nbgrader_api(course: Course) -> NbGraderAPI:
    """Return nbgrader's API under the course's configuration."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    return NbGraderAPI(CourseDirectory(config=course.config), config=course.config)


def generate(course: Course, assignment: str) -> None:
    """Make the released notebook and enter the assignment in the gradebook. Raises CourseError when nbgrader fails."""
    course.require_assignment(assignment)
    result = nbgrader_api(course).generate_assignment(assignment, force=True)
    if not result["success"]:
        raise CourseError(f"nbgrader could not generate {assignment}:\n{result['error'] or result['log']}")


POINTS = re.compile(r"\{\{points of ([\w-]+)\}\}")


def tell_points(text: Path) -> str:
    """Return a text notebook with the points of its tasks filled in. Raises DeclarationError for a task that is not there."""
    source = text.read_text(encoding="utf-8")
    wanted = set(POINTS.findall(source))
    if not wanted:
        return source
    points = dict(re.findall(r'"grade_id": "([^"]+)".*?"points": ([\d.]+)', source))
    judge, props = (
        path.read_text(encoding="utf-8") if path.exists() else "" for path in map(text.with_name, PIECES[1:])
    )
    tasks = Assignment(text.parent.name, judge, props).declared.tasks
    if unknown := wanted - (tasks.keys() & points.keys()):
        raise DeclarationError(
            f"{text}: there is no graded task {', '.join(sorted(unknown))}, of which it tells the points."
        )
    return POINTS.sub(lambda match: in_words(tasks[match[1]], float(points[match[1]])), source)


def in_words(task: Task, points: float) -> str:
    """Return a task's points in words: "3 points: 2 for `iterates`, 1 for residuals"."""
    whole = f"{points:g} {'point' if points == 1 else 'points'}"
    return whole + (": " + ", ".join(f"{part.points:g} for {part.name}" for part in task.parts) if task.parts else "")
