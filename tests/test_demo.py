"""The demo end to end: real notebooks, nbgrader's gradebook, a class of right, wrong, empty and damaged submissions."""

import csv
import html
import re

import nbformat
import pytest

from mlpgrade.authoring.answers import divide, solution_cells
from mlpgrade.gradebook.sources import to_notebook
from tests_support import ASSIGNMENT, ASSIGNMENTS, ROOT, class_answers, deserved

pytestmark = pytest.mark.slow
CLASSES = {name: class_answers(name) for name in ASSIGNMENTS}
EVERYONE = [pytest.param(name, answer, id=f"{name}-{answer.name}") for name in CLASSES for answer in CLASSES[name]]
WRONG = [case for case in EVERYONE if case.values[1].loses]
RIGHT = [case for case in EVERYONE if not case.values[1].loses]


@pytest.fixture(scope="module")
def marks(demo):
    with (demo[0] / "_build" / "demo" / "grades.csv").open() as file:
        return {(row["assignment"], row["student_id"]): float(row["score"]) for row in csv.DictReader(file)}


def points(assignment):
    """The points of each task."""
    cells = to_notebook(ROOT / "solutions" / assignment / "notebook.py").cells
    notes = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {note.grade_id: note.points for note in notes}


def report_of(demo, student, assignment=ASSIGNMENT):
    """The student's part of the printed report."""
    report = demo[1].stdout.partition("== Marks")[2]
    part = re.search(rf"^{assignment}\nstudent.*\n((?:[a-z ].*\n)*)", report, re.MULTILINE)[1]
    return re.search(rf"^{student} .*(?:\n .*)*", part, re.MULTILINE)[0]


def feedback_of(demo, student, assignment=ASSIGNMENT):
    page = demo[0] / "_build" / "demo" / "feedback" / student / assignment / f"{assignment}.html"
    return html.unescape(page.read_text(encoding="utf-8"))


def test_the_demo_succeeds_and_complains_of_nothing(demo):
    _, process = demo
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stderr == ""


@pytest.mark.parametrize(("assignment", "answer"), EVERYONE)
def test_each_student_earns_what_the_answer_deserves_in_nbgraders_gradebook(marks, assignment, answer):
    low, high = deserved(answer, points(assignment))
    assert low <= marks[assignment, answer.name] <= high


@pytest.mark.parametrize(("assignment", "answer"), WRONG)
def test_each_lost_point_has_its_reason_in_the_report_and_in_the_feedback(demo, assignment, answer):
    for part in answer.says:
        assert part in report_of(demo, answer.name, assignment)
        assert part in feedback_of(demo, answer.name, assignment)


@pytest.mark.parametrize(("assignment", "answer"), RIGHT)
def test_a_right_answer_is_told_no_reason(demo, assignment, answer):
    assert report_of(demo, answer.name, assignment).count("\n") == 0


def test_the_empty_notebook_earns_nothing(marks):
    assert marks[ASSIGNMENT, "mira"] == 0


def test_a_damaged_file_earns_nothing_and_says_why(demo, marks):
    assert marks[ASSIGNMENT, "nils"] == 0
    for told in (report_of(demo, "nils"), feedback_of(demo, "nils")):
        assert "damaged at line" in told


def test_a_single_file_of_another_name_is_taken_and_that_is_said(demo, marks):
    assert marks[ASSIGNMENT, "oana"] == sum(points(ASSIGNMENT).values())
    assert "oana: graded (linear (1).ipynb was taken for" in demo[1].stdout


@pytest.mark.parametrize(("assignment", "answer"), EVERYONE)
def test_feedback_shows_no_hidden_line_and_runs_no_script(demo, assignment, answer):
    page = feedback_of(demo, answer.name, assignment)
    for secret in ("mlpgrade.grade", "HIDDEN TESTS", "application/vnd", "<script"):
        assert secret not in page


@pytest.mark.parametrize(("assignment", "answer"), EVERYONE)
def test_graded_notebooks_are_valid_and_keep_the_students_code(demo, assignment, answer):
    path = demo[0] / "_build" / "demo" / "autograded" / answer.name / assignment / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    solved = to_notebook(ROOT / "solutions" / assignment / "notebook.py")
    sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(solved)}
    for source in divide(answer, sources).values():
        assert source.rstrip("\n") in [cell.source for cell in notebook.cells]


def test_the_demo_says_where_to_look(demo):
    said = demo[1].stdout.partition("== What to open")[2]
    for place in re.findall(r"(/\S+\.(?:html|csv))", said.replace("STUDENT", "ada")):
        assert (demo[0] / place).exists()
    assert "make serve" in said
