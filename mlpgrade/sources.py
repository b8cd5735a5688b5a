"""From the text notebooks in `solutions/` to nbgrader's source notebooks."""

from __future__ import annotations

import copy
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import jupytext
import nbformat

if TYPE_CHECKING:
    from mlpgrade.course import Course

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def refresh_sources(solutions: Path, source: Path) -> None:
    """Convert each `solutions/NAME.py` that is newer than `source/NAME/NAME.ipynb`."""
    for text in sorted(solutions.glob("*.py")):
        notebook = source / text.stem / f"{text.stem}.ipynb"
        if not notebook.exists() or notebook.stat().st_mtime < text.stat().st_mtime:
            notebook.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(to_notebook(text), notebook)


def to_notebook(text: Path) -> nbformat.NotebookNode:
    """Return the notebook of a py:percent file. Cell ids are numbers or grade ids, so that each conversion gives the same."""
    notebook = jupytext.read(text, fmt="py:percent")
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell["id"] = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{number:02d}")
    return notebook


def release(course: Course, assignment: str) -> Path:
    """Make the students' notebook of an assignment, without a gradebook, and return where it is."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    config = copy.deepcopy(course.config)
    config.SaveCells.enabled = False
    directory = CourseDirectory(config=config, assignment_id=assignment)
    logging.getLogger("traitlets").setLevel(logging.WARNING)
    GenerateAssignment(coursedir=directory, config=config, force=True, no_database=True).start()
    return course.step("release") / assignment / f"{assignment}.ipynb"


def assignments(solutions: Path) -> list[str]:
    """Return the names of the assignments, in order."""
    return sorted(text.stem for text in solutions.glob("*.py"))
