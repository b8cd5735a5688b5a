import os
from pathlib import Path

import nbformat
import pytest

from mlpgrade.course import Course
from mlpgrade.gradebook.sources import refresh_sources, release, to_notebook
from tests_support import ASSIGNMENTS, DECLARED

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path / "classroom"))
    monkeypatch.setenv("MLP_RELEASE", str(tmp_path / "release"))
    return Course.here()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_committed_exercise_is_in_step_with_its_solution(course, assignment):
    """If this fails, run `make exercises` and commit what changed."""
    committed = ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    assert release(course, assignment).read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_committed_exercise_holds_no_solution_and_no_hidden_line(assignment):
    exercise = (ROOT / "exercises" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8")
    for secret in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "mlpgrade"):
        assert secret not in exercise
    source = to_notebook(ROOT / "solutions" / assignment / "notebook.py")
    lines = solution_lines(source)
    assert lines, "no solution region was found, so the check would be empty"
    released = {line.strip() for cell in nbformat.reads(exercise, 4).cells for line in cell.source.splitlines()}
    assert not lines & released


def solution_lines(notebook):
    lines, inside = set(), False
    for line in "\n".join(cell.source for cell in notebook.cells).splitlines():
        if "END SOLUTION" in line:
            inside = False
        if inside and line.strip():
            lines.add(line.strip())
        if "BEGIN SOLUTION" in line:
            inside = True
    return lines


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_graded_cell_carries_the_name_of_a_task_and_calls_it(assignment):
    notebook = to_notebook(ROOT / "solutions" / assignment / "notebook.py")
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    names = [cell.metadata["nbgrader"]["grade_id"] for cell in graded]
    assert names == list(DECLARED[assignment].tasks)
    for cell, name in zip(graded, names, strict=True):
        hidden = cell.source.partition("### BEGIN HIDDEN TESTS")[2].partition("### END HIDDEN TESTS")[0].strip()
        assert hidden.startswith(f'import mlpgrade; mlpgrade.grade("{name}", ')


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_stub_says_what_to_write(assignment):
    exercise = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", 4)
    source = "\n".join(cell.source for cell in exercise.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    assert "raise NotImplementedError(" in source
    assert "raise NotImplementedError()" not in source


def test_only_what_is_newer_than_its_notebook_is_converted_again(tmp_path):
    text = tmp_path / "solutions" / "a" / "notebook.py"
    text.parent.mkdir(parents=True)
    text.write_text("# %%\nx = 1\n")
    notebook = tmp_path / "source" / "a" / "a.ipynb"
    refresh_sources(tmp_path / "solutions", tmp_path / "source")
    assert nbformat.read(notebook, 4).cells[0].source == "x = 1"

    notebook.write_text("untouched")
    refresh_sources(tmp_path / "solutions", tmp_path / "source")
    assert notebook.read_text() == "untouched"

    text.write_text("# %%\nx = 2\n")
    os.utime(text, (notebook.stat().st_mtime + 1,) * 2)
    refresh_sources(tmp_path / "solutions", tmp_path / "source")
    assert nbformat.read(notebook, 4).cells[0].source == "x = 2"


def test_two_conversions_give_the_same_notebook():
    text = ROOT / "solutions" / ASSIGNMENTS[0] / "notebook.py"
    assert nbformat.writes(to_notebook(text)) == nbformat.writes(to_notebook(text))
