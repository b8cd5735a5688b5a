"""The demo end to end: real nbgrader, real kernels, a class of right, wrong, empty and damaged submissions."""

import csv
import re

import nbformat
import pytest

from mlpgrade.answers import read_answers
from tests_support import ASSIGNMENT, ROOT

pytestmark = pytest.mark.slow
CLASS = read_answers(ROOT / "demo" / f"class_{ASSIGNMENT}.py")
POINTS = {"linear-forward": 3, "linear-backward": 5, "linear-update": 2}


@pytest.fixture(scope="module")
def marks(demo):
    with (demo[0] / "_build" / "demo" / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def report_of(demo, student):
    """The student's part of the printed report."""
    report = demo[1].stdout.partition("== Marks")[2]
    return re.search(rf"^{student} .*(?:\n .*)*", report, re.MULTILINE)[0]


def feedback_of(demo, student):
    return (demo[0] / "_build" / "demo" / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(
        encoding="utf-8"
    )


def test_the_demo_succeeds_and_complains_of_nothing(demo):
    _, process = demo
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stderr == ""


@pytest.mark.parametrize("answer", CLASS, ids=lambda answer: answer.name)
def test_each_student_earns_what_the_answer_deserves_in_nbgraders_gradebook(marks, answer):
    assert marks[answer.name] == sum(points for task, points in POINTS.items() if task not in answer.loses)


@pytest.mark.parametrize("answer", [answer for answer in CLASS if answer.loses], ids=lambda answer: answer.name)
def test_each_lost_point_has_its_reason_in_the_report_and_in_the_feedback(demo, answer):
    for part in answer.says:
        assert part in report_of(demo, answer.name)
        assert part in feedback_of(demo, answer.name)


@pytest.mark.parametrize("answer", [answer for answer in CLASS if not answer.loses], ids=lambda answer: answer.name)
def test_a_right_answer_is_told_no_reason(demo, answer):
    assert report_of(demo, answer.name).count("\n") == 0


def test_the_empty_notebook_earns_nothing(marks):
    assert marks["mira"] == 0


@pytest.mark.parametrize(("student", "reason"), [("nils", "damaged at line"), ("oana", "linear (1).ipynb")])
def test_what_cannot_be_graded_has_no_marks_and_a_reason(demo, student, reason):
    assert "no marks" in report_of(demo, student)
    assert reason in report_of(demo, student)


@pytest.mark.parametrize("student", [answer.name for answer in CLASS] + ["mira"])
def test_feedback_shows_no_hidden_line(demo, student):
    for secret in ("mlpgrade", "HIDDEN TESTS", "grade(&quot;", "application/vnd"):
        assert secret not in feedback_of(demo, student)


def test_graded_notebooks_are_valid_and_keep_the_students_code(demo):
    for answer in CLASS:
        path = demo[0] / "_build" / "demo" / "autograded" / answer.name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert answer.source.strip() in [cell.source for cell in notebook.cells]


def test_the_demo_says_where_to_look(demo):
    said = demo[1].stdout.partition("== What to open")[2]
    for place in re.findall(r"(/\S+\.(?:html|csv))", said.replace("STUDENT", "ada")):
        assert (demo[0] / place).exists()
    assert "make serve" in said
